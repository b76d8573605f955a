// Made-up answers of studies: one of each kind as it comes, and awkward ones.
#pragma once

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/study.hpp"

namespace jixiao::tests {

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

inline std::vector<RatingBand> four_bands() {
  return {{"excellent", {"优", "excellent"}, 90},
          {"good", {"良", "good"}, 80},
          {"fair", {"中", "fair"}, 60},
          {"poor", {"差", "poor"}, -std::numeric_limits<double>::infinity()}};
}

inline std::string rating_of(double total) {
  return total >= 90   ? "excellent"
         : total >= 80 ? "good"
         : total >= 60 ? "fair"
         : total < 60  ? "poor"
                       : "";
}

inline StudyReport study_report(std::string kind, StudyAnswer answer) {
  StudyReport out;
  out.project = {"社区建设和管理（虚构）", "Community building (made up)"};
  out.project_file = "project.toml";
  out.year = 2020;
  out.unit = "某区民政局";
  out.illustrative = true;
  out.engine = "jixiao";
  out.rules = "cn-mof-2020";
  out.rules_version = "1.0.0";
  out.rules_title = {"项目支出绩效自评", "Project self-evaluation"};
  out.id = "sample";
  out.kind = std::move(kind);
  out.output = "total";
  out.output_label = {"总分", "total"};
  out.bands = four_bands();
  out.baseline = 91.87;
  out.rating = "excellent";
  out.inputs = {
      {"drivers.rate",
       {"每人每天培训标准", "training rate per person and day"},
       "元/人/天",
       300,
       "300元/人/天",
       "200..400"},
      {"drivers.trainees",
       {"参训干部人数", "cadres to be trained"},
       "人",
       200,
       "200人",
       "100..300"},
      {"results.satisfaction", {"居民满意度", "residents satisfied"}, "%", 91, "91%", "80..98"},
      {"items.offices",
       {"社区居委会工作经费", "community office funds"},
       "元",
       870000,
       "870,000元",
       "600000..1000000"},
      {"results.finished",
       {"全部工作完成时间", "all work finished by"},
       "",
       18606,
       "2020-12-10",
       "2020-11-20..2020-12-31"}};
  out.answer = std::move(answer);
  return out;
}

inline StudiedPoint at(double value, std::string shown, double output) {
  return {value, std::move(shown), output, rating_of(output)};
}

inline StudyReport tornado_study() {
  return study_report(
      "tornado",
      Tornado{{{4, at(18586, "2020-11-20", 94.87), at(18627, "2020-12-31", 87.2), 87.2, 94.87, {}},
               {1, at(100, "100人", 88.75), at(300, "300人", 92.3), 88.75, 93.1, {"trainees"}},
               {3, at(600000, "600,000元", 90.1), at(1000000, "1,000,000元", 91.9), 90.1, 91.9, {}},
               {0,
                at(200, "200元/人/天", 91.87),
                at(400, "400元/人/天", 90.79),
                90.79,
                91.87,
                {"within_budget"}},
               {2, at(80, "80%", 91.2), at(98, "98%", 92.4), 91.2, 92.4, {}}}});
}

inline InputGrid rate_by_trainees(std::size_t columns, std::size_t rows) {
  InputGrid grid{0, 1, {}, {}, {}, {}, {}, {}, {}};
  for (std::size_t i = 0; i < columns; ++i) {
    grid.xs.push_back(200 + 200.0 * static_cast<double>(i) / static_cast<double>(columns - 1));
    grid.xs_shown.push_back(std::to_string(static_cast<int>(grid.xs.back())) + "元/人/天");
  }
  for (std::size_t j = 0; j < rows; ++j) {
    grid.ys.push_back(100 + 200.0 * static_cast<double>(j) / static_cast<double>(rows - 1));
    grid.ys_shown.push_back(std::to_string(static_cast<int>(grid.ys.back())) + "人");
  }
  for (const double y : grid.ys) {
    for (const double x : grid.xs) {
      const double total = std::round(100 * (96 - 22 * std::pow(std::max(0.0, 1 - y / 260), 1.3) -
                                             9 * std::pow(std::max(0.0, x - 260) / 140, 2))) /
                           100;
      grid.values.push_back(total);
      grid.ratings.push_back(rating_of(total));
      grid.violated.push_back(x * y > 78000 ? 1 : 0);
    }
  }
  return grid;
}

inline StudyReport heat_map_study() { return study_report("grid", rate_by_trainees(21, 21)); }

inline StudyReport curve_study() {
  InputGrid grid{2, std::nullopt, {}, {0}, {}, {}, {}, {}, {}};
  for (int i = 0; i <= 18; ++i) {
    const double x = 80 + i;
    grid.xs.push_back(x);
    grid.xs_shown.push_back(std::to_string(80 + i) + "%");
    const double total = std::round(100 * (91.87 + 0.35 * std::min(x - 91, 4.0))) / 100;
    grid.values.push_back(total);
    grid.ratings.push_back(rating_of(total));
    grid.violated.push_back(x < 83 ? 1 : 0);
  }
  return study_report("grid", grid);
}

inline StudyReport break_even_study() {
  return study_report(
      "break-even", BreakEvens{{{1, false, true, at(158, "158人", 90.02), at(157, "157人", 89.98),
                                 100, "100人", 1, true},
                                {1, true, false, {}, {}, 300, "300人", 1, true},
                                {0, true, true, at(360, "360元/人/天", 90),
                                 at(370, "370元/人/天", 89.9), 400, "400元/人/天", 10, false},
                                {0, false, false, {}, {}, 200, "200元/人/天", 10, true},
                                {4, true, true, at(18616, "2020-12-20", 90.1),
                                 at(18617, "2020-12-21", 89.88), 18627, "2020-12-31", 1, true},
                                {2, false, true, at(86, "86%", 90.12), at(85.9, "85.9%", 89.99), 60,
                                 "60%", 0.1, true},
                                {2, true, false, {}, {}, 100, "100%", 0.1, true}}});
}

inline Spread normal_spread(double mean, double deviation, std::size_t bins) {
  Spread out{"total",
             {"总分", "total"},
             "",
             100000,
             0,
             mean,
             deviation / 316,
             deviation,
             mean - 4 * deviation,
             mean + 3.2 * deviation,
             {},
             {}};
  for (std::size_t i = 0; i <= bins; ++i)
    out.histogram.edges.push_back(
        mean + deviation * (-4 + 7.2 * static_cast<double>(i) / static_cast<double>(bins)));
  for (std::size_t i = 0; i < bins; ++i) {
    const double z = ((out.histogram.edges[i] + out.histogram.edges[i + 1]) / 2 - mean) / deviation;
    out.histogram.counts.push_back(static_cast<std::size_t>(100000 * std::exp(-z * z / 2) * 7.2 /
                                                            static_cast<double>(bins) / 2.5066));
  }
  for (const auto& [level, z] : {std::pair{0.01, -2.326},
                                 {0.05, -1.645},
                                 {0.25, -0.674},
                                 {0.5, 0.0},
                                 {0.75, 0.674},
                                 {0.95, 1.645},
                                 {0.99, 2.326}})
    out.quantiles.push_back({level, mean + z * deviation, deviation / 200,
                             mean + (z - 0.01) * deviation, mean + (z + 0.01) * deviation});
  return out;
}

inline StudyReport monte_carlo_study() {
  MonteCarloAnswer answer{
      {normal_spread(91.2, 1.9, 48)},
      {{"excellent", {"优", "excellent"}, 0.736, 0.0014, 0.733, 0.739},
       {"good", {"良", "good"}, 0.264, 0.0014, 0.261, 0.267},
       {"fair", {"中", "fair"}, 0, 0, 0, 3e-5},
       {"poor", {"差", "poor"}, 0, 0, 0, 3e-5}},
      {{"trainees", {"至少培训 150 人", "at least 150 trained"}, 0.981, 0.0004, 0.980, 0.982}}};
  StudyReport out = study_report("monte-carlo", std::move(answer));
  out.samples = 100000;
  out.seed = 7;
  return out;
}

inline IndexEstimate about(double value, double half) {
  return {value, half / 1.96, value - half, value + half};
}

inline StudyReport sobol_study() {
  Sensitivity of{"total", {"总分", "total"}, 91.2, 3.61, 114688, 0, {}, {}, {}, {}, true, 1};
  of.first = {about(0.312, 0.02), about(0.402, 0.02), about(0.003, 0.008), about(0.11, 0.01),
              about(0.06, 0.01)};
  of.total = {about(0.391, 0.03), about(0.478, 0.02), about(0.004, 0.001), about(0.141, 0.02),
              about(0.061, 0.01)};
  of.second = {about(0.07, 0.02), about(0.001, 0.01), about(0.02, 0.01),  about(-0.002, 0.01),
               about(0.0, 0.01),  about(0.012, 0.01), about(0.001, 0.01), about(0.0, 0.01),
               about(0.0, 0.01),  about(0.001, 0.01)};
  StudyReport out = study_report("sobol", SensitivityAnswer{"sobol", {of}});
  out.samples = 16384;
  out.seed = 20;
  return out;
}

inline StudyReport morris_study() {
  Sensitivity of{"total", {"总分", "total"}, 91.2, 0, 600, 0, {}, {}, {}, {}, true, 1};
  of.first = {about(-1.2, 0.2), about(2.6, 0.2), about(0.41, 0.1), about(1.4, 0.2),
              about(-2.1, 0.1)};
  of.total = {about(1.3, 0.2), about(2.6, 0.2), about(0.41, 0.05), about(1.5, 0.2),
              about(2.1, 0.1)};
  of.spread = {about(1.5, 0), about(1.1, 0), about(0.02, 0), about(0.9, 0), about(0.15, 0)};
  return study_report("morris", SensitivityAnswer{"morris", {of}});
}

inline StudyReport shapley_study() {
  Sensitivity of{"total", {"总分", "total"}, 91.2, 3.61, 40000, 0, {}, {}, {}, {}, false, 4};
  of.total = {about(0.35, 0.03), about(0.44, 0.03), about(0.0, 0.005), about(0.13, 0.02),
              about(0.08, 0.02)};
  return study_report("shapley", SensitivityAnswer{"shapley", {of}});
}

inline AllocatedPart part(std::string id, Text label, double before, double after, double least,
                          double most, double marginal) {
  AllocatedPart out;
  out.id = std::move(id);
  out.label = std::move(label);
  out.before = before, out.after = after;
  out.least = least, out.most = most;
  out.marginal = marginal;
  return out;
}

inline StudyReport allocation_study() {
  Allocation answer;
  answer.goal = "best-total";
  answer.money = 1020000;
  answer.before = 91.87, answer.after = 93.4;
  answer.rating_before = answer.rating_after = "excellent";
  answer.bound = 93.52;
  answer.evaluations = 2048;
  answer.parts = {part("offices", {"社区居委会工作经费", "community office funds"}, 870000, 760000,
                       600000, 870000, 0.062),
                  part("training", {"社区干部培训", "training of community cadres"}, 180000, 180000,
                       120000, 260000, 0.31),
                  part("election", {"社区干部补选", "by-election of community cadres"}, 30000,
                       30000, 20000, 30000, no_number),
                  part("recruitment",
                       {"专职社区工作者公开招聘、制作社区规划图",
                        "recruiting community workers; community planning map"},
                       120000, 50000, 50000, 120000, 0)};
  for (int i = 0; i <= 16; ++i) {
    const double money = 800000 + 25000.0 * i,
                 score = std::round(100 * (96 - 22 * std::exp(-(money - 700000) / 180000))) / 100;
    answer.frontier.push_back({money, score, score + 0.4 * std::exp(-i / 5.0), rating_of(score)});
  }
  return study_report("allocation", answer);
}

inline StudyReport stability_study(std::size_t count = 12) {
  Stability answer{{}, 10000, 0, 1.7};
  for (std::size_t i = 0; i < count; ++i) {
    StableProject project;
    project.id = "p" + std::to_string(i + 1);
    project.label = {"（虚构）项目" + std::to_string(i + 1),
                     "made-up project " + std::to_string(i + 1)};
    project.total = 97 - 42.0 * static_cast<double>(i) / static_cast<double>(count) -
                    (i % 3 == 1 ? 1.4 : 0);
    project.rating = rating_of(project.total);
    project.lowest = project.total - 1.2 - 0.3 * static_cast<double>(i % 4);
    project.highest = project.total + 0.9 + 0.25 * static_cast<double>(i % 5);
    project.certain = rating_of(project.lowest) == project.rating &&
                      rating_of(project.highest) == project.rating;
    project.rank = static_cast<double>(i + 1);
    project.best_rank = std::max(1.0, project.rank - 2);
    project.worst_rank = project.rank + 1;
    for (const RatingBand& band : four_bands())
      project.shares.push_back(band.id == project.rating ? 1.0 : 0.0);
    if (project.certain) {
      ++answer.certain;
    } else {
      project.flips_to = rating_of(project.lowest) == project.rating ? rating_of(project.highest)
                                                                     : rating_of(project.lowest);
      project.flip_distance = 2.5;
      project.flipping_weights = {{"weights.output", 47.5}, {"weights.effect", 32.5}};
      for (std::size_t b = 0; b < 4; ++b)
        project.shares[b] = four_bands()[b].id == project.rating     ? 0.82
                            : four_bands()[b].id == project.flips_to ? 0.18
                                                                     : 0;
    }
    answer.projects.push_back(std::move(project));
  }
  return study_report("stability", answer);
}

inline std::vector<std::pair<std::string, StudyReport>> sample_studies() {
  return {{"tornado", tornado_study()},
          {"heat-map", heat_map_study()},
          {"curve", curve_study()},
          {"break-even", break_even_study()},
          {"monte-carlo", monte_carlo_study()},
          {"sobol", sobol_study()},
          {"morris", morris_study()},
          {"shapley", shapley_study()},
          {"allocation", allocation_study()},
          {"stability", stability_study()}};
}

// One bar, forty bars, negative numbers, none at all, all equal, names as long as people write
// them.
inline std::vector<std::pair<std::string, StudyReport>> awkward_studies() {
  std::vector<std::pair<std::string, StudyReport>> out;
  const Text long_name{
      "关于进一步加强和改进城乡社区治理与服务能力建设专项资金（含上年结转及以前年度结余部分）使用情"
      "况的满意度",
      "satisfaction with the special funds for further strengthening and improving the governance "
      "of urban and rural communities, with "
      "what was carried over from earlier years"};
  const auto add = [&](std::string name, StudyReport report) {
    out.emplace_back(std::move(name), std::move(report));
  };

  StudyReport one = tornado_study();
  std::get<Tornado>(one.answer).bars.resize(1);
  add("tornado-one", one);

  StudyReport forty = tornado_study();
  forty.inputs.clear();
  Tornado many;
  for (std::size_t i = 0; i < 44; ++i) {
    const double swing = 6.0 * std::exp(-static_cast<double>(i) / 9);
    forty.inputs.push_back(
        {"drivers.d" + std::to_string(i),
         i % 7 == 3 ? long_name : Text{"驱动量" + std::to_string(i), "driver " + std::to_string(i)},
         "", 1, "1", "0..2"});
    many.bars.push_back({i,
                         at(0, "0", forty.baseline - swing),
                         at(2, "2", forty.baseline + (i % 4 == 2 ? -swing / 3 : swing / 2)),
                         forty.baseline - swing,
                         forty.baseline + (i % 4 == 2 ? 0 : swing / 2),
                         {}});
  }
  forty.answer = many;
  add("tornado-forty", forty);

  StudyReport equal = tornado_study();
  for (TornadoBar& bar : std::get<Tornado>(equal.answer).bars)
    bar.low.output = bar.high.output = bar.lowest = bar.highest = equal.baseline;
  add("tornado-equal", equal);

  StudyReport none = tornado_study();
  none.baseline = no_number;
  for (TornadoBar& bar : std::get<Tornado>(none.answer).bars)
    bar.low.output = bar.high.output = bar.lowest = bar.highest = no_number;
  std::get<Tornado>(none.answer).bars[0].low.output = 91;
  add("tornado-no_number", none);

  StudyReport below = study_report(
      "tornado",
      Tornado{
          {{0,
            {200, "200元/人/天", -3.1e-4, ""},
            {400, "400元/人/天", 2.2e-4, ""},
            -3.1e-4,
            2.2e-4,
            {}},
           {3, {600000, "600,000元", -5e-5, ""}, {1000000, "1,000,000元", 0, ""}, -5e-5, 0, {}}}});
  below.bands.clear();
  below.output = "ishigami";
  below.output_label = long_name;
  below.baseline = 1e-5;
  below.rating.clear();
  below.inputs[0].label = long_name;
  add("tornado-negative", below);

  StudyReport small = heat_map_study();
  small.answer = rate_by_trainees(5, 4);
  InputGrid& grid = std::get<InputGrid>(small.answer);
  grid.values[7] = grid.values[8] = no_number;
  grid.ratings[7] = grid.ratings[8] = "";
  small.inputs[0].label = small.inputs[1].label = long_name;
  add("heat-map-small", small);

  StudyReport flat = heat_map_study();
  InputGrid& same = std::get<InputGrid>(flat.answer);
  same.values.assign(same.values.size(), 91.87);
  same.ratings.assign(same.ratings.size(), "excellent");
  same.violated.assign(same.violated.size(), 0);
  add("heat-map-flat", flat);

  StudyReport gaps = curve_study();
  InputGrid& curve = std::get<InputGrid>(gaps.answer);
  curve.values[5] = curve.values[6] = no_number;
  curve.ratings[5] = curve.ratings[6] = "";
  add("curve-gaps", gaps);

  StudyReport days = study_report("grid", InputGrid{4, std::nullopt, {}, {0}, {}, {}, {}, {}, {}});
  InputGrid& late = std::get<InputGrid>(days.answer);
  for (int i = 0; i <= 41; ++i) {
    late.xs.push_back(18586 + i);
    late.values.push_back(94.87 - 0.19 * std::max(0, i - 10));
    late.ratings.push_back(rating_of(late.values.back()));
    late.violated.push_back(0);
  }
  add("curve-days", days);

  StudyReport constant = monte_carlo_study();
  MonteCarloAnswer& drawn = std::get<MonteCarloAnswer>(constant.answer);
  drawn.outputs[0] = normal_spread(91.87, 1e-9, 1);
  drawn.outputs[0].deviation = 0;
  add("monte-carlo-constant", constant);

  StudyReport wide = monte_carlo_study();
  std::get<MonteCarloAnswer>(wide.answer).outputs[0] = normal_spread(78, 11, 80);
  std::get<MonteCarloAnswer>(wide.answer).outputs.push_back(normal_spread(1.2e6, 9e4, 40));
  std::get<MonteCarloAnswer>(wide.answer).outputs[1].output = "money.total";
  std::get<MonteCarloAnswer>(wide.answer).outputs[1].label = {"资金合计", "money in all"};
  std::get<MonteCarloAnswer>(wide.answer).outputs[1].unit = "元";
  wide.complete = false;
  add("monte-carlo-wide", wide);

  StudyReport uncertain = sobol_study();
  Sensitivity& of = std::get<SensitivityAnswer>(uncertain.answer).outputs[0];
  for (IndexEstimate& e : of.first) e = {no_number, no_number, no_number, no_number};
  of.first[0] = about(-0.08, 0.3);
  of.total[1] = about(1.4, 0.9);
  of.second.clear();
  uncertain.inputs[1].label = long_name;
  add("sobol-uncertain", uncertain);

  StudyReport crowd = morris_study();
  Sensitivity& effects = std::get<SensitivityAnswer>(crowd.answer).outputs[0];
  crowd.inputs.clear();
  effects.first.clear(), effects.total.clear(), effects.spread.clear();
  for (std::size_t i = 0; i < 30; ++i) {
    crowd.inputs.push_back(
        {"x" + std::to_string(i),
         i == 4 ? long_name : Text{"输入" + std::to_string(i), "input " + std::to_string(i)}, "", 0,
         "0", ""});
    effects.total.push_back(about(2.0 / static_cast<double>(i + 1), 0.05));
    effects.first.push_back(effects.total.back());
    effects.spread.push_back(
        about(0.4 * static_cast<double>(i % 6) / static_cast<double>(i + 1), 0));
  }
  add("morris-crowd", crowd);

  StudyReport least = allocation_study();
  Allocation& split = std::get<Allocation>(least.answer);
  split.goal = "least-money";
  split.optimal = true;
  split.frontier.resize(1);
  split.parts[0].label = long_name;
  split.parts[1].most = std::numeric_limits<double>::infinity();
  split.parts[2].after = 0;
  add("allocation-least", least);

  add("stability-many", stability_study(90));
  StudyReport single = stability_study(1);
  std::get<Stability>(single.answer).projects[0].label = long_name;
  add("stability-one", single);
  return out;
}

}  // namespace jixiao::tests
