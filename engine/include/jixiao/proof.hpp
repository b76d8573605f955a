// Rule sets proved: what holds for every number a method may be given, not for the few a test
// tries.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/rules.hpp"
#include "jixiao/scorecard.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

// holds: proved for every number. fails: proved not to hold, with a place where it does not.
// undecided: neither was proved.
enum class Verdict { holds, fails, undecided };
// "holds"; never null.
JIXIAO_EXPORT const char* name(Verdict verdict);

// One thing that was to be proved.
struct ProofPoint {
  // bounded | direction | monotone | continuous | complete | reached; of a rule set: weights |
  // total | bands | vetoes | adjustments | rounding
  std::string property;
  Verdict verdict = Verdict::undecided;
  bool is_fault = false;  // it fails, and that is nobody's intention
  Text text;              // what was found, with places and heights
};

// A stretch of a curve, or a jump of it. Points are those awarded: held to 0 .. W unless the method
// may leave it.
struct CurvePiece {
  // flat | rises | falls | steps up | steps down | unknown | outside (of its domain) | none (no
  // number)
  std::string shape;
  double from = 0, to = 0;                // of x; 1e15 and more: without end
  std::string from_text, to_text;         // "0.6*T", "∞"
  double from_points = 0, to_points = 0;  // NaN: not known, or none
  // (x, points) along it within the curve's low .. high, for drawing; empty where it has none.
  std::vector<std::pair<double, double>> sampled = {};
};
struct CurveCliff {
  double at = 0;
  std::string place;  // "T - 5"
  double before = 0, after = 0;
  double alone = 0;  // the points at the place itself where they are neither; else NaN
};

struct ProvedCurve {
  std::string x;        // what runs: "A", "E", "workdays(U, A)"
  std::string setting;  // what stands still: "W = 10", "T = 100"; empty: nothing, it is for all
  Text state;           // of methods with states
  std::vector<std::pair<std::string, double>> stands;  // every number that stands still on it
  double weight = 1;             // the points are of so many; 1: shares of W, for every W
  double target = 0, upper = 0;  // on x; NaN: not named by the formula
  double low = 0, high = 0;      // where something happens, for drawing
  std::vector<CurvePiece> pieces;
  std::vector<CurveCliff> cliffs;
};

struct MethodProof {
  std::string method;     // its id
  std::string indicator;  // of the rule set, whose params and target these are; empty: the method
  Text title;
  std::string formula, domain;
  bool may_leave = false;  // `beyond`
  std::vector<Cited> cite;
  std::string file;
  std::size_t line = 0;
  std::vector<ProofPoint> points;
  // Proved for every setting, of the points awarded, as what runs grows.
  bool never_falls = false, never_rises = false;
  std::vector<ProvedCurve> curves;
};

struct RulesProof {
  std::string engine, rules, version, file;
  Text title;
  std::vector<ProofPoint> points;  // of the rule set as a whole
  std::vector<MethodProof> methods;
  std::size_t by_name_only = 0;  // methods of the catalogue that were not looked at
  std::vector<Diagnostic> diagnostics;
  [[nodiscard]] bool has_fault() const;
  [[nodiscard]] std::size_t count(Verdict verdict) const;
};

// Which methods: those the rule set writes itself; those with a `when` as well; every one of the
// catalogue it extends.
enum class ProofScope { own, used, everything };
// Proves the methods, the indicators of the rule set by their methods, and the rule set as a whole.
JIXIAO_EXPORT RulesProof prove_rules(const RuleSet& rules, ProofScope scope = ProofScope::used);
// One method, by id; no methods when there is none of that name.
JIXIAO_EXPORT RulesProof prove_method(const RuleSet& rules, const std::string& method);

}  // namespace jixiao
