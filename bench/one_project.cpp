// The evaluator's desk: how long reading, compiling, scoring and explaining one project takes, and
// scoring in memory against muParser row by row. Prints a table; every pair of numbers comes from
// this one run. See bench/README.md.
#include <muParser.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "jixiao/jixiao.hpp"
#include "scoring/binding.hpp"
#include "scoring/evaluation.hpp"
#include "value/rounding.hpp"

namespace {

using namespace jixiao;
using Clock = std::chrono::steady_clock;

const std::string root = JIXIAO_SOURCE_DIR;

// Median of several runs, in seconds, after one that is not counted.
double median_seconds(int runs, const std::function<void()>& work) {
  work();
  std::vector<double> times;
  for (int i = 0; i < runs; ++i) {
    const auto start = Clock::now();
    work();
    times.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  }
  std::nth_element(times.begin(), times.begin() + runs / 2, times.end());
  return times[static_cast<std::size_t>(runs / 2)];
}

void row(const char* what, double seconds) {
  std::printf("%-56s %12.1f us\n", what, seconds * 1e6);
}

// The same project n times over, with actuals that differ a little.
scoring::Batch repeated(const scoring::Batch& one, std::size_t n) {
  scoring::Batch many;
  many.projects = n;
  const auto repeat = [&](auto& to, const auto& from) {
    for (std::size_t i = 0; i < n; ++i) to.insert(to.end(), from.begin(), from.end());
  };
  for (auto [to, from] :
       {std::pair(&many.initial, &one.initial), std::pair(&many.adjusted, &one.adjusted),
        std::pair(&many.executed, &one.executed), std::pair(&many.rows.actual, &one.rows.actual)}) {
    repeat(to->values, from->values);
    repeat(to->states, from->states);
  }
  repeat(many.year, one.year);
  for (const auto& weights : one.block_weights) repeat(many.block_weights.emplace_back(), weights);
  for (const auto& fixed : one.fixed) {
    auto& to = many.fixed.emplace_back();
    repeat(to.has_reason, fixed.has_reason);
    repeat(to.has_evidence, fixed.has_evidence);
    repeat(to.not_applicable, fixed.not_applicable);
  }
  const std::size_t rows = one.rows.size();
  for (std::size_t i = 0; i < n; ++i) {
    many.rows.project.insert(many.rows.project.end(), rows, static_cast<std::uint32_t>(i));
    many.row_begin.push_back((i + 1) * rows);
  }
  repeat(many.rows.block, one.rows.block);
  repeat(many.rows.method, one.rows.method);
  repeat(many.rows.target, one.rows.target);
  repeat(many.rows.upper, one.rows.upper);
  repeat(many.rows.state, one.rows.state);
  repeat(many.rows.given_weight, one.rows.given_weight);
  repeat(many.rows.has_reason, one.rows.has_reason);
  repeat(many.rows.has_evidence, one.rows.has_evidence);
  repeat(many.rows.refused, one.rows.refused);
  for (std::size_t i = 0; i < many.rows.size(); ++i)
    many.rows.actual.values[i] *= 1 - 1e-3 * static_cast<double>(i % 7);
  return many;
}

// What a careful user of muParser would write: one parser a method, its variables set row by row,
// then Eval.
class RowByRow {
 public:
  RowByRow(const ruleset::RuleSet& rules, const scoring::Batch& batch,
           const scoring::Scorecards& weights)
      : rules_(rules), batch_(batch), weights_(weights) {
    for (const auto& method : rules.methods) {
      auto parser = std::make_unique<mu::Parser>();
      parser->EnableOptimizer(false);
      values_.emplace_back(method.scope.variables.size(), 0.0);
      for (const std::size_t name : method.points.used())
        parser->DefineVar(method.scope.variables[name], &values_.back()[name]);
      for (std::size_t p = 0; p < method.params.size(); ++p)
        values_.back()[method.first_param + p] = method.params[p].value;
      parser->SetExpr(method.points.text());
      parsers_.push_back(std::move(parser));
    }
  }

  void run(std::vector<double>& totals) {
    for (std::size_t p = 0; p < batch_.projects; ++p) {
      double total = 0;
      for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
        const auto& indicator = rules_.indicators[f];
        auto& values = values_[indicator.method];
        values[ruleset::row_A] = 100 * batch_.executed.values[p] / batch_.adjusted.values[p];
        values[ruleset::row_T] = values[ruleset::row_U] = indicator.target;
        values[ruleset::row_B] = batch_.adjusted.values[p];
        values[ruleset::row_E] = batch_.executed.values[p];
        values[ruleset::row_W] = weights_.fixed[f].weight[p];
        total += std::clamp(parsers_[indicator.method]->Eval(), 0.0, values[ruleset::row_W]);
      }
      for (std::size_t r = batch_.row_begin[p]; r < batch_.row_begin[p + 1]; ++r) {
        auto& values = values_[batch_.rows.method[r]];
        values[ruleset::row_A] = batch_.rows.actual.values[r];
        values[ruleset::row_T] = batch_.rows.target[r];
        values[ruleset::row_U] = batch_.rows.upper[r];
        values[ruleset::row_W] = weights_.rows.weight[r];
        total += std::clamp(parsers_[batch_.rows.method[r]]->Eval(), 0.0, values[ruleset::row_W]);
      }
      totals[p] = (*rules_.total_rounding)(total);
    }
  }

 private:
  const ruleset::RuleSet& rules_;
  const scoring::Batch& batch_;
  const scoring::Scorecards& weights_;
  std::vector<std::vector<double>> values_;
  std::vector<std::unique_ptr<mu::Parser>> parsers_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::size_t n = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100000;
  const RuleLibrary library{{root + "/rules"}};
  const ProjectFiles files{root + "/scenarios/chenggong-2020", ""};
  const auto project = read_project(files);
  const auto rules = read_rules(project->rules(), library, project->needs());
  if (!project || !rules) return 1;

  std::printf("one project (scenarios/chenggong-2020, %s, 14 indicators), one thread\n",
              project->rules().c_str());
  const std::string command = std::string(JIXIAO_PROGRAM) + " score " + files.project +
                              " > /dev/null";
  row("whole process: score, cold, through a shell", median_seconds(31, [&] {
        if (std::system(command.c_str()) != 0) std::exit(1);
      }));
  row("  an empty shell command, to subtract", median_seconds(31, [] {
        if (std::system(": > /dev/null") != 0) std::exit(1);
      }));
  row("read the project and its results",
      median_seconds(101, [&] { static_cast<void>(read_project(files)); }));
  row("read and compile the rule set, as scoring needs it", median_seconds(51, [&] {
        static_cast<void>(read_rules(project->rules(), library, project->needs()));
      }));
  row("read and compile all of it, as check does",
      median_seconds(21, [&] { static_cast<void>(read_rules(project->rules(), library)); }));
  std::vector<Diagnostic> diagnostics;
  row("bind", median_seconds(1001, [&] {
        static_cast<void>(scoring::bind(rules->model(), project->model(), false, diagnostics));
        diagnostics.clear();
      }));
  const scoring::Binding binding =
      scoring::bind(rules->model(), project->model(), false, diagnostics);
  row("evaluate", median_seconds(1001, [&] {
        static_cast<void>(scoring::evaluate(rules->model(), binding.batch));
      }));
  row("score with every story and the comparison as filed",
      median_seconds(1001, [&] { static_cast<void>(score(*rules, *project)); }));
  const Scorecard card = score(*rules, *project);
  row("explain one indicator from the scorecard, as text",
      median_seconds(1001, [&] { static_cast<void>(render_explanation(card, "trained", {})); }));

  // A stream of projects is scored a chunk at a time; both sides walk over the same chunk again and
  // again.
  const std::size_t chunk = std::min<std::size_t>(n, 500);
  const std::size_t rounds = n / chunk;
  const scoring::Batch many = repeated(binding.batch, chunk);
  const scoring::Scorecards cards = scoring::evaluate(rules->model(), many);
  RowByRow peer(rules->model(), many, cards);
  std::vector<double> totals(chunk);
  peer.run(totals);
  std::size_t differ = 0;
  for (std::size_t i = 0; i < chunk; ++i) differ += totals[i] != cards.total[i];
  std::printf(
      "\n%zu projects in memory, in chunks of %zu, one thread; totals that differ between the two: "
      "%zu\n",
      rounds * chunk, chunk, differ);
  scoring::Evaluator evaluator(rules->model());
  const double ours = median_seconds(5, [&] {
    for (std::size_t i = 0; i < rounds; ++i) static_cast<void>(evaluator.run(many));
  });
  const double theirs = median_seconds(5, [&] {
    for (std::size_t i = 0; i < rounds; ++i) peer.run(totals);
  });
  const double count = static_cast<double>(rounds * chunk);
  std::printf("%-56s %12.3f M projects/s\n", "jixiao: weights, states, points, blocks, rating",
              count / ours / 1e6);
  std::printf("%-56s %12.3f M projects/s\n",
              "muParser row by row: points and total only, weights given", count / theirs / 1e6);
  std::printf("%-56s %12.2f x\n", "ratio", theirs / ours);
  return differ == 0 ? 0 : 1;
}
