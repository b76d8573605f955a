// The tables of a project's [printed]: public headers hand them on without saying what they are.
#pragma once

#include "text/toml.hpp"

namespace jixiao {

struct PrintedRules {
  text::Node table;
};

}  // namespace jixiao
