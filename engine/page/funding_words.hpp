// The words of reports on the use of results.
#pragma once

#include "page/words.hpp"

namespace jixiao::page::word {

inline constexpr Label funding{"结果应用：下一年预算", "Use of results: next year's money"};
inline constexpr Label funding_rules{"结果应用规则", "rules on the use of results"};
inline constexpr Label illustrative_rules{
    "示例比例：这套规则中有的数字是示例，不是任何地方的规定",
    "ILLUSTRATIVE FIGURES: some numbers of these rules are examples, not those of any place"};
inline constexpr Label base_amount{"基数", "base"};
inline constexpr Label next_amount{"下一年", "next year"};
inline constexpr Label amount_change{"增减", "change"};
inline constexpr Label recalled{"收回", "taken back"};
inline constexpr Label undecided{"未定", "undecided"};
inline constexpr Label decided_sum{"合计", "sum"};
inline constexpr Label step_of{"步骤", "step"};
inline constexpr Label amount_after{"此后金额", "amount then"};
inline constexpr Label no_step{"没有增减", "nothing changes it"};
inline constexpr Label funded_project{"项目", "project"};
inline constexpr Label funded_projects{"各项目", "Projects"};
inline constexpr Label steps{"逐步说明", "Step by step"};
inline constexpr Label more_steps{"其余项目见 csv 或 json", "the others are in the csv and json"};

}  // namespace jixiao::page::word
