#include "jixiao/filing.hpp"

#include "filing/calculation_sheet.hpp"
#include "filing/papers.hpp"
#include "filing/rendering.hpp"
#include "filing/summary.hpp"
#include "filing/words.hpp"
#include "jixiao/printable.hpp"
#include "page/html_page.hpp"

namespace jixiao {

namespace filing {
namespace {

std::string form_html(const SelfEvaluation& form, const Reviewed& reviewed) {
  std::string body(html_styles());
  body += "<section class=\"paper\">\n" + html_table(form_grid(form), "form") + "</section>\n";
  body += "<section class=\"paper\">\n" +
          html_table(audit_grid(reviewed, form, false), "findings") + "</section>\n";
  return page::html_page(form.project, form.language, body);
}

std::optional<std::string> form_docx(const SelfEvaluation& form, const Reviewed& reviewed,
                                     const std::string& file,
                                     std::vector<Diagnostic>& diagnostics) {
  const std::vector<DocxPage> pages{{form_grid(form), form.has_rules},
                                    {audit_grid(reviewed, form, false), true}};
  return to_docx(pages, form.project, file, diagnostics);
}

struct Scored {
  const ruleset::RuleSet& rules;
  const project::Project& project;
  const Reviewed& reviewed;
};

std::optional<std::string> form_xlsx(const Scored& scored, const SelfEvaluation& form,
                                     bool as_filed, const std::string& file,
                                     std::vector<Diagnostic>& diagnostics) {
  workbook::Workbook book;
  book.title = form.project;
  const auto footer = [&](workbook::Sheet& sheet) {
    sheet.page.footer = form.language == Language::zh ? "第 &P 页，共 &N 页" : "page &P of &N";
  };
  workbook::Sheet& first = add_sheet(form_grid(form), word::form_sheet.in(form.language), book);
  first.page.landscape = form.has_rules;
  footer(first);
  if (!scored.rules.abstract && scored.project.has_results)
    footer(add_calculation(scored.rules, scored.project, as_filed, form.language, book));
  workbook::Sheet& third =
      add_sheet(audit_grid(scored.reviewed, form, true), word::audit.in(form.language), book);
  third.freeze(third.page.repeated_rows);
  third.page.landscape = true;
  footer(third);
  return workbook::to_xlsx(book, file, diagnostics);
}

std::optional<std::string> summary_file(const Scorecard& card, FileKind kind, Language language,
                                        const std::string& file,
                                        std::vector<Diagnostic>& diagnostics) {
  const Summary summary = summarise(card, language);
  switch (kind) {
    case FileKind::html: return summary_html(summary);
    case FileKind::markdown: return printable(summary_markdown(summary));
    case FileKind::docx:
      return to_docx(std::vector<DocxPage>{{summary_grid(summary).grid, false}}, summary.project,
                     file, diagnostics);
    case FileKind::xlsx: break;
  }
  workbook::Workbook book;
  book.title = summary.project;
  add_summary(summary, book);
  return workbook::to_xlsx(book, file, diagnostics);
}

}  // namespace
}  // namespace filing

std::optional<FileKind> file_kind(const std::string& file) {
  const auto ends = [&](std::string_view ending) { return file.ends_with(ending); };
  if (ends(".xlsx")) return FileKind::xlsx;
  if (ends(".docx")) return FileKind::docx;
  if (ends(".html") || ends(".htm")) return FileKind::html;
  if (ends(".md")) return FileKind::markdown;
  return std::nullopt;
}

Checked<std::string> file_report(const RuleSet& rules, const Project& project,
                                 const Scorecard& card, const AuditedForm& audited,
                                 const FilingOptions& options, const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  std::optional<std::string> bytes;
  if (options.summary) {
    bytes = filing::summary_file(card, options.kind, options.language, file, diagnostics);
    return bytes ? Checked<std::string>(std::move(*bytes), std::move(diagnostics))
                 : Checked<std::string>(std::move(diagnostics));
  }
  const filing::SelfEvaluation form =
      filing::fill_in(rules.model(), project.model(), card, options.language);
  const filing::Reviewed reviewed{audited, card};
  switch (options.kind) {
    case FileKind::xlsx:
      bytes = filing::form_xlsx({rules.model(), project.model(), reviewed}, form, options.as_filed,
                                file, diagnostics);
      break;
    case FileKind::docx: bytes = filing::form_docx(form, reviewed, file, diagnostics); break;
    case FileKind::html: bytes = filing::form_html(form, reviewed); break;
    case FileKind::markdown:
      bytes = printable(filing::form_markdown(form, filing::audit_grid(reviewed, form, false)));
      break;
  }
  if (!bytes) return diagnostics;
  return {std::move(*bytes), std::move(diagnostics)};
}

}  // namespace jixiao
