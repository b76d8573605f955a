#include "jixiao/filing.hpp"

#include "filing/calculation_sheet.hpp"
#include "filing/papers.hpp"
#include "filing/rendering.hpp"
#include "filing/summary.hpp"
#include "filing/words.hpp"
#include "report/html_page.hpp"

namespace jixiao {

namespace filing {
namespace {

std::string form_html(const SelfEvaluation& form, std::span<const Diagnostic> findings) {
  std::string body(html_styles());
  body += "<section class=\"paper\">\n" + html_table(form_grid(form), "form") + "</section>\n";
  if (!findings.empty())
    body += "<section class=\"paper\">\n" + html_table(findings_grid(findings, form.language), "findings") + "</section>\n";
  return report::html_page(form.project, form.language, body);
}

std::optional<std::string> form_docx(const SelfEvaluation& form, std::span<const Diagnostic> findings, const std::string& file,
                                     std::vector<Diagnostic>& diagnostics) {
  std::vector<DocxPage> pages{{form_grid(form), form.has_rules}};
  if (!findings.empty()) pages.push_back({findings_grid(findings, form.language), true});
  return to_docx(pages, form.project, file, diagnostics);
}

struct Scored {
  const ruleset::RuleSet& rules;
  const project::Project& project;
  const Scorecard& card;
};

std::optional<std::string> form_xlsx(const Scored& scored, const SelfEvaluation& form, bool as_filed, const std::string& file,
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
  workbook::Sheet& third = add_sheet(findings_grid(scored.card.diagnostics, form.language), word::findings.in(form.language), book);
  third.freeze(2);
  third.page.landscape = true;
  footer(third);
  return workbook::to_xlsx(book, file, diagnostics);
}

std::optional<std::string> summary_file(const Scorecard& card, FileKind kind, Language language, const std::string& file,
                                        std::vector<Diagnostic>& diagnostics) {
  const Summary summary = summarise(card, language);
  switch (kind) {
    case FileKind::html: return summary_html(summary);
    case FileKind::markdown: return summary_markdown(summary);
    case FileKind::docx: return to_docx(std::vector<DocxPage>{{summary_grid(summary).grid, false}}, summary.project, file, diagnostics);
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

Checked<std::string> file_report(const RuleSet& rules, const Project& project, const Scorecard& card, const FilingOptions& options,
                                 const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  std::optional<std::string> bytes;
  if (options.summary) {
    bytes = filing::summary_file(card, options.kind, options.language, file, diagnostics);
    return bytes ? Checked<std::string>(std::move(*bytes), std::move(diagnostics)) : Checked<std::string>(std::move(diagnostics));
  }
  const filing::SelfEvaluation form = filing::fill_in(rules.model(), project.model(), card, options.language);
  switch (options.kind) {
    case FileKind::xlsx:
      bytes = filing::form_xlsx({rules.model(), project.model(), card}, form, options.as_filed, file, diagnostics);
      break;
    case FileKind::docx: bytes = filing::form_docx(form, card.diagnostics, file, diagnostics); break;
    case FileKind::html: bytes = filing::form_html(form, card.diagnostics); break;
    case FileKind::markdown: bytes = filing::form_markdown(form, card.diagnostics); break;
  }
  if (!bytes) return diagnostics;
  return {std::move(*bytes), std::move(diagnostics)};
}

}  // namespace jixiao
