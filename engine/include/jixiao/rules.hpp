// Rule sets: finding, reading, listing them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"

namespace jixiao {

namespace ruleset {
struct RuleSet;
}
namespace text {
class Node;
}

// A checked and compiled rule set: a cheap handle on shared const data, safe to use from any number
// of threads.
class RuleSet {
 public:
  explicit RuleSet(std::shared_ptr<const ruleset::RuleSet> model) : model_(std::move(model)) {}
  // for the engine's own rooms
  [[nodiscard]] const ruleset::RuleSet& model() const { return *model_; }

 private:
  std::shared_ptr<const ruleset::RuleSet> model_;
};

// Where rule sets are looked up by id: `<folder>/<id>/ruleset.toml`, the first folder that has it.
// The folder "built-in:rules" is inside the library: the rule sets it was built with.
struct RuleLibrary {
  std::vector<std::string> folders;
  // A file of statistics (jixiao/survey.hpp) that rule sets with [[statistic]] score by; empty:
  // none. Errors of read_rules() when it is of another rule set.
  std::string statistics{};
  // $JIXIAO_RULES, ./rules, the folders beside the program, and what is built in: what the command
  // line uses.
  JIXIAO_EXPORT static RuleLibrary standard();
};

// How much of a rule set to read. The catalogue a rule set extends has many methods that are only
// used by name; compiling those nobody names takes longer than scoring a project.
struct RuleNeeds {
  bool everything = true;  // false: of the methods without `when` only those the rule set or
                           // `methods` names
  std::vector<std::string> methods;
  // The project a rule set is read for. Of one with versions by year or group ([[from]], [[for]])
  // only the version that holds for it is made; an error when none does. None: all of them.
  struct Subject {
    int year = 0;  // 0: it has none
    std::vector<std::pair<std::string, double>> inputs;
  };
  std::optional<Subject> subject{};
  // Rules the project's own form prints, added to the rule set: its [printed]. Null: none.
  std::shared_ptr<const text::Node> printed{};
};

// Reads a rule set by id or by the path of its file (anything with a '/' or ending in .toml).
// Errors: every mistake in it and in what it extends, with places (in what was needed of it).
JIXIAO_EXPORT Checked<RuleSet> read_rules(const std::string& id_or_path, const RuleLibrary& library,
                                          const RuleNeeds& needs = {});

struct RuleSummary {
  std::string id;
  std::string version;
  Text title;
  std::string extends;
  std::string file;
  bool abstract = false;
};
// Every rule set of the library, by id. Files that cannot be read are left out.
JIXIAO_EXPORT std::vector<RuleSummary> list_rules(const RuleLibrary& library);

// A file inside the library: a rule set, a calendar, a JSON schema.
struct BuiltInFile {
  std::string_view path;  // "rules/cn-mof-2020/ruleset.toml", "schema/project.schema.json"
  std::string_view text;
};
// All of them, by path. The texts are valid for the whole run.
JIXIAO_EXPORT std::vector<BuiltInFile> built_in_files();

}  // namespace jixiao
