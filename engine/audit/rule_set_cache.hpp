// Rule sets read once for many forms, from any number of threads.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/audit.hpp"

namespace jixiao::audit {

class RuleSetCache {
 public:
  explicit RuleSetCache(const RuleLibrary& library) : library_(library) {}
  // Nothing when it cannot be read, with the errors in `diagnostics`, or when `id` is empty.
  // `printed`: rules of one form, added to it and not kept for others; null: none.
  std::optional<RuleSet> find(const std::string& id,
                              const std::shared_ptr<const text::Node>& printed,
                              std::vector<Diagnostic>& diagnostics) const;

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
