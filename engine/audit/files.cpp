#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "audit/gathering.hpp"
#include "audit/rule_set_cache.hpp"
#include "jixiao/file_uses.hpp"
#include "jixiao/version.hpp"
#include "system/threads.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {
namespace {

namespace fs = std::filesystem;

bool is_project(const fs::path& path) {
  return path.filename() == "project.toml" || path.extension() == ".toml";
}

std::vector<AuditedForm> audit_file(const std::string& file, const audit::RuleSetCache& cache,
                                    const AuditOptions& options) {
  std::vector<AuditedForm> out;
  const auto unread = [&](const std::vector<Diagnostic>& why) {
    AuditedForm form;
    form.file = file;
    form.diagnostics = why;
    out.push_back(std::move(form));
  };
  if (is_project(file)) {
    const auto project = read_project({file, {}});
    if (!project) return unread(project.diagnostics()), out;
    out.push_back(audit::audit_one(*project, cache, options));
    out.back().file = file;
    return out;
  }
  const auto forms = read_forms(file, {options.columns});
  if (!forms) return unread(forms.diagnostics()), out;
  for (std::size_t i = 0; i < forms->size(); ++i) {
    out.push_back(audit::audit_one((*forms)[i], cache, options));
    if (forms->size() > 1) out.back().number = i + 1;
    if (i == 0)
      out[0].diagnostics.insert(out[0].diagnostics.begin(), forms.diagnostics().begin(),
                                forms.diagnostics().end());
  }
  return out;
}

void count(AuditReport& report) {
  std::map<std::string, AuditCount> counts;
  for (const AuditedForm& form : report.forms) {
    if (!form.read) ++report.unread;
    report.errors += form.count(Severity::error);
    report.warnings += form.count(Severity::warning);
    report.notes += form.count(Severity::note);
    std::set<std::string> seen;
    for (const AuditFinding& finding : form.findings) {
      AuditCount& entry = counts[finding.check];
      entry.check = finding.check;
      ++entry.findings;
      if (seen.insert(finding.check).second) ++entry.forms;
    }
  }
  for (const auto& [check, entry] : counts) report.counts.push_back(entry);
  std::stable_sort(report.counts.begin(), report.counts.end(),
                   [](const AuditCount& a, const AuditCount& b) {
                     return std::tuple(b.findings, b.forms) < std::tuple(a.findings, a.forms);
                   });
}

}  // namespace

AuditReport audit_files(const std::vector<std::string>& paths, const RuleLibrary& library,
                        const AuditOptions& options) {
  std::vector<std::string> files;
  for (const std::string& path : paths) audit::gather(path, files);
  const audit::RuleSetCache cache(library);
  std::vector<std::vector<AuditedForm>> audited(files.size());
  // A form named for itself and by its folder would be told, and counted, twice.
  FileUses uses;
  std::vector<bool> is_again(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto again = uses.reads_once(files[i], {});
    if (!again) continue;
    is_again[i] = true;
    AuditedForm form;
    form.file = files[i];
    form.diagnostics = {*std::move(again)};
    audited[i].push_back(std::move(form));
  }
  system::run_tasks(files.size(), options.threads, [&](std::size_t i) {
    if (!is_again[i]) audited[i] = audit_file(files[i], cache, options);
  });
  AuditReport out;
  out.engine = engine_name();
  for (std::vector<AuditedForm>& forms : audited) {
    for (AuditedForm& form : forms) out.forms.push_back(std::move(form));
  }
  count(out);
  const auto badness = [](const AuditedForm& form) {
    return std::tuple(form.read, -static_cast<long>(form.count(Severity::error)),
                      -static_cast<long>(form.count(Severity::warning)),
                      -static_cast<long>(form.count(Severity::note)));
  };
  std::stable_sort(
      out.forms.begin(), out.forms.end(),
      [&](const AuditedForm& a, const AuditedForm& b) { return badness(a) < badness(b); });
  return out;
}

}  // namespace jixiao
