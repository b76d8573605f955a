#include "document/english_report.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace jixiao::forms {
namespace {

using EnglishSpelling = std::pair<std::string_view, std::string_view>;

// A whole cell, wherever it stands.
constexpr std::array headings{
    EnglishSpelling{"Project self-evaluation", "项目支出绩效自评表"},
    EnglishSpelling{"project", "项目名称"},
    EnglishSpelling{"supervising department", "主管部门"},
    EnglishSpelling{"implementing unit", "实施单位"},
    EnglishSpelling{"project funds (10,000 yuan)", "项目资金（万元）"},
    EnglishSpelling{"project funds (yuan)", "项目资金（元）"},
    EnglishSpelling{"initial budget", "年初预算数"},
    EnglishSpelling{"adjusted budget", "全年预算数"},
    EnglishSpelling{"executed", "全年执行数"},
    EnglishSpelling{"weight", "分值"},
    EnglishSpelling{"rate", "执行率"},
    EnglishSpelling{"points", "得分"},
    EnglishSpelling{"total of the year", "年度资金总额"},
    EnglishSpelling{"goals of the year", "年度总体目标"},
    EnglishSpelling{"expected", "预期目标"},
    EnglishSpelling{"reached", "实际完成情况"},
    EnglishSpelling{"level 1", "一级指标"},
    EnglishSpelling{"level 2", "二级指标"},
    EnglishSpelling{"level 3", "三级指标"},
    EnglishSpelling{"target", "年度指标值"},
    EnglishSpelling{"actual", "实际完成值"},
    EnglishSpelling{"how it is scored", "评分标准"},
    EnglishSpelling{"reasons for deviations, remedies", "偏差原因分析及改进措施"},
    EnglishSpelling{"total", "总分"},
    EnglishSpelling{"rating", "自评等级"},
    EnglishSpelling{"rule set", "计分规则集"},
    EnglishSpelling{"not applicable", "不适用"},
    EnglishSpelling{"not scored", "不计分"},
    EnglishSpelling{"as expected", "达成预期指标"},
};

// A whole cell in the columns of level 1 and level 2.
constexpr std::array levels{
    EnglishSpelling{"budget execution", "预算执行"},
    EnglishSpelling{"output", "产出指标"},
    EnglishSpelling{"benefit", "效益指标"},
    EnglishSpelling{"satisfaction", "满意度指标"},
    EnglishSpelling{"cost", "成本指标"},
    EnglishSpelling{"quantity", "数量指标"},
    EnglishSpelling{"quality", "质量指标"},
    EnglishSpelling{"timeliness", "时效指标"},
    EnglishSpelling{"economic cost", "经济成本指标"},
    EnglishSpelling{"social cost", "社会成本指标"},
    EnglishSpelling{"ecological cost", "生态环境成本指标"},
    EnglishSpelling{"economic benefit", "经济效益指标"},
    EnglishSpelling{"social benefit", "社会效益指标"},
    EnglishSpelling{"ecological benefit", "生态效益指标"},
    EnglishSpelling{"sustained effect", "可持续影响指标"},
    EnglishSpelling{"satisfaction of those served", "服务对象满意度指标"},
};

// The whole cell beside "rating".
constexpr std::array ratings{EnglishSpelling{"excellent", "优"}, EnglishSpelling{"good", "良"},
                             EnglishSpelling{"fair", "中"}, EnglishSpelling{"poor", "差"}};

// What a cell begins with.
constexpr std::array beginnings{
    EnglishSpelling{"[draft] ", "【拟稿】"},
    EnglishSpelling{"of which: ", "其中："},
    EnglishSpelling{"ILLUSTRATIVE RESULTS", "示例结果"},
    EnglishSpelling{"Note: ", "说明："},
};

constexpr EnglishSpelling remedy{"Remedy: ", "改进措施："};

template <std::size_t size>
bool replace_whole(std::string& text, const std::array<EnglishSpelling, size>& words) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const EnglishSpelling& each) { return text == each.first; });
  if (found != words.end()) text = found->second;
  return found != words.end();
}

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "by 2020-11-30": a deadline.
void replace_deadline(std::string& text) {
  if (text.size() != 13 || !text.starts_with("by ") || text[7] != '-' || text[10] != '-') return;
  const std::string year = text.substr(3, 4), month = text.substr(8, 2), day = text.substr(11, 2);
  if (is_digits(year) && is_digits(month) && is_digits(day))
    text = year + "年" + month + "月" + day + "日前";
}

void reword(std::string& text) {
  if (replace_whole(text, headings)) return;
  for (const auto& [english, chinese] : beginnings) {
    if (text.starts_with(english)) text.replace(0, english.size(), chinese);
  }
  const std::size_t at = text.find(remedy.first);
  if (at == 0 || (at != std::string::npos && text[at - 1] == '\n'))
    text.replace(at, remedy.first.size(), remedy.second);
  replace_deadline(text);
  // The year alone below the title.
  if (text.size() == 4 && text.starts_with("20") && is_digits(text)) text = "（" + text + "年度）";
}

bool is_ours(const Table& table) {
  for (std::size_t row = 1; row <= table.rows(); ++row) {
    const auto cells = table.row(row);
    if (cells.size() >= 7 && cells[0]->text == "level 1" && cells[1]->text == "level 2" &&
        cells[2]->text == "level 3")
      return true;
  }
  return false;
}

void reword(Table& table) {
  std::size_t rating_row = 0;
  table.each_cell([&](DocumentCell& cell) {
    if (cell.text == "rating") rating_row = cell.row;
    if (cell.row == rating_row && cell.column > 1 && replace_whole(cell.text, ratings)) return;
    // "reached" and "total" are headings; a level's name stands left of the third column.
    if (cell.column > 2 || !replace_whole(cell.text, levels)) reword(cell.text);
  });
}

}  // namespace

void into_chinese(Document& document) {
  bool any = false;
  for (Table& table : document.tables) {
    if (!is_ours(table)) continue;
    any = true;
    reword(table);
  }
  if (!any) return;
  for (Paragraph& paragraph : document.paragraphs) reword(paragraph.text);
}

}  // namespace jixiao::forms
