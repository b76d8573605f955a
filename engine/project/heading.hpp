// What stands above every result: whose it is, and what it was made from.
#pragma once

#include "jixiao/version.hpp"
#include "project/project.hpp"

namespace jixiao::project {

// `Result`: a scorecard, a simulation, whatever else opens with the project.
template <class Result>
void fill_heading(const Project& project, Result& result) {
  result.project = project.name;
  result.project_file = project.file;
  result.year = project.year;
  result.unit = project.unit;
  result.illustrative = project.illustrative;
  result.results_note = project.results_note;
  result.inputs_sha256 = project.inputs_sha256;
  result.engine = engine_name();
}

}  // namespace jixiao::project
