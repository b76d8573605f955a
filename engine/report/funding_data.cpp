// Next year's money for other programs: JSON and CSV.
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

Json project(const FundedProject& one) {
  Json steps = Json::array();
  for (const FundingStep& step : one.steps) {
    steps.push_back({{"id", step.id},
                     {"title", text(step.title)},
                     {"recalls", step.recalls},
                     {"before", number(step.before)},
                     {"after", number(step.after)},
                     {"formula", step.formula},
                     {"substituted", step.substituted},
                     {"reason", text(step.reason)},
                     {"cite", cited(step.cite)}});
  }
  const auto amount = [&](double x) { return one.decided ? number(x) : Json(nullptr); };
  return {{"id", one.what.id},
          {"name", text(one.what.name)},
          {"rating", or_null(one.what.rating)},
          {"rating_label", text(one.what.rating_label)},
          {"score", number(one.what.score)},
          {"illustrative", one.what.illustrative},
          {"decided", one.decided},
          {"why_not", one.decided ? Json(nullptr) : text(one.why_not)},
          {"base", amount(one.base)},
          {"next", amount(one.next)},
          {"recalled", amount(one.recalled)},
          {"steps", std::move(steps)}};
}

}  // namespace

std::string funding_json(const FundingReport& report) {
  Json out = {{"schema", "jixiao/funding-report/1"},
              {"engine", report.engine},
              {"rules",
               {{"id", report.rules.id},
                {"version", report.rules.version},
                {"title", text(report.rules.title)},
                {"file", report.rules.file},
                {"sha256", report.rules.sha256},
                {"illustrative", report.illustrative_rules},
                {"cite", cited(report.rules.cite)}}},
              {"base", number(report.base)},
              {"next", number(report.next)},
              {"recalled", number(report.recalled)},
              {"undecided", report.undecided}};
  out["projects"] = Json::array();
  for (const FundedProject& one : report.projects) out["projects"].push_back(project(one));
  return dump(out);
}

std::string funding_csv(const FundingReport& report, Language language) {
  std::string out = "project,name,rating,total,base,next,recalled,reason\n";
  for (const FundedProject& one : report.projects) {
    std::string reasons;
    for (const FundingStep& step : one.steps)
      reasons += (reasons.empty()            ? ""
                  : language == Language::zh ? "；"
                                             : "; ") +
                 step.title.in(language) + (language == Language::zh ? "：" : ": ") +
                 step.reason.in(language);
    const auto amount = [&](double x) { return one.decided ? value::plain(x, 2) : std::string(); };
    const std::vector<std::string> cells{
        one.what.id,          one.what.name.in(language),
        one.what.rating,      one.what.score ? value::plain(*one.what.score, 9) : "",
        amount(one.base),     amount(one.next),
        amount(one.recalled), one.decided ? reasons : one.why_not.in(language)};
    out += csv_line(cells);
  }
  return out;
}

}  // namespace jixiao::report
