#include <algorithm>
#include <array>
#include <cmath>

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

std::string as_written(const Node& node) {
  switch (node.kind) {
    case NodeKind::integer:
    case NodeKind::number: return value::plain(node.number, 9);
    case NodeKind::boolean: return node.boolean ? "是" : "否";
    case NodeKind::table: {
      const Node::Entry* low = node.find("low");
      const Node::Entry* high = node.find("high");
      return low != nullptr && high != nullptr
                 ? as_written(low->value) + "-" + as_written(high->value)
                 : "";
    }
    default: return node.string;
  }
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

std::optional<value::Field> read_value(const Node& node, const value::Unit& unit, int year,
                                       std::vector<Diagnostic>& diagnostics) {
  value::Field out;
  out.unit = unit;
  switch (node.kind) {
    case NodeKind::integer:
    case NodeKind::number:
      if (!std::isfinite(node.number)) {
        diagnostics.push_back(text::diagnose(
            Code::value_number, node.place,
            {"必须是有限的数，这里是 NaN 或无穷大",
             "this must be a finite number, not NaN or an infinity"},
            {"没有数据就不要写这一行", "leave the line out when there is no value"}));
        return std::nullopt;
      }
      out.kind = value::Kind::number;
      // Scaled as text, so that 1.2 万元 is 12000 exactly.
      out.low = out.high = unit.exponent() == 0
                               ? node.number
                               : value::read_number(value::plain(node.number, 9), unit.exponent())
                                     .value_or(node.number);
      return out;
    case NodeKind::boolean:
      out.kind = value::Kind::yes_no;
      out.yes = node.boolean;
      out.low = out.high = node.boolean ? 1 : 0;
      return out;
    case NodeKind::date:
    case NodeKind::string: {
      auto field = value::read_field(node.string, year);
      if (!field) {
        diagnostics.push_back(
            text::diagnose(Code::value_text, node.place, {"这里是空的", "this is empty"}));
        return std::nullopt;
      }
      // A day that does not exist is a mistake, not a phrase to be graded.
      if (field->kind == value::Kind::phrase && !field->doubts.empty()) {
        diagnostics.push_back(
            text::diagnose(Code::value_text, node.place, field->doubts.front(),
                           {"写成 2020-11-30、200人、600-700人 这样的值",
                            "write a value such as 2020-11-30, 200人 or 600-700人"}));
        return std::nullopt;
      }
      for (const Text& doubt : field->doubts)
        diagnostics.push_back(text::diagnose(Code::value_doubtful, node.place, doubt));
      if (field->kind != value::Kind::number) return field;
      if (field->unit.is_number() && !unit.is_number() && !unit.is_date()) {
        const bool scaled = field->unit.exponent() != 0;  // "5万" has its ten thousand applied
                                                          // already
        field->unit = unit;
        if (unit.exponent() != 0 && !scaled) {
          field->low =
              value::read_number(value::plain(field->low, 9), unit.exponent()).value_or(field->low);
          field->high = value::read_number(value::plain(field->high, 9), unit.exponent())
                            .value_or(field->high);
        }
      } else if (!unit.is_number() && !field->unit.same_dimension(unit)) {
        diagnostics.push_back(text::diagnose(
            Code::unit_clash, node.place,
            {"单位不一致：这里是 '" + field->unit.text() + "'，应为 '" + unit.text() + "'",
             "units differ: this is '" + field->unit.text() + "', '" + unit.text() +
                 "' was expected"}));
        return std::nullopt;
      }
      return field;
    }
    default: {
      const Text found = text::kind_name(node.kind);
      diagnostics.push_back(text::diagnose(
          Code::value_type, node.place,
          {"这里应为一个值，不是" + found.zh, "this should be one value, not " + found.en}));
      return std::nullopt;
    }
  }
}

std::optional<value::Field> read_range(const Node& node, const value::Unit& unit, int year,
                                       std::vector<Diagnostic>& diagnostics) {
  TableReader reader(node, "target", diagnostics);
  reader.require("low");
  reader.require("high");
  const Node* low_node = reader.node("low");
  const Node* high_node = reader.node("high");
  reader.finish();
  if (low_node == nullptr || high_node == nullptr) return std::nullopt;
  const auto low = read_value(*low_node, unit, year, diagnostics);
  const auto high = read_value(*high_node, unit, year, diagnostics);
  if (!low || !high) return std::nullopt;
  if (low->low > high->high) {
    diagnostics.push_back(
        text::diagnose(Code::value_number, node.place,
                       {"范围上下颠倒：下限大于上限",
                        "the range is upside down: its low end is above its high end"}));
    return std::nullopt;
  }
  value::Field out = *low;
  out.high = high->high;
  out.direction = value::Direction::between;
  return out;
}

Indicator read_indicator(const Node& table, int year, std::vector<std::string>& taken,
                         std::vector<Diagnostic>& diagnostics) {
  TableReader reader(table, "[[indicator]]", diagnostics);
  Indicator out;
  out.place = table.place;
  out.id = reader.required_string("id");
  if (std::find(taken.begin(), taken.end(), out.id) != taken.end())
    reader.report(Code::id_duplicate, reader.place("id"),
                  {"id '" + out.id + "' 已被使用", "the id '" + out.id + "' is already taken"},
                  {"换一个 id", "choose another id"});
  if (!out.id.empty() && !formula::is_name(out.id))
    reader.report(Code::id_invalid, reader.place("id"),
                  {"id '" + out.id + "' 不能在公式中使用",
                   "the id '" + out.id + "' could not be used in a formula"},
                  {"只用字母、汉字、数字和下划线", "use letters, digits and '_'"});
  taken.push_back(out.id);
  out.name = reader.text("name").value_or(Text{out.id, out.id});
  const auto word = [&](std::string_view key) {
    return Word{reader.string(key).value_or(""), reader.place(key)};
  };
  reader.require("block");
  out.block = word("block");
  out.type = word("type");
  out.method = word("method");
  out.unit = read_unit(reader, "unit", diagnostics).value_or(value::Unit{});
  const auto kind = read_word(reader, "value", value::Kind::key_points);
  const auto direction = read_word(reader, "direction", value::Direction::between);

  const Node* target = reader.node("target");
  out.target_place = reader.place("target");
  if (target != nullptr && target->kind == NodeKind::array) {
    out.key_points = reader.strings("target");
    out.kind = value::Kind::key_points;
    out.target_text = std::to_string(out.key_points.size()) + " 项要点";
    value::Field points;
    points.kind = value::Kind::number;
    points.low = points.high = static_cast<double>(out.key_points.size());
    out.target = points;
    if (out.key_points.empty())
      reader.report(Code::value_text, target->place,
                    {"评价要点为空", "the list of key points is empty"});
  } else if (target != nullptr && target->kind == NodeKind::table) {
    out.target_text = as_written(*target);
    out.target = read_range(*target, out.unit, year, diagnostics);
  } else if (target != nullptr) {
    out.target_text = as_written(*target);
    out.target = read_value(*target, out.unit, year, diagnostics);
  } else if (kind != value::Kind::grade && !reader.boolean("informational").value_or(false) &&
             out.method.text.empty()) {
    reader.report(Code::key_missing, table.place,
                  {"[[indicator]] " + out.id + " 没有目标值 'target'",
                   "[[indicator]] " + out.id + " has no 'target'"},
                  {"例如 target = \"≥200人\"；定性指标写 value = \"grade\"",
                   "such as target = \"≥200人\"; for a graded one write value = \"grade\""});
  }
  if (out.target && out.key_points.empty()) {
    out.kind = out.target->kind == value::Kind::phrase ? value::Kind::grade : out.target->kind;
    if (out.unit.is_number()) out.unit = out.target->unit;
    if (out.kind == value::Kind::date) out.unit = value::Unit::date();
    if (out.target->direction) {
      out.direction = *out.target->direction;
      if (direction && *direction != out.direction) {
        reader.report(Code::value_choice, reader.place("direction"),
                      {"目标写的是 '" + std::string(value::sign(out.direction)) +
                           "'，direction 却是 '" + value::name(*direction) + "'",
                       "the target says '" + std::string(value::sign(out.direction)) +
                           "' but direction is '" + value::name(*direction) + "'"},
                      {"保留其中一个", "keep one of the two"});
      }
    } else if (out.kind == value::Kind::date) {
      out.direction = value::Direction::at_most;
    } else if (out.kind == value::Kind::yes_no) {
      out.direction = value::Direction::equal;
    }
    if (kind && *kind != out.kind && out.kind != value::Kind::grade) {
      reader.report(Code::value_choice, reader.place("value"),
                    {"目标 '" + out.target_text + "' 是" + value::words_for(out.kind).zh +
                         "，不是" + value::words_for(*kind).zh,
                     "the target '" + out.target_text + "' is " + value::words_for(out.kind).en +
                         ", not " + value::words_for(*kind).en});
    }
  }
  if (kind) out.kind = *kind;
  if (direction) out.direction = *direction;
  out.weight = reader.number("weight");
  out.weight_place = reader.place("weight");
  if (out.weight && *out.weight < 0) {
    reader.report(Code::weights_invalid, out.weight_place,
                  {"权重不能为负", "a weight cannot be negative"});
    out.weight.reset();
  }
  out.params = read_numbers(reader.table("params"), diagnostics);
  out.one_of = reader.string("one_of").value_or("");
  out.informational = reader.boolean("informational").value_or(false);
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
  reader.allow("note");
  reader.finish();
  return out;
}

}  // namespace jixiao::project
