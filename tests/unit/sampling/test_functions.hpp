// Published test functions with known answers.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "sampling/formula_model.hpp"
#include "sampling/inputs.hpp"

namespace jixiao::sampling {

// A model of plain text over x1 .. xn.
inline std::unique_ptr<FormulaModel> model_of(std::size_t inputs,
                                              const std::vector<std::string>& texts) {
  std::vector<Quantity> quantities;
  for (std::size_t i = 1; i <= inputs; ++i) quantities.push_back({"x" + std::to_string(i), {}});
  std::vector<OutputFormula> outputs;
  for (std::size_t i = 0; i < texts.size(); ++i)
    outputs.push_back({"y" + std::to_string(i + 1), {texts[i], {}}});
  std::vector<Diagnostic> diagnostics;
  return FormulaModel::compile(std::move(quantities), outputs, diagnostics);
}

inline Distribution law(const Law& law) {
  std::vector<Diagnostic> diagnostics;
  return Distribution::make(law, "x", {}, {}, diagnostics).value();
}

// n inputs of one law.
inline Inputs alike(std::size_t n, const Law& of) {
  std::vector<Input> inputs;
  for (std::size_t i = 1; i <= n; ++i) inputs.push_back({"x" + std::to_string(i), law(of)});
  return Inputs(std::move(inputs));
}

inline constexpr double pi = 3.14159265358979323846;
inline const std::string ishigami = "sin(x1) + 7*sin(x2)^2 + 0.1*x3^4*sin(x1)";

// Sobol's g: the product of (|4 x - 2| + a) / (1 + a).
inline std::string g_function(const std::vector<std::string>& a) {
  std::string text;
  for (std::size_t i = 0; i < a.size(); ++i) {
    text += (i > 0 ? "*" : "") +
            ("(abs(4*x" + std::to_string(i + 1) + "-2)+" + a[i] + ")/(1+" + a[i] + ")");
  }
  return text;
}

}  // namespace jixiao::sampling
