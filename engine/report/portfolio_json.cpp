#include "page/json_values.hpp"
#include "report/rendering.hpp"

namespace jixiao::report {

using namespace page;
using page::number;
using page::text;
namespace {

Json bands(const std::vector<BandCount>& counts) {
  Json out = Json::array();
  for (const BandCount& band : counts) {
    out.push_back({{"id", band.id},
                   {"label", text(band.label)},
                   {"projects", band.projects},
                   {"share", number(band.share)},
                   {"from", number(band.low)},
                   {"to", number(band.high)}});
  }
  return out;
}

Json money(double initial, double adjusted, double executed, double execution) {
  return {{"initial", number(initial)},
          {"adjusted", number(adjusted)},
          {"executed", number(executed)},
          {"execution_rate", number(execution)}};
}

const char* weight_id(RollUpWeight weight) {
  return weight == RollUpWeight::budget      ? "budget"
         : weight == RollUpWeight::execution ? "execution"
                                             : "equal";
}

Json roll_up(const RollUp& roll_up) {
  Json groups = Json::array();
  for (const Group& group : roll_up.groups) {
    groups.push_back(
        {{"name", group.name},
         {"rank", number(group.rank)},
         {"projects", group.projects},
         {"scored", group.scored},
         {"unweighted", group.unweighted},
         {"mean", number(group.mean)},
         {"rating", or_null(group.band)},
         {"lowest", number(group.lowest)},
         {"highest", number(group.highest)},
         {"money", money(group.initial, group.adjusted, group.executed, group.execution)},
         {"bands", group.bands}});
  }
  return {{"column", roll_up.column},
          {"weight", weight_id(roll_up.weight)},
          {"refused", roll_up.refused},
          {"groups", std::move(groups)}};
}

Json movers(const std::vector<Change::Mover>& list) {
  Json out = Json::array();
  for (const Change::Mover& mover : list) {
    out.push_back({{"project", mover.project},
                   {"earlier", number(mover.earlier)},
                   {"now", number(mover.now)},
                   {"rating_earlier", or_null(mover.band_earlier)},
                   {"rating_now", or_null(mover.band_now)}});
  }
  return out;
}

Json change(const Change& change) {
  return {{"earlier", change.earlier},      {"both", change.both},
          {"only_now", change.only_now},    {"only_earlier", change.only_earlier},
          {"unrated", change.unrated},      {"mean_change", number(change.mean_change)},
          {"moved", change.moved},          {"risen", movers(change.risen)},
          {"fallen", movers(change.fallen)}};
}

Json cause(const RulesComparison::Cause& cause) {
  return {{"what", or_null(cause.what)},
          {"indicator", or_null(cause.indicator)},
          {"method_a", or_null(cause.method_a)},
          {"method_b", or_null(cause.method_b)}};
}

}  // namespace

std::string portfolio_json(const Portfolio& portfolio) {
  Json out = {{"schema", "jixiao/portfolio/1"},
              {"rules",
               {{"id", portfolio.rules},
                {"version", portfolio.rules_version},
                {"title", text(portfolio.rules_title)}}},
              {"input", portfolio.input},
              {"projects", portfolio.projects},
              {"scored", portfolio.scored},
              {"failed", portfolio.failed},
              {"scale", number(portfolio.scale)},
              {"digits", portfolio.digits},
              {"mean", number(portfolio.mean)},
              {"deviation", number(portfolio.deviation)},
              {"lowest", number(portfolio.lowest)},
              {"highest", number(portfolio.highest)},
              {"money", money(portfolio.initial, portfolio.adjusted, portfolio.executed,
                              portfolio.execution)},
              {"bands", bands(portfolio.bands)}};
  out["forced"] = Json::array();
  for (const ForcedShare& share : portfolio.forced) {
    out["forced"].push_back({{"band", share.band},
                             {"label", text(share.label)},
                             {"or_better", share.or_better},
                             {"group", share.group},
                             {"limit", number(share.limit)},
                             {"share", number(share.share)},
                             {"allowed", share.allowed},
                             {"projects", share.projects},
                             {"moved", share.moved},
                             {"kept", share.kept},
                             {"cut", number(share.cut)}});
  }
  out["forced_by"] = portfolio.forced_by;
  out["forced_ties"] = portfolio.forced_ties == ForcedTies::up ? "up" : "down";
  out["quantiles"] = Json::array();
  for (const Quantile& quantile : portfolio.quantiles)
    out["quantiles"].push_back({{"percent", quantile.percent}, {"total", number(quantile.total)}});
  out["histogram"] = {{"low", number(portfolio.histogram_low)},
                      {"high", number(portfolio.histogram_high)},
                      {"counts", portfolio.histogram}};
  out["blocks"] = Json::array();
  for (const BlockMean& block : portfolio.blocks)
    out["blocks"].push_back(
        {{"id", block.id}, {"name", text(block.name)}, {"mean", number(block.mean)}});
  out["roll_ups"] = Json::array();
  for (const RollUp& one : portfolio.roll_ups) out["roll_ups"].push_back(roll_up(one));
  out["near_edges"] = Json::array();
  for (const NearEdge& near : portfolio.near_edges) {
    out["near_edges"].push_back({{"project", near.project},
                                 {"total", number(near.total)},
                                 {"rating", near.band},
                                 {"edge", number(near.edge)},
                                 {"distance", number(near.distance)},
                                 {"other", near.other}});
  }
  out["lost_most"] = Json::array();
  for (const LostMost& lost : portfolio.lost_most) {
    out["lost_most"].push_back({{"indicator", or_null(lost.indicator)},
                                {"projects", lost.projects},
                                {"points", number(lost.points)}});
  }
  out["change"] = portfolio.change ? change(*portfolio.change) : Json(nullptr);
  return dump(out);
}

std::string comparison_json(const RulesComparison& comparison) {
  Json out = {{"schema", "jixiao/comparison/1"},
              {"a", {{"id", comparison.rules_a}, {"title", text(comparison.title_a)}}},
              {"b", {{"id", comparison.rules_b}, {"title", text(comparison.title_b)}}},
              {"input", comparison.input},
              {"digits", comparison.digits},
              {"projects", comparison.projects},
              {"scored_both", comparison.scored_both},
              {"only_a", comparison.only_a},
              {"only_b", comparison.only_b},
              {"neither", comparison.neither},
              {"changed", comparison.changed},
              {"mean_a", number(comparison.mean_a)},
              {"mean_b", number(comparison.mean_b)},
              {"bands_a", bands(comparison.bands_a)},
              {"bands_b", bands(comparison.bands_b)},
              {"moved", comparison.moved}};
  out["causes"] = Json::array();
  for (const RulesComparison::Cause& one : comparison.causes) {
    Json entry = cause(one);
    entry["projects"] = one.projects;
    out["causes"].push_back(std::move(entry));
  }
  out["projects_moved"] = Json::array();
  for (const RulesComparison::Moved& moved : comparison.projects_moved) {
    out["projects_moved"].push_back({{"project", moved.project},
                                     {"total_a", number(moved.total_a)},
                                     {"total_b", number(moved.total_b)},
                                     {"rating_a", or_null(moved.band_a)},
                                     {"rating_b", or_null(moved.band_b)},
                                     {"cause", cause(moved.cause)},
                                     {"cause_points", number(moved.cause_points)}});
  }
  return dump(out);
}

}  // namespace jixiao::report
