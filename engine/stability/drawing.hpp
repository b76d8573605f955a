// What is seen over drawn weights: whole numbers and extremes, so that any split of the draws gives
// the same.
#pragma once

#include <cstdint>
#include <vector>

#include "stability/stability.hpp"
#include "stability/weighted_scorer.hpp"

namespace jixiao::stability {

// Of one member.
struct Seen {
  std::vector<std::uint64_t> bands;  // one per band of the rule set
  double best_rank = 0, worst_rank = 0;
  double lowest = 0, highest = 0;  // totals
  double flip_distance = 0;        // of the nearest draw with another rating; infinite: none
  std::uint64_t flip_draw = 0;
  std::size_t flip_band = ruleset::none;
};

struct Drawn {
  std::vector<Seen> members;
  std::uint64_t draws = 0;
  std::uint64_t shifts = 0;  // sum over draws and members of |rank as it is - rank drawn|
  std::uint64_t ranked = 0;  // how many terms that has
  bool complete = true;
};

// `ranks`, `nominal`: as it is. The weights of draw i are drawn_weights(question, i).
std::optional<Drawn> draw(const Question& question, const std::vector<double>& ranks,
                          const Standings& nominal, const Watch& watch,
                          std::vector<Diagnostic>& diagnostics);
std::vector<double> drawn_weights(const Question& question, std::uint64_t draw);

// The largest change of one weight.
double distance(const Question& question, std::span<const double> weights);

}  // namespace jixiao::stability
