#include "page/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include "value/rounding.hpp"

namespace jixiao::page {
namespace {

struct Named {
  std::string_view id;
  Label label;
};

// From the most certain to the least.
constexpr std::array evidences{
    Named{"verified", word::verified}, Named{"form", word::form}, Named{"computed", word::computed},
    Named{"background", word::background}, Named{"illustrative", word::illustrative}};
constexpr std::array states{Named{"ok", word::scored_state}, Named{"missing", word::missing},
                            Named{"not_applicable", word::not_applicable},
                            Named{"error", word::error_state},
                            Named{"informational", word::informational}};
constexpr std::array kinds{Named{"bonus", word::bonus}, Named{"penalty", word::penalty},
                           Named{"veto", word::veto}};

std::string_view lookup(std::span<const Named> names, std::string_view id, Language language) {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const Named& named) { return named.id == id; });
  return found == names.end() ? id : found->label.in(language);
}

}  // namespace

std::string points_text(double x, int digits) {
  if (!std::isfinite(x)) return "–";
  // Compared as text: two decimals say all of x exactly when the longer text has nothing more to
  // say.
  const std::string rounded = value::fixed(x, digits);
  const std::string longer = value::plain(x, 4);
  return digits < 4 && longer.size() > value::plain(std::stod(rounded), 4).size() ? longer
                                                                                  : rounded;
}

std::string total_text(double x, int digits) {
  return std::isfinite(x) ? value::fixed(x, digits) : "–";
}

std::string money_text(double yuan, Language language) {
  if (!std::isfinite(yuan)) return "–";
  return value::plain(yuan, 2, true) + (language == Language::zh ? "元" : " yuan");
}

std::string number_or_nothing(const std::optional<double>& x) {
  return x ? value::plain(*x, 4) : "";
}

std::string grouped_count(std::size_t n) { return value::plain(static_cast<double>(n), 0, true); }

std::string percent_text(double percent) {
  return std::isfinite(percent) ? value::plain(percent, 2) + "%" : "–";
}

std::string target_text(const IndicatorStory& indicator) {
  if (indicator.target.empty() || indicator.direction == "between" ||
      indicator.target.starts_with(indicator.sign))
    return indicator.target;
  return indicator.sign + indicator.target;
}

std::string_view state_text(std::string_view state, Language language) {
  return lookup(states, state, language);
}
std::string_view kind_text(std::string_view kind, Language language) {
  return lookup(kinds, kind, language);
}

std::string_view severity_text(Severity severity, Language language) {
  return (severity == Severity::error     ? word::error
          : severity == Severity::warning ? word::warning
                                          : word::note)
      .in(language);
}

std::string_view severity_id(Severity severity) { return severity_text(severity, Language::en); }

std::string evidence_text(std::string_view evidence, Language language) {
  return std::string(lookup(evidences, evidence, language));
}

std::string worst_evidence(std::span<const Cited> cites) {
  const auto rank = [](std::string_view evidence) {
    return std::find_if(evidences.begin(), evidences.end(),
                        [&](const Named& named) { return named.id == evidence; });
  };
  std::string worst;
  for (const Cited& cite : cites) {
    if (worst.empty() || rank(cite.evidence) > rank(worst)) worst = cite.evidence;
  }
  return worst;
}

std::string joined_text(std::span<const Cited> cites) {
  std::string out;
  for (const Cited& cite : cites) out += (out.empty() ? "" : "; ") + cite.text;
  return out;
}

std::string distance_text(const Scorecard& card, Language language) {
  const Distance& distance = card.distance;
  std::string out;
  const auto add = [&](std::string text) {
    out += (out.empty() ? "" : language == Language::zh ? "；" : "; ") + std::move(text);
  };
  if (distance.to_next_band) {
    const std::string missing = total_text(*distance.to_next_band, card.digits);
    const std::string& label = distance.next_label.empty() ? distance.next_band
                                                           : distance.next_label.in(language);
    add(language == Language::zh ? fmt::format("到上一档“{}”还差 {} 分", label, missing)
                                 : fmt::format("{} short of the next rating, {}", missing, label));
  }
  if (distance.to_lower_band) {
    const std::string above = total_text(*distance.to_lower_band, card.digits);
    add(language == Language::zh ? fmt::format("高出本档下限 {} 分", above)
                                 : fmt::format("{} above the lower end of this rating", above));
  }
  return out;
}

std::string count_text(std::span<const Diagnostic> diagnostics, Language language) {
  std::string out;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    const auto n = std::count_if(diagnostics.begin(), diagnostics.end(),
                                 [&](const Diagnostic& d) { return d.severity == severity; });
    if (n == 0) continue;
    if (!out.empty()) out += language == Language::zh ? "，" : ", ";
    if (language == Language::zh) {
      out += fmt::format("{} 个{}", n, severity_text(severity, language));
    } else {
      out += fmt::format("{} {}{}", n, severity_text(severity, language), n == 1 ? "" : "s");
    }
  }
  return out.empty() ? std::string(word::no_findings.in(language)) : out;
}

std::vector<Loss> by_loss(const Scorecard& card) {
  std::vector<Loss> out;
  for (const IndicatorStory& indicator : card.indicators) {
    if (is_counted(indicator) && indicator.lost > 0)
      out.push_back({indicator.name, indicator.lost});
  }
  for (const FormulaStory& formula : card.formulas) {
    if (formula.lost > 0) out.push_back({formula_name(card, formula), formula.lost});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Loss& a, const Loss& b) { return a.lost > b.lost; });
  return out;
}

std::string computed_text(const FormulaStory& formula) {
  return formula.substituted + " = " + value::plain(formula.points, 6);
}

Text formula_name(const Scorecard& card, const FormulaStory& formula) {
  if (formula.block.empty()) return {"总分公式", "the total's formula"};
  const auto block =
      std::find_if(card.blocks.begin(), card.blocks.end(),
                   [&](const BlockStory& story) { return story.id == formula.block; });
  const Text name = block == card.blocks.end() || block->name.empty()
                        ? Text{formula.block, formula.block}
                        : block->name;
  return {"“" + name.zh + "”的公式", "the formula of " + name.en};
}

std::string factor_text(const Scorecard& card, Language language) {
  const bool zh = language == Language::zh;
  std::string out;
  const auto add = [&](std::string text) {
    out += (out.empty() ? "" : zh ? "；" : "; ") + std::move(text);
  };
  if (card.factor != 1) {
    const std::string times = value::plain(card.factor, 6);
    const std::string earned = value::plain(card.scale / card.factor, 4);
    add(zh ? fmt::format("有不适用的部分：总分按 {}/{} = {} 折算", value::plain(card.scale), earned,
                         times)
           : fmt::format("something does not apply: the total is scaled by {}/{} = {}",
                         value::plain(card.scale), earned, times));
  }
  for (const BlockStory& block : card.blocks) {
    if (block.factor == 1 || !std::isfinite(block.factor)) continue;
    const std::string times = value::plain(block.factor, 6);
    add(zh ? fmt::format("“{}”有不适用的指标：其得分乘以 {}", block.name.zh, times)
           : fmt::format("an indicator of {} does not apply: its points are scaled by {}",
                         block.name.en, times));
  }
  return out;
}

bool weights_add_up(const Scorecard& card) {
  double sum = 0;
  for (const BlockStory& block : card.blocks) sum += block.weight;
  return std::abs(sum - card.scale) < 1e-6 * std::max(card.scale, 1.0);
}

double block_lost(const Scorecard& card, const BlockStory& block) {
  const double lost = block.weight - block.points;
  return weights_add_up(card) && std::isfinite(lost) && lost > 5e-7 ? lost : 0;
}

bool is_counted(const IndicatorStory& indicator) {
  return indicator.state == "ok" || (indicator.state == "missing" && indicator.lost > 0);
}

}  // namespace jixiao::page
