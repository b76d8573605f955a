#include "sampling/inputs.hpp"

#include <fmt/format.h>

#include "numeric/philox.hpp"

namespace jixiao::sampling {

std::string Inputs::identity() const {
  std::string text = "inputs";
  for (const Input& input : inputs_)
    text += '\n' + input.name + " ~ " + describe(input.distribution.law());
  if (copula_) text += fmt::format("\ncopula {}", fmt::join(copula_->factor(), " "));
  for (const WeightGroup& group : weights_)
    text += fmt::format("\n{} {}", group.first, group.simplex.identity());
  return text;
}

bool Inputs::require_independent(const std::string& method, const text::Place& place,
                                 std::vector<Diagnostic>& diagnostics) const {
  if (independent()) return true;
  diagnostics.push_back(text::diagnose(
      text::Code::value_choice, place,
      {method + " 方法要求各输入相互独立，这里有相关系数或一起抽取的权重",
       "the method " + method +
           " supposes independent inputs, but these have correlations or weights drawn together"},
      {"去掉相关系数，或改用 method = \"monte_carlo\"",
       "leave the correlations out, or use method = \"monte_carlo\""}));
  return false;
}

void Inputs::transform(std::span<const std::span<double>> columns, std::uint64_t first,
                       std::uint64_t seed) const {
  if (copula_) copula_->apply(columns);
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    inputs_[i].distribution.quantile(columns[i], columns[i]);
  const numeric::Stream stream(seed, numeric::Purpose::weights);
  std::vector<double> drawn;
  for (const WeightGroup& group : weights_) {
    drawn.resize(group.simplex.parts());
    for (std::size_t row = 0; row < columns[group.first].size(); ++row) {
      group.simplex.draw(stream, first + row, static_cast<std::uint32_t>(group.first), drawn);
      for (std::size_t k = 0; k < drawn.size(); ++k) columns[group.first + k][row] = drawn[k];
    }
  }
}

}  // namespace jixiao::sampling
