// Every word the reports say, in both languages.
#pragma once

#include <string>
#include <string_view>

#include "jixiao/text.hpp"

namespace jixiao::page {

struct Label {
  std::string_view zh;
  std::string_view en;
  [[nodiscard]] constexpr std::string_view in(Language language) const {
    return language == Language::zh ? zh : en;
  }
};

namespace word {

// the heading and the result
inline constexpr Label year{"年度", "year"};
inline constexpr Label unit{"实施单位", "implementing unit"};
inline constexpr Label rules{"规则集", "rule set"};
inline constexpr Label built_in{"程序内置", "built in"};
inline constexpr Label lineage{"继承自", "extends"};
inline constexpr Label engine{"引擎", "engine"};
inline constexpr Label inputs_fingerprint{"输入指纹", "inputs sha256"};
inline constexpr Label rules_fingerprint{"规则指纹", "rules sha256"};
inline constexpr Label illustrative_banner{
    "示例结果：实际值是虚构的，不代表真实项目",
    "ILLUSTRATIVE RESULTS: the actuals are invented, not those of a real project"};
inline constexpr Label total{"总分", "total"};
inline constexpr Label all_blocks{"合计", "sum"};
inline constexpr Label final_total{"最终得分", "final total"};
inline constexpr Label rating{"评级", "rating"};
inline constexpr Label no_rating{"（规则集不评级）", "(no ratings in this rule set)"};
inline constexpr Label out_of{"满分", "of"};
inline constexpr Label attainable{"可得", "attainable"};
inline constexpr Label factor{"折算", "scaled"};
inline constexpr Label not_scored{"未能算出总分", "the total could not be computed"};
inline constexpr Label before_adjustments{"调整前", "before adjustments"};
inline constexpr Label before_veto{"否决前", "before the veto"};

// money
inline constexpr Label initial{"年初预算", "initial budget"};
inline constexpr Label adjusted{"全年预算", "adjusted budget"};
inline constexpr Label executed{"全年执行", "executed"};
inline constexpr Label execution_rate{"执行率", "execution rate"};

// the table
inline constexpr Label id{"编号", "id"};
inline constexpr Label indicator{"指标", "indicator"};
inline constexpr Label block{"一级指标", "block"};
inline constexpr Label type{"二级指标", "type"};
inline constexpr Label target{"目标", "target"};
inline constexpr Label actual{"实际", "actual"};
inline constexpr Label weight{"分值", "weight"};
inline constexpr Label points{"得分", "points"};
inline constexpr Label lost{"失分", "lost"};
inline constexpr Label reason{"原因", "reason"};
inline constexpr Label reported{"自报得分", "points reported"};
inline constexpr Label earned{"得分", "earned"};

// states of an indicator
inline constexpr Label missing{"缺结果", "missing"};
inline constexpr Label not_applicable{"不适用", "not applicable"};
inline constexpr Label error_state{"无法计算", "error"};
inline constexpr Label informational{"仅供参考", "informational"};
inline constexpr Label scored_state{"已计分", "scored"};

// sections
inline constexpr Label result{"评价结果", "Result"};
inline constexpr Label indicators{"指标得分", "Indicators"};
inline constexpr Label blocks{"一级指标得分", "Points by block"};
inline constexpr Label adjustments{"调整", "Adjustments"};
inline constexpr Label comparisons{"对照", "Compare"};
inline constexpr Label largest_losses{"失分最多", "Most points lost"};
inline constexpr Label losses{"各指标失分", "Points lost, by indicator"};
inline constexpr Label nothing_lost{"没有失分", "no points lost"};
inline constexpr Label stories{"逐项说明", "The story of every point"};
inline constexpr Label explanation{"评分说明", "How the points came about"};
inline constexpr Label findings{"发现的问题", "Findings"};
inline constexpr Label no_findings{"没有发现问题", "no findings"};
inline constexpr Label see_check{"详见", "see"};

// adjustments
inline constexpr Label kind{"种类", "kind"};
inline constexpr Label bonus{"加分", "bonus"};
inline constexpr Label penalty{"扣分", "penalty"};
inline constexpr Label veto{"否决", "veto"};
inline constexpr Label effect{"影响", "effect"};

// stories
inline constexpr Label method{"方法", "method"};
inline constexpr Label formula{"公式", "formula"};
inline constexpr Label substituted{"代入", "with numbers"};
inline constexpr Label given_reason{"单位说明", "unit's reason"};
inline constexpr Label remedy{"改进措施", "remedy"};
inline constexpr Label proof{"佐证材料", "proof"};
inline constexpr Label cite{"依据", "source"};
inline constexpr Label place{"位置", "declared at"};
inline constexpr Label was_clamped{
    "公式结果超出 0 至分值的范围，已限制在内",
    "the formula's result lay outside 0 to the weight and was held to it"};
inline constexpr Label rounded{"按规则集舍入", "rounded as the rule set says"};

// evidence statuses
inline constexpr Label verified{"已核实", "verified"};
inline constexpr Label form{"见于公开表", "seen in published forms"};
inline constexpr Label computed{"经计算核对", "computed"};
inline constexpr Label background{"背景知识，未核实", "background, not verified"};
inline constexpr Label illustrative{"示例", "illustrative"};

// diagnostics
inline constexpr Label severity{"级别", "severity"};
inline constexpr Label code{"代码", "code"};
inline constexpr Label message{"问题", "message"};
inline constexpr Label help{"改法", "help"};
inline constexpr Label error{"错误", "error"};
inline constexpr Label warning{"警告", "warning"};
inline constexpr Label note{"提示", "note"};

// rule sets
inline constexpr Label version{"版本", "version"};
inline constexpr Label title{"名称", "title"};
inline constexpr Label rule_list{"规则集一览", "Rule sets"};
inline constexpr Label no_rules{"没有找到规则集", "no rule sets found"};
inline constexpr Label abstract{"抽象规则集，只供继承", "abstract: only to be extended"};
inline constexpr Label file{"文件", "file"};
inline constexpr Label remark{"说明", "note"};
inline constexpr Label scale{"满分", "full marks"};
inline constexpr Label rounding{"舍入", "rounding"};
inline constexpr Label each_indicator{"指标", "indicator"};
inline constexpr Label each_block{"一级指标", "block"};
inline constexpr Label when_missing{"缺结果时", "missing results"};
inline constexpr Label when_not_applicable{"不适用时", "not applicable"};
inline constexpr Label whole_total{"总分公式", "total"};
inline constexpr Label range{"范围", "range"};
inline constexpr Label weights{"权重", "Weights"};
inline constexpr Label types{"二级指标", "types"};
inline constexpr Label when_empty{"无指标时", "when empty"};
inline constexpr Label combine{"合成", "combined by"};
inline constexpr Label inputs{"输入", "Inputs"};
inline constexpr Label fixed_indicators{"规则集自带的指标", "Indicators of the rule set itself"};
inline constexpr Label methods{"计分方法", "Methods"};
inline constexpr Label applies_to{"适用于", "for"};
inline constexpr Label by_name_only{"仅按名称选用", "used by name only"};
inline constexpr Label any_indicator{"任何指标", "any indicator"};
inline constexpr Label direction{"方向", "direction"};
inline constexpr Label value_kind{"取值", "value"};
inline constexpr Label zero_target{"目标为零", "target zero"};
inline constexpr Label nonzero_target{"目标非零", "target not zero"};
inline constexpr Label params{"参数", "params"};
inline constexpr Label domain{"成立条件", "holds where"};
inline constexpr Label outside{"条件之外", "elsewhere"};
inline constexpr Label beyond{"可超出 0 至分值的范围", "may leave 0 to the weight"};
inline constexpr Label states{"等级", "states"};
inline constexpr Label own_inputs{"另需", "also needs"};
inline constexpr Label optional_input{"默认", "default"};
inline constexpr Label bands{"评级区间", "Ratings"};
inline constexpr Label only_veto{"仅由否决得出", "through a veto alone"};
inline constexpr Label vetoes{"否决事项", "Vetoes"};
inline constexpr Label condition{"条件", "when"};
inline constexpr Label declared{"由结果文件申报", "declared in the results"};
inline constexpr Label limit{"上限", "limit"};
inline constexpr Label all_bonuses{"加分合计上限", "all bonuses at most"};
inline constexpr Label all_penalties{"扣分合计上限", "all penalties at most"};
inline constexpr Label checks{"自带检查", "Checks"};
inline constexpr Label scope{"范围", "scope"};
inline constexpr Label project_scope{"项目", "project"};
inline constexpr Label direct_parent{"继承", "extends"};

}  // namespace word
}  // namespace jixiao::page
