// Which engine this is.
#pragma once

#include <string>

#include "jixiao/export.hpp"

namespace jixiao {

// "jixiao 0.1.0"
JIXIAO_EXPORT std::string engine_name();

}  // namespace jixiao
