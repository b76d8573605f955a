// What a Formula shares: its text, what was found in it, and the routine that runs.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "formula/formula.hpp"
#include "formula/routine.hpp"
#include "formula/tree.hpp"

namespace jixiao::formula {

struct Formula::Program {
  text::Located source;
  std::shared_ptr<const value::Calendar> calendar;
  std::vector<Token> tokens;
  std::vector<std::size_t> used;
  std::vector<std::size_t> needed;
  Tree tree;
  std::vector<WordList> words;         // the scope's
  std::optional<std::size_t> bounded;  // the scope's
  Routine routine;
  std::optional<Routine> with_bound;  // where it is another one
  std::optional<Routine> bounds;
};

// The unit of the whole tree; misfits are reported at their sign or name in `source`.
std::optional<value::Unit> infer_unit(const Tree& tree, const text::Located& source,
                                      std::span<const value::Unit> units,
                                      std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::formula
