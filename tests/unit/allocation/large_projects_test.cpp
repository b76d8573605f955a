// What is asked of a project with very many indicators costs what they are, not their square.
// Counted, not timed.
#include "jixiao/next.hpp"

#include <algorithm>
#include <random>

#include "allocation/cheapest.hpp"
#include "jixiao/study.hpp"
#include "unit/allocation/made_up.hpp"

using namespace jixiao;

namespace {

// Most of them lost points; the total is short of the best rating.
made_up::Case large(std::size_t count) {
  std::string project =
      "schema = \"jixiao/project/1\"\nrules = \"cn-mof-2020\"\n[project]\nname = \"p\"\nyear = "
      "2020\n[money]\ninitial = \"100万元\"\n";
  std::string results = "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"90万元\"\n";
  const char* const blocks[] = {"output\"\ntype = \"quantity", "output\"\ntype = \"quality",
                                "benefit\"\ntype = \"social", "satisfaction\"\ntype = \"service"};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = "i" + std::to_string(i);
    const bool counted = i % 4 == 0;
    project += "[[indicator]]\nid = \"" + id + "\"\nname = \"" + id + "\"\nblock = \"" +
               blocks[i % 4] + "\"\ntarget = \"" +
               (counted ? "≥" + std::to_string(40 + i % 7) + "个" : std::string("≥95%")) + "\"\n";
    results += "[[result]]\nindicator = \"" + id + "\"\nactual = \"" +
               (counted ? std::to_string(25 + i % 11) + "个" : std::to_string(60 + i % 23) + "%") +
               "\"\n";
  }
  return made_up::read_case(project, results);
}

}  // namespace

TEST_CASE("next: twice the indicators are scored twice as often", "[choice]") {
  std::vector<double> alone, together;
  for (const std::size_t count : {60U, 120U, 240U}) {
    const auto made = large(count);
    const auto found = next_rating(*made.rules, *made.project);
    REQUIRE(found.has_value());
    REQUIRE(found->goal.has_value());
    REQUIRE(found->joint.has_value());
    CHECK(found->indicators.size() == count + 1);
    CHECK(found->joint->possible);
    CHECK(found->joint->cost >= found->joint->bound - 1e-9);
    CHECK((found->joint->exact || found->joint->bound > 0));  // exact, or it says how far it may be
                                                              // from that
    CHECK(found->joint->total >= *found->goal);
    alone.push_back(static_cast<double>(found->rows_scored));
    together.push_back(static_cast<double>(found->joint->rows_scored));
  }
  for (std::size_t k = 1; k < alone.size(); ++k) {
    CHECK(alone[k] < 2.5 * alone[k - 1]);
    CHECK(together[k] < 2.5 * together[k - 1]);
  }
}

TEST_CASE("the joint answer of many is exact or bounded from both sides", "[choice]") {
  // Beside a small one, which is exact.
  const auto small = large(8);
  const auto found = next_rating(*small.rules, *small.project);
  REQUIRE(found.has_value());
  REQUIRE(found->joint.has_value());
  CHECK(found->joint->exact);
  CHECK(found->joint->bound == Approx(found->joint->cost));
}

TEST_CASE("offers of one price: exact beside every choice, bounded where there are too many",
          "[choice]") {
  std::mt19937 random(31);
  for (int round = 0; round < 60; ++round) {
    std::vector<std::vector<allocation::Option>> parts(5);
    for (auto& part : parts) {
      const double step = 0.1 * static_cast<double>(1 + random() % 7);
      for (std::size_t o = 0; o < 6; ++o)
        part.push_back({2 * step * static_cast<double>(o), step * static_cast<double>(o), o});
    }
    double most = 0, least = 1e9;
    for (const auto& part : parts) most += part.back().gain;
    const double wanted = most * 0.6;
    for (std::size_t index = 0; index < 6 * 6 * 6 * 6 * 6; ++index) {
      double cost = 0, gain = 0;
      std::size_t rest = index;
      for (const auto& part : parts)
        cost += part[rest % 6].cost, gain += part[rest % 6].gain, rest /= 6;
      if (gain >= wanted - 1e-9) least = std::min(least, cost);
    }
    const auto found = allocation::cheapest(parts, wanted, 1e-9);
    REQUIRE(found.has_value());
    CHECK(found->exact);
    CHECK(found->cost == Approx(least).margin(1e-9));
  }
  // Two thousand parts of odd steps: whatever is told, nothing is below the bound and the choice
  // gains enough.
  std::vector<std::vector<allocation::Option>> many(2000);
  double most = 0;
  for (auto& part : many) {
    const double step = std::uniform_real_distribution<double>(0.01, 0.02)(random),
                 price = std::uniform_real_distribution<double>(1, 1.001)(random);
    for (std::size_t o = 0; o < 100; ++o)
      part.push_back({price * step * static_cast<double>(o), step * static_cast<double>(o), o});
    most += part.back().gain;
  }
  const auto found = allocation::cheapest(many, most / 2, 1e-9);
  REQUIRE(found.has_value());
  CHECK(found->gain >= most / 2 - 1e-9);
  CHECK(found->cost >= found->bound - 1e-9);
  CHECK(found->cost < found->bound * 1.001);
}
