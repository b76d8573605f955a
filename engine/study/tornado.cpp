#include <algorithm>
#include <cmath>

#include "study/answers.hpp"

namespace jixiao::study {
namespace {

constexpr std::size_t places_in_a_range = 129;
constexpr std::size_t most_steps_of_a_range = 4096;

// Every step of a short range; of a long one, and a continuous one, places evenly over it. Both
// ends are among them.
std::vector<double> places_over(const Range& range) {
  const double steps = range.step > 0 ? (range.high - range.low) / range.step : 0;
  std::vector<double> out =
      places_of(steps >= 1 && steps <= static_cast<double>(most_steps_of_a_range)
                    ? range
                    : Range{range.low, range.high, 0, true},
                places_in_a_range, most_steps_of_a_range + 1);
  if (out.back() != range.high) out.push_back(range.high);
  return out;
}

}  // namespace

Tornado tornado(const Question& question) {
  Tornado out;
  for (std::size_t i = 0; i < question.inputs.size(); ++i) {
    const auto places = places_over(question.inputs[i].range);
    const auto outputs = outputs_along(question, i, places);
    TornadoBar bar;
    bar.input = i;
    bar.low = point_at(question, i, places.front(), outputs, 0);
    bar.high = point_at(question, i, places.back(), outputs, places.size() - 1);
    bar.lowest = bar.highest = std::nan("");
    for (const double y : outputs.front()) {
      if (std::isnan(y)) continue;
      bar.lowest = std::isnan(bar.lowest) ? y : std::min(bar.lowest, y);
      bar.highest = std::isnan(bar.highest) ? y : std::max(bar.highest, y);
    }
    for (std::size_t c = 0; c < question.constraints.size(); ++c) {
      const auto& kept = outputs[question.constraint_outputs[c]];
      // What cannot be computed is not known to be kept.
      if (std::any_of(kept.begin(), kept.end(), [](double holds) { return holds != 1.0; }))
        bar.violated.push_back(question.constraints[c].name.substr(12));
    }
    out.bars.push_back(std::move(bar));
  }
  const auto width = [](const TornadoBar& bar) {
    return std::isnan(bar.lowest) ? -1.0 : bar.highest - bar.lowest;
  };
  std::stable_sort(out.bars.begin(), out.bars.end(),
                   [&](const auto& a, const auto& b) { return width(a) > width(b); });
  return out;
}

}  // namespace jixiao::study
