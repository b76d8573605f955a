// Fields of one rating on a grid, and the place in each with the most room for its name.
#pragma once

#include <string>
#include <vector>

#include "jixiao/study.hpp"

namespace jixiao::chart {

// In cells, from the corner of the first x and the first y.
struct Region {
  std::string rating;
  std::size_t cells = 0;
  double x = 0, y = 0;            // middle of the largest square inside it
  double room_x = 0, room_y = 0;  // how far the field reaches around it, across and up
};

// Cells side by side with one rating are a field; the first met first. Cells without a rating are
// in none.
std::vector<Region> regions_of(const InputGrid& grid);

}  // namespace jixiao::chart
