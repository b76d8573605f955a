// What formulas compute.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <random>

#include "compiling.hpp"
#include "formula/scalar.hpp"
#include "value/rounding.hpp"

using namespace jixiao;
using jixiao::formula::compiled;
using jixiao::formula::value_of;

namespace {
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
}  // namespace

TEST_CASE("operators bind as in muParser", "[formula]") {
  CHECK(value_of("1 + 2*3") == 7);
  CHECK(value_of("-2^2") == -4);
  CHECK(value_of("2^3^2") == 512);
  CHECK(value_of("2^-1") == 0.5);
  CHECK(value_of("8/4/2") == 1);
  CHECK(value_of("10-3-2") == 5);
  CHECK(value_of("1 || 0 && 0") == 1);
  CHECK(value_of("!0 + 1") == 2);
  CHECK(value_of("!(1 == 2)") == 1);
  CHECK(value_of("5 && 3") == 1);
  CHECK(value_of("1 ? 2 : 3 ? 4 : 5") == 2);
  CHECK(value_of("0 ? 2 : 0 ? 4 : 5") == 5);
  CHECK(value_of("1 ? 0 ? 7 : 8 : 9") == 8);
  CHECK(value_of("2*(1 > 0)") == 2);
}

TEST_CASE("functions", "[formula]") {
  CHECK(value_of("min(3, 1, 2)") == 1);
  CHECK(value_of("max(3)") == 3);
  CHECK(value_of("sum(1, 2, 3.5)") == 6.5);
  CHECK(value_of("avg(1, 2, 6)") == 3);
  CHECK(value_of("clamp(5, 0, 3)") == 3);
  CHECK(value_of("clamp(-5, 0, 3)") == 0);
  CHECK(value_of("abs(-2)") == 2);
  CHECK(value_of("sign(-2) + 10*sign(0) + 100*sign(7)") == 99);
  CHECK(value_of("sqrt(2)") == std::sqrt(2.0));
  CHECK(value_of("log10(1000)") == 3);
  CHECK(value_of("log2(1/1024)") == -10);
  CHECK(value_of("exp(0)") == 1);
  CHECK(value_of("ln(exp(1))") == 1);
  CHECK(value_of("year(18596)*10000 + month(18596)*100 + day(18596)") == 20201130);
  CHECK(std::isnan(value_of("year(1e9)")));
  CHECK(std::isnan(value_of("year(0/0)")));
}

TEST_CASE("floor, ceil and trunc take a number as it is on paper", "[formula]") {
  CHECK(value_of("floor(0.1*3*10)") == 3);
  CHECK(value_of("ceil(0.1*3*10)") == 3);
  CHECK(value_of("floor(2.9999999999999996)") == 2);  // as it was given
  CHECK(value_of("floor(180000/(3*300))") == 200);
  CHECK(value_of("floor(4.35*100)") == 435);
  CHECK(value_of("ceil(1.1*1.1*100)") == 121);
  CHECK(value_of("floor(2.99999999999999)") == 2);
  CHECK(value_of("floor(-2.5)") == -3);
  CHECK(value_of("ceil(-2.5)") == -2);
  CHECK(value_of("trunc(-2.5)") == -2);
  CHECK(value_of("trunc(2.5)") == 2);
  CHECK(value_of("floor(0.9999999999999999)") == 0);
  CHECK(value_of("floor(1e-20)") == 0);
  CHECK(value_of("ceil(1e-20)") == 1);
  CHECK(value_of("floor(-1e-20)") == -1);
  CHECK(value_of("floor(1e300)") == 1e300);
  CHECK(value_of("floor(4503599627370495.5)") == 4503599627370495.0);
  CHECK(std::isnan(value_of("floor(0/0)")));
  CHECK(std::isnan(value_of("floor(-1/0)")));
}

TEST_CASE("floor of a number as it was given is its own", "[formula]") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 300000; ++i) {
    // Decimals of up to 15 digits, whole ones among them: what they are is known exactly.
    const int decimals = static_cast<int>(random() % 10);
    std::int64_t digits = static_cast<std::int64_t>(random() % 1'000'000'000'000'000U);
    for (auto fewer = random() % 15; fewer > 0; --fewer) digits /= 10;
    std::int64_t unit = 1;
    for (int k = 0; k < decimals; ++k) unit *= 10;
    if (i % 3 == 0) digits = digits / unit * unit + (i % 2 == 0 ? 0 : unit - 1);
    const double sign = random() % 2 == 0 ? 1 : -1;
    const double x = sign * static_cast<double>(digits) / static_cast<double>(unit);
    const std::int64_t below = digits / unit, above = below + (digits % unit == 0 ? 0 : 1);
    const double expected = sign > 0 ? static_cast<double>(below) : -static_cast<double>(above);
    if (formula::scalar::floor(x) != expected) {
      INFO(x);
      CHECK(formula::scalar::floor(x) == expected);
    }
  }
}

TEST_CASE("round is the decimal rounding of points", "[formula]") {
  CHECK(value_of("round(2.675, 2)") == 2.68);
  CHECK(value_of("round(7*0.8, 2)") == 5.6);
  CHECK(value_of("round(-2.5, 0)") == -3);
  CHECK(std::isnan(value_of("round(1, 10)")));
  CHECK(std::isnan(value_of("round(1, 0.5)")));
  CHECK(std::isnan(value_of("round(1, -1)")));
  const auto rounding = compiled("round(A, 3)");
  std::mt19937_64 random(3);
  std::vector<double> column(2000);
  for (double& x : column)
    x = static_cast<double>(static_cast<std::int64_t>(random() % 2000000) - 1000000) / 2000;
  std::vector<double> out(column.size());
  const std::vector<formula::Column> columns(formula::usual_names().size(),
                                             formula::Column::of(column));
  rounding.formula.value().evaluate(columns, out);
  for (std::size_t i = 0; i < column.size(); ++i) REQUIRE(out[i] == value::Rounding{3}(column[i]));
}

TEST_CASE("steps", "[formula]") {
  CHECK(value_of("steps_full(10, 3)") == 3);
  CHECK(value_of("steps_ceil(10, 3)") == 4);
  CHECK(value_of("steps_fraction(10, 4)") == 2.5);
  CHECK(value_of("steps_full(0.3, 0.1)") == 3);
  CHECK(value_of("steps_ceil(0.3, 0.1)") == 3);
  CHECK(value_of("steps_ceil(0, 3)") == 0);
  CHECK(value_of("steps_ceil(-4, 3)") == 0);
  CHECK(std::isnan(value_of("steps_full(4, 0)")));
  CHECK(std::isnan(value_of("steps_full(-4, -1)")));
  CHECK(std::isnan(value_of("steps_fraction(0/0, 1)")));
}

TEST_CASE("not a number is never the better of two", "[formula]") {
  CHECK(std::isnan(value_of("min(1, 0/0)")));
  CHECK(std::isnan(value_of("min(0/0, 1)")));
  CHECK(std::isnan(value_of("max(1, 0/0, 2)")));
  CHECK(std::isnan(value_of("clamp(0/0, 0, 1)")));
  CHECK(std::isnan(value_of("clamp(1, 0/0, 2)")));
  CHECK(std::isnan(value_of("clamp(1, 0, 0/0)")));
  CHECK(std::isnan(value_of("sign(0/0)")));
  CHECK(std::isnan(formula::scalar::minimum(1, not_a_number)));
}

TEST_CASE("what cannot be computed decides nothing", "[formula]") {
  // Every partial function outside its domain or at its pole, wherever it may stand in a condition.
  for (const std::string nothing :
       {"0/0", "1/0", "sqrt(-1)", "ln(0)", "ln(-1)", "log10(0)", "log2(0)", "0^-1", "(-8)^(1/3)",
        "round(1,0.5)", "steps_full(1,0)", "steps_ceil(1,-1)", "steps_fraction(1,0)",
        "5/(0.3-0.1-0.2)", "ln(0.3-0.1-0.2)", "year(1e9)", "sin(1e12)", "0/(1-1)"}) {
    INFO(nothing);
    CHECK(std::isnan(value_of(nothing)));
    for (const std::string shape : {"@ < 0.5 ? 0 : 1",
                                    "@ < 0.5 ? 1 : 0",
                                    "@ <= 1 ? 1 : 1",
                                    "@ > 1 ? 1 : 0",
                                    "@ >= 1 ? 0 : 1",
                                    "@ == 1 ? 0 : 1",
                                    "@ != 1 ? 1 : 0",
                                    "@ ? 1 : 1",
                                    "!@ ? 1 : 1",
                                    "(@ && 1) ? 1 : 1",
                                    "(0 && @) ? 0 : 1",
                                    "(1 || @) ? 1 : 1",
                                    "(@ || 1) ? 1 : 1",
                                    "min(@, 1)",
                                    "max(1, @)",
                                    "clamp(1, 0, @)",
                                    "min(1, 2, @) > 0 ? 1 : 1",
                                    "!(@ < 1)",
                                    "@ >= 90 ? 10 : @ >= 80 ? 8 : 5",
                                    "floor(@) > 1 ? 1 : 1",
                                    "sign(@)",
                                    "abs(@)",
                                    "round(@, 2)",
                                    "1 + @",
                                    "0*@",
                                    "@^0",
                                    "1^@"}) {
      std::string text;
      for (const char c : shape) text += c == '@' ? "(" + nothing + ")" : std::string(1, c);
      INFO(text);
      CHECK(std::isnan(value_of(text)));
    }
    // The branch that is not taken decides nothing either.
    CHECK(value_of("1 ? 2 : " + nothing) == 2);
    CHECK(value_of("0 ? " + nothing + " : 3") == 3);
  }
}

TEST_CASE("what is on an edge on paper is on it", "[formula]") {
  for (const char* const text : {"29/50*100 >= 58",
                                 "100*(1-(50-29)/50) >= 58",
                                 "66.1 - 61.1 == 5",
                                 "66.1 - 61.1 >= 5",
                                 "!(66.1 - 61.1 < 5)",
                                 "1000000.3 - 1000000.2 == 0.1",
                                 "0.1 + 0.2 == 0.3",
                                 "0.3 - 0.1 - 0.2 == 0",
                                 "!(0.3 - 0.1 - 0.2)",
                                 "0.1*3 <= 0.3",
                                 "(211.46 - 218)/218*100 == -3",
                                 "steps_full(66.1 - 61.1, 5) == 1",
                                 "steps_full(100*abs(211.46 - 218)/218, 3) == 1",
                                 "steps_ceil(100*(16.51 - 13)/13, 27) == 1",
                                 "floor((16.51 - 13)/13/0.27) == 1",
                                 "ceil(0.3/0.1) == 3",
                                 "sqrt(0.3 - 0.1 - 0.2) == 0",
                                 "sqrt(2)^2 == 2",
                                 "exp(ln(7)) == 7",
                                 "(0.1*0.1)^0.5 == 0.1",
                                 "min(0.3, 0.1*3) == 0.3",
                                 "sum(0.1, 0.2, 0.3) == sum(0.3, 0.2, 0.1)",
                                 "avg(0.1, 0.2, 0.3) == 0.2",
                                 "sign(0.3 - 0.1 - 0.2) == 0",
                                 "round(66.1 - 61.095, 2) == 5.01",
                                 "(1/3 + 1/3 + 1/3) == 1",
                                 "1000000000000.07 - 1000000000000 == 0.07",
                                 "91377095.21/91377095.21*100 >= 100",
                                 "(0.1+0.2 > 0.3 ? 0 : 1) == 1",
                                 "trunc(4.35*100) == 435",
                                 "abs(61.1 - 66.1) <= 5"}) {
    INFO(text);
    CHECK(value_of(text) == 1);
  }
  // What differs on paper, by however little, differs.
  for (const char* const text :
       {"89.9999999 == 90", "89.99999999999 >= 90", "0.1 + 0.2 == 0.30000000001",
        "999999999999.99 >= 1000000000000", "999999999999.99/1000000000000*100 >= 100",
        "1000000000000.01 - 1000000000000 <= 0", "1000000000000.01 <= 1000000000000",
        "66.1 - 61.1000000001 >= 5", "floor(2.99999999999999)== 3",
        "floor(100*0.2999999999999) == 30", "steps_full(4.999999999, 5) == 1",
        "28.999/50*100 >= 58", "0.999999999999999 == 1", "1e-300 == 0", "1e-300*0.1 == 0"}) {
    INFO(text);
    CHECK(value_of(text) == 0);
  }
}

TEST_CASE("variables that other sums made are compared as sums", "[formula]") {
  formula::Scope scope{{"P", "T"}, nullptr, {value::summed}};
  std::vector<Diagnostic> none;
  const auto reached = formula::compile(formula::in_file("P >= T"), scope, none);
  REQUIRE(reached);
  const double sum = 0.3 + 32.3 + 27.4;
  CHECK(sum < 60);
  CHECK(reached->evaluate(std::vector<double>{sum, 60}) == 1);
  CHECK(reached->evaluate(std::vector<double>{59.9999999, 60}) == 0);
  CHECK(std::isnan(reached->evaluate(std::vector<double>{not_a_number, 60})));
  // A variable that brings its bounds, column and row.
  scope = {{"A", "T"}, nullptr, {}, 0};
  const auto steps = formula::compile(formula::in_file("A >= T ? floor(A) : 0"), scope, none);
  REQUIRE(steps);
  CHECK(steps->heeds_bounds());
  CHECK_FALSE(formula::compile(formula::in_file("A*T + 1"), scope, none)->heeds_bounds());
  const std::vector<double> a = {2.9999, 2.9999, 3.0001, 2.9999, 3}, t = {3, 3, 3, 3, 3},
                            bounds = {0, 1e-3, 1e-3, 1e-5, 0};
  const std::vector<double> expected = {0, 3, 3, 0, 3};
  std::vector<double> out(5);
  const std::vector<formula::Column> columns = {formula::Column::of(a, bounds.data()),
                                                formula::Column::of(t)};
  steps->evaluate(columns, out);
  CHECK(out == expected);
  for (std::size_t i = 0; i < a.size(); ++i)
    CHECK(steps->evaluate(std::vector<double>{a[i], t[i]}, bounds[i]) == expected[i]);
}

TEST_CASE("workdays asks the calendar", "[formula]") {
  auto calendar = std::make_shared<value::Calendar>();
  calendar->years = {2020};
  const double friday = value::Date::parse_iso("2020-11-27").value().days;
  CHECK(value_of("workdays(" + std::to_string(friday) + "," + std::to_string(friday + 3) + ")",
                 calendar) == 1);
  CHECK(std::isnan(value_of("workdays(0, 1)", calendar)));
}

TEST_CASE("a formula says what it uses and what it is made of", "[formula]") {
  const auto result = compiled("完成值 >= T ? W : min(W, 0.5)");
  const formula::Formula& f = result.formula.value();
  CHECK(std::vector<std::size_t>(f.used().begin(), f.used().end()) ==
        std::vector<std::size_t>{1, 2, 6});
  using Kind = formula::Token::Kind;
  const auto tokens = f.tokens();
  REQUIRE(tokens.size() == 12);
  CHECK(tokens[0].kind == Kind::variable);
  CHECK(tokens[0].variable == 6);
  CHECK(tokens[0].length == 3);
  CHECK(tokens[1].kind == Kind::sign);
  CHECK(tokens[1].at == 4);
  CHECK(tokens[6].kind == Kind::function);
  CHECK(tokens[6].at == 15);
  CHECK(tokens[10].kind == Kind::number);
  CHECK(f.text() == "完成值 >= T ? W : min(W, 0.5)");
  // Only used columns are read: the others are default-made.
  std::vector<formula::Column> columns(8);
  const double t = 3, w = 10;
  const std::vector<double> reached = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  columns[1] = formula::Column::uniform(t);
  columns[2] = formula::Column::uniform(w);
  columns[6] = formula::Column::of(reached);
  std::vector<double> out(9);
  f.evaluate(columns, out);
  CHECK(out == std::vector<double>{0.5, 0.5, 10, 10, 10, 10, 10, 10, 10});
}

TEST_CASE("a formula may name a variable it does not need", "[formula]") {
  // Folding drops the branch; used() still has it, because a missing A makes the result missing.
  const auto result = compiled("1 ? T : A");
  CHECK(result.formula.value().used().size() == 2);
  CHECK(compiled("0*A").formula.value().used().size() == 1);
}

TEST_CASE("the function list is complete and every signature compiles", "[formula]") {
  CHECK(formula::functions().size() == 30);
  auto calendar = std::make_shared<value::Calendar>();
  for (const formula::FunctionEntry& entry : formula::functions()) {
    std::string call = entry.name + "(A";
    for (const char c : entry.signature) {
      if (c == ',') call += ",A";
    }
    INFO(entry.signature);
    CHECK(compiled(call + ")", formula::usual_names(), calendar).formula.has_value());
    CHECK_FALSE(entry.summary.zh.empty());
    CHECK_FALSE(entry.summary.en.empty());
  }
}

TEST_CASE("docs/language.md lists every function and sign, and nothing else", "[formula]") {
  std::ifstream file(std::string(JIXIAO_SOURCE_DIR) + "/docs/language.md");
  REQUIRE(file);
  std::vector<std::string> functions, signs;
  std::vector<std::string>* list = nullptr;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("| function |", 0) == 0) list = &functions;
    if (line.rfind("| sign |", 0) == 0) list = &signs;
    if (line.rfind('|', 0) != 0) list = nullptr;
    if (list == nullptr || line.rfind("| `", 0) != 0) continue;
    // The words in backticks of the first cell; a cell ends at a bar outside backticks.
    bool inside = false;
    std::string word;
    for (std::size_t at = 1; at < line.size() && (inside || line[at] != '|'); ++at) {
      if (line[at] == '`') {
        if (inside) list->push_back(word);
        word.clear();
        inside = !inside;
      } else if (inside && line[at] != '\\') {  // a bar in a table has one before it
        word += line[at];
      }
    }
    CHECK(std::count(line.begin(), line.end(), '|') >= 3);
  }
  std::vector<std::string> expected;
  for (const formula::FunctionEntry& entry : formula::functions())
    expected.push_back(entry.signature);
  CHECK(functions == expected);
  CHECK(signs == std::vector<std::string>{"^", "-x", "+x", "!x", "*", "/", "+", "-", "<", "<=", ">",
                                          ">=", "==", "!=", "&&", "||", "c ? a : b"});
  // What the table of signs says by example.
  CHECK(value_of("-3^2") == -9);
  CHECK(value_of("!2^0") == 0);
  CHECK(value_of("!(0^2) + 1") == 2);
  CHECK(value_of("1 < 2 && 2 < 3 || 0") == 1);
  CHECK(value_of("clamp(5, 7, 6)") == 7);
  CHECK(value_of("0^0") == 1);
}
