// The arithmetic a declaration claims: 29 × 30,000 = 870,000, items that make up the total.
#include <algorithm>
#include <cmath>

#include "project/reading.hpp"
#include "value/edge.hpp"
#include "value/rounding.hpp"

namespace jixiao::project {

using text::Code;

namespace {

struct Names {
  formula::Scope scope;
  std::vector<double> values;
  std::vector<value::Unit> units;

  void add(const std::string& name, double value, const value::Unit& unit) {
    scope.add(name, value::computed);
    values.push_back(value);
    units.push_back(unit.base());
  }
};

Names names_of(const Project& project) {
  Names names;
  for (const Driver& driver : project.drivers) names.add(driver.id, driver.value, driver.unit);
  for (const Item& item : project.items) {
    if (item.amount.yuan.ok() && formula::is_name(item.id))
      names.add("money_" + item.id, item.amount.yuan.value, value::Unit::money());
  }
  if (project.money.initial.yuan.ok())
    names.add("money_initial", project.money.initial.yuan.value, value::Unit::money());
  if (project.money.adjusted.yuan.ok())
    names.add("money_adjusted", project.money.adjusted.yuan.value, value::Unit::money());
  return names;
}

// Equal on paper (value/edge.hpp); an identity of nothing with a difference of large amounts has
// them to be measured by.
bool equal(double a, double b) { return std::abs(a - b) <= 1e-9 || value::is_equal(a, b); }

std::string shown_amount(double x, bool money) {
  return money ? value::show(x, value::Unit::money()) : value::plain(x, 6, true);
}

struct Value {
  double number = 0;
  std::optional<value::Unit> unit;
};

std::optional<Value> evaluate(const text::Located& source, const Names& names,
                              std::vector<Diagnostic>& diagnostics) {
  const auto compiled = formula::compile(source, names.scope, diagnostics);
  if (!compiled) return std::nullopt;
  Value out{compiled->evaluate(names.values), std::nullopt};
  const std::size_t before = diagnostics.size();
  out.unit = compiled->unit(names.units, diagnostics);
  if (diagnostics.size() > before)
    return std::nullopt;  // with units that do not fit the number means nothing
  return out;
}

void compare(const text::Place& place, const Text& what, const std::string& left_text,
             const Value& left, const Value& right, std::vector<Diagnostic>& diagnostics) {
  const bool money = (left.unit && left.unit->is_money()) || (right.unit && right.unit->is_money());
  if (left.unit && right.unit && !left.unit->is_number() && !right.unit->is_number() &&
      !left.unit->same_dimension(*right.unit)) {
    diagnostics.push_back(text::diagnose(
        Code::formula_unit, place,
        {what.zh + "：左边是 " + left.unit->text() + "，右边是 " + right.unit->text(),
         what.en + ": the left side is " + left.unit->text() + ", the right side " +
             right.unit->text()}));
    return;
  }
  if (equal(left.number, right.number)) return;
  diagnostics.push_back(
      text::diagnose(Severity::error, Code::identity_broken, place,
                     {what.zh + "：" + left_text + " = " + shown_amount(left.number, money) +
                          "，而不是 " + shown_amount(right.number, money),
                      what.en + ": " + left_text + " = " + shown_amount(left.number, money) +
                          ", not " + shown_amount(right.number, money)},
                     {"改正数量、单价或金额中错的一个",
                      "correct whichever of quantity, price and amount is wrong"}));
}

}  // namespace

void check_arithmetic(const Project& project, std::vector<Diagnostic>& diagnostics) {
  const Names names = names_of(project);
  for (const Item& item : project.items) {
    if (!item.identity || !item.amount.yuan.ok()) continue;
    if (const auto left = evaluate(*item.identity, names, diagnostics)) {
      compare(item.identity->start, item.name, item.identity->text, *left,
              {item.amount.yuan.value, value::Unit::money()}, diagnostics);
    }
  }
  for (const Identity& identity : project.identities) {
    const auto left = evaluate(identity.left, names, diagnostics);
    std::optional<Value> right;
    if (identity.amount) {
      right = Value{*identity.amount, value::Unit::money()};
    } else if (!identity.equals.text.empty()) {
      right = evaluate(identity.equals, names, diagnostics);
    }
    if (left && right)
      compare(identity.left.start, identity.text, identity.left.text, *left, *right, diagnostics);
  }
  if (project.items.empty() || !project.money.initial.yuan.ok()) return;
  double sum = 0;
  for (const Item& item : project.items) {
    if (!item.amount.yuan.ok()) return;
    sum += item.amount.yuan.value;
  }
  if (!equal(sum, project.money.initial.yuan.value)) {
    diagnostics.push_back(text::diagnose(
        Code::money_sum, project.money.initial.place,
        {"各支出项合计 " + shown_amount(sum, true) + "，年初预算 " +
             shown_amount(project.money.initial.yuan.value, true),
         "the items add up to " + shown_amount(sum, true) + ", the initial budget is " +
             shown_amount(project.money.initial.yuan.value, true)},
        {"改正某一项的 amount 或 initial，或补上漏列的支出项",
         "correct an item's amount or 'initial', or add the item that is missing"}));
  }
}

void check_form(const Project& project, std::vector<Diagnostic>& diagnostics) {
  if (!project.declaration) return;
  std::vector<FiledIndicator> indicators;
  for (const Indicator& indicator : project.indicators) indicators.push_back(indicator.filed);
  std::vector<ItemFact> items;
  for (const Item& item : project.items) {
    items.push_back({item.id, item.name, item.amount.yuan.value, item.identity.has_value(),
                     item.due, item.place, item.due_place});
  }
  check_declaration(*project.declaration, indicators, items, project.year, diagnostics);
}

}  // namespace jixiao::project
