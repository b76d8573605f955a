#include <algorithm>
#include <cmath>
#include <map>

#include "document/readers.hpp"
#include "forms/cell_value.hpp"
#include "forms/headings.hpp"
#include "forms/placing.hpp"
#include "forms/rules/rule_text.hpp"
#include "forms/understanding.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

using value::Direction;
using value::Kind;

constexpr const char* reached = "达成预期指标";

// What the graded methods know as a result.
bool is_grade(std::string_view text) {
  return is_any(folded(text),
                "达成预期指标|达到预期指标|达成预期|达到预期|达成|完成|已完成|全部完成|"
                "部分达成预期指标并具有一定效果|部分达成预期指标|"
                "部分达成预期|部分达成|"
                "部分完成|未达成预期指标且效果较差|未达成预期指标|未达成预期|未达成|未完成");
}

// Words for a result that does not apply, or is not known.
bool says_not_applicable(std::string_view text) {
  return is_any(folded(text), "不适用|不涉及|N/A|n/a|NA|N.A.|n.a.|#N/A");
}

class IndicatorReader {
 public:
  IndicatorReader(const IndicatorRow& row, const Scale& scale, int year, bool cost_apart,
                  Draft& draft)
      : row_(row), scale_(scale), year_(year), cost_apart_(cost_apart), draft_(draft) {}

  DraftIndicator read() {
    out_.name = entry_of(row_.name);
    out_.midterm_name = entry_of(row_.midterm_name);
    out_.midterm_target = entry_of(row_.midterm_target);
    for (const auto& [from, to] :
         {std::pair{&row_.baseline, &out_.baseline},
          std::pair{&row_.calculation, &out_.calculation}, std::pair{&row_.source, &out_.source}}) {
      if (!says_nothing(from->text)) *to = entry_of(*from);
    }
    place();
    read_target();
    read_weight();
    read_rule_text();
    read_result();
    for (const auto& [words, field] :
         {std::pair{"完成率", &row_.completion}, std::pair{"备注", &row_.note}}) {
      if (!field->blank()) out_.others.push_back({words, field->text, field->place});
    }
    for (const SecondValue& other : row_.others)
      out_.others.push_back({other.heading, other.field.text, other.field.place});
    return std::move(out_);
  }

 private:
  void place() {
    out_.block = entry_of(row_.block);
    out_.type = entry_of(row_.type);
    const std::string printed_block = block_of(row_.block.text);
    std::string type = type_of(row_.type.text);
    if (type.empty() && printed_block == "satisfaction") type = "service";
    if (speaks_of_time(row_.name.text) && type == "quality") {
      out_.filed_type = type;
      type = "timeliness";
      ask(draft_, out_.type, Sure::likely,
          {"“" + row_.name.text + "”讲的是时间，归入时效指标（表上在质量指标）",
           "'" + row_.name.text +
               "' speaks of time: moved to timeliness (the form has it under quality)"},
          {"按表上归类：type = \"quality\"，删去 filed 中的 type",
           "to keep it: type = \"quality\", and no type in filed"});
    }
    const std::string home = home_of(type, cost_apart_);
    std::string block = home.empty() ? printed_block : home;
    if (block.empty() && row_.block.blank() && row_.type.blank()) {
      block = block_by_name();
      out_.block.place = row_.name.place;
      constexpr std::string_view begin = "表上没有一级、二级指标";
      const bool asked =
          std::any_of(draft_.questions.begin(), draft_.questions.end(),
                      [&](const Question& each) { return each.taken.zh.starts_with(begin); });
      if (!asked)
        ask(draft_, out_.block, Sure::guess,
            {std::string(begin) + "，按名称分块：满意度归满意度，效益之事归效益，其余归产出",
             "the form has no blocks or types: satisfaction and benefits are placed by their "
             "names, the rest under output"},
            {"逐个核对 block", "check each block"});
    }
    if (!printed_block.empty() && !home.empty() && home != printed_block) {
      out_.filed_block = printed_block;
      ask(draft_, out_.block, Sure::likely,
          {"表上放在“" + row_.block.text + "”，按“" + row_.type.text + "”归位",
           "the form has it under '" + row_.block.text + "'; placed where '" + row_.type.text +
               "' belongs"},
          {"按表上归块：block = \"" + printed_block + "\"",
           "to keep it: block = \"" + printed_block + "\""});
    }
    if (block.empty()) {
      ask(draft_, out_.block, Sure::guess,
          {"不认识一级指标“" + row_.block.text + "”",
           "the level-1 heading '" + row_.block.text + "' is not known"},
          {"改成规则集中的块：output、benefit、satisfaction",
           "write a block of the rule set: output, benefit, satisfaction"});
    } else {
      out_.block.text = block;
    }
    if (type.empty() && !row_.type.blank())
      ask(draft_, out_.type, Sure::guess,
          {"不认识二级指标“" + row_.type.text + "”",
           "the level-2 heading '" + row_.type.text + "' is not known"},
          {"写上 type", "write the type"});
    out_.type.text = type;
  }

  [[nodiscard]] std::string block_by_name() const {
    const std::string by_words = block_of(row_.name.text);
    if (by_words == "satisfaction" || by_words == "benefit") return by_words;
    return has_any(bare(row_.name.text), "受益|带动|增收|就业|影响|改善|促进|知晓") ? "benefit"
                                                                                    : "output";
  }

  // Sign, value and unit from wherever they stand, as one text.
  std::string whole_target(const std::string& words) {
    const auto alone = value::read_field(words, year_);
    const std::string unit = written_unit();
    std::string out = words;
    if (alone && alone->kind == Kind::number && alone->unit.is_number() &&
        alone->unit.exponent() == 0 && !unit.empty())
      out += unit;
    const std::string sign = sign_of(row_.op.text);
    const bool graded = has_any(sign, "定性");
    if (!sign.empty() && !graded && (!alone || !alone->direction)) out = sign + out;
    return out;
  }

  [[nodiscard]] std::string written_unit() const {
    const std::string unit = bare(row_.unit.text);
    if (is_any(unit, "百分比|百分数|百分点")) return "%";
    return says_nothing(row_.unit.text) ? std::string() : unit;
  }

  void read_target() {
    out_.target = entry_of(row_.target);
    std::string words = folded(row_.target.text);
    const CellValue cell = read_cell_value(words, row_.name.text, year_);
    words = cell.text;
    for (const Remark& remark : cell.remarks)
      ask(draft_, out_.target, remark.sure, remark.words,
          {"不对就改 target", "change the target if it is wrong"});
    if (cell.placeholder) {
      out_.target.text.clear();
      ask(draft_, out_.target, Sure::missing,
          {"“" + row_.target.text + "”是没有填写的占位符",
           "'" + row_.target.text + "' is a placeholder nobody filled in"},
          {"写上 target", "write the target"});
      return;
    }
    if (const auto day = day_of_serial(words); day && expects_day()) {
      words = *day;
      ask(draft_, out_.target, Sure::guess,
          {"“" + row_.target.text + "”是表格里日期的序号，读作 " + *day,
           "'" + row_.target.text + "' is the number a spreadsheet keeps a day as: read as " +
               *day},
          {"不对就改 target", "change the target if it is wrong"});
    }
    const auto named = value::read_field(folded(row_.name.text), year_);
    const auto valued = value::read_field(words, year_);
    if (named && named->kind == Kind::date && valued && valued->kind == Kind::phrase) {
      out_.filed_name = row_.name.text;
      out_.filed_target = row_.target.text;
      out_.name.text = row_.target.text;
      out_.target.place = row_.name.place;
      words = folded(row_.name.text);
      ask(draft_, out_.target, Sure::likely,
          {"名称“" + row_.name.text + "”是日期，指标值“" + row_.target.text + "”是话：两者对调",
           "the name '" + row_.name.text + "' is a date and the value '" + row_.target.text +
               "' is words: they are swapped"},
          {"给它一个说明所量之事的 name", "give it a name that says what is measured"});
    }
    out_.target.text = whole_target(words);
    field_ = value::read_field(out_.target.text, year_);
    const bool told_graded = has_any(bare(row_.op.text), "定性");
    if (!field_) {
      ask(draft_, out_.target, Sure::missing,
          {"“" + row_.name.text + "”没有指标值", "'" + row_.name.text + "' has no target"},
          {"写上 target，或 value = \"grade\"", "write a target, or value = \"grade\""});
      return;
    }
    if (field_->kind == Kind::number && field_->unit.is_percent() && field_->low > 100 &&
        is_rate(row_.name.text))
      ask(draft_, out_.target, Sure::guess,
          {"比率的指标值 " + row_.target.text + " 超过 100%，像是录入有误",
           "a rate's target of " + row_.target.text + " exceeds 100%: it looks mistyped"},
          {"核对后改 target", "compare with the form and change the target"});
    if (field_->kind == Kind::phrase || told_graded) {
      out_.graded = true;
      out_.target.text = row_.target.text;
      for (const Text& doubt : field_->doubts)
        ask(draft_, out_.target, Sure::guess, doubt,
            {"写成可读的值，删去 value = \"grade\"",
             "write a value that can be read, and remove value = \"grade\""});
      if (!field_->doubts.empty()) out_.target.unwritten = true;  // the project would refuse it
      return;
    }
    for (const Text& doubt : field_->doubts)
      ask(draft_, out_.target, Sure::likely, doubt,
          {"不对就改 target", "change the target if it is wrong"});
    if (field_->kind == Kind::number && !field_->direction) choose_direction();
  }

  // Whether the row is about a day: its name says so, or its other value is one.
  [[nodiscard]] bool expects_day() const {
    if (field_ && field_->kind == Kind::date) return true;
    const auto target = value::read_field(folded(row_.target.text), year_);
    const auto actual = value::read_field(folded(row_.actual.text), year_);
    return (target && target->kind == Kind::date) || (actual && actual->kind == Kind::date) ||
           (speaks_of_time(row_.name.text) && !has_any(bare(row_.name.text), "率"));
  }

  // Points of full weight for less than the target, or in proportion to what is over it, say that
  // less is better.
  [[nodiscard]] std::optional<bool> fewer_by_points() const {
    const auto weight = points_of(row_.weight.text);
    const auto points = points_of(row_.points.text);
    const auto actual = value::read_field(
        read_cell_value(folded(row_.actual.text), row_.name.text, year_).text, year_);
    if (!weight || !points || !actual || actual->kind != Kind::number || scale_.unsure ||
        *weight <= 0 || field_->low <= 0)
      return std::nullopt;
    const double due = *weight * scale_.weight;
    const double share = scale_.points_of(*points, *weight) / due;
    const double ratio = actual->low / field_->low;
    const auto is = [&](double x) { return std::abs(share - x) < 0.006; };
    if (ratio < 1 && is(ratio)) return false;
    if (ratio > 1 && (is(1 / ratio) || is(std::max(0.0, 2 - ratio)))) return true;
    if (ratio > 1 && is(1)) return false;
    if (ratio < 1 && is(1)) return true;
    return std::nullopt;
  }

  void choose_direction() {
    const bool cost = out_.type.text.find("cost") != std::string::npos &&
                      !has_any(bare(row_.name.text),
                               "节约|节支|节省|合规|执行率|核算率|到位率|及时率|准确率|完成率");
    const bool harm = field_->low == 0 || speaks_of_harm(row_.name.text);
    const bool good = speaks_of_good(row_.name.text);
    const bool words_say = cost || harm || good;
    bool fewer = cost || harm;
    Sure sure = words_say ? Sure::likely : Sure::guess;
    // The form's own points decide where its words do not.
    const auto points_say = fewer_by_points();
    if (points_say && !words_say) fewer = *points_say;
    if (points_say && words_say && *points_say != fewer && !good) sure = Sure::guess;
    if (points_say && !words_say && *points_say == fewer && !fewer) sure = Sure::likely;
    out_.direction = fewer ? "at_most" : "at_least";
    field_->direction = fewer ? Direction::at_most : Direction::at_least;
    const char* sign = fewer ? "≤" : "≥";
    ask(draft_, out_.target, sure,
        {"没有符号，按“" + std::string(sign) + "”读",
         "no sign: read as '" + std::string(sign) + "'"},
        {"不对就改 direction", "change the direction if it is wrong"});
  }

  void read_weight() {
    out_.weight = entry_of(row_.weight);
    const auto points = points_of(row_.weight.text);
    out_.weight.text = points ? value::plain(*points * scale_.weight, 9) : std::string();
    if (points || says_nothing(row_.weight.text)) return;
    ask(draft_, out_.weight, Sure::guess,
        {"分值“" + row_.weight.text + "”不是数",
         "the points '" + row_.weight.text + "' are no number"},
        {"写上 weight", "write the weight"});
  }

  [[nodiscard]] RuledRow ruled_row() const {
    return {*field_, points_of(row_.weight.text), row_.name.text, scale_.weight,
            !out_.direction.empty()};
  }

  void read_rule_text() {
    if (says_nothing(row_.rule.text)) return;
    Entry rule = entry_of(row_.rule);
    if (auto named = read_named_rule(row_.rule.text)) {
      out_.method = std::move(named->method);
      out_.params = std::move(named->params);
      return;
    }
    const auto reading = field_ && !out_.graded ? read_rule(row_.rule.text, ruled_row())
                                                : std::nullopt;
    out_.rule = rule;
    if (reading) return take_rule(*reading);
    out_.rule_unread = true;
    // A grade leaves its points to the assessor anyway.
    if (!out_.graded) out_.method = "assessed.points";
    const Text instead = out_.graded ? Text{"只按达成的档次", "its grade counts alone"}
                                     : Text{"按表上的得分计，不用别的规则代替",
                                            "the form's points count, and no other rule"};
    ask(draft_, out_.rule, Sure::guess,
        {"评分标准“" + row_.rule.text + "”没有读懂，不核对：" + instead.zh,
         "the rule '" + row_.rule.text + "' is not understood and not checked: " + instead.en},
        {"写上 method 与 params（jixiao rules show methods）",
         "write method and params (jixiao rules show methods)"});
  }

  void take_rule(const RuleReading& reading) {
    out_.method = reading.method;
    out_.params = reading.params;
    if (reading.method.empty()) {
      out_.rule_points = reading.points;
      out_.rule_domain = reading.domain;
      out_.rule_parts_open = reading.parts_open;
    }
    out_.rule_aside = reading.aside;
    if (reading.turned || reading.decides_sign) settle_sign(reading.turned);
    if (reading.doubt)
      ask(draft_, out_.rule, Sure::likely,
          {"评分标准“" + row_.rule.text + "”" + reading.doubt->zh,
           "the rule '" + row_.rule.text + "': " + reading.doubt->en},
          {"不对就改 method 与 params", "change method and params if it is wrong"});
  }

  // The rule beside a target without a sign fits one of the two alone.
  void settle_sign(bool turned) {
    if (turned) {
      const bool fewer = out_.direction == "at_least";
      out_.direction = fewer ? "at_most" : "at_least";
      field_->direction = fewer ? Direction::at_most : Direction::at_least;
    }
    const std::string sign = out_.direction == "at_most" ? "≤" : "≥";
    for (const std::size_t index : out_.target.questions) {
      Question& question = draft_.questions[index];
      if (!question.taken.zh.starts_with("没有符号")) continue;
      question.taken = {"没有符号，按评分标准读作“" + sign + "”",
                        "no sign: read as '" + sign + "', as its rule says"};
      question.sure = Sure::likely;
    }
  }

  void read_result() {
    if (!says_nothing(row_.reason.text)) out_.reason = entry_of(row_.reason);
    if (!says_nothing(row_.remedy.text)) out_.remedy = entry_of(row_.remedy);
    leave_out_draft(out_.reason, draft_);
    split_remedy();
    if (out_.reason.text == "不计分") {
      out_.informational = true;
      out_.reason.text.clear();
      out_.weight.text.clear();
    }
    if (const auto points = points_of(row_.points.text); points && !scale_.unsure) {
      const double weight = points_of(row_.weight.text).value_or(0);
      out_.reported = {
          value::plain(weight > 0 ? scale_.points_of(*points, weight) : *points * scale_.points, 6),
          row_.points.place,
          {},
          false};
    }
    if (row_.actual.blank()) {
      if (draft_.reports) ask_for_result();
      return;
    }
    out_.actual = entry_of(row_.actual);
    if (says_not_applicable(row_.actual.text)) {
      read_not_applicable();
      return;
    }
    if (says_nothing(row_.actual.text) && !is_any(folded(row_.actual.text), "无|无。")) {
      ask_for_result();
      out_.actual.unwritten = true;
      return;
    }
    std::string words = folded(row_.actual.text);
    const CellValue cell = read_cell_value(words, row_.name.text, year_);
    if (cell.placeholder) {
      out_.actual.unwritten = true;
      ask(draft_, out_.actual, Sure::missing,
          {"“" + row_.actual.text + "”是没有填写的占位符",
           "'" + row_.actual.text + "' is a placeholder nobody filled in"},
          {"写上 actual", "write the result"});
      return;
    }
    if (out_.graded) {
      read_grade(words);
      return;
    }
    if (field_ && field_->kind == Kind::number && field_->low == 0 &&
        is_any(words, "无|没有|未发生|无发生|未出现|零")) {
      out_.actual.text = "0" + written_unit();
      ask(draft_, out_.actual, Sure::likely,
          {"“" + row_.actual.text + "”读作 0", "'" + row_.actual.text + "' is read as 0"},
          {"不对就改 actual", "change the actual if it is wrong"});
      return;
    }
    words = cell.text;
    for (const Remark& remark : cell.remarks)
      ask(draft_, out_.actual, remark.sure, remark.words, {"写确切的值", "write the exact value"});
    if (const auto day = day_of_serial(words); day && field_ && expects_day()) {
      words = *day;
      ask(draft_, out_.actual, Sure::guess,
          {"“" + row_.actual.text + "”是表格里日期的序号，读作 " + *day,
           "'" + row_.actual.text + "' is the number a spreadsheet keeps a day as: read as " +
               *day},
          {"不对就改 actual", "change the actual if it is wrong"});
    }
    read_change(cell, words);
    out_.actual.text = words;
    const auto read = value::read_field(words, year_);
    const std::string unit = written_unit();
    if (read && read->approximate && !cell.about)
      ask(draft_, out_.actual, Sure::guess,
          {"“" + row_.actual.text + "”不是确数，按约数保留",
           "'" + row_.actual.text + "' is no exact number: kept as about"},
          {"写确切的值", "write the exact value"});
    const bool bare_number = read && field_ && read->kind == Kind::number &&
                             read->unit.is_number() && read->unit.exponent() == 0;
    if (bare_number && !unit.empty() && !field_->unit.is_date())
      out_.actual.text += unit;
    else if (bare_number && field_->kind == Kind::number)
      take_unit_of_target(read->low);
    if (read && read->direction && read->kind == Kind::number)
      ask(draft_, out_.actual, Sure::guess,
          {"完成值写成了不等式", "the result is written as an inequality"},
          {"写确切的值", "write the exact value"});
  }

  void ask_for_result() {
    out_.actual = entry_of(row_.actual);
    ask(draft_, out_.actual, Sure::missing,
        {"“" + row_.name.text + "”没有完成值", "'" + row_.name.text + "' has no result"},
        {"写上 actual", "write its actual"});
  }

  // 不适用 counts when the form says why.
  void read_not_applicable() {
    if (out_.reason.there()) {
      out_.not_applicable = true;
      out_.actual = {};
      return;
    }
    out_.actual.unwritten = true;
    ask(draft_, out_.actual, Sure::missing,
        {"“" + row_.name.text + "”的完成值是“" + row_.actual.text +
             "”，没有说明原因：不知是不适用还是没有数据",
         "the result of '" + row_.name.text + "' is '" + row_.actual.text +
             "' with no reason: it may not apply, or not be known"},
        {"写上 actual；确实不适用，写 not_applicable = true 和 reason",
         "write its actual; if it does not apply, write not_applicable = true and a reason"});
  }

  // 下降8% of a rate of decrease is 8%; of a rate of growth it is -8%.
  void read_change(const CellValue& cell, std::string& words) {
    if (!cell.downwards && !cell.upwards) return;
    const std::string name = bare(row_.name.text) + bare(row_.target.text);
    const bool down = has_any(name, "下降|降低|减少|压减|节约|降幅|缩短|削减|压缩");
    const bool up = has_any(name, "提高|提升|增长|增加|增幅|上升|增速|增收");
    const bool against = (cell.downwards && up && !down) || (cell.upwards && down && !up);
    if (!against || words.starts_with("-")) return;
    words = "-" + words;
    ask(draft_, out_.actual, Sure::guess,
        {"“" + row_.actual.text + "”与指标方向相反，读作 " + words,
         "'" + row_.actual.text + "' goes the other way: read as " + words},
        {"不对就改 actual", "change the actual if it is wrong"});
  }

  // 90 beside ≤90万元 is 90万元; 62000 beside ≥5万人次 is itself.
  void take_unit_of_target(double number) {
    const int exponent = field_->unit.exponent();
    if (exponent <= 0 || field_->low == 0 || field_->unit.is_percent()) return;
    const double scaled = std::abs(number) * std::pow(10, exponent) / std::abs(field_->low);
    const double as_is = std::abs(number) / std::abs(field_->low);
    const auto off = [](double ratio) { return ratio == 0 ? 0.0 : std::abs(std::log10(ratio)); };
    const std::string written = out_.actual.text;
    if (off(scaled) > off(as_is)) {
      ask(draft_, out_.actual, Sure::guess,
          {"“" + written + "”没有单位，目标以“" + field_->unit.text() + "”计：按不带万、亿的数读",
           "'" + written + "' has no unit and the target is in " + field_->unit.text() +
               ": read as the plain number"},
          {"写上单位", "write the unit"});
      return;
    }
    out_.actual.text += field_->unit.text();
    ask(draft_, out_.actual, Sure::likely,
        {"“" + written + "”没有单位，按目标的单位读作 " + out_.actual.text,
         "'" + written + "' has no unit: read as " + out_.actual.text + ", as the target"},
        {"不对就改 actual", "change the actual if it is wrong"});
  }

  // 偏差原因分析及改进措施 in one column.
  void split_remedy() {
    constexpr std::string_view sign = "改进措施：";
    const std::size_t at = out_.reason.text.find(sign);
    if (at == std::string::npos || out_.remedy.there()) return;
    out_.remedy = out_.reason;
    out_.remedy.text = trimmed(std::string_view(out_.reason.text).substr(at + sign.size()));
    out_.reason.text.resize(at);
    out_.reason.text = trimmed(out_.reason.text);
  }

  void read_grade(const std::string& words) {
    if (is_grade(words)) {
      out_.actual.text = words;
      return;
    }
    if (words == folded(row_.target.text)) {
      out_.actual.text = reached;
      ask(draft_, out_.actual, Sure::likely,
          {"完成情况与目标同文，读作“" + std::string(reached) + "”",
           "the result repeats the target: read as '" + std::string(reached) + "' (reached)"},
          {"若只部分达成，改成“部分达成预期指标”",
           "write 部分达成预期指标 if it was reached in part"});
      return;
    }
    out_.actual.unwritten = true;
    ask(draft_, out_.actual, Sure::guess,
        {"“" + row_.actual.text + "”达成到哪一档，表上看不出",
         "the form does not say which grade '" + row_.actual.text + "' is"},
        {"写 达成预期指标、部分达成预期指标 或 未达成预期指标",
         "write 达成预期指标 (reached), 部分达成预期指标 (partly) or 未达成预期指标 (missed)"});
  }

  const IndicatorRow& row_;
  const Scale& scale_;
  int year_;
  bool cost_apart_;
  Draft& draft_;
  DraftIndicator out_;
  std::optional<value::Field> field_;
};

}  // namespace

void understand_indicators(const Form& form, const Scale& scale, int year, Draft& draft) {
  bool cost_apart = false;
  for (const IndicatorRow& row : form.indicators)
    cost_apart = cost_apart || block_of(row.block.text) == "cost";
  std::map<std::string, int> taken;
  for (const IndicatorRow& row : form.indicators) {
    if (block_of(row.block.text) == "execution") continue;  // the rule set scores it from the money
    DraftIndicator indicator = IndicatorReader(row, scale, year, cost_apart, draft).read();
    const std::string& kind = indicator.type.text;
    const std::string block = block_of(row.block.text).empty() && home_of(kind, cost_apart).empty()
                                  ? "indicator"
                                  : indicator.block.text;
    const std::string stem =
        kind.empty() || kind == "service" || kind == block ? block : block + "_" + kind;
    indicator.id = stem + "_" + std::to_string(++taken[stem]);
    if (!indicator.rule_points.empty())
      indicator.method = "printed." + indicator.id + (indicator.rule_parts_open ? ".full" : "");
    draft.indicators.push_back(std::move(indicator));
  }
  share_weights(draft);
  undo_rounding(draft);
}

}  // namespace jixiao::forms
