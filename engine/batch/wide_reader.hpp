// A piece of a wide table: a record a project, a column an input of the rule set.
#pragma once

#include "batch/piece_content.hpp"
#include "ruleset/interval.hpp"
#include "value/cell.hpp"

namespace jixiao::batch {

// Returns the number of one cell, of either shape of table; missing where it is empty or says so;
// an error, with a fault at its place, where it is no number.
value::Cell read_number_cell(PieceContent& piece, std::size_t project, std::size_t record,
                             std::size_t column);

// The same of an input of the rule set, with its words.
value::Cell read_input_cell(PieceContent& piece, std::size_t project, std::size_t record,
                            std::size_t column, const ruleset::Input& input);

// Says that the number of this cell lies outside the range of its input.
void fault_out_of_range(PieceContent& piece, std::size_t project, std::size_t record,
                        std::size_t column, const ruleset::Interval& range);

// The batch of a piece that has begun.
void read_wide(PieceContent& piece);

}  // namespace jixiao::batch
