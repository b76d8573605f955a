// Numbers and statuses as the reports print them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "jixiao/scorecard.hpp"
#include "page/words.hpp"

namespace jixiao::page {

// `digits` decimals when that says all of x, else up to four: 9.40, 5.8125. "–" for NaN and
// infinities.
std::string points_text(double x, int digits);
// Exactly `digits` decimals; "–" for NaN and infinities.
std::string total_text(double x, int digits);
// "1,200,000元" or "1,200,000 yuan".
std::string money_text(double yuan, Language language);
std::string percent_text(double percent);
// Up to four decimals; empty without a number.
std::string number_or_nothing(const std::optional<double>& x);
// "12,345".
std::string grouped_count(std::size_t n);
// "≥200人"; without the sign when the target has none or is a range. Empty without a target.
std::string target_text(const IndicatorStory& indicator);
// "missing" ... in words; "scored" for ok.
std::string_view state_text(std::string_view state, Language language);
std::string_view kind_text(std::string_view adjustment_kind, Language language);
std::string_view severity_text(Severity severity, Language language);
std::string_view severity_id(Severity severity);  // "error", the same in every language
// An evidence status in words; the status itself when it is not a known one.
std::string evidence_text(std::string_view evidence, Language language);
// The least certain status of the citations; empty without any.
std::string worst_evidence(std::span<const Cited> cites);
// The texts, joined by "; ".
std::string joined_text(std::span<const Cited> cites);
// "to excellent 2.34 short; 4.87 above the lower end of good". Empty without ratings.
std::string distance_text(const Scorecard& card, Language language);
// "2 errors, 1 warning" / "2 个错误，1 个警告"; zero counts are left out, "no findings" when all
// are zero.
std::string count_text(std::span<const Diagnostic> diagnostics, Language language);
// Points lost with an indicator, or in the formula of a block or of the total.
struct Loss {
  Text name;
  double lost = 0;
};
// The heaviest loss first; equal ones in card order, indicators before formulas.
std::vector<Loss> by_loss(const Scorecard& card);
// "20 + (20 < 25 ? 0 : 50) = 20"
std::string computed_text(const FormulaStory& formula);
// Of the block, or of the total.
Text formula_name(const Scorecard& card, const FormulaStory& formula);
// "the total is scaled by 100/70 = 1.4286 for what does not apply", and the same of blocks; empty
// where nothing was.
std::string factor_text(const Scorecard& card, Language language);
// Points a block lost of its weight. 0 when the rule set combines blocks otherwise than by adding
// them, as an index does.
double block_lost(const Scorecard& card, const BlockStory& block);
// Whether the blocks' weights add up to full marks.
bool weights_add_up(const Scorecard& card);
// Whether points hold: state "ok", or missing taken as zero.
bool is_counted(const IndicatorStory& indicator);

}  // namespace jixiao::page
