// A sum of many numbers in the order they come: the same bits for the same order, and hardly any
// error (Neumaier's compensation).
#pragma once

#include <cmath>

namespace jixiao::portfolio {

class RunningSum {
 public:
  void add(double x) {
    const double next = sum_ + x;
    lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - next) + x : (x - next) + sum_;
    sum_ = next;
  }
  [[nodiscard]] double value() const { return std::isfinite(lost_) ? sum_ + lost_ : sum_; }

 private:
  double sum_ = 0;
  double lost_ = 0;  // what the last bits of sum_ could not hold
};

}  // namespace jixiao::portfolio
