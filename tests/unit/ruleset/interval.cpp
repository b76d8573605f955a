#include "ruleset/interval.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace jixiao::ruleset;

TEST_CASE("intervals read their ends", "[ruleset]") {
  const auto half_open = Interval::parse("[80, 90)");
  REQUIRE(half_open);
  CHECK(half_open->contains(80));
  CHECK_FALSE(half_open->contains(90));
  CHECK(half_open->text() == "[80,90)");
  CHECK(Interval::parse("(,)")->contains(-1e300));
  CHECK(Interval::parse("(30,)")->contains(31));
  CHECK_FALSE(Interval::parse("(30,)")->contains(30));
  CHECK(Interval::parse("[0,0]")->contains(0));
  for (const char* bad :
       {"", "80,90", "[90,80]", "(5,5]", "[a,b]", "[1;2]", "[nan,2]", "[1,2", "[1,2,3]"}) {
    INFO(bad);
    CHECK_FALSE(Interval::parse(bad));
  }
}

namespace {

std::vector<CoverFlaw> flaws(std::initializer_list<const char*> texts, const char* whole) {
  std::vector<Interval> intervals;
  for (const char* text : texts) intervals.push_back(*Interval::parse(text));
  return cover_flaws(intervals, *Interval::parse(whole));
}

}  // namespace

TEST_CASE("gaps and overlaps are found to the point", "[ruleset]") {
  CHECK(flaws({"[90,100]", "[80,90)", "[60,80)", "[0,60)"}, "[0,100]").empty());
  CHECK(flaws({"[90,)", "(,90)"}, "[0,100]").empty());

  const auto at_90 = flaws({"(90,100]", "[80,90)", "[0,80)"}, "[0,100]");
  REQUIRE(at_90.size() == 1);
  CHECK(at_90[0].kind == CoverFlaw::Kind::gap);
  CHECK(at_90[0].where.low == 90);
  CHECK(at_90[0].where.high == 90);

  const auto twice = flaws({"[90,100]", "[80,90]", "[0,80)"}, "[0,100]");
  REQUIRE(twice.size() == 1);
  CHECK(twice[0].kind == CoverFlaw::Kind::overlap);

  CHECK(flaws({"[0,89]", "[90,100]"}, "[0,100]").size() == 1);  // whole points leave a hole
  CHECK(flaws({"[0,50]"}, "[0,100]").size() == 1);              // nothing on top
  CHECK(flaws({"[50,100]"}, "[0,100]").size() == 1);            // nothing below
  CHECK(flaws({"[0,100]", "[20,30]"}, "[0,100]").size() == 1);  // one inside another
  CHECK(flaws({}, "[0,100]").size() == 1);
}

TEST_CASE("a set without flaws puts every value in exactly one interval", "[ruleset]") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::vector<Interval> intervals;
    for (int i = 0; i < 4; ++i) {
      const double a = static_cast<double>(random() % 6);
      const double b = static_cast<double>(random() % 6);
      Interval made{std::min(a, b), std::max(a, b), random() % 2 == 0, random() % 2 == 0};
      if (made.low == made.high) made.low_closed = made.high_closed = true;
      intervals.push_back(made);
    }
    const Interval whole{0, 5, true, true};
    bool once = true;
    for (double x = 0; x <= 5; x += 0.5) {
      int count = 0;
      for (const Interval& interval : intervals) count += interval.contains(x);
      once = once && count == 1;
    }
    CHECK(cover_flaws(intervals, whole).empty() == once);
  }
}
