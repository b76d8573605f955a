// Draws and what they look like: against naive sorting, known laws, and any way of sharing out the
// work.
#include "sampling/monte_carlo.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>

#include "numeric/normal.hpp"
#include "test_functions.hpp"

using namespace jixiao;
using namespace jixiao::numeric;
using namespace jixiao::sampling;

namespace {

bool same(const Records& a, const Records& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::equal(a[i].begin(), a[i].end(), b[i].begin(), b[i].end())) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("quantiles are those of the sorted sample", "[study][monte_carlo]") {
  for (const std::size_t n : {1, 2, 3, 10, 1000, 4097}) {
    std::vector<double> values(n);
    Stream(n, Purpose::samples).fill(0, 0, values);
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const std::vector<double> levels = {0, 0.01, 0.05, 0.25, 0.5, 0.333, 0.95, 1};
    for (const Quantile& q : quantiles(values, levels)) {
      const double place = q.level * static_cast<double>(n - 1);
      const auto at = static_cast<std::size_t>(place);
      const double next = sorted[std::min(at + 1, n - 1)];
      CHECK(q.value == Approx(sorted[at] + (place - static_cast<double>(at)) * (next - sorted[at]))
                           .epsilon(1e-14));
      if (!std::isnan(q.low)) CHECK(q.low <= q.value);
      if (!std::isnan(q.high)) CHECK(q.high >= q.value);
    }
  }
}

TEST_CASE(
    "quantiles of a normal output lie near the known ones, and the intervals cover them as often "
    "as they say",
    "[study][monte_carlo]") {
  const auto model = model_of(2, {"x1 + x2"});
  const Inputs inputs({{"x1", law(Normal{3, 3})}, {"x2", law(Normal{1, 4})}});
  const std::vector<double> levels = {0.05, 0.5, 0.9};
  std::vector<int> covered(3, 0);
  std::vector<double> squared(3, 0.0), errors(3, 0.0);
  constexpr int seeds = 400;
  for (int seed = 0; seed < seeds; ++seed) {
    const MonteCarlo study(*model, inputs, {static_cast<std::uint64_t>(seed), 1000});
    const Spread found = spread(study.values(run(study, {1}), 0), levels, 10);
    for (std::size_t i = 0; i < 3; ++i) {
      const Quantile& q = found.quantiles[i];
      const double exact = 4 + 5 * normal::quantile(levels[i]);
      covered[i] += q.low <= exact && exact <= q.high ? 1 : 0;
      squared[i] += (q.value - exact) * (q.value - exact) / seeds;
      errors[i] += q.error / seeds;
    }
  }
  for (std::size_t i = 0; i < 3; ++i) {
    CAPTURE(levels[i]);
    CHECK(covered[i] >= 0.93 * seeds);
    CHECK(covered[i] <= 0.985 * seeds);
    CHECK(errors[i] == Approx(std::sqrt(squared[i])).epsilon(0.12));
  }
}

TEST_CASE("the same bits for any number of threads, and after a stop and a reading back",
          "[study][monte_carlo]") {
  const auto model = model_of(2, {"x1*x2", "x1 > x2 ? 1 : 0"});
  const Inputs inputs({{"x1", law(Lognormal{0, 1})}, {"x2", law(Pert{0, 1, 3})}});
  const MonteCarlo study(*model, inputs, {42, 30001});
  const Records once = run(study, {1});
  REQUIRE(once.size() == 8);
  CHECK(same(once, run(study, {3})));

  std::atomic<bool> stop = false;
  RunOptions options{1, &stop, [&stop](std::size_t done, std::size_t) { stop = done == 3; }};
  Records part;
  run(study, part, study.pieces(), options);
  REQUIRE(part.size() == 3);
  std::vector<Diagnostic> diagnostics;
  auto again = Records::from_json(part.to_json(study), "state.json", study, diagnostics);
  REQUIRE(again);
  run(study, *again, study.pieces());
  CHECK(same(once, *again));

  const MonteCarlo other(*model, inputs, {43, 30001});
  CHECK_FALSE(Records::from_json(part.to_json(study), "state.json", other, diagnostics));
  CHECK(diagnostics.back().message.en ==
        "this is the state of another study: its function, inputs or seed differ");
  for (const char* damaged : {"", "[", "[1]", "{}", R"({"schema":"jixiao/study-state/1"})",
                              "{\"schema\":1,\"records\":[]}"}) {
    CHECK_FALSE(Records::from_json(damaged, "state.json", study, diagnostics));
  }
  // One digit of one number is enough.
  const std::string sound = part.to_json(study);
  const std::size_t first = sound.find('"', sound.find('[')) + 1;
  for (const std::size_t at : {first, first + 7, sound.find("\"done\": ") + 8}) {
    std::string changed = sound;
    changed[at] = changed[at] == '1' ? '2' : '1';
    CHECK_FALSE(Records::from_json(changed, "state.json", study, diagnostics));
    CHECK(diagnostics.back().message.en == "the saved state is damaged: its check sum differs");
  }
  std::string unmarked = sound;
  unmarked.erase(unmarked.rfind(','), unmarked.rfind('}') - unmarked.rfind(','));
  CHECK_FALSE(Records::from_json(unmarked, "state.json", study, diagnostics));
  CHECK_THAT(diagnostics.back().message.en, Catch::Contains("no check sum"));
  std::string cut = part.to_json(study);
  cut.erase(cut.rfind('"') - 1, 1);
  CHECK_FALSE(Records::from_json(cut, "state.json", study, diagnostics));
  CHECK_THAT(diagnostics.back().message.en, Catch::Contains("the saved state is damaged"));
}

TEST_CASE("more samples begin with the same ones", "[study][monte_carlo]") {
  const auto model = model_of(1, {"x1"});
  const Inputs inputs({{"x1", law(Uniform{0, 1})}});
  const MonteCarlo few(*model, inputs, {7, 100}), many(*model, inputs, {7, 9000});
  const auto a = few.values(run(few), 0), b = many.values(run(many), 0);
  CHECK(std::equal(a.begin(), a.end(), b.begin()));
}

TEST_CASE("samples that cannot be computed are counted, not passed over", "[study][monte_carlo]") {
  const auto model = model_of(1, {"x1 > 0.25 ? sqrt(x1 - 0.5) : 1"});
  const Inputs inputs({{"x1", law(Uniform{0, 1})}});
  const MonteCarlo study(*model, inputs, {7, 40000});
  const std::vector<double> levels = {0.5};
  const Spread found = spread(study.values(run(study), 0), levels, 5);
  CHECK(found.samples == 40000);
  CHECK(static_cast<double>(found.uncomputable) == Approx(10000).margin(400));
  std::size_t counted = 0;
  for (const std::size_t count : found.histogram.counts) counted += count;
  CHECK(counted == 40000 - found.uncomputable);
  const Spread nothing = spread({NAN, NAN}, levels, 5);
  CHECK(nothing.uncomputable == 2);
  CHECK(std::isnan(nothing.quantiles[0].value));
  CHECK(std::isnan(nothing.moments.mean));
}

TEST_CASE("shares of categories with Wilson intervals", "[study][monte_carlo]") {
  const auto model = model_of(1, {"x1 >= 90 ? 0 : x1 >= 80 ? 1 : 2"});
  const Inputs inputs({{"x1", law(Uniform{70, 100})}});
  const MonteCarlo study(*model, inputs, {1, 30000});
  const auto found = shares(study.values(run(study), 0));
  REQUIRE(found.size() == 3);
  for (const Share& share : found) {
    CHECK(share.share == Approx(1.0 / 3).margin(0.01));
    CHECK(share.error == Approx(std::sqrt(2.0 / 9 / 30000)).epsilon(0.02));
    CHECK((share.low < 1.0 / 3 && 1.0 / 3 < share.high));
  }
  const auto certain = shares(std::vector<double>(100, 1.0));
  CHECK(certain[0].high == 1);
  CHECK(certain[0].low == Approx(100 / (100 + 1.959963985 * 1.959963985)));
}

TEST_CASE("the bins of a histogram hold what their edges say", "[study][monte_carlo]") {
  std::vector<double> values;
  for (int i = 0; i <= 10; ++i) values.push_back(i * 0.1);
  const Histogram found = histogram(values, 10);
  REQUIRE(found.edges.size() == 11);
  for (std::size_t bin = 0; bin < 10; ++bin) {
    const bool last = bin == 9;
    const auto inside = std::count_if(values.begin(), values.end(), [&](double x) {
      return x >= found.edges[bin] && (last ? x <= found.edges[bin + 1] : x < found.edges[bin + 1]);
    });
    CHECK(found.counts[bin] == static_cast<std::size_t>(inside));
  }
  CHECK(histogram(std::vector<double>(5, 3.0), 10).counts == std::vector<std::size_t>{5});
}

TEST_CASE("a model says what is wrong with its formulas", "[study][monte_carlo]") {
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(FormulaModel::compile({{"x1", {}}}, {{"y", {"x1 + x2", {}}}}, diagnostics));
  CHECK(diagnostics.back().code == "formula.name");
  CHECK_FALSE(FormulaModel::compile({{"x1", {}}, {"x1", {}}}, {{"y", {"x1", {}}}}, diagnostics));
  CHECK(diagnostics.back().code == "id.duplicate");
  CHECK_FALSE(FormulaModel::compile({{"max", {}}}, {{"y", {"1", {}}}}, diagnostics));
  CHECK(diagnostics.back().code == "id.invalid");
  const auto yuan = value::Unit::parse("元").value(), people = value::Unit::parse("人").value();
  CHECK_FALSE(
      FormulaModel::compile({{"a", yuan}, {"b", people}}, {{"y", {"a + b", {}}}}, diagnostics));
  CHECK(diagnostics.back().code == "formula.unit");
  const auto model =
      FormulaModel::compile({{"a", yuan}, {"b", people}}, {{"y", {"a / b", {}}}}, diagnostics);
  REQUIRE(model);
  CHECK(model->outputs()[0].unit == yuan / people);
}
