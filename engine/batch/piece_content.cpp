#include "batch/piece_content.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "system/short_hash.hpp"
#include "table/json_lines.hpp"
#include "text/utf8.hpp"
#include "value/field.hpp"
#include "value/total_name.hpp"

namespace jixiao::batch {

namespace {

constexpr std::size_t longest_errors = 400;
constexpr std::size_t longest_shown_cell = 200;
constexpr std::size_t longest_name = 4096;

// At most so many bytes of valid UTF-8, whole characters.
std::string_view shortened(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

const std::string& in(const Text& text, Language language) {
  return language == Language::zh ? text.zh : text.en;
}

void fill_missing(scoring::CellColumn& to, const scoring::CellColumn& from, std::size_t project) {
  if (to.states[project] != value::CellState::missing) return;
  to.values[project] = from.values[project];
  to.states[project] = from.states[project];
}

PieceContent::PieceContent(const ruleset::RuleSet& r, const Plan& p, Language l)
    : rules(r),
      plan(p),
      language(l),
      cells(p.header.size(), p.separator, p.wanted),
      reported_of_fixed(r.indicators.size()) {}

void PieceContent::begin(const table::Piece& piece, std::vector<Fault>& faults) {
  faults_ = &faults;
  invalid_.clear();
  unreadable_.clear();
  if (text::is_utf8(piece.text)) {
    cells.parse(piece);
  } else {
    read_repaired(piece);
  }
  for (std::size_t r = 0; r < roles; ++r) {
    texts_[r] = plan.role[r] == none ? nullptr : cells.text(plan.role[r]).data();
  }
  plan.shape == Shape::long_rows ? group_records() : take_records_as_projects(piece.first_record);
  failed_.assign(projects.size(), 0);
  errors_at_.assign(projects.size(), 0);
  errors_.clear();
  fault_ragged_records();
  for (const std::size_t record : invalid_) {
    fault(project_of_[record], record, "", "", "encoding.invalid", Severity::error,
          {"这一行有不是 UTF-8 的字节，以 U+FFFD 代替",
           "the record holds bytes that are not UTF-8, U+FFFD stands in their place"});
  }
  fault_names();
  check_names();
}

// The piece with what is no text replaced, and which records had it.
void PieceContent::read_repaired(const table::Piece& piece) {
  cells.parse(piece);
  for (std::size_t record = 0; record < cells.records(); ++record) {
    if (!text::is_utf8(cells.record(record))) invalid_.push_back(record);
  }
  repaired_.index = piece.index;
  repaired_.first_record = piece.first_record;
  repaired_.first_line = piece.first_line;
  repaired_.offset = piece.offset;
  repaired_.lines = piece.lines;
  repaired_.text = text::repaired_utf8(piece.text);
  cells.parse(repaired_);
}

// Records of no project, and of one that is the sum of the others.
void PieceContent::check_names() {
  if (plan.project == none) return;
  for (std::size_t p = 0; p < projects.size(); ++p) {
    const std::string_view name = projects[p];
    // a record that is none has been told
    if (name.empty() && failed(p) && begin_of[p + 1] == begin_of[p] + 1) continue;
    if (name.empty()) {
      const Text message{
          "这一行没有项目名；合并的单元格要逐行填上，不是项目的行（如空名的合计）请删去",
          "the row has no project; fill in merged cells row by row, and remove rows that are no "
          "project"};
      for (std::size_t k = begin_of[p]; k < begin_of[p + 1]; ++k)
        fault(p, order[k], plan.header[plan.project], "", "key.missing", Severity::error, message);
    } else if (value::says_total(name)) {
      fault(p, first_record(p), plan.header[plan.project], name, "table.total", Severity::error,
            {"“" + std::string(name) +
                 "”像是合计行，不是项目，没有计分；删去这一行，若确是项目请改名",
             "'" + std::string(name) +
                 "' looks like a row of totals, not a project, and is not scored; remove it, or "
                 "rename the project"});
    }
  }
}

// Projects in the order of their first records.
void PieceContent::group_records() {
  const std::size_t n = cells.records();
  const auto names = cells.text(plan.project);
  projects.clear();
  order.resize(n);
  project_of_.resize(n);
  std::unordered_map<std::string_view, std::uint32_t> known;
  bool grouped = true;
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0 && system::equal_text(names[i], names[i - 1])) {
      project_of_[i] = project_of_[i - 1];
      continue;
    }
    const auto [entry, fresh] =
        known.try_emplace(names[i], static_cast<std::uint32_t>(projects.size()));
    project_of_[i] = entry->second;
    if (fresh) projects.push_back(names[i]);
    grouped = grouped && fresh;
  }
  begin_of.assign(projects.size() + 1, 0);
  for (const std::uint32_t p : project_of_) ++begin_of[p + 1];
  for (std::size_t p = 0; p < projects.size(); ++p) begin_of[p + 1] += begin_of[p];
  if (grouped) {
    for (std::size_t i = 0; i < n; ++i) order[i] = static_cast<std::uint32_t>(i);
    return;
  }
  std::vector<std::size_t> next(begin_of.begin(), begin_of.end() - 1);
  for (std::size_t i = 0; i < n; ++i) order[next[project_of_[i]]++] = static_cast<std::uint32_t>(i);
}

void PieceContent::take_records_as_projects(std::uint64_t first_record) {
  const std::size_t n = cells.records();
  if (plan.project == none) {
    record_names_.clear();
    for (std::size_t i = 0; i < n; ++i)
      record_names_.push_back(std::to_string(first_record + cells.place(i) + 1));
    projects.assign(record_names_.begin(), record_names_.end());
  } else {
    const auto names = cells.text(plan.project);
    projects.assign(names.begin(), names.end());
  }
  order.resize(n);
  begin_of.resize(n + 1);
  project_of_.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    order[i] = project_of_[i] = static_cast<std::uint32_t>(i), begin_of[i] = i;
  begin_of[n] = n;
}

void PieceContent::fault_ragged_records() {
  for (const auto& [record, count] : cells.ragged()) {
    std::string extra;
    if (count > plan.header.size()) extra = cells.cell(plan.header.size(), record);
    if (auto why = table::refusal_of(extra)) {
      fault(project_of_[record], record, "", "", "table.reading", Severity::error, *std::move(why));
      unreadable_.resize(cells.records(), 0);
      unreadable_[record] = 1;
      continue;
    }
    if (extra.size() > longest_shown_cell)
      extra.resize(shortened(extra, longest_shown_cell).size());
    fault(project_of_[record], record, "", "", "value.text", Severity::error,
          {"这一行有 " + std::to_string(count) + " 个单元格，表头有 " +
               std::to_string(plan.header.size()) + " 个" +
               (extra.empty() ? "" : "；多出 '" + extra + "'"),
           "the record has " + std::to_string(count) + " cells, the header " +
               std::to_string(plan.header.size()) +
               (extra.empty() ? "" : "; beyond it '" + extra + "'")});
  }
}

// A name that is copied into tables, ranks and reports is text of some length.
void PieceContent::fault_names() {
  for (std::size_t p = 0; p < projects.size(); ++p) {
    const std::string_view name = projects[p];
    const std::size_t record = first_record(p);
    if (name.size() > longest_name) {
      const std::string bytes = std::to_string(name.size()), most = std::to_string(longest_name);
      projects[p] = shortened(name, longest_shown_cell);
      fault(p, record, plan.header[plan.project], projects[p], "value.text", Severity::error,
            {"项目名称有 " + bytes + " 字节，至多 " + most + "；只留开头，不计分",
             "the name of the project has " + bytes + " bytes, at most " + most +
                 "; only its beginning is kept, and it is not scored"});
    } else if (name.find("\xEF\xBF\xBD") != std::string_view::npos) {
      fault(p, record, plan.header[plan.project], name, "encoding.invalid", Severity::error,
            {"项目名称里有不是文字的字节", "the name of the project holds bytes that are no text"});
    }
  }
}

void PieceContent::fault(std::size_t project, std::size_t record, std::string column,
                         std::string_view cell_text, std::string code, Severity severity,
                         Text message) {
  if (is_unreadable(record)) return;
  if (severity == Severity::error) {
    failed_[project] = 1;
    if (errors_at_[project] == 0) {
      errors_.emplace_back();
      errors_at_[project] = static_cast<std::uint32_t>(errors_.size());
    }
    std::string& text = errors_[errors_at_[project] - 1];
    if (text.size() < longest_errors) {
      const std::string line = std::to_string(unpacked(cells.line(record)).line);
      text += (text.empty() ? "" : "; ") + line + " " + column + (column.empty() ? "" : ": ") +
              in(message, language);
    }
  }
  advise(project, record, std::move(column), cell_text, std::move(code), severity,
         std::move(message));
}

void PieceContent::advise(std::size_t project, std::size_t record, std::string column,
                          std::string_view cell_text, std::string code, Severity severity,
                          Text message) {
  if (is_unreadable(record)) return;
  faults_->push_back({cells.line(record), std::string(projects[project]), std::move(column),
                      std::string(shortened(cell_text, longest_shown_cell)), std::move(code),
                      severity, std::move(message)});
}

const std::string& PieceContent::errors(std::size_t project) const {
  static const std::string nothing;
  return errors_at_[project] == 0 ? nothing : errors_[errors_at_[project] - 1];
}

// 2024, or 2024年 and 2024年度; 0 for anything else.
int PieceContent::year_of(std::size_t record) const {
  double year = 0;
  if (cells.kinds(plan.year)[record] == table::CellKind::number) {
    year = cells.numbers(plan.year)[record];
  } else {
    std::string text = cells.cell(plan.year, record);
    for (const std::string_view ending : {"度", "年"}) {
      if (text.ends_with(ending)) text.resize(text.size() - ending.size());
    }
    year = value::read_number(text).value_or(0);
  }
  return year >= 1900 && year <= 2200 && year == std::trunc(year) ? static_cast<int>(year) : 0;
}

int PieceContent::year_of_project(std::size_t project) {
  const Severity severity = plan.needs_year ? Severity::error : Severity::warning;
  int year = 0;
  if (plan.year == none) return year;
  const auto kinds = cells.kinds(plan.year);
  bool written = false;
  for (std::size_t k = begin_of[project]; k < begin_of[project + 1]; ++k) {
    const std::size_t record = order[k];
    if (kinds[record] == table::CellKind::empty) continue;
    written = true;
    const int here = year_of(record);
    if (here != 0 && (here == year || year == 0)) {
      year = here;
      continue;
    }
    const std::string cell = cells.cell(plan.year, record);
    if (here == 0) {
      fault(project, record, plan.header[plan.year], cell, "value.text", severity,
            {"读不懂年度 '" + cell + "'；写四位数，例如 2024",
             "the year '" + cell + "' cannot be read; write four digits, such as 2024"});
    } else {
      fault(project, record, plan.header[plan.year], cell, "value.choice", Severity::error,
            {"同一项目有两个年度：前面是 " + std::to_string(year) + "；每个年度用各自的项目名",
             "one project, two years: " + std::to_string(year) +
                 " before; give each year a project name of its own"});
    }
    break;
  }
  if (!written && plan.needs_year)
    fault(project, first_record(project), plan.header[plan.year], "", "result.missing",
          Severity::error,
          {"缺少年度：规则集 " + rules.id + " 按年度（fiscal_year）计分；填写四位数年份",
           "the year is missing: the rule set " + rules.id +
               " scores by the year (fiscal_year); write four digits"});
  return year;
}

void PieceContent::begin_batch() {
  batch.projects = 0;
  for (auto* column : {&batch.initial, &batch.adjusted, &batch.executed, &batch.rows.actual})
    column->values.clear(), column->states.clear();
  batch.year.clear();
  batch.inputs.resize(rules.inputs.size());
  for (auto& column : batch.inputs) column.values.clear(), column.states.clear();
  batch.block_weights.resize(rules.blocks.size());
  batch.fixed.resize(rules.indicators.size());
  for (auto& remarks : batch.fixed)
    remarks.has_reason.clear(), remarks.has_evidence.clear(), remarks.not_applicable.clear();
  for (auto& column : reported_of_fixed) column.clear();
  scoring::Rows& own = batch.rows;
  own.project.clear(), own.block.clear(), own.method.clear();
  own.target.clear(), own.upper.clear(), own.state.clear(), own.given_weight.clear();
  own.has_reason.clear(), own.has_evidence.clear(), own.refused.clear();
  batch.row_begin.assign(1, 0);
  batch.adjustments.clear();
  batch.vetoes.clear();
  rows.clear();
}

void PieceContent::begin_project(double year) {
  ++batch.projects;
  batch.initial.push(value::Cell::none());
  batch.adjusted.push(value::Cell::none());
  batch.executed.push(value::Cell::none());
  batch.year.push_back(year);
  for (auto& remarks : batch.fixed)
    remarks.has_reason.push_back(0), remarks.has_evidence.push_back(0),
        remarks.not_applicable.push_back(0);
  for (auto& column : reported_of_fixed) column.push_back(std::nan(""));
}

}  // namespace jixiao::batch
