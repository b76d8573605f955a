#include "chart/rating_zones.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "page/portfolio_terms.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr std::string_view edge_line = "stroke:var(--quiet,#5b6673);stroke-dasharray:4 4";
constexpr std::string_view unrated_fill = "#0072b2";

}  // namespace

Ratings::Ratings(const std::vector<RatingBand>& bands, Language language) : language_(language) {
  double high = std::numeric_limits<double>::infinity();
  for (const RatingBand& band : bands) {
    bands_.push_back(
        {band.id, band.label, 0, 0, band.from, std::isnan(band.from) ? band.from : high});
    if (!std::isnan(band.from)) high = band.from;
  }
}

std::size_t Ratings::index(std::string_view id) const { return band_index(bands_, id); }

std::size_t Ratings::at(double total) const {
  const auto found = std::find_if(bands_.begin(), bands_.end(), [&](const BandCount& band) {
    return total >= band.low && total < band.high;
  });
  return static_cast<std::size_t>(found - bands_.begin());
}

std::string_view Ratings::fill_of(double total) const {
  return empty() && std::isfinite(total) ? unrated_fill : colour(at(total)).fill;
}

std::string_view Ratings::fill(std::string_view id) const {
  return empty() ? unrated_fill : colour(index(id)).fill;
}

std::string Ratings::name(std::size_t index) const {
  return index < size() ? band_text(bands_[index], language_) : "–";
}

std::vector<double> Ratings::edges(Span within) const {
  std::vector<double> out;
  for (const BandCount& band : bands_) {
    if (band.low > within.low && band.low <= within.high) out.push_back(band.low);
  }
  return out;
}

void draw_standing_zones(Canvas& canvas, const Frame& frame, const Ratings& ratings,
                         const std::vector<std::string>& notes) {
  const Frame::Box& box = frame.box();
  double taken = -1e9;  // up to here the line above the frame is written on
  for (std::size_t b = ratings.size(); b-- > 0;) {
    const Span span = ratings.span(b);
    const double low = std::max(span.low, frame.x().low),
                 high = std::min(span.high, frame.x().high);
    if (!(low < high)) continue;
    const double from = frame.at_x(low), to = frame.at_x(high), middle = (from + to) / 2;
    canvas.rect(from, box.top, to - from, box.bottom - box.top,
                fmt::format("fill:{};fill-opacity:0.13", ratings.colour(b).fill), ratings.name(b));
    if (to - from >= 24)
      canvas.text(middle, box.top + 17, "middle",
                  clipped_to(ratings.name(b), to - from - 6, Canvas::size), Canvas::ink);
    if (b < notes.size() && to - from >= drawn_width(notes[b], 11) + 4)
      canvas.text(middle, box.top + 32, "middle", notes[b], Canvas::small);
    if (span.low <= frame.x().low) continue;
    canvas.line(from, box.top, from, box.bottom, edge_line);
    const std::string words = value::plain(span.low);
    const double half = drawn_width(words, Canvas::size) / 2;
    if (from - half < taken) continue;
    canvas.text(from, box.top - 7, "middle", words);
    taken = from + half + 8;
  }
}

void draw_lying_zones(Canvas& canvas, const Frame& frame, const Ratings& ratings) {
  const Frame::Box& box = frame.box();
  for (std::size_t b = 0; b < ratings.size(); ++b) {
    const Span span = ratings.span(b);
    const double low = std::max(span.low, frame.y().low),
                 high = std::min(span.high, frame.y().high);
    if (!(low < high)) continue;
    const double top = frame.at_y(high), bottom = frame.at_y(low);
    canvas.rect(box.left, top, box.right - box.left, bottom - top,
                fmt::format("fill:{};fill-opacity:0.13", ratings.colour(b).fill), ratings.name(b));
    if (span.low > frame.y().low) canvas.line(box.left, bottom, box.right, bottom, edge_line);
    if (bottom - top < 17) continue;
    const std::string words = std::isfinite(span.low)
                                  ? fmt::format("{} ≥{}", ratings.name(b), value::plain(span.low))
                                  : ratings.name(b);
    canvas.text(box.right - 8, top + 16, "end",
                clipped_to(words, (box.right - box.left) / 2, Canvas::size), Canvas::ink);
  }
}

}  // namespace jixiao::chart
