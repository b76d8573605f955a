// What the tests of reports ask for, and look for in it.
#pragma once

#include <string>
#include <string_view>

#include "jixiao/report.hpp"

namespace jixiao::tests {

inline Style as(Format format, Language language = Language::en) {
  return {format, language, false, 100};
}
inline bool has(const std::string& text, std::string_view piece) {
  return text.find(piece) != std::string::npos;
}

}  // namespace jixiao::tests
