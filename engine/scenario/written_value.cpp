#include "scenario/written_value.hpp"

#include "project/reading.hpp"
#include "text/diagnostics.hpp"

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
                                   const Project& project, std::vector<Diagnostic>& diagnostics) {
  const bool money = facts.name.starts_with("items.") || facts.name.starts_with("money.");
  const bool bare = node.kind == NodeKind::integer || node.kind == NodeKind::number;
  if (money && bare) {
    diagnostics.push_back(
        text::diagnose(Code::unit_clash, node.place,
                       {"金额没有单位：是元还是万元？", "an amount without a unit: 元 or 万元?"},
                       {"写上单位，如 \"120万元\" 或 \"1200000元\"",
                        "give the unit: \"120万元\" or \"1200000元\""}));
    return std::nullopt;
  }
  const bool days = difference && facts.is_date;
  const value::Unit unit = days ? value::Unit::parse("天").value_or(value::Unit())
                                : written_unit(facts, project.model());
  const auto field = project::read_value(node, unit, project.model().year, diagnostics);
  if (!field) return std::nullopt;
  const Kind wanted = facts.is_date && !days ? Kind::date : Kind::number;
  const bool fits = field->kind == wanted ||
                    (wanted == Kind::number && field->kind == Kind::yes_no);
  if (!fits || field->low != field->high) {
    diagnostics.push_back(text::diagnose(
        Code::value_text, node.place,
        {"'" + facts.name + "' 应为一个" + (wanted == Kind::date ? "日期" : "数"),
         "'" + facts.name + "' takes one " + (wanted == Kind::date ? "date" : "number")},
        wanted == Kind::date ? Text{"例如 \"2020-12-31\"", "such as \"2020-12-31\""} : Text{}));
    return std::nullopt;
  }
  return field->low;
}

}  // namespace jixiao::scenario
