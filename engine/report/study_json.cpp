// Studies for other programs. Schema: docs/schema/study-report.schema.json.
#include "report/json_values.hpp"
#include "report/rendering.hpp"

namespace jixiao::report {
namespace {

Json numbers(const std::vector<double>& all) {
  Json out = Json::array();
  for (const double x : all) out.push_back(number(x));
  return out;
}

Json point(const StudiedPoint& p) {
  return {{"value", number(p.value)}, {"shown", p.shown}, {"output", number(p.output)}, {"rating", or_null(p.rating)}};
}

Json estimates(const std::vector<IndexEstimate>& all) {
  Json out = Json::array();
  for (const IndexEstimate& e : all)
    out.push_back({{"value", number(e.value)}, {"error", number(e.error)}, {"low", number(e.low)}, {"high", number(e.high)}});
  return out;
}

Json chances(const std::vector<RatingChance>& all) {
  Json out = Json::array();
  for (const RatingChance& c : all) {
    out.push_back({{"id", c.id},
                   {"label", text(c.label)},
                   {"share", number(c.share)},
                   {"error", number(c.error)},
                   {"low", number(c.low)},
                   {"high", number(c.high)}});
  }
  return out;
}

Json answer(const Tornado& tornado) {
  Json bars = Json::array();
  for (const TornadoBar& bar : tornado.bars) {
    bars.push_back({{"input", bar.input},
                    {"low", point(bar.low)},
                    {"high", point(bar.high)},
                    {"lowest", number(bar.lowest)},
                    {"highest", number(bar.highest)},
                    {"violated", bar.violated}});
  }
  return {{"bars", std::move(bars)}};
}

Json answer(const InputGrid& grid) {
  Json ratings = Json::array(), violated = Json::array();
  for (const std::string& id : grid.ratings) ratings.push_back(or_null(id));
  for (const std::uint8_t v : grid.violated) violated.push_back(v != 0);
  return {{"x", grid.x},
          {"y", grid.y ? Json(*grid.y) : Json(nullptr)},
          {"xs", numbers(grid.xs)},
          {"ys", numbers(grid.ys)},
          {"xs_shown", grid.xs_shown},
          {"ys_shown", grid.ys_shown},
          {"values", numbers(grid.values)},
          {"ratings", std::move(ratings)},
          {"violated", std::move(violated)}};
}

Json answer(const BreakEvens& all) {
  Json rows = Json::array();
  for (const BreakEven& row : all.rows) {
    rows.push_back({{"input", row.input},
                    {"upwards", row.upwards},
                    {"found", row.found},
                    {"last", row.found ? point(row.last) : Json(nullptr)},
                    {"first", row.found ? point(row.first) : Json(nullptr)},
                    {"limit", number(row.limit)},
                    {"limit_shown", row.limit_shown},
                    {"step", number(row.step)},
                    {"monotone", row.monotone}});
  }
  return {{"rows", std::move(rows)}};
}

Json answer(const MonteCarloAnswer& all) {
  Json outputs = Json::array();
  for (const Spread& spread : all.outputs) {
    Json quantiles = Json::array();
    for (const QuantileRow& row : spread.quantiles) {
      quantiles.push_back({{"level", number(row.level)},
                           {"value", number(row.value)},
                           {"error", number(row.error)},
                           {"low", number(row.low)},
                           {"high", number(row.high)}});
    }
    outputs.push_back({{"output", spread.output},
                       {"label", text(spread.label)},
                       {"unit", spread.unit},
                       {"samples", spread.samples},
                       {"uncomputable", spread.uncomputable},
                       {"mean", number(spread.mean)},
                       {"mean_error", number(spread.mean_error)},
                       {"deviation", number(spread.deviation)},
                       {"low", number(spread.low)},
                       {"high", number(spread.high)},
                       {"quantiles", std::move(quantiles)},
                       {"histogram", {{"edges", numbers(spread.histogram.edges)}, {"counts", spread.histogram.counts}}}});
  }
  return {{"outputs", std::move(outputs)}, {"ratings", chances(all.ratings)}, {"constraints", chances(all.constraints)}};
}

Json answer(const SensitivityAnswer& all) {
  Json outputs = Json::array();
  for (const Sensitivity& of : all.outputs) {
    outputs.push_back({{"output", of.output},
                       {"label", text(of.label)},
                       {"mean", number(of.mean)},
                       {"variance", number(of.variance)},
                       {"evaluations", of.evaluations},
                       {"uncomputable", of.uncomputable},
                       {"first", estimates(of.first)},
                       {"total", estimates(of.total)},
                       {"spread", estimates(of.spread)},
                       {"second", estimates(of.second)},
                       {"settled", of.settled},
                       {"rounds", of.rounds}});
  }
  return {{"method", all.method}, {"outputs", std::move(outputs)}};
}

Json answer(const Allocation& all) {
  Json parts = Json::array(), frontier = Json::array();
  for (const AllocatedPart& part : all.parts) {
    parts.push_back({{"id", part.id},
                     {"label", text(part.label)},
                     {"before", number(part.before)},
                     {"after", number(part.after)},
                     {"least", number(part.least)},
                     {"most", number(part.most)},
                     {"marginal", number(part.marginal)}});
  }
  for (const FrontierPoint& p : all.frontier)
    frontier.push_back({{"money", number(p.money)}, {"score", number(p.score)}, {"bound", number(p.bound)}, {"rating", or_null(p.rating)}});
  return {{"goal", all.goal},
          {"money", number(all.money)},
          {"before", number(all.before)},
          {"after", number(all.after)},
          {"rating_before", or_null(all.rating_before)},
          {"rating_after", or_null(all.rating_after)},
          {"bound", number(all.bound)},
          {"optimal", all.optimal},
          {"evaluations", all.evaluations},
          {"parts", std::move(parts)},
          {"frontier", std::move(frontier)},
          {"violated", all.violated}};
}

Json answer(const Stability& all) {
  Json projects = Json::array();
  for (const StableProject& project : all.projects) {
    Json weights = Json::array();
    for (const auto& [name, weight] : project.flipping_weights) weights.push_back({{"name", name}, {"weight", number(weight)}});
    projects.push_back({{"id", project.id},
                        {"label", text(project.label)},
                        {"total", number(project.total)},
                        {"rating", or_null(project.rating)},
                        {"lowest", number(project.lowest)},
                        {"highest", number(project.highest)},
                        {"certain", project.certain},
                        {"shares", numbers(project.shares)},
                        {"rank", number(project.rank)},
                        {"best_rank", number(project.best_rank)},
                        {"worst_rank", number(project.worst_rank)},
                        {"flips_to", or_null(project.flips_to)},
                        {"flipping_weights", std::move(weights)},
                        {"flip_distance", project.certain ? Json(nullptr) : number(project.flip_distance)}});
  }
  return {{"projects", std::move(projects)}, {"draws", all.draws}, {"certain", all.certain}, {"mean_rank_shift", number(all.mean_rank_shift)}};
}

}  // namespace

std::string study_json(const StudyReport& report) {
  Json bands = Json::array(), inputs = Json::array();
  for (const RatingBand& band : report.bands) bands.push_back({{"id", band.id}, {"label", text(band.label)}, {"from", number(band.from)}});
  for (const StudiedInput& input : report.inputs) {
    inputs.push_back({{"name", input.name},
                      {"label", text(input.label)},
                      {"unit", input.unit},
                      {"nominal", number(input.nominal)},
                      {"nominal_shown", input.nominal_shown},
                      {"law", or_null(input.law)}});
  }
  const bool project = !report.project_file.empty() || !report.project.empty();
  Json out = {{"schema", "jixiao/study-report/1"}, {"engine", report.engine}};
  out["project"] = project ? Json{{"name", text(report.project)},
                                  {"file", report.project_file},
                                  {"year", report.year},
                                  {"unit", report.unit},
                                  {"illustrative", report.illustrative},
                                  {"note", text(report.results_note)},
                                  {"sha256", report.inputs_sha256}}
                           : Json(nullptr);
  out["rules"] = report.rules.empty() ? Json(nullptr)
                                      : Json{{"id", report.rules}, {"version", report.rules_version}, {"title", text(report.rules_title)}};
  out["study"] = {{"id", report.id},
                  {"kind", report.kind},
                  {"title", text(report.title)},
                  {"note", text(report.note)},
                  {"file", or_null(report.file)},
                  {"seed", report.seed},
                  {"samples", report.samples},
                  {"complete", report.complete}};
  out["output"] = {{"name", report.output},         {"label", text(report.output_label)},   {"digits", report.digits}, {"scale", number(report.scale)},
                   {"baseline", number(report.baseline)}, {"rating", or_null(report.rating)}, {"bands", std::move(bands)}};
  out["inputs"] = std::move(inputs);
  out["answer"] = std::visit([](const auto& one) { return answer(one); }, report.answer);
  return dump(out);
}

}  // namespace jixiao::report
