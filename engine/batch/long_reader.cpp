#include "batch/long_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "batch/event_columns.hpp"
#include "batch/wide_reader.hpp"
#include "project/indicator_text.hpp"
#include "scoring/uncomputable.hpp"
#include "system/short_hash.hpp"
#include "text/code.hpp"
#include "text/suggestion.hpp"
#include "value/field.hpp"
#include "value/nan.hpp"

namespace jixiao::batch {

using value::CellState;

namespace {

using value::nan;
constexpr std::array<std::string_view, 3> money_words = {"@initial", "@adjusted", "@executed"};

std::string with_name(std::string message, std::string_view name) {
  for (std::size_t at = message.find(indicator_mark); at != std::string::npos;
       at = message.find(indicator_mark, at + name.size()))
    message.replace(at, indicator_mark.size(), name);
  return message;
}

Text with_help(Text message, const Text& help) {
  if (!help.zh.empty()) message.zh += "；" + help.zh;
  if (!help.en.empty()) message.en += "; " + help.en;
  return message;
}

}  // namespace

LongReader::LongReader(const ruleset::RuleSet& rules, std::uint64_t memory)
    : rules_(rules), reader_(rules, memory) {
  for (std::size_t f = 0; f < rules.indicators.size(); ++f) {
    fixed_.emplace(rules.indicators[f].id, f);
    fixed_.emplace(rules.indicators[f].name.zh, f);
    fixed_.emplace(rules.indicators[f].name.en, f);
  }
  fixed_.erase("");
  for (const auto& [indicator, index] : fixed_)
    fixed_bits_ |= std::uint64_t{1} << (system::hashed(0, indicator) >> 58);
}

void LongReader::read(PieceContent& piece) {
  reader_.begin_piece();
  piece.begin_batch();
  for (std::size_t p = 0; p < piece.projects.size(); ++p) read_project(piece, p);
}

void LongReader::read_project(PieceContent& piece, std::size_t project) {
  const int year = piece.year_of_project(project);
  piece.begin_project(year);
  for (auto& column : piece.batch.inputs) column.push(value::Cell::none());
  unbound_ = false;
  check_names(piece, project);
  for (std::size_t k = piece.begin_of[project]; k < piece.begin_of[project + 1]; ++k) {
    read_record(piece, project, piece.order[k], {year, names_[k - piece.begin_of[project]]});
  }
  scoring::Batch& batch = piece.batch;
  fill_missing(batch.adjusted, batch.initial, project);
  fill_missing(batch.initial, batch.adjusted, project);
  if (!piece.projects[project].empty()) check_shares(piece, project);
  batch.row_begin.push_back(batch.rows.size());
}

void LongReader::read_record(PieceContent& piece, std::size_t project, std::size_t record,
                             const Known& known) {
  const std::string_view indicator = piece.cell(role_indicator, record);
  if (indicator.empty()) return;
  if (indicator.front() == '@') {
    const auto money = std::find(money_words.begin(), money_words.end(), indicator);
    const std::string_view word = indicator.substr(1);
    const auto input = std::find_if(
        rules_.inputs.begin(), rules_.inputs.end(),
        [&](const ruleset::Input& i) { return i.id == word && i.statistic == ruleset::none; });
    if (money != money_words.end())
      read_money(piece, project, record, static_cast<std::size_t>(money - money_words.begin()));
    else if (input != rules_.inputs.end())
      read_input(piece, project, record, static_cast<std::size_t>(input - rules_.inputs.begin()));
    else
      read_event(piece, project, record, word);
    return;
  }
  if ((fixed_bits_ >> (known.name_hash >> 58) & 1U) != 0) {
    const auto remark = fixed_.find(indicator);
    if (remark != fixed_.end()) return read_remark(piece, project, record, remark->second);
  }
  read_own(piece, project, record, known.year);
}

void LongReader::read_money(PieceContent& piece, std::size_t project, std::size_t record,
                            std::size_t which) {
  scoring::Batch& batch = piece.batch;
  scoring::CellColumn& column = which == 0   ? batch.initial
                                : which == 1 ? batch.adjusted
                                             : batch.executed;
  if (column.states[project] != CellState::missing)
    piece.fault(project, record, name(role_indicator), piece.cell(role_indicator, record),
                "id.duplicate", Severity::error, {"这一金额有两行", "this amount has two rows"});
  const std::string_view written = piece.cell(role_actual, record);
  const value::Cell& yuan = amounts_.read(written, piece.cell(role_unit, record));
  for (const RowFinding& f : amounts_.findings())
    piece.fault(project, record, name(role_actual), written, f.code, f.severity, f.message);
  column.values[project] = yuan.value;
  column.states[project] = yuan.state;
}

void LongReader::read_input(PieceContent& piece, std::size_t project, std::size_t record,
                            std::size_t which) {
  scoring::CellColumn& column = piece.batch.inputs[which];
  if (column.states[project] != CellState::missing)
    return piece.fault(project, record, name(role_indicator), piece.cell(role_indicator, record),
                       "id.duplicate", Severity::error,
                       {"这一输入有两行", "this input has two rows"});
  const std::size_t actual = piece.plan.role[role_actual];
  value::Cell cell = read_input_cell(piece, project, record, actual, rules_.inputs[which]);
  const auto& range = rules_.inputs[which].range;
  if (cell.ok() && range && !range->contains(cell.value)) {
    fault_out_of_range(piece, project, record, actual, *range);
    cell = value::Cell::error();
  }
  column.values[project] = cell.value;
  column.states[project] = cell.state;
}

void LongReader::read_event(PieceContent& piece, std::size_t project, std::size_t record,
                            std::string_view id) {
  const std::string_view indicator = piece.cell(role_indicator, record);
  const auto event = find_event(rules_, id);
  if (!event) {
    const Text nearest = text::suggestion(std::string(id), event_words(rules_));
    return piece.fault(project, record, name(role_indicator), indicator, "reference.unknown",
                       Severity::error,
                       {"没有 '@" + std::string(id) + "'；" + nearest.zh,
                        "there is no '@" + std::string(id) + "'; " + nearest.en});
  }
  const double n = read_event_count(piece, project, record, piece.plan.role[role_actual]);
  const auto& so_far = event->is_veto ? piece.batch.vetoes : piece.batch.adjustments;
  bool twice = false;  // a project's events stand together, at the end
  for (auto other = so_far.rbegin(); other != so_far.rend() && other->project == project; ++other)
    twice = twice || other->which == event->which;
  if (twice)
    return piece.fault(project, record, name(role_indicator), indicator, "id.duplicate",
                       Severity::error,
                       {"同一项目报告了两次；合为一行，写总数",
                        "the project reports it twice; put the rows together, with their sum"});
  add_event(piece.batch, project, *event, n);
}

void LongReader::read_remark(PieceContent& piece, std::size_t project, std::size_t record,
                             std::size_t fixed) {
  scoring::FixedRemarks& remarks = piece.batch.fixed[fixed];
  remarks.has_reason[project] = piece.cell(role_reason, record).empty() ? 0 : 1;
  remarks.has_evidence[project] = piece.cell(role_evidence, record).empty() ? 0 : 1;
  piece.reported_of_fixed[fixed][project] = read_reported(piece, project, record);
  const std::string_view actual = piece.cell(role_actual, record);
  if (project::says_not_applicable(actual)) {
    remarks.not_applicable[project] = 1;
    if (rules_.not_applicable == ruleset::NotApplicablePolicy::refuse)
      piece.fault(project, record, name(role_actual), actual, "result.invalid", Severity::error,
                  {"规则集 " + rules_.id + " 不允许“不适用”",
                   "the rule set " + rules_.id + " does not allow 'not applicable'"});
    if (remarks.has_reason[project] == 0)
      piece.fault(project, record, name(role_reason), "", "key.missing", Severity::error,
                  {"不适用须写明原因；填写 reason 一列",
                   "not applicable needs a reason; fill in the column reason"});
  } else if (!actual.empty() && !project::says_missing(actual)) {
    piece.fault(project, record, name(role_actual), actual, "result.invalid", Severity::error,
                {"由规则集从金额算出，不能填 actual",
                 "it is computed by the rule set from the money: it takes no actual"});
  }
}

double LongReader::read_reported(PieceContent& piece, std::size_t project, std::size_t record) {
  double points = nan;
  const std::string_view given = piece.cell(role_reported, record);
  if (given.empty()) return points;
  if (const auto number = value::read_number(given)) return *number;
  piece.fault(
      project, record, name(role_reported), given, "value.text", Severity::warning,
      {"'" + std::string(given) + "' 不是数", "'" + std::string(given) + "' is not a number"});
  return points;
}

void LongReader::read_own(PieceContent& piece, std::size_t project, std::size_t record, int year) {
  const RowCells words{piece.cell(role_block, record),
                       piece.cell(role_type, record),
                       piece.cell(role_op, record),
                       piece.cell(role_target, record),
                       piece.cell(role_unit, record),
                       piece.cell(role_weight, record),
                       piece.cell(role_method, record),
                       piece.cell(role_actual, record),
                       !piece.cell(role_reason, record).empty(),
                       !piece.cell(role_evidence, record).empty(),
                       year};
  const ReadRow numbers = reader_.read(words);
  const Row& read = *numbers.row;
  for (const RowFinding& f : read.findings) {
    const std::string_view indicator = piece.cell(role_indicator, record);
    piece.fault(project, record, name(f.role), piece.cell(f.role, record), f.code, f.severity,
                {with_name(f.message.zh, indicator), with_name(f.message.en, indicator)});
  }
  const double reported = read_reported(piece, project, record);
  unbound_ = unbound_ || !read.bound;
  if (!read.bound) return;
  scoring::Rows& rows = piece.batch.rows;
  rows.project.push_back(static_cast<std::uint32_t>(project));
  rows.block.push_back(read.block);
  rows.method.push_back(read.method);
  rows.target.push_back(numbers.own_target ? numbers.target : read.target);
  rows.upper.push_back(numbers.own_target ? numbers.upper : read.upper);
  rows.actual.push(numbers.own_actual ? value::Cell::of(numbers.actual) : read.actual);
  rows.state.push_back(read.state);
  rows.given_weight.push_back(read.weight);
  rows.has_reason.push_back(words.has_reason ? 1 : 0);
  rows.has_evidence.push_back(words.has_evidence ? 1 : 0);
  rows.refused.push_back(read.refused ? 1 : 0);
  piece.rows.push_back({static_cast<std::uint32_t>(record), &read, numbers.own_actual,
                        numbers.own_target, reported});
}

void LongReader::check_names(PieceContent& piece, std::size_t project) {
  constexpr std::size_t few = 24;
  const std::size_t first = piece.begin_of[project];
  const std::size_t count = piece.begin_of[project + 1] - first;
  names_.resize(count);
  // Most hashes have a bit of their own among 64, so that few are looked for one by one.
  std::uint64_t bits = 0;
  bool doubtful = false;
  for (std::size_t k = 0; k < count; ++k) {
    const std::string_view indicator = piece.cell(role_indicator, piece.order[first + k]);
    if (indicator.empty())
      piece.fault(project, piece.order[first + k], name(role_indicator), "", "key.missing",
                  Severity::error, {"没有指标名", "the indicator has no name"});
    const std::uint64_t hash = system::hashed(0, indicator);
    const std::uint64_t bit = std::uint64_t{1} << (hash >> 58);
    names_[k] = hash;
    doubtful =
        doubtful ||
        ((bits & bit) != 0 &&
         (count > few || std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(k),
                                   hash) != names_.begin() + static_cast<std::ptrdiff_t>(k)));
    bits |= bit;
  }
  bool twice = doubtful;
  if (doubtful && count > few) {
    std::vector<std::uint64_t> sorted = names_;
    std::sort(sorted.begin(), sorted.end());
    twice = std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
  }
  if (!twice) return;
  std::unordered_map<std::string_view, std::size_t> seen;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t record = piece.order[first + k];
    const std::string_view indicator = piece.cell(role_indicator, record);
    if (indicator.empty() || indicator.front() == '@' || seen.emplace(indicator, k).second)
      continue;
    piece.fault(project, record, name(role_indicator), indicator, "id.duplicate", Severity::error,
                {"同一项目中指标名重复", "the project names this indicator twice"});
  }
}

void LongReader::check_shares(PieceContent& piece, std::size_t project) {
  const scoring::Batch& batch = piece.batch;
  shares_.assign(rules_.blocks.size(), {});
  for (std::size_t b = 0; b < shares_.size(); ++b) shares_[b].block = rules_.blocks[b].weight;
  const auto add = [&](std::size_t b, double given) {
    std::isnan(given) ? void(++shares_[b].open)
                      : void((++shares_[b].taken, shares_[b].given += given));
  };
  for (const auto& indicator : rules_.indicators)
    add(indicator.block, indicator.weight.value_or(nan));
  for (std::size_t row = batch.row_begin[project]; row < batch.rows.size(); ++row)
    add(batch.rows.block[row], batch.rows.given_weight[row]);
  const std::size_t record = piece.first_record(project);
  for (std::size_t b = 0; b < shares_.size(); ++b) {
    const auto& block = rules_.blocks[b];
    const scoring::BlockShare& share = shares_[b];
    if (share.count() == 0 && scoring::block_counts(rules_, b, share.block) && !unbound_) {
      const scoring::WhyNot empty = scoring::block_is_empty(block, share.block);
      piece.fault(project, record, name(role_block), "", std::string(text::entry(empty.code).name),
                  scoring::severity_of_empty(block), with_help(empty.message, empty.help));
    }
    if (share.adds_up()) continue;
    const scoring::WhyNot sum = scoring::weights_do_not_add_up(block, share);
    piece.fault(project, record, name(role_weight), "", std::string(text::entry(sum.code).name),
                Severity::error, with_help(sum.message, sum.help));
  }
}

}  // namespace jixiao::batch
