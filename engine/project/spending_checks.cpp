#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>

#include "project/declaration_checks.hpp"
#include "value/rounding.hpp"

namespace jixiao::project {

using text::Code;
using value::Field;
using value::Kind;
using value::plain;

namespace {

// The month a deadline names: 11 for 2020年11月前 and 2020-11-30, 7 for 6月至7月; 0 for none.
int named_month(std::string_view words) {
  const std::size_t at = words.rfind("月");
  std::size_t end = at == std::string_view::npos ? (words.size() >= 7 && words[4] == '-' ? 7 : 0)
                                                 : at;
  int month = 0;
  int scale = 1;
  while (end > 0 && words[end - 1] >= '0' && words[end - 1] <= '9' && scale < 100) {
    month += (words[--end] - '0') * scale;
    scale *= 10;
  }
  return month >= 1 && month <= 12 ? month : 0;
}

struct Deadline {
  std::string words;
  double day;
};

// The deadline an indicator sets: its target, or the form's own words for it wherever the form put
// them.
std::optional<Deadline> deadline_of(const Form& form, const FiledIndicator& indicator) {
  std::optional<Deadline> out;
  for (const std::string& words :
       {indicator.target, target_as_filed(indicator), name_as_filed(indicator)}) {
    const std::optional<Field> field = value::read_field(words, form.year);
    if (field && field->kind == Kind::date) out = Deadline{words, field->high};
  }
  return out;
}

}  // namespace

void check_deadlines(const Form& form) {
  for (const FiledIndicator& indicator : form.indicators) {
    const std::optional<Deadline> deadline = deadline_of(form, indicator);
    if (!deadline) continue;
    // An indicator that speaks for some items binds those; one that speaks for none binds them all.
    std::set<std::string> bound;
    for (const auto& [item, quotes] : form.declaration.covers) {
      if (std::any_of(quotes.begin(), quotes.end(),
                      [&](const Quote& q) { return q.text == indicator.id; }))
        bound.insert(item);
    }
    for (const ItemFact& item : form.items) {
      if (item.due.empty() || (!bound.empty() && !bound.contains(item.id))) continue;
      const std::optional<Field> due = value::read_field(item.due, form.year);
      if (!due || due->kind != Kind::date || due->high == deadline->day) continue;
      const bool later = due->high > deadline->day;
      // An earlier plan is no fault, unless both name the same month and mean different days of it.
      constexpr double two_months = 62;
      const int month = named_month(item.due);
      const bool same_month = month != 0 && month == named_month(deadline->words) &&
                              std::abs(due->high - deadline->day) < two_months;
      if (!later && !same_month) continue;
      const Text relation = later ? Text{"晚于", "later than"} : Text{"早于", "earlier than"};
      form.report(Code::form_deadline, item.due_place,
                  {"实施计划写“" + item.due + "”，" + relation.zh + "指标“" +
                       indicator.name.in(Language::zh) + "”的“" + deadline->words + "”",
                   "planned for " + item.due + ", " + relation.en + " the " + deadline->words +
                       " of indicator '" + indicator.name.in(Language::en) + "'"},
                  {"两处写同一个日期", "write the same day in both places"});
    }
  }
}

void check_coverage(const Form& form) {
  if (!form.declaration.has_covers) return;
  double total = 0;
  for (const ItemFact& item : form.items) total += item.amount;
  constexpr std::string_view bought[] = {"output", "cost", "产出", "成本"};
  for (const ItemFact& item : form.items) {
    const auto covers = form.declaration.covers.find(item.id);
    std::vector<std::string> others;
    bool covered = false;
    if (covers != form.declaration.covers.end()) {
      for (const Quote& quote : covers->second) {
        const FiledIndicator* indicator = find_indicator(form, quote.text);
        if (indicator == nullptr) continue;
        covered = covered || contains_any(indicator->block.id, bought) ||
                  contains_any(indicator->block.name.zh, bought);
        others.push_back(quote.text);
      }
    }
    if (covered) continue;
    const std::string amount = plain(item.amount, 2, true);
    const std::string share = total > 0 ? plain(100 * item.amount / total, 1) + "%" : "";
    Text message{"“" + item.name.in(Language::zh) + "”" + amount + " 元" +
                     (share.empty() ? "" : "（占 " + share + "）") + "没有产出或成本指标",
                 "'" + item.name.in(Language::en) + "', " + amount + " yuan" +
                     (share.empty() ? "" : " (" + share + " of the money)") +
                     ", has no output or cost indicator"};
    if (!others.empty())
      message.zh += "，只有 " + join(others, "、"), message.en += ", only " + join(others, ", ");
    if (!item.has_breakdown) message.zh += "，也没有测算明细", message.en += ", and no breakdown";
    form.report(Code::form_uncovered, item.place, std::move(message),
                {"补充数量、质量或成本指标，并列明测算",
                 "add an indicator of what the money buys, and say how the amount comes about"});
  }
}

}  // namespace jixiao::project
