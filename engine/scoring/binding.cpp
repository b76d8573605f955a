#include "scoring/binding.hpp"
#include "scoring/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "project/indicator_text.hpp"
#include "ruleset/versions.hpp"
#include "scoring/uncomputable.hpp"
#include "scoring/weights.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/decimals.hpp"

namespace jixiao::scoring {

using project::Indicator;
using project::Project;
using ruleset::none;
using ruleset::RuleSet;
using text::Code;
using value::Cell;
using value::Kind;

namespace {

template <class Named>
std::vector<std::string> words_of(const std::vector<Named>& list) {
  std::vector<std::string> out;
  for (const Named& item : list) out.push_back(item.id);
  for (const Named& item : list) out.push_back(item.name.zh);
  return out;
}

std::string points_text(double x) { return value::plain(x, 4); }

class Binder {
 public:
  Binder(const RuleSet& rules, const Project& project, bool as_filed,
         std::vector<Diagnostic>& diagnostics)
      : rules_(rules), project_(project), as_filed_(as_filed), diagnostics_(diagnostics) {}

  Binding bind() {
    if (rules_.lacks_table()) diagnostics_.push_back(statistics_needed(rules_));
    bind_money();
    bind_inputs();
    bind_block_weights();
    const std::vector<bool> chosen = choose_alternatives();
    for (std::size_t i = 0; i < project_.indicators.size(); ++i) {
      const bool wanted = !project_.indicators[i].informational && chosen[i];
      if (wanted && bind_indicator(i)) continue;
      unbound_ = unbound_ || wanted;
      out_.unscored.push_back(i);
    }
    batch_.row_begin.push_back(batch_.rows.size());
    bind_fixed();
    bind_events(project_.adjustments, rules_.adjustments, "[[adjustment]]", batch_.adjustments);
    bind_events(project_.vetoes, rules_.vetoes, "[[veto]]", batch_.vetoes);
    bind_table_events();
    fill_statistics(rules_, batch_);
    for (const auto& indicator : rules_.indicators) report_missing_money(indicator);
    check_shares();
    return std::move(out_);
  }

  Binding bind_only() {
    bind_money();
    if (!bind_indicator(0)) out_.unscored.push_back(0);
    batch_.row_begin.push_back(batch_.rows.size());
    return std::move(out_);
  }

 private:
  void report(Code code, const text::Place& place, Text message, Text help = {}) {
    diagnostics_.push_back(text::diagnose(code, place, std::move(message), std::move(help)));
  }

  std::size_t resolve(const project::Word& word, std::size_t found, const char* what_zh,
                      const char* what_en, const std::vector<std::string>& known) {
    if (found == none && !word.text.empty()) {
      report(Code::reference_unknown, word.place,
             {"规则集 " + rules_.id + " 没有" + what_zh + " '" + word.text + "'",
              "the rule set " + rules_.id + " has no " + what_en + " '" + word.text + "'"},
             text::suggestion(word.text, known));
    }
    return found;
  }

  void bind_money() {
    batch_.projects = 1;
    batch_.initial.push(project_.money.initial.yuan);
    batch_.adjusted.push(project_.money.adjusted.yuan);
    batch_.executed.push(project_.money.executed.yuan);
    batch_.year.push_back(project_.year);
  }

  void bind_inputs() {
    std::vector<std::string> known;
    for (const auto& input : rules_.inputs) {
      if (input.statistic == none) known.push_back(input.id);
    }
    for (const auto& given : project_.inputs) {
      if (std::find(known.begin(), known.end(), given.name) == known.end())
        report(Code::reference_unknown, given.place,
               {"规则集 " + rules_.id + " 没有输入 '" + given.name + "'",
                "the rule set " + rules_.id + " has no input '" + given.name + "'"},
               text::suggestion(given.name, known));
    }
    for (const auto& input : rules_.inputs) {
      CellColumn column;
      const auto given = std::find_if(project_.inputs.begin(), project_.inputs.end(),
                                      [&](const auto& g) { return g.name == input.id; });
      const bool brought = given != project_.inputs.end() && input.statistic == none;
      column.push(brought ? input_cell(input, *given) : Cell::none());
      batch_.inputs.push_back(std::move(column));
    }
  }

  Cell input_cell(const ruleset::Input& input, const project::NamedValue& given) {
    const bool is_word = std::isnan(given.value);
    if (is_word || !input.values.empty()) {
      const auto said = input.said(is_word ? given.word : value::plain(given.value, 6));
      if (said) return allowed(*said, given.place);
      if (is_word && project::says_missing(given.word)) return Cell::none();
      return refused_word(input, given);
    }
    if (const Cell said = input.said(given.value); !said.ok()) return allowed(said, given.place);
    if (!input.range || input.range->contains(given.value)) return Cell::of(given.value);
    report(Code::result_invalid, given.place,
           {input.name.zh + " 应在 " + input.range->text() + " 之内，这里是 " +
                value::plain(given.value, 6),
            input.name.en + " should be within " + input.range->text() + ", this is " +
                value::plain(given.value, 6)});
    return Cell::error();
  }

  // What does not apply, where the rule set lets that be.
  Cell allowed(const Cell& cell, const text::Place& place) {
    if (cell.state != value::CellState::not_applicable ||
        rules_.not_applicable != ruleset::NotApplicablePolicy::refuse)
      return cell;
    report(Code::result_invalid, place,
           {"规则集 " + rules_.id + " 不允许“不适用”",
            "the rule set " + rules_.id + " does not allow 'not applicable'"});
    return Cell::error();
  }

  Cell refused_word(const ruleset::Input& input, const project::NamedValue& given) {
    const std::string written = given.word.empty() ? value::plain(given.value, 6) : given.word;
    if (input.values.empty())
      report(Code::value_type, given.place,
             {"'" + input.id + "' 应为数，这里是文字",
              "'" + input.id + "' should be a number, this is text"},
             {"写成数，不加引号；没有数据就不写",
              "write a number without quotes; leave the line out where there is none"});
    else
      report(Code::value_choice, given.place,
             {"'" + input.id + "' 不能是 '" + written + "'",
              "'" + input.id + "' cannot be '" + written + "'"},
             text::suggestion(written, input.values));
    return Cell::error();
  }

  void bind_block_weights() {
    batch_.block_weights.assign(rules_.blocks.size(), {std::nan("")});
    double sum = 0;
    for (const auto& given : project_.block_weights) {
      const std::size_t block = resolve({given.name, given.place}, rules_.find_block(given.name),
                                        "块", "block", words_of(rules_.blocks));
      if (block == none) continue;
      const auto& range = rules_.blocks[block].weight_range;
      if (given.value < 0 || (range && !range->contains(given.value))) {
        const std::string allowed = range ? range->text() : "[0,)";
        report(Code::weights_invalid, given.place,
               {"块 " + rules_.blocks[block].id + " 的权重应在 " + allowed + " 之内",
                "the weight of block " + rules_.blocks[block].id + " should be within " + allowed});
        continue;
      }
      batch_.block_weights[block][0] = given.value;
    }
    if (project_.block_weights.empty() || rules_.combine) return;
    std::string parts;
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) {
      const double own = batch_.block_weights[b][0];
      const double weight = std::isnan(own) ? rules_.blocks[b].weight : own;
      sum += weight;
      parts += (parts.empty() ? "" : " + ") + rules_.blocks[b].id + " " + points_text(weight);
    }
    if (std::abs(sum - rules_.scale) > 1e-9 * rules_.scale) {
      report(Code::weights_sum, project_.block_weights.front().place,
             {"块权重之和为 " + points_text(sum) + "（" + parts + "），应为 " +
                  points_text(rules_.scale),
              "the block weights add up to " + points_text(sum) + " (" + parts +
                  "), they should make " + points_text(rules_.scale)});
    }
  }

  // Of the indicators with the same `one_of` word, the one with a result.
  std::vector<bool> choose_alternatives() {
    std::vector<bool> chosen(project_.indicators.size(), true);
    std::map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < project_.indicators.size(); ++i) {
      if (!project_.indicators[i].one_of.empty())
        groups[project_.indicators[i].one_of].push_back(i);
    }
    for (const auto& [word, members] : groups) {
      std::vector<std::size_t> with_result;
      for (const std::size_t i : members) {
        const auto& result = project_.indicators[i].result;
        if (result && !result->text.empty()) with_result.push_back(i);
      }
      for (const std::size_t i : members) chosen[i] = false;
      if (with_result.size() == 1) {
        chosen[with_result.front()] = true;
        continue;
      }
      chosen[members.front()] = true;
      if (with_result.empty()) continue;  // reported as a missing result of the first
      report(Code::result_invalid, project_.indicators[with_result[1]].result->place,
             {"“" + word + "”是二者择一的指标，却有多个结果",
              "the indicators of '" + word + "' are alternatives, yet more than one has a result"},
             {"只保留一个结果，不替您挑高分的",
              "keep one of them (jixiao does not pick the better one)"});
    }
    return chosen;
  }

  struct Placement {
    std::size_t block;
    std::size_t type;
  };

  Placement place(const Indicator& indicator) {
    project::Word block = indicator.block;
    if (as_filed_ && !indicator.filed.filed_block.id.empty())
      block = {indicator.filed.filed_block.id, indicator.filed.filed_place};
    return {resolve(block, rules_.find_block(block.text), "块", "block", words_of(rules_.blocks)),
            resolve(indicator.type, rules_.find_type(indicator.type.text), "类型", "type",
                    words_of(rules_.types))};
  }

  std::size_t choose_method(const Indicator& indicator, const Placement& where) {
    if (!indicator.method.text.empty()) {
      std::vector<std::string> known;
      for (const auto& method : rules_.methods) known.push_back(method.id);
      return resolve(indicator.method, rules_.find_method(indicator.method.text), "方法", "method",
                     known);
    }
    const bool zero = indicator.target && indicator.target->low == 0 && indicator.target->high == 0;
    const ruleset::Selector::Subject subject{where.block, where.type, indicator.direction,
                                             indicator.kind, zero};
    const auto fitting = rules_.methods_for(subject);
    if (fitting.size() == 1) return fitting.front();
    const Text what{"值 " + std::string(value::name(indicator.kind)) + "，方向 " +
                        value::name(indicator.direction) + (zero ? "，目标为零" : ""),
                    "value " + std::string(value::name(indicator.kind)) + ", direction " +
                        value::name(indicator.direction) + (zero ? ", target zero" : "")};
    if (fitting.empty()) {
      report(Code::method_none, indicator.place,
             {"没有方法适用于指标 '" + indicator.id + "'（" + what.zh + "）",
              "no method fits the indicator '" + indicator.id + "' (" + what.en + ")"},
             {"写 method = \"…\"，或在规则集中加一个适用的方法",
              "give method = \"…\", or add a method that fits to the rule set"});
    } else {
      report(Code::method_ambiguous, indicator.place,
             {"两个方法都适用于指标 '" + indicator.id + "'：" + rules_.methods[fitting[0]].id +
                  "、" + rules_.methods[fitting[1]].id,
              "two methods fit the indicator '" + indicator.id +
                  "': " + rules_.methods[fitting[0]].id + ", " + rules_.methods[fitting[1]].id},
             {"写 method = \"…\" 选定一个", "choose one with method = \"…\""});
    }
    return none;
  }

  Cell actual_of(const Indicator& indicator, const ruleset::Method& method, std::size_t& state) {
    state = none;
    const bool needed = project_.has_results;
    if (!indicator.result || (indicator.result->text.empty() && !indicator.result->not_applicable &&
                              indicator.result->key_points.empty())) {
      if (needed) {
        const text::Place& at = indicator.result ? indicator.result->place : indicator.place;
        const Severity severity = rules_.missing == ruleset::MissingPolicy::zero ? Severity::warning
                                                                                 : Severity::error;
        diagnostics_.push_back(text::diagnose(
            severity, Code::result_missing, at,
            {"指标 '" + indicator.id + "' 没有结果",
             "the indicator '" + indicator.id + "' has no result"},
            {"在结果文件中补上 actual；确实不适用的写 not_applicable = true 并说明原因",
             "add its actual to the results; if it does not apply, not_applicable = true with a "
             "reason"}));
      }
      return Cell::none();
    }
    const project::Result& result = *indicator.result;
    if (result.not_applicable) {
      if (rules_.not_applicable == ruleset::NotApplicablePolicy::refuse) {
        report(Code::result_invalid, result.place,
               {"规则集 " + rules_.id + " 不允许“不适用”",
                "the rule set " + rules_.id + " does not allow 'not applicable'"});
        return Cell::error();
      }
      return Cell::not_applicable();
    }
    if (!method.states.empty()) return state_of(result, method, state);
    if (indicator.kind == Kind::key_points) {
      if (result.key_points.empty()) return Cell::error();
      return Cell::of(static_cast<double>(
          std::count(result.key_points.begin(), result.key_points.end(), true)));
    }
    if (!result.field) {
      if (indicator.kind == Kind::grade)
        report(Code::result_invalid, result.actual_place,
               {"方法 " + method.id + " 需要数值，这里是文字 '" + result.text + "'",
                "the method " + method.id + " needs a number, this is the word '" + result.text +
                    "'"});
      return Cell::error();
    }
    return Cell::of(result.field->low);
  }

  Cell state_of(const project::Result& result, const ruleset::Method& method, std::size_t& state) {
    std::vector<std::string> known;
    for (std::size_t s = 0; s < method.states.size(); ++s) {
      const ruleset::State& candidate = method.states[s];
      known.push_back(candidate.name.zh);
      known.push_back(candidate.id);
      if (candidate.id == result.text || candidate.name.zh == result.text ||
          candidate.name.en == result.text ||
          std::find(candidate.also.begin(), candidate.also.end(), result.text) !=
              candidate.also.end())
        state = s;
    }
    if (state != none) return Cell::of(0);
    report(Code::value_choice, result.actual_place,
           {"方法 " + method.id + " 没有等级 '" + result.text + "'",
            "the method " + method.id + " has no grade '" + result.text + "'"},
           text::suggestion(result.text, known));
    return Cell::error();
  }

  void bind_named(const std::vector<project::NamedValue>& given,
                  const std::vector<std::string>& known, const char* what_zh, const char* what_en,
                  const std::string& method, std::vector<Sparse>& out) {
    for (const auto& value : given) {
      const auto found = std::find(known.begin(), known.end(), value.name);
      if (found == known.end()) {
        report(Code::reference_unknown, value.place,
               {"方法 " + method + " 没有" + what_zh + " '" + value.name + "'",
                "the method " + method + " has no " + what_en + " '" + value.name + "'"},
               text::suggestion(value.name, known));
        continue;
      }
      out.push_back(
          {batch_.rows.size(), static_cast<std::size_t>(found - known.begin()), value.value});
    }
  }

  bool bind_indicator(std::size_t index) {
    const Indicator& indicator = project_.indicators[index];
    const Placement where = place(indicator);
    if (where.block == none) return false;
    const std::size_t method_index = choose_method(indicator, where);
    if (method_index == none) return false;
    const ruleset::Method& method = rules_.methods[method_index];
    if (!rules_.type_belongs(where.type, where.block)) report_misplaced(indicator, where);

    if (indicator.weight) check_decimals(indicator);
    Rows& rows = batch_.rows;
    std::vector<std::string> params;
    for (const auto& param : method.params) params.push_back(param.name);
    std::vector<std::string> inputs;
    for (const auto& input : method.inputs) inputs.push_back(input.id);
    bind_named(indicator.params, params, "参数", "parameter", method.id, rows.params);
    if (indicator.result)
      bind_named(indicator.result->inputs, inputs, "输入", "input", method.id, rows.inputs);
    std::size_t state = none;
    const std::size_t errors_before = error_count();
    const Cell actual = actual_of(indicator, method, state);
    rows.project.push_back(0);
    rows.block.push_back(static_cast<std::uint32_t>(where.block));
    rows.method.push_back(static_cast<std::uint32_t>(method_index));
    rows.target.push_back(indicator.target ? indicator.target->low : std::nan(""));
    rows.upper.push_back(indicator.target ? indicator.target->high : std::nan(""));
    rows.actual.push(actual);
    rows.state.push_back(state);
    rows.given_weight.push_back(indicator.weight.value_or(std::nan("")));
    rows.has_reason.push_back(indicator.result && !indicator.result->reason.empty() ? 1 : 0);
    rows.has_evidence.push_back(indicator.result && !indicator.result->evidence.empty() ? 1 : 0);
    rows.refused.push_back(
        error_count() > errors_before && actual.state == value::CellState::error ? 1 : 0);
    out_.row_indicator.push_back(index);
    return true;
  }

  void check_decimals(const Indicator& indicator) {
    if (!rules_.indicator_rounding) return;
    const int digits = rules_.indicator_rounding->digits;
    const auto own = value::decimals(*indicator.weight);
    if (!own || *own <= digits) return;
    const std::string weight = value::plain(*indicator.weight, 9);
    report(
        Code::weights_decimals, indicator.weight_place,
        {"指标 '" + indicator.id + "' 的权重 " + weight + " 的小数位多于得分的 " +
             std::to_string(digits) + " 位",
         "the weight " + weight + " of the indicator '" + indicator.id +
             "' has more decimals than its points may, " + std::to_string(digits)},
        {"减少权重的小数位；得分不会超过权重", "give it fewer decimals; its points never pass it"});
  }

  [[nodiscard]] std::size_t error_count() const {
    return static_cast<std::size_t>(
        std::count_if(diagnostics_.begin(), diagnostics_.end(),
                      [](const Diagnostic& d) { return d.severity == Severity::error; }));
  }

  void report_misplaced(const Indicator& indicator, const Placement& where) {
    out_.misplaced.push_back(batch_.rows.size());
    std::string belongs;
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) {
      if (!rules_.blocks[b].types.empty() && rules_.type_belongs(where.type, b))
        belongs = rules_.blocks[b].name.zh + " (" + rules_.blocks[b].id + ")";
    }
    const auto& type = rules_.types[where.type].name;
    const auto& block = rules_.blocks[where.block].name;
    const text::Place& at = as_filed_ ? indicator.filed.filed_place : indicator.block.place;
    report(Code::block_misplaced, at,
           {"指标 '" + indicator.id + "' 是" + type.zh + "，却放在" + block.zh + "中",
            "the indicator '" + indicator.id + "' is " + type.en + ", yet it stands in the block " +
                block.en},
           belongs.empty() ? Text{} : Text{"应放在 " + belongs, "it belongs to " + belongs});
  }

  void bind_fixed() {
    out_.fixed_remark.assign(rules_.indicators.size(), none);
    std::vector<std::string> known;
    for (const auto& indicator : rules_.indicators) known.push_back(indicator.id);
    for (const auto& indicator : project_.indicators) known.push_back(indicator.id);
    for (std::size_t o = 0; o < project_.other_results.size(); ++o) {
      const auto& other = project_.other_results[o];
      const auto found = std::find(
          known.begin(), known.begin() + static_cast<std::ptrdiff_t>(rules_.indicators.size()),
          other.indicator);
      const auto index = static_cast<std::size_t>(found - known.begin());
      if (index >= rules_.indicators.size()) {
        report(Code::result_unknown, other.place,
               {"项目没有指标 '" + other.indicator + "'",
                "the project has no indicator '" + other.indicator + "'"},
               text::suggestion(other.indicator, known));
        continue;
      }
      out_.fixed_remark[index] = o;
      if (other.not_applicable && rules_.not_applicable == ruleset::NotApplicablePolicy::refuse)
        report(Code::result_invalid, other.place,
               {"规则集 " + rules_.id + " 不允许“不适用”",
                "the rule set " + rules_.id + " does not allow 'not applicable'"});
      if (other.has_actual)
        report(Code::result_invalid, other.place,
               {"'" + other.indicator + "' 由规则集从金额算出，不能填 actual",
                "'" + other.indicator +
                    "' is computed by the rule set from the money: it takes no actual"},
               {"在 [money] 中填写 executed；这里只写 reason",
                "give 'executed' under [money]; only a reason belongs here"});
    }
    for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
      const std::size_t o = out_.fixed_remark[f];
      const project::OtherResult empty;
      const project::OtherResult& remark = o == none ? empty : project_.other_results[o];
      batch_.fixed.push_back({{remark.reason.empty() ? 0.0 : 1.0},
                              {remark.evidence.empty() ? 0.0 : 1.0},
                              {static_cast<std::uint8_t>(remark.not_applicable ? 1 : 0)}});
    }
  }

  [[nodiscard]] bool is_statistic(std::size_t name) const {
    return name >= ruleset::project_names &&
           rules_.inputs[name - ruleset::project_names].statistic != none;
  }

  // Names of money and inputs a rule-set indicator needs and the project does not bring.
  void report_missing_money(const ruleset::FixedIndicator& indicator) {
    if (!project_.has_results) return;
    const project::Amount* const amounts[] = {&project_.money.initial, &project_.money.adjusted,
                                              &project_.money.executed};
    for (MissingValue& missing : missing_values(rules_, indicator, batch_, 0)) {
      const text::Place place = missing.name < std::size(amounts) ? amounts[missing.name]->place
                                                                  : text::Place{};
      const Severity severity = rules_.missing == ruleset::MissingPolicy::zero ? Severity::warning
                                                                               : Severity::error;
      const bool money = missing.name < ruleset::project_names;
      Diagnostic d =
          text::diagnose(severity, Code::result_missing, place, std::move(missing.message),
                         is_statistic(missing.name)
                             ? Text{"换用包含这一年、这一组的统计量文件（--statistics）",
                                    "score by statistics of a table that has it (--statistics)"}
                         : money ? Text{"在 [money] 中写 " + missing.key + " = \"…万元\"",
                                        "write " + missing.key + " = \"…万元\" under [money]"}
                                 : Text{"在 [inputs] 中写 " + missing.key + " = …",
                                        "write " + missing.key + " = … under [inputs]"});
      if (d.file.empty()) d.file = place.source ? place.source->name() : project_.results_file;
      diagnostics_.push_back(std::move(d));
    }
  }

  template <class Rule>
  void bind_events(const std::vector<project::Event>& events, const std::vector<Rule>& rules,
                   const char* what, std::vector<Event>& out) {
    std::vector<std::string> known;
    for (const Rule& rule : rules) known.push_back(rule.id);
    for (const project::Event& event : events) {
      const auto found = std::find(known.begin(), known.end(), event.id.text);
      if (found == known.end()) {
        report(Code::reference_unknown, event.id.place,
               {"规则集 " + rules_.id + " 没有 " + what + " '" + event.id.text + "'",
                "the rule set " + rules_.id + " has no " + what + " '" + event.id.text + "'"},
               text::suggestion(event.id.text, known));
        continue;
      }
      out.push_back({0, static_cast<std::size_t>(found - known.begin()), event.n});
    }
  }

  // Of a table, where only the rule set knows whether '@id' is an adjustment or a veto.
  void bind_table_events() {
    std::vector<std::string> known;
    for (const auto& rule : rules_.adjustments) known.push_back(rule.id);
    for (const auto& rule : rules_.vetoes) known.push_back(rule.id);
    for (const project::Event& event : project_.table_events) {
      const auto found = std::find(known.begin(), known.end(), event.id.text);
      const auto which = static_cast<std::size_t>(found - known.begin());
      if (found == known.end()) {
        report(Code::reference_unknown, event.id.place,
               {"规则集 " + rules_.id + " 没有加减分或否决事项 '" + event.id.text + "'",
                "the rule set " + rules_.id + " has no adjustment or veto '" + event.id.text + "'"},
               text::suggestion(event.id.text, known));
      } else if (which < rules_.adjustments.size()) {
        batch_.adjustments.push_back({0, which, event.n});
      } else {
        batch_.vetoes.push_back({0, which - rules_.adjustments.size(), event.n});
      }
    }
  }

  void check_shares() {
    const auto shares = block_shares(rules_, batch_, 0);
    for (std::size_t b = 0; b < shares.size(); ++b) {
      const BlockShare& share = shares[b];
      const auto& block = rules_.blocks[b];
      if (share.count() == 0 && block_counts(rules_, b, share.block) && !unbound_) {
        const WhyNot empty = block_is_empty(block, share.block);
        Diagnostic d =
            text::diagnose(severity_of_empty(block), empty.code, {}, empty.message, empty.help);
        d.file = project_.file;
        diagnostics_.push_back(std::move(d));
      }
      if (share.adds_up()) continue;
      text::Place at;
      for (std::size_t row = 0; row < batch_.rows.size(); ++row) {
        const Indicator& indicator = project_.indicators[out_.row_indicator[row]];
        if (batch_.rows.block[row] == b && indicator.weight) at = indicator.weight_place;
      }
      const WhyNot sum = weights_do_not_add_up(block, share);
      report(sum.code, at, sum.message, sum.help);
    }
  }

  const RuleSet& rules_;
  const Project& project_;
  bool as_filed_;
  std::vector<Diagnostic>& diagnostics_;
  Binding out_;
  bool unbound_ = false;  // an indicator that should count and fits nowhere: its block only looks
                          // empty
  Batch& batch_ = out_.batch;
};

}  // namespace

Binding bind(const RuleSet& rules, const Project& project, bool as_filed,
             std::vector<Diagnostic>& diagnostics) {
  ruleset::is_one_version(rules, diagnostics);  // else Project::needs() was left out
  return Binder(rules, project, as_filed, diagnostics).bind();
}

Binding bind_indicator(const RuleSet& rules, const Indicator& indicator,
                       std::vector<Diagnostic>& diagnostics) {
  Project project;
  project.has_results = true;
  project.indicators.push_back(indicator);
  return Binder(rules, project, false, diagnostics).bind_only();
}

}  // namespace jixiao::scoring
