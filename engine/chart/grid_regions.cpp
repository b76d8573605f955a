#include "chart/grid_regions.hpp"

#include <algorithm>

namespace jixiao::chart {
namespace {

struct Fields {
  std::size_t columns, rows;
  std::vector<std::size_t> field;  // of each cell; 0: none
  [[nodiscard]] std::size_t at(std::size_t i, std::size_t j) const {
    return field[j * columns + i];
  }
};

// Flood fill, cell by cell.
Fields fields_of(const InputGrid& grid, std::vector<Region>& regions) {
  Fields out{grid.xs.size(), grid.ys.size(), {}};
  const std::size_t cells = out.columns * out.rows;
  out.field.assign(cells, 0);
  if (grid.ratings.size() < cells) return out;
  std::vector<std::size_t> open;
  for (std::size_t first = 0; first < cells; ++first) {
    if (out.field[first] != 0 || grid.ratings[first].empty()) continue;
    regions.push_back({grid.ratings[first]});
    open.assign(1, first);
    out.field[first] = regions.size();
    while (!open.empty()) {
      const std::size_t cell = open.back();
      open.pop_back();
      ++regions.back().cells;
      const auto visit = [&](std::size_t next) {
        if (out.field[next] != 0 || grid.ratings[next] != grid.ratings[first]) return;
        out.field[next] = regions.size();
        open.push_back(next);
      };
      if (cell % out.columns > 0) visit(cell - 1);
      if (cell % out.columns + 1 < out.columns) visit(cell + 1);
      if (cell >= out.columns) visit(cell - out.columns);
      if (cell + out.columns < cells) visit(cell + out.columns);
    }
  }
  return out;
}

}  // namespace

std::vector<Region> regions_of(const InputGrid& grid) {
  std::vector<Region> regions;
  const Fields fields = fields_of(grid, regions);
  // The largest square of one field that ends at a cell is one larger than the smallest of those
  // that end at its neighbours before it.
  std::vector<std::size_t> square(fields.field.size(), 0), largest(regions.size() + 1, 0);
  for (std::size_t j = 0; j < fields.rows; ++j) {
    for (std::size_t i = 0; i < fields.columns; ++i) {
      const std::size_t field = fields.at(i, j);
      if (field == 0) continue;
      std::size_t size = 1;
      if (i > 0 && j > 0 && fields.at(i - 1, j) == field && fields.at(i, j - 1) == field &&
          fields.at(i - 1, j - 1) == field) {
        const std::size_t here = j * fields.columns + i;
        size += std::min(
            {square[here - 1], square[here - fields.columns], square[here - fields.columns - 1]});
      }
      square[j * fields.columns + i] = size;
      if (size <= largest[field]) continue;
      largest[field] = size;
      Region& region = regions[field - 1];
      region.x = static_cast<double>(i + 1) - static_cast<double>(size) / 2;
      region.y = static_cast<double>(j + 1) - static_cast<double>(size) / 2;
    }
  }
  // A long field has more room than its square: as far as it reaches to both sides alike.
  for (std::size_t r = 0; r < regions.size(); ++r) {
    Region& region = regions[r];
    const auto i = static_cast<std::size_t>(region.x), j = static_cast<std::size_t>(region.y);
    std::size_t left = i, right = i, down = j, up = j;
    while (left > 0 && fields.at(left - 1, j) == r + 1) --left;
    while (right + 1 < fields.columns && fields.at(right + 1, j) == r + 1) ++right;
    while (down > 0 && fields.at(i, down - 1) == r + 1) --down;
    while (up + 1 < fields.rows && fields.at(i, up + 1) == r + 1) ++up;
    region.x = static_cast<double>(left + right + 1) / 2;
    region.room_x = static_cast<double>(right - left + 1);
    region.y = std::clamp(region.y, static_cast<double>(down) + 0.5, static_cast<double>(up) + 0.5);
    region.room_y = static_cast<double>(up - down + 1);
  }
  return regions;
}

}  // namespace jixiao::chart
