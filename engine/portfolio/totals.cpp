#include "portfolio/totals.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "portfolio/rank.hpp"

namespace jixiao::portfolio {
namespace {

// Totals by the order in which they first come, from 1 on: 0 is nobody's.
class Counting {
 public:
  static constexpr std::uint16_t nobody = 0;

  // nobody: too many.
  std::uint16_t number_of(double total) {
    const double plain = total + 0.0;  // -0 becomes 0
    std::size_t at =
        static_cast<std::size_t>(std::bit_cast<std::uint64_t>(plain) * 0x9e3779b97f4a7c15U >> 48);
    while (places_[at] != nobody && totals_[places_[at]] != plain) at = (at + 1) % places_.size();
    if (places_[at] == nobody) {
      if (totals_.size() > TotalCounts::most) return nobody;
      places_[at] = static_cast<std::uint16_t>(totals_.size());
      totals_.push_back(plain);
      counts_.push_back(0);
    }
    ++counts_[places_[at]];
    return places_[at];
  }

  // The highest first; `sorted`: where each number stands now, nobody's behind all of them.
  TotalCounts total_counts(std::vector<std::uint16_t>& sorted) const {
    std::vector<std::uint16_t> order(totals_.size() - 1);
    std::iota(order.begin(), order.end(), std::uint16_t{1});
    std::sort(order.begin(), order.end(),
              [this](std::uint16_t a, std::uint16_t b) { return totals_[a] > totals_[b]; });
    sorted.assign(totals_.size(), static_cast<std::uint16_t>(order.size()));
    TotalCounts out;
    for (const std::uint16_t number : order) {
      sorted[number] = static_cast<std::uint16_t>(out.totals.size());
      out.totals.push_back(totals_[number]);
      out.counts.push_back(counts_[number]);
    }
    return out;
  }

 private:
  // three times as many as there may be totals
  std::vector<std::uint16_t> places_ = std::vector<std::uint16_t>(std::size_t{1} << 16);
  std::vector<double> totals_{std::nan("")};
  std::vector<std::uint64_t> counts_{0};
};

}  // namespace

void Totals::count() {
  Counting counting;
  numbers_.reserve(all_.size());
  for (const double total : all_) {
    const std::uint16_t number = std::isnan(total) ? Counting::nobody : counting.number_of(total);
    if (number == Counting::nobody && !std::isnan(total)) return numbers_.clear();
    numbers_.push_back(number);
  }
  std::vector<std::uint16_t> sorted;
  total_counts_ = counting.total_counts(sorted);
  for (std::uint16_t& number : numbers_) number = sorted[number];
}

RankColumn Totals::ranks(Ties ties) const {
  if (ties == Ties::none) return {};
  if (!total_counts_) return RankColumn(portfolio::ranks(all_, ties));
  std::vector<double> of_number;
  double before = 0;
  for (const std::uint64_t projects : total_counts_->counts) {
    const auto count = static_cast<double>(projects);
    of_number.push_back(
        rank_of_equals(ties, before, count, static_cast<double>(of_number.size() + 1)));
    before += count;
  }
  of_number.push_back(std::nan(""));
  return {std::move(of_number), numbers_};
}

}  // namespace jixiao::portfolio
