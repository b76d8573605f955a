// Many what-ifs at once: study.
#pragma once

#include <string>
#include <vector>

#include "commands.hpp"

namespace jixiao::cli {

struct StudyCall {
  std::string project;  // or a study file that brings its own formulas, or lies beside its project
  std::string rules;    // "": what the project asks for
  std::string results;  // "": what stands beside the project
  std::vector<std::string> words;  // names of studies, or a kind and its inputs
  TypedStudy typed;                // outputs, where, apply
  std::string file;                // of the result, written as its ending says; "": stdout
  StudyOptions options;
};

int study(const Call& call, StudyCall what);

}  // namespace jixiao::cli
