// The words of reports on monitoring.
#pragma once

#include "page/words.hpp"

namespace jixiao::page::word {

inline constexpr Label monitoring{"绩效运行监控", "Monitoring"};
inline constexpr Label cut_off{"截至", "up to"};
inline constexpr Label monitoring_rules{"监控规则", "monitoring rules"};
inline constexpr Label lights{"灯号", "Lights"};
inline constexpr Label goal_light{"绩效目标灯", "goal light"};
inline constexpr Label worst_of{"取各指标中最差的", "the worst of the indicators'"};
inline constexpr Label projection{"全年预计", "What the year would come to"};
inline constexpr Label projected_total{"预计总分", "projected total"};
inline constexpr Label projected_rating{"预计评级", "projected rating"};
inline constexpr Label executed_so_far{"已执行", "executed so far"};
inline constexpr Label executed_forecast{"全年预计执行", "expected by the end of the year"};
inline constexpr Label unknown_counts{"没有预计的项目按零分计（下限）和按完成目标计（上限）",
                                      "what has no forecast counts as nothing in the lower total, "
                                      "as its target reached in the upper one"};
inline constexpr Label without_forecast{"没有预计", "no forecast"};
inline constexpr Label indicators_now{"各指标", "Indicators"};
inline constexpr Label light{"灯", "light"};
inline constexpr Label so_far{"已完成", "so far"};
inline constexpr Label measured{"进度", "measure"};
inline constexpr Label forecast{"全年预计", "forecast"};
inline constexpr Label forecast_by{"依据", "by"};
inline constexpr Label projected_points{"预计得分", "points then"};
inline constexpr Label raised_warnings{"预警", "Warnings"};
inline constexpr Label no_warnings{"没有预警", "no warnings"};
inline constexpr Label about_lights{"需要关注的指标", "Indicators to look at"};
inline constexpr Label all_on_track{"没有红灯、黄灯或缺数据的指标",
                                    "no indicator is behind or without data"};
inline constexpr Label light_rule{"灯号规则", "light rule"};
inline constexpr Label deciding_case{"判定", "decided by"};
inline constexpr Label otherwise_case{"其余情形", "everything else"};
inline constexpr Label to_go{"尚缺", "still to do"};
inline constexpr Label each_month{"余下每月", "a month from now on"};
inline constexpr Label nothing_reported{"尚未报告", "nothing is reported so far"};
inline constexpr Label estimate_mark{
    "◆ 单位自己的预计；其余由监控规则推算",
    "◆ the unit's own estimate; the others follow from the monitoring rules"};
inline constexpr Label signs{"图例", "signs"};
inline constexpr Label whole_project{"项目", "the project"};

}  // namespace jixiao::page::word
