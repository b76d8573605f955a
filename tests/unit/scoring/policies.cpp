// What happens when data is missing, does not apply, or weights have to move.
#include <catch2/catch.hpp>

#include "scratch.hpp"

using namespace jixiao;
using scratch::scored;

namespace {

// Two blocks, everything proportional; `more` goes on top, `tables` below.
std::string rules(const std::string& more = "", const std::string& tables = "",
                  const std::string& second_block = "") {
  return "schema = \"jixiao/ruleset/1\"\nid = \"test\"\nversion = \"1.0.0\"\ntitle = "
         "\"test\"\ncite = { text = \"here\", evidence = "
         "\"illustrative\" }\nrounding = { total = 2 }\n" +
         more + R"TOML(
[[block]]
id = "output"
weight = 60
[[block]]
id = "benefit"
weight = 40
)TOML" + second_block +
         R"TOML(
[[method]]
id = "ratio"
when = { value = "number" }
points = 'A >= T ? W : W*A/T'
domain = 'T > 0'
cite = { text = "here", evidence = "illustrative" }
[[band]]
id = "good"
from = 60
[[band]]
id = "poor"
)TOML" + tables;
}

const std::string declared = R"TOML(
[project]
name = "p"
year = 2020
[[indicator]]
id = "a"
block = "output"
target = 10
[[indicator]]
id = "b"
block = "output"
target = 10
[[indicator]]
id = "c"
block = "benefit"
target = 10
)TOML";

std::string results(const std::string& a, const std::string& b, const std::string& c) {
  return "[[result]]\nindicator = \"a\"\n" + a + "\n[[result]]\nindicator = \"b\"\n" + b +
         "\n[[result]]\nindicator = \"c\"\n" + c + "\n";
}

const std::string away = "not_applicable = true\nreason = \"none this year\"";

}  // namespace

TEST_CASE("weights are shared equally and points follow", "[scoring]") {
  const Scorecard card =
      scored(rules(), declared, results("actual = 10", "actual = 5", "actual = 8"));
  REQUIRE(card.scored);
  CHECK(card.total == 77);  // 30 + 15 + 32
  CHECK(card.rating == "good");
  CHECK(card.blocks[0].points == 45);
}

TEST_CASE("a missing result stops the total, or counts as nothing where the rule set says so",
          "[scoring]") {
  const std::string without_b =
      "[[result]]\nindicator = \"a\"\nactual = 10\n[[result]]\nindicator = \"c\"\nactual = 10\n";
  const Scorecard stopped = scored(rules(), declared, without_b);
  CHECK_FALSE(stopped.scored);
  CHECK(scratch::has_code(stopped.diagnostics, "result.missing"));
  const Scorecard zero = scored(rules("missing = \"zero\"\n"), declared, without_b);
  CHECK(zero.scored);
  CHECK(zero.total == 70);
}

TEST_CASE("what does not apply: rescaled, full, or its weight to its siblings", "[scoring]") {
  const std::string r = results("actual = 10", away, "actual = 5");
  // (30 + 20) / 70
  CHECK(scored(rules("not_applicable = { indicator = \"rescale\" }\n"), declared, r).total ==
        71.43);
  CHECK(scored(rules("not_applicable = { indicator = \"full\" }\n"), declared, r).total == 80);
  // 60 + 20
  CHECK(scored(rules("not_applicable = { indicator = \"siblings\" }\n"), declared, r).total == 80);
  const Scorecard refused =
      scored(rules("not_applicable = { indicator = \"refuse\" }\n"), declared, r);
  CHECK_FALSE(refused.scored);
  CHECK(scratch::has_code(refused.diagnostics, "result.invalid"));
}

TEST_CASE("a block nobody is left in: lost, rescaled, or moved", "[scoring]") {
  const std::string one_block =
      "[project]\nname = \"p\"\nyear = 2020\n[[indicator]]\nid = \"a\"\nblock = \"output\"\ntarget "
      "= 10\n";
  const std::string r = "[[result]]\nindicator = \"a\"\nactual = 5\n";
  const Scorecard lost = scored(rules(), one_block, r);
  CHECK(lost.total == 30);
  CHECK(lost.attainable == 60);
  CHECK(scratch::has_code(lost.diagnostics, "block.empty"));
  CHECK(scored(rules("", "", "when_empty = \"rescale\"\n"), one_block, r).total == 50);
  CHECK(scored(rules("", "", "when_empty = { move_to = \"output\" }\n"), one_block, r).total == 50);
  CHECK_FALSE(scored(rules("", "", "when_empty = \"error\"\n"), one_block, r).scored);
}

TEST_CASE("rescaling as Yunnan does: 66.0988 of 70", "[scoring]") {
  // The seed's blocks as filed, with a benefit block that is rescaled away.
  const Scorecard card = scored(rules("", "", "when_empty = \"rescale\"\n"),
                                "[project]\nname = \"p\"\nyear = 2020\n[[indicator]]\nid = "
                                "\"a\"\nblock = \"output\"\ntarget = 70\n",
                                "[[result]]\nindicator = \"a\"\nactual = 66.0988\n");
  CHECK(card.total == 94.43);
}

TEST_CASE("adjustments keep within their limits, and a veto keeps what was before it",
          "[scoring]") {
  const std::string tables = R"TOML(
[adjustments]
bonus_limit = 3
penalty_limit = 30
[[adjustment]]
id = "innovation"
kind = "bonus"
cite = { text = "here", evidence = "illustrative" }
[[adjustment]]
id = "violation"
kind = "penalty"
points = '2*n'
cite = { text = "here", evidence = "illustrative" }
[[veto]]
id = "fraud"
effect = { rating = "poor" }
cite = { text = "here", evidence = "illustrative" }
)TOML";
  const std::string full = results("actual = 10", "actual = 10", "actual = 9.5");
  const Scorecard clipped = scored(rules("", tables), declared,
                                   full +
                                       "[[adjustment]]\nid = \"innovation\"\nn = "
                                       "5\n[[adjustment]]\nid = \"violation\"\nn = 20\n");
  CHECK(clipped.total_before_adjustments == 98);
  CHECK(clipped.total == 71);  // 98 + 3 - 30
  REQUIRE(clipped.adjustments.size() == 2);
  CHECK(clipped.adjustments[0].points == 3);
  CHECK(clipped.adjustments[1].points == -30);
  const Scorecard vetoed =
      scored(rules("", tables), declared,
             full + "[[veto]]\nid = \"fraud\"\nreason = \"invented receipts\"\n");
  CHECK(vetoed.total == 98);
  CHECK(vetoed.rating == "poor");
  CHECK(vetoed.rating_before_veto == "good");
}

TEST_CASE("alternatives: the one with a result counts, and two results are a question",
          "[scoring]") {
  std::string p = declared;
  for (std::size_t at = p.find("block = \"output\""); at != std::string::npos;
       at = p.find("block = \"output\"", at + 30))
    p.insert(at, "one_of = \"either\"\n");
  CHECK(
      scored(
          rules(), p,
          "[[result]]\nindicator = \"b\"\nactual = 5\n[[result]]\nindicator = \"c\"\nactual = 10\n")
          .total == 70);
  const Scorecard both = scored(rules(), p, results("actual = 1", "actual = 10", "actual = 10"));
  CHECK_FALSE(both.scored);
  CHECK(scratch::has_code(both.diagnostics, "result.invalid"));
}

TEST_CASE("given weights must make the block", "[scoring]") {
  std::string p = declared;
  p.insert(p.find("target = 10"), "weight = 20\n");
  // b takes the other 40
  CHECK(scored(rules(), p, results("actual = 10", "actual = 0", "actual = 0")).total == 20);
  p.insert(p.find("id = \"b\""), "weight = 50\n");
  const Scorecard card = scored(rules(), p, results("actual = 10", "actual = 0", "actual = 0"));
  CHECK_FALSE(card.scored);
  CHECK(scratch::has_code(card.diagnostics, "weights.sum"));
}

TEST_CASE("a target the formula is not for cannot be computed", "[scoring]") {
  std::string p = declared;
  p.replace(p.find("target = 10"), 11, "target = 0 ");
  const Scorecard card = scored(rules(), p, results("actual = 5", "actual = 10", "actual = 10"));
  CHECK_FALSE(card.scored);
  CHECK(scratch::has_code(card.diagnostics, "result.uncomputable"));
}

TEST_CASE("no money executed is no execution rate, and never a gift", "[scoring]") {
  const std::string p = declared + "[money]\ninitial = \"10万元\"\n";
  const std::string r = results("actual = 10", "actual = 10", "actual = 10");
  const std::string mof_project = [] {
    std::string out = declared;
    for (std::size_t at = out.find("id = \"c\""); at != std::string::npos; at = std::string::npos)
      out.replace(at, 8, "type = \"social\"\nid = \"c\"");
    return out +
           "[[indicator]]\nid = \"d\"\nblock = \"satisfaction\"\ntarget = "
           "\"≥90%\"\n[money]\ninitial = \"10万元\"\n";
  }();
  const Scorecard card =
      scored("cn-mof-2020", mof_project, r + "[[result]]\nindicator = \"d\"\nactual = \"95%\"\n");
  CHECK_FALSE(card.scored);
  CHECK(scratch::has_code(card.diagnostics, "result.missing"));
  const Scorecard zero_budget =
      scored("cn-mof-2020", mof_project,
             r + "[[result]]\nindicator = \"d\"\nactual = \"95%\"\n[money]\nadjusted = "
                 "\"0元\"\nexecuted = \"5元\"\n");
  CHECK_FALSE(zero_budget.scored);
  CHECK(scratch::has_code(zero_budget.diagnostics, "result.uncomputable"));
}

TEST_CASE("a veto nobody can judge stops the total", "[scoring]") {
  const std::string tables =
      "[[veto]]\nid = \"overspent\"\nwhen = 'E > B'\neffect = { total = 0 }\ncite = { text = "
      "\"here\", evidence = \"illustrative\" }\n";
  const std::string money = "[money]\ninitial = \"1万元\"\n";
  const std::string full = results("actual = 10", "actual = 10", "actual = 10");
  CHECK(
      scored(rules("", tables), declared + money, full + "[money]\nexecuted = \"2万元\"\n").total ==
      0);
  CHECK(
      scored(rules("", tables), declared + money, full + "[money]\nexecuted = \"1万元\"\n").total ==
      100);
  for (const char* policy : {"missing = \"error\"\n", "missing = \"zero\"\n"}) {
    const Scorecard card = scored(rules(policy, tables), declared + money, full);
    CHECK_FALSE(card.scored);
    CHECK(scratch::has_code(card.diagnostics, "result.uncomputable"));
  }
}

TEST_CASE("a full mark of an odd weight has lost nothing to rounding", "[scoring]") {
  const std::string three =
      "[project]\nname = \"p\"\nyear = 2020\n[[indicator]]\nid = \"a\"\nblock = \"output\"\ntarget "
      "= 10\n[[indicator]]\nid = \"b\"\nblock "
      "= \"benefit\"\ntarget = 10\n[[indicator]]\nid = "
      "\"c\"\nblock = \"benefit\"\ntarget = 10\n[[indicator]]\nid = \"d\"\nblock = "
      "\"benefit\"\ntarget = 10\n";
  std::string text = rules();
  text.replace(text.find("{ total = 2 }"), 13, "{ indicator = 2, total = 2 }");
  const Scorecard card = scored(text, three,
                                results("actual = 10", "actual = 10", "actual = 10") +
                                    "[[result]]\nindicator = \"d\"\nactual = 10\n");
  for (const IndicatorStory& story : card.indicators) {
    CHECK(story.lost == 0);
    CHECK(story.reason.empty());
  }
  CHECK(card.indicators[1].points == 13.33);
}

TEST_CASE("outside its domain an indicator makes nothing of missing money", "[scoring]") {
  const std::string tables =
      "[[indicator]]\nid = \"spent\"\nblock = \"benefit\"\nweight = 20\nactual = 'B'\ntarget = "
      "1\nmethod = \"ratio\"\ndomain = 'B0 > 1'\n"
      "outside = 'E > 0 ? 0 : 20'\n";
  const std::string full = results("actual = 10", "actual = 10", "actual = 10");
  const std::string money = "[money]\ninitial = \"1元\"\n";
  CHECK(scored(rules("", tables), declared + money, full + "[money]\nexecuted = \"1元\"\n").total ==
        80);
  CHECK_FALSE(scored(rules("", tables), declared + money, full).scored);
}
