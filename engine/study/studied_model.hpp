// A model of which only some inputs vary, with the conditions draws are held to as an output of
// their own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sampling/model.hpp"

namespace jixiao::study {

// A formula over inputs and outputs of the model behind it.
struct Condition {
  formula::Formula formula;
  std::size_t variables = 0;  // in its scope
  struct Term {
    std::size_t variable;  // of the scope
    bool is_output;
    std::size_t index;  // of the base model
  };
  std::vector<Term> terms;  // one a variable the formula uses
};

class StudiedModel final : public sampling::Model {
 public:
  // `varied`: which inputs of the base are inputs here, in order; the others stay at `held` (one
  // value an input of the base). The first `shown` outputs of the base are outputs here; with
  // conditions one more follows, `where`: 1 when all of them hold, else 0.
  StudiedModel(std::unique_ptr<const sampling::Model> base, std::vector<std::size_t> varied,
               std::vector<double> held, std::size_t shown, std::vector<Condition> conditions);

  [[nodiscard]] std::span<const sampling::Quantity> inputs() const override { return inputs_; }
  [[nodiscard]] std::span<const sampling::Quantity> outputs() const override { return outputs_; }
  [[nodiscard]] std::string identity() const override;
  void evaluate(std::span<const formula::Column> in,
                std::span<const std::span<double>> out) const override;

  [[nodiscard]] bool has_conditions() const { return !conditions_.empty(); }

 private:
  void judge(std::span<const formula::Column> in, std::span<const std::span<double>> base_out,
             std::span<double> verdict) const;

  std::unique_ptr<const sampling::Model> base_;
  std::vector<std::size_t> varied_;
  std::vector<double> held_;
  std::size_t shown_;
  std::vector<Condition> conditions_;
  std::vector<sampling::Quantity> inputs_, outputs_;
};

}  // namespace jixiao::study
