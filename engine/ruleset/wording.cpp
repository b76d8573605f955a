#include "ruleset/wording.hpp"

#include <algorithm>
#include <array>

#include "text/diagnostics.hpp"

namespace jixiao::ruleset {
namespace {

using text::Code;

// {A} alone is shown with the indicator's unit, {B} as money, {W} as points; everything else as a
// plain number.
Shown shown_as(std::string_view expression) {
  constexpr std::array values{"A", "T", "U"};
  constexpr std::array money{"B", "B0", "E"};
  constexpr std::array points{"W", "points", "lost", "total"};
  const auto is = [&](const auto& names) {
    return std::find(names.begin(), names.end(), expression) != names.end();
  };
  if (is(values)) return Shown::value;
  if (is(money)) return Shown::money;
  if (is(points)) return Shown::points;
  return Shown::plain;
}

std::string_view without_outer_spaces(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

}  // namespace

Sentence compile_sentence(const text::Located& source, const formula::Scope& scope,
                          std::vector<Diagnostic>& diagnostics) {
  Sentence out;
  const std::string_view all = source.text;
  formula::Scope shown_scope = scope;
  shown_scope.may_be_word = true;
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) out.pieces.push_back({std::move(literal), std::nullopt, Shown::plain, 0});
    literal.clear();
  };
  for (std::size_t at = 0; at < all.size();) {
    if (all.substr(at, 2) == "{{") {
      literal += '{';
      at += 2;
      continue;
    }
    if (all[at] != '{') {
      literal += all[at++];
      continue;
    }
    const std::size_t close = all.find('}', at);
    if (close == std::string_view::npos) {
      diagnostics.push_back(text::diagnose(Code::formula_syntax,
                                           source.place(text::character_count(all.substr(0, at))),
                                           {"花括号没有闭合", "a brace is not closed"},
                                           {"写成 {公式}；要显示花括号本身请写 {{",
                                            "write {formula}; {{ stands for a brace itself"}));
      return out;
    }
    flush();
    std::string_view inside = all.substr(at + 1, close - at - 1);
    Sentence::Piece piece;
    std::string_view expression = inside;
    // "{carry:元}": as money.
    constexpr std::string_view as_money = ":元";
    const bool is_money = inside.ends_with(as_money);
    if (is_money) expression = inside = inside.substr(0, inside.size() - as_money.size());
    // The last ':' separates the format unless it belongs to a conditional.
    if (is_money) {
      piece.shown = Shown::money;
    } else if (const std::size_t colon = inside.rfind(':');
               colon != std::string_view::npos && colon + 2 >= inside.size()) {
      const std::string_view format = without_outer_spaces(inside.substr(colon + 1));
      expression = inside.substr(0, colon);
      if (format == "%") {
        piece.shown = Shown::ratio;
      } else if (format.size() == 1 && format[0] >= '0' && format[0] <= '9') {
        piece.shown = Shown::decimals;
        piece.digits = format[0] - '0';
      } else {
        diagnostics.push_back(text::diagnose(
            Code::value_choice, source.place(text::character_count(all.substr(0, at))),
            {"未知的格式 ':" + std::string(format) + "'",
             "unknown format ':" + std::string(format) + "'"},
            {"可用：':%'（百分比）、':2'（小数位数）、':元'（金额）",
             "known: ':%' (percentage), ':2' (decimals), ':元' (money)"}));
      }
    } else {
      piece.shown = shown_as(without_outer_spaces(inside));
    }
    text::Located part{std::string(expression),
                       source.place(text::character_count(all.substr(0, at + 1)))};
    piece.formula = formula::compile(part, shown_scope, diagnostics);
    if (piece.formula) out.pieces.push_back(std::move(piece));
    at = close + 1;
  }
  flush();
  return out;
}

}  // namespace jixiao::ruleset
