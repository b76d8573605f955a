#include "sampling/law_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace jixiao::sampling {
namespace {

class Checking {
 public:
  Checking(const Law& law, const std::string& name, const text::Place& place,
           std::vector<Diagnostic>& diagnostics)
      : law_(law), name_(name), place_(place), diagnostics_(diagnostics) {}

  bool operator()(const Constant& l) { return finite({l.value}); }
  bool operator()(const Uniform& l) {
    return finite({l.low, l.high}) && upright(l.low, l.high, describe(Uniform{l.high, l.low}));
  }
  bool operator()(const Triangular& l) { return three(l); }
  bool operator()(const Pert& l) { return three(l); }
  bool operator()(const Normal& l) {
    return finite({l.mean, l.deviation}) && positive(l.deviation, l.mean);
  }
  bool operator()(const TruncatedNormal& l) {
    if (!finite({l.mean, l.deviation}) || !positive(l.deviation, l.mean)) return false;
    if (std::isnan(l.low) || std::isnan(l.high)) return finite({l.low, l.high});
    return upright(l.low, l.high, fmt::format("low = {}, high = {}", l.high, l.low));
  }
  bool operator()(const Lognormal& l) {
    return finite({l.log_mean, l.log_deviation}) &&
           positive(l.log_deviation, std::exp(l.log_mean)) && bounded(l);
  }
  bool operator()(const Discrete& l) {
    return has_values(l.values) && finite(l.values) && one_weight_each(l) && all_differ(l.values);
  }
  bool operator()(const Empirical& l) { return has_values(l.values) && finite(l.values); }

 private:
  bool refuse(Text message, Text help) {
    const std::string law = std::visit([](const auto& l) { return describe(l); }, law_);
    const std::string shown = law.size() > 80 ? law.substr(0, 77) + "..." : law;
    message = {fmt::format("{} 的分布 {} 有误：{}", name_, shown, message.zh),
               fmt::format("{} follows {}, but {}", name_, shown, message.en)};
    diagnostics_.push_back(
        text::diagnose(text::Code::value_number, place_, std::move(message), std::move(help)));
    return false;
  }

  bool finite(const std::vector<double>& numbers) {
    const auto wrong =
        std::find_if_not(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); });
    if (wrong == numbers.end()) return true;
    return refuse(
        {fmt::format("{} 不是有限数", *wrong), fmt::format("{} is not a finite number", *wrong)},
        {"请写普通的数", "write ordinary numbers"});
  }

  // What an input that does not vary is written as.
  static Text constant(double value) {
    return {fmt::format("不变的输入请写 constant = {0}；命令行上写 constant({0})", value),
            fmt::format(
                "for an input that does not vary write constant = {0}; in a call: constant({0})",
                value)};
  }

  // `swapped`: how the law is written with its ends the other way round.
  bool upright(double low, double high, const std::string& swapped) {
    if (low == high)
      return refuse({fmt::format("上下限都是 {}", low), fmt::format("both ends are {}", low)},
                    constant(low));
    if (low > high) {
      return refuse({fmt::format("范围上下颠倒：{} 大于 {}", low, high),
                     fmt::format("the range is upside down: {} is over {}", low, high)},
                    {"对调两端：" + swapped, "swap the ends: " + swapped});
    }
    if (std::isfinite(low) && std::isfinite(high) && !std::isfinite(high - low)) {
      return refuse({"范围宽得超出双精度数", "the range is wider than a double can say"},
                    {"请缩小范围", "narrow the range"});
    }
    return true;
  }

  template <class ThreePoints>
  bool three(const ThreePoints& law) {
    const auto& [low, mode, high] = law;
    if (!finite({low, mode, high}) || !upright(low, high, describe(ThreePoints{high, mode, low})))
      return false;
    if (low <= mode && mode <= high) return true;
    return refuse({fmt::format("最可能值 {} 不在 {} 至 {} 之内", mode, low, high),
                   fmt::format("the mode {} lies outside {}..{}", mode, low, high)},
                  {fmt::format("把中间的数改到 {} 至 {} 之间", low, high),
                   fmt::format("move the number in the middle into {}..{}", low, high)});
  }

  bool positive(double deviation, double middle) {
    if (deviation > 0.0) return true;
    return refuse({fmt::format("标准差是 {}，应大于 0", deviation),
                   fmt::format("the deviation is {}, it must be above 0", deviation)},
                  deviation < 0.0
                      ? Text{fmt::format("写 {}", -deviation), fmt::format("write {}", -deviation)}
                      : constant(middle));
  }

  bool bounded(const Lognormal& l) {
    // The variance grows as e^(2 mean + 2 deviation^2); draws reach about 8.3 deviations.
    if (2.0 * l.log_mean + 2.0 * l.log_deviation * l.log_deviation < 700.0 &&
        l.log_mean + 8.3 * l.log_deviation < 700.0)
      return true;
    return refuse({"取值会超出双精度数", "its values outgrow a double"},
                  {"两个参数都是对数的均值与标准差，不是数值本身的",
                   "both parameters are of the logarithm, not of the values themselves"});
  }

  bool has_values(const std::vector<double>& values) {
    if (!values.empty()) return true;
    return refuse({"没有取值", "it has no values"}, {"至少写一个值", "give at least one value"});
  }

  bool one_weight_each(const Discrete& l) {
    if (l.weights.size() != l.values.size()) {
      return refuse(
          {fmt::format("{} 个值却有 {} 个权重", l.values.size(), l.weights.size()),
           fmt::format("there are {} values and {} weights", l.values.size(), l.weights.size())},
          {"每个值写一个权重", "give every value one weight"});
    }
    double total = 0.0;
    for (const double weight : l.weights) {
      if (!(weight >= 0.0) || !std::isfinite(weight)) {
        return refuse({fmt::format("权重 {} 不是非负的数", weight),
                       fmt::format("the weight {} is no number from 0 on", weight)},
                      {"权重是各值出现的可能，不得为负",
                       "a weight says how likely its value is and cannot be negative"});
      }
      total += weight;
    }
    if (total > 0.0 && std::isfinite(total)) return true;
    return refuse(
        {fmt::format("权重之和是 {}", total), fmt::format("the weights add up to {}", total)},
        {"至少一个权重要大于 0", "make at least one weight positive"});
  }

  bool all_differ(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto twice = std::adjacent_find(values.begin(), values.end());
    if (twice == values.end()) return true;
    return refuse({fmt::format("值 {} 写了两次", *twice),
                   fmt::format("the value {} stands there twice", *twice)},
                  {"合并它们的权重", "add their weights up into one"});
  }

  const Law law_;
  const std::string& name_;
  const text::Place& place_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

bool check_law(const Law& law, const std::string& name, const text::Place& place,
               std::vector<Diagnostic>& diagnostics) {
  return std::visit(Checking(law, name, place, diagnostics), law);
}

}  // namespace jixiao::sampling
