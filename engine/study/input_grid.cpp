#include <algorithm>
#include <cmath>

#include "study/answers.hpp"
#include "study/conditions.hpp"
#include "text/diagnostics.hpp"
#include "value/field.hpp"

namespace jixiao::study {
namespace {

constexpr std::size_t continuous_places = 21;
constexpr std::size_t most_places = 1'000'000;
constexpr double steps_shown = 60;

// The step of the study; an input's own where that makes a picture, else so many of them that it
// does.
std::vector<double> places_along(const AskedInput& input) {
  Range range = input.range;
  const double steps = range.step > 0 ? (range.high - range.low) / range.step : 0;
  const bool own = range.step == input.facts.step;
  if (own && steps > steps_shown) range.step *= std::ceil(steps / (continuous_places - 1));
  return places_of(range, continuous_places, most_places + 1);
}

}  // namespace

std::optional<InputGrid> input_grid(const Question& question,
                                    std::vector<Diagnostic>& diagnostics) {
  InputGrid grid;
  grid.xs = places_along(question.inputs[0]);
  if (question.inputs.size() > 1) grid.y = 1;
  grid.ys = grid.y ? places_along(question.inputs[1]) : std::vector<double>{0};
  if (grid.xs.size() > most_places / grid.ys.size()) {
    diagnostics.push_back(
        text::diagnose(text::Code::value_number, question.inputs.back().place,
                       {"网格超过一百万个点", "the grid has more than a million places"},
                       {"把 step 放大", "take larger steps"}));
    return std::nullopt;
  }
  for (const double x : grid.xs)
    grid.xs_shown.push_back(value::show(x, question.inputs[0].facts.unit));
  if (grid.y) {
    for (const double y : grid.ys)
      grid.ys_shown.push_back(value::show(y, question.inputs[1].facts.unit));
  }
  std::vector<std::vector<double>> columns(grid.y ? 2 : 1);
  for (const double y : grid.ys) {
    for (const double x : grid.xs) {
      columns[0].push_back(x);
      if (grid.y) columns[1].push_back(y);
    }
  }
  const auto outputs = outputs_at(question, columns);
  grid.values = outputs.front();
  const std::size_t count = grid.values.size();
  grid.violated.assign(count, 0);
  for (std::size_t k = 0; k < count; ++k) {
    grid.ratings.push_back(rating_at(question, outputs, k));
    for (const std::size_t c : question.constraint_outputs)
      grid.violated[k] |= outputs[c][k] == 1 ? 0 : 1;  // nor is what cannot be computed kept
    if (question.where) grid.violated[k] |= outputs[*question.where][k] == 1 ? 0 : 1;
  }
  if (question.where) {
    const auto& kept = outputs[*question.where];
    if (std::find(kept.begin(), kept.end(), 1.0) == kept.end()) {
      diagnostics.push_back(text::diagnose(
          Severity::error, text::Code::constraint_violated, whole(question.study->where.front()),
          {"网格里没有一个点满足 where", "no place of the grid keeps `where`"},
          {"放宽 where，或扩大范围", "loosen `where`, or widen the ranges"}));
      return std::nullopt;
    }
  }
  return grid;
}

}  // namespace jixiao::study
