// printer   prints, as JSON, what the studies find on functions OpenTURNS and numpy are asked about
// as well (tests/oracle/study/peers).
#include <cstdio>
#include <nlohmann/json.hpp>

#include "sampling/monte_carlo.hpp"
#include "sampling/shapley_effects.hpp"
#include "sampling/sobol_indices.hpp"
#include "unit/sampling/test_functions.hpp"

using namespace jixiao;
using namespace jixiao::numeric;
using namespace jixiao::sampling;
using Json = nlohmann::json;

namespace {

Json estimates(const std::vector<Estimate>& all) {
  Json list = Json::array();
  for (const Estimate& one : all) list.push_back({one.value, one.low, one.high});
  return list;
}

Json indices(const std::string& text, const Inputs& inputs) {
  const auto model = model_of(inputs.size(), {text});
  const SobolStudy study(*model, inputs, single_inputs(inputs), {.seed = 20200706});
  const SobolIndices found = study.indices(run(study)).at(0);
  return {{"first", estimates(found.first)}, {"total", estimates(found.total)}};
}

Json laws() {
  const double infinity = std::numeric_limits<double>::infinity();
  Json list = Json::object();
  for (const auto& [name, of] :
       std::vector<std::pair<std::string, Law>>{{"uniform", Uniform{-2, 5}},
                                                {"triangular", Triangular{1, 2, 4}},
                                                {"normal", Normal{80, 5}},
                                                {"truncated", TruncatedNormal{80, 5, 75, 100}},
                                                {"far", TruncatedNormal{80, 5, 100, infinity}},
                                                {"lognormal", Lognormal{0.5, 0.25}},
                                                {"pert", Pert{180, 200, 240}}}) {
    Json column = Json::array();
    for (const double u : {0.001, 0.05, 0.3, 0.5, 0.8, 0.99}) column.push_back(law(of).quantile(u));
    list[name] = {
        {"quantiles", column}, {"mean", law(of).mean()}, {"variance", law(of).variance()}};
  }
  return list;
}

Json draws() {
  const auto model = model_of(2, {"x1*x2"});
  const Inputs inputs({{"x1", law(Lognormal{0, 1})}, {"x2", law(Pert{0, 1, 3})}});
  const MonteCarlo study(*model, inputs, {11, 5003});
  const std::vector<double> values = study.values(run(study), 0);
  const std::vector<double> levels = {0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1};
  const Spread found = spread(values, levels, 20);
  Json quantile_values = Json::array();
  for (const Quantile& q : found.quantiles) quantile_values.push_back(q.value);
  return {{"values", values},
          {"levels", levels},
          {"quantiles", quantile_values},
          {"mean", found.moments.mean},
          {"deviation", found.moments.deviation},
          {"counts", found.histogram.counts}};
}

}  // namespace

int main() {
  const std::vector<std::string> a = {"0", "1", "4.5", "9", "99", "99", "99", "99", "99", "99"};
  const Json all = {{"ishigami", indices(ishigami, alike(3, Uniform{-pi, pi}))},
                    {"g", indices(g_function(a), alike(10, Uniform{0, 1}))},
                    {"laws", laws()},
                    {"draws", draws()}};
  std::puts(all.dump().c_str());
}
