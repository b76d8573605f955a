// Next year's money for people: every project on a line, and every step with its reason.
#include <cmath>

#include "page/document.hpp"
#include "page/funding_words.hpp"
#include "page/numbers.hpp"
#include "report/rendering.hpp"

namespace jixiao::report {

using namespace page;
namespace {

constexpr std::size_t explained = 50;  // projects whose steps are told one by one

class FundingWriter {
 public:
  FundingWriter(const FundingReport& report, Language language)
      : report_(report), language_(language) {}

  Document write() {
    out_.title = say(word::funding);
    for (const FundedProject& project : report_.projects) {
      if (!project.what.illustrative) continue;
      out_.banner(say(word::illustrative_banner));
      break;
    }
    if (report_.illustrative_rules) out_.banner(say(word::illustrative_rules));
    out_.facts({{say(word::funding_rules), report_.rules.id + " " + report_.rules.version + "  " +
                                               report_.rules.title.in(language_)},
                {say(word::cite), joined_text(report_.rules.cite)}});
    if (!report_.rules.note.empty()) out_.paragraph(report_.rules.note.in(language_));
    table();
    out_.heading(say(word::steps));
    std::size_t told = 0;
    for (const FundedProject& project : report_.projects) {
      if (project.decided && project.steps.empty() && report_.projects.size() > 1) continue;
      if (++told > explained) {
        out_.paragraph(say(word::more_steps));
        break;
      }
      explain(project);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] std::string yuan(double x) const { return money_text(x, language_); }
  [[nodiscard]] std::string change(double before, double after) const {
    if (before <= 0) return "–";
    const double percent = 100 * (after - before) / before;
    return (percent > 0 ? "+" : "") + total_text(percent, 1) + "%";
  }

  void table() {
    out_.heading(say(word::funded_projects));
    Grid grid{{{say(word::funded_project)},
               {say(word::total), true},
               {say(word::rating)},
               {say(word::base_amount), true},
               {say(word::next_amount), true},
               {say(word::amount_change), true},
               {say(word::recalled), true}},
              {}};
    for (const FundedProject& project : report_.projects) {
      const FundingCase& what = project.what;
      std::vector<std::string> row{
          what.name.in(language_), what.score ? points_text(*what.score, 2) : "",
          what.rating_label.empty() ? what.rating : what.rating_label.in(language_)};
      if (project.decided) {
        row.insert(row.end(),
                   {yuan(project.base), yuan(project.next), change(project.base, project.next),
                    project.recalled > 0 ? yuan(project.recalled) : ""});
      } else {
        row.insert(row.end(), {"–", say(word::undecided), "", ""});
      }
      grid.rows.push_back(std::move(row));
    }
    if (report_.projects.size() > 1) {
      grid.rows.push_back({say(word::decided_sum), "", "", yuan(report_.base), yuan(report_.next),
                           change(report_.base, report_.next),
                           report_.recalled > 0 ? yuan(report_.recalled) : ""});
    }
    out_.grid(std::move(grid));
  }

  void explain(const FundedProject& project) {
    out_.heading(project.what.name.in(language_), 3);
    if (!project.decided)
      return out_.paragraph(say(word::undecided) + (language_ == Language::zh ? "：" : ": ") +
                            project.why_not.in(language_));
    std::vector<Fact> facts{{say(word::base_amount), yuan(project.base)}};
    for (const FundingStep& step : project.steps) {
      const std::string source = joined_text(step.cite) +
                                 (language_ == Language::zh ? "（" : " (") +
                                 evidence_text(worst_evidence(step.cite), language_) +
                                 (language_ == Language::zh ? "）" : ")");
      facts.push_back({step.title.in(language_),
                       (step.recalls ? say(word::recalled) + " " : "→ ") + yuan(step.after),
                       FactKind::loss});
      facts.push_back({"", step.reason.in(language_)});
      facts.push_back({"", step.formula + "  =  " + step.substituted, FactKind::code});
      facts.push_back({"", source});
    }
    if (project.steps.empty()) facts.push_back({"", say(word::no_step)});
    facts.push_back({say(word::next_amount), yuan(project.next)});
    out_.facts(std::move(facts));
  }

  const FundingReport& report_;
  Language language_;
  Document out_;
};

}  // namespace

Document funding_document(const FundingReport& report, Language language) {
  return FundingWriter(report, language).write();
}

}  // namespace jixiao::report
