// How far each input may move before the rating changes: a rung an input.
#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "chart/rating_zones.hpp"
#include "chart/study_charts.hpp"
#include "chart/study_terms.hpp"
#include "page/study_words.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr double rung_height = 72, ladder_top = 40, track = 18;
constexpr double bold_wider = 1.12;  // than drawn_width() says

// Both directions of one input.
struct Rung {
  std::size_t input = 0;
  const BreakEven* down = nullptr;
  const BreakEven* up = nullptr;
};

std::vector<Rung> rungs_of(const BreakEvens& answer) {
  std::vector<Rung> out;
  for (const BreakEven& row : answer.rows) {
    auto at = std::find_if(out.begin(), out.end(),
                           [&](const Rung& rung) { return rung.input == row.input; });
    if (at == out.end()) at = out.insert(out.end(), Rung{row.input});
    (row.upwards ? at->up : at->down) = &row;
  }
  return out;
}

class Ladder {
 public:
  Ladder(const StudyReport& report, std::vector<Rung> rungs, Language language)
      : report_(report),
        rungs_(std::move(rungs)),
        language_(language),
        ratings_(report.bands, language),
        canvas_(chart_width, ladder_top + rung_height * static_cast<double>(rungs_.size()) + 6,
                word::kind_break_even.in(language)) {
    std::vector<std::string> labels;
    for (const Rung& rung : rungs_) labels.push_back(input_label(report_, rung.input, language_));
    left_ = label_width(labels, 230) + 20;
  }

  Drawing draw() {
    canvas_.hatch("jx-back", "var(--ink,#1b2430)");
    double x = 0;
    for (std::size_t b = 0; b < ratings_.size(); ++b)
      x = canvas_.legend(x, 16, fmt::format("fill:{}", ratings_.colour(b).fill), ratings_.name(b));
    canvas_.circle(x + 6, 11, 5,
                   "fill:var(--sheet,#ffffff);stroke:var(--ink,#1b2430);stroke-width:2.4");
    canvas_.text(x + 18, 16, "start", start_label(report_, language_));
    for (std::size_t i = 0; i < rungs_.size(); ++i)
      draw_rung(rungs_[i], ladder_top + rung_height * static_cast<double>(i));
    return canvas_.drawing();
  }

 private:
  [[nodiscard]] bool known(const BreakEven* row) const {
    return row != nullptr && std::isfinite(row->limit);
  }

  void draw_rung(const Rung& rung, double y) {
    if (rung.input >= report_.inputs.size()) return;
    const StudiedInput& input = report_.inputs[rung.input];
    const double middle = y + rung_height / 2;
    canvas_.line(0, y, chart_width, y, Canvas::grid);
    canvas_.lines(
        left_ - 18, middle, "end",
        wrapped_to(input_label(report_, rung.input, language_), left_ - 20, Canvas::size, 3));
    const double nominal = input.nominal;
    const double low = known(rung.down) ? rung.down->limit : nominal,
                 high = known(rung.up) ? rung.up->limit : nominal;
    if (!(low < high) || !std::isfinite(nominal)) {
      canvas_.text(left_, middle + 4, "start", "–");
      return;
    }
    const Frame frame({left_ + 8, middle - track / 2, chart_width - 16, middle + track / 2},
                      {low, high}, {0, 1});
    // The whole track has the rating as it is; what lies beyond a change is painted over it.
    fill(frame, low, high, report_.rating);
    const auto beyond = [&](const BreakEven& row) {
      if (!row.found) return;
      const double edge = std::isfinite(row.last.value) ? (row.last.value + row.first.value) / 2
                                                        : row.first.value;
      fill(frame, row.upwards ? edge : low, row.upwards ? high : edge, row.first.rating);
      if (!row.monotone) {
        const double from = frame.at_x(row.upwards ? edge : low),
                     to = frame.at_x(row.upwards ? high : edge);
        canvas_.rect(from, frame.box().top, to - from, track,
                     "fill:url(#jx-back);fill-opacity:0.55", word::changes_back.in(language_));
      }
      const double at = frame.at_x(edge);
      canvas_.line(at, frame.box().top - 6, at, frame.box().bottom + 6,
                   "stroke:var(--ink,#1b2430);stroke-width:2");
    };
    if (known(rung.down)) beyond(*rung.down);
    if (known(rung.up)) beyond(*rung.up);
    const double at = frame.at_x(nominal);
    canvas_.circle(at, middle, 6.5,
                   "fill:var(--sheet,#ffffff);stroke:var(--ink,#1b2430);stroke-width:2.4",
                   input.nominal_shown);
    // Above: where the rating changes; below: where it stands, and the ends that were looked at.
    said_above(frame, rung, middle);
    said_below(frame, rung, input, at, middle);
  }

  void fill(const Frame& frame, double from, double to, const std::string& rating) {
    const double a = frame.at_x(from), b = frame.at_x(to);
    canvas_.rect(a, frame.box().top, b - a, track, fmt::format("fill:{}", ratings_.fill(rating)),
                 ratings_.name(rating), 3);
  }

  void said_above(const Frame& frame, const Rung& rung, double middle) {
    const double y = middle - track / 2 - 11;
    double taken = frame.box().left - 8;
    for (const BreakEven* row : {rung.down, rung.up}) {
      if (!known(row)) continue;
      std::string words;
      double at = 0;
      if (row->found) {
        const std::string rating(ratings_.name(row->first.rating));
        const bool steps = row->first.shown != row->last.shown;
        const std::string changed = steps ? fmt::format("{} {}", row->first.shown, rating) : rating;
        words = row->upwards ? row->last.shown + " | " + changed
                             : changed + " | " + row->last.shown;
        at = frame.at_x((row->last.value + row->first.value) / 2);
      } else {
        words = fmt::format(fmt::runtime(word::kept_throughout.in(language_)), row->limit_shown);
        at = row->upwards ? frame.box().right : frame.box().left;
      }
      const bool both = known(rung.down) && known(rung.up);
      words =
          clipped_to(words, (chart_width - frame.box().left) / (both ? 2 : 1) - 16, Canvas::size);
      const double wide = drawn_width(words, Canvas::size);
      const double from = std::clamp(at - wide / 2, std::max(taken + 12, frame.box().left - 8),
                                     std::max(chart_width - wide, taken + 12));
      canvas_.text(from, y, "start", words, Canvas::ink);
      taken = from + wide;
    }
  }

  void said_below(const Frame& frame, const Rung& rung, const StudiedInput& input, double at,
                  double middle) {
    const double y = middle + track / 2 + 16;
    const double half = drawn_width(input.nominal_shown, Canvas::size) * bold_wider / 2;
    const double centre = std::clamp(at, frame.box().left + half, chart_width - half - 2);
    canvas_.text(centre, y, "middle", input.nominal_shown, Canvas::bold);
    if (known(rung.down))
      end_mark(frame.box().left, "start", rung.down->limit_shown, y, centre - half, true);
    if (known(rung.up))
      end_mark(frame.box().right, "end", rung.up->limit_shown, y, centre + half, false);
  }

  void end_mark(double x, std::string_view anchor, const std::string& words, double y, double other,
                bool left) {
    const double wide = drawn_width(words, 11);
    if (left ? x + wide + 10 > other : x - wide - 10 < other) return;
    canvas_.text(x, y, anchor, words, Canvas::small);
  }

  const StudyReport& report_;
  std::vector<Rung> rungs_;
  Language language_;
  Ratings ratings_;
  Canvas canvas_;
  double left_ = 0;
};

}  // namespace

Drawing break_even_chart(const StudyReport& report, const BreakEvens& answer, Language language) {
  std::vector<Rung> rungs = rungs_of(answer);
  if (rungs.empty()) return {};
  if (rungs.size() > rows_drawn) rungs.resize(rows_drawn);
  return Ladder(report, std::move(rungs), language).draw();
}

}  // namespace jixiao::chart
