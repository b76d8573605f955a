#include "text/code.hpp"

#include <array>

namespace jixiao::text {
namespace {

constexpr std::array entries{
#define JIXIAO_CODE(identifier, name, severity, summary) \
  CodeEntry{Code::identifier, name, Severity::severity, summary},
    JIXIAO_CODES(JIXIAO_CODE)
#undef JIXIAO_CODE
};

}  // namespace

std::span<const CodeEntry> all_codes() { return entries; }
const CodeEntry& entry(Code code) { return entries[static_cast<std::size_t>(code)]; }

}  // namespace jixiao::text
