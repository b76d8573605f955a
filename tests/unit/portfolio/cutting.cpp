// However the table is cut into pieces, the portfolio has the same bits.
#include <catch2/catch.hpp>
#include <cstdint>
#include <vector>

#include "jixiao/report.hpp"
#include "made_up.hpp"

using namespace jixiao;
using namespace jixiao::tests;

namespace {

// Every double of it, to the last bit: JSON prints the shortest text that reads back the same.
std::string cut(const ruleset::RuleSet& rules, const std::vector<Row>& rows,
                const std::vector<std::size_t>& lengths) {
  PortfolioRequest request;
  request.roll_up = {"局"};
  request.weight = RollUpWeight::budget;
  request.forced = {{"优", 10}};
  request.earlier = "then.csv";
  std::vector<Diagnostic> diagnostics;
  portfolio::Ledger ledger(rules, request, "t", diagnostics);
  for (std::size_t i = 0; i < rows.size(); i += 3)
    ledger.add_earlier(rows[i].project, 70 + static_cast<double>(i % 29), "良");
  std::size_t from = 0;
  for (std::size_t k = 0; from < rows.size(); ++k) {
    const std::size_t to = from + lengths[k % lengths.size()];
    ledger.add(standings(rows, from, to));
    from = to;
  }
  ledger.close();
  return render_portfolio(ledger.portfolio(), {Format::json, Language::zh, false, 100});
}

}  // namespace

TEST_CASE("any cutting gives the identical portfolio", "[portfolio]") {
  const auto rules = graded_rules();
  auto rows = random_rows(rules, 600, 5);
  // sums whose bits depend on their order
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].adjusted *= i % 2 == 0 ? 1e-7 : 1e9;
  const std::string whole = cut(rules, rows, {600});
  CHECK(whole.size() > 5000);
  for (const std::vector<std::size_t>& lengths :
       {std::vector<std::size_t>{1}, {7, 1, 100}, {599, 1}, {64}})
    CHECK(cut(rules, rows, lengths) == whole);
  std::swap(rows[0], rows[1]);  // and another table gives another one
  rows[1].total = 59.99;
  CHECK(cut(rules, rows, {600}) != whole);
}
