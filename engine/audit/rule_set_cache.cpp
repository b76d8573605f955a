#include "audit/rule_set_cache.hpp"

#include <algorithm>
#include <iterator>

namespace jixiao::audit {

std::optional<RuleSet> RuleSetCache::find(const std::string& id,
                                          const std::shared_ptr<const text::Node>& printed,
                                          std::vector<Diagnostic>& diagnostics) const {
  if (id.empty()) return std::nullopt;
  const auto take = [&](const Checked<RuleSet>& rules) -> std::optional<RuleSet> {
    if (rules) return *rules;
    std::copy_if(rules.diagnostics().begin(), rules.diagnostics().end(),
                 std::back_inserter(diagnostics),
                 [](const Diagnostic& each) { return each.severity == Severity::error; });
    return std::nullopt;
  };
  if (printed) {
    RuleNeeds needs;
    needs.printed = printed;
    return take(read_rules(id, library_, needs));
  }
  const std::lock_guard guard(busy_);
  const auto at = read_.find(id);
  return take(at != read_.end() ? at->second
                                : read_.emplace(id, read_rules(id, library_)).first->second);
}

}  // namespace jixiao::audit
