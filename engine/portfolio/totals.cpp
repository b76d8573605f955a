#include "portfolio/totals.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "portfolio/rank.hpp"

namespace jixiao::portfolio {
namespace {

constexpr std::uint64_t free_place = 0x7ff8dead00000000;  // a NaN
constexpr std::size_t least_places = 1024;

std::size_t place_of(std::uint64_t bits, std::size_t places) {
  return static_cast<std::size_t>((bits * 0x9e3779b97f4a7c15U) >> 40) & (places - 1);
}

}  // namespace

void Totals::widen() {
  std::vector<Place> larger(std::max(least_places, places_.size() * 4), Place{free_place, nobody});
  for (const Place& place : places_) {
    if (place.bits == free_place) continue;
    std::size_t at = place_of(place.bits, larger.size());
    while (larger[at].bits != free_place) at = (at + 1) & (larger.size() - 1);
    larger[at] = place;
  }
  places_ = std::move(larger);
}

std::uint16_t Totals::number_of(double total) {
  if (different_.size() * 2 >= places_.size()) widen();
  const double plain = total + 0.0;  // -0 becomes 0
  const auto bits = std::bit_cast<std::uint64_t>(plain);
  std::size_t at = place_of(bits, places_.size());
  while (places_[at].bits != bits && places_[at].bits != free_place) at = (at + 1) & (places_.size() - 1);
  if (places_[at].bits == bits) return places_[at].number;
  if (different_.size() > Tally::most) return nobody;
  places_[at] = {bits, static_cast<std::uint16_t>(different_.size())};
  different_.push_back(plain);
  counts_.push_back(0);
  return places_[at].number;
}

void Totals::add(double total) {
  if (!counted()) return totals_.push_back(total);
  if (std::isnan(total)) return numbers_.push_back(nobody);
  const std::uint16_t number = number_of(total);
  if (number == nobody) {
    give_up_counting();
    return totals_.push_back(total);
  }
  ++counts_[number];
  numbers_.push_back(number);
}

void Totals::give_up_counting() {
  totals_.reserve(2 * numbers_.size());
  for (const std::uint16_t number : numbers_) totals_.push_back(number == nobody ? std::nan("") : different_[number]);
  places_ = {};
  different_ = {};
  counts_ = {};
  numbers_ = {};
}

std::vector<std::uint16_t> Totals::falling() const {
  std::vector<std::uint16_t> order(different_.size() - 1);
  std::iota(order.begin(), order.end(), std::uint16_t{1});
  std::sort(order.begin(), order.end(), [this](std::uint16_t a, std::uint16_t b) { return different_[a] > different_[b]; });
  return order;
}

std::optional<Tally> Totals::tally() const {
  if (!counted()) return std::nullopt;
  Tally out;
  for (const std::uint16_t number : falling()) {
    out.totals.push_back(different_[number]);
    out.counts.push_back(counts_[number]);
  }
  return out;
}

Ranks Totals::ranks(Ties ties) const {
  if (ties == Ties::none) return {};
  if (!counted()) return Ranks(portfolio::ranks(totals_, ties));
  std::vector<double> of_number(different_.size(), std::nan(""));
  double before = 0;
  double dense = 0;
  for (const std::uint16_t number : falling()) {
    const auto count = static_cast<double>(counts_[number]);
    of_number[number] = rank_of_equals(ties, before, count, ++dense);
    before += count;
  }
  return {std::move(of_number), numbers_};
}

}  // namespace jixiao::portfolio
