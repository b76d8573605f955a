// The answer: lowest and highest totals over all weights in range, ratings that flip and where,
// ranks over drawn weights.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/study.hpp"
#include "stability/question.hpp"

namespace jixiao::stability {

struct Watch {
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::size_t done, std::size_t all)> progress = {};
  unsigned threads = 0;  // 0: as many as the machine has
};

struct StabilityAnswer {
  Stability stability;
  bool complete = true;  // false: stopped; draws are those that were done
};

// The same numbers for any number of threads. Errors: ranges no weights fit.
std::optional<StabilityAnswer> answer(const Question& question, const Watch& watch,
                                      std::vector<Diagnostic>& diagnostics);

// A whole study: the question in `root` (the tree of the study's file), answered, as its report.
Checked<StudyReport> run(const text::Node& root, const std::string& file,
                         const RuleLibrary& library, const StudyOptions& options);

// The bands of the rule set as a study reports them, the best first.
std::vector<RatingBand> bands_of(const ruleset::RuleSet& rules);

}  // namespace jixiao::stability
