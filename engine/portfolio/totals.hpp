// The totals of all projects, as they come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "portfolio/total_counts.hpp"

namespace jixiao::portfolio {

// Rank of each project, NaN without a total. Views the totals it was made from.
class RankColumn {
 public:
  RankColumn() = default;  // none
  explicit RankColumn(std::vector<double> own) : ranks_(std::move(own)), size_(ranks_.size()) {}
  RankColumn(std::vector<double> of_number, std::span<const std::uint16_t> numbers)
      : ranks_(std::move(of_number)), numbers_(numbers), size_(numbers.size()) {}
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  double operator[](std::size_t project) const {
    return ranks_[numbers_.empty() ? project : numbers_[project]];
  }

 private:
  std::vector<double> ranks_;
  std::span<const std::uint16_t> numbers_;  // of each project, its place in ranks_; empty: its own
  std::size_t size_ = 0;
};

// In the order they come. Once all are in they are counted, if few are different.
class Totals {
 public:
  void add(double total) { all_.push_back(total); }  // NaN: none
  // Nothing is added afterwards. Memory: 2 bytes per project while it counts, and afterwards when
  // it could.
  void count();

  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] std::span<const double> all() const { return all_; }
  // Nothing when more than TotalCounts::most are different.
  [[nodiscard]] const std::optional<TotalCounts>& total_counts() const { return total_counts_; }
  // As ranks() of rank.hpp.
  [[nodiscard]] RankColumn ranks(Ties ties) const;

 private:
  std::vector<double> all_;
  std::optional<TotalCounts> total_counts_;
  std::vector<std::uint16_t> numbers_;  // of each project, its total in tally_; one more than there
                                        // are: none
};

}  // namespace jixiao::portfolio
