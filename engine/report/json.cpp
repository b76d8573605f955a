#include "page/json_values.hpp"
#include "page/numbers.hpp"
#include "report/rendering.hpp"
#include "report/rule_words.hpp"
#include "ruleset/citation.hpp"
#include "ruleset/ruleset.hpp"
#include "weights/comparisons.hpp"

namespace jixiao::report {

using namespace page;
using page::number;
using page::text;
namespace {

Json sources(const std::vector<Cited>& cites) {
  Json out = Json::array();
  for (const Cited& cite : cites)
    out.push_back({{"text", cite.text}, {"evidence", cite.evidence}, {"url", or_null(cite.url)}});
  return out;
}

// `cite`, `evidence` and `sources`, wherever a rule is behind something.
void put_sources(Json& json, const std::vector<Cited>& cites) {
  json["cite"] = joined_text(cites);
  json["evidence"] = or_null(worst_evidence(cites));
  json["sources"] = sources(cites);
}

Json rating(const std::string& id, const Text& label) {
  return id.empty() ? Json(nullptr) : Json{{"id", id}, {"label", text(label)}};
}

Json scored_indicator(const IndicatorStory& story) {
  const bool counted = is_counted(story);
  Json out = {{"id", story.id},
              {"name", text(story.name)},
              {"block", story.block},
              {"type", or_null(story.type)},
              {"direction", story.direction},
              {"weight", number(story.weight)},
              {"target", or_null(target_text(story))},
              {"actual", or_null(story.actual)},
              {"target_value", number(story.target_value)},
              {"actual_value", number(story.actual_value)},
              {"state", story.state},
              {"points", counted ? number(story.points) : Json(nullptr)},
              {"lost", counted ? number(story.lost) : Json(nullptr)},
              {"reported", number(story.reported)},
              {"method", or_null(story.method)},
              {"formula", or_null(story.formula)},
              {"substituted", or_null(story.substituted)},
              {"unrounded", story.state == "ok" ? number(story.unrounded) : Json(nullptr)},
              {"held", story.was_clamped},
              {"reason", story.reason.empty() ? Json(nullptr) : text(story.reason)},
              {"given_reason", or_null(story.given_reason)},
              {"remedy", or_null(story.remedy)},
              {"proof", story.evidence_given}};
  put_sources(out, story.cite);
  out["file"] = or_null(story.file);
  out["line"] = story.line > 0 ? Json(story.line) : Json(nullptr);
  return out;
}

Json adjustment(const AdjustmentStory& story) {
  Json out = {{"id", story.id},
              {"kind", story.kind},
              {"name", text(story.name)},
              {"n", number(story.n)},
              {"points", number(story.points)},
              {"effect", text(story.effect)},
              {"reason", or_null(story.reason)}};
  put_sources(out, story.cite);
  return out;
}

Json diagnostic(const Diagnostic& d) {
  return {{"severity", std::string(severity_id(d.severity))},
          {"code", d.code},
          {"file", or_null(d.file)},
          {"line", d.line},
          {"column", d.column},
          {"length", d.length},
          {"message", text(d.message)},
          {"help", d.help.empty() ? Json(nullptr) : text(d.help)}};
}

Json diagnostics_array(std::span<const Diagnostic> diagnostics) {
  Json out = Json::array();
  for (const Diagnostic& d : diagnostics) out.push_back(diagnostic(d));
  return out;
}

Json rules_story(const RulesStory& rules) {
  Json out = {{"id", rules.id},
              {"version", rules.version},
              {"title", text(rules.title)},
              {"sha256", rules.sha256},
              {"lineage", rules.lineage}};
  if (!rules.statistics.empty())
    out["statistics"] = {{"file", rules.statistics},
                         {"tables", rules.statistics_of},
                         {"projects", rules.statistics_projects}};
  put_sources(out, rules.cite);
  return out;
}

Json params(const std::vector<ruleset::Parameter>& parameters) {
  Json out = Json::object();
  for (const ruleset::Parameter& parameter : parameters)
    out[parameter.name] = number(parameter.value);
  return out;
}

Json method(const ruleset::RuleSet& rules, const ruleset::Method& method) {
  Json out = {
      {"id", method.id},
      {"title", text(method.title)},
      {"when", method.when ? Json(text(selector_text(rules, *method.when))) : Json(nullptr)},
      {"params", params(method.params)},
      {"points", method.points.text()},
      {"domain", method.domain ? Json(method.domain->text()) : Json(nullptr)},
      {"outside", outside_text(method.outside).en},
      {"beyond", method.beyond}};
  Json states = Json::array();
  for (const ruleset::State& state : method.states) {
    Json entry = {{"id", state.id}, {"name", text(state.name)}};
    for (std::size_t i = 0; i < method.state_columns.size() && i < state.values.size(); ++i)
      entry[method.state_columns[i]] = number(state.values[i]);
    states.push_back(std::move(entry));
  }
  out["states"] = std::move(states);
  put_sources(out, ruleset::cited(method.cite));
  return out;
}

}  // namespace

std::string scorecard_json(const Scorecard& card) {
  Json out = {{"project", text(card.project)},
              {"year", card.year},
              {"unit", or_null(card.unit)},
              {"illustrative", card.illustrative}};
  out["results_note"] = card.results_note.empty() ? Json(nullptr) : text(card.results_note);
  out["scored"] = card.scored;
  out["total"] = card.scored ? number(card.total) : Json(nullptr);
  out["rating"] = card.scored ? rating(card.rating, card.rating_label) : Json(nullptr);
  out["rating_before_veto"] = card.scored ? or_null(card.rating_before_veto) : Json(nullptr);
  out["total_before_adjustments"] = card.scored ? number(card.total_before_adjustments)
                                                : Json(nullptr);
  out["total_before_veto"] = card.scored ? number(card.total_before_veto) : Json(nullptr);
  out["scale"] = number(card.scale);
  out["attainable"] = number(card.attainable);
  out["factor"] = number(card.factor);
  out["digits"] = card.digits;
  out["distance"] = {{"to_next_band", number(card.distance.to_next_band)},
                     {"next_band", or_null(card.distance.next_band)},
                     {"to_lower_band", number(card.distance.to_lower_band)}};
  out["money"] = {{"initial", number(card.initial)},
                  {"adjusted", number(card.adjusted)},
                  {"executed", number(card.executed)},
                  {"execution_rate", number(card.execution_rate)}};
  out["blocks"] = Json::array();
  for (const BlockStory& block : card.blocks) {
    out["blocks"].push_back({{"id", block.id},
                             {"name", text(block.name)},
                             {"weight", number(block.weight)},
                             {"points", number(block.points)},
                             {"factor", number(block.factor)},
                             {"indicators", block.indicators}});
  }
  out["formulas"] = Json::array();
  for (const FormulaStory& story : card.formulas) {
    out["formulas"].push_back(
        {{"block", or_null(story.block)},
         {"formula", story.formula},
         {"substituted", story.substituted},
         {"points", number(story.points)},
         {"lost", number(story.lost)},
         {"reason", story.reason.empty() ? Json(nullptr) : text(story.reason)}});
  }
  out["indicators"] = Json::array();
  for (const IndicatorStory& story : card.indicators)
    out["indicators"].push_back(scored_indicator(story));
  out["adjustments"] = Json::array();
  for (const AdjustmentStory& story : card.adjustments)
    out["adjustments"].push_back(adjustment(story));
  out["comparisons"] = Json::array();
  for (const Comparison& comparison : card.comparisons) {
    out["comparisons"].push_back({{"id", comparison.id},
                                  {"text", text(comparison.text)},
                                  {"total", number(comparison.total)},
                                  {"rating", rating(comparison.rating, comparison.rating_label)}});
  }
  out["rules"] = rules_story(card.rules);
  out["inputs_sha256"] = card.inputs_sha256;
  out["engine"] = card.engine;
  out["diagnostics"] = diagnostics_array(card.diagnostics);
  return dump(out);
}

std::string explanation_json(const Stories& stories) {
  Json out = Json::array();
  for (const IndicatorStory* story : stories) out.push_back(scored_indicator(*story));
  return dump(out);
}

std::string diagnostics_json(std::span<const Diagnostic> diagnostics) {
  return dump(diagnostics_array(diagnostics));
}

std::string rule_list_json(std::span<const RuleSummary> list) {
  Json out = Json::array();
  for (const RuleSummary& rules : list) {
    out.push_back({{"id", rules.id},
                   {"version", rules.version},
                   {"title", text(rules.title)},
                   {"extends", or_null(rules.extends)},
                   {"abstract", rules.abstract},
                   {"file", rules.file}});
  }
  return dump(out);
}

// Requires: weights come from comparisons.
Json comparisons(const ruleset::RuleSet& rules) {
  Json out = {{"by", rules.comparisons->row_means ? "row_means" : "eigenvector"},
              {"decimals",
               rules.comparisons->decimals ? Json(*rules.comparisons->decimals) : Json(nullptr)}};
  put_sources(out, ruleset::cited(rules.comparisons->cite));
  out["groups"] = Json::array();
  for (const ruleset::ComparedGroup& group : rules.comparisons->groups) {
    const std::size_t n = group.members.size();
    Json entry = {{"of", group.of_blocks ? "blocks" : "indicators"},
                  {"block", group.parent == ruleset::none ? Json(nullptr)
                                                          : Json(rules.blocks[group.parent].id)},
                  {"largest_eigenvalue", number(group.result.largest_eigenvalue)},
                  {"consistency_index", number(group.result.consistency_index)},
                  {"random_index", number(weights::random_index(n))},
                  {"consistency_ratio", number(group.result.consistency_ratio)},
                  {"judges", Json::array()},
                  {"weights", Json::array()}};
    for (const ruleset::Judge& judge : group.judges)
      entry["judges"].push_back(
          {{"name", or_null(judge.name)}, {"consistency_ratio", number(judge.consistency_ratio)}});
    for (std::size_t k = 0; k < n; ++k) {
      Json row = Json::array();
      for (std::size_t j = 0; j < n; ++j) row.push_back(number(group.matrix[k * n + j]));
      const std::size_t member = group.members[k];
      entry["weights"].push_back(
          {{"id", group.of_blocks ? rules.blocks[member].id : rules.indicators[member].id},
           {"judgements", std::move(row)},
           {"eigenvector", number(group.result.eigenvector[k])},
           {"row_mean", number(group.result.row_means[k])},
           {"weight", number(group.points[k])}});
    }
    out["groups"].push_back(std::move(entry));
  }
  return out;
}

std::string rules_json(const ruleset::RuleSet& rules) {
  Json out = {{"id", rules.id},
              {"version", rules.version},
              {"title", text(rules.title)},
              {"note", rules.note.empty() ? Json(nullptr) : text(rules.note)},
              {"abstract", rules.abstract}};
  put_sources(out, ruleset::cited(rules.cite));
  out["lineage"] = Json::array();
  for (const ruleset::Ancestor& ancestor : rules.lineage)
    out["lineage"].push_back({{"id", ancestor.id}, {"version", ancestor.version}});
  out["sha256"] = rules.sha256;
  out["scale"] = number(rules.scale);
  out["rounding"] = text(rounding_text(rules));
  out["missing"] = rules.missing == ruleset::MissingPolicy::zero ? "zero" : "error";
  out["not_applicable"] = not_applicable_id(rules.not_applicable);
  out["total"] = rules.combine ? Json(rules.combine->text()) : Json(nullptr);
  out["blocks"] = Json::array();
  for (const ruleset::Block& block : rules.blocks) {
    Json types = Json::array();
    for (const std::size_t type : block.types) types.push_back(rules.types[type].id);
    out["blocks"].push_back(
        {{"id", block.id},
         {"name", text(block.name)},
         {"weight", number(block.weight)},
         {"weight_range", block.weight_range ? Json(block.weight_range->text()) : Json(nullptr)},
         {"types", std::move(types)},
         {"when_empty", when_empty_text(rules, block).en},
         {"combine", block.combine ? Json{{"each", block.combine->each.text()},
                                          {"total", block.combine->total.text()}}
                                   : Json(nullptr)}});
  }
  if (rules.comparisons) out["comparisons"] = comparisons(rules);
  if (rules.weights_origin)
    out["weights_origin"] = {{"method", rules.weights_origin->method},
                             {"table", rules.weights_origin->table},
                             {"sha256", rules.weights_origin->sha256},
                             {"projects", rules.weights_origin->projects},
                             {"rules", rules.weights_origin->rules}};
  out["inputs"] = Json::array();
  for (const ruleset::Input& input : rules.inputs) {
    if (input.statistic != ruleset::none) continue;
    out["inputs"].push_back(
        {{"id", input.id},
         {"name", text(input.name)},
         {"unit", or_null(input.unit.text())},
         {"range",
          input.range && input.values.empty() ? Json(input.range->text()) : Json(nullptr)}});
    if (!input.values.empty()) out["inputs"].back()["values"] = input.values;
    if (!input.missing.empty()) out["inputs"].back()["missing"] = input.missing;
    if (!input.not_applicable.empty())
      out["inputs"].back()["not_applicable"] = input.not_applicable;
  }
  if (!rules.statistics.empty()) out["statistics"] = Json::array();
  for (const ruleset::Statistic& one : rules.statistics) {
    const bool by_input = one.by != ruleset::none && one.by != ruleset::project_year;
    out["statistics"].push_back(
        {{"id", one.id},
         {"is", ruleset::name(one.is)},
         {"of", one.of.text()},
         {"at", one.is == ruleset::StatisticKind::quantile ? Json(one.at) : Json(nullptr)},
         {"by", one.by == ruleset::project_year ? Json("year")
                : by_input ? Json(rules.inputs[one.by - rules.first_input_name()].id)
                           : Json(nullptr)}});
  }
  out["indicators"] = Json::array();
  for (const ruleset::FixedIndicator& fixed : rules.indicators) {
    Json entry = {{"id", fixed.id},
                  {"name", text(fixed.name)},
                  {"block", fixed.block == ruleset::none ? Json(nullptr)
                                                         : Json(rules.blocks[fixed.block].id)},
                  {"weight", number(fixed.weight)},
                  {"actual", fixed.actual.text()},
                  {"target", fixed.target_formula ? Json(fixed.target_text)
                             : fixed.has_target   ? number(fixed.target)
                                                  : Json(nullptr)},
                  {"unit", or_null(fixed.unit.text())},
                  {"method", fixed.method == ruleset::none ? Json(nullptr)
                                                           : Json(rules.methods[fixed.method].id)},
                  {"params", params(fixed.params)}};
    put_sources(entry, ruleset::cited(fixed.cite));
    out["indicators"].push_back(std::move(entry));
  }
  out["methods"] = Json::array();
  for (const ruleset::Method& one : rules.methods) out["methods"].push_back(method(rules, one));
  out["adjustments"] = Json::array();
  for (const ruleset::Adjustment& one : rules.adjustments) {
    Json entry = {{"id", one.id},
                  {"kind", one.kind == ruleset::AdjustmentKind::bonus ? "bonus" : "penalty"},
                  {"name", text(one.name)},
                  {"points", one.points.text()},
                  {"params", params(one.params)},
                  {"limit", number(one.limit)}};
    put_sources(entry, ruleset::cited(one.cite));
    out["adjustments"].push_back(std::move(entry));
  }
  out["vetoes"] = Json::array();
  for (const ruleset::Veto& one : rules.vetoes) {
    Json entry = {{"id", one.id},
                  {"name", text(one.name)},
                  {"when", one.when ? Json(one.when->text()) : Json(nullptr)},
                  {"effect", text(effect_text(rules, one))}};
    put_sources(entry, ruleset::cited(one.cite));
    out["vetoes"].push_back(std::move(entry));
  }
  out["bands"] = Json::array();
  for (const ruleset::Band& band : rules.bands) {
    out["bands"].push_back({{"id", band.id},
                            {"label", text(band.label)},
                            {"range", band.only_veto ? Json(nullptr) : Json(band.range.text())}});
  }
  out["checks"] = Json::array();
  for (const auto* checks : {&rules.indicator_checks, &rules.project_checks}) {
    for (const ruleset::Check& check : *checks) {
      Json entry = {{"id", check.id},
                    {"scope", checks == &rules.indicator_checks ? "indicator" : "project"},
                    {"severity", std::string(severity_id(check.severity))},
                    {"if", check.condition.text()}};
      put_sources(entry, ruleset::cited(check.cite));
      out["checks"].push_back(std::move(entry));
    }
  }
  return dump(out);
}

}  // namespace jixiao::report
