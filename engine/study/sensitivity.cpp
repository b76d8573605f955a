// Which inputs the variance of an output is due to: Sobol indices, elementary effects, Shapley
// effects.
#include <algorithm>
#include <cmath>

#include "sampling/morris.hpp"
#include "sampling/order_statistics.hpp"
#include "sampling/shapley_effects.hpp"
#include "sampling/sobol_indices.hpp"
#include "study/answers.hpp"
#include "study/kept_records.hpp"
#include "study/sobol_groups.hpp"

namespace jixiao::study {
namespace {

constexpr std::size_t default_samples = 1U << 14U;
constexpr std::size_t default_chances = 100'000;
constexpr std::size_t default_trajectories = 100;

IndexEstimate estimate(const sampling::Estimate& e) { return {e.value, e.error, e.low, e.high}; }

std::vector<IndexEstimate> estimates(const std::vector<sampling::Estimate>& all) {
  std::vector<IndexEstimate> out;
  for (const auto& e : all) out.push_back(estimate(e));
  return out;
}

Sensitivity of_output(const scenario::OutputFacts& output) {
  Sensitivity out;
  out.output = output.name;
  out.label = output.label;
  return out;
}

sampling::BootstrapPlan bootstrap_of(const Study& study) {
  sampling::BootstrapPlan plan;
  plan.seed = study.seed;
  plan.confidence = study.confidence;
  return plan;
}

std::optional<SensitivityAnswer> sobol(const Question& question, Progress& progress,
                                       text::Findings findings) {
  const Study& study = *question.study;
  const auto groups = sobol_groups(question);
  sampling::SobolPlan plan;
  plan.seed = study.seed;
  plan.samples = samples_of(study);
  plan.pairs = study.pairs;
  const std::size_t points = std::max<std::size_t>(plan.samples / plan.replicates, 1);
  // Rounds double the replicates; all replicates there may be are pieces of the widest experiment.
  sampling::SobolPlan most = plan;
  while (study.settle && 2 * points * most.replicates <= std::max(study.most_samples, plan.samples))
    most.replicates *= 2;
  most.samples = points * most.replicates;
  const sampling::SobolStudy widest(*question.model, *question.drawn, groups, most);
  auto kept = KeptRecords::take_up(widest, progress, findings);
  if (!kept) return std::nullopt;
  const sampling::Records& records = kept->records();
  SensitivityAnswer out;
  out.method = "sobol";
  std::vector<sampling::SobolIndices> found;
  bool settled = false;
  std::size_t rounds = 0;
  for (;;) {
    if (!kept->do_pieces(plan.replicates, findings)) return std::nullopt;
    ++rounds;
    sampling::Records used;
    for (std::size_t r = 0; r < std::min(plan.replicates, records.size()); ++r)
      used.append({records[r].begin(), records[r].end()});
    if (used.size() > 0) {
      found = widest.indices(used, bootstrap_of(study), progress.options.threads);
      settled = std::all_of(found.begin(), found.end(), [&](const auto& one) {
        return sampling::ranking_settled(one, study.settle.value_or(0.01));
      });
    }
    const bool enough = !progress.complete || !study.settle || settled ||
                        plan.replicates >= most.replicates;
    if (kept->decided(enough)) break;
    plan.replicates *= 2;
  }
  for (std::size_t o = 0; o < found.size(); ++o) {
    Sensitivity one = of_output(question.outputs[o]);
    one.mean = found[o].mean, one.variance = found[o].variance;
    one.evaluations = found[o].evaluations, one.uncomputable = found[o].uncomputable;
    one.first = estimates(found[o].first), one.total = estimates(found[o].total),
    one.second = estimates(found[o].second);
    one.settled = sampling::ranking_settled(found[o], study.settle.value_or(0.01));
    one.rounds = rounds;
    out.outputs.push_back(std::move(one));
  }
  return out;
}

std::optional<SensitivityAnswer> morris(const Question& question, Progress& progress,
                                        text::Findings findings) {
  const Study& study = *question.study;
  const sampling::MorrisStudy experiment(*question.model, *question.drawn,
                                         {study.seed, samples_of(study), study.grid_levels});
  auto kept = KeptRecords::take_up(experiment, progress, findings);
  if (!kept || !kept->do_pieces(experiment.pieces(), findings)) return std::nullopt;
  const sampling::Records& records = kept->records();
  const double z = sampling::two_sided_z(study.confidence);
  const double root = std::sqrt(static_cast<double>(records.size()));
  SensitivityAnswer out;
  out.method = "morris";
  for (std::size_t o = 0; o < question.outputs.size() && records.size() > 0; ++o) {
    Sensitivity one = of_output(question.outputs[o]);
    one.mean = one.variance = std::nan("");
    one.evaluations = records.size() * (question.inputs.size() + 1);
    for (const sampling::ElementaryEffects& e : experiment.effects(records, o)) {
      const double error = e.deviation / root;
      one.first.push_back({e.mean, error, e.mean - z * error, e.mean + z * error});
      one.total.push_back(
          {e.absolute_mean, e.error, e.absolute_mean - z * e.error, e.absolute_mean + z * e.error});
      one.spread.push_back({e.deviation, std::nan(""), std::nan(""), std::nan("")});
      one.uncomputable += std::isnan(e.mean) ? 1 : 0;
    }
    out.outputs.push_back(std::move(one));
  }
  return out;
}

std::optional<SensitivityAnswer> shapley(const Question& question, Progress& progress,
                                         text::Findings findings) {
  const Study& study = *question.study;
  sampling::ShapleyPlan plan;
  plan.seed = study.seed;
  plan.samples = samples_of(study);
  const sampling::ShapleyStudy experiment(*question.model, *question.drawn, plan);
  auto kept = KeptRecords::take_up(experiment, progress, findings);
  if (!kept || !kept->do_pieces(experiment.pieces(), findings)) return std::nullopt;
  const sampling::Records& records = kept->records();
  SensitivityAnswer out;
  out.method = "shapley";
  if (records.size() == 0) return out;
  const auto found = experiment.effects(records, bootstrap_of(study));
  for (std::size_t o = 0; o < found.size(); ++o) {
    Sensitivity one = of_output(question.outputs[o]);
    one.mean = std::nan("");
    one.variance = found[o].variance;
    one.evaluations = found[o].evaluations, one.uncomputable = found[o].uncomputable;
    one.total = estimates(found[o].effects);
    out.outputs.push_back(std::move(one));
  }
  return out;
}

}  // namespace

std::size_t samples_of(const Study& study) {
  switch (study.kind) {
    case Kind::monte_carlo: return study.samples.value_or(default_chances);
    case Kind::sobol:
    case Kind::shapley: return study.samples.value_or(default_samples);
    case Kind::morris: return study.samples.value_or(default_trajectories);
    default: return 0;
  }
}

std::optional<SensitivityAnswer> sensitivity(const Question& question, Progress& progress,
                                             text::Findings findings) {
  auto answer = question.study->kind == Kind::sobol    ? sobol(question, progress, findings)
                : question.study->kind == Kind::morris ? morris(question, progress, findings)
                                                       : shapley(question, progress, findings);
  if (answer && progress.complete && progress.answers()) leave(progress.options);
  return answer;
}

}  // namespace jixiao::study
