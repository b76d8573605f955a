#include "portfolio/ledger.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "made_up.hpp"

using namespace jixiao;
using namespace jixiao::tests;
using portfolio::Ledger;

namespace {

std::vector<double> totals_of(const std::vector<Row>& rows) {
  std::vector<double> out;
  for (const Row& row : rows) {
    if (!std::isnan(row.total)) out.push_back(row.total);
  }
  return out;
}

}  // namespace

TEST_CASE("counts, means and quantiles are what a plain count says", "[portfolio]") {
  const auto rules = graded_rules();
  for (const unsigned seed : {1U, 2U, 3U}) {
    const auto rows = random_rows(rules, 400, seed);
    const Portfolio out = portfolio_of(rules, rows);
    std::vector<double> totals = totals_of(rows);
    const auto n = static_cast<double>(totals.size());
    CHECK(out.projects == 400);
    CHECK(out.scored == totals.size());
    CHECK(out.failed == 400 - totals.size());
    const double mean = std::accumulate(totals.begin(), totals.end(), 0.0) / n;
    CHECK(out.mean == Approx(mean).epsilon(1e-13));
    double squares = 0;
    for (const double total : totals) squares += (total - mean) * (total - mean);
    CHECK(out.deviation == Approx(std::sqrt(squares / n)).epsilon(1e-12));
    std::sort(totals.begin(), totals.end());
    CHECK(out.lowest == totals.front());
    CHECK(out.highest == totals.back());
    REQUIRE(out.quantiles.size() == 9);
    for (const Quantile& quantile : out.quantiles) {
      const auto first = std::find_if(totals.begin(), totals.end(), [&](double total) {
        const auto reached = std::upper_bound(totals.begin(), totals.end(), total) - totals.begin();
        return 100.0 * static_cast<double>(reached) >= quantile.percent * n;
      });
      CHECK(quantile.total == *first);
    }
    std::vector<std::size_t> bins(50);
    for (const double total : totals)
      ++bins[std::min<std::size_t>(static_cast<std::size_t>(std::lround(total * 100)) / 200, 49)];
    CHECK(out.histogram == bins);
    for (std::size_t b = 0; b < rules.bands.size(); ++b) {
      const auto count =
          std::count_if(rows.begin(), rows.end(), [&](const Row& row) { return row.band == b; });
      CHECK(out.bands[b].projects == static_cast<std::size_t>(count));
      CHECK(out.bands[b].share == Approx(100.0 * static_cast<double>(count) / n));
    }
  }
}

TEST_CASE("quantiles are those of an inverted distribution", "[portfolio]") {
  // By hand, and what numpy.quantile(..., method='inverted_cdf') gives.
  const auto rules = graded_rules();
  std::vector<Row> rows;
  for (const double total : {15.0, 20.0, 35.0, 40.0, 50.0})
    rows.push_back(rated(rules, "p", total));
  const Portfolio five = portfolio_of(rules, rows);
  const std::vector<double> expected{15, 15, 15, 20, 35, 40, 50, 50, 50};
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(five.quantiles[i].total == expected[i]);
  rows.resize(4);
  const Portfolio four = portfolio_of(rules, rows);
  CHECK(four.quantiles[3].total == 15);  // exactly a quarter: the first of four reaches it
  CHECK(four.quantiles[4].total == 20);
  CHECK(four.quantiles[5].total == 35);
}

TEST_CASE("the deviation of large equal-ish totals keeps its digits", "[portfolio]") {
  auto rules = graded_rules();
  rules.scale = 0;
  std::vector<Row> rows;
  for (int i = 0; i < 1000; ++i) rows.push_back(rated(rules, "p", 1e9 + (i % 2)));
  CHECK(portfolio_of(rules, rows).deviation == Approx(0.5).epsilon(1e-12));
}

TEST_CASE("groups add up as a plain count does, by every weight", "[portfolio]") {
  const auto rules = graded_rules();
  const auto rows = random_rows(rules, 500, 11);
  for (const RollUpWeight weight :
       {RollUpWeight::equal, RollUpWeight::budget, RollUpWeight::execution}) {
    PortfolioRequest request;
    request.roll_up = {"局"};
    request.weight = weight;
    const Portfolio out = portfolio_of(rules, rows, request);
    REQUIRE(out.roll_ups.size() == 1);
    CHECK(out.roll_ups[0].groups.size() == 7);
    double before = 0;
    for (const Group& group : out.roll_ups[0].groups) {
      double sum = 0, weights = 0, budget = 0, spent = 0, adjusted = 0;
      std::size_t projects = 0, unweighted = 0, excellent = 0;
      for (const Row& row : rows) {
        if (row.group != group.name) continue;
        ++projects;
        excellent += row.band == 0 ? 1 : 0;
        if (!std::isnan(row.adjusted)) adjusted += row.adjusted;
        if (!std::isnan(row.adjusted) && !std::isnan(row.executed)) {
          budget += row.adjusted;
          spent += row.executed;
        }
        if (std::isnan(row.total)) continue;
        const double own = weight == RollUpWeight::equal    ? 1
                           : weight == RollUpWeight::budget ? row.adjusted
                                                            : row.executed;
        unweighted += std::isnan(own) ? 1 : 0;
        if (std::isnan(own)) continue;
        sum += own * row.total;
        weights += own;
      }
      CHECK(group.projects == projects);
      CHECK(group.unweighted == unweighted);
      CHECK(group.bands[0] == excellent);
      CHECK(group.mean == (*rules.total_rounding)(sum / weights));
      CHECK(group.band == rules.bands[rules.band_of(group.mean)].id);
      CHECK(group.adjusted == Approx(adjusted).epsilon(1e-13));
      CHECK(group.execution == Approx(100 * spent / budget).epsilon(1e-12));
      CHECK(group.rank >= before);
      before = group.rank;
    }
  }
}

TEST_CASE("the mean of a group is rated as it is printed", "[portfolio]") {
  const auto rules = graded_rules();
  PortfolioRequest request;
  request.roll_up = {"g"};
  const Portfolio out = portfolio_of(rules,
                                     {rated(rules, "a", 89.99, "x"), rated(rules, "b", 90, "x"),
                                      rated(rules, "c", 90, "y"), rated(rules, "d", 89.98, "z")},
                                     request);
  const auto& groups = out.roll_ups[0].groups;
  CHECK(groups[0].name == "x");  // 89.995 is 90.00 on paper: as good as y
  CHECK(groups[0].band == "excellent");
  CHECK(groups[0].rank == 1);
  CHECK(groups[1].rank == 1);
  CHECK(groups[2].rank == 3);
  CHECK(groups[2].band == "good");
}

TEST_CASE("a column of too many values is refused, the rest goes on", "[portfolio]") {
  const auto rules = graded_rules();
  PortfolioRequest request;
  request.roll_up = {"name"};
  std::vector<Row> rows;
  for (int i = 0; i < 100'000; ++i) rows.push_back(rated(rules, "p", 75, std::to_string(i)));
  CHECK(portfolio_of(rules, rows, request).roll_ups[0].groups.size() == 100'000);
  rows.push_back(rated(rules, "p", 75, "one more"));
  rows.push_back(rated(rules, "p", 75, "5"));
  const Portfolio out = portfolio_of(rules, rows, request);
  CHECK(out.roll_ups[0].refused);
  CHECK(out.roll_ups[0].groups.empty());
  CHECK(out.scored == 100'002);
}

namespace {

// The ratings after limits, best first: "AABC" for excellent, excellent, good, fair; D below.
std::string forced(const ruleset::RuleSet& rules, const std::vector<Row>& rows,
                   const PortfolioRequest& request) {
  std::vector<Diagnostic> diagnostics;
  Ledger ledger(rules, request, "t", diagnostics);
  CHECK(diagnostics.empty());
  ledger.add(standings(rows));
  ledger.close();
  std::string out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out += ledger.band(i) == portfolio::no_band ? '-' : static_cast<char>('A' + ledger.band(i));
  return out;
}

std::vector<Row> totals(const ruleset::RuleSet& rules, const std::vector<double>& all,
                        const std::vector<std::string>& groups = {}) {
  std::vector<Row> out;
  for (std::size_t i = 0; i < all.size(); ++i)
    out.push_back(
        rated(rules, "p" + std::to_string(i), all[i], i < groups.size() ? groups[i] : ""));
  return out;
}

}  // namespace

TEST_CASE("a limit on a rating moves down whoever is beyond it, and says why", "[portfolio]") {
  const auto rules = graded_rules();
  std::vector<Row> rows;
  for (int i = 0; i < 71; ++i) rows.push_back(rated(rules, "p", 85));
  for (int i = 0; i < 29; ++i) rows.push_back(rated(rules, "p", i < 27 ? 91 : 95 + i / 100.0));
  PortfolioRequest request;
  request.forced = {{"优", 29}, {"good", 7.5}};
  Portfolio out = portfolio_of(rules, rows, request);
  REQUIRE(out.forced.size() == 2);
  CHECK(out.forced[0].allowed == 29);  // 0.29 * 100 is 28.999999999999996
  CHECK(out.forced[0].kept);
  CHECK(std::isnan(out.forced[0].cut));
  CHECK(out.forced[1].allowed == 7);
  CHECK(out.forced[1].moved == 71);  // equal ones: no total lets 7 of them through
  CHECK(std::isnan(out.forced[1].cut));
  CHECK(out.bands[1].projects == 0);
  CHECK(out.bands[2].projects == 71);
  request.forced = {{"excellent", 28}};
  out = portfolio_of(rules, rows, request);
  CHECK(out.forced[0].moved == 27);
  CHECK(out.forced[0].cut == 95.27);  // 91 would let 29 through, not 28
  CHECK(out.bands[0].projects == 2);
  CHECK(out.bands[1].projects == 98);
}

TEST_CASE("whoever moves down counts where he arrives", "[portfolio]") {
  const auto rules = graded_rules();
  const std::vector<Row> rows = totals(rules, {99, 98, 97, 89, 88, 79, 78, 59, 50, std::nan("")});
  PortfolioRequest request;
  request.forced = {{"excellent", 12}, {"good", 34}};  // 1 and 3 of 9
  CHECK(forced(rules, rows, request) == "ABBBCCCDD-");
  request.forced = {{"excellent", 12}, {"good", 34, true}};  // good or better: 3 of 9
  CHECK(forced(rules, rows, request) == "ABBCCCCDD-");
  request.forced = {{"good", 23, true}};  // excellent is one of them: 2
  CHECK(forced(rules, rows, request) == "AACCCCCDD-");
  request.forced = {{"excellent", 0}, {"good", 0}, {"fair", 12}};
  CHECK(forced(rules, rows, request) == "CDDDDDDDD-");
  request.forced = {{"excellent", 100}, {"fair", 100, true}};
  CHECK(forced(rules, rows, request) == "AAABBCCDD-");  // nobody is raised
}

TEST_CASE("equal totals on the edge of a limit go one way, by the rule said", "[portfolio]") {
  const auto rules = graded_rules();
  const std::vector<Row> rows = totals(rules, {95, 92, 92, 91, 85});
  PortfolioRequest request;
  request.forced = {{"excellent", 40}};            // 2 of 5
  CHECK(forced(rules, rows, request) == "ABBBB");  // 91 does not pass those of 92
  request.forced_ties = ForcedTies::up;
  CHECK(forced(rules, rows, request) == "AAABB");
}

TEST_CASE("limits hold within each group, and vetoed projects stand where ranks have them",
          "[portfolio]") {
  const auto rules = graded_rules();
  std::vector<Row> rows = totals(rules, {95, 94, 93, 92, 91, 90}, {"a", "a", "b", "b", "b", "b"});
  PortfolioRequest request;
  request.roll_up = {"局"};
  request.forced = {{"优", 50}};
  request.forced_by = "局";
  CHECK(forced(rules, rows, request) == "ABAABB");
  const Portfolio out = portfolio_of(rules, rows, request);
  REQUIRE(out.forced.size() == 2);
  CHECK(out.forced[1].group == "b");
  CHECK(out.roll_ups[0].groups[1].bands == std::vector<std::size_t>{2, 2, 0, 0, 0});
  rows[2].band = 4;  // only a veto gives it: it stays, and is one of the four
  rows[3].band = 1;  // good by a veto, though 92
  CHECK(forced(rules, rows, request) == "ABEBAA");
  std::vector<Diagnostic> diagnostics;
  request.forced = {{"优", 30}};
  Ledger ledger(rules, request, "t", diagnostics);
  ledger.add(standings(rows));
  ledger.close();
  REQUIRE(ledger.forced()->findings("t").size() == 1);  // 30 % of 2 is nobody
  const portfolio::MovedRating* moved = ledger.forced()->find(0);
  REQUIRE(moved != nullptr);
  CHECK(ledger.forced()->reason(*moved).en ==
        "excellent to good: at most 0 of the 2 scored in 局 a (30%) excellent allowed, this one "
        "stands at 1");
  CHECK(ledger.forced()->find(5) != nullptr);
  CHECK(ledger.forced()->find(4) == nullptr);
}

TEST_CASE("a limit nobody can set is a diagnostic", "[portfolio]") {
  const auto rules = graded_rules();
  PortfolioRequest request;
  request.forced = {{"excelent", 30}, {"优", 130},  {"良", std::nan("")}, {"中", 40},
                    {"fair", 40},     {"poor", 10}, {"void", 10}};
  std::vector<Diagnostic> diagnostics;
  Ledger ledger(rules, request, "t", diagnostics);
  ledger.close();
  REQUIRE(diagnostics.size() == 6);
  CHECK(diagnostics[0].code == "reference.unknown");
  CHECK(diagnostics[0].help.en.find("excellent") != std::string::npos);
  CHECK(diagnostics[1].code == "value.number");
  CHECK(diagnostics[2].code == "value.number");
  CHECK(diagnostics[3].code == "id.duplicate");
  CHECK(diagnostics[4].code == "value.choice");  // the lowest: nowhere to go
  CHECK(diagnostics[5].code == "value.choice");
  CHECK(ledger.portfolio().forced.size() == 1);
}

TEST_CASE("the nearest to an edge, by the distance on paper", "[portfolio]") {
  const auto rules = graded_rules();
  std::vector<Row> rows{rated(rules, "below", 89.99),     rated(rules, "on", 80),
                        rated(rules, "above", 60.01),     rated(rules, "far", 70),
                        rated(rules, "below too", 79.99), rated(rules, "no total", std::nan(""))};
  rows.push_back(rated(rules, "vetoed", 90));
  rows.back().band = 4;
  PortfolioRequest request;
  request.near = 3;
  const auto near = portfolio_of(rules, rows, request).near_edges;
  REQUIRE(near.size() == 3);
  CHECK(near[0].project == "on");
  CHECK(near[0].distance == 0);
  CHECK(near[0].other == "fair");
  CHECK(near[1].project == "below");
  CHECK(near[1].distance == -0.01);
  CHECK(near[1].edge == 90);
  CHECK(near[1].band == "good");
  CHECK(near[1].other == "excellent");
  CHECK(near[2].project == "above");
  CHECK(near[2].distance == 0.01);
}

TEST_CASE("where points are lost", "[portfolio]") {
  const auto rules = graded_rules();
  std::vector<Row> rows;
  for (int i = 0; i < 30'000; ++i) {
    Row row = rated(rules, "p", 75);
    row.lost = "i" + std::to_string(i % 15'000);
    row.lost_points = i % 15'000 == 3 ? 5 : 1;
    rows.push_back(row);
  }
  const auto most = portfolio_of(rules, rows).lost_most;
  REQUIRE(most.size() == 21);
  CHECK(most[0].indicator == "i3");
  CHECK(most[0].points == 10);
  CHECK(most[0].projects == 2);
  CHECK(most[20].indicator.empty());
  CHECK(most[20].points == 30'000 + 8 - 10 - 19 * 2);
  CHECK(most[20].projects == 30'000 - 20 * 2);
}

TEST_CASE("an earlier table: who rose, who fell, who is new", "[portfolio]") {
  const auto rules = graded_rules();
  PortfolioRequest request;
  request.earlier = "2023.csv";
  std::vector<Diagnostic> diagnostics;
  Ledger ledger(rules, request, "2024.csv", diagnostics);
  ledger.add_earlier("up", 79.99, "中");
  ledger.add_earlier("down", 95, "excellent");
  ledger.add_earlier("same", 70, "fair");
  ledger.add_earlier("gone", 70, "fair");
  ledger.add_earlier("failed now", 70, "fair");
  ledger.add_earlier("failed then", std::nan(""), "");
  ledger.add_earlier("other words", 65, "合格");
  ledger.add_earlier("up", 10, "poor");  // named twice: the first counts
  ledger.add(standings({rated(rules, "up", 90), rated(rules, "down", 59), rated(rules, "same", 70),
                        rated(rules, "failed now", std::nan("")), rated(rules, "failed then", 80),
                        rated(rules, "new", 80), rated(rules, "other words", 66)}));
  const auto change = ledger.portfolio().change;
  REQUIRE(change);
  CHECK(change->both == 4);
  CHECK(change->only_now == 2);
  CHECK(change->only_earlier == 2);
  CHECK(change->unrated == 1);
  CHECK(change->moved[2][0] == 1);
  CHECK(change->moved[0][3] == 1);
  CHECK(change->moved[2][2] == 1);
  CHECK(change->mean_change == Approx((10.01 - 36 + 0 + 1) / 4));
  REQUIRE(change->risen.size() == 2);
  CHECK(change->risen[0].project == "up");
  CHECK(change->risen[0].band_earlier == "fair");
  REQUIRE(change->fallen.size() == 1);
  CHECK(change->fallen[0].band_now == "poor");
}

TEST_CASE("a project named twice now meets its earlier self once", "[portfolio]") {
  const auto rules = graded_rules();
  PortfolioRequest request;
  request.earlier = "then.csv";
  std::vector<Diagnostic> diagnostics;
  Ledger ledger(rules, request, "now.csv", diagnostics);
  ledger.add_earlier("p", 70, "fair");
  ledger.add(standings({rated(rules, "p", 80), rated(rules, "p", 90)}));
  const auto change = ledger.portfolio().change;
  CHECK(change->both == 1);
  CHECK(change->only_now == 1);
  CHECK(change->only_earlier == 0);
}

TEST_CASE("movers with equal changes stand in the order of the table, ten at most", "[portfolio]") {
  const auto rules = graded_rules();
  PortfolioRequest request;
  request.earlier = "then.csv";
  std::vector<Diagnostic> diagnostics;
  Ledger ledger(rules, request, "now.csv", diagnostics);
  std::vector<Row> rows;
  for (int i = 0; i < 5000; ++i) {
    rows.push_back(rated(rules, "p" + std::to_string(i), 61.1));
    ledger.add_earlier(rows.back().project, 60.0 + (i == 4000 ? 0 : 0.1), "");
  }
  ledger.add(standings(rows));
  const auto change = ledger.portfolio().change;
  REQUIRE(change->risen.size() == 10);
  CHECK(change->risen[0].project == "p4000");
  for (std::size_t i = 1; i < 10; ++i)
    CHECK(change->risen[i].project == "p" + std::to_string(i - 1));
}

TEST_CASE("nothing, nothing scored, one project, no ratings", "[portfolio]") {
  auto rules = graded_rules();
  PortfolioRequest request;
  request.roll_up = {"g"};
  request.earlier = "then.csv";
  const Portfolio empty = portfolio_of(rules, {}, request);
  CHECK(empty.projects == 0);
  CHECK(std::isnan(empty.mean));
  CHECK(std::isnan(empty.bands[0].share));
  CHECK(empty.quantiles.empty());
  CHECK(empty.roll_ups[0].groups.empty());
  CHECK(std::isnan(empty.change->mean_change));
  const Portfolio failed = portfolio_of(rules, {rated(rules, "a", std::nan(""), "x")}, request);
  CHECK(failed.failed == 1);
  CHECK(std::isnan(failed.roll_ups[0].groups[0].mean));
  CHECK(std::isnan(failed.roll_ups[0].groups[0].rank));
  const Portfolio one = portfolio_of(rules, {rated(rules, "a", 88)}, request);
  CHECK(one.deviation == 0);
  CHECK(one.quantiles[0].total == 88);
  CHECK(one.quantiles[8].total == 88);
  CHECK(one.roll_ups[0].groups[0].name.empty());
  rules.bands.clear();
  const Portfolio plain = portfolio_of(rules, {rated(rules, "a", 88, "x")}, request);
  CHECK(plain.bands.empty());
  CHECK(plain.near_edges.empty());
  CHECK(plain.roll_ups[0].groups[0].band.empty());
  CHECK(plain.change->moved.empty());
}

TEST_CASE("totals beyond the scale widen the histogram by quarters", "[portfolio]") {
  const auto rules = graded_rules();
  const Portfolio out =
      portfolio_of(rules, {rated(rules, "a", 100), rated(rules, "b", 104), rated(rules, "c", -3)});
  CHECK(out.histogram_low == -25);
  CHECK(out.histogram_high == 125);
  CHECK(std::accumulate(out.histogram.begin(), out.histogram.end(), std::size_t{0}) == 3);
  CHECK(out.histogram[7] == 1);
  CHECK(portfolio_of(rules, {rated(rules, "a", 100)}).histogram[49] == 1);
}

TEST_CASE("ranks of the ledger", "[portfolio]") {
  const auto rules = graded_rules();
  PortfolioRequest request;
  std::vector<Diagnostic> diagnostics;
  for (const Ties ties : {Ties::competition, Ties::none}) {
    request.ties = ties;
    Ledger ledger(rules, request, "t", diagnostics);
    ledger.add(
        standings({rated(rules, "a", 80), rated(rules, "b", std::nan("")), rated(rules, "c", 90)}));
    ledger.close();
    const auto rank = ledger.ranks();
    if (ties == Ties::none) {
      CHECK(rank.empty());
    } else {
      CHECK(rank[0] == 2);
      CHECK(std::isnan(rank[1]));
      CHECK(rank[2] == 1);
    }
  }
}
