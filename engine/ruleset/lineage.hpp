// From a rule-set file and everything it extends to one TOML tree.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/rules.hpp"
#include "ruleset/ruleset.hpp"
#include "text/toml.hpp"

namespace jixiao::ruleset {

// The tree with `extends` carried out: every node still knows the file it came from.
struct Lineage {
  text::Node root;
  std::vector<Ancestor> ancestors;  // nearest first
  std::string file;
  std::string folder;  // the library folder calendars are looked up in
  std::string sha256;
};

// The file of a rule set named by id or path; empty, with a diagnostic, when there is none.
std::string find_rules(const std::string& id_or_path, const RuleLibrary& library, const text::Place& from,
                       std::vector<Diagnostic>& diagnostics);

std::optional<Lineage> read_lineage(const std::string& id_or_path, const RuleLibrary& library, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::ruleset
