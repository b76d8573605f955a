#include <algorithm>
#include <cmath>

#include "study/answers.hpp"
#include "study/conditions.hpp"
#include "text/diagnostics.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::study {
namespace {

constexpr std::size_t continuous_places = 21;
constexpr std::size_t most_places = 1'000'000;
constexpr double steps_shown = 60;

// The step the study states; an input's own where that makes a picture, else so many of them that
// it does, which is said.
std::vector<double> places_along(const AskedInput& input, std::vector<Diagnostic>& diagnostics) {
  Range range = input.range;
  const double steps = range.step > 0 ? (range.high - range.low) / range.step : 0;
  if (range.step_stated || steps <= steps_shown)
    return places_of(range, continuous_places, most_places + 1);
  const double stride = std::ceil(steps / (continuous_places - 1));
  range.step *= stride;
  auto out = places_of(range, continuous_places, most_places + 1);
  const std::string all = value::plain(std::floor(steps + 1e-9) + 1, 0, true),
                    some = std::to_string(out.size());
  const std::string each = value::plain(stride, 0), step = value::plain(input.range.step, 9);
  diagnostics.push_back(text::diagnose(
      Severity::note, text::Code::value_number, input.name_place,
      {"'" + input.facts.name + "' 共 " + all + " 处，网格只算其中 " + some + " 处（每 " + each +
           " 步一处）",
       "'" + input.facts.name + "' has " + all + " places; the grid looks at " + some +
           " of them, every " + each + " steps"},
      {"要逐步计算就写出步长：step = " + step + "，命令行上 低..高/" + step,
       "write the step to see them all: step = " + step + ", in a call LOW..HIGH/" + step}));
  return out;
}

}  // namespace

std::optional<InputGrid> input_grid(const Question& question,
                                    std::vector<Diagnostic>& diagnostics) {
  InputGrid grid;
  grid.xs = places_along(question.inputs[0], diagnostics);
  if (question.inputs.size() > 1) grid.y = 1;
  grid.ys = grid.y ? places_along(question.inputs[1], diagnostics) : std::vector<double>{0};
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
  for (std::size_t o = 1; o < question.outputs.size(); ++o) grid.further.push_back(outputs[o]);
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
