// The checks of a declaration form, one per kind of fault. Only declaration.cpp calls them.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "project/declaration.hpp"
#include "text/diagnostics.hpp"
#include "value/field.hpp"

namespace jixiao::project {

// Everything a check looks at, and where its findings go. Lives for one call of
// check_declaration().
struct Form {
  const Declaration& declaration;
  std::span<const FiledIndicator> indicators;
  std::span<const ItemFact> items;
  int year;
  std::vector<Diagnostic>& diagnostics;

  void report(text::Code code, const text::Place& place, Text message, Text help = {}) const;
};

// Years the mid-term column stands for: as stated, else what the two sums of money say. Nothing
// when neither tells.
std::optional<double> midterm_span(const Form& form);

// An indicator's name and target as the form has them.
std::string name_as_filed(const FiledIndicator& indicator);
std::string target_as_filed(const FiledIndicator& indicator);
// Reads a target text; a number without a unit takes the indicator's.
std::optional<value::Field> read_target(const Form& form, const FiledIndicator& indicator,
                                        const std::string& words);

bool ends_with_any(std::string_view words, std::span<const std::string_view> endings);
bool contains_any(std::string_view words, std::span<const std::string_view> parts);
// Counted in money, alone or per something (元/人/天).
bool counts_money(const value::Unit& unit);
std::string join(const std::vector<std::string>& words, std::string_view between);
// Null when there is none.
const FiledIndicator* find_indicator(const Form& form, std::string_view id);

// declaration_checks.cpp: the form as a whole
void check_references(const Form& form);
void check_citations(const Form& form);
void check_period(const Form& form);
void check_money_units(const Form& form);
void check_terms(const Form& form);
void check_blanks(const Form& form);
void check_code(const Form& form);

// spending_checks.cpp: what the items say of time and money
void check_deadlines(const Form& form);
void check_coverage(const Form& form);

// indicator_checks.cpp: the rows of its table
void check_headings(const Form& form);      // a level-1 heading the form lacks
void check_target_units(const Form& form);  // money written in 元 here and 万元 there
void check_indicator(const Form& form, const FiledIndicator& indicator);

}  // namespace jixiao::project
