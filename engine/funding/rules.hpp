// Rules on the use of results, checked and compiled. Const after they are made.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "ruleset/rule_file.hpp"
#include "ruleset/ruleset.hpp"
#include "ruleset/wording.hpp"
#include "value/rounding.hpp"

namespace jixiao::funding {

// Names formulas may use: these, then the columns of ratings, inputs and params; steps also know
// base, carry and amount, which stand last.
enum Name : std::size_t { name_score, name_scale, name_year, name_B0, name_B, name_E, names };

struct Rating {
  std::string id;
  Text label;
  std::vector<std::string> also;  // other words and ids of the same rating
  std::vector<double> values;     // one per column
};

struct Input {
  std::string id;
  Text name;
  value::Unit unit;
  std::optional<double> otherwise;  // where nothing is given; none: what names it cannot be told
};

struct Step {
  std::string id;
  Text title;
  bool recalls = false;
  bool optional = false;  // left out where something it names is not known
  std::optional<formula::Formula> condition;
  formula::Formula amount;  // what the amount becomes; of one that recalls: what is taken back
  ruleset::Wording reason;
  std::vector<ruleset::Citation> cite;
};

struct Rules : ruleset::RuleFileHead {
  formula::Formula base;                                   // what next year starts from
  std::optional<formula::Formula> carry;                   // what was not used
  value::Rounding rounding{0, value::RoundingMode::down};  // of next year's amount, to yuan
  std::vector<std::string> columns;
  std::vector<Rating> ratings;
  std::vector<Input> inputs;
  std::vector<ruleset::Parameter> params;
  std::vector<Step> steps;

  [[nodiscard]] std::vector<std::string> known_names() const;  // without base, carry, amount
  [[nodiscard]] std::size_t find_rating(std::string_view word) const;  // ratings.size() without
  [[nodiscard]] std::size_t first_column() const { return names; }
  [[nodiscard]] std::size_t first_input() const { return names + columns.size(); }
  [[nodiscard]] std::size_t first_param() const { return first_input() + inputs.size(); }
  [[nodiscard]] std::size_t base_name() const { return first_param() + params.size(); }
  [[nodiscard]] std::size_t carry_name() const { return base_name() + 1; }
  [[nodiscard]] std::size_t amount_name() const { return base_name() + 2; }
};

}  // namespace jixiao::funding
