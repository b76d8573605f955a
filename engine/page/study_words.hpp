// The words of reports on studies.
#pragma once

#include "page/words.hpp"

namespace jixiao::page::word {

inline constexpr Label study{"研究", "Study"};
inline constexpr Label question{"问题", "question"};
inline constexpr Label as_it_stands{"现状", "as it stands"};
inline constexpr Label with_scenarios{"套用情景后", "with the scenarios"};
inline constexpr Label starts_from{"起点情景", "starts from"};
inline constexpr Label study_kind{"方法", "kind"};
inline constexpr Label seed{"随机种子", "seed"};
inline constexpr Label samples{"抽样次数", "samples"};
inline constexpr Label evaluations{"计算次数", "evaluations"};
inline constexpr Label uncomputable{"算不出的次数", "could not be computed"};
inline constexpr Label stopped{"研究中途停止：以下只是已完成部分的结果",
                               "STOPPED before the end: this is what was done so far"};
inline constexpr Label inputs_varied{"变动的输入", "Inputs"};
inline constexpr Label input{"输入", "input"};
inline constexpr Label law{"取值", "varied over"};
inline constexpr Label outcome{"结果", "outcome"};
inline constexpr Label violates{"违反约束", "violates"};
inline constexpr Label violated_here{"违反约束", "constraints violated"};
inline constexpr Label cannot_compute{"算不出", "cannot be computed"};

inline constexpr Label kind_tornado{"单因素敏感性", "Tornado: one input at a time"};
inline constexpr Label kind_grid{"网格试算", "Grid: every combination"};
inline constexpr Label kind_break_even{"临界点", "Break-even: where the rating changes"};
inline constexpr Label kind_monte_carlo{"蒙特卡罗模拟", "Monte Carlo"};
inline constexpr Label kind_sobol{"方差贡献（Sobol 指数）",
                                  "Sobol indices: shares of the variance"};
inline constexpr Label kind_morris{"基本效应（Morris 筛选）", "Morris: elementary effects"};
inline constexpr Label kind_shapley{"方差贡献（夏普利效应）",
                                    "Shapley effects: shares of the variance"};
inline constexpr Label kind_allocation{"资金分配", "Allocation of money"};
inline constexpr Label kind_stability{"权重变动下的等级稳定性",
                                      "Stability of ratings under other weights"};

inline constexpr Label at_low_end{"输入取下端", "input at its lower end"};
inline constexpr Label at_high_end{"输入取上端", "input at its upper end"};
inline constexpr Label lower_end{"下端", "lower end"};
inline constexpr Label upper_end{"上端", "upper end"};
inline constexpr Label its_output{"此时结果", "output there"};
inline constexpr Label least_output{"最低", "lowest"};
inline constexpr Label most_output{"最高", "highest"};
inline constexpr Label swing{"幅度", "swing"};
inline constexpr Label not_followed{"没有指标的结果跟随", "No indicator's result follows"};
inline constexpr Label further_inside{"范围内部更低或更高处", "lower or higher inside the range"};
inline constexpr Label first_drawn{"图中为前 {} 项，表中为全部 {} 项",
                                   "the first {} are drawn; all {} are in the table"};

inline constexpr Label violated_hatched{"斜线：违反约束", "hatched: a constraint is violated"};
inline constexpr Label rating_line{"等级在此变化", "the rating changes here"};
inline constexpr Label rating_at{"等级", "rating"};

inline constexpr Label direction_of_move{"变动方向", "moves"};
inline constexpr Label upwards{"增加", "up"};
inline constexpr Label downwards{"减少", "down"};
inline constexpr Label keeps_until{"最后保住等级的值", "last that keeps it"};
inline constexpr Label changes_at{"等级变化的值", "first that does not"};
inline constexpr Label becomes{"变为", "becomes"};
inline constexpr Label room{"余地", "room"};
inline constexpr Label looked_until{"查到", "looked as far as"};
inline constexpr Label kept_throughout{"到 {} 都不变", "kept up to {}"};
inline constexpr Label kept_to_the_end{"到头不变", "kept to the end"};
inline constexpr Label changes_back{"再往后等级又变", "changes again beyond"};

inline constexpr Label chance{"概率", "chance"};
inline constexpr Label chances{"各等级的概率", "Chance of each rating"};
inline constexpr Label constraints_kept{"守住约束的概率", "Chance that each constraint is kept"};
inline constexpr Label distribution_of{"分布", "Distribution"};
inline constexpr Label draws{"次数", "draws"};
inline constexpr Label left_out{"因条件不满足而未计入的抽样", "draws left out by the condition"};
inline constexpr Label quantile{"分位数", "quantile"};
inline constexpr Label standard_error{"标准误", "standard error"};
inline constexpr Label interval{"置信区间", "interval"};
inline constexpr Label mean_value{"均值", "mean"};
inline constexpr Label standard_deviation{"标准差", "standard deviation"};
inline constexpr Label median_value{"中位数", "median"};

inline constexpr Label alone{"单独贡献 S1", "alone, S1"};
inline constexpr Label with_others{"总贡献 ST", "with its interactions, ST"};
inline constexpr Label effect_share{"夏普利效应", "Shapley effect"};
inline constexpr Label pairs{"两两交互 S2", "Pairs, S2"};
inline constexpr Label of_variance{"占方差的份额", "share of the variance"};
inline constexpr Label settled{"按总贡献的排序已经确定", "the order by total share is settled"};
inline constexpr Label not_settled{
    "排序尚未确定：相邻两项的区间仍然重叠",
    "the order is not settled: intervals of neighbours still overlap"};
inline constexpr Label mean_effect{"平均效应 μ", "mean effect μ"};
inline constexpr Label mean_size{"平均效应大小 μ*", "mean size of the effect μ*"};
inline constexpr Label effect_spread{"效应的离散 σ", "spread of the effects σ"};
inline constexpr Label variance{"方差", "variance"};
inline constexpr Label nearly_linear{"近似线性", "almost linear"};
inline constexpr Label monotone_effect{"单调", "monotone"};
inline constexpr Label nearly_monotone{"近似单调", "almost monotone"};
inline constexpr Label not_monotone{"非线性或有交互", "non-linear, or interacting"};

inline constexpr Label goal_best{"在这笔钱内得分最高", "the best total for this money"};
inline constexpr Label goal_least{"保住等级所需的最少资金",
                                  "the least money that keeps the rating"};
inline constexpr Label allocation_goal{"目标", "goal"};
inline constexpr Label money_split{"可分配资金", "money to be split"};
inline constexpr Label money_needed{"至少需要", "needed at least"};
inline constexpr Label before_split{"分配前", "before"};
inline constexpr Label after_split{"分配后", "after"};
inline constexpr Label difference_of_split{"增减", "change"};
inline constexpr Label what_it_may_get{"允许范围", "may get"};
inline constexpr Label marginal_short{"分/万元", "points/10,000 yuan"};
inline constexpr Label bound{"上界：不可能更好", "bound: nothing can be better"};
inline constexpr Label bound_short{"上界", "bound"};
inline constexpr Label nobody_measures{"没有指标衡量", "measured by no indicator"};
inline constexpr Label frontier{"资金与得分的有效边界",
                                "Money against score: the efficient frontier"};
inline constexpr Label best_found{"找到的最好结果", "best that was found"};
inline constexpr Label money_axis{"资金", "money"};
inline constexpr Label parts_split{"逐项分配", "Item by item"};
inline constexpr Label item{"支出项", "item"};

inline constexpr Label project_column{"项目", "project"};
inline constexpr Label certain_ratings{"等级确定", "rating certain"};
inline constexpr Label flipping_ratings{"等级会变", "rating may flip"};
inline constexpr Label over_weights{"权重在范围内变动时", "over all weights in the ranges"};
inline constexpr Label stability_intervals{"总分的可能范围",
                                           "Totals over all weights in the ranges"};
inline constexpr Label flips_to{"最近会变为", "flips to"};
inline constexpr Label flip_weights{"最近的翻转权重", "nearest flipping weights"};
inline constexpr Label flip_distance{"最大权重变动（分）", "largest move of a weight (points)"};
inline constexpr Label rank_range{"名次范围", "ranks seen"};
inline constexpr Label rank_shift{"平均名次变动", "mean shift of ranks"};
inline constexpr Label same_rating_chance{"保持等级", "keeps it"};
inline constexpr Label total_now{"现权重下", "with the weights as they are"};

}  // namespace jixiao::page::word
