// The names of a run of tables, before anything is written: what it reads against what it writes.
#pragma once

#include <string>
#include <vector>

#include "jixiao/batch.hpp"

namespace jixiao::batch {

// Neither a stream nor a table of a database.
bool names_file(const std::string& name);
// Where faults go; empty: nowhere. Beside the output when the request does not say.
std::string errors_name(const BatchRequest& request);

// Errors: an output that is something the run reads (a file by identity, a table of a database as
// the database tells tables apart, also behind a query or a view), two outputs in one place, one
// input twice, an ending that no table is written as. `inputs`: what request.inputs stand for,
// folders listed. `rules`: files of the rule sets.
void check_names(const BatchRequest& request, const std::vector<std::string>& inputs,
                 const std::vector<std::string>& rules, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::batch
