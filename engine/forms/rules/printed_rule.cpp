#include "forms/rules/printed_rule.hpp"

#include <array>
#include <utility>

#include "forms/headings.hpp"
#include "forms/rules/condition_reader.hpp"
#include "forms/rules/rule_words.hpp"

namespace jixiao::forms {
namespace {

using Way = RuleStep::Way;
using ClauseKind = RuleClause::Kind;
using ConditionKind = RuleCondition::Kind;

std::string without(std::string text, std::string_view words) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find('|'));
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at))
      text.erase(at, word.size());
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  return text;
}

// Marks of quotation and words without weight.
std::string plain_words(std::string_view text) {
  std::string out = folded(text);
  constexpr std::string_view otherwise = "否则";
  for (std::size_t at = out.find(otherwise); at != std::string::npos; at = out.find(otherwise))
    out.replace(at, otherwise.size(), "其余");
  return without(std::move(out), "“|”|\"|‘|’|「|」|《|》|的|则|均|'");
}

class ClauseReader : private ConditionReader {
 public:
  ClauseReader(std::string_view text, std::string name, std::string unit)
      : ConditionReader(text, std::move(name), std::move(unit)) {}

  std::optional<std::vector<RuleClause>> read() {
    std::vector<RuleClause> out;
    while (true) {
      in_.skip(rule_words::separators);
      if (in_.at_end()) break;
      auto clause = next();
      if (!clause || out.size() > 24) return std::nullopt;
      // A condition that begins a row of steps holds for the steps behind it.
      out.push_back(std::move(*clause));
    }
    if (out.empty()) return std::nullopt;
    return out;
  }

 private:
  using Maybe = std::optional<RuleClause>;

  template <class Read>
  Maybe attempt(const Read& read) {
    const std::size_t start = in_.at();
    Maybe out = read();
    if (out && !in_.at_end() && !in_.sees(rule_words::separators)) out.reset();
    if (!out) in_.back_to(start);
    return out;
  }

  Maybe next() {
    for (const auto read :
         {&ClauseReader::read_floor, &ClauseReader::read_parts, &ClauseReader::read_standard,
          &ClauseReader::read_weight, &ClauseReader::read_formula, &ClauseReader::read_step_alone,
          &ClauseReader::read_conditional, &ClauseReader::read_aside}) {
      if (Maybe out = attempt([&] { return (this->*read)(); })) return out;
    }
    return std::nullopt;
  }

  static RuleClause made(ClauseKind kind) {
    RuleClause out;
    out.kind = kind;
    return out;
  }

  // 扣完为止; 最多扣5分
  Maybe read_floor() {
    in_.skip("直至|直到|至|并|但");
    if (in_.take(
            "最多扣|最高扣|至多扣|累计扣分不超过|累计最多扣|扣分不超过|总扣分不超过|累计扣分最多|"
            "扣分上限|扣分上限为|最多扣减|最多可扣|累计最高扣|最高可扣|以扣满")) {
      RuleClause out = made(ClauseKind::most);
      const auto points = in_.number();
      if (!points || !in_.take("分")) return std::nullopt;
      in_.take("为止|止|为限");
      out.points.value = *points;
      return out;
    }
    if (in_.take(
            "不计负分|不得负分|不出现负分|不倒扣|不扣负分|最低0分|最低得0分|最低为0分|不记负分|"
            "最低计0分|不得为负分|得分不低于0分|最低零分|扣至零分|扣到零分|0分为止|零分为止|"
            "不倒扣分|不得出现负分"))
      return made(ClauseKind::floor);
    if (in_.take("扣完|扣光|扣至0分|扣到0分|扣完权重分|扣减完|减完|扣至0|扣到0")) {
      in_.skip("该项|本项|此项|该指标|本指标|所有|全部|指标|权重|分值|分数|得分|分|满分");
      in_.take("为止|止|即止");
      return made(ClauseKind::floor);
    }
    if (in_.take("扣满|扣足|扣至|扣到|扣完")) {
      RuleClause out = made(ClauseKind::most);
      const auto points = in_.number();
      if (!points || !in_.take("分")) return std::nullopt;
      in_.take("为止|止");
      out.points.value = *points;
      return out;
    }
    return std::nullopt;
  }

  // 不足1%按1%计; 不足部分按比例扣分
  Maybe read_parts() {
    RuleClause out = made(ClauseKind::parts);
    if (in_.take("不足一档按一档|不足一个档次按一个档次|不足一档按一档计|不满一档按一档")) {
      in_.take("计|计算|扣分|扣|算");
      out.parts = RuleClause::Parts::begun;
      return out;
    }
    if (in_.take("不足部分按比例|不足部分按比例扣|不足部分按比例扣分|不足部分按比例计算|"
                 "不足部分同比例扣分|不足部分折算|不足一档按比例")) {
      in_.take("扣分|计算|扣|扣减");
      out.parts = RuleClause::Parts::none;
      return out;
    }
    if (in_.take("不足部分不扣分|不足部分不扣|不足一档不扣分|不足部分不计")) return out;
    if (!in_.take("不足|不满|不到|未满")) return std::nullopt;
    const auto size = in_.number();
    if (!size || !read_unit(*size)) return std::nullopt;
    in_.take("部分");
    in_.take(",");
    if (in_.take("不扣分|不扣|不计|不计算")) return out;
    if (in_.take("按比例|按比例扣|同比例扣")) {
      in_.take("扣分|计算|扣减|计|分");
      out.parts = RuleClause::Parts::none;
      return out;
    }
    if (!in_.take("按|以|算|视为|视同|按照|视作|计")) return std::nullopt;
    const auto again = in_.number();
    if (!again || !read_unit(*again) || *again != *size) return std::nullopt;
    in_.take("计|计算|算|扣分|扣|计扣|计分|处理");
    out.parts = RuleClause::Parts::begun;
    return out;
  }

  // 以100%为标准
  Maybe read_standard() {
    RuleClause out = made(ClauseKind::standard);
    if (!in_.take("以|按")) return std::nullopt;
    if (in_.take(rule_words::aims)) {
      out.condition.kind = ConditionKind::met;
    } else {
      const auto number = in_.number();
      if (!number) return std::nullopt;
      const auto at = read_unit(*number);
      if (!at) return std::nullopt;
      out.condition.kind = ConditionKind::point;
      out.condition.low = out.condition.high = RuleEnd{*at, Holds::yes};
    }
    if (!in_.take("为标准|为基准|为基数|为满分标准|为满分|为限")) return std::nullopt;
    return out;
  }

  // 满分10分
  Maybe read_weight() {
    if (!in_.take(
            "满分|本项满分|该项满分|分值|总分|权重|权重分|标准分|本指标满分|该指标满分|本项分值|"
            "该项分值|基础分|满分为|分值为|该指标分值|本指标分值|共|本项共|指标分值|最高|最多|"
            "最高得|"
            "最多得|最高不超过|上限|得分上限|累计最高|合计最高|总计最高|最高计|最多计|最高可得"))
      return std::nullopt;
    in_.take("为|是|:|共");
    const auto points = in_.number();
    if (!points || !in_.take("分")) return std::nullopt;
    RuleClause out = made(ClauseKind::weight);
    out.points.value = *points;
    return out;
  }

  // 得分=实际完成值/目标值×分值
  Maybe read_formula() {
    in_.skip("按|按照|根据|依据|以|以下公式|公式|计算公式|计分公式|:");
    if (in_.take("得分|本项得分|该项得分|指标得分|实际得分|该指标得分|自评得分|本指标得分")) {
      if (!in_.take("=")) return std::nullopt;
    }
    // Powers of the result, the target, the weight.
    int result = 0, target = 0, weight = 0, sign = 1;
    std::size_t factors = 0, depth = 0;
    std::vector<int> signs;
    for (bool first = true;; first = false) {
      if (!first) {
        while (depth > 0 && in_.take(")")) --depth, sign = signs.back(), signs.pop_back();
        if (in_.take("×|*|x|X|乘以|乘"))
          sign = signs.empty() ? 1 : signs.back();
        else if (in_.take("/|÷|除以"))
          sign = -(signs.empty() ? 1 : signs.back());
        else
          break;
      }
      while (in_.take("(")) ++depth, signs.push_back(sign);
      if (in_.take("100%|100"))
        result += 0;
      else if (in_.take(rule_words::completion))
        result += sign, target -= sign;
      else if (in_.take("该指标分值|本指标分值|该项分值|本项分值|指标分值|分值|权重分值|权重分|"
                        "权重|满分|"
                        "标准分|指标权重|该项权重|本项权重|该指标权重|指标满分|满分值|标准分值|"
                        "该项满分|此项分值"))
        weight += sign;
      else if (in_.take(rule_words::aims))
        target += sign;
      else if (in_.take(rule_words::value))
        result += sign;
      else
        return std::nullopt;
      ++factors;
    }
    if (depth != 0 || factors < 2) return std::nullopt;
    in_.take("计算得分|计分|得分|计算|计算分值|计得分|给分|折算得分|计算分数|赋分|计");
    if (weight != 1) return std::nullopt;
    if (result == 1 && target == -1) return made(ClauseKind::proportional);
    if (result == -1 && target == 1) return made(ClauseKind::inverse);
    return std::nullopt;
  }

  std::optional<RulePoints> read_points() {
    const std::size_t start = in_.at();
    bool percent = false;
    if (const auto number = in_.number(&percent)) {
      if (percent || in_.take("%")) {
        if (in_.take(rule_words::of_weight)) return RulePoints{*number, true};
        if (in_.at_end() || in_.sees(rule_words::separators)) return RulePoints{*number, true};
      } else if (in_.take("分")) {
        return RulePoints{*number, false};
      }
    }
    in_.back_to(start);
    if (in_.take(rule_words::of_weight)) {
      const auto number = in_.number(&percent);
      if (number && (percent || in_.take("%"))) return RulePoints{*number, true};
    }
    in_.back_to(start);
    return std::nullopt;
  }

  // What a condition earns or costs.
  Maybe read_award() {
    if (in_.take(rule_words::nothing)) return made(ClauseKind::nothing);
    const std::size_t start = in_.at();
    if (in_.take(rule_words::costs)) {
      in_.take("该项|本项|掉|去");
      if (const auto points = read_points()) {
        RuleClause out = made(ClauseKind::loses);
        out.points = *points;
        return out;
      }
      in_.back_to(start);
      return std::nullopt;
    }
    const bool verb = in_.take(rule_words::earns);
    if (verb && in_.take(rule_words::nothing)) return made(ClauseKind::nothing);
    const std::size_t behind_verb = in_.at();
    if (const auto points = read_points()) {
      RuleClause out = made(points->value == 0 ? ClauseKind::nothing : ClauseKind::points);
      out.points = *points;
      if (points->share && points->value == 100) out.kind = ClauseKind::full;
      in_.take("分值|值");
      return out;
    }
    in_.back_to(behind_verb);
    if (verb) {
      const auto number = in_.number();
      if (number && (in_.at_end() || in_.sees(rule_words::separators))) {
        RuleClause out = made(*number == 0 ? ClauseKind::nothing : ClauseKind::points);
        out.points.value = *number;
        return out;
      }
      in_.back_to(behind_verb);
    }
    if (verb && in_.take(rule_words::full)) return made(ClauseKind::full);
    if (!verb && in_.take("满分|全分")) return made(ClauseKind::full);
    in_.back_to(start);
    return std::nullopt;
  }

  // 按完成比例得分
  Maybe read_proportion() {
    const std::size_t start = in_.at();
    if (Maybe out = read_formula()) return out;
    in_.back_to(start);
    in_.take("按|按照|依|根据|以|依照|按其");
    in_.take("照");
    const bool completion = in_.take(
        "实际完成率|完成率|完成比例|实际完成比例|完成百分比|完成程度|实际完成程度|完成比率|比例|"
        "相应比例|"
        "同比例|目标完成率|比率|达成率|实现率|百分比|完成值比例|实际完成值比例|完成情况比例|"
        "指标完成率|任务完成率|计划完成率|达标比例|实现程度|完成进度比例|实际比例|对应比例|完成度|"
        "实际完成值占目标值比例|实际完成值与目标值比例|完成值与目标值比例|实际值与目标值比例|"
        "实际完成数占计划数比例|实际完成数与计划数比例");
    if (!completion) return std::nullopt;
    in_.skip("折算|换算|计算|相应|等比例|同比例|按比例|对应");
    if (!in_.take("得分|计分|给分|赋分|计算得分|得|计|扣分|扣减|计算分值|计算|打分|评分|扣除|分值|"
                  "扣减分值|扣减分数|扣减得分|得分值|扣相应分值|计得分|记分|赋予分值|折算得分|"
                  "计算扣分|扣除分值|计算分数|扣除相应分值|扣减相应分值"))
      return in_.at() > start && in_.at_end() ? std::optional(made(ClauseKind::proportional))
                                              : std::nullopt;
    in_.take("分|分值");
    return made(ClauseKind::proportional);
  }

  std::optional<Way> read_way(bool& each_word) {
    each_word = false;
    if (in_.take(
            "超过(降低)|超过或降低|超过或低于|超过(低于)|高于或低于|高于(低于)|增减|增加或减少|"
            "增加(减少)|超过或不足|偏高或偏低|低于或高于|低于(高于)|降低(超过)|降低或超过|"
            "超出或低于|上下浮动|上下波动|上下偏离|相差|偏离|偏差|差异|误差|浮动|波动|"
            "减少(增加)|减少或增加|少于或超过|高(低)|低(高)|高或低|低或高|正负偏差|不符|偏移|"
            "上升或下降|下降或上升|超(低)|低(超)|超或低"))
      return Way::either;
    if (in_.take("延误|延迟|延期|逾期|推迟|滞后|晚|超期|拖延|超时|延后|迟|拖后|逾"))
      return Way::late;
    if (in_.take("发生|出现|发现|存在|查出|检出|有|产生|发现有|出现有|接到|收到")) return Way::each;
    if (in_.take("超支|超过|超出|超|高于|高出|高|增加|上升|增长|多出|多|大于|升高|提高|增|超额"))
      return Way::above;
    if (in_.take(
            "低于|降低|下降|低|降|减少|少完成|少于|少|缺少|缺|短缺|未完成|落后|不足|未达到|未达|差|"
            "欠|减|不达|未实现|短|少做"))
      return Way::below;
    return std::nullopt;
  }

  // 低于目标值每1个百分点: where the words stand the other way round.
  bool read_measured_words(RuleStep& step) {
    // 与计划, 较目标值, 比目标值
    if (in_.take("与|较|比|同|和|相对|对比|相比|相较|相较于")) {
      if (!in_.take(rule_words::aims)) return false;
      in_.take("相比|相比较|比较|对比|比");
      in_.take(",");
      step.of_target = true;
    }
    return true;
  }

  Maybe read_step() {
    RuleClause out = made(ClauseKind::step);
    RuleStep& step = out.step;
    in_.take("按|按照|以");
    out.condition.of = Measured::unsaid;
    bool each = in_.take("每");
    if (!each) {
      out.condition.of = read_subject();
      if (!read_measured_words(step)) return std::nullopt;
      each = in_.take("每");
    }
    if (each && out.condition.of == Measured::unsaid) {
      const std::size_t start = in_.at();
      out.condition.of = read_subject();
      if (!in_.sees(
              "超|低|高|降|下|减|少|缺|差|落|不足|增|上|多|大|偏|相|延|逾|推|滞|晚|发生|出现|发现|"
              "存在|升|提|误|浮|波|查|检|有|未|欠|较|比|与|同|和|拖|短")) {
        in_.back_to(start);
        out.condition.of = Measured::unsaid;
      }
    }
    if (!read_measured_words(step)) return std::nullopt;
    bool ignored = false;
    const std::size_t before_way = in_.at();
    const auto way = read_way(ignored);
    if (!way) {
      // 每次扣1分, 每例扣2分
      in_.back_to(before_way);
      std::string_view counter;
      if (!each || !in_.take("次|例|起|件|项|人|处|个|人次|宗", &counter)) return std::nullopt;
      step.way = Way::each;
      step.size = {1, RuleUnit::other, std::string(counter)};
      return read_cost(out);
    }
    step.way = *way;
    if (in_.take("于")) step.of_target = false;
    if (in_.take(rule_words::aims) || in_.take(rule_words::limits)) step.of_target = true;
    in_.take("值");
    if (step.way == Way::late) in_.take("工期|时间|完成|期限|交付|支付|竣工|完工");
    if (step.way != Way::late) take_own_words();
    in_.take("达|达到|±|约");
    if (auto size = read_amount()) {
      step.size = *size;
    } else {
      step.size = {1, RuleUnit::none, {}};
      // 每超过扣1分 says no size.
      if (step.way != Way::each) return std::nullopt;
    }
    if (step.size.value <= 0) return std::nullopt;
    // Without 每 only a single one is a step: 少一个扣1分; 低于60%扣5分 is none.
    if (!each && (step.size.value != 1 || step.size.unit == RuleUnit::none)) return std::nullopt;
    in_.take("以上|及以上");
    if (step.way == Way::each && !read_own_event()) return std::nullopt;
    if (step.way != Way::each && step.way != Way::late) take_own_words();
    in_.take(",|就|即|时");
    Maybe made = read_cost(out);
    // 延期1个月扣50%: for each month, or once?
    const bool by_day = step.size.unit == RuleUnit::days && !step.cost.share;
    if (made && !each && step.way == Way::late && !by_day) return std::nullopt;
    return made;
  }

  Maybe read_cost(RuleClause& out) {
    if (in_.take("得|计|加|可得|奖")) {
      const auto points = read_points();
      if (!points || points->value <= 0) return std::nullopt;
      out.kind = ClauseKind::gains;
      out.step.cost = *points;
      return out;
    }
    if (!in_.take(rule_words::costs)) return std::nullopt;
    in_.take("减|除|去");
    const auto points = read_points();
    if (!points || points->value <= 0) return std::nullopt;
    out.step.cost = *points;
    in_.take("计算|计|标准|处理|分值|标准扣分");
    return out;
  }

  // 每完成1项得2分
  Maybe read_gain() {
    if (!in_.take("每")) return std::nullopt;
    if (!in_.take("完成|达到|实现|举办|开展|新增|达成|建成|培训")) return std::nullopt;
    take_own_words();
    const auto size = read_amount();
    if (!size || size->value <= 0) return std::nullopt;
    take_own_words();
    if (!in_.take("得|计|可得|加")) return std::nullopt;
    const auto points = read_points();
    if (!points || points->value <= 0) return std::nullopt;
    RuleClause out = made(ClauseKind::gains);
    out.step.size = *size;
    out.step.cost = *points;
    return out;
  }

  Maybe read_step_alone() {
    const std::size_t start = in_.at();
    if (Maybe out = read_gain()) return out;
    in_.back_to(start);
    Maybe out = read_step();
    if (out && out->kind == ClauseKind::gains) return std::nullopt;
    return out;
  }

  // 未达到目标值,按完成比例得分; 90%以上得10分; or what is earned alone.
  Maybe read_conditional() {
    const std::size_t start = in_.at();
    if (Maybe alone = read_proportion();
        alone && (in_.at_end() || in_.sees(rule_words::separators)))
      return alone;
    in_.back_to(start);
    const auto condition = read_condition();
    if (!condition) return std::nullopt;
    in_.skip("时|部分|情况下|情况|就|即|者|后|,|:|以内部分|指标|度");
    const std::size_t behind = in_.at();
    Maybe out = read_award();
    if (!out) {
      in_.back_to(behind);
      out = read_proportion();
    }
    if (!out) {
      in_.back_to(behind);
      out = read_step();
      if (out && out->kind == ClauseKind::gains) return std::nullopt;
      if (out && condition->of != Measured::unsaid && out->condition.of == Measured::unsaid)
        out->condition.of = condition->of;
    }
    if (!out) {
      in_.back_to(behind);
      out = read_bare_step(*condition);
    }
    if (!out) return std::nullopt;
    const Measured of = out->condition.of;
    out->condition = *condition;
    if (out->condition.of == Measured::unsaid) out->condition.of = of;
    return out;
  }

  // 低于目标值,每1个百分点扣0.5分
  Maybe read_bare_step(const RuleCondition& condition) {
    if (!in_.take("每")) return std::nullopt;
    RuleClause out = made(ClauseKind::step);
    out.step.way = condition.kind == ConditionKind::above ? Way::above
                   : condition.time                       ? Way::late
                                                          : Way::below;
    if (condition.kind != ConditionKind::above && condition.kind != ConditionKind::below &&
        condition.kind != ConditionKind::missed)
      return std::nullopt;
    const auto size = read_amount();
    if (!size || size->value <= 0 || size->unit == RuleUnit::none) return std::nullopt;
    out.step.size = *size;
    return read_cost(out);
  }

  // 发生重大事故不得分
  Maybe read_aside() {
    in_.take("若|如|凡");
    if (!in_.take("发生|出现|存在|造成|有|被|因|发现|引发")) return std::nullopt;
    const std::string_view event = in_.rest();
    const std::size_t before = in_.at();
    if (!read_event()) return std::nullopt;
    const std::string_view words = event.substr(0, in_.at() - before);
    const bool grave = has_any(words, "重大|特大|较大|严重|恶性|重特大|群体性");
    if (!grave && !is_of_row(words)) return std::nullopt;
    in_.take(",|时");
    in_.take("本项|该项|此项|该指标|本指标");
    RuleClause out = made(ClauseKind::aside);
    if (!in_.take(rule_words::nothing) && !in_.take("得0分|计0分|0分|记0分|为0分"))
      return std::nullopt;
    out.condition.kind = ConditionKind::missed;
    out.condition.event = out.condition.limit = true;
    if (!grave) out.kind = ClauseKind::nothing;
    return out;
  }
};

}  // namespace

std::optional<std::vector<RuleClause>> read_clauses(std::string_view text, std::string_view name,
                                                    std::string_view unit) {
  constexpr std::size_t longest = 600;
  const std::string words = plain_words(text);
  if (words.empty() || words.size() > longest) return std::nullopt;
  return ClauseReader(words, plain_words(bare(name)), folded(unit)).read();
}

}  // namespace jixiao::forms
