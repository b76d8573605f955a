// Scoring in memory: a rule set and columns of numbers in, columns of totals and ratings out. No
// files, no stories.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/rules.hpp"

namespace jixiao {

// One value a project, in the base unit of its input; NaN: missing. The values stay the caller's.
struct NamedColumn {
  std::string_view name;  // an input of the rule set; or initial, adjusted, executed (yuan, missing
                          // without a column), year
  std::span<const double> values;
};

struct ColumnOptions {
  std::size_t threads = 1;  // 0, or more than the machine has: as many as it has. Any number gives
                            // the same bits.
  bool most_lost = false;   // fill ColumnScores::most_lost
};

enum class TotalState : std::uint8_t {
  scored,
  missing,  // a value the total needs is NaN, and the rule set does not count that as nothing
  error,    // a value outside its range or infinite, or outside what a formula is for
};

inline constexpr std::uint32_t no_index = static_cast<std::uint32_t>(-1);

// The columns have one entry per project, in the order given.
struct ColumnScores {
  std::vector<double> total;  // as decided: rounded and held to its range as the rule set says; NaN
                              // unless scored
  std::vector<std::uint32_t> band;  // index into bands; no_index unless scored, or without ratings
  std::vector<TotalState> state;
  // The three indicators that lost most points, the most first: indices into indicators, no_index
  // where fewer lost any. Empty unless asked for.
  std::vector<std::array<std::uint32_t, 3>> most_lost;

  std::vector<std::string> bands;  // ids, from high to low
  // Ids of the rule set's indicators. Where the total or a block is a formula, "[total]" and
  // "[[block]] ID" of each block follow: what no indicator lost, they did.
  std::vector<std::string> indicators;
};

// Scores projects that bring nothing but values for the inputs of the rule set, by its own
// indicators. The same bits as `score` on each of them. Errors (no scores): a column that is no
// input or given twice (with the nearest name), an input without a column, columns of different
// lengths, a year that is not finite, an abstract rule set, a rule set that leaves a block's
// indicators to the projects.
JIXIAO_EXPORT Checked<ColumnScores> score_columns(const RuleSet& rules,
                                                  std::span<const NamedColumn> columns,
                                                  const ColumnOptions& options = {});

// The same into `scores`, whose memory is used again. What was wrong: nothing when the list is
// empty, else `scores` is unchanged.
JIXIAO_EXPORT std::vector<Diagnostic> score_columns(const RuleSet& rules,
                                                    std::span<const NamedColumn> columns,
                                                    const ColumnOptions& options,
                                                    ColumnScores& scores);

// A rule set bound to the names of columns once, for callers with many small tables or single rows:
// binding takes longer than scoring a row. Used by one thread at a time; it may move between them.
class ColumnScorer {
 public:
  // Errors: as of score_columns, those that the names alone decide.
  JIXIAO_EXPORT static Checked<ColumnScorer> bind(const RuleSet& rules,
                                                  std::span<const std::string> names,
                                                  const ColumnOptions& options = {});
  // Scores one table: `columns` in the order of the names, all of one length. The same bits as
  // score_columns. What was wrong: nothing when the list is empty, else scores() is as it was.
  JIXIAO_EXPORT std::vector<Diagnostic> score(std::span<const std::span<const double>> columns);
  // How many columns were bound.
  [[nodiscard]] JIXIAO_EXPORT std::size_t columns() const;
  // Of the last table scored. Before the first: bands and indicators alone.
  [[nodiscard]] JIXIAO_EXPORT const ColumnScores& scores() const;

 private:
  struct Model;
  explicit ColumnScorer(std::shared_ptr<Model> model) : model_(std::move(model)) {}
  std::shared_ptr<Model> model_;
};

}  // namespace jixiao
