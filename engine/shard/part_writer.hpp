// One shard's work as one file, from which `merge` makes what a single run would have made.
#pragma once

#include <memory>

#include "batch/inputs.hpp"
#include "batch/outputs.hpp"
#include "batch/plan.hpp"
#include "batch/result_sink.hpp"

namespace jixiao::shard {

struct PartOf {
  const ruleset::RuleSet& rules;
  const BatchRequest& request;
  const batch::Plan& plan;
  const batch::TableForm& form;
  batch::Inputs& inputs;
  bool faults_in_order = true;
};

// Lines of text and stretches of counted bytes:
//   jixiao part 1
//   {head}
//   piece INPUT RECORDS PROJECTS FAILED ROWS-BYTES INDICATORS-BYTES STANDINGS-BYTES, and those
//   bytes: as often as there are pieces
//   faults BYTES, and those bytes: as often as needed
//   end PIECES RECORDS PROJECTS FAILED ERRORS
//   read SHA-256, a line for each table this shard read
//   sha256 SHA-256 of all before this line
// Errors: an output that cannot be written.
std::unique_ptr<batch::ResultSink> write_part(const PartOf& part,
                                              std::vector<Diagnostic>& diagnostics);

// What the ledger needs of each project, at full precision, with its key, line and rank position.
void append_standings(std::string& to, const batch::Scored& piece);
// The reverse; views of `out` point into `bytes`. False when they are no standings of `projects`
// projects.
bool take_standings(std::string_view bytes, std::size_t projects, batch::Scored& out);

}  // namespace jixiao::shard
