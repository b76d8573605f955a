#include <algorithm>
#include <cmath>
#include <iterator>

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

namespace {

std::vector<std::string> violated_along(const Question& question,
                                        const std::vector<std::vector<double>>& outputs) {
  std::vector<std::string> out;
  for (std::size_t c = 0; c < question.constraints.size(); ++c) {
    const auto& kept = outputs[question.constraint_outputs[c]];
    // What cannot be computed is not known to be kept.
    if (std::any_of(kept.begin(), kept.end(), [](double holds) { return holds != 1.0; }))
      out.push_back(question.constraints[c].name.substr(12));
  }
  return out;
}

// A driver, an item or an amount that no result follows: why an output of the score stays where it
// is.
void say_why_not(const Question& question, TornadoBar& bar) {
  const std::string& name = question.inputs[bar.input].facts.name;
  const bool made = name.starts_with("drivers.") || name.starts_with("items.") ||
                    name == "money.initial" || name == "money.adjusted";
  if (question.of_project == nullptr || !made || bar.lowest != bar.highest) return;
  bar.moves = question.of_project->followers(bar.input);
  bar.followed = std::any_of(bar.moves.begin(), bar.moves.end(),
                             [](const std::string& own) { return own.starts_with("results."); });
  if (bar.followed) bar.moves.clear();
}

}  // namespace

Tornado tornado(const Question& question) {
  const std::size_t count = question.outputs.size();
  std::vector<std::vector<TornadoBar>> all(count);
  for (std::size_t i = 0; i < question.inputs.size(); ++i) {
    const auto places = places_over(question.inputs[i].range);
    const auto outputs = outputs_along(question, i, places);
    const auto violated = violated_along(question, outputs);
    for (std::size_t o = 0; o < count; ++o) {
      TornadoBar bar;
      bar.input = i;
      bar.low = point_at(question, i, places.front(), outputs, 0, o);
      bar.high = point_at(question, i, places.back(), outputs, places.size() - 1, o);
      bar.lowest = bar.highest = std::nan("");
      for (const double y : outputs[o]) {
        if (std::isnan(y)) continue;
        bar.lowest = std::isnan(bar.lowest) ? y : std::min(bar.lowest, y);
        bar.highest = std::isnan(bar.highest) ? y : std::max(bar.highest, y);
      }
      bar.violated = violated;
      say_why_not(question, bar);
      all[o].push_back(std::move(bar));
    }
  }
  const auto width = [](const TornadoBar& bar) {
    return std::isnan(bar.lowest) ? -1.0 : bar.highest - bar.lowest;
  };
  for (auto& bars : all)
    std::stable_sort(bars.begin(), bars.end(),
                     [&](const auto& a, const auto& b) { return width(a) > width(b); });
  Tornado out;
  out.bars = std::move(all.front());
  out.further.assign(std::make_move_iterator(all.begin() + 1), std::make_move_iterator(all.end()));
  return out;
}

}  // namespace jixiao::study
