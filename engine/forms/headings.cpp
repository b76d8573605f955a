#include "forms/headings.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "forms/simplified.hpp"
#include "text/source.hpp"

namespace jixiao::forms {
namespace {

// Calls `visit` with each of the words split by '|', until it says yes.
template <class Visit>
bool any_word(std::string_view words, const Visit& visit) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find('|'));
    if (visit(word)) return true;
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  return false;
}

template <class Role>
struct Spelling {
  Role role;
  std::string_view words;
};

// In order: the first that fits is meant. 得分 before 分值, since 评分标准 and 得分 hold what
// others are made of. Behind the Chinese words the same in English and Indonesian, in lower case
// and without blanks.
constexpr std::array indicator_spellings{
    Spelling<Column>{Column::rule,
                     "评分标准|评分规则|评分细则|评分办法|评分方法|评分说明|评分依据|计分标准|"
                     "计分规则|计分方法|计分办法|计分说明|赋分标准|赋分规则|"
                     "扣分标准|评价标准|评扣分|得分规则|得分标准|评分要点|评价要点|赋分方法|"
                     "打分标准|howitisscored|scoringrule|scoringstandard|scoringcriteria"},
    Spelling<Column>{Column::block, "一级|level1|firstlevel|sasaran"},
    Spelling<Column>{Column::type, "二级|level2|secondlevel"},
    Spelling<Column>{Column::remedy, "拟采取的改进措施"},
    Spelling<Column>{Column::note, "偏差率|偏离度|偏差度|偏差值|得分系数|得分率|扣分值|是否"},
    Spelling<Column>{
        Column::reason,
        "偏差|原因|扣分说明|reasonsfordeviations|reason|deviation|varianceexplanation|explanation"},
    Spelling<Column>{Column::remedy, "改进措施|整改措施|改进建议|remedy|correctiveaction"},
    Spelling<Column>{Column::completion,
                     "完成率|完成比例|完成程度|完成比率|完成百分比|达成率|实现率|achievementrate|"
                     "completion|capaian|%achieved|percentachieved"},
    Spelling<Column>{Column::points,
                     "得分|自评分|实际分|复核分|审核分|评价分|考核分|核定分|评定分|打分|score|"
                     "pointsawarded|pointsearned|skor"},
    Spelling<Column>{Column::weight,
                     "分值|权重|标准分|满分|权数|weight|maxpoints|maximumpoints|maxscore|"
                     "maximumscore|fullmarks|bobot"},
    Spelling<Column>{Column::baseline,
                     "上年|去年|基期|历史值|往年|基准值|基线|baseline|lastyear|previousyear"},
    Spelling<Column>{Column::source,
                     "数据来源|佐证|资料来源|证明材料|证据来源|取数来源|信息来源|datasource|"
                     "evidence|meansofverification|sourceofdata"},
    Spelling<Column>{
        Column::midterm_target,
        "中期指标|中期目标|实施期指标|实施期目标|中期绩效|长期指标|长期目标|总体指标值"},
    Spelling<Column>{Column::actual,
                     "实际|完成值|完成情况|完成数|完成指标值|实现值|完成结果|达成值|达成情况|"
                     "实现情况|完成量|执行结果|实绩|actual|realisasi|result|"
                     "achieved|achievement"},
    Spelling<Column>{Column::op,
                     "指标性质|指标符号|运算符|计算符|比较符|指标方向|指标类型符|operator"},
    Spelling<Column>{Column::unit,
                     "度量单位|计量单位|指标单位|satuan|unitofmeasure|measurementunit"},
    Spelling<Column>{
        Column::calculation,
        "计算公式|计算方法|指标解释|指标说明|指标内涵|指标描述|指标释义|formula|definition"},
    Spelling<Column>{Column::target,
                     "指标值|目标值|计划值|预期值|年度指标|预期指标|年度目标|绩效目标值|设定值|"
                     "计划数|目标数|任务数|指标要求|考核值|标准值|目标任务|target|"
                     "planned|plannedvalue|goalvalue|expectedvalue"},
    Spelling<Column>{Column::name,
                     "三级|四级|五级|指标名称|具体指标|指标内容|考核指标|评价指标|级指标|level3|"
                     "thirdlevel|performanceindicator|indicatorname|keyindicator|"
                     "indikator|kpi"},
    Spelling<Column>{Column::note, "备注|说明|remarks|note|comment|keterangan"},
};

// A budget without a word of when: the adjusted one, unless another column is.
constexpr std::string_view plain_budget = "预算数|预算金额|预算安排|批复数|budget";
constexpr std::array money_spellings{
    Spelling<MoneyColumn>{MoneyColumn::points, "得分|score"},
    Spelling<MoneyColumn>{MoneyColumn::weight, "分值|权重|满分|标准分|weight"},
    Spelling<MoneyColumn>{MoneyColumn::rate, "执行率|完成率|支出进度|支付率|executionrate"},
    Spelling<MoneyColumn>{
        MoneyColumn::initial,
        "年初预算|年初数|初始预算|年初批复|期初预算|年初安排|initialbudget|originalbudget"},
    Spelling<MoneyColumn>{
        MoneyColumn::adjusted,
        "全年预算|调整后|调整预算|预算调整|全年数|全年安排|adjustedbudget|revisedbudget"},
    Spelling<MoneyColumn>{MoneyColumn::executed,
                          "执行数|实际支出|支出数|决算数|全年执行|实际执行|执行金额|支出金额|"
                          "预算执行数|实际使用|executed|spent|expenditure|actualspending"},
    Spelling<MoneyColumn>{MoneyColumn::adjusted, plain_budget},
};

bool in_columns_of(Column column, std::string_view words) { return is_any(name(column), words); }

template <class Role, std::size_t size>
std::optional<Role> first_role(const std::array<Spelling<Role>, size>& spellings,
                               std::string_view text) {
  for (const auto& spelling : spellings) {
    if (has_any(text, spelling.words)) return spelling.role;
  }
  return std::nullopt;
}

constexpr std::size_t longest_heading = 72;  // bytes; longer text is a sentence
constexpr std::size_t longest_words = 1000;  // bytes as printed, with blanks and remarks

}  // namespace

std::string folded(std::string_view text) {
  const std::string plain = simplified(text::compatibility_form(text));
  std::string out;
  for (std::size_t at = 0; at < plain.size();) {
    const std::string_view rest = std::string_view(plain).substr(at);
    if (static_cast<unsigned char>(plain[at]) <= ' ') {
      ++at;
    } else if (rest.starts_with("\u00A0")) {
      at += 2;
    } else if (rest.starts_with("\u3000") || rest.starts_with("\u200B") ||
               rest.starts_with("\uFEFF")) {
      at += 3;
    } else {
      out += plain[at++];
    }
  }
  while (out.ends_with(':')) out.pop_back();
  return out;
}

std::string bare(std::string_view text) {
  if (text.size() > longest_words) return {};
  const std::string whole = folded(text);
  std::string out;
  std::size_t depth = 0;
  for (const char c : whole) {
    if (c == '(' || c == '[') {
      ++depth;
    } else if ((c == ')' || c == ']') && depth > 0) {
      --depth;
    } else if (depth == 0) {
      out += c;
    }
  }
  while (out.ends_with(':')) out.pop_back();
  return out;
}

bool has_any(std::string_view text, std::string_view words) {
  return any_word(words,
                  [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool is_any(std::string_view text, std::string_view words) {
  return any_word(words, [&](std::string_view word) { return text == word; });
}

namespace {

std::string lowered(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

}  // namespace

bool may_head_names(std::string_view heading) {
  return is_any(lowered(bare(heading)),
                "指标|绩效指标|项目绩效指标|评价内容|考核内容|评分内容|考评内容|评审内容|检查内容|"
                "评价项目|考核项目|评分项目|考评项目|评审项目|测评项目|评分项|考核要素|评价要素|"
                "indicator|indicators|measure|criterion|criteria|item");
}

std::optional<Column> indicator_column(std::string_view heading) {
  const std::string text = lowered(bare(heading));
  if (text.empty() || text.size() > longest_heading) return std::nullopt;
  if (is_any(text, "备注|说明|备注说明") && has_any(folded(heading), "偏差|原因"))
    return Column::reason;
  if (is_any(text, "单位|unit|units")) return Column::unit;
  if (is_any(text, "性质|符号")) return Column::op;
  if (is_any(text, "完成|实际|结果|完成值|实绩|actualvalue")) return Column::actual;
  if (is_any(text, "目标|计划|预期|值|指标|年初目标|targets|goal|plan"))
    return text == "指标" ? std::nullopt : std::optional(Column::target);
  if (is_any(text, "自评|评分|打分|自评分数|评价分数|实得分|points")) return Column::points;
  if (is_any(text, "满分|分数|赋分|points(max)")) return Column::weight;
  if (is_any(text, "no|no.|序号|编号")) return std::nullopt;
  if (has_any(text, "maxpoint|maxscore|maximum|fullmark|possiblepoint|pointspossible"))
    return Column::weight;
  if (is_any(text, "nilai")) return Column::points;
  if (may_head_names(text)) return std::nullopt;
  // 计划完成值, 预期实现值, 预计完成数: planned, not done.
  const bool planned = has_any(text, "计划|预期|预计|拟|应完成|目标") &&
                       has_any(text, "完成|实现|达到|达成");
  const bool done = has_any(text, "实际|率|比|程度|百分|偏差|偏离|原因|与|差|情况|分") ||
                    text.ends_with("完成");
  if (planned && !done) return Column::target;
  // 一级指标分值: the points of a whole block, not of a row.
  if (has_any(text, "一级|二级") && has_any(text, "分值|权重|得分")) return Column::note;
  return first_role(indicator_spellings, text);
}

const char* name(Column column) {
  constexpr std::array names{"block",       "type",           "name",   "op",         "target",
                             "unit",        "midterm_target", "actual", "completion", "weight",
                             "points",      "reason",         "remedy", "rule",       "baseline",
                             "calculation", "source",         "note"};
  return names[static_cast<std::size_t>(column)];
}

std::optional<Column> column_named(std::string_view word) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Column::note); ++i) {
    if (word == name(static_cast<Column>(i))) return static_cast<Column>(i);
  }
  if (word == "result") return Column::actual;
  if (word == "indicator") return Column::name;
  return std::nullopt;
}

Text words_for(Column column) {
  switch (column) {
    case Column::block: return {"一级指标（块）", "block (level 1)"};
    case Column::type: return {"二级指标（类）", "type (level 2)"};
    case Column::name: return {"指标名称", "name"};
    case Column::op: return {"符号", "sign"};
    case Column::target: return {"指标值", "target"};
    case Column::unit: return {"单位", "unit"};
    case Column::midterm_target: return {"中期指标值", "mid-term target"};
    case Column::actual: return {"完成值", "result"};
    case Column::completion: return {"完成率", "completion rate"};
    case Column::weight: return {"分值", "weight"};
    case Column::points: return {"得分", "points"};
    case Column::reason: return {"原因", "reason"};
    case Column::remedy: return {"改进措施", "remedy"};
    case Column::rule: return {"评分标准", "scoring rule"};
    case Column::baseline: return {"基期值", "baseline"};
    case Column::calculation: return {"指标说明", "how it is calculated"};
    case Column::source: return {"数据来源", "source of data"};
    case Column::note: return {"备注", "note"};
  }
  return {};
}

Variant variant_of(std::string_view heading, Column column) {
  const std::string text = folded(heading);
  if (in_columns_of(column, "actual|completion|points|reason")) {
    if (has_any(text, "半年|1-6月|1—6月|1~6月|6月|季度|1-9月|9月|年中|中期|截至"))
      return Variant::midyear;
  }
  if (in_columns_of(column, "points|reason|remedy|actual")) {
    if (has_any(text, "复核|审核|复评|财政|部门评|第三方|评审|核定|核查|抽查|专家|主管|终评|认定"))
      return Variant::reviewed;
    if (has_any(text, "自评|自查|自我|单位评")) return Variant::self;
  }
  if (in_columns_of(column, "actual|completion") && has_any(text, "全年|年末|年终|年底|12月|年度"))
    return Variant::yearend;
  if (in_columns_of(column, "target|weight|unit|op|name")) {
    if (has_any(text, "调整|变更|修订")) return Variant::adjusted;
    if (has_any(text, "长期|中期|实施期|总体|五年|三年|中长期|规划期|总目标"))
      return Variant::longterm;
    if (has_any(text, "年初|初始|批复")) return Variant::initial;
    if (has_any(text, "年度|当年|本年|全年")) return Variant::annual;
  }
  return Variant::none;
}

Text words_for(Variant variant) {
  switch (variant) {
    case Variant::initial: return {"年初", "as first set"};
    case Variant::adjusted: return {"调整后", "adjusted"};
    case Variant::midyear: return {"年中", "mid-year"};
    case Variant::yearend: return {"年末", "year-end"};
    case Variant::self: return {"自评", "the office's own"};
    case Variant::reviewed: return {"复核", "reviewed"};
    case Variant::longterm: return {"长期", "long-term"};
    case Variant::annual: return {"年度", "annual"};
    default: return {};
  }
}

std::optional<MoneyColumn> money_column(std::string_view heading) {
  const std::string text = lowered(bare(heading));
  if (text.empty() || text.size() > longest_heading) return std::nullopt;
  return first_role(money_spellings, text);
}

bool is_plain_budget(std::string_view heading) {
  const std::string text = lowered(bare(heading));
  const auto before = std::span(money_spellings).first(money_spellings.size() - 1);
  return std::none_of(before.begin(), before.end(),
                      [&](const auto& one) { return has_any(text, one.words); }) &&
         has_any(text, plain_budget);
}

bool is_money_source(std::string_view label) {
  const std::string text = bare(label);
  return text.size() <= longest_heading &&
         has_any(text,
                 "财政拨款|财政资金|其他资金|上年结转|结转资金|结转结余|专户|自有资金|单位资金|"
                 "中央财政|"
                 "省级财政|市级财政|区级财政|县级财政|级财政|上级补助|"
                 "补助资金|政府性基金|一般公共预算|债券|自筹|转移支付|经费拨款|"
                 "本级资金|级资金|补助|社会资金|银行贷款|结余") |
             is_any(text, "其他|其中");
}

bool is_money_total(std::string_view label) {
  return has_any(bare(label),
                 "资金总额|总投入|总投资|总计|合计|总额|年度资金|项目资金|预算总额|总金额|"
                 "财政资金总额|全年资金|资金合计");
}

std::optional<Label> label_of(std::string_view text) {
  const std::string words = lowered(bare(text));
  if (words.size() > 60) return std::nullopt;
  if (is_any(words, "projectname|project|programme|program")) return Label::project;
  if (is_any(words, "supervisingdepartment")) return Label::department;
  if (is_any(words, "implementingunit|implementingagency")) return Label::unit;
  if (is_any(words, "year|fiscalyear")) return Label::year;
  if (is_any(words, "项目名称|项目(名称)|专项名称|专项资金名称|项目支出名称"))
    return Label::project;
  if (is_any(words, "项目编码|项目代码|项目编号")) return Label::code;
  if (has_any(words, "主管部门|主管单位") && words.size() <= 36) return Label::department;
  if (is_any(words,
             "实施单位|项目实施单位|项目单位|预算单位|填报单位|资金使用单位|项目承担单位|单位名称|"
             "自评单位|具体实施处室"))
    return Label::unit;
  if (is_any(words, "项目期|项目起止时间|起止时间|实施期限|项目期限|项目实施期|项目周期|起止年限"))
    return Label::period;
  if (is_any(words, "年度|预算年度|评价年度|自评年度|项目年度")) return Label::year;
  if (is_any(words,
             "自评等级|评价等级|绩效等级|评价结果|自评结果|自评结论|绩效评价等级|等级|评定等级"))
    return Label::rating;
  if (is_any(words, "计分规则集|规则集")) return Label::rules;
  if (is_any(words,
             "总分|自评总分|总得分|自评得分|评价得分|综合得分|总体得分|自评总得分|自评分|评价总分"))
    return Label::total;
  return std::nullopt;
}

std::optional<Goal> goal_of(std::string_view text) {
  const std::string words = bare(text);
  if (words.empty() || words.size() > 60) return std::nullopt;
  if (has_any(words, "完成情况|目标完成|实现情况")) return Goal::reached;
  if (is_any(words, "中期目标|实施期目标|中期绩效目标|长期目标|三年目标|总目标"))
    return Goal::midterm;
  if (is_any(words,
             "年度目标|预期目标|年初目标|年初设定目标|年度预期目标|年度绩效目标|年初预期目标|"
             "年初绩效目标|年度总体目标|总体目标|绩效目标|"
             "项目绩效目标|项目年度目标|项目总体目标|年度总体绩效目标|全年预期目标"))
    return Goal::annual;
  return std::nullopt;
}

bool is_goal_heading(std::string_view text) {
  return is_any(bare(text),
                "总体目标|年度总体目标|绩效目标|年度目标|年度绩效目标|总体绩效目标|项目绩效目标|"
                "年度总体绩效目标|项目总体目标|年度总目标");
}

bool is_title(std::string_view text) {
  std::string words = bare(text);
  if (words.size() > 150) return false;
  while (!words.empty() &&
         (is_digit(words.back()) ||
          has_any(words.substr(words.size() - std::min<std::size_t>(3, words.size())), "年|度")))
    words.resize(words.size() - (is_digit(words.back()) ? 1 : 3));
  if (has_any(lowered(words), "self-evaluation|selfevaluation|evaluationform|declarationform"))
    return true;
  if (words.ends_with("评价指标体系") || words.ends_with("评分标准及得分")) return true;
  return words.ends_with("表") && has_any(words, "绩效|项目|支出|预算|评价|考评|评审|考核") &&
         has_any(words,
                 "申报表|自评表|目标表|自评价表|评价表|监控表|自评情况表|自评报告表|评分表|"
                 "打分表|计分表|考评表|考核表|测评表|得分表|评价指标体系|完成情况表|评价指标表");
}

bool is_sum(std::string_view text) {
  const std::string words = lowered(bare(text));
  return words.size() <= 48 &&
         (is_any(words,
                 "总分|合计|总计|总得分|自评总分|综合得分|得分合计|分值合计|自评得分|总体得分|"
                 "总成绩|total|grandtotal|subtotal|jumlah|sum") ||
          words.ends_with("小计") || words.ends_with("合计") || words.starts_with("总分"));
}

bool is_footer(std::string_view text) {
  if (text.size() > longest_words) return false;
  const std::string words = folded(text);
  constexpr std::string_view labels =
      "计分规则集|单位已有|预算绩效说明|说明|备注|注|注1|填报人|填表人|单位负责人|项目负责人|"
      "负责人|联系人|联系电话|电话|自评等级|评价等级|"
      "自评结论|评价结论|其他需要说明的问题|其他需要说明的事项|其他说明|审核|审核人|复核人|财务|"
      "财务负责人|分管领导|经办人|制表人|填报日期|填表日期|"
      "填报时间|填表时间|日期|评价人员|主要问题|存在问题|存在的问题|总体评价|有关建议|改进措施|"
      "绩效结论|单位意见|部门意见|财政部门意见|"
      "审核意见|主管部门意见|盖章|单位盖章|签字|签名|note|notes|remarks|preparedby|reviewedby";
  // The label alone, or with its value behind a colon.
  const std::string label = lowered(bare(words.substr(0, words.find(':'))));
  if (is_any(label, labels)) return true;
  return any_word("计分规则集|其他需要说明|注:|注1|说明:|备注:|note:",
                  [&](std::string_view word) { return lowered(words).starts_with(word); });
}

bool is_label_like(std::string_view text) {
  const std::string words = bare(text);
  if (words.empty() || words.size() > 60) return false;
  const std::string whole = text::compatibility_form(text);
  return whole.ends_with(":") || label_of(text) || goal_of(text) || money_column(text) ||
         is_footer(text) ||
         has_any(words,
                 "项目属性|项目类型|项目类别|联系方式|负责人|联系人|联系电话|及电话|编码|代码|"
                 "起止时间|资金总额|预算单位|主管|实施单位|填报单位");
}

std::optional<PointedName> pointed_name(std::string_view text) {
  if (text.size() > longest_words) return std::nullopt;
  std::string words = folded(text);
  const bool bracket = words.ends_with(")") || words.ends_with("]");
  if (bracket) words.pop_back();
  const bool percent = words.ends_with("%");
  const bool points = words.ends_with("分");
  if (!percent && !points) return std::nullopt;
  words.resize(words.size() - (percent ? 1 : std::string_view("分").size()));
  std::size_t begin = words.size();
  while (begin > 0 && (is_digit(words[begin - 1]) || words[begin - 1] == '.')) --begin;
  const std::string number = words.substr(begin);
  if (number.empty() || number.front() == '.' || number.back() == '.') return std::nullopt;
  words.resize(begin);
  for (const std::string_view word : {":", "满分", "权重", "分值", "占", "共", "计", "为"}) {
    if (words.ends_with(word)) words.resize(words.size() - word.size());
  }
  if (bracket) {
    if (!words.ends_with("(") && !words.ends_with("[")) return std::nullopt;
    words.pop_back();
  } else if (percent) {
    return std::nullopt;  // 合格率95% is no name with points
  }
  while (words.ends_with(":") || words.ends_with(",")) words.pop_back();
  if (words.empty()) return std::nullopt;
  return PointedName{words, number + (percent ? "%" : "")};
}

std::optional<EventHeading> event_heading(std::string_view text) {
  const std::string words = lowered(bare(text));
  if (words.empty() || words.size() > 60) return std::nullopt;
  if (has_any(words, "一票否决|否决项|否决指标|否决事项|否决性指标|否决条款|红线指标|veto"))
    return EventHeading::veto;
  if (has_any(words, "加减分|加扣分|增减分|奖惩分|奖惩项|奖惩指标|bonusesandpenalties|adjustments"))
    return EventHeading::either;
  if (has_any(words,
              "加分项|加分指标|加分事项|加分因素|附加分|附加项|附加指标|奖励分|奖励加分|奖励项|"
              "奖励性加分|额外加分|bonus|extracredit|extrapoints") ||
      is_any(words, "加分|奖励"))
    return EventHeading::bonus;
  if (has_any(words,
              "扣分项|扣分指标|扣分事项|扣分因素|减分项|减分指标|减分事项|倒扣分|扣减项|扣减分|"
              "惩罚项|惩罚分|deduction|penalt|minuspoints") ||
      is_any(words, "扣分|减分|倒扣"))
    return EventHeading::penalty;
  return std::nullopt;
}

bool is_midterm(std::string_view text) { return has_any(bare(text), "中期|实施期|三年"); }

std::string heading_unit(std::string_view text) {
  if (text.size() > longest_words) return {};
  const std::string words = folded(text);
  for (const std::string_view unit : {"亿元", "万元", "千元", "百元", "元"}) {
    const std::string name(unit);
    if (words.find("(" + name + ")") != std::string::npos ||
        words.find("单位:" + name) != std::string::npos ||
        words.find("人民币" + name) != std::string::npos ||
        words.find("单位为" + name) != std::string::npos ||
        words.find("单位" + name) != std::string::npos ||
        words.find("," + name + ")") != std::string::npos)
      return name;
  }
  return {};
}

std::string year_in(std::string_view text) {
  if (text.size() > longest_words) return {};
  const std::string words = folded(text);
  for (std::size_t at = words.find("20"); at != std::string::npos; at = words.find("20", at + 1)) {
    if (at > 0 && is_digit(words[at - 1])) continue;
    if (at + 4 > words.size() || !is_digit(words[at + 2]) || !is_digit(words[at + 3])) continue;
    if (at + 4 < words.size() && is_digit(words[at + 4])) continue;
    std::string_view rest = std::string_view(words).substr(at + 4);
    // 2021-2023年度: the last of them.
    std::string_view behind = rest;
    if (behind.starts_with("年")) behind.remove_prefix(3);
    bool span = false;
    for (const std::string_view sign : {"--", "-", "—", "～", "~", "至", "到"}) {
      if (!span && behind.starts_with(sign)) span = true, behind.remove_prefix(sign.size());
    }
    if (span && behind.starts_with("20") && behind.size() >= 4 && is_digit(behind[2]) &&
        is_digit(behind[3]))
      continue;
    if (rest.starts_with("年") || rest.empty() || rest.starts_with(")") || rest.starts_with("-") ||
        rest.starts_with(".") || rest.starts_with("/"))
      return words.substr(at, 4);
  }
  return {};
}

}  // namespace jixiao::forms
