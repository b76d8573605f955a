// What scenarios and the numbers they move can be told, in both languages.
#pragma once

#include <string>
#include <vector>

#include "text/findings.hpp"
#include "text/suggestion.hpp"

namespace jixiao::scenario::message {

using text::Code;
using text::Message;

// Files of scenarios.

inline Message unknown_scenario(const std::string& name, const std::vector<std::string>& known) {
  return {Code::file_unreadable,
          {"没有情景 '" + name + "'", "there is no scenario '" + name + "'"},
          known.empty() ? Text{"在项目旁写一个 " + name + ".toml",
                               "write a " + name + ".toml beside the project"}
                        : text::suggestion(name, known)};
}

inline Message unknown_schema(const std::string& schema) {
  return {Code::schema_unknown,
          {"schema 应为 'jixiao/scenario/1'，这里是 '" + schema + "'",
           "the schema should be 'jixiao/scenario/1', this is '" + schema + "'"}};
}

// `circle`: names with arrows between them.
inline Message extends_itself(const std::string& circle) {
  return {Code::extends_cycle,
          {"情景继承自己：" + circle, "the scenario extends itself: " + circle},
          {"去掉其中一个 extends", "remove one of the extends"}};
}

inline Message too_many_extended() {
  return {Code::file_too_large, {"继承的情景超过 64 层", "more than 64 scenarios are extended"}};
}

inline Message too_many_changes() {
  return {Code::file_too_large, {"改动超过 10000 处", "more than 10,000 changes"}};
}

inline Message not_an_assignment(const std::string& typed) {
  return {Code::value_text,
          {"'" + typed + "' 应写成 名称=值", "'" + typed + "' should be NAME=VALUE"},
          {"例如 drivers.rate=350", "such as drivers.rate=350"}};
}

// Cuts.

inline Message cut_without_size() {
  return {Code::key_missing,
          {"[cut] 要写 percent 或 amount 中的一个",
           "a [cut] has a percent or an amount: one of the two"},
          {"percent = 15，或 amount = \"18万元\"", "percent = 15, or amount = \"18万元\""}};
}

inline Message percent_out_of_range() {
  return {Code::value_number,
          {"percent 应在 0 至 100 之间", "a percent is between 0 and 100"},
          {"percent = 15", "percent = 15"}};
}

inline Message typed_cut_unreadable(const std::string& typed) {
  return {Code::value_number,
          {"读不懂压减 '" + typed + "'：写百分数或金额",
           "the cut '" + typed + "' is neither a percentage nor an amount of money"},
          {"--cut 15%，或 --cut 18万元", "--cut 15%, or --cut 18万元"}};
}

inline Message cut_missing() {
  return {Code::key_missing,
          {"--protect 与 --by 只说明压减由谁承担，没有写压减多少",
           "--protect and --by say who bears a cut, and there is none"},
          {"加上 --cut 15%", "add --cut 15%"}};
}

// `order`: the items, first to last as they are cut.
inline Message priority_from_form(const std::string& order) {
  return {Code::value_doubtful,
          {"项目没有写先后次序：从最后一项减起（" + order + "）",
           "the project states no order of priority: its items are cut from the last one up (" +
               order + ")"},
          {"另定次序：--by 先减的,后减的", "for another order: --by first,next"},
          Severity::note};
}

inline Message item_ambiguous(const std::string& item, const std::string& which) {
  return {
      Code::reference_unknown,
      {"'" + item + "' 可指多个支出项：" + which, "'" + item + "' may be several items: " + which},
      {"写编号", "give the id"}};
}

inline Message priority_missing() {
  return {Code::key_missing,
          {"share = \"priority\" 要写 priority = [先减的, 后减的]",
           "share = \"priority\" needs priority = [first, next]"}};
}

inline Message priority_unused() {
  return {Code::value_choice,
          {"priority 只用于 share = \"priority\"", "priority is for share = \"priority\""},
          {"写 share = \"priority\"", "write share = \"priority\""}};
}

inline Message unknown_item(const std::string& item, const std::vector<std::string>& known) {
  return {Code::reference_unknown,
          {"项目没有支出项 '" + item + "'", "the project has no item '" + item + "'"},
          text::suggestion(item, known)};
}

inline Message cut_without_items() {
  return {Code::value_number,
          {"项目没有写支出项，没有可减的",
           "the project states no items of spending: there is nothing to cut"},
          {"用 [[item]] 写各项金额，或直接改资金：--scale money.adjusted=0.85",
           "state them as [[item]], or change the money itself: --scale money.adjusted=0.85"}};
}

// `wanted` and `available`: amounts as shown.
inline Message cut_impossible(const std::string& wanted, const std::string& available) {
  return {Code::value_number,
          {"要减 " + wanted + "，可减的只有 " + available,
           "the cut is " + wanted + ", what may be cut is " + available},
          {"少减一些，或少保护几项", "cut less, or protect less"}};
}

// `bearing`: ids of the items that bear what rounding left. `made`: what is cut in all, where that
// is not what was asked for; else empty.
inline Message cut_rounded(bool to_yuan, const std::string& bearing, const std::string& made) {
  const std::string zh = to_yuan ? "元" : "分", en = to_yuan ? "yuan" : "fen";
  return {
      Code::value_doubtful,
      {"各项减额取整到" + zh + "；余数各 1 " + zh + "由 " + bearing + " 承担" +
           (made.empty() ? "" : "；共减 " + made + " 元"),
       "shares of the cut end at the " + en + "; what is left, 1 " + en + " each, is borne by " +
           bearing + (made.empty() ? "" : "; cut in all " + made + " yuan")},
      {},
      Severity::note};
}

// Numbers that move. `name` is always one that a ProjectModel gives: "items.training".

// `what`: the kind of name that was looked for.
inline Message unknown_name(const Text& what, const std::string& name,
                            const std::vector<std::string>& known) {
  return {Code::reference_unknown,
          {"没有" + what.zh + " '" + name + "'", "there is no " + what.en + " '" + name + "'"},
          text::suggestion(name, known)};
}

inline const Text movable_number{"可调整的量", "number that can be moved"};
inline const Text output_name{"输出", "output"};

inline Message named_twice(const std::string& name) {
  return {Code::id_duplicate,
          {"'" + name + "' 写了两次", "'" + name + "' is there twice"},
          {"删去一个", "remove one"}};
}

inline Message scale_is_no_number() {
  return {Code::value_type,
          {"[scale] 的值是倍数，例如 0.85", "a [scale] takes a factor, such as 0.85"}};
}

inline Message date_scaled() {
  return {Code::value_choice,
          {"日期不能乘以倍数", "a date cannot be scaled"},
          {"用 [add] 加天数", "add days with [add]"}};
}

inline Message amount_without_unit() {
  return {
      Code::unit_clash,
      {"金额没有单位：是元还是万元？", "an amount without a unit: 元 or 万元?"},
      {"写上单位，如 \"120万元\" 或 \"1200000元\"", "give the unit: \"120万元\" or \"1200000元\""}};
}

inline Message not_one_number(const std::string& name) {
  return {Code::value_text, {"'" + name + "' 应为一个数", "'" + name + "' takes one number"}};
}

inline Message not_one_date(const std::string& name) {
  return {Code::value_text,
          {"'" + name + "' 应为一个日期", "'" + name + "' takes one date"},
          {"例如 \"2020-12-31\"", "such as \"2020-12-31\""}};
}

// `exact` and `rounded`: yuan.
inline Message money_rounded(const std::string& name, const std::string& exact,
                             const std::string& rounded) {
  return {Code::value_doubtful,
          {"'" + name + "' 乘得 " + exact + " 元，金额到分为止，按 " + rounded + " 元",
           "'" + name + "' comes to " + exact + " yuan; money ends at the fen: " + rounded},
          {},
          Severity::note};
}

inline Message value_impossible(const std::string& name, const std::string& shown) {
  return {Code::value_number,
          {"'" + name + "' 不能是 " + shown, "'" + name + "' cannot be " + shown}};
}

inline Message fixed_moved(const std::string& name) {
  return {
      Code::value_choice,
      {"'" + name + "' 不可调整（fixed = true）", "'" + name + "' cannot move: it is fixed = true"},
      {"改动别的量，或在项目中去掉 fixed",
       "move something else, or take fixed out of the project"}};
}

// `range`: as shown.
inline Message outside_declared_range(const std::string& name, const std::string& range) {
  return {Code::value_number,
          {"'" + name + "' 超出项目声明的范围 " + range,
           "'" + name + "' is outside the range the project declares, " + range},
          {},
          Severity::warning};
}

// Money became `shown` by its own name. `factor`: of its old amount. `percent`: the cut that makes
// it, where it is one; else empty.
inline Message money_moved_alone(const std::string& name, const std::string& shown,
                                 const std::string& factor, const std::string& percent) {
  const std::string times = "'items.*=" + factor + "'", scale = "[scale] \"items.*\" = " + factor;
  return {Code::value_doubtful,
          {"'" + name + "' 变为 " + shown + "，各支出项和跟随它们的结果不动",
           "'" + name + "' becomes " + shown +
               "; the items, and the results that follow them, stay what they are"},
          {"让支出项一起变：--scale " + times + "（情景文件：" + scale + "）" +
               (percent.empty() ? "" : "；或在情景文件中写 [cut] percent = " + percent),
           "take the items along: --scale " + times + " (in a scenario: " + scale + ")" +
               (percent.empty() ? "" : ", or write [cut] percent = " + percent + " in a scenario")},
          Severity::warning};
}

// Indicators that are added, dropped or judged by other rules.

inline Message unknown_indicator_or_constraint(const std::string& id,
                                               const std::vector<std::string>& known) {
  return {Code::reference_unknown,
          {"项目没有指标或约束 '" + id + "'",
           "the project has no indicator or constraint '" + id + "'"},
          text::suggestion(id, known)};
}

inline Message added_without_actual(const std::string& id) {
  return {Code::result_missing,
          {"新增指标 '" + id + "' 没有 actual", "the added indicator '" + id + "' has no actual"},
          {"写上 actual = …", "give its actual = ..."}};
}

inline Message rules_cannot_score(const std::string& id) {
  return {Code::reference_unknown,
          {"规则集 '" + id + "' 是供继承的方法库，不能直接评分",
           "the rule set '" + id + "' is there to be extended and cannot score"},
          {"用 jixiao rules 查看可用的规则集", "see 'jixiao rules' for rule sets that can"}};
}

inline Message no_room_for_weights(const Text& scenario) {
  return {Code::weights_sum,
          {"“" + scenario.zh + "”改动的权重给其余的留不出位置",
           "the weights '" + scenario.en + "' moves leave no room for the others"},
          {"改动后的权重之和不能超过满分（块内不能超过块的分值）；全部改动时要正好相等",
           "together they must not pass full marks (in a block, its weight), and make them exactly "
           "when all are moved"},
          Severity::warning};
}

// `indicators`: ids of those without points; may be empty.
inline Message no_total(const Text& scenario, const std::string& indicators) {
  const bool known = !indicators.empty();
  return {Code::result_uncomputable,
          {"“" + scenario.zh + "”算不出总分" + (known ? "：" + indicators + " 没有得分" : ""),
           "'" + scenario.en + "' has no total" + (known ? ": no points for " + indicators : "")},
          {"给这些指标一个结果（results.…）或一个 model",
           "give these indicators a result (results.…) or a model"},
          Severity::warning};
}

}  // namespace jixiao::scenario::message
