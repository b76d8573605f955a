// One budget over many projects: each as well as it can be with what it gets, all together as well
// as they can be.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "allocation/allocation.hpp"
#include "allocation/amounts.hpp"
#include "allocation/budget_splitter.hpp"
#include "ruleset/ruleset.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/edge.hpp"
#include "value/rounding.hpp"

namespace jixiao::allocation {

namespace fs = std::filesystem;
using text::Code;

namespace {

constexpr double most_shared_work = 1e9;  // options times units, all projects together
constexpr double most_shared_units = 12'500;

struct Member {
  const WrittenProject* written = nullptr;
  std::optional<Project> project;
  std::optional<RuleSet> rules;
  std::string id;
  double before = 0;
  double least = 0, most = 0;
  Question question;  // about this project alone
  std::unique_ptr<const BudgetSplitter> splitter;
  std::vector<double> totals;  // of the best split of at most so many units; -infinity: none
  Scored now;
};

class ProjectsAllocator {
 public:
  ProjectsAllocator(const Question& question, const std::string& folder, const RuleLibrary& library,
                    std::vector<Diagnostic>& diagnostics)
      : question_(question), folder_(folder), library_(library), diagnostics_(diagnostics) {}

  std::optional<Allocation> run() {
    const std::size_t errors = count_errors();
    for (const WrittenProject& written : question_.projects) read(written);
    for (const auto* words : {&question_.protect}) {
      for (const auto& word : *words)
        report(
            Code::value_choice, word.place,
            {"protect 只用于一个项目的支出项", "protect is for the items of one project"},
            {"在 [[project]] 中写 least = \"100%\"", "write least = \"100%\" in its [[project]]"});
    }
    if (count_errors() > errors) return std::nullopt;
    for (const Member& member : members_) before_ += member.before;
    money_ = question_.money.yuan.value_or(question_.money.percent.value_or(100) / 100 * before_);
    top_ = question_.frontier > 0
               ? std::max({money_, before_, end(question_.frontier_to, 0)})
               : std::max(money_, question_.goal == Goal::least_money ? before_ : 0);
    choose_step();
    for (Member& member : members_) prepare(member);
    if (count_errors() > errors) return std::nullopt;
    out_.of_projects = true;
    out_.goal = question_.goal == Goal::best_total ? "best-total" : "least-money";
    out_.money_before = before_;
    out_.step = step_;
    out_.unmeasured = question_.unmeasured == Unmeasured::free   ? "free"
                      : question_.unmeasured == Unmeasured::keep ? "keep"
                                                                 : "in-proportion";
    for (const auto& word : question_.drop) out_.dropped.push_back(word.text);
    const bool answered = question_.goal == Goal::best_total ? split_best() : split_least();
    if (!answered) return std::nullopt;
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t count_errors() const {
    return static_cast<std::size_t>(
        std::count_if(diagnostics_.begin(), diagnostics_.end(),
                      [](const Diagnostic& d) { return d.severity == Severity::error; }));
  }
  void report(Code code, const text::Place& place, Text message, Text help) {
    diagnostics_.push_back(text::diagnose(code, place, std::move(message), std::move(help)));
  }
  [[nodiscard]] double end(const MoneyText& text, double otherwise) const {
    return text.yuan.value_or(text.percent ? *text.percent / 100 * before_ : otherwise);
  }
  [[nodiscard]] const text::Place& money_place() const {
    return question_.money.place.source != nullptr ? question_.money.place : question_.place;
  }

  void read(const WrittenProject& written) {
    Member member;
    member.written = &written;
    const std::string path = (fs::path(folder_) / written.folder).lexically_normal().string();
    member.id = fs::path(written.folder).lexically_normal().filename().string();
    const auto project = read_project({path, ""});
    add_errors(project.diagnostics());
    if (!project) return;
    member.project = *project;
    const std::string wanted = written.rules.empty() ? project->rules() : written.rules;
    if (wanted.empty()) {
      report(Code::reference_unknown, written.place,
             {"项目没有指定规则集", "the project names no rule set"},
             {"在 [[project]] 中写 rules", "write rules in its [[project]]"});
      return;
    }
    const auto rules = read_rules(wanted, library_, project->needs());
    add_errors(rules.diagnostics());
    if (!rules) return;
    member.rules = *rules;
    for (const auto& item : project->model().items) member.before += item.amount.yuan.value;
    members_.push_back(std::move(member));
  }

  void add_errors(const std::vector<Diagnostic>& all) {
    std::copy_if(all.begin(), all.end(), std::back_inserter(diagnostics_),
                 [](const Diagnostic& d) { return d.severity == Severity::error; });
  }

  void choose_step() {
    std::size_t options = members_.size();
    for (const Member& member : members_) options += member.project->model().items.size();
    const double units = std::min(
        most_shared_units,
        std::sqrt(most_shared_work / static_cast<double>(std::max<std::size_t>(options, 1))));
    double step = 1;
    for (double power = 1; step < top_ / units; power *= 10) {
      for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        step = power * factor;
        if (step >= top_ / units) break;
      }
    }
    step_ = question_.step.yuan.value_or(step);
  }

  void prepare(Member& member) {
    const auto amount = [&](const MoneyText& text, double otherwise) {
      return text.yuan.value_or(text.percent ? *text.percent / 100 * member.before : otherwise);
    };
    member.least = amount(member.written->least, 0);
    member.most = std::min(amount(member.written->most, top_), top_);
    if (member.least > amount(member.written->most, std::numeric_limits<double>::infinity())) {
      report(Code::value_number, member.written->least.place,
             {"至少 " + yuan(member.least) + "，超过至多 " + yuan(member.most),
              "at least " + yuan(member.least) + " is above the most it may get, " +
                  yuan(member.most)},
             {"对调，或放宽其中一个", "swap the two, or widen one"});
      return;
    }
    member.question.unmeasured = question_.unmeasured;
    member.question.step.yuan = step_;
    for (const auto& word : question_.drop) {
      const auto& constraints = member.project->model().constraints;
      if (std::any_of(constraints.begin(), constraints.end(),
                      [&](const auto& c) { return c.id == word.text; }))
        member.question.drop.push_back(word);
    }
    for (const auto& word : question_.beyond) {
      const auto& indicators = member.project->model().indicators;
      const auto has_curve = [&](const auto& indicator) {
        return indicator.id == word.text && indicator.curve.has_value();
      };
      if (word.text == "*" || std::any_of(indicators.begin(), indicators.end(), has_curve))
        member.question.beyond.push_back(word);
    }
    const double share = before_ > 0 ? std::min(1.0, money_ / before_) : 1;
    const double own = std::min(
        member.most, question_.goal == Goal::least_money ? member.before : member.before * share);
    member.splitter = BudgetSplitter::make(*member.rules, *member.project, member.question, own,
                                           member.most, diagnostics_);
    if (!member.splitter) return;
    if (!member.splitter->is_exact()) {
      report(
          Code::value_choice, member.written->place,
          {"这个项目的总分不是各部分之和，不能与别的项目一起分",
           "the total of this project is no sum of parts: it cannot be split together with others"},
          {"单独分它的钱", "split its money alone"});
      return;
    }
    member.now = member.splitter->scorer().as_it_stands();
    double best = -std::numeric_limits<double>::infinity();
    const std::size_t least = units(member.least);
    for (std::size_t u = 0; u <= member.splitter->units_of(member.most); ++u) {
      best = std::max(best, member.splitter->total_at(u));
      member.totals.push_back(u < least ? -std::numeric_limits<double>::infinity() : best);
    }
    weight_ += member.written->weight;
  }

  [[nodiscard]] std::size_t units(double yuan_amount) const {
    return static_cast<std::size_t>(std::max(0.0, value::ceil_of(yuan_amount / step_)));
  }

  bool split_best() {
    std::vector<std::vector<KnapsackItem>> options;
    for (const Member& member : members_) {
      options.emplace_back();
      for (std::size_t u = 0; u < member.totals.size(); ++u) {
        const bool rises = std::isfinite(member.totals[u]) &&
                           (options.back().empty() || member.totals[u] > member.totals[u - 1]);
        if (rises) options.back().push_back({u, member.written->weight * member.totals[u], u});
      }
    }
    const auto most = static_cast<std::size_t>(value::floor_of(money_ / step_));
    const auto top = static_cast<std::size_t>(value::floor_of(top_ / step_));
    const KnapsackTable split(options, top);
    const auto best_up_to = [&](std::size_t units) -> std::optional<std::size_t> {
      std::optional<std::size_t> best;
      for (std::size_t u = 0; u <= units; ++u) {
        if (std::isfinite(split.worth(u)) && (!best || split.worth(u) > split.worth(*best)))
          best = u;
      }
      return best;
    };
    const auto best = best_up_to(most);
    if (!best) {
      report(Code::constraint_violated, money_place(),
             {yuan(money_) + " 分到各项目，不能同时满足各自的下限和约束",
              "no split of " + yuan(money_) +
                  " over the projects keeps all their limits and constraints"},
             {"增加金额，降低下限，或用 drop = […] 放开约束，用 beyond = […] 允许越过曲线的端点",
              "give more money, lower the limits, let constraints go with drop = […], or curves be "
              "left at their ends with beyond = […]"});
      diagnostics_.back().severity = Severity::error;
      return false;
    }
    out_.money = money_;
    out_.unspent = money_ - static_cast<double>(*best) * step_;
    out_.bound = split.worth(*best) / weight_;
    const auto chosen = split.choice(*best);
    for (std::size_t m = 0; m < members_.size(); ++m) describe(members_[m], chosen[m]);
    finish();
    in_proportion();
    for (std::size_t p = 0; p < question_.frontier; ++p) {
      const double from = end(question_.frontier_from, 0.5 * before_),
                   to = end(question_.frontier_to, std::max(money_, before_));
      const double at = from + (to - from) * static_cast<double>(p) /
                                   static_cast<double>(question_.frontier - 1);
      const auto here = static_cast<std::size_t>(
          std::clamp(value::floor_of(at / step_), 0.0, static_cast<double>(top)));
      const auto found = best_up_to(here);
      const double score = found ? split.worth(*found) / weight_ : std::nan("");
      out_.frontier.push_back({static_cast<double>(here) * step_, score, score, {}});
    }
    return true;
  }

  // Every project keeps its rating (or the one asked for) as cheaply as it can: they do not
  // compete.
  bool split_least() {
    bool sound = true;
    double bound = 0;
    for (const Member& member : members_) {
      const auto bands = member.splitter->scorer().model().bands();
      std::size_t rating = member.now.rating;
      if (!question_.rating.text.empty()) {
        std::vector<std::string> ids;
        for (const auto& band : bands) ids.push_back(band.id);
        rating = rating_named(bands, question_.rating.text);
        if (rating == ids.size()) {
          const std::string rules = member.rules->model().id;
          report(
              Code::reference_unknown, question_.rating.place,
              {"规则集 " + rules + "（" + member.id + "）没有等级 '" + question_.rating.text + "'",
               "the rule set " + rules + " (of " + member.id + ") has no rating '" +
                   question_.rating.text + "'"},
              text::suggestion(question_.rating.text, ids));
          sound = false;
          continue;
        }
      }
      const double from =
          rating < bands.size() && std::isfinite(bands[rating].from) ? bands[rating].from : 0;
      const double wanted = question_.total.value_or(from);
      const auto found = member.splitter->least(member.most, wanted);
      if (!found) {
        report(
            Code::value_number, member.written->place,
            {"最多 " + yuan(member.most) + " 达不到 " + value::show(wanted, value::Unit()) + " 分",
             yuan(member.most) + " at most does not reach " + value::show(wanted, value::Unit()) +
                 " points"},
            {"增加 most，或降低要保的等级", "raise most, or keep a lower rating"});
        sound = false;
        continue;
      }
      const std::size_t own = std::max(units(found->spent), units(member.least));
      bound += std::max(found->bound, member.least);
      describe(member, own);
    }
    if (!sound) return false;
    finish();
    for (const AllocatedPart& part : out_.parts) out_.money += part.after;
    out_.bound = bound;
    out_.optimal = out_.bound == out_.money;
    out_.in_proportion = std::nan("");
    return true;
  }

  void describe(const Member& member, std::size_t own) {
    const PlanScorer& scorer = member.splitter->scorer();
    AllocatedPart part;
    part.id = member.id;
    part.label = member.project->model().name;
    part.before = member.before;
    part.after = static_cast<double>(own) * step_;
    part.least = std::max(member.least, member.splitter->least_money());
    part.most = member.most;
    part.total_before = member.now.total;
    part.rating_before = scorer.rating_id(member.now.rating);
    const auto answer = member.splitter->best(part.after);
    const Scored scored = answer ? scorer.score(answer->amounts) : Scored{std::nan("")};
    as_predicted_ = as_predicted_ && answer && std::abs(scored.total - answer->total) <= 1e-9;
    part.total_after = scored.total;
    part.rating_after = scorer.rating_id(scored.rating);
    const auto more = own +
                      static_cast<std::size_t>(std::lround(std::max(1.0, ten_thousand / step_)));
    part.marginal = more < member.totals.size()
                        ? value::Rounding{6}((member.totals[more] - scored.total) * ten_thousand /
                                             (static_cast<double>(more - own) * step_))
                        : std::nan("");
    out_.evaluations += member.splitter->effects().evaluations() + 2;
    out_.before += member.written->weight * part.total_before / weight_;
    out_.after += member.written->weight * part.total_after / weight_;
    out_.parts.push_back(std::move(part));
  }

  void finish() {
    out_.method = as_predicted_ ? "exact" : "search";
    out_.optimal = as_predicted_ && std::abs(out_.after - out_.bound) < 1e-9;
    if (out_.optimal) out_.bound = out_.after;
  }

  void in_proportion() {
    double sum = 0;
    for (const Member& member : members_) {
      const auto answer = member.splitter->best(
          std::min(member.most, before_ > 0 ? member.before * money_ / before_ : 0));
      sum += answer
                 ? member.written->weight * member.splitter->scorer().score(answer->amounts).total
                 : std::nan("");
    }
    out_.in_proportion = sum / weight_;
  }

  const Question& question_;
  const std::string& folder_;
  const RuleLibrary& library_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Member> members_;
  Allocation out_;
  double before_ = 0, money_ = 0, top_ = 0, step_ = 1, weight_ = 0;
  bool as_predicted_ = true;
};

}  // namespace

std::optional<Allocation> allocate_projects(const Question& question, const std::string& folder,
                                            const RuleLibrary& library,
                                            std::vector<Diagnostic>& diagnostics) {
  return ProjectsAllocator(question, folder, library, diagnostics).run();
}

}  // namespace jixiao::allocation
