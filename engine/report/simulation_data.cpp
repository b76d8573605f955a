// Scenarios for other programs: JSON and CSV.
#include <algorithm>

#include "page/csv.hpp"
#include "page/json_values.hpp"
#include "page/numbers.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
using page::number;
using page::text;
namespace {

Json column(const ScenarioStory& story) {
  Json changes = Json::array();
  for (const ChangeStory& change : story.changes) {
    changes.push_back({{"name", change.name},
                       {"label", text(change.label)},
                       {"before", text(change.before)},
                       {"after", text(change.after)},
                       {"points", story.attributed ? number(change.points) : Json(nullptr)},
                       {"error", story.attributed ? number(change.error) : Json(nullptr)}});
  }
  Json vetoes = Json::array(), checks = Json::array();
  for (const Text& veto : story.vetoes) vetoes.push_back(text(veto));
  for (const Diagnostic& one : story.checks)
    checks.push_back({{"severity", severity_id(one.severity)},
                      {"message", text(one.message)},
                      {"help", text(one.help)}});
  return {
      {"id", story.id},
      {"title", text(story.title)},
      {"note", text(story.note)},
      {"file", or_null(story.file)},
      {"rules",
       {{"id", story.rules}, {"version", story.rules_version}, {"title", text(story.rules_title)}}},
      {"scored", story.scored},
      {"total", story.scored ? number(story.total) : Json(nullptr)},
      {"digits", story.digits},
      {"scale", number(story.scale)},
      {"rating", or_null(story.rating)},
      {"rating_label", text(story.rating_label)},
      {"change", story.scored ? number(story.change) : Json(nullptr)},
      {"attributed", story.attributed},
      {"exact", story.exact},
      {"changes", std::move(changes)},
      {"violated", story.violated},
      {"vetoes", std::move(vetoes)},
      {"checks", std::move(checks)}};
}

Json table_of_numbers(const std::vector<SimulatedNumber>& numbers) {
  Json out = Json::array();
  for (const SimulatedNumber& row : numbers) {
    Json values = Json::array();
    for (const auto& value : row.values) values.push_back(number(value));
    out.push_back({{"name", row.name},
                   {"label", text(row.label)},
                   {"changed", row.changed},
                   {"values", std::move(values)},
                   {"shown", row.shown}});
  }
  return out;
}

}  // namespace

std::string simulation_json(const Simulation& simulation) {
  Json out = {{"schema", "jixiao/simulation/1"},
              {"engine", simulation.engine},
              {"project",
               {{"name", text(simulation.project)},
                {"file", simulation.project_file},
                {"year", simulation.year},
                {"unit", simulation.unit},
                {"illustrative", simulation.illustrative},
                {"sha256", simulation.inputs_sha256}}}};
  out["columns"] = Json::array();
  for (const ScenarioStory& story : simulation.columns) out["columns"].push_back(column(story));
  out["money"] = table_of_numbers(simulation.money);
  out["drivers"] = table_of_numbers(simulation.drivers);
  out["targets"] = table_of_numbers(simulation.targets);
  out["results"] = table_of_numbers(simulation.results);
  out["weights"] = table_of_numbers(simulation.weights);
  out["points"] = table_of_numbers(simulation.points);
  out["blocks"] = table_of_numbers(simulation.blocks);
  out["constraints"] = Json::array();
  for (const SimulatedConstraint& constraint : simulation.constraints) {
    Json kept = Json::array();
    for (const auto& one : constraint.kept) kept.push_back(one ? Json(*one) : Json(nullptr));
    out["constraints"].push_back(
        {{"id", constraint.id}, {"text", text(constraint.text)}, {"kept", std::move(kept)}});
  }
  return dump(out);
}

// One record a row, one column a scenario; the shares of the changes of a total stand in the column
// of their scenario.
std::string simulation_csv(const Simulation& simulation, Language language) {
  std::string out = "section,name,label";
  const std::size_t count = simulation.columns.size();
  for (const ScenarioStory& story : simulation.columns) out += "," + csv_cell(story.id);
  out += "\n";
  const auto line = [&](const std::string& section, const std::string& name,
                        const std::string& label, const auto& cell) {
    std::vector<std::string> cells{section, name, label};
    for (std::size_t c = 0; c < count; ++c) cells.push_back(cell(c));
    out += csv_line(cells);
  };
  const auto& columns = simulation.columns;
  line("score", "rules", "", [&](std::size_t c) { return columns[c].rules; });
  line("score", "total", "", [&](std::size_t c) {
    return columns[c].scored ? value::fixed(columns[c].total, columns[c].digits) : "";
  });
  line("score", "change", "", [&](std::size_t c) {
    return columns[c].scored ? value::fixed(columns[c].change, columns[c].digits) : "";
  });
  line("score", "rating", "", [&](std::size_t c) { return columns[c].rating_label.in(language); });
  const auto lines = [&](const std::string& name, const auto& said) {
    if (std::all_of(columns.begin(), columns.end(),
                    [&](const ScenarioStory& column) { return said(column).empty(); }))
      return;
    line("score", name, "", [&](std::size_t c) { return said(columns[c]); });
  };
  lines("vetoes", [&](const ScenarioStory& column) {
    std::string all;
    for (const Text& veto : column.vetoes) all += (all.empty() ? "" : "; ") + veto.in(language);
    return all;
  });
  lines("checks", [&](const ScenarioStory& column) {
    std::string all;
    for (const Diagnostic& one : column.checks)
      all += (all.empty() ? "" : "; ") + std::string(severity_id(one.severity)) + ": " +
             one.message.in(language);
    return all;
  });
  const auto numbers = [&](const std::string& section, const std::vector<SimulatedNumber>& rows) {
    for (const SimulatedNumber& row : rows)
      line(section, row.name, row.label.in(language),
           [&](std::size_t c) { return row.values[c] ? value::plain(*row.values[c], 9) : ""; });
  };
  numbers("money", simulation.money);
  numbers("drivers", simulation.drivers);
  numbers("targets", simulation.targets);
  numbers("results", simulation.results);
  numbers("weights", simulation.weights);
  numbers("points", simulation.points);
  numbers("blocks", simulation.blocks);
  for (const SimulatedConstraint& constraint : simulation.constraints) {
    line("constraint", constraint.id, constraint.text.in(language), [&](std::size_t c) {
      return !constraint.kept[c] ? "" : *constraint.kept[c] ? "kept" : "violated";
    });
  }
  for (std::size_t s = 0; s < count; ++s) {
    for (const ChangeStory& change : columns[s].changes) {
      line("change", change.name, change.label.in(language), [&](std::size_t c) {
        return c == s && columns[s].attributed ? value::fixed(change.points, columns[s].digits)
                                               : "";
      });
    }
  }
  return out;
}

}  // namespace jixiao::report
