#include <algorithm>
#include <cmath>
#include <limits>

#include "jixiao/version.hpp"
#include "jixiao/weighting.hpp"
#include "portfolio/rank.hpp"
#include "project/csv.hpp"
#include "scoring/evaluation.hpp"
#include "stability/question.hpp"
#include "stability/weighted_scorer.hpp"
#include "system/fingerprint.hpp"
#include "text/diagnostics.hpp"
#include "weights/data_weights.hpp"

namespace jixiao {
namespace {

using text::Code;
using text::Node;
using text::NodeKind;

constexpr double redundant_from = 0.9;

Node typed(const std::string& option, const std::string& word,
           std::vector<Diagnostic>& diagnostics) {
  Node out;
  out.kind = NodeKind::string;
  out.string = word;
  out.place = {text::source_from_text(option, word, diagnostics), 1, 1,
               text::character_count(word)};
  return out;
}

void put(Node& table, const std::string& key, Node value) {
  const text::Place place = value.place;
  table.entries.push_back({key, place, std::move(value)});
}

// What was typed, as the tree of a study of stability: the same reading of tables.
Node question_tree(const WeighingRequest& request, std::vector<Diagnostic>& diagnostics) {
  Node out;
  put(out, "rules", typed("--rules", request.rules, diagnostics));
  put(out, "table", typed("TABLE", request.table, diagnostics));
  out.place = out.entries.back().value.place;
  if (!request.id.empty()) put(out, "id", typed("--id", request.id, diagnostics));
  Node map;
  map.place = out.place;
  for (const auto& [column, input] : request.map)
    put(map, input, typed("--map", column, diagnostics));
  if (!map.entries.empty()) put(out, "map", std::move(map));
  Node spread;
  spread.kind = NodeKind::number;
  spread.number = 1;
  spread.place = out.place;
  put(out, "spread", std::move(spread));
  return out;
}

class Weigher {
 public:
  Weigher(const WeighingRequest& request, const stability::Question& question,
          const project::Table& table, std::vector<Diagnostic>& diagnostics)
      : request_(request), question_(question), table_(table), diagnostics_(diagnostics) {}

  std::optional<WeightsReport> make() {
    if (question_.of_blocks) {
      report(
          question_.weights_place,
          {"规则集 " + question_.rules->id + " 没有两个以上有权重的固定指标",
           "the rule set " + question_.rules->id + " has no two indicators of its own that weigh"},
          {"只有全部指标固定的规则集才能由数据定权；指数可参照 un-tai-2001",
           "weights come from data where the rule set brings all indicators, as un-tai-2001 "
           "does"});
      return std::nullopt;
    }
    fill_scores();
    if (!text::has_error(diagnostics_)) check_columns();
    if (request_.method == WeighBy::ahp && !judged())
      report(question_.weights_place,
             {"规则集 " + question_.rules->id + " 没有 [weights.ahp]",
              "the rule set " + question_.rules->id + " has no [weights.ahp]"},
             {"先写判断矩阵（docs/weights.md），或用 equal、sd、entropy、critic、pca",
              "write the judges' matrices first (docs/weights.md), or take equal, sd, entropy, "
              "critic or pca"});
    if (text::has_error(diagnostics_)) return std::nullopt;
    describe();
    weigh_all();
    return std::move(out_);
  }

 private:
  void report(const text::Place& at, Text message, Text help) {
    diagnostics_.push_back(
        text::diagnose(Code::weights_data, at, std::move(message), std::move(help)));
  }

  [[nodiscard]] bool judged() const { return question_.rules->comparisons.has_value(); }

  // The row of the table, at its first cell.
  [[nodiscard]] text::Place row_place(std::size_t row) const { return table_.rows[row][0].place; }

  // The column whose name the indicator's actual value is, else the header's first cell.
  [[nodiscard]] text::Place column_place(std::size_t indicator) const {
    const std::string actual = question_.rules->indicators[indicator].actual.text();
    for (const project::Cell& cell : table_.header) {
      const auto mapped = std::find_if(request_.map.begin(), request_.map.end(),
                                       [&](const auto& pair) { return pair.first == cell.text; });
      if (actual == (mapped == request_.map.end() ? cell.text : mapped->second)) return cell.place;
    }
    return table_.header.front().place;
  }

  // Points as parts of weights, before any rounding.
  void fill_scores() {
    ruleset::RuleSet rules = *question_.rules;
    rules.indicator_rounding.reset();
    const scoring::Scorecards cards = scoring::evaluate(rules, question_.batches.front());
    scores_.rows = question_.members.size();
    scores_.columns = question_.weights.size();
    for (std::size_t p = 0; p < scores_.rows; ++p) {
      for (const stability::Weight& weight : question_.weights) {
        const scoring::Outcomes& outcome = cards.fixed[weight.index];
        const double share = outcome.points[p] / outcome.weight[p];
        scores_.values.push_back(share);
        if (outcome.state[p] == value::CellState::ok && std::isfinite(share) && share >= 0)
          continue;
        report(
            row_place(p),
            {question_.members[p].id + " 的指标 '" + weight.name + "' 算不出得分",
             "the indicator '" + weight.name + "' of " + question_.members[p].id + " has no score"},
            {"补上缺少的数，或从表中去掉这一行",
             "fill in what is missing, or take the row out of the table"});
      }
    }
  }

  void check_columns() {
    const std::string rows = std::to_string(scores_.rows);
    const std::string columns = std::to_string(scores_.columns);
    if (scores_.rows < std::max<std::size_t>(scores_.columns, 3)) {
      report(table_.header.front().place,
             {"表中有 " + rows + " 个项目、" + columns + " 个指标：项目太少，数据说明不了权重",
              "the table has " + rows + " projects for " + columns +
                  " indicators: too few for data to say anything about weights"},
             {"至少要有与指标一样多的项目，且不少于 3 个；或由评判人定权（docs/weights.md）",
              "as many projects as indicators are needed, and three at least; or let judges "
              "weigh (docs/weights.md)"});
      return;
    }
    for (std::size_t j = 0; j < scores_.columns; ++j) {
      bool constant = true;
      for (std::size_t i = 1; i < scores_.rows; ++i)
        constant = constant && scores_.at(i, j) == scores_.at(0, j);
      if (!constant) continue;
      report(column_place(question_.weights[j].index),
             {"指标 '" + question_.weights[j].name + "' 在所有项目上得分相同：数据说明不了它的权重",
              "the indicator '" + question_.weights[j].name +
                  "' has the same score everywhere: data says nothing about its weight"},
             {"换一张各项目有差别的表，或在规则集中去掉这个指标",
              "take a table in which it differs, or a rule set without it"});
    }
  }

  void describe() {
    const ruleset::RuleSet& rules = *question_.rules;
    out_.engine = engine_name();
    out_.rules = rules.id;
    out_.rules_version = rules.version;
    out_.rules_title = rules.title;
    out_.rules_file = rules.file;
    out_.table = request_.table;
    out_.table_sha256 = question_.inputs_sha256;
    out_.rows = scores_.rows;
    out_.digits = rules.total_rounding ? rules.total_rounding->digits : 4;
    out_.method = request_.method;
    std::vector<double> now;
    for (const stability::Weight& weight : question_.weights) now.push_back(weight.nominal);
    const auto parts = weights::variance_parts(scores_, now);
    const auto deviations = weights::standard_deviations(scores_);
    for (std::size_t j = 0; j < scores_.columns; ++j) {
      double sum = 0;
      for (std::size_t i = 0; i < scores_.rows; ++i) sum += scores_.at(i, j);
      out_.indicators.push_back({question_.weights[j].name, question_.weights[j].label,
                                 sum / static_cast<double>(scores_.rows), deviations[j], parts[j]});
    }
    out_.correlations = weights::correlations(scores_);
    out_.alpha = weights::cronbach_alpha(scores_);
    for (std::size_t j = 0; j < scores_.columns; ++j) {
      for (std::size_t k = j + 1; k < scores_.columns; ++k) {
        if (std::fabs(out_.correlations[j * scores_.columns + k]) >= redundant_from)
          out_.redundant.emplace_back(j, k);
      }
    }
  }

  [[nodiscard]] std::vector<double> shares_of(WeighBy method) {
    switch (method) {
      case WeighBy::sd: return weights::deviation_weights(scores_);
      case WeighBy::entropy: return weights::entropy_weights(scores_);
      case WeighBy::critic: return weights::critic_weights(scores_);
      case WeighBy::pca: {
        auto found = weights::principal_components(scores_);
        out_.explained = found.explained;
        out_.kept = found.kept;
        out_.loadings = found.loadings;
        return found.weights;
      }
      default:
        return std::vector<double>(scores_.columns, 1.0 / static_cast<double>(scores_.columns));
    }
  }

  void weigh_all() {
    double whole = 0;
    for (const stability::Weight& weight : question_.weights) whole += weight.nominal;
    stability::WeightedScorer scorer(question_, stability::Decided::as_printed);
    for (const WeighBy method : {WeighBy::present, WeighBy::ahp, WeighBy::equal, WeighBy::sd,
                                 WeighBy::entropy, WeighBy::critic, WeighBy::pca}) {
      if (method == WeighBy::ahp && !judged()) continue;
      Weighing one;
      one.method = method;
      if (method == WeighBy::present || method == WeighBy::ahp) {
        for (const stability::Weight& weight : question_.weights)
          one.weights.push_back(weight.nominal);
      } else {
        for (const double share : shares_of(method)) one.weights.push_back(share * whole);
      }
      put_projects(scorer, one);
      out_.methods.push_back(std::move(one));
    }
  }

  void put_projects(stability::WeightedScorer& scorer, Weighing& one) {
    const ruleset::RuleSet& rules = *question_.rules;
    stability::Standings standings;
    scorer.score(one.weights, standings);
    const std::vector<double> ranks = portfolio::ranks(standings.totals);
    for (std::size_t p = 0; p < scores_.rows; ++p) {
      const std::size_t band = standings.bands[p];
      one.projects.push_back({question_.members[p].id, standings.totals[p], ranks[p],
                              band == ruleset::none ? "" : rules.bands[band].id,
                              band == ruleset::none ? Text{} : rules.bands[band].label});
    }
    if (out_.methods.empty()) return;
    const Weighing& now = out_.methods.front();
    for (std::size_t p = 0; p < scores_.rows; ++p) {
      if (one.projects[p].rating != now.projects[p].rating) ++one.ratings_moved;
      const double shift = std::fabs(one.projects[p].rank - now.projects[p].rank);
      if (!std::isfinite(shift)) continue;
      one.largest_shift = std::max(one.largest_shift, shift);
      one.mean_shift += shift / static_cast<double>(scores_.rows);
    }
  }

  const WeighingRequest& request_;
  const stability::Question& question_;
  const project::Table& table_;
  std::vector<Diagnostic>& diagnostics_;
  weights::Scores scores_;
  WeightsReport out_;
};

}  // namespace

const char* name(WeighBy method) {
  switch (method) {
    case WeighBy::present: return "present";
    case WeighBy::ahp: return "ahp";
    case WeighBy::equal: return "equal";
    case WeighBy::sd: return "sd";
    case WeighBy::entropy: return "entropy";
    case WeighBy::critic: return "critic";
    default: return "pca";
  }
}

const Weighing& WeightsReport::chosen() const {
  return *std::find_if(methods.begin(), methods.end(),
                       [&](const Weighing& one) { return one.method == method; });
}

Checked<WeightsReport> weigh(const WeighingRequest& request, const RuleLibrary& library) {
  std::vector<Diagnostic> diagnostics;
  const Node tree = question_tree(request, diagnostics);
  const auto question = stability::read_question(tree, "", library, diagnostics);
  if (!question || text::has_error(diagnostics)) {
    text::sort_by_place(diagnostics);
    return diagnostics;
  }
  std::vector<Diagnostic> said;  // already, by the question
  const auto source = text::read_source(request.table, said);
  const project::Table table = project::read_table(source, said);
  auto made = Weigher(request, *question, table, diagnostics).make();
  text::sort_by_place(diagnostics);
  if (!made) return diagnostics;
  return {*std::move(made), std::move(diagnostics)};
}

}  // namespace jixiao
