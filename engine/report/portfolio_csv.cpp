// Tidy records: one number a line, found by section, name and measure.
#include <algorithm>
#include <cmath>

#include "page/csv.hpp"
#include "page/portfolio_terms.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
namespace {

class Records {
 public:
  void add(const std::string& section, const std::string& name, const std::string& measure,
           const std::string& value) {
    const std::vector<std::string> cells{section, name, measure, value};
    out_ += csv_line(cells);
  }
  // An empty cell where there is no number.
  void add(const std::string& section, const std::string& name, const std::string& measure,
           double value) {
    add(section, name, measure, std::isfinite(value) ? value::plain(value, 9) : "");
  }
  void add(const std::string& section, const std::string& name, const std::string& measure,
           std::size_t value) {
    add(section, name, measure, std::to_string(value));
  }
  void add(const std::string& section, const std::vector<BandCount>& bands, Language language) {
    for (const BandCount& band : bands) {
      add(section, band_text(band, language), "projects", band.projects);
      add(section, band_text(band, language), "share", band.share);
    }
  }
  [[nodiscard]] std::string text() && { return std::move(out_); }

 private:
  std::string out_ = "section,name,measure,value\n";
};

void add_group(Records& out, const Portfolio& portfolio, const std::string& section,
               const Group& group, Language language) {
  out.add(section, group.name, "rank", group.rank);
  out.add(section, group.name, "projects", group.projects);
  out.add(section, group.name, "scored", group.scored);
  out.add(section, group.name, "unweighted", group.unweighted);
  out.add(section, group.name, "mean", group.mean);
  out.add(section, group.name, "rating", band_text(portfolio.bands, group.band, language));
  out.add(section, group.name, "lowest", group.lowest);
  out.add(section, group.name, "highest", group.highest);
  out.add(section, group.name, "initial", group.initial);
  out.add(section, group.name, "adjusted", group.adjusted);
  out.add(section, group.name, "executed", group.executed);
  out.add(section, group.name, "execution_rate", group.execution);
  for (std::size_t b = 0; b < std::min(group.bands.size(), portfolio.bands.size()); ++b)
    out.add(section, group.name, "projects " + band_text(portfolio.bands[b], language),
            group.bands[b]);
}

}  // namespace

std::string portfolio_csv(const Portfolio& portfolio, Language language) {
  Records out;
  const std::string all = "portfolio";
  out.add(all, "", "projects", portfolio.projects);
  out.add(all, "", "scored", portfolio.scored);
  out.add(all, "", "failed", portfolio.failed);
  out.add(all, "", "mean", portfolio.mean);
  out.add(all, "", "deviation", portfolio.deviation);
  out.add(all, "", "lowest", portfolio.lowest);
  out.add(all, "", "highest", portfolio.highest);
  out.add(all, "", "initial", portfolio.initial);
  out.add(all, "", "adjusted", portfolio.adjusted);
  out.add(all, "", "executed", portfolio.executed);
  out.add(all, "", "execution_rate", portfolio.execution);
  out.add("band", portfolio.bands, language);
  for (const ForcedShare& share : portfolio.forced) {
    const std::string name = (share.group.empty() ? "" : share.group + ": ") +
                             (share.label.empty() ? share.band : share.label.in(language)) +
                             (share.or_better ? "+" : "");
    out.add("forced", name, "limit", share.limit);
    out.add("forced", name, "allowed", share.allowed);
    out.add("forced", name, "projects", share.projects);
    out.add("forced", name, "moved", share.moved);
    out.add("forced", name, "kept", std::string(share.kept ? "true" : "false"));
    out.add("forced", name, "cut", share.cut);
  }
  for (const Quantile& quantile : portfolio.quantiles)
    out.add("quantile", value::plain(quantile.percent), "total", quantile.total);
  for (const BlockMean& block : portfolio.blocks)
    out.add("block", block.name.empty() ? block.id : block.name.in(language), "mean", block.mean);
  for (const RollUp& roll_up : portfolio.roll_ups) {
    for (const Group& group : roll_up.groups)
      add_group(out, portfolio, "roll-up " + roll_up.column, group, language);
  }
  for (const NearEdge& near : portfolio.near_edges)
    out.add("near edge " + value::plain(near.edge), near.project, "distance", near.distance);
  for (const LostMost& lost : portfolio.lost_most) {
    out.add("lost", lost.indicator, "projects", lost.projects);
    out.add("lost", lost.indicator, "points", lost.points);
  }
  if (portfolio.change) {
    const Change& change = *portfolio.change;
    out.add("change", "", "both", change.both);
    out.add("change", "", "only_now", change.only_now);
    out.add("change", "", "only_earlier", change.only_earlier);
    out.add("change", "", "unrated", change.unrated);
    out.add("change", "", "mean_change", change.mean_change);
    for (std::size_t from = 0; from < std::min(change.moved.size(), portfolio.bands.size());
         ++from) {
      for (std::size_t to = 0; to < std::min(change.moved[from].size(), portfolio.bands.size());
           ++to)
        out.add("moved", band_text(portfolio.bands[from], language),
                band_text(portfolio.bands[to], language), change.moved[from][to]);
    }
    for (const auto* list : {&change.risen, &change.fallen}) {
      for (const Change::Mover& mover : *list) {
        out.add(list == &change.risen ? "risen" : "fallen", mover.project, "earlier",
                mover.earlier);
        out.add(list == &change.risen ? "risen" : "fallen", mover.project, "now", mover.now);
      }
    }
  }
  return std::move(out).text();
}

std::string comparison_csv(const RulesComparison& comparison, Language language) {
  Records out;
  out.add("comparison", "", "projects", comparison.projects);
  out.add("comparison", "", "scored_both", comparison.scored_both);
  out.add("comparison", comparison.rules_a, "scored_only", comparison.only_a);
  out.add("comparison", comparison.rules_b, "scored_only", comparison.only_b);
  out.add("comparison", "", "scored_neither", comparison.neither);
  out.add("comparison", "", "changed", comparison.changed);
  out.add("comparison", comparison.rules_a, "mean", comparison.mean_a);
  out.add("comparison", comparison.rules_b, "mean", comparison.mean_b);
  out.add("band " + comparison.rules_a, comparison.bands_a, language);
  out.add("band " + comparison.rules_b, comparison.bands_b, language);
  for (std::size_t a = 0; a < std::min(comparison.moved.size(), comparison.bands_a.size()); ++a) {
    for (std::size_t b = 0; b < std::min(comparison.moved[a].size(), comparison.bands_b.size());
         ++b)
      out.add("moved", band_text(comparison.bands_a[a], language),
              band_text(comparison.bands_b[b], language), comparison.moved[a][b]);
  }
  for (const RulesComparison::Cause& cause : comparison.causes) {
    std::string methods = cause.method_a;
    if (!cause.method_a.empty() || !cause.method_b.empty())
      methods = cause.method_a + " > " + cause.method_b;
    out.add(methods.empty() ? "cause " + cause.what : "cause " + cause.what + " " + methods,
            cause.indicator, "projects", cause.projects);
  }
  for (const RulesComparison::Moved& moved : comparison.projects_moved) {
    out.add("project", moved.project, "total " + comparison.rules_a, moved.total_a);
    out.add("project", moved.project, "total " + comparison.rules_b, moved.total_b);
    out.add("project", moved.project, "rating " + comparison.rules_a,
            band_text(comparison.bands_a, moved.band_a, language));
    out.add("project", moved.project, "rating " + comparison.rules_b,
            band_text(comparison.bands_b, moved.band_b, language));
    out.add("project", moved.project, "cause " + moved.cause.what, moved.cause.indicator);
    out.add("project", moved.project, "cause points", moved.cause_points);
  }
  return std::move(out).text();
}

}  // namespace jixiao::report
