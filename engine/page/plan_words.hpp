// The words of the one page about a plan.
#pragma once

#include "page/words.hpp"

namespace jixiao::page::word {

inline constexpr Label plan_title{"计划一页", "The plan on a page"};
inline constexpr Label as_planned{"现状", "as it stands"};
inline constexpr Label plan_cut{"钱少了会怎样", "What a cut would do"};
inline constexpr Label plan_way{"压减办法", "the cut"};
inline constexpr Label plan_breaks{"违反的约束", "constraints violated"};
inline constexpr Label plan_edges{"等级在哪里变", "Where the rating changes"};
inline constexpr Label no_edges{"单独变动任何一项，等级都不变",
                                "No number alone changes the rating within its range"};
inline constexpr Label plan_chances{"各等级的概率", "How likely each rating is"};
inline constexpr Label plan_matters{"什么最要紧", "What matters most"};
inline constexpr Label plan_swing{"总分幅度", "swing of the total"};
inline constexpr Label plan_next{"离下一等级还差多少", "To the next rating"};
inline constexpr Label plan_least{"保住等级最少要多少钱", "The least money that keeps the rating"};
inline constexpr Label plan_item{"支出项", "item"};
inline constexpr Label plan_before{"现有", "before"};
inline constexpr Label plan_after{"最少", "at least"};
inline constexpr Label cannot_be_told{"回答不了", "cannot be told"};

}  // namespace jixiao::page::word
