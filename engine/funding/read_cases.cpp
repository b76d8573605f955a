// Tables of rated projects, and of their money.
#include <algorithm>
#include <cmath>
#include <map>

#include "funding/rules.hpp"
#include "jixiao/funding.hpp"
#include "project/csv.hpp"
#include "table/guard.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/field.hpp"
#include "value/most_money.hpp"
#include "value/total_name.hpp"

namespace jixiao {
namespace funding {
namespace {

using project::Cell;
using project::Table;
using text::Code;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

std::size_t column(const Table& table, std::string_view name) {
  const auto at = std::find_if(table.header.begin(), table.header.end(),
                               [&](const Cell& cell) { return cell.text == name; });
  return at == table.header.end() ? nowhere : static_cast<std::size_t>(at - table.header.begin());
}

// "120万元", "1,200,000元", 1200000; empty: nothing.
std::optional<double> number_in(const Cell& cell, const std::string& unit, bool money,
                                std::vector<Diagnostic>& diagnostics) {
  if (cell.text.empty()) return std::nullopt;
  const auto written =
      value::read_field(cell.text + (value::read_number(cell.text) ? unit : std::string()));
  const bool fits = written && written->kind == value::Kind::number &&
                    written->low == written->high &&
                    (written->unit.is_number() || !money || written->unit.is_money()) &&
                    (!money || std::abs(written->low) <= value::most_yuan);
  if (fits) return written->low;
  diagnostics.push_back(text::diagnose(
      Code::value_text, cell.place,
      money ? Text{"'" + cell.text + "' 不是金额", "'" + cell.text + "' is no amount of money"}
            : Text{"'" + cell.text + "' 不是数", "'" + cell.text + "' is not a number"},
      money ? Text{"例如 120万元 或 1200000", "such as 120万元 or 1200000"} : Text{}));
  return std::nullopt;
}

// As batch read it: what guards it from a spreadsheet is taken off.
std::string name_in(const Cell& cell) { return std::string(table::unguarded(cell.text)); }

struct Amounts {
  std::optional<double> initial, adjusted, executed;
};

// What the columns of a row say of money.
Amounts amounts_in(const Table& table, const std::vector<Cell>& row,
                   std::vector<Diagnostic>& diagnostics) {
  const auto at = [&](std::string_view name) {
    const std::size_t where = column(table, name);
    return where == nowhere ? std::optional<double>()
                            : number_in(row[where], "元", true, diagnostics);
  };
  return {at("initial"), at("adjusted"), at("executed")};
}

// The same for a table with a row an indicator, where money stands in rows @initial, @adjusted and
// @executed.
void take_long_row(const Table& table, const std::vector<Cell>& row, std::size_t indicator,
                   Amounts& out, std::vector<Diagnostic>& diagnostics) {
  const std::string& what = row[indicator].text;
  if (!what.starts_with('@')) return;
  const std::size_t actual = column(table, "actual"), unit = column(table, "unit");
  if (actual == nowhere) return;
  const auto amount = number_in(row[actual],
                                unit == nowhere || row[unit].text.empty() ? "元" : row[unit].text,
                                true, diagnostics);
  if (what == "@initial") out.initial = amount;
  if (what == "@adjusted") out.adjusted = amount;
  if (what == "@executed") out.executed = amount;
}

std::map<std::string, Amounts> read_money(const std::string& file,
                                          std::vector<Diagnostic>& diagnostics) {
  std::map<std::string, Amounts> out;
  const auto source = text::read_source(file, diagnostics);
  if (!source) return out;
  const Table table = project::read_table(source, diagnostics);
  const std::size_t project = column(table, "project"), indicator = column(table, "indicator");
  if (project == nowhere) {
    diagnostics.push_back(
        text::diagnose(Code::table_header, {source, 1, 1, 0},
                       {"表头没有 project 列", "the header has no column project"},
                       {"project,initial,adjusted,executed", "project,initial,adjusted,executed"}));
    return out;
  }
  std::map<std::pair<std::string, std::string>, std::size_t> seen;
  for (const auto& row : table.rows) {
    const std::string name = name_in(row[project]);
    const std::string what = indicator == nowhere ? std::string() : row[indicator].text;
    if (indicator == nowhere || what.starts_with('@')) {
      const auto [before, is_new] = seen.emplace(std::pair(name, what), row[project].place.line);
      if (!is_new) {
        const std::string line = std::to_string(before->second),
                          twice = what.empty() ? name : name + " " + what;
        diagnostics.push_back(
            text::diagnose(Code::id_duplicate, row[project].place,
                           {"项目 '" + twice + "' 的资金有两行，另一行是第 " + line + " 行",
                            "the money of '" + twice + "' is there twice, first on line " + line},
                           {"删去其中一行", "remove one of them"}));
        continue;
      }
    }
    if (indicator != nowhere) {
      take_long_row(table, row, indicator, out[name], diagnostics);
    } else {
      out.insert_or_assign(name, amounts_in(table, row, diagnostics));
    }
  }
  return out;
}

class CaseReader {
 public:
  CaseReader(const Rules& rules, std::vector<Diagnostic>& diagnostics)
      : rules_(rules), diagnostics_(diagnostics) {}

  std::vector<FundingCase> read(const std::string& file, const std::string& money) {
    if (!money.empty()) money_ = read_money(money, diagnostics_);
    const auto source = text::read_source(file, diagnostics_);
    if (!source) return {};
    const Table table = project::read_table(source, diagnostics_);
    project_ = column(table, "project");
    rating_ = column(table, "rating");
    if (project_ == nowhere || rating_ == nowhere) {
      diagnostics_.push_back(text::diagnose(
          Code::table_header, {source, 1, 1, 0},
          {"表头须有 project 与 rating 两列", "the header needs the columns project and rating"},
          {"先用 jixiao batch 计分，再用它的输出",
           "score with 'jixiao batch' first and give its output"}));
      return {};
    }
    std::vector<FundingCase> out;
    std::map<std::string, std::size_t> seen;
    for (const auto& row : table.rows) {
      const Cell& project = row[project_];
      if (project.text.empty()) {
        // Spreadsheets leave rows of nothing but separators.
        if (std::any_of(row.begin(), row.end(),
                        [](const Cell& cell) { return !cell.text.empty(); }))
          diagnostics_.push_back(text::diagnose(
              Severity::warning, Code::key_missing, project.place,
              {"这一行没有项目名，没有计入", "the row has no project and is left out"},
              {"填上 project 一列", "fill in the column project"}));
        continue;
      }
      if (value::says_total(name_in(project))) {
        diagnostics_.push_back(text::diagnose(
            Severity::warning, Code::table_total, project.place,
            {"'" + project.text + "' 像是合计行，不是项目，没有计入",
             "'" + project.text + "' looks like a row of totals, not a project, and is left out"},
            {"删去这一行；若确是项目请改名", "remove it, or rename the project"}));
        continue;
      }
      if (!seen.emplace(name_in(project), project.place.line).second)
        diagnostics_.push_back(text::diagnose(Code::id_duplicate, project.place,
                                              {"项目 '" + project.text + "' 有两行",
                                               "the project '" + project.text + "' has two rows"},
                                              {"删去其中一行", "remove one of them"}));
      out.push_back(read_row(table, row));
    }
    return out;
  }

 private:
  FundingCase read_row(const Table& table, const std::vector<Cell>& row) {
    FundingCase out;
    out.id = name_in(row[project_]);
    out.name = {out.id, out.id};
    out.rating = name_in(row[rating_]);
    out.file = row[project_].place.source->name();
    out.line = row[project_].place.line;
    const auto plain = [&](std::string_view name) {
      const std::size_t at = column(table, name);
      return at == nowhere ? std::optional<double>() : number_in(row[at], "", false, diagnostics_);
    };
    out.score = plain("total");
    out.year = static_cast<int>(plain("year").value_or(0));
    Amounts amounts = amounts_in(table, row, diagnostics_);
    if (const auto given = money_.find(out.id); given != money_.end()) {
      const auto fill = [](std::optional<double>& to, const std::optional<double>& from) {
        if (!to) to = from;
      };
      fill(amounts.initial, given->second.initial);
      fill(amounts.adjusted, given->second.adjusted);
      fill(amounts.executed, given->second.executed);
    }
    if (!amounts.adjusted) amounts.adjusted = amounts.initial;
    out.initial = amounts.initial;
    out.adjusted = amounts.adjusted;
    out.executed = amounts.executed;
    for (const Input& input : rules_.inputs) {
      const std::size_t at = column(table, input.id);
      if (at == nowhere) continue;
      const bool money = input.unit.is_money();
      if (const auto number = number_in(row[at], money ? "元" : "", money, diagnostics_))
        out.inputs.emplace_back(input.id, *number);
    }
    return out;
  }

  const Rules& rules_;
  std::vector<Diagnostic>& diagnostics_;
  std::map<std::string, Amounts> money_;
  std::size_t project_ = nowhere, rating_ = nowhere;
};

}  // namespace
}  // namespace funding

Checked<std::vector<FundingCase>> read_funding_cases(const FundingRules& rules,
                                                     const std::string& table,
                                                     const std::string& money) {
  std::vector<Diagnostic> diagnostics;
  auto cases = funding::CaseReader(rules.model(), diagnostics).read(table, money);
  text::sort_by_place(diagnostics);
  if (text::has_error(diagnostics)) return diagnostics;
  return {std::move(cases), std::move(diagnostics)};
}

Checked<std::vector<std::pair<std::string, double>>> read_funding_inputs(
    const FundingRules& rules, std::span<const std::string> typed) {
  std::vector<Diagnostic> diagnostics;
  std::vector<std::pair<std::string, double>> out;
  std::vector<std::string> known;
  for (const auto& input : rules.model().inputs) known.push_back(input.id);
  for (const std::string& text : typed) {
    const std::size_t sign = text.find('=');
    const std::string name = text.substr(0, sign);
    const auto at = std::find(known.begin(), known.end(), name);
    if (at == known.end()) {
      const std::string& id = rules.model().id;
      diagnostics.push_back(text::diagnose_file(
          text::Code::reference_unknown, "",
          {"规则 " + id + " 没有输入 '" + name + "'",
           "the rules " + id + " have no input '" + name + "'"},
          known.empty() ? Text{"这套规则什么也不问", "these rules ask for nothing"}
                        : text::suggestion(name, known)));
      continue;
    }
    const bool money =
        rules.model().inputs[static_cast<std::size_t>(at - known.begin())].unit.is_money();
    const project::Cell cell{sign == std::string::npos ? std::string() : text.substr(sign + 1), {}};
    if (const auto number = funding::number_in(cell, money ? "元" : "", money, diagnostics))
      out.emplace_back(name, *number);
  }
  if (text::has_error(diagnostics)) return diagnostics;
  return {std::move(out), std::move(diagnostics)};
}

}  // namespace jixiao
