// The words of reports on many projects.
#pragma once

#include "page/words.hpp"

namespace jixiao::page::word {

inline constexpr Label portfolio{"项目组合", "Portfolio"};
inline constexpr Label table{"数据表", "table"};
inline constexpr Label projects{"项目数", "projects"};
inline constexpr Label scored_projects{"已计分", "scored"};
inline constexpr Label failed_projects{"未能计分", "not scored"};
inline constexpr Label mean{"平均分", "mean"};
inline constexpr Label median{"中位数", "median"};
inline constexpr Label deviation{"标准差", "standard deviation"};
inline constexpr Label lowest{"最低分", "lowest"};
inline constexpr Label highest{"最高分", "highest"};
inline constexpr Label share{"占比", "share"};
inline constexpr Label project{"项目", "project"};
inline constexpr Label nothing_scored{"没有一个项目算出总分", "not one project has a total"};
inline constexpr Label rating_shares{"各等级的项目", "Projects by rating"};
inline constexpr Label distribution{"总分分布", "Distribution of totals"};
inline constexpr Label cumulative{"累计分布", "Cumulative distribution"};
inline constexpr Label cumulative_axis{"不高于此分的项目（%）", "projects at or below (%)"};
inline constexpr Label quantiles{"分位数", "Quantiles"};
inline constexpr Label quantiles_note{"分位数：至少这么多比例的已计分项目不高于此分的最低总分",
                                      "A quantile is the lowest total that at least this share of "
                                      "the scored projects does not exceed"};
inline constexpr Label forced{"等级比例限制", "Limits on ratings"};
inline constexpr Label forced_limit{"上限", "at most"};
inline constexpr Label allowed{"允许项目数", "allowed"};
inline constexpr Label or_better{"及以上", " or better"};
inline constexpr Label moved_down{"下调", "moved down"};
inline constexpr Label forced_ties_down{
    "已按比例下调，各处等级均为下调后的等级；处在界上的同分项目一并下调",
    "Applied: those beyond a limit moved to the next rating, and ratings here are those after it; "
    "equal totals on the edge all moved down"};
inline constexpr Label forced_ties_up{
    "已按比例下调，各处等级均为下调后的等级；处在界上的同分项目一并保留",
    "Applied: those beyond a limit moved to the next rating, and ratings here are those after it; "
    "equal totals on the edge all stayed"};
inline constexpr Label cut{"须达到", "needs at least"};
inline constexpr Label block_means{"一级指标平均得分", "Mean points by block"};
inline constexpr Label roll_up{"汇总", "Roll-up"};
inline constexpr Label by_equal{"每个项目同权", "every project counts the same"};
inline constexpr Label by_budget{"按全年预算加权", "weighted with the adjusted budget"};
inline constexpr Label by_execution{"按全年执行加权", "weighted with what was spent"};
inline constexpr Label unweighted{"无金额未计入", "without amount"};
inline constexpr Label rank{"名次", "rank"};
inline constexpr Label empty_name{"（空）", "(empty)"};
inline constexpr Label refused{
    "这一列的不同取值太多（超过 10 万个，或名称合计超过 64 MiB），未汇总",
    "this column has too many different values (over 100,000, or 64 MiB of names): it was not "
    "rolled up"};
inline constexpr Label mean_and_range{"平均分（线：最低至最高）", "mean (line: lowest to highest)"};
inline constexpr Label budget_and_mean{"预算与平均分", "Budget and mean"};
inline constexpr Label budget_axis{"全年预算（元）", "adjusted budget (yuan)"};
inline constexpr Label bubble_note{"圆的面积：项目数；颜色：平均分的等级",
                                   "area of a circle: projects; colour: rating of the mean"};
inline constexpr Label near_edges{"离等级线最近的项目", "Nearest to the edge of a rating"};
inline constexpr Label edge{"等级线", "edge"};
inline constexpr Label distance{"相差", "distance"};
inline constexpr Label beyond_edge{"线的另一边", "beyond it"};
inline constexpr Label lost_most{"失分集中在哪里", "Where points are lost"};
inline constexpr Label lost_note{"按每个项目失分最多的三项指标统计",
                                 "counted from the three indicators each project lost most with"};
inline constexpr Label others{"其余", "all others"};
inline constexpr Label running_share{"累计占比", "running share"};
inline constexpr Label change_since{"与上次相比", "Change since"};
inline constexpr Label in_both{"两次都有总分", "with a total both times"};
inline constexpr Label only_now{"仅本次有", "only now"};
inline constexpr Label only_earlier{"仅上次有", "only then"};
inline constexpr Label mean_change{"平均变化", "mean change"};
inline constexpr Label unrated{"等级不明，未列入下表", "rating unknown, not in the table below"};
inline constexpr Label moved{"等级变化", "Ratings then and now"};
inline constexpr Label moved_axis{"行：上次；列：本次", "rows: then; columns: now"};
inline constexpr Label risen{"上升最多", "Risen most"};
inline constexpr Label fallen{"下降最多", "Fallen most"};
inline constexpr Label then{"上次", "then"};
inline constexpr Label this_time{"本次", "now"};
inline constexpr Label total_change{"变化", "change"};
inline constexpr Label totals_axis{"总分", "total"};

inline constexpr Label comparison{"两套规则对比", "Two rule sets"};
inline constexpr Label scored_both{"两套规则下都有总分", "scored under both"};
inline constexpr Label nothing_scored_both{"没有一个项目在两套规则下都算出总分",
                                           "not one project has a total under both"};
inline constexpr Label scored_only_a{"只在 A 下有总分", "scored under A only"};
inline constexpr Label scored_only_b{"只在 B 下有总分", "scored under B only"};
inline constexpr Label scored_neither{"两套规则下都无总分", "scored under neither"};
inline constexpr Label changed{"等级不同", "rating differs"};
inline constexpr Label mean_a{"平均分（A）", "mean (A)"};
inline constexpr Label mean_b{"平均分（B）", "mean (B)"};
inline constexpr Label rules_a{"规则集 A", "rule set A"};
inline constexpr Label rules_b{"规则集 B", "rule set B"};
inline constexpr Label moved_rules{"A 的等级到 B 的等级", "From the rating of A to that of B"};
inline constexpr Label moved_rules_axis{"行：A；列：B", "rows: A; columns: B"};
inline constexpr Label causes{"等级为何不同", "Why ratings differ"};
inline constexpr Label causes_note{
    "每个等级不同的项目计入使其变化最大的一个原因",
    "every project whose rating differs is counted under what makes most of its difference"};
inline constexpr Label cause{"原因", "cause"};
inline constexpr Label cause_points{"其中", "of it"};
inline constexpr Label projects_moved{"等级不同的项目，差距大的在前",
                                      "Projects whose rating differs, largest difference first"};
inline constexpr Label no_change{"没有项目的等级不同", "no project has another rating"};
inline constexpr Label cause_bands{"等级线不同", "other edges of ratings"};
inline constexpr Label cause_rounding{"舍入不同", "other rounding"};
inline constexpr Label cause_weights{"分值不同", "another weight"};
inline constexpr Label cause_method{"计分方法不同", "another method"};
inline constexpr Label cause_adjustments{"加减分或否决不同", "other adjustments or vetoes"};
inline constexpr Label cause_combination{"得分合成总分的方式不同",
                                         "points become a total in another way"};
inline constexpr Label not_counted{"不计分", "does not count"};

}  // namespace jixiao::page::word
