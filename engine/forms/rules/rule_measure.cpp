#include "forms/rules/rule_measure.hpp"

#include <algorithm>
#include <cmath>

#include "forms/headings.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {

using value::Direction;
using ClauseKind = RuleClause::Kind;
using ConditionKind = RuleCondition::Kind;
using Way = RuleStep::Way;

bool is_percent(RuleUnit unit) {
  return unit == RuleUnit::percent || unit == RuleUnit::percent_points;
}

RuleMeasure::RuleMeasure(const std::vector<RuleClause>& clauses, const RuledRow& row)
    : clauses_(clauses), row_(row), target_(row.target) {
  is_date_ = target_.kind == value::Kind::date;
  const auto sign = target_.direction.value_or(is_date_ ? Direction::at_most : Direction::at_least);
  lower_ = is_date_ || sign == Direction::at_most || sign == Direction::less_than;
  equal_ = sign == Direction::equal && !is_date_;
  between_ = sign == Direction::between || (!is_date_ && target_.low != target_.high);
  // >95% is met at 95%, as by the methods of the catalogue.
}

// Ends and sizes in the unit of the target, in its base.
std::optional<double> RuleMeasure::in_units_of_target(const RuleAmount& at) const {
  switch (at.unit) {
    case RuleUnit::none: {
      const int exponent = target_.unit.exponent();
      return exponent == 0 || target_.unit.is_percent()
                 ? std::optional(at.value)
                 : value::read_number(value::plain(at.value, 9), exponent);
    }
    case RuleUnit::percent:
    case RuleUnit::percent_points:
      return target_.unit.is_percent() ? std::optional(at.value) : std::nullopt;
    case RuleUnit::days:
      if (target_.unit.is_time() && target_.unit.exponent() == 0) return at.value;
      return std::nullopt;
    case RuleUnit::other: {
      const auto unit = value::Unit::parse(at.word);
      if (!unit) return std::nullopt;
      const bool counts = target_.unit.is_number() || unit->same_dimension(target_.unit);
      if (!counts) return std::nullopt;
      return value::read_number(value::plain(at.value, 9), unit->exponent());
    }
    default: return std::nullopt;
  }
}

std::vector<RuleAmount> RuleMeasure::ends() const {
  std::vector<RuleAmount> out;
  const auto add = [&](const RuleCondition& condition) {
    if (condition.kind == ConditionKind::late) return;
    for (const auto& end : {condition.low, condition.high}) {
      if (end) out.push_back(end->at);
    }
  };
  for (const RuleClause* clause : awards_) add(clause->condition);
  for (const RuleClause* clause : steps_) add(clause->condition);
  if (standard_ != nullptr) add(*standard_);
  return out;
}

// Whether the rule is of the result itself or of its share of the target, in percent.
bool RuleMeasure::choose_measure() {
  if (is_date_) return true;
  bool subject = false, proportional = false;
  for (const auto* list : {&awards_, &steps_}) {
    for (const RuleClause* clause : *list) {
      subject = subject || clause->condition.of == Measured::completion;
      proportional = proportional || clause->kind == ClauseKind::proportional;
    }
  }
  const std::vector<RuleAmount> all = ends();
  const bool percent_ends = std::any_of(
      all.begin(), all.end(), [](const RuleAmount& each) { return is_percent(each.unit); });
  if (!target_.unit.is_percent()) {
    const bool percent_steps = std::any_of(steps_.begin(), steps_.end(), [](const auto* each) {
      return is_percent(each->step.size.unit);
    });
    const bool points = std::any_of(steps_.begin(), steps_.end(), [](const auto* each) {
      return each->step.size.unit == RuleUnit::percent_points;
    });
    // 1个百分点 beside a count is of no rate that is told.
    if (points && !subject && !percent_ends) return false;
    completion_ = percent_ends || percent_steps || (subject && !steps_.empty());
  } else if (!is_same_end(target_.low, 100)) {
    // 完成率100% beside a target of 95%: of the target. 完成率≥95% is the result itself.
    const bool whole = std::any_of(all.begin(), all.end(),
                                   [&](const auto& end) { return is_same_end(end.value, 100); });
    const bool own = std::any_of(all.begin(), all.end(), [&](const auto& end) {
      return is_same_end(end.value, target_.low);
    });
    if (subject && whole && own) return false;
    if (subject && !own && !whole && !steps_.empty()) return false;
    completion_ = subject && !own && !all.empty();
    // 低于60%不得分，按比例得分: 60% of what?
    if (!subject && proportional && !all.empty() && !own) return false;
  }
  return !completion_ || target_.low > 0;
}

std::string RuleMeasure::measure() const {
  return is_date_ ? "(A - U)" : completion_ ? "100*A/T" : "A";
}

// An end on the measure.
std::optional<double> RuleMeasure::on_measure(const RuleAmount& at) const {
  if (!completion_) return in_units_of_target(at);
  if (is_percent(at.unit)) return at.value;
  const auto own = in_units_of_target(at);
  return own && is_same_end(*own, target_.low) ? std::optional(100.0) : std::nullopt;
}

// Where full marks end: the target, or all of it.
bool RuleMeasure::find_edge() {
  edge_ = is_date_ ? 0 : completion_ ? 100 : target_.low;
  std::optional<double> said;
  const auto say = [&](const RuleAmount& at) {
    const auto end = on_measure(at);
    if (!end || (said && !is_same_end(*said, *end))) return false;
    said = end;
    return true;
  };
  if (standard_ != nullptr && standard_->kind == ConditionKind::point && !say(standard_->low->at))
    return false;
  for (const RuleClause* clause : awards_) {
    if (!is_full(*clause)) continue;
    const RuleCondition& condition = clause->condition;
    if (condition.kind == ConditionKind::always) return false;
    if (condition.kind == ConditionKind::late) {
      if (clauses_.size() < 2 || condition.low) return false;
      continue;
    }
    if (condition.kind == ConditionKind::point && !say(condition.low->at)) return false;
    if (condition.kind != ConditionKind::span) continue;
    const auto& end = lower_ ? condition.high : condition.low;
    if (!end || !say(end->at)) return false;
    // ≥90% for full marks beside ≤90%.
    if (!equal_ && (lower_ ? condition.low : condition.high) && !tells_a_top(condition))
      return false;
  }
  if (!said) return true;
  // Another line than the target: only of a completion, which has lines of its own.
  if (!completion_ && !is_same_end(*said, edge_)) return false;
  if (completion_ && *said > 100 + 1e-9 && !lower_) return false;
  edge_ = *said;
  return true;
}

// 90%-100%: the other end is as far as a rate goes.
bool RuleMeasure::tells_a_top(const RuleCondition& condition) const {
  if (lower_) {
    const auto low = on_measure(condition.low->at);
    return low && *low == 0;
  }
  const auto high = on_measure(condition.high->at);
  return high && is_same_end(*high, 100);
}

bool RuleMeasure::is_full(const RuleClause& clause) const {
  if (clause.kind == ClauseKind::full) return true;
  if (clause.kind != ClauseKind::points) return false;
  if (clause.points.share) return is_same_end(clause.points.value, 100);
  if (row_.weight) return is_same_end(clause.points.value, *row_.weight);
  // Without a weight the only points that are given are full marks.
  return std::none_of(awards_.begin(), awards_.end(), [&](const RuleClause* other) {
    return other != &clause &&
           (other->kind == ClauseKind::points || other->kind == ClauseKind::full);
  });
}

// People, cases, pieces come whole; kilometres and tonnes do not.
bool RuleMeasure::is_counted() const {
  return target_.unit.is_number() ||
         has_any(target_.unit.text(),
                 "个|次|人|期|场|件|起|户|处|项|例|家|份|台|套|辆|名|所|批|门|节|"
                 "册|本|只|头|株|对|宗|笔|座|篇|班|栋|盏|块|张|村|社区");
}

// Days late of an end: months by the calendar, from the deadline on.
std::optional<double> RuleMeasure::days_late(const RuleAmount& at) const {
  if (at.unit == RuleUnit::days) return at.value;
  if (at.unit != RuleUnit::months || at.value != std::floor(at.value)) return std::nullopt;
  const value::Date due{static_cast<std::int32_t>(target_.high)};
  const int months = due.year() * 12 + due.month() - 1 + static_cast<int>(at.value);
  std::optional<value::Date> then;
  for (int day = due.day(); !then && day > 27; --day)
    then = value::Date::from_ymd(months / 12, months % 12 + 1, day);
  if (!then) then = value::Date::from_ymd(months / 12, months % 12 + 1, due.day());
  return then ? std::optional<double>(then->days - due.days) : std::nullopt;
}

bool RuleMeasure::put_ends(const RuleCondition& condition, RuleTier& tier) const {
  switch (condition.kind) {
    case ConditionKind::span:
    case ConditionKind::late:
    case ConditionKind::point: return put_span(condition, tier);
    case ConditionKind::met:
      // Exactly the target is reached, or strictly passed.
      if (equal_ || !lower_) tier.low = edge_, tier.low_holds = Holds::yes;
      if (equal_ || lower_) tier.high = edge_, tier.high_holds = Holds::yes;
      return true;
    case ConditionKind::missed:
    case ConditionKind::below:
    case ConditionKind::above: {
      const bool below = condition.kind == ConditionKind::below ||
                         (condition.kind == ConditionKind::missed && !lower_ && !equal_);
      if (condition.kind == ConditionKind::missed && equal_) return tier.otherwise = true;
      if (below)
        tier.high = edge_, tier.high_holds = Holds::no;
      else
        tier.low = edge_, tier.low_holds = Holds::no;
      return true;
    }
    case ConditionKind::otherwise: return tier.otherwise = true;
    default: return false;
  }
}

bool RuleMeasure::put_span(const RuleCondition& condition, RuleTier& tier) const {
  const auto at = [&](const RuleEnd& end) {
    if (!is_date_) return on_measure(end.at);
    return days_late(end.at);
  };
  // 100%得满分: the line of full marks.
  if (condition.kind == ConditionKind::point && tier.award == "W" && !equal_ && !is_date_) {
    if (lower_)
      tier.high = edge_, tier.high_holds = Holds::yes;
    else
      tier.low = edge_, tier.low_holds = Holds::yes;
    return true;
  }
  if (is_date_ && condition.kind == ConditionKind::point) return false;
  if (condition.low) {
    tier.low = at(*condition.low);
    tier.low_holds = condition.low->holds;
    if (!tier.low) return false;
  }
  if (condition.high) {
    tier.high = at(*condition.high);
    tier.high_holds = condition.high->holds;
    if (!tier.high) return false;
  }
  // 延期15天以内: late at all.
  if (is_date_ && !condition.low && tier.award != "W") tier.low = 0, tier.low_holds = Holds::no;
  // Full marks up to 100%, or from nothing on, have no end there.
  if (tier.award == "W" && !lower_ && tier.high && !equal_) tier.high.reset();
  if (tier.award == "W" && lower_ && tier.low && !equal_ && !is_date_) tier.low.reset();
  return true;
}

// What a step counts, above 0 where points are off.
std::optional<std::string> RuleMeasure::distance(Way way) const {
  if (is_date_) return "A - U";
  const bool at_target = !completion_ || is_same_end(edge_, 100);
  const std::string line = completion_ ? value::plain(edge_, 9) : "T";
  const std::string of = completion_ ? "100*A/T" : "A";
  switch (way) {
    case Way::below: return completion_ && at_target ? "100*(T - A)/T" : line + " - " + of;
    case Way::above: return completion_ && at_target ? "100*(A - T)/T" : of + " - " + line;
    case Way::either:
      return completion_ && at_target ? "100*abs(A - T)/T" : "abs(" + of + " - " + line + ")";
    case Way::each:
      return target_.low == 0 && lower_ ? std::optional<std::string>("A") : std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<double> RuleMeasure::size_of(const RuleStep& step) const {
  if (is_date_)
    return step.size.unit == RuleUnit::days ? std::optional(step.size.value) : std::nullopt;
  if (completion_)
    return is_percent(step.size.unit) ? std::optional(step.size.value) : std::nullopt;
  return in_units_of_target(step.size);
}

}  // namespace jixiao::forms
