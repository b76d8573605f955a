#include "audit/explanation.hpp"

#include <algorithm>
#include <cmath>

#include "audit/checks.hpp"
#include "value/rounding.hpp"

namespace jixiao::audit {
namespace {

using value::Rounding;
using value::RoundingMode;

std::string cents(double x) { return value::plain(x, 2); }

class Search {
 public:
  explicit Search(const PointsMismatch& mismatch) : p_(mismatch) {}

  [[nodiscard]] Explanation run() const {
    const std::string own = value::plain(p_.exact, 4);
    const std::string printed = number_text(p_.printed);
    if (p_.decimals < 2) {
      const std::string to = std::to_string(p_.decimals);
      if (rounds(p_.exact, RoundingMode::half_up)) {
        if (p_.decimals == 1)
          return {
              Cause::rounded,
              {own + " 保留一位小数为 " + printed, own + " rounded to one decimal is " + printed}};
        return {
            Cause::rounded_whole,
            {own + " 四舍五入到整数为 " + printed, own + " rounded to whole points is " + printed}};
      }
    }
    if (rounds(p_.exact, RoundingMode::down))
      return {Cause::cut,
              {printed + " 是 " + own + " 舍去尾数", printed + " is " + own + " rounded down"}};
    if (rounds(p_.exact, RoundingMode::up))
      return {Cause::raised,
              {printed + " 是 " + own + " 进位", printed + " is " + own + " rounded up"}};
    for (const AlternativeMethod& alternative : p_.alternatives) {
      if (!matches(alternative.points)) continue;
      return {Cause::alternative,
              {"按“" + alternative.title.zh + "”计为 " + cents(alternative.points),
               "'" + alternative.title.in(Language::en) + "' gives " + cents(alternative.points)}};
    }
    if (const auto first = rate_first()) return *first;
    if (const auto slip = slips()) return *slip;
    return {};
  }

 private:
  [[nodiscard]] bool rounds(double x, RoundingMode mode) const {
    return near(Rounding{p_.decimals, mode}(x), p_.printed);
  }
  [[nodiscard]] bool matches(double x) const {
    return rounds(x, RoundingMode::half_up) || near(Rounding{2}(x), p_.printed);
  }

  [[nodiscard]] std::optional<Explanation> rate_first() const {
    if (p_.rate) {
      for (const int digits : {2, 1, 0}) {
        const double rate = Rounding{digits}(*p_.rate);
        if (!matches(p_.weight * rate / 100)) continue;
        return Explanation{
            Cause::rate_first,
            {"比率先取为 " + value::plain(rate, 2) + "%，再乘分值 " + number_text(p_.weight),
             "the rate was rounded to " + value::plain(rate, 2) + "% first, then multiplied by " +
                 number_text(p_.weight)}};
      }
    }
    if (p_.completion && matches(p_.weight * std::min(*p_.completion, 100.0) / 100)) {
      return Explanation{
          Cause::printed_rate,
          {"按表上的完成率 " + value::plain(*p_.completion, 2) + "% 计",
           "by the completion rate as printed, " + value::plain(*p_.completion, 2) + "%"}};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Explanation> slips() const {
    const double share = p_.weight > 0 ? p_.exact / p_.weight : 0;
    const std::string weight = number_text(p_.weight);
    if (share > 0 && matches(p_.exact * p_.weight / 100))
      return Explanation{Cause::twice,
                         {"分值乘了两次（又乘 " + weight + "%）",
                          "the weight was applied twice (times " + weight + "% again)"}};
    if (share > 0 && matches(p_.exact * share))
      return Explanation{Cause::twice, {"完成率乘了两次", "the completion rate was applied twice"}};
    if (p_.rate && near(p_.printed, Rounding{p_.decimals}(*p_.rate)))
      return Explanation{Cause::typed,
                         {"填的是完成率", "the completion rate was typed as the points"}};
    if (p_.actual && near(p_.printed, *p_.actual))
      return Explanation{Cause::typed, {"填的是完成值", "the result was typed as the points"}};
    if (share > 0 && p_.weight != 10 && matches(share * 10))
      return Explanation{Cause::scale, {"按十分制填写", "given out of ten, not out of the weight"}};
    if (share > 0 && p_.weight != 100 && matches(share * 100))
      return Explanation{Cause::scale,
                         {"按百分制填写", "given out of a hundred, not out of the weight"}};
    return std::nullopt;
  }

  const PointsMismatch& p_;
};

}  // namespace

std::optional<Explanation> explain(const PointsMismatch& mismatch) {
  if (near(mismatch.printed, mismatch.exact)) return std::nullopt;
  const int digits = std::clamp(mismatch.decimals, 2, 9);
  if (near(mismatch.printed, value::Rounding{digits}(mismatch.exact))) return std::nullopt;
  return Search(mismatch).run();
}

}  // namespace jixiao::audit
