// Monitoring for people: lights in words and signs, what the year would come to, and what to look
// at.
#include <algorithm>

#include "page/document.hpp"
#include "page/monitor_words.hpp"
#include "page/numbers.hpp"
#include "report/rendering.hpp"

namespace jixiao::report {

using namespace page;
namespace {

class MonitorWriter {
 public:
  MonitorWriter(const MonitorReport& report, Language language, bool narrow)
      : report_(report), language_(language), narrow_(narrow) {}

  Document write() {
    out_.title = say(word::monitoring) + colon() + report_.project.in(language_);
    if (report_.illustrative) out_.banner(say(word::illustrative_banner));
    out_.facts(
        {{say(word::year), std::to_string(report_.year)},
         {say(word::cut_off), report_.cut_off},
         {say(word::unit), report_.unit},
         {say(word::rules), report_.rules.id + " " + report_.rules.version + "  " +
                                report_.rules.title.in(language_)},
         {say(word::monitoring_rules), report_.monitoring.id + " " + report_.monitoring.version +
                                           "  " + report_.monitoring.title.in(language_)}});
    lights();
    projection();
    indicators();
    warnings();
    look_at();
    std::string signs;
    for (const Signal& signal : report_.signals)
      signs += (signs.empty() ? "" : "   ") + shown(signal);
    out_.paragraph(say(word::signs) + colon() + signs);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] std::string colon() const { return language_ == Language::zh ? "：" : ": "; }
  [[nodiscard]] std::string bracketed(const std::string& text) const {
    return language_ == Language::zh ? "（" + text + "）" : " (" + text + ")";
  }
  [[nodiscard]] std::string list_gap() const { return language_ == Language::zh ? "、" : ", "; }
  [[nodiscard]] std::string name_of(const std::string& id) const {
    const auto at = std::find_if(report_.indicators.begin(), report_.indicators.end(),
                                 [&](const auto& row) { return row.id == id; });
    return at == report_.indicators.end() ? say(word::executed) : at->name.in(language_);
  }
  [[nodiscard]] std::string shown(const Signal& signal) const {
    return signal.mark + " " + signal.label.in(language_);
  }

  [[nodiscard]] Fact light(const LightStory& story) const {
    std::string text = shown(story.signal);
    if (!story.value_shown.empty()) text += "  " + story.value_shown + "  " + story.substituted;
    return {story.title.in(language_), text};
  }

  void lights() {
    out_.heading(say(word::lights));
    std::vector<Fact> facts{
        {say(word::goal_light), shown(report_.goal.signal) + bracketed(say(word::worst_of))}};
    for (const LightStory& story : report_.money) facts.push_back(light(story));
    for (const LightStory& story : report_.whole) facts.push_back(light(story));
    out_.facts(std::move(facts));
  }

  void projection() {
    const Projection& projection = report_.projection;
    out_.heading(say(word::projection));
    const auto either = [&](const std::string& low, const std::string& high) {
      return low == high ? low : low + " – " + high;
    };
    std::vector<Fact> facts{
        {say(word::projected_total), either(total_text(projection.low, projection.digits),
                                            total_text(projection.high, projection.digits))}};
    if (!projection.rating.empty())
      facts.push_back(
          {say(word::projected_rating), either(projection.rating_label.in(language_),
                                               projection.rating_high_label.in(language_))});
    const auto money = [&](const std::optional<double>& yuan) {
      std::string text = yuan ? money_text(*yuan, language_) : std::string("–");
      if (yuan && report_.adjusted && *report_.adjusted > 0)
        text += bracketed(percent_text(100 * *yuan / *report_.adjusted));
      return text;
    };
    facts.push_back({say(word::executed_so_far), money(report_.executed)});
    std::string then = money(report_.executed_forecast);
    if (report_.executed_forecast) then += "  " + report_.executed_forecast_title.in(language_);
    facts.push_back({say(word::executed_forecast), then});
    if (!projection.unknown.empty()) {
      std::string names;
      for (const std::string& id : projection.unknown)
        names += (names.empty() ? "" : list_gap()) + name_of(id);
      facts.push_back({say(word::without_forecast), names});
    }
    out_.facts(std::move(facts));
    if (!projection.unknown.empty()) out_.paragraph(say(word::unknown_counts));
  }

  // On a terminal only what fits; the rest is in every other format.
  void indicators() {
    out_.heading(say(word::indicators_now));
    Grid grid{{{say(word::indicator)},
               {say(word::light)},
               {say(word::target), true},
               {say(word::so_far), true},
               {say(word::measured), true},
               {say(word::forecast), true}},
              {}};
    if (!narrow_) grid.columns.push_back({say(word::forecast_by)});
    grid.columns.push_back({say(word::projected_points), true});
    if (!narrow_) grid.columns.push_back({say(word::weight), true});
    bool estimated = false;
    for (const WatchedIndicator& row : report_.indicators) {
      const bool by_unit = row.forecast_by == "estimate";
      estimated = estimated || by_unit;
      const std::string state(state_text("not_applicable", language_));
      std::vector<std::string> cells{row.name.in(language_),
                                     row.not_applicable ? state : shown(row.light.signal),
                                     row.target,
                                     row.actual,
                                     row.light.value_shown,
                                     row.forecast_shown + (by_unit ? " ◆" : "")};
      if (!narrow_) cells.push_back(row.forecast_title.in(language_));
      cells.push_back(row.known ? points_text(row.points, report_.projection.digits) : "–");
      if (!narrow_) cells.push_back(points_text(row.weight, report_.projection.digits));
      grid.rows.push_back(std::move(cells));
    }
    out_.grid(std::move(grid));
    if (estimated) out_.paragraph(say(word::estimate_mark));
  }

  void warnings() {
    out_.heading(say(word::raised_warnings));
    if (report_.warnings.empty()) return out_.paragraph(say(word::no_warnings));
    std::vector<Fact> facts;
    for (const RaisedWarning& warning : report_.warnings) {
      const std::string source = joined_text(warning.cite) +
                                 bracketed(evidence_text(worst_evidence(warning.cite), language_));
      facts.push_back(
          {warning.indicator.empty() ? say(word::whole_project) : warning.subject.in(language_),
           warning.message.in(language_), FactKind::loss});
      facts.push_back({"", source});
    }
    out_.facts(std::move(facts));
  }

  void look_at() {
    out_.heading(say(word::about_lights));
    bool any = false;
    for (const WatchedIndicator& row : report_.indicators) {
      if (row.not_applicable || !row.light.signal.attention) continue;
      any = true;
      out_.heading(shown(row.light.signal) + "  " + row.name.in(language_), 3);
      std::vector<Fact> facts;
      const auto add = [&](const Label& label, const std::string& text,
                           FactKind kind = FactKind::plain) {
        if (!text.empty()) facts.push_back({say(label), text, kind});
      };
      add(word::light_rule, row.light.title.in(language_));
      if (row.light.value)
        add(word::substituted, row.light.substituted + " = " + row.light.value_shown,
            FactKind::code);
      if (row.actual.empty() && row.light.condition.empty()) {
        add(word::deciding_case, say(word::nothing_reported));
      } else {
        add(word::deciding_case,
            row.light.condition.empty() ? say(word::otherwise_case) : row.light.condition,
            FactKind::code);
      }
      if (!row.forecast_shown.empty())
        add(word::forecast, row.forecast_shown + bracketed(row.forecast_title.in(language_)));
      add(word::to_go, row.to_go + (row.each_month.empty()
                                        ? ""
                                        : bracketed(say(word::each_month) + " " + row.each_month)));
      add(word::given_reason, row.given_reason);
      add(word::remedy, row.remedy);
      if (!row.light.cite.empty())
        add(word::cite, joined_text(row.light.cite) +
                            bracketed(evidence_text(worst_evidence(row.light.cite), language_)));
      out_.facts(std::move(facts));
    }
    if (!any) out_.paragraph(say(word::all_on_track));
  }

  const MonitorReport& report_;
  Language language_;
  bool narrow_;
  Document out_;
};

}  // namespace

Document monitor_document(const MonitorReport& report, Language language, bool narrow) {
  return MonitorWriter(report, language, narrow).write();
}

}  // namespace jixiao::report
