// The words of the report on what reaches the next rating.
#pragma once

#include "page/words.hpp"

namespace jixiao::page::word {

inline constexpr Label next_title{"离下一档还差多少", "To the next rating"};
inline constexpr Label now{"现在", "now"};
inline constexpr Label from_now{"现在", "now"};
inline constexpr Label goal{"下一档", "next"};
inline constexpr Label goal_total{"要达到", "to reach"};
inline constexpr Label best_rating{"已是最高一档", "this is the best rating"};
inline constexpr Label margin{"可失", "may be lost"};
inline constexpr Label no_lower_rating{"已是最低一档，没有可失去的",
                                       "this is the lowest rating: there is none to lose"};
inline constexpr Label alone_reaches{"单独一项，最少改多少就够",
                                     "One indicator alone: the smallest change that is enough"};
inline constexpr Label alone_loses{"单独一项，最多能失多少",
                                   "One indicator alone: how much may be lost"};
inline constexpr Label result_now{"结果", "result"};
inline constexpr Label needed{"要到", "has to be"};
inline constexpr Label change{"变化", "change"};
inline constexpr Label total_then{"总分到", "total then"};
inline constexpr Label keeps{"守住至", "kept down to"};
inline constexpr Label loses{"失守于", "lost at"};
inline constexpr Label alone_cannot{"单独不够", "not enough alone"};
inline constexpr Label full_already{"已无分可增", "nothing left to gain"};
inline constexpr Label never_loses{"单独不会失守", "cannot lose it alone"};
inline constexpr Label cannot_turn{"没有可改的数", "no number to turn"};
inline constexpr Label followed_by{"随之变动", "followed by"};
inline constexpr Label together{"合起来最省的改法", "Together: the cheapest change"};
inline constexpr Label cost_yuan{"花费", "cost"};
inline constexpr Label cost_effort{"力气", "effort"};
inline constexpr Label cost_percent{"改动量", "size of the change"};
inline constexpr Label sum_cost{"合计", "sum"};
inline constexpr Label not_even_all{"全部做到最好也不够：最多",
                                    "not even everything at its best is enough: at most"};
inline constexpr Label nothing_to_turn{
    "项目声明的改进项都不能改", "nothing the project declares as an improvement can be turned"};
inline constexpr Label is_exact{"按所列步长逐一比较过：没有更省的改法",
                                "Exact in these steps: no cheaper choice reaches it"};
inline constexpr Label is_searched{
    "总分不是各部分之和（或步长放粗过）：这是搜索到的最省改法，不保证没有更省的",
    "The total is no sum of parts here, or steps were made coarser: the cheapest that was found, "
    "perhaps not the cheapest there is"};
inline constexpr Label by_percent{
    "项目没有写改进的代价（[[improve]]）：按改动占目标值的百分点相加算，日期一天算 "
    "1，越小越好。写上代价，答案才按钱或力气算",
    "The project declares no costs of improvement ([[improve]]): changes are measured in percent "
    "of the target and added up, a day "
    "counts as 1. With costs declared the answer goes by money or effort"};
inline constexpr Label by_declared{
    "代价按项目声明的 [[improve]] 算；只动所列各项，其余结果不变",
    "Costs as [[improve]] of the project declares them; only what is listed there moves"};
inline constexpr Label steps_note{
    "按最小步长算：人、个为 1，百分数为 "
    "0."
    "1，日期为一天，金额为一元（大额为约万分之一）；项目声明了步长的按声明。单独一项变动时，按项目"
    "的测算模型跟着走的结果也随之变动",
    "To the smallest step: 1 of what is counted, 0.1 of a percentage, a day, a yuan (of large "
    "amounts a ten-thousandth), or what the "
    "project declares. Results that "
    "follow one by the project's model move with it"};

}  // namespace jixiao::page::word
