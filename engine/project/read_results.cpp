#include <algorithm>
#include <cmath>

#include "project/csv.hpp"
#include "project/indicator_text.hpp"
#include "project/reading.hpp"
#include "text/suggestion.hpp"
#include "value/occurrence.hpp"

namespace jixiao::project {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

// Looking results up takes a look at each; a project has dozens.
constexpr std::size_t most_results = 5000;

Indicator* find_indicator(Project& project, const std::string& id) {
  const auto by_id = std::find_if(project.indicators.begin(), project.indicators.end(),
                                  [&](const Indicator& i) { return i.id == id; });
  if (by_id != project.indicators.end()) return &*by_id;
  const auto found =
      std::find_if(project.indicators.begin(), project.indicators.end(),
                   [&](const Indicator& i) { return i.name.zh == id || i.name.en == id; });
  return found == project.indicators.end() ? nullptr : &*found;
}

// Puts a result beside its indicator; what the project does not declare is kept for the rule set to
// know.
void keep(Project& project, const std::string& id, const text::Place& place, bool has_actual,
          Result result, std::vector<Diagnostic>& diagnostics) {
  Indicator* indicator = find_indicator(project, id);
  const bool other_taken = std::any_of(project.other_results.begin(), project.other_results.end(),
                                       [&](const OtherResult& o) { return o.indicator == id; });
  if (other_taken || (indicator != nullptr && indicator->result)) {
    diagnostics.push_back(text::diagnose(
        Code::id_duplicate, place,
        {"指标 '" + id + "' 有两个结果", "the indicator '" + id + "' has two results"},
        {"删去其中一个", "remove one of them"}));
  } else if (indicator != nullptr) {
    indicator->result = std::move(result);
  } else {
    project.other_results.push_back({id, place, has_actual, result.not_applicable, result.reason,
                                     result.remedy, result.evidence, result.reported});
  }
}

// Whether a value is given: not one that is missing or does not apply.
bool has_actual(const ResultText& written, const Result& result) {
  if (written.actual == nullptr || result.not_applicable) return false;
  return written.actual->kind != NodeKind::string || !says_missing(written.actual->string);
}

// How often it happened: a number, or yes and no in any form.
std::optional<double> occurrence_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::integer:
    case NodeKind::number:
      return node.number >= 0 && std::isfinite(node.number) ? std::optional(node.number)
                                                            : std::nullopt;
    case NodeKind::boolean: return node.boolean ? 1 : 0;
    case NodeKind::string: return value::read_occurrence(node.string);
    default: return std::nullopt;
  }
}

void keep_event(std::vector<Event>& out, Event event, std::vector<Diagnostic>& diagnostics) {
  const bool twice = std::any_of(
      out.begin(), out.end(), [&](const Event& other) { return other.id.text == event.id.text; });
  if (twice && !event.id.text.empty()) {
    diagnostics.push_back(text::diagnose(
        Code::id_duplicate, event.id.place,
        {"'" + event.id.text + "' 报告了两次", "'" + event.id.text + "' is reported twice"},
        {"合为一处，n 写总数", "put the two together, n being the sum"}));
    return;
  }
  out.push_back(std::move(event));
}

// `count_needed`: a veto that is reported without a count happened; of an adjustment the count is
// all there is to say.
void read_events(TableReader& top, std::string_view key, bool count_needed, std::vector<Event>& out,
                 std::vector<Diagnostic>& diagnostics) {
  for (const Node* table : top.tables(key)) {
    TableReader reader(*table, "[[" + std::string(key) + "]]", diagnostics);
    Event event;
    event.id = {reader.required_string("id"), reader.place("id")};
    const Node* count = reader.node("n");
    const auto n = count != nullptr ? occurrence_of(*count) : std::optional(1.0);
    if (!n)
      reader.report(Code::value_number, reader.place("n"),
                    {"'n' 应为不小于 0 的数，或“是”“否”：加分还是减分由规则集决定",
                     "'n' should be a number of at least 0, or yes or no: the rule set knows which "
                     "way it counts"});
    if (count == nullptr && count_needed) reader.require("n");
    event.n = n.value_or(0);
    event.reason = reader.string("reason").value_or("");
    reader.allow("evidence");
    reader.finish();
    keep_event(out, std::move(event), diagnostics);
  }
}

}  // namespace

void read_results(const Node& root, Project& project, std::vector<Diagnostic>& diagnostics) {
  TableReader top(root, "results", diagnostics);
  top.require("schema");
  if (const auto schema = top.string("schema"); schema && *schema != "jixiao/results/1") {
    top.report(Code::schema_unknown, top.place("schema"),
               {"schema 应为 'jixiao/results/1'，这里是 '" + *schema + "'",
                "the schema should be 'jixiao/results/1', this is '" + *schema + "'"});
  }
  project.illustrative = top.boolean("illustrative").value_or(false);
  project.results_note = top.text("note").value_or(Text{});
  if (const Node* table = top.table("money")) {
    TableReader reader(*table, "[money]", diagnostics);
    if (reader.has("initial")) project.money.initial = read_amount(reader, "initial", diagnostics);
    if (reader.has("adjusted"))
      project.money.adjusted = read_amount(reader, "adjusted", diagnostics);
    project.money.executed = read_amount(reader, "executed", diagnostics);
    if (reader.has("estimate"))
      project.mid_year.executed = read_amount(reader, "estimate", diagnostics);
    project.mid_year.season = read_season(reader, diagnostics);
    reader.allow("source");
    reader.finish();
  }
  if (const Node* table = top.table("monitoring")) read_mid_year(*table, project, diagnostics);
  for (const NamedValue& value : read_inputs(top.table("inputs"), diagnostics)) {
    std::erase_if(project.inputs, [&](const NamedValue& old) { return old.name == value.name; });
    project.inputs.push_back(value);
  }
  const auto tables = top.tables("result");
  if (tables.size() > most_results) {
    top.report(Code::file_too_large, top.place("result"),
               {"结果超过 " + std::to_string(most_results) + " 个",
                "more than " + std::to_string(most_results) + " results"});
    return;
  }
  for (const Node* table : tables) {
    TableReader reader(*table, "[[result]]", diagnostics);
    const std::string id = reader.required_string("indicator");
    ResultText written;
    written.place = table->place;
    written.actual = reader.node("actual");
    written.not_applicable = reader.boolean("not_applicable").value_or(false);
    written.reason = reader.string("reason").value_or("");
    const Indicator* indicator = find_indicator(project, id);
    Result result = interpret(written, indicator, project.year, diagnostics);
    result.remedy = reader.string("remedy").value_or("");
    result.evidence = reader.strings("evidence");
    result.reported = reader.number("reported");
    result.inputs = read_numbers(reader.table("inputs"), diagnostics);
    result.outlook = read_outlook(reader, indicator, project.year, diagnostics);
    reader.allow("note");
    reader.finish();
    if (id.empty()) continue;
    const bool valued = has_actual(written, result);
    keep(project, id, reader.place("indicator"), valued, std::move(result), diagnostics);
  }
  read_events(top, "adjustment", true, project.adjustments, diagnostics);
  read_events(top, "veto", false, project.vetoes, diagnostics);
  top.finish();
}

namespace {

// A cell as results.toml would say it.
Node written(const Cell& cell) {
  Node node;
  node.kind = NodeKind::string;
  node.string = cell.text;
  node.place = cell.place;
  return node;
}

// Of key points a table can only say how many.
void count_key_points(const Indicator* indicator, Node& node) {
  if (indicator == nullptr || indicator->kind != value::Kind::key_points) return;
  if (const auto met = value::read_number(node.string))
    node.kind = NodeKind::integer, node.number = *met;
}

}  // namespace

void read_results_table(const std::shared_ptr<const text::Source>& source, Project& project,
                        std::vector<Diagnostic>& diagnostics) {
  const Table table = read_table(source, diagnostics);
  const std::vector<std::string> known{"indicator", "actual",   "reason",         "remedy",
                                       "evidence",  "reported", "not_applicable", "estimate"};
  std::vector<std::size_t> column(known.size(), table.header.size());
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    const auto found = std::find(known.begin(), known.end(), table.header[i].text);
    if (found != known.end()) {
      std::size_t& at = column[static_cast<std::size_t>(found - known.begin())];
      if (at != table.header.size())
        diagnostics.push_back(text::diagnose(
            Code::id_duplicate, table.header[i].place,
            {"列 '" + *found + "' 出现两次", "the column '" + *found + "' is there twice"},
            {"删去其中一列", "remove one of them"}));
      at = i;
    } else if (!table.header[i].text.empty() || i + 1 < table.header.size()) {
      diagnostics.push_back(text::diagnose(Code::key_unknown, table.header[i].place,
                                           {"没有列 '" + table.header[i].text + "'",
                                            "there is no column '" + table.header[i].text + "'"},
                                           text::suggestion(table.header[i].text, known)));
    }
  }
  if (column[0] == table.header.size() || column[1] == table.header.size()) {
    diagnostics.push_back(text::diagnose(
        Code::key_missing, {source, 1, 1, 0},
        {"表头须有 indicator 与 actual 两列", "the header needs the columns indicator and actual"},
        {"indicator,actual,reason", "indicator,actual,reason"}));
    return;
  }
  const auto cell = [&](const std::vector<Cell>& row, std::size_t which) {
    return column[which] < row.size() ? row[column[which]] : Cell{};
  };
  if (table.rows.size() > most_results) {
    diagnostics.push_back(
        text::diagnose(Code::file_too_large, {source, 1, 1, 0},
                       {"结果超过 " + std::to_string(most_results) + " 行",
                        "more than " + std::to_string(most_results) + " results"}));
    return;
  }
  std::vector<std::string> money_given;
  for (const auto& row : table.rows) {
    // Spreadsheets leave rows of nothing but separators.
    if (std::all_of(row.begin(), row.end(), [](const Cell& c) { return c.text.empty(); })) continue;
    const Cell id = cell(row, 0);
    const Cell actual = cell(row, 1);
    Node node = written(actual);
    if (id.text == "@executed" || id.text == "@adjusted" || id.text == "@initial") {
      if (std::find(money_given.begin(), money_given.end(), id.text) != money_given.end())
        diagnostics.push_back(
            text::diagnose(Code::id_duplicate, id.place,
                           {"'" + id.text + "' 有两行", "'" + id.text + "' has two rows"},
                           {"删去其中一行", "remove one of them"}));
      money_given.push_back(id.text);
      Node money;
      money.place = actual.place;
      money.entries.push_back({"amount", actual.place, node});
      const Cell estimate = cell(row, 7);
      if (!estimate.text.empty())
        money.entries.push_back({"estimate", estimate.place, written(estimate)});
      TableReader reader(money, id.text, diagnostics);
      const Amount amount = read_amount(reader, "amount", diagnostics);
      if (id.text == "@executed" && !estimate.text.empty())
        project.mid_year.executed = read_amount(reader, "estimate", diagnostics);
      reader.finish();  // an estimate of money that is given, not spent
      (id.text == "@executed"   ? project.money.executed
       : id.text == "@adjusted" ? project.money.adjusted
                                : project.money.initial) = amount;
      continue;
    }
    if (id.text.starts_with('@')) {
      const auto n = value::read_occurrence(actual.text);
      if (!n)
        diagnostics.push_back(text::diagnose(
            Code::value_number, actual.place,
            {"'" + id.text + "' 的 actual 应为不小于 0 的数，或“是”“否”，这里是 '" + actual.text +
                 "'",
             "the actual of '" + id.text +
                 "' should be a number of at least 0, or yes or no, this is '" + actual.text + "'"},
            {"没有发生写 0", "write 0 where it did not happen"}));
      keep_event(project.table_events,
                 {{id.text.substr(1), id.place}, n.value_or(0), cell(row, 2).text}, diagnostics);
      continue;
    }
    const Indicator* indicator = find_indicator(project, id.text);
    ResultText given;
    given.place = id.place;
    given.reason = cell(row, 2).text;
    const std::string flag = cell(row, 6).text;
    given.not_applicable = flag == "true" || flag == "1" || flag == "是" || flag == "yes";
    const bool known_flag = given.not_applicable || flag.empty() || flag == "false" ||
                            flag == "0" || flag == "否" || flag == "no";
    if (!known_flag)
      diagnostics.push_back(text::diagnose(
          Code::value_choice, cell(row, 6).place,
          {"not_applicable 不能是 '" + flag + "'", "not_applicable cannot be '" + flag + "'"},
          {"写 true 或 false（是、否）", "write true or false"}));
    count_key_points(indicator, node);
    if (!actual.text.empty()) given.actual = &node;
    Result result = interpret(given, indicator, project.year, diagnostics);
    result.remedy = cell(row, 3).text;
    if (const Cell evidence = cell(row, 4); !evidence.text.empty())
      result.evidence = {evidence.text};
    if (const Cell reported = cell(row, 5); !reported.text.empty()) {
      result.reported = value::read_number(reported.text);
      if (!result.reported)
        diagnostics.push_back(text::diagnose(
            Severity::warning, Code::value_text, reported.place,
            {"'" + reported.text + "' 不是数", "'" + reported.text + "' is not a number"}));
    }
    if (const Cell estimate = cell(row, 7); indicator != nullptr && !estimate.text.empty()) {
      Node expected = written(estimate);
      count_key_points(indicator, expected);
      result.outlook.estimate = read_estimate(expected, *indicator, project.year, diagnostics);
    }
    const bool valued = has_actual(given, result);
    keep(project, id.text, id.place, valued, std::move(result), diagnostics);
  }
}

}  // namespace jixiao::project
