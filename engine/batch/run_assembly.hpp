// Scored pieces become the project table with its ranks, the indicator table, the errors and the portfolio.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "batch/run_destination.hpp"
#include "batch/run_outputs.hpp"
#include "batch/run_rows.hpp"
#include "batch/shares.hpp"
#include "portfolio/ledger.hpp"

namespace jixiao::batch {

struct AssemblyOptions {
  bool faults_in_order = true;  // pieces come as the tables stand
  Shares shares;
};

// Errors: what Ledger and Outputs have to say. Everything given must outlive the result.
std::unique_ptr<Destination> assemble(const ruleset::RuleSet& rules, const BatchRequest& request, const TableForm& form,
                                      const AssemblyOptions& options, std::vector<Diagnostic>& diagnostics);

// Reads a scored table (columns project, total, rating) into the ledger. Throws StreamFailure.
// Warnings: a project that is there twice (the first row counts), a total that is no number.
void add_earlier(portfolio::Ledger& ledger, const std::string& name, const std::string& database, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::batch
