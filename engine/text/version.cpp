#include "jixiao/version.hpp"

namespace jixiao {

std::string engine_name() { return "jixiao " JIXIAO_VERSION; }

}  // namespace jixiao
