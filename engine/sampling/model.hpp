// What a study asks: a function from named inputs to named outputs, over blocks of samples.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "formula/formula.hpp"
#include "value/unit.hpp"

namespace jixiao::sampling {

// One input or output: its name and what its numbers measure.
struct Quantity {
  std::string name;
  value::Unit unit;
};

class Model {
 public:
  virtual ~Model() = default;

  [[nodiscard]] virtual std::span<const Quantity> inputs() const = 0;
  [[nodiscard]] virtual std::span<const Quantity> outputs() const = 0;
  // Changes whenever the function does: results of two models are never mixed. Any text.
  [[nodiscard]] virtual std::string identity() const = 0;

  // `in`: one column per input; `out`: one per output, all of one length, which is the number of
  // samples. Called from several threads at once. A sample's results depend on its own inputs
  // alone. What cannot be computed is NaN; nothing is thrown.
  virtual void evaluate(std::span<const formula::Column> in,
                        std::span<const std::span<double>> out) const = 0;
};

}  // namespace jixiao::sampling
