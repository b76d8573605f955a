// Formulas in the words of a spreadsheet. That a spreadsheet calculates them alike is
// tests/filing/check_reports.
#include "filing/excel_formula.hpp"

#include <catch2/catch.hpp>

using namespace jixiao;

namespace {

std::string excel(const std::string& text) {
  const formula::Scope scope{{"A", "T", "W"}, nullptr};
  std::vector<Diagnostic> diagnostics;
  const auto compiled = formula::compile({text, {}}, scope, diagnostics);
  REQUIRE(compiled);
  const std::vector<std::string> cells{"F9", "D9", "G9"};
  return filing::to_excel(*compiled, scope, cells).value_or("none");
}

}  // namespace

TEST_CASE("choices, signs and precedence", "[filing]") {
  CHECK(excel("A >= T ? W : W*A/T") == "IF(F9>=D9,G9,((G9*F9)/D9))");
  CHECK(excel("A/(T*W)") == "(F9/(D9*G9))");
  CHECK(excel("A-(T-W)") == "(F9-(D9-G9))");
  CHECK(excel("-A^2") == excel("-(A^2)"));
  CHECK(excel("2^A") == "POWER(2,F9)");
  CHECK(excel("A < T ? 0 : A == T ? 1 : 2") == "IF(F9<D9,0,IF(F9=D9,1,2))");
}

TEST_CASE("conditions as numbers and numbers as conditions", "[filing]") {
  CHECK(excel("(A >= T)*W") == "(IF(F9>=D9,1,0)*G9)");
  CHECK(excel("A > 0 && T != 0 ? W : 0") == "IF(AND(F9>0,D9<>0),G9,0)");
  CHECK(excel("A ? W : 0") == "IF(F9<>0,G9,0)");
  CHECK(excel("A < 0 || !(T > 1) ? 1 : 0") == "IF(OR(F9<0,NOT(D9>1)),1,0)");
}

TEST_CASE("functions", "[filing]") {
  CHECK(excel("clamp(A, 0, W)") == "MAX(MIN(F9,G9),0)");
  CHECK(excel("max(0, W - 0.5*steps_full(T - A, 1))") ==
        "MAX(0,(G9-(0.5*IF((D9-F9)<=0,0,INT(ROUND((D9-F9)/1,9))))))");
  CHECK(excel("ceil(A) + log2(T)") == "((-INT(ROUND(-(F9),9)))+LOG(D9,2))");
  CHECK(excel("round(A/T, 9)") == "ROUND((F9/D9),9)");
}

TEST_CASE("what no spreadsheet has is refused", "[filing]") {
  const formula::Scope scope{{"A", "U"}, std::make_shared<value::Calendar>()};
  std::vector<Diagnostic> diagnostics;
  const auto compiled = formula::compile({"workdays(U, A)", {}}, scope, diagnostics);
  REQUIRE(compiled);
  const std::vector<std::string> cells{"F9", "D9"};
  CHECK_FALSE(filing::to_excel(*compiled, scope, cells));
}

TEST_CASE("rounding", "[filing]") {
  using value::RoundingMode;
  CHECK(filing::excel_rounding({2, RoundingMode::half_up}, "A1") == "ROUND(A1,2)");
  CHECK(filing::excel_rounding({0, RoundingMode::down}, "A1") == "ROUNDDOWN(ROUND(A1,12),0)");
  CHECK(filing::excel_number(0.1) == "0.1");
  CHECK(filing::excel_number(-3) == "(-3)");
  CHECK(filing::excel_number(1e-20) == "1E-20");
}
