#include "scenario/project_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <unordered_map>

#include "scenario/sample_block.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::scenario {

using project::CostModel;
using ruleset::none;
using text::Code;

namespace {

constexpr std::size_t small_block = 16;
constexpr std::size_t large_block = 512;

// The rule set's own weight of an indicator that is alone in its block would not follow the block:
// without it, it does.
std::shared_ptr<const ruleset::RuleSet> with_free_blocks(const ruleset::RuleSet& rules,
                                                         const scoring::Batch& batch) {
  auto own = std::make_shared<ruleset::RuleSet>(rules);
  std::vector<std::size_t> members(rules.blocks.size(), 0);
  for (const auto& indicator : rules.indicators) ++members[indicator.block];
  for (const std::uint32_t block : batch.rows.block) ++members[block];
  const auto shares = resolve_weights(rules, batch);
  for (auto& indicator : own->indicators) {
    if (indicator.weight && members[indicator.block] == 1 &&
        *indicator.weight == shares.blocks[indicator.block])
      indicator.weight.reset();
  }
  return own;
}

// What nobody reported yet and the model of the project says: it stands for the result.
void take_planned_results(const project::Project& project, const CostModel& cost,
                          scoring::Binding& binding) {
  if (project.has_results) return;
  auto& actual = binding.batch.rows.actual;
  for (std::size_t row = 0; row < actual.size(); ++row) {
    const double planned = cost.names()[cost.result(binding.row_indicator[row])].nominal;
    if (actual.states[row] != value::CellState::missing || !std::isfinite(planned)) continue;
    actual.values[row] = planned;
    actual.states[row] = value::CellState::ok;
  }
}

// Where each wanted name stands in `all`; nothing, with diagnostics, for a name nobody has or one
// that is there twice.
template <class One, class NameOf>
std::optional<std::vector<std::size_t>> choose(std::span<const NamePlace> wanted,
                                               const std::vector<One>& all, const NameOf& name_of,
                                               const Text& what,
                                               std::vector<Diagnostic>& diagnostics) {
  std::unordered_map<std::string, std::size_t> places;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < all.size(); ++i) {
    known.push_back(name_of(all[i]));
    places.emplace(known.back(), i);
  }
  std::vector<bool> taken(all.size(), false);
  std::vector<std::size_t> out;
  for (const NamePlace& one : wanted) {
    const auto found = places.find(one.name);
    if (found == places.end()) {
      diagnostics.push_back(text::diagnose(Code::reference_unknown, one.place,
                                           {"没有" + what.zh + " '" + one.name + "'",
                                            "there is no " + what.en + " '" + one.name + "'"},
                                           text::suggestion(one.name, known)));
    } else if (taken[found->second]) {
      diagnostics.push_back(
          text::diagnose(Code::id_duplicate, one.place,
                         {"'" + one.name + "' 写了两次", "'" + one.name + "' is there twice"},
                         {"删去一个", "remove one"}));
    } else {
      taken[found->second] = true;
      out.push_back(found->second);
    }
  }
  return out.size() == wanted.size() ? std::optional(out) : std::nullopt;
}

}  // namespace

struct ProjectModel::Parts {
  RuleSet rules_handle;
  Project project_handle;
  std::shared_ptr<const ruleset::RuleSet> rules;
  scoring::Binding binding;
  CostModel cost;
  std::vector<std::string> held;
  std::vector<double> nominal;
  std::vector<InputFacts> facts;
  std::vector<sampling::Quantity> inputs, outputs;
  std::vector<BandFacts> bands;
  std::unique_ptr<SamplePlan> plan;

  mutable std::mutex mutex;
  mutable std::vector<std::unique_ptr<SampleBlock>> small, large;  // not at work just now
};

namespace {

// What a project and a rule set are together, before anything is asked of them; nothing, with
// diagnostics, when they do not fit.
struct Pairing {
  std::shared_ptr<const ruleset::RuleSet> rules;
  scoring::Binding binding;
  CostModel cost;
};

std::optional<Pairing> pair(const RuleSet& rules, const Project& project,
                            std::vector<Diagnostic>& diagnostics) {
  std::vector<Diagnostic> found;
  const std::shared_ptr<const ruleset::RuleSet> shared(std::shared_ptr<void>(), &rules.model());
  if (shared->abstract) {
    found.push_back(text::diagnose_file(
        Code::reference_unknown, shared->file,
        {"规则集 '" + shared->id + "' 是供继承的方法库，不能直接评分",
         "the rule set '" + shared->id + "' is there to be extended and cannot score"},
        {"用 jixiao rules 查看可用的规则集", "see 'jixiao rules' for rule sets that can"}));
    diagnostics.insert(diagnostics.end(), found.begin(), found.end());
    return std::nullopt;
  }
  auto binding = scoring::bind(*shared, project.model(), false, found);
  auto cost = CostModel::compile(project.model(), found);
  const bool sound = cost && !text::has_error(found);
  std::erase_if(found, [](const Diagnostic& d) { return d.severity != Severity::error; });
  diagnostics.insert(diagnostics.end(), found.begin(), found.end());
  if (!sound) return std::nullopt;
  take_planned_results(project.model(), *cost, binding);
  return Pairing{shared, std::move(binding), std::move(*cost)};
}

std::vector<BandFacts> bands_of(const ruleset::RuleSet& rules) {
  std::vector<BandFacts> out;
  for (const auto& band : rules.bands)
    out.push_back({band.id, band.label, band.only_veto ? std::nan("") : band.range.low,
                   band.only_veto || band.range.low_closed});
  return out;
}

}  // namespace

ProjectModel::ProjectModel(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
ProjectModel::~ProjectModel() = default;

std::unique_ptr<ProjectModel> ProjectModel::make(const RuleSet& rules, const Project& project,
                                                 std::span<const NamePlace> inputs,
                                                 std::span<const NamePlace> outputs,
                                                 std::vector<Diagnostic>& diagnostics,
                                                 std::span<const std::string> held) {
  auto paired = pair(rules, project, diagnostics);
  if (!paired) return nullptr;
  std::unique_ptr<Parts> parts(new Parts{rules,
                                         project,
                                         std::move(paired->rules),
                                         std::move(paired->binding),
                                         std::move(paired->cost),
                                         {held.begin(), held.end()},
                                         {},
                                         {},
                                         {},
                                         {},
                                         {},
                                         nullptr,
                                         {},
                                         {},
                                         {}});
  const Bound at_first{*parts->rules, project.model(), parts->binding, parts->cost};
  const std::vector<Input> all_in = list_inputs(at_first);
  const std::vector<Output> all_out = list_outputs(at_first);
  const auto chosen_places = choose(
      inputs, all_in, [](const Input& input) { return input.facts.name; },
      {"可调整的量", "number that can be moved"}, diagnostics);
  const auto wanted_places = choose(
      outputs, all_out, [](const Output& output) { return output.quantity.name; },
      {"输出", "output"}, diagnostics);
  if (!chosen_places || !wanted_places) return nullptr;
  std::vector<Input> chosen;
  std::vector<Output> wanted;
  for (const std::size_t i : *chosen_places) chosen.push_back(all_in[i]);
  for (const std::size_t o : *wanted_places) wanted.push_back(all_out[o]);
  if (outputs.empty()) wanted.assign(all_out.begin(), all_out.begin() + 2);

  const auto moves_weight = [](const Input& input) {
    return input.kind == InputKind::block_weight || input.kind == InputKind::row_weight;
  };
  const bool weights_move = std::any_of(chosen.begin(), chosen.end(), moves_weight);
  if (weights_move) parts->rules = with_free_blocks(*parts->rules, parts->binding.batch);
  parts->bands = bands_of(*parts->rules);
  for (const Input& input : chosen) {
    parts->facts.push_back(input.facts);
    parts->nominal.push_back(input.facts.nominal);
    parts->inputs.push_back({input.facts.name, input.facts.unit});
  }
  for (const Output& output : wanted) parts->outputs.push_back(output.quantity);

  std::vector<std::size_t> moved, input_of(parts->cost.names().size(), none);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i].kind != InputKind::name) continue;
    moved.push_back(chosen[i].index);
    input_of[chosen[i].index] = i;
  }
  std::vector<std::size_t> held_names;
  for (const std::string& name : held) {
    const auto found = std::find_if(all_in.begin(), all_in.end(),
                                    [&](const Input& input) { return input.facts.name == name; });
    if (found != all_in.end() && found->kind == InputKind::name) held_names.push_back(found->index);
  }
  parts->cost.hold(held_names);
  auto affected = parts->cost.affected(moved);
  parts->plan.reset(new SamplePlan{{*parts->rules, project.model(), parts->binding, parts->cost},
                                   std::move(chosen),
                                   std::move(wanted),
                                   std::move(affected),
                                   {},
                                   std::move(input_of),
                                   weights_move});
  for (const project::Definition& definition : parts->cost.definitions()) {
    if (parts->plan->affected[definition.name] != 0) parts->plan->running.push_back(&definition);
  }
  return std::unique_ptr<ProjectModel>(new ProjectModel(std::move(parts)));
}

std::span<const sampling::Quantity> ProjectModel::inputs() const { return parts_->inputs; }
std::span<const sampling::Quantity> ProjectModel::outputs() const { return parts_->outputs; }
std::span<const InputFacts> ProjectModel::facts() const { return parts_->facts; }
const std::vector<double>& ProjectModel::nominal() const { return parts_->nominal; }
std::span<const BandFacts> ProjectModel::bands() const { return parts_->bands; }
double ProjectModel::scale() const { return parts_->rules->scale; }
int ProjectModel::total_digits() const {
  return parts_->rules->total_rounding ? parts_->rules->total_rounding->digits : 4;
}

std::size_t ProjectModel::band_of(double total) const {
  const std::size_t band = std::isnan(total) ? none : parts_->rules->band_of(total);
  return band == none ? parts_->bands.size() : band;
}

std::string ProjectModel::identity() const {
  std::string text = "project " + parts_->project_handle.model().inputs_sha256 + "\nrules " +
                     parts_->rules->sha256;
  for (const auto& input : parts_->inputs) text += "\nin " + input.name;
  for (const auto& output : parts_->outputs) text += "\nout " + output.name;
  for (const std::string& name : parts_->held) text += "\nheld " + name;
  return text;
}

void ProjectModel::evaluate(std::span<const formula::Column> in,
                            std::span<const std::span<double>> out) const {
  if (out.empty() || out.front().empty()) return;
  const std::size_t samples = out.front().size();
  const bool is_small = samples <= small_block;
  auto& idle = is_small ? parts_->small : parts_->large;
  const std::size_t capacity = is_small ? small_block : large_block;
  std::unique_ptr<SampleBlock> block;
  {
    const std::lock_guard lock(parts_->mutex);
    if (!idle.empty()) {
      block = std::move(idle.back());
      idle.pop_back();
    }
  }
  if (!block) block = std::make_unique<SampleBlock>(*parts_->plan, capacity);
  for (std::size_t first = 0; first < samples; first += capacity)
    block->evaluate(in, out, first, std::min(capacity, samples - first));
  const std::lock_guard lock(parts_->mutex);
  idle.push_back(std::move(block));
}

std::vector<InputFacts> ProjectModel::all_inputs(const RuleSet& rules, const Project& project) {
  std::vector<Diagnostic> ignored;
  std::vector<InputFacts> out;
  const auto paired = pair(rules, project, ignored);
  if (!paired) return out;
  for (Input& input : list_inputs({*paired->rules, project.model(), paired->binding, paired->cost}))
    out.push_back(std::move(input.facts));
  return out;
}

std::vector<OutputFacts> ProjectModel::all_outputs(const RuleSet& rules, const Project& project) {
  std::vector<Diagnostic> ignored;
  std::vector<OutputFacts> out;
  const auto paired = pair(rules, project, ignored);
  if (!paired) return out;
  for (Output& output :
       list_outputs({*paired->rules, project.model(), paired->binding, paired->cost}))
    out.push_back({std::move(output.quantity.name), std::move(output.label),
                   std::move(output.quantity.unit)});
  return out;
}

}  // namespace jixiao::scenario
