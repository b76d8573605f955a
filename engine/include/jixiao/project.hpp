// Projects: one declaration with, after the year, its results.
#pragma once

#include <memory>
#include <string>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/rules.hpp"

namespace jixiao {

namespace project {
struct Project;
}

// A checked project: a cheap handle on shared const data.
class Project {
 public:
  explicit Project(std::shared_ptr<const project::Project> model) : model_(std::move(model)) {}
  // for the engine's own rooms
  [[nodiscard]] const project::Project& model() const { return *model_; }
  // The rule set the project asks for; empty when it names none. A path is relative to the
  // project's file.
  JIXIAO_EXPORT const std::string& rules() const;
  // What scoring it needs of a rule set: the methods its indicators name.
  [[nodiscard]] JIXIAO_EXPORT RuleNeeds needs() const;

 private:
  std::shared_ptr<const project::Project> model_;
};

struct ProjectFiles {
  std::string project;  // a folder holding project.toml, or the file itself
  std::string results;  // "": results.toml or results.csv beside the project, if there is one
};

// Errors: every mistake in the files, with places. Findings about the form itself are warnings.
JIXIAO_EXPORT Checked<Project> read_project(const ProjectFiles& files);

}  // namespace jixiao
