#include "audit/rule_set_cache.hpp"

#include <algorithm>

#include "ruleset/printed.hpp"

namespace jixiao::audit {

const RuleSet* RuleSetCache::find(const std::string& id,
                                  const std::shared_ptr<const PrintedRules>& printed,
                                  std::vector<Diagnostic>& diagnostics) const {
  if (id.empty()) return nullptr;
  const std::pair key{id, printed != nullptr ? ruleset::canonical_text(printed->table) : std::string()};
  const std::lock_guard guard(busy_);
  auto at = read_.find(key);
  if (at == read_.end()) {
    RuleNeeds needs;
    needs.printed = printed;
    at = read_.emplace(key, read_rules(id, library_, needs)).first;
  }
  const Checked<RuleSet>& rules = at->second;
  if (rules) return &*rules;
  std::copy_if(rules.diagnostics().begin(), rules.diagnostics().end(),
               std::back_inserter(diagnostics),
               [](const Diagnostic& each) { return each.severity == Severity::error; });
  return nullptr;
}

}  // namespace jixiao::audit
