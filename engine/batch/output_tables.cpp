#include "batch/output_tables.hpp"

#include <algorithm>
#include <future>

#include "text/diagnostics.hpp"

namespace jixiao::batch {
namespace {

std::vector<std::string> labels_of(const ruleset::RuleSet& rules, Language language) {
  std::vector<std::string> out;
  for (const ruleset::Band& band : rules.bands) out.push_back(in(band.label, language));
  return out;
}

class OutputTables : public ResultSink {
 public:
  OutputTables(const ruleset::RuleSet& rules, const BatchRequest& request, const TableForm& form,
               const OutputTablesOptions& options, std::vector<Diagnostic>& diagnostics)
      : request_(request),
        form_(form),
        threads_(options.memory.threads),
        outputs_(request, form, diagnostics),
        ledger_(rules, request.portfolio, form.title, diagnostics),
        band_cells_(labels_of(rules, request.language)),
        rows_(options.memory.rows),
        indicators_(options.memory.indicators),
        // What has gone to stdout cannot be taken back: not before it is sure that the table is
        // grouped and that nothing ends the run.
        rows_wait_(!form.late.empty() || (request.output == "-" && unsure())),
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
        rows_.add(piece.rows, piece.late_at);
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
      const portfolio::RankColumn ranks = has_late(LateCell::rank) ? ledger_.ranks()
                                                                   : portfolio::RankColumn();
      if (!rows_.write(late_cells(ranks), threads_, outputs_.rows(), stop)) return false;
    }
    if (indicators_wait_ && outputs_.with_indicators() &&
        !indicators_.write({}, threads_, outputs_.indicators(), stop))
      return false;
    outcome.portfolio = told.get();
    if (ledger_.forced() != nullptr) {
      std::vector<Diagnostic> doubtful = ledger_.forced()->findings(form_.title);
      outcome.findings.insert(outcome.findings.end(), doubtful.begin(), doubtful.end());
    }
    if (stop != nullptr && stop->load()) return false;
    outputs_.finish();
    outcome.errors_file = outputs_.errors_file();
    return true;
  }

 private:
  [[nodiscard]] bool unsure() const { return !form_.wide || request_.strict; }

  [[nodiscard]] bool has_late(LateCell cell) const {
    return std::find(form_.late.begin(), form_.late.end(), cell) != form_.late.end();
  }

  // How each cell left out is written, in their order. `ranks` must outlive them.
  [[nodiscard]] std::vector<PutCell> late_cells(const portfolio::RankColumn& ranks) const {
    std::vector<PutCell> out;
    const portfolio::ForcedRatings* forced = ledger_.forced();
    const Language language = request_.language;
    for (const LateCell cell : form_.late) {
      switch (cell) {
        case LateCell::rank:
          out.emplace_back([&ranks](table::TextBuffer& to, std::uint64_t project) {
            to.put_number(ranks[project]);
          });
          break;
        case LateCell::rating:
          out.emplace_back([this](table::TextBuffer& to, std::uint64_t project) {
            const std::uint32_t band = ledger_.band(project);
            if (band < band_cells_.size()) to.put_cell(band_cells_[band]);
          });
          break;
        case LateCell::moved:
          out.emplace_back([forced, language](table::TextBuffer& to, std::uint64_t project) {
            const portfolio::MovedRating* moved = forced->find(project);
            if (moved != nullptr) to.put_cell(in(forced->reason(*moved), language));
          });
          break;
      }
    }
    return out;
  }

  void report(const PlacedFault& fault) {
    outputs_.write(fault);
    first_.add(fault, form_.inputs);
  }

  const BatchRequest& request_;
  const TableForm& form_;
  std::size_t threads_;
  Outputs outputs_;
  portfolio::Ledger ledger_;
  std::vector<std::string> band_cells_;  // ratings as written
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
