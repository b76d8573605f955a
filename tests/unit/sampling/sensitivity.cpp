// Indices against closed forms, their intervals over many seeds, and any way of sharing out the
// work.
#include <catch2/catch.hpp>
#include <cmath>

#include "sampling/morris.hpp"
#include "sampling/shapley_effects.hpp"
#include "sampling/sobol_indices.hpp"
#include "test_functions.hpp"

using namespace jixiao;
using namespace jixiao::numeric;
using namespace jixiao::sampling;

namespace {

std::vector<double> values_of(const std::vector<Estimate>& estimates) {
  std::vector<double> values;
  for (const Estimate& estimate : estimates) values.push_back(estimate.value);
  return values;
}

void check_near(const std::vector<double>& found, const std::vector<double>& wanted,
                double margin) {
  REQUIRE(found.size() == wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(i);
    CHECK(found[i] == Approx(wanted[i]).margin(margin));
  }
}

SobolIndices indices_of(const Model& model, const Inputs& inputs, const SobolPlan& plan) {
  const SobolStudy study(model, inputs, single_inputs(inputs), plan);
  return study.indices(run(study, {2}), {}, 2).at(0);
}

// Variances of the factors of Sobol's g, and the indices that follow.
struct Product {
  std::vector<double> first, total;
};
Product product_indices(const std::vector<double>& variances) {
  double all = 1;
  for (const double v : variances) all *= 1 + v;
  Product result;
  for (const double v : variances) {
    result.first.push_back(v / (all - 1));
    result.total.push_back(v * all / (1 + v) / (all - 1));
  }
  return result;
}

const std::vector<double> ishigami_first = {0.3139, 0.4424, 0},
                          ishigami_total = {0.5576, 0.4424, 0.2437};

}  // namespace

TEST_CASE("Ishigami's indices within 0.01 at 2^14, by both estimators and both kinds of points",
          "[study][sobol]") {
  const auto model = model_of(3, {ishigami});
  const Inputs inputs = alike(3, Uniform{-pi, pi});
  for (const auto first : {SobolPlan::First::saltelli, SobolPlan::First::jansen}) {
    SobolPlan plan{.seed = 1, .first = first, .pairs = true};
    const SobolIndices found = indices_of(*model, inputs, plan);
    check_near(values_of(found.first), ishigami_first, 0.01);
    check_near(values_of(found.total), ishigami_total, 0.01);
    check_near(values_of(found.second), {0, 0.2437, 0}, 0.01);
    CHECK(found.mean == Approx(3.5).margin(0.02));
    CHECK(found.variance ==
          Approx(0.5 + 49.0 / 8 + std::pow(pi, 4) / 50 + std::pow(pi, 8) / 1800).epsilon(0.01));
    CHECK(found.evaluations == (1 << 14) * 8);
  }
  const SobolIndices random = indices_of(
      *model, inputs, {.seed = 1, .replicates = 256, .points = SobolPlan::Points::random});
  check_near(values_of(random.total), ishigami_total, 0.03);
}

TEST_CASE("Sobol's g with 10 inputs", "[study][sobol]") {
  const std::vector<std::string> a = {"0", "1", "4.5", "9", "99", "99", "99", "99", "99", "99"};
  std::vector<double> variances;
  for (const std::string& text : a) variances.push_back(1.0 / 3 / std::pow(1 + std::stod(text), 2));
  const Product exact = product_indices(variances);
  const auto model = model_of(10, {g_function(a)});
  const SobolIndices found = indices_of(*model, alike(10, Uniform{0, 1}), {.seed = 2});
  check_near(values_of(found.first), exact.first, 0.01);
  check_near(values_of(found.total), exact.total, 0.01);
}

TEST_CASE("a product of normal factors, far from 0", "[study][sobol]") {
  const auto model = model_of(3, {"x1*x2*x3"});
  const Inputs inputs(
      {{"x1", law(Normal{10, 1})}, {"x2", law(Normal{10, 2})}, {"x3", law(Normal{10, 3})}});
  const Product exact = product_indices({0.01, 0.04, 0.09});
  const SobolIndices found = indices_of(*model, inputs, {.seed = 3});
  check_near(values_of(found.first), exact.first, 0.01);
  check_near(values_of(found.total), exact.total, 0.01);
}

TEST_CASE("a linear function: first, total and Shapley are one", "[study][sobol][shapley]") {
  const auto model = model_of(4, {"1000 + x1 + 2*x2 + 3*x3 + 0*x4"});
  const Inputs inputs({{"x1", law(Normal{0, 1})},
                       {"x2", law(Normal{5, 1})},
                       {"x3", law(Normal{0, 1})},
                       {"x4", law(Uniform{0, 1})}});
  const std::vector<double> exact = {1.0 / 14, 4.0 / 14, 9.0 / 14, 0};
  const SobolIndices found = indices_of(*model, inputs, {.seed = 4});
  check_near(values_of(found.first), exact, 0.01);
  check_near(values_of(found.total), exact, 0.01);
  const ShapleyStudy shapley(*model, inputs, {.seed = 4});
  check_near(values_of(shapley.effects(run(shapley, {2}))[0].effects), exact, 0.01);
}

TEST_CASE("Shapley effects share out interactions evenly and add up to 1", "[study][shapley]") {
  const auto model = model_of(3, {ishigami});
  const ShapleyStudy study(*model, alike(3, Uniform{-pi, pi}), {.seed = 5});
  const Inputs inputs = alike(3, Uniform{-pi, pi});
  const ShapleyStudy kept(*model, inputs, {.seed = 5});
  const ShapleyEffects found = kept.effects(run(kept, {2}))[0];
  check_near(values_of(found.effects), {0.3139 + 0.2437 / 2, 0.4424, 0.2437 / 2}, 0.01);
  CHECK(found.effects[0].value + found.effects[1].value + found.effects[2].value ==
        Approx(1).epsilon(1e-14));
}

TEST_CASE("groups: two inputs that move together", "[study][sobol]") {
  const auto model = model_of(3, {ishigami});
  const Inputs inputs = alike(3, Uniform{-pi, pi});
  const SobolStudy study(*model, inputs, {{"1 and 3", {0, 2}}, {"2", {1}}}, {.seed = 6});
  const SobolIndices found = study.indices(run(study))[0];
  check_near(values_of(found.first), {0.5576, 0.4424}, 0.01);
  check_near(values_of(found.total), {0.5576, 0.4424}, 0.01);
}

TEST_CASE("the intervals cover the true indices about as often as they say", "[study][sobol]") {
  const auto model = model_of(3, {ishigami});
  const Inputs inputs = alike(3, Uniform{-pi, pi});
  for (const auto points : {SobolPlan::Points::sobol, SobolPlan::Points::random}) {
    constexpr int seeds = 300;
    std::vector<int> covered(6, 0);
    for (int seed = 0; seed < seeds; ++seed) {
      const SobolStudy study(*model, inputs, single_inputs(inputs),
                             {.seed = static_cast<std::uint64_t>(seed),
                              .samples = 2048,
                              .replicates = 32,
                              .points = points});
      const SobolIndices found =
          study.indices(run(study, {1}), {static_cast<std::uint64_t>(seed), 300})[0];
      for (std::size_t i = 0; i < 3; ++i) {
        const double first = std::vector<double>{0.31390519, 0.44241114, 0}[i],
                     total = std::vector<double>{0.55758886, 0.44241114, 0.24368366}[i];
        covered[i] += found.first[i].low <= first && first <= found.first[i].high ? 1 : 0;
        covered[3 + i] += found.total[i].low <= total && total <= found.total[i].high ? 1 : 0;
      }
    }
    for (std::size_t i = 0; i < 6; ++i) {
      CAPTURE(static_cast<int>(points), i, covered[i]);
      CHECK(covered[i] >= 0.90 * seeds);
      CHECK(covered[i] <= 0.99 * seeds);
    }
  }
}

TEST_CASE("the same bits for any number of threads, in two halves, and with more replicates added",
          "[study][sobol]") {
  const auto model = model_of(3, {ishigami, "x1 + x2*x3"});
  const Inputs inputs = alike(3, Uniform{-pi, pi});
  const SobolStudy study(*model, inputs, single_inputs(inputs),
                         {.seed = 7, .samples = 3000, .replicates = 10, .pairs = true});
  const auto whole = study.indices(run(study, {1}), {}, 1);
  Records halves;
  run(study, halves, 4, {2});
  std::vector<Diagnostic> diagnostics;
  Records again = Records::from_json(halves.to_json(study), "", study, diagnostics).value();
  run(study, again, 10, {3});
  const auto other = study.indices(again, {}, 3);
  for (std::size_t o = 0; o < 2; ++o) {
    CHECK(values_of(whole[o].first) == values_of(other[o].first));
    CHECK(values_of(whole[o].second) == values_of(other[o].second));
    for (std::size_t i = 0; i < 3; ++i) CHECK(whole[o].total[i].high == other[o].total[i].high);
  }
  const SobolStudy more(*model, inputs, single_inputs(inputs),
                        {.seed = 7, .samples = 6000, .replicates = 20, .pairs = true});
  CHECK(Records::from_json(halves.to_json(study), "", more, diagnostics));
}

TEST_CASE("rounds go on until the order of the inputs is settled", "[study][sobol]") {
  const auto model = model_of(3, {"x1 + 0.95*x2 + 0.01*x3"});
  const Inputs inputs = alike(3, Uniform{0, 1});
  const SettledStudy found = study_until_settled(
      *model, inputs, single_inputs(inputs),
      {.study = {.seed = 1, .samples = 128, .replicates = 8, .points = SobolPlan::Points::random},
       .tolerance = 0.001,
       .most_samples = 1 << 18},
      {}, {2});
  CHECK(found.settled);
  CHECK(found.rounds > 2);
  CHECK(found.indices[0].total[0].low > found.indices[0].total[1].high);
  const auto twins = model_of(2, {"x1 + x2"});
  const SettledStudy never = study_until_settled(
      *twins, alike(2, Uniform{0, 1}), single_inputs(alike(2, Uniform{0, 1})),
      {.study = {.seed = 1, .samples = 128, .replicates = 8, .points = SobolPlan::Points::random},
       .tolerance = 1e-9,
       .most_samples = 2048},
      {}, {2});
  CHECK_FALSE(never.settled);
  CHECK(never.indices[0].samples == 2048);
}

TEST_CASE("no index is stated over evaluations that failed, or of an output that does not vary",
          "[study][sobol][shapley]") {
  const auto model = model_of(2, {"ln(x1 - 0.01) + x2", "5"});
  const Inputs inputs = alike(2, Uniform{0, 1});
  const SobolStudy study(*model, inputs, single_inputs(inputs), {.seed = 1, .samples = 1024});
  const auto found = study.indices(run(study));
  CHECK(found[0].uncomputable > 20);
  CHECK(std::isnan(found[0].first[1].value));
  CHECK(std::isnan(found[0].variance));
  CHECK(found[1].uncomputable == 0);
  CHECK(std::isnan(found[1].total[0].value));
  CHECK(found[1].mean == 5);
  const ShapleyStudy shapley(*model, inputs, {.seed = 1, .samples = 1024});
  const auto effects = shapley.effects(run(shapley));
  CHECK(effects[0].uncomputable > 20);
  CHECK(std::isnan(effects[0].effects[1].value));
}

TEST_CASE("elementary effects of a linear function are its slopes; others show in sigma",
          "[study][morris]") {
  const auto model = model_of(3, {"10*x1 - 4*x2 + 0*x3", "x1*x2 + x3^2"});
  const Inputs inputs(
      {{"x1", law(Uniform{0, 2})}, {"x2", law(Uniform{-1, 1})}, {"x3", law(Normal{0, 1})}});
  const MorrisStudy study(*model, inputs, {.seed = 1, .trajectories = 200, .levels = 4});
  const Records records = run(study, {2});
  const auto linear = study.effects(records, 0);
  CHECK(linear[0].mean == Approx(20));
  CHECK(linear[1].mean == Approx(-8));
  CHECK(linear[1].absolute_mean == Approx(8));
  CHECK(linear[0].deviation == Approx(0).margin(1e-12));
  CHECK(linear[2].absolute_mean == 0);
  const auto curved = study.effects(records, 1);
  // d(x1 x2) over x1's range is 2 x2, with x2 at -1, -1/3, 1/3, 1 alike often: mean 0, mean size
  // 4/3, deviation 2 sqrt(5/9).
  CHECK(curved[0].mean == Approx(0).margin(0.35));
  CHECK(curved[0].absolute_mean == Approx(4.0 / 3).margin(0.15));
  CHECK(curved[0].deviation == Approx(2 * std::sqrt(5.0 / 9)).margin(0.12));
  CHECK(curved[0].error == Approx(2.0 / 3 / std::sqrt(200)).epsilon(0.1));
}
