#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "page/audit_words.hpp"
#include "page/document.hpp"
#include "page/numbers.hpp"
#include "page/page_name.hpp"
#include "report/audit_terms.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;

std::string form_name(const AuditedForm& form, std::size_t skipped) {
  const std::string rest = form.file.substr(skipped);
  // Forms that share no folder but the root would tell where everything lies.
  const std::string file = rest.starts_with('/') || skipped == 1 ? page_name(rest) : rest;
  return form.number == 0 ? file : fmt::format("{} ({})", file, form.number);
}

std::size_t shared_folder(const AuditReport& report) {
  if (report.forms.empty()) return 0;
  std::string_view shared = report.forms.front().file;
  for (const AuditedForm& form : report.forms) {
    const std::string_view file = form.file;
    while (!file.starts_with(shared)) shared.remove_suffix(1);
  }
  const std::size_t slash = shared.rfind('/');
  return slash == std::string_view::npos ? 0 : slash + 1;
}

std::string total_text(const AuditReport& report, Language language) {
  const bool zh = language == Language::zh;
  const auto one = [&](std::size_t n, const Label& many, std::string_view single) {
    return zh ? fmt::format("{} 个{}", n, many.zh)
              : fmt::format("{} {}", n, n == 1 ? single : many.en);
  };
  std::string out =
      zh ? fmt::format("{} 张表：", report.forms.size())
         : fmt::format("{} {}: ", report.forms.size(), report.forms.size() == 1 ? "form" : "forms");
  out += one(report.errors, word::errors, "error") + (zh ? "，" : ", ") +
         one(report.warnings, word::warnings, "warning") + (zh ? "，" : ", ") +
         one(report.notes, word::notes, "note");
  if (report.unread > 0)
    out += zh ? fmt::format("，{} 个文件读不了", report.unread)
              : fmt::format(", {} not read", report.unread);
  return out;
}

Text check_title(const std::string& check) {
  for (const AuditCheck& each : audit_checks()) {
    if (each.id == check) return each.title;
  }
  return {};
}

std::string counts_text(const AuditedForm& form, Language language) {
  if (!form.read) return std::string(word::unread.in(language));
  std::string out;
  const auto add = [&](Severity severity) {
    const std::size_t n = form.count(severity);
    if (n == 0) return;
    const std::string name(severity_text(severity, language));
    if (!out.empty()) out += language == Language::zh ? "，" : ", ";
    out += language == Language::zh ? fmt::format("{} 个{}", n, name)
                                    : fmt::format("{} {}{}", n, name, n == 1 ? "" : "s");
  };
  add(Severity::error);
  add(Severity::warning);
  add(Severity::note);
  return out.empty() ? std::string(word::clean.in(language)) : out;
}

std::string finding_text(const AuditFinding& finding, Language language) {
  const bool zh = language == Language::zh;
  std::string out = finding.subject.empty() ? "" : finding.subject + (zh ? "：" : ": ");
  out += finding.message.in(language);
  if (!finding.explanation.empty()) out += (zh ? "——" : " — ") + finding.explanation.in(language);
  return out;
}

bool is_scored_row(const AuditedRow& row) { return row.reported || row.computed; }

std::string rating_text(const AuditedForm& form, Language language) {
  if (form.rating_printed.empty()) return {};
  const std::string& due = form.rating_due.in(Language::zh);
  const bool agrees = due.empty() || form.rating_printed.find(due) != std::string::npos;
  return agrees ? form.rating_printed : form.rating_printed + " → " + form.rating_due.in(language);
}

namespace {

class AuditDocument {
 public:
  AuditDocument(const AuditReport& report, Language language, std::size_t most, bool terminal)
      : report_(report),
        language_(language),
        most_(most),
        terminal_(terminal),
        skipped_(shared_folder(report)) {}

  Document make() {
    out_.title = say(word::audit);
    const bool one = report_.forms.size() == 1;
    if (!one) put_overview();
    std::size_t shown = 0;
    for (const AuditedForm& form : report_.forms) {
      if (!one && form.read && form.findings.empty()) continue;
      if (++shown > most_) break;
      put_form(form);
    }
    if (shown > most_) {
      out_.paragraph(
          language_ == Language::zh
              ? fmt::format("只列出最差的 {} 张；-o report.html 全部列出", most_)
              : fmt::format("The worst {} are shown; -o report.html has them all.", most_));
    }
    out_.paragraph(total_text(report_, language_));
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] std::string say(const Text& text) const { return text.in(language_); }

  void put_overview() {
    Grid grid;
    grid.columns = {{say(word::audited_form)},         {say(word::audited_project)},
                    {say(word::errors), true},         {say(word::warnings), true},
                    {say(word::notes), true},          {say(word::printed_total), true},
                    {say(word::computed_total), true}, {say(word::rating)}};
    std::size_t shown = 0;
    for (const AuditedForm& form : report_.forms) {
      if (++shown > 10 * most_) break;
      if (!form.read) {
        grid.rows.push_back({form_name(form, skipped_), say(word::unread), "", "", "", "", "", ""});
        continue;
      }
      const auto count = [&](Severity severity) {
        return form.count(severity) == 0 ? std::string() : std::to_string(form.count(severity));
      };
      grid.rows.push_back({form_name(form, skipped_), form.project, count(Severity::error),
                           count(Severity::warning), count(Severity::note),
                           number_or_nothing(form.total_printed),
                           number_or_nothing(form.total_computed), rating_text(form, language_)});
    }
    out_.heading(say(word::overview));
    out_.grid(std::move(grid));
    if (report_.counts.empty()) return;
    Grid kinds;
    kinds.columns = {{say(word::check), false, true},
                     {say(word::finding)},
                     {say(word::findings_count), true},
                     {say(word::forms_with), true}};
    for (const AuditCount& count : report_.counts)
      kinds.rows.push_back({count.check, say(check_title(count.check)),
                            std::to_string(count.findings), std::to_string(count.forms)});
    out_.heading(say(word::by_kind));
    out_.grid(std::move(kinds));
  }

  void put_form(const AuditedForm& form) {
    const std::string name = form.project.empty()
                                 ? form_name(form, skipped_)
                                 : form.project + " — " + form_name(form, skipped_);
    out_.heading(name);
    if (!form.read) {
      for (const Diagnostic& why : form.diagnostics)
        out_.paragraph(why.message.in(language_) +
                       (why.help.empty() ? "" : " — " + why.help.in(language_)));
      return;
    }
    put_facts(form);
    if (form.findings.empty()) {
      out_.paragraph(say(word::clean));
    } else if (terminal_) {
      std::vector<Fact> facts;
      for (const AuditFinding& finding : form.findings) {
        const std::string where = finding.place.where.in(language_);
        facts.push_back(
            {std::string(severity_text(finding.severity, language_)) + " " + finding.check,
             finding_text(finding, language_) + (where.empty()               ? ""
                                                 : language_ == Language::zh ? "（" + where + "）"
                                                                             : " (" + where + ")"),
             finding.severity == Severity::error ? FactKind::loss : FactKind::plain});
      }
      out_.heading(say(word::findings), 3);
      out_.facts(std::move(facts));
    } else {
      Grid grid;
      grid.columns = {{say(word::severity)}, {say(word::check), false, true},
                      {say(word::where)},    {say(word::finding)},
                      {say(word::printed)},  {say(word::follows)}};
      for (const AuditFinding& finding : form.findings) {
        grid.rows.push_back({std::string(severity_text(finding.severity, language_)), finding.check,
                             say(finding.place.where), finding_text(finding, language_),
                             finding.printed, finding.computed});
      }
      out_.grid(std::move(grid));
    }
    put_points(form);
    put_map(form);
  }

  // How the form was read: whoever doubts a finding looks here first.
  void put_map(const AuditedForm& form) {
    if (form.map.empty()) return;
    Grid grid;
    grid.columns = {{say(word::how_it_was_read)}};
    for (const Text& line : form.map) grid.rows.push_back({line.in(language_)});
    out_.grid(std::move(grid));
  }

  void put_facts(const AuditedForm& form) {
    std::vector<Fact> facts;
    const auto add = [&](const Label& label, std::string text) {
      if (!text.empty()) facts.push_back({say(label), std::move(text)});
    };
    add(word::year, form.year);
    add(word::unit, form.unit);
    add(word::rules, form.rules);
    add(word::printed_total, number_or_nothing(form.total_printed));
    if (form.total_printed != form.total_summed)
      add(word::summed_total, number_or_nothing(form.total_summed));
    add(word::computed_total, number_or_nothing(form.total_computed));
    add(word::rating, rating_text(form, language_));
    if (form.reports && form.recomputable < form.scored_rows)
      add(word::recomputed_rows,
          language_ == Language::zh
              ? fmt::format("{} 行中的 {} 行", form.scored_rows, form.recomputable)
              : fmt::format("{} of {}", form.recomputable, form.scored_rows));
    out_.facts(std::move(facts));
  }

  void put_points(const AuditedForm& form) {
    Grid grid;
    grid.columns = {{say(word::indicator)},         {say(word::target), true},
                    {say(word::actual), true},      {say(word::weight), true},
                    {say(word::as_reported), true}, {say(word::as_computed), true},
                    {say(word::difference), true},  {say(word::by_rule)}};
    for (const AuditedRow& row : form.rows) {
      if (!is_scored_row(row)) continue;
      const bool both = row.reported && row.computed;
      const double gap = both ? *row.reported - *row.computed : 0;
      grid.rows.push_back(
          {row.name, row.target, row.actual, number_or_nothing(row.weight),
           number_or_nothing(row.reported), number_or_nothing(row.computed),
           both && std::abs(gap) > 5e-5
               ? fmt::format("{}{}", gap > 0 ? "+" : "−", value::plain(std::abs(gap), 4))
               : "",
           !terminal_ && row.computed ? say(row.method) : std::string()});
    }
    if (grid.rows.empty() || !form.reports) return;
    const double gap = form.compared_reported - form.compared_computed;
    if (form.compared > 0) {
      grid.rows.push_back(
          {say(word::all_blocks), "", "", "", value::plain(form.compared_reported, 4),
           value::plain(form.compared_computed, 4),
           std::abs(gap) > 5e-5
               ? fmt::format("{}{}", gap > 0 ? "+" : "−", value::plain(std::abs(gap), 4))
               : "",
           ""});
    }
    out_.heading(say(word::points_beside), 3);
    out_.grid(std::move(grid));
  }

  const AuditReport& report_;
  Language language_;
  std::size_t most_;
  bool terminal_;
  std::size_t skipped_;
  Document out_;
};

}  // namespace

Document audit_document(const AuditReport& report, Language language, std::size_t most) {
  return AuditDocument(report, language, most, false).make();
}

Document audit_lines(const AuditReport& report, Language language, std::size_t most) {
  return AuditDocument(report, language, most, true).make();
}

}  // namespace jixiao::report
