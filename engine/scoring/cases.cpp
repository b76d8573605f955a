#include "scoring/cases.hpp"

#include <algorithm>
#include <cmath>

#include "ruleset/versions.hpp"
#include "scoring/evaluation.hpp"
#include "text/diagnostics.hpp"
#include "value/decimals.hpp"
#include "value/rounding.hpp"

namespace jixiao::scoring {
namespace {

using ruleset::Case;
using text::Code;
using value::Cell;

Cell given(const Case& one, std::string_view name) {
  for (const auto& [key, value] : one.given) {
    if (key == name) return Cell::of(value);
  }
  return Cell::none();
}

// One project with what the case gives of the whole project.
Batch project_of(const ruleset::RuleSet& rules, const Case& one) {
  Batch batch;
  batch.projects = 1;
  batch.initial.push(given(one, "B0"));
  batch.adjusted.push(given(one, "B"));
  batch.executed.push(given(one, "E"));
  const Cell year = given(one, "year");
  batch.year.push_back(year.ok() ? year.value : no_year);
  for (const ruleset::Input& input : rules.inputs) {
    batch.inputs.emplace_back();
    batch.inputs.back().push(given(one, input.id));
  }
  return batch;
}

// One row of the case's method; W is 10 where it is not given.
Batch row_of(const ruleset::RuleSet& rules, const Case& one) {
  const ruleset::Method& method = rules.methods[one.method];
  Batch batch = project_of(rules, one);
  Rows& rows = batch.rows;
  rows.project.push_back(0);
  rows.block.push_back(0);
  rows.method.push_back(static_cast<std::uint32_t>(one.method));
  const Cell target = given(one, "T");
  const Cell upper = given(one, "U");
  const Cell weight = given(one, "W");
  rows.target.push_back(target.ok() ? target.value : std::nan(""));
  rows.upper.push_back(upper.ok() ? upper.value : rows.target.back());
  rows.state.push_back(one.state);
  rows.actual.push(one.state == ruleset::none ? given(one, "A") : Cell::of(0));
  rows.given_weight.push_back(weight.ok() ? weight.value : 10.0);
  rows.has_reason.push_back(0);
  rows.has_evidence.push_back(0);
  rows.refused.push_back(0);
  for (std::size_t k = 0; k < method.params.size(); ++k) {
    if (const Cell cell = given(one, method.params[k].name); cell.ok())
      rows.params.push_back({0, k, cell.value});
  }
  for (std::size_t k = 0; k < method.inputs.size(); ++k) {
    if (const Cell cell = given(one, method.inputs[k].id); cell.ok())
      rows.inputs.push_back({0, k, cell.value});
  }
  batch.row_begin.push_back(1);
  return batch;
}

class CaseRunner {
 public:
  CaseRunner(const ruleset::RuleSet& rules, std::vector<Diagnostic>& diagnostics)
      : rules_(rules), diagnostics_(diagnostics) {}

  void run(const Case& one) {
    if (one.method != ruleset::none) {
      const Outcomes outcomes = evaluate_alone(rules_, row_of(rules_, one));
      const bool computed = outcomes.state[0] == value::CellState::ok;
      check_error(one, computed);
      for (const Case::Points& points : one.points)
        check_number(one, {"得分", "points"}, computed ? outcomes.points[0] : std::nan(""),
                     points.value, points.place);
    } else if (const Cell total = given(one, "total"); total.ok()) {
      check_standing(one, rules_.decided_rounding()(total.value));
    } else {
      run_whole(one);
    }
  }

 private:
  void run_whole(const Case& one) {
    Batch batch = project_of(rules_, one);
    batch.row_begin.push_back(0);
    batch.block_weights.resize(rules_.blocks.size());
    batch.fixed.resize(rules_.indicators.size());
    for (FixedRemarks& fixed : batch.fixed) {
      fixed.has_reason.assign(1, 0);
      fixed.has_evidence.assign(1, 0);
      fixed.not_applicable.assign(1, 0);
    }
    const Scorecards cards = evaluate(rules_, batch);
    const bool computed = cards.state[0] == value::CellState::ok;
    check_error(one, computed);
    for (const Case::Points& points : one.points) {
      const Outcomes& outcome = cards.fixed[points.indicator];
      check_number(one, {"得分", "points"},
                   outcome.state[0] == value::CellState::ok ? outcome.points[0] : std::nan(""),
                   points.value, points.place);
    }
    if (computed || one.total || one.rating != ruleset::none)
      check_standing(one, computed ? cards.total[0] : std::nan(""),
                     computed ? cards.band[0] : ruleset::none);
  }

  void check_standing(const Case& one, double total) {
    check_standing(one, total, rules_.band_of(total));
  }

  void check_standing(const Case& one, double total, std::size_t band) {
    if (one.total) check_number(one, {"总分", "total"}, total, *one.total, one.total_place);
    if (one.rating == ruleset::none || one.rating == band) return;
    const auto label = [&](std::size_t at) {
      return at == ruleset::none ? std::string("-") : rules_.bands[at].id;
    };
    fail(one, one.rating_place, {"评级", "rating"}, label(band), label(one.rating));
  }

  void check_number(const Case& one, const Text& what, double found, double expected,
                    const text::Place& place) {
    const int digits = value::decimals(expected).value_or(9);
    const value::Rounding rounding{digits, value::RoundingMode::half_up};
    if (std::isfinite(found) && rounding(found) == rounding(expected)) return;
    fail(one, place, what, std::isfinite(found) ? value::plain(found, 9) : "-",
         value::plain(expected, 9));
  }

  void check_error(const Case& one, bool computed) {
    if (!one.expects_error || !computed) return;
    report(one.place, {"算例不符：应算不出得分，却算出了（" + one.source + "）",
                       "a case does not come out: nothing should be computable, yet it is (" +
                           one.source + ")"});
  }

  void fail(const Case& one, const text::Place& place, const Text& what, const std::string& found,
            const std::string& expected) {
    report(place, {"算例不符：" + what.zh + "算得 " + found + "，应为 " + expected + "（" +
                       one.source + "）",
                   "a case does not come out: " + what.en + " " + found + ", expected " + expected +
                       " (" + one.source + ")"});
  }

  void report(const text::Place& place, Text message) {
    diagnostics_.push_back(
        text::diagnose(Code::case_failed, place, std::move(message),
                       {"改正公式、参数或界限，或改正算例",
                        "correct the formula, its parameters or the limits, or the case"}));
  }

  const ruleset::RuleSet& rules_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

void run_cases(const ruleset::RuleSet& rules, std::vector<Diagnostic>& diagnostics) {
  CaseRunner runner(rules, diagnostics);
  for (const Case& one : rules.cases) {
    if (!rules.versions) {
      runner.run(one);
      continue;
    }
    // The version that the case's year and inputs choose; without a year what holds at first.
    std::vector<double> inputs;
    for (const ruleset::Input& input : rules.inputs) {
      const Cell cell = given(one, input.id);
      inputs.push_back(cell.ok() ? cell.value : std::nan(""));
    }
    const Cell year = given(one, "year");
    const ruleset::RuleSet& version =
        ruleset::version_for(rules, year.ok() ? static_cast<int>(year.value) : 0, inputs);
    Case own = one;
    if (one.method != ruleset::none) own.method = version.find_method(rules.methods[one.method].id);
    CaseRunner(version, diagnostics).run(own);
  }
}

}  // namespace jixiao::scoring
