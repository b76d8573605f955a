// A study checked against what it asks: a model, its inputs with ranges and laws, the outputs. What
// the answers are computed from.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sampling/inputs.hpp"
#include "scenario/project_model.hpp"
#include "study/studied_model.hpp"
#include "study/study.hpp"
#include "text/findings.hpp"

namespace jixiao::study {

struct Range {
  double low = 0, high = 0;
  double step = 0;           // 0: continuous
  bool stated = false;       // by the study or the project; else a tenth either way
  bool step_stated = false;  // by the study
};

// One input that varies.
struct AskedInput {
  scenario::InputFacts facts;  // of formulas: with the unit and nominal the study gives
  text::Place name_place, place;
  Range range;
  std::optional<sampling::Distribution> law;  // of studies that draw, and where one was written
  std::string law_shown;
  bool drawn_together = false;  // one of [[weights]]
};

struct Start;

struct Question {
  const Study* study = nullptr;
  std::optional<RuleSet> rules;  // what it is scored by: those of a scenario it starts from
  std::shared_ptr<const StudiedModel> model;  // inputs as below; outputs: those asked for, rating,
                                              // constraints, where
  std::vector<AskedInput> inputs;
  std::vector<scenario::OutputFacts> outputs;
  std::optional<std::size_t> rating;  // output of the model: index into bands, 0 the best
  std::vector<scenario::OutputFacts> constraints;
  std::vector<std::size_t> constraint_outputs;  // of the model, one per constraint
  std::optional<std::size_t> where;             // output of the model
  std::vector<RatingBand> bands;
  double scale = 100;
  int digits = 2;
  std::shared_ptr<const Start> start;                  // with scenarios: what it starts from
  std::vector<AppliedScenario> applied;                // what it starts from
  const scenario::ProjectModel* of_project = nullptr;  // within `model`: its inputs begin with
                                                       // those of the question
  std::optional<sampling::Inputs> drawn;  // of studies that draw: the laws of the inputs, and what
                                          // binds them together
};

// False for kinds that have rooms of their own.
bool has_question(const Study& study);
// Nothing, with diagnostics, when the study does not fit the project. `study` must outlive the
// question.
std::optional<Question> question_of(const Study& study, const RuleSet& rules,
                                    const Project& project, const RuleLibrary& library,
                                    text::Findings findings);
// The same for a study with formulas of its own.
std::optional<Question> question_of(const Study& study, text::Findings findings);

// All outputs of the model at points: columns[i] is input i, all of one length. out[o][k]: output o
// at point k.
std::vector<std::vector<double>> outputs_at(const Question& question,
                                            const std::vector<std::vector<double>>& columns);
// The same along one input, the others at nominal.
std::vector<std::vector<double>> outputs_along(const Question& question, std::size_t input,
                                               const std::vector<double>& values);

// A value of an input and what the project then is; `outputs` as outputs_at() gives them.
StudiedPoint point_at(const Question& question, std::size_t input, double value,
                      const std::vector<std::vector<double>>& outputs, std::size_t at,
                      std::size_t output = 0);
std::string rating_at(const Question& question, const std::vector<std::vector<double>>& outputs,
                      std::size_t at, std::size_t output = 0);
// low, low + step ... high; of a continuous range `points` places. Every value as a decimal of 12
// digits. At most `most` values.
std::vector<double> places_of(const Range& range, std::size_t points, std::size_t most);
double decimal(double x);

}  // namespace jixiao::study
