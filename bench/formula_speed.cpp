// Formulas per second, side by side in one run: a loop written by hand (for the baseline processor,
// and cloned for later ones), an Eigen expression, mu::Parser row by row, muParser's bulk mode, and
// this engine in blocks. All must agree first. Usage: formula_speed [rows]
#include <muParser.h>
#include <Eigen/Core>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "formula/function_table.hpp"

namespace {

using Array = Eigen::ArrayXd;

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
#define CLONED [[gnu::noinline, gnu::target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")]]
#else
#define CLONED
#endif
#define PLAIN [[gnu::noinline]]

struct Data {
  std::vector<double> a, t, w, c;
  std::size_t rows;
};

// BY_HAND(name, expression of A, T, W, C)
#define BY_HAND(name, expression)                                                                \
  PLAIN void name##_plain(const Data& data, double* __restrict out) {                            \
    const double *a = data.a.data(), *t = data.t.data(), *w = data.w.data(), *c = data.c.data(); \
    for (std::size_t i = 0; i < data.rows; ++i) {                                                \
      [[maybe_unused]] const double A = a[i], T = t[i], W = w[i], C = c[i];                      \
      out[i] = expression;                                                                       \
    }                                                                                            \
  }                                                                                              \
  CLONED void name##_cloned(const Data& data, double* __restrict out) {                          \
    const double *a = data.a.data(), *t = data.t.data(), *w = data.w.data(), *c = data.c.data(); \
    for (std::size_t i = 0; i < data.rows; ++i) {                                                \
      [[maybe_unused]] const double A = a[i], T = t[i], W = w[i], C = c[i];                      \
      out[i] = expression;                                                                       \
    }                                                                                            \
  }

BY_HAND(proportional, A >= T ? W : W * A / T)
BY_HAND(capped, std::max(0.0, std::min(W, W*(1 - (A - T) / T))))
BY_HAND(chain, A >= 90 ? W : A >= 80 ? 0.8 * W : A >= 60 ? 0.5 * W : 0)
BY_HAND(arithmetic, (A + T) * W - A / (T + 1) + 0.5 * C)
BY_HAND(threshold, A / T < 0.6 ? 0 : W * std::min(A / T, 1.0))
BY_HAND(logarithms, W* std::exp(0.3 * std::log(A) + 0.7 * std::log(T)))
BY_HAND(geometric, std::pow(A* T* W, 1.0 / 3))

struct Case {
  const char* text;
  void (*plain)(const Data&, double*);
  void (*cloned)(const Data&, double*);
  std::function<void(const Data&, Array&)> eigen;
  bool exact;  // the hand-written loop has our bits; with std::log and std::pow it is only close
};

using Map = Eigen::Map<const Array>;
Map map(const std::vector<double>& v) { return {v.data(), static_cast<Eigen::Index>(v.size())}; }

const Case cases[] = {
    {"A >= T ? W : W*A/T", proportional_plain, proportional_cloned,
     [](const Data& d, Array& out) {
       out = (map(d.a) >= map(d.t)).select(map(d.w), map(d.w) * map(d.a) / map(d.t));
     },
     true},
    {"max(0, min(W, W*(1-(A-T)/T)))", capped_plain, capped_cloned,
     [](const Data& d, Array& out) {
       out = (map(d.w) * (1 - (map(d.a) - map(d.t)) / map(d.t))).min(map(d.w)).max(0.0);
     },
     true},
    {"A >= 90 ? W : A >= 80 ? 0.8*W : A >= 60 ? 0.5*W : 0", chain_plain, chain_cloned,
     [](const Data& d, Array& out) {
       out = (map(d.a) >= 90)
                 .select(
                     map(d.w),
                     (map(d.a) >= 80)
                         .select(0.8 * map(d.w),
                                 (map(d.a) >= 60).select(0.5 * map(d.w), Array::Zero(out.size()))));
     },
     true},
    {"(A+T)*W - A/(T+1) + 0.5*C", arithmetic_plain, arithmetic_cloned,
     [](const Data& d, Array& out) {
       out = (map(d.a) + map(d.t)) * map(d.w) - map(d.a) / (map(d.t) + 1) + 0.5 * map(d.c);
     },
     true},
    {"A/T < 0.6 ? 0 : W*min(A/T, 1)", threshold_plain, threshold_cloned,
     [](const Data& d, Array& out) {
       out = (map(d.a) / map(d.t) < 0.6)
                 .select(Array::Zero(out.size()), map(d.w) * (map(d.a) / map(d.t)).min(1.0));
     },
     true},
    {"W*exp(0.3*ln(A) + 0.7*ln(T))", logarithms_plain, logarithms_cloned,
     [](const Data& d, Array& out) {
       out = map(d.w) * (0.3 * map(d.a).log() + 0.7 * map(d.t).log()).exp();
     },
     false},
    {"(A*T*W)^(1/3)", geometric_plain, geometric_cloned,
     [](const Data& d, Array& out) { out = (map(d.a) * map(d.t) * map(d.w)).pow(1.0 / 3); }, false},
};

// Millions of rows per second: the best of several spells.
double speed(std::size_t rows, const std::function<void()>& once) {
  using Clock = std::chrono::steady_clock;
  once();
  double best = 0;
  for (int spell = 0; spell < 5; ++spell) {
    const auto start = Clock::now();
    std::size_t done = 0;
    std::chrono::duration<double> spent{};
    do {
      once();
      done += rows;
      spent = Clock::now() - start;
    } while (spent.count() < 0.04);
    best = std::max(best, static_cast<double>(done) / spent.count() / 1e6);
  }
  return best;
}

bool agree(const double* ours, const double* theirs, std::size_t rows, bool exact) {
  for (std::size_t i = 0; i < rows; ++i) {
    const double gap = exact ? 0.0 : 1e-14 * std::fabs(theirs[i]);
    if (std::isnan(ours[i]) && std::isnan(theirs[i])) continue;
    if (!(std::fabs(ours[i] - theirs[i]) <= gap)) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t rows = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 16384;
  std::mt19937_64 random(20200706);
  std::uniform_real_distribution<double> spread(1, 150);
  Data data{std::vector<double>(rows), std::vector<double>(rows), std::vector<double>(rows),
            std::vector<double>(rows), rows};
  for (auto* column : {&data.a, &data.t, &data.w, &data.c})
    std::generate(column->begin(), column->end(), [&] { return spread(random); });

  std::printf(
      "%zu rows; millions of formulas a second, then ours over the cloned loop, the plain loop and "
      "Eval\n",
      rows);
  std::printf("%-54s %7s %7s %7s %7s %7s %7s   %5s %5s %5s\n", "formula", "plain", "cloned",
              "Eigen", "Eval", "bulk", "ours", "/cln", "/pln", "/Eval");
  int status = 0;
  for (const Case& one : cases) {
    jixiao::text::Located source{one.text, {}};
    std::vector<jixiao::Diagnostic> diagnostics;
    const auto formula =
        jixiao::formula::compile(source, {{"A", "T", "W", "C"}, nullptr}, diagnostics);
    if (!formula) {
      std::printf("%s does not compile\n", one.text);
      return 1;
    }
    using jixiao::formula::Column;
    const Column columns[] = {Column::of(data.a), Column::of(data.t), Column::of(data.w),
                              Column::of(data.c)};
    std::vector<double> ours(rows), theirs(rows);
    formula->evaluate(columns, ours);

    double slots[4] = {1, 1, 1, 1};
    mu::Parser parser;
    jixiao::formula::register_formula_functions(parser, nullptr);
    const char* names[] = {"A", "T", "W", "C"};
    for (int i = 0; i < 4; ++i) parser.DefineVar(names[i], &slots[i]);
    parser.SetExpr(one.text);
    mu::Parser bulk;
    jixiao::formula::register_formula_functions(bulk, nullptr);
    double* bases[] = {data.a.data(), data.t.data(), data.w.data(), data.c.data()};
    for (int i = 0; i < 4; ++i) bulk.DefineVar(names[i], bases[i]);
    bulk.SetExpr(one.text);
    const auto row_by_row = [&] {
      for (std::size_t i = 0; i < rows; ++i) {
        slots[0] = data.a[i], slots[1] = data.t[i], slots[2] = data.w[i], slots[3] = data.c[i];
        theirs[i] = parser.Eval();
      }
    };
    row_by_row();
    // muParser with its own signs: its ^ is the C library's.
    const bool own_power = std::string(one.text).find('^') != std::string::npos;
    bool same = agree(ours.data(), theirs.data(), rows, !own_power);
    bulk.Eval(theirs.data(), static_cast<int>(rows));
    same = same && agree(ours.data(), theirs.data(), rows, !own_power);
    one.plain(data, theirs.data());
    same = same && agree(ours.data(), theirs.data(), rows, one.exact);
    one.cloned(data, theirs.data());
    same = same && agree(ours.data(), theirs.data(), rows, one.exact);
    Array eigen(static_cast<Eigen::Index>(rows));
    one.eigen(data, eigen);
    same = same && agree(ours.data(), eigen.data(), rows, one.exact);
    if (!same) {
      std::printf("%-54s DISAGREES\n", one.text);
      status = 1;
      continue;
    }
    const double plain = speed(rows, [&] { one.plain(data, theirs.data()); });
    const double cloned = speed(rows, [&] { one.cloned(data, theirs.data()); });
    const double array = speed(rows, [&] { one.eigen(data, eigen); });
    const double eval = speed(rows, row_by_row);
    const double bulk_speed =
        speed(rows, [&] { bulk.Eval(theirs.data(), static_cast<int>(rows)); });
    const double mine = speed(rows, [&] { formula->evaluate(columns, ours); });
    std::printf("%-54s %7.0f %7.0f %7.0f %7.1f %7.1f %7.0f   %5.2f %5.2f %5.1f\n", one.text, plain,
                cloned, array, eval, bulk_speed, mine, mine / cloned, mine / plain, mine / eval);
  }

  jixiao::text::Located source{"A >= T ? W : W*A/T", {}};
  std::vector<jixiao::Diagnostic> diagnostics;
  const auto formula =
      jixiao::formula::compile(source, {{"A", "T", "W", "C"}, nullptr}, diagnostics);
  double values[] = {5, 7, 10, 0};
  double sum = 0;
  const double single = speed(1000, [&] {
    for (int i = 0; i < 1000; ++i) {
      values[0] = i;
      sum += formula->evaluate(values);
    }
  });
  const double compiled = speed(1, [&] {
    const auto again =
        jixiao::formula::compile(source, {{"A", "T", "W", "C"}, nullptr}, diagnostics);
    sum += again->evaluate(values);
  });
  std::printf("one row alone: %.1f ns; compiling: %.1f us (%.0f)\n", 1e3 / single, 1 / compiled,
              sum);
  return status;
}
