#include "monitoring/outlook.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ruleset/citation.hpp"
#include "scoring/project_values.hpp"
#include "value/rounding.hpp"

namespace jixiao::monitoring {

using project::Pace;
using value::Direction;
using value::Kind;

namespace {

const double nothing = std::nan("");

bool is_measured(const project::Indicator& indicator) {
  return indicator.kind == Kind::number || indicator.kind == Kind::date;
}

// Things that come in wholes: 200人, 29个. Money and rates do not.
bool counts_wholes(const project::Indicator& indicator) {
  const auto whole = [](double x) { return x == std::floor(x); };
  const bool may = indicator.kind == Kind::number && pace_of(indicator) == Pace::cumulative &&
                   !indicator.unit.counts_money();
  return may && indicator.target && whole(indicator.target->low) && indicator.result &&
         indicator.result->field && whole(indicator.result->field->low);
}

double share_by(const std::vector<double>& season, int month) {
  if (season.empty()) return month / 12.0;
  return std::accumulate(season.begin(), season.begin() + month, 0.0) / 100;
}

// A forecast written as a result: the engine scores it like any other.
project::Result result_of(const project::Indicator& indicator, double forecast) {
  project::Result out = indicator.result.value_or(project::Result{});
  value::Field field;
  field.kind = indicator.kind;
  field.low = field.high = forecast;
  field.unit = indicator.unit;
  out.field = field;
  out.text = value::show(forecast, indicator.unit);
  return out;
}

class LookingAhead {
 public:
  LookingAhead(const Rules& rules, const project::Project& project, int month)
      : rules_(rules), project_(project), month_(month) {}

  Outlook look() {
    out_.projected = project_;
    money();
    for (std::size_t i = 0; i < project_.indicators.size(); ++i) {
      Standing standing = of(project_.indicators[i]);
      project::Indicator& indicator = out_.projected.indicators[i];
      if (!standing.not_applicable) indicator.result = standing.year_end;
      out_.indicators.push_back(std::move(standing));
    }
    return std::move(out_);
  }

 private:
  std::vector<double> shared(double season_share, double estimate) const {
    const auto yuan = [](const project::Amount& amount) {
      return amount.yuan.ok() ? amount.yuan.value : nothing;
    };
    const int next = month_ == 12 ? 1 : month_ + 1;
    const auto first_of_next =
        value::Date::from_ymd(month_ == 12 ? project_.year + 1 : project_.year, next, 1);
    const double today = first_of_next ? first_of_next->days - 1 : nothing;
    return {static_cast<double>(month_),
            today,
            season_share,
            estimate,
            yuan(project_.money.initial),
            yuan(project_.money.adjusted),
            yuan(project_.money.executed),
            static_cast<double>(project_.year)};
  }

  void add_params(std::vector<double>& values) const {
    for (const auto& param : rules_.params) values.push_back(param.value);
  }

  // The first forecast that fits, unless the unit gave its own.
  void forecast(Subject subject, const When::Indicator& about, Standing& standing) const {
    for (const Forecast& rule : rules_.forecasts) {
      if (rule.subject != subject || !rule.when.fits(about)) continue;
      standing.by = rule.id;
      standing.title = rule.title;
      standing.cite = ruleset::cited(rule.cite);
      standing.substituted = substituted(rule.value, standing.facts, nothing);
      const double x = scoring::evaluate_known(rule.value, standing.facts.values);
      if (std::isfinite(x)) standing.forecast = x;
      break;
    }
    if (!standing.forecast)
      standing.by.clear(), standing.title = {}, standing.substituted.clear(), standing.cite.clear();
  }

  void estimated(Standing& standing) const {
    standing.estimated = true;
    standing.by = "estimate";
    standing.title = {"单位预计", "the unit's estimate"};
  }

  void money() {
    Standing& standing = out_.money;
    const project::MidYear& mid_year = project_.mid_year;
    const bool has_estimate = mid_year.executed && mid_year.executed->yuan.ok();
    standing.pace = Pace::cumulative;
    standing.season = !mid_year.season.empty();
    standing.reported = project_.money.executed.yuan.ok();
    standing.facts = {Subject::money,
                      shared(share_by(mid_year.season, month_),
                             has_estimate ? mid_year.executed->yuan.value : nothing),
                      value::Unit::money()};
    add_params(standing.facts.values);
    if (has_estimate) {
      estimated(standing);
      standing.forecast = mid_year.executed->yuan.value;
    } else {
      forecast(Subject::money,
               {Pace::cumulative, Direction::at_least, Kind::number, false, standing.season, false},
               standing);
      if (standing.forecast) standing.forecast = value::Rounding{2}(*standing.forecast);
    }
    project::Amount& executed = out_.projected.money.executed;
    executed.yuan = standing.forecast ? value::Cell::of(*standing.forecast) : value::Cell::none();
  }

  Standing of(const project::Indicator& indicator) const {
    Standing standing;
    const project::Result* result = indicator.result ? &*indicator.result : nullptr;
    standing.pace = pace_of(indicator);
    standing.not_applicable = result != nullptr && result->not_applicable;
    standing.reported = result != nullptr && (!result->text.empty() || !result->key_points.empty());
    const std::vector<double> season = result != nullptr ? result->outlook.season
                                                         : std::vector<double>{};
    standing.season = !season.empty();
    const project::Estimate* estimate =
        result != nullptr && result->outlook.estimate ? &*result->outlook.estimate : nullptr;
    const double actual = standing.reported && result->field ? result->field->low : nothing;
    standing.facts = {
        Subject::indicator,
        shared(share_by(season, month_),
               estimate != nullptr && estimate->field ? estimate->field->low : nothing),
        indicator.unit};
    const bool measured = is_measured(indicator) && indicator.target.has_value();
    standing.facts.values.insert(
        standing.facts.values.end(),
        {measured ? actual : nothing, measured ? indicator.target->low : nothing,
         measured ? indicator.target->high : nothing, standing.reported ? 1.0 : 0.0, nothing});
    add_params(standing.facts.values);
    if (!standing.not_applicable) expect(indicator, estimate, standing);
    return standing;
  }

  void expect(const project::Indicator& indicator, const project::Estimate* estimate,
              Standing& standing) const {
    if (estimate != nullptr) {
      estimated(standing);
      project::Result expected = *indicator.result;
      expected.field = estimate->field;
      expected.text = estimate->text;
      expected.key_points = estimate->key_points;
      if (is_measured(indicator) && estimate->field) standing.forecast = estimate->field->low;
      standing.year_end = std::move(expected);
      return;
    }
    if (!standing.reported) return;
    if (!is_measured(indicator)) {  // words and answers stay what they are
      standing.by = "as-is";
      standing.title = {"按现状", "stays as it is"};
      standing.year_end = indicator.result;
      return;
    }
    forecast(Subject::indicator, about(indicator, standing), standing);
    if (!standing.forecast) return;
    // Half a person is none trained, but one too many.
    const bool less_is_better = indicator.direction == Direction::at_most ||
                                indicator.direction == Direction::less_than;
    const value::Rounding to_whole{
        0, less_is_better ? value::RoundingMode::up : value::RoundingMode::down};
    standing.forecast = counts_wholes(indicator) ? to_whole(*standing.forecast)
                                                 : value::Rounding{4}(*standing.forecast);
    standing.year_end = result_of(indicator, *standing.forecast);
  }

  const Rules& rules_;
  const project::Project& project_;
  int month_;
  Outlook out_;
};

}  // namespace

Pace pace_of(const project::Indicator& indicator) {
  if (indicator.kind == Kind::date) return Pace::deadline;
  if (indicator.result && indicator.result->outlook.pace) return *indicator.result->outlook.pace;
  if (indicator.kind != Kind::number || indicator.unit.is_percent()) return Pace::level;
  return indicator.unit.base().text().find('/') != std::string::npos ? Pace::level
                                                                     : Pace::cumulative;
}

When::Indicator about(const project::Indicator& indicator, const Standing& standing) {
  const bool zero = indicator.target && indicator.target->low == 0 && indicator.target->high == 0;
  return {standing.pace, indicator.direction, indicator.kind,
          zero,          standing.season,     standing.estimated};
}

Outlook look_ahead(const Rules& rules, const project::Project& project, int month) {
  return LookingAhead(rules, project, month).look();
}

}  // namespace jixiao::monitoring
