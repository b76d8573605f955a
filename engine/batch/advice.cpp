#include <cmath>
#include <vector>

#include "batch/unscored.hpp"
#include "scoring/evaluation.hpp"
#include "scoring/rule_checks.hpp"
#include "text/code.hpp"

namespace jixiao::batch {
namespace {

class Adviser {
 public:
  Adviser(PieceContent& piece, const scoring::Scorecards& cards)
      : piece_(piece), rules_(piece.rules), cards_(cards) {}

  void look_at(const scoring::MethodRows& method_rows) {
    const bool fixed = method_rows.is_fixed();
    const auto& outcomes = fixed ? cards_.fixed[method_rows.fixed_index()] : cards_.rows;
    scoring::find_checks(
        rules_, method_rows, outcomes,
        [&](std::size_t i) {
          return fixed ? of_fixed(method_rows.fixed()) : of_row(method_rows, i);
        },
        [&](std::size_t i, const ruleset::Check& check, const scoring::Substitution& values) {
          const std::size_t project = method_rows.project(i);
          if (!is_project(project)) return;
          if (fixed)
            return tell(project, piece_.first_record(project), {}, {}, check, values,
                        method_rows.fixed().name);
          const std::size_t record = piece_.rows[method_rows.slot(i)].record;
          const std::string name(piece_.cell(role_indicator, record));
          tell(project, record, batch::name(role_actual), piece_.cell(role_actual, record), check,
               values, {name, name});
        });
  }

  void look_at_projects() {
    if (rules_.project_checks.empty()) return;
    scoring::Workspace workspace;
    std::vector<double> holds(piece_.batch.projects);
    for (const ruleset::Check& check : rules_.project_checks) {
      scoring::evaluate_known(rules_, piece_.batch, &cards_, check.condition, workspace, holds);
      for (std::size_t p = 0; p < holds.size(); ++p) {
        if (holds[p] == 0 || !std::isfinite(holds[p]) || piece_.failed(p)) continue;
        if (!is_project(p) || cards_.state[p] != value::CellState::ok) continue;
        const auto values = scoring::project_values(rules_, piece_.batch, cards_, p);
        tell(p, piece_.first_record(p), {}, {}, check, {values, {}}, {});
      }
    }
  }

 private:
  // Rows without a project are told that alone.
  [[nodiscard]] bool is_project(std::size_t project) const {
    return piece_.plan.project == none || !piece_.projects[project].empty();
  }

  static scoring::CheckedRow of_fixed(const ruleset::FixedIndicator& indicator) {
    return {{indicator.block, indicator.type, indicator.direction, value::Kind::number,
             indicator.has_target && indicator.target == 0},
            indicator.unit};
  }

  [[nodiscard]] scoring::CheckedRow of_row(const scoring::MethodRows& method_rows,
                                           std::size_t i) const {
    const std::size_t slot = method_rows.slot(i);
    const scoring::Rows& rows = piece_.batch.rows;
    const Row& read = *piece_.rows[slot].read;
    return {{rows.block[slot], read.type, read.direction, read.kind,
             rows.target[slot] == 0 && rows.upper[slot] == 0},
            read.unit};
  }

  void tell(std::size_t project, std::size_t record, std::string column, std::string_view cell,
            const ruleset::Check& check, const scoring::Substitution& values, const Text& name) {
    Text message = scoring::check_words(check, values, name);
    const Text help = scoring::said_by(check);
    message.zh += "；" + help.zh;
    message.en += "; " + help.en;
    piece_.advise(project, record, std::move(column), cell,
                  std::string(text::entry(text::Code::rule_check).name), check.severity,
                  std::move(message));
  }

  PieceContent& piece_;
  const ruleset::RuleSet& rules_;
  const scoring::Scorecards& cards_;
};

}  // namespace

void report_checks(PieceContent& piece, const scoring::Scorecards& cards,
                   std::span<const scoring::MethodRows> row_sets) {
  Adviser adviser(piece, cards);
  for (const scoring::MethodRows& method_rows : row_sets) adviser.look_at(method_rows);
  adviser.look_at_projects();
}

}  // namespace jixiao::batch
