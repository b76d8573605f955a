// The rule printed beside a row, and what is made of it.
#include <catch2/catch.hpp>

#include "forms/rules/rule_text.hpp"
#include "formula/formula.hpp"
#include "rule_wordings.hpp"
#include "scratch.hpp"
#include "value/rounding.hpp"

#include <algorithm>
#include <cmath>

using namespace jixiao;

namespace {

forms::RuledRow row_of(const std::string& target, std::optional<double> weight,
                       const std::string& name = "指标") {
  forms::RuledRow row;
  row.target = value::read_field(target, 2023).value_or(value::Field{});
  row.weight = weight;
  row.name = name;
  row.sign_open = !row.target.direction;
  // As the importer reads a number without a sign.
  if (row.sign_open && row.target.kind == value::Kind::number)
    row.target.direction = row.target.low == 0 ? value::Direction::at_most
                                               : value::Direction::at_least;
  return row;
}

// The points the rule gives, held to the weight; none where it says nothing.
std::optional<double> points(const forms::RuleReading& rule, double actual,
                             const value::Field& target, double weight) {
  const formula::Scope scope{{"A", "T", "U", "W"}, nullptr};
  const std::vector<double> values{actual, target.low, target.high, weight};
  std::vector<Diagnostic> wrong;
  const auto run = [&](const std::string& text) {
    const auto compiled = formula::compile({text, {}}, scope, wrong);
    INFO(text);
    REQUIRE(compiled);
    return compiled->evaluate(values);
  };
  if (!rule.domain.empty() && run(rule.domain) == 0) return std::nullopt;
  return std::clamp(run(rule.points), 0.0, weight);
}

std::string reading(const std::string& rule, const std::string& target,
                    std::optional<double> weight = std::nullopt) {
  const auto read = forms::read_rule(rule, row_of(target, weight));
  if (!read) return "-";
  std::string out = read->method.empty() ? read->points : read->method;
  for (const auto& [name, number] : read->params) out += " " + name + "=" + number;
  return out + (read->doubt ? " ?" : "");
}

}  // namespace

TEST_CASE("wordings that are understood give the points they say", "[forms]") {
  STATIC_REQUIRE(std::size(forms::wordings::understood) >= 120);
  for (const auto& each : forms::wordings::understood) {
    const auto row = row_of(each.target, each.weight, each.name);
    const auto read = forms::read_rule(each.rule, row);
    INFO(each.rule << " beside " << each.target);
    CHECK(read);
    if (!read) continue;
    INFO(read->points << " where " << read->domain);
    const auto actual = value::read_field(each.actual, 2023);
    REQUIRE(actual);
    const auto given = points(*read, actual->low, row.target, each.weight);
    CHECK(given);
    if (given) CHECK(*given == Approx(each.points).margin(1e-9));
  }
}

// The catalogue's method gives what the formula gives.
TEST_CASE("a method of the catalogue is named only where it says the same", "[forms]") {
  std::size_t named = 0;
  for (const auto& each : forms::wordings::understood) {
    const auto row = row_of(each.target, each.weight, each.name);
    const auto read = forms::read_rule(each.rule, row);
    if (!read || read->method.empty()) continue;
    ++named;
    std::string params;
    for (const auto& [name, number] : read->params)
      params += (params.empty() ? "" : ", ") + name + " = " + number;
    const std::string sign = row.sign_open && row.target.kind == value::Kind::number
                                 ? std::string("direction = \"") +
                                       (row.target.direction == value::Direction::at_most
                                            ? "at_most\"\n"
                                            : "at_least\"\n")
                                 : std::string();
    INFO(each.rule << " beside " << each.target << " by " << read->method << " " << params);
    const auto card = scratch::scored(
        "cn-mof-2020",
        "[project]\nname = \"x\"\nyear = 2023\n[money]\ninitial = \"1万元\"\n[weights]\nexecution "
        "= 10\noutput = " +
            value::plain(each.weight, 6) + "\nbenefit = " + value::plain(90 - each.weight, 6) +
            "\nsatisfaction = 0\n[[indicator]]\nid = \"a\"\nname = \"x\"\nblock = "
            "\"output\"\ntype = \"quality\"\ntarget = \"" +
            each.target + "\"\n" + sign + "method = \"" + read->method + "\"\nparams = { " +
            params +
            " }\n[[indicator]]\nid = \"b\"\nname = \"y\"\nblock = \"benefit\"\ntype = "
            "\"social\"\ntarget = \"≥1个\"\n",
        "[money]\nexecuted = \"1万元\"\n[[result]]\nindicator = \"a\"\nactual = \"" +
            std::string(each.actual) +
            "\"\nreason = \"x\"\n[[result]]\nindicator = \"b\"\nactual = \"1个\"\n");
    for (const auto& story : card.indicators) {
      if (story.id != "a") continue;
      CHECK(story.state == "ok");
      CHECK(std::clamp(story.unrounded, 0.0, each.weight) == Approx(each.points).margin(1e-9));
    }
  }
  CHECK(named >= 30);
}

TEST_CASE("what is not understood is no rule", "[forms]") {
  STATIC_REQUIRE(std::size(forms::wordings::not_understood) >= 60);
  for (const auto& each : forms::wordings::not_understood) {
    const auto read = forms::read_rule(each.rule, row_of(each.target, each.weight, each.name));
    INFO(each.rule << " beside " << each.target << ": " << (read ? read->points : ""));
    CHECK_FALSE(read);
  }
}

TEST_CASE("rules of the catalogue are named by their methods", "[forms]") {
  CHECK(reading("每低1个百分点扣0.5分", "≥98%") == "shortfall-steps.full k=0.5 size=1 ?");
  CHECK(reading("达9个得6分，少一个扣1分", "≥9个", 6) == "shortfall-steps.full k=1 size=1");
  CHECK(reading("90%以上得10分，每降5%扣1分，扣完为止", "≥90%", 10) ==
        "shortfall-steps.full k=1 size=5 ?");
  CHECK(reading("９０％以上得满分，每降低５％，扣１分", "≥90%", 10) ==
        "shortfall-steps.full k=1 size=5 ?");
  CHECK(reading("每降低5%扣1分，不足5%按5%计", "≥90%", 10) == "shortfall-steps.ceil k=1 size=5");
  CHECK(reading("每超1%扣0.5分", "≤30万元") == "over-steps.full k=0.5 size=1 ?");
  CHECK(reading("每超过1个百分点扣0.5分", "≤5%") == "excess-steps.full k=0.5 size=1 ?");
  CHECK(reading("每发生一次扣1分，扣完为止", "0次") == "count.deduct k=1");
  CHECK(reading("每延迟1天扣0.5分", "2022年11月底前") == "lateness.per-day k=0.5 step=1");
  CHECK(reading("逾期不得分", "2022年11月底前") == "lateness.strict");
  CHECK(reading("未完成不得分", "≥9个") == "higher.strict");
  CHECK(reading("超出不得分", "≤9万元") == "lower.strict");
  CHECK(reading("按完成比例得分", "≥9个") == "higher.proportional");
  CHECK(reading("按完成比例得分，低于60%不得分", "≥9个") == "higher.pass-line L=0.6");
}

TEST_CASE("a rule without a method of the catalogue is its own formula", "[forms]") {
  CHECK(reading("90%以上得10分，80%（含）-90%得6分，低于80%不得分", "≥90%", 10) ==
        "A >= 90 ? W : A >= 80 ? 6 : 0");
  CHECK(reading("100%得满分，每降低10%扣2分，低于60%不得分", "≥100%", 10) ==
        "A >= 60 ? max(0, W - 2*steps_full(T - A, 10)) : 0 ?");
  // Ends that two ranges claim, or none, are left out.
  const auto read =
      forms::read_rule("90%-100%得10分，80%-90%得8分，60%-80%得5分", row_of("≥90%", 10));
  REQUIRE(read);
  CHECK(read->domain.find("A != 80") != std::string::npos);
  CHECK(read->domain.find("60") != std::string::npos);
}

TEST_CASE("an end that a lower tier only rather claims is left open", "[forms]") {
  const auto read =
      forms::read_rule("90%（含）以上得10分，80%-90%得6分，80%以下不得分", row_of("≥90%", 10));
  REQUIRE(read);
  CHECK(read->domain == "A != 80");
}

TEST_CASE("a rule turns a target that has no sign", "[forms]") {
  forms::RuledRow row = row_of("5%", 10);
  const auto read = forms::read_rule("每超过1个百分点扣1分", row);
  REQUIRE(read);
  CHECK(read->turned);
  row.sign_open = false;
  CHECK_FALSE(forms::read_rule("每超过1个百分点扣1分", row));
}
