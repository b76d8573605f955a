// Rule sets for reading, on one that ships and has a bit of everything.
#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

#include <nlohmann/json.hpp>

#include "jixiao/report.hpp"
#include "text/source.hpp"
#include "unit/report/shown.hpp"

using namespace jixiao;

using tests::as;
using tests::has;

namespace {

RuleSet shipped(const std::string& id) {
  auto read = read_rules(id, {{JIXIAO_SOURCE_DIR "/rules"}});
  REQUIRE(read.has_value());
  return std::move(read).value();
}

}  // namespace

TEST_CASE("a rule set is shown with weights, methods, ratings and sources", "[report]") {
  const RuleSet rules = shipped("cn-mof-2020");
  const std::string text = render_rules(rules, as(Format::text, Language::zh));
  for (const auto* piece : {"cn-mof-2020", "权重", "产出指标", "评级区间", "[90,)", "计分方法",
                            "higher.proportional", "A >= T ? W : W*A/T", "继承自", "已核实"}) {
    CAPTURE(piece);
    CHECK(has(text, piece));
  }
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(text::display_width(line) <= 100);
  }
}

TEST_CASE("a rule set takes every format", "[report]") {
  const RuleSet rules = shipped("cn-mof-2020");
  const auto json = nlohmann::json::parse(render_rules(rules, as(Format::json)));
  CHECK(json["id"] == "cn-mof-2020");
  CHECK(json["blocks"].size() == 4);
  CHECK(json["bands"][0]["range"] == "[90,)");
  const auto& methods = json["methods"];
  const auto found = std::find_if(methods.begin(), methods.end(), [](const auto& method) {
    return method["id"] == "higher.proportional";
  });
  REQUIRE(found != methods.end());
  CHECK((*found)["points"] == "A >= T ? W : W*A/T");
  CHECK((*found)["evidence"].is_string());
  const std::string csv = render_rules(rules, as(Format::csv));
  CHECK(csv.starts_with("method,title,when,points,params,domain,outside,cite,evidence\n"));
  CHECK(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) == methods.size() + 1);
  CHECK(has(render_rules(rules, as(Format::markdown)), "## Methods"));
  CHECK(has(render_rules(rules, as(Format::html)), "<code>A &gt;= T ? W : W*A/T</code>"));
}

TEST_CASE("an index is shown with its inputs and how blocks are combined", "[report]") {
  const std::string text = render_rules(shipped("undp-hdi-2010"), as(Format::text));
  for (const auto* piece :
       {"(health*education*income)^(1/3)", "S/N", "life expectancy at birth", "[0,120]"})
    CHECK(has(text, piece));
}
