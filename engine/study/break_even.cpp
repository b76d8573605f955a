// Where the rating changes when one input moves alone. Stepped inputs: every step is scored.
// Continuous ones: the range is looked at in places, and the first of them beyond which something
// changed is narrowed down by looking again inside.
#include <algorithm>
#include <cmath>

#include "study/answers.hpp"
#include "value/edge.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::study {
namespace {

constexpr std::size_t most_steps_of_a_search = 200'000;
constexpr std::size_t places_searched = 4097;
constexpr std::size_t places_within = 65;
constexpr double digits_wanted = 1e-11;  // width over size: ten digits, and one to spare
constexpr double days_looked = 366;
constexpr int usual_digits = 4;  // decimals numbers are shown with
constexpr int most_digits = 9;

Range limits_of(const Question& question, const AskedInput& input) {
  if (input.range.stated) return input.range;
  const scenario::InputFacts& facts = input.facts;
  const double n = facts.nominal, size = facts.is_date ? days_looked : std::abs(n);
  Range out{std::max(n - size, facts.lowest), n + size, facts.step, false};
  if (facts.unit.is_percent() && n <= 100) out.high = std::min(out.high, 100.0);
  if (facts.name.starts_with("weights.")) out.high = question.scale;
  return out;
}

class Looking {
 public:
  Looking(const Question& question, std::size_t input)
      : question_(question), input_(input), facts_(question.inputs[input].facts) {
    const auto outputs = outputs_along(question_, input_, {facts_.nominal});
    start_ = state(outputs, 0);
  }

  BreakEven look(bool upwards) {
    const Range limits = limits_of(question_, question_.inputs[input_]);
    BreakEven out;
    out.input = input_;
    out.upwards = upwards;
    out.step = limits.step;
    const double n = facts_.nominal, end = upwards ? limits.high : limits.low;
    const bool room = upwards ? end > n : end < n;
    std::vector<double> places = room ? places_to(end, limits.step) : std::vector<double>{n};
    auto outputs = outputs_along(question_, input_, places);
    // No further than something can be computed.
    if (const std::size_t count = computable(outputs); count < places.size()) {
      places.resize(std::max<std::size_t>(count, 1));
      for (auto& column : outputs) column.resize(places.size());
    }
    out.limit = places.back();
    out.limit_shown = value::show(out.limit, facts_.unit);
    std::size_t first = first_change(outputs);
    out.found = first < places.size();
    if (!out.found) {
      out.last = point(places.back(), outputs, places.size() - 1);
      out.first = out.last;
      return out;
    }
    for (std::size_t k = first; k < places.size(); ++k)
      out.monotone = out.monotone && state(outputs, k) != start_;
    const bool exact = limits.step > 0 && places.size() > 1 &&
                       std::abs(places[1] - places[0]) <= limits.step * 1.5;
    while (!exact && narrow(places, first)) {
      outputs = outputs_along(question_, input_, places);
      first = first_change(outputs);
    }
    if (limits.step > 0 && !exact) settle_on_steps(limits.step, places, outputs, first);
    out.last = point(places[first - 1], outputs, first - 1);
    out.first = point(places[first], outputs, first);
    if (limits.step > 0 || !show_on_decimals(out)) show_apart(out);
    return out;
  }

 private:
  [[nodiscard]] StudiedPoint point(double value, const std::vector<std::vector<double>>& outputs,
                                   std::size_t at) const {
    StudiedPoint out = point_at(question_, input_, value, outputs, at);
    for (std::size_t o = 1; o < question_.outputs.size(); ++o)
      out.further.push_back(outputs[o][at]);
    return out;
  }

  // `digits` decimals, and the unit as it is shown everywhere.
  [[nodiscard]] std::string shown(double value, int digits) const {
    if (digits <= usual_digits || facts_.is_date) return value::show(value, facts_.unit);
    const bool grouped = facts_.unit.counts_money() ||
                         (std::abs(value) >= 10'000 && !facts_.unit.is_percent());
    return value::plain(value, digits, grouped) + value::show(0, facts_.unit).substr(1);
  }

  // As many decimals as tell the two sides apart.
  void show_apart(BreakEven& row) const {
    for (int digits = usual_digits; row.last.shown == row.first.shown && digits < most_digits;
         ++digits) {
      row.last.shown = shown(row.last.value, digits + 1);
      row.first.shown = shown(row.first.value, digits + 1);
    }
  }

  // Of a continuous input: the two sides as neighbours in the fewest decimals, from those numbers
  // are shown with on, that are on the sides they are shown on. False where nine are too few.
  [[nodiscard]] bool show_on_decimals(BreakEven& row) const {
    const double last = row.last.value, sign = row.first.value > last ? 1 : -1;
    for (int digits = usual_digits; digits <= most_digits; ++digits) {
      const double unit = std::pow(10.0, digits);
      const double kept = sign > 0 ? std::floor(last * unit) : std::ceil(last * unit);
      if (std::abs(kept) >= 1e15) return false;
      const std::vector<double> pair{kept / unit, (kept + sign) / unit};
      const bool between = sign * (pair[0] - facts_.nominal) >= 0 &&
                           sign * (row.limit - pair[1]) >= 0;
      if (!between) continue;
      const auto found = outputs_along(question_, input_, pair);
      const std::string a = shown(pair[0], digits), b = shown(pair[1], digits);
      if (state(found, 0) != start_ || state(found, 1) == start_ || a == b) continue;
      row.last.shown = a;
      row.first.shown = b;
      return true;
    }
    return false;
  }

  // What must not change: the rating, or on which side of the threshold the output is. -1: cannot
  // be computed.
  [[nodiscard]] double state(const std::vector<std::vector<double>>& outputs,
                             std::size_t at) const {
    const auto& threshold = question_.study->threshold;
    if (threshold)
      return std::isnan(outputs.front()[at]) ? -1 : outputs.front()[at] >= *threshold ? 1 : 0;
    const double band = question_.rating ? outputs[*question_.rating][at] : std::nan("");
    return std::isnan(band) ? -1 : band;
  }

  // How many places from the start on can be computed.
  [[nodiscard]] std::size_t computable(const std::vector<std::vector<double>>& outputs) const {
    std::size_t k = 0;
    while (k < outputs.front().size() && state(outputs, k) >= 0) ++k;
    return k;
  }

  [[nodiscard]] std::size_t first_change(const std::vector<std::vector<double>>& outputs) const {
    std::size_t k = 0;
    while (k < outputs.front().size() && state(outputs, k) == start_) ++k;
    return k;
  }

  // From where it stands to `end`: by steps, or, when those are none or too many, evenly.
  [[nodiscard]] std::vector<double> places_to(double end, double step) const {
    const double n = facts_.nominal, sign = end > n ? 1 : -1;
    const double steps = step > 0 ? value::floor_of(std::abs(end - n) / step) : 0;
    std::vector<double> out{n};
    if (steps >= 1 && steps <= static_cast<double>(most_steps_of_a_search)) {
      for (double k = 1; k <= steps; ++k) out.push_back(decimal(n + sign * k * step));
      return out;
    }
    if (step > 0 && steps < 1) return out;
    for (std::size_t k = 1; k < places_searched; ++k)
      out.push_back(n +
                    (end - n) * static_cast<double>(k) / static_cast<double>(places_searched - 1));
    out.back() = end;
    return out;
  }

  // Puts places between the last that keeps and the first that does not; false when they are as
  // close as is asked for.
  [[nodiscard]] bool narrow(std::vector<double>& places, std::size_t first) const {
    const double last = places[first - 1], changed = places[first];
    const double size = std::max(std::abs(last), std::abs(changed));
    if (std::abs(changed - last) <= digits_wanted * size) return false;
    std::vector<double> within;
    for (std::size_t k = 0; k < places_within; ++k)
      within.push_back(last + (changed - last) * static_cast<double>(k) /
                                  static_cast<double>(places_within - 1));
    within.back() = changed;
    if (within[1] == last) return false;
    places = std::move(within);
    return true;
  }

  // Of a stepped input whose steps were too many to look at one by one: the steps around the place
  // that was found.
  void settle_on_steps(double step, std::vector<double>& places,
                       std::vector<std::vector<double>>& outputs, std::size_t& first) const {
    const double n = facts_.nominal, sign = places[first] > n ? 1 : -1;
    const double kept = value::floor_of(std::abs(places[first - 1] - n) / step);
    places.clear();
    for (double k = std::max(kept - 1, 0.0); k <= kept + 2; ++k)
      places.push_back(decimal(n + sign * k * step));
    outputs = outputs_along(question_, input_, places);
    first = std::clamp<std::size_t>(first_change(outputs), 1, places.size() - 1);
  }

  const Question& question_;
  std::size_t input_;
  const scenario::InputFacts& facts_;
  double start_ = -1;
};

}  // namespace

Range looked_at(const Question& question, std::size_t input) {
  return limits_of(question, question.inputs[input]);
}

BreakEvens break_evens(const Question& question) {
  BreakEvens out;
  for (std::size_t i = 0; i < question.inputs.size(); ++i) {
    Looking looking(question, i);
    out.rows.push_back(looking.look(false));
    out.rows.push_back(looking.look(true));
  }
  return out;
}

}  // namespace jixiao::study
