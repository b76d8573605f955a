#include <algorithm>
#include <cmath>
#include <iterator>

#include "project/declaration_checks.hpp"
#include "value/rounding.hpp"

namespace jixiao::project {

using text::Code;
using value::Field;
using value::Kind;
using value::plain;

namespace {

// The field's vocabulary. The head of a Chinese noun phrase stands last, so what a name counts is
// told by its ending.
constexpr std::string_view money_endings[] = {"经费",  "资金",  "费用",        "费",     "款",
                                              "金额",  "补助",  "补贴",        "支出",   "投入",
                                              "funds", "money", "expenditure", "subsidy"};
constexpr std::string_view rate_endings[] = {
    "率",   "比例", "比重",  "百分比", "比",         "度",         "增长",     "增幅",      "降幅",
    "下降", "rate", "ratio", "share",  "percentage", "proportion", "coverage", "attendance"};
constexpr std::string_view per_unit_words[] = {"标准", "单价", "单位成本", "每",       "人均",
                                               "户均", "平均", " per ",    "unit cost"};

// The usual headings, so that a form checked without a rule set still has names for them and
// 产出指标 is output.
struct KnownHeading {
  std::string_view id;
  std::string_view zh;
  std::string_view en;
};
constexpr KnownHeading known_headings[] = {
    {"output", "产出", "output"},
    {"benefit", "效益", "benefit"},
    {"satisfaction", "满意度", "satisfaction"},
    {"service", "服务对象满意度", "satisfaction of those served"},
    {"quantity", "数量", "quantity"},
    {"quality", "质量", "quality"},
    {"timeliness", "时效", "timeliness"},
    {"cost", "成本", "cost"},
    {"economic", "经济效益", "economic benefit"},
    {"social", "社会效益", "social benefit"},
    {"ecological", "生态效益", "ecological benefit"},
    {"sustained", "可持续影响", "sustained effect"}};

const KnownHeading* find_known(std::string_view word) {
  constexpr std::string_view suffix = "指标";
  if (word.ends_with(suffix)) word.remove_suffix(suffix.size());
  const auto found =
      std::find_if(std::begin(known_headings), std::end(known_headings),
                   [&](const KnownHeading& k) { return k.id == word || k.zh == word; });
  return found == std::end(known_headings) ? nullptr : found;
}

// One word for every spelling of a heading.
std::string canonical(const Heading& heading) {
  const KnownHeading* known = find_known(heading.id);
  return known != nullptr ? std::string(known->id) : heading.id;
}

Text shown_heading(const Heading& heading) {
  if (!heading.name.empty()) return {heading.name.in(Language::zh), heading.name.in(Language::en)};
  if (const KnownHeading* known = find_known(heading.id))
    return {std::string(known->zh) + "指标", std::string(known->en)};
  return {heading.id, heading.id};
}

bool is(const Heading& heading, std::string_view id) { return canonical(heading) == id; }

Heading block_as_filed(const FiledIndicator& i) {
  return i.filed_block.id.empty() ? i.block : i.filed_block;
}
Heading type_as_filed(const FiledIndicator& i) {
  return i.filed_type.id.empty() ? i.type : i.filed_type;
}
std::string midterm_name(const FiledIndicator& i) {
  return i.midterm_name.empty() ? name_as_filed(i) : i.midterm_name;
}

bool is_rate_name(const std::string& name) {
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return ends_with_any(lower, rate_endings) || lower.find("satisf") != std::string::npos;
}

// The heading a name speaks of, when it says so: its id, or nothing.
std::string_view heading_named(const std::string& name) {
  constexpr std::string_view in_time[] = {"及时率", "及时性", "按时完成率", "准时率", "按期完成率"};
  constexpr std::string_view well_done[] = {"准确率", "合格率", "达标率", "优良率", "差错率"};
  constexpr std::string_view content[] = {"满意度", "满意率"};
  if (ends_with_any(name, in_time)) return "timeliness";
  if (ends_with_any(name, well_done)) return "quality";
  if (ends_with_any(name, content)) return "satisfaction";
  return {};
}

// Taking part is something done, not an effect of it.
bool names_participation(const std::string& name) {
  constexpr std::string_view taking_part[] = {"参训率", "出勤率", "到课率",
                                              "到会率", "参会率", "参培率"};
  return ends_with_any(name, taking_part) ||
         (name.find("参加") != std::string::npos && name.ends_with("率"));
}

bool is_benefit(const Heading& type) {
  return is(type, "social") || is(type, "economic") || is(type, "ecological") ||
         is(type, "sustained");
}

void check_placement(const Form& form, const FiledIndicator& i) {
  const Heading filed_block = block_as_filed(i);
  const Heading filed_type = type_as_filed(i);
  const std::string name = name_as_filed(i);
  if (canonical(filed_block) != canonical(i.block)) {
    const Text filed = shown_heading(filed_block);
    const Text proper = shown_heading(i.block);
    const Text type = shown_heading(i.type);
    form.report(Code::form_placement, i.filed_place,
                {"“" + name + "”（" + type.zh + "）填在" + filed.zh + "之下，应在" + proper.zh,
                 "'" + name + "' (" + type.en + ") is filed under " + filed.en +
                     ", it belongs to " + proper.en},
                {"移到" + proper.zh + "；位置错误会改变得分",
                 "move it to " + proper.en + ": a wrong block changes the score"});
  }
  const std::string_view named = heading_named(name);
  if (canonical(filed_type) != canonical(i.type)) {
    const Text filed = shown_heading(filed_type);
    const Text proper = shown_heading(i.type);
    form.report(Code::form_placement, i.filed_place,
                {"“" + name + "”填为" + filed.zh + "，应为" + proper.zh,
                 "'" + name + "' is filed as " + filed.en + ", it is one of " + proper.en},
                {"改填" + proper.zh, "file it as " + proper.en});
  } else if (!named.empty() && !filed_type.id.empty() && find_known(filed_type.id) != nullptr &&
             !is(filed_type, named) && !is(filed_block, named)) {
    const Text filed = shown_heading(filed_type);
    const Text speaks_of = shown_heading({std::string(named), {}});
    form.report(
        Code::form_placement, i.filed_place,
        {"“" + name + "”填为" + filed.zh + "，从名称看是" + speaks_of.zh,
         "'" + name + "' is filed as " + filed.en + ", its name speaks of " + speaks_of.en});
  } else if (names_participation(name) && is_benefit(filed_type)) {
    const Text filed = shown_heading(filed_type);
    form.report(
        Code::form_placement, i.filed_place,
        {"“" + name + "”填为" + filed.zh + "：参加率是产出，不是效益",
         "'" + name + "' is filed as " + filed.en + ": taking part is an output, not a benefit"},
        {"作为产出指标填报，效益另设指标",
         "file it as an output, and find an indicator of the effect"});
  }
}

// A count among costs, or money among quantities.
void check_counted(const Form& form, const FiledIndicator& i, const std::string& name,
                   const std::string& words, const text::Place& place) {
  const std::optional<Field> field = read_target(form, i, words);
  if (!field || field->kind != Kind::number || field->unit.is_number() || field->unit.is_percent())
    return;
  const Heading type = type_as_filed(i);
  const bool money = counts_money(field->unit);
  if (is(type, "cost") && !money) {
    form.report(Code::form_placement, place,
                {"“" + name + "”的值是“" + words + "”，是数量，却填在" + shown_heading(type).zh,
                 "'" + name + "' has the value " + words + ", a quantity, filed as " +
                     shown_heading(type).en},
                {"改填数量指标", "file it as quantity"});
  } else if (is(type, "quantity") && money) {
    form.report(
        Code::form_placement, place,
        {"“" + name + "”的值是“" + words + "”，是金额，却填在" + shown_heading(type).zh,
         "'" + name + "' has the value " + words + ", money, filed as " + shown_heading(type).en},
        {"改填成本指标", "file it as cost"});
  }
}

void check_name(const Form& form, const FiledIndicator& i) {
  const std::string name = name_as_filed(i);
  const std::string target = target_as_filed(i);
  const std::optional<Field> as_name = value::read_field(name, form.year);
  const std::optional<Field> field = read_target(form, i, target);
  if (as_name && as_name->kind == Kind::date && (!field || field->kind != Kind::date)) {
    form.report(Code::form_name, i.filed_place,
                {"名称与指标值写反：名称是“" + name + "”，值是“" + target + "”",
                 "name and value are swapped: the name is " + name + ", the value " + target},
                {"名称写“" + i.name.in(Language::zh) + "”，值写“" + name + "”",
                 "the name is '" + i.name.in(Language::en) + "', the value " + name});
    return;
  }
  if (!field || field->kind != Kind::number || field->unit.is_number() ||
      field->unit.is_percent() || counts_money(field->unit))
    return;
  if (!ends_with_any(name, money_endings)) return;
  form.report(
      Code::form_name, i.filed_place,
      {"“" + name + "”说的是钱，值却是“" + target + "”：名称没有写明数的是什么",
       "'" + name + "' names money, but its value is " + target +
           ": the name does not say what is counted"},
      {"例如“" + i.name.in(Language::zh) + "”", "for example '" + i.name.in(Language::en) + "'"});
}

void check_measurable(const Form& form, const FiledIndicator& i) {
  if (i.has_calculation) return;
  const std::string name = name_as_filed(i);
  const std::optional<Field> field = read_target(form, i, target_as_filed(i));
  if (!field || field->kind != Kind::number || !field->unit.is_percent() || is_rate_name(name))
    return;
  // What makes a name a rate is known in Chinese only.
  if (std::none_of(name.begin(), name.end(),
                   [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return;
  constexpr std::string_view judging[] = {"高素质", "提高", "提升", "加强",
                                          "改善",   "持续", "优秀", "良好"};
  const auto word = std::find_if(std::begin(judging), std::end(judging), [&](std::string_view w) {
    return name.find(w) != std::string::npos;
  });
  const Text judged = word == std::end(judging)
                          ? Text{}
                          : Text{"，“" + std::string(*word) + "”也没有标准",
                                 "; '" + std::string(*word) + "' has no standard either"};
  form.report(
      Code::form_unmeasurable, i.filed_place,
      {"“" + name + "”" + target_as_filed(i) + "：没有说是什么的百分之几" + judged.zh,
       "'" + name + "' " + target_as_filed(i) + ": per cent of what is not said" + judged.en},
      {"写成“……率”，并给出 calculation（分子、分母）",
       "name the rate, and give its calculation (numerator and denominator)"});
}

// Words and guesses where a value belongs.
void check_wording(const Form& form, const FiledIndicator& i, const std::string& words,
                   const text::Place& place) {
  const std::optional<Field> field = read_target(form, i, words);
  if (!field) return;
  const std::optional<Field> proper = read_target(form, i, i.target);
  if (field->approximate) {
    form.report(Code::form_wording, place,
                {"“" + words + "”不是确定的值", words + " is no definite value"},
                {"写确定的值或范围", "write a value or a range"});
  }
  for (const Text& doubt : field->doubts)
    form.report(
        Code::form_wording, place,
        {"“" + words + "”：" + doubt.in(Language::zh), words + ": " + doubt.in(Language::en)});
  const bool wants_value = proper && (proper->kind == Kind::number || proper->kind == Kind::date);
  if (wants_value && field->kind != Kind::number && field->kind != Kind::date) {
    const std::string name = i.name.in(Language::zh);
    form.report(Code::form_wording, place,
                {"“" + words + "”不是指标值，“" + name + "”应填数值或日期",
                 "'" + words + "' is words where a value or a date belongs"},
                {"例如“" + i.target + "”", "for example " + i.target});
  }
}

bool adds_up_over_years(const FiledIndicator& i, const Field& annual) {
  if (annual.unit.is_percent() || is_rate_name(name_as_filed(i)) ||
      contains_any(name_as_filed(i), per_unit_words))
    return false;
  return annual.unit.text().find('/') == std::string::npos &&
         i.target.find('/') == std::string::npos;
}

void check_midterm_sum(const Form& form, const FiledIndicator& i, const Field& annual,
                       const Field& midterm) {
  const std::optional<double> years = midterm_span(form);
  if (!years || *years <= 1 || annual.low != annual.high || !adds_up_over_years(i, annual)) return;
  const double expected = *years * annual.low;
  const std::string sum = plain(*years) + " × " + plain(annual.low, 4, true) + " = " +
                          plain(expected, 4, true);
  const std::string name = midterm_name(i);
  const bool standing = std::any_of(form.declaration.standing.begin(),
                                    form.declaration.standing.end(),
                                    [&](const Quote& q) { return q.text == i.id; });
  if (standing) {
    if (midterm.low == expected) {
      form.report(Code::form_midterm, i.midterm_place,
                  {"“" + name + "”中期“" + i.midterm_target + "”= " + sum +
                       "：每年是同一批，数了 " + plain(*years) + " 遍",
                   "'" + name + "' is " + i.midterm_target + " = " + sum +
                       ": the same ones every year, counted " + plain(*years) + " times"},
                  {"写 " + target_as_filed(i) + "，或写明单位是“个·年”",
                   "write " + target_as_filed(i) + ", or say that the unit is a year of each"});
    }
    return;
  }
  // "约" leaves room, but not for another year's worth.
  const double room = midterm.approximate ? 0.1 * expected : 1e-9 * std::abs(expected);
  if (midterm.low > expected + room || midterm.high < expected - room) {
    Text help{"写 " + plain(expected, 4, true) + "，或写明为什么不是每年都有",
              "write " + plain(expected, 4, true) + ", or say why it does not happen every year"};
    if (counts_money(annual.unit) && form.declaration.annual_money &&
        form.declaration.midterm_money) {
      const std::optional<Field> year_money =
          value::read_field(form.declaration.annual_money->text);
      if (year_money && year_money->kind == Kind::number) {
        const std::string total = plain(*years * year_money->low - expected + midterm.low, 2, true);
        help.zh += "；如属实，中期资金应为 " + total + " 元";
        help.en += "; if it is right, the mid-term money is " + total + " yuan";
      }
    }
    form.report(Code::form_midterm, i.midterm_place,
                {"“" + name + "”中期“" + i.midterm_target + "”，按年度应为 " + sum,
                 "'" + name + "' is " + i.midterm_target + " in the mid-term, but " + sum +
                     " from the annual target"},
                std::move(help));
  } else if (midterm.low != midterm.high && midterm.high > expected + room) {
    form.report(
        Code::form_midterm, i.midterm_place,
        {"“" + name + "”中期上限 " + plain(midterm.high, 4, true) + " 每年需 " +
             plain(midterm.high / *years, 1, true) + "，年度目标只有 " + plain(annual.low, 4, true),
         "the upper end of '" + name + "', " + plain(midterm.high, 4, true) + ", needs " +
             plain(midterm.high / *years, 1, true) + " a year; the annual target is " +
             plain(annual.low, 4, true)},
        {"中期写 " + plain(expected, 4, true), "write " + plain(expected, 4, true)});
  }
}

void check_midterm(const Form& form, const FiledIndicator& i) {
  if (i.midterm_target.empty()) return;
  const std::optional<Field> annual = read_target(form, i, target_as_filed(i));
  const std::optional<Field> midterm = read_target(form, i, i.midterm_target);
  if (!annual || !midterm || annual->kind != Kind::number || midterm->kind != Kind::number) return;
  if (!annual->unit.same_dimension(midterm->unit)) {
    form.report(
        Code::form_midterm, i.midterm_place,
        {"同一行中期与年度不是同类指标：中期“" + midterm_name(i) + "”" + i.midterm_target +
             "，年度“" + name_as_filed(i) + "”" + target_as_filed(i),
         "one row, two kinds: '" + midterm_name(i) + "' " + i.midterm_target +
             " in the mid-term, '" + name_as_filed(i) + "' " + target_as_filed(i) + " in the year"},
        {"分为两行，各自填写中期和年度值",
         "make two rows, each with a mid-term and an annual value"});
    return;
  }
  check_midterm_sum(form, i, *annual, *midterm);
}

}  // namespace

bool counts_money(const value::Unit& unit) {
  return unit.is_money() || unit.text().find("元") != std::string::npos ||
         unit.text().find("yuan") != std::string::npos;
}

std::optional<Field> read_target(const Form& form, const FiledIndicator& indicator,
                                 const std::string& words) {
  std::optional<Field> field = value::read_field(words, form.year);
  if (field && field->kind == Kind::number && field->unit.is_number() && !indicator.unit.empty()) {
    if (std::optional<value::Unit> unit = value::Unit::parse(indicator.unit)) {
      const double scale = std::pow(10.0, unit->exponent());
      field->low *= scale;
      field->high *= scale;
      field->unit = std::move(*unit);
    }
  }
  return field;
}

void check_headings(const Form& form) {
  std::vector<std::string> seen;
  for (const FiledIndicator& i : form.indicators) {
    const std::string block = canonical(i.block);
    if (block.empty() || std::find(seen.begin(), seen.end(), block) != seen.end()) continue;
    seen.push_back(block);
    const bool exists = std::any_of(
        form.indicators.begin(), form.indicators.end(),
        [&](const FiledIndicator& other) { return canonical(block_as_filed(other)) == block; });
    if (exists) continue;
    const Text name = shown_heading(i.block);
    form.report(Code::form_placement, i.filed_place,
                {"表中没有一级指标“" + name.zh + "”，它的指标都填在别处",
                 "the form has no level-1 heading '" + name.en +
                     "': all its indicators are filed elsewhere"},
                {"增加一级指标“" + name.zh + "”", "add the heading '" + name.en + "'"});
  }
}

void check_target_units(const Form& form) {
  struct WrittenAmount {
    double base;
    int exponent;
    const FiledIndicator* indicator;
    const std::string words;
    text::Place place;
  };
  std::vector<WrittenAmount> amounts;
  for (const FiledIndicator& i : form.indicators) {
    const auto add = [&](const std::string& words, const text::Place& place) {
      const std::optional<Field> field = read_target(form, i, words);
      if (field && field->kind == Kind::number && counts_money(field->unit))
        amounts.push_back({field->low, field->unit.exponent(), &i, words, place});
    };
    add(target_as_filed(i), i.filed_place);
    if (!i.midterm_target.empty()) add(i.midterm_target, i.midterm_place);
  }
  // 300元 beside 3万元 is only sensible; 30000元 beside 3万元 is two ways of writing the same kind
  // of value.
  for (const WrittenAmount& small : amounts) {
    const auto large =
        std::find_if(amounts.begin(), amounts.end(), [&](const WrittenAmount& other) {
          return other.exponent > small.exponent && small.base >= other.base;
        });
    if (large == amounts.end()) continue;
    form.report(
        Code::form_unit, small.place,
        {"“" + name_as_filed(*small.indicator) + "”写“" + small.words + "”，“" +
             name_as_filed(*large->indicator) + "”写“" + large->words + "”：同类金额单位不一",
         "'" + name_as_filed(*small.indicator) + "' says " + small.words + ", '" +
             name_as_filed(*large->indicator) + "' " + large->words +
             ": money of one kind in two units"},
        {"全表统一用一种单位", "use one unit throughout the table"});
    return;
  }
}

void check_indicator(const Form& form, const FiledIndicator& indicator) {
  const std::string target = target_as_filed(indicator);
  check_placement(form, indicator);
  check_counted(form, indicator, name_as_filed(indicator), target, indicator.filed_place);
  if (!indicator.midterm_target.empty())
    check_counted(form, indicator, midterm_name(indicator), indicator.midterm_target,
                  indicator.midterm_place);
  check_name(form, indicator);
  check_measurable(form, indicator);
  check_wording(form, indicator, target, indicator.filed_place);
  if (!indicator.midterm_target.empty() && indicator.midterm_target != target)
    check_wording(form, indicator, indicator.midterm_target, indicator.midterm_place);
  check_midterm(form, indicator);
}

}  // namespace jixiao::project
