// A scenario as switches: every change of it made or not. What an attribution of its effect is
// computed from.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "scenario/edits.hpp"
#include "scenario/moves.hpp"

namespace jixiao::scenario {

// The changes of a scenario, each of them one switch: edits first, then moves.
struct Changes {
  std::vector<Edit> edits;
  std::vector<Move> moves;
};

class ChangeModel final : public sampling::Model {
 public:
  // All three are kept; `outputs` as for ProjectModel.
  ChangeModel(const RuleSet& rules, const Project& project, const Changes& changes,
              std::vector<std::string> outputs);

  [[nodiscard]] std::span<const sampling::Quantity> inputs() const override { return inputs_; }
  [[nodiscard]] std::span<const sampling::Quantity> outputs() const override { return outputs_; }
  [[nodiscard]] std::string identity() const override { return "changes"; }
  // A switch is on above 0.5. NaN where the project with these changes cannot be scored.
  void evaluate(std::span<const formula::Column> in,
                std::span<const std::span<double>> out) const override;

 private:
  // The project with some of the edits made and some of the moves held.
  struct Variant {
    std::unique_ptr<ProjectModel> model;  // null: cannot be scored
    std::vector<std::size_t> moves;       // one per input of the model
  };
  using Mask = std::vector<bool>;  // one per change: on; moves that are not held count as off

  const Variant& variant(const Mask& mask) const;

  RuleSet rules_;
  Project project_;
  const Changes& changes_;
  std::vector<std::string> wanted_;
  std::vector<sampling::Quantity> inputs_, outputs_;
  mutable std::mutex mutex_;
  mutable std::map<Mask, Variant> variants_;
};

}  // namespace jixiao::scenario
