#include "study/drawn_inputs.hpp"

#include <algorithm>

#include "study/messages.hpp"
#include "text/diagnostics.hpp"
#include "value/rounding.hpp"

namespace jixiao::study {

namespace {

std::optional<std::size_t> place_of(const std::vector<AskedInput>& inputs,
                                    const project::Word& word, text::Findings findings) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].facts.name == word.text) return i;
    known.push_back(inputs[i].facts.name);
  }
  findings.report(word.place, message::not_drawn(word.text, known));
  return std::nullopt;
}

std::optional<sampling::Copula> correlate(const Study& study, const std::vector<AskedInput>& inputs,
                                          text::Findings findings) {
  const std::size_t n = inputs.size();
  std::vector<double> matrix(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) matrix[i * n + i] = 1;
  std::vector<bool> said(n * n, false);
  const std::size_t errors = findings.size();
  for (const WrittenCorrelation& written : study.correlations) {
    std::vector<std::size_t> places;
    for (const project::Word& word : written.of) {
      const auto at = place_of(inputs, word, findings);
      if (!at) return std::nullopt;
      const bool twice = std::find(places.begin(), places.end(), *at) != places.end();
      if (twice || inputs[*at].drawn_together) {
        findings.report(word.place, twice ? message::correlated_with_itself(word.text)
                                          : message::drawn_by_weights(word.text));
      }
      places.push_back(*at);
    }
    for (std::size_t a = 0; a < places.size(); ++a) {
      for (std::size_t b = 0; b < places.size(); ++b) {
        const std::size_t cell = places[a] * n + places[b];
        if (a < b && said[cell]) {
          findings.report(written.of[b].place,
                          message::correlated_twice(written.of[a].text, written.of[b].text));
        }
        said[cell] = true;
        matrix[cell] = written.matrix[a * places.size() + b];
      }
    }
  }
  if (findings.size() > errors) return std::nullopt;
  std::vector<std::string> names;
  for (const AskedInput& input : inputs) names.push_back(input.facts.name);
  return sampling::Copula::make(matrix, names, study.correlations.front().place, findings.all());
}

std::string shown_weight(const WrittenWeights& written, std::size_t k) {
  if (!written.dirichlet.empty()) return "dirichlet(" + value::plain(written.dirichlet[k], 6) + ")";
  return value::plain(written.low[k], 6) + ".." + value::plain(written.high[k], 6);
}

}  // namespace

void add_drawn_weights(const Study& study, const std::vector<scenario::InputFacts>& all,
                       std::vector<AskedInput>& inputs, text::Findings findings) {
  std::vector<std::string> known;
  for (const auto& facts : all) known.push_back(facts.name);
  for (const WrittenWeights& written : study.weights) {
    for (std::size_t k = 0; k < written.of.size(); ++k) {
      const project::Word& word = written.of[k];
      const auto at = std::find(known.begin(), known.end(), word.text);
      if (at == known.end() || (study.formulas.empty() && !word.text.starts_with("weights."))) {
        std::vector<std::string> weights;
        std::copy_if(known.begin(), known.end(), std::back_inserter(weights),
                     [&](const std::string& n) {
                       return !study.formulas.empty() || n.starts_with("weights.");
                     });
        findings.report(word.place, message::unknown_weight(word.text, weights));
        continue;
      }
      const auto taken = [&](const AskedInput& input) { return input.facts.name == word.text; };
      if (std::any_of(inputs.begin(), inputs.end(), taken)) {
        findings.report(word.place, message::named_twice(word.text));
        continue;
      }
      AskedInput input{all[static_cast<std::size_t>(at - known.begin())],
                       word.place,
                       written.place,
                       {},
                       std::nullopt,
                       shown_weight(written, k),
                       true};
      input.law = sampling::Distribution::make(sampling::Constant{input.facts.nominal}, word.text,
                                               word.place, {}, findings.all());
      inputs.push_back(std::move(input));
    }
  }
}

std::optional<sampling::Inputs> draw_inputs(const Study& study,
                                            const std::vector<AskedInput>& inputs,
                                            text::Findings findings) {
  std::vector<sampling::Input> laws;
  for (const AskedInput& input : inputs) laws.push_back({input.facts.name, *input.law});
  sampling::Inputs out(std::move(laws));
  if (!study.correlations.empty()) {
    auto copula = correlate(study, inputs, findings);
    if (!copula) return std::nullopt;
    out.correlate(std::move(*copula));
  }
  std::size_t first = 0;
  while (first < inputs.size() && !inputs[first].drawn_together) ++first;
  for (const WrittenWeights& written : study.weights) {
    double total = 0;
    for (std::size_t k = 0; k < written.of.size(); ++k) total += inputs[first + k].facts.nominal;
    total = written.total.value_or(decimal(total));
    auto simplex =
        written.dirichlet.empty()
            ? sampling::Simplex::in_ranges(written.low, written.high, total, written.place,
                                           findings.all())
            : sampling::Simplex::dirichlet(written.dirichlet, total, written.place, findings.all());
    if (!simplex) return std::nullopt;
    out.add_weights({first, std::move(*simplex)});
    first += written.of.size();
  }
  return out;
}

}  // namespace jixiao::study
