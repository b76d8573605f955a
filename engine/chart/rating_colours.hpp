// One colour for each rating.
#pragma once

#include <span>
#include <string_view>

#include "jixiao/portfolio.hpp"

namespace jixiao::chart {

struct RatingColour {
  std::string_view fill;
  std::string_view ink;  // of words on it
};

// From the best to the worst of those that totals reach; grey for one only a veto gives, and for
// none (an index past the end).
RatingColour rating_colour(std::span<const BandCount> bands, std::size_t index);

}  // namespace jixiao::chart
