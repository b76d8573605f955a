#include "scoring/substitution.hpp"

#include <algorithm>
#include <cmath>

#include "formula/substituted.hpp"
#include "ruleset/ruleset.hpp"
#include "scoring/evaluation.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::scoring {
namespace {

constexpr const char* no_value = "—";

std::string shown(const ruleset::Sentence::Piece& piece, const Substitution& substitution) {
  if (const auto only = piece.formula->variable()) {
    const std::string word = piece.formula->word(*only, substitution.values[*only]);
    if (!word.empty()) return word;
  }
  const double x = evaluate_known(*piece.formula, substitution);
  if (!std::isfinite(x)) return no_value;
  switch (piece.shown) {
    case ruleset::Shown::ratio: return value::plain(x * 100, 2) + "%";
    case ruleset::Shown::decimals: return value::fixed(x, piece.digits);
    case ruleset::Shown::value: return value::show(x, substitution.unit);
    case ruleset::Shown::money: return value::show(x, value::Unit::money());
    case ruleset::Shown::points:
    case ruleset::Shown::plain: return value::plain(x, 4);
  }
  return no_value;
}

std::string substitute(const ruleset::Sentence& sentence, const Substitution& substitution) {
  std::string out;
  for (const auto& piece : sentence.pieces)
    out += piece.formula ? shown(piece, substitution) : piece.literal;
  return out;
}

bool has_unit(std::size_t name) {
  return name == ruleset::row_A || name == ruleset::row_T || name == ruleset::row_U;
}

}  // namespace

double evaluate_known(const formula::Formula& formula, const Substitution& substitution) {
  if (!substitution.bound) return evaluate_known(formula, substitution.values);
  const auto is_absent = [&](std::size_t name) { return std::isnan(substitution.values[name]); };
  const auto needed = formula.needed();
  return std::any_of(needed.begin(), needed.end(), is_absent)
             ? std::nan("")
             : formula.evaluate(substitution.values, *substitution.bound);
}

Text substitute(const ruleset::Wording& wording, const Substitution& substitution) {
  return {substitute(wording.in(Language::zh), substitution),
          substitute(wording.in(Language::en), substitution)};
}

std::string substituted(const formula::Formula& formula, const Substitution& substitution) {
  return formula::substituted(formula, [&](std::size_t name) -> std::string {
    const double x = name < substitution.values.size() ? substitution.values[name] : std::nan("");
    if (!std::isfinite(x)) return no_value;
    if (const std::string word = formula.word(name, x); !word.empty()) return "\"" + word + "\"";
    if (has_unit(name) && substitution.unit.is_date()) return value::show(x, substitution.unit);
    return x < 0 ? "(" + value::plain(x, 6) + ")" : value::plain(x, 6);
  });
}

}  // namespace jixiao::scoring
