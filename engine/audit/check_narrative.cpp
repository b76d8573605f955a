#include <algorithm>
#include <cmath>

#include "audit/checks.hpp"
#include "audit/narrative.hpp"

namespace jixiao::audit {
namespace {

// Every amount the money table prints.
std::vector<double> printed_amounts(const Claims& claims) {
  std::vector<double> out;
  for (const MoneyLine& line : claims.money) {
    for (const Number* number : {&line.initial, &line.adjusted, &line.executed}) {
      if (number->there()) out.push_back(*number->value);
    }
  }
  for (const ItemLine& item : claims.items) {
    if (item.amount.there()) out.push_back(*item.amount.value);
  }
  return out;
}

bool is_among(double x, const std::vector<double>& amounts) {
  return std::any_of(amounts.begin(), amounts.end(), [&](double each) { return near(each, x); });
}

// Amounts listed and their 共: the sum must be what is said. Listed without one: a sum that nearly
// is an amount of the table was to be it.
void compare_sums(CheckContext& context, const PrintedText& text) {
  const auto amounts = amounts_in(text.text);
  const auto printed = printed_amounts(context.claims);
  for (std::size_t sentence = 0, last = amounts.empty() ? 0 : amounts.back().sentence;
       sentence <= last && !amounts.empty(); ++sentence) {
    double sum = 0;
    std::size_t parts = 0;
    std::string written;
    const TextAmount* total = nullptr;
    for (const TextAmount& amount : amounts) {
      if (amount.sentence != sentence || amount.per_unit) continue;
      if (amount.total) {
        total = &amount;
        continue;
      }
      sum += amount.yuan;
      ++parts;
      written += (written.empty() ? "" : " + ") + amount.words;
    }
    if (parts >= 2 && total != nullptr && !near(sum, total->yuan) &&
        std::abs(sum - total->yuan) < 0.5 * total->yuan) {
      AuditFinding& found = context.add(
          Check::k8, Severity::warning, text, {},
          {written + " = " + money_text(sum, Language::zh) + "，文中写“" + total->words + "”",
           written + " = " + money_text(sum, Language::en) + ", the text says " + total->words});
      found.printed = total->words;
      found.computed = money_text(sum, Language::zh);
    } else if (parts >= 2 && total == nullptr && !is_among(sum, printed)) {
      constexpr double nearly = 0.02;
      const auto meant = std::find_if(printed.begin(), printed.end(), [&](double x) {
        return x > 0 && std::abs(sum - x) < nearly * x;
      });
      if (meant == printed.end()) continue;
      AuditFinding& found =
          context.add(Check::k8, Severity::warning, text, {},
                      {written + " = " + money_text(sum, Language::zh) + "，表中是 " +
                           money_text(*meant, Language::zh),
                       written + " = " + money_text(sum, Language::en) + ", the table has " +
                           money_text(*meant, Language::en)});
      found.printed = written;
      found.computed = money_text(sum, Language::zh);
    } else if (parts == 0 && total != nullptr && !printed.empty() &&
               !is_among(total->yuan, printed)) {
      constexpr double nearly = 0.5;  // another matter altogether is none of the table's
      const double meant = printed.front();
      if (meant <= 0 || std::abs(total->yuan - meant) > nearly * meant) continue;
      AuditFinding& found =
          context.add(Check::k8, Severity::warning, text, {},
                      {"文中写“" + total->words + "”，资金表中没有这个数",
                       "the text says " + total->words + ", which the money table does not have"});
      found.printed = total->words;
      found.computed = money_text(meant, Language::zh);
    }
  }
}

void compare_products(CheckContext& context, const PrintedText& text, const std::string& subject) {
  for (const TextProduct& each : products_in(text.text)) {
    if (near(each.product, each.printed) || near(each.product, each.printed * 10000) ||
        near(each.product * 10000, each.printed))
      continue;
    AuditFinding& found = context.add(Check::k22, Severity::error, text, subject,
                                      {each.words + "：算出来是 " + number_text(each.product),
                                       each.words + ": that makes " + number_text(each.product)});
    found.printed = each.words;
    found.computed = number_text(each.product);
  }
}

void compare_items(CheckContext& context) {
  const Claims& claims = context.claims;
  const MoneyLine* money = claims.total_money();
  if (claims.items.size() < 2 || money == nullptr) return;
  double sum = 0;
  std::string written;
  for (const ItemLine& item : claims.items) {
    if (!item.amount.there()) return;
    sum += *item.amount.value;
    written += (written.empty() ? "" : " + ") + item.amount.words.text;
  }
  const bool fits = (money->initial.there() && near(sum, *money->initial.value)) ||
                    (money->adjusted.there() && near(sum, *money->adjusted.value));
  if (fits || !money->initial.there()) return;
  AuditFinding& found =
      context.add(Check::k8, Severity::warning, claims.items.front().amount.words,
                  claims.items.front().name.text,
                  {"正文各项 " + written + " = " + money_text(sum, Language::zh) + "，表中总额 " +
                       money_text(*money->initial.value, Language::zh),
                   "the items of the text, " + written + ", make " + money_text(sum, Language::en) +
                       "; the table has " + money_text(*money->initial.value, Language::en)});
  found.computed = money_text(sum, Language::zh);
}

}  // namespace

void check_narrative(CheckContext& context) {
  compare_items(context);
  for (const PrintedText* text :
       {&context.claims.annual_goal, &context.claims.midterm_goal, &context.claims.reached_goal}) {
    if (text == &context.claims.midterm_goal) {
      compare_products(context, *text, {});
      continue;
    }
    compare_sums(context, *text);
    compare_products(context, *text, {});
  }
  for (const Row& row : context.claims.rows) {
    compare_products(context, row.note, row.name.text);
    compare_products(context, row.rule, row.name.text);
  }
}

}  // namespace jixiao::audit
