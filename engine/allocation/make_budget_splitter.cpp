// From a question about a project to everything that answers it: limits in steps, effects, the
// split itself.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "allocation/amounts.hpp"
#include "allocation/budget_splitter.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/edge.hpp"
#include "value/unit.hpp"

namespace jixiao::allocation {

using text::Code;

namespace {

constexpr double most_work_of_a_split = 4e9;      // options times units
constexpr double usual_work = 6e8;                // the same, where the step is ours to choose
constexpr double most_units_of_a_split = 12'500;  // of a step of ours
constexpr double closeness_worth = 1e-8;

// The smallest of 1, 2, 5, 10, 20 ... that is not below x.
double round_step(double x) {
  double power = 1;
  while (power * 10 < x) power *= 10;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (power * factor >= x) return power * factor;
  }
  return power * 10;
}

}  // namespace

class SplitterMaker {
 public:
  SplitterMaker(const RuleSet& rules, const Project& project, const Question& question,
                double money, double most_money, std::vector<Diagnostic>& diagnostics)
      : rules_(rules),
        project_(project),
        question_(question),
        money_(money),
        most_money_(most_money),
        diagnostics_(diagnostics) {}

  std::unique_ptr<const BudgetSplitter> make() {
    const std::size_t errors = diagnostics_.size();
    if (!list_items()) return nullptr;
    for (const auto& word : question_.drop) check_constraint(word);
    protect();
    if (out_->protected_ <= money_) steps();
    explicit_limits();
    out_->curves_ = curve_bounds(rules_, project_, question_.beyond, diagnostics_);
    if (diagnostics_.size() > errors) return nullptr;
    std::vector<std::string> names;
    for (const auto& item : project_.model().items) names.push_back("items." + item.id);
    out_->scorer_ =
        PlanScorer::make(rules_, project_, names, dropped(), diagnostics_, out_->curves_);
    if (!out_->scorer_ || !find_effects()) return nullptr;
    judge_items();
    unmeasured_limits();
    if (!check_sums()) return nullptr;
    collect();
    return std::move(out_);
  }

 private:
  void report(Code code, const text::Place& place, Text message, Text help = {}) {
    diagnostics_.push_back(place.source != nullptr
                               ? text::diagnose(code, place, std::move(message), std::move(help))
                               : text::diagnose_file(code, project_.model().file,
                                                     std::move(message), std::move(help)));
  }

  bool list_items() {
    const auto& items = project_.model().items;
    if (items.empty()) {
      report(
          Code::reference_unknown, question_.place,
          {"项目没有支出项，没有可分配的钱", "the project has no items: there is nothing to split"},
          {"在项目中写 [[item]]", "write [[item]] in the project"});
      return false;
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!items[i].amount.yuan.ok()) return false;  // reading the project has said so
      out_->items_.push_back(
          {i, items[i].amount.yuan.value, 0, most_money_, 0, false, Measured::yes});
      before_ += items[i].amount.yuan.value;
    }
    return true;
  }

  [[nodiscard]] std::optional<std::size_t> find(const std::string& id) const {
    const auto& items = project_.model().items;
    const auto at =
        std::find_if(items.begin(), items.end(), [&](const auto& own) { return own.id == id; });
    return at == items.end() ? std::nullopt
                             : std::optional(static_cast<std::size_t>(at - items.begin()));
  }

  std::optional<std::size_t> item(const project::Word& word) {
    if (const auto at = find(word.text)) return at;
    std::vector<std::string> ids;
    for (const auto& own : project_.model().items) ids.push_back(own.id);
    report(Code::reference_unknown, word.place,
           {"项目没有支出项 '" + word.text + "'", "the project has no item '" + word.text + "'"},
           text::suggestion(word.text, ids));
    return std::nullopt;
  }

  void check_constraint(const project::Word& word) {
    std::vector<std::string> ids;
    for (const auto& own : project_.model().constraints) ids.push_back(own.id);
    if (std::find(ids.begin(), ids.end(), word.text) != ids.end()) return;
    report(
        Code::reference_unknown, word.place,
        {"项目没有约束 '" + word.text + "'", "the project has no constraint '" + word.text + "'"},
        text::suggestion(word.text, ids));
  }

  [[nodiscard]] std::vector<std::string> dropped() const {
    std::vector<std::string> out;
    for (const auto& word : question_.drop) out.push_back(word.text);
    return out;
  }

  void protect() {
    for (const auto& word : question_.protect) {
      const auto i = item(word);
      if (!i) continue;
      SplitItem& own = out_->items_[*i];
      own.is_protected = true;
      own.least = own.most = own.before;
    }
    for (const SplitItem& own : out_->items_) out_->protected_ += own.is_protected ? own.before : 0;
    if (out_->protected_ <= money_) return;
    report(Code::value_number, question_.protect.front().place,
           {"受保护的支出项共 " + yuan(out_->protected_) + "，要分的只有 " + yuan(money_),
            "the protected items take " + yuan(out_->protected_) + ", there is " + yuan(money_) +
                " to split"},
           {"少保护几项，或增加金额", "protect less, or give more money"});
  }

  // The common step: what all amounts are whole numbers of.
  void steps() {
    const auto free = std::count_if(out_->items_.begin(), out_->items_.end(),
                                    [](const auto& own) { return !own.is_protected; });
    const double money = most_money_ - out_->protected_;
    chosen_ = !question_.step.yuan && question_.steps.empty();
    const double fine =
        std::max(money / most_units_of_a_split,
                 money * std::sqrt(static_cast<double>(std::max<long>(free, 1)) / usual_work));
    const double usual = question_.step.yuan.value_or(round_step(std::max(1.0, fine)));
    for (SplitItem& own : out_->items_) own.step = usual;
    long common = 0;
    text::Place place = question_.step.place;
    for (const WrittenLimit& own : question_.steps) {
      const auto i = item(own.item);
      if (i && own.money.yuan) out_->items_[*i].step = *own.money.yuan, place = own.money.place;
    }
    for (const SplitItem& own : out_->items_) common = std::gcd(common, std::lround(own.step));
    out_->unit_ = static_cast<double>(std::max(1L, common));
    const double units = money / out_->unit_;
    if (static_cast<double>(free) * units * units <= most_work_of_a_split) return;
    const double coarse =
        round_step(money * std::sqrt(static_cast<double>(free) / most_work_of_a_split));
    report(Code::value_number, place,
           {"步长太细：" + yuan(money) + " 按 " + yuan(out_->unit_) + " 一步分不完",
            "the step is too fine: " + yuan(money) + " in steps of " + yuan(out_->unit_)},
           {"至少用 \"" + yuan(coarse) + "\"", "use at least \"" + yuan(coarse) + "\""});
  }

  void explicit_limits() {
    const auto take = [&](const std::vector<WrittenLimit>& limits, double SplitItem::*end) {
      for (const WrittenLimit& limit : limits) {
        const auto i = item(limit.item);
        if (!i) continue;
        SplitItem& own = out_->items_[*i];
        if (own.is_protected) {
          report(Code::value_choice, limit.item.place,
                 {"'" + limit.item.text + "' 已受保护，不能再设上下限",
                  "'" + limit.item.text + "' is protected: it has no limits of its own"},
                 {"删去一处", "remove one of the two"});
        } else {
          own.*end = limit.money.yuan.value_or(limit.money.percent.value_or(0) / 100 * own.before);
        }
      }
    };
    take(question_.least, &SplitItem::least);
    take(question_.most, &SplitItem::most);
    for (const WrittenLimit& limit : question_.least) {
      const auto i = find(limit.item.text);
      if (!i) continue;
      limited_.push_back(*i);
      const SplitItem& own = out_->items_[*i];
      if (own.least <= own.most) continue;
      report(Code::value_number, limit.money.place,
             {"'" + limit.item.text + "' 至少 " + yuan(own.least) + "，超过至多 " + yuan(own.most),
              "'" + limit.item.text + "' gets at least " + yuan(own.least) +
                  ", above the most it may get, " + yuan(own.most)},
             {"对调，或放宽其中一个", "swap the two, or widen one"});
    }
  }

  // Levers for the free items and the money itself; coarser steps of ours until every group is
  // known combination by combination.
  bool find_effects() {
    for (int attempt = 0;; ++attempt) {
      make_levers();
      const Setting setting{rules_,    project_,     out_->levers_, {"money.initial"},
                            dropped(), out_->curves_};
      out_->effects_ = Effects::find(setting, diagnostics_);
      if (!out_->effects_) return false;
      const auto& groups = out_->effects_->groups();
      const bool complete = std::all_of(groups.begin(), groups.end(),
                                        [](const Group& group) { return group.is_complete(); });
      constexpr int most_attempts = 8;
      const double units = (most_money_ - out_->protected_) / out_->unit_;
      if (complete || !chosen_ || attempt == most_attempts || units < 150) return true;
      out_->unit_ = round_step(out_->unit_ * 1.5);
      for (SplitItem& own : out_->items_) own.step = out_->unit_;
    }
  }

  void make_levers() {
    out_->levers_.clear();
    out_->lever_item_.clear();
    const std::size_t most = out_->units_of(most_money_);
    for (std::size_t i = 0; i < out_->items_.size(); ++i) {
      const SplitItem& own = out_->items_[i];
      if (own.is_protected) continue;
      Lever lever{"items." + project_.model().items[i].id, {}, own.before};
      const auto step = static_cast<std::size_t>(std::lround(own.step / out_->unit_));
      for (std::size_t u = 0; u <= most; u += step)
        lever.levels.push_back(static_cast<double>(u) * out_->unit_);
      out_->levers_.push_back(std::move(lever));
      out_->lever_item_.push_back(i);
    }
    const auto& initial = project_.model().money.initial.yuan;
    if (!initial.ok()) return;
    Lever money{"money.initial", {}, initial.value};
    for (std::size_t u = 0; u <= most; ++u)
      money.levels.push_back(std::max(0.0, initial.value + (out_->money_of(u) - before_)));
    out_->levers_.push_back(std::move(money));
  }

  // An item whose money no indicator follows, or whose indicators never lose by less of it: nothing
  // it delivers is measured.
  void judge_items() {
    for (const Group& group : out_->effects_->groups()) {
      if (group.levers.size() != 1 || group.levers[0] >= out_->lever_item_.size() ||
          !group.is_complete())
        continue;
      SplitItem& own = out_->items_[out_->lever_item_[group.levers[0]]];
      double lowest = std::numeric_limits<double>::infinity();  // so far, from no money on
      bool rises = false, falls = false;
      for (const double points : group.points) {
        if (std::isnan(points)) {
          rises = rises || std::isinf(lowest);  // a constraint that needs money
          continue;
        }
        rises = rises || points > lowest + 1e-9;
        falls = falls || (std::isfinite(lowest) && points < lowest - 1e-9);
        lowest = std::min(lowest, points);
      }
      own.measured = rises ? Measured::yes : falls ? Measured::cost_only : Measured::no;
    }
  }

  void unmeasured_limits() {
    if (question_.unmeasured == Unmeasured::free) return;
    const double share = question_.unmeasured == Unmeasured::keep ||
                                 question_.goal == Goal::least_money || before_ <= 0
                             ? 1
                             : std::min(1.0, money_ / before_);
    for (std::size_t i = 0; i < out_->items_.size(); ++i) {
      SplitItem& own = out_->items_[i];
      const bool limited = std::find(limited_.begin(), limited_.end(), i) != limited_.end();
      if (own.is_protected || limited || own.measured == Measured::yes) continue;
      own.least = std::min(own.most, value::floor_of(own.before * share / own.step) * own.step);
    }
  }

  bool check_sums() {
    const double least = out_->least_money();
    double most = 0;
    for (const SplitItem& own : out_->items_) most += own.most;
    if (least > money_) {
      report(Code::value_number,
             question_.money.place.source != nullptr ? question_.money.place : question_.place,
             {"各项下限（含受保护的）合计 " + yuan(least) + "，要分的只有 " + yuan(money_),
              "the items get at least " + yuan(least) + " together, there is " + yuan(money_) +
                  " to split"},
             {"降低下限，或增加金额；unmeasured = \"free\" 不为没有指标衡量的支出项留钱",
              "lower the least amounts, or give more money; unmeasured = \"free\" keeps nothing "
              "for items no indicator measures"});
      return false;
    }
    if (question_.goal == Goal::best_total && most < money_) {
      report(
          Code::value_number,
          question_.money.place.source != nullptr ? question_.money.place : question_.place,
          {"各项上限合计 " + yuan(most) + "，" + yuan(money_) + " 花不完",
           "the items may get " + yuan(most) + " together: " + yuan(money_) + " cannot be spent"},
          {"提高上限，或减少金额", "raise the most amounts, or split less money"});
      return false;
    }
    return true;
  }

  [[nodiscard]] bool may_have(const SplitItem& own, double amount) const {
    return amount >= own.least - 1e-6 && amount <= own.most + 1e-6;
  }

  [[nodiscard]] double closeness(const SplitItem& own, double amount) const {
    const double gap = amount - own.before;
    const double far = gap * gap / std::max(own.before, out_->unit_) /
                       std::max(before_, out_->unit_);
    return closeness_worth * far / (1 + far);
  }

  void collect() {
    BudgetSplitter& out = *out_;
    const std::size_t items = out.lever_item_.size();
    for (std::size_t k = 0; k < items; ++k) {
      out.choices_.emplace_back();
      for (const double amount : out.levers_[k].levels) {
        if (may_have(out.items_[out.lever_item_[k]], amount))
          out.choices_.back().push_back(static_cast<std::size_t>(std::lround(amount / out.unit_)));
      }
    }
    double points = out.effects_->rest();
    bool apart = true;  // nothing follows both the money as a whole and the split of it
    for (std::size_t g = 0; g < out.effects_->groups().size(); ++g) {
      const Group& group = out.effects_->groups()[g];
      double most = group.most_points;
      if (group.is_complete()) {
        most = impossible_points;
        for (const double own : group.points) most = std::isnan(own) ? most : std::max(most, own);
      }
      points += most;
      apart = apart && (group.levers.size() == 1 || group.levers.back() < items);
      if (group.levers == std::vector<std::size_t>{items}) {
        out.money_points_ = group.points;
      } else if (group.is_complete()) {
        add_options(g);
      }
    }
    out.relaxed_ = out.effects_->highest_total();
    if (out.effects_->adds_up())
      out.relaxed_ = std::min(out.relaxed_, out.effects_->decided(points + 1e-9));
    if (apart && out.effects_->is_additive())
      out.split_ = std::make_unique<const KnapsackTable>(out.options_, out.units_of(most_money_));
  }

  void add_options(std::size_t g) {
    BudgetSplitter& out = *out_;
    const Group& group = out.effects_->groups()[g];
    std::vector<std::optional<KnapsackItem>> best(out.units_of(most_money_) + 1);
    for (std::size_t index = 0; index < group.points.size(); ++index) {
      if (std::isnan(group.points[index])) continue;
      const auto levels = levels_of(group, out.levers_, index);
      double spent = 0, worth = group.points[index];
      bool allowed = true;
      for (std::size_t k = 0; k < levels.size(); ++k) {
        if (group.levers[k] >= out.lever_item_.size()) continue;
        const double amount = out.levers_[group.levers[k]].levels[levels[k]];
        const SplitItem& own = out.items_[out.lever_item_[group.levers[k]]];
        allowed = allowed && may_have(own, amount);
        worth -= closeness(own, amount);
        spent += amount;
      }
      const auto units = static_cast<std::size_t>(std::lround(spent / out.unit_));
      if (allowed && units < best.size() && (!best[units] || worth > best[units]->worth))
        best[units] = KnapsackItem{units, worth, index};
    }
    out.options_.emplace_back();
    for (const auto& option : best) {
      if (option) out.options_.back().push_back(*option);
    }
    out.option_group_.push_back(g);
  }

  static constexpr double impossible_points = -std::numeric_limits<double>::infinity();

  const RuleSet& rules_;
  const Project& project_;
  const Question& question_;
  double money_;
  double most_money_;
  std::vector<Diagnostic>& diagnostics_;
  std::unique_ptr<BudgetSplitter> out_{new BudgetSplitter};
  double before_ = 0;                 // of all items, yuan
  bool chosen_ = false;               // the step is ours
  std::vector<std::size_t> limited_;  // items with a least amount of their own
};

std::unique_ptr<const BudgetSplitter> BudgetSplitter::make(const RuleSet& rules,
                                                           const Project& project,
                                                           const Question& question, double money,
                                                           double most_money,
                                                           std::vector<Diagnostic>& diagnostics) {
  return SplitterMaker(rules, project, question, money, most_money, diagnostics).make();
}

}  // namespace jixiao::allocation
