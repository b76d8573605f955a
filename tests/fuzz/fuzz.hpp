// What every target of tests/fuzz is: bytes of a stranger go in, and nothing may happen but an
// answer. libFuzzer calls it over and over; replay.cpp calls it on the seeds that are kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// What must hold for any input.
inline void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace fuzz
