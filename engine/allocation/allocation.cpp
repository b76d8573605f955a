#include "allocation/allocation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "allocation/amounts.hpp"
#include "allocation/budget_splitter.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/rounding.hpp"

namespace jixiao::allocation {

using text::Code;

namespace {

const char* word(Measured measured) {
  return measured == Measured::yes ? "yes" : measured == Measured::cost_only ? "cost-only" : "no";
}

const char* word(Unmeasured unmeasured) {
  return unmeasured == Unmeasured::in_proportion ? "in-proportion"
         : unmeasured == Unmeasured::keep        ? "keep"
                                                 : "free";
}

class Allocator {
 public:
  Allocator(const RuleSet& rules, const Project& project, const Question& question,
            std::vector<Diagnostic>& diagnostics)
      : rules_(rules), project_(project), question_(question), diagnostics_(diagnostics) {}

  std::optional<Allocation> run() {
    for (const auto& item : project_.model().items) before_ += item.amount.yuan.value;
    const double money =
        question_.money.yuan.value_or(question_.money.percent.value_or(100) / 100 * before_);
    double most = money;
    if (question_.frontier > 0)
      most = std::max({most, frontier_end(question_.frontier_to, std::max(money, before_))});
    splitter_ = BudgetSplitter::make(rules_, project_, question_, money, most, diagnostics_);
    if (!splitter_) return std::nullopt;
    const Scored now = splitter_->scorer().as_it_stands();
    out_.goal = question_.goal == Goal::best_total ? "best-total" : "least-money";
    out_.before = now.total;
    out_.rating_before = splitter_->scorer().rating_id(now.rating);
    out_.money_before = before_;
    out_.step = splitter_->step();
    out_.unmeasured = word(question_.unmeasured);
    for (const auto& constraint : question_.drop) out_.dropped.push_back(constraint.text);
    std::optional<BudgetSplit> answer;
    if (question_.goal == Goal::best_total) {
      answer = splitter_->best(money);
      if (!answer) return report_no_split(money);
    } else {
      const auto wanted = wanted_total(now);
      if (!wanted) return std::nullopt;
      out_.wanted = *wanted;
      answer = splitter_->least(money, *wanted);
      if (!answer) return report_not_reached(money, *wanted);
    }
    describe(*answer, money);
    describe_results(answer->amounts);
    describe_curves(answer->amounts);
    frontier(money);
    out_.evaluations = evaluations_ + splitter_->effects().evaluations();
    return std::move(out_);
  }

 private:
  [[nodiscard]] text::Place place() const {
    return question_.money.place.source != nullptr ? question_.money.place : question_.place;
  }

  void report(Code code, const text::Place& at, Text message, Text help) {
    diagnostics_.push_back(at.source != nullptr
                               ? text::diagnose(code, at, std::move(message), std::move(help))
                               : text::diagnose_file(code, project_.model().file,
                                                     std::move(message), std::move(help)));
    diagnostics_.back().severity = Severity::error;
  }

  // The total a least-money split must keep.
  std::optional<double> wanted_total(const Scored& now) {
    if (question_.total) return question_.total;
    const auto bands = splitter_->scorer().model().bands();
    std::size_t rating = now.rating;
    if (!question_.rating.text.empty()) {
      std::vector<std::string> ids;
      for (const auto& band : bands) ids.push_back(band.id);
      rating = rating_named(bands, question_.rating.text);
      if (rating == ids.size()) {
        report(Code::reference_unknown, question_.rating.place,
               {"规则集没有等级 '" + question_.rating.text + "'",
                "the rule set has no rating '" + question_.rating.text + "'"},
               text::suggestion(question_.rating.text, ids));
        return std::nullopt;
      }
    }
    if (rating < bands.size() && std::isfinite(bands[rating].from)) {
      const double from = bands[rating].from;
      return bands[rating].closed ? from
                                  : std::nextafter(from, std::numeric_limits<double>::infinity());
    }
    report(Code::value_choice, question_.place,
           {"没有可保的等级：现在的等级没有下限",
            "there is no rating to keep: the one there is has no lower end"},
           {"写 rating = \"…\" 或 total = 85", "write rating = \"…\" or total = 85"});
    return std::nullopt;
  }

  std::optional<Allocation> report_no_split(double money) {
    const Text why = in_the_way(money);
    report(Code::constraint_violated, place(),
           {yuan(money) + " 怎样分都不能同时守住各项上下限和约束；" + why.zh,
            "no split of " + yuan(money) + " keeps all limits and constraints; " + why.en},
           {"增加金额，或用 drop = […] 放开约束，用 beyond = […] 允许越过曲线（curves.…）的端点",
            "give more money, let a constraint go with drop = […], or a curve (curves.…) be left "
            "at its ends with beyond = […]"});
    return std::nullopt;
  }

  std::optional<Allocation> report_not_reached(double money, double wanted) {
    const auto best = splitter_->best(money);
    if (!best) return report_no_split(money);
    const std::string is = value::plain(best->total, 4), goal = value::plain(wanted, 4);
    report(Code::value_number, place(),
           {yuan(money) + " 最好只能得 " + is + " 分，够不到 " + goal,
            "the best split of " + yuan(money) + " has " + is + " points, short of " + goal},
           {"增加 money，或降低要保的等级", "raise money, or keep a lower rating"});
    return std::nullopt;
  }

  // Which constraints stand in the way: those no split can satisfy, or those without which there is
  // one.
  [[nodiscard]] Text in_the_way(double money) const {
    const auto& stuck = splitter_->effects().stuck();
    if (!stuck.empty())
      return {"无论怎样分都违反：" + joined(stuck),
              "violated whatever the split: " + joined(stuck)};
    std::vector<std::string> ids;
    for (const auto& constraint : project_.model().constraints) {
      Question without = question_;
      without.drop.push_back({constraint.id, {}});
      std::vector<Diagnostic> ignored;
      const auto splitter = BudgetSplitter::make(rules_, project_, without, money, money, ignored);
      if (splitter && splitter->best(money)) ids.push_back(constraint.id);
    }
    for (const CurveBounds& curve : splitter_->curves()) {
      Question without = question_;
      without.beyond.push_back({curve.indicator, {}});
      std::vector<Diagnostic> ignored;
      const auto splitter = BudgetSplitter::make(rules_, project_, without, money, money, ignored);
      if (splitter && splitter->best(money)) ids.push_back("curves." + curve.indicator);
    }
    if (ids.empty())
      return {"放开任何一条约束也还不够", "letting any single constraint go is not enough"};
    return {"放开其中任何一条就可以：" + joined(ids),
            "letting one of these go is enough: " + joined(ids)};
  }

  static std::string joined(const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& id : ids) out += (out.empty() ? "" : ", ") + id;
    return out;
  }

  std::vector<double> in_proportion(double money) const {
    std::vector<double> out;
    for (const SplitItem& item : splitter_->items())
      out.push_back(before_ > 0 ? item.before * money / before_ : 0);
    return out;
  }

  void describe(const BudgetSplit& answer, double money) {
    const bool best = question_.goal == Goal::best_total;
    const PlanScorer& scorer = splitter_->scorer();
    const std::vector<SplitItem>& items = splitter_->items();
    // One batch: the split itself, in proportion, and 10,000 more for each item.
    std::vector<std::vector<double>> plans{answer.amounts, in_proportion(answer.spent)};
    for (std::size_t i = 0; i < items.size(); ++i) {
      plans.push_back(answer.amounts);
      plans.back()[i] += ten_thousand;
    }
    std::vector<std::vector<double>> columns(items.size());
    for (const auto& plan : plans) {
      for (std::size_t i = 0; i < items.size(); ++i) columns[i].push_back(plan[i]);
    }
    const auto scored = scorer.score(columns);
    evaluations_ += scored.size() + answer.evaluations;
    out_.after = scored[0].total;
    out_.rating_after = scorer.rating_id(scored[0].rating);
    out_.violated = scored[0].violated;
    out_.in_proportion = scored[1].total;
    out_.rating_in_proportion = scorer.rating_id(scored[1].rating);
    out_.violated_in_proportion = scored[1].violated;
    out_.money = best ? money : answer.spent;
    out_.unspent = best ? money - answer.spent : 0;
    const bool as_predicted = std::abs(scored[0].total - answer.total) <= 1e-9;
    out_.method = splitter_->is_exact() && as_predicted ? "exact"
                  : answer.exact && as_predicted        ? "every"
                                                        : "search";
    out_.bound = as_predicted ? answer.bound
                 : best       ? splitter_->effects().highest_total()
                              : splitter_->least_money();
    out_.optimal = out_.bound == (best ? out_.after : out_.money);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto& item = project_.model().items[items[i].index];
      AllocatedPart part;
      part.id = item.id;
      part.label = item.name;
      part.before = items[i].before;
      part.after = answer.amounts[i];
      part.least = items[i].least;
      part.most = items[i].most;
      part.is_protected = items[i].is_protected;
      part.measured = word(items[i].measured);
      const bool may_have = !part.is_protected &&
                            part.after + ten_thousand <= std::max(part.most, money + ten_thousand);
      part.marginal = may_have ? value::Rounding{6}(scored[2 + i].total - scored[0].total)
                               : std::nan("");
      out_.parts.push_back(std::move(part));
    }
  }

  // Each wanted output with the items as they stand and at `amounts`; nothing where nothing is
  // wanted or the project cannot be scored (diagnostics).
  std::vector<std::array<double, 2>> before_and_after(
      const std::vector<scenario::NamePlace>& wanted, const std::vector<double>& amounts) {
    if (wanted.empty()) return {};
    std::vector<scenario::NamePlace> in;
    for (const auto& item : project_.model().items) in.push_back({"items." + item.id, {}});
    const auto model = scenario::ProjectModel::make(rules_, project_, in, wanted, diagnostics_);
    if (!model) return {};
    std::vector<std::array<double, 2>> plans, found(wanted.size());
    for (std::size_t i = 0; i < amounts.size(); ++i)
      plans.push_back({model->nominal()[i], amounts[i]});
    std::vector<formula::Column> columns;
    for (const auto& plan : plans) columns.push_back(formula::Column::of(plan));
    const std::vector<std::span<double>> places(found.begin(), found.end());
    model->evaluate(columns, places);
    return found;
  }

  // The results that follow the money, before and after, and what they earn.
  void describe_results(const std::vector<double>& amounts) {
    std::vector<scenario::NamePlace> wanted;
    std::vector<const scenario::OutputFacts*> results;
    const auto all = scenario::ProjectModel::all_outputs(rules_, project_);
    for (const auto& output : all) {
      if (!output.name.starts_with("results.")) continue;
      results.push_back(&output);
      wanted.push_back({output.name, {}});
      wanted.push_back({"points." + output.name.substr(8), {}});
    }
    const auto found = before_and_after(wanted, amounts);
    if (found.empty()) return;
    for (std::size_t r = 0; r < results.size(); ++r) {
      const auto &value = found[2 * r], &points = found[2 * r + 1];
      if (std::isnan(value[0]) || std::isnan(value[1]) || value[0] == value[1]) continue;
      const value::Unit& unit = results[r]->unit;
      out_.results.push_back({results[r]->name.substr(8), results[r]->label,
                              value::show(value[0], unit), value::show(value[1], unit), points[0],
                              points[1]});
    }
    std::stable_sort(out_.results.begin(), out_.results.end(), [](const auto& a, const auto& b) {
      return a.points_after - a.points_before < b.points_after - b.points_before;
    });
  }

  // Where on the curves that follow the items the split is.
  void describe_curves(const std::vector<double>& amounts) {
    std::vector<scenario::NamePlace> wanted;
    std::vector<Diagnostic> ignored;
    const auto kept = curve_bounds(rules_, project_, {}, ignored);
    for (const CurveBounds& curve : kept) wanted.push_back({"curves." + curve.indicator, {}});
    const auto found = before_and_after(wanted, amounts);
    if (found.empty()) return;
    for (std::size_t c = 0; c < kept.size(); ++c) {
      const auto& indicators = project_.model().indicators;
      const auto own = std::find_if(indicators.begin(), indicators.end(),
                                    [&](const auto& one) { return one.id == kept[c].indicator; });
      const auto& points = own->curve->points;
      const auto& bounds = splitter_->curves();
      const bool held = std::any_of(bounds.begin(), bounds.end(), [&](const auto& one) {
        return one.indicator == kept[c].indicator;
      });
      out_.curves.push_back({own->id, own->name, own->curve->of.text, points.front().first,
                             points.back().first, found[c][0], found[c][1], !held});
    }
  }

  [[nodiscard]] double frontier_end(const MoneyText& end, double otherwise) const {
    return end.yuan.value_or(end.percent ? *end.percent / 100 * before_ : otherwise);
  }

  void frontier(double money) {
    if (question_.frontier == 0) return;
    const double from =
        frontier_end(question_.frontier_from, std::max(splitter_->least_money(), 0.5 * before_));
    const double to = frontier_end(question_.frontier_to, std::max(money, before_));
    for (std::size_t p = 0; p < question_.frontier; ++p) {
      const double exact = from + (to - from) * static_cast<double>(p) /
                                      static_cast<double>(question_.frontier - 1);
      const double at = splitter_->money_of(splitter_->units_of(exact));
      const auto answer = splitter_->best(at);
      FrontierPoint point{at, std::nan(""), std::nan(""), {}};
      if (answer) {
        const Scored scored = splitter_->scorer().score(answer->amounts);
        evaluations_ += 1 + answer->evaluations;
        point.score = scored.total;
        point.bound = std::max(answer->bound, scored.total);
        point.rating = splitter_->scorer().rating_id(scored.rating);
      }
      out_.frontier.push_back(std::move(point));
    }
  }

  const RuleSet& rules_;
  const Project& project_;
  const Question& question_;
  std::vector<Diagnostic>& diagnostics_;
  std::unique_ptr<const BudgetSplitter> splitter_;
  Allocation out_;
  double before_ = 0;
  std::size_t evaluations_ = 0;
};

}  // namespace

std::optional<Allocation> allocate(const RuleSet& rules, const Project& project,
                                   const Question& question, std::vector<Diagnostic>& diagnostics) {
  return Allocator(rules, project, question, diagnostics).run();
}

}  // namespace jixiao::allocation
