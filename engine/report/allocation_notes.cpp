#include "report/allocation_notes.hpp"

#include <cmath>

#include "page/numbers.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
namespace {

class Notes {
 public:
  Notes(const Allocation& allocation, int digits, Language language)
      : split_(allocation), digits_(digits), language_(language) {}

  std::vector<std::string> write() {
    in_proportion();
    certainty();
    results();
    curves();
    unmeasured(
        "no", {"没有任何指标随这些支出项变动：", "No indicator follows the money of "},
        {"。给多给少都不影响得分，这里的金额不是算出来的好坏",
         ": more or less of it moves no point, so the score says nothing about what it should be"});
    unmeasured("cost-only",
               {"这些支出项只有成本指标衡量，少花只会加分：", "Only what it costs is scored of "},
               {"。它们办成了什么没有指标，压减前要另行判断",
                ": spending less never loses a point, and nothing measures what the money brings "
                "about; judge that before cutting"});
    if (split_.unspent > 0)
      say({money(split_.unspent) + " 没有分出去：多给任何一项都不加分甚至减分，或凑不成一个步长",
           money(split_.unspent) +
               " is not given out: no item gains by it, or it makes no whole step"});
    frontier();
    if (!split_.dropped.empty())
      say({"不要求遵守的约束：" + list(split_.dropped),
           "Constraints that need not be kept: " + list(split_.dropped)});
    return std::move(out_);
  }

 private:
  void say(const Text& text) { out_.push_back(text.in(language_)); }
  [[nodiscard]] std::string money(double yuan) const { return money_text(yuan, language_); }
  static std::string list(const std::vector<std::string>& all) {
    std::string out;
    for (const std::string& one : all) out += (out.empty() ? "" : ", ") + one;
    return out;
  }

  void in_proportion() {
    if (std::isnan(split_.in_proportion) || split_.of_projects) return;
    const std::string total = total_text(split_.in_proportion, digits_);
    const std::string broken = list(split_.violated_in_proportion);
    say({"同样的钱按现有比例分：" + total + " 分" + (broken.empty() ? "" : "，违反约束 " + broken),
         "The same money in proportion to what there is: " + total + " points" +
             (broken.empty() ? "" : ", constraints violated: " + broken)});
  }

  // A score hides what it is made of: the results the split gives up stand beside it.
  void results() {
    std::string zh, en;
    for (const AllocatedResult& result : split_.results) {
      if (result.before == result.after) continue;
      zh += (zh.empty() ? "" : "；") + result.label.zh + " " + result.before + " → " + result.after;
      en += (en.empty() ? "" : "; ") + result.label.en + " " + result.before + " → " + result.after;
    }
    if (!zh.empty()) say({"随之变动的结果：" + zh, "Results that move with it: " + en});
  }

  // Money that is too little for any split is no point of the frontier.
  void frontier() {
    double least = std::nan("");
    bool missing = false;
    for (const FrontierPoint& point : split_.frontier) {
      missing = missing || std::isnan(point.score);
      if (!std::isnan(point.score)) least = std::fmin(least, point.money);
    }
    if (!missing || std::isnan(least)) return;
    say({"少于 " + money(least) + " 时没有分法能同时守住上下限、约束和曲线",
         "For less than " + money(least) + " no split keeps all limits, constraints and curves"});
  }

  // Between which declared points of its curves the split stays; a curve says nothing beyond its
  // ends.
  void curves() {
    Text within, beyond;
    for (const AllocatedCurve& curve : split_.curves) {
      const std::string range = value::plain(curve.lowest, 4, true) + " – " +
                                value::plain(curve.highest, 4, true);
      const std::string here = value::plain(curve.after, 4, true);
      Text& to = curve.is_beyond() ? beyond : within;
      to.zh += (to.zh.empty() ? "" : "；") + curve.label.in(Language::zh) + "（" + curve.of + " " +
               range + "，这里 " + here + "）";
      to.en += (to.en.empty() ? "" : "; ") + curve.label.in(Language::en) + " (" + curve.of + " " +
               range + ", here " + here + ")";
    }
    if (!within.empty())
      say({"曲线只在声明的点之间使用：" + within.zh,
           "Curves are used between their declared points: " + within.en});
    if (!beyond.empty())
      say({"越过了曲线声明的点，那里曲线是平的，什么也没有说：" + beyond.zh,
           "Beyond the declared points of a curve, where it is flat and says nothing: " +
               beyond.en});
  }

  void certainty() {
    const bool least = split_.goal == "least-money";
    const std::string step = money(split_.step),
                      bound = least ? money(split_.bound) : total_text(split_.bound, digits_);
    if (split_.method == "exact") {
      say({"各项互不影响（逐一验算过），按 " + step + " 一步用动态规划求得，没有更好的分法",
           "The parts act apart, which was checked step by step; solved exactly in steps of " +
               step + ": no split is better"});
    } else if (split_.method == "every") {
      say({"按 " + step + " 一步，每一种分法都计过分，没有更好的",
           "Every split in steps of " + step + " was scored: none is better"});
    } else {
      say({"总分不是各部分之和，这是搜索到的最好分法（" + step + " 一步）；再好也不会" +
               (least ? "少于 " : "超过 ") + bound,
           "The total is no sum of parts here: the best split that was found, in steps of " + step +
               "; no split is better than " + bound});
    }
  }

  void unmeasured(const std::string& kind, const Text& before, const Text& after) {
    std::vector<std::string> names;
    for (const AllocatedPart& part : split_.parts) {
      if (part.measured == kind && !part.is_protected) names.push_back(part.label.in(language_));
    }
    if (names.empty()) return;
    say({before.zh + list(names) + after.zh, before.en + list(names) + after.en});
    const Text kept = split_.unmeasured == "free"
                          ? Text{"（unmeasured = \"free\"：分法可以把它们全部拿走）",
                                 " (unmeasured = \"free\": the split may take all of it)"}
                      : split_.unmeasured == "keep"
                          ? Text{"（unmeasured = \"keep\"：至少保住现有金额）",
                                 " (unmeasured = \"keep\": they keep at least what they have)"}
                          : Text{"（至少按现有比例分得应得的一份）",
                                 " (they get at least their share in proportion)"};
    out_.back() += kept.in(language_);
  }

  const Allocation& split_;
  int digits_;
  Language language_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> allocation_notes(const Allocation& allocation, int digits,
                                          Language language) {
  return Notes(allocation, digits, language).write();
}

}  // namespace jixiao::report
