// Projects and results as TOML: read, checked, scored by nothing.
#include "fuzz.hpp"

#include "project/project.hpp"
#include "project/reading.hpp"
#include "text/source.hpp"
#include "text/toml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jixiao;
  std::vector<Diagnostic> diagnostics;
  const auto source =
      text::source_from_text("project.toml", fuzz::text_of(data, size), diagnostics);
  if (source == nullptr) return 0;
  const auto tree = text::parse_toml(source, diagnostics);
  if (tree == nullptr) {
    fuzz::must(!diagnostics.empty());
    return 0;
  }
  project::Project project;
  project::read_declared(*tree, project, diagnostics);
  project::check_arithmetic(project, diagnostics);
  project::check_cost_model(project, diagnostics);
  project::check_form(project, diagnostics);
  project::read_results(*tree, project, diagnostics);
  return 0;
}
