#include <algorithm>
#include <cmath>

#include "project/indicator_text.hpp"
#include "project/reading.hpp"
#include "text/suggestion.hpp"

namespace jixiao::project {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

template <class Enum>
std::optional<Enum> by_name(std::string_view word, Enum last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (word == value::name(static_cast<Enum>(i))) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <class Enum>
std::optional<Enum> read_word(TableReader& reader, std::string_view key, Enum last) {
  const auto word = reader.string(key);
  if (!word) return std::nullopt;
  const auto found = by_name(*word, last);
  if (!found) {
    std::vector<std::string> known;
    for (int i = 0; i <= static_cast<int>(last); ++i)
      known.emplace_back(value::name(static_cast<Enum>(i)));
    reader.report(Code::value_choice, reader.place(key),
                  {"'" + std::string(key) + "' 不能是 '" + *word + "'",
                   "'" + std::string(key) + "' cannot be '" + *word + "'"},
                  text::suggestion(*word, known));
  }
  return found;
}

FiledIndicator read_filed(TableReader& reader, const Indicator& indicator,
                          std::vector<Diagnostic>& diagnostics) {
  FiledIndicator filed;
  filed.id = indicator.id;
  filed.name = indicator.name;
  filed.block = {indicator.block.text, {}};
  filed.type = {indicator.type.text, {}};
  filed.target = indicator.target_text;
  filed.unit = indicator.unit.text();
  filed.place = filed.filed_place = filed.midterm_place = indicator.place;
  filed.has_weight = indicator.weight.has_value();
  filed.has_baseline = reader.string("baseline").has_value();
  filed.has_calculation = reader.string("calculation").has_value();
  filed.has_source = reader.string("source").has_value();
  if (const Node* table = reader.table("filed")) {
    TableReader inner(*table, "filed", diagnostics);
    filed.filed_place = table->place;
    filed.filed_block.id = inner.string("block").value_or("");
    filed.filed_type.id = inner.string("type").value_or("");
    filed.filed_name = inner.string("name").value_or("");
    filed.filed_target = inner.string("target").value_or("");
    inner.finish();
  }
  if (const Node* table = reader.table("midterm")) {
    TableReader inner(*table, "midterm", diagnostics);
    filed.midterm_place = table->place;
    filed.midterm_name = inner.string("name").value_or("");
    filed.midterm_target = inner.string("target").value_or("");
    inner.finish();
  }
  return filed;
}

// curve = { of = 'money_offices/communities', points = [[20000, 84], [30000, 91]] }
std::optional<Curve> read_curve(TableReader& outer, std::vector<Diagnostic>& diagnostics) {
  const Node* table = outer.table("curve");
  if (table == nullptr) return std::nullopt;
  TableReader reader(*table, "curve", diagnostics);
  Curve curve;
  curve.of = reader.required_formula("of").value_or(text::Located{});
  reader.require("points");
  const Node* points = reader.node("points");
  reader.finish();
  if (points == nullptr || curve.of.text.empty()) return std::nullopt;
  constexpr std::size_t most_points = 1000;
  const Text help{"写成 points = [[20000, 84], [30000, 91]]，自小到大至少两点",
                  "write points = [[20000, 84], [30000, 91]]: two or more, x rising"};
  const auto refuse = [&](Code code, const text::Place& at, Text message) {
    diagnostics.push_back(text::diagnose(code, at, std::move(message), help));
    return std::nullopt;
  };
  if (points->kind != NodeKind::array || points->items.size() < 2 ||
      points->items.size() > most_points)
    return refuse(Code::value_type, points->place,
                  {"points 应为 2 至 1000 个点", "points should be a list of 2 to 1000 points"});
  for (const Node& point : points->items) {
    const auto number = [&](std::size_t i) {
      return (point.items[i].kind == NodeKind::integer ||
              point.items[i].kind == NodeKind::number) &&
             std::isfinite(point.items[i].number);
    };
    if (point.kind != NodeKind::array || point.items.size() != 2 || !number(0) || !number(1))
      return refuse(Code::value_type, point.place,
                    {"一个点是两个数 [x, y]", "a point is two numbers [x, y]"});
    if (!curve.points.empty() && point.items[0].number <= curve.points.back().first)
      return refuse(Code::value_number, point.place,
                    {"x 必须逐点增大", "x must rise from point to point"});
    curve.points.emplace_back(point.items[0].number, point.items[1].number);
  }
  return curve;
}

}  // namespace

Indicator read_indicator(const Node& table, int year, std::vector<std::string>& taken,
                         std::vector<Diagnostic>& diagnostics) {
  TableReader reader(table, "[[indicator]]", diagnostics);
  IndicatorText written;
  written.place = table.place;
  written.id = reader.required_string("id");
  if (std::find(taken.begin(), taken.end(), written.id) != taken.end())
    reader.report(
        Code::id_duplicate, reader.place("id"),
        {"id '" + written.id + "' 已被使用", "the id '" + written.id + "' is already taken"},
        {"换一个 id", "choose another id"});
  if (!written.id.empty() && !formula::is_name(written.id))
    reader.report(Code::id_invalid, reader.place("id"),
                  {"id '" + written.id + "' 不能在公式中使用",
                   "the id '" + written.id + "' could not be used in a formula"},
                  {"只用字母、汉字、数字和下划线", "use letters, digits and '_'"});
  taken.push_back(written.id);
  const Text name = reader.text("name").value_or(Text{written.id, written.id});
  const auto word = [&](std::string_view key) {
    return Word{reader.string(key).value_or(""), reader.place(key)};
  };
  reader.require("block");
  written.block = word("block");
  written.type = word("type");
  written.method = word("method");
  written.unit = word("unit");
  written.kind = read_word(reader, "value", value::Kind::key_points);
  written.kind_place = reader.place("value");
  written.direction = read_word(reader, "direction", value::Direction::between);
  written.direction_place = reader.place("direction");
  written.target = reader.node("target");
  written.target_place = reader.place("target");
  if (written.target != nullptr && written.target->kind == NodeKind::array) {
    written.key_points = reader.strings("target");
    written.target = nullptr;
  }
  written.weight = reader.number("weight");
  written.weight_place = reader.place("weight");
  written.informational = reader.boolean("informational").value_or(false);
  Indicator out = interpret(written, year, diagnostics);
  out.name = name;
  out.params = read_numbers(reader.table("params"), diagnostics);
  out.one_of = reader.string("one_of").value_or("");
  out.model = reader.formula("model");
  out.curve = read_curve(reader, diagnostics);
  if (const auto kept = reader.choice("follow", {"ratio", "shift", "model"}))
    out.follow = static_cast<Follow>(*kept);
  if (out.model && out.curve) {
    reader.report(
        Code::value_choice, reader.place("curve"),
        {"model 与 curve 不能同时写", "an indicator has a model or a curve, not both"},
        {"只保留一个；curve 的 of 就是公式", "keep one of them: a curve's `of` is the formula"});
    out.curve.reset();
  }
  out.filed = read_filed(reader, out, diagnostics);
  out.standard = reader.string("standard").value_or("");
  reader.allow("note");
  reader.finish();
  return out;
}

}  // namespace jixiao::project
