// What was proved of a method, held against the method itself at random points.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "jixiao/proof.hpp"
#include "oracle/random_formula.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::prover::test {

// How many points a method: $JIXIAO_PROOF_POINTS, else `otherwise`.
inline int wanted_points(int otherwise) {
  const char* asked = std::getenv("JIXIAO_PROOF_POINTS");
  return asked != nullptr ? std::atoi(asked) : otherwise;
}

inline Verdict verdict_of(const MethodProof& proof, const std::string& property) {
  for (const ProofPoint& point : proof.points) {
    if (point.property == property) return point.verdict;
  }
  return Verdict::undecided;
}

// Draws rows and says what is wrong with the proof; empty: nothing.
class PointChecker {
 public:
  PointChecker(const ruleset::RuleSet& rules, const ruleset::Method& method,
               const ruleset::FixedIndicator* indicator, const MethodProof& proof)
      : rules_(rules), method_(method), indicator_(indicator), proof_(proof), random_(2026) {
    for (std::size_t i = 0; i < method.scope.variables.size(); ++i) {
      if (!proof.curves.empty() && method.scope.variables[i] == proof.curves.front().x) x_ = i;
    }
  }

  std::string check(int points) {
    for (int i = 0; i < points && wrong_.empty(); ++i) check_row();
    for (const ProvedCurve& curve : proof_.curves) {
      for (int i = 0; i < points / 10 && wrong_.empty(); ++i) check_curve(curve);
    }
    return wrong_;
  }
  [[nodiscard]] int inside() const { return inside_; }

 private:
  using Row = std::vector<double>;

  template <std::size_t N>
  double one_of(const double (&numbers)[N]) {
    return numbers[random_.below(N)];
  }

  Row drawn() {
    Row row(method_.scope.variables.size());
    const double targets[] = {100, 1, 0.3, 95, 7.25, 2, 1e-3, 1e6, 18500, 0, -5};
    const double factors[] = {0, 0.5, 0.599999, 0.6, 0.99, 1, 1.05, 1.3, 1.5, 2, 3, 10, -1};
    const double weights[] = {10, 1, 6.25, 0.5, 3.336};
    for (double& x : row)
      x = random_.below(3) == 0 ? one_of(targets) : (random_.unit() - 0.3) * 200;
    row[ruleset::row_W] = std::min(rules_.scale, random_.below(2) == 0
                                                     ? one_of(weights)
                                                     : rules_.scale * (1 - random_.unit()));
    row[ruleset::row_T] = random_.below(2) == 0 ? one_of(targets) : random_.unit() * 150;
    row[ruleset::row_U] = row[ruleset::row_T] * (1 + random_.unit());
    row[ruleset::row_B] = 1 + random_.unit() * 1e6;
    row[ruleset::row_B0] = row[ruleset::row_B] * one_of(factors);
    row[ruleset::row_E] = row[ruleset::row_B] * one_of(factors);
    row[ruleset::row_year] = 2015 + static_cast<double>(random_.below(10));
    row[ruleset::row_has_reason] = static_cast<double>(random_.below(2));
    row[ruleset::row_has_evidence] = static_cast<double>(random_.below(2));
    const double end = random_.below(2) == 0 ? row[ruleset::row_T] : row[ruleset::row_U];
    row[ruleset::row_A] = x_drawn(end);
    for (std::size_t i = 0; i < rules_.inputs.size(); ++i) {
      if (const auto& range = rules_.inputs[i].range)
        row[ruleset::row_names + i] =
            std::clamp(row[ruleset::row_names + i], range->low, range->high);
    }
    put_params(row);
    for (std::size_t i = 0; i < method_.inputs.size(); ++i) {
      const double inputs[] = {0, 1, 2, row[ruleset::row_W], 0.8 * row[ruleset::row_W]};
      row[method_.first_input + i] = random_.below(2) == 0 ? one_of(inputs)
                                                           : random_.unit() * row[ruleset::row_W];
    }
    if (!method_.states.empty()) {
      const auto& values = method_.states[random_.below(method_.states.size())].values;
      std::copy(values.begin(), values.end(),
                row.begin() + static_cast<std::ptrdiff_t>(method_.first_state));
    }
    if (indicator_ != nullptr && indicator_->has_target)
      row[ruleset::row_T] = row[ruleset::row_U] = indicator_->target;
    if (indicator_ != nullptr && indicator_->weight) row[ruleset::row_W] = *indicator_->weight;
    return row;
  }

  void put_params(Row& row) {
    const auto& params = indicator_ != nullptr ? indicator_->params : method_.params;
    const std::size_t numbers = method_.params.size() - method_.statistics.size();
    for (std::size_t i = 0; i < params.size(); ++i) {
      double& value = row[method_.first_param + i];
      if (i < numbers || (indicator_ != nullptr && params[i].input == ruleset::none)) {
        value = params[i].value;
        continue;
      }
      const auto kind = method_.statistics[i - numbers].is;
      using ruleset::StatisticKind;
      if (kind == StatisticKind::count || kind == StatisticKind::rank)
        value = 1 + static_cast<double>(random_.below(30));
      if (kind == StatisticKind::percent_rank) value = 100 * random_.unit();
      if (kind == StatisticKind::sd || kind == StatisticKind::sd_population)
        value = random_.unit() * 10;
    }
  }

  double x_drawn(double end) {
    const double factors[] = {0,   0.5, 0.599999, 0.6, 0.799999, 0.8, 0.99, 1,
                              1.0, 1.3, 1.300001, 1.5, 2,        3,   10,   -1};
    const double steps[] = {-25, -10, -5, -3, -1, -0.5, 0.5, 1, 2, 3, 5, 25, 30, 31};
    switch (random_.below(6)) {
      case 0:
      case 1: return end * one_of(factors);
      case 2: return end + one_of(steps);
      case 3: return std::nextafter(end, random_.below(2) == 0 ? -1e300 : 1e300);
      case 4: return end * random_.unit() * 2;
      default: return (random_.unit() - 0.3) * 300;
    }
  }

  [[nodiscard]] bool holds(const Row& row) const {
    const auto yes = [&](const formula::Formula& condition) {
      const double value = condition.evaluate(row);
      return std::isfinite(value) && value != 0;
    };
    return (!method_.domain || yes(*method_.domain)) &&
           std::all_of(method_.accepts.begin(), method_.accepts.end(),
                       [&](const auto& accept) { return yes(accept.that); });
  }

  [[nodiscard]] double awarded(const Row& row) const {
    const double points = method_.points.evaluate(row);
    return method_.beyond ? points : std::clamp(points, 0.0, row[ruleset::row_W]);
  }

  [[nodiscard]] bool proved(const char* property) const {
    return verdict_of(proof_, property) == Verdict::holds;
  }

  void check_row() {
    const Row row = drawn();
    if (!holds(row)) return;
    ++inside_;
    const double weight = row[ruleset::row_W];
    const double points = method_.points.evaluate(row);
    const double off = 1e-8 * std::max(1.0, weight);
    const bool counts_days = x_ == ruleset::none;
    if (!std::isfinite(points)) {
      if (proved("complete") && !counts_days) say("complete", row, points);
      return;
    }
    if (proved("bounded") && (points < -off || points > weight + off)) say("bounded", row, points);
    if (counts_days) return;
    Row other = row;
    other[x_] = x_ == ruleset::row_A ? x_drawn(row[ruleset::row_T])
                                     : row[x_] * (0.2 + 2 * random_.unit()) - 0.1;
    compare(row, other, off);
    Row near = row;
    near[x_] = row[x_] * (1 + 1e-15) + 1e-300;
    if (!holds(near) || !proved("continuous")) return;
    const double change = std::fabs(awarded(near) - awarded(row));
    if (change > 1e-4 * std::max(1.0, weight)) say("continuous", row, change);
  }

  void compare(const Row& row, const Row& other, double off) {
    if (!holds(other)) return;
    const double here = awarded(row), there = awarded(other);
    if (!std::isfinite(here) || !std::isfinite(there)) return;
    const bool grows = other[x_] > row[x_];
    const double change = grows ? there - here : here - there;
    if (proof_.never_falls && change < -off) say("never falls", row, other[x_]);
    if (proof_.never_rises && change > off) say("never rises", row, other[x_]);
    if (x_ != ruleset::row_A || !proved("direction") || indicator_ != nullptr || !method_.when)
      return;
    const double high = std::max(row[x_], other[x_]), low = std::min(row[x_], other[x_]);
    for (const value::Direction direction : method_.when->directions) {
      const bool names_target = method_.scope.variables.size() > 1 && uses(ruleset::row_T);
      if (!names_target) continue;
      if ((direction == value::Direction::at_least || direction == value::Direction::more_than) &&
          high <= row[ruleset::row_T] && change < -off)
        say("direction", row, other[x_]);
      const double end = uses(ruleset::row_U) ? row[ruleset::row_U] : row[ruleset::row_T];
      if ((direction == value::Direction::at_most || direction == value::Direction::less_than) &&
          low >= end && change > off)
        say("direction", row, other[x_]);
    }
  }
  [[nodiscard]] bool uses(std::size_t name) const {
    const auto used = method_.points.used();
    return std::find(used.begin(), used.end(), name) != used.end();
  }

  // On its own scale, where the proof says what every piece does.
  void check_curve(const ProvedCurve& curve) {
    if (x_ == ruleset::none || curve.pieces.empty()) return;
    Row row(method_.scope.variables.size());
    for (const auto& [name, value] : curve.stands) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (method_.scope.variables[i] == name) row[i] = value;
      }
    }
    const CurvePiece& piece = curve.pieces[random_.below(curve.pieces.size())];
    const double low = std::max(piece.from, -1e4), high = std::min(piece.to, 1e4);
    const double margin = 3e-6 * std::max({1.0, std::fabs(low), std::fabs(high)});
    if (high - low < 4 * margin) return;
    double xs[2];
    for (double& x : xs) {
      const double part = random_.unit();
      x = low + margin +
          (high - low - 2 * margin) * (random_.below(2) == 0 ? part : part * part * part);
    }
    if (xs[0] > xs[1]) std::swap(xs[0], xs[1]);
    double points[2];
    for (int k = 0; k < 2; ++k) {
      row[x_] = xs[k];
      if (holds(row) != (piece.shape != "outside")) {
        if (piece.shape != "unknown") return say("piece " + piece.shape, row, xs[k]);
      }
      points[k] = awarded(row);
    }
    const double off = 1e-5 * std::max(1.0, curve.weight);
    const double change = points[1] - points[0];
    const std::string& shape = piece.shape;
    const bool wrong = (shape == "flat" && !(std::fabs(change) <= off)) ||
                       ((shape == "rises" || shape == "steps up") && !(change >= -off)) ||
                       ((shape == "falls" || shape == "steps down") && !(change <= off));
    if (wrong) say("piece " + shape + " to " + std::to_string(points[1]), row, points[0]);
  }

  void say(const std::string& what, const Row& row, double found) {
    if (!wrong_.empty()) return;
    wrong_ = (proof_.indicator.empty() ? proof_.method : proof_.indicator) + ": " + what + ", " +
             method_.points.text() + " at";
    for (std::size_t i = 0; i < row.size(); ++i) {
      char text[80];
      std::snprintf(text, sizeof text, " %s=%.17g", method_.scope.variables[i].c_str(), row[i]);
      wrong_ += text;
    }
    char text[40];
    std::snprintf(text, sizeof text, ": %.17g", found);
    wrong_ += text;
  }

  const ruleset::RuleSet& rules_;
  const ruleset::Method& method_;
  const ruleset::FixedIndicator* indicator_;
  const MethodProof& proof_;
  oracle::Random random_;
  std::size_t x_ = ruleset::none;
  std::string wrong_;
  int inside_ = 0;
};

// A method made of two formulas over the row names, in a rule set of its own.
struct MadeMethod {
  ruleset::RuleSet rules;

  MadeMethod(const std::string& points, const std::string& domain,
             std::vector<value::Direction> directions = {}) {
    ruleset::Method method;
    method.id = "made";
    method.scope.variables = {"A", "T", "U",           "W",          "B0",
                              "B", "E", "fiscal_year", "has_reason", "has_evidence"};
    method.scope.bounds.assign(method.scope.variables.size(), 0.0);
    method.scope.bounds[ruleset::row_W] = value::computed;
    method.scope.bounded = ruleset::row_A;
    method.first_param = method.first_input = method.first_state = method.scope.variables.size();
    const auto compiled = [&](const std::string& text) {
      std::vector<Diagnostic> diagnostics;
      auto formula = formula::compile({text, {}}, method.scope, diagnostics);
      return formula;
    };
    if (auto formula = compiled(points)) {
      method.points = *std::move(formula);
      is_good = true;
    }
    if (!domain.empty()) method.domain = compiled(domain);
    if (!directions.empty()) {
      method.when.emplace();
      method.when->directions = std::move(directions);
    }
    rules.methods.push_back(std::move(method));
  }

  [[nodiscard]] const ruleset::Method& method() const { return rules.methods.front(); }
  bool is_good = false;
};

}  // namespace jixiao::prover::test
