// Units through formulas.
#include <catch2/catch.hpp>
#include <string>

#include "compiling.hpp"

using namespace jixiao;
using value::Unit;

namespace {

struct Outcome {
  std::optional<Unit> unit;
  std::vector<Diagnostic> diagnostics;
};

Unit unit(const char* text) { return *text == '\0' ? Unit() : Unit::parse(text).value(); }

// The names are trainees (人), days (天), rate (元/人/天), money (元), share (%), due and done
// (dates), plain (a number).
Outcome infer(const std::string& text) {
  const std::vector<std::string> names = {"trainees", "days", "rate", "money",
                                          "share",    "due",  "done", "plain"};
  const std::vector<Unit> units = {unit("人"),      unit("天"),   unit("元/人/天"), unit("元"),
                                   Unit::percent(), Unit::date(), Unit::date(),     Unit()};
  auto calendar = std::make_shared<value::Calendar>();
  const auto result = formula::compiled(text, names, calendar);
  Outcome outcome;
  outcome.unit = result.formula.value().unit(units, outcome.diagnostics);
  return outcome;
}

}  // namespace

TEST_CASE("the unit of a result", "[formula][unit]") {
  struct Case {
    const char* text;
    Unit expected;
  };
  const Case cases[] = {{"trainees*days*rate", unit("元")},
                        {"money/(days*rate)", unit("人")},
                        {"floor(money/(days*rate))", unit("人")},
                        {"0.8*money + 1000", unit("元")},
                        {"share/share", Unit()},
                        {"2*share", Unit::percent()},
                        {"share >= 95 ? money : 0", unit("元")},
                        {"done - due", unit("天")},
                        {"due + days", Unit::date()},
                        {"due + 30", Unit::date()},
                        {"30 + due", Unit::date()},
                        {"due - plain", Unit::date()},
                        {"max(due, done)", Unit::date()},
                        {"steps_ceil(done - due, 30)", Unit()},
                        {"workdays(due, done)", unit("工作日")},
                        {"year(due)", Unit()},
                        {"money^2/money", unit("元")},
                        {"money^-1*money", Unit()},
                        {"ln(money/money)", Unit()},
                        {"min(money, 5, 2*money)", unit("元")},
                        {"-money", unit("元")},
                        {"!money", Unit()},
                        {"money > 5 && days < 3", Unit()},
                        {"1 + 2", Unit()}};
  for (const Case& one : cases) {
    INFO(one.text);
    const Outcome outcome = infer(one.text);
    CHECK(outcome.diagnostics.empty());
    REQUIRE(outcome.unit.has_value());
    CHECK(outcome.unit->same_dimension(one.expected));
  }
}

TEST_CASE("what does not fit is said at its sign or name", "[formula][unit]") {
  struct Case {
    const char* text;
    std::size_t column;
    std::size_t length;
  };
  const Case cases[] = {{"money + trainees", 7, 1},
                        {"money - plain", 7, 1},
                        {"share > due", 7, 1},
                        {"due + done", 5, 1},
                        {"due - trainees", 5, 1},
                        {"days - due", 6, 1},
                        {"due*2", 4, 1},
                        {"-due", 1, 1},
                        {"plain > 0 ? money : days", 11, 1},
                        {"min(money, days)", 1, 3},
                        {"1 + exp(money)", 5, 3},
                        {"plain^days", 6, 1},
                        {"year(money)", 1, 4},
                        {"steps_full(money, days)", 1, 10},
                        {"round(money, days)", 1, 5}};
  for (const Case& one : cases) {
    INFO(one.text);
    const Outcome outcome = infer(one.text);
    REQUIRE(outcome.diagnostics.size() == 1);
    CHECK(outcome.diagnostics[0].code == "formula.unit");
    CHECK(outcome.diagnostics[0].column == one.column);
    CHECK(outcome.diagnostics[0].length == one.length);
    CHECK_FALSE(outcome.diagnostics[0].message.zh.empty());
    CHECK_FALSE(outcome.diagnostics[0].help.en.empty());
  }
}

TEST_CASE("two misfits are two diagnostics, one is not repeated upward", "[formula][unit]") {
  CHECK(infer("(money + days)*(share - due)").diagnostics.size() == 2);
  CHECK(infer("(money + days) + trainees").diagnostics.size() == 1);
}

TEST_CASE("where a unit cannot be told there is none, and no complaint", "[formula][unit]") {
  for (const char* text : {"sqrt(money)", "money^0.5", "money^plain", "sqrt(money) + days"}) {
    const Outcome outcome = infer(text);
    INFO(text);
    CHECK(outcome.diagnostics.empty());
    CHECK_FALSE(outcome.unit.has_value());
  }
}
