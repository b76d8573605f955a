// What a study says of an input, read with the input's unit and checked against what its number may
// be. Private to this room.
#pragma once

#include <functional>
#include <vector>

#include "study/question.hpp"
#include "text/findings.hpp"

namespace jixiao::study {

struct ChosenInputs {
  std::vector<AskedInput> varied;
  std::vector<std::pair<scenario::InputFacts, double>> held;  // at one value
};

// A range in the words of a command line: "200元..400元/10".
std::string shown_range(const Range& range, const scenario::InputFacts& facts);

// Reads a value or a distance written for an input.
using ReadWritten = std::function<std::optional<double>(const scenario::InputFacts&,
                                                        const text::Node&, bool difference)>;

// `all`: the inputs there are, nominal as the study starts from it. Reports names nobody has,
// ranges upside down, values a number may not take, laws outside what it may be.
ChosenInputs choose_inputs(const Study& study, const std::vector<scenario::InputFacts>& all,
                           const ReadWritten& read, text::Findings findings);

}  // namespace jixiao::study
