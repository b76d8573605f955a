#include "chart/chart_axes.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "chart/svg.hpp"
#include "value/date.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {
namespace {

struct Amount {
  double from;  // the largest amount that is shown is at least this
  double size;
  const char* unit;
};
constexpr Amount chinese_amounts[] = {{1e8, 1e8, "亿元"}, {1e4, 1e4, "万元"}, {0, 1, "元"}};
constexpr Amount english_amounts[] = {
    {1e6, 1e6, "million yuan"}, {1e4, 1e3, "thousand yuan"}, {0, 1, "yuan"}};

std::string grouped(double x, int digits) {
  const std::string fixed = value::fixed(std::abs(x), digits);
  const std::size_t point = std::min(fixed.find('.'), fixed.size());
  std::string out;
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    if (i > 0 && i < point && (point - i) % 3 == 0) out += ',';
    out += fixed[i];
  }
  const bool zero = fixed.find_first_not_of("0.") == std::string::npos;
  return x < 0 && !zero ? "-" + out : out;
}

// Decimals that tell `step` from its double and its half.
int decimals_of(double step) {
  if (!(step > 0) || !std::isfinite(step)) return 2;
  for (int digits = 0; digits < 9; ++digits) {
    const double scaled = step * std::pow(10.0, digits);
    if (std::abs(scaled - std::round(scaled)) < 1e-6 * scaled) return digits;
  }
  return 9;
}

std::vector<Frame::Tick> day_ticks(Span span, int wanted) {
  std::vector<Frame::Tick> out;
  const double rough = (span.high - span.low) / std::max(wanted, 1);
  double step = 365;
  for (const double days : {1.0, 2.0, 5.0, 7.0, 10.0, 14.0, 30.0, 61.0, 91.0, 182.0}) {
    if (days >= rough) {
      step = days;
      break;
    }
  }
  for (double at = std::ceil(span.low - 1e-9); at <= span.high + 1e-9; at += step)
    out.push_back({at, value::Date{static_cast<std::int32_t>(std::lround(at))}.iso()});
  return out;
}

}  // namespace

Span span_of(const std::vector<double>& numbers, double air) {
  bool any = false;
  Span out{0, 1};
  for (const double x : numbers) {
    if (!std::isfinite(x)) continue;
    out = any ? Span{std::min(out.low, x), std::max(out.high, x)} : Span{x, x};
    any = true;
  }
  double more = (out.high - out.low) * air;
  if (!(out.high - out.low > 1e-9 * std::max(std::abs(out.low), std::abs(out.high))))
    more = std::max(std::abs(out.high) * 0.01, 0.5);
  return {out.low - more, out.high + more};
}

bool is_day(std::string_view shown) { return value::Date::parse_iso(shown).has_value(); }

Measure::Measure(std::string unit, bool days, double largest, Language language)
    : unit_(days ? std::string() : std::move(unit)),
      days_(days),
      spaced_(language == Language::en) {
  if (unit_ == "%") spaced_ = false;
  if (unit_ != "元") return;
  const std::span<const Amount> amounts =
      language == Language::zh ? std::span<const Amount>(chinese_amounts) : english_amounts;
  const auto amount = std::find_if(amounts.begin(), amounts.end() - 1,
                                   [&](const Amount& a) { return std::abs(largest) >= a.from; });
  unit_ = amount->unit;
  factor_ = amount->size;
}

Measure Measure::of(const StudiedInput& input, double largest, Language language) {
  return {input.unit, is_day(input.nominal_shown), largest, language};
}

std::string Measure::number(double x) const {
  if (!std::isfinite(x)) return "–";
  if (days_)
    return value::Date{static_cast<std::int32_t>(std::clamp(std::round(x), -7e5, 3e6))}.iso();
  return significant(x / factor_, 5);
}

std::string Measure::text(double x) const {
  if (!std::isfinite(x) || unit_.empty()) return number(x);
  return number(x) + (spaced_ && static_cast<unsigned char>(unit_[0]) < 0x80 ? " " : "") + unit_;
}

std::string Measure::titled(std::string_view label) const {
  if (unit_.empty()) return std::string(label);
  return std::string(label) + (spaced_ ? " (" + unit_ + ")" : "（" + unit_ + "）");
}

std::vector<Frame::Tick> Measure::ticks(Span span, int wanted) const {
  if (days_) return day_ticks(span, std::min(wanted, 7));
  std::vector<Frame::Tick> out = round_ticks({span.low / factor_, span.high / factor_}, wanted);
  for (Frame::Tick& tick : out) tick.at *= factor_;
  return out;
}

std::vector<Frame::Tick> round_ticks(Span span, int wanted) {
  const std::vector<double> places = ticks(span.low, span.high, wanted);
  const int digits = places.size() > 1 ? decimals_of(places[1] - places[0]) : 2;
  std::vector<Frame::Tick> out;
  for (const double at : places) out.push_back({at, grouped(at, digits)});
  return out;
}

std::string significant(double x, int digits) {
  if (!std::isfinite(x)) return "–";
  if (x == 0) return "0";
  const int whole = static_cast<int>(std::floor(std::log10(std::abs(x)))) + 1;
  if (whole < -6) return value::plain(x, 9);
  return value::plain(x, std::clamp(digits - whole, 0, 9), true);
}

}  // namespace jixiao::chart
