#include "monitoring/projection.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "jixiao/score.hpp"

namespace jixiao::monitoring {

using value::Kind;

namespace {

// The same rules, but what is missing is nothing instead of an error.
RuleSet without_gifts(const RuleSet& rules) {
  auto model = std::make_shared<ruleset::RuleSet>(rules.model());
  model->missing = ruleset::MissingPolicy::zero;
  return RuleSet(std::move(model));
}

Project handle(project::Project project) {
  project.mid_year = {};  // it is a whole year now
  return Project(std::make_shared<const project::Project>(std::move(project)));
}

// What an indicator may come to when it goes well: its target, of a range both ends; every state of
// a method that has states.
std::vector<project::Result> candidates(const RuleSet& rules, const project::Indicator& indicator,
                                        const std::string& method) {
  const project::Result base = indicator.result.value_or(project::Result{});
  std::vector<project::Result> out;
  if (indicator.kind == Kind::key_points) {
    out.push_back(base);
    out.back().key_points.assign(indicator.key_points.size(), true);
    return out;
  }
  const auto reach = [&](double value) {
    project::Result result = base;
    result.field = indicator.target;
    result.field->low = result.field->high = value;
    const bool measured = indicator.kind == Kind::number || indicator.kind == Kind::date;
    result.text = measured ? value::show(value, indicator.unit) : indicator.target_text;
    out.push_back(std::move(result));
  };
  if (indicator.target && indicator.kind != Kind::grade && indicator.kind != Kind::phrase) {
    reach(indicator.target->low);
    if (indicator.target->high != indicator.target->low) reach(indicator.target->high);
  }
  const std::size_t named = rules.model().find_method(method);
  if (named == ruleset::none || indicator.kind == Kind::number || indicator.kind == Kind::date)
    return out;
  for (const auto& state : rules.model().methods[named].states) {
    project::Result result = base;
    result.text = state.id;
    out.push_back(std::move(result));
  }
  return out;
}

using Places = std::unordered_map<std::string, std::size_t>;  // of indicators on a scorecard

Places places_of(const Scorecard& card) {
  Places out;
  for (std::size_t s = 0; s < card.indicators.size(); ++s) out.emplace(card.indicators[s].id, s);
  return out;
}

const IndicatorStory* story_on(const Scorecard& card, const Places& places,
                               const project::Indicator& indicator) {
  const auto found = places.find(indicator.id);
  return found == places.end() ? nullptr : &card.indicators[found->second];
}

// Gives each of `unknown` (indices of indicators) the candidate that earns it most. They are tried
// together, one of each at a time.
void reach_the_best(const RuleSet& rules, project::Project& project,
                    const std::vector<std::size_t>& unknown, const Scorecard& low,
                    const Places& places) {
  std::vector<std::vector<project::Result>> all;
  std::vector<std::size_t> best(unknown.size(), 0);
  std::vector<double> most(unknown.size(), -1);
  std::size_t rounds = 0;
  for (const std::size_t i : unknown) {
    all.push_back(candidates(rules, project.indicators[i],
                             story_on(low, places, project.indicators[i])->method));
    if (all.back().size() > 1) rounds = std::max(rounds, all.back().size());
  }
  for (std::size_t round = 0; round < rounds; ++round) {
    project::Project tried = project;
    for (std::size_t u = 0; u < unknown.size(); ++u) {
      if (round < all[u].size()) tried.indicators[unknown[u]].result = all[u][round];
    }
    const Scorecard card = score(rules, handle(std::move(tried)));
    for (std::size_t u = 0; u < unknown.size(); ++u) {
      const IndicatorStory* const story = story_on(card, places, project.indicators[unknown[u]]);
      if (round < all[u].size() && story != nullptr && story->points > most[u])
        most[u] = story->points, best[u] = round;
    }
  }
  for (std::size_t u = 0; u < unknown.size(); ++u) {
    if (!all[u].empty()) project.indicators[unknown[u]].result = all[u][best[u]];
  }
}

// Not what is for information only, nor the one of two alternatives that was not chosen.
bool counts(const IndicatorStory* story) {
  return story != nullptr && story->state != "informational" && story->state != "not_applicable";
}

}  // namespace

Scores project_scores(const RuleSet& given, const project::Project& project,
                      const Outlook& outlook) {
  const RuleSet rules = without_gifts(given);
  Scores out;
  out.now = score(rules, handle(project));
  out.low = score(rules, handle(outlook.projected));
  Projection& projection = out.projection;
  project::Project best = outlook.projected;
  if (!outlook.money.forecast) {
    projection.unknown.emplace_back("execution");
    best.money.executed.yuan = best.money.adjusted.yuan;
  }
  const Places places = places_of(out.low);
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < best.indicators.size(); ++i) {
    const Standing& standing = outlook.indicators[i];
    if (standing.not_applicable || standing.year_end ||
        !counts(story_on(out.low, places, best.indicators[i])))
      continue;
    projection.unknown.push_back(best.indicators[i].id);
    unknown.push_back(i);
  }
  reach_the_best(rules, best, unknown, out.low, places);
  const Scorecard high = projection.unknown.empty() ? out.low
                                                    : score(rules, handle(std::move(best)));
  projection.scored = out.low.scored && high.scored;
  projection.low = out.low.total;
  projection.high = high.total;
  projection.digits = out.low.digits;
  projection.scale = out.low.scale;
  projection.rating = out.low.rating;
  projection.rating_label = out.low.rating_label;
  projection.rating_high = high.rating;
  projection.rating_high_label = high.rating_label;
  return out;
}

}  // namespace jixiao::monitoring
