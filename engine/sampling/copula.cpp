#include "sampling/copula.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "numeric/normal.hpp"
#include "weights/correlation.hpp"

namespace jixiao::sampling {
namespace {

bool refuse_matrix(const text::Place& place, std::vector<Diagnostic>& diagnostics, Text message,
                   Text help) {
  diagnostics.push_back(
      text::diagnose(text::Code::value_number, place, std::move(message), std::move(help)));
  return false;
}

bool check_entries(std::span<const double> r, const std::vector<std::string>& names,
                   const text::Place& place, std::vector<Diagnostic>& diagnostics) {
  const std::size_t n = names.size();
  if (r.size() != n * n) {
    return refuse_matrix(
        place, diagnostics,
        {fmt::format("{} 个输入的相关矩阵应有 {} 个数，这里有 {} 个", n, n * n, r.size()),
         fmt::format("the correlations of {} inputs are {} numbers, not {}", n, n * n, r.size())},
        {"每个输入一行，每行每个输入一个数", "write one row an input, with one number an input"});
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (r[i * n + i] != 1.0) {
      return refuse_matrix(place, diagnostics,
                           {fmt::format("{} 与自身的相关系数是 {}，应为 1", names[i], r[i * n + i]),
                            fmt::format("{} has the correlation {} with itself, it must be 1",
                                        names[i], r[i * n + i])},
                           {"对角线上都写 1", "write 1 along the diagonal"});
    }
    for (std::size_t j = 0; j < i; ++j) {
      const double one = r[i * n + j], other = r[j * n + i];
      if (one != other) {
        return refuse_matrix(place, diagnostics,
                             {fmt::format("相关矩阵不对称：{} 与 {} 一处是 {}，另一处是 {}",
                                          names[j], names[i], other, one),
                              fmt::format("the correlations are not symmetric: {} and {} have {} "
                                          "in one place and {} in the other",
                                          names[j], names[i], other, one)},
                             {"两处写同一个数", "write the same number in both places"});
      }
      if (!(std::fabs(one) <= 1.0)) {
        return refuse_matrix(
            place, diagnostics,
            {fmt::format("{} 与 {} 的相关系数是 {}，应在 -1 与 1 之间", names[j], names[i], one),
             fmt::format("{} and {} have the correlation {}, it must lie in -1..1", names[j],
                         names[i], one)},
            {"", ""});
      }
    }
  }
  return true;
}

// The numbers to write instead, each with the pair it belongs to.
Text nearest_that_holds(std::span<const double> r, const std::vector<std::string>& names) {
  const std::size_t n = names.size();
  const std::vector<double> nearest = weights::nearest_correlations(r, n);
  Text out{"最接近而能成立的是：", "the nearest that can hold: "};
  bool first = true;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (nearest[i * n + j] == r[i * n + j]) continue;
      out.zh += fmt::format("{}{} 与 {} 写 {}，不写 {}", first ? "" : "；", names[j], names[i],
                            nearest[i * n + j], r[i * n + j]);
      out.en += fmt::format("{}{} and {} {} instead of {}", first ? "" : ", ", names[j], names[i],
                            nearest[i * n + j], r[i * n + j]);
      first = false;
    }
  }
  out.zh += "；也可按数据重新计算整个矩阵";
  out.en += "; or compute the whole matrix from data";
  return out;
}

}  // namespace

std::optional<Copula> Copula::make(std::span<const double> correlations,
                                   const std::vector<std::string>& names, const text::Place& place,
                                   std::vector<Diagnostic>& diagnostics) {
  if (!check_entries(correlations, names, place, diagnostics)) return std::nullopt;
  const std::size_t n = names.size();
  Copula copula;
  copula.size_ = n;
  auto factor = weights::cholesky_factor(correlations, n);
  if (!factor) {
    const std::string& failing = names[weights::first_row_that_fails(correlations, n)];
    refuse_matrix(
        place, diagnostics,
        {fmt::format("这些相关系数不能同时成立：矩阵在 {} 处不再正定", failing),
         fmt::format("these correlations cannot hold together: the matrix stops being positive "
                     "definite at {}",
                     failing)},
        nearest_that_holds(correlations, names));
    return std::nullopt;
  }
  copula.factor_ = std::move(*factor);
  return copula;
}

void Copula::apply(std::span<const std::span<double>> columns) const {
  for (const std::span<double> column : columns) numeric::normal::quantile(column, column);
  // From the last input up: an input needs only those before it, which are still untouched.
  for (std::size_t i = size_; i-- > 0;) {
    const std::span<double> column = columns[i];
    for (double& z : column) z *= factor_[i * size_ + i];
    for (std::size_t j = 0; j < i; ++j) {
      const double share = factor_[i * size_ + j];
      if (share == 0.0) continue;
      for (std::size_t row = 0; row < column.size(); ++row) column[row] += share * columns[j][row];
    }
  }
  for (const std::span<double> column : columns) {
    numeric::normal::cumulative(column, column);
    // Rounding reaches 1 a little above 8.2 deviations; quantiles are asked inside (0, 1).
    for (double& u : column) u = u < 1.0 ? u : 0x1.fffffffffffffp-1;
  }
}

}  // namespace jixiao::sampling
