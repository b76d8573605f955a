#include "choice/allocation.hpp"

#include <cmath>

#include "unit/choice/made_up.hpp"
#include "choice/plan_scorer.hpp"

using namespace jixiao;
using namespace made_up;
using choice::Goal;
using choice::PlanScorer;
using choice::Question;
using choice::Unmeasured;

namespace {

struct Every {
  double best = -1;        // total of the best split of at most the money
  double least = INFINITY;  // money of the cheapest split that reaches `wanted`
};

// Every split in steps of 1,000 yuan of at most `money`, scored one by one.
Every every_split(const Case& made, double money, double wanted) {
  const auto& items = made.project->model().items;
  std::vector<std::string> names;
  for (const auto& item : items) names.push_back("items." + item.id);
  std::vector<Diagnostic> diagnostics;
  const auto scorer = PlanScorer::make(*made.rules, *made.project, names, {}, diagnostics);
  REQUIRE(scorer);
  Every out;
  std::vector<double> plan(items.size(), 0);
  for (;;) {
    double sum = 0;
    for (const double amount : plan) sum += amount;
    if (sum <= money) {
      const auto scored = scorer->score(plan);
      if (scored.is_allowed()) {
        out.best = std::max(out.best, scored.total);
        if (scored.total >= wanted) out.least = std::min(out.least, sum);
      }
    }
    std::size_t i = 0;
    while (i < plan.size() && (plan[i] += 1000) > money) plan[i++] = 0;
    if (i == plan.size()) return out;
  }
}

Question asked(Goal goal, double money) {
  Question out;
  out.goal = goal;
  out.money.yuan = money;
  out.step.yuan = 1000;
  out.unmeasured = Unmeasured::free;
  return out;
}

double sum_of(const Allocation& allocation) {
  double sum = 0;
  for (const auto& part : allocation.parts) sum += part.after;
  return sum;
}

}  // namespace

TEST_CASE("the best split is the best of all splits", "[choice]") {
  std::mt19937 random(20);
  std::size_t exact = 0;
  for (int round = 0; round < 60; ++round) {
    const Case made = random_case(random, 2 + round % 2, round % 5 == 4);
    const double money = 1000 * static_cast<double>(6 + round % 9);
    std::vector<Diagnostic> diagnostics;
    const auto found = choice::allocate(*made.rules, *made.project, asked(Goal::best_total, money), diagnostics);
    const Every all = every_split(made, money, 1000);
    INFO("round " << round);
    for (const auto& d : diagnostics) UNSCOPED_INFO(d.code << " " << d.message.en);
    REQUIRE(found.has_value() == (all.best >= 0));
    if (!found) continue;
    exact += found->method == "exact" ? 1 : 0;
    CHECK(found->after == all.best);
    CHECK(found->bound >= all.best);
    CHECK(sum_of(*found) + found->unspent == Approx(money));
    CHECK(found->violated.empty());
    CHECK(found->method != "search");
  }
  CHECK(exact >= 40);
}

TEST_CASE("the least money is the least of all splits", "[choice]") {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const Case made = random_case(random, 2 + round % 2, round % 5 == 4);
    Question question = asked(Goal::least_money, 14000);
    question.total = 60 + round % 25;
    std::vector<Diagnostic> diagnostics;
    const auto found = choice::allocate(*made.rules, *made.project, question, diagnostics);
    const Every all = every_split(made, 14000, *question.total);
    INFO("round " << round);
    REQUIRE(found.has_value() == std::isfinite(all.least));
    if (!found) continue;
    CHECK(found->money == all.least);
    CHECK(found->bound <= all.least);
    CHECK(found->after >= *question.total);
    CHECK(sum_of(*found) == found->money);
  }
}

TEST_CASE("the frontier never falls and nothing is above its bound", "[choice]") {
  std::mt19937 random(3);
  for (int round = 0; round < 12; ++round) {
    const Case made = random_case(random, 3, false);
    Question question = asked(Goal::best_total, 12000);
    question.frontier = 5;
    question.frontier_from.yuan = 4000;
    question.frontier_to.yuan = 12000;
    std::vector<Diagnostic> diagnostics;
    const auto found = choice::allocate(*made.rules, *made.project, question, diagnostics);
    if (!found) continue;
    double last = 0;
    for (const auto& point : found->frontier) {
      const Every all = every_split(made, point.money, 1000);
      CHECK((std::isnan(point.score) ? -1 : point.score) == all.best);
      if (std::isnan(point.score)) continue;
      CHECK(point.score >= last);
      CHECK(point.bound >= all.best);
      last = point.score;
    }
  }
}

TEST_CASE("totals that are no sum are searched, and their bound holds", "[choice]") {
  std::mt19937 random(11);
  for (int round = 0; round < 10; ++round) {
    const Case made = random_case(random, 2, round % 2 == 0, "soft-default");
    std::vector<Diagnostic> diagnostics;
    const auto found = choice::allocate(*made.rules, *made.project, asked(Goal::best_total, 11000), diagnostics);
    const Every all = every_split(made, 11000, 1000);
    REQUIRE(found.has_value() == (all.best >= 0));
    if (!found) continue;
    CHECK(found->after <= all.best);
    CHECK(found->bound >= all.best);
  }
}

TEST_CASE("the seed: 15 % less, split best, and the least money that keeps its rating", "[choice]") {
  const auto project = read_project({std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020", ""});
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  Question question;
  question.money.percent = 85;
  question.drop = {{"every_community", {}}};
  question.frontier = 25;
  std::vector<Diagnostic> diagnostics;
  auto found = choice::allocate(*rules, *project, question, diagnostics);
  for (const auto& d : diagnostics) UNSCOPED_INFO(d.code << " " << d.message.en << d.help.en);
  REQUIRE(found);
  const auto show = [&] {
    std::string all = found->goal + " " + std::to_string(found->money) + " " + std::to_string(found->before) + "->" +
                      std::to_string(found->after) + " bound " + std::to_string(found->bound) + " " + found->method + " step " +
                      std::to_string(found->step) + " pro rata " + std::to_string(found->in_proportion) + " unspent " +
                      std::to_string(found->unspent) + " ev " + std::to_string(found->evaluations) + "\n";
    for (const auto& p : found->parts)
      all += p.id + " " + std::to_string(p.before) + " -> " + std::to_string(p.after) + " [" + std::to_string(p.least) + "," +
             std::to_string(p.most) + "] " + std::to_string(p.marginal) + " " + p.measured + "\n";
    for (const auto& f : found->frontier) all += std::to_string(f.money) + " " + std::to_string(f.score) + " " + f.rating + "\n";
    return all;
  };
  WARN(show());
  question.goal = Goal::least_money;
  question.money = {};
  found = choice::allocate(*rules, *project, question, diagnostics);
  for (const auto& d : diagnostics) UNSCOPED_INFO(d.code << " " << d.message.en << d.help.en);
  REQUIRE(found);
  WARN(show());
}
