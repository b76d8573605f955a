#include "chart/svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include "chart/svg_canvas.hpp"
#include "page/html_page.hpp"
#include "page/table.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr std::array<std::string_view, 6> line_colours{"#0072b2", "#d55e00", "#009e73",
                                                       "#cc79a7", "#e69f00", "#56b4e9"};
// lines differ without their colours too
constexpr std::array<std::string_view, 4> dashes{"", "7 4", "2 4", "10 3 2 3"};

struct Range {
  double low = 0;
  double high = 0;
};

class Curve {
 public:
  explicit Curve(const CurveChart& chart) : chart_(chart) {
    measure();
    const bool legend = chart.series.size() > 1;
    top_ = (chart.title.empty() ? 18.0 : 44.0) + (legend ? 20 : 0);
    bottom_ = chart.height - (chart.x_label.empty() ? 30 : 50);
    right_ = chart.width - 22;
    double widest = 0;
    for (const double y : y_ticks_) widest = std::max(widest, drawn_width(value::plain(y), 12));
    left_ = 18 + widest + (chart.y_label.empty() ? 8 : 30);
  }

  std::string draw() {
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
        "height=\"{1}\" role=\"img\" font-family=\"{2}\" "
        "font-size=\"12\">\n",
        px(chart_.width), px(chart_.height), svg_fonts);
    out_ += "<title>" + html_escaped(chart_.title) + "</title>\n";
    out_ += fmt::format(
        "<rect width=\"{}\" height=\"{}\" rx=\"8\" fill=\"#fdfdfb\" stroke=\"#d4d8dd\"/>\n",
        px(chart_.width), px(chart_.height));
    draw_axes();
    draw_markers();
    for (std::size_t i = 0; i < chart_.series.size(); ++i) draw_series(i);
    draw_words();
    return out_ + "</svg>\n";
  }

 private:
  void measure() {
    bool first = true;
    Range& x = x_;
    double low = 0, high = 0;
    bool any = false;
    for (const CurveSeries& series : chart_.series) {
      for (const CurvePoint& point : series.points) {
        if (!std::isfinite(point.x)) continue;
        x.low = first ? point.x : std::min(x.low, point.x);
        x.high = first ? point.x : std::max(x.high, point.x);
        first = false;
        if (!std::isfinite(point.y)) continue;
        low = any ? std::min(low, point.y) : std::min(0.0, point.y);
        high = any ? std::max(high, point.y) : point.y;
        any = true;
      }
    }
    if (x.high <= x.low) x.high = x.low + 1;
    y_.low = chart_.y_low.value_or(low);
    y_.high = chart_.y_high.value_or(high);
    if (y_.high <= y_.low) y_.high = y_.low + 1;
    x_ticks_ = ticks(x.low, x.high, 6);
    y_ticks_ = ticks(y_.low, y_.high, 5);
    y_.low = std::min(y_.low, y_ticks_.front());
    y_.high = std::max(y_.high, y_ticks_.back());
    const double air = (y_.high - y_.low) * 0.06;  // a curve at full marks must not run along the
                                                   // frame
    y_.high += air;
  }

  [[nodiscard]] double at_x(double x) const {
    return left_ + (right_ - left_) * (x - x_.low) / (x_.high - x_.low);
  }
  [[nodiscard]] double at_y(double y) const {
    return bottom_ - (bottom_ - top_) * (y - y_.low) / (y_.high - y_.low);
  }

  void line(double x1, double y1, double x2, double y2, std::string_view attributes) {
    out_ += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {}/>\n", px(x1), px(y1),
                        px(x2), px(y2), attributes);
  }
  void text(double x, double y, std::string_view anchor, std::string_view words,
            std::string_view attributes = "fill=\"#4a5563\"") {
    out_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" {}>{}</text>\n", px(x), px(y),
                        anchor, attributes, html_escaped(words));
  }

  void draw_axes() {
    for (const double y : y_ticks_) {
      line(left_, at_y(y), right_, at_y(y), "stroke=\"#e3e6ea\"");
      text(left_ - 7, at_y(y) + 4, "end", value::plain(y));
    }
    for (const double x : x_ticks_) {
      if (x < x_.low || x > x_.high) continue;
      line(at_x(x), bottom_, at_x(x), bottom_ + 5, "stroke=\"#7b8694\"");
      text(at_x(x), bottom_ + 18, "middle", value::plain(x));
    }
    line(left_, bottom_, right_, bottom_, "stroke=\"#7b8694\"");
    line(left_, top_, left_, bottom_, "stroke=\"#7b8694\"");
  }

  void draw_markers() {
    for (const CurveMarker& marker : chart_.markers) {
      if (marker.horizontal) {
        if (marker.at < y_.low || marker.at > y_.high) continue;
        line(left_, at_y(marker.at), right_, at_y(marker.at),
             "stroke=\"#8a5a00\" stroke-dasharray=\"4 4\"");
        text(right_ - 4, at_y(marker.at) - 5, "end", marker.label, "fill=\"#8a5a00\"");
      } else {
        if (marker.at < x_.low || marker.at > x_.high) continue;
        const double x = at_x(marker.at);
        line(x, top_, x, bottom_, "stroke=\"#8a5a00\" stroke-dasharray=\"4 4\"");
        const bool room = x + 8 + drawn_width(marker.label, 12) < right_;
        text(room ? x + 5 : x - 5, bottom_ - 8, room ? "start" : "end", marker.label,
             "fill=\"#8a5a00\"");
      }
    }
  }

  void draw_series(std::size_t index) {
    const std::vector<CurvePoint>& points = chart_.series[index].points;
    std::string path;
    bool pen_down = false;
    for (const CurvePoint& point : points) {
      if (!std::isfinite(point.y) || !std::isfinite(point.x)) {
        pen_down = false;
        continue;
      }
      path += fmt::format("{}{} {}",
                          pen_down       ? "L"
                          : path.empty() ? "M"
                                         : " M",
                          px(at_x(point.x)), px(at_y(std::clamp(point.y, y_.low, y_.high))));
      pen_down = true;
    }
    if (path.empty()) return;
    out_ += fmt::format(
        "<path d=\"{}\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\" {}/>\n",
        path, pen(index));
  }

  // How series `index` is drawn, in its line and in the legend.
  static std::string pen(std::size_t index) {
    const std::string_view dash = dashes[index % dashes.size()];
    return fmt::format("stroke=\"{}\" stroke-width=\"2.4\"{}",
                       line_colours[index % line_colours.size()],
                       dash.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dash));
  }

  void draw_words() {
    if (!chart_.title.empty()) {
      const double widest = (chart_.width - 36) / (15 * 0.54);
      text(18, 27, "start", clipped(chart_.title, static_cast<std::size_t>(widest)),
           "fill=\"#1b2430\" font-size=\"15\" font-weight=\"600\"");
    }
    if (!chart_.x_label.empty())
      text((left_ + right_) / 2, chart_.height - 12, "middle", chart_.x_label);
    if (!chart_.y_label.empty()) {
      const double y = (top_ + bottom_) / 2;
      text(20, y, "middle", chart_.y_label,
           fmt::format("fill=\"#4a5563\" transform=\"rotate(-90 20 {})\"", px(y)));
    }
    if (chart_.series.size() < 2) return;
    double x = left_;
    for (std::size_t i = 0; i < chart_.series.size(); ++i) {
      const double y = top_ - 12;
      line(x, y - 4, x + 22, y - 4, pen(i));
      text(x + 28, y, "start", chart_.series[i].name);
      x += 46 + drawn_width(chart_.series[i].name, 12);
    }
  }

  const CurveChart& chart_;
  Range x_, y_;
  std::vector<double> x_ticks_, y_ticks_;
  double left_ = 0, right_ = 0, top_ = 0, bottom_ = 0;
  std::string out_;
};

}  // namespace

std::vector<double> ticks(double low, double high, int wanted) {
  if (!(high > low) || !std::isfinite(low) || !std::isfinite(high)) return {low};
  const double rough = (high - low) / std::max(wanted, 1);
  const double magnitude = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10 * magnitude;
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    if (factor * magnitude >= rough * (1 - 1e-9)) {
      step = factor * magnitude;
      break;
    }
  }
  std::vector<double> out;
  const double first = std::ceil(low / step - 1e-9);
  for (double i = first; i * step <= high + step * 1e-9; ++i) out.push_back(i == 0 ? 0 : i * step);
  if (out.empty()) out.push_back(low);
  return out;
}

std::string svg_curve(const CurveChart& chart) { return Curve(chart).draw(); }

std::string svg_bars(const BarChart& chart) {
  constexpr double row_height = 34, bar_height = 18, size = 14;
  double label_width = 0, text_width = 0, full = 0;
  for (const BarRow& row : chart.rows) {
    label_width = std::max(label_width, drawn_width(row.label, size));
    text_width = std::max(text_width, drawn_width(row.text, size));
    full = std::max(full, row.earned + row.lost);
  }
  label_width = std::min(label_width, chart.width * 0.36);
  const double left = label_width + 14;
  const double room = std::max(chart.width - left - text_width - 20, 40.0);
  const double legend = chart.earned_word.empty() && chart.lost_word.empty() ? 0 : 30;
  const double height = legend + row_height * static_cast<double>(chart.rows.size());
  constexpr std::string_view earned = "fill:var(--earned,#0072b2)",
                             lost = "fill:var(--lost,#d55e00)", ink = "fill:var(--ink,#1b2430)",
                             quiet = "fill:var(--quiet,#5b6673)";
  // Hatching, so that lost points are told apart without colour; the id is the same everywhere, and
  // so is the pattern.
  std::string out = fmt::format(
      "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" "
      "role=\"img\" font-family=\"{}\" "
      "font-size=\"{}\">\n<title>{}</title>\n",
      px(chart.width), px(height), svg_fonts, px(size), html_escaped(chart.title));
  out += fmt::format(
      "<defs><pattern id=\"jx-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
      "patternTransform=\"rotate(45)\">"
      "<rect width=\"6\" height=\"6\" style=\"fill:var(--lost-soft,#fbe3d3)\"/><rect width=\"3\" "
      "height=\"6\" "
      "style=\"{}\"/></pattern></defs>\n",
      lost);
  const auto write = [&](double x, double y, std::string_view anchor, std::string_view style,
                         std::string_view words) {
    out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" style=\"{}\">{}</text>\n", px(x),
                       px(y), anchor, style, html_escaped(words));
  };
  if (legend > 0) {
    double x = left;
    for (const bool is_earned : {true, false}) {
      const std::string& legend_word = is_earned ? chart.earned_word : chart.lost_word;
      if (legend_word.empty()) continue;
      out +=
          is_earned
              ? fmt::format(
                    "<rect x=\"{}\" y=\"5\" width=\"14\" height=\"12\" rx=\"2\" style=\"{}\"/>\n",
                    px(x), earned)
              : fmt::format(
                    "<rect x=\"{}\" y=\"5\" width=\"14\" height=\"12\" rx=\"2\" "
                    "fill=\"url(#jx-hatch)\"/>\n",
                    px(x));
      write(x + 20, 16, "start", quiet, legend_word);
      x += 44 + drawn_width(legend_word, size);
    }
  }
  for (std::size_t i = 0; i < chart.rows.size(); ++i) {
    const BarRow& row = chart.rows[i];
    const double y = legend + row_height * static_cast<double>(i) + (row_height - bar_height) / 2;
    const double scale = full > 0 ? room / full : 0;
    const double earned_px = std::max(row.earned, 0.0) * scale;
    const double lost_px = std::max(row.lost, 0.0) * scale;
    const auto label_columns = static_cast<std::size_t>(label_width / (size * 0.54) + 0.5);
    out += "<g><title>" + html_escaped(row.label + " " + row.text) + "</title>\n";
    write(left - 12, y + bar_height / 2 + 5, "end", ink, clipped(row.label, label_columns));
    if (earned_px > 0)
      out += fmt::format(
          "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" style=\"{}\"/>\n", px(left),
          px(y), px(earned_px), px(bar_height), earned);
    if (lost_px > 0)
      out += fmt::format(
          "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" fill=\"url(#jx-hatch)\"/>\n",
          px(left + earned_px), px(y), px(std::max(lost_px, 1.0)), px(bar_height));
    write(left + earned_px + lost_px + 10, y + bar_height / 2 + 5, "start", quiet, row.text);
    out += "</g>\n";
  }
  return out + "</svg>\n";
}

}  // namespace jixiao::chart
