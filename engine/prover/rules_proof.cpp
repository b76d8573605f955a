#include <algorithm>
#include <cmath>

#include "jixiao/proof.hpp"
#include "jixiao/version.hpp"
#include "prover/messages.hpp"
#include "prover/method_proof.hpp"
#include "value/decimals.hpp"
#include "value/rounding.hpp"

namespace jixiao {
namespace prover {
namespace {

class RulesProver {
 public:
  explicit RulesProver(const ruleset::RuleSet& rules) : rules_(rules), findings_(out_.diagnostics) {
    out_.engine = engine_name();
    out_.rules = rules.id;
    out_.version = rules.version;
    out_.file = rules.file;
    out_.title = rules.title;
  }

  RulesProof prove(ProofScope scope) {
    if (!rules_.abstract) prove_whole();
    for (const ruleset::Method& method : rules_.methods) {
      if (!is_wanted(method, scope)) {
        ++out_.by_name_only;
        continue;
      }
      out_.methods.push_back(method_proof(rules_, method, nullptr, findings_));
    }
    for (const ruleset::FixedIndicator& indicator : rules_.indicators) {
      if (indicator.method != ruleset::none)
        out_.methods.push_back(
            method_proof(rules_, rules_.methods[indicator.method], &indicator, findings_));
    }
    return std::move(out_);
  }

  RulesProof prove_one(const std::string& id) {
    for (const ruleset::Method& method : rules_.methods) {
      if (method.id == id) out_.methods.push_back(method_proof(rules_, method, nullptr, findings_));
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is_wanted(const ruleset::Method& method, ProofScope scope) const {
    const bool own = method.place.source && method.place.source->name() == rules_.file;
    return own || scope == ProofScope::everything || (scope == ProofScope::used && method.when);
  }

  void put(const char* property, Verdict verdict, Text text) {
    out_.points.push_back({property, verdict, verdict == Verdict::fails, std::move(text)});
  }

  void prove_whole() {
    put_weights();
    put_total();
    put_bands();
    put_vetoes();
    put_adjustments();
    put_rounding();
  }

  void put_weights() {
    std::string sum;
    double all = 0;
    for (const ruleset::Block& block : rules_.blocks) {
      sum += (sum.empty() ? "" : " + ") + block.id + " " + number_text(block.weight);
      all += block.weight;
    }
    if (sum.empty()) return;
    const std::string total = number_text(all);
    if (rules_.combine)
      return put("weights", Verdict::holds,
                 {"总分由公式得出，各块满分：" + sum,
                  "a formula makes the total; full marks of the blocks: " + sum});
    put("weights", Verdict::holds,
        {"各块权重合计 " + total + "：" + sum,
         "the block weights add up to " + total + ": " + sum});
  }

  // What the blocks can add up to, before adjustments; nothing where methods or folds may leave
  // their weights.
  [[nodiscard]] std::optional<Range> sums() const {
    Range out = Range::point(0);
    for (const ruleset::Block& block : rules_.blocks) {
      if (block.combine) return std::nullopt;
      out = out + Range{0, block.weight};
    }
    for (const ruleset::Method& method : rules_.methods) {
      if (method.beyond && can_be_used(method)) return std::nullopt;
    }
    if (rules_.combine) return of_formula();
    return out;
  }
  // By a rule-set indicator, or by itself. A project may name any other, at its own risk.
  [[nodiscard]] bool can_be_used(const ruleset::Method& method) const {
    return method.when || std::any_of(rules_.indicators.begin(), rules_.indicators.end(),
                                      [&](const ruleset::FixedIndicator& indicator) {
                                        return indicator.method != ruleset::none &&
                                               &rules_.methods[indicator.method] == &method;
                                      });
  }
  [[nodiscard]] std::optional<Range> of_formula() const {
    const Graph graph(*rules_.combine);
    const Enclosure found = Encloser(graph).enclose(project_box());
    if (found.may_be_none || !found.value.is_finite()) return std::nullopt;
    return found.value;
  }
  // Every number a formula of the whole project may name.
  [[nodiscard]] Box project_box() const {
    Box box;
    box.variables.assign(rules_.project_scope.variables.size() + 8,
                         {-largest_number, largest_number});
    for (std::size_t i = 0; i < rules_.inputs.size(); ++i) {
      if (const auto& range = rules_.inputs[i].range)
        box.variables[rules_.first_input_name() + i] = {std::max(range->low, -largest_number),
                                                        std::min(range->high, largest_number)};
    }
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) {
      if (!rules_.blocks[b].combine)
        box.variables[rules_.first_block_name() + b] = {0, rules_.blocks[b].weight};
    }
    box.x = box.variables.size() - 1;
    return box;
  }

  [[nodiscard]] static double most(const ruleset::Adjustment& rule) {
    return rule.limit.value_or(largest_number);
  }
  // Of all bonuses or all penalties together.
  [[nodiscard]] double most(ruleset::AdjustmentKind kind) const {
    double sum = 0;
    for (const ruleset::Adjustment& rule : rules_.adjustments) {
      if (rule.kind == kind) sum = std::min(sum + most(rule), largest_number);
    }
    const auto& limit = kind == ruleset::AdjustmentKind::bonus ? rules_.bonus_limit
                                                               : rules_.penalty_limit;
    return limit ? std::min(sum, *limit) : sum;
  }

  void put_total() {
    const auto base = sums();
    if (!base && !rules_.total_range)
      return put(
          "total", Verdict::undecided,
          {"总分的范围不能确定（有方法或合成可超出权重）",
           "the range of totals cannot be decided: a method or a fold may leave its weight"});
    Range total = base.value_or(Range{-largest_number, largest_number});
    if (base) {
      total = *base +
              Range{-most(ruleset::AdjustmentKind::penalty), most(ruleset::AdjustmentKind::bonus)};
    }
    if (rules_.total_range)
      total = common(total, {rules_.total_range->low, rules_.total_range->high});
    const value::Rounding rule = rules_.decided_rounding();
    totals_ = Range{rule(total.low), rule(total.high)};
    const std::string text = range_text(*totals_);
    put("total", Verdict::holds, {"总分在 " + text + " 之内", "totals lie within " + text});
  }

  [[nodiscard]] static std::string range_text(const Range& range) {
    const Axis axis;
    return axis.place(range.low) + " .. " + axis.place(range.high);
  }

  void put_bands() {
    if (rules_.bands.empty()) return;
    std::string never;
    for (const ruleset::Band& band : rules_.bands) {
      if (band.only_veto) {
        const auto leaves = [&](const ruleset::Veto& veto) {
          return veto.rating != ruleset::none && &rules_.bands[veto.rating] == &band;
        };
        if (std::any_of(rules_.vetoes.begin(), rules_.vetoes.end(), leaves)) continue;
      } else {
        if (!totals_ || can_hold(band.range, *totals_)) continue;
      }
      never += (never.empty() ? "" : ", ") + band.id;
      findings_.report(band.place, message::band_unreached(
                                       band.id, totals_ ? range_text(*totals_) : std::string("?")));
    }
    if (!never.empty())
      return put("bands", Verdict::fails,
                 {"永远得不到的等级：" + never, "ratings never reached: " + never});
    if (!totals_)
      return put(
          "bands", Verdict::undecided,
          {"不能确定各等级是否都能得到", "whether every rating is reached cannot be decided"});
    put("bands", Verdict::holds, {"各等级都在总分的范围内", "every rating lies within the totals"});
  }
  // Whether the interval has a total the rule set can print.
  [[nodiscard]] bool can_hold(const ruleset::Interval& band, const Range& totals) const {
    const ruleset::Interval whole{totals.low, totals.high, true, true};
    return !ruleset::apart(band, whole);
  }

  void put_vetoes() {
    if (rules_.vetoes.empty()) return;
    std::string idle;
    for (const ruleset::Veto& veto : rules_.vetoes) {
      const auto why = why_idle(veto);
      if (!why) continue;
      idle += (idle.empty() ? "" : ", ") + veto.id;
      findings_.report(veto.place, message::veto_idle(veto.id, *why));
    }
    if (idle.empty())
      return put("vetoes", Verdict::holds, {"每一项否决都可能起作用", "every veto may matter"});
    put("vetoes", Verdict::fails, {"从不起作用：" + idle, "never matter: " + idle});
  }
  [[nodiscard]] std::optional<Text> why_idle(const ruleset::Veto& veto) const {
    if (veto.when) {
      const Graph graph(*veto.when);
      Box box = project_box();
      if (totals_) box.variables[rules_.total_name()] = *totals_;
      const Enclosure holds = Encloser(graph).enclose(box);
      if (holds.is_false() && !holds.may_be_none)
        return Text{"when 永远不成立", "its 'when' never holds"};
    }
    const auto most = veto.limit ? veto.limit : veto.total;
    const bool limits_total = most && (!totals_ || *most < totals_->high);
    const bool limits_rating = veto.rating != ruleset::none && !is_best(veto.rating);
    if (limits_total || limits_rating) return std::nullopt;
    if (most)
      return Text{"总分最高就是 " + number_text(totals_->high),
                  "no total is above " + number_text(totals_->high) + " anyway"};
    return Text{"它留下的就是最高的等级", "what it leaves is the best rating"};
  }
  [[nodiscard]] bool is_best(std::size_t band) const {
    if (rules_.bands[band].only_veto) return false;
    for (std::size_t other = 0; other < rules_.bands.size(); ++other) {
      if (!rules_.bands[other].only_veto &&
          rules_.bands[other].range.low > rules_.bands[band].range.low)
        return false;
    }
    return true;
  }

  void put_adjustments() {
    if (rules_.adjustments.empty()) return;
    std::string open;
    for (const ruleset::Adjustment& rule : rules_.adjustments) {
      const bool bonus = rule.kind == ruleset::AdjustmentKind::bonus;
      const auto& together = bonus ? rules_.bonus_limit : rules_.penalty_limit;
      if (!rule.limit && !together) open += (open.empty() ? "" : ", ") + rule.id;
    }
    if (open.empty())
      return put("adjustments", Verdict::holds,
                 {"加分、扣分都有上限", "bonuses and penalties have limits"});
    out_.points.push_back(
        {"adjustments",
         Verdict::fails,
         false,
         {"没有上限：" + open + (rules_.total_range ? "（总分限制在范围内）" : ""),
          "without a limit: " + open +
              (rules_.total_range ? " (the total is held to its range)" : "")}});
  }

  // Totals just short of a rating that rounding carries into it.
  void put_rounding() {
    const auto half = [](const value::Rounding& rule) {
      return number_text(0.5 * std::pow(10.0, -rule.digits));
    };
    Text out;
    const auto add = [&](const Text& more) {
      out.zh += (out.zh.empty() ? "" : "；") + more.zh;
      out.en += (out.en.empty() ? "" : "; ") + more.en;
    };
    if (const auto& rule = rules_.indicator_rounding)
      add({"每项得分因舍入最多变动 " + half(*rule),
           "rounding moves the points of an indicator by at most " + half(*rule)});
    if (const auto& rule = rules_.block_rounding)
      add({"每块得分最多变动 " + half(*rule), "those of a block by at most " + half(*rule)});
    if (const auto& rule = rules_.total_rounding) {
      add({"总分最多变动 " + half(*rule), "the total by at most " + half(*rule)});
      std::string edges;
      for (const ruleset::Band& band : rules_.bands) {
        if (band.only_veto || !std::isfinite(band.range.low) || !band.range.low_closed) continue;
        if (rule->mode == value::RoundingMode::down) continue;
        const double step = std::pow(10.0, -rule->digits);
        const double from = band.range.low -
                            (rule->mode == value::RoundingMode::up ? step : step / 2);
        edges += (edges.empty() ? "" : ", ") + band.id + " " + number_text(from);
      }
      if (!edges.empty())
        add({"舍入后够得上等级的最低分：" + edges, "before rounding a rating begins at: " + edges});
    }
    if (out.en.empty()) out = {"没有舍入", "nothing is rounded"};
    put("rounding", Verdict::holds, std::move(out));
  }

  const ruleset::RuleSet& rules_;
  RulesProof out_;
  text::Findings findings_;
  std::optional<Range> totals_;
};

}  // namespace
}  // namespace prover

const char* name(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds: return "holds";
    case Verdict::fails: return "fails";
    case Verdict::undecided: break;
  }
  return "undecided";
}

bool RulesProof::has_fault() const {
  const auto any = [](const std::vector<ProofPoint>& points) {
    return std::any_of(points.begin(), points.end(),
                       [](const ProofPoint& point) { return point.is_fault; });
  };
  return any(points) || std::any_of(methods.begin(), methods.end(),
                                    [&](const MethodProof& method) { return any(method.points); });
}

std::size_t RulesProof::count(Verdict verdict) const {
  const auto in = [&](const std::vector<ProofPoint>& list) {
    return static_cast<std::size_t>(
        std::count_if(list.begin(), list.end(),
                      [&](const ProofPoint& point) { return point.verdict == verdict; }));
  };
  std::size_t all = in(points);
  for (const MethodProof& method : methods) all += in(method.points);
  return all;
}

RulesProof prove_rules(const RuleSet& rules, ProofScope scope) {
  return prover::RulesProver(rules.model()).prove(scope);
}

RulesProof prove_method(const RuleSet& rules, const std::string& method) {
  return prover::RulesProver(rules.model()).prove_one(method);
}

}  // namespace jixiao
