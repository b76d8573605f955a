// Which ratings hold whatever the weights, and which flip.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/core.h>

#include "chart/chart_axes.hpp"
#include "chart/rating_zones.hpp"
#include "chart/study_charts.hpp"
#include "chart/study_terms.hpp"
#include "page/study_words.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr double shares_row_height = 27, shares_top = 62, shares_width = 150;

// What may flip is drawn before what is certain; then by total, the best first.
std::vector<std::size_t> drawn(const Stability& answer) {
  std::vector<std::size_t> order(answer.projects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto& projects = answer.projects;
  if (order.size() > rows_drawn) {
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      if (projects[a].certain != projects[b].certain) return !projects[a].certain;
      return !projects[a].certain && projects[a].flip_distance < projects[b].flip_distance;
    });
    order.resize(rows_drawn);
  }
  const auto total = [&](std::size_t i) {
    return std::isfinite(projects[i].total) ? projects[i].total : -1e300;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return total(a) > total(b); });
  return order;
}

}  // namespace

Drawing stability_chart(const StudyReport& report, const Stability& answer, Language language) {
  const std::vector<std::size_t> order = drawn(answer);
  if (order.empty()) return {};
  std::vector<std::string> labels;
  std::vector<double> totals;
  bool any_shares = false;
  for (const std::size_t i : order) {
    const StableProject& project = answer.projects[i];
    labels.push_back(name_of(project.label, project.id, language));
    totals.insert(totals.end(), {project.total, project.lowest, project.highest});
    any_shares = any_shares || !project.shares.empty();
  }
  const Ratings ratings(report.bands, language);
  const double left = label_width(labels, 230) + 14,
               bottom = shares_top + 30 + shares_row_height * static_cast<double>(order.size());
  const double right = any_shares ? chart_width - shares_width - 30 : chart_width - 20;
  const Frame frame({left, shares_top, right, bottom}, span_of(totals, 0.04), {0, 1});
  Canvas canvas(chart_width, bottom + 50, word::stability_intervals.in(language));
  constexpr std::string_view mark = "stroke:var(--ink,#1b2430);stroke-width:2;";
  if (report.bands.empty()) {  // an index: no rating to be certain of
    canvas.circle(7, 12, 5.5, std::string(mark) + "fill:var(--sheet,#ffffff)");
    canvas.text(20, 16, "start", word::as_it_stands.in(language));
    const double next = 52 + drawn_width(word::as_it_stands.in(language), Canvas::size);
    canvas.line(next, 12, next + 26, 12, "stroke:var(--quiet,#5b6673);stroke-width:2.4");
    canvas.text(next + 33, 16, "start", word::over_weights.in(language));
  } else {
    canvas.circle(7, 12, 5.5, std::string(mark) + "fill:var(--ink,#1b2430)");
    canvas.text(20, 16, "start", word::certain_ratings.in(language));
    const double next = 52 + drawn_width(word::certain_ratings.in(language), Canvas::size);
    canvas.circle(next, 12, 5.5, std::string(mark) + "fill:var(--sheet,#ffffff)");
    canvas.text(next + 13, 16, "start", word::flipping_ratings.in(language));
  }
  frame.draw_x(canvas, round_ticks(frame.x(), 7), word::total.in(language), true);
  draw_standing_zones(canvas, frame, ratings);
  if (any_shares) canvas.text(right + 24, shares_top + 17, "start", word::chances.in(language));
  for (std::size_t r = 0; r < order.size(); ++r) {
    const StableProject& project = answer.projects[order[r]];
    const double y = shares_top + 30 + shares_row_height * (static_cast<double>(r) + 0.5);
    canvas.text(left - 12, y + 4, "end", clipped_to(labels[r], left - 14, Canvas::size),
                Canvas::ink);
    const std::string tip =
        fmt::format("{}: {} ({} – {})", labels[r], output_text(report, project.total),
                    output_text(report, project.lowest), output_text(report, project.highest));
    if (std::isfinite(project.lowest) && std::isfinite(project.highest)) {
      canvas.line(frame.at_x(project.lowest), y, frame.at_x(project.highest), y,
                  "stroke:var(--quiet,#5b6673);stroke-width:2.4");
      for (const double end : {project.lowest, project.highest})
        canvas.line(frame.at_x(end), y - 5, frame.at_x(end), y + 5,
                    "stroke:var(--quiet,#5b6673);stroke-width:2.4");
    }
    if (std::isfinite(project.total)) {
      const std::string_view fill = ratings.fill(project.rating);
      canvas.circle(frame.at_x(project.total), y, 6,
                    fmt::format("stroke:{};stroke-width:2.6;fill:{}", fill,
                                project.certain ? fill : "var(--sheet,#ffffff)"),
                    tip);
    }
    double x = right + 24;
    for (std::size_t b = 0; b < std::min(ratings.size(), project.shares.size()); ++b) {
      const double wide = shares_width * (std::isfinite(project.shares[b])
                                              ? std::clamp(project.shares[b], 0.0, 1.0)
                                              : 0);
      if (wide <= 0) continue;
      const RatingColour colour = ratings.colour(b);
      const std::string words = share_text(project.shares[b]);
      canvas.rect(x, y - 8, std::max(wide - 1, 0.5), 16, fmt::format("fill:{}", colour.fill),
                  ratings.name(b) + " " + words, 1.5);
      const std::string inside = ratings.name(b) + " " + words;
      const std::string fits = drawn_width(inside, 11) + 6 < wide  ? inside
                               : drawn_width(words, 11) + 4 < wide ? words
                                                                   : "";
      if (!fits.empty())
        canvas.text(x + wide / 2, y + 4, "middle", fits,
                    fmt::format("fill:{};font-size:11px", colour.ink));
      x += wide;
    }
  }
  return canvas.drawing();
}

}  // namespace jixiao::chart
