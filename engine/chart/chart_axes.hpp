// Number axes people can read: round steps, amounts of money in 万元, days as days.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chart/svg_frame.hpp"
#include "jixiao/study.hpp"
#include "jixiao/text.hpp"

namespace jixiao::chart {

// The span of finite numbers, widened by `air` of itself at both ends; never empty. Nothing finite:
// 0..1.
Span span_of(const std::vector<double>& numbers, double air = 0);

// How numbers of one quantity are said along an axis or in a label.
class Measure {
 public:
  // `unit`: as the study names it; `largest`: the largest amount that is shown, which decides on
  // 元, 万元 or 亿元.
  Measure(std::string unit, bool days, double largest, Language language);
  static Measure of(const StudiedInput& input, double largest, Language language);
  static Measure money(double largest, Language language) {
    return {"元", false, largest, language};
  }

  [[nodiscard]] const std::string& unit() const {
    return unit_;
  }                                                  // "万元", "thousand yuan"; empty: none
  [[nodiscard]] std::string number(double x) const;  // "18", "2020-12-10"; "–" for NaN
  [[nodiscard]] std::string text(double x) const;    // "18万元", "18 thousand yuan"
  [[nodiscard]] std::string titled(std::string_view label) const;  // "label (unit)"
  // Round ones within the span, all with as many decimals.
  [[nodiscard]] std::vector<Frame::Tick> ticks(Span span, int wanted) const;

 private:
  std::string unit_;
  bool days_ = false;
  bool spaced_ = false;
  double factor_ = 1;
};

// Whether a quantity is a day: it is shown as one.
bool is_day(std::string_view shown);
// Plain numbers, all with as many decimals.
std::vector<Frame::Tick> round_ticks(Span span, int wanted);
// To about `digits` significant digits, thousands grouped; "–" for NaN.
std::string significant(double x, int digits = 4);

}  // namespace jixiao::chart
