// Rule sets read once for many forms, from any number of threads.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "jixiao/audit.hpp"

namespace jixiao::audit {

class RuleSetCache {
 public:
  explicit RuleSetCache(const RuleLibrary& library) : library_(library) {}
  // Null when it cannot be read, with the errors in `diagnostics`, or when `id` is empty.
  const RuleSet* find(const std::string& id, std::vector<Diagnostic>& diagnostics) const;

 private:
  const RuleLibrary& library_;
  mutable std::mutex busy_;
  mutable std::map<std::string, Checked<RuleSet>> read_;
};

AuditedForm audit_one(const FilledForm& form, const RuleSetCache& cache,
                      const AuditOptions& options);
AuditedForm audit_one(const Project& project, const RuleSetCache& cache,
                      const AuditOptions& options);

}  // namespace jixiao::audit
