#include "jixiao/monitoring.hpp"

#include <algorithm>
#include <cmath>

#include "jixiao/score.hpp"
#include "monitoring/outlook.hpp"
#include "monitoring/projection.hpp"
#include "project/heading.hpp"
#include "ruleset/citation.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/rounding.hpp"

namespace jixiao {
namespace monitoring {
namespace {

using project::Pace;
using text::Code;
using value::Kind;

const char* name(Pace pace) {
  switch (pace) {
    case Pace::cumulative: return "cumulative";
    case Pace::level: return "level";
    case Pace::deadline: return "deadline";
  }
  return "level";
}

std::optional<double> known(const project::Amount& amount) {
  return amount.yuan.ok() ? std::optional(amount.yuan.value) : std::nullopt;
}

void check_month(const project::Project& project, int month, int asked,
                 std::vector<Diagnostic>& diagnostics) {
  const project::MidYear& said = project.mid_year;
  if (!project.has_results) {
    diagnostics.push_back(text::diagnose_file(
        Code::result_missing, project.file,
        {"没有结果文件，无从监控", "there are no results to monitor"},
        {"写一份到月底为止的结果，用 --results 指定",
         "write results up to the end of a month and name them with --results"}));
  } else if (month == 0) {
    diagnostics.push_back(text::diagnose_file(
        Code::key_missing, project.results_file,
        {"没有说明结果截至哪个月", "nothing says up to which month these results go"},
        {"在结果文件中写 [monitoring] 与 month = 7，或用 --month 7",
         "write [monitoring] with month = 7 in the results, or give --month 7"}));
  } else if (asked != 0 && said.month != 0 && asked != said.month) {
    diagnostics.push_back(
        text::diagnose(Code::value_choice, said.month_place,
                       {"结果截至 " + std::to_string(said.month) + " 月，要求的却是 " +
                            std::to_string(asked) + " 月",
                        "these results go to month " + std::to_string(said.month) + ", month " +
                            std::to_string(asked) + " was asked for"},
                       {"去掉 --month，或换一份结果", "leave out --month, or give other results"}));
  }
}

// A result of a day still to come is none: it is an estimate.
void check_days(const project::Project& project, double today,
                std::vector<Diagnostic>& diagnostics) {
  for (const project::Indicator& indicator : project.indicators) {
    if (indicator.kind != Kind::date || !indicator.result || !indicator.result->field ||
        indicator.result->field->low <= today)
      continue;
    const std::string day = value::show(indicator.result->field->low, value::Unit::date());
    const std::string end = value::show(today, value::Unit::date());
    diagnostics.push_back(
        text::diagnose(Code::result_invalid, indicator.result->actual_place,
                       {day + " 在监控截止日 " + end + " 之后，还不是实际值",
                        day + " is after the cut-off " + end + ": it is not an actual yet"},
                       {"写成 estimate = \"" + day + "\"", "write estimate = \"" + day + "\""}));
  }
}

std::vector<double> answers_of(const Rules& rules, const project::Project& project,
                               std::vector<Diagnostic>& diagnostics) {
  std::vector<double> out(rules.answers.size(), std::nan(""));
  std::vector<std::string> asked;
  for (const Answer& answer : rules.answers) asked.push_back(answer.id);
  for (const auto& given : project.mid_year.answers) {
    const auto at = std::find(asked.begin(), asked.end(), given.name);
    if (at != asked.end()) {
      out[static_cast<std::size_t>(at - asked.begin())] = given.value;
    } else {
      diagnostics.push_back(text::diagnose(
          Code::reference_unknown, given.place,
          {"监控规则 " + rules.id + " 没有问 '" + given.name + "'",
           "the monitoring rules " + rules.id + " do not ask '" + given.name + "'"},
          asked.empty()
              ? Text{"删去，或换一套监控规则", "remove it, or take other monitoring rules"}
              : text::suggestion(given.name, asked)));
    }
  }
  return out;
}

RulesStory story_of(const Rules& rules) {
  RulesStory out{rules.id,     rules.version, rules.title, rules.note,
                 rules.sha256, rules.file,    {},          ruleset::cited(rules.cite)};
  for (const auto& ancestor : rules.lineage)
    out.lineage.push_back(ancestor.id + " " + ancestor.version);
  return out;
}

class Monitor {
 public:
  Monitor(const RuleSet& scoring, const Project& project, const Rules& rules, int month)
      : scoring_(scoring), project_(project.model()), rules_(rules), month_(month) {}

  Checked<MonitorReport> run() {
    std::vector<Diagnostic> diagnostics;
    const std::vector<double> answers = answers_of(rules_, project_, diagnostics);
    outlook_ = look_ahead(rules_, project_, month_);
    check_days(project_, outlook_.money.facts.values[name_today], diagnostics);
    if (text::has_error(diagnostics)) return diagnostics;
    const Scores scores = project_scores(scoring_, project_, outlook_);
    for (const Diagnostic& d : scores.low.diagnostics) {
      if (d.severity == Severity::error) diagnostics.push_back(d);
    }
    if (!scores.low.scored && diagnostics.empty())
      diagnostics.push_back(
          text::diagnose_file(Code::result_uncomputable, project_.file,
                              {"全年预计算不出总分", "the year as expected has no total"},
                              {"用 jixiao check 查看项目", "see jixiao check of the project"}));
    if (!scores.low.scored) return diagnostics;
    head(scores);
    indicators(scores);
    money();
    whole(scores, answers);
    goal();
    return std::move(out_);
  }

 private:
  void head(const Scores& scores) {
    const Scorecard& card = scores.low;
    project::fill_heading(project_, out_);
    out_.results_file = project_.results_file;
    out_.rules = card.rules;
    out_.monitoring = story_of(rules_);
    out_.month = month_;
    out_.cut_off = value::show(outlook_.money.facts.values[name_today], value::Unit::date());
    for (std::size_t i = 0; i < rules_.signals.size(); ++i)
      out_.signals.push_back(shown(rules_, i));
    out_.projection = scores.projection;
  }

  void indicators(const Scores& scores) {
    for (std::size_t i = 0; i < project_.indicators.size(); ++i) {
      const project::Indicator& indicator = project_.indicators[i];
      if (indicator.informational) continue;
      Standing& standing = outlook_.indicators[i];
      const auto story_in = [&](const Scorecard& card) -> const IndicatorStory* {
        const auto at = std::find_if(card.indicators.begin(), card.indicators.end(),
                                     [&](const auto& s) { return s.id == indicator.id; });
        return at == card.indicators.end() ? nullptr : &*at;
      };
      const IndicatorStory* now = story_in(scores.now);
      const IndicatorStory* then = story_in(scores.low);
      if (then == nullptr) continue;
      if (now != nullptr && now->state == "ok" && now->weight > 0)
        standing.facts.values[name_q] = now->points / now->weight;
      WatchedIndicator row = describe(indicator, standing, *then);
      row.actual = standing.reported && now != nullptr ? now->actual : "";
      row.light = light_of(indicator, standing, row.not_applicable);
      if (!row.not_applicable)
        warn(Subject::indicator, about(indicator, standing), standing.facts, indicator.id,
             indicator.name);
      out_.indicators.push_back(std::move(row));
    }
  }

  WatchedIndicator describe(const project::Indicator& indicator, const Standing& standing,
                            const IndicatorStory& then) const {
    WatchedIndicator row;
    row.id = indicator.id;
    row.name = indicator.name;
    row.target = then.sign + then.target;
    row.pace = name(standing.pace);
    row.not_applicable = then.state == "not_applicable";
    row.forecast = standing.forecast;
    row.forecast_by = standing.by;
    row.forecast_title = standing.title;
    row.forecast_substituted = standing.substituted;
    row.forecast_cite = standing.cite;
    row.known = row.not_applicable || standing.year_end.has_value();
    if (standing.year_end) row.forecast_shown = then.actual;
    row.weight = then.weight;
    row.points = then.points;
    row.given_reason = then.given_reason;
    row.remedy = then.remedy;
    row.file = then.file;
    row.line = then.line;
    const double missing = standing.facts.values[name_T] - standing.facts.values[name_A];
    const bool grows = indicator.direction != value::Direction::at_most &&
                       indicator.direction != value::Direction::less_than;
    if (standing.pace == Pace::cumulative && grows && missing > 0) {
      row.to_go = value::show(missing, indicator.unit);
      if (month_ < 12)
        row.each_month = value::show(
            value::Rounding{1, value::RoundingMode::up}(missing / (12 - month_)), indicator.unit);
    }
    return row;
  }

  LightStory light_of(const project::Indicator& indicator, const Standing& standing,
                      bool not_applicable) const {
    LightStory out;
    out.signal = shown(rules_, rules_.unknown);
    if (not_applicable) return out;
    const When::Indicator what = about(indicator, standing);
    for (const Light& light : rules_.lights) {
      if (light.subject == Subject::indicator && light.when.fits(what))
        return look(rules_, light, standing.facts);
    }
    return out;
  }

  void money() {
    const Standing& standing = outlook_.money;
    out_.adjusted = known(project_.money.adjusted);
    out_.executed = known(project_.money.executed);
    out_.executed_forecast = standing.forecast;
    out_.executed_forecast_by = standing.by;
    out_.executed_forecast_title = standing.title;
    const When::Indicator about{Pace::cumulative, value::Direction::at_least, Kind::number, false,
                                standing.season,  standing.estimated};
    for (const Light& light : rules_.lights) {
      if (light.subject == Subject::money && light.when.fits(about))
        out_.money.push_back(look(rules_, light, standing.facts));
    }
    warn(Subject::money, about, standing.facts, "", project_.name);
  }

  // Mean completion of what adds up over the year, in percent; what nothing was reported of is not
  // begun.
  [[nodiscard]] double progress() const {
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < project_.indicators.size(); ++i) {
      const project::Indicator& indicator = project_.indicators[i];
      const Standing& standing = outlook_.indicators[i];
      const double target = standing.facts.values[name_T], actual = standing.facts.values[name_A];
      const bool less = indicator.direction == value::Direction::at_most ||
                        indicator.direction == value::Direction::less_than;
      if (standing.pace != Pace::cumulative || less || standing.not_applicable ||
          indicator.informational || !(target > 0))
        continue;
      sum += std::isnan(actual) ? 0 : std::clamp(100 * actual / target, 0.0, 100.0);
      ++count;
    }
    return count == 0 ? std::nan("") : value::Rounding{4}(sum / count);
  }

  void whole(const Scores& scores, const std::vector<double>& answers) {
    double points = 0, weight = 0;
    for (const IndicatorStory& story : scores.low.indicators) {
      const bool own = std::any_of(project_.indicators.begin(), project_.indicators.end(),
                                   [&](const auto& i) { return i.id == story.id; });
      if (!own || story.state == "not_applicable" || story.state == "informational") continue;
      points += story.points;
      weight += story.weight;
    }
    // What the money will be by the end of the year, for lights that look at that.
    Facts facts{Subject::project, outlook_.money.facts.values, {}};
    facts.values.resize(names);
    facts.values[name_F] = outlook_.money.forecast.value_or(std::nan(""));
    const value::Rounding nine{9};
    facts.values.insert(facts.values.end(), {nine(points), nine(weight), progress(),
                                             scores.low.total, scores.low.scale});
    facts.values.insert(facts.values.end(), answers.begin(), answers.end());
    for (const auto& param : rules_.params) facts.values.push_back(param.value);
    for (const Light& light : rules_.lights) {
      if (light.subject == Subject::project) out_.whole.push_back(look(rules_, light, facts));
    }
    warn(Subject::project, {}, facts, "", project_.name);
  }

  void warn(Subject subject, const When::Indicator& what, const Facts& facts,
            const std::string& indicator, const Text& of) {
    for (const Warning& warning : rules_.warnings) {
      if (warning.subject != subject || (subject != Subject::project && !warning.when.fits(what)))
        continue;
      if (auto message = raised(warning, facts))
        out_.warnings.push_back(
            {warning.id, indicator, of, *std::move(message), ruleset::cited(warning.cite)});
    }
  }

  // The most urgent of the indicators' lights; quiet ones only when nothing else is on.
  void goal() {
    const std::size_t none = rules_.signals.size();
    std::size_t worst = none, quiet = none;
    for (const WatchedIndicator& row : out_.indicators) {
      if (row.not_applicable) continue;
      const auto at = std::find_if(rules_.signals.begin(), rules_.signals.end(),
                                   [&](const auto& s) { return s.id == row.light.signal.id; });
      const auto index = static_cast<std::size_t>(at - rules_.signals.begin());
      std::size_t& so_far = rules_.signals[index].role == Role::quiet ? quiet : worst;
      so_far = std::min(so_far, index);
    }
    out_.goal.title = {"绩效目标灯", "goal light"};
    out_.goal.signal = shown(rules_, worst != none   ? worst
                                     : quiet != none ? quiet
                                                     : rules_.unknown);
  }

  const RuleSet& scoring_;
  const project::Project& project_;
  const Rules& rules_;
  int month_;
  Outlook outlook_;
  MonitorReport out_;
};

}  // namespace
}  // namespace monitoring

Checked<MonitorReport> monitor(const RuleSet& rules, const Project& project,
                               const MonitoringRules& monitoring, const MonitorOptions& options) {
  const int month = options.month != 0 ? options.month : project.model().mid_year.month;
  std::vector<Diagnostic> diagnostics;
  monitoring::check_month(project.model(), month, options.month, diagnostics);
  if (!diagnostics.empty()) return diagnostics;
  return monitoring::Monitor(rules, project, monitoring.model(), month).run();
}

}  // namespace jixiao
