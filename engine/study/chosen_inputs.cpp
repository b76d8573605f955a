#include "study/chosen_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "numeric/normal.hpp"
#include "study/messages.hpp"
#include "text/diagnostics.hpp"
#include "value/edge.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::study {

using scenario::InputFacts;

namespace {

constexpr std::size_t most_steps_drawn = 1'000'000;
constexpr double days_either_way = 30;

// A tenth either way, no further than the number may go, in whole steps.
std::optional<Range> tenth_either_way(const InputFacts& facts) {
  const double n = facts.nominal, part = facts.is_date ? days_either_way : std::abs(n) / 10;
  if (!std::isfinite(n) || part == 0) return std::nullopt;
  double below = part, above = part;
  if (facts.step > 0) {
    below = std::max(value::floor_of(part / facts.step), 1.0) * facts.step;
    above = below;
  }
  Range range{decimal(std::max(n - below, facts.lowest)), decimal(n + above), facts.step, false};
  if (facts.unit.is_percent() && n <= 100) range.high = std::min(range.high, 100.0);
  return range.low < range.high ? std::optional(range) : std::nullopt;
}

std::optional<Range> declared_range(const InputFacts& facts) {
  if (facts.low && *facts.low < *facts.high)
    return Range{*facts.low, *facts.high, facts.step, true};
  return tenth_either_way(facts);
}

std::string shown(double x, const InputFacts& facts) { return value::show(x, facts.unit); }

// The law in the words of a command line; dates as dates.
std::string shown_law(const WrittenLaw& law, const std::vector<double>& numbers,
                      const InputFacts& facts, const Range& cut) {
  if (law.word == "empirical" || numbers.size() > 6)
    return law.word + "(n = " + std::to_string(numbers.size()) + ")";
  std::string text;
  const auto add = [&](double x, bool distance) {
    text += (text.empty() ? "" : ", ") +
            (facts.is_date && !distance ? shown(x, facts) : value::plain(x, 9));
  };
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    add(numbers[i], law.word == "normal" && i == 1);
    if (law.word == "discrete") text += ":" + value::plain(law.weights[i], 9);
  }
  const std::string whole = law.word + "(" + text + ")";
  const auto end = [&](double x) { return facts.is_date ? shown(x, facts) : value::plain(x, 9); };
  if (std::isfinite(cut.low) && std::isfinite(cut.high))
    return whole + " in " + end(cut.low) + ".." + end(cut.high);
  if (std::isfinite(cut.low)) return whole + " ≥ " + end(cut.low);
  return std::isfinite(cut.high) ? whole + " ≤ " + end(cut.high) : whole;
}

class Choosing {
 public:
  Choosing(const Study& study, const std::vector<InputFacts>& all, const ReadWritten& read,
           text::Findings findings)
      : study_(study), all_(all), read_(read), findings_(findings) {
    for (const InputFacts& facts : all_) {
      places_.emplace(facts.name, known_.size());
      known_.push_back(facts.name);
    }
  }

  ChosenInputs choose() {
    for (const StudyInput& input : study_.inputs) {
      if (input.name == "*" || input.name.ends_with(".*")) {
        choose_all(input);
      } else {
        choose_one(input);
      }
    }
    const bool none =
        std::all_of(study_.inputs.begin(), study_.inputs.end(), [this](const StudyInput& input) {
          const bool constant = input.law && input.law->word == "constant" && !draws(study_.kind);
          return constant || (input.value && !input.law && !input.low);
        });
    if (none && study_.weights.empty() && study_.formulas.empty()) choose_default();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool chosen(const std::string& name) const {
    return varied_.count(name) > 0 ||
           std::any_of(out_.held.begin(), out_.held.end(),
                       [&](const auto& own) { return own.first.name == name; });
  }

  // Named with something said of it elsewhere in the study: that counts.
  [[nodiscard]] bool said_elsewhere(const StudyInput& input, const std::string& name) const {
    return std::any_of(study_.inputs.begin(), study_.inputs.end(), [&](const StudyInput& other) {
      return &other != &input && other.name == name && (other.law || other.low || other.value);
    });
  }

  void choose_default() {
    StudyInput everything;
    everything.name = "*";
    everything.name_place = everything.place = study_.kind_place;
    choose_all(everything);
    if (out_.varied.empty()) findings_.report(study_.kind_place, message::nothing_declared());
  }

  // Every movable input a pattern means. Of studies that draw, all but screening, those with a
  // declared range.
  void choose_all(const StudyInput& pattern) {
    const std::string prefix = pattern.name.substr(0, pattern.name.size() - 1);
    const bool need_declared = draws(study_.kind) && study_.kind != Kind::morris;
    bool any = false;
    for (const InputFacts& facts : all_) {
      if (!facts.name.starts_with(prefix)) continue;
      any = true;
      const auto range = declared_range(facts);
      if (facts.fixed || !range || (need_declared && !range->stated) || chosen(facts.name) ||
          said_elsewhere(pattern, facts.name))
        continue;
      vary(facts, pattern, *range);
    }
    if (!any) report_unknown(pattern);
  }

  void report_unknown(const StudyInput& input) {
    findings_.report(input.name_place, message::unknown_input(input.name, known_));
  }

  void choose_one(const StudyInput& input) {
    const auto at = places_.find(input.name);
    if (at == places_.end()) return report_unknown(input);
    const InputFacts& facts = all_[at->second];
    const bool bare = !input.law && !input.low && !input.value;
    if (bare && (chosen(input.name) || said_elsewhere(input, input.name))) return;
    if (chosen(input.name)) {
      return findings_.report(input.name_place, message::named_twice(input.name));
    }
    if (facts.fixed) {
      return findings_.report(input.name_place, message::input_fixed(facts.name));
    }
    if (input.law) return follow_law(facts, input);
    if (input.low && input.high) return follow_range(facts, input);
    if (input.value) return hold(facts, input);
    const auto range = declared_range(facts);
    const bool enough = range &&
                        (range->stated || !draws(study_.kind) || study_.kind == Kind::morris);
    if (enough) return vary(facts, input, *range);
    findings_.report(input.name_place, message::range_unknown(facts.name));
  }

  void hold(const InputFacts& facts, const StudyInput& input) {
    const auto value = read_(facts, *input.value, false);
    if (!value || !may_be(facts, *value, input.value->place)) return;
    out_.held.emplace_back(facts, *value);
  }

  bool may_be(const InputFacts& facts, double value, const text::Place& place) {
    if (std::isfinite(value) && value >= facts.lowest) return true;
    findings_.report(place, message::value_impossible(facts.name, shown(value, facts),
                                                      shown(facts.lowest, facts)));
    return false;
  }

  void follow_range(const InputFacts& facts, const StudyInput& input) {
    const auto low = read_(facts, *input.low, false), high = read_(facts, *input.high, false);
    const auto step = input.step ? read_(facts, *input.step, true) : std::optional(facts.step);
    if (!low || !high || !step) return;
    if (*low >= *high) {
      const bool same = *low == *high;
      const std::string a = shown(*low, facts), b = shown(*high, facts);
      return findings_.report(input.place, same ? message::range_empty(facts.name, a)
                                                : message::range_upside_down(facts.name, a, b));
    }
    if (!may_be(facts, *low, input.low->place)) return;
    if (input.step && !(*step > 0)) {
      return findings_.report(input.step->place, message::step_not_positive());
    }
    if (facts.low && (*low < *facts.low || *high > *facts.high)) {
      const std::string range = shown(*facts.low, facts) + " – " + shown(*facts.high, facts);
      findings_.report(input.place, message::range_outside(facts.name, range));
    }
    vary(facts, input, {*low, *high, *step, true, input.step.has_value()});
  }

  // A range; of studies that draw, every value of it as likely as any other.
  void vary(const InputFacts& facts, const StudyInput& input, const Range& range) {
    AskedInput own{facts,        input.name_place,          input.place, range,
                   std::nullopt, shown_range(range, facts), false};
    if (draws(study_.kind)) {
      sampling::Law law = sampling::Uniform{range.low, range.high};
      const double steps = range.step > 0 ? (range.high - range.low) / range.step : 0;
      if (steps >= 1 && steps < static_cast<double>(most_steps_drawn)) {
        const auto values = places_of(range, 2, most_steps_drawn + 1);
        law = sampling::Discrete{values, std::vector<double>(values.size(), 1)};
      } else if (steps >= 1) {
        report_steps(facts, input, steps);
      }
      own.law = sampling::Distribution::make(law, facts.name, input.place, {facts.lowest, HUGE_VAL},
                                             findings_.all());
      if (!own.law) return;
    }
    put(std::move(own));
  }

  void report_steps(const InputFacts& facts, const StudyInput& input, double steps) {
    const std::string count = value::plain(steps, 0, true),
                      most = value::plain(static_cast<double>(most_steps_drawn), 0, true);
    findings_.report(input.place, message::too_many_steps(facts.name, count, most));
  }

  // What is a share of something is drawn above all of it: likely, but not surely, a slip.
  void doubt_share(const InputFacts& facts, const sampling::Distribution& law,
                   const text::Place& place) {
    constexpr double one_in_a_thousand = 0.999;
    const bool share = facts.unit.is_percent() && !facts.is_date && facts.nominal <= 100 &&
                       facts.name.starts_with("results.");
    if (!share || (facts.high && *facts.high > 100) || !(law.quantile(one_in_a_thousand) > 100))
      return;
    findings_.report(place, message::share_above_all(facts.name));
  }

  // Nothing when a number of it cannot be read.
  std::optional<std::vector<double>> numbers_of(const InputFacts& facts, const WrittenLaw& law) {
    std::vector<double> out;
    for (std::size_t i = 0; i < law.numbers.size(); ++i) {
      const text::Node& node = law.numbers[i];
      const bool plain = law.word == "lognormal";
      if (plain && node.kind != text::NodeKind::number && node.kind != text::NodeKind::integer) {
        findings_.report(node.place, message::lognormal_with_unit());
        return std::nullopt;
      }
      const auto number = plain ? std::optional(node.number)
                                : read_(facts, node, law.word == "normal" && i == 1);
      if (!number) return std::nullopt;
      out.push_back(*number);
    }
    return out;
  }

  void follow_law(const InputFacts& facts, const StudyInput& input) {
    const WrittenLaw& written = *input.law;
    const auto numbers = numbers_of(facts, written);
    const auto low = input.low ? read_(facts, *input.low, false) : std::optional(-HUGE_VAL);
    const auto high = input.high ? read_(facts, *input.high, false) : std::optional(HUGE_VAL);
    if (!numbers || !low || !high) return;
    const auto& n = *numbers;
    sampling::Law law;
    if (written.word == "constant" && !(draws(study_.kind) && study_.kind != Kind::morris)) {
      // nothing to vary
      if (may_be(facts, n[0], written.place)) out_.held.emplace_back(facts, n[0]);
      return;
    }
    if (written.word == "constant") law = sampling::Constant{n[0]};
    if (written.word == "uniform") law = sampling::Uniform{n[0], n[1]};
    if (written.word == "triangular") law = sampling::Triangular{n[0], n[1], n[2]};
    if (written.word == "pert") law = sampling::Pert{n[0], n[1], n[2]};
    if (written.word == "lognormal") law = sampling::Lognormal{n[0], n[1]};
    if (written.word == "discrete") law = sampling::Discrete{n, written.weights};
    if (written.word == "empirical") law = sampling::Empirical{n};
    if (written.word == "normal") {
      if (reaches_too_low(facts, n[0], n[1], *low)) return report_reach(facts, written);
      law = normal_of(facts, n[0], n[1], *low, *high);
    }
    AskedInput own{facts, input.name_place, input.place,
                   {},    std::nullopt,     shown_law(written, n, facts, {*low, *high, 0, true}),
                   false};
    own.law = sampling::Distribution::make(law, facts.name, written.place, {facts.lowest, HUGE_VAL},
                                           findings_.all());
    if (!own.law) return;
    doubt_share(facts, *own.law, written.place);
    const sampling::Support support = own.law->support();
    own.range = {std::isfinite(support.low) ? support.low : own.law->quantile(0.05),
                 std::isfinite(support.high) ? support.high : own.law->quantile(0.95), facts.step,
                 true};
    put(std::move(own));
  }

  // More of a normal law than can be overlooked lies where the number cannot be.
  static bool reaches_too_low(const InputFacts& facts, double mean, double deviation, double low) {
    constexpr double overlooked = 1e-9;
    const bool below = std::isfinite(facts.lowest) && low < facts.lowest && deviation > 0;
    return below && numeric::normal::cumulative((facts.lowest - mean) / deviation) >= overlooked;
  }

  void report_reach(const InputFacts& facts, const WrittenLaw& law) {
    findings_.report(law.place, message::law_reaches_too_low(facts.name, shown(facts.lowest, facts),
                                                             value::plain(facts.lowest, 6)));
  }

  // Cut off where its number ends.
  static sampling::Law normal_of(const InputFacts& facts, double mean, double deviation, double low,
                                 double high) {
    low = std::max(low, facts.lowest);
    if (std::isinf(low) && std::isinf(high)) return sampling::Normal{mean, deviation};
    return sampling::TruncatedNormal{mean, deviation, low, high};
  }

  const Study& study_;
  const std::vector<InputFacts>& all_;
  const ReadWritten& read_;
  text::Findings findings_;
  void put(AskedInput input) {
    varied_.insert(input.facts.name);
    out_.varied.push_back(std::move(input));
  }

  std::vector<std::string> known_;
  std::unordered_map<std::string, std::size_t> places_;  // of known_
  std::unordered_set<std::string> varied_;               // names in out_.varied
  ChosenInputs out_;
};

}  // namespace

std::string shown_range(const Range& range, const InputFacts& facts) {
  const std::string step = range.step > 0 ? "/" + value::plain(range.step, 6) : "";
  return shown(range.low, facts) + ".." + shown(range.high, facts) + step;
}

ChosenInputs choose_inputs(const Study& study, const std::vector<InputFacts>& all,
                           const ReadWritten& read, text::Findings findings) {
  return Choosing(study, all, read, findings).choose();
}

}  // namespace jixiao::study
