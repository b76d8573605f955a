#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/core.h>

#include "chart/portfolio_charts.hpp"
#include "chart/rating_colours.hpp"
#include "chart/svg_frame.hpp"
#include "page/numbers.hpp"
#include "page/portfolio_terms.hpp"
#include "page/portfolio_words.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

void draw_legend(Canvas& canvas, double left, double y, const std::vector<BandCount>& bands,
                 Language language) {
  double x = left;
  for (std::size_t b = 0; b < bands.size(); ++b) {
    const std::string words = band_text(bands[b], language);
    canvas.rect(x, y - 11, 12, 12, fmt::format("fill:{}", rating_colour(bands, b).fill), {}, 2);
    canvas.text(x + 17, y, "start", words);
    x += 36 + drawn_width(words, Canvas::size);
  }
}

// The totals of the groups, with a little air.
std::optional<Span> span_of_groups(const std::vector<Group>& groups, std::size_t count,
                                   double Group::*low, double Group::*high) {
  std::optional<Span> out;
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isfinite(groups[i].mean)) continue;
    if (!out) out = Span{groups[i].*low, groups[i].*high};
    out->low = std::min(out->low, groups[i].*low);
    out->high = std::max(out->high, groups[i].*high);
  }
  if (!out) return out;
  const double air =
      std::max((out->high - out->low) * 0.04, 1e-3 * std::max(std::abs(out->high), 1.0));
  return Span{out->low - air, out->high + air};
}

// 12万, 3亿; 120k, 3M.
std::string amount_text(double yuan, Language language) {
  struct Step {
    double size;
    const char* zh;
    const char* en;
  };
  static constexpr Step chinese[] = {{1e8, "亿", ""}, {1e4, "万", ""}},
                        english[] = {{1e9, "", "B"}, {1e6, "", "M"}, {1e3, "", "k"}};
  if (language == Language::zh) {
    for (const Step& step : chinese) {
      if (yuan >= step.size) return value::plain(yuan / step.size, 2, true) + step.zh;
    }
  } else {
    for (const Step& step : english) {
      if (yuan >= step.size) return value::plain(yuan / step.size, 2, true) + step.en;
    }
  }
  return value::plain(yuan, 2, true);
}

// Amounts of very different sizes stand on a logarithmic axis.
struct AmountAxis {
  bool logarithmic = false;
  Span span;
  [[nodiscard]] double place(double amount) const {
    return logarithmic ? std::log10(amount) : amount;
  }

  [[nodiscard]] std::vector<Frame::Tick> ticks(Language language) const {
    std::vector<Frame::Tick> out;
    if (!logarithmic) {
      for (const Frame::Tick& tick : number_ticks(span, 6))
        out.push_back({tick.at, amount_text(tick.at, language)});
      return out;
    }
    const std::vector<double> factors = span.high - span.low > 4 ? std::vector<double>{1}
                                                                 : std::vector<double>{1, 2, 5};
    for (double power = std::floor(span.low); power <= span.high; ++power) {
      for (const double factor : factors) {
        const double at = power + std::log10(factor);
        if (at >= span.low && at <= span.high)
          out.push_back({at, amount_text(std::pow(10.0, power) * factor, language)});
      }
    }
    return out;
  }
};

AmountAxis axis_of(const std::vector<const Group*>& groups) {
  const auto [least, most] =
      std::minmax_element(groups.begin(), groups.end(),
                          [](const Group* a, const Group* b) { return a->adjusted < b->adjusted; });
  AmountAxis out;
  out.logarithmic = (*most)->adjusted > 20 * (*least)->adjusted;
  out.span = {out.logarithmic ? out.place((*least)->adjusted) : 0, out.place((*most)->adjusted)};
  const double air = std::max((out.span.high - out.span.low) * 0.07, 0.05);
  out.span.high += air;
  if (out.logarithmic) out.span.low -= air;
  return out;
}

}  // namespace

std::string groups_chart(const Portfolio& portfolio, const RollUp& roll_up, Language language) {
  const std::size_t count = std::min(roll_up.groups.size(), groups_drawn);
  if (count == 0) return {};
  constexpr double row_height = 27, bar_height = 17, top = 44, right = chart_width - 74;
  double label_width = 0;
  for (std::size_t i = 0; i < count; ++i)
    label_width =
        std::max(label_width, drawn_width(group_text(roll_up.groups[i], language), Canvas::size));
  label_width = std::min(label_width, chart_width * 0.24);
  const double left = label_width + 14,
               middle = left + (right - left) * (portfolio.bands.empty() ? 0 : 0.56);
  const double bottom = top + static_cast<double>(count) * row_height;
  Canvas canvas(chart_width, bottom + 26, roll_up.column);
  draw_legend(canvas, left, 18, portfolio.bands, language);
  const auto span = span_of_groups(roll_up.groups, count, &Group::lowest, &Group::highest);
  const Frame means({middle + 34, top, right, bottom}, span.value_or(Span{}), {0, 1});
  if (span) {
    canvas.text((middle + 34 + right) / 2, 18, "middle", word::mean_and_range.in(language));
    means.draw_x(canvas, number_ticks(*span, 5), {}, true);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Group& group = roll_up.groups[i];
    const double y = top + static_cast<double>(i) * row_height + row_height / 2;
    canvas.text(left - 12, y + 5, "end",
                clipped_to(group_text(group, language), label_width, Canvas::size), Canvas::ink);
    double x = left;
    for (std::size_t b = 0;
         b < std::min(portfolio.bands.size(), group.bands.size()) && group.scored > 0; ++b) {
      const double share = static_cast<double>(group.bands[b]) / static_cast<double>(group.scored);
      if (share <= 0) continue;
      const RatingColour colour = rating_colour(portfolio.bands, b);
      const double wide = (middle - left) * share;
      const std::string words = value::plain(100 * share, 0) + "%";
      canvas.rect(
          x, y - bar_height / 2, std::max(wide - 1, 0.5), bar_height,
          fmt::format("fill:{}", colour.fill),
          fmt::format("{} {} ({})", band_text(portfolio.bands[b], language), group.bands[b], words),
          1.5);
      if (drawn_width(words, 11) + 6 < wide)
        canvas.text(x + wide / 2, y + 4, "middle", words,
                    fmt::format("fill:{};font-size:11px", colour.ink));
      x += wide;
    }
    if (!std::isfinite(group.mean)) continue;
    canvas.line(means.at_x(group.lowest), y, means.at_x(group.highest), y,
                "stroke:var(--quiet,#5b6673);stroke-width:2");
    const RatingColour colour =
        rating_colour(portfolio.bands, band_index(portfolio.bands, group.band));
    canvas.circle(means.at_x(group.mean), y, 6,
                  fmt::format("fill:{};stroke:var(--sheet,#ffffff);stroke-width:1.5",
                              portfolio.bands.empty() ? "#0072b2" : colour.fill),
                  total_text(group.mean, portfolio.digits));
    canvas.text(chart_width - 4, y + 5, "end", total_text(group.mean, portfolio.digits),
                Canvas::ink);
  }
  return canvas.svg();
}

std::string budget_chart(const Portfolio& portfolio, const RollUp& roll_up, Language language) {
  std::vector<const Group*> groups;
  for (const Group& group : roll_up.groups) {
    if (group.adjusted > 0 && std::isfinite(group.mean)) groups.push_back(&group);
    if (groups.size() == groups_drawn) break;
  }
  if (groups.size() < 2) return {};
  const AmountAxis axis = axis_of(groups);
  Span means{groups[0]->mean, groups[0]->mean};
  std::size_t most = 1;
  for (const Group* group : groups) {
    means = {std::min(means.low, group->mean), std::max(means.high, group->mean)};
    most = std::max(most, group->projects);
  }
  const double air =
      std::max((means.high - means.low) * 0.2, 1e-2 * std::max(std::abs(means.high), 1.0));
  const Frame frame({74, 30, chart_width - 24, 330}, axis.span,
                    {means.low - air, means.high + air});
  Canvas canvas(chart_width, 382, word::budget_and_mean.in(language));
  draw_legend(canvas, 74, 16, portfolio.bands, language);
  frame.draw_y(canvas, number_ticks({means.low - air, means.high + air}, 5),
               word::mean.in(language));
  frame.draw_x(canvas, axis.ticks(language), word::budget_axis.in(language), true);
  // Large circles first, so that small ones stay in sight.
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group* a, const Group* b) { return a->projects > b->projects; });
  struct Place {
    double x, y, radius;
  };
  std::vector<Place> places;
  for (const Group* group : groups) {
    const double radius =
        5 + 21 * std::sqrt(static_cast<double>(group->projects) / static_cast<double>(most));
    const Place place{frame.at_x(axis.place(group->adjusted)), frame.at_y(group->mean), radius};
    const RatingColour colour =
        rating_colour(portfolio.bands, band_index(portfolio.bands, group->band));
    canvas.circle(
        place.x, place.y, radius,
        fmt::format("fill:{};fill-opacity:0.72;stroke:var(--sheet,#ffffff);stroke-width:1.5",
                    portfolio.bands.empty() ? "#0072b2" : colour.fill),
        fmt::format("{}: {} / {}", group_text(*group, language),
                    amount_text(group->adjusted, language),
                    total_text(group->mean, portfolio.digits)));
    places.push_back(place);
  }
  // A name stands right, left, above or below its circle: where it covers no other circle and no
  // name, else no name.
  const std::string name_style = fmt::format(
      "{};paint-order:stroke;stroke:var(--sheet,#ffffff);stroke-width:3px", Canvas::ink);
  std::vector<Frame::Box> names, circles;
  for (const Place& at : places)
    circles.push_back({at.x - at.radius, at.y - at.radius, at.x + at.radius, at.y + at.radius});
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string words = clipped_to(group_text(*groups[i], language), 150, Canvas::size);
    const double wide = drawn_width(words, Canvas::size);
    const Place& at = places[i];
    const auto box_at = [&](double left, double middle) {
      return Frame::Box{left, middle - 8, left + wide, middle + 8};
    };
    const std::array<Frame::Box, 4> candidates{box_at(at.x + at.radius + 4, at.y),
                                               box_at(at.x - at.radius - 4 - wide, at.y),
                                               box_at(at.x - wide / 2, at.y - at.radius - 10),
                                               box_at(at.x - wide / 2, at.y + at.radius + 10)};
    const Frame::Box* best = nullptr;
    for (const bool over_circles : {false, true}) {
      for (const Frame::Box& box : candidates) {
        const auto covers = [&](const Frame::Box& other) {
          return box.left < other.right && other.left < box.right && box.top < other.bottom &&
                 other.top < box.bottom;
        };
        const bool inside = box.left > frame.box().left && box.right < chart_width - 8 &&
                            box.top > frame.box().top - 8 && box.bottom < frame.box().bottom;
        if (best != nullptr || !inside || std::any_of(names.begin(), names.end(), covers)) continue;
        if (over_circles || std::none_of(circles.begin(), circles.end(), covers)) best = &box;
      }
    }
    if (best == nullptr) continue;  // its tip still says its name
    names.push_back(*best);
    canvas.text(best->left, best->top + 13, "start", words, name_style);
  }
  return canvas.svg();
}

}  // namespace jixiao::chart
