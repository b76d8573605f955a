// What studies can be told, in both languages.
#pragma once

#include <string>
#include <vector>

#include "text/findings.hpp"
#include "text/suggestion.hpp"

namespace jixiao::study::message {

using text::Code;
using text::Message;

// Files of studies.

inline Message unknown_schema(const std::string& schema) {
  return {Code::schema_unknown,
          {"schema 应为 'jixiao/study/1'，这里是 '" + schema + "'",
           "the schema should be 'jixiao/study/1', this is '" + schema + "'"}};
}

inline Message unknown_study(const std::string& name, const std::vector<std::string>& known) {
  return {Code::file_unreadable,
          {"没有研究 '" + name + "'", "there is no study '" + name + "'"},
          text::suggestion(name, known)};
}

inline Message unknown_kind(const std::string& word, const std::vector<std::string>& known) {
  return {Code::value_choice,
          {"没有 '" + word + "' 这种研究", "there is no kind of study '" + word + "'"},
          text::suggestion(word, known)};
}

inline Message no_project() {
  return {Code::key_missing,
          {"这项研究要有项目", "this study needs a project"},
          {"指明项目，或写 [formula]", "name a project, or give it a [formula]"}};
}

// Keys that would make sense to somebody, but not of this kind of study.

inline Message apply_without_project() {
  return {Code::value_choice,
          {"有 [formula] 的研究没有项目，情景无处可用",
           "a study with [formula] has no project a scenario could change"},
          {"删去 apply", "leave apply out"}};
}

inline Message apply_to_projects() {
  return {Code::value_choice,
          {"apply 只用于一个项目的分配", "apply is for splitting the money of one project"},
          {"在 [[project]] 中写 rules，换一套规则",
           "write rules in a [[project]] to score it by others"}};
}

// `moved`: the names of the numbers.
inline Message apply_moves_numbers(const std::string& moved) {
  return {Code::value_choice,
          {"allocation 可套用改变规则、指标、约束或目标的情景；这里的情景还改变数值：" + moved,
           "an allocation starts from scenarios that change rules, indicators, constraints or "
           "targets; these change numbers: " +
               moved},
          {"删去它；各项金额用 money、least、most、protect 说；其余的数改在另一份 project.toml 里",
           "leave it out; say amounts with money, least, most and protect; change other numbers in "
           "a project.toml of their own"}};
}

inline Message where_of_shares(const std::string& kind) {
  return {Code::value_choice,
          {"where 用于 monte-carlo 和 grid；" + kind +
               " 要把每个输入单独换值，去掉一部分样本后方差份额不再有意义",
           "where is for monte-carlo and grid; " + kind +
               " exchanges inputs one by one, and shares of the variance mean nothing once some "
               "samples are left out"},
          {"把输入的范围收窄，或用 kind = \"monte-carlo\"",
           "narrow the ranges of the inputs, or take kind = \"monte-carlo\""}};
}

inline Message where_elsewhere(const std::string& kind) {
  return {Code::value_choice,
          {"where 用于 monte-carlo 和 grid；" + kind + " 会说出在哪里违反项目的约束",
           "where is for monte-carlo and grid; a " + kind +
               " says where constraints of the project are violated"},
          {"把它写成项目的 [[constraint]]，或收窄范围",
           "write it as a [[constraint]] of the project, or narrow the ranges"}};
}

inline Message correlation_elsewhere(const std::string& kind) {
  return {Code::value_choice,
          {"[[correlation]] 只用于 monte-carlo；" + kind + " 要求各输入相互独立",
           "a [[correlation]] is for monte-carlo; " + kind + " takes independent inputs"},
          {"用 kind = \"monte-carlo\"；相关的输入可在 sobol 中归入一个 [[group]]",
           "take kind = \"monte-carlo\"; in sobol, inputs that go together can be one [[group]]"}};
}

inline Message weights_elsewhere() {
  return {Code::value_choice,
          {"一起抽取的 [[weights]] 只用于 monte-carlo",
           "[[weights]] drawn together are for monte-carlo"},
          {"写成各自的范围：weights.x = { low = 5, high = 15 }",
           "give each its range: weights.x = { low = 5, high = 15 }"}};
}

// Formulas of a study's own.

inline Message formula_not_text(const std::string& name, const Text& found) {
  return {Code::value_type,
          {"'" + name + "' 应为公式文字，这里是" + found.zh,
           "'" + name + "' should be a formula, this is " + found.en},
          {name + " = 'x1 + x2'", name + " = 'x1 + x2'"}};
}

inline Message no_formula() {
  return {Code::key_missing,
          {"[formula] 里没有公式", "there is no formula in [formula]"},
          {"y = 'x1 + x2'", "y = 'x1 + x2'"}};
}

inline Message unknown_formula(const std::string& name, const std::vector<std::string>& known) {
  return {Code::reference_unknown,
          {"没有公式 '" + name + "'", "there is no formula '" + name + "'"},
          text::suggestion(name, known)};
}

inline Message unusable_name(const std::string& name) {
  return {Code::id_invalid,
          {"'" + name + "' 不能用在公式里", "'" + name + "' cannot stand in a formula"},
          {"名称用字母、汉字、数字和下划线，不以数字开头，也不是函数名",
           "use letters, digits and '_', not starting with a digit, and no function's name"}};
}

inline Message not_one_number(const std::string& name) {
  return {Code::value_text, {"'" + name + "' 应为一个数", "'" + name + "' takes one number"}};
}

inline Message unknown_output(const std::string& name, const std::vector<std::string>& known) {
  return {Code::reference_unknown,
          {"没有输出 '" + name + "'", "there is no output '" + name + "'"},
          text::suggestion(name, known)};
}

// Inputs.

inline Message input_unreadable(const std::string& name, const Text& found) {
  return {Code::value_type,
          {"'" + name + "' 应为 { low, high }、一种分布或一个值，这里是" + found.zh,
           "'" + name + "' should be { low, high }, a law or a value, this is " + found.en},
          {name + " = { low = 0, high = 10 }", name + " = { low = 0, high = 10 }"}};
}

inline Message not_a_range(const std::string& typed) {
  return {Code::value_text,
          {"'" + typed + "' 应写成 名称=范围", "'" + typed + "' should be NAME=RANGE"},
          {"例如 drivers.rate=200..400/10", "such as drivers.rate=200..400/10"}};
}

inline Message nothing_varies() {
  return {Code::key_missing,
          {"这项研究没有要变动的输入", "this study has no inputs to vary"},
          {"写 [input]，例如 drivers.rate = { low = 200, high = 400 }；命令行上写 "
           "drivers.rate=200..400",
           "write [input], such as drivers.rate = { low = 200, high = 400 }; in a call: "
           "drivers.rate=200..400"}};
}

inline Message nothing_declared() {
  return {Code::key_missing,
          {"项目没有声明范围的量可供变动",
           "the project declares no range of anything that could be varied"},
          {"写 [input]，例如 drivers.rate = { low = 200, high = 400 }",
           "write [input], such as drivers.rate = { low = 200, high = 400 }"}};
}

inline Message grid_too_wide(std::size_t inputs) {
  return {Code::value_choice,
          {"grid 有一个或两个输入，这里有 " + std::to_string(inputs) + " 个",
           "a grid has one or two inputs, this has " + std::to_string(inputs)},
          {"其余的写成一个值，例如 drivers.days = 3",
           "give the others one value, such as drivers.days = 3"}};
}

inline Message unknown_input(const std::string& name, const std::vector<std::string>& known) {
  return {Code::reference_unknown,
          {"没有可调整的量 '" + name + "'", "there is no number that can be moved '" + name + "'"},
          text::suggestion(name, known)};
}

inline Message not_drawn(const std::string& name, const std::vector<std::string>& known) {
  return {Code::reference_unknown,
          {"'" + name + "' 不是这项研究抽取的输入", "'" + name + "' is no input this study draws"},
          text::suggestion(name, known)};
}

inline Message named_twice(const std::string& name) {
  return {Code::id_duplicate,
          {"'" + name + "' 写了两次", "'" + name + "' is there twice"},
          {"删去一个", "remove one"}};
}

inline Message input_fixed(const std::string& name) {
  return {
      Code::value_choice,
      {"'" + name + "' 不可调整（fixed = true）", "'" + name + "' cannot move: it is fixed = true"},
      {"研究别的量，或在项目中去掉 fixed",
       "study something else, or take fixed out of the project"}};
}

inline Message range_unknown(const std::string& name) {
  return {Code::key_missing,
          {"没有声明 '" + name + "' 的范围", "nothing says how far '" + name + "' goes"},
          {"写出范围或分布，例如 " + name + " = { low = …, high = … }",
           "give it a range or a law: " + name + " = { low = …, high = … }"}};
}

inline Message value_impossible(const std::string& name, const std::string& value,
                                const std::string& lowest) {
  return {Code::value_number,
          {"'" + name + "' 不能是 " + value, "'" + name + "' cannot be " + value},
          {"最低为 " + lowest, "the lowest is " + lowest}};
}

inline Message range_empty(const std::string& name, const std::string& end) {
  return {Code::value_number,
          {"'" + name + "' 的两端都是 " + end, "both ends of '" + name + "' are " + end},
          {"不变的输入只写值", "for an input that does not vary write its value alone"}};
}

inline Message range_upside_down(const std::string& name, const std::string& low,
                                 const std::string& high) {
  return {Code::value_number,
          {"'" + name + "' 的范围上下颠倒：" + low + " 大于 " + high,
           "the range of '" + name + "' is upside down: " + low + " is over " + high},
          {"对调两端：low = " + high + "，high = " + low,
           "swap the ends: low = " + high + ", high = " + low}};
}

inline Message range_outside(const std::string& name, const std::string& declared) {
  return {Code::value_number,
          {"'" + name + "' 超出项目声明的范围 " + declared,
           "'" + name + "' goes outside the range the project declares, " + declared},
          {},
          Severity::warning};
}

inline Message range_half(const std::string& name) {
  return {Code::key_missing,
          {"'" + name + "' 的范围只有一端", "'" + name + "' has one end of a range only"},
          {"low 和 high 都要写", "write both low and high"}};
}

inline Message step_not_positive() {
  return {Code::value_number,
          {"step 应大于 0", "a step is above 0"},
          {"不写 step 即连续", "without a step it is continuous"}};
}

inline Message step_without_range(const std::string& name) {
  return {Code::key_missing,
          {"'" + name + "' 有 step 而没有范围", "'" + name + "' has a step but no range"},
          {"low 和 high 都要写", "write low and high"}};
}

inline Message step_of_law() {
  return {Code::value_choice,
          {"step 只用于范围，不用于分布", "a step goes with a range, not with a law"},
          {"离散取值用 discrete = [...]", "for separate values write discrete = [...]"}};
}

inline Message too_many_steps(const std::string& name, const std::string& steps,
                              const std::string& most) {
  return {Code::value_number,
          {"'" + name + "' 有 " + steps + " 步，超过 " + most + " 步：按连续取值抽取",
           "'" + name + "' has " + steps + " steps, more than " + most +
               ": it is drawn as if it were continuous"},
          {"放大步长，或收窄范围", "take larger steps, or a narrower range"},
          Severity::warning};
}

inline Message money_without_items(const std::string& name) {
  return {Code::value_doubtful,
          {"'" + name + "' 变动时各支出项不动：跟随支出项的结果也不动",
           "the items stay what they are while '" + name +
               "' varies, and so do the results that follow them"},
          {"改为变动支出项：\"items.*\"，或 items.<id>=低..高",
           "vary the items instead: \"items.*\", or items.<id>=LOW..HIGH"},
          Severity::warning};
}

// Laws.

inline Message unknown_law(const std::string& name, const std::vector<std::string>& known) {
  return {Code::value_choice,
          {"没有分布 '" + name + "'", "there is no law '" + name + "'"},
          text::suggestion(name, known)};
}

inline Message law_unreadable(const std::string& word, const Text& example) {
  return {Code::value_type, {word + " 的写法不对", word + " is not written that way"}, example};
}

inline Message two_laws(const std::string& name) {
  return {Code::value_choice,
          {"'" + name + "' 有两种分布", "'" + name + "' has two laws"},
          {"留下一种", "keep one of them"}};
}

inline Message law_cut_off(const std::string& law) {
  return {Code::value_choice,
          {"low、high 只截断 normal 分布", "low and high cut off a normal law only"},
          {"把两端写进 " + law + " 的参数，或改用 normal",
           "put the ends into the numbers of " + law + ", or use normal"}};
}

inline Message lognormal_with_unit() {
  return {Code::value_type,
          {"lognormal 的两个数是对数的，没有单位",
           "the numbers of lognormal are of the logarithm: they have no unit"}};
}

// `lowest` as shown, `cut` as it is typed.
inline Message law_reaches_too_low(const std::string& name, const std::string& lowest,
                                   const std::string& cut) {
  return {Code::value_number,
          {"'" + name + "' 不能低于 " + lowest + "，这个正态分布却会",
           "'" + name + "' cannot be below " + lowest + ", and this normal law goes there"},
          {"在那里截断：low = " + cut, "cut it off there: low = " + cut}};
}

inline Message share_above_all(const std::string& name) {
  return {Code::value_number,
          {"'" + name + "' 会抽到 100% 以上", "'" + name + "' is drawn above 100%, too"},
          {"若不可能，在那里截断：high = 100", "if that cannot be, cut it off there: high = 100"},
          Severity::warning};
}

inline Message not_a_list(const std::string& key) {
  return {Code::value_type,
          {"'" + key + "' 应为数的列表", "'" + key + "' should be a list of numbers"},
          {key + " = [1, 2]", key + " = [1, 2]"}};
}

// Columns of values.

inline Message column_unknown(const std::string& file, const std::string& wanted,
                              const std::vector<std::string>& known) {
  return {Code::reference_unknown,
          {file + " 没有列 '" + wanted + "'", file + " has no column '" + wanted + "'"},
          text::suggestion(wanted, known)};
}

inline Message column_too_long(const std::string& file) {
  return {Code::file_too_large, {file + " 超过 200000 行", file + " has more than 200,000 rows"}};
}

inline Message column_empty(const std::string& wanted) {
  return {Code::value_number,
          {"列 '" + wanted + "' 没有值", "the column '" + wanted + "' has no values"},
          {"至少要一个值", "one value at least"}};
}

// Inputs that are drawn together.

inline Message correlation_of_one() {
  return {Code::key_missing,
          {"相关系数要写两个以上的输入", "a correlation is between two inputs or more"},
          {"of = [\"results.attendance\", \"results.satisfaction\"]",
           "of = [\"results.attendance\", \"results.satisfaction\"]"}};
}

inline Message correlation_without_value() {
  return {Code::key_missing,
          {"[[correlation]] 要写 value 或 matrix 中的一个",
           "a [[correlation]] has a value or a matrix"},
          {"value = 0.6", "value = 0.6"}};
}

inline Message matrix_unreadable(std::size_t rows) {
  const std::string count = std::to_string(rows);
  return {Code::value_type,
          {"matrix 应为 " + count + " 行，每行 " + count + " 个数",
           "the matrix should be " + count + " rows of " + count + " numbers"},
          {"matrix = [[1, 0.5], [0.5, 1]]", "matrix = [[1, 0.5], [0.5, 1]]"}};
}

inline Message correlated_with_itself(const std::string& name) {
  return {Code::id_duplicate,
          {"'" + name + "' 写了两次", "'" + name + "' is there twice"},
          {"删去它", "leave it out"}};
}

inline Message drawn_by_weights(const std::string& name) {
  return {Code::value_choice,
          {"'" + name + "' 已由 [[weights]] 一起抽取",
           "'" + name + "' is drawn by [[weights]] already"},
          {"删去它", "leave it out"}};
}

inline Message correlated_twice(const std::string& one, const std::string& other) {
  return {Code::id_duplicate,
          {"'" + one + "' 与 '" + other + "' 的相关系数写了两次",
           "the correlation of '" + one + "' and '" + other + "' is there twice"},
          {"留下一处", "keep one of the two"}};
}

inline Message weights_incomplete() {
  return {Code::key_missing,
          {"[[weights]] 要写 of（两个以上）和每个权重的 dirichlet，或 low 与 high",
           "[[weights]] has two names or more, and for each of them a dirichlet number, or a low "
           "and a high"},
          {"low = [40, 20, 5]，high = [60, 40, 15]", "low = [40, 20, 5], high = [60, 40, 15]"}};
}

inline Message unknown_weight(const std::string& name, const std::vector<std::string>& known) {
  return {Code::reference_unknown,
          {"没有权重 '" + name + "'", "there is no weight '" + name + "'"},
          text::suggestion(name, known)};
}

// Groups of inputs.

inline Message group_twice(const std::string& id) {
  return {Code::id_duplicate,
          {"'" + id + "' 写了两次", "'" + id + "' is there twice"},
          {"给其中一个换个名字", "rename one of the two"}};
}

inline Message grouped_already(const std::string& name) {
  return {Code::id_duplicate,
          {"'" + name + "' 已在另一组里", "'" + name + "' is in a group already"},
          {"从一组中删去它", "take it out of one of them"}};
}

inline Message group_empty(const std::string& id) {
  return {Code::key_missing,
          {"组 '" + id + "' 里没有输入", "the group '" + id + "' has no inputs"},
          {"of = [\"drivers.rate\"]", "of = [\"drivers.rate\"]"}};
}

// Settings.

inline Message where_not_formula() {
  return {Code::value_type,
          {"where 应为公式", "where takes formulas"},
          {"where = 'results_trained >= 150'", "where = 'results_trained >= 150'"}};
}

inline Message odd_grid_levels() {
  return {Code::value_number,
          {"grid_levels 应为偶数", "grid_levels should be even"},
          {"grid_levels = 4", "grid_levels = 4"}};
}

inline Message level_out_of_range() {
  return {Code::value_number,
          {"分位数水平在 0 至 1 之间", "the levels of quantiles are between 0 and 1"},
          {"levels = [0.05, 0.5, 0.95]", "levels = [0.05, 0.5, 0.95]"}};
}

inline Message not_a_fraction(const std::string& key) {
  return {Code::value_number, {key + " 应在 0 与 1 之间", key + " is between 0 and 1"}};
}

inline Message threshold_missing() {
  return {Code::key_missing,
          {"没有等级可守：要写 threshold", "there is no rating to keep: a threshold is needed"},
          {"threshold = 90", "threshold = 90"}};
}

// Answers.

// `all` and `some`: places; one of every `each` is looked at; `step` as the input declares it.
inline Message grid_thinned(const std::string& name, const std::string& all,
                            const std::string& some, const std::string& each,
                            const std::string& step) {
  return {
      Code::value_number,
      {"'" + name + "' 共 " + all + " 处，网格只算其中 " + some + " 处（每 " + each + " 步一处）",
       "'" + name + "' has " + all + " places; the grid looks at " + some + " of them, every " +
           each + " steps"},
      {"要逐步计算就写出步长：step = " + step + "，命令行上 低..高/" + step,
       "write the step to see them all: step = " + step + ", in a call LOW..HIGH/" + step},
      Severity::note};
}

inline Message grid_too_large() {
  return {Code::value_number,
          {"网格超过一百万个点", "the grid has more than a million places"},
          {"把 step 放大", "take larger steps"}};
}

inline Message no_place_kept() {
  return {Code::constraint_violated,
          {"网格里没有一个点满足 where", "no place of the grid keeps `where`"},
          {"放宽 where，或扩大范围", "loosen `where`, or widen the ranges"},
          Severity::error};
}

inline Message no_sample_kept(std::size_t drawn) {
  return {Code::constraint_violated,
          {"抽取的 " + std::to_string(drawn) + " 个样本没有一个满足 where",
           "none of the " + std::to_string(drawn) + " samples drawn keeps `where`"},
          {"放宽 where，或改变输入的分布", "loosen `where`, or change the laws of the inputs"},
          Severity::error};
}

inline Message memory_needed(const std::string& megabytes) {
  return {Code::value_number,
          {"这项研究约需 " + megabytes + " MB 内存",
           "this study will take about " + megabytes + " MB of memory"},
          {"内存不够时减少 --samples，或少看几个 output",
           "where that is too much, draw fewer --samples or look at fewer outputs"},
          Severity::warning};
}

inline Message state_unwritable() {
  return {Code::file_unwritable,
          {"中间状态写不进去", "what is done so far cannot be kept there"},
          {"换一个可写的位置", "name a place that can be written"}};
}

inline Message ranks_differ(std::size_t rank) {
  return {
      Code::part_wrong,
      {"进程 " + std::to_string(rank) + " 读到的项目、规则或研究与进程 0 不同",
       "rank " + std::to_string(rank) + " reads another project, rule set or study than rank 0"},
      {"让每台机器看到同样的文件（共享目录），用同一版本的程序",
       "let every machine see the same files (a shared folder), and run the same version of "
       "the program"}};
}

// Files that `check` is given.

inline Message no_schema() {
  return {Code::schema_unknown,
          {"文件没有 schema，不知道是什么",
           "the file has no schema line, so there is no telling what it is"},
          {"第一行写 schema = \"jixiao/ruleset/1\"、\"jixiao/project/1\" 或 \"jixiao/results/1\"",
           "begin with schema = \"jixiao/ruleset/1\", \"jixiao/project/1\" or "
           "\"jixiao/results/1\""}};
}

inline Message schema_of_nobody(const std::string& schema) {
  return {Code::schema_unknown,
          {"未知的 schema '" + schema + "'", "unknown schema '" + schema + "'"},
          {"可用：jixiao/ruleset/1、jixiao/project/1、jixiao/results/1、jixiao/scenario/"
           "1、jixiao/study/"
           "1、jixiao/monitoring/1、jixiao/use/1、jixiao/calendar/1",
           "known: jixiao/ruleset/1, jixiao/project/1, jixiao/results/1, jixiao/scenario/1, "
           "jixiao/study/1, jixiao/monitoring/1, jixiao/use/1, jixiao/calendar/1"}};
}

}  // namespace jixiao::study::message
