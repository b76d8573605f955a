// Random formulas and columns, the same ones for the same seed everywhere.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace jixiao::oracle {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

// Text of a formula over `names`, about `depth` levels deep at most.
inline std::string random_formula(Random& random, const std::vector<std::string>& names,
                                  int depth) {
  const auto inner = [&] { return random_formula(random, names, depth - 1); };
  const auto leaf = [&]() -> std::string {
    static const char* const numbers[] = {"0",    "1",   "2",    "0.1",   "0.6",      "0.8",
                                          "3",    "10",  "60",   "90",    "100",      "1e-3",
                                          "1e15", "0.5", "7.25", "1e300", "12345.678"};
    return random.below(3) == 0 ? numbers[random.below(std::size(numbers))]
                                : names[random.below(names.size())];
  };
  if (depth <= 0) return leaf();
  static const char* const signs[] = {"+", "-",  "*", "/",  "+",  "-",  "*",  "/", "^",
                                      "<", "<=", ">", ">=", "==", "!=", "&&", "||"};
  static const char* const of_one[] = {"abs",   "sign",  "sqrt", "exp",   "ln",
                                       "log10", "log2",  "sin",  "cos",   "floor",
                                       "ceil",  "trunc", "year", "month", "day"};
  static const char* const of_two[] = {"steps_full", "steps_ceil", "steps_fraction", "workdays"};
  static const char* const of_many[] = {"min", "max", "sum", "avg", "median"};
  static const char* const of_names[] = {"given", "sum_given", "avg_given", "count_given"};
  switch (random.below(17)) {
    case 0:
    case 1: return leaf();
    case 2:
      return "(" + inner() + (random.below(2) == 0 ? " ? " : " > 50 ? ") + inner() + " : " +
             inner() + ")";
    case 3: return "(" + leaf() + " >= " + leaf() + " ? " + inner() + " : " + inner() + ")";
    case 4: return std::string(of_one[random.below(std::size(of_one))]) + "(" + inner() + ")";
    case 5:
      return std::string(of_two[random.below(std::size(of_two))]) + "(" + inner() + ", " + inner() +
             ")";
    case 6: {
      std::string text = std::string(of_many[random.below(std::size(of_many))]) + "(" + inner();
      for (std::size_t n = random.below(4); n > 0; --n) text += ", " + inner();
      return text + ")";
    }
    case 7: return "clamp(" + inner() + ", " + leaf() + ", " + leaf() + ")";
    case 8: return "round(" + inner() + ", " + std::to_string(random.below(6)) + ")";
    case 10: {
      const std::size_t which = random.below(std::size(of_names));
      std::string text = std::string(of_names[which]) + "(" + names[random.below(names.size())];
      for (std::size_t n = which == 0 ? 0 : random.below(4); n > 0; --n)
        text += ", " + names[random.below(names.size())];
      return text + ")";
    }
    case 9: return (random.below(2) == 0 ? "(-" : "(!") + leaf() + ")";
    default:
      return "(" + inner() + " " + signs[random.below(std::size(signs))] + " " + inner() + ")";
  }
}

// One number of the sort that breaks things: ordinary values, dates, edges, and any bits at all.
inline double random_number(Random& random) {
  static const double edges[] = {0.0,
                                 -0.0,
                                 1.0,
                                 -1.0,
                                 0.1,
                                 0.3,
                                 60,
                                 90,
                                 100,
                                 2.675,
                                 1e15,
                                 -1e15,
                                 1e308,
                                 -1e308,
                                 5e-324,
                                 -5e-324,
                                 2.2250738585072014e-308,
                                 1e-310,
                                 std::numeric_limits<double>::infinity(),
                                 -std::numeric_limits<double>::infinity(),
                                 std::numeric_limits<double>::quiet_NaN(),
                                 2.9999999999999996,
                                 4503599627370496.5,
                                 18596,
                                 0.99999999999999989};
  switch (random.below(8)) {
    case 0:
    case 1: return edges[random.below(std::size(edges))];
    case 2: return std::bit_cast<double>(random.next());
    case 3: return static_cast<double>(random.below(200));
    case 4: return (random.unit() - 0.5) * 1e6;
    default: return random.unit() * 150;
  }
}

}  // namespace jixiao::oracle
