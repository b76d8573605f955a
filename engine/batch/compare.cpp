// The same tables under two rule sets.
#include <algorithm>
#include <cmath>
#include <optional>

#include "batch/row_store.hpp"
#include "batch/run_context.hpp"
#include "batch/run_names.hpp"
#include "batch/scorer_pair.hpp"
#include "jixiao/batch.hpp"
#include "portfolio/comparison.hpp"
#include "ruleset/versions.hpp"
#include "scoring/statistics.hpp"
#include "system/key_map.hpp"
#include "system/pipeline.hpp"
#include "table/cells.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {
namespace batch {
namespace {

using Moved = RulesComparison::Moved;

const std::vector<std::string> compared_columns{
    "project", "total_a",   "rating_a", "total_b",  "rating_b",    "difference",
    "cause",   "indicator", "method_a", "method_b", "cause_points"};

struct Thread {
  ScorerPair scorers;
  Scored scored_b;
  std::vector<portfolio::IndicatorUnderBoth> under_both;
};

struct ComparedPiece {
  FedPiece fed;
  Scored scored;                                      // under A
  std::vector<portfolio::ProjectUnderBoth> projects;  // their indicators have been judged and are
                                                      // gone
  std::vector<Moved> moved;
  std::string rows;
  std::vector<PlacedFault> faults;
};

void append_total(std::string& to, double total, const ruleset::RuleSet& rules) {
  if (std::isnan(total)) return;
  if (rules.total_rounding) {
    table::append_fixed(to, total, rules.total_rounding->digits);
  } else {
    table::append_number(to, total);
  }
}

class Compare {
 public:
  Compare(const RuleSet& a, const RuleSet& b, const BatchRequest& request, std::size_t listed,
          const BatchWatch& watch)
      : a_(a),
        b_(b),
        request_(request),
        listed_(listed),
        watch_(watch),
        memory_(plan_memory(request)) {}

  Checked<CompareOutcome> run() {
    if (request_.shard) {
      diagnostics_.push_back(text::diagnose_file(text::Code::shard_impossible, {},
                                                 {"比较不分片", "a comparison has no shards"},
                                                 {"不写 --shard", "leave --shard out"}));
    }
    for (const RuleSet* rules : {&a_, &b_}) {
      if (rules->model().lacks_table())
        diagnostics_.push_back(scoring::statistics_needed(rules->model()));
    }
    check_memory(request_, diagnostics_);
    if (text::has_error(diagnostics_)) return diagnostics_;
    Inputs inputs(request_, watch_.stop, diagnostics_);
    if (text::has_error(diagnostics_)) return diagnostics_;
    std::vector<std::string> names;
    for (std::size_t input = 0; input < inputs.size(); ++input) names.push_back(inputs.name(input));
    check_names(request_, names, {a_.model().file, b_.model().file}, diagnostics_);
    if (text::has_error(diagnostics_)) return diagnostics_;
    const bool alone = ruleset::is_one_version(a_.model(), diagnostics_) &&
                       ruleset::is_one_version(b_.model(), diagnostics_);
    if (!alone) return diagnostics_;
    BatchRequest silent = request_;  // no ranks, no indicator records: they would be made for
                                     // nobody
    silent.portfolio = {};
    silent.portfolio.ties = Ties::none;
    silent.indicators.clear();
    silent.columns.clear();
    auto plan_a = plan_table(inputs.name(0), inputs.header(), a_.model(), silent, diagnostics_);
    auto plan_b = plan_table(inputs.name(0), inputs.header(), b_.model(), silent, diagnostics_);
    if (!plan_a || !plan_b || text::has_error(diagnostics_)) return diagnostics_;
    plan_a->separator = plan_b->separator = inputs.separator();
    plan_a->remembered = plan_b->remembered = memory_.remembered / 2;
    text::sort_by_place(diagnostics_);  // what both had to say, once
    form_.wide = plan_a->shape == Shape::wide;
    form_.rows = compared_columns;
    for (std::size_t input = 0; input < inputs.size(); ++input)
      form_.inputs.push_back(inputs.name(input));
    if (form_.wide) inputs.read_once();
    RunEnd end = attempt(inputs, *plan_a, *plan_b, false);
    if (end == RunEnd::unsorted) end = attempt(inputs, *plan_a, *plan_b, true);
    if (text::has_error(diagnostics_)) return diagnostics_;
    outcome_.interrupted = end == RunEnd::stopped;
    outcome_.findings.insert(outcome_.findings.begin(), diagnostics_.begin(), diagnostics_.end());
    return Checked<CompareOutcome>(std::move(outcome_));
  }

 private:
  RunEnd attempt(Inputs& inputs, const Plan& plan_a, const Plan& plan_b, bool grouped) {
    outcome_ = {};
    records_ = projects_ = 0;
    known_ = {};
    // What has gone to stdout cannot be taken back: not before it is sure that the table is
    // grouped.
    const auto waits = [&](const std::string& output) { return output == "-" && !form_.wide; };
    Outputs outputs(request_, form_, diagnostics_);
    if (text::has_error(diagnostics_)) return RunEnd::complete;
    FirstFaults first;
    FaultLog faults(!grouped && !waits(request_.errors), memory_.faults);
    faults.set_taker([&](const PlacedFault& fault) {
      outputs.write(fault);
      first.add(fault, form_.inputs);
    });
    portfolio::Comparer comparer(a_.model(), b_.model(), inputs.title(), listed_);
    RowStore waiting(memory_.rows);
    const RunEnd end = score(inputs, plan_a, plan_b, grouped, [&](ComparedPiece& slot) {
      for (std::size_t i = 0; i < slot.projects.size(); ++i)
        comparer.add(slot.projects[i], slot.moved[i]);
      if (waits(request_.output)) {
        waiting.add(slot.rows, {});
      } else if (outputs.with_rows()) {
        outputs.rows().write(slot.rows);
      }
      faults.add(slot.faults);
    });
    if (end != RunEnd::complete) return end;
    faults.finish();
    BatchOutcome told;
    first.report(told, request_.strict);
    if (outputs.with_rows() && !waiting.write({}, memory_.threads, outputs.rows(), watch_.stop))
      return RunEnd::stopped;
    if (stopped()) return RunEnd::stopped;
    outputs.finish();
    outcome_.faults = faults.errors();
    outcome_.warnings = faults.warnings();
    outcome_.errors_file = outputs.errors_file();
    outcome_.findings = std::move(told.findings);
    outcome_.comparison = comparer.comparison();
    return RunEnd::complete;
  }

  template <class Take>
  RunEnd score(Inputs& inputs, const Plan& plan_a, const Plan& plan_b, bool grouped, Take&& take) {
    const auto key = form_.wide ? std::nullopt : std::optional(plan_a.project);
    const auto pieces =
        grouped ? pieces_by_project(inputs, {*key, memory_.piece_bytes, memory_.grouping,
                                             memory_.threads, watch_.stop})
                : pieces_in_order(inputs, key, memory_.piece_bytes);
    const portfolio::Comparer judge(a_.model(), b_.model(), {}, 0);
    std::vector<Thread> threads;
    for (std::size_t n = 0; n < memory_.threads; ++n) {
      threads.push_back(
          {{a_.model(), b_.model(), PieceScorer(a_.model(), plan_a, request_.language),
            PieceScorer(b_.model(), plan_b, request_.language)},
           {},
           {}});
    }
    std::vector<ComparedPiece> slots(2 * memory_.threads);
    RunEnd end = RunEnd::complete;
    system::in_order(
        memory_.threads, slots,
        [&](ComparedPiece& slot) { return !stopped() && pieces->next(slot.fed); },
        [&](ComparedPiece& slot, std::size_t worker) { score_piece(threads[worker], slot, judge); },
        [&](ComparedPiece& slot) {
          if (!grouped && !form_.wide && !all_new(slot)) {
            end = RunEnd::unsorted;
            return false;
          }
          records_ += slot.scored.records;
          projects_ += slot.projects.size();
          take(slot);
          if (watch_.progress)
            watch_.progress({records_, projects_, pieces->bytes_read(), inputs.bytes_total()});
          return true;
        });
    return stopped() ? RunEnd::stopped : end;
  }

  void score_piece(Thread& thread, ComparedPiece& slot, const portfolio::Comparer& judge) const {
    thread.scorers.a.score(slot.fed.piece, slot.scored);
    thread.scorers.b.score(slot.fed.piece, thread.scored_b);
    join_faults({slot.scored.faults, a_.model().id}, {thread.scored_b.faults, b_.model().id});
    place_faults(slot.scored.faults, slot.faults);
    slot.projects.clear();
    slot.moved.clear();
    slot.rows.clear();
    const portfolio::Standings& a = slot.scored.standings;
    const portfolio::Standings& b = thread.scored_b.standings;
    const auto& base_a = thread.scorers.a.cards().base;
    const auto& base_b = thread.scorers.b.cards().base;
    for (std::size_t i = 0; i < a.size(); ++i) {
      match_indicators(thread.scorers, i, thread.under_both);
      portfolio::ProjectUnderBoth project{a.project[i], a.total[i], b.total[i], base_a[i],
                                          base_b[i],    a.band[i],  b.band[i],  thread.under_both};
      const Moved& moved = slot.moved.emplace_back(judge.judge(project));
      append_row(slot.rows, project, moved);
      project.indicators = {};
      slot.projects.push_back(project);
    }
  }

  static std::string label(const ruleset::RuleSet& rules, std::uint32_t band, Language language) {
    return band < rules.bands.size() ? rules.bands[band].label.in(language) : std::string();
  }

  void append_row(std::string& to, const portfolio::ProjectUnderBoth& project,
                  const Moved& moved) const {
    table::append_cell(to, project.project);
    to += ',';
    append_total(to, project.total_a, a_.model());
    to += ',';
    table::append_cell(to, label(a_.model(), project.band_a, request_.language));
    to += ',';
    append_total(to, project.total_b, b_.model());
    to += ',';
    table::append_cell(to, label(b_.model(), project.band_b, request_.language));
    to += ',';
    const bool both = !std::isnan(project.total_a) && !std::isnan(project.total_b);
    if (both) table::append_fixed(to, project.total_b - project.total_a, digits());
    for (const std::string* text : {&moved.cause.what, &moved.cause.indicator,
                                    &moved.cause.method_a, &moved.cause.method_b}) {
      to += ',';
      table::append_cell(to, *text);
    }
    to += ',';
    if (both && !moved.cause.what.empty()) table::append_fixed(to, moved.cause_points, digits());
    to += '\n';
  }
  [[nodiscard]] int digits() const {
    const auto of = [](const ruleset::RuleSet& rules) {
      return rules.total_rounding ? rules.total_rounding->digits : 4;
    };
    return std::max(of(a_.model()), of(b_.model()));
  }

  bool all_new(const ComparedPiece& slot) {
    for (const std::uint64_t key : slot.scored.keys) {
      if (known_.add(key, 0).before) return false;
    }
    return true;
  }

  [[nodiscard]] bool stopped() const { return watch_.stop != nullptr && watch_.stop->load(); }

  const RuleSet& a_;
  const RuleSet& b_;
  const BatchRequest& request_;
  std::size_t listed_;
  const BatchWatch& watch_;
  MemoryPlan memory_;
  TableForm form_;
  system::KeyMap known_;
  std::uint64_t records_ = 0;
  std::uint64_t projects_ = 0;
  std::vector<Diagnostic> diagnostics_;
  CompareOutcome outcome_;
};

}  // namespace
}  // namespace batch

Checked<CompareOutcome> compare_rules(const RuleSet& a, const RuleSet& b,
                                      const BatchRequest& request, std::size_t listed,
                                      const BatchWatch& watch) {
  try {
    return batch::Compare(a, b, request, listed, watch).run();
  } catch (const table::StreamFailure& failure) {
    if (watch.stop != nullptr && watch.stop->load()) {
      CompareOutcome stopped;
      stopped.interrupted = true;
      return Checked<CompareOutcome>(std::move(stopped));
    }
    return std::vector<Diagnostic>{failure.diagnostic};
  } catch (const batch::StrictFault& fault) {
    return std::vector<Diagnostic>{fault.diagnostic};
  }
}

}  // namespace jixiao
