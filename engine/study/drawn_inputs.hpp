// The laws of a study's inputs with what binds them: correlations, and weights that keep their sum.
// Private to this room.
#pragma once

#include <optional>
#include <vector>

#include "study/question.hpp"
#include "text/findings.hpp"

namespace jixiao::study {

// Appends the weights of [[weights]] to `inputs`. Errors: names that are no weights, or are studied
// otherwise.
void add_drawn_weights(const Study& study, const std::vector<scenario::InputFacts>& all,
                       std::vector<AskedInput>& inputs, text::Findings findings);

// Every input has a law. Errors: correlations that are none, of inputs nobody draws; weights that
// leave no room.
std::optional<sampling::Inputs> draw_inputs(const Study& study,
                                            const std::vector<AskedInput>& inputs,
                                            text::Findings findings);

}  // namespace jixiao::study
