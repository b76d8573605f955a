#include <fmt/format.h>

#include "sampling/law.hpp"

namespace jixiao::sampling {
namespace {

std::string listed(const std::vector<double>& values) {
  std::string text = "[";
  for (const double value : values)
    text += (text.size() > 1 ? ", " : "") + fmt::format("{}", value);
  return text + "]";
}

struct Describing {
  std::string operator()(const Constant& l) const { return fmt::format("constant({})", l.value); }
  std::string operator()(const Uniform& l) const {
    return fmt::format("uniform({}, {})", l.low, l.high);
  }
  std::string operator()(const Triangular& l) const {
    return fmt::format("triangular({}, {}, {})", l.low, l.mode, l.high);
  }
  std::string operator()(const Pert& l) const {
    return fmt::format("pert({}, {}, {})", l.low, l.mode, l.high);
  }
  std::string operator()(const Normal& l) const {
    return fmt::format("normal({}, {})", l.mean, l.deviation);
  }
  std::string operator()(const TruncatedNormal& l) const {
    return fmt::format("normal({}, {}, {}, {})", l.mean, l.deviation, l.low, l.high);
  }
  std::string operator()(const Lognormal& l) const {
    return fmt::format("lognormal({}, {})", l.log_mean, l.log_deviation);
  }
  std::string operator()(const Discrete& l) const {
    return "discrete(" + listed(l.values) + ", " + listed(l.weights) + ")";
  }
  std::string operator()(const Empirical& l) const { return "empirical(" + listed(l.values) + ")"; }
};

}  // namespace

std::string describe(const Law& law) { return std::visit(Describing{}, law); }

}  // namespace jixiao::sampling
