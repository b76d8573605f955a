#include <algorithm>
#include <array>
#include <utility>

#include "audit/checks.hpp"
#include "forms/headings.hpp"
#include "value/rounding.hpp"

namespace jixiao::audit {
namespace {

// 优秀, （优）, 优等: as the rule sets spell it. Empty for a word of another scale.
std::string spelled(const std::string& printed) {
  std::string word = forms::folded(printed);
  for (const std::string_view sign : {"(", ")", "√", "■", "☑", "级", "等"}) {
    for (std::size_t at = word.find(sign); at != std::string::npos; at = word.find(sign))
      word.erase(at, sign.size());
  }
  for (const auto& [words, label] : {std::pair{"优|优秀", "优"}, std::pair{"良|良好", "良"},
                                     std::pair{"中|一般|中等", "中"}, std::pair{"差|较差", "差"}}) {
    if (forms::is_any(word, words)) return label;
  }
  return {};
}

// Another table of ratings in use.
const char* looser_rating(double total) {
  return total >= 80 ? "优" : total >= 70 ? "良" : total >= 60 ? "中" : "差";
}

}  // namespace

void check_rating(CheckContext& context, const RuleSet& rules) {
  const Claims& claims = context.claims;
  if (!claims.rating.there() || !claims.total.there()) return;
  const std::string printed = spelled(claims.rating.text);
  if (printed.empty()) return;
  const Text due = rating_of(rules, *claims.total.value);
  if (due.empty()) return;
  if (due.zh != printed) {
    AuditFinding& found =
        context.add(Check::rating, Severity::warning, claims.rating, {},
                    {"总分 " + claims.total.words.text + " 应为“" + due.zh + "”，表上写“" +
                         claims.rating.text + "”",
                     "a total of " + claims.total.words.text + " is " + due.in(Language::en) +
                         ", the form says " + claims.rating.text});
    found.computed = due.zh;
    if (printed == looser_rating(*claims.total.value))
      found.explanation = {"按 80、70、60 分线定级", "rated with the lines 80, 70, 60"};
    return;
  }
  // A row that was guessed is in the computed total: no finding follows from it.
  const bool certain = std::all_of(claims.rows.begin(), claims.rows.end(), [](const Row& row) {
    return row.indicator == none || row.certain || row.assessed || row.rule_unread;
  });
  if (!certain || context.recomputed == nullptr || !context.recomputed->total ||
      context.recomputed->rating.empty() || context.recomputed->rating.zh == printed)
    return;
  const std::string total = value::plain(*context.recomputed->total, 2);
  AuditFinding& found = context.add(
      Check::rating_computed, Severity::warning, claims.rating, {},
      {"按规则重算总分 " + total + "，等级是“" + context.recomputed->rating.zh + "”，表上写“" +
           claims.rating.text + "”",
       "the rules make the total " + total + ", " + context.recomputed->rating.in(Language::en) +
           "; the form says " + claims.rating.text});
  found.computed = context.recomputed->rating.zh;
}

}  // namespace jixiao::audit
