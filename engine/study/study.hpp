// A study as read: what its file says, in the words of the file. Checked against a project when it
// is answered.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/study.hpp"
#include "project/project.hpp"
#include "sampling/formula_model.hpp"
#include "text/findings.hpp"
#include "text/table_reader.hpp"
#include "text/toml.hpp"

namespace jixiao::study {

enum class Kind {
  tornado,
  grid,
  break_even,
  monte_carlo,
  sobol,
  morris,
  shapley,
  allocation,
  stability
};

std::string_view kind_word(Kind kind);  // as files and the command line say it: "break-even"

// Whether the inputs of such a study are drawn from laws.
inline bool draws(Kind kind) {
  return kind == Kind::monte_carlo || kind == Kind::sobol || kind == Kind::morris ||
         kind == Kind::shapley;
}

// A law as written. Its numbers may carry units; they are read once it is known whose they are.
struct WrittenLaw {
  std::string word;  // "constant", "uniform", "triangular", "pert", "normal", "lognormal",
                     // "discrete", "empirical"
  text::Place place;
  std::vector<text::Node> numbers;  // parameters in order; values of "discrete" and "empirical"
  std::vector<double> weights;      // of "discrete"; empty: all alike
};

// One input and what is done with it. Neither a law nor a range nor a value: whatever the project
// declares for it.
struct StudyInput {
  std::string name;  // "drivers.rate", "drivers.*"
  text::Place name_place;
  text::Place place;                          // of what is said of it
  std::optional<text::Node> low, high, step;  // a range; beside a normal law: where it is cut off
  std::optional<WrittenLaw> law;
  std::optional<text::Node> value;  // where it stands; alone: it stays there
  // Of formulas of the study's own.
  Text label;
  value::Unit unit;
};

struct WrittenCorrelation {
  text::Place place;
  std::vector<project::Word> of;
  std::vector<double> matrix;  // of.size() squared, row by row
};

// Weights that are drawn together and keep their sum.
struct WrittenWeights {
  text::Place place;
  std::vector<project::Word> of;
  std::vector<double> dirichlet;  // concentrations; empty: uniform over the ranges
  std::vector<double> low, high;
  std::optional<double> total;  // nothing: what they add up to as they stand
};

// Inputs that get one index together.
struct WrittenGroup {
  project::Word id;
  Text title;
  std::vector<project::Word> of;
};

struct Study {
  Kind kind = Kind::tornado;
  text::Place kind_place;
  std::string id;    // the file's name without .toml; "typed"
  std::string file;  // empty when typed
  Text title, note;
  std::uint64_t seed = 1;
  std::optional<std::size_t> samples;
  std::vector<project::Word> outputs;  // empty: the total; of formulas: the first of them, for
                                       // studies of variance all
  std::vector<StudyInput> inputs;
  std::vector<WrittenCorrelation> correlations;
  std::vector<WrittenWeights> weights;
  std::vector<WrittenGroup> groups;
  std::vector<text::Located> where;               // draws and places outside are left out
  std::vector<project::Word> apply;               // scenarios the study starts from
  std::vector<sampling::OutputFormula> formulas;  // empty: it asks a project

  // What only some kinds have.
  std::vector<double> levels;    // monte-carlo: quantiles
  std::size_t bins = 40;         // monte-carlo: histogram
  double confidence = 0.95;      // of all intervals
  bool pairs = false;            // sobol: second-order indices
  std::optional<double> settle;  // sobol: runs until the order of the inputs is certain to this
                                 // share
  std::size_t most_samples = 1U << 20U;  // sobol: and gives up here
  std::size_t grid_levels = 4;           // morris
  std::optional<double> threshold;       // break-even: the value that must be kept, in place of the
                                         // rating

  // The whole file. Kinds `allocation` and `stability` read what is theirs from it, after
  // allow_shared_keys().
  std::shared_ptr<const text::Node> root;
};

// Marks the keys every study has (schema, kind, title, note, seed, samples, apply) as known to a
// reader of its root.
void allow_shared_keys(text::TableReader& reader);

// The study a tree says; `file` is empty for one that was typed. Nothing, with diagnostics, when it
// is wrong.
std::optional<Study> read_tree(std::shared_ptr<const text::Node> root, const std::string& id,
                               const std::string& file, text::Findings findings);

}  // namespace jixiao::study
