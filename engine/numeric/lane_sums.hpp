// Sums over a block of samples in eight lanes, so that they become vector code with the same bits
// on every processor. Private to this room.
#pragma once

#include <array>
#include <cstddef>

namespace jixiao::numeric {

inline constexpr std::size_t lanes = 8;

// One running sum; sample i of a block goes to lane i % 8.
struct LaneSum {
  std::array<double, lanes> lane{};

  [[nodiscard]] double total() const {
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) +
           ((lane[4] + lane[5]) + (lane[6] + lane[7]));
  }
};

// Outputs of a block of points A and B.
struct PairSums {
  LaneSum bad;      // how many are NaN or infinite
  LaneSum value;    // a + b
  LaneSum square;   // a^2 + b^2
  LaneSum product;  // a b
};
// `a` and `b` are centred in place: `centre` is taken off.
void add_pair_block(double* a, double* b, double centre, std::size_t count, PairSums& sums);

// Outputs where A has taken a group's columns from B.
struct MovedSums {
  LaneSum bad;
  LaneSum product;     // b (m - a)
  LaneSum difference;  // m - a
  LaneSum from_a;      // (m - a)^2
  LaneSum from_b;      // (m - b)^2
};
// `a` and `b` are centred already, `moved` is centred in place.
void add_moved_block(const double* a, const double* b, double* moved, double centre,
                     std::size_t count, MovedSums& sums);

// a * b.
void add_product_block(const double* a, const double* b, std::size_t count, LaneSum& sum);

}  // namespace jixiao::numeric
