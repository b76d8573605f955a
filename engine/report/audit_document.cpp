#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "report/audit_words.hpp"
#include "report/document.hpp"
#include "report/numbers.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

std::string form_name(const AuditedForm& form) { return form.number == 0 ? form.file : fmt::format("{} ({})", form.file, form.number); }

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
    out += language == Language::zh ? fmt::format("{} 个{}", n, name) : fmt::format("{} {}{}", n, name, n == 1 ? "" : "s");
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

std::string number(const std::optional<double>& x) { return x ? value::plain(*x, 4) : ""; }

class AuditDocument {
 public:
  AuditDocument(const AuditReport& report, Language language, std::size_t most) : report_(report), language_(language), most_(most) {}

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
      out_.paragraph(language_ == Language::zh ? fmt::format("只列出最差的 {} 张；-o report.html 全部列出", most_)
                                               : fmt::format("The worst {} are shown; -o report.html has them all.", most_));
    }
    out_.paragraph(total());
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const { return std::string(label.in(language_)); }
  [[nodiscard]] std::string say(const Text& text) const { return text.in(language_); }

  [[nodiscard]] std::string total() const {
    const bool zh = language_ == Language::zh;
    std::string out = fmt::format("{} {}", report_.forms.size(), say(word::forms_count)) + (zh ? "：" : ": ");
    out += zh ? fmt::format("{} 个错误，{} 个警告，{} 个提示", report_.errors, report_.warnings, report_.notes)
              : fmt::format("{} errors, {} warnings, {} notes", report_.errors, report_.warnings, report_.notes);
    if (report_.unread > 0) out += (zh ? "，" : ", ") + fmt::format("{} {}", report_.unread, say(word::unread));
    return out;
  }

  void put_overview() {
    Grid grid;
    grid.columns = {{say(word::audited_form)},         {say(word::audited_project)}, {say(word::errors), true},
                    {say(word::warnings), true},       {say(word::notes), true},     {say(word::printed_total), true},
                    {say(word::computed_total), true}, {say(word::rating)}};
    std::size_t shown = 0;
    for (const AuditedForm& form : report_.forms) {
      if (++shown > 10 * most_) break;
      if (!form.read) {
        grid.rows.push_back({form_name(form), say(word::unread), "", "", "", "", "", ""});
        continue;
      }
      const auto count = [&](Severity severity) {
        return form.count(severity) == 0 ? std::string() : std::to_string(form.count(severity));
      };
      grid.rows.push_back({form_name(form), form.project, count(Severity::error), count(Severity::warning), count(Severity::note),
                           number(form.total_printed), number(form.total_computed), rating_text(form, language_)});
    }
    out_.heading(say(word::overview));
    out_.grid(std::move(grid));
    if (report_.counts.empty()) return;
    Grid kinds;
    kinds.columns = {
        {say(word::check), false, true}, {say(word::finding)}, {say(word::findings_count), true}, {say(word::forms_with), true}};
    for (const AuditCount& count : report_.counts)
      kinds.rows.push_back({count.check, say(check_title(count.check)), std::to_string(count.findings), std::to_string(count.forms)});
    out_.heading(say(word::by_kind));
    out_.grid(std::move(kinds));
  }

  void put_form(const AuditedForm& form) {
    const std::string name = form.project.empty() ? form_name(form) : form.project + " — " + form_name(form);
    out_.heading(name);
    if (!form.read) {
      for (const Diagnostic& why : form.diagnostics)
        out_.paragraph(why.message.in(language_) + (why.help.empty() ? "" : " — " + why.help.in(language_)));
      return;
    }
    put_facts(form);
    if (form.findings.empty()) {
      out_.paragraph(say(word::clean));
    } else {
      Grid grid;
      grid.columns = {{say(word::severity)}, {say(word::check), false, true},
                      {say(word::where)},    {say(word::finding)},
                      {say(word::printed)},  {say(word::follows)}};
      for (const AuditFinding& finding : form.findings) {
        grid.rows.push_back({std::string(severity_text(finding.severity, language_)), finding.check, say(finding.place.where),
                             finding_text(finding, language_), finding.printed, finding.computed});
      }
      out_.grid(std::move(grid));
    }
    put_points(form);
  }

  void put_facts(const AuditedForm& form) {
    std::vector<Fact> facts;
    const auto add = [&](const Label& label, std::string text) {
      if (!text.empty()) facts.push_back({say(label), std::move(text)});
    };
    add(word::year, form.year);
    add(word::unit, form.unit);
    add(word::rules, form.rules);
    add(word::printed_total, number(form.total_printed));
    if (form.total_printed != form.total_summed) add(word::summed_total, number(form.total_summed));
    add(word::computed_total, number(form.total_computed));
    add(word::rating, rating_text(form, language_));
    add(word::findings, counts_text(form, language_));
    out_.facts(std::move(facts));
  }

  void put_points(const AuditedForm& form) {
    Grid grid;
    grid.columns = {
        {say(word::indicator)},         {say(word::target), true},      {say(word::actual), true},     {say(word::weight), true},
        {say(word::as_reported), true}, {say(word::as_computed), true}, {say(word::difference), true}, {say(word::by_rule)}};
    for (const AuditedRow& row : form.rows) {
      if (!is_scored_row(row)) continue;
      const bool both = row.reported && row.computed;
      const double gap = both ? *row.reported - *row.computed : 0;
      grid.rows.push_back({row.name, row.target, row.actual, number(row.weight), number(row.reported), number(row.computed),
                           both && std::abs(gap) > 5e-5 ? fmt::format("{}{}", gap > 0 ? "+" : "−", value::plain(std::abs(gap), 4)) : "",
                           row.computed ? say(row.method) : ""});
    }
    if (grid.rows.empty() || !form.reports) return;
    const double gap = form.compared_reported - form.compared_computed;
    if (form.compared > 0) {
      grid.rows.push_back({say(word::all_blocks), "", "", "", value::plain(form.compared_reported, 4),
                           value::plain(form.compared_computed, 4),
                           std::abs(gap) > 5e-5 ? fmt::format("{}{}", gap > 0 ? "+" : "−", value::plain(std::abs(gap), 4)) : "", ""});
    }
    out_.heading(say(word::points_beside), 3);
    out_.grid(std::move(grid));
  }

  const AuditReport& report_;
  Language language_;
  std::size_t most_;
  Document out_;
};

}  // namespace

Document audit_document(const AuditReport& report, Language language, std::size_t most) {
  return AuditDocument(report, language, most).make();
}

}  // namespace jixiao::report
