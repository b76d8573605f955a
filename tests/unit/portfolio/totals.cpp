#include "portfolio/totals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <random>

#include "portfolio/distribution.hpp"
#include "portfolio/rank.hpp"

using namespace jixiao;
using namespace jixiao::portfolio;

namespace {

std::vector<double> made_up(std::size_t count, std::uint64_t different) {
  std::mt19937_64 random(different);
  std::vector<double> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(random() % 50 == 0 ? std::nan("")
                                     : static_cast<double>(random() % different) / 100 - 1);
  }
  return out;
}

Totals counted(const std::vector<double>& totals) {
  Totals out;
  for (const double total : totals) out.add(total);
  out.count();
  return out;
}

// By its meaning: one more than the better ones, from a sorted copy.
double rank_among(const std::vector<double>& falling, double total, Ties ties) {
  const auto [first, last] =
      std::equal_range(falling.begin(), falling.end(), total, std::greater<>());
  const auto before = static_cast<double>(first - falling.begin());
  if (ties == Ties::competition) return before + 1;
  if (ties == Ties::fractional) return before + (static_cast<double>(last - first) + 1) / 2;
  double different = 1;
  for (auto at = falling.begin(); at != first; ++at)
    different += at == falling.begin() || *at != *(at - 1) ? 1 : 0;
  return different;
}

}  // namespace

TEST_CASE("ranks of many projects, whether their totals are counted or sorted", "[portfolio]") {
  for (const std::uint64_t different : {3U, 9000U, 60000U}) {
    const std::vector<double> totals = made_up(30000, different);
    const Totals kept = counted(totals);
    CHECK(kept.total_counts().has_value() == (different < TotalCounts::most));
    std::vector<double> falling;
    for (const double total : totals) {
      if (!std::isnan(total)) falling.push_back(total);
    }
    std::sort(falling.begin(), falling.end(), std::greater<>());
    for (const Ties ties : {Ties::competition, Ties::dense, Ties::fractional}) {
      const portfolio::RankColumn found = kept.ranks(ties);
      REQUIRE(found.size() == totals.size());
      const std::vector<double> sorted = ranks(totals, ties);
      for (std::size_t i = 0; i < totals.size(); i += 997) {
        if (std::isnan(totals[i])) {
          CHECK(std::isnan(found[i]));
          CHECK(std::isnan(sorted[i]));
        } else {
          CHECK(found[i] == rank_among(falling, totals[i], ties));
          CHECK(found[i] == sorted[i]);
        }
      }
    }
  }
}

TEST_CASE("how totals are spread is the same of a tally", "[portfolio]") {
  for (const std::uint64_t different : {1U, 7U, 10001U}) {
    const std::vector<double> totals = made_up(20000, different);
    const Totals kept = counted(totals);
    const auto& total_counts = kept.total_counts();
    REQUIRE(total_counts);
    const auto of_tally = quantiles_of(*total_counts);
    const auto sorted = quantiles_of(totals);
    REQUIRE(of_tally.size() == sorted.size());
    for (std::size_t i = 0; i < of_tally.size(); ++i) {
      CHECK(of_tally[i].percent == sorted[i].percent);
      CHECK(of_tally[i].total == sorted[i].total);
    }
    const portfolio::Spread spread = spread_of(totals);
    const portfolio::Spread again = spread_of(*total_counts);
    CHECK(again.scored == spread.scored);
    CHECK(again.lowest == spread.lowest);
    CHECK(again.highest == spread.highest);
    CHECK(std::abs(again.mean - spread.mean) <= 1e-12 * std::abs(spread.mean));
    CHECK(std::abs(again.deviation - spread.deviation) <= 1e-12 * spread.deviation);
    CHECK(histogram_of(*total_counts, spread, 100).bins == histogram_of(totals, spread, 100).bins);
  }
  CHECK(quantiles_of(*counted({}).total_counts()).empty());
  CHECK(spread_of(*counted({std::nan("")}).total_counts()).scored == 0);
}
