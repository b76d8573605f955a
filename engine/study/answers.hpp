// The answers, one function a kind of study. Each is computed from a question alone. Private to
// this room.
#pragma once

#include <optional>
#include <vector>

#include "study/question.hpp"
#include "text/findings.hpp"

namespace jixiao::study {

Tornado tornado(const Question& question);
// Nothing, with diagnostics, for a grid of over a million places, or one where no place keeps
// `where`.
std::optional<InputGrid> input_grid(const Question& question, text::Findings findings);
BreakEvens break_evens(const Question& question);
// How far break_evens() looks along an input: the range that is stated, else to nothing and to
// twice as much.
Range looked_at(const Question& question, std::size_t input);

// Studies of many pieces. `complete`: whether all was done; false when they were stopped.
struct Progress {
  const StudyOptions& options;
  bool complete = true;
  // False: another rank has the answer, this one only helped.
  [[nodiscard]] bool answers() const {
    return options.ranks == nullptr || options.ranks->rank() == 0;
  }
};
std::optional<MonteCarloAnswer> chances(const Question& question, Progress& progress,
                                        text::Findings findings);
std::optional<SensitivityAnswer> sensitivity(const Question& question, Progress& progress,
                                             text::Findings findings);

std::size_t samples_of(const Study& study);  // 0: nothing is drawn

// Fills `stands` of the report and of its outputs: the project without the scenarios the study
// starts from.
void describe_as_it_stands(const RuleSet& rules, const Project& project, StudyReport& report);

}  // namespace jixiao::study
