#include "portfolio/comparison.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "made_up.hpp"

using namespace jixiao;
using namespace jixiao::tests;
using portfolio::Comparer;
using portfolio::IndicatorUnderBoth;
using portfolio::no_band;
using portfolio::Part;
using portfolio::ProjectUnderBoth;

namespace {

std::uint32_t band(const ruleset::RuleSet& rules, double total) {
  const std::size_t found = rules.band_of(total);
  return found == ruleset::none ? no_band : static_cast<std::uint32_t>(found);
}

// A project whose base is what its indicators add up to, more by `extra_b` under B; then comes what
// adjustments change.

ProjectUnderBoth project_of(const ruleset::RuleSet& a, const ruleset::RuleSet& b,
                            const std::vector<IndicatorUnderBoth>& under_both, double extra_b = 0,
                            double change_a = 0, double change_b = 0) {
  ProjectUnderBoth out{"p", 0, 0, 0, extra_b, no_band, no_band, under_both};
  for (const IndicatorUnderBoth& indicator_under_both : under_both) {
    out.base_a += indicator_under_both.points_a;
    out.base_b += indicator_under_both.points_b;
  }
  out.total_a = (*a.total_rounding)(out.base_a + change_a);
  out.total_b = (*b.total_rounding)(out.base_b + change_b);
  out.band_a = band(a, out.total_a);
  out.band_b = band(b, out.total_b);
  return out;
}

IndicatorUnderBoth indicator_under_both(std::string_view indicator, double weight, double points_a,
                                        double points_b) {
  return {indicator, "ratio", "ratio", weight, weight, points_a, points_b, points_a, points_b};
}

}  // namespace

TEST_CASE("the parts add up to the difference", "[portfolio][comparison]") {
  auto a = graded_rules(), b = graded_rules();
  b.total_rounding = value::Rounding{1, value::RoundingMode::half_up};
  a.indicator_rounding = value::Rounding{2, value::RoundingMode::half_up};
  const Comparer comparer(a, b, "t", 10);
  std::mt19937_64 random(3);
  const auto number = [&](double most) {
    return most * static_cast<double>(random() % 1000003) / 1000003;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<IndicatorUnderBoth> under_both;
    for (int i = 0; i < 6; ++i) {
      IndicatorUnderBoth one;
      one.indicator = "i";
      one.method_a = random() % 6 == 0 ? "" : "ratio";
      one.method_b = random() % 6 == 0 ? "" : random() % 2 == 0 ? "ratio" : "steps";
      one.weight_a = one.method_a.empty() ? 0 : number(20);
      one.weight_b = one.method_b.empty() ? 0 : number(20);
      one.unrounded_a = one.weight_a * (number(1.6) - 0.2);
      one.unrounded_b = random() % 9 == 0 ? std::nan("") : one.weight_b * (number(1.6) - 0.2);
      one.points_a = (*a.indicator_rounding)(std::clamp(one.unrounded_a, 0.0, one.weight_a));
      one.points_b = std::isnan(one.unrounded_b) ? 0
                                                 : std::clamp(one.unrounded_b, 0.0, one.weight_b);
      under_both.push_back(one);
    }
    const ProjectUnderBoth project =
        project_of(a, b, under_both, random() % 2 == 0 ? number(3) : 0, -number(2), number(2));
    double sum = 0;
    for (const Part& part : comparer.parts(project)) sum += part.points;
    CHECK(sum == Approx(project.total_b - project.total_a).margin(1e-11));
  }
}

TEST_CASE("each kind of cause", "[portfolio][comparison]") {
  const auto a = graded_rules();
  SECTION("a method that gives more for the same result") {
    const Comparer comparer(a, a, "t", 10);
    std::vector<IndicatorUnderBoth> under_both{indicator_under_both("speed", 60, 50, 58),
                                               indicator_under_both("reach", 40, 38, 39)};
    under_both[0].method_b = "steps";
    const auto moved = comparer.judge(project_of(a, a, under_both));
    CHECK(moved.band_a == "good");
    CHECK(moved.band_b == "excellent");
    CHECK(moved.cause.what == "method");
    CHECK(moved.cause.indicator == "speed");
    CHECK(moved.cause.method_a == "ratio");
    CHECK(moved.cause.method_b == "steps");
    CHECK(moved.cause_points == Approx(8));
  }
  SECTION("weights: half of 40 is half of 20") {
    const Comparer comparer(a, a, "t", 10);
    std::vector<IndicatorUnderBoth> under_both{indicator_under_both("weak", 40, 20, 10),
                                               indicator_under_both("strong", 60, 60, 80)};
    under_both[0].weight_b = 20;
    under_both[1].weight_b = 80;
    const auto project = project_of(a, a, under_both);
    const auto parts = comparer.parts(project);
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].what == "weights");
    CHECK(parts[0].points == -10);
    CHECK(comparer.judge(project).cause.what == "weights");
    CHECK(comparer.judge(project).cause.indicator == "strong");
  }
  SECTION("rounding of the total") {
    auto b = graded_rules();
    b.total_rounding = value::Rounding{0, value::RoundingMode::half_up};
    const Comparer comparer(a, b, "t", 10);
    const std::vector<IndicatorUnderBoth> under_both{indicator_under_both("x", 100, 89.6, 89.6)};
    const auto moved = comparer.judge(project_of(a, b, under_both));
    CHECK(moved.cause.what == "rounding");
    CHECK(moved.cause_points == Approx(0.4));
  }
  SECTION("rounding of the indicators") {
    auto b = graded_rules();
    b.indicator_rounding = value::Rounding{0, value::RoundingMode::half_up};
    const Comparer comparer(a, b, "t", 10);
    const std::vector<IndicatorUnderBoth> under_both{
        {"x", "ratio", "ratio", 50, 50, 44.5, 45, 44.5, 44.5},
        {"y", "ratio", "ratio", 50, 50, 44.6, 45, 44.6, 44.6}};
    CHECK(comparer.judge(project_of(a, b, under_both)).cause.what == "rounding");
  }
  SECTION("a full mark for what does not apply is not rounding") {
    auto b = graded_rules();
    b.indicator_rounding = value::Rounding{0, value::RoundingMode::half_up};
    const Comparer comparer(a, b, "t", 10);
    const std::vector<IndicatorUnderBoth> under_both{
        {"x", "ratio", "ratio", 100, 100, 80, 100, 80, 0}};
    CHECK(comparer.judge(project_of(a, b, under_both)).cause.what == "method");
  }
  SECTION("the way points become a total") {
    const Comparer comparer(a, a, "t", 10);
    const std::vector<IndicatorUnderBoth> under_both{indicator_under_both("x", 100, 85, 85)};
    CHECK(comparer.judge(project_of(a, a, under_both, 6)).cause.what == "combination");
  }
  SECTION("a bonus") {
    const Comparer comparer(a, a, "t", 10);
    const std::vector<IndicatorUnderBoth> under_both{indicator_under_both("x", 100, 85, 85)};
    const auto moved = comparer.judge(project_of(a, a, under_both, 0, 0, 5));
    CHECK(moved.cause.what == "adjustments");
    CHECK(moved.cause_points == 5);
  }
  SECTION("a veto that leaves the total alone") {
    const Comparer comparer(a, a, "t", 10);
    const std::vector<IndicatorUnderBoth> under_both{indicator_under_both("x", 100, 85, 85)};
    auto project = project_of(a, a, under_both);
    project.band_b = 4;
    const auto moved = comparer.judge(project);
    CHECK(moved.cause.what == "adjustments");
    CHECK(moved.cause_points == 0);
  }
  SECTION("other edges, the same total") {
    auto b = graded_rules();
    b.bands[0].range.low = 85;
    b.bands[1].range.high = 85;
    const Comparer comparer(a, b, "t", 10);
    const auto moved =
        comparer.judge(project_of(a, b, {{indicator_under_both("x", 100, 87, 87.5)}}));
    CHECK(moved.band_a == "good");
    CHECK(moved.band_b == "excellent");
    CHECK(moved.cause.what == "bands");
    CHECK(moved.cause_points == 0);
  }
  SECTION("the total rises, the rating falls: only edges do that") {
    auto b = graded_rules();
    b.bands[0].range.low = 99;
    b.bands[1].range = {95, 99, true, false};
    b.bands[2].range.high = 95;
    const Comparer comparer(a, b, "t", 10);
    CHECK(comparer.judge(project_of(a, b, {{indicator_under_both("x", 100, 89, 92)}})).cause.what ==
          "bands");
  }
  SECTION("nothing differs") {
    const Comparer comparer(a, a, "t", 10);
    CHECK(comparer.judge(project_of(a, a, {{indicator_under_both("x", 100, 89, 89)}}))
              .cause.what.empty());
  }
}

TEST_CASE("what many projects say of two rule sets", "[portfolio][comparison]") {
  const auto a = graded_rules();
  Comparer comparer(a, a, "made-up.csv", 2);
  std::vector<std::string> causes;
  // Points below zero: no total.
  const auto take = [&](std::string_view name, double points_a, double points_b) {
    const std::vector<IndicatorUnderBoth> under_both{
        indicator_under_both("x", 100, points_a, points_b)};
    ProjectUnderBoth project = project_of(a, a, under_both);
    project.project = name;
    if (points_a < 0) project.total_a = std::nan(""), project.band_a = no_band;
    if (points_b < 0) project.total_b = std::nan(""), project.band_b = no_band;
    causes.push_back(comparer.judge(project).cause.what);
    comparer.add(project, comparer.judge(project));
  };
  take("first", 85, 92);
  take("second", 83, 90);
  take("third", 95, 55);
  take("stays", 70, 71);
  take("not scored under B", 70, -1);
  take("nor this", 71, -1);
  take("not scored under A", -1, 70);
  take("not scored", -1, -1);
  CHECK(causes == std::vector<std::string>{"method", "method", "method", "method", "only_a",
                                           "only_a", "only_b", "neither"});
  const RulesComparison out = comparer.comparison();
  CHECK(out.projects == 8);
  CHECK(out.scored_both == 4);
  CHECK(out.only_a == 2);
  CHECK(out.only_b == 1);
  CHECK(out.neither == 1);
  CHECK(out.changed == 3);
  CHECK(out.moved[1][0] == 2);
  CHECK(out.moved[0][3] == 1);
  CHECK(out.bands_a[1].projects == 2);
  CHECK(out.bands_b[0].share == 50);
  CHECK(out.mean_a == (85 + 83 + 95 + 70) / 4.0);
  REQUIRE(out.causes.size() == 1);
  CHECK(out.causes[0].projects == 3);
  REQUIRE(out.projects_moved.size() == 2);
  CHECK(out.projects_moved[0].project == "third");
  CHECK(out.projects_moved[1].project == "first");
  CHECK(std::isnan(Comparer(a, a, "", 2).comparison().mean_a));
}
