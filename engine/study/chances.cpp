// Monte Carlo: how the outputs spread, and how likely each rating is.
#include <algorithm>
#include <cmath>

#include "sampling/monte_carlo.hpp"
#include "study/answers.hpp"
#include "study/conditions.hpp"
#include "study/kept_records.hpp"
#include "study/messages.hpp"
#include "system/threads.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::study {
namespace {

// Those of the samples that count.
std::vector<double> kept_of(std::vector<double> values, const std::vector<double>& counts) {
  if (counts.empty()) return values;
  std::size_t kept = 0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (counts[k] == 1.0) values[kept++] = values[k];
  }
  values.resize(kept);
  return values;
}

// How often `values` are `wanted`, with its Wilson interval.
RatingChance chance_of(std::string id, Text label, const std::vector<double>& values, double wanted,
                       double confidence) {
  const auto n = static_cast<double>(values.size());
  const double z = sampling::two_sided_z(confidence);
  const double p = static_cast<double>(std::count(values.begin(), values.end(), wanted)) / n;
  const auto [low, high] = sampling::wilson_interval(p, n, z);
  return {std::move(id), std::move(label), p, std::sqrt(p * (1 - p) / n), low, high};
}

Spread spread_of(const scenario::OutputFacts& output, std::vector<double> values,
                 const Study& study) {
  auto found = sampling::spread(std::move(values), study.levels, study.bins, study.confidence);
  Spread out;
  out.output = output.name;
  out.label = output.label;
  out.unit = output.unit.text();
  out.samples = found.samples;
  out.uncomputable = found.uncomputable;
  out.mean = found.moments.mean, out.mean_error = found.moments.mean_error,
  out.deviation = found.moments.deviation;
  out.low = found.moments.low, out.high = found.moments.high;
  for (const auto& q : found.quantiles)
    out.quantiles.push_back({q.level, q.value, q.error, q.low, q.high});
  out.histogram = {std::move(found.histogram.edges), std::move(found.histogram.counts)};
  return out;
}

}  // namespace

std::optional<MonteCarloAnswer> chances(const Question& question, Progress& progress,
                                        text::Findings findings) {
  const Study& study = *question.study;
  const sampling::MonteCarlo experiment(*question.model, *question.drawn,
                                        {study.seed, samples_of(study)});
  auto kept = KeptRecords::take_up(experiment, progress, findings);
  if (!kept || !kept->do_pieces(experiment.pieces(), findings)) return std::nullopt;
  const sampling::Records& records = kept->records();
  MonteCarloAnswer out;
  if (records.size() == 0) return out;
  const std::vector<double> counts = question.where ? experiment.values(records, *question.where)
                                                    : std::vector<double>();
  std::vector<double> first = experiment.values(records, 0);
  out.drawn = first.size();
  first = kept_of(std::move(first), counts);
  out.left_out = out.drawn - first.size();
  if (first.empty()) {
    findings.report(whole(study.where.front()), message::no_sample_kept(out.drawn));
    return std::nullopt;
  }
  // Each output is told by itself: they are shared out over the threads.
  const std::size_t outputs = question.outputs.size(), constraints = question.constraints.size();
  out.outputs.resize(outputs);
  out.constraints.resize(constraints);
  system::run_tasks(outputs + constraints + 1, progress.options.threads, [&](std::size_t task) {
    if (task < outputs) {
      std::vector<double> values = task == 0 ? std::move(first)
                                             : kept_of(experiment.values(records, task), counts);
      out.outputs[task] = spread_of(question.outputs[task], std::move(values), study);
    } else if (task < outputs + constraints) {
      const std::size_t c = task - outputs;
      const auto values =
          kept_of(experiment.values(records, question.constraint_outputs[c]), counts);
      out.constraints[c] = chance_of(question.constraints[c].name.substr(12),
                                     question.constraints[c].label, values, 1, study.confidence);
    } else if (question.rating) {
      const auto ratings = kept_of(experiment.values(records, *question.rating), counts);
      for (std::size_t b = 0; b < question.bands.size(); ++b)
        out.ratings.push_back(chance_of(question.bands[b].id, question.bands[b].label, ratings,
                                        static_cast<double>(b), study.confidence));
    }
  });
  if (progress.complete && progress.answers()) leave(progress.options);
  return out;
}

}  // namespace jixiao::study
