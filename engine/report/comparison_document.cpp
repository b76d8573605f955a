#include <algorithm>

#include <fmt/core.h>

#include "page/document.hpp"
#include "page/numbers.hpp"
#include "page/page_name.hpp"
#include "page/portfolio_terms.hpp"
#include "page/portfolio_words.hpp"
#include "page/table.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
namespace {

constexpr std::size_t comparison_bar_columns = 20;
constexpr std::size_t causes_shown = 30;

// The ratings of both sides in the order of A, then those only B has.
Grid shares_grid(const RulesComparison& comparison, Language language) {
  Grid grid{{{std::string(word::rating.in(language))}}, {}};
  for (const std::string& id : {comparison.rules_a, comparison.rules_b}) {
    grid.columns.push_back({id, true});
    grid.columns.push_back({std::string(word::share.in(language)), true});
  }
  const auto put = [&](const BandCount& band) {
    std::vector<std::string> row{band_text(band, language)};
    for (const auto* side : {&comparison.bands_a, &comparison.bands_b}) {
      const std::size_t index = band_index(*side, band.id);
      row.push_back(index < side->size() ? grouped_count((*side)[index].projects) : "");
      row.push_back(index < side->size() ? percent_text((*side)[index].share) : "");
    }
    grid.rows.push_back(std::move(row));
  };
  for (const BandCount& band : comparison.bands_a) put(band);
  for (const BandCount& band : comparison.bands_b) {
    if (band_index(comparison.bands_a, band.id) == comparison.bands_a.size()) put(band);
  }
  return grid;
}

Grid causes_grid(const RulesComparison& comparison, Language language, bool with_bars) {
  Grid grid{{{std::string(word::cause.in(language))},
             {std::string(word::projects.in(language)), true},
             {std::string(word::share.in(language)), true},
             Grid::Head::of_bars()},
            {}};
  for (std::size_t i = 0; i < std::min(comparison.causes.size(), causes_shown); ++i) {
    const RulesComparison::Cause& cause = comparison.causes[i];
    const double share = static_cast<double>(cause.projects) /
                         static_cast<double>(std::max<std::size_t>(comparison.changed, 1));
    grid.rows.push_back({cause_text(cause, language), grouped_count(cause.projects),
                         percent_text(100 * share),
                         with_bars ? bar(share, comparison_bar_columns) : ""});
  }
  return grid;
}

Grid moved_grid(const RulesComparison& comparison, Language language) {
  const std::string rating(word::rating.in(language));
  Grid grid{{{std::string(word::project.in(language))},
             {"A", true},
             {rating},
             {"B", true},
             {rating},
             {std::string(word::total_change.in(language)), true},
             {std::string(word::cause.in(language))},
             {std::string(word::cause_points.in(language)), true}},
            {}};
  for (const RulesComparison::Moved& moved : comparison.projects_moved) {
    grid.rows.push_back(
        {moved.project, total_text(moved.total_a, comparison.digits),
         band_text(comparison.bands_a, moved.band_a, language),
         total_text(moved.total_b, comparison.digits),
         band_text(comparison.bands_b, moved.band_b, language),
         signed_text(moved.total_b - moved.total_a, comparison.digits),
         cause_text(moved.cause, language),
         moved.cause.what == "bands" ? "" : signed_text(moved.cause_points, comparison.digits)});
  }
  return grid;
}

}  // namespace

Document comparison_document(const RulesComparison& comparison, Language language, bool with_bars) {
  const auto say = [&](const Label& label) { return std::string(label.in(language)); };
  Document out;
  out.title = say(word::comparison) + (language == Language::zh ? "：" : ": ") +
              page_name(comparison.input);
  std::vector<Fact> facts{
      {say(word::rules_a), comparison.rules_a + " " + comparison.title_a.in(language)},
      {say(word::rules_b), comparison.rules_b + " " + comparison.title_b.in(language)},
      {say(word::projects), grouped_count(comparison.projects)},
      {say(word::scored_both), grouped_count(comparison.scored_both)}};
  if (comparison.scored_both < comparison.projects) {
    facts.push_back({say(word::scored_only_a), grouped_count(comparison.only_a)});
    facts.push_back({say(word::scored_only_b), grouped_count(comparison.only_b)});
    facts.push_back({say(word::scored_neither), grouped_count(comparison.neither)});
  }
  if (comparison.scored_both > 0) {
    const double share = 100 * static_cast<double>(comparison.changed) /
                         static_cast<double>(comparison.scored_both);
    facts.push_back({say(word::changed), grouped_count(comparison.changed) +
                                             (language == Language::zh ? "，" : ", ") +
                                             percent_text(share)});
    facts.push_back({say(word::mean_a), total_text(comparison.mean_a, comparison.digits)});
    facts.push_back({say(word::mean_b), total_text(comparison.mean_b, comparison.digits)});
  }
  out.facts(std::move(facts));
  if (comparison.scored_both == 0) {
    out.banner(say(comparison.only_a + comparison.only_b > 0 ? word::nothing_scored_both
                                                             : word::nothing_scored));
    return out;
  }
  if (!comparison.bands_a.empty() || !comparison.bands_b.empty()) {
    out.heading(say(word::rating_shares));
    out.grid(shares_grid(comparison, language));
  }
  if (!comparison.bands_a.empty() && !comparison.bands_b.empty()) {
    out.heading(say(word::moved_rules));
    out.paragraph(say(word::moved_rules_axis));
    out.grid(matrix_grid(comparison.bands_a, comparison.bands_b, comparison.moved, language));
  }
  out.heading(say(word::causes));
  if (comparison.changed == 0) {
    out.paragraph(say(word::no_change));
    return out;
  }
  out.paragraph(say(word::causes_note));
  out.grid(causes_grid(comparison, language, with_bars));
  if (comparison.projects_moved.empty()) return out;
  out.heading(say(word::projects_moved));
  out.grid(moved_grid(comparison, language));
  return out;
}

}  // namespace jixiao::report
