#include "batch/scorer_pair.hpp"

#include <algorithm>

namespace jixiao::batch {
namespace {

using ruleset::FixedIndicator;

std::string_view method_id(const ruleset::RuleSet& rules, std::size_t method,
                           value::CellState state) {
  if (state == value::CellState::not_applicable || method >= rules.methods.size()) return {};
  return rules.methods[method].id;
}

void set_a(portfolio::IndicatorUnderBoth& indicator_under_both, const ruleset::RuleSet& rules,
           const scoring::Outcomes& outcomes, std::size_t at, std::size_t method) {
  indicator_under_both.method_a = method_id(rules, method, outcomes.state[at]);
  indicator_under_both.weight_a = outcomes.weight[at];
  indicator_under_both.points_a = outcomes.points[at];
  indicator_under_both.unrounded_a = outcomes.unrounded[at];
}
void set_b(portfolio::IndicatorUnderBoth& indicator_under_both, const ruleset::RuleSet& rules,
           const scoring::Outcomes& outcomes, std::size_t at, std::size_t method) {
  indicator_under_both.method_b = method_id(rules, method, outcomes.state[at]);
  indicator_under_both.weight_b = outcomes.weight[at];
  indicator_under_both.points_b = outcomes.points[at];
  indicator_under_both.unrounded_b = outcomes.unrounded[at];
}

std::size_t find_fixed(const ruleset::RuleSet& rules, const std::string& id) {
  const auto found = std::find_if(rules.indicators.begin(), rules.indicators.end(),
                                  [&](const FixedIndicator& fixed) { return fixed.id == id; });
  return static_cast<std::size_t>(found - rules.indicators.begin());
}

// What the rule sets bring, by id.
void match_fixed(const ScorerPair& scorers, std::size_t project,
                 std::vector<portfolio::IndicatorUnderBoth>& out) {
  const ruleset::RuleSet& a = scorers.rules_a;
  const ruleset::RuleSet& b = scorers.rules_b;
  for (std::size_t i = 0; i < a.indicators.size(); ++i) {
    portfolio::IndicatorUnderBoth& indicator_under_both = out.emplace_back();
    indicator_under_both.indicator = a.indicators[i].id;
    set_a(indicator_under_both, a, scorers.a.cards().fixed[i], project, a.indicators[i].method);
    const std::size_t other = find_fixed(b, a.indicators[i].id);
    if (other < b.indicators.size())
      set_b(indicator_under_both, b, scorers.b.cards().fixed[other], project,
            b.indicators[other].method);
  }
  for (std::size_t i = 0; i < b.indicators.size(); ++i) {
    if (find_fixed(a, b.indicators[i].id) < a.indicators.size()) continue;
    portfolio::IndicatorUnderBoth& indicator_under_both = out.emplace_back();
    indicator_under_both.indicator = b.indicators[i].id;
    set_b(indicator_under_both, b, scorers.b.cards().fixed[i], project, b.indicators[i].method);
  }
}

// What the table brings: the same records in the same order, unless one of the rule sets could not
// read some of them.
void match_rows(const ScorerPair& scorers, std::size_t project,
                std::vector<portfolio::IndicatorUnderBoth>& out) {
  const scoring::Batch& a = scorers.a.batch();
  const scoring::Batch& b = scorers.b.batch();
  if (a.rows.size() == 0 && b.rows.size() == 0) return;
  const std::size_t end = b.row_begin[project + 1];
  std::size_t next = b.row_begin[project];
  const auto add_only_b = [&] {
    portfolio::IndicatorUnderBoth& indicator_under_both = out.emplace_back();
    indicator_under_both.indicator = scorers.b.indicator_of(next);
    set_b(indicator_under_both, scorers.rules_b, scorers.b.cards().rows, next, b.rows.method[next]);
    ++next;
  };
  for (std::size_t row = a.row_begin[project]; row < a.row_begin[project + 1]; ++row) {
    const std::string_view name = scorers.a.indicator_of(row);
    std::size_t other = next;
    while (other < end && scorers.b.indicator_of(other) != name) ++other;
    while (other < end && next < other) add_only_b();
    portfolio::IndicatorUnderBoth& indicator_under_both = out.emplace_back();
    indicator_under_both.indicator = name;
    set_a(indicator_under_both, scorers.rules_a, scorers.a.cards().rows, row, a.rows.method[row]);
    if (other == end) continue;
    set_b(indicator_under_both, scorers.rules_b, scorers.b.cards().rows, other,
          b.rows.method[other]);
    next = other + 1;
  }
  while (next < end) add_only_b();
}

}  // namespace

void match_indicators(const ScorerPair& scorers, std::size_t project,
                      std::vector<portfolio::IndicatorUnderBoth>& out) {
  out.clear();
  match_fixed(scorers, project, out);
  match_rows(scorers, project, out);
}

namespace {

bool earlier(const Fault& a, const Fault& b) { return a.line < b.line; }

// What is said of the cell, whichever rule set says it.
std::string nameless(const FaultsUnder& under, const Fault& fault) {
  std::string out = fault.message.en;
  for (std::size_t at = out.find(under.rules); at != std::string::npos;
       at = out.find(under.rules, at))
    out.erase(at, under.rules.size());
  return out;
}

bool is_among(const Fault& fault, const FaultsUnder& own, const FaultsUnder& other) {
  const auto [from, to] =
      std::equal_range(other.faults.begin(), other.faults.end(), fault, earlier);
  return std::any_of(from, to, [&](const Fault& theirs) {
    return theirs.column == fault.column && theirs.code == fault.code &&
           nameless(other, theirs) == nameless(own, fault);
  });
}

void name_rules(Fault& fault, const std::string& side, const std::string& rules) {
  fault.message.zh = "按 " + side + "（" + rules + "）：" + fault.message.zh;
  fault.message.en = "under " + side + " (" + rules + "): " + fault.message.en;
}

}  // namespace

void join_faults(FaultsUnder a, FaultsUnder b) {
  std::vector<Fault> only_b;
  for (const Fault& fault : b.faults) {
    if (!is_among(fault, b, a)) only_b.push_back(fault);
  }
  std::vector<std::size_t> only_a;
  for (std::size_t i = 0; i < a.faults.size(); ++i) {
    if (!is_among(a.faults[i], a, b)) only_a.push_back(i);
  }
  for (const std::size_t i : only_a) name_rules(a.faults[i], "A", a.rules);
  for (Fault& fault : only_b) {
    name_rules(fault, "B", b.rules);
    a.faults.push_back(std::move(fault));
  }
  std::stable_sort(a.faults.begin(), a.faults.end(), earlier);
  b.faults.clear();
}

}  // namespace jixiao::batch
