// What a declaration form says beside its targets, and whether the form agrees with itself.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/text.hpp"
#include "text/toml.hpp"

namespace jixiao::project {

// Words of the form, with the place in the project file that quotes them.
struct Quote {
  std::string text;
  text::Place place;
};

// Whole months, both included.
struct Period {
  int from_year = 0;
  int from_month = 0;  // 1..12
  int to_year = 0;
  int to_month = 0;
  text::Place place;

  [[nodiscard]] int months() const {
    return (to_year - from_year) * 12 + to_month - from_month + 1;
  }
};

// The documents one part of the form rests on.
struct Basis {
  Text place;  // which part: "the text", "the table"
  std::vector<Quote> cites;
};

// The [declaration] table of a project: facts no score needs. Everything is optional; what is
// absent is not checked.
struct Declaration {
  bool present = false;
  text::Place place;
  std::optional<Quote> department;  // empty text: the form has the field and leaves it blank
  std::optional<Quote> code_label;  // what the form calls the organisation's code
  std::optional<Quote> code;
  std::optional<Period> period;
  std::optional<double> midterm_years;                   // only when the form states it
  std::vector<std::vector<std::string>> distinct_terms;  // groups of words that must not stand for
                                                         // each other
  std::vector<Quote> standing;        // ids of indicators that count the same things every year
  std::optional<Quote> heading_unit;  // unit in the heading of the money rows
  std::optional<Quote> annual_money;
  std::optional<Quote> midterm_money;
  std::optional<Quote> annual_goals;
  std::optional<Quote> midterm_goals;
  std::vector<Basis> bases;
  bool has_covers = false;
  std::map<std::string, std::vector<Quote>> covers;  // item id -> ids of the indicators that speak
                                                     // for it
  std::map<std::string, text::Place> cover_places;   // item id -> its key
};

// Reads the [declaration] table. What is wrong in it is a diagnostic; the rest is kept.
Declaration read_declaration(const text::Node& table, std::vector<Diagnostic>& diagnostics);

// A level-1 or level-2 heading. `name` may be empty: then what is shown comes from the id.
struct Heading {
  std::string id;  // or the heading as the form spells it: output, 产出, 产出指标
  Text name;
};

// One indicator as the checks see it. Texts are as written; empty means the project file says
// nothing.
struct FiledIndicator {
  std::string id;
  Text name;
  Heading block;  // where it belongs
  Heading type;
  std::string target;  // with its unit: "≥200人"
  std::string unit;    // for texts that bring none

  // The form's own words; an empty one is the same as above.
  std::string filed_name;
  Heading filed_block;
  Heading filed_type;
  std::string filed_target;
  std::string midterm_name;
  std::string midterm_target;  // empty: the form has no mid-term target in this row

  bool has_weight = false;
  bool has_baseline = false;
  bool has_source = false;
  bool has_calculation = false;

  text::Place place;          // of the [[indicator]]
  text::Place filed_place;    // of `filed`, or of the indicator
  text::Place midterm_place;  // of `midterm`, or of the indicator
};

// One [[item]] as the checks see it.
struct ItemFact {
  std::string id;
  Text name;
  double amount = 0;           // 元
  bool has_breakdown = false;  // an identity says how the amount comes about
  std::string due;             // as written; empty: none
  text::Place place;
  text::Place due_place;  // of `due`, or of the item
};

// Every way in which the form contradicts itself or leaves something out (codes form.*), in no
// particular order. Says nothing when the project has no [declaration]. `year` completes dates
// without one; 0 when unknown.
void check_declaration(const Declaration& declaration, std::span<const FiledIndicator> indicators,
                       std::span<const ItemFact> items, int year,
                       std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::project
