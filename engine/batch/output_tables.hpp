// Scored pieces become the project table with its ranks, the indicator table, the errors and the
// portfolio.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "batch/memory_plan.hpp"
#include "batch/outputs.hpp"
#include "batch/result_sink.hpp"
#include "batch/row_store.hpp"
#include "portfolio/ledger.hpp"

namespace jixiao::batch {

struct OutputTablesOptions {
  bool faults_in_order = true;  // pieces come as the tables stand
  MemoryPlan memory;
};

// Errors: what Ledger and Outputs have to say. Everything given must outlive the result.
std::unique_ptr<ResultSink> make_output_tables(const ruleset::RuleSet& rules,
                                               const BatchRequest& request, const TableForm& form,
                                               const OutputTablesOptions& options,
                                               std::vector<Diagnostic>& diagnostics);

// Reads a scored table (columns project, total, rating) into the ledger. Throws StreamFailure.
// Warnings: a project that is there twice (the first row counts), a total that is no number.
void add_earlier(portfolio::Ledger& ledger, const std::string& name, const std::string& database,
                 std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::batch
