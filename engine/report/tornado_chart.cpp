// Each input over its range, one at a time.
#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "report/chart_axes.hpp"
#include "report/rating_zones.hpp"
#include "report/study_charts.hpp"
#include "report/study_terms.hpp"
#include "report/study_words.hpp"

namespace jixiao::report {
namespace {

constexpr double width = 960, row_height = 42, top = 62, end_label = 96;
constexpr std::string_view low_fill = "fill:#56b4e9", high_fill = "fill:#e69f00";

class TornadoDrawing {
 public:
  TornadoDrawing(const StudyReport& report, const Tornado& tornado, Language language)
      : report_(report), bars_(tornado.bars.data(), std::min(tornado.bars.size(), rows_drawn)), language_(language),
        ratings_(report.bands, language), canvas_(width, height(bars_.size()), word::kind_tornado.in(language)), frame_(frame()) {}

  Drawing draw() {
    double x = canvas_.legend(0, 16, low_fill, word::at_low_end.in(language_));
    canvas_.legend(x, 16, high_fill, word::at_high_end.in(language_));
    draw_standing_zones(canvas_, frame_, ratings_);
    frame_.draw_x(canvas_, round_ticks(frame_.x(), 7), output_label(report_, language_), true);
    const double baseline = frame_.at_x(report_.baseline);
    for (std::size_t i = 0; i < bars_.size(); ++i) draw_row(bars_[i], top + 44 + row_height * static_cast<double>(i));
    if (std::isfinite(report_.baseline)) {
      canvas_.line(baseline, top + 22, baseline, frame_.box().bottom, "stroke:var(--ink,#1b2430);stroke-width:1.8");
      const std::string words = fmt::format("{} {}", word::as_it_stands.in(language_), output_text(report_, report_.baseline));
      canvas_.text(std::clamp(baseline, frame_.box().left + drawn_width(words, 13) / 2, width - drawn_width(words, 13) / 2),
                   top + 34, "middle", words, std::string(Canvas::halo) + std::string(Canvas::bold));
    }
    return canvas_.drawing();
  }

 private:
  static double height(std::size_t rows) { return top + 44 + row_height * static_cast<double>(rows) + 60; }

  [[nodiscard]] Frame frame() const {
    std::vector<std::string> labels;
    std::vector<double> outputs{report_.baseline};
    for (const TornadoBar& bar : bars_) {
      labels.push_back(input_label(report_, bar.input, language_));
      outputs.insert(outputs.end(), {bar.low.output, bar.high.output, bar.lowest, bar.highest});
    }
    const double left = label_width(labels, 230) + 14;
    const double bottom = top + 44 + row_height * static_cast<double>(bars_.size());
    // The words at the ends of the bars need room whatever the span is.
    const Span span = span_of(outputs, 0.02);
    const double share = end_label / (width - 20 - left - 2 * end_label) * (span.high - span.low);
    return Frame({left, top, width - 20, bottom}, {span.low - share, span.high + share}, {0, 1});
  }

  void draw_row(const TornadoBar& bar, double y) {
    const double middle = y + row_height / 2;
    canvas_.lines(frame_.box().left - 12, middle, "end",
                  wrapped_to(input_label(report_, bar.input, language_), frame_.box().left - 14, Canvas::size, 2));
    canvas_.line(frame_.box().left, y, frame_.box().right, y, Canvas::grid);
    const bool apart = (bar.low.output - report_.baseline) * (bar.high.output - report_.baseline) <= 0;
    const double thick = apart ? 20 : 13;
    if (std::isfinite(bar.lowest) && std::isfinite(bar.highest)) {  // what lies beyond both ends, inside the range
      canvas_.line(frame_.at_x(bar.lowest), middle, frame_.at_x(bar.highest), middle, "stroke:var(--ink,#1b2430);stroke-width:1.2");
      for (const double end : {bar.lowest, bar.highest})
        canvas_.line(frame_.at_x(end), middle - 5, frame_.at_x(end), middle + 5, "stroke:var(--ink,#1b2430);stroke-width:1.2");
    }
    const bool low_side_left = bar.low.output < bar.high.output || (bar.low.output == bar.high.output && bar.low.output < report_.baseline);
    draw_end(bar.low, low_fill, apart ? middle : middle - thick / 2, thick, apart ? low_side_left : bar.low.output < report_.baseline, bar);
    draw_end(bar.high, high_fill, apart ? middle : middle + thick / 2, thick, apart ? !low_side_left : bar.high.output < report_.baseline,
             bar);
  }

  void draw_end(const StudiedPoint& end, std::string_view fill, double middle, double thick, bool leftwards, const TornadoBar& bar) {
    const double base = frame_.at_x(report_.baseline);
    if (!std::isfinite(end.output)) {
      const double at = std::isfinite(base) ? base : frame_.box().left;
      canvas_.text(at + (leftwards ? -6 : 6), middle + 4, leftwards ? "end" : "start",
                   clipped_to(end.shown + " " + std::string(word::cannot_compute.in(language_)), 190, 11.5), halo_small());
      return;
    }
    const double at = frame_.at_x(end.output), from = std::min(at, base), wide = std::abs(at - base);
    canvas_.rect(from, middle - thick / 2, std::max(wide, 1.0), thick, fill,
                 fmt::format("{} {} → {}", input_label(report_, bar.input, language_), end.shown, output_text(report_, end.output)), 1.5);
    double edge = at;
    if (std::isfinite(bar.lowest) && leftwards) edge = std::min(edge, frame_.at_x(bar.lowest));
    if (std::isfinite(bar.highest) && !leftwards) edge = std::max(edge, frame_.at_x(bar.highest));
    canvas_.text(edge + (leftwards ? -7 : 7), middle + 4, leftwards ? "end" : "start", clipped_to(end.shown, end_label - 8, 11.5),
                 halo_small());
  }

  static std::string halo_small() { return std::string(Canvas::halo) + "fill:var(--ink,#1b2430);font-size:11.5px"; }

  const StudyReport& report_;
  std::span<const TornadoBar> bars_;
  Language language_;
  Ratings ratings_;
  Canvas canvas_;
  Frame frame_;
};

}  // namespace

Drawing tornado_chart(const StudyReport& report, const Tornado& tornado, Language language) {
  if (tornado.bars.empty()) return {};
  return TornadoDrawing(report, tornado, language).draw();
}

}  // namespace jixiao::report
