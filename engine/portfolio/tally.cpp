#include "portfolio/tally.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

namespace jixiao::portfolio {

std::optional<Tally> tally_of(std::span<const double> totals) {
  constexpr std::size_t places = std::size_t{1} << 16;      // three times as many as there may be totals
  constexpr std::uint64_t free_place = 0x7ff8dead00000000;  // a NaN
  struct Place {
    std::uint64_t bits = free_place;
    std::uint16_t number = 0;
  };
  std::vector<Place> known(places);
  Tally out;
  out.which.reserve(totals.size());
  for (const double total : totals) {
    if (std::isnan(total)) {
      out.which.push_back(Tally::nobody);
      continue;
    }
    const auto bits = std::bit_cast<std::uint64_t>(total + 0.0);
    std::size_t at = (bits * 0x9e3779b97f4a7c15U) >> 48;
    while (known[at].bits != bits && known[at].bits != free_place) at = (at + 1) % places;
    if (known[at].bits == free_place) {
      if (out.totals.size() == Tally::most) return std::nullopt;
      known[at] = {bits, static_cast<std::uint16_t>(out.totals.size())};
      out.totals.push_back(total + 0.0);
      out.counts.push_back(0);
    }
    ++out.counts[known[at].number];
    out.which.push_back(known[at].number);
  }

  std::vector<std::uint16_t> order(out.totals.size());
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  std::sort(order.begin(), order.end(), [&](std::uint16_t a, std::uint16_t b) { return out.totals[a] > out.totals[b]; });
  Tally sorted;
  std::vector<std::uint16_t> now(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    sorted.totals.push_back(out.totals[order[i]]);
    sorted.counts.push_back(out.counts[order[i]]);
    now[order[i]] = static_cast<std::uint16_t>(i);
  }
  sorted.which = std::move(out.which);
  for (std::uint16_t& which : sorted.which) which = which == Tally::nobody ? which : now[which];
  return sorted;
}

}  // namespace jixiao::portfolio
