#include "study/question.hpp"

#include <algorithm>
#include <cmath>

#include "project/reading.hpp"
#include "scenario/moves.hpp"
#include "scenario/written_value.hpp"
#include "study/chosen_inputs.hpp"
#include "study/conditions.hpp"
#include "study/drawn_inputs.hpp"
#include "study/messages.hpp"
#include "study/start.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::study {

using scenario::InputFacts;
using scenario::Move;
using scenario::NamePlace;
using scenario::OutputFacts;
using scenario::ProjectModel;

namespace {

bool one_at_a_time(Kind kind) { return kind == Kind::tornado || kind == Kind::break_even; }
bool of_variance(Kind kind) {
  return kind == Kind::sobol || kind == Kind::morris || kind == Kind::shapley;
}

// Outputs of the model behind, each once: those shown first.
struct OutputList {
  std::vector<NamePlace> names;
  std::size_t add(const std::string& name, const text::Place& place = {}) {
    const auto at = std::find_if(names.begin(), names.end(),
                                 [&](const NamePlace& own) { return own.name == name; });
    if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
    names.push_back({name, place});
    return names.size() - 1;
  }
};

bool has_output(const std::vector<OutputFacts>& all, const project::Word& word,
                text::Findings findings) {
  std::vector<std::string> known;
  for (const OutputFacts& facts : all) known.push_back(facts.name);
  if (std::find(known.begin(), known.end(), word.text) != known.end()) return true;
  findings.report(word.place, message::unknown_output(word.text, known));
  return false;
}

class ProjectAsking {
 public:
  ProjectAsking(const Study& study, Start start, text::Findings findings)
      : study_(study), start_(std::move(start)), findings_(findings) {}

  std::optional<Question> ask() {
    if (!ProjectModel::make(start_.rules, start_.project, {}, {}, findings_)) return std::nullopt;
    facts_ = ProjectModel::all_inputs(start_.rules, start_.project);
    all_outputs_ = ProjectModel::all_outputs(start_.rules, start_.project);
    for (const Move& move : start_.moves) {
      for (InputFacts& facts : facts_) {
        if (facts.name == move.facts.name) facts.nominal = move.value;
      }
    }
    const std::size_t before = findings_.size();
    ChosenInputs chosen = choose_inputs(
        study_, facts_,
        [&](const InputFacts& facts, const text::Node& node, bool difference) {
          return scenario::read_written(facts, node, difference, start_.project, findings_);
        },
        findings_);
    add_drawn_weights(study_, facts_, chosen.varied, findings_);
    doubt_money(chosen);
    choose_outputs();
    if (has_new_error(before)) return std::nullopt;
    question_.study = &study_;
    question_.rules = start_.rules;
    question_.applied = start_.applied;
    if (!start_.applied.empty()) question_.start = std::make_shared<const Start>(start_);
    question_.inputs = std::move(chosen.varied);
    if (draws(study_.kind)) {
      question_.drawn = draw_inputs(study_, question_.inputs, findings_);
      if (!question_.drawn) return std::nullopt;
    }
    if (!make_model(chosen.held)) return std::nullopt;
    return std::move(question_);
  }

 private:
  [[nodiscard]] bool has_new_error(std::size_t before) const {
    return text::has_error(std::span(findings_.all()).subspan(before));
  }

  // Money that is varied by its name leaves the items what they are, and with them every result
  // that follows an item.
  void doubt_money(const ChosenInputs& chosen) {
    if (start_.project.model().items.empty()) return;
    const bool items =
        std::any_of(chosen.varied.begin(), chosen.varied.end(),
                    [](const AskedInput& input) { return input.facts.name.starts_with("items."); });
    for (const StudyInput& input : study_.inputs) {
      if (items || (input.name != "money.initial" && input.name != "money.adjusted")) continue;
      findings_.report(input.name_place, message::money_without_items(input.name));
      return;
    }
  }

  void choose_outputs() {
    std::vector<project::Word> wanted = study_.outputs;
    if (wanted.empty()) wanted.push_back({"total", {}});
    for (const project::Word& word : wanted) {
      if (has_output(all_outputs_, word, findings_)) outputs_.add(word.text, word.place);
    }
    for (const NamePlace& own : outputs_.names) question_.outputs.push_back(output(own.name));
    if (of_variance(study_.kind)) return;
    question_.rating = outputs_.add("rating");
    for (const OutputFacts& facts : all_outputs_) {
      if (!facts.name.starts_with("constraints.")) continue;
      question_.constraint_outputs.push_back(outputs_.add(facts.name));
      question_.constraints.push_back(facts);
    }
  }

  [[nodiscard]] OutputFacts output(const std::string& name) const {
    return *std::find_if(all_outputs_.begin(), all_outputs_.end(),
                         [&](const OutputFacts& facts) { return facts.name == name; });
  }

  bool make_model(const std::vector<std::pair<InputFacts, double>>& held) {
    std::vector<NamePlace> in;
    std::vector<double> values;
    std::vector<std::string> staying;
    std::vector<std::size_t> varied;
    const auto known = [&](const std::string& name) {
      return std::any_of(in.begin(), in.end(),
                         [&](const NamePlace& own) { return own.name == name; });
    };
    for (const AskedInput& input : question_.inputs) {
      varied.push_back(in.size());
      in.push_back({input.facts.name, input.name_place});
      values.push_back(input.facts.nominal);
      // One of several that vary says what it is even where that is what it was.
      if (!one_at_a_time(study_.kind)) staying.push_back(input.facts.name);
    }
    for (const auto& [facts, value] : held) {
      in.push_back({facts.name, {}});
      values.push_back(value);
      staying.push_back(facts.name);
    }
    for (const Move& move : start_.moves) {
      if (move.held) staying.push_back(move.facts.name);
      if (known(move.facts.name)) continue;
      in.push_back({move.facts.name, {}});
      values.push_back(move.value);
    }
    const std::size_t shown = outputs_.names.size();
    std::vector<Condition> conditions;
    if (!condition(in, values, conditions)) return false;
    auto base =
        ProjectModel::make(start_.rules, start_.project, in, outputs_.names, findings_, staying);
    if (!base) return false;
    question_.scale = base->scale();
    question_.digits = base->total_digits();
    for (const auto& band : base->bands())
      question_.bands.push_back({band.id, band.label, band.from});
    if (question_.bands.empty()) question_.rating.reset();
    if (!conditions.empty()) question_.where = shown;
    question_.of_project = base.get();
    question_.model = std::make_shared<const StudiedModel>(std::move(base), varied, values, shown,
                                                           std::move(conditions));
    return true;
  }

  // Reads `where`; what it names and is not there yet becomes an output, or an input that stays as
  // it is.
  bool condition(std::vector<NamePlace>& in, std::vector<double>& values,
                 std::vector<Condition>& out) {
    if (study_.where.empty()) return true;
    std::vector<NamedQuantity> names;
    for (const OutputFacts& facts : all_outputs_) names.push_back({facts.name, facts.unit, true});
    for (const InputFacts& facts : facts_) {
      const bool twice = std::any_of(names.begin(), names.end(), [&](const NamedQuantity& own) {
        return own.name == facts.name;
      });
      if (!twice) names.push_back({facts.name, facts.unit, false});
    }
    const auto read = read_conditions(study_.where, names, findings_);
    if (!read) return false;
    std::vector<Condition::Term> terms;
    for (const std::size_t n : read->used) {
      if (names[n].is_output) {
        terms.push_back({n, true, outputs_.add(names[n].name)});
        continue;
      }
      auto at = std::find_if(in.begin(), in.end(),
                             [&](const NamePlace& own) { return own.name == names[n].name; });
      if (at == in.end()) {
        const auto facts = std::find_if(facts_.begin(), facts_.end(), [&](const InputFacts& own) {
          return own.name == names[n].name;
        });
        values.push_back(facts->nominal);
        at = in.insert(in.end(), {names[n].name, {}});
      }
      terms.push_back({n, false, static_cast<std::size_t>(at - in.begin())});
    }
    for (const auto& formula : read->formulas) out.push_back({formula, names.size(), terms});
    return true;
  }

  const Study& study_;
  Start start_;
  text::Findings findings_;
  std::vector<InputFacts> facts_;
  std::vector<OutputFacts> all_outputs_;
  OutputList outputs_;
  Question question_;
};

}  // namespace

bool has_question(const Study& study) {
  return study.kind != Kind::allocation && study.kind != Kind::stability;
}

std::optional<Question> question_of(const Study& study, const RuleSet& rules,
                                    const Project& project, const RuleLibrary& library,
                                    text::Findings findings) {
  auto start = start_of(study.apply, rules, project, library, findings);
  if (!start) return std::nullopt;
  return ProjectAsking(study, std::move(*start), findings).ask();
}

}  // namespace jixiao::study
