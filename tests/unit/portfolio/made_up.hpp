// A rule set of bands alone, and made-up standings for it, with cells that live as long as they do.
#pragma once

#include <cmath>
#include <cstdint>
#include <deque>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "portfolio/ledger.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::tests {

// Ratings 优 [90,100], 良 [80,90), 中 [60,80), 差 below; a fifth only a veto gives.
inline ruleset::RuleSet graded_rules() {
  ruleset::RuleSet rules;
  rules.id = "graded";
  rules.version = "1.0.0";
  rules.title = {"四级", "four grades"};
  rules.total_rounding = value::Rounding{2, value::RoundingMode::half_up};
  const double infinite = std::numeric_limits<double>::infinity();
  const auto band = [&](std::string id, Text label, ruleset::Interval range) {
    ruleset::Band out;
    out.id = std::move(id);
    out.label = std::move(label);
    out.range = range;
    rules.bands.push_back(out);
  };
  band("excellent", {"优", "excellent"}, {90, infinite, true, false});
  band("good", {"良", "good"}, {80, 90, true, false});
  band("fair", {"中", "fair"}, {60, 80, true, false});
  band("poor", {"差", "poor"}, {-infinite, 60, false, false});
  band("void", {"一票否决", "void"}, {});
  rules.bands.back().only_veto = true;
  rules.blocks.resize(2);
  rules.blocks[0].id = "output";
  rules.blocks[0].name = {"产出", "output"};
  rules.blocks[1].id = "benefit";
  rules.blocks[1].name = {"效益", "benefit"};
  return rules;
}

// One project, as a test writes it.
struct Row {
  std::string project;
  double total = std::nan("");
  std::uint32_t band = portfolio::no_band;
  double initial = std::nan(""), adjusted = std::nan(""), executed = std::nan("");
  std::string group;
  double output = std::nan("");
  std::string lost;
  double lost_points = std::nan("");
};

// A total rated by the rules' own bands.
inline Row rated(const ruleset::RuleSet& rules, std::string project, double total,
                 std::string group = "") {
  Row row;
  row.project = std::move(project);
  row.total = total;
  const std::size_t band = rules.band_of(total);
  row.band = band == ruleset::none ? portfolio::no_band : static_cast<std::uint32_t>(band);
  row.group = std::move(group);
  return row;
}

// Views into `rows`.
inline portfolio::Standings standings(const std::vector<Row>& rows, std::size_t begin = 0,
                                      std::size_t end = static_cast<std::size_t>(-1)) {
  portfolio::Standings out;
  out.blocks.resize(2);
  out.groups.resize(1);
  out.lost_most.resize(3);
  out.lost_points.resize(3);
  for (std::size_t i = begin; i < std::min(end, rows.size()); ++i) {
    const Row& row = rows[i];
    out.project.push_back(row.project);
    out.total.push_back(row.total);
    out.band.push_back(row.band);
    out.initial.push_back(row.initial);
    out.adjusted.push_back(row.adjusted);
    out.executed.push_back(row.executed);
    out.blocks[0].push_back(row.output);
    out.blocks[1].push_back(std::isnan(row.total) ? std::nan("") : row.total - row.output);
    out.groups[0].push_back(row.group);
    out.lost_most[0].push_back(row.lost);
    out.lost_points[0].push_back(row.lost_points);
    for (std::size_t k = 1; k < 3; ++k) {
      out.lost_most[k].emplace_back();
      out.lost_points[k].push_back(0);
    }
  }
  return out;
}

// Totals with ties, failed projects, amounts that are missing, a veto now and then.
inline std::vector<Row> random_rows(const ruleset::RuleSet& rules, std::size_t count,
                                    unsigned seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::vector<Row> rows;
  for (std::size_t i = 0; i < count; ++i) {
    Row row = rated(rules, "项目 " + std::to_string(i), 40 + static_cast<double>(below(6001)) / 100,
                    "局" + std::to_string(below(7)));
    if (below(20) == 0) row.band = 4;
    if (below(4) > 0) row.initial = static_cast<double>(below(1000000)) / 100;
    if (below(4) > 0) row.adjusted = static_cast<double>(below(1000000)) / 100;
    if (below(4) > 0) row.executed = static_cast<double>(below(1000000)) / 100;
    row.output = row.total * 0.6;
    row.lost = "指标" + std::to_string(below(30));
    row.lost_points = static_cast<double>(below(900)) / 100;
    if (below(15) == 0) {
      row.total = row.output = row.lost_points = std::nan("");
      row.lost.clear();
      row.band = portfolio::no_band;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

inline Portfolio portfolio_of(const ruleset::RuleSet& rules, const std::vector<Row>& rows,
                              const PortfolioRequest& request = {}) {
  std::vector<Diagnostic> diagnostics;
  portfolio::Ledger ledger(rules, request, "made-up.csv", diagnostics);
  ledger.add(standings(rows));
  ledger.close();
  return ledger.portfolio();
}

}  // namespace jixiao::tests
