// Monitoring: results of a part of the year under lights, what they are likely to become, and the
// score that would make.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/project.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/scorecard.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

namespace monitoring {
struct Rules;
}

// Lights, forecasts and warnings as somebody wrote them down: a cheap handle on shared const data.
class MonitoringRules {
 public:
  explicit MonitoringRules(std::shared_ptr<const monitoring::Rules> model)
      : model_(std::move(model)) {}
  // for the engine's own rooms
  [[nodiscard]] const monitoring::Rules& model() const { return *model_; }

 private:
  std::shared_ptr<const monitoring::Rules> model_;
};

// By id (`<folder>/<id>/monitoring.toml` of the library) or by the path of the file. Errors: every
// mistake in it and in what it extends.
JIXIAO_EXPORT Checked<MonitoringRules> read_monitoring(const std::string& id_or_path,
                                                       const RuleLibrary& library);
// The monitoring rules the results ask for; "monitoring-software-2" when they name none. A path is
// relative to the results.
JIXIAO_EXPORT std::string monitoring_wanted(const Project& project);

// A light, in words and signs: none of it needs colour.
struct Signal {
  std::string id;          // "red"
  Text label;              // "红灯" / "red"
  std::string mark;        // "✗"
  bool attention = false;  // somebody should look: behind, or nothing known
};

// A light that was looked at, and why it shows what it shows.
struct LightStory {
  std::string light;  // id of the rule; empty: none of the rules fits
  Text title;
  Signal signal;
  std::optional<double> value;  // what its formula came to, rounded as it is compared
  std::string value_shown;      // "77.14%"
  std::string formula;          // "100*A/(T/12*m)"
  std::string substituted;      // "100*90/(200/12*7)"
  std::string condition;        // of the case that decided; empty: the last one
  std::string condition_substituted;
  std::vector<Cited> cite;
};

struct WatchedIndicator {
  std::string id;
  Text name;
  std::string target;  // "≥200人"
  std::string actual;  // so far; empty without a result
  std::string pace;    // cumulative | level | deadline
  bool not_applicable = false;
  LightStory light;
  std::optional<double> forecast;  // of a number or a day, in base units
  std::string forecast_shown;      // empty: nothing can be said
  std::string forecast_by;         // id of the rule; "estimate": the unit's own; empty: none
  Text forecast_title;
  std::string forecast_substituted;
  std::vector<Cited> forecast_cite;
  std::string to_go;       // of a count: what is still missing; empty otherwise
  std::string each_month;  // the same per remaining month
  double weight = 0;
  double points = 0;   // as projected
  bool known = false;  // whether `points` rest on a forecast; false: counted as nothing
  std::string given_reason;
  std::string remedy;
  std::string file;
  std::size_t line = 0;
};

struct RaisedWarning {
  std::string id;
  std::string indicator;  // id; empty: the project as a whole
  Text subject;           // the indicator's name, or the project's
  Text message;
  std::vector<Cited> cite;
};

// What the year would come to. `low` counts what nothing is known of as nothing, `high` as reached
// in full; they are one when all is known.
struct Projection {
  bool scored = false;
  double low = 0, high = 0;
  int digits = 2;
  double scale = 100;
  std::string rating;  // of `low`: band id; empty without ratings
  Text rating_label;
  std::string rating_high;
  Text rating_high_label;
  std::vector<std::string> unknown;  // ids of indicators without a forecast, "execution" for the
                                     // money
};

struct MonitorReport {
  Text project;
  std::string project_file;
  std::string results_file;
  int year = 0;
  std::string unit;
  bool illustrative = false;
  Text results_note;
  std::string engine;
  std::string inputs_sha256;
  RulesStory rules;       // that score
  RulesStory monitoring;  // that light
  int month = 0;
  std::string cut_off;  // "2020-07-31"

  std::optional<double> adjusted, executed, executed_forecast;  // yuan
  std::string executed_forecast_by;                             // as for an indicator
  Text executed_forecast_title;
  std::vector<Signal> signals;  // all there are, the most urgent first
  std::vector<LightStory> money;
  LightStory goal;                // the worst of the indicators' lights; `light` is empty
  std::vector<LightStory> whole;  // lights of the project as a whole
  std::vector<WatchedIndicator> indicators;
  std::vector<RaisedWarning> warnings;
  Projection projection;
};

struct MonitorOptions {
  int month = 0;  // 1..12: to its last day; 0: as the results say
};

// Errors: no results, no month, a result dated after the cut-off, answers nobody asked for, a rule
// set that does not fit.
JIXIAO_EXPORT Checked<MonitorReport> monitor(const RuleSet& rules, const Project& project,
                                             const MonitoringRules& monitoring,
                                             const MonitorOptions& options = {});

}  // namespace jixiao
