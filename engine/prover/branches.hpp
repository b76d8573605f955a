// The branches of a formula's conditions, each with a formula of its own that says where it is
// taken.
#pragma once

#include <string>
#include <vector>

#include "formula/formula.hpp"

namespace jixiao::prover {

struct Branch {
  std::string shown;  // what it gives, as written: "0.5*W"
  std::string when;   // its condition: "A >= 60"; with "not" before it for what stands after ':'
  bool is_otherwise = false;
  text::Place place;         // of the condition's sign '?'
  formula::Formula reached;  // 1 where it is taken, else 0
  std::size_t outer = 0;     // the branch it stands in, an index; npos: none
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

// Outer branches before inner ones. Requires: the formula was compiled in `scope`.
std::vector<Branch> branches_of(const formula::Formula& formula, const formula::Scope& scope);

}  // namespace jixiao::prover
