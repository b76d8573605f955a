// What every file of rules has in common, whatever its rules are about: scoring, the year under
// way, next year's money.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formula/formula.hpp"
#include "ruleset/lineage.hpp"
#include "ruleset/ruleset.hpp"
#include "ruleset/wording.hpp"
#include "text/table_reader.hpp"

namespace jixiao::ruleset {

struct RuleFileHead {
  std::string id;
  std::string version;
  Text title;
  Text note;
  std::vector<Citation> cite;
  std::vector<Ancestor> lineage;
  std::string file;
  std::string sha256;
};

// Reads one such file. Mistakes go to the diagnostics it was made with; what is wrong is left as it
// was made.
class RuleFileReader {
 public:
  RuleFileReader(const Lineage& lineage, std::string what, std::vector<Diagnostic>& diagnostics)
      : lineage_(lineage),
        diagnostics_(diagnostics),
        top_(lineage.root, std::move(what), diagnostics) {}

  [[nodiscard]] text::TableReader& top() { return top_; }
  // `schema`: what the file has to say it is.
  void read_head(std::string_view schema, RuleFileHead& out);
  // Of [params]; `check(name, place)` says what is wrong with a name.
  void read_params(const std::function<void(const std::string&, const text::Place&)>& check,
                   std::vector<Parameter>& out);
  // The id of a table; no two of `taken` are the same.
  static std::string read_id(text::TableReader& reader, std::vector<std::string>& taken);
  // A sentence in Chinese, and in English where there is one.
  Wording read_wording(text::TableReader& reader, std::string_view key,
                       const formula::Scope& scope);
  std::optional<formula::Formula> compiled(const std::optional<text::Located>& source,
                                           const formula::Scope& scope);
  // That a name of the author's own cannot be one.
  void refuse_name(const std::string& name, const text::Place& place);

 private:
  const Lineage& lineage_;
  std::vector<Diagnostic>& diagnostics_;
  text::TableReader top_;
};

// A finite number.
bool is_number(const text::Node& node);

}  // namespace jixiao::ruleset
