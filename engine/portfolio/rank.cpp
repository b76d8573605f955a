#include "portfolio/rank.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace jixiao::portfolio {
namespace {

// Values as whole numbers that grow where the values fall.
std::uint64_t falling_key(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 becomes 0
  const std::uint64_t rising = bits >> 63 != 0 ? ~bits : bits | std::uint64_t{1} << 63;
  return ~rising;
}

constexpr unsigned digit_bits = 11;
constexpr std::size_t digits = std::size_t{1} << digit_bits;

std::size_t digit(std::uint64_t key, unsigned shift) { return key >> shift & (digits - 1); }

// Keys beside the places they came from, sorted by key; equal ones keep their order. Digits that
// all keys share cost no pass.
template <class Index>
struct Order {
  std::vector<std::uint64_t> keys;
  std::vector<Index> places;

  void sort() {
    std::vector<std::uint64_t> next_keys(keys.size());
    std::vector<Index> next_places(places.size());
    for (unsigned shift = 0; shift < 64; shift += digit_bits) {
      std::array<std::size_t, digits> starts{};
      for (const std::uint64_t key : keys) ++starts[digit(key, shift)];
      if (starts[digit(keys.front(), shift)] == keys.size()) continue;
      std::size_t start = 0;
      for (std::size_t& count : starts) {
        const std::size_t here = count;
        count = start;
        start += here;
      }
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const std::size_t to = starts[digit(keys[i], shift)]++;
        next_keys[to] = keys[i];
        next_places[to] = places[i];
      }
      keys.swap(next_keys);
      places.swap(next_places);
    }
  }
};

template <class Index>
std::vector<double> ranks_by(std::span<const double> values, Ties ties) {
  Order<Index> order;
  order.keys.reserve(values.size());
  order.places.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    order.keys.push_back(falling_key(values[i]));
    order.places.push_back(static_cast<Index>(i));
  }
  if (!order.keys.empty()) order.sort();
  std::vector<double> out(values.size(), std::nan(""));
  double dense = 0;
  for (std::size_t begin = 0; begin < order.keys.size();) {
    std::size_t end = begin;
    while (end < order.keys.size() && order.keys[end] == order.keys[begin]) ++end;
    dense += 1;
    const double rank =
        rank_of_equals(ties, static_cast<double>(begin), static_cast<double>(end - begin), dense);
    for (std::size_t i = begin; i < end; ++i) out[order.places[i]] = rank;
    begin = end;
  }
  return out;
}

}  // namespace

double rank_of_equals(Ties ties, double before, double count, double dense) {
  return ties == Ties::competition ? before + 1
         : ties == Ties::dense     ? dense
                                   : before + (count + 1) / 2;
}

std::vector<double> ranks(std::span<const double> values, Ties ties) {
  if (ties == Ties::none) return {};
  const bool small = values.size() <= std::numeric_limits<std::uint32_t>::max();
  return small ? ranks_by<std::uint32_t>(values, ties) : ranks_by<std::size_t>(values, ties);
}

std::vector<double> ranks(std::vector<RankedStanding> standings, std::size_t projects, Ties ties) {
  std::vector<double> out(projects, std::nan(""));
  if (ties == Ties::none) return {};
  std::sort(standings.begin(), standings.end(),
            [](const RankedStanding& a, const RankedStanding& b) {
              return a.band != b.band ? a.band < b.band : a.total > b.total;
            });
  double dense = 0;
  for (std::size_t begin = 0; begin < standings.size();) {
    const RankedStanding& first = standings[begin];
    std::size_t end = begin + 1;
    while (end < standings.size() && standings[end].band == first.band &&
           standings[end].total == first.total)
      ++end;
    dense += 1;
    const double rank =
        rank_of_equals(ties, static_cast<double>(begin), static_cast<double>(end - begin), dense);
    for (std::size_t i = begin; i < end; ++i) out[standings[i].project] = rank;
    begin = end;
  }
  return out;
}

}  // namespace jixiao::portfolio
