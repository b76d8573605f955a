// The rule printed beside a row, as a method where every word of it is understood.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jixiao/text.hpp"
#include "value/field.hpp"

namespace jixiao::forms {

struct RuleReading {
  std::string method;  // of the catalogue: "shortfall-steps.full"; empty where it has none
  std::vector<std::pair<std::string, std::string>> params;  // k = 0.5, size = 1
  std::string points;         // the same as muParser text over A, T, U and W, method or not
  std::string domain;         // where the rule says something; empty: everywhere
  std::optional<Text> doubt;  // what the text leaves open
  bool parts_open = false;    // it does not say what a part of a step costs: `points` takes none
  bool turned = false;  // it only fits a target with the other sign, which the form does not print
  bool decides_sign = false;  // it only fits a target with the sign that was taken
  bool aside = false;         // it also names what would leave no points, which no cell tells
};

// The row a rule stands beside.
struct RuledRow {
  value::Field target;
  std::optional<double> weight;  // as printed, on the scale of the rule
  std::string name;
  double scale = 1;        // points as printed times this are points of 100
  bool sign_open = false;  // the form prints no sign: either may be meant
};

// Nothing when a word is not understood, or the rule contradicts the target or weight it stands
// beside: it is then kept as a remark, and no other rule takes its place.
std::optional<RuleReading> read_rule(std::string_view text, const RuledRow& row);

// A method by its id, as our own reports print it: 〔higher.pass-line；L=0.6〕按完成率计分. Nothing
// for any other text.
std::optional<RuleReading> read_named_rule(std::string_view text);

}  // namespace jixiao::forms
