// From a rule-set file and everything it extends to one TOML tree.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/rules.hpp"
#include "ruleset/ruleset.hpp"
#include "text/toml.hpp"

namespace jixiao::ruleset {

// A family of rule files that may extend one another: `<folder>/<id>/<file>` of the library.
struct Family {
  const char* file;                                // "ruleset.toml"
  Text noun;                                       // "rule set"
  std::span<const std::string_view> merged_by_id;  // arrays of tables: a table of a child changes
                                                   // the one of the same id
};
const Family& rule_sets();

// The tree with `extends` carried out: every node still knows the file it came from.
struct Lineage {
  text::Node root;
  std::vector<Ancestor> ancestors;  // nearest first
  std::string file;
  std::string folder;  // the library folder calendars are looked up in
  std::string sha256;
};

// The id of a table; empty when it has none.
std::string id_of(const text::Node& table);

// The tree with some of its tables changed, as a child changes them; what the rule set says of
// itself stays.
text::Node changed(const Family& family, text::Node base, const text::Node& changes,
                   std::vector<Diagnostic>& diagnostics);

// Of the family, named by id or by the path of its file. Nothing, with diagnostics, when it or what
// it extends cannot be found or read.
std::optional<Lineage> read_lineage(const Family& family, const std::string& id_or_path,
                                    const RuleLibrary& library,
                                    std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::ruleset
