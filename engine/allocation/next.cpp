// Every indicator turned alone: what reaches the goal, what loses the rating.
#include "jixiao/next.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "allocation/joint.hpp"
#include "allocation/plan_scorer.hpp"
#include "allocation/turning.hpp"
#include "project/heading.hpp"
#include "ruleset/ruleset.hpp"
#include "text/diagnostics.hpp"
#include "value/rounding.hpp"

namespace jixiao {
namespace allocation {

using text::Code;

namespace {

constexpr long most_at_once = 20'000;

// One number, and what the project is along its steps: 0 where it stands, upwards positive.
class Line {
 public:
  Line(const PlanScorer& scorer, std::size_t column, const Turning& turning)
      : scorer_(scorer), column_(column), turning_(turning) {}

  struct Point {
    long count = 0;
    Scored scored;
  };

  // Steps first, first + stride ... count of them, in the direction of the sign of stride.
  [[nodiscard]] std::vector<Point> points(long first, long stride, long count) const {
    std::vector<double> values;
    for (long k = 0; k < count; ++k) values.push_back(turning_.at(first + k * stride));
    const auto scored = scorer_.along(column_, values);
    std::vector<Point> out;
    for (long k = 0; k < count; ++k)
      out.push_back({first + k * stride, scored[static_cast<std::size_t>(k)]});
    return out;
  }

  // The first step in this direction where `is_there`; of very many steps one in a few is looked at
  // first.
  template <class Test>
  [[nodiscard]] std::optional<Point> first(int direction, const Test& is_there) const {
    const Looked& looked = look(direction);
    if (looked.points.empty()) return std::nullopt;
    for (const Point& point : looked.points) {
      if (!is_there(point.scored)) continue;
      const long before = point.count == looked.points.back().count
                              ? looked.before_last
                              : point.count - direction * looked.stride;
      return std::abs(point.count - before) <= 1
                 ? std::optional(point)
                 : first_within(before, point.count, direction, is_there);
    }
    return std::nullopt;
  }

  // Every step in a direction, of very many one in a few, the last always among them; scored once.
  struct Looked {
    std::vector<Point> points;
    long stride = 1;
    long before_last = 0;  // the one before the last
  };
  [[nodiscard]] const Looked& look(int direction) const {
    std::optional<Looked>& known = direction > 0 ? up_ : down_;
    if (known) return *known;
    known.emplace();
    const long all = direction > 0 ? turning_.steps_up() : turning_.steps_down();
    if (all == 0) return *known;
    known->stride = (all + most_at_once - 1) / most_at_once;
    known->points =
        points(direction * known->stride, direction * known->stride, all / known->stride);
    known->before_last = direction * (all / known->stride) * known->stride;
    if (known->before_last != direction * all) {
      known->points.push_back(points(direction * all, direction, 1).front());
    } else {
      known->before_last -= direction * known->stride;
    }
    return *known;
  }

 private:
  template <class Test>
  std::optional<Point> first_within(long after, long end, int direction,
                                    const Test& is_there) const {
    for (const Point& point : points(after + direction, direction, std::abs(end - after))) {
      if (is_there(point.scored)) return point;
    }
    return std::nullopt;
  }

  const PlanScorer& scorer_;
  std::size_t column_;
  const Turning& turning_;
  mutable std::optional<Looked> up_, down_;
};

class Finder {
 public:
  Finder(const RuleSet& rules, const Project& project, const NextOptions& options,
         std::vector<Diagnostic>& diagnostics)
      : rules_(rules), project_(project), options_(options), diagnostics_(diagnostics) {}

  bool run() {
    heading();
    std::vector<std::string> names;
    for (const auto& facts : scenario::ProjectModel::all_inputs(rules_, project_)) {
      if (!facts.name.starts_with("results.") && facts.name != "money.executed") continue;
      facts_.push_back(facts);
      names.push_back(facts.name);
    }
    std::vector<std::string> constraints;
    for (const auto& constraint : project_.model().constraints)
      constraints.push_back(constraint.id);
    scorer_ = PlanScorer::make(rules_, project_, names, constraints, diagnostics_);
    card_ = points();
    if (!scorer_ || !card_) return false;
    now_ = scorer_->as_it_stands();
    if (std::isnan(now_.total)) return report_unscored();
    if (!set_goal()) return false;
    const auto& all = project_.model().indicators;
    for (std::size_t i = 0; i < all.size(); ++i) indicator_places_.emplace(all[i].id, i);
    for (std::size_t i = 0; i < facts_.size(); ++i) turn(i);
    untouched();
    order();
    out.rows_scored = scorer_->model().rows_scored();
    if (out.goal)
      out.joint = cheapest_change({rules_, project_, *out.goal, goal_rating_}, diagnostics_);
    return true;
  }

  NextRating out;

 private:
  void heading() {
    project::fill_heading(project_.model(), out);
    out.rules = rules_.model().id;
    out.rules_version = rules_.model().version;
    out.rules_title = rules_.model().title;
  }

  // Points, weights and labels of every indicator as they stand.
  struct Card {
    std::vector<scenario::OutputFacts> outputs;
    std::vector<double> values;
    std::unordered_map<std::string, std::size_t> places;  // of the names
    [[nodiscard]] double operator[](const std::string& name) const {
      const auto found = places.find(name);
      return found == places.end() ? std::nan("") : values[found->second];
    }
  };

  std::optional<Card> points() {
    Card card;
    card.outputs = scenario::ProjectModel::all_outputs(rules_, project_);
    std::vector<scenario::NamePlace> wanted;
    for (const auto& output : card.outputs) {
      card.places.emplace(output.name, wanted.size());
      wanted.push_back({output.name, {}});
    }
    std::vector<Diagnostic> ignored;
    const auto model = scenario::ProjectModel::make(rules_, project_, {}, wanted, ignored);
    if (!model) return std::nullopt;
    card.values.resize(wanted.size());
    std::vector<std::span<double>> places;
    for (double& value : card.values) places.emplace_back(&value, 1);
    model->evaluate({}, places);
    return card;
  }

  bool report_unscored() {
    std::string which;
    for (std::size_t o = 0; o < card_->outputs.size(); ++o) {
      const std::string& name = card_->outputs[o].name;
      if (name.starts_with("points.") && std::isnan(card_->values[o]))
        which += (which.empty() ? "" : ", ") + name.substr(7);
    }
    diagnostics_.push_back(text::diagnose_file(
        Code::result_uncomputable, project_.model().file,
        {"算不出总分" + (which.empty() ? "" : "：" + which + " 没有得分"),
         "there is no total" + (which.empty() ? "" : ": no points for " + which)},
        {"给这些指标一个结果或一个 model", "give these indicators a result or a model"}));
    return false;
  }

  bool set_goal() {
    const auto& model = scorer_->model();
    const auto bands = model.bands();
    out.total = now_.total;
    out.digits = model.total_digits();
    out.scale = model.scale();
    out.rating = scorer_->rating_id(now_.rating);
    if (now_.rating < bands.size()) {
      out.rating_label = bands[now_.rating].label;
      if (std::isfinite(bands[now_.rating].from)) out.keeps_from = bands[now_.rating].from;
    }
    if (options_.total) {
      out.goal = options_.total;
      const auto& range = rules_.model().total_range;
      if (range && *options_.total > range->high) {
        const std::string goal = value::plain(*options_.total), most = value::plain(range->high);
        diagnostics_.push_back(text::diagnose_file(
            Code::value_number, project_.model().file,
            {"要达到的总分 " + goal + " 超过满分：总分至多 " + most,
             "the total to reach, " + goal + ", is more than a total can be: " + most},
            {"给一个不超过 " + most + " 的总分", "give one of at most " + most}));
        return false;
      }
      if (*options_.total > out.total) return true;
      diagnostics_.push_back(
          text::diagnose_file(Code::value_number, project_.model().file,
                              {"要达到的总分 " + value::plain(*options_.total) + " 不高于现在的 " +
                                   value::plain(out.total),
                               "the total to reach, " + value::plain(*options_.total) +
                                   ", is not above the one there is, " + value::plain(out.total)},
                              {"给一个更高的总分", "give a higher one"}));
      return false;
    }
    if (!options_.rating.empty()) return set_rating_goal(bands);
    for (std::size_t better = std::min(now_.rating, bands.size()); better-- > 0;) {
      if (!std::isfinite(bands[better].from)) continue;
      aim_at(better, bands[better]);
      return true;
    }
    return true;
  }

  void aim_at(std::size_t rating, const scenario::BandFacts& band) {
    goal_rating_ = rating;
    out.goal = band.from;
    out.goal_rating = band.id;
    out.goal_label = band.label;
  }

  // The rating that was asked for, when it is a better one that a total reaches.
  bool set_rating_goal(std::span<const scenario::BandFacts> bands) {
    const std::string& word = options_.rating;
    const std::size_t wanted = rating_named(bands, word);
    if (wanted == bands.size()) {
      std::vector<std::string> known;
      for (const auto& band : bands) {
        known.push_back(band.id);
        if (!band.label.zh.empty()) known.push_back(band.label.zh);
      }
      diagnostics_.push_back(
          text::diagnose_file(Code::reference_unknown, project_.model().file,
                              {"规则集 " + out.rules + " 没有等级“" + word + "”",
                               "the rule set " + out.rules + " has no rating '" + word + "'"},
                              text::suggestion(word, known)));
      return false;
    }
    if (wanted < now_.rating && std::isfinite(bands[wanted].from)) {
      aim_at(wanted, bands[wanted]);
      return true;
    }
    const bool is_better = wanted < now_.rating;
    diagnostics_.push_back(text::diagnose_file(
        Code::value_number, project_.model().file,
        is_better
            ? Text{"等级“" + word + "”没有分数线", "no total reaches the rating '" + word + "'"}
            : Text{"现在已经是“" + out.rating_label.in(Language::zh) + "”，不低于“" + word + "”",
                   "the project already is " + std::string(out.rating_label.in(Language::en)) +
                       ", no worse than '" + word + "'"},
        {"给一个更高的等级，或不写等级", "give a better rating, or none"}));
    return false;
  }

  [[nodiscard]] bool is_reached(const Scored& scored) const {
    return goal_rating_ ? scored.rating <= *goal_rating_ : scored.total >= *out.goal;
  }
  [[nodiscard]] bool is_lost(const Scored& scored) const {
    return std::isnan(scored.total) || scored.rating > now_.rating;
  }

  TurnedTo told(const Turning& turning, const Line::Point& point) const {
    const double value = turning.at(point.count);
    return {value, turning.shown(value), turning.change(value), point.scored.total,
            scorer_->rating_id(point.scored.rating)};
  }

  [[nodiscard]] const project::Indicator* indicator(const std::string& id) const {
    const auto found = indicator_places_.find(id);
    return found == indicator_places_.end() ? nullptr : &project_.model().indicators[found->second];
  }

  void turn(std::size_t column) {
    const scenario::InputFacts& facts = facts_[column];
    const bool money = facts.name == "money.executed";
    TurnedIndicator row;
    row.id = money ? facts.name : facts.name.substr(facts.name.find('.') + 1);
    row.label = facts.label;
    const double target = money ? project_.model().money.adjusted.yuan.value
                                : (*card_)["targets." + row.id];
    if (money) {
      if (rules_.model().indicators.empty()) return;
      for (const auto& fixed : rules_.model().indicators) {
        row.label = fixed.name;
        row.points += (*card_)["points." + fixed.id];
        row.weight +=
            fixed.weight.value_or((*card_)["weights." + rules_.model().blocks[fixed.block].id]);
      }
    } else {
      row.points = (*card_)["points." + row.id];
      row.weight = (*card_)["weights." + row.id];
    }
    row.can_turn = std::isfinite(facts.nominal) && std::isfinite(row.points);
    if (row.can_turn) look(column, turning_of(facts, indicator(row.id), target), row);
    out.indicators.push_back(std::move(row));
  }

  void look(std::size_t column, const Turning& turning, TurnedIndicator& row) {
    row.shown = turning.shown(turning.nominal);
    row.step = turning.step_shown();
    for (const std::string& name : scorer_->model().followers(column)) {
      if (name.starts_with("results.")) row.followers.push_back(name.substr(8));
    }
    const Line line(*scorer_, column, turning);
    const auto nearest = [&](const auto& is_there) -> std::optional<Line::Point> {
      const auto up = line.first(1, is_there), down = line.first(-1, is_there);
      if (!up || !down) return up ? up : down;
      return up->count <= -down->count ? up : down;
    };
    if (out.goal) {
      if (const auto found = nearest([&](const Scored& s) { return is_reached(s); }))
        row.reaches = told(turning, *found);
    }
    if (!row.reaches) best_alone(line, nearest, row, turning);
    if (!out.keeps_from) return;
    const auto lost = nearest([&](const Scored& s) { return is_lost(s); });
    if (!lost) return;
    row.loses = told(turning, *lost);
    const long before = lost->count > 0 ? lost->count - 1 : lost->count + 1;
    row.keeps = told(turning, line.points(before, 1, 1).front());
  }

  // The most points this number alone brings, at the nearest value that does.
  template <class Nearest>
  void best_alone(const Line& line, const Nearest& nearest, TurnedIndicator& row,
                  const Turning& turning) const {
    double most = now_.total;
    for (const int direction : {1, -1}) {
      for (const auto& point : line.look(direction).points)
        most = std::max(most, point.scored.total);
    }
    if (most <= now_.total) return;
    if (const auto found = nearest([&](const Scored& s) { return s.total >= most; }))
      row.best = told(turning, *found);
  }

  // Indicators that have no number to turn: grades, and what does not apply.
  void untouched() {
    std::unordered_set<std::string> turned;
    for (const auto& row : out.indicators) turned.insert(row.id);
    for (const auto& indicator : project_.model().indicators) {
      const bool known = turned.count(indicator.id) > 0;
      const double points = (*card_)["points." + indicator.id];
      if (known || std::isnan(points)) continue;
      TurnedIndicator row;
      row.id = indicator.id;
      row.label = indicator.name;
      row.points = points;
      row.weight = (*card_)["weights." + indicator.id];
      out.indicators.push_back(std::move(row));
    }
  }

  // As the form has them: money first, then the indicators of the project.
  void order() {
    const auto place = [&](const TurnedIndicator& row) {
      const auto* own = indicator(row.id);
      return own == nullptr ? 0 : 1 + (own - project_.model().indicators.data());
    };
    std::stable_sort(out.indicators.begin(), out.indicators.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
  }

  const RuleSet& rules_;
  const Project& project_;
  const NextOptions& options_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<scenario::InputFacts> facts_;
  std::unique_ptr<const PlanScorer> scorer_;
  std::optional<Card> card_;
  std::unordered_map<std::string, std::size_t> indicator_places_;
  Scored now_;
  std::optional<std::size_t> goal_rating_;
};

}  // namespace
}  // namespace allocation

Checked<NextRating> next_rating(const RuleSet& rules, const Project& project,
                                const NextOptions& options) {
  std::vector<Diagnostic> diagnostics;
  allocation::Finder finder(rules, project, options, diagnostics);
  const bool sound = finder.run();
  text::sort_by_place(diagnostics);
  if (!sound || text::has_error(diagnostics)) return diagnostics;
  return {std::move(finder.out), std::move(diagnostics)};
}

}  // namespace jixiao
