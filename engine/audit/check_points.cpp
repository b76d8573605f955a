#include <algorithm>
#include <cmath>
#include <map>

#include "audit/checks.hpp"
#include "audit/explanation.hpp"
#include "forms/headings.hpp"
#include "forms/understanding.hpp"
#include "value/rounding.hpp"

namespace jixiao::audit {
namespace {

using value::Direction;
using value::Kind;

// Actual of target in percent points, where more is better.
std::optional<double> percent_of_target(const Row& row) {
  if (!row.aim || !row.reached || row.aim->kind != Kind::number ||
      row.reached->kind != Kind::number)
    return std::nullopt;
  const double target = row.aim->low;
  const double actual = row.reached->low;
  const bool lower = row.aim->direction == Direction::at_most ||
                     row.aim->direction == Direction::less_than;
  if (lower || target <= 0) return std::nullopt;
  return 100 * actual / target;
}

Text by_method(const RowPoints& points) {
  if (points.printed_rule) return {"表上的规则", "the rule on the form"};
  return {"“" + points.title.zh + "”", "'" + points.title.in(Language::en) + "'"};
}

class PointChecks {
 public:
  explicit PointChecks(CheckContext& context) : context_(context) {}

  void run() {
    count_causes();
    for (std::size_t i = 0; i < context_.claims.rows.size(); ++i) {
      const Row& row = context_.claims.rows[i];
      numbers(row.weight, row.name.text, "分值", "weight");
      numbers(row.points, row.name.text, "得分", "points");
      if (!row.points.there()) continue;
      if (!range(row.points, row.weight, row.name.text)) continue;
      if (context_.recomputed != nullptr && row.indicator != none && !row.assessed) compare(i);
    }
    execution();
  }

 private:
  // 优, 百分制: the name of a scale instead of a value on it.
  void numbers(const Number& number, const std::string& subject, const char* zh, const char* en) {
    if (number.there() || forms::says_nothing(number.words.text) || number.words.text.empty())
      return;
    const std::string words = forms::folded(number.words.text);
    AuditFinding& found =
        context_.add(Check::not_a_number, Severity::warning, number.words, subject,
                     {std::string(zh) + "处写的是“" + number.words.text + "”",
                      std::string("the ") + en + " cell says '" + number.words.text + "'"});
    if (forms::is_any(words,
                      "优|优秀|良|良好|中|一般|差|较差|合格|不合格|百分制|十分制|满分|百分比|分"))
      found.explanation = {"填了评分档次或量尺的名称，没有填数",
                           "the name of a scale or grade was typed, not a value on it"};
  }

  // False when the points lie outside 0 to the weight.
  bool range(const Number& points, const Number& weight, const std::string& subject) {
    if (!weight.there()) return true;
    const double most = *weight.value;
    if (*points.value <= most + 1e-9 && *points.value >= -1e-9) return true;
    AuditFinding& found = context_.add(
        Check::over_weight, Severity::error, points.words, subject,
        *points.value < 0 ? Text{"得分 " + points.words.text + " 小于零",
                                 "the points, " + points.words.text + ", are below nothing"}
                          : Text{"得分 " + points.words.text + " 高于分值 " + weight.words.text,
                                 "the points, " + points.words.text + ", exceed the weight of " +
                                     weight.words.text});
    found.computed = "≤" + number_text(most);
    return false;
  }

  static PointsMismatch mismatch_of(const Row& row, const RowPoints& due) {
    PointsMismatch out;
    out.printed = *row.points.value;
    out.decimals = row.points.decimals;
    out.exact = *due.points;
    out.weight = due.weight;
    out.rate = percent_of_target(row);
    out.completion = row.completion.value;
    if (row.reached) out.actual = row.reached->low;
    out.alternatives = due.alternatives;
    return out;
  }

  void count_causes() {
    if (context_.recomputed == nullptr) return;
    for (std::size_t i = 0; i < context_.claims.rows.size(); ++i) {
      const Row& row = context_.claims.rows[i];
      const RowPoints& due = context_.recomputed->rows[i];
      if (row.indicator == none || row.assessed || !row.points.there() || !due.points) continue;
      if (const auto why = explain(mismatch_of(row, due))) ++causes_[why->cause];
    }
  }

  // Two steps hit one decimal by chance: they explain where two rows agree, or two decimals are
  // printed.
  [[nodiscard]] bool is_chance(const Explanation& why, const PointsMismatch& mismatch) const {
    const bool two_steps = why.cause == Cause::rate_first || why.cause == Cause::printed_rate ||
                           why.cause == Cause::twice;
    const auto rows = causes_.find(why.cause);
    return two_steps && mismatch.decimals < 2 && (rows == causes_.end() || rows->second < 2);
  }

  void compare(std::size_t i) {
    const Row& row = context_.claims.rows[i];
    const RowPoints& due = context_.recomputed->rows[i];
    if (!due.points) return;
    if (row.rule_aside && *row.points.value == 0) return;
    const PointsMismatch mismatch = mismatch_of(row, due);
    auto why = explain(mismatch);
    if (!why) return;
    if (is_chance(*why, mismatch)) why->text = {};
    context_.explanations[i] = why->text;
    const bool met = near(*due.points, due.weight);
    const bool full = near(mismatch.printed, due.weight);
    if (row.graded) return grade(row, due);
    if (leaves_open(due, mismatch.printed)) return;
    if (met && mismatch.printed < due.weight) return deducted(row, due, *why);
    // How much a day's delay costs is for the rule to say; without one any points below full marks
    // may be right.
    if (row.aim && row.aim->kind == Kind::date && !due.printed_rule && !full) return;
    if (full) return full_marks(row, due, *why);
    if (why->cause == Cause::rounded) return;
    if (why->cause == Cause::alternative && !due.printed_rule) return;  // another rule in use
    const bool rounding = why->cause == Cause::rounded_whole || why->cause == Cause::cut ||
                          why->cause == Cause::raised || why->cause == Cause::rate_first;
    differs(row, due, *why, rounding ? Severity::note : Severity::warning);
  }

  // "每低1个百分点扣0.5分" says nothing of half a point: parts of a step may count as well.
  static bool leaves_open(const RowPoints& due, double printed) {
    if (!due.printed_rule || !due.method.ends_with(".full")) return false;
    const std::string stem = due.method.substr(0, due.method.rfind('.'));
    return std::any_of(due.alternatives.begin(), due.alternatives.end(),
                       [&](const AlternativeMethod& alternative) {
                         return alternative.method.starts_with(stem + ".") &&
                                std::abs(alternative.points - printed) < 0.005;
                       });
  }

  void differs(const Row& row, const RowPoints& due, const Explanation& why, Severity severity) {
    const std::string points = value::plain(*due.points, 4);
    const Text by = by_method(due);
    AuditFinding& found = context_.add(
        Check::k3, severity, row.points.words, row.name.text,
        {"得分写 " + row.points.words.text + "，按" + by.zh + "应为 " + points,
         "the form gives " + row.points.words.text + " points; " + by.en + " gives " + points});
    found.computed = points;
    found.explanation = why.text;
  }

  void grade(const Row& row, const RowPoints& due) {
    if (due.allowed.empty()) return;
    AuditFinding& found =
        context_.add(Check::k3, Severity::warning, row.points.words, row.name.text,
                     {"“" + row.actual.text + "”得 " + row.points.words.text + " 分，不在该档之内",
                      "'" + row.actual.text + "' with " + row.points.words.text +
                          " points: outside that grade"});
    found.explanation = due.allowed;
    found.computed = value::plain(*due.points, 4);
  }

  // The target is met and points are off.
  void deducted(const Row& row, const RowPoints& due, const Explanation& why) {
    if (row.reason.there()) return;
    AuditFinding& found =
        context_.add(Check::k4, Severity::warning, row.points.words, row.name.text,
                     {"目标 " + row.target.text + " 已达到（" + row.actual.text + "），仍少得 " +
                          number_text(due.weight - *row.points.value) + " 分而没有说明",
                      "the target " + row.target.text + " is met (" + row.actual.text + "), " +
                          counted(due.weight - *row.points.value, "point is", "points are") +
                          " off and nothing says why"});
    found.computed = number_text(due.weight);
    found.explanation = why.text;
  }

  void full_marks(const Row& row, const RowPoints& due, const Explanation& why) {
    const std::string points = value::plain(*due.points, 2);
    AuditFinding& found =
        context_.add(Check::k5, Severity::warning, row.points.words, row.name.text,
                     {"目标 " + row.target.text + " 未达到（" + row.actual.text + "），仍得满分 " +
                          row.points.words.text,
                      "the target " + row.target.text + " is missed (" + row.actual.text +
                          "), and full marks are given: " + row.points.words.text});
    found.computed = points;
    found.explanation = why.text;
  }

  // The budget's own row, with the ways of its own.
  void execution() {
    const Claims& claims = context_.claims;
    const MoneyLine* money = claims.total_money();
    const Number* points = nullptr;
    const Number* weight = nullptr;
    for (const MoneyLine& line : claims.money) {
      numbers(line.weight, line.name.text, "分值", "weight");
      if (line.points.there()) points = &line.points, weight = &line.weight;
    }
    for (const Row& row : claims.rows) {
      if (row.indicator == none && row.points.there() && points == nullptr)
        points = &row.points, weight = &row.weight;
    }
    if (points == nullptr || money == nullptr) return;
    const bool told = std::any_of(
        context_.findings.begin(), context_.findings.end(),
        [&](const AuditFinding& found) { return found.check == std::string_view("total-place"); });
    if (told || !range(*points, *weight, money->name.text)) return;
    const auto budget = budget_of(*money);
    if (!weight->there() || !budget || *budget <= 0 || !money->executed.there()) return;
    const double executed = *money->executed.value;
    const bool by_rules = context_.recomputed != nullptr && context_.recomputed->execution.points &&
                          near(context_.recomputed->execution.weight, *weight->value);
    PointsMismatch mismatch;
    mismatch.printed = *points->value;
    mismatch.decimals = points->decimals;
    mismatch.weight = *weight->value;
    mismatch.exact = by_rules ? *context_.recomputed->execution.points
                              : std::min(1.0, executed / *budget) * mismatch.weight;
    mismatch.rate = std::min(100.0, 100 * executed / *budget);
    mismatch.completion = money->rate.value;
    if (money->initial.there() && *money->initial.value > 0)
      mismatch.alternatives.push_back(
          {"execution.initial",
           {"执行数比年初预算", "executed of the initial budget"},
           std::min(1.0, executed / *money->initial.value) * mismatch.weight});
    mismatch.alternatives.push_back({"execution.linear",
                                     {"按执行率计分", "proportional to execution"},
                                     *mismatch.rate / 100 * mismatch.weight});
    const auto why = explain(mismatch);
    if (!why || why->cause == Cause::rounded) return;
    const bool proportional = why->cause == Cause::alternative &&
                              why->text.en.find("proportional") != std::string::npos;
    if (proportional) return;  // the plainest rule there is
    const bool slight = why->cause == Cause::rounded_whole || why->cause == Cause::cut ||
                        why->cause == Cause::raised || why->cause == Cause::rate_first ||
                        why->cause == Cause::alternative;
    const std::string due = value::plain(mismatch.exact, 4);
    AuditFinding& found = context_.add(
        Check::k3, slight ? Severity::note : Severity::warning, points->words, money->name.text,
        {"预算执行得分写 " + points->words.text + "，按执行率 " + value::plain(*mismatch.rate, 2) +
             "% 应为 " + due,
         "the execution is given " + points->words.text + " points; its rate of " +
             value::plain(*mismatch.rate, 2) + "% makes " + due});
    found.computed = due;
    found.explanation = why->text;
  }

  CheckContext& context_;
  std::map<Cause, std::size_t> causes_;
};

}  // namespace

void check_points(CheckContext& context) {
  if (context.claims.reports) PointChecks(context).run();
}

}  // namespace jixiao::audit
