// What reaches the next rating, and what may be lost, for people.
#include <algorithm>

#include "page/document.hpp"
#include "page/next_words.hpp"
#include "page/numbers.hpp"
#include "page/portfolio_terms.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
namespace {

class NextRatingWriter {
 public:
  NextRatingWriter(const NextRating& next, Language language) : next_(next), language_(language) {}

  Document write() {
    out_.title = say(word::next_title) + colon() + next_.project.in(language_);
    if (next_.illustrative) out_.banner(say(word::illustrative_banner));
    head();
    if (next_.goal) reaches();
    if (next_.keeps_from) loses();
    if (next_.joint) together(*next_.joint);
    out_.paragraph(say(word::steps_note));
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] std::string colon() const { return language_ == Language::zh ? "：" : ": "; }
  [[nodiscard]] std::string total(double x) const { return total_text(x, next_.digits); }

  void head() {
    std::vector<Fact> facts{{say(word::year), std::to_string(next_.year)}};
    if (!next_.unit.empty()) facts.push_back({say(word::unit), next_.unit});
    facts.push_back({say(word::rules), next_.rules + " " + next_.rules_version + "  " +
                                           next_.rules_title.in(language_)});
    facts.push_back({say(word::now), total(next_.total) + " " + next_.rating_label.in(language_)});
    if (next_.goal) {
      const std::string short_of = language_ == Language::zh ? "，还差 " : ", short by ";
      const std::string name = next_.goal_rating.empty() ? std::string()
                                                         : " " + next_.goal_label.in(language_);
      facts.push_back({say(next_.goal_rating.empty() ? word::goal_total : word::goal),
                       total(*next_.goal) + name + short_of + total(*next_.goal - next_.total)});
    } else if (!next_.rating.empty()) {
      facts.push_back({say(word::goal), say(word::best_rating)});
    }
    if (next_.keeps_from) {
      const std::string from = language_ == Language::zh ? "（本档下限 "
                                                         : " (this rating begins at ";
      facts.push_back({say(word::margin), total(next_.total - *next_.keeps_from) + from +
                                              total(*next_.keeps_from) +
                                              (language_ == Language::zh ? "）" : ")")});
    } else if (!next_.rating.empty()) {
      facts.push_back({say(word::margin), say(word::no_lower_rating)});
    }
    out_.facts(std::move(facts));
  }

  [[nodiscard]] std::string followed(const TurnedIndicator& row) const {
    std::string all;
    for (const std::string& id : row.followers) all += (all.empty() ? "" : ", ") + id;
    return all;
  }

  // Those that reach it by the smallest share of what they could still gain, first; then what each
  // alone can make of it.
  void reaches() {
    out_.heading(say(word::alone_reaches));
    Grid grid{{{say(word::indicator)},
               {say(word::result_now), true},
               {say(word::needed), true},
               {say(word::change), true},
               {say(word::total_then), true},
               {""},
               {say(word::followed_by), false, true}},
              {}};
    std::vector<const TurnedIndicator*> rows;
    for (const TurnedIndicator& row : next_.indicators) rows.push_back(&row);
    const auto rank = [](const TurnedIndicator* row) {
      return row->reaches ? 0 : row->best ? 1 : 2;
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const auto* a, const auto* b) { return rank(a) < rank(b); });
    for (const TurnedIndicator* row : rows) {
      const auto& to = row->reaches ? row->reaches : row->best;
      std::vector<std::string> cells{row->label.in(language_), row->shown};
      if (to) {
        cells.insert(cells.end(), {to->shown, to->change, total(to->total),
                                   row->reaches ? "" : say(word::alone_cannot), followed(*row)});
      } else {
        cells.insert(cells.end(),
                     {"", "", "", say(row->can_turn ? word::full_already : word::cannot_turn), ""});
      }
      grid.rows.push_back(std::move(cells));
    }
    out_.grid(std::move(grid));
  }

  void loses() {
    out_.heading(say(word::alone_loses));
    Grid grid{{{say(word::indicator)},
               {say(word::result_now), true},
               {say(word::keeps), true},
               {say(word::change), true},
               {say(word::loses), true},
               {""},
               {say(word::followed_by), false, true}},
              {}};
    std::vector<const TurnedIndicator*> rows;
    for (const TurnedIndicator& row : next_.indicators) rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
      return a->loses.has_value() > b->loses.has_value();
    });
    for (const TurnedIndicator* row : rows) {
      std::vector<std::string> cells{row->label.in(language_), row->shown};
      if (row->loses) {
        const bool here = row->keeps->shown == row->shown;
        cells.insert(cells.end(), {row->keeps->shown, here ? "0" : row->keeps->change,
                                   row->loses->shown, "", followed(*row)});
      } else {
        cells.insert(cells.end(),
                     {"", "", "", say(row->can_turn ? word::never_loses : word::cannot_turn), ""});
      }
      grid.rows.push_back(std::move(cells));
    }
    out_.grid(std::move(grid));
  }

  [[nodiscard]] std::string cost_text(double cost, const std::string& currency) const {
    return currency == "yuan" ? money_text(cost, language_) : value::plain(cost, 2, true);
  }

  void together(const JointChange& joint) {
    out_.heading(say(word::together));
    const Label& what = joint.currency == "yuan"     ? word::cost_yuan
                        : joint.currency == "effort" ? word::cost_effort
                                                     : word::cost_percent;
    if (joint.choices == 0) return out_.paragraph(say(word::nothing_to_turn));
    if (!joint.possible) {
      out_.paragraph(say(word::not_even_all) + " " + total(joint.best_total));
    } else {
      Grid grid{{{say(word::indicator)},
                 {say(word::from_now), true},
                 {say(word::needed), true},
                 {say(word::change), true},
                 {say(what), true}},
                {}};
      for (const JointTurn& turn : joint.turns)
        grid.rows.push_back({turn.label.in(language_), turn.before, turn.after.shown,
                             turn.after.change, cost_text(turn.cost, joint.currency)});
      grid.rows.push_back({say(word::sum_cost), "", "", "", cost_text(joint.cost, joint.currency)});
      out_.grid(std::move(grid));
      out_.paragraph(say(word::total_then) + " " + total(joint.total));
    }
    const bool too_many = joint.possible && !joint.exact && joint.bound > 0;
    if (too_many) {
      const std::string bound = cost_text(joint.bound, joint.currency);
      out_.paragraph(
          language_ == Language::zh
              ? "改法太多，没有逐一比较：这是按每分代价从低到高凑成的，任何改法都不会少于 " + bound
              : "Too many choices to look at them all: this one takes what gains most for its "
                "cost; no choice costs less than " +
                    bound);
    } else if (joint.possible) {
      out_.paragraph(say(joint.exact ? word::is_exact : word::is_searched));
    }
    out_.paragraph(
        say(joint.currency == "percent-of-target" ? word::by_percent : word::by_declared));
  }

  const NextRating& next_;
  Language language_;
  Document out_;
};

}  // namespace

Document next_document(const NextRating& next, Language language) {
  return NextRatingWriter(next, language).write();
}

}  // namespace jixiao::report
