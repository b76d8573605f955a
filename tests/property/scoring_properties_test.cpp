// What must hold for every project: tried on thousands that are made up.
#include "property/made_up.hpp"

using namespace jixiao;
using namespace made_up;

TEST_CASE("a batch in any number of parts has the same bits", "[property]") {
  for (const char* id : {"cn-mof-2020", "soft-default", "beijing-unit"}) {
    const auto& rules = rules_named(id);
    const Batch all = projects_of(rules, 11, 1500);
    const auto whole = scoring::evaluate(rules, all);
    for (const std::size_t parts : {2, 7, 16, 1500}) {
      std::size_t at = 0;
      for (std::size_t k = 0; k < parts; ++k) {
        const std::size_t end = all.projects * (k + 1) / parts;
        const auto cards = scoring::evaluate(rules, part(all, at, end));
        for (std::size_t p = at; p < end; ++p) {
          REQUIRE(cards.total[p - at] == whole.total[p]);
          REQUIRE(cards.base[p - at] == whole.base[p]);
          REQUIRE(cards.band[p - at] == whole.band[p]);
        }
        at = end;
      }
    }
  }
}

TEST_CASE("taking a value away never raises a score", "[property]") {
  std::mt19937 random(23);
  for (const std::string policy : {"error", "zero"}) {
    const scratch::Folder folder;
    const auto read = read_rules(
        folder.write("r/ruleset.toml",
                     "schema = \"jixiao/ruleset/1\"\nid = \"r\"\nversion = \"1\"\ntitle = "
                     "\"r\"\nextends = \"cn-mof-2020\"\nmissing = \"" +
                         policy + "\"\ncite = { text = \"x\", evidence = \"illustrative\" }\n"),
        scratch::shipped_rules());
    REQUIRE(read.has_value());
    const auto& rules = read->model();
    Batch batch = projects_of(rules, 5, 400);
    const auto before = scoring::evaluate(rules, batch);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      const std::size_t rows = batch.row_begin[p + 1] - batch.row_begin[p];
      const std::size_t row = batch.row_begin[p] + random() % rows;
      batch.rows.actual.states[row] = CellState::missing;
      batch.rows.actual.values[row] = 0;
      if (p % 5 == 0) batch.executed.states[p] = CellState::missing, batch.executed.values[p] = 0;
    }
    const auto after = scoring::evaluate(rules, batch);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      if (policy == "error") {
        REQUIRE(after.state[p] != CellState::ok);
      } else {
        REQUIRE(after.state[p] == CellState::ok);
        REQUIRE(after.total[p] <= before.total[p]);
      }
    }
  }
}

TEST_CASE("two halves of an indicator weigh what it weighed", "[property]") {
  const auto& rules = rules_named("cn-mof-2020");
  const Batch batch = projects_of(rules, 31, 300);
  const auto whole = scoring::evaluate(rules, batch);
  for (std::size_t p = 0; p < 300; ++p) {
    Batch one = part(batch, p, p + 1);
    const auto cards = scoring::evaluate(rules, one);
    auto& rows = one.rows;
    // Every weight written out, the last row split in two.
    for (std::size_t row = 0; row < rows.size(); ++row)
      rows.given_weight[row] = cards.rows.weight[row];
    rows.given_weight.back() /= 2;
    rows.project.push_back(0);
    rows.block.push_back(rows.block.back());
    rows.method.push_back(rows.method.back());
    rows.target.push_back(rows.target.back());
    rows.upper.push_back(rows.upper.back());
    rows.actual.push({rows.actual.values.back(), rows.actual.states.back()});
    rows.state.push_back(ruleset::none);
    rows.given_weight.push_back(rows.given_weight.back());
    rows.has_reason.push_back(0);
    rows.has_evidence.push_back(0);
    rows.refused.push_back(0);
    ++one.row_begin.back();
    REQUIRE(scoring::evaluate(rules, one).total[0] == whole.total[p]);
  }
}

TEST_CASE("more is never worse where more is better", "[property]") {
  const auto& rules = rules_named("cn-mof-2020");
  Batch batch = projects_of(rules, 41, 400);
  const auto before = scoring::evaluate(rules, batch);
  const std::size_t higher = rules.find_method("higher.proportional");
  for (std::size_t row = 0; row < batch.rows.size(); ++row)
    batch.rows.actual.values[row] += batch.rows.method[row] == higher ? 3 : -3;
  const auto after = scoring::evaluate(rules, batch);
  for (std::size_t p = 0; p < batch.projects; ++p) REQUIRE(after.total[p] >= before.total[p]);
}

TEST_CASE("an informational indicator changes nothing", "[property]") {
  const std::string project =
      "[project]\nname = \"p\"\nyear = 2020\n[money]\ninitial = \"1万元\"\n[[indicator]]\nid = "
      "\"a\"\nblock = \"output\"\ntarget = "
      "10\n[[indicator]]\nid = \"b\"\nblock = \"benefit\"\ntarget = 10\n[[indicator]]\nid = "
      "\"c\"\nblock = \"satisfaction\"\ntarget = 10\n";
  const std::string results =
      "[money]\nexecuted = \"9000元\"\n[[result]]\nindicator = \"a\"\nactual = "
      "7\n[[result]]\nindicator = \"b\"\nactual = "
      "8\n[[result]]\nindicator = \"c\"\nactual = 9\n";
  const Scorecard without = scratch::scored("cn-mof-2020", project, results);
  const Scorecard with = scratch::scored(
      "cn-mof-2020",
      project +
          "[[indicator]]\nid = \"i\"\nblock = \"output\"\ntarget = 10\ninformational = true\n",
      results + "[[result]]\nindicator = \"i\"\nactual = 1\n");
  REQUIRE(without.scored);
  CHECK(with.total == without.total);
  CHECK(with.indicators.size() == without.indicators.size() + 1);
}
