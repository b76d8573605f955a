// The words of a printed rule (评分标准), clause by clause. A rule is understood when every word of
// it is: nothing is picked out of a text that says more. Private to this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao::forms {

// What stands behind a number.
enum class RuleUnit { none, percent, percent_points, days, workdays, months, other };

struct RuleAmount {
  double value = 0;
  RuleUnit unit = RuleUnit::none;
  std::string word;  // of another unit: 人, 万元
};

// Whether an end of a range belongs to it: 不低于, （含） say so; 低于 says no; 以上, 以下 rather
// do; 80%-90% leaves it to the neighbours.
enum class Holds { yes, no, likely, unsaid };

struct RuleEnd {
  RuleAmount at;
  Holds holds = Holds::unsaid;
};

// What a range or a step is of.
enum class Measured { unsaid, value, completion };

struct RuleCondition {
  enum class Kind {
    always,     // no words
    span,       // between `low` and `high`
    point,      // a number alone: 100%得满分
    met,        // 达到目标值, 按期完成
    missed,     // 未达到目标值, 逾期
    below,      // 低于计划数
    above,      // 超过计划数
    otherwise,  // 否则
    late        // 延期…: `low` and `high` are days or months late
  };
  Kind kind = Kind::always;
  Measured of = Measured::unsaid;
  std::optional<RuleEnd> low, high;
  // What its words fit: a limit, an aim, a day, something that happens. A rule that speaks of
  // another than its target is not understood.
  bool limit = false, aim = false, time = false, event = false;
};

// Points: so many, or a share of the weight.
struct RulePoints {
  double value = 0;
  bool share = false;  // percent of the weight
};

struct RuleStep {
  enum class Way { below, above, either, late, each };  // each: 每发生一起
  Way way = Way::below;
  RuleAmount size;
  RulePoints cost;
  bool of_target = false;  // 每低于目标值…
};

struct RuleClause {
  enum class Kind {
    full,          // full marks
    points,        // `points`
    nothing,       // no points
    loses,         // full marks less `points`
    proportional,  // in proportion to the completion
    inverse,       // target over result
    step,          // `step`
    gains,         // so many points for each `step.size`, up to full marks
    parts,         // what a part of a step costs: `parts`
    floor,         // until nothing is left
    most,          // at most `points` are lost
    standard,      // 以100%为标准: `condition.low`
    weight,        // 满分10分: `points`
    aside          // 发生重大事故不得分: nothing a number could tell
  };
  enum class Parts { none, whole, begun };  // in proportion; full steps only; begun steps count
  Kind kind = Kind::floor;
  RuleCondition condition;
  RulePoints points;
  RuleStep step;
  Parts parts = Parts::whole;
};

// Nothing when a word is left over. `name`: of the indicator, which a rule may repeat.
std::optional<std::vector<RuleClause>> read_clauses(std::string_view text, std::string_view name,
                                                    std::string_view unit);

}  // namespace jixiao::forms
