// Statistics of whole tables: the same bits however the table is shared out, and the published ASEM
// index from its table alone.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>

#include "jixiao/jixiao.hpp"
#include "numeric/exact_sum.hpp"
#include "scratch.hpp"
#include "survey/accumulator.hpp"

using namespace jixiao;

namespace {

const std::string root = JIXIAO_SOURCE_DIR;
const std::string countries = root + "/scenarios/asem-2018/countries.csv";

RuleLibrary library(const std::string& statistics = {}) {
  RuleLibrary out{{root + "/rules"}, {}};
  out.statistics = statistics;
  return out;
}

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// Cells of a table without quotes, by project and column.
std::map<std::string, std::map<std::string, std::string>> cells_of(const std::string& path) {
  std::istringstream lines(contents(path));
  std::vector<std::string> header;
  std::map<std::string, std::map<std::string, std::string>> out;
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream parts(line);
    for (std::string cell; std::getline(parts, cell, ',');) cells.push_back(cell);
    if (header.empty()) {
      header = cells;
      continue;
    }
    for (std::size_t c = 0; c < cells.size() && c < header.size(); ++c)
      out[cells[0]][header[c]] = cells[c];
  }
  return out;
}

const char* every_kind = R"(schema  = "jixiao/ruleset/1"
id      = "kinds"
version = "1"
extends = "methods"
title   = "Kinds"
cite    = { text = "a test", evidence = "illustrative" }
input   = [ { id = "x" }, { id = "region" } ]
block   = [ { id = "all", weight = 100 } ]
statistic = [
  { id = "middle", of = 'x', is = "median", by = "region" },
  { id = "spread", of = 'x', is = "sd", by = "year" },
  { id = "level", of = 'x', is = "mean" },
  { id = "part", of = 'x', is = "share", by = "region" },
  { id = "place", of = 'x', is = "rank" },
]
[[indicator]]
id     = "own"
block  = "all"
actual = 'x - middle + spread + level + part + place'
method = "value.raw"
)";

// 500 projects of three regions and two years, some without a value, in the order of `seed`.
std::string made_up_table(unsigned seed) {
  std::mt19937 values(7);
  std::vector<std::string> rows;
  for (int i = 0; i < 500; ++i) {
    const double x =
        std::ldexp(static_cast<double>(values()), static_cast<int>(values() % 60) - 50);
    std::ostringstream row;
    row.precision(17);
    row << "p" << i << "," << 2020 + i % 2 << ",";
    if (i % 50 != 0) row << x;
    row << "," << i % 3 << "\n";
    rows.push_back(row.str());
  }
  std::mt19937 order(seed);
  if (seed != 0) std::shuffle(rows.begin(), rows.end(), order);
  std::string out = "project,year,x,region\n";
  for (const std::string& row : rows) out += row;
  return out;
}

}  // namespace

TEST_CASE("an exact sum does not depend on order or on parts", "[survey]") {
  std::mt19937 draw(1);
  std::vector<double> numbers;
  for (int i = 0; i < 2000; ++i) {
    const double x = std::ldexp(static_cast<double>(draw()), static_cast<int>(draw() % 400) - 200);
    numbers.push_back(x);
    if (i % 3 != 0) numbers.push_back(-x);
  }
  numeric::ExactSum forth, back, left, right;
  for (const double x : numbers) forth.add(x);
  for (auto x = numbers.rbegin(); x != numbers.rend(); ++x) back.add(*x);
  for (std::size_t i = 0; i < numbers.size(); ++i) (i % 7 < 3 ? left : right).add(numbers[i]);
  left.add(right);
  CHECK(forth.rounded() == back.rounded());
  CHECK(forth.rounded() == left.rounded());
  numeric::ExactSum cancelled;
  for (const double x : {1e100, 1.0, -1e100, 1e-300}) cancelled.add(x);
  CHECK(cancelled.rounded() == 1.0);
  numeric::ExactSum tie;  // half way, and a little more
  for (const double x : {1.0, std::ldexp(1.0, -53), std::ldexp(1.0, -200)}) tie.add(x);
  CHECK(tie.rounded() == std::nextafter(1.0, 2.0));
}

TEST_CASE("a standard deviation of nearly equal values is right to the last digits", "[survey]") {
  ruleset::Statistic statistic;
  statistic.is = ruleset::StatisticKind::sd;
  survey::Accumulator all(statistic);
  const std::vector<double> values{1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4};
  all.add(values, std::vector<double>(4, 0.0));
  CHECK(all.groups(false).at(0).value == std::sqrt(5.0 / 3.0));
}

TEST_CASE("shards, threads and orders of a table give the same statistics", "[survey]") {
  const scratch::Folder folder;
  write(folder.at("kinds.toml"), every_kind);
  const auto rules = read_rules(folder.at("kinds.toml"), library());
  REQUIRE(rules);
  write(folder.at("t.csv"), made_up_table(0));
  BatchRequest request;
  request.inputs = {folder.at("t.csv")};
  const auto whole = survey_table(*rules, request);
  REQUIRE(whole);
  CHECK(whole->projects == 500);
  for (const std::size_t threads : {1, 2, 5}) {
    request.threads = threads;
    CHECK(survey_table(*rules, request)->file == whole->file);
  }
  for (const std::size_t count : {2, 3, 7}) {
    std::vector<std::string> parts;
    for (std::size_t i = count; i >= 1; --i) {
      request.shard = Shard{i, count};
      const auto part = survey_table(*rules, request);
      REQUIRE(part);
      parts.push_back(folder.at("part-" + std::to_string(i) + ".toml"));
      write(parts.back(), part->file);
    }
    const auto merged = merge_surveys(*rules, parts);
    REQUIRE(merged);
    CHECK(merged->file == whole->file);
    parts.pop_back();
    CHECK(merge_surveys(*rules, parts).diagnostics().at(0).code == "part.wrong");
  }
  request.shard.reset();
  for (const unsigned seed : {1U, 2U, 3U}) {
    write(folder.at("t.csv"), made_up_table(seed));
    CHECK(survey_table(*rules, request)->file == whole->file);
  }
}

TEST_CASE("a frozen table scores the rows it was made of to the bits of the whole run",
          "[survey]") {
  const scratch::Folder folder;
  write(folder.at("kinds.toml"), every_kind);
  write(folder.at("t.csv"), made_up_table(0));
  const auto rules = read_rules(folder.at("kinds.toml"), library());
  BatchRequest request;
  request.inputs = {folder.at("t.csv")};
  request.output = folder.at("whole.csv");
  REQUIRE(run_batch(*rules, request));
  write(folder.at("frozen.toml"), survey_table(*rules, request)->file);
  const auto frozen = read_rules(folder.at("kinds.toml"), library(folder.at("frozen.toml")));
  REQUIRE(frozen);
  request.output = folder.at("frozen.csv");
  REQUIRE(run_batch(*frozen, request));
  CHECK(contents(folder.at("whole.csv")) == contents(folder.at("frozen.csv")));
  // Half of the table, by statistics of all of it.
  std::istringstream lines(made_up_table(0));
  std::string half;
  int number = 0;
  for (std::string line; std::getline(lines, line); ++number) {
    if (number % 2 == 0) half += line + "\n";
  }
  write(folder.at("half.csv"), half);
  request.inputs = {folder.at("half.csv")};
  request.output = folder.at("half-scored.csv");
  REQUIRE(run_batch(*frozen, request));
  const auto all = cells_of(folder.at("whole.csv"));
  for (const auto& [project, cells] : cells_of(folder.at("half-scored.csv")))
    CHECK(cells.at("total") == all.at(project).at("total"));
}

TEST_CASE("a statistic of points comes after the points", "[survey]") {
  const scratch::Folder folder;
  write(folder.at("curve.toml"), R"(schema  = "jixiao/ruleset/1"
id      = "curve"
version = "1"
extends = "methods"
title   = "Curve"
cite    = { text = "a test", evidence = "illustrative" }
input   = [ { id = "x" } ]
block   = [ { id = "raw" } ]
statistic = [
  { id = "best", of = 'points_marks', is = "max" },
  { id = "place", of = 'raw', is = "rank" },
  { id = "last", of = 'place', is = "max" },
]
[total]
combine = '100*raw/best - (place - 1)/last'
range   = []
[[indicator]]
id     = "marks"
block  = "raw"
weight = 10
actual = 'x'
method = "normalise.min-max"
)");
  write(folder.at("t.csv"), "project,x\na,4\nb,2\nc,3\nd,\ne,0\n");
  const auto rules = read_rules(folder.at("curve.toml"), library());
  REQUIRE(rules);
  BatchRequest request;
  request.inputs = {folder.at("t.csv")};
  request.output = folder.at("out.csv");
  const auto outcome = run_batch(*rules, request);
  REQUIRE(outcome);
  CHECK(outcome->failed == 1);
  auto cells = cells_of(folder.at("out.csv"));
  CHECK(cells["a"]["total"] == "100");
  CHECK(cells["c"]["total"] == "74.75");
  CHECK(cells["b"]["total"] == "49.5");
  CHECK(cells["e"]["total"] == "-0.75");
}

TEST_CASE("the published ASEM index comes out of its table", "[survey][published]") {
  const scratch::Folder folder;
  const auto rules = read_rules("asem-2018", library());
  REQUIRE(rules);
  BatchRequest request;
  request.inputs = {countries};
  request.output = folder.at("out.csv");
  const std::vector<std::string> pillars{"physical", "conecfin", "political", "instit",
                                         "p2p",      "environ",  "social",    "susecfin"};
  request.columns = {"project", "total", "rank"};
  request.columns.insert(request.columns.end(), pillars.begin(), pillars.end());
  const auto outcome = run_batch(*rules, request);
  REQUIRE(outcome);
  CHECK(outcome->failed == 0);
  const auto published = cells_of(root + "/scenarios/asem-2018/published.csv");
  const auto scored = cells_of(folder.at("out.csv"));
  REQUIRE(published.size() == 51);
  REQUIRE(scored.size() == 51);
  for (const auto& [country, cells] : scored) {
    INFO(country);
    const auto& right = published.at(country);
    CHECK(std::abs(std::stod(cells.at("total")) - std::stod(right.at("index"))) <= 1e-9);
    CHECK(cells.at("rank") == right.at("rank"));
    for (const std::string& pillar : pillars)
      CHECK(std::abs(std::stod(cells.at(pillar)) - std::stod(right.at(pillar))) <= 1e-9);
  }
}
