#include <algorithm>
#include <cmath>

#include "study/answers.hpp"
#include "study/conditions.hpp"
#include "study/messages.hpp"
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
std::vector<double> places_along(const AskedInput& input, text::Findings findings) {
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
  findings.report(input.name_place, message::grid_thinned(input.facts.name, all, some, each, step));
  return out;
}

}  // namespace

std::optional<InputGrid> input_grid(const Question& question, text::Findings findings) {
  InputGrid grid;
  grid.xs = places_along(question.inputs[0], findings);
  if (question.inputs.size() > 1) grid.y = 1;
  grid.ys = grid.y ? places_along(question.inputs[1], findings) : std::vector<double>{0};
  if (grid.xs.size() > most_places / grid.ys.size()) {
    findings.report(question.inputs.back().place, message::grid_too_large());
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
      findings.report(whole(question.study->where.front()), message::no_place_kept());
      return std::nullopt;
    }
  }
  return grid;
}

}  // namespace jixiao::study
