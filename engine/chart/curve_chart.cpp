// The curve of a scoring method as it was proved: pieces, jumps, the target, 0 and the weight.
#include "chart/curve_chart.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "chart/svg_frame.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {
namespace {

constexpr double curve_height = 360;
constexpr std::string_view curve_line =
    "fill:none;stroke:var(--earned,#0072b2);stroke-width:2.6;stroke-linejoin:round";
constexpr std::string_view jump_line =
    "fill:none;stroke:var(--lost,#b3541e);stroke-width:1.4;stroke-dasharray:3 4";
constexpr std::string_view target_line =
    "fill:none;stroke:var(--quiet,#5b6673);stroke-width:1.2;stroke-dasharray:6 4";

class CurveDrawer {
 public:
  CurveDrawer(const ProvedCurve& curve, bool may_leave, Language language)
      : curve_(curve),
        may_leave_(may_leave),
        language_(language),
        canvas_(chart_width, curve_height, curve.x) {}

  Drawing draw() {
    x_ = {curve_.low, curve_.high > curve_.low ? curve_.high : curve_.low + 1};
    y_ = shown_y();
    const Frame frame({64, 28, chart_width - 24, curve_height - 58}, x_, y_);
    frame_ = &frame;
    draw_axes();
    draw_weight();
    draw_target(curve_.target, "T");
    if (curve_.upper != curve_.target) draw_target(curve_.upper, "U");
    for (const CurvePiece& piece : curve_.pieces) draw_piece(piece);
    for (const CurveCliff& cliff : curve_.cliffs) draw_cliff(cliff);
    return canvas_.drawing();
  }

 private:
  [[nodiscard]] Span shown_y() const {
    double low = 0, high = curve_.weight;
    for (const CurvePiece& piece : curve_.pieces) {
      for (const auto& [x, points] : piece.sampled) {
        low = std::min(low, points);
        high = std::max(high, points);
      }
    }
    return {low, high + 0.08 * (high - low)};
  }

  [[nodiscard]] std::string place_text(double x) const {
    for (const CurvePiece& piece : curve_.pieces) {
      if (piece.from == x) return piece.from_text;
      if (piece.to == x) return piece.to_text;
    }
    return value::plain(x, 4);
  }

  // Ticks where something happens, as far as they have room; else round numbers.
  void draw_axes() {
    std::vector<Frame::Tick> ticks;
    double last = -1e9;
    for (const CurvePiece& piece : curve_.pieces) {
      const double x = piece.to;
      if (x < x_.low || x > x_.high) continue;
      const std::string words = place_text(x);
      const double left = frame_->at_x(x) - drawn_width(words, Canvas::size) / 2;
      if (left < last + 12) continue;
      ticks.push_back({x, words});
      last = frame_->at_x(x) + drawn_width(words, Canvas::size) / 2;
    }
    if (ticks.size() < 2) ticks = number_ticks(x_, 6);
    frame_->draw_x(canvas_, ticks, curve_.x, true);
    std::vector<Frame::Tick> levels;
    const bool is_share = curve_.weight == 1;
    for (const double share : {0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2}) {
      const double points = share * curve_.weight;
      if (points < y_.low || points > y_.high) continue;
      levels.push_back({points, is_share ? (share == 0   ? "0"
                                            : share == 1 ? "W"
                                                         : value::plain(share) + "W")
                                         : value::plain(points, 3)});
    }
    frame_->draw_y(canvas_, levels, language_ == Language::zh ? "得分" : "points");
  }

  void draw_weight() {
    const double y = frame_->at_y(curve_.weight);
    canvas_.line(frame_->box().left, y, frame_->box().right, y,
                 "stroke:var(--quiet,#5b6673);stroke-width:1");
    if (may_leave_) return;
    canvas_.line(frame_->box().left, frame_->at_y(0), frame_->box().right, frame_->at_y(0),
                 "stroke:var(--quiet,#5b6673);stroke-width:1");
  }

  void draw_target(double at, std::string_view word) {
    if (!std::isfinite(at) || at < x_.low || at > x_.high) return;
    const double x = frame_->at_x(at);
    canvas_.line(x, frame_->box().top - 6, x, frame_->box().bottom, target_line);
    canvas_.text(x, frame_->box().top - 10, "middle", word, Canvas::bold);
  }

  void draw_piece(const CurvePiece& piece) {
    std::string path;
    for (const auto& [x, points] : piece.sampled)
      path += (path.empty() ? "M" : "L") + px(frame_->at_x(x)) + " " + px(frame_->at_y(points));
    if (!path.empty()) canvas_.path(path, curve_line);
  }

  void draw_cliff(const CurveCliff& cliff) {
    if (cliff.at < x_.low || cliff.at > x_.high) return;
    const double x = frame_->at_x(cliff.at);
    canvas_.line(x, frame_->at_y(cliff.before), x, frame_->at_y(cliff.after), jump_line);
    const std::string tip = curve_.x + " = " + cliff.place + ": " + value::plain(cliff.before, 4) +
                            " → " + value::plain(cliff.after, 4);
    for (const double points : {cliff.before, cliff.after})
      canvas_.circle(x, frame_->at_y(points), 4,
                     "fill:var(--sheet,#ffffff);stroke:var(--lost,#b3541e);stroke-width:1.8", tip);
    if (std::isfinite(cliff.alone))
      canvas_.circle(x, frame_->at_y(cliff.alone), 4, "fill:var(--earned,#0072b2)", tip);
  }

  const ProvedCurve& curve_;
  bool may_leave_;
  Language language_;
  Canvas canvas_;
  Span x_, y_;
  const Frame* frame_ = nullptr;
};

}  // namespace

std::vector<Chart> charts_of(const RulesProof& proof, Language language) {
  std::vector<Chart> out;
  for (const MethodProof& method : proof.methods) {
    for (const ProvedCurve& curve : method.curves) {
      Chart chart;
      chart.name = "curve-" + std::to_string(out.size() + 1);
      chart.heading = method.indicator.empty() ? method.method
                                               : method.indicator + " ← " + method.method;
      for (const std::string& part : {curve.state.in(language), curve.setting})
        if (!part.empty()) chart.heading += "  " + part;
      chart.note = method.formula;
      chart.drawing = CurveDrawer(curve, method.may_leave, language).draw();
      out.push_back(std::move(chart));
    }
  }
  return out;
}

}  // namespace jixiao::chart
