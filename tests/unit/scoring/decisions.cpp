// Vetoes, adjustments and what does not apply, as a scorecard tells them.
#include <catch2/catch.hpp>

#include "scratch.hpp"

using namespace jixiao;
using scratch::scored;

namespace {

const std::string cite = "cite = { text = \"here\", evidence = \"illustrative\" }\n";

// One block, everything proportional; `more` goes on top, `tables` below.
std::string decision_rules(const std::string& tables, const std::string& more = "") {
  return "schema = \"jixiao/ruleset/1\"\nid = \"test\"\nversion = \"1.0.0\"\ntitle = \"test\"\n" +
         cite + "rounding = { total = 2 }\n" + more +
         "[[block]]\nid = \"output\"\nweight = 100\n[[method]]\nid = \"ratio\"\nwhen = { value = "
         "\"number\" }\npoints = 'A >= T ? W : "
         "W*A/T'\ndomain = 'T > 0'\n" +
         cite +
         "[[band]]\nid = \"good\"\nfrom = 80\n[[band]]\nid = \"fair\"\nfrom = 60\n[[band]]\nid = "
         "\"poor\"\n" +
         tables;
}

const std::string two_indicators =
    "[project]\nname = \"p\"\nyear = 2024\n[[indicator]]\nid = \"a\"\nblock = \"output\"\ntarget = "
    "10\nweight = 30\n"
    "[[indicator]]\nid = \"b\"\nblock = \"output\"\ntarget = 10\n";

std::string reached(const std::string& a, const std::string& b) {
  return "[[result]]\nindicator = \"a\"\n" + a + "\n[[result]]\nindicator = \"b\"\n" + b + "\n";
}
const std::string full = reached("actual = 10", "actual = 10");
const std::string left_out = "not_applicable = true\nreason = \"none\"";

const std::string vetoes = "[[veto]]\nid = \"late\"\neffect = { limit = 79.99 }\n" + cite +
                           "[[veto]]\nid = \"fraud\"\neffect = { rating = \"poor\" }\n" + cite +
                           "[[veto]]\nid = \"capped\"\neffect = { total = 50 }\n" + cite;
const std::string bonuses =
    "[adjustments]\nbonus_limit = 5\n[[adjustment]]\nid = \"novel\"\nkind = \"bonus\"\nlimit = "
    "4\n" +
    cite + "[[adjustment]]\nid = \"praised\"\nkind = \"bonus\"\npoints = '2*n - 1'\n" + cite +
    "[[adjustment]]\nid = \"late\"\nkind = \"penalty\"\n" + cite;

}  // namespace

TEST_CASE("a veto says what it leaves, and whether that was so already", "[scoring][decisions]") {
  const Scorecard both =
      scored(decision_rules(vetoes), two_indicators,
             full + "[[veto]]\nid = \"fraud\"\nreason = \"made up\"\n[[veto]]\nid = \"late\"\n");
  CHECK(both.total == 79.99);
  CHECK(both.rating == "poor");
  CHECK(both.total_before_veto == 100);
  CHECK(both.rating_before_veto == "good");
  REQUIRE(both.adjustments.size() == 2);
  CHECK(both.adjustments[0].effect.en == "total at most 79.99");
  CHECK(both.adjustments[1].effect.en == "rating at most poor");
  CHECK(both.adjustments[1].reason == "made up");
  CHECK_FALSE(both.distance.to_next_band.has_value());
  const Scorecard already = scored(decision_rules(vetoes), two_indicators,
                                   reached("actual = 3", "actual = 3") +
                                       "[[veto]]\nid = \"capped\"\n[[veto]]\nid = \"fraud\"\n");
  CHECK(already.total == 30);
  REQUIRE(already.adjustments.size() == 2);
  CHECK(already.adjustments[0].effect.en == "rating at most poor (it was not above)");
  CHECK(already.adjustments[1].effect.en == "total at most 50 (it was not above)");
}

TEST_CASE("a count of nothing is no veto, in any spelling", "[scoring][decisions]") {
  for (const char* n : {"0", "0.0", "false", "\"否\"", "\"no\"", "\"无\"", "\"0\"", "\"false\""}) {
    INFO(n);
    const Scorecard card = scored(decision_rules(vetoes), two_indicators,
                                  full + "[[veto]]\nid = \"fraud\"\nn = " + n + "\n");
    REQUIRE(card.scored);
    CHECK(card.rating == "good");
    CHECK(card.adjustments.empty());
  }
  for (const char* n : {"1", "3", "true", "\"是\"", "\"有\"", "\"yes\"", "\"2\""}) {
    INFO(n);
    CHECK(scored(decision_rules(vetoes), two_indicators,
                 full + "[[veto]]\nid = \"fraud\"\nn = " + n + "\n")
              .rating == "poor");
  }
}

TEST_CASE("what the results do not say, or say twice, is an error", "[scoring][decisions]") {
  const scratch::Folder folder;
  folder.write("project.toml", "schema = \"jixiao/project/1\"\n" + two_indicators);
  const auto codes = [&](const std::string& results) {
    folder.write("results.toml", "schema = \"jixiao/results/1\"\n" + full + results);
    const auto read = read_project({folder.path(), ""});
    CHECK_FALSE(read.has_value());
    std::vector<std::string> out;
    for (const Diagnostic& d : read.diagnostics()) {
      if (d.severity == Severity::error) out.push_back(d.code);
    }
    return out;
  };
  using Codes = std::vector<std::string>;
  CHECK(codes("[[adjustment]]\nid = \"novel\"\n") == Codes{"key.missing"});
  CHECK(codes("[[adjustment]]\nid = \"novel\"\nn = \"\"\n") == Codes{"value.number"});
  CHECK(codes("[[adjustment]]\nid = \"novel\"\nn = -1\n") == Codes{"value.number"});
  CHECK(codes("[[veto]]\nid = \"fraud\"\nn = \"maybe\"\n") == Codes{"value.number"});
  CHECK(codes("[[adjustment]]\nid = \"novel\"\nn = 1\n[[adjustment]]\nid = \"novel\"\nn = 1\n") ==
        Codes{"id.duplicate"});
  CHECK(codes("[[veto]]\nid = \"fraud\"\n[[veto]]\nid = \"fraud\"\n") == Codes{"id.duplicate"});
}

TEST_CASE("a table of results reports adjustments and vetoes as @id", "[scoring][decisions]") {
  const scratch::Folder folder;
  folder.write("project.toml", "schema = \"jixiao/project/1\"\n" + two_indicators);
  const std::string fraud = vetoes.substr(vetoes.find("[[veto]]\nid = \"fraud\""));
  const std::string file = folder.write("r/ruleset.toml", decision_rules(bonuses + fraud));
  const auto rule_set = read_rules(file, scratch::shipped_rules());
  for (const auto& d : rule_set.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(rule_set.has_value());
  const auto card = [&](const std::string& rows) {
    folder.write("results.csv", "indicator,actual,reason\na,9,\nb,9,\n" + rows);
    const auto read = read_project({folder.at("project.toml"), folder.at("results.csv")});
    for (const auto& d : read.diagnostics())
      UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
    return read.has_value() ? score(*rule_set, *read) : Scorecard{};
  };
  CHECK(card("").total == 90);
  CHECK(card("@novel,2,a patent\n").total == 92);
  CHECK(card("@fraud,1,\n").rating == "poor");
  CHECK(card("@fraud,否,\n").rating == "good");
  CHECK_FALSE(card("@novel,,\n").scored);
  CHECK_FALSE(card("@novel,1,\n@novel,1,\n").scored);
  const Scorecard unknown = card("@noval,1,\n");
  CHECK_FALSE(unknown.scored);
  CHECK(scratch::has_code(unknown.diagnostics, "reference.unknown"));
}

TEST_CASE("an adjustment says where its formula was not the last word", "[scoring][decisions]") {
  const std::string low = reached("actual = 5", "actual = 5");
  const auto effects = [&](const std::string& results) {
    const Scorecard card = scored(decision_rules(bonuses), two_indicators, low + results);
    REQUIRE(card.scored);
    std::vector<std::string> out;
    for (const AdjustmentStory& story : card.adjustments) out.push_back(story.effect.en);
    return out;
  };
  using Effects = std::vector<std::string>;
  CHECK(effects("[[adjustment]]\nid = \"novel\"\nn = 3\n") == Effects{"+3 points"});
  CHECK(effects("[[adjustment]]\nid = \"novel\"\nn = 6\n") ==
        Effects{"+4 points (the formula gave 6, at most 4)"});
  CHECK(effects("[[adjustment]]\nid = \"praised\"\nn = 0\n") ==
        Effects{"+0 points (the formula gave -1: never below 0)"});
  CHECK(
      effects("[[adjustment]]\nid = \"praised\"\nn = 2\n[[adjustment]]\nid = \"novel\"\nn = 4\n") ==
      Effects{"+4 points", "+1 points (the formula gave 3; all bonuses together at most 5)"});
  CHECK(effects("[[adjustment]]\nid = \"late\"\nn = 2\n") == Effects{"-2 points"});
}

TEST_CASE("a scorecard says by what it was rescaled", "[scoring][decisions]") {
  const Scorecard card =
      scored(decision_rules(""), two_indicators, reached(left_out, "actual = 7"));
  CHECK(card.total == 70);
  CHECK(card.factor == Approx(100.0 / 70).epsilon(1e-12));
  const std::string text = render_scorecard(card, {Format::text, Language::en, false, 100});
  CHECK(text.find("the total is scaled by 100/70 = 1.428571") != std::string::npos);
  CHECK(render_scorecard(card, {Format::markdown, Language::zh, false, 100}).find("100/70") !=
        std::string::npos);
  CHECK(render_scorecard(card, {Format::html, Language::zh, false, 100}).find("100/70") !=
        std::string::npos);
  CHECK(scored(decision_rules(""), two_indicators, full).factor == 1);
  const Scorecard refused =
      scored(decision_rules("", "not_applicable = { indicator = \"refuse\" }\n"), two_indicators,
             reached(left_out, "actual = 7"));
  CHECK_FALSE(refused.scored);
}

TEST_CASE("nothing that applies is nothing to score", "[scoring][decisions]") {
  const Scorecard card = scored(decision_rules(""), two_indicators, reached(left_out, left_out));
  CHECK_FALSE(card.scored);
  CHECK(scratch::has_code(card.diagnostics, "inapplicable.refused"));
}

TEST_CASE("the last of a block the total's formula names cannot be taken out",
          "[scoring][decisions]") {
  const std::string two =
      "[[block]]\nid = \"second\"\nweight = 100\n[total]\ncombine = 'sqrt(output*second)'\n";
  const std::string p = two_indicators +
                        "[[indicator]]\nid = \"c\"\nblock = \"second\"\ntarget = 10\n";
  const std::string c = "[[result]]\nindicator = \"c\"\n";
  const Scorecard card = scored(decision_rules(two), p, full + c + "actual = 10\n");
  CHECK(card.total == 100);
  REQUIRE(card.formulas.size() == 1);
  CHECK(card.formulas[0].formula == "sqrt(output*second)");
  CHECK(card.formulas[0].substituted == "sqrt(100*100)");
  const Scorecard gone = scored(decision_rules(two), p, full + c + left_out + "\n");
  CHECK_FALSE(gone.scored);
  CHECK(scratch::has_code(gone.diagnostics, "inapplicable.refused"));
  const Scorecard part =
      scored(decision_rules(two), p, reached(left_out, "actual = 5") + c + "actual = 5\n");
  CHECK(part.total == 50);
  CHECK(part.blocks[0].factor == Approx(100.0 / 70).epsilon(1e-12));
  CHECK(part.factor == 1);
}

TEST_CASE("points lost in a formula are told with it", "[scoring][decisions]") {
  const std::string two =
      "[[block]]\nid = \"second\"\nweight = 100\n[total]\ncombine = '0.5*output + (output < 50 ? 0 "
      ": 0.5*second)'\n[[total.reason]]\nwhen = "
      "'output < 50'\nzh = \"产出不足一半\"\nen = \"less than half of the output\"\n";
  const std::string p = two_indicators +
                        "[[indicator]]\nid = \"c\"\nblock = \"second\"\ntarget = 10\n";
  const Scorecard card =
      scored(decision_rules(two), p,
             reached("actual = 4", "actual = 4") + "[[result]]\nindicator = \"c\"\nactual = 10\n");
  CHECK(card.total == 20);
  REQUIRE(card.formulas.size() == 1);
  CHECK(card.formulas[0].substituted == "0.5*40 + (40 < 50 ? 0 : 0.5*100)");
  CHECK(card.formulas[0].lost == 20);  // 80 lost, 60 of them with the indicators
  CHECK(card.formulas[0].reason.en == "less than half of the output");
  const std::string text = render_scorecard(card, {Format::text, Language::en, false, 100});
  CHECK(text.find("less than half of the output") != std::string::npos);
  CHECK(text.find("the total's formula") != std::string::npos);
}

TEST_CASE("a block the total's formula names is missed when nothing stands in it",
          "[scoring][decisions]") {
  const std::string two =
      "[[block]]\nid = \"second\"\nweight = 0\n[total]\ncombine = 'output + second'\n";
  const Scorecard card = scored(decision_rules(two), two_indicators, full);
  CHECK(card.total == 100);
  CHECK(scratch::has_code(card.diagnostics, "block.empty"));
}
