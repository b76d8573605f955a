#include "scenario/project_model.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>
#include <unordered_map>

#include "scenario/messages.hpp"
#include "scenario/partial_block.hpp"
#include "scenario/sample_block.hpp"
#include "scoring/story.hpp"
#include "text/suggestion.hpp"

namespace jixiao::scenario {

using project::CostModel;
using ruleset::none;
using text::Code;

namespace {

constexpr std::size_t small_block = 16;
constexpr std::size_t large_block = 512;
constexpr std::size_t rows_of_block = 1U << 18U;  // at most, of a block of very many indicators
constexpr std::size_t few_inputs = 8;
constexpr std::size_t few_rows = 24;  // that are scored together as quickly as one by one

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
                                               const Text& what, text::Findings findings) {
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
      findings.report(one.place, message::unknown_name(what, one.name, known));
    } else if (taken[found->second]) {
      findings.report(one.place, message::named_twice(one.name));
    } else {
      taken[found->second] = true;
      out.push_back(found->second);
    }
  }
  return out.size() == wanted.size() ? std::optional(out) : std::nullopt;
}

}  // namespace

struct ProjectModel::Parts {
  Parts(const RuleSet& rules_given, const Project& project_given,
        std::shared_ptr<const ruleset::RuleSet> own_rules, scoring::Binding bound, CostModel model)
      : rules_handle(rules_given),
        project_handle(project_given),
        rules(std::move(own_rules)),
        binding(std::move(bound)),
        cost(std::move(model)) {}

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
  std::unique_ptr<Following> following;
  // Outputs by what they say.
  std::vector<std::size_t> always, fixed_points, watching;  // total and rating; of the rule set's
                                                            // indicators; constraints and curves
  std::vector<std::vector<std::size_t>> of_row, of_name, of_block;

  mutable std::atomic<std::size_t> rows_scored{0};
  mutable std::mutex mutex;
  mutable std::vector<std::unique_ptr<SampleBlock>> small, large;  // not at work just now
  mutable std::vector<std::unique_ptr<PartialBlock>> partial;

  template <class Block, class Make>
  std::unique_ptr<Block> take(std::vector<std::unique_ptr<Block>>& idle, const Make& fresh) const {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        std::unique_ptr<Block> block = std::move(idle.back());
        idle.pop_back();
        return block;
      }
    }
    return fresh();
  }

  void list_outputs_by_kind() {
    of_row.resize(binding.batch.rows.size());
    of_name.resize(cost.names().size());
    of_block.resize(rules->blocks.size());
    for (std::size_t o = 0; o < plan->outputs.size(); ++o) {
      const Output& output = plan->outputs[o];
      switch (output.kind) {
        case OutputKind::total:
        case OutputKind::rating: always.push_back(o); break;
        case OutputKind::name: of_name[output.index].push_back(o); break;
        case OutputKind::fixed_points: fixed_points.push_back(o); break;
        case OutputKind::row_points: of_row[output.index].push_back(o); break;
        case OutputKind::block_points: of_block[output.index].push_back(o); break;
        case OutputKind::constraint:
        case OutputKind::curve: watching.push_back(o); break;
        case OutputKind::row_weight:
        case OutputKind::block_weight: break;
      }
    }
  }

  // All samples by everything there is.
  void evaluate_in_full(std::span<const formula::Column> in, std::span<const std::span<double>> out,
                        std::size_t samples) const {
    const std::size_t rows = std::max<std::size_t>(binding.batch.rows.size(), 1);
    const bool is_small = samples <= small_block;
    const std::size_t capacity =
        is_small ? small_block : std::clamp(rows_of_block / rows, small_block, large_block);
    auto& idle = is_small ? small : large;
    auto block = take(idle, [&] { return std::make_unique<SampleBlock>(*plan, capacity); });
    for (std::size_t first = 0; first < samples; first += capacity)
      block->evaluate(in, out, first, std::min(capacity, samples - first));
    rows_scored += samples * rows;
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(block));
  }

  // What follows the inputs that are not uniform; false where that does not do.
  bool evaluate_in_part(std::span<const formula::Column> in, std::span<const std::span<double>> out,
                        std::size_t samples) const {
    if (!following->is_sum() || binding.batch.rows.size() < few_rows) return false;
    std::vector<std::size_t> moved, wanted, left;
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (in[i].is_uniform()) continue;
      moved.push_back(i);
      if (moved.size() > few_inputs) return false;
    }
    for (std::size_t o = 0; o < out.size(); ++o) {
      if (!out[o].empty()) wanted.push_back(o);
    }
    auto block = take(partial, [&] { return std::make_unique<PartialBlock>(*plan, *following); });
    const bool done = block->evaluate(in, moved, wanted, out, left);
    rows_scored += block->rows_scored();
    {
      const std::lock_guard lock(mutex);
      partial.push_back(std::move(block));
    }
    if (!done) return false;
    if (!left.empty()) evaluate_left(in, moved, wanted, out, left);
    return samples > 0;
  }

  // Some samples only: taken together, scored, put back.
  void evaluate_left(std::span<const formula::Column> in, const std::vector<std::size_t>& moved,
                     const std::vector<std::size_t>& wanted, std::span<const std::span<double>> out,
                     const std::vector<std::size_t>& left) const {
    std::vector<formula::Column> columns(in.begin(), in.end());
    std::vector<std::vector<double>> points(moved.size(), std::vector<double>(left.size())),
        found(wanted.size(), std::vector<double>(left.size()));
    for (std::size_t m = 0; m < moved.size(); ++m) {
      for (std::size_t k = 0; k < left.size(); ++k) points[m][k] = in[moved[m]][left[k]];
      columns[moved[m]] = formula::Column::of(points[m]);
    }
    std::vector<std::span<double>> places(out.size());
    for (std::size_t w = 0; w < wanted.size(); ++w) places[wanted[w]] = found[w];
    evaluate_in_full(columns, places, left.size());
    for (std::size_t w = 0; w < wanted.size(); ++w) {
      for (std::size_t k = 0; k < left.size(); ++k) out[wanted[w]][left[k]] = found[w][k];
    }
  }
};

namespace {

// What a project and a rule set are together, before anything is asked of them; nothing, with
// diagnostics, when they do not fit.
struct Pairing {
  std::shared_ptr<const ruleset::RuleSet> rules;
  scoring::Binding binding;
  CostModel cost;
};

std::optional<Pairing> pair(const RuleSet& rules, const Project& project, text::Findings findings) {
  const std::shared_ptr<const ruleset::RuleSet> shared(std::shared_ptr<void>(), &rules.model());
  if (shared->abstract) {
    findings.report_file(shared->file, message::rules_cannot_score(shared->id));
    return std::nullopt;
  }
  std::vector<Diagnostic> found;
  auto binding = scoring::bind(*shared, project.model(), false, found);
  auto cost = CostModel::compile(project.model(), found);
  const bool sound = cost && !text::has_error(found);
  findings.add_errors(found);
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
                                                 text::Findings findings,
                                                 std::span<const std::string> held) {
  auto paired = pair(rules, project, findings);
  if (!paired) return nullptr;
  std::unique_ptr<Parts> parts(new Parts{rules, project, std::move(paired->rules),
                                         std::move(paired->binding), std::move(paired->cost)});
  parts->held.assign(held.begin(), held.end());
  const Bound at_first{*parts->rules, project.model(), parts->binding, parts->cost};
  const std::vector<Input> all_in = list_inputs(at_first);
  const std::vector<Output> all_out = list_outputs(at_first);
  const auto chosen_places = choose(
      inputs, all_in, [](const Input& input) { return input.facts.name; }, message::movable_number,
      findings);
  const auto wanted_places = choose(
      outputs, all_out, [](const Output& output) { return output.quantity.name; },
      message::output_name, findings);
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
                                   {},
                                   weights_move});
  parts->plan->definition_of.assign(parts->cost.names().size(), nullptr);
  for (const project::Definition& definition : parts->cost.definitions()) {
    parts->plan->definition_of[definition.name] = &definition;
    if (parts->plan->affected[definition.name] != 0) parts->plan->running.push_back(&definition);
  }
  parts->following = std::make_unique<Following>(parts->plan->bound);
  parts->list_outputs_by_kind();
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

std::vector<std::string> ProjectModel::followers(std::size_t input) const {
  std::vector<std::string> out;
  const Input& own = parts_->plan->inputs[input];
  if (own.kind != InputKind::name) return out;
  const auto& project = parts_->project_handle.model();
  for (const std::size_t d : parts_->following->definitions(std::span(&own.index, 1))) {
    const project::Definition& definition = parts_->cost.definitions()[d];
    if (definition.name == own.index) continue;
    const project::ModelName& name = parts_->cost.names()[definition.name];
    switch (name.kind) {
      case project::NameKind::driver:
        out.push_back("drivers." + project.drivers[name.index].id);
        break;
      case project::NameKind::item: out.push_back("items." + project.items[name.index].id); break;
      case project::NameKind::initial: out.emplace_back("money.initial"); break;
      case project::NameKind::adjusted: out.emplace_back("money.adjusted"); break;
      case project::NameKind::executed: out.emplace_back("money.executed"); break;
      case project::NameKind::result:
        out.push_back("results." + project.indicators[name.index].id);
        break;
      case project::NameKind::target:
        out.push_back("targets." + project.indicators[name.index].id);
        break;
    }
  }
  return out;
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
  const auto first =
      std::find_if(out.begin(), out.end(), [](const auto& column) { return !column.empty(); });
  if (first == out.end()) return;
  const std::size_t samples = first->size();
  if (!parts_->evaluate_in_part(in, out, samples)) parts_->evaluate_in_full(in, out, samples);
}

Scorecard ProjectModel::scorecard(std::span<const formula::Column> point) const {
  SampleBlock block(*parts_->plan, 1);
  const scoring::Scorecards& cards = block.score(point, 0, 1);
  scoring::Binding moved = parts_->binding;
  moved.batch = block.batch();
  const project::Project& project = parts_->project_handle.model();
  Scorecard card;
  scoring::explain_indicators(*parts_->rules, project, moved, cards, card);
  scoring::explain_outcome(*parts_->rules, project, moved, cards, card);
  card.scored = card.scored && block.is_possible();
  if (card.scored) scoring::check_project(*parts_->rules, project, moved, cards, card);
  return card;
}

bool ProjectModel::is_sum() const { return parts_->following->is_sum(); }
std::size_t ProjectModel::rows_scored() const { return parts_->rows_scored; }

std::vector<std::size_t> ProjectModel::outputs_following(std::size_t input) const {
  const Parts& parts = *parts_;
  const Input& own = parts.plan->inputs[input];
  std::vector<std::size_t> out;
  if (own.kind == InputKind::row_weight || own.kind == InputKind::block_weight) {
    for (std::size_t o = 0; o < parts.outputs.size(); ++o) out.push_back(o);
    return out;
  }
  const auto put = [&](const std::vector<std::size_t>& all) {
    out.insert(out.end(), all.begin(), all.end());
  };
  const auto put_row = [&](std::size_t row) {
    if (row == none) return;
    put(parts.of_row[row]);
    put(parts.of_block[parts.binding.batch.rows.block[row]]);
  };
  put(parts.always);
  if (own.kind == InputKind::upper_target) put_row(own.index);
  std::vector<std::size_t> names;
  if (own.kind == InputKind::name) names.push_back(own.index);
  for (const std::size_t d : parts.following->definitions(names))
    names.push_back(parts.cost.definitions()[d].name);
  std::sort(names.begin(), names.end());
  bool money = false;
  for (const std::size_t n : names) {
    put(parts.of_name[n]);
    const project::ModelName& name = parts.cost.names()[n];
    if (name.kind == project::NameKind::result || name.kind == project::NameKind::target)
      put_row(parts.following->row_of(name.index));
    money = money || n == parts.cost.initial() || n == parts.cost.adjusted() ||
            n == parts.cost.executed();
  }
  if (money) {
    put(parts.fixed_points);
    for (const auto& indicator : parts.rules->indicators) put(parts.of_block[indicator.block]);
    for (std::size_t row = 0; row < parts.of_row.size(); ++row) {
      if (follows_money(parts.rules->methods[parts.binding.batch.rows.method[row]])) put_row(row);
    }
  }
  for (const std::size_t o : parts.watching) {
    const Output& output = parts.plan->outputs[o];
    const project::Definition* const definition =
        output.kind == OutputKind::curve ? parts.plan->definition_of[output.index] : nullptr;
    if (output.kind == OutputKind::curve && definition == nullptr) continue;
    const auto used = definition != nullptr ? definition->formula.used()
                                            : parts.cost.constraints()[output.index].formula.used();
    if (std::any_of(used.begin(), used.end(), [&](std::size_t n) {
          return std::binary_search(names.begin(), names.end(), n);
        }))
      out.push_back(o);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
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
