#include "scenario/written_value.hpp"

#include "project/reading.hpp"
#include "scenario/messages.hpp"

namespace jixiao::scenario {

using text::Code;
using text::NodeKind;
using value::Kind;

namespace {

// The unit somebody writes bare numbers in.
value::Unit written_unit(const InputFacts& facts, const project::Project& project) {
  const auto id = facts.name.substr(facts.name.find('.') + 1);
  if (facts.name.starts_with("drivers.")) {
    for (const auto& driver : project.drivers) {
      if (driver.id == id) return driver.unit;
    }
  }
  for (const auto& indicator : project.indicators) {
    const bool own = facts.name == "results." + indicator.id ||
                     facts.name == "targets." + indicator.id;
    if (own && !facts.is_date) return indicator.unit;
  }
  return facts.unit;
}

}  // namespace

std::optional<double> read_written(const InputFacts& facts, const text::Node& node, bool difference,
                                   const Project& project, text::Findings findings) {
  const bool money = facts.name.starts_with("items.") || facts.name.starts_with("money.");
  const bool bare = node.kind == NodeKind::integer || node.kind == NodeKind::number;
  if (money && bare) {
    findings.report(node.place, message::amount_without_unit());
    return std::nullopt;
  }
  const bool days = difference && facts.is_date;
  const value::Unit unit = days ? value::Unit::parse("天").value_or(value::Unit())
                                : written_unit(facts, project.model());
  const auto field = project::read_value(node, unit, project.model().year, findings.all());
  if (!field) return std::nullopt;
  const Kind wanted = facts.is_date && !days ? Kind::date : Kind::number;
  const bool fits = field->kind == wanted ||
                    (wanted == Kind::number && field->kind == Kind::yes_no);
  if (!fits || field->low != field->high) {
    findings.report(node.place, wanted == Kind::date ? message::not_one_date(facts.name)
                                                     : message::not_one_number(facts.name));
    return std::nullopt;
  }
  return field->low;
}

}  // namespace jixiao::scenario
