// A study's answer for other programs.
#include "page/json_values.hpp"
#include "report/rendering.hpp"

namespace jixiao::report {

using namespace page;
using page::number;
using page::text;
namespace {

Json point(const StudiedPoint& p) {
  return {{"value", number(p.value)},
          {"shown", p.shown},
          {"output", number(p.output)},
          {"rating", or_null(p.rating)}};
}

Json numbers(const std::vector<double>& values) {
  Json out = Json::array();
  for (const double value : values) out.push_back(number(value));
  return out;
}

Json estimates(const std::vector<IndexEstimate>& all) {
  Json out = Json::array();
  for (const IndexEstimate& e : all)
    out.push_back({{"value", number(e.value)},
                   {"error", number(e.error)},
                   {"low", number(e.low)},
                   {"high", number(e.high)}});
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

// One object an answer; inputs are named, not numbered.
class Answering {
 public:
  explicit Answering(const StudyReport& report) : report_(report) {}

  Json operator()(const Tornado& tornado) const {
    Json further = Json::array();
    for (std::size_t o = 0; o < tornado.further.size(); ++o)
      further.push_back(
          {{"output", report_.outputs[o + 1].name}, {"bars", bars_of(tornado.further[o])}});
    return {{"bars", bars_of(tornado.bars)}, {"further", std::move(further)}};
  }

  Json operator()(const InputGrid& grid) const {
    Json ratings = Json::array(), violated = Json::array();
    for (const std::string& rating : grid.ratings) ratings.push_back(or_null(rating));
    for (const std::uint8_t one : grid.violated) violated.push_back(one != 0);
    Json further = Json::array();
    for (std::size_t o = 0; o < grid.further.size(); ++o)
      further.push_back(
          {{"output", report_.outputs[o + 1].name}, {"values", numbers(grid.further[o])}});
    return {{"x", name(grid.x)},
            {"y", grid.y ? Json(name(*grid.y)) : Json(nullptr)},
            {"xs", numbers(grid.xs)},
            {"ys", grid.y ? numbers(grid.ys) : Json::array()},
            {"xs_shown", grid.xs_shown},
            {"ys_shown", grid.ys_shown},
            {"values", numbers(grid.values)},
            {"ratings", std::move(ratings)},
            {"violated", std::move(violated)},
            {"further", std::move(further)}};
  }

  Json operator()(const BreakEvens& all) const {
    Json rows = Json::array();
    for (const BreakEven& row : all.rows) {
      rows.push_back({{"input", name(row.input)},
                      {"direction", row.upwards ? "up" : "down"},
                      {"found", row.found},
                      {"last", point_and_further(row.last)},
                      {"first", row.found ? point_and_further(row.first) : Json(nullptr)},
                      {"limit", number(row.limit)},
                      {"limit_shown", row.limit_shown},
                      {"step", number(row.step)},
                      {"monotone", row.monotone}});
    }
    return {{"rows", std::move(rows)}};
  }

  Json operator()(const MonteCarloAnswer& answer) const {
    Json outputs = Json::array();
    for (const Spread& s : answer.outputs) {
      Json quantiles = Json::array();
      for (const QuantileRow& q : s.quantiles) {
        quantiles.push_back({{"level", number(q.level)},
                             {"value", number(q.value)},
                             {"error", number(q.error)},
                             {"low", number(q.low)},
                             {"high", number(q.high)}});
      }
      outputs.push_back(
          {{"output", s.output},
           {"label", text(s.label)},
           {"unit", or_null(s.unit)},
           {"samples", s.samples},
           {"uncomputable", s.uncomputable},
           {"mean", number(s.mean)},
           {"mean_error", number(s.mean_error)},
           {"deviation", number(s.deviation)},
           {"low", number(s.low)},
           {"high", number(s.high)},
           {"quantiles", std::move(quantiles)},
           {"histogram", {{"edges", numbers(s.histogram.edges)}, {"counts", s.histogram.counts}}}});
    }
    return {{"drawn", answer.drawn},
            {"left_out", answer.left_out},
            {"outputs", std::move(outputs)},
            {"ratings", chances(answer.ratings)},
            {"constraints", chances(answer.constraints)}};
  }

  Json operator()(const SensitivityAnswer& answer) const {
    Json outputs = Json::array();
    for (const Sensitivity& s : answer.outputs) {
      outputs.push_back({{"output", s.output},
                         {"label", text(s.label)},
                         {"mean", number(s.mean)},
                         {"variance", number(s.variance)},
                         {"evaluations", s.evaluations},
                         {"uncomputable", s.uncomputable},
                         {"first", estimates(s.first)},
                         {"total", estimates(s.total)},
                         {"spread", estimates(s.spread)},
                         {"second", estimates(s.second)},
                         {"settled", s.settled},
                         {"rounds", s.rounds}});
    }
    return {{"method", answer.method}, {"outputs", std::move(outputs)}};
  }

  Json operator()(const Allocation& a) const {
    Json parts = Json::array(), frontier = Json::array();
    for (const AllocatedPart& p : a.parts) {
      parts.push_back({{"id", p.id},
                       {"label", text(p.label)},
                       {"before", number(p.before)},
                       {"after", number(p.after)},
                       {"least", number(p.least)},
                       {"most", number(p.most)},
                       {"marginal", number(p.marginal)},
                       {"protected", p.is_protected},
                       {"measured", p.measured}});
      if (a.of_projects)
        parts.back().update({{"total_before", number(p.total_before)},
                             {"total_after", number(p.total_after)},
                             {"rating_before", or_null(p.rating_before)},
                             {"rating_after", or_null(p.rating_after)}});
    }
    for (const FrontierPoint& p : a.frontier)
      frontier.push_back({{"money", number(p.money)},
                          {"score", number(p.score)},
                          {"bound", number(p.bound)},
                          {"rating", or_null(p.rating)}});
    Json results = Json::array();
    for (const AllocatedResult& r : a.results) {
      results.push_back({{"id", r.id},
                         {"label", text(r.label)},
                         {"before", r.before},
                         {"after", r.after},
                         {"points_before", number(r.points_before)},
                         {"points_after", number(r.points_after)}});
    }
    Json curves = Json::array();
    for (const AllocatedCurve& c : a.curves) {
      curves.push_back({{"id", c.id},
                        {"label", text(c.label)},
                        {"of", c.of},
                        {"lowest", number(c.lowest)},
                        {"highest", number(c.highest)},
                        {"before", number(c.before)},
                        {"after", number(c.after)},
                        {"beyond", c.is_beyond()},
                        {"may_leave", c.may_leave}});
    }
    return {{"goal", a.goal},
            {"money", number(a.money)},
            {"before", number(a.before)},
            {"after", number(a.after)},
            {"rating_before", or_null(a.rating_before)},
            {"rating_after", or_null(a.rating_after)},
            {"bound", number(a.bound)},
            {"optimal", a.optimal},
            {"evaluations", a.evaluations},
            {"parts", std::move(parts)},
            {"frontier", std::move(frontier)},
            {"violated", a.violated},
            {"results", std::move(results)},
            {"curves", std::move(curves)},
            {"of_projects", a.of_projects},
            {"method", a.method},
            {"step", number(a.step)},
            {"money_before", number(a.money_before)},
            {"unspent", number(a.unspent)},
            {"wanted", a.goal == "least-money" ? number(a.wanted) : Json(nullptr)},
            {"unmeasured", a.unmeasured},
            {"dropped", a.dropped},
            {"in_proportion",
             {{"total", number(a.in_proportion)},
              {"rating", or_null(a.rating_in_proportion)},
              {"violated", a.violated_in_proportion}}}};
  }

  Json operator()(const Stability& stability) const {
    Json projects = Json::array();
    for (const StableProject& p : stability.projects) {
      Json weights = Json::array();
      for (const auto& [weight, value] : p.flipping_weights)
        weights.push_back({{"name", weight}, {"value", number(value)}});
      projects.push_back({{"id", p.id},
                          {"label", text(p.label)},
                          {"total", number(p.total)},
                          {"rating", or_null(p.rating)},
                          {"lowest", number(p.lowest)},
                          {"highest", number(p.highest)},
                          {"certain", p.certain},
                          {"exact", p.exact},
                          {"shares", numbers(p.shares)},
                          {"rank", number(p.rank)},
                          {"best_rank", number(p.best_rank)},
                          {"worst_rank", number(p.worst_rank)},
                          {"flips_to", or_null(p.flips_to)},
                          {"flipping_weights", std::move(weights)},
                          {"flip_distance", number(p.flip_distance)}});
    }
    return {{"projects", std::move(projects)},
            {"draws", stability.draws},
            {"certain", stability.certain},
            {"mean_rank_shift", number(stability.mean_rank_shift)}};
  }

 private:
  [[nodiscard]] Json bars_of(const std::vector<TornadoBar>& all) const {
    Json bars = Json::array();
    for (const TornadoBar& bar : all) {
      bars.push_back({{"input", name(bar.input)},
                      {"low", point(bar.low)},
                      {"high", point(bar.high)},
                      {"lowest", number(bar.lowest)},
                      {"highest", number(bar.highest)},
                      {"violated", bar.violated},
                      {"followed", bar.followed},
                      {"moves", bar.moves}});
    }
    return bars;
  }

  static Json point_and_further(const StudiedPoint& p) {
    Json out = point(p);
    out["further"] = numbers(p.further);
    return out;
  }

  [[nodiscard]] const std::string& name(std::size_t input) const {
    return report_.inputs[input].name;
  }

  const StudyReport& report_;
};

Json heading(const StudyReport& report) {
  Json out = {{"schema", "jixiao/study-report/1"},
              {"engine", report.engine},
              {"inputs_sha256", report.inputs_sha256}};
  out["project"] = report.project_file.empty() ? Json(nullptr)
                                               : Json({{"name", text(report.project)},
                                                       {"file", report.project_file},
                                                       {"year", report.year},
                                                       {"unit", report.unit},
                                                       {"illustrative", report.illustrative}});
  out["rules"] = report.rules.empty() ? Json(nullptr)
                                      : Json({{"id", report.rules},
                                              {"version", report.rules_version},
                                              {"title", text(report.rules_title)}});
  out["study"] = {
      {"id", report.id},           {"kind", report.kind},          {"title", text(report.title)},
      {"note", text(report.note)}, {"file", or_null(report.file)}, {"seed", report.seed},
      {"samples", report.samples}};
  return out;
}

}  // namespace

std::string study_json(const StudyReport& report) {
  Json out = heading(report);
  out["output"] = {{"name", report.output}, {"label", text(report.output_label)}};
  out["digits"] = report.digits;
  out["scale"] = number(report.scale);
  out["bands"] = Json::array();
  for (const RatingBand& band : report.bands)
    out["bands"].push_back(
        {{"id", band.id}, {"label", text(band.label)}, {"from", number(band.from)}});
  out["baseline"] = number(report.baseline);
  out["rating"] = or_null(report.rating);
  out["applied"] = Json::array();
  for (const AppliedScenario& own : report.applied)
    out["applied"].push_back({{"id", own.id}, {"title", text(own.title)}});
  out["stands"] = number(report.stands);
  out["stands_rating"] = or_null(report.stands_rating);
  out["outputs"] = Json::array();
  for (const StudiedOutput& own : report.outputs) {
    out["outputs"].push_back({{"name", own.name},
                              {"label", text(own.label)},
                              {"unit", or_null(own.unit)},
                              {"baseline", number(own.baseline)},
                              {"stands", number(own.stands)}});
  }
  out["inputs"] = Json::array();
  for (const StudiedInput& input : report.inputs) {
    out["inputs"].push_back({{"name", input.name},
                             {"label", text(input.label)},
                             {"unit", or_null(input.unit)},
                             {"nominal", number(input.nominal)},
                             {"nominal_shown", or_null(input.nominal_shown)},
                             {"law", or_null(input.law)},
                             {"stands_shown", or_null(input.stands_shown)}});
  }
  out["complete"] = report.complete;
  out["answer"] = std::visit(Answering(report), report.answer);
  return dump(out);
}

}  // namespace jixiao::report
