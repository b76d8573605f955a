// The column path, the one-row path and muParser's bytecode, run token by token with the rule for
// edges, give the same bits, however the rows are split and whatever is uniform; and muParser
// itself does wherever nothing is closer to an edge than rounding can tell.
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "oracle/oracle.hpp"
#include "oracle/random_formula.hpp"
#include "oracle/stack_machine.hpp"
#include "text/source.hpp"

using namespace jixiao;
using formula::Column;
using oracle::Oracle;
using oracle::Random;

namespace {

const std::vector<std::string> names = {"A", "T", "W", "U", "目标值", "x_1"};

// NaN is one value: which of its many bit patterns comes out is not promised.
bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

std::shared_ptr<const value::Calendar> calendar() {
  auto made = std::make_shared<value::Calendar>();
  made->years = {2019, 2020, 2021};
  made->holidays = {value::Date::parse_iso("2020-10-01").value()};
  return made;
}

struct Table {
  std::vector<std::vector<double>> columns;
  std::size_t rows;

  Table(Random& random, std::size_t row_count) : columns(names.size()), rows(row_count) {
    for (auto& column : columns) {
      for (std::size_t i = 0; i < rows; ++i) column.push_back(oracle::random_number(random));
    }
  }
  [[nodiscard]] std::vector<double> row(std::size_t i) const {
    std::vector<double> values;
    for (const auto& column : columns) values.push_back(column[i]);
    return values;
  }
};

struct Checker {
  std::shared_ptr<const value::Calendar> days = calendar();
  std::shared_ptr<const text::Source> file = std::make_shared<const text::Source>("oracle", "");
  std::vector<double> bounds;                     // of the variables
  mutable std::size_t rows = 0, by_muparser = 0;  // compared

  // All that differs for one formula over one table, in words; empty when nothing does.
  std::string difference(const std::string& text, const Table& table, Random& random) const {
    std::vector<Diagnostic> diagnostics;
    formula::Scope scope{names, days};
    scope.bounds = bounds;
    scope.keeps_bounds = true;
    const auto formula = formula::compile({text, {file, 1, 1, 1}}, scope, diagnostics);
    if (!formula)
      return "does not compile: " +
             (diagnostics.empty() ? std::string() : diagnostics[0].message.en);
    std::vector<double> expected(table.rows), bounds_expected(table.rows);
    oracle::StackMachine machine(text, names, days.get(), bounds);
    Oracle oracle(text, names, days.get());
    // muParser untouched, with its own signs; its ^ is the C library's and may differ in the last
    // bits.
    Oracle stock(text, names, days.get(), Oracle::Signs::own);
    const bool has_power = text.find('^') != std::string::npos;
    for (std::size_t i = 0; i < table.rows; ++i) {
      const std::vector<double> row = table.row(i);
      expected[i] = machine(row);
      bounds_expected[i] = machine.bound();
      ++rows;
      if (machine.was_close()) continue;
      ++by_muparser;
      if (!same(oracle(row), expected[i])) return "muParser, row " + std::to_string(i);
      if (!has_power && !same(stock(row), expected[i]))
        return "muParser's own signs, row " + std::to_string(i);
    }
    std::vector<Column> given;
    for (const auto& column : table.columns) given.push_back(Column::of(column));
    std::vector<double> made(table.rows);
    formula->bounds(given, made);
    for (std::size_t i = 0; i < table.rows; ++i) {
      if (std::isfinite(expected[i]) && !same(made[i], bounds_expected[i]))
        return "bounds, row " + std::to_string(i);
    }

    for (std::size_t i = 0; i < table.rows; ++i) {
      if (!same(formula->evaluate(table.row(i)), expected[i]))
        return "one row, row " + std::to_string(i);
    }
    for (const std::size_t pieces : {1U, 2U, 7U, 16U}) {
      std::vector<double> out(table.rows, -77);
      for (std::size_t p = 0; p < pieces; ++p) {
        const std::size_t from = table.rows * p / pieces;
        const std::size_t to = table.rows * (p + 1) / pieces;
        std::vector<Column> columns;
        for (const auto& column : table.columns)
          columns.push_back(Column::of(std::span(column).subspan(from, to - from)));
        formula->evaluate(columns, std::span(out).subspan(from, to - from));
      }
      for (std::size_t i = 0; i < table.rows; ++i) {
        if (!same(out[i], expected[i]))
          return std::to_string(pieces) + " pieces, row " + std::to_string(i);
      }
    }
    // Some columns uniform: every choice of them equals the columns written out.
    const std::size_t chosen = random.below(table.rows);
    const std::size_t mask = random.below(std::size_t{1} << names.size());
    std::vector<Column> columns;
    for (std::size_t k = 0; k < names.size(); ++k) {
      columns.push_back((mask >> k & 1U) != 0 ? Column::uniform(table.columns[k][chosen])
                                              : Column::of(table.columns[k]));
    }
    std::vector<double> out(table.rows);
    formula->evaluate(columns, out);
    for (std::size_t i = 0; i < table.rows; ++i) {
      std::vector<double> values = table.row(i);
      for (std::size_t k = 0; k < names.size(); ++k) {
        if ((mask >> k & 1U) != 0) values[k] = table.columns[k][chosen];
      }
      if (!same(out[i], machine(values)))
        return "uniform mask " + std::to_string(mask) + ", row " + std::to_string(i);
    }
    return {};
  }
};

}  // namespace

TEST_CASE("formulas of the field equal muParser bit for bit", "[oracle]") {
  const char* const texts[] = {"A >= T ? W : W*A/T",
                               "max(0, min(W, W*(1-(A-T)/T)))",
                               "A/T < 0.6 ? 0 : A >= T ? W : W*A/T",
                               "A >= 90 ? W : A >= 80 ? 0.8*W : A >= 60 ? 0.5*W : 0",
                               "A >= 90 && A < 100 || !T ? W : 0",
                               "clamp(W - 0.5*steps_ceil(A - T, 30), 0, W)",
                               "W - min(W, round(A*0.1, 2))",
                               "(A*T*W)^(1/3)",
                               "A^2 + T^0.5 - W^-1",
                               "W*exp(0.3*ln(A) + 0.7*ln(T))",
                               "(A - 20)/(85 - 20)",
                               "(log10(A) - log10(T))/(log10(W) - log10(T))",
                               "avg(A, T, W)*sum(A, T)/max(W, U, 目标值)",
                               "A - T",
                               "A",
                               "5",
                               "-A",
                               "+A",
                               "A == T",
                               "A != T",
                               "!A",
                               "A ? T : W",
                               "!A ? T : W",
                               "(A != T) ? W : U",
                               "A && T ? W : U",
                               "1 ? A : T",
                               "min(A)",
                               "2*(3+4)",
                               "1/0 - 1/0",
                               "A + T + W + U + 目标值 + x_1",
                               "workdays(A, T) + year(A)",
                               "A*W + A*W*T - (A*W + A*W*T)",
                               "round(A, T)",
                               "(A>T)*W + (A<=T)*U",
                               "0 ? 1/0 : A",
                               "A > T ? W > U ? 1 : 2 : W > U ? 3 : 4"};
  const Checker checker;
  Random random(20200706);
  for (const std::size_t rows : {1U, 3U, 5U, 511U, 512U, 513U, 2100U}) {
    const Table table(random, rows);
    for (const std::string text : texts) {
      INFO(text);
      CHECK(checker.difference(text, table, random) == "");
    }
  }
}

TEST_CASE("random formulas equal muParser bit for bit", "[oracle]") {
  Checker checker;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    Random random(seed);
    const std::string text =
        oracle::random_formula(random, names, 1 + static_cast<int>(random.below(5)));
    checker.bounds.assign(seed % 3 == 0 ? names.size() : 0, 0.0);
    for (double& bound : checker.bounds) bound = random.below(2) == 0 ? 0.0 : value::computed;
    const Table table(random, 1 + random.below(90));
    const std::string difference = checker.difference(text, table, random);
    if (!difference.empty()) {
      INFO("seed " << seed << ": " << text);
      CHECK(difference == "");
    }
  }
  CHECK(checker.by_muparser > checker.rows / 3);
}

TEST_CASE("formulas with more values than fit in the nearest cache equal muParser", "[oracle]") {
  const Checker checker;
  Random random(99);
  const Table table(random, 700);
  // Every product is needed again at the end, so hundreds of buffers live at once.
  std::string sums, again;
  for (int i = 1; i <= 300; ++i) {
    const std::string product = "A*" + std::to_string(i);
    sums += (i == 1 ? "" : "+") + product;
    again += (i == 1 ? "" : "-") + product;
  }
  CHECK(checker.difference(sums + "+(" + again + ")*T", table, random) == "");
  std::string chain;
  for (int i = 0; i < 190; ++i)
    chain += "A >= " + std::to_string(190 - i) + " ? W*" + std::to_string(i) + " : ";
  CHECK(checker.difference(chain + "0", table, random) == "");
}
