// Sobol indices of the g-function with 10 inputs, all in (sampling, evaluation, indices,
// intervals), beside OpenTURNS on the same function and N in the same run; then the parts of it, a
// million Monte Carlo draws, and the other methods.
//
//   bench_study_speed [N] [THREADS]
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "jixiao/jixiao.hpp"
#include "project/project.hpp"
#include "sampling/formula_model.hpp"
#include "sampling/monte_carlo.hpp"
#include "sampling/point_pairs.hpp"
#include "sampling/shapley_effects.hpp"
#include "sampling/sobol_indices.hpp"

using namespace jixiao;
using namespace jixiao::numeric;
using namespace jixiao::sampling;

namespace {

// Seconds: the best of several spells.
double seconds(const std::function<void()>& once, int spells = 15) {
  using Clock = std::chrono::steady_clock;
  once();
  double best = 1e9;
  for (int spell = 0; spell < spells; ++spell) {
    const auto start = Clock::now();
    once();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  }
  return best;
}

std::string g_function() {
  constexpr std::array a = {"0", "1", "4.5", "9", "99", "99", "99", "99", "99", "99"};
  std::string text;
  for (std::size_t i = 0; i < a.size(); ++i) {
    text += (i > 0 ? "*" : "") +
            ("(abs(4*x" + std::to_string(i + 1) + "-2)+" + a[i] + ")/(1+" + a[i] + ")");
  }
  return text;
}

nlohmann::json openturns(std::size_t samples) {
  const std::string command = "/usr/bin/python3 " JIXIAO_SOURCE_DIR
                              "/bench/peers/openturns_sobol.py " +
                              std::to_string(samples);
  std::string said;
  if (FILE* pipe = popen(command.c_str(), "r"); pipe != nullptr) {
    std::array<char, 4096> buffer;
    for (std::size_t got = 1; got > 0;) {
      got = std::fread(buffer.data(), 1, buffer.size(), pipe);
      said.append(buffer.data(), got);
    }
    pclose(pipe);
  }
  return nlohmann::json::parse(said, nullptr, false);
}

// A million years of a real project, all in: drawn, scored, rated, told.
void draw_project(unsigned threads) {
  const RuleLibrary library{{JIXIAO_SOURCE_DIR "/rules"}};
  const auto project = read_project({JIXIAO_SOURCE_DIR "/scenarios/chenggong-2020", ""});
  const auto rules = read_rules("cn-mof-2020", library);
  if (!project || !rules) return;
  std::vector<std::pair<std::string, Checked<Study>>> studies;
  studies.emplace_back(
      "one input, normal",
      study_of({"monte-carlo", {"results.satisfaction=normal(91,2)"}, {}, {}, {}, 1, {}}));
  studies.emplace_back("its chance.toml: 5 laws, 2 correlated, 2 outputs, a date, PERT",
                       read_study("chance", project->model().file));
  for (const auto& [what, study] : studies) {
    if (!study) std::abort();
    StudyOptions options;
    options.threads = threads;
    options.samples = 1000000;
    const auto once = [&] {
      if (!run_study(*rules, *project, *study, library, options)) std::abort();
    };
    const double all = seconds(once, 5);
    const std::clock_t begin = std::clock();
    once();
    const double used = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    std::printf(
        "a million draws of scenarios/chenggong-2020, all in, %s: %.1f ms on %u threads, %.1f ms "
        "of processor time\n",
        what.c_str(), 1e3 * all, threads, 1e3 * used);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t samples = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1 << 14;
  const auto threads = static_cast<unsigned>(argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 2);
  std::vector<Diagnostic> diagnostics;
  std::vector<Quantity> quantities;
  std::vector<Input> uniform, normal;
  for (int i = 1; i <= 10; ++i) {
    const std::string name = "x" + std::to_string(i);
    quantities.push_back({name, {}});
    uniform.push_back({name, Distribution::make(Uniform{0, 1}, name, {}, {}, diagnostics).value()});
    normal.push_back(
        {name, Distribution::make(Normal{0.5, 0.1}, name, {}, {}, diagnostics).value()});
  }
  const auto model = FormulaModel::compile(quantities, {{"g", {g_function(), {}}}}, diagnostics);
  const Inputs inputs(uniform), normals(normal);
  const SobolPlan plan{.seed = 1, .samples = samples};
  const BootstrapPlan bootstrap{.seed = 1, .resamples = 400};

  std::vector<SobolIndices> found;
  const auto study_of = [&](const BootstrapPlan& with) {
    const SobolStudy study(*model, inputs, single_inputs(inputs), plan);
    found = study.indices(run(study, {threads}), with, threads);
  };
  const double with_intervals = seconds([&] { study_of(bootstrap); });
  const double plain = seconds([&] { study_of({.resamples = 0}); });
  const auto peer = openturns(samples);
  if (peer.is_discarded()) {
    std::printf(
        "OpenTURNS (python3-openturns) does not run here; jixiao alone:\n  plain %.3f ms, with "
        "intervals %.3f ms\n",
        1e3 * plain, 1e3 * with_intervals);
    return 1;
  }

  // Closed form, as a check that both computed the same thing.
  const std::array<double, 10> a = {0, 1, 4.5, 9, 99, 99, 99, 99, 99, 99};
  double all = 1, our_error = 0, their_error = 0;
  for (const double one : a) all *= 1 + 1 / (3 * (1 + one) * (1 + one));
  study_of(bootstrap);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double v = 1 / (3 * (1 + a[i]) * (1 + a[i]));
    const double first = v / (all - 1), total = v * all / (1 + v) / (all - 1);
    our_error = std::max({our_error, std::fabs(found[0].first[i].value - first),
                          std::fabs(found[0].total[i].value - total)});
    their_error = std::max({their_error, std::fabs(peer["plain"]["first"][i].get<double>() - first),
                            std::fabs(peer["plain"]["total"][i].get<double>() - total)});
  }
  const double their_plain = peer["plain"]["all"], their_full = peer["with_intervals"]["all"];
  std::printf("Sobol S1 and ST, g-function, 10 inputs, N = %zu (%zu evaluations), %u threads\n",
              samples, found[0].evaluations, threads);
  std::printf("%-44s %12s %14s %8s\n", "milliseconds", "jixiao", "OpenTURNS", "ratio");
  std::printf("%-44s %12.3f %14.3f %8.1f\n", "sampling, evaluation, indices", 1e3 * plain,
              1e3 * their_plain, their_plain / plain);
  std::printf("%-44s %12.3f %14.3f %8.1f\n", "the same with intervals (400 resamples)",
              1e3 * with_intervals, 1e3 * their_full, their_full / with_intervals);
  std::printf("%-44s %12.5f %14.5f\n", "largest error of an index", our_error, their_error);
  std::printf("OpenTURNS %s: sampling %.2f, evaluation %.2f, indices %.2f\n",
              peer["version"].get<std::string>().c_str(),
              1e3 * peer["plain"]["sampling"].get<double>(),
              1e3 * peer["plain"]["evaluation"].get<double>(),
              1e3 * peer["plain"]["indices"].get<double>());

  const double drawing = seconds([&] {
    for (std::size_t replicate = 0; replicate < plan.replicates; ++replicate) {
      PointPairs points(inputs, samples / plan.replicates, 1, replicate, true);
      for (std::size_t row = 0; row < samples / plan.replicates; row += PointPairs::block) {
        points.draw(row, std::min(PointPairs::block, samples / plan.replicates - row));
      }
    }
  });
  std::vector<double> block(10 * 512, 0.3), result(512);
  std::vector<formula::Column> in;
  for (std::size_t i = 0; i < 10; ++i)
    in.push_back(formula::Column::of({block.data() + 512 * i, 512}));
  const std::vector<std::span<double>> out = {result};
  const double evaluating = seconds([&] {
    for (std::size_t i = 0; i < found[0].evaluations / 512; ++i) model->evaluate(in, out);
  });
  std::printf("one thread of jixiao: sampling %.3f, evaluation %.3f (%.1f ns each)\n",
              1e3 * drawing, 1e3 * evaluating,
              1e9 * evaluating / static_cast<double>(found[0].evaluations));

  const std::array levels = {0.05, 0.25, 0.5, 0.75, 0.95};
  for (const Inputs* of : {&inputs, &normals}) {
    const MonteCarlo study(*model, *of, {1, 1000000});
    Records records;
    const double drawn = seconds([&] { records = run(study, {threads}); });
    const double told = seconds([&] { spread(study.values(records, 0), levels, 50); });
    std::printf(
        "a million draws of it, inputs %s: %.1f ms; quantiles, moments, histogram: %.1f ms\n",
        of == &inputs ? "uniform" : "normal", 1e3 * drawn, 1e3 * told);
  }
  const double shapley = seconds([&] {
    const ShapleyStudy study(*model, inputs, {.seed = 1, .samples = samples});
    const auto effects = study.effects(run(study, {threads}), bootstrap);
    if (effects.empty()) std::abort();
  });
  std::printf("Shapley effects, same N, with intervals: %.3f ms\n", 1e3 * shapley);
  draw_project(threads);
  return 0;
}
