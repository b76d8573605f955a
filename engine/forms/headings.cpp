#include "forms/headings.hpp"

#include <array>

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
// others are made of.
constexpr std::array indicator_spellings{
    Spelling<Column>{Column::block, "一级"},
    Spelling<Column>{Column::type, "二级"},
    Spelling<Column>{Column::name, "三级|四级"},
    Spelling<Column>{Column::rule,
                     "评分标准|评分规则|评分细则|评分办法|评分方法|评分说明|评分依据|计分标准|"
                     "计分规则|计分方法|计分办法|计分说明|赋分标准|赋分规则|"
                     "扣分标准|评价标准|评扣分|得分规则|得分标准"},
    Spelling<Column>{Column::remedy, "拟采取的改进措施"},
    Spelling<Column>{Column::reason, "偏差|原因"},
    Spelling<Column>{Column::remedy, "改进措施|整改措施|改进建议"},
    Spelling<Column>{Column::completion, "完成率|完成比例|完成程度|完成比率"},
    Spelling<Column>{Column::points, "得分|自评分|实际分"},
    Spelling<Column>{Column::weight, "分值|权重|标准分"},
    Spelling<Column>{Column::baseline, "上年|基期|历史值|往年"},
    Spelling<Column>{Column::midterm_target, "中期指标|中期目标|实施期指标|实施期目标|中期绩效"},
    Spelling<Column>{Column::source, "数据来源|佐证|资料来源|证明材料|证据来源|取数来源"},
    Spelling<Column>{Column::actual, "实际|完成值|完成情况|完成数|完成指标值"},
    Spelling<Column>{Column::op, "指标性质|指标符号|运算符|计算符|比较符|指标方向"},
    Spelling<Column>{Column::unit, "度量单位|计量单位|指标单位"},
    Spelling<Column>{Column::target,
                     "指标值|目标值|计划值|预期值|年度指标|预期指标|年度目标|绩效目标值|设定值"},
    Spelling<Column>{Column::calculation, "计算公式|计算方法|指标解释|指标说明|指标内涵"},
    Spelling<Column>{Column::note, "备注"},
    Spelling<Column>{Column::name, "指标名称|具体指标|指标内容"},
};

constexpr std::array money_spellings{
    Spelling<MoneyColumn>{MoneyColumn::rate, "执行率|完成率"},
    Spelling<MoneyColumn>{MoneyColumn::points, "得分"},
    Spelling<MoneyColumn>{MoneyColumn::weight, "分值|权重"},
    Spelling<MoneyColumn>{MoneyColumn::initial, "年初预算|年初数|初始预算"},
    Spelling<MoneyColumn>{MoneyColumn::adjusted, "全年预算|调整后|调整预算|预算调整"},
    Spelling<MoneyColumn>{MoneyColumn::executed, "执行数|实际支出|支出数|决算数|全年执行|实际执行"},
    Spelling<MoneyColumn>{MoneyColumn::adjusted, "预算数|预算金额|预算安排"},
};

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
  const std::string plain = text::compatibility_form(text);
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

std::optional<Column> indicator_column(std::string_view heading) {
  const std::string text = bare(heading);
  if (text.empty() || text.size() > longest_heading) return std::nullopt;
  if (is_any(text, "单位")) return Column::unit;
  if (is_any(text, "性质|符号")) return Column::op;
  if (is_any(text, "指标|绩效指标")) return std::nullopt;
  return first_role(indicator_spellings, text);
}

std::optional<MoneyColumn> money_column(std::string_view heading) {
  const std::string text = bare(heading);
  if (text.empty() || text.size() > longest_heading) return std::nullopt;
  return first_role(money_spellings, text);
}

bool is_money_source(std::string_view label) {
  const std::string text = bare(label);
  return text.size() <= longest_heading &&
         has_any(text,
                 "财政拨款|财政资金|其他资金|上年结转|结转资金|结转结余|专户|自有资金|单位资金|"
                 "中央财政|"
                 "省级财政|市级财政|区级财政|县级财政|级财政|上级补助|"
                 "补助资金|政府性基金|一般公共预算|债券|自筹|转移支付|经费拨款") |
             is_any(text, "其他|其中");
}

bool is_money_total(std::string_view label) {
  return has_any(bare(label), "资金总额|总投入|总投资|总计|合计|总额|年度资金|项目资金|预算总额");
}

std::optional<Label> label_of(std::string_view text) {
  const std::string words = bare(text);
  if (words.size() > 60) return std::nullopt;
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
  if (is_any(words, "总分|自评总分|总得分|自评得分|评价得分|综合得分|总体得分"))
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
  const std::string words = bare(text);
  return words.size() <= 150 && has_any(words, "绩效") &&
         has_any(words, "申报表|自评表|目标表|自评价表|评价表|监控表|自评情况表|自评报告表|评分表");
}

bool is_sum(std::string_view text) {
  const std::string words = bare(text);
  return words.size() <= 48 &&
         (is_any(words,
                 "总分|合计|总计|总得分|自评总分|综合得分|得分合计|分值合计|自评得分|总体得分") ||
          words.ends_with("小计") || words.ends_with("合计") || words.starts_with("总分"));
}

bool is_footer(std::string_view text) {
  if (text.size() > longest_words) return false;
  const std::string words = folded(text);
  return any_word(
      "计分规则集|单位已有|预算绩效说明|说明|备注|注:|注1|填报人|填表人|单位负责人|项目负责人|"
      "负责人|联系人|联系电话|自评等级|评价等级|"
      "自评结论|"
      "其他需要|审核|财务|"
      "填报日期|填表日期|评价人员|主要问题|存在问题|总体评价|有关建议|绩效结论",
      [&](std::string_view word) { return words.starts_with(word); });
}

bool is_midterm(std::string_view text) { return has_any(bare(text), "中期|实施期|三年"); }

std::string heading_unit(std::string_view text) {
  if (text.size() > longest_words) return {};
  const std::string words = folded(text);
  for (const std::string_view unit : {"亿元", "万元", "千元", "百元", "元"}) {
    const std::string name(unit);
    if (words.find("(" + name + ")") != std::string::npos ||
        words.find("单位:" + name) != std::string::npos ||
        words.find("(单位:" + name) != std::string::npos ||
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
    const std::string_view rest = std::string_view(words).substr(at + 4);
    if (rest.starts_with("年") || rest.empty() || rest.starts_with("-") || rest.starts_with(".") ||
        rest.starts_with("/"))
      return words.substr(at, 4);
  }
  return {};
}

}  // namespace jixiao::forms
