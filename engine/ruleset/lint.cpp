// What can be proved wrong about a rule set before any project is seen.
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>
#include <span>

#include "ruleset/narrowest.hpp"
#include "ruleset/reading.hpp"
#include "value/decimals.hpp"

namespace jixiao::ruleset {

using text::Code;

namespace {

std::string points_text(double x) { return value::plain(x, 9); }

// Weights are decimal fractions of the scale; a sum is right when it is right to nine decimals.
bool same_weight(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

}  // namespace

void Reading::check_weights() {
  if (out_.abstract || unread_weights_) return;
  std::vector<double> fixed(out_.blocks.size(), 0);
  std::vector<bool> all_weighted(out_.blocks.size(), true);
  std::vector<std::size_t> count(out_.blocks.size(), 0);
  for (const FixedIndicator& indicator : out_.indicators) {
    if (indicator.block == none) continue;
    ++count[indicator.block];
    fixed[indicator.block] += indicator.weight.value_or(0);
    if (!indicator.weight) all_weighted[indicator.block] = false;
  }
  for (std::size_t i = 0; i < out_.blocks.size(); ++i) {
    Block& block = out_.blocks[i];
    if (block.weight < 0) {
      if (count[i] > 0 && all_weighted[i]) {
        block.weight = fixed[i];
      } else {
        report(Code::key_missing, block.place,
               {"[[block]] " + block.id + " 缺少 'weight'",
                "[[block]] " + block.id + " lacks 'weight'"},
               {"只有块内指标全部固定且有权重时才可省略",
                "it may be left out only when all of its indicators are fixed and weighted"});
        block.weight = 0;
      }
      continue;
    }
    if (count[i] > 0 && all_weighted[i] && fixed[i] < block.weight &&
        !same_weight(fixed[i], block.weight) && !block.weight_range && !brings_own(i)) {
      std::string sum;
      for (const FixedIndicator& indicator : out_.indicators) {
        if (indicator.block == i)
          sum += (sum.empty() ? "" : " + ") + indicator.id + " " + points_text(*indicator.weight);
      }
      report(Code::weights_sum, block.place,
             {"块 " + block.id + " 的指标权重之和为 " + points_text(fixed[i]) + "（" + sum +
                  "），应为 " + points_text(block.weight),
              "the indicators of block " + block.id + " weigh " + points_text(fixed[i]) + " (" +
                  sum + "), they should make " + points_text(block.weight)},
             {"改正权重，或删去部分权重由这些指标均分余下的分值",
              "correct a weight, or leave some out: they share what is left"});
    }
    if (fixed[i] > block.weight && !same_weight(fixed[i], block.weight)) {
      report(Code::weights_sum, block.place,
             {"块 " + block.id + " 的指标权重之和 " + points_text(fixed[i]) + " 超过块权重 " +
                  points_text(block.weight),
              "the indicators of block " + block.id + " weigh " + points_text(fixed[i]) +
                  ", more than the block's " + points_text(block.weight)});
    }
  }
  if (out_.combine || out_.blocks.empty()) return;
  double sum = 0;
  std::string parts;
  for (const Block& block : out_.blocks) {
    sum += block.weight;
    parts += (parts.empty() ? "" : " + ") + block.id + " " + points_text(block.weight);
  }
  if (same_weight(sum, out_.scale)) return;
  report(Code::weights_sum, out_.blocks.front().place,
         {"块权重之和为 " + points_text(sum) + "（" + parts + "），应为 " + points_text(out_.scale),
          "the block weights add up to " + points_text(sum) + " (" + parts +
              "), they should make " + points_text(out_.scale)},
         {"改正某一块的 weight，或设 scale = " + points_text(sum),
          "correct a block's weight, or set scale = " + points_text(sum)});
}

// Whether projects may bring indicators of their own to a block: a method is there to be chosen for
// them.
bool Reading::brings_own(std::size_t block) const {
  return std::any_of(out_.methods.begin(), out_.methods.end(), [&](const Method& method) {
    if (!method.when) return false;
    const auto& blocks = method.when->blocks;
    return blocks.empty() || std::find(blocks.begin(), blocks.end(), block) != blocks.end();
  });
}

bool Reading::may_not_apply(const FixedIndicator& indicator) const {
  return indicator.outside.policy == OutsidePolicy::not_applicable ||
         (indicator.method != none &&
          out_.methods[indicator.method].outside.policy == OutsidePolicy::not_applicable);
}

void Reading::check_decimals(const std::optional<value::Rounding>& rounding, double weight,
                             const text::Place& at, const Text& whose) {
  const auto own = rounding ? value::decimals(weight) : std::nullopt;
  if (!own || *own <= rounding->digits) return;
  const std::string digits = std::to_string(rounding->digits);
  report(Code::weights_decimals, at,
         {whose.zh + " 的 " + points_text(weight) + " 有 " + std::to_string(*own) +
              " 位小数，得分只取 " + digits + " 位",
          whose.en + " weighs " + points_text(weight) + ": more decimals than points rounded to " +
              digits + " may have"},
         {"rounding 中取 " + std::to_string(*own) + " 位，或减少权重的小数位；得分不会超过权重",
          "round to " + std::to_string(*own) +
              ", or give the weight fewer decimals; points never pass it"});
}

// What does not apply, where it cannot be taken out.
void Reading::check_inapplicable() {
  if (out_.abstract) return;
  const bool refuses = out_.not_applicable == NotApplicablePolicy::refuse;
  if (refuses) {
    const Text refused{"，而 [not_applicable] 为 refuse", ", yet [not_applicable] says refuse"};
    const Text help{"outside 改为 error、zero、full 或公式，或改 [not_applicable]",
                    "let outside be error, zero, full or a formula, or change [not_applicable]"};
    for (const FixedIndicator& indicator : out_.indicators) {
      if (!may_not_apply(indicator)) continue;
      report(
          Code::inapplicable_refused, indicator.place,
          {"指标 '" + indicator.id + "' 在 domain 之外不适用" + refused.zh,
           "outside its domain the indicator '" + indicator.id + "' does not apply" + refused.en},
          help);
    }
    for (const Method& method : out_.methods) {
      if (!method.when || method.outside.policy != OutsidePolicy::not_applicable) continue;
      report(Code::inapplicable_refused, method.place,
             {"方法 '" + method.id + "' 在 domain 之外不适用" + refused.zh,
              "outside its domain the method '" + method.id + "' does not apply" + refused.en},
             help);
    }
    return;
  }
  if (out_.not_applicable == NotApplicablePolicy::full) return;
  for (std::size_t b = 0; b < out_.blocks.size(); ++b) {
    const Block& block = out_.blocks[b];
    std::size_t count = 0;
    std::size_t away = 0;
    for (const FixedIndicator& indicator : out_.indicators) {
      if (indicator.block != b) continue;
      ++count;
      if (may_not_apply(indicator)) ++away;
    }
    const bool own_away =
        brings_own(b) &&
        std::any_of(out_.methods.begin(), out_.methods.end(), [&](const Method& method) {
          return method.when && method.outside.policy == OutsidePolicy::not_applicable &&
                 (method.when->blocks.empty() ||
                  std::find(method.when->blocks.begin(), method.when->blocks.end(), b) !=
                      method.when->blocks.end());
        });
    if (block.combine && !block.combine->divides() && (away > 0 || own_away)) {
      report(Code::inapplicable_refused, block.place,
             {"块 " + block.id + " 有可能不适用的指标，而 combine 的 '" +
                  block.combine->total.text() + "' 离不开任何一个",
              "indicators of block " + block.id + " may not apply, and '" +
                  block.combine->total.text() + "' of its combine cannot do without any"},
             {"total 中用个数 N 或权重之和 V，如 'S/N'、'exp(S/V)'；或写 not_applicable = { "
              "indicator = \"refuse\" }",
              "use N, how many there are, or V, the sum of their weights, in total: 'S/N', "
              "'exp(S/V)'; or "
              "not_applicable = { indicator = \"refuse\" }"});
    } else if (out_.combine && names_block(b) && count > 0 && away == count && !brings_own(b)) {
      report(
          Code::inapplicable_refused, block.place,
          {"块 " + block.id + " 的指标都可能不适用，而总分公式 '" + out_.combine->text() +
               "' 离不开这个块",
           "none of the indicators of block " + block.id + " may apply, and the total's formula '" +
               out_.combine->text() + "' cannot do without the block"},
          {"让其中一个指标在 domain 之外也有得分（outside = \"zero\"、\"full\" "
           "或公式）；或把这些块合成一块，用 N 平均",
           "let one of them have points outside its domain (outside = \"zero\", \"full\" or a "
           "formula); or make these "
           "blocks one and divide by N"});
    }
    if (out_.combine && block.when_empty == WhenEmpty::rescale) {
      report(
          Code::inapplicable_refused, block.place,
          {"块 " + block.id + " 为空时要折算总分，而总分由公式 '" + out_.combine->text() +
               "' 算出，无从折算",
           "block " + block.id +
               " would have the total rescaled when it is empty, but the total is the formula '" +
               out_.combine->text() + "'"},
          {"when_empty 写 lost、error 或 { move_to = \"…\" }",
           "let when_empty be lost, error or { move_to = \"…\" }"});
    }
  }
}

bool Reading::names_block(std::size_t block) const {
  const auto used = out_.combine->used();
  return std::find(used.begin(), used.end(), out_.first_block_name() + block) != used.end();
}

// A block the total's formula does not name counts nowhere.
void Reading::check_total() {
  if (out_.abstract || !out_.combine) return;
  for (std::size_t b = 0; b < out_.blocks.size(); ++b) {
    if (names_block(b)) continue;
    const Block& block = out_.blocks[b];
    report(
        Code::block_unused, block.place,
        {"总分公式 '" + out_.combine->text() + "' 没有用到块 " + block.id + "：它的得分不计入总分",
         "the total's formula '" + out_.combine->text() + "' does not name block " + block.id +
             ": its points count nowhere"},
        {"把它写进 [total] combine，或删去这个块",
         "name it in [total] combine, or remove the block"});
  }
}

namespace {

// A method asked what it pays at one actual value. Nothing where it cannot say: outside its domain,
// or when it names more than the target, the weight and its parameters.
class Probe {
 public:
  Probe(const Method& method, std::span<const Parameter> params)
      : method_(method), values_(method.scope.variables.size(), 0) {
    for (std::size_t i = 0; i < params.size(); ++i)
      values_[method.first_param + i] = params[i].value;
    values_[row_W] = weight;
    usable_ = method.states.empty() && knows(method.points) &&
              (!method.domain || knows(*method.domain));
  }

  static constexpr double weight = 10;
  [[nodiscard]] bool usable() const { return usable_; }
  std::optional<double> points(double actual, double target) {
    values_[row_A] = actual;
    values_[row_T] = values_[row_U] = target;
    if (method_.domain) {
      const double inside = method_.domain->evaluate(values_);
      if (!std::isfinite(inside) || inside == 0) return std::nullopt;
    }
    const double points = method_.points.evaluate(values_);
    if (!std::isfinite(points)) return std::nullopt;
    return method_.beyond ? points : std::clamp(points, 0.0, weight);
  }

 private:
  [[nodiscard]] bool knows(const formula::Formula& formula) const {
    const auto used = formula.used();
    return std::all_of(used.begin(), used.end(), [this](std::size_t name) {
      return name == row_A || name == row_T || name == row_U || name == row_W ||
             (name >= method_.first_param && name < method_.first_input);
    });
  }

  const Method& method_;
  std::vector<double> values_;
  bool usable_ = false;
};

struct Miss {
  double target, actual, points, reached;
};

// An actual on one side of the target (`sign`: below or above) that is paid more than reaching it.
std::optional<Miss> paid_beside(Probe& probe, double target, double reached, double sign) {
  const double step = std::abs(target) > 0 ? std::abs(target) : 1;
  for (const double part : {0.01, 0.1, 0.3, 0.5, 0.9}) {
    const double actual = target + sign * part * step;
    const auto points = probe.points(actual, target);
    if (points && *points > reached + 1e-9) return Miss{target, actual, *points, reached};
  }
  return std::nullopt;
}

// An actual that misses the target and is paid more than reaching it. Where the target is to be met
// exactly, one side alone may well be better than the target: both must be paid more.
std::optional<Miss> paid_miss(Probe& probe, value::Direction direction,
                              std::span<const double> targets) {
  using value::Direction;
  const bool equal = direction == Direction::equal;
  const bool below = equal || direction == Direction::at_least || direction == Direction::more_than;
  const bool above = equal || direction == Direction::at_most || direction == Direction::less_than;
  for (const double target : targets) {
    const double step = 0.01 * (std::abs(target) > 0 ? std::abs(target) : 1);
    const double strict = direction == Direction::more_than   ? step
                          : direction == Direction::less_than ? -step
                                                              : 0;
    const auto reached = probe.points(target + strict, target);
    if (!reached) continue;
    const auto under = below ? paid_beside(probe, target, *reached, -1) : std::nullopt;
    const auto over = above ? paid_beside(probe, target, *reached, 1) : std::nullopt;
    if (equal ? under && over : under || over) return under ? under : over;
  }
  return std::nullopt;
}

}  // namespace

// Methods that pay more for missing a target than for reaching it.
void Reading::check_reversed() {
  const auto warn = [&](const text::Place& at, const Text& whose, const Miss& miss) {
    const auto part = [&](double x) { return points_text(x); };
    report(Code::method_reversed, at,
           {whose.zh + "：目标 " + part(miss.target) + "，实际 " + part(miss.actual) +
                " 没有达到，却得 " + part(miss.points) + " 分，达到时只得 " + part(miss.reached) +
                " 分（满分 10）",
            whose.en + " pays more for missing the target: of 10 points " + part(miss.points) +
                " at " + part(miss.actual) + " beside a target of " + part(miss.target) + ", " +
                part(miss.reached) + " when it is reached"},
           {"检查公式中比较的方向，以及 when 的 direction",
            "look at the comparison in its formula, and at the direction in 'when'"});
  };
  constexpr std::array<double, 2> targets{100.0, 2.0};
  constexpr std::array<double, 1> zero{0.0};
  for (const Method& method : out_.methods) {
    if (!method.when) continue;
    const auto& kinds = method.when->kinds;
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), value::Kind::number) == kinds.end())
      continue;
    Probe probe(method, method.params);
    if (!probe.usable()) continue;
    for (const value::Direction direction : method.when->directions) {
      auto miss = method.when->target_zero != true ? paid_miss(probe, direction, targets)
                                                   : std::nullopt;
      if (!miss && method.when->target_zero != false) miss = paid_miss(probe, direction, zero);
      if (!miss) continue;
      warn(method.place,
           {"方法 '" + method.id + "'（" + value::name(direction) + "）",
            "the method '" + method.id + "' (" + value::name(direction) + ")"},
           *miss);
      break;
    }
  }
  for (const FixedIndicator& indicator : out_.indicators) {
    if (!indicator.has_target || indicator.target_formula || indicator.method == none) continue;
    Probe probe(out_.methods[indicator.method], indicator.params);
    if (!probe.usable()) continue;
    const std::array<double, 1> own{indicator.target};
    if (const auto miss = paid_miss(probe, indicator.direction, own))
      warn(indicator.place, {"指标 '" + indicator.id + "'", "the indicator '" + indicator.id + "'"},
           *miss);
  }
}

void Reading::check_bands() {
  std::vector<Interval> intervals;
  std::vector<const Band*> bands;
  const Interval whole = out_.total_range.value_or(Interval{});
  for (const Band& band : out_.bands) {
    if (band.only_veto) continue;
    if (apart(band.range, whole)) {
      report(Code::bands_overlap, band.place,
             {"等级 '" + band.id + "' 不可能出现：总分只在 " + whole.text() + " 之内",
              "the rating '" + band.id + "' can never happen: totals lie within " + whole.text()},
             {"检查 from、scale 与 [total] range", "look at from, scale and [total] range"});
      continue;
    }
    intervals.push_back(band.range);
    bands.push_back(&band);
  }
  if (intervals.empty() || unread_band_) return;
  for (const CoverFlaw& flaw : cover_flaws(intervals, whole)) {
    const Band& band = *bands[flaw.second != CoverFlaw::npos ? flaw.second : flaw.first];
    const std::string where = flaw.where.low == flaw.where.high ? points_text(flaw.where.low)
                                                                : flaw.where.text();
    if (flaw.kind == CoverFlaw::Kind::gap) {
      report(Code::bands_gap, band.place,
             {"总分 " + where + " 没有等级", "a total of " + where + " has no rating"},
             {"把相邻一档改为包含该端点，或使用 from",
              "let the band beside it include that end, or use 'from'"});
    } else {
      report(Code::bands_overlap, band.place,
             {"总分 " + where + " 有两个等级", "a total of " + where + " has two ratings"},
             {"交界处一开一闭，或使用 from", "close one end and open the other, or use 'from'"});
    }
  }
}

namespace {

// The methods an indicator may fit: narrowed down dimension by dimension, so that the work follows
// the methods there are for a combination, not the number of combinations.
using Methods = std::vector<std::size_t>;

// For each value of a dimension the methods of `from` that fit it; values that fit the same methods
// once, the first of them. Values no method names are alike.
std::vector<std::pair<std::size_t, Methods>> split(const std::vector<Method>& methods,
                                                   const Methods& from,
                                                   std::vector<std::size_t> Selector::*list,
                                                   std::size_t values) {
  Methods any;                         // those that name none
  std::vector<Methods> named(values);  // those that name it, ascending
  std::vector<std::pair<std::size_t, Methods>> out;
  for (const std::size_t m : from) {
    const auto& own = (*methods[m].when).*list;
    if (own.empty()) any.push_back(m);
    for (const std::size_t value : own) {
      if (named[value].empty() || named[value].back() != m) named[value].push_back(m);
    }
  }
  std::set<Methods> seen;
  for (std::size_t value = 0; value < values; ++value) {
    if (any.size() + named[value].size() < 2 || !seen.insert(named[value]).second) continue;
    Methods fitting;
    std::merge(any.begin(), any.end(), named[value].begin(), named[value].end(),
               std::back_inserter(fitting));
    out.emplace_back(value, std::move(fitting));
  }
  return out;
}

}  // namespace

// Every combination an indicator can have; each ambiguous pair of methods is reported once.
void Reading::check_methods() {
  if (out_.abstract) return;
  Methods all;
  for (std::size_t m = 0; m < out_.methods.size(); ++m) {
    if (out_.methods[m].when) all.push_back(m);
  }
  std::set<std::pair<std::size_t, std::size_t>> reported;
  std::set<Methods> seen;  // what fits has been looked at
  const auto look_at = [&](const Selector::Subject& subject, const Methods& candidates) {
    Methods fitting;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(fitting),
                 [&](std::size_t m) { return out_.methods[m].when->fits(subject); });
    if (fitting.size() < 2 || !seen.insert(fitting).second) return;
    const auto best = narrowest(out_.methods, fitting);
    if (best.size() < 2 || !reported.emplace(best[0], best[1]).second) return;
    const Method& first = out_.methods[best[0]];
    const Method& second = out_.methods[best[1]];
    const Text what{"方向 " + std::string(value::name(subject.direction)) + "，值 " +
                        value::name(subject.kind) + (subject.target_zero ? "，目标为零" : "") +
                        "，块 " + out_.blocks[subject.block].id,
                    "direction " + std::string(value::name(subject.direction)) + ", value " +
                        value::name(subject.kind) + (subject.target_zero ? ", target zero" : "") +
                        ", block " + out_.blocks[subject.block].id};
    report(Code::method_ambiguous, second.place,
           {"方法 '" + first.id + "' 与 '" + second.id + "' 都适用于同样的指标（" + what.zh + "）",
            "the methods '" + first.id + "' and '" + second.id +
                "' both fit the same indicators (" + what.en + ")"},
           {"让其中一个的 when 更窄（如加 type 或 target）",
            "make the 'when' of one of them narrower (add type or target)"});
  };
  const bool typed = !out_.types.empty();
  for (const auto& [block, of_block] :
       split(out_.methods, all, &Selector::blocks, out_.blocks.size())) {
    const auto by_type = typed ? split(out_.methods, of_block, &Selector::types, out_.types.size())
                               : std::vector<std::pair<std::size_t, Methods>>{{none, of_block}};
    for (const auto& [type, candidates] : by_type) {
      for (int direction = 0; direction <= static_cast<int>(value::Direction::between);
           ++direction) {
        for (int kind = 0; kind < static_cast<int>(value::Kind::phrase); ++kind) {
          for (const bool zero : {false, true})
            look_at({block, type, static_cast<value::Direction>(direction),
                     static_cast<value::Kind>(kind), zero},
                    candidates);
        }
      }
    }
  }
}

}  // namespace jixiao::ruleset
