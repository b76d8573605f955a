#include <catch2/catch.hpp>

#include "scratch.hpp"

using namespace jixiao;

namespace {

FundingRules rules_named(const std::string& id) {
  const auto read = read_funding_rules(id, scratch::shipped_rules());
  for (const auto& d : read.diagnostics())
    UNSCOPED_INFO(d.file << ":" << d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(read);
  return *read;
}

FundingCase rated(const std::string& rating, double adjusted, double executed,
                  std::vector<std::pair<std::string, double>> inputs = {}) {
  FundingCase out;
  out.id = "p";
  out.name = {"p", "p"};
  out.rating = rating;
  out.adjusted = adjusted;
  out.initial = adjusted;
  out.executed = executed;
  out.inputs = std::move(inputs);
  return out;
}

FundedProject decided(const std::string& by, const FundingCase& what) {
  const auto report = fund(rules_named(by), std::span(&what, 1));
  REQUIRE(report);
  return report->projects[0];
}

}  // namespace

TEST_CASE("next year's money, by hand", "[funding]") {
  CHECK(decided("use-illustrative", rated("excellent", 1200000, 1128000)).next == 1200000);
  CHECK(decided("use-illustrative", rated("excellent", 1200000, 1128000)).recalled == 72000);
  CHECK(decided("use-illustrative", rated("excellent", 1200000, 1200000, {{"asked", 1300000}}))
            .next == 1260000);
  CHECK(decided("use-illustrative", rated("excellent", 1200000, 1200000, {{"asked", 1100000}}))
            .next == 1100000);
  CHECK(decided("use-illustrative", rated("good", 1200000, 1200000, {{"asked", 1300000}})).next ==
        1200000);
  CHECK(decided("use-illustrative", rated("中", 1200000, 1200000)).next == 1080000);
  CHECK(decided("use-illustrative", rated("fair", 1200000, 1200000, {{"asked", 900000}})).next ==
        900000);
  CHECK(decided("use-illustrative", rated("poor", 1200000, 1200000)).next == 600000);
  // 30 % of a surplus that grew by 500,000.
  CHECK(decided("use-illustrative", rated("good", 1200000, 1200000, {{"surplus_growth", 500000}}))
            .next == 1050000);
  CHECK(decided("use-illustrative", rated("good", 100000, 100000, {{"surplus_growth", 500000}}))
            .next == 0);
  CHECK(decided("use-dazhou", rated("poor", 1200000, 1200000)).next == 0);
  CHECK(decided("use-korea", rated("poor", 1000003, 0)).next == 900002);  // whole yuan, down
  CHECK(decided("use-korea", rated("average", 1000003, 0)).next == 1000003);
}

TEST_CASE("every step says why", "[funding]") {
  const FundedProject project =
      decided("use-illustrative", rated("fair", 1200000, 1100000, {{"asked", 1300000}}));
  REQUIRE(project.steps.size() == 2);
  CHECK(project.steps[0].id == "rating");
  CHECK(project.steps[0].before == 1200000);
  CHECK(project.steps[0].after == 1080000);
  CHECK(project.steps[0].substituted == "min(1200000, 1200000*(1 - 0.1))");
  CHECK(project.steps[0].reason.en == "this rating loses 10%");
  CHECK(project.steps[0].cite[0].evidence == "illustrative");
  CHECK(project.steps[1].recalls);
  CHECK(project.steps[1].reason.en == "100,000元 of this year were not used");
}

TEST_CASE("what is not known is left undecided, not given away", "[funding]") {
  FundingCase what = rated("", 1200000, 0);
  CHECK_FALSE(decided("use-illustrative", what).decided);
  what = rated("splendid", 1200000, 0);
  CHECK_FALSE(decided("use-illustrative", what).decided);
  CHECK(decided("use-illustrative", what).why_not.en ==
        "the rules say nothing about the rating 'splendid'");
  what = rated("good", 1200000, 0);
  what.adjusted.reset();
  CHECK(decided("use-illustrative", what).why_not.en == "the base needs B, which is not given");
}

TEST_CASE("a table of rated projects and one of their money", "[funding]") {
  const scratch::Folder folder;
  const std::string scored =
      folder.write("scored.csv", "project,total,rating\na,95.00,excellent\nb,70.00,中\nc,,\n");
  const std::string wide = folder.write(
      "money.csv", "project,adjusted,executed\na,120万元,120万元\nb,1000000,1000000\nc,5,5\n");
  const std::string tall = folder.write("long.csv",
                                        "project,indicator,unit,actual\na,@adjusted,万元,120\na,x,"
                                        "个,3\na,@executed,万元,120\nb,@adjusted,"
                                        "元,1000000\nb,@executed,元,1000000\n");
  for (const std::string& money : {wide, tall}) {
    const auto rules = rules_named("use-illustrative");
    const auto cases = read_funding_cases(rules, scored, money);
    REQUIRE(cases);
    const auto report = fund(rules, *cases);
    REQUIRE(report);
    CHECK(report->next == 2100000);
    CHECK(report->base == 2200000);
    CHECK(report->undecided == 1);
  }
  // Rows of totals get no money, and that is said.
  const auto summed =
      read_funding_cases(rules_named("use-illustrative"),
                         folder.write("summed.csv",
                                      "project,rating,adjusted\na,good,100万元\n合计,good,100万元\n"
                                      "Grand total:,good,100万元\n"));
  REQUIRE(summed);
  CHECK(summed->size() == 1);
  REQUIRE(summed.diagnostics().size() == 2);
  CHECK(summed.diagnostics()[0].code == "table.total");
  CHECK_FALSE(read_funding_cases(rules_named("use-illustrative"),
                                 folder.write("none.csv", "name,total\na,95\n")));
  const auto wrong = read_funding_cases(
      rules_named("use-illustrative"),
      folder.write("wrong.csv", "project,rating,adjusted\na,good,much\na,good,5人\n"));
  REQUIRE_FALSE(wrong);
  CHECK(wrong.diagnostics().size() == 3);
  CHECK(wrong.diagnostics()[0].line == 2);
  CHECK(wrong.diagnostics()[0].column == 8);
}

TEST_CASE("typed inputs", "[funding]") {
  const std::vector<std::string> typed{"asked=130万元", "surplus_growth=5000"};
  const auto read = read_funding_inputs(rules_named("use-illustrative"), typed);
  REQUIRE(read);
  CHECK((*read)[0].second == 1300000);
  CHECK((*read)[1].second == 5000);
  const std::vector<std::string> unknown{"aksed=1"};
  CHECK_FALSE(read_funding_inputs(rules_named("use-illustrative"), unknown));
  const std::vector<std::string> people{"asked=5人"};
  CHECK_FALSE(read_funding_inputs(rules_named("use-illustrative"), people));
}
