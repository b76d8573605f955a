#include "batch/piece_scorer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "batch/row_reader.hpp"
#include "scoring/evaluation.hpp"
#include "scoring/telling.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::batch {

using value::CellState;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<std::string_view, 3> money_words = {"@initial", "@adjusted", "@executed"};

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t h = 14695981039346656037ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  h ^= h >> 32U;
  h *= 0xd6e8feb86659fd93ULL;
  return h ^ (h >> 32U);
}

const std::string& in(const Text& text, Language language) { return language == Language::zh ? text.zh : text.en; }

std::string with_name(std::string message, std::string_view name) {
  for (std::size_t at = message.find(indicator_mark); at != std::string::npos; at = message.find(indicator_mark, at + name.size()))
    message.replace(at, indicator_mark.size(), name);
  return message;
}

}  // namespace

void Scored::clear() {
  records = 0;
  rows.clear();
  rank_at.clear();
  indicators.clear();
  faults.clear();
  failed = 0;
  keys.clear();
  lines.clear();
  standings.clear();
  names.clear();
}

struct PieceScorer::State {
  const ruleset::RuleSet& rules;
  const Plan& plan;
  Language language;
  table::Cells cells;
  RowReader reader;
  scoring::Evaluator evaluator;
  scoring::Batch batch;
  const scoring::Scorecards* cards = nullptr;

  // Of the piece at hand:
  std::vector<std::string_view> projects;
  std::vector<std::uint32_t> order;   // records, project after project
  std::vector<std::size_t> begin;     // of each project in `order`
  std::vector<std::uint8_t> failed;   // a fault of severity error
  std::vector<std::uint32_t> record;  // of each row of the batch
  std::vector<std::string> target_shown, actual_shown;
  std::vector<value::Unit> unit;
  std::vector<scoring::BlockShare> shares;
  std::vector<std::string> errors;    // of each project
  std::vector<double> reported;       // of each row; NaN without
  std::unordered_map<std::string_view, std::size_t> fixed;
  std::uint64_t first_record = 0;

  State(const ruleset::RuleSet& r, const Plan& p, Language l)
      : rules(r), plan(p), language(l), cells(p.header.size(), p.separator, p.wanted), reader(r), evaluator(r) {
    for (std::size_t f = 0; f < rules.indicators.size(); ++f) {
      fixed.emplace(rules.indicators[f].id, f);
      fixed.emplace(rules.indicators[f].name.zh, f);
    }
  }

  [[nodiscard]] std::string_view cell(Role role, std::size_t row) const {
    return plan.role[role] == none ? std::string_view() : cells.text(plan.role[role])[row];
  }

  void fault(Scored& out, std::size_t project, std::size_t row, std::string column, std::string_view cell_text, std::string code,
             Severity severity, Text message) {
    if (severity == Severity::error) {
      failed[project] = 1;
      std::string& text = errors[project];
      if (text.size() < 400) text += (text.empty() ? "" : "; ") + std::to_string(cells.line(row)) + " " + column + ": " + in(message, language);
    }
    out.faults.push_back({cells.line(row), std::string(projects[project]), std::move(column), std::string(cell_text.substr(0, 200)),
                          std::move(code), severity, std::move(message)});
  }

  void clear_batch() {
    batch.projects = 0;
    for (auto* column : {&batch.initial, &batch.adjusted, &batch.executed, &batch.rows.actual}) column->values.clear(), column->states.clear();
    batch.year.clear();
    batch.inputs.resize(rules.inputs.size());
    for (auto& column : batch.inputs) column.values.clear(), column.states.clear();
    batch.block_weights.resize(rules.blocks.size());
    batch.fixed.resize(rules.indicators.size());
    for (auto& remarks : batch.fixed) remarks.has_reason.clear(), remarks.has_evidence.clear(), remarks.not_applicable.clear();
    scoring::Rows& rows = batch.rows;
    rows.project.clear(), rows.block.clear(), rows.method.clear();
    rows.target.clear(), rows.upper.clear(), rows.state.clear(), rows.given_weight.clear();
    rows.has_reason.clear(), rows.has_evidence.clear(), rows.refused.clear();
    batch.row_begin.assign(1, 0);
    batch.adjustments.clear();
    batch.vetoes.clear();
    record.clear(), target_shown.clear(), actual_shown.clear(), unit.clear(), reported.clear();
  }

  void begin_project(int year) {
    ++batch.projects;
    batch.initial.push(value::Cell::none());
    batch.adjusted.push(value::Cell::none());
    batch.executed.push(value::Cell::none());
    batch.year.push_back(year);
    for (auto& remarks : batch.fixed) remarks.has_reason.push_back(0), remarks.has_evidence.push_back(0), remarks.not_applicable.push_back(0);
  }

  // Projects in the order of their first records.
  void group() {
    const std::size_t n = cells.records();
    const auto names = cells.text(plan.project);
    projects.clear();
    order.resize(n);
    begin.clear();
    std::vector<std::uint32_t> of(n);
    std::unordered_map<std::string_view, std::uint32_t> known;
    bool grouped = true;
    for (std::size_t i = 0; i < n; ++i) {
      if (i > 0 && names[i] == names[i - 1]) {
        of[i] = of[i - 1];
        continue;
      }
      const auto [entry, fresh] = known.try_emplace(names[i], static_cast<std::uint32_t>(projects.size()));
      of[i] = entry->second;
      if (fresh)
        projects.push_back(names[i]);
      else
        grouped = false;
    }
    begin.assign(projects.size() + 1, 0);
    for (const std::uint32_t p : of) ++begin[p + 1];
    for (std::size_t p = 0; p < projects.size(); ++p) begin[p + 1] += begin[p];
    if (grouped) {
      for (std::size_t i = 0; i < n; ++i) order[i] = static_cast<std::uint32_t>(i);
      return;
    }
    std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
    for (std::size_t i = 0; i < n; ++i) order[next[of[i]]++] = static_cast<std::uint32_t>(i);
  }

  int year_of(std::size_t row) const {
    if (plan.year == none || cells.kinds(plan.year)[row] != table::CellKind::number) return 0;
    const double year = cells.numbers(plan.year)[row];
    return year >= 1900 && year < 2200 ? static_cast<int>(year) : 0;
  }

  void read_money(Scored& out, std::size_t project, std::size_t row, std::size_t which) {
    scoring::CellColumn& column = which == 0 ? batch.initial : which == 1 ? batch.adjusted : batch.executed;
    if (column.states[project] != CellState::missing)
      fault(out, project, row, name(role_indicator), cell(role_indicator, row), "id.duplicate", Severity::error,
            {"这一金额有两行", "this amount has two rows"});
    const ReadAmount amount = read_amount(cell(role_actual, row), cell(role_unit, row));
    for (const RowFinding& f : amount.findings) fault(out, project, row, name(role_actual), cell(role_actual, row), f.code, f.severity, f.message);
    column.values[project] = amount.yuan.value;
    column.states[project] = amount.yuan.state;
  }

  void read_event(Scored& out, std::size_t project, std::size_t row, std::string_view id) {
    const auto column = plan.role[role_actual];
    const bool plain = cells.kinds(column)[row] == table::CellKind::number && cells.numbers(column)[row] >= 0;
    const double n = plain ? cells.numbers(column)[row] : 1;
    if (!plain && cells.kinds(column)[row] != table::CellKind::empty)
      fault(out, project, row, name(role_actual), cell(role_actual, row), "value.number", Severity::error,
            {"次数应为不小于 0 的数", "how often it happened is a number of at least 0"});
    for (std::size_t a = 0; a < rules.adjustments.size(); ++a) {
      if (rules.adjustments[a].id == id) return void(batch.adjustments.push_back({project, a, n}));
    }
    for (std::size_t v = 0; v < rules.vetoes.size(); ++v) {
      if (rules.vetoes[v].id == id) return void(batch.vetoes.push_back({project, v, n}));
    }
    std::vector<std::string> known = {"initial", "adjusted", "executed"};
    for (const auto& a : rules.adjustments) known.push_back(a.id);
    for (const auto& v : rules.vetoes) known.push_back(v.id);
    Text message{"没有 '@" + std::string(id) + "'", "there is no '@" + std::string(id) + "'"};
    const Text nearest = text::suggestion(std::string(id), known);
    message.zh += "；" + nearest.zh;
    message.en += "; " + nearest.en;
    fault(out, project, row, name(role_indicator), cell(role_indicator, row), "reference.unknown", Severity::error, message);
  }

  void read_remark(Scored& out, std::size_t project, std::size_t row, std::size_t f) {
    batch.fixed[f].has_reason[project] = cell(role_reason, row).empty() ? 0 : 1;
    batch.fixed[f].has_evidence[project] = cell(role_evidence, row).empty() ? 0 : 1;
    const std::string_view actual = cell(role_actual, row);
    if (actual == "不适用" || actual == "n/a" || actual == "N/A")
      batch.fixed[f].not_applicable[project] = 1;
    else if (!actual.empty())
      fault(out, project, row, name(role_actual), actual, "result.invalid", Severity::error,
            {"由规则集从金额算出，不能填 actual", "it is computed by the rule set from the money: it takes no actual"});
  }

  void read_row(Scored& out, std::size_t project, std::size_t row, int year) {
    RowCells words{cell(role_block, row),  cell(role_type, row),   cell(role_op, row),
                   cell(role_target, row), cell(role_unit, row),   cell(role_weight, row),
                   cell(role_method, row), cell(role_actual, row), !cell(role_reason, row).empty(),
                   !cell(role_evidence, row).empty(), year};
    const std::size_t column = plan.role[role_actual];
    const bool is_number = cells.kinds(column)[row] == table::CellKind::number;
    const Row* plain = is_number ? reader.read_plain(words, cells.numbers(column)[row]) : nullptr;
    const Row& read = plain != nullptr ? *plain : reader.read(words);
    for (const RowFinding& f : read.findings) {
      const std::string_view indicator = cell(role_indicator, row);
      fault(out, project, row, name(f.role), cell(f.role, row), f.code, f.code == "result.missing" ? Severity::warning : f.severity,
            {with_name(f.message.zh, indicator), with_name(f.message.en, indicator)});
    }
    double points = nan;
    if (const std::string_view given = cell(role_reported, row); !given.empty() && !table::read_plain(given, points))
      fault(out, project, row, name(role_reported), given, "value.text", Severity::warning, {"自评得分不是数", "the points reported are no number"});
    if (!read.bound) return;
    scoring::Rows& rows = batch.rows;
    rows.project.push_back(static_cast<std::uint32_t>(project));
    rows.block.push_back(read.block);
    rows.method.push_back(read.method);
    rows.target.push_back(read.target);
    rows.upper.push_back(read.upper);
    rows.actual.push(plain != nullptr ? value::Cell::of(cells.numbers(column)[row]) : read.actual);
    rows.state.push_back(read.state);
    rows.given_weight.push_back(read.weight);
    rows.has_reason.push_back(words.has_reason ? 1 : 0);
    rows.has_evidence.push_back(words.has_evidence ? 1 : 0);
    rows.refused.push_back(read.refused ? 1 : 0);
    record.push_back(static_cast<std::uint32_t>(row));
    reported.push_back(points);
    if (!plan.with_indicators) return;
    target_shown.push_back(read.target_shown);
    actual_shown.push_back(plain != nullptr ? value::show(cells.numbers(column)[row], read.unit) : read.actual_shown);
    unit.push_back(read.unit);
  }

  void check_names(Scored& out, std::size_t project) {
    std::unordered_map<std::string_view, std::uint32_t> seen;
    for (std::size_t k = begin[project]; k < begin[project + 1]; ++k) {
      const std::string_view indicator = cell(role_indicator, order[k]);
      if (indicator.empty()) {
        fault(out, project, order[k], name(role_indicator), "", "key.missing", Severity::error, {"没有指标名", "the indicator has no name"});
      } else if (indicator.front() != '@' && !seen.emplace(indicator, order[k]).second) {
        fault(out, project, order[k], name(role_indicator), indicator, "id.duplicate", Severity::error,
              {"同一项目中指标名重复", "the project names this indicator twice"});
      }
    }
  }

  void check_shares(Scored& out, std::size_t project) {
    shares.assign(rules.blocks.size(), {});
    for (std::size_t b = 0; b < shares.size(); ++b) shares[b].block = rules.blocks[b].weight;
    const auto add = [&](std::size_t b, double given) { std::isnan(given) ? void(++shares[b].open) : void((++shares[b].taken, shares[b].given += given)); };
    for (const auto& indicator : rules.indicators) add(indicator.block, indicator.weight.value_or(nan));
    for (std::size_t row = batch.row_begin[project]; row < batch.rows.size(); ++row) add(batch.rows.block[row], batch.rows.given_weight[row]);
    for (std::size_t b = 0; b < shares.size(); ++b) {
      const auto& block = rules.blocks[b];
      const bool refused = shares[b].count() == 0 && shares[b].block > 0 && !rules.combine && block.when_empty == ruleset::WhenEmpty::refuse;
      if (refused)
        fault(out, project, order[begin[project]], name(role_block), "", "block.empty", Severity::error,
              {"块“" + block.name.zh + "”没有指标", "the block '" + block.name.en + "' has no indicators"});
      if (shares[b].adds_up()) continue;
      fault(out, project, order[begin[project]], name(role_weight), "", "weights.sum", Severity::error,
            {"块“" + block.name.zh + "”的指标权重之和为 " + value::plain(shares[b].given, 4) + "，应为 " + value::plain(shares[b].block, 4),
             "the indicators of block '" + block.id + "' weigh " + value::plain(shares[b].given, 4) + ", they should make " +
                 value::plain(shares[b].block, 4)});
    }
  }

  void bind_long(Scored& out) {
    for (std::size_t p = 0; p < projects.size(); ++p) {
      const int year = year_of(order[begin[p]]);
      begin_project(year);
      check_names(out, p);
      for (std::size_t k = begin[p]; k < begin[p + 1]; ++k) {
        const std::size_t row = order[k];
        const std::string_view indicator = cell(role_indicator, row);
        if (indicator.empty()) continue;
        if (indicator.front() == '@') {
          const auto money = std::find(money_words.begin(), money_words.end(), indicator);
          money != money_words.end() ? read_money(out, p, row, static_cast<std::size_t>(money - money_words.begin()))
                                     : read_event(out, p, row, indicator.substr(1));
        } else if (const auto remark = fixed.find(indicator); remark != fixed.end()) {
          read_remark(out, p, row, remark->second);
        } else {
          read_row(out, p, row, year);
        }
      }
      if (batch.adjusted.states[p] == CellState::missing)
        batch.adjusted.values[p] = batch.initial.values[p], batch.adjusted.states[p] = batch.initial.states[p];
      if (batch.initial.states[p] == CellState::missing)
        batch.initial.values[p] = batch.adjusted.values[p], batch.initial.states[p] = batch.adjusted.states[p];
      check_shares(out, p);
      batch.row_begin.push_back(batch.rows.size());
    }
    for (auto& column : batch.inputs) {
      for (std::size_t p = 0; p < projects.size(); ++p) column.push(value::Cell::none());
    }
  }

  value::Cell wide_cell(Scored& out, std::size_t project, std::size_t column) {
    if (column == none) return value::Cell::none();
    switch (cells.kinds(column)[project]) {
      case table::CellKind::empty: return value::Cell::none();
      case table::CellKind::number: return value::Cell::of(cells.numbers(column)[project]);
      case table::CellKind::text: break;
    }
    const std::string_view text = cells.text(column)[project];
    if (const auto number = value::read_number(text)) return value::Cell::of(*number);
    if (text == "NA" || text == "N/A" || text == "n/a" || text == ".." || text == "-" || text == "—") return value::Cell::none();
    fault(out, project, project, plan.header[column], text, "value.text", Severity::error,
          {"这里应为一个数；没有数据就空着", "a number was expected here; leave the cell empty when there is none"});
    return value::Cell::error();
  }

  void bind_wide(Scored& out) {
    for (std::size_t p = 0; p < projects.size(); ++p) {
      begin_project(year_of(p));
      for (std::size_t m = 0; m < 3; ++m) {
        scoring::CellColumn& column = m == 0 ? batch.initial : m == 1 ? batch.adjusted : batch.executed;
        const value::Cell money = wide_cell(out, p, plan.money[m]);
        column.values[p] = money.value;
        column.states[p] = money.state;
      }
      for (std::size_t i = 0; i < rules.inputs.size(); ++i) {
        value::Cell input = wide_cell(out, p, plan.input[i]);
        const auto& range = rules.inputs[i].range;
        if (input.ok() && range && !range->contains(input.value)) {
          fault(out, p, p, plan.header[plan.input[i]], cells.text(plan.input[i])[p], "result.invalid", Severity::error,
                {"应在 " + range->text() + " 之内", "it should be within " + range->text()});
          input = value::Cell::error();
        }
        batch.inputs[i].push(input);
      }
      batch.row_begin.push_back(0);
    }
  }

  [[nodiscard]] std::string_view indicator_at(std::size_t project, std::uint32_t which) const {
    if (which < rules.indicators.size()) return in(rules.indicators[which].name, language);
    return cell(role_indicator, record[batch.row_begin[project] + which - rules.indicators.size()]);
  }

  [[nodiscard]] bool has_total(std::size_t p) const { return failed[p] == 0 && cards->state[p] == CellState::ok; }

  void append_points(std::string& to, double points, const std::optional<value::Rounding>& rounding) const {
    rounding ? table::append_fixed(to, points, rounding->digits) : table::append_number(to, points);
  }

  void write_projects(Scored& out) {
    const auto lost = evaluator.most_lost(batch);
    portfolio::Standings& standings = out.standings;
    standings.blocks.resize(rules.blocks.size());
    standings.groups.resize(plan.grouped.size());
    standings.lost_most.resize(3);
    standings.lost_points.resize(3);
    for (std::size_t p = 0; p < projects.size(); ++p) {
      const std::size_t first = order[begin[p]];
      const bool scored = has_total(p);
      const auto amount = [&](const scoring::CellColumn& column) { return column.states[p] == CellState::ok ? column.values[p] : nan; };
      const double adjusted = amount(batch.adjusted);
      const double executed = amount(batch.executed);
      out.keys.push_back(hash_of(projects[p]));
      out.lines.push_back(cells.line(first));
      out.failed += scored ? 0 : 1;
      standings.project.push_back(projects[p]);
      standings.total.push_back(scored ? cards->total[p] : nan);
      const bool rated = scored && cards->band[p] != ruleset::none;
      standings.band.push_back(rated ? static_cast<std::uint32_t>(cards->band[p]) : portfolio::no_band);
      standings.initial.push_back(amount(batch.initial));
      standings.adjusted.push_back(adjusted);
      standings.executed.push_back(executed);
      for (std::size_t b = 0; b < rules.blocks.size(); ++b) standings.blocks[b].push_back(scored ? cards->block_points[b][p] : nan);
      for (std::size_t g = 0; g < plan.grouped.size(); ++g) standings.groups[g].push_back(cells.text(plan.grouped[g])[first]);

      std::string& to = out.rows;
      table::append_neutral(to, projects[p]);
      for (const std::size_t c : plan.carried) {
        to += ',';
        table::append_neutral(to, cells.text(c)[first]);
      }
      to += ',';
      if (scored) append_points(to, cards->total[p], rules.total_rounding);
      to += ',';
      if (rated) table::append_cell(to, in(rules.bands[cards->band[p]].label, language));
      to += ',';
      out.rank_at.push_back(to.size());
      if (plan.with_ranks) to += ',';
      if (!std::isnan(executed) && adjusted > 0) table::append_fixed(to, 100 * executed / adjusted, 2);
      for (std::size_t b = 0; b < rules.blocks.size(); ++b) {
        to += ',';
        if (scored) table::append_number(to, value::Rounding{9, value::RoundingMode::half_up}(cards->block_points[b][p]));
      }
      for (std::size_t k = 0; k < 3; ++k) {
        const std::uint32_t which = scored ? lost[p].indicator[k] : scoring::MostLost::nobody;
        const bool somebody = which != scoring::MostLost::nobody;
        standings.lost_most[k].push_back(somebody ? indicator_at(p, which) : std::string_view());
        standings.lost_points[k].push_back(somebody ? lost[p].points[k] : 0);
        to += ',';
        if (!somebody) continue;
        std::string text(indicator_at(p, which));
        text += " -" + value::plain(lost[p].points[k], 4);
        table::append_neutral(to, text);
      }
      to += ',';
      table::append_number(to, missing_of(p));
      to += ',';
      table::append_neutral(to, errors[p]);
      to += '\n';
    }
  }

  [[nodiscard]] double missing_of(std::size_t p) const {
    double count = 0;
    for (const auto& outcomes : cards->fixed) count += outcomes.state[p] == CellState::missing ? 1 : 0;
    for (std::size_t row = batch.row_begin[p]; row < batch.row_begin[p + 1]; ++row) count += cards->rows.state[row] == CellState::missing ? 1 : 0;
    return count;
  }

  // The names a reason may use; NaN where there is nothing.
  std::vector<double> values_of(const ruleset::Method& method, std::size_t p, std::size_t row) const {
    const scoring::Rows& rows = batch.rows;
    std::vector<double> values(method.scope.variables.size() + 2, nan);
    const auto amount = [&](const scoring::CellColumn& column) { return column.states[p] == CellState::ok ? column.values[p] : nan; };
    values[ruleset::row_A] = rows.actual.states[row] == CellState::ok ? rows.actual.values[row] : nan;
    values[ruleset::row_T] = rows.target[row];
    values[ruleset::row_U] = rows.upper[row];
    values[ruleset::row_W] = cards->rows.weight[row];
    values[ruleset::row_B0] = amount(batch.initial);
    values[ruleset::row_B] = amount(batch.adjusted);
    values[ruleset::row_E] = amount(batch.executed);
    values[ruleset::row_year] = batch.year[p];
    values[ruleset::row_has_reason] = rows.has_reason[row];
    values[ruleset::row_has_evidence] = rows.has_evidence[row];
    for (std::size_t k = 0; k < method.params.size(); ++k) values[method.first_param + k] = method.params[k].value;
    if (rows.state[row] != ruleset::none) {
      for (std::size_t k = 0; k < method.state_columns.size(); ++k) values[method.first_state + k] = method.states[rows.state[row]].values[k];
    }
    values[method.scope.variables.size()] = cards->rows.points[row];
    values[method.scope.variables.size() + 1] = cards->rows.lost(row);
    return values;
  }

  std::string reason_of(std::size_t p, std::size_t row) const {
    switch (cards->rows.state[row]) {
      case CellState::missing: return language == Language::zh ? "没有结果" : "no result";
      case CellState::not_applicable: return language == Language::zh ? "不适用" : "not applicable";
      case CellState::error: return language == Language::zh ? "无法计分，见错误表" : "no points: see the table of errors";
      case CellState::ok: break;
    }
    if (cards->rows.lost(row) <= 0) return {};
    const ruleset::Method& method = rules.methods[batch.rows.method[row]];
    const std::vector<double> values = values_of(method, p, row);
    for (const auto& candidate : method.reasons) {
      if (candidate.when) {
        const double holds = scoring::evaluate_known(*candidate.when, values);
        if (!std::isfinite(holds) || holds == 0) continue;
      }
      return in(scoring::tell(candidate.wording, {values, unit[row]}), language);
    }
    return {};
  }

  void write_indicator(std::string& to, std::size_t p, std::string_view name, const std::string& block, const std::string& method,
                       std::string_view target, std::string_view actual, const scoring::Outcomes& outcomes, std::size_t slot, double points,
                       const std::string& reason) const {
    const bool ok = outcomes.state[slot] == CellState::ok;
    table::append_neutral(to, projects[p]);
    to += ',';
    table::append_neutral(to, name);
    to += "," + block + "," + method + ",";
    table::append_neutral(to, target);
    to += ',';
    table::append_neutral(to, actual);
    to += ',';
    const value::Rounding nine{9, value::RoundingMode::half_up};
    table::append_number(to, nine(outcomes.weight[slot]));
    to += ',';
    if (ok) append_points(to, outcomes.points[slot], rules.indicator_rounding);
    to += ',';
    if (ok) table::append_number(to, nine(outcomes.lost(slot)));
    to += ',';
    if (!std::isnan(points)) table::append_number(to, points);
    to += ',';
    if (!std::isnan(points) && ok) table::append_number(to, nine(outcomes.points[slot] - points));
    to += ',';
    table::append_neutral(to, reason);
    to += '\n';
  }

  void write_indicators(Scored& out) {
    for (std::size_t p = 0; p < projects.size(); ++p) {
      for (std::size_t f = 0; f < rules.indicators.size(); ++f) {
        const auto& indicator = rules.indicators[f];
        const std::string target = indicator.has_target ? value::show(indicator.target, indicator.unit) : std::string();
        write_indicator(out.indicators, p, in(indicator.name, language), rules.blocks[indicator.block].id, rules.methods[indicator.method].id,
                        target, "", cards->fixed[f], p, nan, "");
      }
      for (std::size_t row = batch.row_begin[p]; row < batch.row_begin[p + 1]; ++row) {
        write_indicator(out.indicators, p, cell(role_indicator, record[row]), rules.blocks[batch.rows.block[row]].id,
                        rules.methods[batch.rows.method[row]].id, target_shown[row], actual_shown[row], cards->rows, row, reported[row],
                        reason_of(p, row));
      }
    }
  }
};

PieceScorer::PieceScorer(const ruleset::RuleSet& rules, const Plan& plan, Language language)
    : state_(std::make_unique<State>(rules, plan, language)) {}
PieceScorer::~PieceScorer() = default;
PieceScorer::PieceScorer(PieceScorer&&) noexcept = default;

void PieceScorer::score(const table::Piece& piece, Scored& out) {
  State& s = *state_;
  out.clear();
  s.cells.parse(piece);
  s.clear_batch();
  out.records = s.cells.records();
  if (s.plan.shape == Shape::long_rows) {
    s.group();
  } else {
    const auto names = s.cells.text(s.plan.project);
    s.projects.assign(names.begin(), names.end());
    s.order.resize(names.size());
    s.begin.resize(names.size() + 1);
    for (std::size_t i = 0; i < names.size(); ++i) s.order[i] = static_cast<std::uint32_t>(i), s.begin[i] = i;
    s.begin.back() = names.size();
  }
  s.failed.assign(s.projects.size(), 0);
  s.errors.assign(s.projects.size(), {});
  s.plan.shape == Shape::long_rows ? s.bind_long(out) : s.bind_wide(out);
  std::size_t project = 0;
  std::vector<std::uint32_t> project_of(s.cells.ragged().empty() ? 0 : s.cells.records());
  for (; !project_of.empty() && project < s.projects.size(); ++project) {
    for (std::size_t k = s.begin[project]; k < s.begin[project + 1]; ++k) project_of[s.order[k]] = static_cast<std::uint32_t>(project);
  }
  for (const auto& [row, cells] : s.cells.ragged())
    s.fault(out, project_of[row], row, "", "", "value.text", Severity::error,
            {"这一行有 " + std::to_string(cells) + " 个单元格，表头有 " + std::to_string(s.plan.header.size()) + " 个",
             "the record has " + std::to_string(cells) + " cells, the header " + std::to_string(s.plan.header.size())});
  s.cards = &s.evaluator.run(s.batch);
  s.write_projects(out);
  if (s.plan.with_indicators) s.write_indicators(out);
  std::stable_sort(out.faults.begin(), out.faults.end(), [](const Fault& a, const Fault& b) { return a.line < b.line; });
}

const scoring::Batch& PieceScorer::batch() const { return state_->batch; }
const scoring::Scorecards& PieceScorer::cards() const { return *state_->cards; }
std::string_view PieceScorer::indicator_of(std::size_t row) const { return state_->cell(role_indicator, state_->record[row]); }

std::vector<std::string> errors_header() { return {"line", "project", "column", "cell", "code", "severity", "message"}; }

void append_fault(std::string& to, const Fault& fault, Language language) {
  table::append_number(to, static_cast<double>(fault.line));
  for (const std::string_view text : {std::string_view(fault.project), std::string_view(fault.column), std::string_view(fault.cell),
                                      std::string_view(fault.code),
                                      std::string_view(fault.severity == Severity::error     ? "error"
                                                       : fault.severity == Severity::warning ? "warning"
                                                                                             : "note"),
                                      std::string_view(in(fault.message, language))}) {
    to += ',';
    table::append_neutral(to, text);
  }
  to += '\n';
}

Diagnostic to_diagnostic(const Fault& fault, const std::string& table) {
  Diagnostic d;
  d.severity = fault.severity;
  d.code = fault.code;
  d.file = table;
  d.line = fault.line;
  const std::string where = fault.column.empty() ? "" : fault.column + ": ";
  const std::string cell = fault.cell.empty() ? "" : "'" + fault.cell + "' ";
  d.message = {"项目 " + fault.project + "，" + where + cell + fault.message.zh, "project " + fault.project + ", " + where + cell + fault.message.en};
  return d;
}

}  // namespace jixiao::batch
