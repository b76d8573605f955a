#include "forms/rules/rule_text.hpp"

#include <algorithm>
#include <cmath>

#include "forms/headings.hpp"
#include "forms/rules/printed_rule.hpp"
#include "forms/rules/rule_measure.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

using value::Direction;
using ClauseKind = RuleClause::Kind;
using ConditionKind = RuleCondition::Kind;
using Parts = RuleClause::Parts;
using Way = RuleStep::Way;

std::string plain_number(double x) { return value::plain(x, 9); }

// What the clauses of one rule come to beside one target. Every step fails where a clause does not
// fit.
class RuleMaker : private RuleMeasure {
 public:
  RuleMaker(const std::vector<RuleClause>& clauses, const RuledRow& row)
      : RuleMeasure(clauses, row) {}

  std::optional<RuleReading> make() {
    if (target_.kind != value::Kind::number && !is_date_) return std::nullopt;
    if (between_ || (is_date_ && !lower_)) return std::nullopt;
    for (const RuleClause& clause : clauses_) {
      if (!sort(clause)) return std::nullopt;
    }
    if (gains_ != nullptr) return gained();
    if (!choose_measure() || !find_edge()) return std::nullopt;
    if (!choose_parts() || !make_tiers() || !make_steps() || !add_background()) return std::nullopt;
    if (!reaches_full_marks()) return std::nullopt;
    const auto formula = formula_of(tiers_, measure());
    if (!formula) return std::nullopt;
    out_.points = formula->points;
    out_.domain = formula->domain;
    if (out_.points.find('/') != std::string::npos)
      out_.domain = out_.domain.empty() ? "T > 0" : "T > 0 && " + out_.domain;
    out_.aside = aside_;
    name_method();
    return out_;
  }

 private:
  // Settles what stands alone, and keeps the rest.
  bool sort(const RuleClause& clause) {
    switch (clause.kind) {
      case ClauseKind::floor: return true;
      case ClauseKind::most:
        if (row_.weight && is_same_end(clause.points.value, *row_.weight)) return true;
        most_ = clause.points.value;
        return true;
      case ClauseKind::weight:
        return !row_.weight || is_same_end(clause.points.value, *row_.weight);
      case ClauseKind::parts:
        if (parts_ && *parts_ != clause.parts) return false;
        parts_ = clause.parts;
        return true;
      case ClauseKind::standard: standard_ = &clause.condition; return true;
      case ClauseKind::aside: aside_ = true; return true;
      case ClauseKind::gains:
        if (gains_ != nullptr) return false;
        gains_ = &clause;
        return true;
      case ClauseKind::step: steps_.push_back(&clause); return steps_.size() <= 2;
      default: awards_.push_back(&clause); return true;
    }
  }

  // 每完成1项得2分: up to full marks at the target.
  std::optional<RuleReading> gained() {
    if (!awards_.empty() || !steps_.empty() || lower_ || is_date_ || gains_->step.cost.share)
      return std::nullopt;
    const auto size = in_units_of_target(gains_->step.size);
    if (!size || is_percent(gains_->step.size.unit)) return std::nullopt;
    const double made = target_.low / *size * gains_->step.cost.value;
    if (row_.weight ? !is_same_end(made, *row_.weight) : false) return std::nullopt;
    out_.points = "min(W, " + cost(gains_->step.cost) + "*steps_full(A, " + plain_number(*size) +
                  "))";
    return out_;
  }

  bool choose_parts() {
    if (steps_.empty()) return !parts_;
    const bool counted = std::all_of(steps_.begin(), steps_.end(), [&](const RuleClause* each) {
      const RuleStep& step = each->step;
      const bool whole_days = is_date_ && step.size.unit == RuleUnit::days;
      const bool things = !is_date_ && !completion_ && !target_.unit.is_percent() &&
                          !target_.unit.counts_money() && !is_percent(step.size.unit);
      return step.size.value == 1 && (whole_days || (things && is_counted()));
    });
    out_.parts_open = !parts_ && !counted;
    if (out_.parts_open)
      out_.doubt = Text{"没有写明不足一档怎么算：按满一档才扣",
                        "it does not say what a part of a step costs: only full steps are taken"};
    if (aside_) {
      const Text aside{"另有“发生即不得分”的情形，表上看不出：按没有发生计",
                       "it also names what would leave no points, which the form does not tell: "
                       "taken as not happened"};
      out_.doubt = out_.doubt
                       ? Text{out_.doubt->zh + "；" + aside.zh, out_.doubt->en + "; " + aside.en}
                       : aside;
    }
    return true;
  }

  [[nodiscard]] const char* steps_function() const {
    return !parts_ || *parts_ == Parts::whole ? "steps_full"
           : *parts_ == Parts::begun          ? "steps_ceil"
                                              : "steps_fraction";
  }

  // Points, or a share of the weight, as text.
  [[nodiscard]] std::string cost(const RulePoints& points) const {
    return points.share ? plain_number(points.value / 100) + "*W"
                        : plain_number(points.value * row_.scale);
  }

  [[nodiscard]] bool fits(const RuleCondition& condition) const {
    if (condition.time != is_date_ && condition.kind != ConditionKind::otherwise &&
        (condition.time || (is_date_ && condition.limit)))
      return false;
    if (condition.event) return !is_date_ && lower_ && target_.low == 0;
    if (condition.limit && !lower_ && !equal_) return false;
    if (condition.kind == ConditionKind::below && lower_) return false;
    return true;
  }

  bool make_tiers() {
    for (const RuleClause* clause : awards_) {
      RuleTier tier;
      if (!award(*clause, tier)) return false;
      if (clause->condition.kind == ConditionKind::always) {
        // What is earned in proportion, where no condition says otherwise.
        if (clause->kind != ClauseKind::proportional && clause->kind != ClauseKind::inverse)
          return false;
        if (proportion_ != nullptr) return false;
        proportion_ = clause;
        continue;
      }
      if (!fits(clause->condition) || !put_ends(clause->condition, tier)) return false;
      tiers_.push_back(tier);
    }
    return true;
  }

  bool award(const RuleClause& clause, RuleTier& tier) {
    if (is_full(clause)) {
      tier.award = "W";
      tier.worth = most_worth;
      return true;
    }
    switch (clause.kind) {
      case ClauseKind::nothing: tier.award = "0"; return true;
      case ClauseKind::points:
        if (!clause.points.share && row_.weight && clause.points.value > *row_.weight) return false;
        if (!clause.points.share && !row_.weight) return false;
        tier.award = cost(clause.points);
        tier.worth = clause.points.share ? clause.points.value : clause.points.value / *row_.weight;
        if (!clause.points.share) tier.worth *= 100;
        return true;
      case ClauseKind::loses:
        if (clause.points.share ? clause.points.value > 100
                                : row_.weight && clause.points.value > *row_.weight)
          return false;
        if (clause.points.share && is_same_end(clause.points.value, 100))
          return tier.award = "0", true;
        tier.award = "W - " + cost(clause.points);
        tier.worth = clause.points.share ? 100 - clause.points.value : 50;
        return true;
      case ClauseKind::proportional:
        if (lower_ || is_date_ || target_.low <= 0) return false;
        tier.award = "W*A/T";
        tier.worth = 50;
        return true;
      case ClauseKind::inverse:
        if (!lower_ || is_date_ || target_.low <= 0) return false;
        tier.award = "W*T/max(A, T)";
        tier.worth = 50;
        return true;
      default: return false;
    }
  }

  [[nodiscard]] bool fits(Way way) const {
    switch (way) {
      case Way::late: return is_date_;
      case Way::below: return !is_date_ && !lower_;
      case Way::above: return !is_date_ && (lower_ || equal_);
      case Way::either: return !is_date_;
      case Way::each: return !is_date_ && lower_ && target_.low == 0;
    }
    return false;
  }

  // The condition a row of steps begins with says no more than that the target is missed.
  [[nodiscard]] bool says_missed(const RuleCondition& condition, Way way) const {
    if (!fits(condition)) return false;
    switch (condition.kind) {
      case ConditionKind::always: return true;
      case ConditionKind::missed: return true;
      case ConditionKind::otherwise: return true;
      case ConditionKind::below: return way == Way::below;
      case ConditionKind::above: return way == Way::above || way == Way::late;
      case ConditionKind::span: {
        const bool up = way == Way::above || way == Way::each;
        const auto& near = up ? condition.low : condition.high;
        const auto& far = up ? condition.high : condition.low;
        if (!near || far || way == Way::either) return false;
        const auto at = on_measure(near->at);
        return at && is_same_end(*at, edge_) && near->holds != Holds::yes;
      }
      default: return false;
    }
  }

  // Whole or begun months after the deadline.
  [[nodiscard]] std::string months_late() const {
    const std::string whole = "12*(year(A) - year(U)) + month(A) - month(U)";
    return parts_ && *parts_ == Parts::begun ? whole + " + (day(A) > day(U) ? 1 : 0)"
                                             : whole + " - (day(A) < day(U) ? 1 : 0)";
  }

  bool make_steps() {
    std::string off;
    for (const RuleClause* clause : steps_) {
      const RuleStep& step = clause->step;
      if (!fits(step.way) || !says_missed(clause->condition, step.way)) return false;
      if (step.cost.share ? step.cost.value > 100 : row_.weight && step.cost.value > *row_.weight)
        return false;
      const auto counted = distance(step.way);
      if (!counted) return false;
      if (is_date_ && step.size.unit == RuleUnit::months) {
        if (parts_ && *parts_ == Parts::none) return false;
        off += " - " + cost(step.cost) + "*" + steps_function() + "(A <= U ? 0 : " + months_late() +
               ", " + plain_number(step.size.value) + ")";
        continue;
      }
      const auto size = size_of(step);
      if (!size || *size <= 0) return false;
      off += " - " + cost(step.cost) + "*" + steps_function() + "(" + *counted + ", " +
             plain_number(*size) + ")";
    }
    if (steps_.size() == 2) {
      const Way a = steps_[0]->step.way, b = steps_[1]->step.way;
      const bool both = (a == Way::below && b == Way::above) ||
                        (a == Way::above && b == Way::below);
      if (!both) return false;
    }
    if (steps_.empty()) return !most_;
    if (most_ && !row_.weight) return false;
    const std::string least = most_ && *most_ < *row_.weight
                                  ? "W - " + plain_number(*most_ * row_.scale)
                                  : std::string("0");
    step_award_ = "max(" + least + ", W" + off + ")";
    return true;
  }

  // What holds where no condition says anything: steps, a proportion, full marks.
  bool add_background() {
    const bool points = std::any_of(tiers_.begin(), tiers_.end(), [](const RuleTier& tier) {
      return tier.award != "W" && tier.award != "0";
    });
    const bool missed_alone = proportion_ == nullptr && step_award_.empty();
    if (!step_award_.empty()) {
      if (points || proportion_ != nullptr) return false;
      // Full marks on their side of the line are what no step leaves.
      std::erase_if(tiers_, [](const RuleTier& tier) { return tier.award == "W"; });
      for (const RuleTier& tier : tiers_) {
        if (tier.otherwise || !lies_beyond(tier)) return false;
      }
      RuleTier all;
      all.award = step_award_;
      all.background = true;
      tiers_.push_back(all);
      return true;
    }
    if (proportion_ != nullptr) {
      RuleTier rest;
      if (!award(*proportion_, rest)) return false;
      rest.background = true;
      tiers_.push_back(rest);
    }
    const bool full = std::any_of(tiers_.begin(), tiers_.end(),
                                  [](const RuleTier& tier) { return tier.award == "W"; });
    // 未完成不得分 says what is missed; 90%-100%得10分 says all there is.
    const bool edge_told = std::any_of(awards_.begin(), awards_.end(), [](const auto* clause) {
      const auto kind = clause->condition.kind;
      return kind == ConditionKind::missed || kind == ConditionKind::below ||
             kind == ConditionKind::above || kind == ConditionKind::late;
    });
    if (full) return true;
    const bool in_proportion = std::any_of(awards_.begin(), awards_.end(), [](const auto* clause) {
      return clause->kind == ClauseKind::proportional || clause->kind == ClauseKind::inverse;
    });
    if (missed_alone && !edge_told && !in_proportion) return false;
    RuleTier met;
    met.award = "W";
    met.worth = most_worth;
    const Holds holds = Holds::yes;
    if (equal_ || !lower_) met.low = edge_, met.low_holds = holds;
    if (equal_ || lower_) met.high = edge_, met.high_holds = holds;
    // A conditional proportion says where it begins itself.
    tiers_.push_back(met);
    return true;
  }

  // Nothing is earned far from the target, never at it.
  [[nodiscard]] bool lies_beyond(const RuleTier& tier) const {
    if (tier.award != "0") return false;
    if (lower_ || is_date_) return tier.low && *tier.low > edge_ - 1e-9 && !tier.high;
    if (equal_)
      return (tier.high && *tier.high < edge_ + 1e-9 && !tier.low) ||
             (tier.low && *tier.low > edge_ - 1e-9 && !tier.high);
    return tier.high && *tier.high < edge_ + 1e-9 && !tier.low;
  }

  // Somewhere the rule gives all the weight.
  [[nodiscard]] bool reaches_full_marks() const {
    return std::any_of(tiers_.begin(), tiers_.end(), [](const RuleTier& tier) {
      return tier.award == "W" || tier.award.starts_with("max(");
    });
  }

  // The method of the catalogue that says the same, where there is one.
  void name_method() {
    // A method of the catalogue has a domain of its own.
    if (!out_.domain.empty() && out_.domain != "T > 0") return;
    if (most_) return;
    std::size_t zero = 0, parts = 0;
    const RuleTier* line = nullptr;
    for (const RuleTier& tier : tiers_) {
      if (tier.award == "0")
        ++zero, line = &tier;
      else if (tier.award != "W" && !tier.background)
        ++parts;
    }
    if (parts > 0) return;
    if (steps_.size() == 1 && zero == 0) return name_steps(*steps_.front());
    if (!steps_.empty() || zero > 1) return;
    if (proportion_ != nullptr) {
      if (proportion_->kind == ClauseKind::inverse && zero == 0) out_.method = "lower.ratio";
      if (proportion_->kind != ClauseKind::proportional || equal_) return;
      if (zero == 0) out_.method = "higher.proportional";
      const bool of_target = completion_ ||
                             (target_.unit.is_percent() && is_same_end(target_.low, 100));
      const bool below = line != nullptr && line->high && !line->low && !line->otherwise &&
                         line->high_holds == Holds::no;
      if (zero == 1 && of_target && below && *line->high > 0 && *line->high < 100) {
        out_.method = "higher.pass-line";
        out_.params = {{"L", plain_number(*line->high / 100)}};
      }
      return;
    }
    const bool at_target = line != nullptr &&
                           (line->otherwise || is_same_end(line->high.value_or(edge_), edge_)) &&
                           is_same_end(line->low.value_or(edge_), edge_);
    if (zero == 1 && at_target && !equal_ && (!completion_ || is_same_end(edge_, 100)))
      out_.method = is_date_ ? "lateness.strict" : lower_ ? "lower.strict" : "higher.strict";
  }

  void name_steps(const RuleClause& clause) {
    const RuleStep& step = clause.step;
    if (step.cost.share) return;
    const std::string k = plain_number(step.cost.value * row_.scale);
    const std::string way = !parts_ || *parts_ == Parts::whole ? ".full"
                            : *parts_ == Parts::begun          ? ".ceil"
                                                               : ".fraction";
    if (is_date_) {
      const bool by_day = step.size.unit == RuleUnit::days &&
                          (step.size.value == 1 || way == ".ceil") && way != ".fraction";
      if (by_day) put_method("lateness.per-day", k, "step", step.size.value);
      return;
    }
    const auto size = size_of(step);
    if (!size) return;
    if (step.way == Way::each && *size == 1) {
      out_.method = "count.deduct";
      out_.params = {{"k", k}};
    } else if (step.way == Way::below && !completion_) {
      put_method("shortfall-steps" + way, k, "size", *size);
    } else if ((step.way == Way::above || step.way == Way::each) && !completion_) {
      put_method("excess-steps" + way, k, "size", *size);
    } else if (step.way == Way::above && is_same_end(edge_, 100) && way == ".full") {
      put_method("over-steps.full", k, "size", *size);
    } else if (step.way == Way::either && is_same_end(edge_, 100) &&
               (completion_ || is_same_end(target_.low, 100))) {
      put_method("deviation-steps" + way, k, "size", *size);
    }
  }

  void put_method(std::string id, const std::string& k, const char* size_name, double size) {
    out_.method = std::move(id);
    out_.params = {{"k", k}, {size_name, plain_number(size)}};
  }

  static constexpr double most_worth = 1000;

  const RuleClause* gains_ = nullptr;
  const RuleClause* proportion_ = nullptr;
  std::optional<Parts> parts_;
  std::optional<double> most_;
  bool aside_ = false;
  std::string step_award_;
  std::vector<RuleTier> tiers_;
  RuleReading out_;
};

}  // namespace

std::optional<RuleReading> read_rule(std::string_view text, const RuledRow& row) {
  const auto clauses = read_clauses(text, row.name, row.target.unit.text());
  if (!clauses) return std::nullopt;
  auto own = RuleMaker(*clauses, row).make();
  if (!row.sign_open || !row.target.direction) return own;
  RuledRow other = row;
  other.target.direction = row.target.direction == Direction::at_most ? Direction::at_least
                                                                      : Direction::at_most;
  auto out = RuleMaker(*clauses, other).make();
  if (own) {
    own->decides_sign = !out;
    return own;
  }
  if (out) out->turned = true;
  return out;
}

std::optional<RuleReading> read_named_rule(std::string_view text) {
  constexpr std::string_view open = "〔", close = "〕", comma = "；";
  const std::size_t end = text.find(close);
  if (!text.starts_with(open) || end == std::string_view::npos) return std::nullopt;
  std::string_view inner = text.substr(open.size(), end - open.size());
  const auto next = [&] {
    const std::size_t at = std::min(inner.find(comma), inner.size());
    const std::string_view part = inner.substr(0, at);
    inner.remove_prefix(std::min(inner.size(), at + comma.size()));
    return part;
  };
  const auto made_of = [](std::string_view words, std::string_view letters) {
    return !words.empty() && words.find_first_not_of(letters) == std::string_view::npos;
  };
  RuleReading out;
  out.method = next();
  if (!made_of(out.method, "abcdefghijklmnopqrstuvwxyz0123456789._-")) return std::nullopt;
  while (!inner.empty()) {
    const std::string_view part = next();
    const std::size_t sign = std::min(part.find('='), part.size());
    const std::string name(part.substr(0, sign));
    const std::string number(part.substr(std::min(part.size(), sign + 1)));
    if (!made_of(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ||
        !value::read_number(number) || !made_of(number, "0123456789.-"))
      return std::nullopt;
    out.params.emplace_back(name, number);
  }
  return out;
}

}  // namespace jixiao::forms
