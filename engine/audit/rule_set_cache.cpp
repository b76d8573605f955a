#include "audit/rule_set_cache.hpp"

#include <algorithm>

namespace jixiao::audit {

const RuleSet* RuleSetCache::find(const std::string& id,
                                  std::vector<Diagnostic>& diagnostics) const {
  if (id.empty()) return nullptr;
  const std::lock_guard guard(busy_);
  const auto at = read_.find(id);
  const Checked<RuleSet>& rules =
      at != read_.end() ? at->second : read_.emplace(id, read_rules(id, library_)).first->second;
  if (rules) return &*rules;
  std::copy_if(rules.diagnostics().begin(), rules.diagnostics().end(),
               std::back_inserter(diagnostics),
               [](const Diagnostic& each) { return each.severity == Severity::error; });
  return nullptr;
}

}  // namespace jixiao::audit
