// What a formula must not say: the code, the column in characters, and the way out.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "compiling.hpp"

using namespace jixiao;
using jixiao::formula::compiled;

namespace {

struct Refusal {
  std::string text;
  std::string code;
  std::size_t column;
  std::size_t length;
  std::string help;  // some of the English help
};

std::string all(const std::vector<Diagnostic>& diagnostics) {
  std::string said;
  for (const Diagnostic& d : diagnostics) {
    said += d.code + ":" + std::to_string(d.column) + "+" + std::to_string(d.length) + " " +
            d.message.en + " (" + d.help.en + ")\n";
  }
  return said;
}

}  // namespace

TEST_CASE("each refused thing has its code, its column and a way out", "[formula][refusal]") {
  const Refusal refusals[] = {
      // assignment, lists, chains
      {"A = 5", "formula.refused", 3, 1, "=="},
      {"1,5", "formula.refused", 2, 1, "1.5"},
      {"A, T", "formula.refused", 2, 1, "min(a, b)"},
      {"(1,5)*A", "formula.refused", 3, 1, "1.5"},
      {"1<A<3", "formula.refused", 4, 1, "1<A && A<3"},
      {"0 <= A+T < 3 ? W : 0", "formula.refused", 10, 1, "0 <= A+T && A+T<3"},
      {"A == T == W", "formula.refused", 8, 2, "A == T && T==W"},
      {"'优'", "formula.syntax", 1, 3, "\"优\""},
      {"A == \"优\"", "formula.refused", 6, 3, "values = [\"优\", ...]"},
      {"_pi*A", "formula.refused", 1, 3, "3.141592653589793"},
      {"workdays(A,T)", "formula.refused", 1, 8, "calendar"},
      // signs of another keyboard
      {"A＋T", "formula.syntax", 2, 1, "write +"},
      {"完成值／目标值", "formula.syntax", 4, 1, "write /"},
      {"min（A,T)", "formula.syntax", 4, 1, "write ("},
      {"min(A，T)", "formula.syntax", 6, 1, "write ,"},
      {"A>T？W:0", "formula.syntax", 4, 1, "write ?"},
      {"A>T?W：0", "formula.syntax", 6, 1, "write :"},
      {"A≥T", "formula.syntax", 2, 1, "write >="},
      {"A×T", "formula.syntax", 2, 1, "write *"},
      {"A÷T", "formula.syntax", 2, 1, "write /"},
      {"A*１２", "formula.syntax", 3, 2, "write 12"},
      {"A－T", "formula.syntax", 2, 1, "write -"},
      {"A　+T", "formula.syntax", 2, 1, "ordinary space"},
      // signs that are none
      {"A*95%", "formula.syntax", 5, 1, "95% as a factor is 0.95"},
      {"A % 2", "formula.syntax", 3, 1, "a - b*floor(a/b)"},
      {"A//2", "formula.syntax", 2, 2, "floor(a/b)"},
      {"0,5*W", "formula.refused", 2, 1, "a decimal is written 0.5"},
      {"1,299*W", "formula.refused", 2, 1, "1299"},
      {"A & T", "formula.syntax", 3, 1, "&&"},
      {"A | T", "formula.syntax", 3, 1, "||"},
      {"A <> T", "formula.syntax", 3, 2, "!="},
      {"A => T", "formula.syntax", 3, 2, ">="},
      {"A ** 2", "formula.syntax", 3, 2, "^"},
      {"A # T", "formula.syntax", 3, 1, ""},
      {"A ★ T", "formula.syntax", 3, 1, ""},
      // shape
      {"", "formula.syntax", 1, 1, "number"},
      {"   ", "formula.syntax", 4, 1, "number"},
      {"A +", "formula.syntax", 3, 1, "add"},
      {"A + * T", "formula.syntax", 5, 1, "add"},
      {"()", "formula.syntax", 2, 1, "add"},
      {"(A+T", "formula.syntax", 1, 1, "add a )"},
      {"A+T)", "formula.syntax", 4, 1, "leave it out"},
      {"A ? T", "formula.syntax", 3, 1, "condition ? a : b"},
      {"A : T", "formula.syntax", 3, 1, "condition ? a : b"},
      {"A T", "formula.syntax", 3, 1, "*"},
      {"2(A)", "formula.syntax", 2, 1, "*"},
      {"2A", "formula.syntax", 1, 2, "2*A"},
      {"3万元", "formula.syntax", 1, 3, "3*万元"},
      {"1.2.3", "formula.syntax", 4, 1, "point"},
      {"1e999", "formula.syntax", 1, 5, "1e308"},
      {"--A", "formula.syntax", 2, 1, "-(-x)"},
      {"!!A", "formula.syntax", 2, 1, "parentheses"},
      // functions and names
      {"min()", "formula.syntax", 1, 3, "min(a, ...)"},
      {"clamp(A,T)", "formula.syntax", 1, 5, "clamp(x, low, high)"},
      {"round(A)", "formula.syntax", 1, 5, "round(x, digits)"},
      {"sqrt(A,T)", "formula.syntax", 1, 4, "sqrt(x)"},
      {"min + 1", "formula.syntax", 1, 3, "min(a, ...)"},
      {"min (A,T)", "formula.syntax", 1, 3, "min("},
      {"A(3)", "formula.syntax", 1, 1, "A*("},
      {"mim(A,T)", "formula.name", 1, 3, "'min'"},
      {"MIN(A,W)", "formula.name", 1, 3, "min(A, W)"},
      {"ROUND(A*T,2)", "formula.name", 1, 5, "round(A*T, 2)"},
      {"Round(A)", "formula.name", 1, 5, "round(x, digits)"},
      {"IF(A>=T,W,0)", "formula.name", 1, 2, "(A>=T) ? W : 0"},
      {"if(A>=T,W)", "formula.name", 1, 2, "condition ? a : b"},
      {"AND(A>1,A<T,W) ? W : 0", "formula.name", 1, 3, "A>1 && A<T && W"},
      {"OR(A,T)", "formula.name", 1, 2, "A || T"},
      {"NOT(A>T)", "formula.name", 1, 3, "!(A>T)"},
      {"log(A)", "formula.name", 1, 3, "ln(A) for the natural logarithm, log10(A)"},
      {"LOG10(A)", "formula.name", 1, 5, "log10(A)"},
      {"pow(A+1,2)", "formula.name", 1, 3, "(A+1)^2"},
      {"mod(A,2)", "formula.name", 1, 3, "A - 2*floor(A/2)"},
      {"AVERAGE(A,T)", "formula.name", 1, 7, "avg(A, T)"},
      {"INT(A)", "formula.name", 1, 3, "floor(A)"},
      {"isnan(A) ? 0 : W", "formula.name", 1, 5, "!given(A)"},
      {"coalesce(A,T+1)", "formula.name", 1, 8, "given(A) ? A : (T+1)"},
      {"IFERROR(A/T,0)", "formula.name", 1, 7, "'domain'"},
      {"COUNT(A,T)", "formula.name", 1, 5, "count_given(A, T)"},
      {"W*rank(A)", "formula.name", 3, 4, "[[statistic]]"},
      {"given(A/T)", "formula.refused", 8, 1, "given(a) ? 2*a : 0"},
      {"avg_given(A,2)", "formula.refused", 13, 1, "avg_given(a)"},
      {"given(A,T)", "formula.syntax", 1, 5, "given(x)"},
      {"A == \"west\" ? 1 : 0", "formula.refused", 6, 6, "values = [\"west\", ...]"},
      {"A == 'west' ? 1 : 0", "formula.syntax", 6, 6, "\"west\""},
      {"A == \"west ? 1 : 0", "formula.syntax", 6, 13, "add a \""},
      {"完成值*目表值", "formula.name", 5, 3, "'目标值'"},
      {"A*X1", "formula.name", 3, 2, "known"},
      {"A and T", "formula.name", 3, 3, "&&"},
      {"true", "formula.name", 1, 4, "1"},
  };
  for (const Refusal& refusal : refusals) {
    const auto result = compiled(refusal.text);
    INFO(refusal.text << "\n" << all(result.diagnostics));
    CHECK_FALSE(result.formula.has_value());
    REQUIRE_FALSE(result.diagnostics.empty());
    const Diagnostic& first = result.diagnostics.front();
    CHECK(first.code == refusal.code);
    CHECK(first.column == refusal.column);
    CHECK(first.length == refusal.length);
    CHECK(first.line == 1);
    CHECK_FALSE(first.message.zh.empty());
    CHECK_FALSE(first.message.en.empty());
    CHECK(first.help.en.find(refusal.help) != std::string::npos);
    CHECK(result.diagnostics.size() == 1);
  }
}

TEST_CASE("every mistake is reported, not only the first", "[formula][refusal]") {
  const auto result = compiled("完成率 = A＋X ? round(T) : 1,5");
  std::vector<std::pair<std::string, std::size_t>> found;
  for (const Diagnostic& d : result.diagnostics) found.emplace_back(d.code, d.column);
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  const std::vector<std::pair<std::string, std::size_t>> expected = {
      {"formula.name", 1}, {"formula.refused", 5}, {"formula.syntax", 8},
      {"formula.name", 9}, {"formula.syntax", 13}, {"formula.refused", 25}};
  INFO(all(result.diagnostics));
  CHECK(found == expected);
  CHECK(compiled("[A+T]*2").diagnostics.size() == 2);
  CHECK(compiled("A ★ ★ T ★").diagnostics.size() == 3);
  CHECK(compiled("A+T)*W").diagnostics.size() == 1);
}

TEST_CASE("a chain of comparisons is reported once", "[formula][refusal]") {
  CHECK(compiled("1<A<T<W<9").diagnostics.size() == 1);
  CHECK(compiled("(1<A)<T").diagnostics.empty());
  CHECK(compiled("1<A && A<T").diagnostics.empty());
}

TEST_CASE("depth is a diagnostic, whatever makes it", "[formula][refusal][limit]") {
  const auto repeated = [](const std::string& piece, std::size_t times) {
    std::string all_of_it;
    for (std::size_t i = 0; i < times; ++i) all_of_it += piece;
    return all_of_it;
  };
  const std::size_t many = 3000;
  const std::string deep[] = {repeated("(", many) + "A" + repeated(")", many),
                              repeated("abs(", many) + "A" + repeated(")", many),
                              repeated("A?T:", many) + "A",
                              repeated("A?", many) + "A" + repeated(":T", many),
                              repeated("A^", many) + "A",
                              repeated("-(", many) + "A" + repeated(")", many),
                              repeated("(", many)};
  for (const std::string& text : deep) {
    const auto result = compiled(text);
    CHECK_FALSE(result.formula.has_value());
    REQUIRE(result.diagnostics.size() == 1);
    CHECK(result.diagnostics[0].code == "formula.limit");
  }
  CHECK(compiled(repeated("-", many) + "A").diagnostics.size() == 1);
  CHECK(compiled(repeated("!", many) + "A").diagnostics[0].code == "formula.syntax");
  CHECK(compiled(repeated("(", 150) + "A" + repeated(")", 150)).formula.has_value());
  CHECK(compiled(repeated("A>T?W:", 150) + "0").formula.has_value());
  CHECK(compiled(repeated("A+", many) + "A").formula.has_value());  // long is not deep
}

TEST_CASE("length is a diagnostic", "[formula][refusal][limit]") {
  std::string longest = "A";
  while (longest.size() + 2 <= 19999) longest += "+A";
  CHECK(compiled(longest).formula.has_value());
  const auto over = compiled(longest + "+A");
  REQUIRE(over.diagnostics.size() == 1);
  CHECK(over.diagnostics[0].code == "formula.limit");
  const auto just_over = compiled("A" + std::string(19999, ' '));  // muParser's own limit
  REQUIRE(just_over.diagnostics.size() == 1);
  CHECK(just_over.diagnostics[0].code == "formula.limit");
  std::string huge(100000, '(');
  CHECK(compiled(huge).diagnostics.at(0).code == "formula.limit");
  const auto name = compiled(std::string(101, 'x'), {std::string(101, 'x')});
  REQUIRE_FALSE(name.diagnostics.empty());
  CHECK(name.diagnostics[0].code == "formula.limit");
}

TEST_CASE("any text at all gives a formula or a diagnostic", "[formula][refusal]") {
  const std::vector<std::string> pieces = {
      "A",  "T",  "1",    ".5",    "1e",       "(",  ")",      ",",  "?",  ":",
      "+",  "-",  "*",    "/",     "^",        "<",  "<=",     "==", "=",  "!",
      "&&", "|",  "min(", "round", " ",        "＋", "目标值", "万", "\"", "'",
      "%",  "\t", "\x01", "\xff",  "\xe4\xb8", "√",  "and",    "."};
  std::uint64_t state = 42;
  const auto random = [&state](std::size_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state >> 33U) % below);
  };
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = random(12) + 1; n > 0; --n) text += pieces[random(pieces.size())];
    const auto result = compiled(text);
    INFO(text);
    if (result.formula.has_value() != result.diagnostics.empty())
      FAIL("neither a formula nor a reason, or both");
    for (const Diagnostic& d : result.diagnostics) {
      // muParser itself should have nothing left to find.
      if (d.message.en.find("muParser") != std::string::npos) FAIL(d.message.en);
    }
  }
}

TEST_CASE("names are letters of any script, digits and _", "[formula]") {
  using formula::is_name;
  for (const char* good : {"A", "完成值", "_x", "x1", "预算2020", "é", "T_目标"})
    CHECK(is_name(good));
  for (const char* bad : {"", "1x", "a-b", "a b", "min", "round", "and", "true", "Ａ", "完成　值",
                          "a.b", "★", "50%", "\xff"})
    CHECK_FALSE(is_name(bad));
}
