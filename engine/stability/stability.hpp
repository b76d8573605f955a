// The answer: lowest and highest totals over all weights in range, ratings that flip and where, ranks over drawn weights.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "jixiao/study.hpp"
#include "stability/question.hpp"

namespace jixiao::stability {

struct Watch {
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::size_t done, std::size_t all)> progress = {};
  unsigned threads = 0;  // 0: as many as the machine has
};

struct Answered {
  Stability stability;
  bool complete = true;  // false: stopped; draws are those that were done
};

// The same numbers for any number of threads. Errors: ranges no weights fit.
std::optional<Answered> answer(const Question& question, const Watch& watch, std::vector<Diagnostic>& diagnostics);

// The bands of the rule set as a study reports them, the best first.
std::vector<RatingBand> bands_of(const ruleset::RuleSet& rules);

}  // namespace jixiao::stability
