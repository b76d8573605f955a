#include "ruleset/ruleset.hpp"

#include <algorithm>

#include "ruleset/narrowest.hpp"

namespace jixiao::ruleset {
namespace {

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Whether a's values lie within b's; an empty list is every value.
template <class T>
bool within(const std::vector<T>& a, const std::vector<T>& b) {
  if (b.empty()) return true;
  if (a.empty()) return false;
  return std::all_of(a.begin(), a.end(), [&](const T& value) { return contains(b, value); });
}

bool within(const std::optional<bool>& a, const std::optional<bool>& b) { return !b || a == b; }

bool within(const Selector& a, const Selector& b) {
  return within(a.blocks, b.blocks) && within(a.types, b.types) &&
         within(a.directions, b.directions) && within(a.kinds, b.kinds) &&
         within(a.target_zero, b.target_zero);
}

template <class Named>
std::size_t find_named(const std::vector<Named>& list, std::string_view word) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].id == word) return i;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Named& item = list[i];
    if (item.name.zh == word || item.name.en == word || contains(item.also, std::string(word)))
      return i;
  }
  return none;
}

// Whether a formula names the variable at this position of its scope.
bool names(const formula::Formula& formula, std::size_t variable) {
  return std::find(formula.used().begin(), formula.used().end(), variable) != formula.used().end();
}

}  // namespace

const char* name(Evidence evidence) {
  constexpr std::array names{"verified", "form", "computed", "background", "illustrative"};
  return names[static_cast<std::size_t>(evidence)];
}

std::optional<value::Cell> Input::said(std::string_view word) const {
  const auto is_among = [&](const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const auto value = std::find(values.begin(), values.end(), word);
  if (value != values.end())
    return value::Cell::of(static_cast<double>(value - values.begin() + 1));
  if (is_among(missing)) return value::Cell::none();
  if (is_among(not_applicable)) return value::Cell::not_applicable();
  return std::nullopt;
}

value::Cell Input::said(double number) const {
  if (contains(missing_numbers, number)) return value::Cell::none();
  if (contains(not_applicable_numbers, number)) return value::Cell::not_applicable();
  return value::Cell::of(number);
}

std::string Input::shown(double x) const {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (x == static_cast<double>(i + 1)) return values[i];
  }
  return value::plain(x, 6);
}

std::vector<formula::WordList> word_lists(const std::vector<Input>& inputs, std::size_t first) {
  std::vector<formula::WordList> out;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].values.empty()) out.push_back({first + i, inputs[i].values});
  }
  return out;
}

bool Selector::fits(const Subject& subject) const {
  return (blocks.empty() || contains(blocks, subject.block)) &&
         (types.empty() || contains(types, subject.type)) &&
         (directions.empty() || contains(directions, subject.direction)) &&
         (kinds.empty() || contains(kinds, subject.kind)) &&
         (!target_zero || *target_zero == subject.target_zero);
}

bool Selector::narrower_than(const Selector& other) const {
  return within(*this, other) && !within(other, *this);
}

bool Fold::weighs() const { return names(each, 1); }
bool Fold::divides() const { return names(total, 1) || names(total, 2); }

std::size_t RuleSet::find_block(std::string_view word) const { return find_named(blocks, word); }
std::size_t RuleSet::find_type(std::string_view word) const { return find_named(types, word); }

std::size_t RuleSet::find_method(std::string_view wanted) const {
  const auto found =
      std::find_if(methods.begin(), methods.end(), [&](const Method& m) { return m.id == wanted; });
  return found == methods.end() ? none : static_cast<std::size_t>(found - methods.begin());
}

std::vector<std::size_t> RuleSet::methods_for(const Selector::Subject& subject) const {
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < methods.size(); ++i) {
    if (methods[i].when && methods[i].when->fits(subject)) fitting.push_back(i);
  }
  return narrowest(methods, fitting);
}

std::size_t RuleSet::band_of(double total) const {
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (!bands[i].only_veto && bands[i].range.contains(total)) return i;
  }
  return none;
}

bool RuleSet::type_belongs(std::size_t type, std::size_t block) const {
  return type == none || blocks[block].types.empty() || contains(blocks[block].types, type);
}

}  // namespace jixiao::ruleset
