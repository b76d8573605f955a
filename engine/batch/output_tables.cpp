#include "batch/output_tables.hpp"

#include <future>

#include "text/diagnostics.hpp"

namespace jixiao::batch {
namespace {

class OutputTables : public ResultSink {
 public:
  OutputTables(const ruleset::RuleSet& rules, const BatchRequest& request, const TableForm& form,
               const OutputTablesOptions& options, std::vector<Diagnostic>& diagnostics)
      : request_(request),
        form_(form),
        threads_(options.memory.threads),
        outputs_(request, form, diagnostics),
        ledger_(rules, request.portfolio, form.title, diagnostics),
        rows_(options.memory.rows),
        indicators_(options.memory.indicators),
        // What has gone to stdout cannot be taken back: not before it is sure that the table is
        // grouped and that nothing ends the run.
        rows_wait_(form.with_ranks || (request.output == "-" && unsure())),
        indicators_wait_(request.indicators == "-" && unsure()),
        faults_(options.faults_in_order && !(request.errors == "-" && unsure()),
                options.memory.faults) {
    faults_.set_taker([this](const PlacedFault& fault) { report(fault); });
    if (!request.portfolio.earlier.empty() && !text::has_error(diagnostics)) {
      add_earlier(ledger_, request.portfolio.earlier, request.database, diagnostics);
    }
  }

  void take(const Scored& piece, std::size_t) override {
    ledger_.add(piece.standings);
    if (outputs_.with_rows()) {
      if (rows_wait_) {
        rows_.add(piece.rows, piece.rank_at);
      } else {
        outputs_.rows().write(piece.rows);
      }
    }
    if (outputs_.with_indicators()) {
      if (indicators_wait_) {
        indicators_.add(piece.indicators, {});
      } else {
        outputs_.indicators().write(piece.indicators);
      }
    }
  }

  void take_faults(std::vector<PlacedFault>& faults) override { faults_.add(faults); }

  bool finish(BatchOutcome& outcome, const std::atomic<bool>* stop) override {
    faults_.finish();
    outcome.faults = faults_.errors();
    outcome.warnings = faults_.warnings();
    first_.report(outcome, request_.strict);
    ledger_.close();
    auto told = std::async(threads_ > 1 ? std::launch::async : std::launch::deferred,
                           [this] { return ledger_.portfolio(); });
    if (rows_wait_ && outputs_.with_rows()) {
      const portfolio::RankColumn ranks = form_.with_ranks ? ledger_.ranks()
                                                           : portfolio::RankColumn();
      if (!rows_.write(ranks, threads_, outputs_.rows(), stop)) return false;
    }
    if (indicators_wait_ && outputs_.with_indicators() &&
        !indicators_.write({}, threads_, outputs_.indicators(), stop))
      return false;
    outcome.portfolio = told.get();
    if (stop != nullptr && stop->load()) return false;
    outputs_.finish();
    outcome.errors_file = outputs_.errors_file();
    return true;
  }

 private:
  [[nodiscard]] bool unsure() const { return !form_.wide || request_.strict; }

  void report(const PlacedFault& fault) {
    outputs_.write(fault);
    first_.add(fault, form_.inputs);
  }

  const BatchRequest& request_;
  const TableForm& form_;
  std::size_t threads_;
  Outputs outputs_;
  portfolio::Ledger ledger_;
  RowStore rows_;
  RowStore indicators_;
  bool rows_wait_;
  bool indicators_wait_;
  FaultLog faults_;
  FirstFaults first_;
};

}  // namespace

std::unique_ptr<ResultSink> make_output_tables(const ruleset::RuleSet& rules,
                                               const BatchRequest& request, const TableForm& form,
                                               const OutputTablesOptions& options,
                                               std::vector<Diagnostic>& diagnostics) {
  return std::make_unique<OutputTables>(rules, request, form, options, diagnostics);
}

}  // namespace jixiao::batch
