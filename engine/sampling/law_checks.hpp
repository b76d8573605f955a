// What is wrong with a law as written. Private to this room.
#pragma once

#include <string>
#include <vector>

#include "sampling/law.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::sampling {

// True when the parameters make sense; else an error at `place` says which does not, and what to
// type instead.
bool check_law(const Law& law, const std::string& name, const text::Place& place,
               std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::sampling
