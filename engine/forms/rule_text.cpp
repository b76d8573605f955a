#include "forms/rule_text.hpp"

#include <cstddef>

#include "forms/headings.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

// A number at `at`, or 一 两 半; moves behind it.
std::optional<double> number_at(std::string_view text, std::size_t& at) {
  std::size_t end = at;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
  if (end > at) {
    const auto out = value::read_number(text.substr(at, end - at));
    if (out) at = end;
    return out;
  }
  const std::string_view rest = text.substr(at);
  for (const auto& [word, number] :
       {std::pair{"一", 1.0}, std::pair{"两", 2.0}, std::pair{"二", 2.0}, std::pair{"三", 3.0},
        std::pair{"五", 5.0}, std::pair{"十", 10.0}}) {
    if (rest.starts_with(word)) {
      at += 3;
      return number;
    }
  }
  return std::nullopt;
}

struct Step {
  double size = 1;
  double points = 0;
  std::string unit;  // as written between size and 扣
  std::size_t begin = 0;
};

// 每 低 1 个百分点 扣 0.5 分, or 少 一个 扣 1 分: `opening` is 每低 and the like.
std::optional<Step> step_after(std::string_view text, std::string_view opening) {
  const std::size_t found = text.find(opening);
  if (found == std::string_view::npos) return std::nullopt;
  std::size_t at = found + opening.size();
  Step out;
  out.begin = found;
  if (const auto size = number_at(text, at)) out.size = *size;
  const std::size_t off = text.find("扣", at);
  if (off == std::string_view::npos || off - at > 24) return std::nullopt;
  out.unit = std::string(text.substr(at, off - at));
  while (out.unit.ends_with(",")) out.unit.pop_back();
  at = off + std::string_view("扣").size();
  for (const std::string_view word : {"减", "除"}) {
    if (text.substr(at).starts_with(word)) at += word.size();
  }
  const auto points = number_at(text, at);
  if (!points || *points <= 0 || out.size <= 0 || !text.substr(at).starts_with("分"))
    return std::nullopt;
  out.points = *points;
  return out;
}

template <std::size_t size>
std::optional<Step> first_step(std::string_view text, const char* const (&openings)[size]) {
  for (const char* opening : openings) {
    if (auto step = step_after(text, opening)) return step;
  }
  return std::nullopt;
}

std::string plain(double x) { return value::plain(x, 6); }

Text steps_doubt() {
  return {"没有写明不足一档怎么算：按满一档才扣",
          "it does not say what a part of a step costs: only full steps are taken"};
}

// The level of 90%以上得10分 or 达9个得6分, and its points, where the text begins so.
struct Level {
  double value = 0;
  double points = 0;
  bool percent = false;
};

std::optional<Level> level_of(std::string_view text, std::size_t until) {
  text = text.substr(0, until);
  const std::size_t earn = text.find("得");
  if (earn == std::string_view::npos) return std::nullopt;
  std::size_t at = 0;
  while (at < earn && !is_digit(text[at])) ++at;
  Level out;
  const auto value = number_at(text, at);
  if (!value || at > earn) return std::nullopt;
  out.value = *value;
  out.percent = text.substr(at).starts_with("%");
  at = earn + std::string_view("得").size();
  if (text.substr(at).starts_with("满分")) return out;
  const auto points = number_at(text, at);
  if (!points) return std::nullopt;
  out.points = *points;
  return out;
}

// Full points are for the target and are the weight, as far as the text says.
bool fits(const std::optional<Level>& level, const value::Field& target,
          std::optional<double> weight) {
  if (!level) return true;
  const bool points_fit = level->points == 0 || !weight || level->points == *weight;
  return points_fit && level->value == target.low;
}

bool in_points(const Step& step) { return has_any(step.unit, "%|百分点|个点"); }

}  // namespace

std::optional<RuleReading> read_rule(std::string_view written, const value::Field& target,
                                     std::optional<double> weight) {
  const std::string text = folded(written);
  if (text.empty() || text.size() > 600) return std::nullopt;
  const bool numeric = target.kind == value::Kind::number;
  const auto steps = [&](const char* method, const Step& step, const char* size_name = "size") {
    // no part of one
    const bool counted = has_any(step.unit, "个|次|人|期|场|件|起|户|处|项") && !in_points(step);
    return RuleReading{method,
                       {{"k", plain(step.points)}, {size_name, plain(step.size)}},
                       counted ? std::nullopt : std::optional(steps_doubt())};
  };
  static constexpr const char* late[] = {"每延迟", "每逾期", "每推迟", "每晚", "每滞后", "延迟"};
  static constexpr const char* low[] = {"每低", "每降低", "每下降", "每降",     "每减少",
                                        "每少", "每缺",   "少",     "每未完成", "每差"};
  static constexpr const char* high[] = {"每超过", "每超出", "每超", "每高",
                                         "每增加", "每上升", "每多"};
  static constexpr const char* cases[] = {"每发生", "每出现", "每有", "每发现",
                                          "发现",   "出现",   "发生"};
  if (const auto step = first_step(text, late);
      step && target.kind == value::Kind::date && has_any(step->unit, "天|日")) {
    if (has_any(step->unit, "工作")) return std::nullopt;
    return RuleReading{"lateness.per-day",
                       {{"k", plain(step->points)}, {"step", plain(step->size)}},
                       std::nullopt};
  }
  if (const auto step = first_step(text, low); step && numeric) {
    if (!fits(level_of(text, step->begin), target, weight)) return std::nullopt;
    // Steps of percents beside a count are percents of the target, which no method here counts
    // downwards alone.
    if (in_points(*step) && !target.unit.is_percent()) return std::nullopt;
    return steps("shortfall-steps.full", *step);
  }
  if (const auto step = first_step(text, high); step && numeric) {
    if (!fits(level_of(text, step->begin), target, weight)) return std::nullopt;
    return steps(
        in_points(*step) && !target.unit.is_percent() ? "over-steps.full" : "excess-steps.full",
        *step);
  }
  if (const auto step = first_step(text, cases);
      step && numeric && target.low == 0 && step->size == 1)
    return RuleReading{"count.deduct", {{"k", plain(step->points)}}, std::nullopt};
  if (text.find("扣") != std::string::npos) return std::nullopt;  // some other deduction
  const bool lower = target.direction == value::Direction::at_most ||
                     target.direction == value::Direction::less_than;
  const bool proportional = has_any(
      text, "按比例|按完成比例|完成比例得分|完成率得分|完成率*|比例计分|按实际完成率|按完成率");
  if (const std::size_t at = text.find("低于");
      at != std::string::npos && numeric && has_any(text, "不得分|得0分|计0分")) {
    std::size_t number = at + std::string_view("低于").size();
    const auto line = number_at(text, number);
    if (line && *line > 0 && *line < 100 &&
        std::string_view(text).substr(number).starts_with("%") && proportional && !lower)
      return RuleReading{"higher.pass-line", {{"L", plain(*line / 100)}}, std::nullopt};
    if (!proportional) return std::nullopt;
  }
  if (proportional && numeric && !lower)
    return RuleReading{"higher.proportional", {}, std::nullopt};
  if (has_any(text, "不得分|得0分|计0分|不计分") && numeric && !has_any(text, "%|部分"))
    return RuleReading{lower ? "lower.strict" : "higher.strict", {}, std::nullopt};
  if (has_any(text, "不得分|得0分|计0分") && target.kind == value::Kind::date)
    return RuleReading{"lateness.strict", {}, std::nullopt};
  return std::nullopt;
}

std::optional<RuleReading> read_named_rule(std::string_view text) {
  constexpr std::string_view open = "〔", close = "〕", comma = "；";
  const std::size_t end = text.find(close);
  if (!text.starts_with(open) || end == std::string_view::npos) return std::nullopt;
  std::string_view inner = text.substr(open.size(), end - open.size());
  const auto next = [&] {
    const std::size_t at = std::min(inner.find(comma), inner.size());
    const std::string_view part = inner.substr(0, at);
    inner.remove_prefix(std::min(inner.size(), at + comma.size()));
    return part;
  };
  const auto made_of = [](std::string_view words, std::string_view letters) {
    return !words.empty() && words.find_first_not_of(letters) == std::string_view::npos;
  };
  RuleReading out;
  out.method = next();
  if (!made_of(out.method, "abcdefghijklmnopqrstuvwxyz0123456789._-")) return std::nullopt;
  while (!inner.empty()) {
    const std::string_view part = next();
    const std::size_t sign = std::min(part.find('='), part.size());
    const std::string name(part.substr(0, sign));
    const std::string number(part.substr(std::min(part.size(), sign + 1)));
    if (!made_of(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ||
        !value::read_number(number) || !made_of(number, "0123456789.-"))
      return std::nullopt;
    out.params.emplace_back(name, number);
  }
  return out;
}

}  // namespace jixiao::forms
