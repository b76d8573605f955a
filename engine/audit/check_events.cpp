#include <cmath>

#include "audit/checks.hpp"

namespace jixiao::audit {
namespace {

using forms::EventKind;

class EventChecks {
 public:
  explicit EventChecks(CheckContext& context) : context_(context) {}

  void run() {
    for (const EventLine& event : context_.claims.events) {
      if (event.kind == EventKind::veto || !event.points.there()) continue;
      const bool adds = event.kind == EventKind::bonus;
      if (adds && *event.points.value < 0) {
        context_.add(Check::over_weight, Severity::error, event.points.words, event.name.text,
                     {"加分项的得分 " + event.points.words.text + " 小于零",
                      "a bonus of " + event.points.words.text + " points is below nothing"});
        continue;
      }
      if (within_limit(event) && event.certain) compare(event);
      if (!adds && *event.points.value != 0 && event.reason.on_form && !event.reason.there())
        context_.add(Check::k14, Severity::warning, {{}, event.reason.place, true}, event.name.text,
                     {"扣了 " + number_text(std::abs(*event.points.value)) + " 分，没有说明原因",
                      counted(std::abs(*event.points.value), "point", "points") +
                          " taken, and no reason given"});
    }
  }

 private:
  bool within_limit(const EventLine& event) {
    if (!event.most.there() || std::abs(*event.points.value) <= *event.most.value + 1e-9)
      return true;
    const std::string most = number_text(*event.most.value);
    context_
        .add(Check::over_weight, Severity::error, event.points.words, event.name.text,
             event.kind == EventKind::bonus
                 ? Text{"加分 " + event.points.words.text + " 超过上限 " + most,
                        "a bonus of " + event.points.words.text + " exceeds its limit of " + most}
                 : Text{"扣分 " + event.points.words.text + " 超过上限 " + most,
                        "a deduction of " + event.points.words.text + " exceeds its limit of " +
                            most})
        .computed = "≤" + most;
    return false;
  }

  void compare(const EventLine& event) {
    if (context_.recomputed == nullptr || !event.by_rule) return;
    const auto due = event_points(*context_.recomputed, event);
    const auto change = event.change();
    if (!due || std::abs(*due - *change) < 0.005) return;
    const std::string points = number_text(std::abs(*due));
    context_
        .add(Check::k3, Severity::warning, event.points.words, event.name.text,
             {"得分写 " + event.points.words.text + "，按“" + event.rule.text + "”和 " +
                  event.actual.text + " 应为 " + points,
              "the form gives " + event.points.words.text + " points; '" + event.rule.text +
                  "' with " + event.actual.text + " gives " + points})
        .computed = points;
  }

  CheckContext& context_;
};

}  // namespace

void check_events(CheckContext& context) {
  if (context.claims.reports) EventChecks(context).run();
}

}  // namespace jixiao::audit
