// Variance shares of inputs: first-order, total and pairwise Sobol indices.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sampling/bootstrap.hpp"
#include "sampling/experiment.hpp"
#include "sampling/inputs.hpp"
#include "sampling/model.hpp"

namespace jixiao::sampling {

// Inputs that move together and get one index.
struct Group {
  std::string name;
  std::vector<std::size_t> inputs;
};
// Every input a group of its own.
std::vector<Group> single_inputs(const Inputs& inputs);

struct SobolPlan {
  std::uint64_t seed = 0;
  std::size_t samples = 1 << 14;  // N: pairs of points A, B over all replicates; each costs groups
                                  // + 2 evaluations (2 groups + 2 for pairs)
  std::size_t replicates = 32;  // independent scramblings N is split over; the intervals come from
                                // their differences
  enum class Points { sobol, random } points = Points::sobol;
  enum class First { saltelli, jansen } first = First::saltelli;
  bool pairs = false;  // second-order indices as well
};

struct SobolIndices {
  std::string output;
  double mean = 0;
  double variance = 0;
  std::size_t samples = 0;  // pairs of points used
  std::size_t evaluations = 0;
  std::size_t uncomputable = 0;  // evaluations that were NaN or infinite: with any, no index is
                                 // stated (all NaN)
  std::vector<Estimate> first;   // one per group: the share of the variance that is due to it alone
  std::vector<Estimate> total;   // one per group: with everything it has a hand in
  std::vector<Estimate> second;  // pairs (0,1), (0,2), ... (1,2) ...: the share due to the two
                                 // together and to neither alone; empty without
};

// Piece r is replicate r: A and B from points of 2 x inputs dimensions; A with a group's columns
// from B gives the indices (first order: Saltelli et al. 2010 or Jansen 1999; total: Jansen 1999;
// pairs: Saltelli 2002). The inputs must be independent.
class SobolStudy final : public Experiment {
 public:
  SobolStudy(const Model& model, const Inputs& inputs, std::vector<Group> groups,
             const SobolPlan& plan);

  [[nodiscard]] std::string identity() const override;
  [[nodiscard]] std::size_t pieces() const override { return plan_.replicates; }
  [[nodiscard]] std::size_t record_length(std::size_t piece) const override;
  void run(std::size_t piece, std::span<double> record) const override;

  // One per output, from the replicates that are there.
  [[nodiscard]] std::vector<SobolIndices> indices(const Records& records,
                                                  const BootstrapPlan& bootstrap = {},
                                                  unsigned threads = 1) const;
  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
  [[nodiscard]] std::size_t points_a_replicate() const { return points_; }

 private:
  [[nodiscard]] std::size_t sums_an_output() const;
  [[nodiscard]] SobolIndices indices_of(std::size_t output, const Records& records,
                                        const BootstrapPlan& bootstrap, unsigned threads) const;

  const Model& model_;
  const Inputs& inputs_;
  std::vector<Group> groups_;
  SobolPlan plan_;
  std::size_t points_;           // a replicate
  std::vector<double> centres_;  // one per output: its value at the medians, subtracted so that
                                 // sums of squares stay small
};

// Whether the order of the groups by total index is settled: neighbours' intervals lie apart, or
// the two differ by less than `tolerance` whichever ends of the intervals are taken.
bool ranking_settled(const SobolIndices& indices, double tolerance);

struct SettledPlan {
  SobolPlan study;  // its samples and replicates are those of the first round
  double tolerance = 0.01;
  std::size_t most_samples = std::size_t{1} << 20U;
};
struct SettledStudy {
  std::vector<SobolIndices> indices;
  std::size_t rounds = 0;
  bool settled = false;  // of every output
};
// Rounds of the first size, then of all before them again: each doubles the replicates, until the
// ranking of every output is settled.
SettledStudy study_until_settled(const Model& model, const Inputs& inputs,
                                 const std::vector<Group>& groups, const SettledPlan& plan,
                                 const BootstrapPlan& bootstrap, const RunOptions& options);

}  // namespace jixiao::sampling
