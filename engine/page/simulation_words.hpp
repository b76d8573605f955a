// The words of reports on scenarios.
#pragma once

#include "page/words.hpp"

namespace jixiao::page::word {

inline constexpr Label simulation{"情景对比", "Scenarios"};
inline constexpr Label baseline{"现状", "as it stands"};
inline constexpr Label typed{"所输改动", "typed"};
inline constexpr Label side_by_side{"并列对比", "Side by side"};
inline constexpr Label more_columns{"并列对比（续）", "Side by side, continued"};
inline constexpr Label scenario_change{"比现状", "against as it stands"};
inline constexpr Label violated{"违反约束", "constraints violated"};
inline constexpr Label none_violated{"无", "none"};
inline constexpr Label same_rows{"其余各项都与现状相同",
                                 "Everything else is as it stands in all of them"};
inline constexpr Label why{"分数为什么变", "Why the total changes"};
inline constexpr Label the_change{"改动", "change"};
inline constexpr Label from_value{"原来", "from"};
inline constexpr Label to_value{"改为", "to"};
inline constexpr Label share_of_change{"影响（分）", "points"};
inline constexpr Label sum_of_changes{"合计", "sum"};
inline constexpr Label exact_shares{
    "按夏普利值分摊：对改动的每一种组合都重新计分，各项影响相加恰为总分的变化",
    "Shapley values over every combination of the changes: they add up to the change of the total "
    "exactly"};
inline constexpr Label sampled_shares{
    "改动太多，按随机抽取的次序估算夏普利值；相加恰为总分的变化",
    "Too many changes for every combination: Shapley values from a sample of their orders; they "
    "add up to the change exactly"};
inline constexpr Label not_attributed{
    "有的组合算不出总分，无法分摊",
    "some combinations of the changes have no total: the change cannot be shared out"};
inline constexpr Label nothing_changed{"没有改动", "nothing is changed"};
inline constexpr Label drivers{"驱动量", "drivers"};
inline constexpr Label results{"结果", "results"};
inline constexpr Label targets{"目标", "targets"};

}  // namespace jixiao::page::word
