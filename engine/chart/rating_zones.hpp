// Ratings behind a chart: where each begins and ends on an axis of totals.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chart/rating_colours.hpp"
#include "chart/svg_frame.hpp"
#include "jixiao/study.hpp"

namespace jixiao::chart {

// The ratings of a study, the best first, with their colours and names.
class Ratings {
 public:
  Ratings(const std::vector<RatingBand>& bands, Language language);

  [[nodiscard]] bool empty() const { return bands_.empty(); }
  [[nodiscard]] std::size_t size() const { return bands_.size(); }
  [[nodiscard]] std::size_t index(std::string_view id) const;  // size() when there is none
  // The rating a total has; size() without ratings and for NaN.
  [[nodiscard]] std::size_t at(double total) const;
  [[nodiscard]] RatingColour colour(std::size_t index) const {
    return rating_colour(bands_, index);
  }
  // Of a value: the rating's; blue without ratings, grey for NaN.
  [[nodiscard]] std::string_view fill_of(double total) const;
  [[nodiscard]] std::string_view fill(std::string_view id) const;  // blue without ratings
  [[nodiscard]] std::string name(std::size_t index) const;         // "–" past the end
  [[nodiscard]] std::string name(std::string_view id) const {
    return index(id) < size() ? name(index(id)) : std::string(id);
  }
  // Lower and upper end; infinite at an open end, NaN where only a veto gives it.
  [[nodiscard]] Span span(std::size_t index) const {
    return {bands_[index].low, bands_[index].high};
  }
  // Totals at which a rating begins, within the span.
  [[nodiscard]] std::vector<double> edges(Span within) const;

 private:
  std::vector<BandCount> bands_;
  Language language_;
};

// Zones standing side by side: totals run along x. Names at the top, the edges above them; `notes`,
// one per rating, stand under the names.
void draw_standing_zones(Canvas& canvas, const Frame& frame, const Ratings& ratings,
                         const std::vector<std::string>& notes = {});
// Zones lying one above the other: totals run along y. Names within, at the right.
void draw_lying_zones(Canvas& canvas, const Frame& frame, const Ratings& ratings);

}  // namespace jixiao::chart
