#include "chart/rating_colours.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace jixiao::chart {
namespace {

// Of Okabe and Ito's palette.
constexpr RatingColour blue{"#0072b2", "#ffffff"}, sky{"#56b4e9", "#10202c"},
    green{"#009e73", "#ffffff"}, yellow{"#f0e442", "#2b2a10"}, orange{"#e69f00", "#2b1f05"},
    vermilion{"#d55e00", "#ffffff"}, purple{"#cc79a7", "#2c1020"}, grey{"#8b95a1", "#ffffff"};

// As many as there are ratings, so that the worst is always the warmest.
constexpr std::array<std::array<RatingColour, 7>, 7> scales{{
    {blue},
    {blue, vermilion},
    {blue, orange, vermilion},
    {blue, sky, orange, vermilion},
    {blue, sky, yellow, orange, vermilion},
    {blue, sky, green, yellow, orange, vermilion},
    {blue, sky, green, yellow, orange, vermilion, purple},
}};

bool by_veto_alone(const BandCount& band) { return std::isnan(band.low) && std::isnan(band.high); }

}  // namespace

RatingColour rating_colour(std::span<const BandCount> bands, std::size_t index) {
  if (index >= bands.size() || by_veto_alone(bands[index])) return grey;
  const auto reached = [](std::span<const BandCount> some) {
    return static_cast<std::size_t>(std::count_if(
        some.begin(), some.end(), [](const BandCount& band) { return !by_veto_alone(band); }));
  };
  const std::size_t count = std::min(reached(bands), scales.size());
  return scales[count - 1][reached(bands.first(index)) % scales.size()];
}

}  // namespace jixiao::chart
