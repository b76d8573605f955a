// A piece of a wide table: a record a project, a column an input of the rule set.
#pragma once

#include "batch/piece_content.hpp"

namespace jixiao::batch {

// The batch of a piece that has begun.
void read_wide(PieceContent& piece);

}  // namespace jixiao::batch
