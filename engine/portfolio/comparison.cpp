#include "portfolio/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "portfolio/names.hpp"
#include "portfolio/running_sum.hpp"
#include "portfolio/top_k.hpp"

namespace jixiao::portfolio {
namespace {

using ruleset::RuleSet;
using Moved = RulesComparison::Moved;
using Cause = RulesComparison::Cause;

constexpr std::size_t most_causes = 10'000;

double unit_of(const value::Rounding& rounding) { return std::pow(10.0, -rounding.digits); }

// Points before they were rounded, held to the weight where they were held.
double exact_points(const RuleSet& rules, double points, double unrounded, double weight) {
  if (!rules.indicator_rounding) return points;
  const double held = std::clamp(unrounded, 0.0, std::max(weight, 0.0));
  const double exact = std::abs(points - unrounded) <= std::abs(points - held) ? unrounded : held;
  // Farther away than rounding goes: a full mark for what does not apply, a zero for what is
  // missing.
  return std::abs(points - exact) <= unit_of(*rules.indicator_rounding) ? exact : points;
}

double rounded(const RuleSet& rules, double total) {
  return rules.decided_rounding()(total, value::summed);
}

double block_rounding_reach(const RuleSet& rules) {
  return rules.block_rounding
             ? unit_of(*rules.block_rounding) * static_cast<double>(rules.blocks.size())
             : 0;
}

// The change of weight, at the share of the weight that was reached.
double weight_part(const IndicatorUnderBoth& indicator_under_both, double exact_a, double exact_b) {
  if (indicator_under_both.method_a.empty() || indicator_under_both.method_b.empty()) return 0;
  const double change = indicator_under_both.weight_b - indicator_under_both.weight_a;
  if (indicator_under_both.weight_a > 0) return change * exact_a / indicator_under_both.weight_a;
  return indicator_under_both.weight_b > 0 ? change * exact_b / indicator_under_both.weight_b : 0;
}

std::size_t index_of(std::uint32_t band, const RuleSet& rules) {
  return band < rules.bands.size() ? band : ruleset::none;
}
std::string id_of(const RuleSet& rules, std::size_t band) {
  return band < rules.bands.size() ? rules.bands[band].id : std::string();
}

std::size_t band_by_id(const RuleSet& rules, const std::string& id) {
  const auto found = std::find_if(rules.bands.begin(), rules.bands.end(),
                                  [&](const ruleset::Band& band) { return band.id == id; });
  return found == rules.bands.end() ? ruleset::none
                                    : static_cast<std::size_t>(found - rules.bands.begin());
}

std::string words_of(const Cause& cause) {
  return cause.what + '\n' + cause.indicator + '\n' + cause.method_a + '\n' + cause.method_b;
}

int decimals(const RuleSet& rules) {
  return rules.total_rounding ? rules.total_rounding->digits : 4;
}

std::vector<BandCount> counted(const RuleSet& rules, const std::vector<std::size_t>& counts,
                               std::size_t scored) {
  std::vector<BandCount> out;
  for (std::size_t b = 0; b < counts.size(); ++b) {
    const ruleset::Band& band = rules.bands[b];
    const double share = scored > 0
                             ? 100 * static_cast<double>(counts[b]) / static_cast<double>(scored)
                             : std::nan("");
    out.push_back({band.id, band.label, counts[b], share,
                   band.only_veto ? std::nan("") : band.range.low,
                   band.only_veto ? std::nan("") : band.range.high});
  }
  return out;
}

}  // namespace

struct Comparer::State {
  const RuleSet* a;
  const RuleSet* b;
  std::string input;
  std::size_t projects = 0, scored_both = 0, only_a = 0, only_b = 0, changed = 0;
  std::vector<std::size_t> bands_a, bands_b;
  std::vector<std::vector<std::size_t>> moved;
  RunningSum sum_a, sum_b;
  ByName<Cause> causes;  // by all their words
  TopK<Moved> largest;

  void count(const Cause& cause) {
    auto found = causes.find(words_of(cause));
    if (found == causes.end()) {
      const Cause named = causes.size() < most_causes ? cause : Cause{cause.what, "", "", "", 0};
      found = causes.try_emplace(words_of(named), named).first;
    }
    ++found->second.projects;
  }
};

Comparer::Comparer(const RuleSet& a, const RuleSet& b, std::string input, std::size_t listed)
    : state_(std::make_unique<State>(
          State{&a,
                &b,
                std::move(input),
                0,
                0,
                0,
                0,
                0,
                std::vector<std::size_t>(a.bands.size()),
                std::vector<std::size_t>(b.bands.size()),
                std::vector<std::vector<std::size_t>>(a.bands.size(),
                                                      std::vector<std::size_t>(b.bands.size())),
                {},
                {},
                {},
                TopK<Moved>(listed)})) {}
Comparer::~Comparer() = default;
Comparer::Comparer(Comparer&&) noexcept = default;

std::vector<Part> Comparer::parts(const ProjectUnderBoth& project) const {
  const RuleSet& a = *state_->a;
  const RuleSet& b = *state_->b;
  std::vector<Part> out;
  out.reserve(2 * project.indicators.size() + 3);
  double rounding = 0, points = 0;
  for (const IndicatorUnderBoth& indicator_under_both : project.indicators) {
    const double exact_a = exact_points(a, indicator_under_both.points_a,
                                        indicator_under_both.unrounded_a,
                                        indicator_under_both.weight_a);
    const double exact_b = exact_points(b, indicator_under_both.points_b,
                                        indicator_under_both.unrounded_b,
                                        indicator_under_both.weight_b);
    const double weight = weight_part(indicator_under_both, exact_a, exact_b);
    const double method = exact_b - exact_a - weight;
    if (weight != 0) out.push_back({"weights", indicator_under_both.indicator, {}, {}, weight});
    if (method != 0)
      out.push_back({"method", indicator_under_both.indicator, indicator_under_both.method_a,
                     indicator_under_both.method_b, method});
    rounding += (indicator_under_both.points_b - exact_b) -
                (indicator_under_both.points_a - exact_a);
    points += indicator_under_both.points_b - indicator_under_both.points_a;
  }
  const double rounded_a = rounded(a, project.base_a);
  const double rounded_b = rounded(b, project.base_b);
  rounding += (rounded_b - project.base_b) - (rounded_a - project.base_a);
  double combination = (project.base_b - project.base_a) - points;
  if (std::abs(combination) <= block_rounding_reach(a) + block_rounding_reach(b)) {
    rounding += combination;
    combination = 0;
  }
  const double adjustments = (project.total_b - rounded_b) - (project.total_a - rounded_a);
  if (combination != 0) out.push_back({"combination", {}, {}, {}, combination});
  if (rounding != 0) out.push_back({"rounding", {}, {}, {}, rounding});
  if (adjustments != 0) out.push_back({"adjustments", {}, {}, {}, adjustments});
  return out;
}

Moved Comparer::judge(const ProjectUnderBoth& project) const {
  const RuleSet& a = *state_->a;
  const RuleSet& b = *state_->b;
  const std::size_t band_a = index_of(project.band_a, a), band_b = index_of(project.band_b, b);
  Moved out{std::string(project.project),
            project.total_a,
            project.total_b,
            id_of(a, band_a),
            id_of(b, band_b),
            {},
            0};
  const bool scored_a = !std::isnan(project.total_a), scored_b = !std::isnan(project.total_b);
  if (!scored_a || !scored_b) {
    out.cause.what = scored_a ? "only_a" : scored_b ? "only_b" : "neither";
    return out;
  }
  const double difference = project.total_b - project.total_a;
  if (out.band_a == out.band_b && difference == 0) return out;
  const std::vector<Part> all = parts(project);
  if (out.band_a != out.band_b) {
    const std::size_t earned_a = a.band_of(project.total_a), earned_b = b.band_of(project.total_b);
    if ((earned_a != band_a) != (earned_b != band_b) || id_of(a, earned_a) == id_of(b, earned_b)) {
      out.cause.what = "adjustments";
      if (!all.empty() && all.back().what == "adjustments") out.cause_points = all.back().points;
      return out;
    }
    const std::size_t b_in_a = band_by_id(a, out.band_b);
    const bool against = b_in_a != ruleset::none &&
                         (difference > 0 ? b_in_a > earned_a : b_in_a < earned_a);
    if (a.band_of(project.total_b) == earned_a || against) {
      out.cause.what = "bands";
      return out;
    }
  }
  const Part* largest = nullptr;
  for (const Part& part : all) {
    if (part.points * difference <= 0) continue;
    if (largest == nullptr || std::abs(part.points) > std::abs(largest->points)) largest = &part;
  }
  if (largest == nullptr) return out;
  out.cause = {std::string(largest->what), std::string(largest->indicator),
               std::string(largest->method_a), std::string(largest->method_b), 0};
  out.cause_points = largest->points;
  return out;
}

void Comparer::add(const ProjectUnderBoth& project, const Moved& judged) {
  State& state = *state_;
  ++state.projects;
  const bool scored_a = !std::isnan(project.total_a), scored_b = !std::isnan(project.total_b);
  if (scored_a && !scored_b) ++state.only_a;
  if (scored_b && !scored_a) ++state.only_b;
  if (!scored_a || !scored_b) return;
  ++state.scored_both;
  state.sum_a.add(project.total_a);
  state.sum_b.add(project.total_b);
  const std::size_t band_a = index_of(project.band_a, *state.a),
                    band_b = index_of(project.band_b, *state.b);
  if (band_a != ruleset::none) ++state.bands_a[band_a];
  if (band_b != ruleset::none) ++state.bands_b[band_b];
  if (band_a != ruleset::none && band_b != ruleset::none) ++state.moved[band_a][band_b];
  if (judged.band_a == judged.band_b) return;
  ++state.changed;
  state.count(judged.cause);
  const double distance =
      value::Rounding{9, value::RoundingMode::half_up}(std::abs(project.total_b - project.total_a));
  if (state.largest.takes(distance)) state.largest.add(distance, judged);
}

RulesComparison Comparer::comparison() const {
  const State& state = *state_;
  RulesComparison out;
  out.rules_a = state.a->id;
  out.rules_b = state.b->id;
  out.title_a = state.a->title;
  out.title_b = state.b->title;
  out.input = state.input;
  out.digits = std::max(decimals(*state.a), decimals(*state.b));
  out.projects = state.projects;
  out.scored_both = state.scored_both;
  out.only_a = state.only_a;
  out.only_b = state.only_b;
  out.neither = state.projects - state.scored_both - state.only_a - state.only_b;
  out.changed = state.changed;
  out.bands_a = counted(*state.a, state.bands_a, state.scored_both);
  out.bands_b = counted(*state.b, state.bands_b, state.scored_both);
  out.moved = state.moved;
  const auto scored = static_cast<double>(state.scored_both);
  out.mean_a = state.scored_both > 0 ? state.sum_a.value() / scored : std::nan("");
  out.mean_b = state.scored_both > 0 ? state.sum_b.value() / scored : std::nan("");
  for (const auto& [words, cause] : state.causes) out.causes.push_back(cause);
  std::sort(out.causes.begin(), out.causes.end(), [](const Cause& x, const Cause& y) {
    if (x.projects != y.projects) return x.projects > y.projects;
    return std::tie(x.what, x.indicator, x.method_a, x.method_b) <
           std::tie(y.what, y.indicator, y.method_a, y.method_b);
  });
  out.projects_moved = state.largest.sorted();
  return out;
}

}  // namespace jixiao::portfolio
