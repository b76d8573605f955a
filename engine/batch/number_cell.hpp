// A cell of a table that holds one number: an input of the rule set, in either shape of table.
#pragma once

#include <cstddef>

#include "batch/piece_content.hpp"
#include "ruleset/interval.hpp"
#include "value/cell.hpp"

namespace jixiao::batch {

// Returns the number of one cell; missing where it is empty or says so; an error, with a fault at
// its place, where it is no number.
value::Cell read_number_cell(PieceContent& piece, std::size_t project, std::size_t record,
                             std::size_t column);

// Says that the number of this cell lies outside the range of its input.
void fault_out_of_range(PieceContent& piece, std::size_t project, std::size_t record,
                        std::size_t column, const ruleset::Interval& range);

}  // namespace jixiao::batch
