// Many projects in memory, one row each: the engine against a loop written by hand, muParser and
// NumPy. All agree on the totals before they are timed. Prints a table; every pair of numbers comes
// from this one run. See bench/README.md.

// Lets the loops written by hand become vector code wherever the engine's may.
#pragma GCC optimize("O3", "no-trapping-math")

#include <muParser.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "jixiao/jixiao.hpp"
#include "system/clones.hpp"
#include "value/rounding.hpp"

namespace {

using namespace jixiao;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::size_t indicators = 10;
constexpr std::size_t first_benefit = 6;
constexpr std::array<double, indicators> weights = {12, 10, 8, 10, 10, 10, 8, 12, 10, 10};

double target(std::size_t i) { return 100.0 + 7 * static_cast<double>(i); }

constexpr const char* ratio = "max(0, min(W, W*A/T))";
constexpr std::array<const char*, indicators> usual = {
    ratio,
    ratio,
    ratio,
    ratio,
    ratio,
    ratio,
    ratio,
    "A >= 0.9*T ? W : A >= 0.8*T ? 0.8*W : A >= 0.6*T ? 0.5*W : 0",
    "A <= T ? W : A <= 1.1*T ? 0.6*W : A <= 1.2*T ? 0.3*W : 0",
    "W*(1 - (A/T - 1)*(A/T - 1))"};
constexpr std::array<const char*, indicators> odd = {
    "W*sqrt(min(A/T, 1))",
    "W*(1 - exp(-3*A/T))",
    "A >= T ? W : A >= 0.5*T ? W*(A/T - 0.2) : 0.1*W",
    "max(0, W - 2*abs(A - T)/T*W)",
    "W*A/(A + 0.1*T)",
    "min(W, W*(0.5*A/T + 0.5*(A/T)*(A/T)))",
    "A < 0.3*T ? 0 : A > 1.2*T ? 0.9*W : W*min(1, A/T)",
    "W*(1 - ((A - T)/T)*((A - T)/T))",
    "W*max(0, 1 - abs(ln(A/T)))",
    "A*T > 12000 ? 0.7*W : W*A/(T + 10)"};

struct Table {
  std::size_t n = 0;
  std::vector<std::vector<double>> columns;
};

Table made_up(std::size_t n) {
  std::mt19937_64 random(20201130);
  Table table{n, {}};
  for (std::size_t i = 0; i < indicators; ++i) {
    std::uniform_real_distribution<double> actual(0.2 * target(i), 1.3 * target(i));
    auto& column = table.columns.emplace_back(n);
    for (double& x : column) x = actual(random);
  }
  return table;
}

// The rule set as somebody would write it: ten inputs, ten indicators, two blocks, four ratings.
std::string rules_text(const std::array<const char*, indicators>& formulas, bool rounded) {
  std::string text =
      "schema = \"jixiao/ruleset/1\"\nid = \"wide\"\nversion = \"1.0.0\"\ntitle = \"wide\"\ncite = "
      "{ text = \"bench\", evidence = "
      "\"illustrative\" }\n";
  if (rounded) text += "rounding = { total = 2 }\n";
  text += "[[block]]\nid = \"output\"\nweight = 60\n[[block]]\nid = \"benefit\"\nweight = 40\n";
  const std::string domain = formulas == odd ? "T > 0 && A > 0" : "T > 0";
  for (std::size_t i = 0; i < indicators; ++i) {
    const std::string k = std::to_string(i);
    text += "[[input]]\nid = \"a" + k + "\"\nname = { zh = \"甲" + k + "\", en = \"a" + k +
            "\" }\n";
    text += "[[method]]\nid = \"m" + k + "\"\ndomain = '" + domain + "'\npoints = '" + formulas[i] +
            "'\ncite = { text = \"bench\", evidence = \"illustrative\" }\n";
    text += "[[indicator]]\nid = \"i" + k + "\"\nname = { zh = \"乙" + k + "\", en = \"i" + k +
            "\" }\nblock = \"" + (i < first_benefit ? "output" : "benefit") +
            "\"\nweight = " + std::to_string(static_cast<int>(weights[i])) + "\nactual = 'a" + k +
            "'\ntarget = " + std::to_string(static_cast<int>(target(i))) + "\nmethod = \"m" + k +
            "\"\n";
  }
  return text +
         "[[band]]\nid = \"excellent\"\nfrom = 90\n[[band]]\nid = \"good\"\nfrom = "
         "80\n[[band]]\nid = \"fair\"\nfrom = "
         "60\n[[band]]\nid = \"poor\"\n";
}

RuleSet rules_of(const fs::path& folder, const std::array<const char*, indicators>& formulas,
                 bool rounded) {
  const fs::path file = folder / "ruleset.toml";
  std::ofstream(file) << rules_text(formulas, rounded);
  auto rules = read_rules(file.string(), {});
  if (rules) return *rules;
  std::fputs(render_diagnostics(rules.diagnostics(), {}).c_str(), stderr);
  std::exit(1);
}

struct Outcome {
  std::vector<double> total;
  std::vector<std::uint32_t> band;
};

[[gnu::always_inline]] inline double held(double x, double w) {
  return x < 0 ? 0 : (x > w ? w : x);
}

[[gnu::always_inline]] inline std::uint32_t band_of(double total) {
  return (total < 90 ? 1U : 0U) + (total < 80 ? 1U : 0U) + (total < 60 ? 1U : 0U);
}

// Both loops get the targets and weights as constants of the program; the engine reads them from
// the rule set.
template <std::size_t I>
[[gnu::always_inline]] inline double usual_points(double a) {
  constexpr double t = 100.0 + 7 * static_cast<double>(I);
  constexpr double w = weights[I];
  if constexpr (I < 7) return std::max(0.0, std::min(w, w * a / t));
  if constexpr (I == 7)
    return a >= 0.9 * t ? w : (a >= 0.8 * t ? 0.8 * w : (a >= 0.6 * t ? 0.5 * w : 0));
  if constexpr (I == 8) return a <= t ? w : (a <= 1.1 * t ? 0.6 * w : (a <= 1.2 * t ? 0.3 * w : 0));
  return held(w * (1 - (a / t - 1) * (a / t - 1)), w);
}

template <std::size_t I>
[[gnu::always_inline]] inline double odd_points(double a) {
  constexpr double t = 100.0 + 7 * static_cast<double>(I);
  constexpr double w = weights[I];
  double x = 0;
  if constexpr (I == 0) x = w * std::sqrt(std::min(a / t, 1.0));
  if constexpr (I == 1) x = w * (1 - std::exp(-3 * a / t));
  if constexpr (I == 2) x = a >= t ? w : (a >= 0.5 * t ? w * (a / t - 0.2) : 0.1 * w);
  if constexpr (I == 3) x = std::max(0.0, w - 2 * std::fabs(a - t) / t * w);
  if constexpr (I == 4) x = w * a / (a + 0.1 * t);
  if constexpr (I == 5) x = std::min(w, w * (0.5 * a / t + 0.5 * (a / t) * (a / t)));
  if constexpr (I == 6) x = a < 0.3 * t ? 0 : (a > 1.2 * t ? 0.9 * w : w * std::min(1.0, a / t));
  if constexpr (I == 7) x = w * (1 - ((a - t) / t) * ((a - t) / t));
  if constexpr (I == 8) x = w * std::max(0.0, 1 - std::fabs(std::log(a / t)));
  if constexpr (I == 9) x = a * t > 12000 ? 0.7 * w : w * a / (t + 10);
  return held(x, w);
}

#define JIXIAO_FUSED_LOOP(points)                                                   \
  const double *a0 = table.columns[0].data(), *a1 = table.columns[1].data(),        \
               *a2 = table.columns[2].data(), *a3 = table.columns[3].data(),        \
               *a4 = table.columns[4].data(), *a5 = table.columns[5].data(),        \
               *a6 = table.columns[6].data(), *a7 = table.columns[7].data(),        \
               *a8 = table.columns[8].data(), *a9 = table.columns[9].data();        \
  double* const total = out.total.data();                                           \
  std::uint32_t* const band = out.band.data();                                      \
  _Pragma("GCC ivdep") for (std::size_t i = 0; i < table.n; ++i) {                  \
    const double output = points<0>(a0[i]) + points<1>(a1[i]) + points<2>(a2[i]) +  \
                          points<3>(a3[i]) + points<4>(a4[i]) + points<5>(a5[i]);   \
    const double benefit = points<6>(a6[i]) + points<7>(a7[i]) + points<8>(a8[i]) + \
                           points<9>(a9[i]);                                        \
    total[i] = output + benefit;                                                    \
    band[i] = band_of(total[i]);                                                    \
  }

[[gnu::noinline]] void usual_loop(const Table& table,
                                  Outcome& out){JIXIAO_FUSED_LOOP(usual_points)} JIXIAO_CLONES
    void usual_loop_cloned(const Table& table, Outcome& out) {
  JIXIAO_FUSED_LOOP(usual_points)
}
[[gnu::noinline]] void odd_loop(const Table& table,
                                Outcome& out){JIXIAO_FUSED_LOOP(odd_points)} JIXIAO_CLONES
    void odd_loop_cloned(const Table& table, Outcome& out) {
  JIXIAO_FUSED_LOOP(odd_points)
}

// The loop, then the engine's own decimal rounding over the totals: nothing shorter rounds 2.675
// to 2.68.
void usual_loop_rounded(const Table& table, Outcome& out) {
  usual_loop_cloned(table, out);
  value::Rounding{2, value::RoundingMode::half_up}.apply(out.total);
  for (std::size_t i = 0; i < table.n; ++i) out.band[i] = band_of(out.total[i]);
}

double seconds(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The best of many short runs of each, in turns, so that a busy moment falls on all of them.
std::vector<double> best(int rounds, const std::vector<std::function<void()>>& works) {
  std::vector<double> out(works.size(), 1e9);
  for (int round = 0; round <= rounds; ++round) {
    for (std::size_t k = 0; k < works.size(); ++k) {
      const double taken = seconds(works[k]);
      if (round > 0) out[k] = std::min(out[k], taken);
    }
  }
  return out;
}

void row(const char* what, std::size_t n, double taken, double engine) {
  std::printf("%-58s %9.1f M/s   engine %6.2f x\n", what, static_cast<double>(n) / taken / 1e6,
              taken / engine);
}

void must_agree(const char* what, std::span<const double> a, std::span<const double> b,
                double tolerance) {
  std::size_t differ = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differ += !(std::fabs(a[i] - b[i]) <= tolerance);
  if (differ == 0) return;
  std::printf("%s: %zu of %zu totals differ\n", what, differ, a.size());
  std::exit(1);
}

// One parser an indicator; targets and weights are constants, so that muParser folds what it can.
class MuParsers {
 public:
  MuParsers(const Table& table, const std::array<const char*, indicators>& formulas)
      : table_(table), points_(table.n) {
    for (std::size_t i = 0; i < indicators; ++i) {
      for (auto* parsers : {&by_row_, &bulk_}) {
        auto& parser = parsers->emplace_back(std::make_unique<mu::Parser>());
        parser->DefineConst("T", target(i));
        parser->DefineConst("W", weights[i]);
        parser->DefineVar(
            "A", parsers == &by_row_ ? &actual_[i] : const_cast<double*>(table.columns[i].data()));
        parser->SetExpr(formulas[i]);
      }
    }
  }

  void by_row(Outcome& out) {
    for (std::size_t p = 0; p < table_.n; ++p) {
      double blocks[2] = {0, 0};
      for (std::size_t i = 0; i < indicators; ++i) {
        actual_[i] = table_.columns[i][p];
        blocks[i >= first_benefit] += held(by_row_[i]->Eval(), weights[i]);
      }
      out.total[p] = blocks[0] + blocks[1];
      out.band[p] = band_of(out.total[p]);
    }
  }

  void bulk(Outcome& out) {
    std::vector<double> benefit(table_.n, 0);
    std::fill(out.total.begin(), out.total.end(), 0);
    for (std::size_t i = 0; i < indicators; ++i) {
      bulk_[i]->Eval(points_.data(), static_cast<int>(table_.n));
      auto& to = i < first_benefit ? out.total : benefit;
      for (std::size_t p = 0; p < table_.n; ++p) to[p] += held(points_[p], weights[i]);
    }
    for (std::size_t p = 0; p < table_.n; ++p) {
      out.total[p] += benefit[p];
      out.band[p] = band_of(out.total[p]);
    }
  }

 private:
  const Table& table_;
  std::vector<std::unique_ptr<mu::Parser>> by_row_, bulk_;
  std::array<double, indicators> actual_{};
  std::vector<double> points_;
};

// The best run of the script beside this file; nothing where python3-numpy is not there.
double numpy_seconds(const fs::path& folder, const Table& table, std::span<const double> expected) {
  const fs::path columns = folder / "columns.raw";
  const fs::path totals = folder / "totals.raw";
  std::ofstream raw(columns, std::ios::binary);
  for (const auto& column : table.columns)
    raw.write(reinterpret_cast<const char*>(column.data()),
              static_cast<std::streamsize>(table.n * sizeof(double)));
  raw.close();
  const fs::path said = folder / "seconds";
  const std::string command = std::string("/usr/bin/python3 ") +
                              JIXIAO_SOURCE_DIR "/bench/peers/numpy_scoring.py " +
                              columns.string() + " " + totals.string() + " " +
                              std::to_string(table.n) + " 9 > " + said.string() + " 2> /dev/null";
  if (std::system(command.c_str()) != 0) return 0;
  std::vector<double> theirs(table.n);
  std::ifstream(totals, std::ios::binary)
      .read(reinterpret_cast<char*>(theirs.data()),
            static_cast<std::streamsize>(table.n * sizeof(double)));
  must_agree("NumPy", theirs, expected, 1e-9);
  double taken = 0;
  std::ifstream(said) >> taken;
  return taken;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t n =
      std::max<std::size_t>(1000, argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000000);
  const int rounds = n > 2000000 ? 7 : 25;
  std::string pattern = (fs::temp_directory_path() / "jixiao-bench-XXXXXX").string();
  const fs::path folder = mkdtemp(pattern.data());
  const Table table = made_up(n);
  const Table few = made_up(std::min<std::size_t>(n, 20000));
  const RuleSet rules = rules_of(folder, usual, false);
  const RuleSet rounded = rules_of(folder, usual, true);
  const RuleSet odd_rules = rules_of(folder, odd, false);

  const std::array<std::string, indicators> names = {"a0", "a1", "a2", "a3", "a4",
                                                     "a5", "a6", "a7", "a8", "a9"};
  const auto columns_of = [&](const Table& from) {
    std::vector<NamedColumn> columns;
    for (std::size_t i = 0; i < indicators; ++i) columns.push_back({names[i], from.columns[i]});
    return columns;
  };
  const auto columns = columns_of(table);
  const auto few_columns = columns_of(few);
  ColumnScores scores, threaded, ranked, odd_scores, rounded_scores, few_scores;
  const auto engine = [](const RuleSet& by, const std::vector<NamedColumn>& over,
                         ColumnOptions options, ColumnScores& into) {
    return [&by, &over, options, &into] {
      const auto wrong = score_columns(by, over, options, into);
      if (wrong.empty()) return;
      std::fputs(render_diagnostics(wrong, {}).c_str(), stderr);
      std::exit(1);
    };
  };
  const auto usual_engine = engine(rules, columns, {}, scores);
  const auto odd_engine = engine(odd_rules, columns, {}, odd_scores);
  const auto rounded_engine = engine(rounded, columns, {}, rounded_scores);
  const auto few_engine = engine(rules, few_columns, {}, few_scores);
  const auto two_threads = engine(rules, columns, {2, false}, threaded);
  const auto ranked_engine = engine(rules, columns, {1, true}, ranked);

  // Agreement first.
  Outcome out{std::vector<double>(n), std::vector<std::uint32_t>(n)};
  Outcome few_out{std::vector<double>(few.n), std::vector<std::uint32_t>(few.n)};
  usual_engine();
  const auto agrees = [&](const char* what, const ColumnScores& ours, double tolerance) {
    must_agree(what, out.total, ours.total, tolerance);
    std::size_t differ = 0;
    for (std::size_t i = 0; i < n; ++i) differ += out.band[i] != ours.band[i];
    if (tolerance == 0 && differ > 0)
      std::printf("%s: %zu ratings differ\n", what, differ), std::exit(1);
  };
  usual_loop(table, out);
  agrees("plain loop", scores, 0);
  usual_loop_cloned(table, out);
  agrees("cloned loop", scores, 0);
  rounded_engine();
  usual_loop_rounded(table, out);
  agrees("rounded loop", rounded_scores, 0);
  odd_engine();
  odd_loop(table, out);
  agrees("odd loop", odd_scores, 1e-9);  // its exp and ln are those of the C library
  two_threads();
  must_agree("two threads", threaded.total, scores.total, 0);
  few_engine();
  MuParsers peers(few, usual);
  peers.by_row(few_out);
  // its optimizer reorders W*A/T
  must_agree("muParser row by row", few_out.total, few_scores.total, 1e-9);
  peers.bulk(few_out);
  must_agree("muParser bulk", few_out.total, few_scores.total, 1e-9);

  std::printf(
      "%zu projects, a row each, %zu indicators, four ratings; all peers agree on the totals. Best "
      "of %d runs in turns.\n",
      n, indicators, rounds);
  std::printf(
      "M/s: million projects a second. engine: its speed as a multiple of the peer's. One thread "
      "unless said.\n\n");
  const auto u = best(rounds, {usual_engine, [&] { usual_loop(table, out); },
                               [&] { usual_loop_cloned(table, out); }, two_threads, ranked_engine});
  std::printf("seven capped ratios, two piecewise, one quadratic; nothing rounded\n");
  row("engine: totals, ratings, states", n, u[0], u[0]);
  row("loop by hand, -O3", n, u[1], u[0]);
  row("loop by hand, compiled for this processor too", n, u[2], u[0]);
  row("engine, with the three indicators that lost most", n, u[4], u[0]);
  std::printf("%-58s %9.1f M/s   %.2f x one thread\n", "engine, two threads",
              static_cast<double>(n) / u[3] / 1e6, u[0] / u[3]);
  const auto m =
      best(5, {few_engine, [&] { peers.by_row(few_out); }, [&] { peers.bulk(few_out); }});
  row("muParser row by row", few.n, m[1], m[0]);
  row("muParser bulk", few.n, m[2], m[0]);
  const double numpy = numpy_seconds(folder, table, scores.total);
  if (numpy > 0) {
    row("NumPy, column by column", n, numpy, u[0]);
  } else {
    std::printf("NumPy is not there (python3-numpy)\n");
  }
  const auto r = best(rounds, {rounded_engine, [&] { usual_loop_rounded(table, out); }});
  std::printf(
      "\nthe same, totals rounded half up to two decimals (15-digit decimal rounding on both "
      "sides)\n");
  row("engine", n, r[0], r[0]);
  row("loop by hand, compiled for this processor too", n, r[1], r[0]);
  const auto o = best(
      rounds, {odd_engine, [&] { odd_loop(table, out); }, [&] { odd_loop_cloned(table, out); }});
  std::printf("\nten different odd formulas (sqrt, exp, ln, abs, choices)\n");
  row("engine", n, o[0], o[0]);
  row("loop by hand, -O3", n, o[1], o[0]);
  row("loop by hand, compiled for this processor too", n, o[2], o[0]);
  fs::remove_all(folder);
  return 0;
}
