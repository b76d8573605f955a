// Shipped rule sets without their rounding.
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "scratch.hpp"

namespace unrounded {

// Returns the text of rule set `id` less its line of rounding: its totals are decided to nine
// decimals.
inline std::string text_of(const std::string& id) {
  std::ifstream in(scratch::shipped_rules().folders.front() + "/" + id + "/ruleset.toml");
  std::string out, line;
  std::size_t left_out = 0;
  while (std::getline(in, line)) {
    if (line.starts_with("rounding")) {
      ++left_out;
    } else {
      out += line + "\n";
    }
  }
  REQUIRE(left_out == 1);
  return out;
}

}  // namespace unrounded
