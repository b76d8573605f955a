// Whole projects: totals and ratings that were worked out by hand.
#include <catch2/catch.hpp>

#include "jixiao/jixiao.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

const std::string root = JIXIAO_SOURCE_DIR;

Scorecard scored(const std::string& rules_id, ScoreOptions options = {}) {
  const auto project = read_project({root + "/scenarios/chenggong-2020", ""});
  for (const Diagnostic& d : project.diagnostics()) {
    if (d.severity == Severity::error)
      UNSCOPED_INFO(d.file << ":" << d.line << " " << d.message.en);
  }
  REQUIRE(project.has_value());
  const auto rules = read_rules(rules_id, scratch::shipped_rules(), project->needs());
  REQUIRE(rules.has_value());
  return score(*rules, *project, options);
}

const IndicatorStory& indicator(const Scorecard& card, const std::string& id) {
  for (const IndicatorStory& story : card.indicators) {
    if (story.id == id) return story;
  }
  FAIL("no indicator " << id);
  return card.indicators.front();
}

}  // namespace

TEST_CASE("the 2020 form under the ministry's rules, rounded at the total", "[cases][chenggong]") {
  const Scorecard card = scored("cn-mof-2020");
  CHECK(card.scored);
  CHECK(card.total == 94.87);
  CHECK(card.rating == "excellent");
  CHECK(card.rating_label.zh == "优");
  CHECK(card.illustrative);
  CHECK(indicator(card, "execution").points == Approx(9.4).epsilon(1e-12));
  CHECK(indicator(card, "trained").points == Approx(5.8125).epsilon(1e-12));
  CHECK(indicator(card, "finished").points == Approx(6.25 * 20 / 30).epsilon(1e-12));
  CHECK(indicator(card, "election_cost").points == Approx(5.625).epsilon(1e-12));
  CHECK(indicator(card, "workers_hired").points == Approx(7.5 * 80 / 85).epsilon(1e-12));
  CHECK(indicator(card, "satisfaction").points == Approx(10.0 * 91 / 95).epsilon(1e-12));
  REQUIRE(card.distance.to_lower_band.has_value());
  CHECK(*card.distance.to_lower_band == Approx(4.87));
  CHECK_FALSE(card.distance.to_next_band.has_value());
}

TEST_CASE("the same with each indicator rounded first, as deployed software does",
          "[cases][chenggong]") {
  const Scorecard card = scored("soft-default");
  CHECK(card.total == 94.88);
  CHECK(card.rating == "excellent");
}

TEST_CASE("left in the blocks as filed, the misplaced indicators cost the rating",
          "[cases][chenggong]") {
  const Scorecard card = scored("cn-mof-2020", {true});
  CHECK(card.total == 66.10);
  CHECK(card.attainable == 70);
  CHECK(card.rating_label.zh == "中");
  std::size_t misplaced = 0;
  for (const Diagnostic& d : card.diagnostics) misplaced += d.code == "block.misplaced";
  CHECK(misplaced == 4);
  REQUIRE(card.comparisons.size() == 1);
  CHECK(card.comparisons[0].total == 94.87);
}

TEST_CASE("where it belongs, the card says what the form's blocks would have cost",
          "[cases][chenggong]") {
  const Scorecard card = scored("cn-mof-2020");
  REQUIRE(card.comparisons.size() == 1);
  CHECK(card.comparisons[0].total == 66.10);
  CHECK(card.comparisons[0].rating_label.zh == "中");
}

TEST_CASE("every shipped scenario scores under the rule set it names", "[cases]") {
  const Scorecard card = scored(read_project({root + "/scenarios/chenggong-2020", ""})->rules());
  CHECK(card.scored);
}
