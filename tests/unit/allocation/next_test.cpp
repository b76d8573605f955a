#include "jixiao/next.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "allocation/cheapest.hpp"
#include "allocation/plan_scorer.hpp"
#include "unit/allocation/made_up.hpp"

using namespace jixiao;
using namespace made_up;
using allocation::PlanScorer;

namespace {

const std::string costs = R"(
[[improve]]
of = "results.a"
cost = "900元"
to = "20个"
[[improve]]
of = "results.b"
cost = "400元/%"
to = "95%"
step = "1%"
[[improve]]
of = "results.c"
cost = "1500元"
to = "95%"
step = "1%"
)";

// Three results to improve; `more`: what else the project says.
Case improvable(std::mt19937& random, const std::string& more) {
  const auto between = [&](int low, int high) {
    return std::to_string(std::uniform_int_distribution<int>(low, high)(random));
  };
  return read_case(
      "schema = \"jixiao/project/1\"\nrules = \"cn-mof-2020\"\n[project]\nname = \"p\"\nyear = "
      "2020\n[money]\ninitial = "
      "\"100万元\"\n[drivers]\nper = { value = 4, unit = \"%/个\" }\n" +
          more +
          "[[indicator]]\nid = \"a\"\nname = \"a\"\nblock = \"output\"\ntype = "
          "\"quantity\"\ntarget = \"≥20个\"\n"
          "[[indicator]]\nid = \"b\"\nname = \"b\"\nblock = \"benefit\"\ntype = \"social\"\ntarget "
          "= \"≥95%\"\n"
          "model = 'result_a*per'\n"
          "[[indicator]]\nid = \"c\"\nname = \"c\"\nblock = \"satisfaction\"\ntype = "
          "\"service\"\ntarget = \"≥95%\"\n",
      "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"" + between(70, 100) +
          "万元\"\n[[result]]\nindicator = \"a\"\nactual = \"" + between(8, 19) +
          "个\"\n[[result]]\nindicator = \"b\"\nactual = \"" + between(60, 94) +
          "%\"\n[[result]]\nindicator = \"c\"\nactual = \"" + between(50, 94) + "%\"\n");
}

}  // namespace

TEST_CASE("the cheapest choice is the cheapest of all choices", "[choice]") {
  std::mt19937 random(5);
  const auto number = [&](double most) {
    return std::floor(std::uniform_real_distribution<double>(0, most)(random) * 100) / 100;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<std::vector<allocation::Option>> parts(3);
    for (auto& part : parts) {
      part.push_back({0, 0, 0});
      for (std::size_t o = 1; o < 6; ++o) part.push_back({number(10), number(4) - 1, o});
    }
    const double wanted = number(8);
    double least = std::numeric_limits<double>::infinity();
    for (const auto& a : parts[0]) {
      for (const auto& b : parts[1]) {
        for (const auto& c : parts[2]) {
          if (a.gain + b.gain + c.gain >= wanted - 1e-9)
            least = std::min(least, a.cost + b.cost + c.cost);
        }
      }
    }
    const auto found = allocation::cheapest(parts, wanted, 1e-9);
    REQUIRE(found.has_value() == std::isfinite(least));
    if (!found) continue;
    CHECK(found->cost == Approx(least).margin(1e-9));
    CHECK(found->gain >= wanted - 1e-6);
  }
}

TEST_CASE("the cheapest joint change is the cheapest of all, followers and steps included",
          "[choice]") {
  std::mt19937 random(9);
  std::size_t reached = 0;
  for (int round = 0; round < 25; ++round) {
    const Case made = improvable(random, costs);
    const auto found = next_rating(*made.rules, *made.project);
    REQUIRE(found.has_value());
    if (!found->goal) continue;
    std::vector<Diagnostic> diagnostics;
    const std::vector<std::string> names{"results.a", "results.b", "results.c"};
    const auto scorer = PlanScorer::make(*made.rules, *made.project, names, {}, diagnostics);
    REQUIRE(scorer);
    const auto now = scorer->model().nominal();
    double least = std::numeric_limits<double>::infinity();
    for (double a = now[0]; a <= 20; ++a) {
      for (double b = now[1]; b <= 95; ++b) {
        for (double c = now[2]; c <= 95; ++c) {
          const auto scored = scorer->score(std::vector<double>{a, b, c});
          if (scored.total >= *found->goal)
            least = std::min(least, 900 * (a - now[0]) + 400 * (b - now[1]) + 1500 * (c - now[2]));
        }
      }
    }
    INFO("round " << round << " total " << found->total << " goal " << *found->goal);
    REQUIRE(found->joint.has_value());
    CHECK(found->joint->currency == "yuan");
    REQUIRE(found->joint->possible == std::isfinite(least));
    if (!found->joint->possible) continue;
    ++reached;
    CHECK(found->joint->exact);
    CHECK(found->joint->cost == Approx(least));
    CHECK(found->joint->total >= *found->goal);
  }
  CHECK(reached >= 5);
}

TEST_CASE("alone: one step less does not reach, one step less does not lose", "[choice]") {
  std::mt19937 random(2);
  for (int round = 0; round < 20; ++round) {
    const Case made = improvable(random, "");
    const auto found = next_rating(*made.rules, *made.project);
    REQUIRE(found.has_value());
    for (const auto& row : found->indicators) {
      if (row.id == "money.executed") continue;
      std::vector<Diagnostic> diagnostics;
      const std::vector<std::string> names{"results." + row.id};
      const auto scorer = PlanScorer::make(*made.rules, *made.project, names, {}, diagnostics);
      const double step = row.id == "a" ? 1 : 0.1;
      const auto total = [&](double x) { return scorer->score(std::vector<double>{x}).total; };
      INFO("round " << round << " " << row.id << " total " << found->total);
      if (row.reaches) {
        CHECK(row.reaches->total >= *found->goal);
        CHECK(total(row.reaches->value) == row.reaches->total);
        const double back = row.reaches->value > scorer->model().nominal()[0] ? -step : step;
        CHECK(total(row.reaches->value + back) < *found->goal);
      } else if (found->goal) {
        for (double x = 0; x <= 100; x += step) REQUIRE(total(x) < *found->goal);
      }
      if (!row.loses) continue;
      CHECK(row.loses->total < *found->keeps_from);
      CHECK(row.keeps->total >= *found->keeps_from);
      CHECK(std::abs(row.keeps->value - row.loses->value) == Approx(step));
    }
  }
}

TEST_CASE("the best rating says so and shows what may be lost", "[choice]") {
  const auto project =
      read_project({std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020", ""});
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  const auto found = next_rating(*rules, *project);
  REQUIRE(found.has_value());
  CHECK(found->rating == "excellent");
  CHECK_FALSE(found->goal.has_value());
  CHECK_FALSE(found->joint.has_value());
  const auto trained = std::find_if(found->indicators.begin(), found->indicators.end(),
                                    [](const auto& row) { return row.id == "trained"; });
  REQUIRE(trained != found->indicators.end());
  REQUIRE(trained->keeps.has_value());
  // 94.87 - 4.87: 4.87 of 6.25 points are 155.84 people of 200; 186 - 155 = 31, and 31*6.25/200 =
  // 0.96875 leaves 90.00.
  CHECK(trained->keeps->shown == "31人");
  const auto better = next_rating(*rules, *project, {96, {}});
  REQUIRE(better.has_value());
  REQUIRE(better->joint.has_value());
  CHECK(better->joint->possible);
  CHECK(better->joint->exact);
  const auto lower = next_rating(*rules, *project, {50, {}});
  CHECK_FALSE(lower.has_value());
}
