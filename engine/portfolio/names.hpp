// Names from cells, found by what is written in the cell without making a string of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "system/short_hash.hpp"

namespace jixiao::portfolio {

inline constexpr std::uint32_t no_band = static_cast<std::uint32_t>(-1);  // of RuleSet::bands

struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const { return system::hash_of(name); }
};

template <class Value>
using ByName = std::unordered_map<std::string, Value, NameHash, std::equal_to<>>;

}  // namespace jixiao::portfolio
