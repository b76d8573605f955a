#include <cmath>

#include "forms/cell_value.hpp"
#include "forms/headings.hpp"
#include "forms/understanding.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

// 每项加2分，最多3分: points for each case, and the most of them.
struct CaseRule {
  double points = 0;
  double cases = 1;            // that are needed for them
  std::optional<double> most;  // no more than so many points in all
};

std::optional<double> leading_number(std::string_view text, std::size_t& at) {
  std::size_t end = at;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
  if (end == at) return std::nullopt;
  const auto out = value::read_number(text.substr(at, end - at));
  if (out) at = end;
  return out;
}

std::optional<double> points_behind(std::string_view text, std::string_view words) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find('|'));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    std::size_t at = text.find(word);
    if (at == std::string_view::npos) continue;
    at += word.size();
    for (const std::string_view between :
         {"为", "是", "累计", "加", "扣", "减", "得", "分", "不超过", ":"}) {
      if (text.substr(at).starts_with(between)) at += between.size();
    }
    if (const auto out = leading_number(text, at); out && text.substr(at).starts_with("分"))
      return out;
  }
  return std::nullopt;
}

// Nothing where a word is left that could change the points.
std::optional<CaseRule> read_case_rule(std::string_view printed) {
  const std::string text = folded(printed);
  CaseRule out;
  std::size_t at = text.find("每");
  if (at == std::string::npos || text.find("每", at + 3) != std::string::npos) return std::nullopt;
  at += std::string_view("每").size();
  std::size_t sign = std::string::npos;
  for (const std::string_view word : {"加", "扣", "减", "奖励", "倒扣"}) {
    const std::size_t found = text.find(word, at);
    if (found != std::string::npos && found < sign) sign = found;
  }
  if (sign == std::string::npos || sign - at > 60) return std::nullopt;
  // 每2项: how many cases, among the words before the points.
  for (std::size_t i = at; i < sign; ++i) {
    if (!is_digit(text[i])) continue;
    const auto cases = leading_number(text, i);
    if (!cases || *cases <= 0) return std::nullopt;
    out.cases = *cases;
    break;
  }
  while (sign < text.size() && !is_digit(text[sign])) {
    if (text[sign] == ',' || text[sign] == ';') return std::nullopt;
    ++sign;
  }
  const auto points = leading_number(text, sign);
  if (!points || *points <= 0 || !text.substr(sign).starts_with("分")) return std::nullopt;
  out.points = *points;
  const std::string rest = text.substr(sign + std::string_view("分").size());
  out.most = points_behind(rest, "最多|不超过|上限|封顶|最高|至多|累计|限");
  const bool said = rest.empty() || out.most || has_any(rest, "为止|扣完") || rest == "。";
  return said ? std::optional(out) : std::nullopt;
}

// How often it happened: 2个, 无, 是.
std::optional<double> count_of(const std::string& printed, const std::string& name, int year) {
  const std::string words = folded(printed);
  if (is_any(words,
             "无|没有|未发生|无发生|没有发生|未出现|零|否|不存在|未|没|无此情况|无此情形|no|none"))
    return 0;
  if (is_any(words, "是|有|发生|已发生|存在|yes")) return 1;
  const auto read = value::read_field(read_cell_value(words, name, year).text, year);
  if (!read || read->kind != value::Kind::number || read->low != read->high || read->low < 0 ||
      read->unit.is_percent())
    return std::nullopt;
  return read->low;
}

class EventReader {
 public:
  EventReader(const EventRow& row, const Scale& scale, int year, Draft& draft)
      : row_(row), scale_(scale), year_(year), draft_(draft) {}

  DraftEvent read() {
    out_.kind = row_.kind;
    out_.name = entry_of(row_.name);
    if (!says_nothing(row_.rule.text)) out_.rule = entry_of(row_.rule);
    if (!says_nothing(row_.reason.text)) out_.reason = entry_of(row_.reason);
    for (const SecondValue& other : row_.others)
      out_.others.push_back({other.heading, other.field.text, other.field.place});
    if (!row_.told)
      ask(draft_, out_.name, Sure::guess,
          {"看不出是加分还是扣分，按加分读", "it does not say whether it adds or takes: a bonus"},
          {"不对就改 kind", "change kind if it takes"});
    if (row_.kind == EventKind::veto)
      read_veto();
    else
      read_adjustment();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool adds() const { return row_.kind == EventKind::bonus; }

  void read_adjustment() {
    const auto weight = points_of(row_.weight.text), points = points_of(row_.points.text);
    const auto rule = read_case_rule(row_.rule.text);
    const auto count = count_of(row_.actual.text, row_.name.text, year_);
    if (weight && *weight != 0) {
      out_.limit = entry_of(row_.weight);
      out_.limit.text = value::plain(std::abs(*weight) * scale_.weight, 9);
    } else if (rule && rule->most) {
      out_.limit = entry_of(row_.rule);
      out_.limit.text = value::plain(*rule->most, 9);
    }
    if (rule && weight && *weight != 0 && rule->most && std::abs(*weight) != *rule->most)
      ask(draft_, out_.limit, Sure::guess,
          {"分值写 " + row_.weight.text + "，评分标准写最多 " + value::plain(*rule->most, 6) +
               " 分，按分值",
           "the weight says " + row_.weight.text + ", the rule at most " +
               value::plain(*rule->most, 6) + ": the weight is taken"},
          {"不对就改 limit", "change limit if it is wrong"});
    if (rule && count) {
      out_.points = formula(*rule);
      out_.count = entry_of(row_.actual);
      out_.count.text = value::plain(*count, 9);
      if (!row_.points.blank())
        out_.others.push_back({"得分", row_.points.text, row_.points.place});
      return;
    }
    out_.points = "n";
    if (out_.rule.there() && !rule)
      ask(draft_, out_.rule, Sure::likely,
          {"“" + row_.rule.text + "”没有读成算法，按表上给的分计",
           "'" + row_.rule.text + "' was read as no formula: the points given are taken"},
          {"若要按次数计算，改 points，如 points = '2*n'",
           "change points to count cases, such as points = '2*n'"});
    if (points) {
      out_.count = entry_of(row_.points);
      out_.count.text = value::plain(std::abs(*points) * scale_.points, 9);
      check_sign(*points);
      return;
    }
    Entry& at = out_.count;
    at.place = row_.points.on_form() ? row_.points.place : row_.name.place;
    if (!draft_.reports) return;
    ask(draft_, out_.name, Sure::likely,
        adds() ? Text{"没有填得分，不加分", "no points are given: nothing is added"}
               : Text{"没有填扣分，不扣分", "no points are given: nothing is taken"},
        {"若有，写上 [[adjustment]] 与 n", "write [[adjustment]] with n if there were any"});
  }

  void check_sign(double points) {
    const auto weight = points_of(row_.weight.text);
    if (adds() && points < 0)
      ask(draft_, out_.count, Sure::guess,
          {"加分项的得分是负数，按 " + out_.count.text + " 分加",
           "a bonus with points below 0: " + out_.count.text + " are added"},
          {"若是扣分，kind = \"penalty\"", "write kind = \"penalty\" if they are taken"});
    if (!adds() && points > 0 && weight && *weight > 0)
      ask(draft_, out_.count, Sure::guess,
          {"扣分项的得分 " + row_.points.text + " 读作扣 " + out_.count.text + " 分",
           "the " + row_.points.text + " points of a deduction are read as " + out_.count.text +
               " taken"},
          {"若是扣后剩余的分，改 n", "change n if they are what is left"});
  }

  [[nodiscard]] static std::string formula(const CaseRule& rule) {
    const std::string points = value::plain(rule.points, 9);
    const std::string cases = rule.cases == 1 ? "n"
                                              : "floor(n/" + value::plain(rule.cases, 9) + ")";
    return rule.points == 1 ? cases : points + "*" + cases;
  }

  void read_veto() {
    ask(draft_, out_.name, Sure::guess,
        {"表上没有写一票否决的后果，按评为最低等级读",
         "the form does not say what the veto does: the lowest rating"},
        {"不对就改 effect，如 effect = { limit = 59.99 }",
         "change effect if it is another, such as effect = { limit = 59.99 }"});
    if (!draft_.reports) return;
    const Field& said = row_.actual.blank() ? row_.points : row_.actual;
    if (const auto count = says_nothing(said.text) && !is_any(folded(said.text), "无")
                               ? std::nullopt
                               : count_of(said.text, row_.name.text, year_)) {
      out_.count = entry_of(said);
      out_.count.text = value::plain(*count, 9);
      return;
    }
    const bool blank = says_nothing(said.text);
    ask(draft_, out_.name, blank ? Sure::likely : Sure::guess,
        {(blank ? std::string("没有填写是否发生") : "“" + said.text + "”看不出是否发生") +
             "，按没有发生读",
         (blank ? std::string("it does not say whether it happened")
                : "'" + said.text + "' does not say whether it happened") +
             ": read as not"},
        {"若发生过，写 [[veto]]，n = 1", "write [[veto]] with n = 1 if it did"});
  }

  const EventRow& row_;
  const Scale& scale_;
  int year_;
  Draft& draft_;
  DraftEvent out_;
};

}  // namespace

void understand_events(const Form& form, const Scale& scale, int year, Draft& draft) {
  std::size_t counts[] = {0, 0, 0};
  constexpr const char* stems[] = {"bonus_", "penalty_", "veto_"};
  for (const EventRow& row : form.events) {
    DraftEvent event = EventReader(row, scale, year, draft).read();
    const auto kind = static_cast<std::size_t>(row.kind);
    event.id = stems[kind] + std::to_string(++counts[kind]);
    draft.events.push_back(std::move(event));
  }
}

}  // namespace jixiao::forms
