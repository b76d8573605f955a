// Charts of many projects. Each is a drawing for the page, or empty when there is nothing to draw.
// Ratings have one colour throughout, from blue (the best) to vermilion, which all kinds of colour
// vision tell apart; every one is named as well.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "jixiao/text.hpp"

namespace jixiao::chart {

inline constexpr std::size_t groups_drawn = 30;

// How many projects have which total, the ratings as zones behind.
std::string histogram_chart(const Portfolio& portfolio, Language language);
// The share of projects at or below each total, with the quantiles as dots.
std::string cumulative_chart(const Portfolio& portfolio, Language language);
// One bar of all ratings; with several rows, one each. Labels before the bars when they are not
// empty.
struct ShareRow {
  std::string label;
  std::span<const BandCount> bands;
};
std::string shares_chart(const std::vector<ShareRow>& rows, const std::string& title,
                         Language language);
// A row a group: shares of ratings, and beside them the mean between the lowest and the highest.
std::string groups_chart(const Portfolio& portfolio, const RollUp& roll_up, Language language);
// A circle a group: its budget and its mean.
std::string budget_chart(const Portfolio& portfolio, const RollUp& roll_up, Language language);
// Ratings before (rows) and after (columns), darker where there are more of a row.
std::string matrix_chart(std::span<const BandCount> rows, std::span<const BandCount> columns,
                         const std::vector<std::vector<std::size_t>>& counts,
                         const std::string& title, Language language);
// Indicators by points lost, with the running share of all.
std::string losses_chart(const std::vector<LostMost>& losses, Language language);
std::string blocks_chart(const Portfolio& portfolio, Language language);

}  // namespace jixiao::chart
