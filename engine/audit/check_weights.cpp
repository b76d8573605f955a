#include <algorithm>
#include <map>

#include "audit/checks.hpp"
#include "forms/headings.hpp"

namespace jixiao::audit {
namespace {

struct Weights {
  double rows = 0;  // without the budget's execution
  double heaviest = 0;
  std::size_t weighted = 0;
  const Row* heaviest_row = nullptr;
};

Weights weigh(const Claims& claims) {
  Weights out;
  for (const Row& row : claims.rows) {
    if (!row.weight.there() || row.indicator == none) continue;
    ++out.weighted;
    out.rows += *row.weight.value;
    if (*row.weight.value > out.heaviest) {
      out.heaviest = *row.weight.value;
      out.heaviest_row = &row;
    }
  }
  return out;
}

// 10 or 20 points of execution are often printed elsewhere, or nowhere.
bool adds_up(double rows, const std::optional<double>& execution) {
  if (execution) return near(rows + *execution, 100);
  return near(rows, 100) || near(rows, 90) || near(rows, 80);
}

void compare_whole(CheckContext& context, const Weights& weights) {
  const Claims& claims = context.claims;
  const auto execution = claims.execution_weight();
  const double whole = weights.rows + execution.value_or(0);
  const std::string sum = number_text(whole);
  PrintedText at = claims.rows.front().weight.words;
  const Number* printed = nullptr;
  for (const SumLine& line : claims.sums) {
    if (!line.subtotal && !line.of_events && line.weight.there()) printed = &line.weight;
  }
  if (printed != nullptr) at = printed->words;
  double bonuses = 0;
  for (const EventLine& event : claims.events)
    bonuses += event.kind == forms::EventKind::bonus ? event.most.value.value_or(0) : 0;
  const bool fits_print = printed == nullptr || near(*printed->value, whole) ||
                          near(*printed->value, weights.rows) ||
                          (bonuses > 0 && near(*printed->value, whole + bonuses));
  if (adds_up(weights.rows, execution) && fits_print) return;
  const std::string parts =
      execution ? number_text(weights.rows) + " + " + number_text(*execution) + " = " + sum : sum;
  AuditFinding& found = context.add(
      Check::k1, Severity::error, at, {},
      fits_print ? Text{"各项分值合计 " + parts + "，应为 100",
                        "the weights add up to " + parts + ", not to 100"}
                 : Text{"各项分值合计 " + parts + "，表上写 " + at.text,
                        "the weights add up to " + parts + ", the form says " + at.text});
  found.computed = sum;
  if (execution && near(weights.rows, 100))
    found.explanation = {"指标分值已满 100，预算执行的分值又另加",
                         "the indicators alone make 100; the execution's points come on top"};
}

// 产出指标（50分）, and its rows.
void compare_headings(CheckContext& context, PrintedText Row::*heading) {
  std::map<std::string, std::pair<double, const Row*>> sums;
  std::vector<std::string> order;
  std::string block;
  for (const Row& row : context.claims.rows) {
    const std::string& text = (row.*heading).text;
    if (!points_in_heading(text)) continue;
    // The same level-2 heading may stand under two blocks.
    const std::string key = (heading == &Row::type ? row.block.text : std::string()) + "\n" + text;
    auto [at, fresh] = sums.try_emplace(key, 0.0, &row);
    if (fresh) order.push_back(key);
    at->second.first += row.weight.value.value_or(0);
  }
  for (const std::string& key : order) {
    const auto& [sum, row] = sums.at(key);
    const PrintedText& words = row->*heading;
    const double printed = *points_in_heading(words.text);
    if (near(sum, printed) || sum == 0) continue;
    context
        .add(Check::k1, Severity::error, words, words.text,
             {"“" + words.text + "”下各行分值合计 " + number_text(sum),
              "the rows under '" + words.text + "' add up to " + number_text(sum)})
        .computed = number_text(sum);
  }
}

// The points behind a block or type of a scoring table, and its rows.
void compare_levels(CheckContext& context) {
  for (const LevelLine& level : context.claims.levels) {
    if (!level.weight.there() || points_in_heading(level.name.text)) continue;
    double sum = 0;
    for (std::size_t i = level.first; i < level.behind; ++i)
      sum += context.claims.rows[i].weight.value.value_or(0);
    if (near(sum, *level.weight.value) || sum == 0) continue;
    context
        .add(Check::k1, Severity::error, level.weight.words, level.name.text,
             {"“" + level.name.text + "”的分值写 " + level.weight.words.text + "，其下各行合计 " +
                  number_text(sum),
              "'" + level.name.text + "' has a weight of " + level.weight.words.text +
                  ", its rows add up to " + number_text(sum)})
        .computed = number_text(sum);
  }
}

// 在职人员控制率（5分） beside a weight of 4.
void compare_names(CheckContext& context) {
  for (const Row& row : context.claims.rows) {
    const auto named = points_in_heading(row.name.text);
    if (!row.assessed || !named || !row.weight.there() || near(*named, *row.weight.value)) continue;
    context
        .add(Check::k1, Severity::error, row.weight.words, row.name.text,
             {"名称里写 " + number_text(*named) + " 分，分值写 " + row.weight.words.text,
              "its name says " + number_text(*named) + " points, its weight is " +
                  row.weight.words.text})
        .computed = number_text(*named);
  }
}

void compare_subtotals_of_weights(CheckContext& context) {
  for (const SumLine& line : context.claims.sums) {
    if (!line.subtotal || !line.weight.there()) continue;
    double sum = 0;
    for (std::size_t i = line.first; i < line.behind; ++i)
      sum += context.claims.rows[i].weight.value.value_or(0);
    if (near(sum, *line.weight.value)) continue;
    context
        .add(Check::k1, Severity::error, line.weight.words, line.name.text,
             {"“" + line.name.text + "”的分值应为 " + number_text(sum),
              "the weight of '" + line.name.text + "' should be " + number_text(sum)})
        .computed = number_text(sum);
  }
}

// People are served: somebody could be asked whether they are satisfied.
bool serves_people(const Claims& claims) {
  std::string words = claims.project + claims.annual_goal.text;
  for (const Row& row : claims.rows) words += row.name.text;
  return forms::has_any(words,
                        "群众|居民|村民|学生|学员|老人|患者|对象|受益|培训|市民|游客|企业满意|家长|"
                        "职工|人次|人数|服务对象");
}

void find_missing_blocks(CheckContext& context) {
  bool benefit = false;
  bool satisfaction = false;
  bool known = false;
  for (const Row& row : context.claims.rows) {
    benefit = benefit || row.block_id == "benefit";
    satisfaction = satisfaction || row.block_id == "satisfaction";
    known = known || row.block_id == "output" || row.block_id == "cost";
  }
  if (!known) return;  // another frame: 决策, 过程 ...
  // A form without blocks was given them by the names of its indicators.
  if (std::none_of(context.claims.rows.begin(), context.claims.rows.end(),
                   [](const Row& row) { return row.block.there() || row.type.there(); }))
    return;
  const PrintedText at = context.claims.rows.front().block;
  if (!benefit) {
    context.add(Check::k12, Severity::warning, {{}, at.place, true}, {},
                {"没有效益指标：只说做了什么，没有说有什么用",
                 "there is no benefit indicator: what was done, but not what it was good for"});
  }
  if (!satisfaction && serves_people(context.claims)) {
    context.add(Check::k12, Severity::note, {{}, at.place, true}, {},
                {"有服务对象而没有满意度指标",
                 "people are served, and there is no indicator of their satisfaction"});
  }
}

}  // namespace

void check_weights(CheckContext& context) {
  if (context.claims.rows.empty()) return;
  const Weights weights = weigh(context.claims);
  if (weights.weighted > 0) {
    compare_whole(context, weights);
    compare_headings(context, &Row::block);
    compare_headings(context, &Row::type);
    compare_levels(context);
    compare_names(context);
    compare_subtotals_of_weights(context);
    constexpr double half = 0.5;
    if (weights.rows > 0 && weights.heaviest > half * weights.rows + 1e-9) {
      const Row& row = *weights.heaviest_row;
      const std::string share = number_text(weights.heaviest) + " / " + number_text(weights.rows);
      context
          .add(Check::k11, Severity::warning, row.weight.words, row.name.text,
               {"一项占指标分值的 " + share + "，超过一半",
                "one row carries " + share + " of the indicators' points, more than half"})
          .computed = share;
    }
  }
  find_missing_blocks(context);
}

}  // namespace jixiao::audit
