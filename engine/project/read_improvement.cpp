// [[improve]]: what it costs to turn a number, and how far that goes.
#include <algorithm>
#include <cmath>

#include "project/reading.hpp"
#include "text/suggestion.hpp"

namespace jixiao::project {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

struct Known {
  std::string name;
  value::Unit unit;
  bool is_date = false;
};

std::vector<Known> known_numbers(const Project& project) {
  std::vector<Known> out;
  for (const Driver& driver : project.drivers)
    out.push_back({"drivers." + driver.id, driver.unit, driver.unit.is_date()});
  for (const Item& item : project.items)
    out.push_back({"items." + item.id, value::Unit::money(), false});
  for (const Indicator& indicator : project.indicators)
    out.push_back({"results." + indicator.id, indicator.unit, indicator.kind == value::Kind::date});
  out.push_back({"money.executed", value::Unit::money(), false});
  return out;
}

// "900元", "900元/人": yuan a unit.
std::optional<double> read_cost(TableReader& reader, const Known& known) {
  const auto written = reader.string("cost");
  if (!written) return std::nullopt;
  const auto field = value::read_field(*written);
  const bool money = field && field->kind == value::Kind::number && field->low == field->high &&
                     field->unit.counts_money();
  if (!money || field->low < 0) {
    reader.report(Code::value_text, reader.place("cost"),
                  {"cost 应为每单位的金额，这里是 '" + *written + "'",
                   "cost is an amount a unit, this is '" + *written + "'"},
                  {"例如 \"900元\"；不以金额计时写 effort = 2",
                   "such as \"900元\"; effort = 2 when it is not money"});
    return std::nullopt;
  }
  return field->low / std::pow(10.0, known.unit.exponent());
}

std::optional<double> read_number(TableReader& reader, std::string_view key, const Known& known,
                                  bool days, int year, std::vector<Diagnostic>& diagnostics) {
  const Node* node = reader.node(key);
  if (node == nullptr) return std::nullopt;
  const value::Unit unit = days ? value::Unit::parse("天").value_or(value::Unit()) : known.unit;
  const auto field = read_value(*node, unit, year, diagnostics);
  if (!field) return std::nullopt;
  const bool date = known.is_date && !days;
  if (field->low == field->high && field->kind == (date ? value::Kind::date : value::Kind::number))
    return field->low;
  reader.report(Code::value_text, node->place,
                {"'" + std::string(key) + "' 应为一个" + (date ? "日期" : "数"),
                 "'" + std::string(key) + "' is one " + (date ? "date" : "number")});
  return std::nullopt;
}

std::optional<Improvement> read_improvement(const Node& table, const std::vector<Known>& all,
                                            int year, std::vector<Diagnostic>& diagnostics) {
  TableReader reader(table, "[[improve]]", diagnostics);
  Improvement out;
  out.place = table.place;
  out.of = {reader.required_string("of"), reader.place("of")};
  const auto known = std::find_if(all.begin(), all.end(),
                                  [&](const Known& one) { return one.name == out.of.text; });
  if (known == all.end()) {
    std::vector<std::string> names;
    for (const Known& one : all) names.push_back(one.name);
    if (!out.of.text.empty())
      reader.report(Code::reference_unknown, out.of.place,
                    {"没有可改进的量 '" + out.of.text + "'",
                     "there is no number to improve '" + out.of.text + "'"},
                    text::suggestion(out.of.text, names));
    return std::nullopt;
  }
  const bool has_cost = reader.has("cost"), has_effort = reader.has("effort");
  const auto cost = read_cost(reader, *known);
  const auto effort = reader.number("effort");
  if (has_cost == has_effort) {
    reader.report(Code::key_missing, table.place,
                  {"[[improve]] 要写 cost（元）或 effort（任意单位）中的一个",
                   "an [[improve]] has a cost (yuan) or an effort (of any kind): one of the two"},
                  {"cost = \"900元\"，或 effort = 2", "cost = \"900元\", or effort = 2"});
    return std::nullopt;
  }
  if (effort && *effort < 0)
    reader.report(Code::value_number, reader.place("effort"),
                  {"effort 不能为负", "an effort cannot be negative"});
  out.in_yuan = has_cost;
  out.cost =
      std::max(0.0, cost.value_or(effort.value_or(0) / std::pow(10.0, known->unit.exponent())));
  out.to = read_number(reader, "to", *known, false, year, diagnostics);
  out.step = read_number(reader, "step", *known, known->is_date, year, diagnostics);
  if (out.step && *out.step <= 0) {
    reader.report(Code::value_number, reader.place("step"),
                  {"step 必须大于 0", "a step must be above 0"});
    return std::nullopt;
  }
  reader.allow("note");
  reader.finish();
  return out;
}

}  // namespace

void read_improvements(TableReader& top, Project& project, std::vector<Diagnostic>& diagnostics) {
  const std::vector<Known> all = known_numbers(project);
  for (const Node* table : top.tables("improve")) {
    auto own = read_improvement(*table, all, project.year, diagnostics);
    if (!own) continue;
    const auto& others = project.improvements;
    if (std::any_of(others.begin(), others.end(),
                    [&](const auto& other) { return other.of.text == own->of.text; })) {
      diagnostics.push_back(text::diagnose(
          Code::id_duplicate, own->of.place,
          {"'" + own->of.text + "' 写了两次", "'" + own->of.text + "' is there twice"},
          {"删去一个", "remove one"}));
    } else if (!others.empty() && others.front().in_yuan != own->in_yuan) {
      diagnostics.push_back(
          text::diagnose(Code::unit_clash, own->place,
                         {"有的 [[improve]] 写 cost，有的写 effort，加不到一起",
                          "some [[improve]] have a cost, some an effort: they cannot be added up"},
                         {"统一用一种", "use one of the two throughout"}));
    } else {
      project.improvements.push_back(std::move(*own));
    }
  }
}

}  // namespace jixiao::project
