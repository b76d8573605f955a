// Weights from a table, for people and for other programs.
#include <cmath>

#include "page/csv.hpp"
#include "page/document.hpp"
#include "page/json_values.hpp"
#include "page/numbers.hpp"
#include "page/words.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
using page::number;
using page::text;
namespace {

Text method_title(WeighBy method) {
  switch (method) {
    case WeighBy::present: return {"现行", "as it is"};
    case WeighBy::ahp: return {"层次分析", "judges (ahp)"};
    case WeighBy::equal: return {"等权", "equal"};
    case WeighBy::sd: return {"标准差", "deviation (sd)"};
    case WeighBy::entropy: return {"熵权", "entropy"};
    case WeighBy::critic: return {"CRITIC", "critic"};
    default: return {"主成分", "components (pca)"};
  }
}

class WeightsWriter {
 public:
  WeightsWriter(const WeightsReport& report, Language language)
      : report_(report), language_(language) {}

  Document write(const WeightsView& view) {
    out_.title = say({"由数据得权重", "Weights from data"});
    head();
    weights();
    if (report_.method == WeighBy::pca) components();
    if (view.compare) compare();
    if (view.report) describe();
    out_.paragraph(say({"这些权重不会自动用于计分：--write 文件 写成继承原规则集的规则集，才可使用",
                        "None of this enters a score by itself: --write FILE makes a rule set of "
                        "it that extends the one weighed"}));
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Text& text) const { return text.in(language_); }
  [[nodiscard]] std::string total(double x) const {
    return std::isfinite(x) ? value::fixed(x, report_.digits) : "";
  }

  void head() {
    out_.facts({{say({"规则集", "rule set"}), report_.rules + " " + report_.rules_version + "  " +
                                                  report_.rules_title.in(language_)},
                {say({"表", "table"}), report_.table},
                {say({"项目数", "projects"}), std::to_string(report_.rows)},
                {say({"数据指纹", "table sha256"}), report_.table_sha256},
                {say({"方法", "method"}), say(method_title(report_.method))}});
  }

  void weights() {
    const Weighing& now = report_.methods.front();
    const Weighing& chosen = report_.chosen();
    Grid grid;
    grid.columns = {{say({"指标", "indicator"})},
                    {"id", false, true},
                    {say({"现行权重", "weight now"}), true},
                    {say({"新权重", "weight"}), true}};
    for (std::size_t j = 0; j < report_.indicators.size(); ++j)
      grid.rows.push_back({say(report_.indicators[j].name), report_.indicators[j].id,
                           value::plain(now.weights[j], 6), value::plain(chosen.weights[j], 6)});
    out_.grid(std::move(grid));
  }

  void components() {
    out_.heading(say({"主成分的载荷", "Loadings of the principal components"}));
    const std::size_t n = report_.indicators.size();
    Grid grid;
    grid.columns = {{"id", false, true}};
    for (std::size_t c = 0; c < report_.kept; ++c)
      grid.columns.push_back({std::to_string(c + 1), true});
    for (std::size_t j = 0; j < n; ++j) {
      std::vector<std::string> row{report_.indicators[j].id};
      for (std::size_t c = 0; c < report_.kept; ++c)
        row.push_back(value::plain(report_.loadings[c * n + j], 4));
      grid.rows.push_back(std::move(row));
    }
    std::vector<std::string> explained{say({"解释的方差", "variance explained"})};
    for (std::size_t c = 0; c < report_.kept; ++c)
      explained.push_back(value::plain(100 * report_.explained[c], 2) + "%");
    grid.rows.push_back(std::move(explained));
    out_.grid(std::move(grid));
  }

  void compare() {
    out_.heading(say({"各方法对照", "Methods compared"}));
    Grid all;
    all.columns = {{"id", false, true}};
    for (const Weighing& one : report_.methods)
      all.columns.push_back({say(method_title(one.method)), true});
    for (std::size_t j = 0; j < report_.indicators.size(); ++j) {
      std::vector<std::string> row{report_.indicators[j].id};
      for (const Weighing& one : report_.methods) row.push_back(value::plain(one.weights[j], 4));
      all.rows.push_back(std::move(row));
    }
    const auto put = [&](const Text& title, const auto& cell) {
      std::vector<std::string> row{say(title)};
      for (const Weighing& one : report_.methods) row.push_back(cell(one));
      all.rows.push_back(std::move(row));
    };
    put({"变档项目", "ratings moved"},
        [](const Weighing& one) { return std::to_string(one.ratings_moved); });
    put({"名次平均变动", "mean rank shift"},
        [](const Weighing& one) { return value::plain(one.mean_shift, 2); });
    put({"名次最大变动", "largest rank shift"},
        [](const Weighing& one) { return value::plain(one.largest_shift, 1); });
    out_.grid(std::move(all));
    out_.heading(say({"总分与名次", "Totals and ranks"}), 3);
    Grid projects;
    projects.columns = {{say({"项目", "project"})}};
    for (const Weighing& one : report_.methods)
      projects.columns.push_back({say(method_title(one.method)), true});
    for (std::size_t p = 0; p < report_.rows; ++p) {
      std::vector<std::string> row{report_.methods.front().projects[p].id};
      for (const Weighing& one : report_.methods) {
        const WeighedProject& project = one.projects[p];
        std::string cell = total(project.total);
        if (std::isfinite(project.rank)) cell += " #" + value::plain(project.rank, 1);
        if (!project.rating.empty()) cell += " " + say(project.rating_label);
        row.push_back(cell);
      }
      projects.rows.push_back(std::move(row));
    }
    out_.grid(std::move(projects));
  }

  void describe() {
    out_.heading(say({"指标之间", "The indicators together"}));
    const std::size_t n = report_.indicators.size();
    std::string pairs;
    for (const auto& [j, k] : report_.redundant)
      pairs += (pairs.empty() ? "" : "; ") + report_.indicators[j].id + " ~ " +
               report_.indicators[k].id + " " + value::plain(report_.correlations[j * n + k], 3);
    out_.facts({{say({"Cronbach α", "Cronbach's alpha"}), value::plain(report_.alpha, 4)},
                {say({"重复的指标（|r| ≥ 0.9）", "redundant pairs (|r| of 0.9 and more)"}),
                 pairs.empty() ? say({"无", "none"}) : pairs}});
    Grid grid;
    grid.columns = {{"id", false, true},
                    {say({"平均得分率", "mean score"}), true},
                    {say({"标准差", "deviation"}), true},
                    {say({"对总分方差的贡献", "part of the total's variance"}), true}};
    for (const WeighedIndicator& one : report_.indicators)
      grid.rows.push_back({one.id, value::plain(one.mean, 4), value::plain(one.deviation, 4),
                           value::plain(100 * one.variance_part, 2) + "%"});
    out_.grid(std::move(grid));
    out_.heading(say({"相关系数", "Correlations"}), 3);
    Grid related;
    related.columns = {{"", true}, {"id", false, true}};
    for (std::size_t k = 0; k < n; ++k) related.columns.push_back({std::to_string(k + 1), true});
    for (std::size_t j = 0; j < n; ++j) {
      std::vector<std::string> row{std::to_string(j + 1), report_.indicators[j].id};
      for (std::size_t k = 0; k < n; ++k)
        row.push_back(value::plain(report_.correlations[j * n + k], 3));
      related.rows.push_back(std::move(row));
    }
    out_.grid(std::move(related));
  }

  const WeightsReport& report_;
  Language language_;
  Document out_;
};

Json weights_array(const std::vector<double>& values) {
  Json out = Json::array();
  for (const double value : values) out.push_back(number(value));
  return out;
}

// `rows` of as many numbers each.
Json weights_matrix(const std::vector<double>& values, std::size_t columns) {
  Json out = Json::array();
  for (std::size_t at = 0; at < values.size(); at += columns)
    out.push_back(weights_array({values.begin() + static_cast<std::ptrdiff_t>(at),
                                 values.begin() + static_cast<std::ptrdiff_t>(at + columns)}));
  return out;
}

}  // namespace

Document weights_document(const WeightsReport& report, const WeightsView& view, Language language) {
  return WeightsWriter(report, language).write(view);
}

std::string weights_json(const WeightsReport& report) {
  const std::size_t n = report.indicators.size();
  Json out = {{"schema", "jixiao/weights/1"},
              {"engine", report.engine},
              {"rules",
               {{"id", report.rules},
                {"version", report.rules_version},
                {"title", text(report.rules_title)}}},
              {"table", report.table},
              {"sha256", report.table_sha256},
              {"projects", report.rows},
              {"method", name(report.method)},
              {"alpha", number(report.alpha)},
              {"indicators", Json::array()},
              {"correlations", weights_matrix(report.correlations, n)},
              {"redundant", Json::array()},
              {"components",
               {{"explained", weights_array(report.explained)},
                {"loadings", weights_matrix(report.loadings, n)}}},
              {"methods", Json::array()}};
  for (const WeighedIndicator& one : report.indicators)
    out["indicators"].push_back({{"id", one.id},
                                 {"name", text(one.name)},
                                 {"mean", number(one.mean)},
                                 {"deviation", number(one.deviation)},
                                 {"variance_part", number(one.variance_part)}});
  for (const auto& [j, k] : report.redundant)
    out["redundant"].push_back({report.indicators[j].id, report.indicators[k].id});
  for (const Weighing& one : report.methods) {
    Json entry = {{"method", name(one.method)},
                  {"weights", weights_array(one.weights)},
                  {"ratings_moved", one.ratings_moved},
                  {"mean_shift", number(one.mean_shift)},
                  {"largest_shift", number(one.largest_shift)},
                  {"projects", Json::array()}};
    for (const WeighedProject& project : one.projects)
      entry["projects"].push_back({{"id", project.id},
                                   {"total", number(project.total)},
                                   {"rank", number(project.rank)},
                                   {"rating", or_null(project.rating)}});
    out["methods"].push_back(std::move(entry));
  }
  return dump(out);
}

// One record a method and indicator, then one a method and project.
std::string weights_csv(const WeightsReport& report, Language language) {
  std::string out = "section,method,id,name,weight,total,rank,rating\n";
  for (const Weighing& one : report.methods) {
    for (std::size_t j = 0; j < report.indicators.size(); ++j)
      out += csv_line(std::vector<std::string>{"weight", name(one.method), report.indicators[j].id,
                                               report.indicators[j].name.in(language),
                                               value::plain(one.weights[j], 9), "", "", ""});
  }
  for (const Weighing& one : report.methods) {
    for (const WeighedProject& project : one.projects)
      out += csv_line(std::vector<std::string>{
          "project", name(one.method), project.id, "", "",
          std::isfinite(project.total) ? value::fixed(project.total, report.digits) : "",
          std::isfinite(project.rank) ? value::plain(project.rank, 1) : "", project.rating});
  }
  return out;
}

}  // namespace jixiao::report
