// The output over a grid of one input, as a curve, or of two, as a field of colours with the
// borders of the ratings.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/core.h>

#include "chart/chart_axes.hpp"
#include "chart/grid_regions.hpp"
#include "chart/rating_zones.hpp"
#include "chart/study_charts.hpp"
#include "chart/study_terms.hpp"
#include "page/study_words.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

double value_at(const InputGrid& grid, std::size_t i, std::size_t j) {
  const std::size_t at = j * grid.xs.size() + i;
  return at < grid.values.size() ? grid.values[at] : std::nan("");
}

bool is_violated(const InputGrid& grid, std::size_t i, std::size_t j) {
  const std::size_t at = j * grid.xs.size() + i;
  return at < grid.violated.size() && grid.violated[at] != 0;
}

bool any_violated(const InputGrid& grid) {
  return std::any_of(grid.violated.begin(), grid.violated.end(),
                     [](std::uint8_t v) { return v != 0; });
}

Measure measure_of(const StudyReport& report, std::size_t input, const std::vector<double>& places,
                   Language language) {
  double largest = 0;
  for (const double x : places) largest = std::max(largest, std::isfinite(x) ? std::abs(x) : 0);
  return input < report.inputs.size() ? Measure::of(report.inputs[input], largest, language)
                                      : Measure("", false, largest, language);
}

// ---- one input ----

class GridCurve {
 public:
  GridCurve(const StudyReport& report, const InputGrid& grid, Language language)
      : report_(report),
        grid_(grid),
        language_(language),
        ratings_(report.bands, language),
        measure_(measure_of(report, grid.x, grid.xs, language)),
        canvas_(chart_width, 420, word::kind_grid.in(language)),
        frame_(frame()) {}

  Drawing draw() {
    draw_lying_zones(canvas_, frame_, ratings_);
    draw_violated();
    frame_.draw_y(canvas_, round_ticks(frame_.y(), 6), output_label(report_, language_));
    frame_.draw_x(canvas_, measure_.ticks(frame_.x(), 9),
                  measure_.titled(input_label(report_, grid_.x, language_)));
    draw_line();
    draw_changes();
    draw_nominal();
    draw_stands();
    return canvas_.drawing();
  }

 private:
  [[nodiscard]] bool has_start() const {
    return !report_.applied.empty() && std::isfinite(report_.stands);
  }

  // The project without the scenarios the study starts from.
  void draw_stands() {
    if (!has_start()) return;
    const double y = frame_.at_y(report_.stands);
    canvas_.line(frame_.box().left, y, frame_.box().right, y,
                 "stroke:var(--ink,#1b2430);stroke-width:1.4;stroke-dasharray:6 3");
    canvas_.text(frame_.box().left + 8, y - 6, "start",
                 fmt::format("{} {}", word::as_it_stands.in(language_),
                             output_text(report_, report_.stands)),
                 std::string(Canvas::halo) + std::string(Canvas::bold));
  }

  [[nodiscard]] Frame frame() const {
    std::vector<double> outputs = grid_.values;
    outputs.push_back(report_.baseline);
    if (has_start()) outputs.push_back(report_.stands);
    const Span y = span_of(outputs, 0.12);
    double ticks = 0;
    for (const Frame::Tick& tick : round_ticks(y, 6))
      ticks = std::max(ticks, drawn_width(tick.text, Canvas::size));
    return Frame({ticks + 46, 34, chart_width - 20, 360}, span_of(grid_.xs, 0.02), y);
  }

  // Half-way between neighbours.
  [[nodiscard]] double border(std::size_t i) const {
    if (i == 0) return frame_.x().low;
    return i >= grid_.xs.size() ? frame_.x().high : (grid_.xs[i - 1] + grid_.xs[i]) / 2;
  }

  void draw_violated() {
    if (!any_violated(grid_)) return;
    canvas_.hatch("jx-violated", "var(--quiet,#5b6673)", 1.1);
    for (std::size_t i = 0; i < grid_.xs.size(); ++i) {
      std::size_t end = i;
      while (end < grid_.xs.size() && is_violated(grid_, end, 0)) ++end;
      if (end == i) continue;
      const double from = frame_.at_x(border(i)), to = frame_.at_x(border(end));
      canvas_.rect(from, frame_.box().top, to - from, frame_.box().bottom - frame_.box().top,
                   "fill:url(#jx-violated);fill-opacity:0.45",
                   word::violated_hatched.in(language_));
      i = end;
    }
    canvas_.text(frame_.box().right, 20, "end", word::violated_hatched.in(language_));
  }

  void draw_line() {
    std::string path;
    bool drawing = false;
    for (std::size_t i = 0; i < grid_.xs.size(); ++i) {
      const double y = value_at(grid_, i, 0);
      if (!std::isfinite(y) || !std::isfinite(grid_.xs[i])) {
        drawing = false;
        continue;
      }
      path += fmt::format("{}{} {}", drawing ? "L" : "M", px(frame_.at_x(grid_.xs[i])),
                          px(frame_.at_y(y)));
      drawing = true;
    }
    canvas_.path(path,
                 "fill:none;stroke:var(--ink,#1b2430);stroke-width:2.2;stroke-linejoin:round");
    const double radius = grid_.xs.size() > 60 ? 2.5 : 4;
    for (std::size_t i = 0; i < grid_.xs.size(); ++i) {
      const double y = value_at(grid_, i, 0);
      const std::string shown = i < grid_.xs_shown.size() ? grid_.xs_shown[i]
                                                          : measure_.text(grid_.xs[i]);
      if (std::isfinite(y)) {
        canvas_.circle(
            frame_.at_x(grid_.xs[i]), frame_.at_y(y), radius,
            fmt::format("fill:{};stroke:var(--sheet,#ffffff);stroke-width:1", rated_fill(i, y)),
            fmt::format("{}: {}", shown, output_text(report_, y)));
      } else if (std::isfinite(grid_.xs[i])) {
        const double x = frame_.at_x(grid_.xs[i]), base = frame_.box().bottom - 9;
        canvas_.path(fmt::format("M{} {}l8 8m0 -8l-8 8", px(x - 4), px(base - 4)),
                     "fill:none;stroke:var(--lost,#d55e00);stroke-width:1.8");
      }
    }
  }

  [[nodiscard]] std::string_view rated_fill(std::size_t i, double y) const {
    const std::string& id = i < grid_.ratings.size() ? grid_.ratings[i] : report_.rating;
    return id.empty() ? ratings_.fill_of(y) : ratings_.fill(id);
  }

  // Where neighbours differ in rating: a line between them, and both names above.
  void draw_changes() {
    double taken = -1e9;
    for (std::size_t i = 1; i < grid_.xs.size() && i < grid_.ratings.size(); ++i) {
      if (grid_.ratings[i] == grid_.ratings[i - 1] || grid_.ratings[i].empty() ||
          grid_.ratings[i - 1].empty())
        continue;
      const double at = frame_.at_x(border(i));
      canvas_.line(at, frame_.box().top, at, frame_.box().bottom,
                   "stroke:var(--ink,#1b2430);stroke-width:1.2;stroke-dasharray:2 3");
      const std::string words = ratings_.name(grid_.ratings[i - 1]) + " | " +
                                ratings_.name(grid_.ratings[i]);
      const double half = drawn_width(words, Canvas::size) / 2,
                   x = std::clamp(at, half, chart_width - half);
      if (x - half < taken) continue;
      canvas_.text(x, frame_.box().top - 9, "middle", words, Canvas::ink);
      taken = x + half + 10;
    }
  }

  void draw_nominal() {
    if (grid_.x >= report_.inputs.size() || !std::isfinite(report_.baseline)) return;
    const double nominal = report_.inputs[grid_.x].nominal;
    if (!(nominal >= frame_.x().low && nominal <= frame_.x().high)) return;
    const double x = frame_.at_x(nominal), y = frame_.at_y(report_.baseline);
    canvas_.circle(x, y, 8, "fill:none;stroke:var(--ink,#1b2430);stroke-width:2.2");
    const std::string words = fmt::format("{} {}", start_label(report_, language_),
                                          output_text(report_, report_.baseline));
    const bool right = x + 14 + drawn_width(words, Canvas::size) < frame_.box().right;
    const bool below = y + 30 < frame_.box().bottom;
    canvas_.text(right ? x + 12 : x - 12, y + (below ? 24 : -14), right ? "start" : "end", words,
                 std::string(Canvas::halo) + std::string(Canvas::bold));
  }

  const StudyReport& report_;
  const InputGrid& grid_;
  Language language_;
  Ratings ratings_;
  Measure measure_;
  Canvas canvas_;
  Frame frame_;
};

// ---- two inputs ----

struct Colour {
  double red, green, blue;
};
// From pale (low) to dark (high): its lightness falls all the way, so it reads in grey and for
// every kind of colour vision.
constexpr std::array<Colour, 5> ramp{
    {{253, 243, 200}, {178, 217, 206}, {86, 168, 200}, {32, 103, 164}, {15, 42, 92}}};

Colour colour_of(double share) {
  const double at = std::clamp(share, 0.0, 1.0) * (ramp.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), ramp.size() - 2);
  const double t = at - static_cast<double>(i);
  const auto mix = [t](double a, double b) { return std::round(a + (b - a) * t); };
  return {mix(ramp[i].red, ramp[i + 1].red), mix(ramp[i].green, ramp[i + 1].green),
          mix(ramp[i].blue, ramp[i + 1].blue)};
}

std::string hex(const Colour& c) {
  return fmt::format("#{:02x}{:02x}{:02x}", static_cast<int>(c.red), static_cast<int>(c.green),
                     static_cast<int>(c.blue));
}

bool is_dark(const Colour& c) { return 0.299 * c.red + 0.587 * c.green + 0.114 * c.blue < 140; }

class HeatMap {
 public:
  HeatMap(const StudyReport& report, const InputGrid& grid, Language language)
      : report_(report),
        grid_(grid),
        language_(language),
        ratings_(report.bands, language),
        x_(measure_of(report, grid.x, grid.xs, language)),
        y_(measure_of(report, *grid.y, grid.ys, language)),
        values_(span_of(grid.values)),
        canvas_(chart_width, 560, word::kind_grid.in(language)) {
    for (std::size_t j = 0; j < grid.ys.size(); ++j)
      left_ = std::max(left_, drawn_width(y_.number(grid.ys[j]), Canvas::size));
    left_ = std::min(left_, 120.0) + 46;
    cell_width_ = (right - left_) / static_cast<double>(grid.xs.size());
    cell_height_ = (bottom - top) / static_cast<double>(grid.ys.size());
    numbers_ = cell_width_ >= 54 && cell_height_ >= 24;
  }

  Drawing draw() {
    draw_cells();
    draw_axes();
    draw_borders();
    draw_names();
    draw_nominal();
    draw_scale();
    return canvas_.drawing();
  }

 private:
  static constexpr double top = 34, bottom = 496, right = 800;

  [[nodiscard]] double cell_left(std::size_t i) const {
    return left_ + static_cast<double>(i) * cell_width_;
  }
  [[nodiscard]] double cell_top(std::size_t j) const {
    return bottom - static_cast<double>(j + 1) * cell_height_;
  }
  [[nodiscard]] double share_of(double value) const {
    return values_.high > values_.low ? (value - values_.low) / (values_.high - values_.low) : 0.5;
  }
  [[nodiscard]] static std::string shown(const std::vector<std::string>& shown, std::size_t i,
                                         const Measure& measure, double x) {
    return i < shown.size() && !shown[i].empty() ? shown[i] : measure.text(x);
  }

  void draw_cells() {
    const bool hatched = any_violated(grid_);
    if (hatched) {
      canvas_.hatch("jx-violated-dark", "#000000", 1.2);
      canvas_.hatch("jx-violated-pale", "#ffffff", 1.2);
    }
    for (std::size_t j = 0; j < grid_.ys.size(); ++j) {
      for (std::size_t i = 0; i < grid_.xs.size(); ++i) {
        const double value = value_at(grid_, i, j), x = cell_left(i), y = cell_top(j);
        const bool there = std::isfinite(value);
        const Colour colour = colour_of(share_of(value));
        const std::string tip = fmt::format(
            "{} × {}: {}", shown(grid_.xs_shown, i, x_, grid_.xs[i]),
            shown(grid_.ys_shown, j, y_, grid_.ys[j]),
            there ? output_text(report_, value) : std::string(word::cannot_compute.in(language_)));
        canvas_.rect(x, y, cell_width_, cell_height_,
                     (there ? "fill:" + hex(colour) : "fill:var(--soft,#eef1f5)") +
                         ";shape-rendering:crispEdges",
                     tip);
        const bool dark = there && is_dark(colour);
        if (is_violated(grid_, i, j))
          canvas_.rect(x, y, cell_width_, cell_height_,
                       dark ? "fill:url(#jx-violated-pale);fill-opacity:0.42"
                            : "fill:url(#jx-violated-dark);fill-opacity:0.32");
        if (!numbers_ && there) continue;
        const std::string words = there ? output_text(report_, value) : "–";
        if (drawn_width(words, 12) < cell_width_ - 2 && cell_height_ >= 12)
          canvas_.text(x + cell_width_ / 2, y + cell_height_ / 2 + 4, "middle", words,
                       dark    ? "fill:#ffffff;font-size:12px"
                       : there ? "fill:#10202c;font-size:12px"
                               : "fill:var(--quiet,#5b6673)");
      }
    }
    if (hatched) {
      canvas_.rect(left_, 8, 16, 13, "fill:#ffffff;stroke:var(--quiet,#5b6673)");
      canvas_.rect(left_, 8, 16, 13, "fill:url(#jx-violated-dark)");
      canvas_.text(left_ + 24, 19, "start", word::violated_hatched.in(language_));
    }
  }

  void draw_axes() {
    const auto stride = [](double need, double have) {
      return static_cast<std::size_t>(std::max(std::ceil(need / have), 1.0));
    };
    double widest = 0;
    for (const double x : grid_.xs)
      widest = std::max(widest, drawn_width(x_.number(x), Canvas::size));
    for (std::size_t i = 0, step = stride(widest + 14, cell_width_); i < grid_.xs.size();
         i += step) {
      const double x = cell_left(i) + cell_width_ / 2;
      canvas_.line(x, bottom, x, bottom + 5, Canvas::axis);
      canvas_.text(x, bottom + 20, "middle", x_.number(grid_.xs[i]));
    }
    for (std::size_t j = 0, step = stride(20, cell_height_); j < grid_.ys.size(); j += step) {
      const double y = cell_top(j) + cell_height_ / 2;
      canvas_.line(left_ - 5, y, left_, y, Canvas::axis);
      canvas_.text(left_ - 9, y + 4, "end",
                   clipped_to(y_.number(grid_.ys[j]), left_ - 40, Canvas::size));
    }
    canvas_.text((left_ + right) / 2, bottom + 46, "middle",
                 clipped_to(x_.titled(input_label(report_, grid_.x, language_)), right - left_,
                            Canvas::size),
                 Canvas::ink);
    canvas_.turned_text(16, (top + bottom) / 2,
                        clipped_to(y_.titled(input_label(report_, *grid_.y, language_)),
                                   bottom - top, Canvas::size),
                        Canvas::ink);
  }

  // Along the edges of the cells, where the rating on one side is not that on the other.
  void draw_borders() {
    std::string path;
    const auto rating = [&](std::size_t i, std::size_t j) -> const std::string* {
      const std::size_t at = j * grid_.xs.size() + i;
      return at < grid_.ratings.size() && !grid_.ratings[at].empty() ? &grid_.ratings[at] : nullptr;
    };
    const auto differ = [](const std::string* a, const std::string* b) {
      return a != nullptr && b != nullptr && *a != *b;
    };
    for (std::size_t j = 0; j < grid_.ys.size(); ++j) {
      for (std::size_t i = 0; i < grid_.xs.size(); ++i) {
        if (i + 1 < grid_.xs.size() && differ(rating(i, j), rating(i + 1, j)))
          path += fmt::format("M{} {}V{}", px(cell_left(i + 1)), px(cell_top(j)),
                              px(cell_top(j) + cell_height_));
        if (j + 1 < grid_.ys.size() && differ(rating(i, j), rating(i, j + 1)))
          path += fmt::format("M{} {}H{}", px(cell_left(i)), px(cell_top(j)),
                              px(cell_left(i) + cell_width_));
      }
    }
    if (path.empty()) return;
    canvas_.path(path, "fill:none;stroke:#ffffff;stroke-width:5;stroke-linecap:round");
    canvas_.path(path, "fill:none;stroke:#10202c;stroke-width:2.4;stroke-linecap:round");
  }

  // The name of a rating in the middle of each of its fields that has room for it.
  void draw_names() {
    if (ratings_.empty()) return;
    for (const Region& region : regions_of(grid_)) {
      const std::string words = ratings_.name(region.rating);
      const double need = drawn_width(words, 15) + 16;
      if (region.room_x * cell_width_ < need || region.room_y * cell_height_ < 24) continue;
      const double x = left_ + region.x * cell_width_;
      double y = bottom - region.y * cell_height_;
      if (numbers_) y -= cell_height_ / 2 - 16;  // above the number of the cell
      if (const auto nominal = nominal_place(); nominal && std::abs(y - nominal->y) < 26 &&
                                                x + need / 2 > nominal->from &&
                                                x - need / 2 < nominal->to)
        y = nominal->y + (region.room_y * cell_height_ > 120 ? 40 : 28);
      canvas_.rect(x - need / 2, y - 13, need, 25, "fill:#ffffff;fill-opacity:0.86", {}, 5);
      canvas_.text(x, y + 5, "middle", words, "fill:#10202c;font-size:15px;font-weight:700");
    }
  }

  // Where a value stands between the places of the grid, in cells; nothing outside.
  static std::optional<double> place_of(double value, const std::vector<double>& places) {
    if (places.empty() || !(value >= places.front() && value <= places.back())) return std::nullopt;
    for (std::size_t i = 1; i < places.size(); ++i) {
      if (value <= places[i])
        return static_cast<double>(i - 1) + 0.5 +
               (value - places[i - 1]) / (places[i] - places[i - 1]);
    }
    return 0.5;
  }

  // Where the project stands, and how far its label reaches.
  struct Nominal {
    double x, y, from, to;
    bool label_right;
    std::string words;
  };
  [[nodiscard]] std::optional<Nominal> nominal_place() const {
    if (grid_.x >= report_.inputs.size() || *grid_.y >= report_.inputs.size()) return std::nullopt;
    const auto i = place_of(report_.inputs[grid_.x].nominal, grid_.xs),
               j = place_of(report_.inputs[*grid_.y].nominal, grid_.ys);
    if (!i || !j) return std::nullopt;
    Nominal out{left_ + *i * cell_width_, bottom - *j * cell_height_, 0, 0, true, {}};
    out.words = fmt::format("{} {}", start_label(report_, language_),
                            output_text(report_, report_.baseline));
    const double wide = drawn_width(out.words, 12) + 12;
    out.label_right = out.x + 14 + wide < right;
    out.from = out.label_right ? out.x - 10 : out.x - 13 - wide;
    out.to = out.label_right ? out.x + 13 + wide : out.x + 10;
    return out;
  }

  void draw_nominal() {
    const auto place = nominal_place();
    if (!place) return;
    canvas_.circle(place->x, place->y, 7, "fill:none;stroke:#ffffff;stroke-width:5");
    canvas_.circle(place->x, place->y, 7, "fill:none;stroke:#10202c;stroke-width:2.4");
    const double from = place->label_right ? place->x + 13 : place->from,
                 to = place->label_right ? place->to : place->x - 13;
    canvas_.rect(from, place->y - 11, to - from, 22, "fill:#ffffff;fill-opacity:0.86", {}, 4);
    canvas_.text(from + 6, place->y + 4, "start", place->words,
                 "fill:#10202c;font-size:12px;font-weight:600");
  }

  void draw_scale() {
    constexpr double left = 836, wide = 18;
    constexpr int steps = 64;
    const Frame frame({left, top + 20, left + wide, bottom}, {0, 1}, values_);
    for (int k = 0; k < steps; ++k) {
      const double low = values_.low + (values_.high - values_.low) * k / steps,
                   high = values_.low + (values_.high - values_.low) * (k + 1) / steps;
      canvas_.rect(left, frame.at_y(high), wide, frame.at_y(low) - frame.at_y(high),
                   "fill:" + hex(colour_of((k + 0.5) / steps)) + ";shape-rendering:crispEdges");
    }
    canvas_.text(left, top + 6, "start",
                 clipped_to(output_label(report_, language_), chart_width - left, Canvas::size),
                 Canvas::ink);
    const std::vector<double> edges = ratings_.edges(values_);
    for (const double edge : edges) {
      const double y = frame.at_y(edge);
      canvas_.line(left - 4, y, left + wide + 4, y, "stroke:#ffffff;stroke-width:4");
      canvas_.line(left - 4, y, left + wide + 4, y, "stroke:#10202c;stroke-width:2.2");
      canvas_.text(
          left + wide + 8, y + 4, "start",
          clipped_to(fmt::format("{} {}", value::plain(edge), ratings_.name(ratings_.at(edge))), 96,
                     Canvas::size),
          Canvas::bold);
    }
    for (const Frame::Tick& tick : round_ticks(values_, 6)) {
      const double y = frame.at_y(tick.at);
      if (std::any_of(edges.begin(), edges.end(),
                      [&](double edge) { return std::abs(frame.at_y(edge) - y) < 16; }))
        continue;
      canvas_.line(left + wide, y, left + wide + 4, y, Canvas::axis);
      canvas_.text(left + wide + 8, y + 4, "start", tick.text);
    }
  }

  const StudyReport& report_;
  const InputGrid& grid_;
  Language language_;
  Ratings ratings_;
  Measure x_, y_;
  Span values_;
  Canvas canvas_;
  double left_ = 0, cell_width_ = 0, cell_height_ = 0;
  bool numbers_ = false;  // each cell says its own
};

}  // namespace

Drawing grid_chart(const StudyReport& report, const InputGrid& grid, Language language) {
  if (grid.xs.empty() || grid.values.empty()) return {};
  if (grid.y) return grid.ys.empty() ? Drawing{} : HeatMap(report, grid, language).draw();
  return GridCurve(report, grid, language).draw();
}

}  // namespace jixiao::chart
