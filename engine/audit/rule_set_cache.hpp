// Rule sets read once for many forms, from any number of threads.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/audit.hpp"

namespace jixiao::audit {

class RuleSetCache {
 public:
  explicit RuleSetCache(const RuleLibrary& library) : library_(library) {}
  // With the rules a form prints itself, or null. Nothing when it cannot be read, with the errors
  // in `diagnostics`, or when `id` is empty. Valid until the cache is gone.
  const RuleSet* find(const std::string& id,
                      const std::shared_ptr<const PrintedRules>& printed,
                      std::vector<Diagnostic>& diagnostics) const;

 private:
  const RuleLibrary& library_;
  mutable std::mutex busy_;
  mutable std::map<std::pair<std::string, std::string>, Checked<RuleSet>> read_;
};

AuditedForm audit_one(const FilledForm& form, const RuleSetCache& cache,
                      const AuditOptions& options);
AuditedForm audit_one(const Project& project, const RuleSetCache& cache,
                      const AuditOptions& options);

}  // namespace jixiao::audit
