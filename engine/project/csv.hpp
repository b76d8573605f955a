// A small comma-separated table, whole in memory, every cell with its place.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "text/source.hpp"

namespace jixiao::project {

struct Cell {
  std::string text;
  text::Place place;
};

struct Table {
  std::vector<Cell> header;
  std::vector<std::vector<Cell>> rows;  // each as long as the header: short rows are filled up,
                                        // long ones cut
};

// RFC 4180 with comma, tab, semicolon or '|', told by the header line, or any other told by a line
// "sep=^" before it; quoted cells may hold line ends. Lines starting with '#' before the header are
// comments. Reports an open quote and rows longer than the header.
Table read_table(const std::shared_ptr<const text::Source>& source,
                 std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::project
