// Monitoring for other programs: JSON and CSV.
#include "page/csv.hpp"
#include "page/json_values.hpp"
#include "page/numbers.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
using page::number;
using page::text;
namespace {

Json rules(const RulesStory& story) {
  return {{"id", story.id},           {"version", story.version}, {"title", text(story.title)},
          {"file", story.file},       {"sha256", story.sha256},   {"lineage", story.lineage},
          {"cite", cited(story.cite)}};
}

Json signal(const Signal& one) {
  return {
      {"id", one.id}, {"label", text(one.label)}, {"mark", one.mark}, {"attention", one.attention}};
}

Json light(const LightStory& story) {
  return {{"light", or_null(story.light)},
          {"title", text(story.title)},
          {"signal", signal(story.signal)},
          {"value", number(story.value)},
          {"value_shown", story.value_shown},
          {"formula", or_null(story.formula)},
          {"substituted", or_null(story.substituted)},
          {"condition", or_null(story.condition)},
          {"condition_substituted", or_null(story.condition_substituted)},
          {"cite", cited(story.cite)}};
}

Json lights(const std::vector<LightStory>& list) {
  Json out = Json::array();
  for (const LightStory& story : list) out.push_back(light(story));
  return out;
}

Json watched_indicator(const WatchedIndicator& row) {
  return {{"id", row.id},
          {"name", text(row.name)},
          {"target", row.target},
          {"actual", or_null(row.actual)},
          {"pace", row.pace},
          {"not_applicable", row.not_applicable},
          {"light", light(row.light)},
          {"forecast",
           {{"value", number(row.forecast)},
            {"shown", or_null(row.forecast_shown)},
            {"by", or_null(row.forecast_by)},
            {"title", text(row.forecast_title)},
            {"substituted", or_null(row.forecast_substituted)},
            {"cite", cited(row.forecast_cite)}}},
          {"to_go", or_null(row.to_go)},
          {"each_month", or_null(row.each_month)},
          {"weight", number(row.weight)},
          {"points", row.known ? number(row.points) : Json(nullptr)},
          {"reason", or_null(row.given_reason)},
          {"remedy", or_null(row.remedy)},
          {"file", row.file},
          {"line", row.line}};
}

}  // namespace

std::string monitor_json(const MonitorReport& report) {
  const Projection& projection = report.projection;
  Json out = {{"schema", "jixiao/monitor-report/1"},
              {"engine", report.engine},
              {"project",
               {{"name", text(report.project)},
                {"file", report.project_file},
                {"results", report.results_file},
                {"year", report.year},
                {"unit", report.unit},
                {"illustrative", report.illustrative},
                {"sha256", report.inputs_sha256}}},
              {"month", report.month},
              {"cut_off", report.cut_off},
              {"rules", rules(report.rules)},
              {"monitoring", rules(report.monitoring)},
              {"money",
               {{"adjusted", number(report.adjusted)},
                {"executed", number(report.executed)},
                {"forecast", number(report.executed_forecast)},
                {"forecast_by", or_null(report.executed_forecast_by)},
                {"lights", lights(report.money)}}},
              {"goal", light(report.goal)},
              {"lights", lights(report.whole)}};
  out["projection"] = {{"low", number(projection.low)},
                       {"high", number(projection.high)},
                       {"digits", projection.digits},
                       {"scale", number(projection.scale)},
                       {"rating", or_null(projection.rating)},
                       {"rating_label", text(projection.rating_label)},
                       {"rating_high", or_null(projection.rating_high)},
                       {"rating_high_label", text(projection.rating_high_label)},
                       {"unknown", projection.unknown}};
  out["indicators"] = Json::array();
  for (const WatchedIndicator& row : report.indicators)
    out["indicators"].push_back(watched_indicator(row));
  out["warnings"] = Json::array();
  for (const RaisedWarning& warning : report.warnings) {
    out["warnings"].push_back({{"id", warning.id},
                               {"indicator", or_null(warning.indicator)},
                               {"subject", text(warning.subject)},
                               {"message", text(warning.message)},
                               {"cite", cited(warning.cite)}});
  }
  out["signals"] = Json::array();
  for (const Signal& one : report.signals) out["signals"].push_back(signal(one));
  return dump(out);
}

std::string monitor_csv(const MonitorReport& report, Language language) {
  std::string out =
      "kind,id,name,target,actual,signal,light,measure,forecast,forecast_by,points,weight,message,"
      "evidence\n";
  const auto line = [&](const std::vector<std::string>& cells) { out += csv_line(cells); };
  const auto plain = [](const std::optional<double>& x) {
    return x ? value::plain(*x, 9) : std::string();
  };
  for (const WatchedIndicator& row : report.indicators) {
    line({"indicator", row.id, row.name.in(language), row.target, row.actual,
          row.not_applicable ? "not_applicable" : row.light.signal.id, row.light.light,
          plain(row.light.value), row.forecast ? plain(row.forecast) : row.forecast_shown,
          row.forecast_by, row.known ? value::plain(row.points, 9) : "",
          value::plain(row.weight, 9), row.given_reason, worst_evidence(row.light.cite)});
  }
  const auto light = [&](const char* kind, const LightStory& story) {
    line({kind, story.light, story.title.in(language), "", "", story.signal.id, story.light,
          plain(story.value), "", "", "", "", "", worst_evidence(story.cite)});
  };
  for (const LightStory& story : report.money) light("money", story);
  line({"goal", "", report.goal.title.in(language), "", "", report.goal.signal.id, "", "", "", "",
        "", "", "", ""});
  for (const LightStory& story : report.whole) light("project", story);
  line({"executed", "", "", plain(report.adjusted), plain(report.executed), "", "", "",
        plain(report.executed_forecast), report.executed_forecast_by, "", "", "", ""});
  const Projection& projection = report.projection;
  const auto total = [&](const char* kind, double x, const std::string& rating) {
    line({kind, rating, "", "", "", "", "", "", "", "", value::fixed(x, projection.digits),
          value::plain(projection.scale, 9), "", ""});
  };
  total("projected-low", projection.low, projection.rating);
  total("projected-high", projection.high, projection.rating_high);
  for (const RaisedWarning& warning : report.warnings) {
    line({"warning", warning.id, warning.subject.in(language), "", "", "", "", "", "", "", "", "",
          warning.message.in(language), worst_evidence(warning.cite)});
  }
  return out;
}

}  // namespace jixiao::report
