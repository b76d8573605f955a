// The totals of all projects, as they come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "portfolio/tally.hpp"

namespace jixiao::portfolio {

// Rank of each project, NaN without a total. Views the totals it was made from.
class Ranks {
 public:
  Ranks() = default;  // none
  explicit Ranks(std::vector<double> own) : ranks_(std::move(own)), size_(ranks_.size()) {}
  Ranks(std::vector<double> of_number, std::span<const std::uint16_t> numbers)
      : ranks_(std::move(of_number)), numbers_(numbers), size_(numbers.size()) {}
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  double operator[](std::size_t project) const { return ranks_[numbers_.empty() ? project : numbers_[project]]; }

 private:
  std::vector<double> ranks_;
  std::span<const std::uint16_t> numbers_;  // of each project, its place in ranks_; empty: its own
  std::size_t size_ = 0;
};

// By the number of a total while no more than Tally::most are different, as they are beyond. Memory: 2 bytes a project or 8.
class Totals {
 public:
  void add(double total);  // NaN: none
  [[nodiscard]] std::size_t size() const { return counted() ? numbers_.size() : totals_.size(); }
  // Nothing when too many are different; then there is all().
  [[nodiscard]] std::optional<Tally> tally() const;
  [[nodiscard]] std::span<const double> all() const { return totals_; }
  // As ranks() of rank.hpp.
  [[nodiscard]] Ranks ranks(Ties ties) const;

 private:
  struct Place {
    std::uint64_t bits;
    std::uint16_t number;
  };
  static constexpr std::uint16_t nobody = 0;  // the number of no total

  [[nodiscard]] bool counted() const { return totals_.empty(); }
  std::uint16_t number_of(double total);  // nobody: too many
  void widen();
  void give_up_counting();
  // Numbers of totals, the highest first.
  [[nodiscard]] std::vector<std::uint16_t> falling() const;

  std::vector<Place> places_;
  std::vector<double> different_{0};  // by number, after the one that is nobody's
  std::vector<std::uint64_t> counts_{0};
  std::vector<std::uint16_t> numbers_;  // of each project
  std::vector<double> totals_;          // of each project, once they are no longer counted
};

}  // namespace jixiao::portfolio
