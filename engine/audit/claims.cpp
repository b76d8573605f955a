#include "audit/claims.hpp"

#include <algorithm>
#include <cmath>

#include "forms/headings.hpp"
#include "forms/understanding.hpp"

namespace jixiao::audit {

const MoneyLine* Claims::total_money() const {
  for (const MoneyLine& line : money) {
    if (line.total) return &line;
  }
  return money.size() == 1 ? &money.front() : nullptr;
}

namespace {

// The money table's, else the sum over rows of their own.
std::optional<double> of_execution(const Claims& claims, Number MoneyLine::*in_money,
                                   Number Row::*in_row) {
  for (const MoneyLine& line : claims.money) {
    if ((line.*in_money).there()) return (line.*in_money).value;
  }
  std::optional<double> sum;
  for (const Row& row : claims.rows) {
    if (row.indicator == none && (row.*in_row).there())
      sum = sum.value_or(0) + *(row.*in_row).value;
  }
  return sum;
}

}  // namespace

std::optional<double> Claims::execution_weight() const {
  return of_execution(*this, &MoneyLine::weight, &Row::weight);
}
std::optional<double> Claims::execution_points() const {
  return of_execution(*this, &MoneyLine::points, &Row::points);
}

std::optional<double> EventLine::change() const {
  if (!points.there() || kind == forms::EventKind::veto) return std::nullopt;
  return kind == forms::EventKind::penalty ? -std::abs(*points.value) : *points.value;
}

double Claims::events_change() const {
  double out = 0;
  for (const EventLine& event : events) out += event.change().value_or(0);
  return out;
}

AuditPlace Claims::execution_place() const {
  for (const MoneyLine& line : money) {
    if (line.points.there()) return line.points.words.place;
  }
  for (const Row& row : rows) {
    if (row.indicator == none) return row.points.words.place;
  }
  return money.empty() ? AuditPlace{} : money.front().name.place;
}

bool Claims::has(PrintedText Row::*column) const {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const Row& row) { return (row.*column).on_form; });
}

std::optional<double> points_in_heading(const std::string& heading) {
  if (const auto pointed = forms::pointed_name(heading)) return forms::points_of(pointed->points);
  const std::string text = forms::folded(heading);
  const std::size_t end = text.find("分)");
  if (end == std::string::npos) return std::nullopt;
  const std::size_t open = text.rfind('(', end);
  return open == std::string::npos ? std::nullopt
                                   : value::read_number(text.substr(open + 1, end - open - 1));
}

std::optional<double> budget_of(const MoneyLine& line) {
  return line.adjusted.there() ? line.adjusted.value : line.initial.value;
}

}  // namespace jixiao::audit
