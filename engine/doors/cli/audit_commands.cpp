#include "audit_commands.hpp"

#include <iostream>

#include "output_file.hpp"
#include "writing.hpp"

namespace jixiao::cli {
namespace {

Diagnostic no_such_ending(const std::string& file) {
  Diagnostic d;
  d.code = "value.choice";
  d.file = file;
  d.message = {"不认识这种报告文件", "a report cannot be written as this kind of file"};
  d.help = {"文件名以 .html、.xlsx、.md、.json、.csv 或 .txt 结尾",
            "end its name in .html, .xlsx, .md, .json, .csv or .txt"};
  return d;
}

bool write_report(const Call& call, const AuditCall& what, const AuditReport& found) {
  if (what.output.ends_with(".xlsx")) {
    const auto bytes = audit_workbook(found, call.out.language, what.output);
    report(call, bytes.diagnostics());
    return bytes && write_whole(call, what.output, *bytes);
  }
  Style style = call.out;
  style.format = *format_of(what.output);
  style.colour = false;
  return write_whole(call, what.output, render_audit(found, style));
}

// For who wrote the report to a file.
std::string summary(const AuditReport& found, Language language) {
  const auto counted = [](std::size_t n, const char* noun) {
    return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
  };
  const auto n = [](std::size_t count) { return std::to_string(count); };
  if (language == Language::zh) {
    return n(found.forms.size()) + " 张表：" + n(found.errors) + " 个错误，" + n(found.warnings) +
           " 个警告，" + n(found.notes) + " 个提示" +
           (found.unread > 0 ? "，" + n(found.unread) + " 个文件读不了" : "") + "\n";
  }
  return counted(found.forms.size(), "form") + ": " + counted(found.errors, "error") + ", " +
         counted(found.warnings, "warning") + ", " + counted(found.notes, "note") +
         (found.unread > 0 ? ", " + n(found.unread) + " not read" : "") + "\n";
}

}  // namespace

int audit(const Call& call, const AuditCall& what) {
  if (!what.output.empty() && !what.output.ends_with(".xlsx") && !format_of(what.output)) {
    report(call, {no_such_ending(what.output)});
    return call_wrong;
  }
  if (!what.options.rules.empty()) {
    const auto rules = read_rules(what.options.rules, call.library);
    if (!rules) {
      report(call, rules.diagnostics());
      return input_wrong;
    }
  }
  const AuditReport found = audit_files(what.paths, call.library, what.options);
  if (what.output.empty()) {
    std::cout << render_audit(found, call.out);
  } else {
    if (!write_report(call, what, found)) return input_wrong;
    std::cout << what.output << (call.out.language == Language::zh ? "：" : ": ")
              << summary(found, call.out.language);
  }
  return found.errors == 0 && found.unread == 0 ? done : input_wrong;
}

}  // namespace jixiao::cli
