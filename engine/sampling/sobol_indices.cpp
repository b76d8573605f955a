#include "sampling/sobol_indices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "numeric/lane_sums.hpp"
#include "sampling/point_pairs.hpp"
#include "value/nan.hpp"

namespace jixiao::sampling {
namespace {

using formula::Column;

using value::nan;

// Where a sum stands in an output's part of a record.
struct Layout {
  std::size_t groups;
  bool pairs;

  static constexpr std::size_t bad = 0, value = 1, square = 2, product = 3;
  [[nodiscard]] std::size_t moved_product(std::size_t g) const { return 4 + 4 * g; }
  [[nodiscard]] std::size_t difference(std::size_t g) const { return 5 + 4 * g; }
  [[nodiscard]] std::size_t from_a(std::size_t g) const { return 6 + 4 * g; }
  [[nodiscard]] std::size_t from_b(std::size_t g) const { return 7 + 4 * g; }
  [[nodiscard]] std::size_t pair(std::size_t p) const { return 4 + 4 * groups + p; }
  [[nodiscard]] std::size_t pair_count() const { return pairs ? groups * (groups - 1) / 2 : 0; }
  [[nodiscard]] std::size_t length() const { return 4 + 4 * groups + pair_count(); }
};

// One replicate on its way: the outputs of a block, and the sums so far.
class Replicate {
 public:
  Replicate(const Model& model, const Inputs& inputs, const std::vector<Group>& groups,
            const SobolPlan& plan, std::span<const double> centres)
      : model_(model),
        groups_(groups),
        centres_(centres),
        layout_{groups.size(), plan.pairs},
        outputs_(model.outputs().size()),
        columns_(inputs.size()),
        kept_(plan.pairs ? 2 + 2 * groups.size() : 3),
        results_(outputs_ * kept_ * PointPairs::block),
        pair_sums_(outputs_),
        moved_sums_(outputs_ * groups.size()),
        bad_(outputs_),
        products_(outputs_ * layout_.pair_count()) {}

  void add(const PointPairs& points, std::size_t count) {
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i] = Column::of(points.a(i));
    evaluate(0, count);
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i] = Column::of(points.b(i));
    evaluate(1, count);
    for (std::size_t o = 0; o < outputs_; ++o)
      numeric::add_pair_block(result(o, 0), result(o, 1), centres_[o], count, pair_sums_[o]);
    for (std::size_t g = 0; g < groups_.size(); ++g) add_moved_group(points, g, count);
    if (layout_.pairs) add_pairs(points, count);
  }

  void write(std::span<double> record) const {
    for (std::size_t o = 0; o < outputs_; ++o) {
      const std::span<double> part = record.subspan(o * layout_.length(), layout_.length());
      const numeric::PairSums& pair = pair_sums_[o];
      part[Layout::bad] = pair.bad.total() + bad_[o];
      part[Layout::value] = pair.value.total();
      part[Layout::square] = pair.square.total();
      part[Layout::product] = pair.product.total();
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        const numeric::MovedSums& moved = moved_sums_[o * groups_.size() + g];
        part[Layout::bad] += moved.bad.total();
        part[layout_.moved_product(g)] = moved.product.total();
        part[layout_.difference(g)] = moved.difference.total();
        part[layout_.from_a(g)] = moved.from_a.total();
        part[layout_.from_b(g)] = moved.from_b.total();
      }
      for (std::size_t p = 0; p < layout_.pair_count(); ++p)
        part[layout_.pair(p)] = products_[o * layout_.pair_count() + p].total();
    }
  }

 private:
  double* result(std::size_t output, std::size_t slot) {
    return results_.data() + (output * kept_ + slot) * PointPairs::block;
  }

  void evaluate(std::size_t slot, std::size_t count) {
    spans_.clear();
    for (std::size_t o = 0; o < outputs_; ++o) spans_.emplace_back(result(o, slot), count);
    model_.evaluate(columns_, spans_);
  }

  // A with the group's columns from B. Without pairs all groups take turns in slot 2.
  void add_moved_group(const PointPairs& points, std::size_t g, std::size_t count) {
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i] = Column::of(points.a(i));
    for (const std::size_t i : groups_[g].inputs) columns_[i] = Column::of(points.b(i));
    const std::size_t slot = layout_.pairs ? 2 + g : 2;
    evaluate(slot, count);
    for (std::size_t o = 0; o < outputs_; ++o) {
      numeric::add_moved_block(result(o, 0), result(o, 1), result(o, slot), centres_[o], count,
                               moved_sums_[o * groups_.size() + g]);
    }
  }

  // B with each group's columns from A, and its products with the A that has another group's from
  // B.
  void add_pairs(const PointPairs& points, std::size_t count) {
    const std::size_t n = groups_.size();
    for (std::size_t g = 0; g < n; ++g) {
      for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i] = Column::of(points.b(i));
      for (const std::size_t i : groups_[g].inputs) columns_[i] = Column::of(points.a(i));
      evaluate(2 + n + g, count);
      for (std::size_t o = 0; o < outputs_; ++o) {
        double* values = result(o, 2 + n + g);
        for (std::size_t k = 0; k < count; ++k) {
          values[k] -= centres_[o];
          bad_[o] += std::isfinite(values[k]) ? 0.0 : 1.0;
        }
      }
    }
    for (std::size_t o = 0; o < outputs_; ++o) {
      std::size_t p = o * layout_.pair_count();
      for (std::size_t g = 0; g < n; ++g) {
        for (std::size_t h = g + 1; h < n; ++h)
          numeric::add_product_block(result(o, 2 + n + g), result(o, 2 + h), count, products_[p++]);
      }
    }
  }

  const Model& model_;
  const std::vector<Group>& groups_;
  std::span<const double> centres_;
  Layout layout_;
  std::size_t outputs_;
  std::vector<Column> columns_;
  std::size_t kept_;  // columns of results an output keeps: A, B, moved, and B moved back
  std::vector<double> results_;
  std::vector<std::span<double>> spans_;
  std::vector<numeric::PairSums> pair_sums_;
  std::vector<numeric::MovedSums> moved_sums_;
  std::vector<double> bad_;
  std::vector<numeric::LaneSum> products_;
};

// The indices from mean sums a replicate of `points` pairs: all first ones, all totals, all pairs.
void indices_from(std::span<const double> sums, const Layout& layout, double points,
                  SobolPlan::First first, std::span<double> out) {
  const double mean = sums[Layout::value] / (2.0 * points);
  const double variance = sums[Layout::square] / (2.0 * points) - mean * mean;
  const std::size_t n = layout.groups;
  for (std::size_t g = 0; g < n; ++g) {
    const double saltelli = (sums[layout.moved_product(g)] - mean * sums[layout.difference(g)]) /
                            (points * variance);
    const double jansen = 1.0 - sums[layout.from_b(g)] / (2.0 * points * variance);
    out[g] = first == SobolPlan::First::saltelli ? saltelli : jansen;
    out[n + g] = sums[layout.from_a(g)] / (2.0 * points * variance);
  }
  std::size_t p = 0;
  for (std::size_t g = 0; g < n && layout.pairs; ++g) {
    for (std::size_t h = g + 1; h < n; ++h, ++p) {
      out[2 * n + p] = (sums[layout.pair(p)] - sums[Layout::product]) / (points * variance) -
                       out[g] - out[h];
    }
  }
}

}  // namespace

std::vector<Group> single_inputs(const Inputs& inputs) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < inputs.size(); ++i) groups.push_back({inputs[i].name, {i}});
  return groups;
}

SobolStudy::SobolStudy(const Model& model, const Inputs& inputs, std::vector<Group> groups,
                       const SobolPlan& plan)
    : model_(model),
      inputs_(inputs),
      groups_(std::move(groups)),
      plan_(plan),
      points_(std::max<std::size_t>(plan.samples / std::max<std::size_t>(plan.replicates, 1), 1)),
      centres_(model.outputs().size()) {
  std::vector<double> medians(inputs.size());
  std::vector<Column> in(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    medians[i] = inputs[i].distribution.quantile(0.5);
    in[i] = Column::uniform(medians[i]);
  }
  std::vector<std::span<double>> out;
  for (double& centre : centres_) out.emplace_back(&centre, 1);
  model.evaluate(in, out);
  for (double& centre : centres_) centre = std::isfinite(centre) ? centre : 0.0;
}

std::string SobolStudy::identity() const {
  // Not the number of replicates: more of them may be added later.
  std::string text = fmt::format("sobol 1 {} {} {} {}", plan_.seed, points_,
                                 static_cast<int>(plan_.points), plan_.pairs);
  for (const Group& group : groups_)
    text += fmt::format("\n{} [{}]", group.name, fmt::join(group.inputs, " "));
  return text + '\n' + model_.identity() + '\n' + inputs_.identity();
}

std::size_t SobolStudy::sums_an_output() const {
  return Layout{groups_.size(), plan_.pairs}.length();
}
std::size_t SobolStudy::record_length(std::size_t) const {
  return sums_an_output() * model_.outputs().size();
}

void SobolStudy::run(std::size_t piece, std::span<double> record) const {
  PointPairs points(inputs_, points_, plan_.seed, piece, plan_.points == SobolPlan::Points::sobol);
  Replicate replicate(model_, inputs_, groups_, plan_, centres_);
  for (std::size_t row = 0; row < points_; row += PointPairs::block) {
    const std::size_t count = std::min(PointPairs::block, points_ - row);
    points.draw(row, count);
    replicate.add(points, count);
  }
  replicate.write(record);
}

SobolIndices SobolStudy::indices_of(std::size_t output, const Records& records,
                                    const BootstrapPlan& plan, unsigned threads) const {
  const Layout layout{groups_.size(), plan_.pairs};
  const std::size_t n = groups_.size();
  std::vector<double> rows;
  for (std::size_t r = 0; r < records.size(); ++r) {
    const auto part = records[r].subspan(output * layout.length(), layout.length());
    rows.insert(rows.end(), part.begin(), part.end());
  }
  const auto points = static_cast<double>(points_);
  auto estimates = bootstrap(
      rows, layout.length(), 2 * n + layout.pair_count(),
      [&](std::span<const double> sums, std::span<double> out) {
        indices_from(sums, layout, points, plan_.first, out);
      },
      plan, threads);

  SobolIndices result;
  result.output = model_.outputs()[output].name;
  result.samples = points_ * records.size();
  result.evaluations = result.samples * (2 + n * (plan_.pairs ? 2 : 1));
  double bad = 0.0, value = 0.0, square = 0.0;
  for (std::size_t r = 0; r < records.size(); ++r) {
    bad += rows[r * layout.length() + Layout::bad];
    value += rows[r * layout.length() + Layout::value];
    square += rows[r * layout.length() + Layout::square];
  }
  result.uncomputable = static_cast<std::size_t>(bad);
  const double all = 2.0 * static_cast<double>(result.samples);
  const bool sound = result.uncomputable == 0 && result.samples > 0;
  result.mean = sound ? centres_[output] + value / all : nan;
  result.variance = sound ? square / all - value / all * (value / all) : nan;
  if (!sound || !(result.variance > 0.0))
    std::fill(estimates.begin(), estimates.end(), Estimate{nan, nan, nan, nan});
  const auto at = [&estimates](std::size_t i) {
    return estimates.begin() + static_cast<std::ptrdiff_t>(i);
  };
  result.first.assign(at(0), at(n));
  result.total.assign(at(n), at(2 * n));
  result.second.assign(at(2 * n), estimates.end());
  return result;
}

std::vector<SobolIndices> SobolStudy::indices(const Records& records,
                                              const BootstrapPlan& bootstrap,
                                              unsigned threads) const {
  std::vector<SobolIndices> result;
  for (std::size_t o = 0; o < model_.outputs().size(); ++o)
    result.push_back(indices_of(o, records, bootstrap, threads));
  return result;
}

bool ranking_settled(const SobolIndices& indices, double tolerance) {
  std::vector<std::size_t> order(indices.total.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return indices.total[a].value > indices.total[b].value;
  });
  for (std::size_t k = 0; k + 1 < order.size(); ++k) {
    const Estimate& larger = indices.total[order[k]];
    const Estimate& smaller = indices.total[order[k + 1]];
    const bool apart = larger.low > smaller.high;
    const bool alike = larger.high - smaller.low < tolerance;
    if (!apart && !alike) return false;
  }
  return true;
}

SettledStudy study_until_settled(const Model& model, const Inputs& inputs,
                                 const std::vector<Group>& groups, const SettledPlan& plan,
                                 const BootstrapPlan& bootstrap, const RunOptions& options) {
  SettledStudy result;
  Records records;
  const std::size_t points = std::max<std::size_t>(
      plan.study.samples / std::max<std::size_t>(plan.study.replicates, 1), 1);
  SobolPlan round = plan.study;
  for (;;) {
    round.samples = points * round.replicates;
    const SobolStudy study(model, inputs, groups, round);
    run(study, records, study.pieces(), options);
    result.indices = study.indices(records, bootstrap, options.threads);
    ++result.rounds;
    result.settled = std::all_of(
        result.indices.begin(), result.indices.end(),
        [&plan](const SobolIndices& one) { return ranking_settled(one, plan.tolerance); });
    const bool stopped = records.size() < study.pieces();
    if (result.settled || stopped || 2 * round.samples > plan.most_samples) return result;
    round.replicates *= 2;
  }
}

}  // namespace jixiao::sampling
