#include <catch2/catch.hpp>
#include <filesystem>

#include "jixiao/rules.hpp"
#include "points.hpp"
#include "prover/method_proof.hpp"

using namespace jixiao;
using namespace jixiao::prover::test;
using value::Direction;

namespace {

const RuleLibrary& shipped_library() {
  static const RuleLibrary library{{JIXIAO_SOURCE_DIR "/rules"}};
  return library;
}

MethodProof proved(const MadeMethod& made, std::vector<Diagnostic>& diagnostics) {
  return prover::method_proof(made.rules, made.method(), nullptr, diagnostics);
}

const ruleset::Method* method_called(const ruleset::RuleSet& rules, const std::string& id) {
  for (const ruleset::Method& method : rules.methods) {
    if (method.id == id) return &method;
  }
  return nullptr;
}

}  // namespace

// JIXIAO_PROOF_POINTS=1000000 unit_prover "[shipped]" looks at a million points a method.
TEST_CASE("every verdict on a shipped rule set holds at random points", "[shipped]") {
  int methods = 0;
  for (const RuleSummary& summary : list_rules(shipped_library())) {
    const auto rules = read_rules(summary.id, shipped_library());
    REQUIRE(rules);
    const ruleset::RuleSet& model = rules->model();
    const RulesProof proof = prove_rules(*rules);
    CHECK_FALSE(proof.has_fault());
    for (const MethodProof& one : proof.methods) {
      const ruleset::Method* method = method_called(model, one.method);
      REQUIRE(method != nullptr);
      const ruleset::FixedIndicator* indicator = nullptr;
      for (const ruleset::FixedIndicator& fixed : model.indicators) {
        if (fixed.id == one.indicator) indicator = &fixed;
      }
      PointChecker checker(model, *method, indicator, one);
      CHECK(checker.check(wanted_points(600)) == "");
      ++methods;
    }
  }
  CHECK(methods > 150);
}

TEST_CASE("every verdict on a random formula holds at random points", "[random]") {
  oracle::Random random(5);
  const std::vector<std::string> names{"A", "A", "T", "W"};
  int decided = 0, made_methods = 0;
  for (int i = 0; i < 150; ++i) {
    const std::string text = oracle::random_formula(random, names, 3);
    const MadeMethod made(text, random.below(2) == 0 ? "T > 0" : "");
    if (!made.is_good) continue;
    ++made_methods;
    std::vector<Diagnostic> diagnostics;
    const MethodProof proof = proved(made, diagnostics);
    for (const ProofPoint& point : proof.points) decided += point.verdict != Verdict::undecided;
    PointChecker checker(made.rules, made.method(), nullptr, proof);
    CHECK(checker.check(wanted_points(1000)) == "");
  }
  CHECK(decided > made_methods);
}

TEST_CASE("what was planted is found, with its place and its height") {
  std::vector<Diagnostic> diagnostics;
  SECTION("a cliff at a pass line") {
    const MadeMethod made("A < 0.6*T ? 0 : A >= T ? W : W*A/T", "T > 0", {Direction::at_least});
    const MethodProof proof = proved(made, diagnostics);
    CHECK(verdict_of(proof, "bounded") == Verdict::holds);
    CHECK(proof.never_falls);
    REQUIRE(proof.curves.size() == 1);
    REQUIRE(proof.curves[0].cliffs.size() == 1);
    CHECK(proof.curves[0].cliffs[0].place == "0.6*T");
    CHECK(proof.curves[0].cliffs[0].before == Approx(0));
    CHECK(proof.curves[0].cliffs[0].after == Approx(0.6));
    CHECK(diagnostics.empty());
  }
  SECTION("a curve that falls short of the target") {
    const MadeMethod made("A >= T ? W : A > 0.8*T ? 0.5*W : A > 0.5*T ? 0.7*W : 0", "T > 0",
                          {Direction::at_least});
    const MethodProof proof = proved(made, diagnostics);
    CHECK(verdict_of(proof, "direction") == Verdict::fails);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].code == "proof.falls");
    CHECK(diagnostics[0].message.en.find("A = 0.8*T the points go from 0.7*W to 0.5*W") !=
          std::string::npos);
  }
  SECTION("a target that pays for being missed") {
    const MadeMethod made("A <= T ? 0 : W", "", {Direction::at_most});
    CHECK(verdict_of(proved(made, diagnostics), "direction") == Verdict::fails);
  }
  SECTION("a branch nothing reaches") {
    const MadeMethod made("A >= 60 ? W : A >= 80 ? 0.9*W : 0", "");
    const MethodProof proof = proved(made, diagnostics);
    CHECK(verdict_of(proof, "reached") == Verdict::fails);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].message.en == "the branch '0.9*W' (A >= 80) of 'made' is never reached");
  }
  SECTION("a formula that passes the weight") {
    const MethodProof proof = proved(MadeMethod("W*A/T", "T > 0"), diagnostics);
    CHECK(verdict_of(proof, "bounded") == Verdict::fails);
    CHECK(proof.points[0].text.en.find("above W where A > T") != std::string::npos);
    CHECK(proof.points[0].text.en.find("below 0 where A < 0") != std::string::npos);
  }
  SECTION("a place without points inside the domain") {
    const MethodProof proof = proved(MadeMethod("clamp(W/(A - 50), 0, W)", ""), diagnostics);
    CHECK(verdict_of(proof, "complete") == Verdict::fails);
    REQUIRE(!diagnostics.empty());
    CHECK(diagnostics[0].message.en.find("A = 50") != std::string::npos);
  }
  SECTION("a single place that pays") {
    const MethodProof proof = proved(MadeMethod("A == 3 ? W : 0.2*W", ""), diagnostics);
    REQUIRE(proof.curves[0].cliffs.size() == 1);
    CHECK(proof.curves[0].cliffs[0].at == 3);
    CHECK(proof.curves[0].cliffs[0].alone == Approx(1));
    CHECK(verdict_of(proof, "monotone") == Verdict::fails);
  }
  SECTION("a curve with a top between its ends") {
    const MethodProof proof =
        proved(MadeMethod("clamp(W*(1 - (A - 3)^2/9), 0, W)", ""), diagnostics);
    CHECK(verdict_of(proof, "continuous") == Verdict::holds);
    CHECK(verdict_of(proof, "monotone") == Verdict::fails);
  }
  SECTION("the same number of points off, whatever the weight") {
    const MethodProof proof =
        proved(MadeMethod("max(0, W - 0.5*steps_ceil(A - T, 2))", ""), diagnostics);
    CHECK(verdict_of(proof, "bounded") == Verdict::holds);
    CHECK(proof.never_rises);
    CHECK(proof.curves[0].cliffs.size() == 20);
    CHECK(proof.curves[0].cliffs[1].place == "T + 2");
  }
}
