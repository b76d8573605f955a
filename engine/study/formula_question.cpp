// Studies that bring formulas of their own.
#include <algorithm>
#include <cmath>

#include "project/reading.hpp"
#include "study/chosen_inputs.hpp"
#include "study/conditions.hpp"
#include "study/drawn_inputs.hpp"
#include "study/messages.hpp"
#include "study/question.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::study {

using scenario::InputFacts;

namespace {

// Formulas that are asked for first, then the others; how many are asked for.
std::pair<std::vector<sampling::OutputFormula>, std::size_t> order_formulas(
    const Study& study, text::Findings findings) {
  std::vector<std::string> known;
  for (const auto& formula : study.formulas) known.push_back(formula.name);
  std::vector<std::size_t> wanted;
  for (const project::Word& word : study.outputs) {
    const auto at = std::find(known.begin(), known.end(), word.text);
    if (at == known.end()) {
      findings.report(word.place, message::unknown_formula(word.text, known));
    } else if (const auto i = static_cast<std::size_t>(at - known.begin());
               std::find(wanted.begin(), wanted.end(), i) == wanted.end()) {
      wanted.push_back(i);
    }
  }
  for (std::size_t i = 0; study.outputs.empty() && i < (draws(study.kind) ? known.size() : 1); ++i)
    wanted.push_back(i);
  const std::size_t count = wanted.size();
  std::vector<sampling::OutputFormula> out;
  for (const std::size_t i : wanted) out.push_back(study.formulas[i]);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (std::find(wanted.begin(), wanted.end(), i) == wanted.end())
      out.push_back(study.formulas[i]);
  }
  return {std::move(out), count};
}

std::vector<InputFacts> facts_of(const Study& study) {
  std::vector<InputFacts> out;
  for (const StudyInput& input : study.inputs) {
    InputFacts facts;
    facts.name = input.name;
    facts.label = input.label.empty() ? Text{input.name, input.name} : input.label;
    facts.unit = input.unit;
    facts.is_date = input.unit.is_date();
    out.push_back(std::move(facts));
  }
  for (const WrittenWeights& weights : study.weights) {
    for (const project::Word& word : weights.of) {
      InputFacts facts;
      facts.name = word.text;
      facts.label = {word.text, word.text};
      facts.nominal = weights.total.value_or(1) / static_cast<double>(weights.of.size());
      out.push_back(std::move(facts));
    }
  }
  return out;
}

std::optional<double> read_own(const InputFacts& facts, const text::Node& node, bool difference,
                               text::Findings findings) {
  const bool days = difference && facts.is_date;
  const value::Unit unit = days ? value::Unit::parse("天").value_or(value::Unit()) : facts.unit;
  const auto field = project::read_value(node, unit, 0, findings.all());
  if (!field) return std::nullopt;
  const auto wanted = facts.is_date && !days ? value::Kind::date : value::Kind::number;
  if (field->kind == wanted && field->low == field->high) return field->low;
  findings.report(node.place, message::not_one_number(facts.name));
  return std::nullopt;
}

// Where the study starts: the stated value, else the middle.
double nominal_of(const StudyInput* written, const AskedInput& input, const ReadWritten& read) {
  if (written != nullptr && written->value)
    return read(input.facts, *written->value, false).value_or(std::nan(""));
  if (input.law && !input.drawn_together) return input.law->quantile(0.5);
  return input.drawn_together ? input.facts.nominal
                              : decimal((input.range.low + input.range.high) / 2);
}

}  // namespace

std::optional<Question> question_of(const Study& study, text::Findings findings) {
  const std::size_t before = findings.size();
  auto [formulas, shown] = order_formulas(study, findings);
  const std::vector<InputFacts> facts = facts_of(study);
  const ReadWritten read = [&](const InputFacts& own, const text::Node& node, bool difference) {
    return read_own(own, node, difference, findings);
  };
  ChosenInputs chosen = choose_inputs(study, facts, read, findings);
  add_drawn_weights(study, facts, chosen.varied, findings);
  Question question;
  question.study = &study;
  std::vector<sampling::Quantity> quantities;
  std::vector<std::size_t> varied;
  std::vector<double> held;
  for (AskedInput& input : chosen.varied) {
    const auto written =
        std::find_if(study.inputs.begin(), study.inputs.end(),
                     [&](const StudyInput& own) { return own.name == input.facts.name; });
    input.facts.nominal =
        nominal_of(written == study.inputs.end() ? nullptr : &*written, input, read);
    varied.push_back(quantities.size());
    quantities.push_back({input.facts.name, input.facts.unit});
    held.push_back(input.facts.nominal);
  }
  for (const auto& [own, value] : chosen.held) {
    quantities.push_back({own.name, own.unit});
    held.push_back(value);
  }
  question.inputs = std::move(chosen.varied);
  if (text::has_error(std::span(findings.all()).subspan(before))) return std::nullopt;
  auto base = sampling::FormulaModel::compile(quantities, formulas, findings.all());
  if (!base) return std::nullopt;
  if (draws(study.kind)) {
    question.drawn = draw_inputs(study, question.inputs, findings);
    if (!question.drawn) return std::nullopt;
  }
  std::vector<NamedQuantity> names;
  for (const auto& quantity : quantities) names.push_back({quantity.name, quantity.unit, false});
  for (const auto& quantity : base->outputs())
    names.push_back({quantity.name, quantity.unit, true});
  const auto conditions = read_conditions(study.where, names, findings);
  if (!conditions) return std::nullopt;
  std::vector<Condition::Term> terms;
  for (const std::size_t n : conditions->used)
    terms.push_back({n, names[n].is_output, names[n].is_output ? n - quantities.size() : n});
  std::vector<Condition> where;
  for (const auto& formula : conditions->formulas) where.push_back({formula, names.size(), terms});
  for (std::size_t o = 0; o < shown; ++o)
    question.outputs.push_back(
        {formulas[o].name, {formulas[o].name, formulas[o].name}, base->outputs()[o].unit});
  if (!where.empty()) question.where = shown;
  question.digits = 4;
  question.model =
      std::make_shared<const StudiedModel>(std::move(base), varied, held, shown, std::move(where));
  return question;
}

}  // namespace jixiao::study
