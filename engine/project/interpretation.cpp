// The one meaning of what is written about an indicator and its result.
#include <algorithm>
#include <array>
#include <cmath>

#include "project/indicator_text.hpp"
#include "project/reading.hpp"
#include "value/field_template.hpp"

namespace jixiao::project {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

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

// "人" of "人人": a unit that is there twice; empty for any other.
std::string doubled(const std::string& unit) {
  const std::size_t half = unit.size() / 2;
  // mm is a unit
  const bool ascii = unit.empty() || static_cast<unsigned char>(unit.front()) < 0x80;
  const bool twice = !ascii && half > 0 && unit.size() % 2 == 0 &&
                     unit.compare(0, half, unit, half, half) == 0;
  return twice ? unit.substr(0, half) : std::string();
}

// Where the units of a result and its target differ, either may be the slip: the target's place is
// shown, too.
void note_target(const Indicator& indicator, const Node& written,
                 std::vector<Diagnostic>& diagnostics) {
  const auto& place = indicator.target_place;
  const bool here = place.source == written.place.source && place.line == written.place.line;
  if (!indicator.target || place.source == nullptr || here) return;
  const std::string unit = indicator.unit.text(), once = doubled(unit);
  std::string corrected = indicator.target_text;
  if (const std::size_t at = corrected.rfind(unit); !once.empty() && at != std::string::npos)
    corrected.replace(at, unit.size(), once);
  Text message{"单位 '" + unit + "' 来自这里的目标",
               "the unit '" + unit + "' comes from this target"};
  if (!once.empty())
    message.zh += "：'" + once + "' 写了两次", message.en += ": '" + once + "' is there twice";
  diagnostics.push_back(text::diagnose(
      Severity::note, Code::unit_clash, place, std::move(message),
      once.empty() ? Text{"目标与实际完成值用同一个单位", "give the target and the actual one unit"}
                   : Text{"写成 \"" + corrected + "\"", "write \"" + corrected + "\""}));
}

std::optional<value::Field> read_actual(const Node& node, const Indicator& indicator, int year,
                                        std::vector<Diagnostic>& diagnostics) {
  const std::size_t before = diagnostics.size();
  auto field = read_value(node, indicator.unit.is_date() ? value::Unit{} : indicator.unit, year,
                          diagnostics);
  if (!field && diagnostics.size() > before &&
      diagnostics.back().code == text::entry(Code::unit_clash).name)
    note_target(indicator, node, diagnostics);
  if (!field) return std::nullopt;
  // a bare number
  const std::string_view words = node.kind == NodeKind::string ? std::string_view(node.string)
                                                               : "0";
  const NumberSizes sizes = field->kind == value::Kind::number
                                ? sizes_of(sized(indicator, words, field->low))
                                : NumberSizes{};
  if (sizes.rate_slip) {
    const std::string shown = value::plain(field->low, 6);
    const std::string percent = value::plain(field->low * 100, 4) + "%";
    diagnostics.push_back(text::diagnose(
        Code::unit_clash, node.place,
        {"目标是 " + indicator.target_text + "，这里的 " + shown + " 会被读作 " + shown + "%",
         "the target is " + indicator.target_text + "; " + shown + " here would be " + shown + "%"},
        {"写成 \"" + percent + "\"；若确是 " + shown + "%，写出百分号",
         "write \"" + percent + "\"; if " + shown + "% is meant, write the % sign"}));
    return std::nullopt;
  }
  if (sizes.money_slip) {
    const std::string shown = node.kind == NodeKind::string ? node.string
                                                            : value::plain(node.number, 9);
    diagnostics.push_back(
        text::diagnose(Code::unit_clash, node.place,
                       {"目标是 " + indicator.target_text + "，这里的 " + shown + " 会被读作 " +
                            shown + indicator.unit.text(),
                        "the target is " + indicator.target_text + "; " + shown +
                            " here would be " + shown + indicator.unit.text()},
                       {"写上单位，如 \"" + shown + "元\" 或 \"" + shown + "万元\"",
                        "give the unit: \"" + shown + "元\" or \"" + shown + "万元\""}));
    return std::nullopt;
  }
  if (indicator.kind != field->kind && indicator.kind != value::Kind::key_points) {
    diagnostics.push_back(text::diagnose(
        Code::value_type, node.place,
        {"目标 '" + indicator.target_text + "' 要的是" + value::words_for(indicator.kind).zh +
             "，这里是" + value::words_for(field->kind).zh,
         "the target '" + indicator.target_text + "' asks for " +
             value::words_for(indicator.kind).en + ", found " + value::words_for(field->kind).en},
        {"按目标的形式填写实际完成值", "write the actual the way the target is written"}));
    return std::nullopt;
  }
  if (field->approximate) {
    diagnostics.push_back(text::diagnose(
        Code::value_doubtful, node.place,
        {"实际完成值写作约数，按 " + value::show(field->low, field->unit) + " 计",
         "the actual is approximate; " + value::show(field->low, field->unit) + " is used"},
        {"写确定的值", "write the exact value"}));
  }
  if (field->low != field->high) {
    diagnostics.push_back(
        text::diagnose(Code::value_text, node.place,
                       {"实际完成值应是一个值，不是范围", "an actual is one value, not a range"}));
    return std::nullopt;
  }
  if (field->direction && indicator.kind == value::Kind::number) {
    diagnostics.push_back(
        text::diagnose(Code::value_doubtful, node.place,
                       {"实际完成值写成了不等式 '" + node.string + "'，按 " +
                            value::show(field->low, field->unit) + " 计",
                        "the actual is written as an inequality '" + node.string + "'; " +
                            value::show(field->low, field->unit) + " is used"}));
  }
  return field;
}

void read_key_points(const Node& node, const Indicator& indicator, Result& result,
                     std::vector<Diagnostic>& diagnostics) {
  if (node.kind == NodeKind::integer) {  // how many were met
    const auto total = indicator.key_points.size();
    if (!(node.number >= 0 && node.number <= static_cast<double>(total)) ||
        node.number != std::floor(node.number)) {
      diagnostics.push_back(text::diagnose(Code::result_invalid, node.place,
                                           {"评价要点共 " + std::to_string(total) + " 项",
                                            "there are " + std::to_string(total) + " key points"}));
      return;
    }
    result.key_points.assign(total, false);
    std::fill_n(result.key_points.begin(), static_cast<std::ptrdiff_t>(node.number), true);
    return;
  }
  if (node.kind != NodeKind::array || node.items.size() != indicator.key_points.size()) {
    const std::string n = std::to_string(indicator.key_points.size());
    diagnostics.push_back(text::diagnose(
        Code::result_invalid, node.place,
        {"要点型指标的结果应为 " + n + " 个 true/false，或达到的项数",
         "a result for key points is " + n + " of true/false, or how many were met"}));
    return;
  }
  for (const Node& item : node.items) {
    if (item.kind != NodeKind::boolean)
      diagnostics.push_back(
          text::diagnose(Code::value_type, item.place,
                         {"每个要点填 true 或 false", "each key point is true or false"}));
    result.key_points.push_back(item.boolean);
  }
}

}  // namespace

NumberSizes sizes_of(const SizedValues& v) {
  constexpr double far = 1000;
  NumberSizes out;
  out.zero_target = v.low == 0 && v.high == 0;
  // A rate of 0.95 beside a target of 95% is either 95% or nearly nothing: never a guess.
  out.rate_slip = v.percent_unit && !v.percent_written && v.low >= 2 && v.actual > 0 &&
                  v.actual <= 1;
  // 28000 beside a target of 3万元: a bare number a thousand times off is in the other unit of
  // money.
  out.money_slip = v.money_unit && v.bare && v.low > 0 && v.actual > 0 &&
                   (v.actual >= far * v.low || v.actual * far <= v.low);
  return out;
}

SizedValues sized(const Indicator& indicator, std::string_view actual, double value) {
  SizedValues out;
  if (!indicator.target) return out;
  out.low = indicator.target->low;
  out.high = indicator.target->high;
  out.actual = value;
  out.percent_unit = indicator.unit.is_percent();
  out.money_unit = indicator.unit.text().find("元") != std::string::npos;
  out.percent_written = actual.find('%') != std::string_view::npos ||
                        actual.find("％") != std::string_view::npos;
  out.bare = value::read_number(actual).has_value();
  return out;
}

int bare_exponent(const value::Unit& unit) {
  return unit.is_number() || unit.is_date() ? 0 : unit.exponent();
}

bool says_not_applicable(std::string_view actual) {
  return actual == "不适用" || actual == "n/a" || actual == "N/A" || actual == "NA" ||
         actual == "not_applicable";
}

bool says_missing(std::string_view actual) {
  constexpr std::array<std::string_view, 16> words = {
      "NaN",  "nan", "NAN", "null", "NULL", "Null", "None", "none",
      "#N/A", "#NA", "..",  "…",    "...",  "-",    "—",    "——"};
  return std::find(words.begin(), words.end(), actual) != words.end();
}

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
      // Scaled as text, so that 1.2 万元 is 12000 exactly.
      auto field = value::read_field_in(node.string, year, bare_exponent(unit));
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
        field->unit = unit;
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

void read_actual_into(Result& result, const Node& node, const Indicator& indicator, int year,
                      std::vector<Diagnostic>& diagnostics) {
  result.actual_place = node.place;
  result.text = node.kind == NodeKind::string || node.kind == NodeKind::date
                    ? node.string
                    : value::plain(node.number, 9);
  if (indicator.kind == value::Kind::key_points) {
    read_key_points(node, indicator, result, diagnostics);
  } else if (indicator.kind == value::Kind::grade) {
    if (node.kind != NodeKind::string) {
      const Text found = text::kind_name(node.kind);
      diagnostics.push_back(
          text::diagnose(Code::value_type, node.place,
                         {"定性指标的结果应为文字（等级），这里是" + found.zh,
                          "the result of a graded indicator is a word, this is " + found.en}));
    }
  } else {
    result.field = read_actual(node, indicator, year, diagnostics);
  }
}

Indicator interpret(const IndicatorText& written, int year, std::vector<Diagnostic>& diagnostics) {
  const auto report = [&](Code code, const text::Place& at, Text message, Text help = {}) {
    diagnostics.push_back(text::diagnose(code, at, std::move(message), std::move(help)));
  };
  Indicator out;
  out.place = written.place;
  out.id = written.id;
  out.block = written.block;
  out.type = written.type;
  out.method = written.method;
  out.informational = written.informational;
  if (!written.unit.text.empty()) {
    const auto unit = value::Unit::parse(written.unit.text);
    if (unit) out.unit = *unit;
    if (!unit)
      report(Code::value_text, written.unit.place,
             {"读不懂单位 '" + written.unit.text + "'",
              "the unit '" + written.unit.text + "' cannot be read"},
             {"例如 人、%、元/人/天", "such as 人, %, 元/人/天"});
  }
  out.target_place = written.target_place;
  if (written.key_points) {
    out.key_points = *written.key_points;
    out.kind = value::Kind::key_points;
    out.target_text = std::to_string(out.key_points.size()) + " 项要点";
    value::Field points;
    points.kind = value::Kind::number;
    points.low = points.high = static_cast<double>(out.key_points.size());
    out.target = points;
    if (out.key_points.empty())
      report(Code::value_text, written.target_place,
             {"评价要点为空", "the list of key points is empty"});
  } else if (written.target != nullptr) {
    out.target_text = as_written(*written.target);
    out.target = written.target->kind == NodeKind::table
                     ? read_range(*written.target, out.unit, year, diagnostics)
                     : read_value(*written.target, out.unit, year, diagnostics);
  } else if (written.kind != value::Kind::grade && !written.informational &&
             written.method.text.empty()) {
    report(Code::key_missing, written.place,
           {"指标 " + written.id + " 没有目标值 'target'",
            "the indicator " + written.id + " has no 'target'"},
           {"例如 target = \"≥200人\"；定性指标写 value = \"grade\"（表格中 op 写 grade）",
            "such as target = \"≥200人\"; for a graded one write value = \"grade\" (in a table, op "
            "grade)"});
  }
  if (out.target && out.key_points.empty()) {
    out.kind = out.target->kind == value::Kind::phrase ? value::Kind::grade : out.target->kind;
    if (out.unit.is_number()) out.unit = out.target->unit;
    if (out.kind == value::Kind::date) out.unit = value::Unit::date();
    if (out.target->direction) {
      out.direction = *out.target->direction;
      if (written.direction && *written.direction != out.direction) {
        const std::string said = value::name(*written.direction);
        report(Code::value_choice, written.direction_place,
               {"目标写的是 '" + std::string(value::sign(out.direction)) + "'，direction 却是 '" +
                    said + "'",
                "the target says '" + std::string(value::sign(out.direction)) +
                    "' but direction is '" + said + "'"},
               {"保留其中一个", "keep one of the two"});
      }
    } else if (out.kind == value::Kind::date) {
      out.direction = value::Direction::at_most;
    } else if (out.kind == value::Kind::yes_no) {
      out.direction = value::Direction::equal;
    }
    if (written.kind && *written.kind != out.kind && out.kind != value::Kind::grade) {
      report(Code::value_choice, written.kind_place,
             {"目标 '" + out.target_text + "' 是" + value::words_for(out.kind).zh + "，不是" +
                  value::words_for(*written.kind).zh,
              "the target '" + out.target_text + "' is " + value::words_for(out.kind).en +
                  ", not " + value::words_for(*written.kind).en});
    }
  }
  if (written.kind) out.kind = *written.kind;
  if (written.direction) out.direction = *written.direction;
  out.weight = written.weight;
  out.weight_place = written.weight_place;
  if (out.weight && *out.weight < 0) {
    report(Code::weights_invalid, out.weight_place,
           {"权重不能为负", "a weight cannot be negative"});
    out.weight.reset();
  }
  return out;
}

Result interpret(const ResultText& written, const Indicator* indicator, int year,
                 std::vector<Diagnostic>& diagnostics) {
  Result out;
  const Node* actual = written.actual;
  out.place = written.place;
  out.actual_place = actual != nullptr ? actual->place : written.place;
  out.reason = written.reason;
  out.not_applicable = written.not_applicable;
  if (written.not_applicable && actual != nullptr)
    diagnostics.push_back(text::diagnose(
        Code::result_invalid, actual->place,
        {"已标为不适用，就不应再填 actual", "marked as not applicable, so it has no actual"},
        {"删去 actual 或 not_applicable", "remove the actual, or not_applicable"}));
  const bool words = actual != nullptr && actual->kind == NodeKind::string;
  const bool graded = indicator != nullptr && indicator->kind == value::Kind::grade;
  if (words && says_not_applicable(actual->string)) {
    out.not_applicable = true;
  } else if (words && !graded && says_missing(actual->string)) {
    actual = nullptr;
  }
  if (out.not_applicable && out.reason.empty())
    diagnostics.push_back(
        text::diagnose(Code::key_missing, written.place,
                       {"不适用须写明原因 'reason'", "not applicable needs a 'reason'"},
                       {"加上 reason = \"…\"；表格中填写 reason 一列",
                        "add reason = \"…\"; in a table, fill in the column reason"}));
  if (indicator != nullptr && actual != nullptr && !out.not_applicable)
    read_actual_into(out, *actual, *indicator, year, diagnostics);
  return out;
}

}  // namespace jixiao::project
