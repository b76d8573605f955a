#include "forms/draft.hpp"

#include <algorithm>
#include <filesystem>

#include "forms/headings.hpp"
#include "forms/placing.hpp"
#include "forms/reading_map.hpp"
#include "forms/scale.hpp"
#include "forms/understanding.hpp"
#include "value/field.hpp"

namespace jixiao::forms {

void ask(Draft& draft, Entry& entry, Sure sure, Text taken, Text change) {
  entry.questions.push_back(draft.questions.size());
  draft.questions.push_back({entry.place, std::move(taken), std::move(change), sure});
}

Entry entry_of(const Field& field) { return {field.text, field.place, {}, false}; }

void leave_out_draft(Entry& entry, Draft& draft) {
  if (!entry.text.starts_with("【拟稿】")) return;
  ask(draft, entry, Sure::likely,
      {"这段文字仍是系统拟稿，未作为单位填报的内容读入",
       "this text is still our draft: it was not read as the unit's own"},
      {"核实修改后删去“【拟稿】”再导入", "make it yours, remove 【拟稿】, and import it again"});
  entry.text.clear();
}

bool says_nothing(std::string_view text) {
  return is_any(folded(text),
                "|/|\\|-|--|—|——|–|无|无偏差|无。|不适用|N/A|n/a|NA|null|NULL|None|nil|#N/A") ||
         folded(text).empty();
}

std::optional<double> points_of(std::string_view text) {
  std::string words = folded(text);
  if (words.ends_with("分")) words.resize(words.size() - std::string_view("分").size());
  if (words.ends_with("%")) words.pop_back();
  return value::read_number(words);
}

namespace {

int year_of(const Form& form, Draft& draft) {
  draft.year = entry_of(form.year);
  if (!draft.year.there()) {
    draft.year = {year_in(form.period_from.text), form.period_from.place, {}, false};
    if (draft.year.there())
      ask(draft, draft.year, Sure::likely,
          {"年度取自项目期：" + draft.year.text,
           "the year is taken from the period: " + draft.year.text},
          {"不对就改 year", "change year if it is another"});
  }
  if (!draft.year.there()) {
    draft.year = {year_in(std::filesystem::path(form.file).stem().string() + "年"), {}, {}, false};
    if (!draft.year.there())
      draft.year.text = year_in(std::filesystem::path(form.file).stem().string());
    if (draft.year.there())
      ask(draft, draft.year, Sure::guess,
          {"表上没有年度，取自文件名：" + draft.year.text,
           "the form has no year; taken from the file's name: " + draft.year.text},
          {"不对就改 year", "change year if it is another"});
    else
      ask(draft, draft.year, Sure::guess, {"表上没有年度", "the form has no year"},
          {"写上 year", "write the year"});
  }
  return draft.year.there() ? std::stoi(draft.year.text) : 0;
}

// "2020-01" of 2020年1月 or 12月.
std::string month_of(std::string_view text, int year) {
  const std::string words = folded(text);
  std::vector<int> numbers;
  for (std::size_t at = 0; at < words.size() && numbers.size() < 3;) {
    int number = 0;
    std::size_t digits = 0;
    while (at < words.size() && words[at] >= '0' && words[at] <= '9' && digits < 5)
      number = number * 10 + (words[at++] - '0'), ++digits;
    if (digits > 0)
      numbers.push_back(number);
    else
      ++at;
  }
  if (!numbers.empty() && numbers.front() >= 1900) {
    year = numbers.front();
    numbers.erase(numbers.begin());
  }
  if (numbers.empty() || numbers.front() < 1 || numbers.front() > 12 || year < 1900 || year > 2200)
    return {};
  return std::to_string(year) + (numbers.front() < 10 ? "-0" : "-") +
         std::to_string(numbers.front());
}

void understand_heading(const Form& form, int year, Draft& draft) {
  draft.name = entry_of(form.project);
  if (draft.name.text.empty()) {
    draft.name.text = std::filesystem::path(form.file).stem().string();
    ask(draft, draft.name, Sure::guess,
        {"表上没有项目名称，暂用文件名", "the form names no project; the file's name is used"},
        {"写上 name", "write the name"});
  }
  draft.unit = entry_of(form.unit);
  draft.department = entry_of(form.department);
  draft.heading_unit = entry_of(form.heading_unit);
  draft.annual_goal = entry_of(form.annual_goal);
  draft.midterm_goal = entry_of(form.midterm_goal);
  draft.reached_goal = entry_of(form.reached_goal);
  leave_out_draft(draft.reached_goal, draft);
  draft.period_from = {month_of(form.period_from.text, year), form.period_from.place, {}, false};
  draft.period_to = {month_of(form.period_to.text, year), form.period_to.place, {}, false};
}

}  // namespace

namespace {

// What the form says and a project has no place for: its sums, its rating, and the points and rates
// of its money.
void keep_aside(const Form& form, Draft& draft) {
  const auto keep = [&](const std::string& words, const Field& field) {
    if (!field.blank()) draft.others.push_back({words, field.text, field.place});
  };
  keep("项目编码", form.code);
  for (const MoneyRow& row : form.money) {
    keep(row.name.text + " / 分值", row.weight);
    keep(row.name.text + " / 执行率", row.rate);
    keep(row.name.text + " / 得分", row.points);
    for (const SecondValue& other : row.others)
      keep(row.name.text + " / " + other.heading, other.field);
  }
  for (const IndicatorRow& row : form.indicators) {
    // The rule set scores it from the money.
    if (form.scoring || block_of(row.block.text) != "execution") continue;
    keep(row.block.text + " / 指标", row.name);
    keep(row.name.text + " / 指标值", row.target);
    keep(row.name.text + " / 完成值", row.actual);
    keep(row.name.text + " / 分值", row.weight);
    keep(row.name.text + " / 得分", row.points);
    keep(row.name.text + " / 原因", row.reason);
  }
  bool total = false;
  for (const PrintedSum& sum : form.sums) {
    keep(sum.name.text + " / 分值", sum.weight);
    keep(sum.name.text + " / 得分", sum.points);
    for (const SecondValue& other : sum.others)
      keep(sum.name.text + " / " + other.heading, other.field);
    total = total || (sum.points.place.row == form.total.place.row &&
                      sum.points.place.column == form.total.place.column);
  }
  if (!total) keep("总分", form.total);
  keep("等级", form.rating);
}

}  // namespace

Draft understand(const Form& form) {
  Draft draft;
  draft.map = lines_of(form);
  draft.file = form.file;
  draft.illustrative = form.illustrative;
  draft.reports = form.kind == FormKind::self_evaluation;
  const int year = year_of(form, draft);
  understand_heading(form, year, draft);
  understand_money(form, draft);
  for (const FormDoubt& doubt : form.map.doubts)
    draft.questions.push_back(
        {doubt.place, doubt.taken, doubt.change, doubt.guess ? Sure::guess : Sure::likely});
  const Scale scale = scale_of(form);
  if (form.scoring)
    understand_scoring(form, scale, draft);
  else
    understand_indicators(form, scale, year, draft);
  understand_events(form, scale, year, draft);
  if (!scale.said.empty()) {
    Entry at;
    at.place = scale.place;
    ask(draft, at, scale.unsure ? Sure::guess : Sure::likely, scale.said,
        {"不对就改各行的 weight", "change the weights if it is wrong"});
  }
  keep_aside(form, draft);
  choose_rules(form, draft);
  return draft;
}

}  // namespace jixiao::forms
