#include "allocation/allocation.hpp"

#include <cmath>

#include "allocation/plan_scorer.hpp"
#include "unit/allocation/made_up.hpp"

using namespace jixiao;
using namespace made_up;
using allocation::Goal;
using allocation::PlanScorer;
using allocation::Question;
using allocation::Unmeasured;

namespace {

struct Every {
  double best = -1;         // total of the best split of at most the money
  double least = INFINITY;  // money of the cheapest split that reaches `wanted`
};

// Whether a split stays between the declared points of the one curve of a made-up project, 0 and
// 9,000, or where the project stands beyond them.
bool is_on_curve(const Case& made, const std::vector<double>& plan) {
  for (const auto& indicator : made.project->model().indicators) {
    if (!indicator.curve) continue;
    const auto& items = made.project->model().items;
    const bool alone = indicator.curve->of.text == "money_ia";
    const double now = alone ? items[0].amount.yuan.value
                             : std::sqrt(items[0].amount.yuan.value * items[1].amount.yuan.value);
    const double here = alone ? plan[0] : std::sqrt(plan[0] * plan[1]);
    if (here > std::max(9000.0, now) + 1e-6) return false;
  }
  return true;
}

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
    if (sum <= money && is_on_curve(made, plan)) {
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
  for (int round = 0; round < 90; ++round) {
    const Case made = random_case(random, 2 + round % 2, round % 5 == 4, "cn-mof-2020", round < 60);
    const double money = 1000 * static_cast<double>(6 + round % 9);
    std::vector<Diagnostic> diagnostics;
    const auto found = allocation::allocate(*made.rules, *made.project,
                                            asked(Goal::best_total, money), diagnostics);
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
  CHECK(exact >= 60);
}

TEST_CASE("the least money is the least of all splits", "[choice]") {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const Case made = random_case(random, 2 + round % 2, round % 5 == 4);
    Question question = asked(Goal::least_money, 14000);
    question.total = 60 + round % 25;
    std::vector<Diagnostic> diagnostics;
    const auto found = allocation::allocate(*made.rules, *made.project, question, diagnostics);
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
    const auto found = allocation::allocate(*made.rules, *made.project, question, diagnostics);
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
    const auto found = allocation::allocate(*made.rules, *made.project,
                                            asked(Goal::best_total, 11000), diagnostics);
    const Every all = every_split(made, 11000, 1000);
    REQUIRE(found.has_value() == (all.best >= 0));
    if (!found) continue;
    CHECK(found->after <= all.best);
    CHECK(found->bound >= all.best);
  }
}

TEST_CASE("the seed: 15 % less, split best, and the least money that keeps its rating",
          "[choice]") {
  const auto project =
      read_project({std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020", ""});
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  Question question;
  question.money.percent = 85;
  question.drop = {{"every_community", {}}};
  std::vector<Diagnostic> diagnostics;
  auto found = allocation::allocate(*rules, *project, question, diagnostics);
  for (const auto& d : diagnostics) UNSCOPED_INFO(d.code << " " << d.message.en << d.help.en);
  REQUIRE(found);
  CHECK(found->method == "exact");
  CHECK(found->optimal);
  CHECK(found->in_proportion == 93.26);  // what `simulate` says of the cut in proportion
  CHECK(found->after > found->in_proportion);
  CHECK(sum_of(*found) == 1020000);
  CHECK(found->parts[0].measured == "yes");
  CHECK(found->parts[2].measured == "cost-only");
  CHECK(found->parts[3].measured == "no");
  CHECK(found->parts[3].after >= 102000);  // its share of the cut, and no more taken from what
                                           // nobody measures
  // 216 invited at 900 yuan are what 200 of whom 93 % come take; one invitation less and 199 come.
  CHECK(found->parts[1].after >= 194400);

  // All constraints kept: 29 communities at 30,000; 162 invitations at 900 bring 150; the other two
  // keep 30,000 and 120,000.
  Question least;
  least.goal = Goal::least_money;
  found = allocation::allocate(*rules, *project, least, diagnostics);
  REQUIRE(found);
  CHECK(found->money == 1165800);
  CHECK(found->bound == 1165800);
  CHECK(found->rating_after == "excellent");
  CHECK(found->violated.empty());
}

TEST_CASE("a budget over projects: no exchange between two of them is better", "[choice]") {
  std::mt19937 random(4);
  const scratch::Folder folder;
  Question question;
  std::vector<Case> made;
  for (const char* name : {"one", "two"}) {
    made.push_back(random_case(random, 2, false));
    folder.write(std::string(name) + "/project.toml", made.back().project_text);
    folder.write(std::string(name) + "/results.toml", made.back().results_text);
    allocation::WrittenProject written;
    written.folder = name;
    written.weight = made.size() == 1 ? 1 : 2;
    question.projects.push_back(written);
  }
  question.money.yuan = 9000;
  question.step.yuan = 1000;
  question.unmeasured = Unmeasured::free;
  std::vector<Diagnostic> diagnostics;
  const auto found =
      allocation::allocate_projects(question, folder.path(), scratch::shipped_rules(), diagnostics);
  for (const auto& d : diagnostics) UNSCOPED_INFO(d.code << " " << d.message.en << d.help.en);
  double best = -1;
  for (double first = 0; first <= 9000; first += 1000) {
    const double one = every_split(made[0], first, 1000).best,
                 two = every_split(made[1], 9000 - first, 1000).best;
    if (one >= 0 && two >= 0) best = std::max(best, (one + 2 * two) / 3);
  }
  REQUIRE(found.has_value() == (best >= 0));
  if (!found) return;
  CHECK(found->after == Approx(best));
  CHECK(found->bound >= best - 1e-9);
  CHECK(found->optimal);
}

TEST_CASE(
    "money is shifted as long as that helps where there are too many splits to score them all",
    "[choice]") {
  // 100 indicators of a geometric rule set could not be scored in all their splits; here the total
  // is a product, no sum of parts: three items, 400 levels each, 64 million splits. The best one is
  // known: the money in equal parts.
  const std::string rules =
      "schema = \"jixiao/ruleset/1\"\nid = \"product\"\nversion = \"1\"\ntitle = \"p\"\nextends = "
      "\"methods\"\n"
      "cite = { text = \"x\", evidence = \"illustrative\" }\nblock = [ { id = \"output\", weight = "
      "100 } ]\n"
      "method = [ { id = \"higher.proportional\", when = { direction = \"at_least\", value = "
      "\"number\" } } ]\n"
      "band = [ { id = \"passed\", from = 60 }, { id = \"failed\" } ]\n";
  std::string project =
      "schema = \"jixiao/project/1\"\n[project]\nname = \"p\"\nyear = 2020\n[money]\ninitial = "
      "\"60000元\"\nadjusted = \"60000元\"\n";
  for (const char* id : {"a", "b", "c"})
    project += std::string("[[item]]\nid = \"") + id + "\"\nname = \"" + id + "\"\namount = \"" +
               (*id == 'a' ? "40000" : "10000") + "元\"\n";
  project +=
      "[drivers]\nscale = { value = 1, unit = \"元\" }\n[[indicator]]\nid = \"together\"\nname = "
      "\"t\"\nblock = \"output\"\ntarget = "
      "\"≥100%\"\n"
      "curve = { of = '(money_a*money_b*money_c)^(1/3)', points = [[0, 0], [40000, 100]] }\n";
  const scratch::Folder folder;
  const auto file = folder.write("product.toml", rules);
  folder.write("project.toml", project);
  folder.write("results.toml",
               "schema = \"jixiao/results/1\"\n[money]\nexecuted = "
               "\"60000元\"\n[[result]]\nindicator = \"together\"\nactual = \"39.685%\"\n");
  const auto read = read_project({folder.path(), ""});
  for (const auto& d : read.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
  const auto plain = read_rules(file, scratch::shipped_rules());
  for (const auto& d : plain.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(read);
  REQUIRE(plain);
  Question question;
  question.money.yuan = 60000;
  question.step.yuan = 150;
  question.unmeasured = Unmeasured::free;
  std::vector<Diagnostic> diagnostics;
  auto found = allocation::allocate(*plain, *read, question, diagnostics);
  for (const auto& d : diagnostics) UNSCOPED_INFO(d.code << " " << d.message.en << d.help.en);
  REQUIRE(found);
  CHECK(found->method == "search");
  CHECK_FALSE(found->optimal);
  CHECK(found->after > found->before);
  CHECK(found->bound >= found->after);
  // 20,000 each is not a whole number of steps: one step off the best in one item, at most.
  for (const auto& part : found->parts) CHECK(std::abs(part.after - 20000) <= 150);
  CHECK(found->after == Approx(50).epsilon(1e-4));

  // The least money whose total is 40: 16,000 each.
  question.goal = Goal::least_money;
  question.total = 40;
  found = allocation::allocate(*plain, *read, question, diagnostics);
  REQUIRE(found);
  CHECK(found->method == "search");
  CHECK(found->after >= 40);
  CHECK(found->money == Approx(48000).epsilon(0.01));
  CHECK(found->bound <= found->money);
}

TEST_CASE("a rating no project of a budget has is refused where it stands", "[choice]") {
  std::mt19937 random(4);
  const scratch::Folder folder;
  Question question;
  question.goal = Goal::least_money;
  question.step.yuan = 1000;
  question.unmeasured = Unmeasured::free;
  question.rating = {"excelent", {}};
  const Case made = random_case(random, 2, false);
  folder.write("one/project.toml", made.project_text);
  folder.write("one/results.toml", made.results_text);
  allocation::WrittenProject written;
  written.folder = "one";
  question.projects.push_back(written);
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(allocation::allocate_projects(question, folder.path(), scratch::shipped_rules(),
                                            diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].code == "reference.unknown");
  CHECK(diagnostics[0].help.en.find("'excellent'") != std::string::npos);
  question.rating.text = "poor";
  diagnostics.clear();
  const auto found =
      allocation::allocate_projects(question, folder.path(), scratch::shipped_rules(), diagnostics);
  CHECK(found);
}
