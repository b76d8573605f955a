// [[case]]: what a rule set says it gives, for check to run.
#include <algorithm>
#include <cmath>
#include <limits>

#include "ruleset/reading.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/date.hpp"

namespace jixiao::ruleset {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

// A number; a date as its day. NaN: neither.
double case_value(const Node& node) {
  if (node.kind == NodeKind::integer || node.kind == NodeKind::number) return node.number;
  if (node.kind == NodeKind::string || node.kind == NodeKind::date) {
    if (const auto date = value::Date::parse_iso(node.string)) return date->days;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

// What a text says as the value of an input of words; nothing where it is something else.
std::optional<value::Cell> Reading::word_of_input(const Node::Entry& entry, bool of_project) const {
  if (!of_project || entry.value.kind != text::NodeKind::string) return std::nullopt;
  const auto input = std::find_if(out_.inputs.begin(), out_.inputs.end(),
                                  [&](const Input& one) { return one.id == entry.key; });
  return input == out_.inputs.end() ? std::nullopt : input->said(entry.value.string);
}

void Reading::read_case_given(const Node& table, Case& made) {
  std::vector<std::string> known{"B0", "B", "E", "year"};
  if (made.method != none) {
    known.insert(known.end(), {"A", "T", "U", "W", "state"});
    for (const MethodInput& input : out_.methods[made.method].inputs) known.push_back(input.id);
    for (const Parameter& param : out_.methods[made.method].params) known.push_back(param.name);
  } else {
    known.emplace_back("total");
    for (const Input& input : out_.inputs) known.push_back(input.id);
  }
  for (const Node::Entry& entry : table.entries) {
    if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
      report(Code::reference_unknown, entry.key_place,
             {"case 的 given 中没有 '" + entry.key + "' 可给",
              "a case cannot be given '" + entry.key + "'"},
             text::suggestion(entry.key, known));
    } else if (entry.key == "state") {
      const auto& states = out_.methods[made.method].states;
      const auto state = std::find_if(states.begin(), states.end(), [&](const State& one) {
        return one.id == entry.value.string;
      });
      std::vector<std::string> ids;
      for (const State& one : states) ids.push_back(one.id);
      if (state == states.end()) {
        report(Code::reference_unknown, entry.value.place,
               {"没有状态 '" + entry.value.string + "'",
                "there is no state '" + entry.value.string + "'"},
               text::suggestion(entry.value.string, ids));
      } else {
        made.state = static_cast<std::size_t>(state - states.begin());
      }
    } else if (const auto word = word_of_input(entry, made.method == none)) {
      if (word->ok()) made.given.emplace_back(entry.key, word->value);
    } else if (const double value = case_value(entry.value); std::isfinite(value)) {
      made.given.emplace_back(entry.key, value);
    } else {
      report(
          Code::value_type, entry.value.place,
          {"'" + entry.key + "' 应为数或日期", "'" + entry.key + "' should be a number or a date"},
          {"数用基本单位，日期写作 \"2020-11-30\"",
           "numbers in base units, dates as \"2020-11-30\""});
    }
  }
}

void Reading::read_case_expected(const Node& table, Case& made) {
  TableReader reader(table, "expect", diagnostics_);
  made.expects_error = reader.boolean("error").value_or(false);
  if (reader.has("total") && made.method == none) {
    made.total = reader.number("total");
    made.total_place = reader.place("total");
  }
  if (const auto rating = made.method == none ? reader.string("rating") : std::nullopt) {
    made.rating_place = reader.place("rating");
    std::vector<std::string> ids;
    for (const Band& band : out_.bands) ids.push_back(band.id);
    const auto found = std::find(ids.begin(), ids.end(), *rating);
    if (found == ids.end()) {
      report(Code::reference_unknown, made.rating_place,
             {"没有评级 '" + *rating + "'", "there is no rating '" + *rating + "'"},
             text::suggestion(*rating, ids));
    } else {
      made.rating = static_cast<std::size_t>(found - ids.begin());
    }
  }
  if (made.method != none) {
    if (const auto points = reader.number("points"))
      made.points.push_back({none, *points, reader.place("points")});
  } else if (const Node* points = reader.table("points")) {
    std::vector<std::string> ids;
    for (const FixedIndicator& one : out_.indicators) ids.push_back(one.id);
    for (const Node::Entry& entry : points->entries) {
      const auto found = std::find(ids.begin(), ids.end(), entry.key);
      const double value = case_value(entry.value);
      if (found != ids.end() && std::isfinite(value)) {
        made.points.push_back(
            {static_cast<std::size_t>(found - ids.begin()), value, entry.value.place});
      } else {
        report(Code::reference_unknown, entry.key_place,
               {"没有名为 '" + entry.key + "' 的固定指标，或得分不是数",
                "there is no fixed indicator '" + entry.key + "', or its points are no number"},
               text::suggestion(entry.key, ids));
      }
    }
  }
  reader.finish();
  if (table.entries.empty())
    report(Code::key_missing, table.place, {"expect 是空的", "nothing is expected"},
           {"写 points、total、rating 或 error = true",
            "write points, total, rating or error = true"});
}

void Reading::read_cases() {
  for (const Node* table : top_.tables("case")) {
    if (!needs_.everything) continue;  // methods a case names may not have been read
    TableReader reader(*table, "[[case]]", diagnostics_);
    Case made;
    made.place = table->place;
    made.source = reader.required_string("source");
    if (const auto method = reader.string("method")) {
      made.method = reference(reader.place("method"), "[[method]]", *method, methods_);
      if (made.method == none) {
        for (const char* key : {"given", "expect"}) reader.allow(key);
        reader.finish();
        continue;
      }
    }
    reader.require("given");
    reader.require("expect");
    const Node* given = reader.table("given");
    const Node* expected = reader.table("expect");
    reader.finish();
    if (given != nullptr) read_case_given(*given, made);
    if (expected != nullptr) read_case_expected(*expected, made);
    out_.cases.push_back(std::move(made));
  }
}

}  // namespace jixiao::ruleset
