// Names of projects are told apart by their hashes: names of other lengths must not meet.
#include <catch2/catch.hpp>

#include <string>
#include <unordered_map>

#include "system/short_hash.hpp"

using namespace jixiao;

TEST_CASE("numbered names have hashes of their own", "[batch][names]") {
  for (const std::string prefix : {"p", "", "县", "project-", "2024-"}) {
    std::unordered_map<std::uint64_t, std::string> seen;
    for (int i = 0; i < 120000; ++i) {
      const std::string name = prefix + std::to_string(i);
      const auto [at, fresh] = seen.emplace(system::hash_of(name), name);
      INFO(name << " and " << at->second);
      REQUIRE(fresh);
    }
  }
}
