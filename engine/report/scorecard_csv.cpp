#include "page/csv.hpp"

#include "page/numbers.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
namespace {

std::string cell_of_number(double x) { return value::plain(x, 9); }
std::string cell_of(const Text& text, Language language) { return text.in(language); }
// A bare target means equality here: "=29" in a cell is a formula to a spreadsheet.
std::string target(const IndicatorStory& story) {
  return story.direction == "equal" ? story.target : target_text(story);
}

}  // namespace

std::string scorecard_csv(const Scorecard& card, Language language) {
  std::string out =
      "id,name,block,type,target,actual,weight,points,lost,state,method,reason,cite,evidence\n";
  const auto add = [&](const std::vector<std::string>& cells) { out += csv_line(cells); };
  for (const IndicatorStory& story : card.indicators) {
    const bool counted = is_counted(story);
    add({story.id, cell_of(story.name, language), story.block, story.type, target(story),
         story.actual, cell_of_number(story.weight), counted ? cell_of_number(story.points) : "",
         counted ? cell_of_number(story.lost) : "", story.state, story.method,
         cell_of(story.reason, language), joined_text(story.cite), worst_evidence(story.cite)});
  }
  // Written by hand: the guard against formulas must not touch the row's own name.
  out += "@total,";
  const std::string total = card.scored ? value::fixed(card.total, card.digits) : "";
  const std::string lost = card.scored ? cell_of_number(card.scale - card.total) : "";
  const std::vector<std::string> cells{
      cell_of(card.project, language),
      "",
      "",
      "",
      "",
      cell_of_number(card.scale),
      total,
      lost,
      card.scored ? "ok" : "error",
      card.rules.id,
      card.rating.empty() ? "" : cell_of(card.rating_label, language),
      joined_text(card.rules.cite),
      worst_evidence(card.rules.cite)};
  out += csv_line(cells);
  return out;
}

std::string explanation_csv(const Stories& stories, Language language) {
  std::string out =
      "id,name,target,actual,weight,points,lost,reported,method,formula,substituted,unrounded,held,"
      "reason,given_reason,remedy,proof,cite,"
      "evidence\n";
  for (const IndicatorStory* story : stories) {
    std::string proof;
    for (const std::string& piece : story->evidence_given)
      proof += (proof.empty() ? "" : "; ") + piece;
    const bool counted = is_counted(*story);
    const std::vector<std::string> cells{
        story->id,
        cell_of(story->name, language),
        target(*story),
        story->actual,
        cell_of_number(story->weight),
        counted ? cell_of_number(story->points) : "",
        counted ? cell_of_number(story->lost) : "",
        story->reported ? cell_of_number(*story->reported) : "",
        story->method,
        story->formula,
        story->substituted,
        story->state == "ok" ? cell_of_number(story->unrounded) : "",
        story->was_clamped ? "true" : "false",
        cell_of(story->reason, language),
        story->given_reason,
        story->remedy,
        proof,
        joined_text(story->cite),
        worst_evidence(story->cite)};
    out += csv_line(cells);
  }
  return out;
}

std::string diagnostics_csv(std::span<const Diagnostic> diagnostics, Language language) {
  std::string out = "severity,code,file,line,column,length,message,help\n";
  for (const Diagnostic& d : diagnostics) {
    const std::vector<std::string> cells{std::string(severity_id(d.severity)),
                                         d.code,
                                         d.file,
                                         std::to_string(d.line),
                                         std::to_string(d.column),
                                         std::to_string(d.length),
                                         d.message.in(language),
                                         d.help.in(language)};
    out += csv_line(cells);
  }
  return out;
}

std::string rule_list_csv(std::span<const RuleSummary> list, Language language) {
  std::string out = "id,version,title,extends,abstract,file\n";
  for (const RuleSummary& rules : list) {
    const std::vector<std::string> cells{rules.id,
                                         rules.version,
                                         rules.title.in(language),
                                         rules.extends,
                                         rules.abstract ? "true" : "false",
                                         rules.file};
    out += csv_line(cells);
  }
  return out;
}

}  // namespace jixiao::report
