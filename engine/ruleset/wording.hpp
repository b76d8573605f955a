// Sentences with numbers in them: "reached {A/T:%} of the target".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "jixiao/text.hpp"

namespace jixiao::ruleset {

// What a number in braces is shown as.
enum class Shown {
  plain,
  ratio,
  decimals,
  value,
  points,
  money
};  // value: with the indicator's own unit

// One language of a sentence: literal text and formulas in turn.
struct Sentence {
  struct Piece {
    std::string literal;  // shown when there is no formula
    std::optional<formula::Formula> formula;
    Shown shown = Shown::plain;
    int digits = 0;  // for Shown::decimals
  };
  std::vector<Piece> pieces;
};

struct Wording {
  Sentence zh;
  Sentence en;
  [[nodiscard]] const Sentence& in(Language language) const {
    const Sentence& wanted = language == Language::zh ? zh : en;
    return wanted.pieces.empty() ? (language == Language::zh ? en : zh) : wanted;
  }
};

// Compiles one language of a sentence. `{{` stands for a brace. Mistakes are placed inside the
// sentence.
Sentence compile_sentence(const text::Located& source, const formula::Scope& scope,
                          std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::ruleset
