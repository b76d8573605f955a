#include "scoring/telling.hpp"

#include <cmath>

#include "ruleset/ruleset.hpp"
#include "scoring/evaluation.hpp"
#include "text/source.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::scoring {
namespace {

constexpr const char* no_value = "—";

std::string shown(const ruleset::Sentence::Piece& piece, const Telling& telling) {
  const double x = evaluate_known(*piece.formula, telling.values);
  if (!std::isfinite(x)) return no_value;
  switch (piece.shown) {
    case ruleset::Shown::ratio: return value::plain(x * 100, 2) + "%";
    case ruleset::Shown::decimals: return value::fixed(x, piece.digits);
    case ruleset::Shown::value: return value::show(x, telling.unit);
    case ruleset::Shown::money: return value::show(x, value::Unit::money());
    case ruleset::Shown::points:
    case ruleset::Shown::plain: return value::plain(x, 4);
  }
  return no_value;
}

std::string tell(const ruleset::Sentence& sentence, const Telling& telling) {
  std::string out;
  for (const auto& piece : sentence.pieces) out += piece.formula ? shown(piece, telling) : piece.literal;
  return out;
}

bool has_unit(std::size_t name) { return name == ruleset::row_A || name == ruleset::row_T || name == ruleset::row_U; }

}  // namespace

Text tell(const ruleset::Wording& wording, const Telling& telling) {
  return {tell(wording.in(Language::zh), telling), tell(wording.in(Language::en), telling)};
}

std::string substituted(const formula::Formula& formula, const Telling& telling) {
  const std::string& text = formula.text();
  std::string out;
  std::size_t done = 0;  // bytes
  for (const formula::Token& token : formula.tokens()) {
    if (token.kind != formula::Token::Kind::variable) continue;
    const std::size_t begin = text::prefix_bytes(text, token.at);
    const std::size_t end = text::prefix_bytes(text, token.at + token.length);
    out += text.substr(done, begin - done);
    done = end;
    const double x = token.variable < telling.values.size() ? telling.values[token.variable] : std::nan("");
    if (!std::isfinite(x)) {
      out += no_value;
    } else if (has_unit(token.variable) && telling.unit.is_date()) {
      out += value::show(x, telling.unit);
    } else {
      const std::string number = value::plain(x, 6);
      out += x < 0 ? "(" + number + ")" : number;
    }
  }
  return out + text.substr(done);
}

}  // namespace jixiao::scoring
