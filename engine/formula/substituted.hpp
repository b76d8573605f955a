// A formula as it is written, with values in place of its names.
#pragma once

#include <string>

#include "formula/formula.hpp"
#include "text/source.hpp"

namespace jixiao::formula {

// Returns the formula's text with each variable replaced by `shown(variable)`, which returns the
// words for the value of that name of the formula's scope.
template <class Shown>
std::string substituted(const Formula& formula, const Shown& shown) {
  const std::string& text = formula.text();
  std::string out;
  std::size_t done = 0;  // bytes
  for (const Token& token : formula.tokens()) {
    if (token.kind != Token::Kind::variable) continue;
    const std::size_t begin = text::prefix_bytes(text, token.at);
    out += text.substr(done, begin - done) + shown(token.variable);
    done = text::prefix_bytes(text, token.at + token.length);
  }
  return out + text.substr(done);
}

}  // namespace jixiao::formula
