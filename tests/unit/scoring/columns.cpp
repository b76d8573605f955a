// Scoring columns in memory: the same as project by project, for any number of threads, and nothing
// accepted silently.
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "scratch.hpp"

using namespace jixiao;

namespace {

const std::string wide_rules = R"TOML(
schema = "jixiao/ruleset/1"
id = "wide"
version = "1.0.0"
title = "wide"
cite = { text = "here", evidence = "illustrative" }
rounding = { total = 2 }
missing = "MISSING"
[[input]]
id = "served"
name = { zh = "服务人数", en = "people served" }
[[input]]
id = "pleased"
name = { zh = "满意度", en = "satisfaction" }
range = "[0,100]"
[[block]]
id = "output"
weight = 60
[[block]]
id = "effect"
weight = 40
[[method]]
id = "ratio"
points = 'A >= T ? W : W*A/T'
domain = 'T > 0'
cite = { text = "here", evidence = "illustrative" }
[[indicator]]
id = "reach"
name = { zh = "覆盖", en = "reach" }
block = "output"
actual = 'served'
target = 200
method = "ratio"
[[indicator]]
id = "spending"
name = { zh = "执行率", en = "spending" }
block = "output"
weight = 10
actual = '100*E/B'
domain = 'B > 0'
outside = "zero"
target = 100
method = "ratio"
[[indicator]]
id = "satisfaction"
name = { zh = "满意度", en = "satisfaction" }
block = "effect"
actual = 'pleased'
target = 90
method = "ratio"
[[band]]
id = "good"
from = 80
[[band]]
id = "poor"
)TOML";

RuleSet wide(const std::string& missing = "error") {
  std::string with = wide_rules;
  with.replace(with.find("MISSING"), 7, missing);
  const scratch::Folder folder;
  const auto read = read_rules(folder.write("ruleset.toml", with), {});
  for (const auto& d : read.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(read.has_value());
  return *read;
}

constexpr double absent = std::numeric_limits<double>::quiet_NaN();

struct Columns {
  std::vector<double> served, pleased, adjusted, executed;
  [[nodiscard]] std::vector<NamedColumn> named() const {
    return {
        {"served", served}, {"pleased", pleased}, {"adjusted", adjusted}, {"executed", executed}};
  }
};

Columns made_up(std::size_t n) {
  std::mt19937 random(3);
  Columns out;
  const auto value = [&](double most) {
    return random() % 50 == 0 ? absent : static_cast<double>(random() % 1000) / 1000 * most;
  };
  for (std::size_t i = 0; i < n; ++i) {
    out.served.push_back(value(260));
    out.pleased.push_back(value(101));
    out.adjusted.push_back(random() % 40 == 0 ? 0 : 1e5);
    out.executed.push_back(value(1.1e5));
  }
  return out;
}

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

std::string code_of(const RuleSet& rules, const std::vector<NamedColumn>& columns) {
  const auto scores = score_columns(rules, columns);
  return scores ? "none" : scores.diagnostics().front().code;
}

}  // namespace

TEST_CASE("columns: totals, ratings, states and what lost most", "[columns]") {
  const Columns c{{200, 100, absent, 200, 200},
                  {90, 45, 90, 101, std::numeric_limits<double>::infinity()},
                  {10, 10, 10, 10, 10},
                  {10, 5, 10, 10, 10}};
  const auto scores = score_columns(wide(), c.named(), {1, true});
  REQUIRE(scores.has_value());
  CHECK(scores->bands == std::vector<std::string>{"good", "poor"});
  CHECK(scores->indicators == std::vector<std::string>{"reach", "spending", "satisfaction"});
  CHECK(scores->total[0] == 100);
  CHECK(scores->band[0] == 0);
  CHECK(scores->most_lost[0] == std::array<std::uint32_t, 3>{no_index, no_index, no_index});
  CHECK(scores->total[1] == 50);
  CHECK(scores->band[1] == 1);
  CHECK(scores->most_lost[1] == std::array<std::uint32_t, 3>{0, 2, 1});  // 25, 20, 5
  CHECK(scores->state[2] == TotalState::missing);
  CHECK(scores->band[2] == no_index);
  CHECK(std::isnan(scores->total[2]));
  CHECK(scores->state[3] == TotalState::error);  // outside [0,100]
  CHECK(scores->state[4] == TotalState::error);
  const auto lenient = score_columns(wide("zero"), c.named());
  REQUIRE(lenient.has_value());
  CHECK(lenient->total[2] == 50);
  CHECK(lenient->state[2] == TotalState::scored);
  CHECK(lenient->most_lost.empty());
}

TEST_CASE("columns: any number of threads and any cut give the same bits", "[columns]") {
  const RuleSet rules = wide("zero");
  const Columns c = made_up(5000);
  const auto columns = c.named();
  ColumnScores whole;
  REQUIRE(score_columns(rules, columns, {1, true}, whole).empty());
  for (const std::size_t threads : {0, 2, 7, 16}) {
    ColumnScores again;
    REQUIRE(score_columns(rules, columns, {threads, true}, again).empty());
    CHECK(again.band == whole.band);
    CHECK(again.state == whole.state);
    CHECK(again.most_lost == whole.most_lost);
    for (std::size_t i = 0; i < whole.total.size(); ++i)
      REQUIRE(bits(again.total[i]) == bits(whole.total[i]));
  }
  ColumnScores piece;
  for (const std::size_t parts : {2, 7, 16}) {
    for (std::size_t k = 0; k < parts; ++k) {
      const std::size_t begin = 5000 * k / parts;
      const std::size_t end = 5000 * (k + 1) / parts;
      std::vector<NamedColumn> cut = columns;
      for (auto& column : cut) column.values = column.values.subspan(begin, end - begin);
      REQUIRE(score_columns(rules, cut, {2, false}, piece).empty());
      REQUIRE(piece.total.size() == end - begin);
      for (std::size_t i = begin; i < end; ++i)
        REQUIRE(bits(piece.total[i - begin]) == bits(whole.total[i]));
    }
  }
}

TEST_CASE("columns: a project scored from files has the same total", "[columns]") {
  const scratch::Folder folder;
  std::string with = wide_rules;
  with.replace(with.find("MISSING"), 7, "error");
  const std::string rules_file = folder.write("ruleset.toml", with);
  folder.write("project.toml",
               "schema = \"jixiao/project/1\"\n[project]\nname = \"p\"\nyear = "
               "2020\n[money]\ninitial = \"9元\"\nadjusted = \"9元\"\n");
  folder.write("results.toml",
               "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"7元\"\n[inputs]\nserved = "
               "123\npleased = 77.7\n");
  const auto project = read_project({folder.path(), ""});
  const auto rules = read_rules(rules_file, {});
  REQUIRE(project.has_value());
  REQUIRE(rules.has_value());
  const Scorecard card = score(*rules, *project);
  for (const auto& d : card.diagnostics) UNSCOPED_INFO(d.code << " " << d.message.en);
  REQUIRE(card.scored);
  const Columns c{{123}, {77.7}, {9}, {7}};
  const auto scores = score_columns(*rules, c.named());
  REQUIRE(scores.has_value());
  CHECK(bits(scores->total[0]) == bits(card.total));
}

TEST_CASE("columns: what does not fit is said", "[columns]") {
  const RuleSet rules = wide();
  const std::vector<double> three{1, 2, 3};
  const std::vector<double> two{1, 2};
  CHECK(code_of(rules, {{"served", three}, {"pleased", three}}) == "none");
  CHECK(code_of(rules, {{"served", three}, {"pleased", two}}) == "value.type");
  CHECK(code_of(rules, {{"served", three}, {"served", three}, {"pleased", three}}) ==
        "id.duplicate");
  CHECK(code_of(rules, {{"served", three}}) == "key.missing");
  CHECK(code_of(rules, {{"served", three}, {"pleased", three}, {"serve", three}}) ==
        "reference.unknown");
  const std::vector<double> years{2020, absent, 2020};
  CHECK(code_of(rules, {{"served", three}, {"pleased", three}, {"year", years}}) == "value.number");
  const auto shipped = read_rules("cn-mof-2020", scratch::shipped_rules());
  REQUIRE(shipped.has_value());
  CHECK(code_of(*shipped, {{"adjusted", three}, {"executed", three}}) == "block.empty");
  ColumnScores untouched;
  untouched.total = {7};
  CHECK_FALSE(
      score_columns(rules, std::vector<NamedColumn>{{"served", three}}, {}, untouched).empty());
  CHECK(untouched.total == std::vector<double>{7});
  const auto nothing =
      score_columns(rules, std::vector<NamedColumn>{{"served", {}}, {"pleased", {}}});
  REQUIRE(nothing.has_value());
  CHECK(nothing->total.empty());
}
