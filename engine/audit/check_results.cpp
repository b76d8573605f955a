#include <algorithm>
#include <cmath>

#include "audit/checks.hpp"
#include "forms/headings.hpp"
#include "forms/understanding.hpp"
#include "value/rounding.hpp"

namespace jixiao::audit {
namespace {

using value::Direction;
using value::Kind;

class ResultChecks {
 public:
  ResultChecks(CheckContext& context, const Row& row) : context_(context), row_(row) {}

  void run() {
    if (row_.actual.text.empty() || !row_.readable) return;
    inequality();
    if (!row_.aim || !row_.reached || row_.aim->kind != Kind::number ||
        row_.reached->kind != Kind::number)
      return;
    if (units_clash() || fraction()) return;
    if (row_.certain) far_surpassed();
    impossible_rate();
    if (row_.certain) completion();
  }

 private:
  AuditFinding& add(Check check, Severity severity, Text message) {
    return context_.add(check, severity, row_.actual, row_.name.text, std::move(message));
  }

  void inequality() {
    const auto read = value::read_field(forms::folded(row_.actual.text), context_.claims.year);
    if (!read || !read->direction || *read->direction == Direction::equal) return;
    if (read->kind == Kind::number && *read->direction != Direction::between) {
      AuditFinding& found = add(Check::inequality, Severity::warning,
                                {"完成值写成了不等式“" + row_.actual.text + "”",
                                 "the result is an inequality: " + row_.actual.text});
      if (forms::folded(row_.actual.text) == forms::folded(row_.target.text))
        found.explanation = {"照抄了目标", "copied from the target"};
    } else if (read->kind == Kind::date &&
               forms::has_any(
                   row_.actual.text.substr(row_.actual.text.size() -
                                           std::min<std::size_t>(6, row_.actual.text.size())),
                   "前|内")) {
      add(Check::inequality, Severity::note,
          {"完成值是期限“" + row_.actual.text + "”，不是日期",
           "the result is a deadline, not a day: " + row_.actual.text})
          .explanation = {"写实际完成的日期", "write the day on which it was done"};
    }
  }

  bool units_clash() {
    const value::Unit& target = row_.aim->unit;
    const value::Unit& actual = row_.reached->unit;
    if (target.is_number() || actual.is_number()) return false;
    if (!target.same_dimension(actual)) {
      const bool of_one_kind = !target.counts_money() && !actual.counts_money() &&
                               !target.is_percent() && !actual.is_percent();
      add(Check::unit_clash, of_one_kind ? Severity::warning : Severity::error,
          {"目标以“" + target.text() + "”计，完成值以“" + actual.text() + "”计",
           "the target counts " + target.text() + ", the result " + actual.text()});
      return true;
    }
    constexpr double far = 1000;
    const double a = row_.reached->low;
    const double t = row_.aim->low;
    if (target.counts_money() && a > 0 && t > 0 && (a >= far * t || a * far <= t)) {
      add(Check::unit_clash, Severity::warning,
          {"完成值 " + row_.actual.text + " 与目标 " + row_.target.text + " 相差千倍以上",
           "the result " + row_.actual.text + " and the target " + row_.target.text +
               " are a thousand times apart"})
          .explanation = {"可能元与万元混用", "元 and 万元 may be mixed up"};
      return true;
    }
    return false;
  }

  // 0.93 beside ≥95%.
  bool fraction() {
    const bool bare = value::read_number(forms::folded(row_.actual.text)).has_value();
    const double a = row_.reached->low;
    if (!row_.aim->unit.is_percent() || !bare || row_.aim->low < 2 || !(a > 0) || a > 1)
      return false;
    AuditFinding& found =
        add(Check::unit_clash, Severity::warning,
            {"目标是 " + row_.target.text + "，完成值写的是 " + row_.actual.text,
             "the target is " + row_.target.text + ", the result says " + row_.actual.text});
    found.computed = value::plain(100 * a, 4) + "%";
    found.explanation = {"把百分数写成了小数", "a per cent written as a fraction"};
    return true;
  }

  void far_surpassed() {
    const double t = row_.aim->low;
    const double a = row_.reached->low;
    if (t <= 0 || row_.reason.there()) return;
    constexpr double far = 1.3;  // from which one software asks for a reason
    const std::string rate = value::plain(100 * a / t, 1) + "%";
    if (!is_lower(*row_.aim) && row_.aim->direction != Direction::between && a / t >= far - 1e-9 &&
        !bounded_above()) {
      add(Check::k6, Severity::warning,
          {"完成了目标的 " + rate + "，没有说明原因",
           rate + " of the target was reached, and nothing says why"})
          .explanation = {"目标可能定得偏低", "the target may have been set too low"};
      return;
    }
    constexpr double saved = 0.7;
    const bool cost = row_.block_id == "cost" || row_.type_id.find("cost") != std::string::npos;
    if (is_lower(*row_.aim) && cost && row_.aim->unit.counts_money() && a / t < saved - 1e-9) {
      add(Check::k6, Severity::note,
          {"成本只有目标的 " + rate + "，没有说明原因",
           "the cost is " + rate + " of the target, and nothing says why"})
          .explanation = {"目标可能定得偏高", "the target may have been padded"};
    }
  }

  // A rate that cannot be above 100%, and is.
  [[nodiscard]] bool bounded_above() const {
    if (!row_.reached->unit.is_percent() || row_.reached->low <= 100 + 1e-9 || row_.aim->low > 100)
      return false;
    if (forms::has_any(row_.name.text, "增长|增幅|提高|提升|增加|周转|回报")) return false;
    // more than planned is no wonder
    const bool of_plan = forms::has_any(row_.name.text, "完成率|执行率|达成率|完成比例");
    constexpr double wonder = 150;
    return row_.reached->low > wonder || (speaks_of_rate(row_.name.text) && !of_plan);
  }

  void impossible_rate() {
    if (!bounded_above()) return;
    AuditFinding& found =
        add(Check::over_rate, Severity::warning,
            {"“" + row_.name.text + "”写 " + row_.actual.text + "，比率不会超过 100%",
             "'" + row_.name.text + "' is " + row_.actual.text + ": no such rate is above 100%"});
    const double tenth = row_.reached->low / 10;
    const std::string digits = value::plain(row_.reached->low, 4);
    const auto rest = digits.size() > 2 ? value::read_number(digits.substr(1)) : std::nullopt;
    if (rest && *rest <= 100 && *rest >= row_.aim->low * 0.5)
      found.explanation = {"可能多写了一位：" + value::plain(*rest, 4) + "%？",
                           "a digit too many: " + value::plain(*rest, 4) + "%?"};
    else if (tenth <= 100)
      found.explanation = {"可能错了小数点：" + value::plain(tenth, 4) + "%？",
                           "a point in the wrong place: " + value::plain(tenth, 4) + "%?"};
  }

  void completion() {
    if (!row_.completion.there() || row_.aim->low <= 0) return;
    const double t = row_.aim->low;
    const double a = row_.reached->low;
    const double printed = *row_.completion.value;
    const bool lower = is_lower(*row_.aim);
    const value::Rounding rounding{std::clamp(row_.completion.decimals, 0, 6)};
    std::vector<double> fitting{100 * a / t, std::min(100.0, 100 * a / t)};
    if (lower) fitting = {100 * a / t, 100 * (2 - a / t), a <= t ? 100.0 : 100 * t / a};
    if (lower && a > 0) fitting.push_back(100 * t / a);
    if (row_.aim->unit.is_percent())
      fitting.push_back(a);  // the rate itself, where rates are meant
    for (const double each : fitting) {
      if (near(rounding(each), printed)) return;
    }
    const double step = std::pow(10.0, -rounding.digits);
    const bool near_miss = std::abs(printed - fitting.front()) < step - 1e-9;
    const std::string due =
        value::plain(value::Rounding{std::max(rounding.digits, 2)}(fitting.front()), 4) + "%";
    AuditFinding& found =
        context_.add(Check::k18, near_miss ? Severity::note : Severity::warning,
                     row_.completion.words, row_.name.text,
                     {"完成率写 " + row_.completion.words.text + "，完成值除以目标是 " + due,
                      "the completion rate says " + row_.completion.words.text +
                          "; result by target is " + due});
    found.computed = due;
    if (near_miss) found.explanation = {"舍入的方向不对", "rounded the wrong way"};
  }

  CheckContext& context_;
  const Row& row_;
};

// Every result is its target, to the letter or to the number.
void find_copies(CheckContext& context) {
  std::size_t comparable = 0;
  std::size_t equal = 0;
  std::size_t surveyed = 0;  // a survey that hits its target exactly
  const Row* first = nullptr;
  for (const Row& row : context.claims.rows) {
    if (row.indicator == none || row.actual.text.empty() || row.target.text.empty()) continue;
    const bool letter = forms::folded(row.actual.text) == forms::folded(row.target.text);
    const bool number = row.aim && row.reached && row.aim->kind == Kind::number &&
                        row.reached->kind == Kind::number;
    if (!letter && !number) continue;
    ++comparable;
    const bool same = letter || (near(row.aim->low, row.reached->low) &&
                                 row.aim->unit.same_dimension(row.reached->unit));
    if (!same) continue;
    ++equal;
    if (first == nullptr) first = &row;
    if (row.block_id == "satisfaction" && row.aim && row.aim->low < 100) ++surveyed;
    if (letter && row.graded) {
      context
          .add(Check::k21, Severity::note, row.actual, row.name.text,
               {"完成情况与目标同文：“" + row.actual.text + "”",
                "the result repeats the words of the target: " + row.actual.text})
          .explanation = {"没有说达成到什么程度", "it does not say how far it was reached"};
    }
  }
  constexpr std::size_t least = 4;
  if (comparable < least || equal != comparable) return;
  const std::string n = std::to_string(equal);
  context
      .add(Check::k21, surveyed > 0 ? Severity::warning : Severity::note, first->actual, {},
           {n + " 行结果无一例外等于目标" + (surveyed > 0 ? "，满意度也分毫不差" : ""),
            "all " + n + " results equal their targets" +
                (surveyed > 0 ? ", satisfaction to the last digit" : "")})
      .explanation = {"可能照抄了目标", "they may have been copied from the targets"};
}

}  // namespace

void check_results(CheckContext& context) {
  if (!context.claims.reports) return;
  for (const Row& row : context.claims.rows) {
    if (row.indicator != none) ResultChecks(context, row).run();
  }
  find_copies(context);
}

}  // namespace jixiao::audit
