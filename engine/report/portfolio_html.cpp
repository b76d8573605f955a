#include <cmath>

#include <fmt/core.h>

#include "chart/portfolio_charts.hpp"
#include "page/document.hpp"
#include "page/html_page.hpp"
#include "page/illustrated_page.hpp"
#include "page/numbers.hpp"
#include "page/portfolio_terms.hpp"
#include "page/portfolio_words.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace chart;
using namespace page;
namespace {}  // namespace

std::string portfolio_html(const Portfolio& portfolio, Language language) {
  const auto say = [&](const Label& label) { return std::string(label.in(language)); };
  const std::string colon = language == Language::zh ? "：" : ": ";
  std::vector<std::pair<std::string, std::string>> numbers{
      {say(word::projects), grouped_count(portfolio.projects)},
      {say(word::scored_projects), grouped_count(portfolio.scored)}};
  if (portfolio.scored > 0) {
    numbers.emplace_back(say(word::mean), total_text(portfolio.mean, portfolio.digits));
    for (const Quantile& quantile : portfolio.quantiles) {
      if (quantile.percent == 50)
        numbers.emplace_back(say(word::median), total_text(quantile.total, portfolio.digits));
    }
  }
  if (std::isfinite(portfolio.execution))
    numbers.emplace_back(say(word::execution_rate), percent_text(portfolio.execution));
  Illustrations charts;
  if (!portfolio.bands.empty() && portfolio.scored > 0)
    charts.under(say(word::rating_shares),
                 shares_chart({{"", portfolio.bands}}, say(word::rating_shares), language));
  charts.under(say(word::distribution), histogram_chart(portfolio, language));
  charts.under(say(word::distribution), cumulative_chart(portfolio, language));
  charts.under(say(word::block_means), blocks_chart(portfolio, language));
  charts.under(say(word::lost_most), losses_chart(portfolio.lost_most, language));
  for (const RollUp& roll_up : portfolio.roll_ups) {
    const std::string heading = say(word::roll_up) + colon + roll_up.column;
    charts.under(heading, groups_chart(portfolio, roll_up, language));
    if (roll_up.groups.size() > groups_drawn) {
      const std::string note = language == Language::zh
                                   ? "图中为前 {} 组，表中为全部 {} 组"
                                   : "the first {} groups are drawn; all {} are in the table";
      charts.under(heading, "<p class=\"quiet\">" +
                                fmt::format(fmt::runtime(note), groups_drawn,
                                            grouped_count(roll_up.groups.size())) +
                                "</p>\n");
    }
    const std::string budgets = budget_chart(portfolio, roll_up, language);
    if (budgets.empty()) continue;
    charts.under(heading, "<h3>" + html_escaped(say(word::budget_and_mean)) +
                              "</h3>\n<p class=\"quiet\">" + html_escaped(say(word::bubble_note)) +
                              "</p>\n" + budgets);
  }
  if (portfolio.change && !portfolio.change->moved.empty())
    charts.under(say(word::moved),
                 matrix_chart(portfolio.bands, portfolio.bands, portfolio.change->moved,
                              say(word::moved), language));
  return illustrated_page(portfolio_document(portfolio, language, false), tiles(numbers), charts,
                          language);
}

std::string comparison_html(const RulesComparison& comparison, Language language) {
  const auto say = [&](const Label& label) { return std::string(label.in(language)); };
  std::vector<std::pair<std::string, std::string>> numbers{
      {say(word::scored_both), grouped_count(comparison.scored_both)},
      {say(word::changed), grouped_count(comparison.changed)}};
  if (comparison.scored_both > 0) {
    numbers.emplace_back(say(word::mean_a), total_text(comparison.mean_a, comparison.digits));
    numbers.emplace_back(say(word::mean_b), total_text(comparison.mean_b, comparison.digits));
  }
  Illustrations charts;
  const std::string a = "A " + comparison.rules_a, b = "B " + comparison.rules_b;
  charts.under(say(word::rating_shares),
               shares_chart({{a, comparison.bands_a}, {b, comparison.bands_b}},
                            say(word::rating_shares), language));
  charts.under(say(word::moved_rules),
               matrix_chart(comparison.bands_a, comparison.bands_b, comparison.moved,
                            say(word::moved_rules), language));
  return illustrated_page(comparison_document(comparison, language, false), tiles(numbers), charts,
                          language);
}

}  // namespace jixiao::report
