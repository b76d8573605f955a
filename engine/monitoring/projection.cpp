#include "monitoring/projection.hpp"

#include <algorithm>
#include <memory>

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

// What an indicator reaches at best: its target. Of grades the one that earns most.
project::Result at_best(const RuleSet& rules, const project::Project& project, std::size_t which) {
  const project::Indicator& indicator = project.indicators[which];
  project::Result out = indicator.result.value_or(project::Result{});
  switch (indicator.kind) {
    case Kind::number:
    case Kind::date:
      out.field = indicator.target;
      if (out.field)
        out.field->high = out.field->low, out.text = value::show(out.field->low, indicator.unit);
      return out;
    case Kind::key_points: out.key_points.assign(indicator.key_points.size(), true); return out;
    case Kind::yes_no:
    case Kind::grade:
    case Kind::phrase: break;
  }
  const Scorecard card = score(rules, handle(project));
  const auto story = std::find_if(card.indicators.begin(), card.indicators.end(),
                                  [&](const auto& s) { return s.id == indicator.id; });
  const std::size_t method =
      story == card.indicators.end() ? ruleset::none : rules.model().find_method(story->method);
  if (method == ruleset::none) return out;
  double most = -1;
  for (const auto& state : rules.model().methods[method].states) {
    project::Project tried = project;
    project::Result result = out;
    result.text = state.id;
    tried.indicators[which].result = result;
    const Scorecard with = score(rules, handle(std::move(tried)));
    const double points =
        with.indicators[static_cast<std::size_t>(story - card.indicators.begin())].points;
    if (points > most) most = points, out.text = state.id;
  }
  return out;
}

// Not what is for information only, nor the one of two alternatives that was not chosen.
bool counts(const Scorecard& card, const project::Indicator& indicator) {
  const auto story = std::find_if(card.indicators.begin(), card.indicators.end(),
                                  [&](const auto& s) { return s.id == indicator.id; });
  return story != card.indicators.end() && story->state != "informational" &&
         story->state != "not_applicable";
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
  for (std::size_t i = 0; i < best.indicators.size(); ++i) {
    const Standing& standing = outlook.indicators[i];
    if (standing.not_applicable || standing.year_end || !counts(out.low, best.indicators[i]))
      continue;
    projection.unknown.push_back(best.indicators[i].id);
    best.indicators[i].result = at_best(rules, outlook.projected, i);
  }
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
