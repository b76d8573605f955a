// Everything people ask of a plan, on one page.
#include <algorithm>
#include <cmath>

#include "chart/rating_zones.hpp"
#include "chart/study_terms.hpp"
#include "page/csv.hpp"
#include "page/document.hpp"
#include "page/next_words.hpp"
#include "page/numbers.hpp"
#include "page/plan_words.hpp"
#include "page/portfolio_terms.hpp"
#include "page/study_words.hpp"
#include "report/rendering.hpp"
#include "report/study_document.hpp"

namespace jixiao::report {

using namespace chart;
using namespace page;
namespace {

constexpr std::size_t rows_shown = 8;  // of the longest tables: this is one page

class PlanWriter {
 public:
  PlanWriter(const PlanAnswers& plan, Language language)
      : plan_(plan), language_(language), zh_(language == Language::zh) {}

  Document write() {
    const Simulation& cut = plan_.cut;
    out_.title = say(word::plan_title) + (zh_ ? "：" : ": ") + cut.project.in(language_);
    if (cut.illustrative) out_.banner(say(word::illustrative_banner));
    const ScenarioStory& now = cut.columns.front();
    std::vector<Fact> facts;
    if (cut.year != 0) facts.push_back({say(word::year), std::to_string(cut.year)});
    if (!cut.unit.empty()) facts.push_back({say(word::unit), cut.unit});
    facts.push_back({say(word::rules),
                     now.rules + " " + now.rules_version + "  " + now.rules_title.in(language_)});
    facts.push_back({say(word::as_planned), rated(now)});
    out_.facts(std::move(facts));
    put_cuts();
    put_edges();
    put_chances();
    put_matters();
    put_next();
    put_least();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] std::string rated(const ScenarioStory& column) const {
    if (!column.scored) return say(word::cannot_be_told);
    return total_text(column.total, column.digits) +
           (column.rating.empty() ? "" : " " + column.rating_label.in(language_));
  }

  // The heading of a question; whether there is an answer. Why there is none is said.
  bool begins(const Label& heading, bool is_answered, PlanQuestion question) {
    out_.heading(say(heading));
    if (is_answered) return true;
    for (const auto& [which, why] : plan_.unanswered) {
      if (which == question)
        out_.paragraph(say(word::cannot_be_told) + (zh_ ? "：" : ": ") + why.in(language_));
    }
    return false;
  }

  void put_cuts() {
    if (!begins(word::plan_cut, plan_.cut.columns.size() > 1, PlanQuestion::cut)) return;
    Grid grid{{{say(word::plan_way)},
               {say(word::total), true},
               {say(word::change), true},
               {say(word::rating)},
               {say(word::plan_breaks)}},
              {}};
    for (std::size_t c = 1; c < plan_.cut.columns.size(); ++c) {
      const ScenarioStory& column = plan_.cut.columns[c];
      std::vector<std::string> violated;
      for (const SimulatedConstraint& one : plan_.cut.constraints) {
        if (std::find(column.violated.begin(), column.violated.end(), one.id) !=
            column.violated.end())
          violated.push_back(name_of(one.text, one.id, language_));
      }
      grid.rows.push_back(
          {column.title.in(language_),
           column.scored ? total_text(column.total, column.digits) : say(word::cannot_be_told),
           column.scored ? signed_text(column.change, column.digits) : "",
           column.rating_label.in(language_), joined(violated, language_)});
    }
    out_.grid(std::move(grid));
  }

  void put_edges() {
    if (!begins(word::plan_edges, plan_.edges.has_value(), PlanQuestion::edges)) return;
    const StudyReport& report = *plan_.edges;
    const Ratings ratings(report.bands, language_);
    std::vector<const BreakEven*> rows;
    for (const BreakEven& row : std::get<BreakEvens>(report.answer).rows) {
      if (row.found) rows.push_back(&row);
    }
    if (rows.empty()) return out_.paragraph(say(word::no_edges));
    // The nearest first, by the way there is to go.
    const auto nearness = [&](const BreakEven* row) {
      const double from = report.inputs[row->input].nominal;
      return std::abs(row->first.value - from) / std::max(std::abs(row->limit - from), 1e-12);
    };
    std::stable_sort(rows.begin(), rows.end(), [&](const BreakEven* a, const BreakEven* b) {
      return nearness(a) < nearness(b);
    });
    Grid grid{{{say(word::input)},
               {say(word::as_planned), true},
               {say(word::keeps_until), true},
               {say(word::changes_at), true},
               {say(word::becomes)}},
              {}};
    for (std::size_t i = 0; i < std::min(rows.size(), rows_shown); ++i)
      grid.rows.push_back({input_label(report, rows[i]->input, language_),
                           report.inputs[rows[i]->input].nominal_shown,
                           to_the_yuan(report, *rows[i], rows[i]->last),
                           to_the_yuan(report, *rows[i], rows[i]->first),
                           ratings.name(rows[i]->first.rating)});
    out_.grid(std::move(grid));
    put_more(rows.size());
  }

  // A plan is written in whole yuan: the next one on the side of `point`.
  [[nodiscard]] std::string to_the_yuan(const StudyReport& report, const BreakEven& row,
                                        const StudiedPoint& point) const {
    if (report.inputs[row.input].unit != "元") return point.shown;
    const bool up = row.upwards == (&point == &row.first);
    return money_text(up ? std::ceil(point.value) : std::floor(point.value), language_);
  }

  void put_more(std::size_t all) {
    if (all <= rows_shown) return;
    const std::string rest = std::to_string(all - rows_shown);
    out_.paragraph(zh_ ? "另有 " + rest + " 行没有列出" : "and " + rest + " more");
  }

  void put_chances() {
    if (!begins(word::plan_chances, plan_.chances.has_value(), PlanQuestion::chances)) return;
    const StudyReport& report = *plan_.chances;
    if (const std::string note = note_on_laws(report, language_); !note.empty())
      out_.paragraph(note);
    Grid grid{{{say(word::rating)}, {say(word::chance), true}, {say(word::interval), true}}, {}};
    for (const RatingChance& one : std::get<MonteCarloAnswer>(report.answer).ratings)
      grid.rows.push_back({name_of(one.label, one.id, language_), share_text(one.share),
                           share_text(one.low) + " – " + share_text(one.high)});
    out_.grid(std::move(grid));
  }

  void put_matters() {
    if (!begins(word::plan_matters, plan_.matters.has_value(), PlanQuestion::matters)) return;
    const StudyReport& report = *plan_.matters;
    const auto& bars = std::get<Tornado>(report.answer).bars;
    Grid grid{{{say(word::input)},
               {say(word::lower_end), true},
               {say(word::total), true},
               {say(word::upper_end), true},
               {say(word::total), true},
               {say(word::plan_swing), true}},
              {}};
    for (std::size_t i = 0; i < std::min(bars.size(), rows_shown); ++i)
      grid.rows.push_back({input_label(report, bars[i].input, language_), bars[i].low.shown,
                           output_text(report, bars[i].low.output), bars[i].high.shown,
                           output_text(report, bars[i].high.output),
                           output_text(report, bars[i].highest - bars[i].lowest)});
    out_.grid(std::move(grid));
    put_more(bars.size());
  }

  void put_next() {
    if (!begins(word::plan_next, plan_.next.has_value(), PlanQuestion::next)) return;
    const NextRating& next = *plan_.next;
    const auto points = [&](double x) { return total_text(x, next.digits); };
    if (next.keeps_from) {
      const std::string spare = points(next.total - *next.keeps_from);
      const std::string name = next.rating_label.in(language_);
      out_.paragraph(zh_ ? "失 " + spare + " 分以内仍是“" + name + "”"
                         : "Up to " + spare + " points may be lost before it is no longer " + name);
    }
    if (!next.goal) return out_.paragraph(say(word::best_rating));
    const std::string by = points(*next.goal - next.total);
    const std::string goal = next.goal_label.in(language_);
    out_.paragraph(zh_ ? "到“" + goal + "”还差 " + by + " 分"
                       : goal + " is " + by + " points away");
    if (!next.joint) return;
    if (!next.joint->possible)
      return out_.paragraph(say(word::not_even_all) + " " + points(next.joint->best_total));
    Grid grid{{{say(word::together)},
               {say(word::now), true},
               {say(word::needed), true},
               {say(word::change), true}},
              {}};
    for (const JointTurn& turn : next.joint->turns)
      grid.rows.push_back(
          {turn.label.in(language_), turn.before, turn.after.shown, turn.after.change});
    out_.grid(std::move(grid));
  }

  void put_least() {
    if (!begins(word::plan_least, plan_.least_money.has_value(), PlanQuestion::least_money)) return;
    const StudyReport& report = *plan_.least_money;
    const auto& found = std::get<Allocation>(report.answer);
    const std::string money = money_text(found.money, language_),
                      before = money_text(found.money_before, language_),
                      after = total_text(found.after, report.digits);
    out_.paragraph(
        zh_ ? "最少 " + money + "（现有 " + before + "），总分 " + after +
                  (found.optimal ? "；没有更少的分法" : "；是搜索到的最少，可能还有更少的")
            : "At least " + money + " of the " + before + " there are, for a total of " + after +
                  (found.optimal ? ": no split needs less"
                                 : ": the least that was found, perhaps not the least "
                                   "there is"));
    Grid grid{{{say(word::plan_item)},
               {say(word::plan_before), true},
               {say(word::plan_after), true},
               {say(word::change), true}},
              {}};
    std::vector<std::string> unmeasured;
    for (const AllocatedPart& part : found.parts) {
      const std::string name = name_of(part.label, part.id, language_);
      const double change = part.after - part.before;
      grid.rows.push_back({name, money_text(part.before, language_),
                           money_text(part.after, language_),
                           (change > 0 ? "+" : "") + money_text(change, language_)});
      if (part.measured != "yes") unmeasured.push_back(name);
    }
    out_.grid(std::move(grid));
    if (unmeasured.empty()) return;
    out_.paragraph((zh_ ? "没有指标衡量成效的支出项，得分说明不了它该不该减："
                        : "No indicator measures what these bring about, so the score does not say "
                          "whether they can be cut: ") +
                   joined(unmeasured, language_));
  }

  const PlanAnswers& plan_;
  Language language_;
  bool zh_;
  Document out_;
};

}  // namespace

Document plan_document(const PlanAnswers& plan, Language language) {
  return PlanWriter(plan, language).write();
}

std::string plan_json(const PlanAnswers& plan) {
  std::string out = "{\n\"schema\": \"jixiao/plan/1\",\n\"cut\": " + simulation_json(plan.cut);
  const auto put = [&](const char* name, const std::string& value) {
    out += std::string(",\n\"") + name + "\": " + value;
  };
  const auto study = [](const std::optional<StudyReport>& report) {
    return report ? study_json(*report) : std::string("null");
  };
  put("edges", study(plan.edges));
  put("chances", study(plan.chances));
  put("matters", study(plan.matters));
  put("next", plan.next ? next_json(*plan.next) : "null");
  put("least_money", study(plan.least_money));
  return out + "}\n";
}

// The tables of the page below each other, each row behind the heading it stands under.
std::string plan_csv(const PlanAnswers& plan, Language language) {
  std::string out, section;
  for (const Document::Part& part : plan_document(plan, language).parts) {
    using Kind = Document::Part::Kind;
    if (part.kind == Kind::heading) section = part.text;
    std::vector<std::vector<std::string>> rows;
    if (part.kind == Kind::grid) {
      std::vector<std::string> head;
      for (const Grid::Head& column : part.grid.columns) head.push_back(column.title);
      rows.push_back(head);
      rows.insert(rows.end(), part.grid.rows.begin(), part.grid.rows.end());
    } else if (part.kind == Kind::facts) {
      for (const Fact& fact : part.facts) rows.push_back({fact.label, fact.text});
    } else if (part.kind != Kind::heading) {
      rows.push_back({part.text});
    }
    for (std::vector<std::string>& row : rows) {
      row.insert(row.begin(), section);
      for (std::size_t i = 0; i < row.size(); ++i) out += (i > 0 ? "," : "") + csv_cell(row[i]);
      out += '\n';
    }
  }
  return out;
}

}  // namespace jixiao::report
