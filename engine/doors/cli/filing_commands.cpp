#include "filing_commands.hpp"

#include "writing.hpp"

#include <iostream>

namespace jixiao::cli {

int file_report(const Call& call, const ScoreCall& what, const FilingCall& how) {
  const bool zh = call.err.language == Language::zh;
  const auto by_name = how.file.empty() ? FileKind::markdown : file_kind(how.file);
  const auto kind = how.kind ? how.kind : by_name;
  if (!kind) {
    std::cerr << how.file
              << (zh ? "：看不出是哪种文件；用 .xlsx、.docx、.html 或 .md 结尾，或用 --kind\n"
                     : ": which kind of file? End its name in .xlsx, .docx, .html or .md, or give "
                       "--kind\n");
    return call_wrong;
  }
  const auto scored = read_and_score(call, what);
  if (!scored) return input_wrong;
  // A summary has no room for it.
  const AuditedForm audited =
      how.summary ? AuditedForm{}
                  : audit_project(scored->project, call.library, {what.rules, 1, what.as_filed});
  const auto bytes = jixiao::file_report(scored->rules, scored->project, scored->card, audited,
                                         {*kind, call.out.language, how.summary, what.as_filed},
                                         how.file);
  report(call, bytes.diagnostics());
  if (!bytes) return own_fault;
  if (how.file.empty())
    std::cout << *bytes;
  else if (!write_whole(call, how.file, *bytes))
    return own_fault;
  return status(scored->card);
}

}  // namespace jixiao::cli
