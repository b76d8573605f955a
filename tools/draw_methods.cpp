// Writes docs/methods.md and its drawings from the catalogue itself: jixiao_draw_methods
// RULES-FOLDER OUTPUT-FOLDER
//
// Every point of every curve is scored by the engine, so a page cannot say anything but what the
// rules do. The same catalogue gives the same bytes.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "chart/svg.hpp"
#include "jixiao/rules.hpp"
#include "scoring/evaluation.hpp"
#include "value/date.hpp"
#include "value/rounding.hpp"

using namespace jixiao;
using ruleset::Method;
using value::Cell;

namespace {

constexpr double full_marks = 10;
constexpr int samples = 600;
constexpr double budget = 100;

enum class Axis { executed, ratio, range, days, amount, none };

// How a method is drawn: what runs along x, and what stands still.
struct Setting {
  Axis axis = Axis::amount;
  double low = 0;
  double high = 100;
  std::optional<double> target;
  std::optional<double> upper;
  std::vector<double> inputs;  // one curve for each value of the method's first input
};

struct Family {
  const char* prefix;
  const char* heading;
};
constexpr Family families[] = {
    {"execution.", "预算执行 Budget execution"},
    {"higher.", "越高越好 Higher is better"},
    {"lower.", "越低越好 Lower is better"},
    {"equal.", "等于目标 Equal to the target"},
    {"range.", "区间 Ranges"},
    {"lateness.", "时间 Dates and days"},
    {"date.", ""},
    {"days.", ""},
    {"grade.", "定性 Grades, yes or no, key points"},
    {"yes_no.", ""},
    {"key-points.", ""},
    {"shortfall-steps.", "按档扣分 Points off by steps"},
    {"excess-steps.", ""},
    {"deviation-steps.", ""},
    {"over-steps.", ""},
    {"cost.", ""},
    {"saving.", ""},
    {"bands.", "分档表 Band tables"},
    {"count.", "次数与状态 Counts and states"},
    {"state.", ""},
    {"value.", "直接录入与指数 Assessed values, corporate rules, indices"},
};

bool uses(const Method& method, std::size_t name) {
  const auto has = [&](const formula::Formula& f) {
    return std::find(f.used().begin(), f.used().end(), name) != f.used().end();
  };
  return has(method.points) || (method.domain && has(*method.domain));
}

double param(const Method& method, std::string_view name, double otherwise) {
  for (const auto& p : method.params) {
    if (p.name == name) return p.value;
  }
  return otherwise;
}

// Of the params, those that are statistics come last.
std::string value_text(const Method& method, std::size_t param) {
  const std::size_t numbers = method.params.size() - method.statistics.size();
  if (param < numbers) return value::plain(method.params[param].value, 9);
  return std::string(ruleset::name(method.statistics[param - numbers].is)) + " of the table";
}

bool starts(const std::string& text, std::string_view with) {
  return text.compare(0, with.size(), with) == 0;
}

Setting setting_of(const Method& method) {
  const std::string& id = method.id;
  if (!method.states.empty() || !method.statistics.empty() || id == "yes_no.direct")
    return {Axis::none, 0, 0, {}, {}, {}};
  if (uses(method, ruleset::row_E))
    return {Axis::executed,
            0,
            150,
            {},
            {},
            method.inputs.empty() ? std::vector<double>{} : std::vector<double>{0, 1}};
  if (id == "equal.zero-target") return {Axis::amount, 0, 5, 0, {}, {}};
  if (id == "key-points.equal") return {Axis::amount, 0, 5, 5, {}, {}};
  if (uses(method, ruleset::row_U) && uses(method, ruleset::row_T))
    return {Axis::range, 0, 280, 80, 120, {}};
  if (id == "lateness.workdays") return {Axis::days, -10, 90, {}, {}, {}};
  if (uses(method, ruleset::row_U)) return {Axis::days, -10, 45, {}, {}, {}};
  if (id == "date.not-before") return {Axis::days, -30, 30, {}, {}, {}};
  if (id == "days.linear") return {Axis::amount, 0, 1.5 * param(method, "D2", 30), {}, {}, {}};
  if (starts(id, "goalposts.")) {
    const double low = param(method, "low", 0), high = param(method, "high", 1),
                 air = (high - low) * 0.2;
    return {Axis::amount, std::max(low - air, id == "goalposts.log" ? low * 0.5 : low - air),
            high + air,   {},
            {},           {}};
  }
  if (starts(id, "count."))
    return {Axis::amount, 0, id == "count.deduct" ? 15.0 : 25.0, {}, {}, {}};
  if (starts(id, "value."))
    return {Axis::amount,
            id == "value.raw" ? -5.0 : 0.0,
            id == "value.raw" ? 20 : full_marks,
            {},
            {},
            {}};
  if (starts(id, "bands.satisfaction") || starts(id, "bands.key"))
    return {Axis::amount, 0, 100, {}, {}, {}};
  if (starts(id, "bands.")) return {Axis::amount, 0, 50, {}, {}, {}};
  const double high = starts(id, "higher.over-fulfilment")            ? 260
                      : starts(id, "higher.") || starts(id, "equal.") ? 200
                                                                      : 220;
  if (starts(id, "shortfall-steps.")) return {Axis::amount, 60, 110, 95, {}, {}};
  if (starts(id, "excess-steps.")) return {Axis::amount, 90, 130, 100, {}, {}};
  if (starts(id, "deviation-steps.")) return {Axis::ratio, 60, 140, 100, {}, {}};
  if (id == "over-steps.full") return {Axis::ratio, 80, 150, 100, {}, {}};
  if (starts(id, "cost.")) return {Axis::ratio, 80, 130, 100, {}, {}};
  if (starts(id, "saving.")) return {Axis::ratio, 50, 150, 100, {}, {}};
  if (id == "corporate.steps") return {Axis::ratio, 50, 150, 100, {}, {}};
  return {Axis::ratio, 0, high, 100, {}, {}};
}

// A deadline inside the years the calendar speaks of, with ordinary weeks after it.
double deadline() { return value::Date::parse_iso("2020-06-30")->days; }

// The points of `method` at every x; NaN where it gives none. `input`: the value of the method's
// first input; `state`: of a state method.
std::vector<double> points_at(const ruleset::RuleSet& rules, std::size_t index,
                              const Setting& setting, const std::vector<double>& xs,
                              std::optional<double> input, std::size_t state = ruleset::none) {
  scoring::Batch batch;
  batch.projects = xs.size();
  for (std::size_t i = 0; i < rules.inputs.size(); ++i) batch.inputs.emplace_back();
  auto& rows = batch.rows;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    const bool money = setting.axis == Axis::executed;
    batch.initial.push(Cell::of(budget));
    batch.adjusted.push(Cell::of(budget));
    batch.executed.push(Cell::of(money ? xs[i] : budget));
    batch.year.push_back(2020);
    for (auto& column : batch.inputs) column.push(Cell::none());
    const double day = setting.axis == Axis::days ? deadline() : 0;
    rows.project.push_back(static_cast<std::uint32_t>(i));
    rows.block.push_back(0);
    rows.method.push_back(static_cast<std::uint32_t>(index));
    rows.target.push_back(setting.axis == Axis::days ? day : setting.target.value_or(0));
    rows.upper.push_back(setting.upper.value_or(rows.target.back()));
    rows.actual.push(Cell::of(money ? 0 : day + xs[i]));
    rows.state.push_back(state);
    rows.given_weight.push_back(full_marks);
    rows.has_reason.push_back(0);
    rows.has_evidence.push_back(0);
    rows.refused.push_back(0);
    if (input) rows.inputs.push_back({i, 0, *input});
    batch.row_begin.push_back(i + 1);
  }
  const scoring::Outcomes outcomes = scoring::evaluate_alone(rules, batch);
  std::vector<double> out(xs.size());
  for (std::size_t i = 0; i < xs.size(); ++i)
    out[i] = outcomes.state[i] == value::CellState::ok ? outcomes.points[i] : std::nan("");
  return out;
}

bool differ(double a, double b) {
  return std::isfinite(a) != std::isfinite(b) || std::abs(a - b) > 0.02 * full_marks;
}

// Whether every point strictly between two of a line lies on the chord from one to the other, to
// 1/500 of full marks.
bool straight(const std::vector<chart::CurvePoint>& line, std::size_t from, std::size_t to) {
  const auto& a = line[from];
  const auto& b = line[to];
  for (std::size_t i = from; i <= to; ++i) {
    if (!std::isfinite(line[i].y)) return false;
    const double chord = b.x > a.x ? a.y + (b.y - a.y) * (line[i].x - a.x) / (b.x - a.x) : a.y;
    if (std::abs(chord - line[i].y) > full_marks / 500) return false;
  }
  return true;
}

// The curve, its jumps found by halving; points that lie on a straight line are left out.
std::vector<chart::CurvePoint> curve_of(const ruleset::RuleSet& rules, std::size_t index,
                                        const Setting& setting, std::optional<double> input) {
  const bool whole = setting.axis == Axis::days || rules.methods[index].id == "key-points.equal" ||
                     starts(rules.methods[index].id, "count.");
  std::vector<double> xs;
  const int count = whole ? static_cast<int>(setting.high - setting.low) : samples;
  for (int i = 0; i <= count; ++i)
    xs.push_back(setting.low + (setting.high - setting.low) * i / count);
  const std::vector<double> ys = points_at(rules, index, setting, xs, input);
  std::vector<chart::CurvePoint> line;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    if (i > 0 && !whole && differ(ys[i - 1], ys[i])) {
      double low = xs[i - 1], high = xs[i], at_low = ys[i - 1], at_high = ys[i];
      for (int halving = 0; halving < 40; ++halving) {
        const double middle = (low + high) / 2;
        const double y = points_at(rules, index, setting, {middle}, input)[0];
        (differ(at_low, y) ? high : low) = middle;
        (differ(at_low, y) ? at_high : at_low) = y;
      }
      if (differ(at_low, at_high)) {
        if (std::isfinite(at_low)) line.push_back({low, at_low});
        line.push_back({(low + high) / 2, std::nan("")});
        if (std::isfinite(at_high)) line.push_back({high, at_high});
      }
    }
    if (std::isfinite(ys[i])) line.push_back({xs[i], ys[i]});
  }
  std::vector<chart::CurvePoint> thin;
  std::size_t kept = 0;  // in `line`
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!thin.empty() && i + 1 < line.size() && straight(line, kept, i + 1)) continue;
    thin.push_back(line[i]);
    kept = i;
  }
  // A single point would be drawn as nothing: give it a little length.
  const double little = (setting.high - setting.low) * 0.006;
  std::vector<chart::CurvePoint> out;
  for (std::size_t i = 0; i < thin.size(); ++i) {
    const bool alone = std::isfinite(thin[i].y) && (i == 0 || !std::isfinite(thin[i - 1].y)) &&
                       (i + 1 == thin.size() || !std::isfinite(thin[i + 1].y));
    out.push_back(thin[i]);
    if (alone) out.push_back({std::min(thin[i].x + little, setting.high), thin[i].y});
  }
  return out;
}

std::string x_label(const Setting& setting) {
  switch (setting.axis) {
    case Axis::executed: return "支出占预算 % spent of the budget, %";
    case Axis::days: return "与截止日相差的天数 days after the deadline";
    case Axis::range: return "实际值 actual A";
    case Axis::ratio: return "实际值 actual A (T = 100)";
    default:
      return setting.target ? "实际值 actual A (T = " + value::plain(*setting.target) + ")"
                            : "实际值 actual A";
  }
}

std::string drawing_of(const ruleset::RuleSet& rules, std::size_t index, const Setting& setting) {
  const Method& method = rules.methods[index];
  chart::CurveChart chart;
  chart.title = method.id;
  chart.x_label = x_label(setting);
  chart.y_label = "得分 points of 10";
  if (method.id != "value.raw") chart.y_low = 0;
  if (setting.inputs.empty()) {
    chart.series.push_back({"", curve_of(rules, index, setting, {})});
  } else {
    for (const double input : setting.inputs) {
      chart.series.push_back({method.inputs.front().id + " = " + value::plain(input),
                              curve_of(rules, index, setting, input)});
    }
  }
  double highest = full_marks;
  for (const auto& series : chart.series) {
    for (const auto& point : series.points) {
      if (std::isfinite(point.y)) highest = std::max(highest, point.y);
    }
  }
  chart.y_high = highest;
  if (setting.axis == Axis::executed) chart.markers.push_back({100, "B", false});
  if (setting.axis == Axis::days)
    chart.markers.push_back({0, method.id == "date.not-before" ? "T" : "U", false});
  if (setting.target) chart.markers.push_back({*setting.target, "T", false});
  if (setting.upper) chart.markers.push_back({*setting.upper, "U", false});
  for (const char* name : {"low", "high", "D1", "D2"}) {
    if (setting.axis == Axis::amount && std::isfinite(param(method, name, std::nan(""))))
      chart.markers.push_back({param(method, name, 0), name, false});
  }
  return chart::svg_curve(chart);
}

const char* outside_word(ruleset::OutsidePolicy policy) {
  switch (policy) {
    case ruleset::OutsidePolicy::error: return "报错 an error";
    case ruleset::OutsidePolicy::zero: return "不得分 no points";
    case ruleset::OutsidePolicy::full: return "满分 full marks";
    case ruleset::OutsidePolicy::not_applicable: return "不适用 not applicable";
    case ruleset::OutsidePolicy::formula: return "另用公式 another formula";
  }
  return "";
}

// States and what they earn, the inputs at their defaults.
std::string state_table(const ruleset::RuleSet& rules, std::size_t index) {
  const Method& method = rules.methods[index];
  std::string out = "| 状态 state |";
  std::string rule = "|---|";
  for (const auto& column : method.state_columns) {
    out += " `" + column + "` |";
    rule += "---:|";
  }
  out += " 满分10得 points of 10 |\n" + rule + "---:|\n";
  for (std::size_t s = 0; s < method.states.size(); ++s) {
    const auto& state = method.states[s];
    out += "| " + state.name.zh + " " + state.name.en + " (`" + state.id + "`) |";
    for (const double x : state.values) out += " " + value::plain(x) + " |";
    out += " " + value::plain(points_at(rules, index, {}, {0}, {}, s)[0]) + " |\n";
  }
  return out;
}

std::string yes_no_table(const ruleset::RuleSet& rules, std::size_t index) {
  Setting setting;
  setting.target = 1;
  const auto points = points_at(rules, index, setting, {1, 0}, {});
  return "| 实际 actual | 满分10得 points of 10 |\n|---|---:|\n| 达到 met | " +
         value::plain(points[0]) + " |\n| 未达到 not met | " + value::plain(points[1]) + " |\n";
}

std::string entry_of(const ruleset::RuleSet& rules, std::size_t index, const Setting& setting) {
  const Method& method = rules.methods[index];
  std::string out = "### " + method.id + "\n\n" + method.title.zh + " — " + method.title.en +
                    "\n\n";
  if (!method.note.empty()) out += "> " + method.note.zh + "。" + method.note.en + ".\n\n";
  out += "```\n" + method.points.text() + "\n```\n\n";
  if (method.domain)
    out += "- 适用 domain: `" + method.domain->text() +
           "`；否则 elsewhere: " + outside_word(method.outside.policy) + "\n";
  if (!method.params.empty()) {
    out += "- 参数 params:";
    for (std::size_t i = 0; i < method.params.size(); ++i)
      out += (i == 0 ? " `" : ", `") + method.params[i].name + " = " + value_text(method, i) + "`";
    out += "\n";
  }
  for (const auto& input : method.inputs) {
    out += "- 另报 input: `" + input.id + "` " + input.name.zh + " " + input.name.en;
    if (input.otherwise) out += "；缺省 default `" + input.otherwise->text() + "`";
    out += "\n";
  }
  if (method.beyond) out += "- 得分可以超出 0 至 W。Points may leave 0..W.\n";
  for (const auto& cite : method.cite) {
    out += "- 依据 source (" + std::string(ruleset::name(cite.evidence)) +
           "): " + (cite.url.empty() ? cite.text : "[" + cite.text + "](" + cite.url + ")");
    if (!cite.note.empty()) out += " — " + cite.note;
    out += "\n";
  }
  out += "\n";
  if (!method.states.empty()) return out + state_table(rules, index) + "\n";
  if (setting.axis == Axis::none) return out + yes_no_table(rules, index) + "\n";
  return out + "![" + method.id + "](img/methods/" + method.id + ".svg)\n\n";
}

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: jixiao_draw_methods RULES-FOLDER OUTPUT-FOLDER\n", stderr);
    return 2;
  }
  const auto read = read_rules("methods", RuleLibrary{{argv[1]}});
  if (!read) {
    for (const Diagnostic& d : read.diagnostics())
      std::fprintf(stderr, "%s:%zu: %s\n", d.file.c_str(), d.line, d.message.en.c_str());
    return 1;
  }
  const ruleset::RuleSet& rules = read->model();
  const std::filesystem::path out = argv[2];
  std::filesystem::create_directories(out / "img" / "methods");
  std::string page =
      "# 计分方法 Methods\n\n"
      "每条曲线由引擎逐点计算，权重 W 为 10；虚线是目标。本页由 `jixiao_draw_methods` 从 "
      "`rules/methods/ruleset.toml` 生成，请勿手改。\n\n"
      "Every curve is scored point by point by the engine, for an indicator of weight W = 10; "
      "dashed lines are targets. This page is "
      "written by\n"
      "`jixiao_draw_methods` from `rules/methods/ruleset.toml`: change that, not this. `A` actual, "
      "`T` target (lower end of a range), `U` "
      "upper end or\n"
      "deadline, `W` weight, `B0` initial and `B` adjusted budget, `E` executed. How methods are "
      "written and chosen: "
      "[language.md](language.md).\n\n";
  std::string heading;
  for (std::size_t i = 0; i < rules.methods.size(); ++i) {
    const Method& method = rules.methods[i];
    for (const Family& family : families) {
      if (!starts(method.id, family.prefix) || family.heading[0] == '\0' ||
          heading == family.heading)
        continue;
      heading = family.heading;
      page += "## " + heading + "\n\n";
    }
    const Setting setting = setting_of(method);
    page += entry_of(rules, i, setting);
    if (setting.axis == Axis::none) continue;
    if (!write(out / "img" / "methods" / (method.id + ".svg"), drawing_of(rules, i, setting)))
      return 3;
  }
  while (page.size() > 1 && page[page.size() - 2] == '\n') page.pop_back();
  return write(out / "methods.md", page) ? 0 : 3;
}
