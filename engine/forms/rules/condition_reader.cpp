#include "forms/rules/condition_reader.hpp"

#include <algorithm>

#include "forms/rules/rule_words.hpp"

namespace jixiao::forms {

using ConditionKind = RuleCondition::Kind;

// The unit behind a number, with it; nothing for words that are no unit. No unit at all is one.
std::optional<RuleAmount> ConditionReader::read_unit(double number) {
  RuleAmount out;
  out.value = number;
  std::string_view word;
  if (!unit_.empty() && unit_ != "%" && in_.rest().starts_with(unit_) && !in_.sees("分")) {
    out.unit = RuleUnit::other;
    out.word = unit_;
    in_.take(unit_);
  } else if (in_.take("%")) {
    out.unit = RuleUnit::percent;
  } else if (in_.take("个百分点|百分点|个点")) {
    out.unit = RuleUnit::percent_points;
  } else if (in_.take(rule_words::workdays)) {
    out.unit = RuleUnit::workdays;
  } else if (in_.take(rule_words::days)) {
    out.unit = RuleUnit::days;
  } else if (in_.take(rule_words::months)) {
    out.unit = RuleUnit::months;
  } else if (in_.take("周|个星期|星期")) {
    out.unit = RuleUnit::days;
    out.value *= 7;
  } else if (in_.take(rule_words::counters, &word)) {
    out.unit = RuleUnit::other;
    out.word = std::string(word);
  }
  return out;
}

std::optional<RuleAmount> ConditionReader::read_amount() {
  bool percent = false;
  const auto number = in_.number(&percent);
  if (!number) return std::nullopt;
  if (percent) return RuleAmount{*number, RuleUnit::percent, {}};
  return read_unit(*number);
}

// The longest piece of the row's name that comes next, of two characters or more.
bool ConditionReader::take_piece_of_name() {
  const std::string_view rest = in_.rest();
  for (std::size_t length = std::min(name_.size(), rest.size()); length >= 6; --length) {
    if (name_.find(rest.substr(0, length)) == std::string::npos) continue;
    if (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U)
      continue;
    in_.back_to(in_.at() + length);
    return true;
  }
  return false;
}

// What a condition or a step is of; the row's own name and its parts count as its value.
Measured ConditionReader::read_subject() {
  in_.take("若|如|当|如果|凡|对");
  in_.skip("年度|全年|当年|本年|项目");
  if (in_.take(rule_words::completion)) return Measured::completion;
  if (take_piece_of_name()) return Measured::value;
  if (in_.take(rule_words::value)) return Measured::value;
  return Measured::unsaid;
}

// (含) and (不含) behind a number.
void ConditionReader::read_included(Holds& holds) {
  if (in_.take("(含)|(含本数)|[含]|(包含)|(含本身)"))
    holds = Holds::yes;
  else if (in_.take("(不含)|(不含本数)|[不含]|(不包含)"))
    holds = Holds::no;
}

ConditionReader::Sign ConditionReader::read_sign() {
  if (in_.take(
          "大于等于|大于或等于|等于或大于|高于或等于|不低于|不少于|不小于|达到或超过|至少|≥|≧|>=|"
          "=>|达到|完成|达|超过或等于|不小于等于|高于等于|在"))
    return Sign::low;
  if (in_.take("大于|高于|超过|超出|多于|>")) return Sign::low_open;
  if (in_.take(
          "小于等于|小于或等于|低于或等于|等于或小于|不超过|不高于|不大于|不多于|≤|≦|<=|=<|控制在|"
          "至多|低于等于|未超过|不得超过"))
    return Sign::high;
  if (in_.take("小于|低于|不足|不到|少于|不满|达不到|未达到|未达|未完成|<")) return Sign::high_open;
  if (in_.take("等于|=|为|是|恰好为|恰为")) return Sign::equal;
  return Sign::none;
}

void ConditionReader::put(RuleCondition& to, Sign sign, const RuleAmount& at, Holds said) {
  const auto holds = [&](Holds usual) { return said == Holds::unsaid ? usual : said; };
  switch (sign) {
    case Sign::low: to.low = RuleEnd{at, holds(Holds::yes)}; break;
    case Sign::low_open: to.low = RuleEnd{at, holds(Holds::no)}; break;
    case Sign::high: to.high = RuleEnd{at, holds(Holds::yes)}; break;
    case Sign::high_open: to.high = RuleEnd{at, holds(Holds::no)}; break;
    default: break;
  }
}

// Behind a first number: 以上, 以下, a second end.
bool ConditionReader::read_behind(RuleCondition& out, const RuleAmount& at, Sign sign,
                                  Holds holds) {
  if (in_.take("(含)以上|及以上|含以上|或以上|以上(含)|及其以上|以上(含本数)"))
    return out.low = RuleEnd{at, Holds::yes}, sign != Sign::high && sign != Sign::high_open;
  if (in_.take("以上(不含)|(不含)以上"))
    return out.low = RuleEnd{at, Holds::no}, sign != Sign::high && sign != Sign::high_open;
  if (in_.take("(含)以下|及以下|含以下|或以下|以下(含)|以内(含)|(含)以内|(含)内"))
    return out.high = RuleEnd{at, Holds::yes}, sign == Sign::none || sign == Sign::high;
  if (in_.take("以下(不含)|(不含)以下|以内(不含)"))
    return out.high = RuleEnd{at, Holds::no}, sign == Sign::none || sign == Sign::high;
  if (in_.take("以上")) {
    const Holds likely = holds != Holds::unsaid   ? holds
                         : sign == Sign::low_open ? Holds::no
                         : sign == Sign::low      ? Holds::yes
                                                  : Holds::likely;
    return out.low = RuleEnd{at, likely}, sign != Sign::high && sign != Sign::high_open;
  }
  if (in_.take("以下|以内|之内|内|范围内")) {
    const bool fits = sign == Sign::none || sign == Sign::high || sign == Sign::low;
    return out.high = RuleEnd{at, holds != Holds::unsaid ? holds : Holds::likely}, fits;
  }
  if (sign == Sign::none || sign == Sign::low) {
    if (in_.take("--|-|~|—|至|到|–|～|——")) return read_upper(out, at, holds);
  }
  if (sign != Sign::none && sign != Sign::equal) {
    put(out, sign, at, holds);
    return read_second(out);
  }
  // 80%≤完成率<90%
  const std::size_t before = in_.at();
  const Sign first = read_sign();
  if (sign == Sign::none && first != Sign::none && first != Sign::equal) {
    const Measured of = read_subject();
    const Sign second = read_sign();
    const auto other = second == Sign::none ? std::nullopt : read_amount();
    if (other) {
      if (of != Measured::unsaid) out.of = of;
      Holds second_said = Holds::unsaid;
      read_included(second_said);
      // The first sign is read from the right: 80%≤x is x≥80%.
      put(out, mirrored(first), at, holds);
      put(out, second, *other, second_said);
      return out.low && out.high;
    }
  }
  in_.back_to(before);
  out.kind = ConditionKind::point;
  out.low = out.high = RuleEnd{at, Holds::yes};
  return true;
}

ConditionReader::Sign ConditionReader::mirrored(Sign sign) {
  switch (sign) {
    case Sign::low: return Sign::high;
    case Sign::low_open: return Sign::high_open;
    case Sign::high: return Sign::low;
    case Sign::high_open: return Sign::low_open;
    default: return sign;
  }
}

bool ConditionReader::read_upper(RuleCondition& out, RuleAmount low, Holds low_holds) {
  const auto high = read_amount();
  if (!high) return false;
  Holds high_holds = Holds::unsaid;
  read_included(high_holds);
  in_.take("之间|区间|以内|内|范围内|区间内|之内|间");
  read_included(high_holds);
  if (low.unit == RuleUnit::none) low.unit = high->unit, low.word = high->word;
  if (low.value > high->value) return false;
  out.low = RuleEnd{low, low_holds};
  out.high = RuleEnd{*high, high_holds};
  return true;
}

// 大于等于80%且小于90%: the other end.
bool ConditionReader::read_second(RuleCondition& out) {
  const std::size_t before = in_.at();
  in_.take(",|且|但|并|并且|而|、");
  in_.take("且|但");
  in_.take(rule_words::completion);
  const Sign sign = read_sign();
  const bool low = sign == Sign::low || sign == Sign::low_open;
  const bool high = sign == Sign::high || sign == Sign::high_open;
  const auto at = (low && !out.low) || (high && !out.high) ? read_amount() : std::nullopt;
  if (!at) {
    in_.back_to(before);
    return true;
  }
  Holds said = Holds::unsaid;
  read_included(said);
  in_.take("以上|以下|以内");
  put(out, sign, *at, said);
  return out.low->at.value <= out.high->at.value;
}

bool ConditionReader::read_bracketed(RuleCondition& out) {
  const bool closed = in_.sees("[");
  if (!in_.take("[|(")) return false;
  const auto low = read_amount();
  if (!low || !in_.take(",|，")) return false;
  const auto high = read_amount();
  if (!high) return false;
  const bool high_closed = in_.sees("]");
  if (!in_.take("]|)")) return false;
  out.low = RuleEnd{*low, closed ? Holds::yes : Holds::no};
  out.high = RuleEnd{*high, high_closed ? Holds::yes : Holds::no};
  if (low->unit == RuleUnit::none) out.low->at.unit = high->unit;
  return low->value <= high->value;
}

bool ConditionReader::be(RuleCondition& out, RuleCondition::Kind kind, Fits fits) {
  out.kind = kind;
  out.limit = fits == Fits::limit || fits == Fits::event;
  out.aim = fits == Fits::aim;
  out.time = fits == Fits::time;
  out.event = fits == Fits::event;
  return true;
}

// 达到目标值, 未按期完成, 否则; with what it fits.
bool ConditionReader::read_words(RuleCondition& out) {
  if (in_.take("否则|反之|其他|其余|其它|其他情况|其余情况|其它情况|除此之外|其他情形|其余情形"))
    return be(out, ConditionKind::otherwise, Fits::any);
  const std::size_t start = in_.at();
  for (const auto read : {&ConditionReader::read_time_words, &ConditionReader::read_limit_words,
                          &ConditionReader::read_aim_words}) {
    bool known = false;
    const bool good = (this->*read)(out, known);
    if (known) return good;
    in_.back_to(start);
  }
  return false;
}

// `known`: the words are of this kind, whether they can be read or not.
bool ConditionReader::read_time_words(RuleCondition& out, bool& known) {
  known = true;
  if (in_.take(
          "按期完成|按时完成|如期完成|及时完成|按计划完成|按规定时间完成|按计划时间完成|"
          "在规定时间内完成|规定时间内完成|在规定时限内完成|按期|按时|及时|按期开展|按时限完成|"
          "按期竣工|按期交付|按时支付|按时完工|按期完工|按规定时限完成|未逾期|没有逾期|"
          "在计划时间内完成|在目标时间前完成|提前或按期完成|按期或提前完成|提前完成|期限内完成|"
          "按期完工|按时竣工|按时交付|未延期|未延误|未超期|如期"))
    return be(out, ConditionKind::met, Fits::time);
  if (in_.take(
          "未按期完成|未按时完成|未及时完成|未如期完成|未按计划完成|逾期未完成|逾期完成|逾期|超期|"
          "未按期|未按时|不及时|未按规定时间完成|未按计划时间完成|延期完成|延期|延迟|未按时限完成|"
          "推迟|滞后|未在规定时间内完成|延误|超过期限|超过时限|超时|未按期竣工|未按时竣工|"
          "未按期交付|未按时交付|未按期完工|未按时完工")) {
    if (in_.number()) return false;  // 延期15天…: read_late()
    return be(out, ConditionKind::missed, Fits::time);
  }
  return known = false;
}

bool ConditionReader::read_limit_words(RuleCondition& out, bool& known) {
  known = true;
  if (in_.take(
          "未超过|未超出|未超支|未超|不超过|不超出|不超支|不超|控制在|不高于|低于或等于|小于等于|"
          "小于或等于|≤|没有超出|没有超过|没有超支|未突破|不突破|≦")) {
    const bool object = in_.take(rule_words::aims) || in_.take(rule_words::limits);
    in_.take("以内|内|范围内|之内|以下");
    in_.take("(含)");
    return (object || !in_.sees("0|1|2|3|4|5|6|7|8|9")) && be(out, ConditionKind::met, Fits::limit);
  }
  if (in_.take("未发生|未出现|没有发生|没有出现|无|没有|未发现|零发生|不发生|未被")) {
    return read_own_event() && be(out, ConditionKind::met, Fits::event);
  }
  if (in_.take("超过|超出|高于|大于|多于|超|超支|突破|>")) {
    const bool object = in_.take(rule_words::aims) || in_.take(rule_words::limits);
    if (!object && in_.sees("0|1|2|3|4|5|6|7|8|9|一|半|百分")) return false;
    return be(out, ConditionKind::above, Fits::limit);
  }
  return known = false;
}

bool ConditionReader::read_aim_words(RuleCondition& out, bool& known) {
  known = true;
  if (in_.take("达标|全部达标|全部完成|合格|全部合格|均合格|达成|完成|达到|达成预期|验收合格|"
               "全部达到")) {
    in_.take(rule_words::aims);
    if (in_.sees("0|1|2|3|4|5|6|7|8|9|率|值|数")) return false;
    in_.take("及以上|以上|(含)以上");
    return be(out, ConditionKind::met, Fits::any);
  }
  if (in_.take("实现|满足|符合|达到或超过|大于等于|大于或等于|不低于|不少于|≥|等于|≧|高于或等于|"
               "达到或高于|=|等于或高于")) {
    const bool limit = in_.take(rule_words::limits);
    if (!limit && !in_.take(rule_words::aims)) return false;
    in_.take("及以上|以上");
    return be(out, ConditionKind::met, limit ? Fits::any : Fits::aim);
  }
  if (in_.take("未|没有|没|未能|不能|不|未全部")) {
    if (!in_.take("达标|合格|完成|达到|实现|满足|达成|达|全部完成|符合|完全达到|完全实现"))
      return false;
    in_.take(rule_words::aims);
    if (in_.sees("0|1|2|3|4|5|6|7|8|9")) return false;
    return be(out, ConditionKind::missed, Fits::any);
  }
  if (in_.take("达不到"))
    return in_.take(rule_words::aims) && be(out, ConditionKind::missed, Fits::any);
  if (in_.take("低于|少于|小于|不足|未达到|<|比|较")) {
    if (!in_.take(rule_words::aims)) return false;
    in_.take("低|少");
    return be(out, ConditionKind::below, Fits::aim);
  }
  return known = false;
}

// The words for what happens: 安全事故. No digits in them, no second rule.
bool ConditionReader::read_event() {
  std::size_t length = 0;
  const std::string_view rest = in_.rest();
  constexpr std::size_t longest = 36;
  while (length < rest.size() && length < longest && (rest[length] & 0x80) != 0) {
    RuleScanner ahead(rest.substr(length));
    if (ahead.sees("得|不|扣|计|每|。|、|该项|本项|,|;|为|记|即|给|一次|一起|一例|一件|一个|"
                   "一人|一项|一处|一宗|两|视"))
      break;
    length += 3;
  }
  if (length > longest) return false;
  in_.back_to(in_.at() + std::min(length, rest.size()));
  return length > 0;
}

bool ConditionReader::is_of_row(std::string_view words) const {
  constexpr std::size_t letter = 3, piece = 2 * letter;
  if (name_.size() < piece || name_.starts_with("指标")) return true;
  for (std::size_t at = 0; at + piece <= words.size(); at += letter) {
    if (name_.find(words.substr(at, piece)) != std::string::npos) return true;
  }
  return false;
}

bool ConditionReader::read_own_event() {
  const std::string_view event = in_.rest();
  if (!read_event()) return true;
  const std::string_view words = event.substr(0, event.size() - in_.rest().size());
  for (const std::string_view grave : {"重大", "特大", "较大", "严重", "恶性", "群体性"}) {
    if (words.find(grave) != std::string_view::npos && name_.find(grave) == std::string::npos)
      return false;
  }
  return is_of_row(words);
}

// 延期1个月以内
bool ConditionReader::read_late(RuleCondition& out) {
  if (!in_.take("延期|逾期|延迟|推迟|滞后|超期|延误|晚|拖延|超出|超过|拖后|延后|延长"))
    return false;
  in_.take("工期|时间|完成|期限|计划时间|计划|规定时间");
  Sign sign = read_sign();
  if (sign == Sign::low) sign = Sign::low;
  const auto at = read_amount();
  if (!at || (at->unit != RuleUnit::days && at->unit != RuleUnit::months &&
              at->unit != RuleUnit::workdays))
    return false;
  Holds holds = Holds::unsaid;
  read_included(holds);
  const bool over = sign == Sign::none && last_word_is_over_;
  if (!read_behind(out, *at, over ? Sign::low_open : sign, holds)) return false;
  if (out.kind == ConditionKind::point) return false;  // 延期15天: until, or from, or that day?
  out.kind = ConditionKind::late;
  out.time = true;
  return true;
}

std::optional<RuleCondition> ConditionReader::read_condition() {
  const std::size_t start = in_.at();
  RuleCondition out;
  last_word_is_over_ = in_.sees("超过|超出");
  if (read_late(out)) return out;
  in_.back_to(start);
  out = {};
  out.of = read_subject();
  const std::size_t behind_subject = in_.at();
  if (read_span(out)) return out;
  in_.back_to(behind_subject);
  const Measured of = out.of;
  out = {};
  out.of = of;
  if (read_words(out)) return out;
  // 完成 may have been taken for a subject.
  in_.back_to(start);
  out = {};
  if (read_span(out)) return out;
  in_.back_to(start);
  out = {};
  in_.take("若|如|当|如果|凡|对");
  if (read_words(out)) return out;
  in_.back_to(start);
  return std::nullopt;
}

bool ConditionReader::read_span(RuleCondition& out) {
  out.kind = ConditionKind::span;
  const std::size_t start = in_.at();
  if (in_.sees("[|(") && read_bracketed(out)) return true;
  in_.back_to(start);
  const Sign sign = read_sign();
  const auto at = read_amount();
  if (!at) return false;
  // 8分: points, not a value.
  if (at->unit == RuleUnit::none && in_.sees("分")) return false;
  Holds holds = Holds::unsaid;
  read_included(holds);
  if (!read_behind(out, *at, sign, holds)) return false;
  in_.take("之间|区间|范围内");
  return true;
}

// 每少培训1人: words of the row's own name.
void ConditionReader::take_own_words() {
  in_.take("完成|实现");
  (void)take_piece_of_name();
}

}  // namespace jixiao::forms
