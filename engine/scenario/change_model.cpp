#include "scenario/change_model.hpp"

#include <algorithm>
#include <cmath>

namespace jixiao::scenario {

ChangeModel::ChangeModel(const RuleSet& rules, const Project& project, const Changes& changes,
                         std::vector<std::string> outputs)
    : rules_(rules), project_(project), changes_(changes), wanted_(std::move(outputs)) {
  for (const Edit& edit : changes.edits) inputs_.push_back({edit.name, {}});
  for (const Move& move : changes.moves) inputs_.push_back({move.facts.name, {}});
  for (const std::string& name : wanted_) outputs_.push_back({name, {}});
}

const ChangeModel::Variant& ChangeModel::variant(const Mask& mask) const {
  const std::lock_guard lock(mutex_);
  const auto known = variants_.find(mask);
  if (known != variants_.end()) return known->second;
  const std::size_t edits = changes_.edits.size();
  RuleSet rules = rules_;
  for (std::size_t e = 0; e < edits; ++e) {
    if (mask[e] && changes_.edits[e].rules) rules = *changes_.edits[e].rules;
  }
  const Project project = edits == 0 ? project_ : edited(project_, changes_.edits, mask);
  std::vector<std::string> held;
  for (std::size_t m = 0; m < changes_.moves.size(); ++m) {
    if (mask[edits + m]) held.push_back(changes_.moves[m].facts.name);
  }
  Variant variant;
  std::vector<NamePlace> in, out;
  const auto there = ProjectModel::all_inputs(rules, project);
  for (std::size_t m = 0; m < changes_.moves.size(); ++m) {
    const std::string& name = changes_.moves[m].facts.name;
    if (std::none_of(there.begin(), there.end(),
                     [&](const InputFacts& facts) { return facts.name == name; }))
      continue;
    in.push_back({name, {}});
    variant.moves.push_back(m);
  }
  for (const std::string& name : wanted_) out.push_back({name, {}});
  std::vector<Diagnostic> ignored;
  variant.model = ProjectModel::make(rules, project, in, out, ignored, held);
  return variants_.emplace(mask, std::move(variant)).first->second;
}

void ChangeModel::evaluate(std::span<const formula::Column> in,
                           std::span<const std::span<double>> out) const {
  if (out.empty()) return;
  const std::size_t samples = out.front().size(), edits = changes_.edits.size();
  std::map<Mask, std::vector<std::size_t>> groups;
  for (std::size_t s = 0; s < samples; ++s) {
    Mask mask(in.size(), false);
    for (std::size_t i = 0; i < in.size(); ++i)
      mask[i] = in[i][s] > 0.5 && (i < edits || changes_.moves[i - edits].held);
    groups[mask].push_back(s);
  }
  for (const auto& [mask, members] : groups) {
    const Variant& own = variant(mask);
    if (!own.model) {
      for (const auto& column : out) {
        for (const std::size_t s : members) column[s] = std::nan("");
      }
      continue;
    }
    std::vector<std::vector<double>> points(own.moves.size(), std::vector<double>(members.size()));
    std::vector<formula::Column> columns;
    for (std::size_t k = 0; k < own.moves.size(); ++k) {
      const std::size_t m = own.moves[k];
      for (std::size_t j = 0; j < members.size(); ++j)
        points[k][j] = in[edits + m][members[j]] > 0.5 ? changes_.moves[m].value : std::nan("");
      columns.push_back(formula::Column::of(points[k]));
    }
    std::vector<std::vector<double>> results(out.size(), std::vector<double>(members.size()));
    std::vector<std::span<double>> places(results.begin(), results.end());
    own.model->evaluate(columns, places);
    for (std::size_t o = 0; o < out.size(); ++o) {
      for (std::size_t j = 0; j < members.size(); ++j) out[o][members[j]] = results[o][j];
    }
  }
}

}  // namespace jixiao::scenario
