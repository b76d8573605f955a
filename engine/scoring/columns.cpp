#include "jixiao/columns.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "scoring/column_checks.hpp"
#include "scoring/evaluation.hpp"
#include "scoring/loops.hpp"
#include "scoring/most_lost.hpp"
#include "system/threads.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {
namespace {

using scoring::Batch;
using scoring::BoundColumns;
using scoring::CellColumn;
using value::CellState;

// All columns of a chunk stay in the second cache. Larger chunks come from memory more quickly, but
// need memory of their own that a small table does not pay for. The size changes no bits.
constexpr std::size_t chunk_projects_of(std::size_t projects) {
  return projects < 200'000 ? 1024 : 2048;
}

// One thread's share of the work: a chunk at a time.
class ChunkScorer {
 public:
  ChunkScorer(const ruleset::RuleSet& rules, const BoundColumns& columns, bool most_lost,
              ColumnScores& scores)
      : rules_(rules),
        columns_(columns),
        most_lost_(most_lost),
        scores_(scores),
        evaluator_(rules) {
    batch_.block_weights.resize(rules.blocks.size());
    batch_.fixed.resize(rules.indicators.size());
    batch_.inputs.resize(rules.inputs.size());
    read_columns();
  }
  ChunkScorer(const ChunkScorer&) = delete;
  ChunkScorer& operator=(const ChunkScorer&) = delete;

  // The values of the columns, which are other ones now; which columns there are stays the same.
  void read_columns() {
    given_.clear();
    give(columns_.initial, nullptr, batch_.initial);
    give(columns_.adjusted, nullptr, batch_.adjusted);
    give(columns_.executed, nullptr, batch_.executed);
    for (std::size_t i = 0; i < rules_.inputs.size(); ++i)
      give(columns_.inputs[i], &rules_.inputs[i], batch_.inputs[i]);
  }

  void score(std::size_t begin, std::size_t end) {
    load(begin, end);
    scoring::fill_statistics(rules_, batch_);
    const scoring::Scorecards& cards = evaluator_.run(batch_);
    const std::size_t n = end - begin;
    std::copy_n(cards.total.data(), n, scores_.total.data() + begin);
    std::transform(cards.band.begin(), cards.band.end(),
                   scores_.band.begin() + static_cast<std::ptrdiff_t>(begin),
                   [](std::size_t band) { return static_cast<std::uint32_t>(band); });
    std::fill_n(scores_.state.data() + begin, n, TotalState::scored);
    if (!scoring::loops::all_ok(cards.state)) say_why(cards, begin);
    if (!most_lost_) return;
    const auto found = evaluator_.most_lost(batch_);
    for (std::size_t i = 0; i < n; ++i) {
      scores_.most_lost[begin + i] = found[i].indicator;
      if (with_formulas_) {
        for (std::uint32_t& which : scores_.most_lost[begin + i]) which = number_of(which);
      }
    }
  }

 private:
  // Formulas stand behind the indicators: the total's, then those of the blocks.
  [[nodiscard]] std::uint32_t number_of(std::uint32_t which) const {
    using scoring::MostLost;
    if (which == MostLost::nobody || which < rules_.indicators.size()) return which;
    return static_cast<std::uint32_t>(rules_.indicators.size()) + (MostLost::total_formula - which);
  }

  void say_why(const scoring::Scorecards& cards, std::size_t begin) {
    for (std::size_t i = 0; i < cards.projects; ++i) {
      if (cards.state[i] == CellState::ok) continue;
      scores_.total[begin + i] = std::numeric_limits<double>::quiet_NaN();
      scores_.band[begin + i] = no_index;
      scores_.state[begin + i] = cards.state[i] == CellState::missing ? TotalState::missing
                                                                      : TotalState::error;
    }
  }

  // The chunk as a batch. Only what differs from the chunk before is written.
  void load(std::size_t begin, std::size_t end) {
    const std::size_t n = end - begin;
    if (n != batch_.projects) reshape(n);
    for (std::size_t k = 0; k < given_.size(); ++k) {
      const bool last = k + 1 == given_.size();
      const auto& next = last ? given_.front() : given_[k + 1];
      const std::size_t next_begin = last ? end : begin;
      const std::size_t ahead = std::min(n, next.values.size() - next_begin);
      load_cells(given_[k], begin, next.values.subspan(next_begin, ahead));
    }
    if (!columns_.year.empty()) std::copy_n(columns_.year.data() + begin, n, batch_.year.data());
  }

  void reshape(std::size_t n) {
    batch_.projects = n;
    batch_.year.assign(n, 0);
    batch_.row_begin.assign(n + 1, 0);
    for (auto& fixed : batch_.fixed) {
      fixed.has_reason.assign(n, 0);
      fixed.has_evidence.assign(n, 0);
      fixed.not_applicable.assign(n, 0);
    }
    for (CellColumn* column : {&batch_.initial, &batch_.adjusted, &batch_.executed})
      reshape(*column, n);
    for (CellColumn& column : batch_.inputs) reshape(column, n);
  }
  static void reshape(CellColumn& column, std::size_t n) {
    column.values.assign(n, 0);
    column.states.assign(n, CellState::missing);
  }

  struct Given {
    std::span<const double> values;  // of all projects
    const ruleset::Input* input;     // null: money
    CellColumn* column;
  };

  // A column nobody gave stays as it was made: missing.
  void give(std::span<const double> values, const ruleset::Input* input, CellColumn& column) {
    const bool plain = input == nullptr ||
                       (!input->range && input->values.empty() && !input->has_coded_numbers());
    if (!values.empty()) given_.push_back({values, plain ? nullptr : input, &column});
  }

  // What a number says of an input that has a range, words or codes.
  [[nodiscard]] value::Cell said(const ruleset::Input& input, double x) const {
    const value::Cell cell = input.has_coded_numbers() ? input.said(x) : value::Cell::of(x);
    if (cell.state == CellState::not_applicable &&
        rules_.not_applicable == ruleset::NotApplicablePolicy::refuse)
      return value::Cell::error();
    const bool is_no_word = !input.values.empty() && x != std::floor(x);
    const bool outside = input.range && !input.range->contains(x);
    return cell.ok() && (is_no_word || outside) ? value::Cell::error() : cell;
  }

  void load_cells(const Given& given, std::size_t begin, std::span<const double> next) {
    CellColumn& column = *given.column;
    const std::size_t n = column.values.size();
    const std::span<const double> values = given.values.subspan(begin, n);
    if (scoring::loops::copy_ahead(values, column.values.data(), next) && given.input == nullptr) {
      std::fill_n(column.states.data(), n, CellState::ok);
      return;
    }
    for (std::size_t i = 0; i < n; ++i) {
      const double x = values[i];
      const value::Cell cell = std::isnan(x)            ? value::Cell::none()
                               : !std::isfinite(x)      ? value::Cell::error()
                               : given.input != nullptr ? said(*given.input, x)
                                                        : value::Cell::of(x);
      column.values[i] = cell.value;
      column.states[i] = cell.state;
    }
  }

  const ruleset::RuleSet& rules_;
  const BoundColumns& columns_;
  bool most_lost_;
  bool with_formulas_ = scoring::has_formulas(rules_);
  ColumnScores& scores_;
  scoring::Evaluator evaluator_;
  Batch batch_;
  std::vector<Given> given_;
};

void name_results(const ruleset::RuleSet& rules, ColumnScores& scores) {
  scores.bands.clear();
  for (const auto& band : rules.bands) scores.bands.push_back(band.id);
  scores.indicators.clear();
  for (const auto& indicator : rules.indicators) scores.indicators.push_back(indicator.id);
  if (!scoring::has_formulas(rules)) return;
  scores.indicators.emplace_back("[total]");
  for (const auto& block : rules.blocks) scores.indicators.push_back("[[block]] " + block.id);
}

void make_room(std::size_t projects, bool most_lost, ColumnScores& scores) {
  scores.total.resize(projects);
  scores.band.resize(projects);
  scores.state.resize(projects);
  scores.most_lost.resize(most_lost ? projects : 0);
}

// Scores all of the bound columns into `scores`. `own` is for the calling thread.
void score_bound(const ruleset::RuleSet& rules, const BoundColumns& bound,
                 const ColumnOptions& options, ChunkScorer& own, ColumnScores& scores) {
  const std::size_t chunk_projects = chunk_projects_of(bound.projects);
  const std::size_t chunks = (bound.projects + chunk_projects - 1) / chunk_projects;
  const auto run = [&](ChunkScorer& scorer, std::size_t first, std::size_t last) {
    for (std::size_t c = first; c < last; ++c)
      scorer.score(c * chunk_projects, std::min((c + 1) * chunk_projects, bound.projects));
  };
  if (options.threads == 1 || chunks < 2) {
    run(own, 0, chunks);
    return;
  }
  const auto machine = system::thread_count(0);
  tbb::task_arena arena(
      static_cast<int>(options.threads == 0 ? machine : std::min(options.threads, machine)));
  arena.execute([&] {
    tbb::enumerable_thread_specific<ChunkScorer> scorers(std::cref(rules), std::cref(bound),
                                                         options.most_lost, std::ref(scores));
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, chunks),
                      [&](const auto& range) { run(scorers.local(), range.begin(), range.end()); });
  });
}

}  // namespace

std::vector<Diagnostic> score_columns(const RuleSet& rule_handle,
                                      std::span<const NamedColumn> columns,
                                      const ColumnOptions& options, ColumnScores& scores) {
  const ruleset::RuleSet& rules = rule_handle.model();
  std::vector<Diagnostic> diagnostics;
  const auto bound = scoring::bind_columns(rules, columns, diagnostics);
  if (!bound) return diagnostics;
  make_room(bound->projects, options.most_lost, scores);
  name_results(rules, scores);
  ChunkScorer scorer(rules, *bound, options.most_lost, scores);
  score_bound(rules, *bound, options, scorer, scores);
  return {};
}

Checked<ColumnScores> score_columns(const RuleSet& rules, std::span<const NamedColumn> columns,
                                    const ColumnOptions& options) {
  ColumnScores scores;
  std::vector<Diagnostic> diagnostics = score_columns(rules, columns, options, scores);
  if (!diagnostics.empty()) return diagnostics;
  return scores;
}

struct ColumnScorer::Model {
  Model(const RuleSet& rule_handle, std::span<const std::string> column_names,
        const ColumnOptions& column_options)
      : rules(rule_handle),
        names(column_names.begin(), column_names.end()),
        options(column_options) {
    bound.inputs.resize(rules.model().inputs.size());
    for (const std::string& name : names) slots.push_back(&slot_of(name));
    name_results(rules.model(), scores);
  }
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  // Requires a name that bind_columns knows.
  std::span<const double>& slot_of(const std::string& name) {
    const auto& inputs = rules.model().inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (inputs[i].id == name) return bound.inputs[i];
    return name == "initial"    ? bound.initial
           : name == "adjusted" ? bound.adjusted
           : name == "executed" ? bound.executed
                                : bound.year;
  }

  // What bind_columns says of columns that are not as many or as long as they should be.
  [[nodiscard]] std::vector<Diagnostic> faults_of(
      std::span<const std::span<const double>> columns) const {
    std::vector<NamedColumn> named;
    for (std::size_t i = 0; i < std::min(names.size(), columns.size()); ++i)
      named.push_back({names[i], columns[i]});
    std::vector<Diagnostic> diagnostics;
    (void)scoring::bind_columns(rules.model(), named, diagnostics);
    if (names.size() != columns.size()) {
      const std::string wanted = std::to_string(names.size());
      const std::string found = std::to_string(columns.size());
      diagnostics.push_back(text::diagnose_file(
          text::Code::value_type, "",
          {"给了 " + found + " 列，绑定时有 " + wanted + " 列",
           found + " columns are given, " + wanted + " were bound"},
          {"按绑定的顺序给出每一列", "give every column, in the order they were bound in"}));
    }
    return diagnostics;
  }

  RuleSet rules;
  std::vector<std::string> names;
  ColumnOptions options;
  BoundColumns bound;
  std::vector<std::span<const double>*> slots;  // in `bound`, one a name
  ColumnScores scores;
  std::optional<ChunkScorer> scorer;  // made with the first table
};

Checked<ColumnScorer> ColumnScorer::bind(const RuleSet& rules, std::span<const std::string> names,
                                         const ColumnOptions& options) {
  // One row of zeros: everything that the names alone decide is found.
  const double zero = 0;
  std::vector<NamedColumn> row;
  for (const std::string& name : names) row.push_back({name, {&zero, 1}});
  std::vector<Diagnostic> diagnostics;
  if (!scoring::bind_columns(rules.model(), row, diagnostics)) return diagnostics;
  return ColumnScorer(std::make_shared<Model>(rules, names, options));
}

std::vector<Diagnostic> ColumnScorer::score(std::span<const std::span<const double>> columns) {
  Model& model = *model_;
  const std::size_t projects = columns.empty() ? 0 : columns.front().size();
  const bool even = columns.size() == model.names.size() &&
                    std::all_of(columns.begin(), columns.end(),
                                [&](const auto& column) { return column.size() == projects; });
  if (!even) return model.faults_of(columns);
  for (std::size_t i = 0; i < columns.size(); ++i) *model.slots[i] = columns[i];
  if (!scoring::loops::all_finite(model.bound.year)) return model.faults_of(columns);
  model.bound.projects = projects;
  make_room(projects, model.options.most_lost, model.scores);
  if (model.scorer)
    model.scorer->read_columns();
  else
    model.scorer.emplace(model.rules.model(), model.bound, model.options.most_lost, model.scores);
  score_bound(model.rules.model(), model.bound, model.options, *model.scorer, model.scores);
  return {};
}

std::size_t ColumnScorer::columns() const { return model_->names.size(); }

const ColumnScores& ColumnScorer::scores() const { return model_->scores; }

}  // namespace jixiao
