#include <cmath>

#include "project/reading.hpp"
#include "value/rounding.hpp"

namespace jixiao::project {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

bool is_number(const Node& node) {
  return (node.kind == NodeKind::integer || node.kind == NodeKind::number) &&
         std::isfinite(node.number);
}

}  // namespace

std::vector<double> read_season(TableReader& reader, std::vector<Diagnostic>& diagnostics) {
  const Node* node = reader.node("season");
  if (node == nullptr) return {};
  std::vector<double> out;
  double sum = 0;
  bool sound = node->kind == NodeKind::array && node->items.size() == 12;
  for (const Node& item : node->items) {
    sound = sound && is_number(item) && item.number >= 0;
    out.push_back(item.number);
    sum += item.number;
  }
  const value::Rounding nine{9};
  if (sound && nine(sum) == 100) return out;
  const std::string found = sound ? value::plain(sum, 9) : std::string();
  diagnostics.push_back(text::diagnose(
      sound ? Code::weights_sum : Code::value_type, node->place,
      sound
          ? Text{"各月份额合计 " + found + "，应为 100",
                 "the shares of the months add up to " + found + ", they should make 100"}
          : Text{"'season' 应为 12 个不小于 0 的数", "'season' should be 12 numbers of at least 0"},
      {"一月至十二月各占全年的百分比，合计 100",
       "percent of the year in each month from January on, 100 together"}));
  return {};
}

Outlook read_outlook(TableReader& reader, const Indicator* indicator, int year,
                     std::vector<Diagnostic>& diagnostics) {
  Outlook out;
  if (const auto pace = reader.choice("pace", {"cumulative", "level"}))
    out.pace = static_cast<Pace>(*pace);
  out.season = read_season(reader, diagnostics);
  const Node* estimate = reader.node("estimate");
  if (indicator == nullptr) return out;
  if (out.pace == Pace::cumulative && indicator->kind != value::Kind::number)
    reader.report(Code::value_choice, reader.place("pace"),
                  {"只有数值才会逐月累计", "only numbers add up from month to month"},
                  {"删去 pace", "remove the pace"});
  if (estimate != nullptr) out.estimate = read_estimate(*estimate, *indicator, year, diagnostics);
  return out;
}

Estimate read_estimate(const Node& node, const Indicator& indicator, int year,
                       std::vector<Diagnostic>& diagnostics) {
  Result read;
  read_actual_into(read, node, indicator, year, diagnostics);
  return {node.place, std::move(read.text), read.field, std::move(read.key_points)};
}

void read_mid_year(const Node& table, Project& project, std::vector<Diagnostic>& diagnostics) {
  TableReader reader(table, "[monitoring]", diagnostics);
  MidYear& out = project.mid_year;
  reader.require("month");
  out.month = static_cast<int>(reader.integer("month", 1, 12).value_or(0));
  out.month_place = reader.place("month");
  out.rules = {reader.string("rules").value_or(""), reader.place("rules")};
  if (const Node* answers = reader.table("answers")) {
    for (const Node::Entry& entry : answers->entries) {
      if (entry.value.kind == NodeKind::boolean) {
        out.answers.push_back({entry.key, entry.value.boolean ? 1.0 : 0.0, entry.key_place});
        continue;
      }
      diagnostics.push_back(text::diagnose(Code::value_type, entry.value.place,
                                           {"'" + entry.key + "' 应为 true 或 false",
                                            "'" + entry.key + "' should be true or false"}));
    }
  }
  reader.allow("note");
  reader.finish();
}

}  // namespace jixiao::project
