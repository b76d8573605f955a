#include "project/declaration.hpp"

#include <cstddef>
#include <string_view>

#include "project/declaration_checks.hpp"
#include "text/table_reader.hpp"

namespace jixiao::project {
namespace {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

std::optional<Quote> read_quote(TableReader& reader, std::string_view key) {
  std::optional<std::string> words = reader.string(key);
  if (!words) return std::nullopt;
  return Quote{std::move(*words), reader.place(key)};
}

// A string or an array of strings, each with its own place.
std::vector<Quote> read_quotes(TableReader& reader, const Node* node, std::string_view key) {
  std::vector<Quote> out;
  if (node == nullptr) return out;
  if (node->kind == NodeKind::string) return {Quote{node->string, node->place}};
  const auto refuse = [&](const Node& at) {
    const Text found = text::kind_name(at.kind);
    reader.report(
        Code::value_type, at.place,
        {"'" + std::string(key) + "' 应为字符串的数组，这里是" + found.zh,
         "'" + std::string(key) + "' should be an array of strings, this is " + found.en});
  };
  if (node->kind != NodeKind::array) {
    refuse(*node);
    return out;
  }
  for (const Node& item : node->items) {
    if (item.kind == NodeKind::string)
      out.push_back({item.string, item.place});
    else
      refuse(item);
  }
  return out;
}

// "2020-01" or "2020-01-31", as a year and a month.
bool read_month(std::string_view words, int& year, int& month) {
  const auto digit = [&](std::size_t at) { return words[at] >= '0' && words[at] <= '9'; };
  if ((words.size() != 7 && words.size() != 10) || words[4] != '-') return false;
  for (const std::size_t at : {0, 1, 2, 3, 5, 6}) {
    if (!digit(at)) return false;
  }
  if (words.size() == 10 && (words[7] != '-' || !digit(8) || !digit(9))) return false;
  year = (words[0] - '0') * 1000 + (words[1] - '0') * 100 + (words[2] - '0') * 10 +
         (words[3] - '0');
  month = (words[5] - '0') * 10 + (words[6] - '0');
  return month >= 1 && month <= 12;
}

std::optional<Period> read_period(const Node& table, std::vector<Diagnostic>& diagnostics) {
  TableReader reader(table, "declaration.period", diagnostics);
  Period period;
  period.place = table.place;
  bool whole = true;
  const auto read = [&](std::string_view key, int& year, int& month) {
    reader.require(key);
    const std::optional<std::string> words = reader.string(key);
    if (!words) {
      whole = false;
    } else if (!read_month(*words, year, month)) {
      whole = false;
      reader.report(Code::value_text, reader.place(key),
                    {"'" + *words + "' 不是年月", "'" + *words + "' is not a year and a month"},
                    {"写成 \"2020-01\"", "write it as \"2020-01\""});
    }
  };
  read("from", period.from_year, period.from_month);
  read("to", period.to_year, period.to_month);
  reader.finish();
  return whole ? std::optional(period) : std::nullopt;
}

std::vector<std::vector<std::string>> read_terms(TableReader& reader) {
  std::vector<std::vector<std::string>> out;
  const Node* node = reader.node("distinct_terms");
  if (node == nullptr) return out;
  const auto refuse = [&](const Node& at) {
    reader.report(
        Code::value_type, at.place,
        {"'distinct_terms' 应为由词组成的组", "'distinct_terms' should be groups of words"},
        {"例如 distinct_terms = [[\"换届\", \"补选\"]]",
         "for example distinct_terms = [[\"换届\", \"补选\"]]"});
  };
  if (node->kind != NodeKind::array) {
    refuse(*node);
    return out;
  }
  for (const Node& group : node->items) {
    if (group.kind != NodeKind::array) {
      refuse(group);
      continue;
    }
    std::vector<std::string> words;
    for (const Quote& quote : read_quotes(reader, &group, "distinct_terms")) {
      // An empty word stands in every text and would be found everywhere.
      if (quote.text.empty())
        refuse(group);
      else
        words.push_back(quote.text);
    }
    out.push_back(std::move(words));
  }
  return out;
}

}  // namespace

Declaration read_declaration(const Node& table, std::vector<Diagnostic>& diagnostics) {
  TableReader reader(table, "[declaration]", diagnostics);
  Declaration out;
  out.present = true;
  out.place = table.place;
  out.department = read_quote(reader, "department");
  if (const Node* code = reader.table("code")) {
    TableReader inner(*code, "declaration.code", diagnostics);
    out.code_label = read_quote(inner, "label");
    inner.require("value");
    out.code = read_quote(inner, "value");
    inner.finish();
  }
  if (const Node* period = reader.table("period")) out.period = read_period(*period, diagnostics);
  if (const std::optional<long> years = reader.integer("midterm_years", 1, 50))
    out.midterm_years = static_cast<double>(*years);
  out.distinct_terms = read_terms(reader);
  out.standing = read_quotes(reader, reader.node("standing"), "standing");
  if (const Node* money = reader.table("money")) {
    TableReader inner(*money, "[declaration.money]", diagnostics);
    out.heading_unit = read_quote(inner, "heading_unit");
    out.annual_money = read_quote(inner, "annual");
    out.midterm_money = read_quote(inner, "midterm");
    inner.finish();
  }
  if (const Node* goals = reader.table("goals")) {
    TableReader inner(*goals, "[declaration.goals]", diagnostics);
    out.annual_goals = read_quote(inner, "annual");
    out.midterm_goals = read_quote(inner, "midterm");
    inner.finish();
  }
  for (const Node* node : reader.tables("basis")) {
    TableReader inner(*node, "[[declaration.basis]]", diagnostics);
    Basis basis;
    inner.require("place");
    basis.place = inner.text("place").value_or(Text{});
    basis.cites = read_quotes(inner, inner.node("cites"), "cites");
    inner.finish();
    out.bases.push_back(std::move(basis));
  }
  if (const Node* covers = reader.table("covers")) {
    TableReader inner(*covers, "[declaration.covers]", diagnostics);
    out.has_covers = true;
    for (const Node::Entry* entry : inner.rest()) {
      out.covers.emplace(entry->key, read_quotes(inner, &entry->value, entry->key));
      out.cover_places.emplace(entry->key, entry->key_place);
    }
  }
  reader.finish();
  return out;
}

void check_declaration(const Declaration& declaration, std::span<const FiledIndicator> indicators,
                       std::span<const ItemFact> items, int year,
                       std::vector<Diagnostic>& diagnostics) {
  if (!declaration.present) return;
  const Form form{declaration, indicators, items, year, diagnostics};
  check_references(form);
  check_citations(form);
  check_period(form);
  check_money_units(form);
  check_terms(form);
  check_blanks(form);
  check_code(form);
  check_deadlines(form);
  check_coverage(form);
  check_headings(form);
  check_target_units(form);
  for (const FiledIndicator& indicator : indicators) check_indicator(form, indicator);
}

}  // namespace jixiao::project
