// Plain muParser text as a model: published test functions run as they stand.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sampling/model.hpp"

namespace jixiao::sampling {

struct OutputFormula {
  std::string name;
  text::Located text;
};

class FormulaModel final : public Model {
 public:
  // Every output is a formula over the inputs. Mistakes in a text (a name no input has, wrong
  // syntax, units that do not fit) are reported at their place; nothing is returned then.
  static std::unique_ptr<FormulaModel> compile(std::vector<Quantity> inputs,
                                               const std::vector<OutputFormula>& outputs,
                                               std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] std::span<const Quantity> inputs() const override { return inputs_; }
  [[nodiscard]] std::span<const Quantity> outputs() const override { return outputs_; }
  [[nodiscard]] std::string identity() const override;
  void evaluate(std::span<const formula::Column> in,
                std::span<const std::span<double>> out) const override;

 private:
  FormulaModel() = default;

  std::vector<Quantity> inputs_;
  std::vector<Quantity> outputs_;
  std::vector<formula::Formula> formulas_;  // one per output
};

}  // namespace jixiao::sampling
