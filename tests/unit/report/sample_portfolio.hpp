// Made-up projects of made-up bureaus, and what comes of them together: a bit of everything the
// reports show.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "portfolio/comparison.hpp"
#include "unit/portfolio/made_up.hpp"

namespace jixiao::tests {

inline std::vector<Row> sample_rows(const ruleset::RuleSet& rules, std::size_t count = 1200) {
  static constexpr std::array<const char*, 11> bureaus{
      "教育局",     "卫生健康局", "交通运输局", "农业农村局",       "民政局", "文化和旅游局",
      "生态环境局", "水务局",     "科技局",     "住房和城乡建设局", "审计局"};
  static constexpr std::array<const char*, 8> indicators{
      "资金到位率", "项目完成时间", "受益群众满意度", "设备采购数量",
      "培训人次",   "验收合格率",   "单位成本控制",   "就业带动人数"};
  std::mt19937_64 random(20);
  const auto unit = [&] { return static_cast<double>(random() % 1'000'000) / 1e6; };
  std::vector<Row> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t bureau = static_cast<std::size_t>(unit() * unit() * 11);
    const double spread = unit() + unit() + unit() - 1.5;
    const double total = (*rules.total_rounding)(
        std::clamp(85.5 - 1.1 * static_cast<double>(bureau) + 17 * spread, 21.0, 100.0));
    Row row = rated(rules, "（虚构）项目 " + std::to_string(i + 1), total, bureaus[bureau]);
    row.initial = std::round(std::exp(11 + 3 * unit() + 0.15 * static_cast<double>(bureau)));
    row.adjusted = row.initial;
    row.executed = std::round(row.adjusted * (0.7 + 0.3 * unit()));
    row.output = total * 0.6;
    row.lost = indicators[static_cast<std::size_t>(unit() * unit() * 8)];
    row.lost_points = (100 - total) / 2;
    if (i % 97 == 5) {
      row.band = 4;
    } else if (i % 83 == 7) {
      row = rated(rules, row.project, std::nan(""), row.group);
    }
    rows.push_back(row);
  }
  return rows;
}

inline Portfolio sample_portfolio() {
  const auto rules = graded_rules();
  const auto rows = sample_rows(rules);
  PortfolioRequest request;
  request.roll_up = {"主管部门"};
  request.weight = RollUpWeight::budget;
  request.forced = {{"优", 20}, {"良", 60}};
  request.earlier = "made-up-2023.csv";
  std::vector<Diagnostic> diagnostics;
  portfolio::Ledger ledger(rules, request, "made-up-2024.csv", diagnostics);
  std::mt19937_64 random(4);
  for (const Row& row : rows) {
    if (std::isnan(row.total) || random() % 10 == 0) continue;
    const double then =
        std::clamp(row.total + static_cast<double>(random() % 1600) / 100 - 9, 0.0, 100.0);
    const Row before = rated(rules, row.project, (*rules.total_rounding)(then));
    ledger.add_earlier(before.project, before.total, rules.bands[before.band].id);
  }
  ledger.add(standings(rows));
  ledger.close();
  return ledger.portfolio();
}

inline RulesComparison sample_comparison() {
  auto a = graded_rules(), b = graded_rules();
  a.id = "current";
  b.id = "proposed";
  b.title = {"四级（修订）", "four grades, revised"};
  b.bands[0].range.low = 88;
  b.bands[1].range.high = 88;
  portfolio::Comparer comparer(a, b, "made-up-2024.csv", 12);
  std::mt19937_64 random(9);
  for (const Row& row : sample_rows(a, 400)) {
    const double half = row.total / 2, more = static_cast<double>(random() % 900) / 100;
    const std::vector<portfolio::IndicatorUnderBoth> under_both{
        {"项目完成时间", "linear-decay", "steps", 50, 50, half, half - more, half, half - more},
        {"受益群众满意度", "ratio", "ratio", 50, 60, half, half * 1.2, half, half * 1.2}};
    portfolio::ProjectUnderBoth project{row.project,        row.total,         0,
                                        row.total,          half * 2.2 - more, row.band,
                                        portfolio::no_band, under_both};
    project.total_b = std::isnan(row.total) ? row.total
                                            : (*b.total_rounding)(std::min(project.base_b, 100.0));
    if (!std::isnan(row.total))
      project.band_b = row.band == 4 ? 4 : static_cast<std::uint32_t>(b.band_of(project.total_b));
    comparer.add(project, comparer.judge(project));
  }
  return comparer.comparison();
}

}  // namespace jixiao::tests
