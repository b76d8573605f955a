#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "chart/svg.hpp"
#include "page/audit_words.hpp"
#include "page/html_page.hpp"
#include "page/numbers.hpp"
#include "page/page_name.hpp"
#include "page/table.hpp"
#include "report/audit_terms.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace chart;
using namespace page;
namespace {

std::string signed_gap(double gap) {
  return std::abs(gap) <= 5e-5
             ? ""
             : fmt::format("{}{}", gap > 0 ? "+" : "−", value::plain(std::abs(gap), 4));
}

class AuditPage {
 public:
  AuditPage(const AuditReport& report, Language language)
      : report_(report), language_(language), skipped_(shared_folder(report)) {}

  std::string render() {
    const bool one = report_.forms.size() == 1;
    const std::string heading = one && !report_.forms[0].project.empty()
                                    ? report_.forms[0].project
                                    : std::string(word::audit.in(language_));
    const std::string folder =
        skipped_ > 1 ? page_name(report_.forms.front().file.substr(0, skipped_ - 1)) + " · " : "";
    body_ += "<header>\n<h1>" + html_escaped(heading) + "</h1>\n<p class=\"sub\">" +
             (one ? say(word::audit) + " · " : html_escaped(folder)) +
             html_escaped(report_.engine) + "</p>\n</header>\n";
    put_tiles();
    if (!one) put_overview();
    if (!one && report_.counts.size() > 1) put_kinds();
    for (std::size_t i = 0; i < report_.forms.size(); ++i) {
      if (one || has_section(report_.forms[i])) put_form(report_.forms[i], i, one);
    }
    body_ += "<footer>\n<p>" + say(word::meaning) + "</p>\n</footer>\n";
    return html_page(one_line(heading), language_, body_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return html_escaped(label.in(language_));
  }
  [[nodiscard]] std::string say(const Text& text) const { return html_escaped(text.in(language_)); }
  [[nodiscard]] std::string colon() const { return language_ == Language::zh ? "：" : ": "; }

  // A clean form among many is a row of the table and no more.
  static bool has_section(const AuditedForm& form) { return !form.read || !form.findings.empty(); }

  void put_tiles() {
    body_ += "<div class=\"tiles\">";
    const auto tile = [&](const Label& label, std::size_t n) {
      body_ += "<div><span>" + say(label) + "</span><b>" +
               value::plain(static_cast<double>(n), 0, true) + "</b></div>";
    };
    if (report_.forms.size() != 1) tile(word::forms_count, report_.forms.size());
    tile(word::errors, report_.errors);
    tile(word::warnings, report_.warnings);
    tile(word::notes, report_.notes);
    if (report_.unread > 0) tile(word::unread, report_.unread);
    body_ += "</div>\n";
  }

  void put_overview() {
    body_ += "<h2>" + say(word::overview) + "</h2>\n<div class=\"scroll\"><table><thead><tr><th>" +
             say(word::audited_project) + "</th>";
    for (const Label& label :
         {word::errors, word::warnings, word::notes, word::printed_total, word::computed_total})
      body_ += "<th class=\"n\">" + say(label) + "</th>";
    body_ += "<th>" + say(word::rating) + "</th></tr></thead><tbody>\n";
    for (std::size_t i = 0; i < report_.forms.size(); ++i) {
      const AuditedForm& form = report_.forms[i];
      const std::string name = form.project.empty() ? form_name(form, skipped_) : form.project;
      const std::string link =
          has_section(form) ? fmt::format("<a href=\"#form-{}\">{}</a>", i + 1, html_escaped(name))
                            : html_escaped(name);
      body_ += fmt::format(
          "<tr><td>{}{}</td>", link,
          form.project.empty()
              ? ""
              : "<span class=\"why\">" + html_escaped(form_name(form, skipped_)) + "</span>");
      if (!form.read) {
        body_ += "<td class=\"state\" colspan=\"6\">" + say(word::unread) + "</td></tr>\n";
        continue;
      }
      for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const std::size_t n = form.count(severity);
        body_ += fmt::format("<td class=\"n{}\">{}</td>",
                             severity == Severity::error && n > 0 ? " loss" : "",
                             n == 0 ? "" : std::to_string(n));
      }
      body_ += "<td class=\"n\">" + number_or_nothing(form.total_printed) +
               "</td><td class=\"n\">" + number_or_nothing(form.total_computed) + "</td><td>" +
               html_escaped(rating_text(form, language_)) + "</td></tr>\n";
    }
    body_ += "</tbody></table></div>\n";
  }

  void put_kinds() {
    body_ += "<h2>" + say(word::by_kind) + "</h2>\n";
    BarChart chart{std::string(word::by_kind.in(language_)), {}, {}, {}};
    for (const AuditCount& count : report_.counts) {
      const std::string beside =
          count.forms == count.findings || report_.forms.size() == 1
              ? std::to_string(count.findings)
              : fmt::format("{} · {} {}", count.findings, count.forms, word::sheets.in(language_));
      chart.rows.push_back({count.check + "  " + check_title(count.check).in(language_),
                            static_cast<double>(count.findings), 0, beside});
    }
    body_ += svg_bars(chart);
  }

  void put_form(const AuditedForm& form, std::size_t index, bool one) {
    if (!one) {
      const std::string name = form.project.empty() ? form_name(form, skipped_) : form.project;
      body_ += fmt::format("<h2 id=\"form-{}\">{}</h2>\n", index + 1, html_escaped(name));
    }
    body_ += "<p class=\"sub\">" + (form.project.empty() && !one
                                        ? std::string()
                                        : html_escaped(form_name(form, skipped_)));
    for (const std::string& part : {form.year, form.unit, form.rules}) {
      if (!part.empty()) body_ += " · " + html_escaped(part);
    }
    body_ += "</p>\n";
    if (!form.read) return put_unread(form);
    put_result(form);
    put_findings(form);
    put_points(form, one);
    put_map(form);
    put_guesses(form);
  }

  void put_unread(const AuditedForm& form) {
    body_ += "<ul class=\"findings\">\n";
    for (const Diagnostic& why : form.diagnostics) {
      body_ += "<li class=\"error\"><b>" + say(word::unread) + "</b> " + say(why.message);
      if (!why.help.empty()) body_ += "<br><span class=\"quiet\">" + say(why.help) + "</span>";
      body_ += "<br><code>" + html_escaped(why.code) + "</code></li>\n";
    }
    body_ += "</ul>\n";
  }

  void put_result(const AuditedForm& form) {
    std::string tiles;
    const auto tile = [&](const Label& label, const std::string& text) {
      if (!text.empty())
        tiles += "<div><span>" + say(label) + "</span><b>" + html_escaped(text) + "</b></div>";
    };
    tile(word::printed_total, number_or_nothing(form.total_printed));
    if (form.total_summed != form.total_printed)
      tile(word::summed_total, number_or_nothing(form.total_summed));
    tile(word::computed_total, number_or_nothing(form.total_computed));
    tile(word::rating, rating_text(form, language_));
    if (!tiles.empty()) body_ += "<div class=\"tiles\">" + tiles + "</div>\n";
  }

  void put_findings(const AuditedForm& form) {
    if (form.findings.empty()) {
      body_ += "<p>" + say(word::clean) + "</p>\n";
      return;
    }
    body_ += "<h3>" + say(word::findings) + colon() + html_escaped(counts_text(form, language_)) +
             "</h3>\n<ul class=\"findings\">\n";
    for (const AuditFinding& finding : form.findings) {
      body_ += fmt::format("<li class=\"{}\"><b>{}</b> {}{}", severity_id(finding.severity),
                           html_escaped(severity_text(finding.severity, language_)),
                           finding.subject.empty() ? "" : html_escaped(finding.subject) + colon(),
                           say(finding.message));
      if (!finding.explanation.empty())
        body_ += "<br><span class=\"quiet\">" + say(word::explanation_of) + colon() +
                 say(finding.explanation) + "</span>";
      body_ += "<br><code>" + html_escaped(finding.check) + "</code> <span class=\"quiet\">" +
               html_escaped(check_title(finding.check).in(language_));
      if (!finding.place.where.empty()) body_ += " · " + say(finding.place.where);
      body_ += "</span></li>\n";
    }
    body_ += "</ul>\n";
  }

  void put_points(const AuditedForm& form, bool open) {
    const bool any = std::any_of(form.rows.begin(), form.rows.end(), is_scored_row);
    if (!any || !form.reports) return;
    body_ += fmt::format(
        "<details{}><summary><span class=\"name\">{}</span><span class=\"n\">{}</span></summary>\n",
        open ? " open" : "", say(word::points_beside),
        signed_gap(form.compared_reported - form.compared_computed));
    body_ += "<div class=\"scroll\"><table><thead><tr><th>" + say(word::indicator) + "</th>";
    for (const Label& label : {word::target, word::actual, word::weight, word::as_reported,
                               word::as_computed, word::difference})
      body_ += "<th class=\"n\">" + say(label) + "</th>";
    body_ += "</tr></thead><tbody>\n";
    for (const AuditedRow& row : form.rows) {
      if (!is_scored_row(row)) continue;
      std::string why = row.explanation.empty() ? (row.computed ? say(row.method) : "")
                                                : say(row.explanation);
      const double gap = row.reported && row.computed ? *row.reported - *row.computed : 0;
      body_ += fmt::format(
          "<tr><td>{}{}</td><td class=\"v\">{}</td><td class=\"v\">{}</td><td "
          "class=\"n\">{}</td><td class=\"n\">{}</td><td "
          "class=\"n\">{}</td><td "
          "class=\"n loss\">{}</td></tr>\n",
          html_escaped(row.name), why.empty() ? "" : "<span class=\"why\">" + why + "</span>",
          html_escaped(row.target), html_escaped(row.actual), number_or_nothing(row.weight),
          number_or_nothing(row.reported), row.computed ? number_or_nothing(row.computed) : "–",
          signed_gap(gap));
    }
    if (form.compared > 0) {
      body_ += fmt::format(
          "<tr class=\"sum\"><td>{}</td><td></td><td></td><td></td><td class=\"n\">{}</td><td "
          "class=\"n\">{}</td><td class=\"n "
          "loss\">{}</td></tr>\n",
          say(word::all_blocks), value::plain(form.compared_reported, 4),
          value::plain(form.compared_computed, 4),
          signed_gap(form.compared_reported - form.compared_computed));
    }
    body_ += "</tbody></table></div></details>\n";
  }

  void put_map(const AuditedForm& form) {
    if (form.map.empty()) return;
    body_ += "<details><summary><span class=\"name\">" + say(word::how_it_was_read) +
             "</span></summary>\n<pre>";
    for (const Text& line : form.map) body_ += say(line) + "\n";
    body_ += "</pre></details>\n";
  }

  void put_guesses(const AuditedForm& form) {
    if (form.diagnostics.empty()) return;
    body_ += fmt::format(
        "<details><summary><span class=\"name\">{}</span><span "
        "class=\"n\">{}</span></summary>\n<ul class=\"findings\">\n",
        say(word::guesses), form.diagnostics.size());
    for (const Diagnostic& each : form.diagnostics) {
      body_ += "<li>" + say(each.message);
      if (!each.help.empty()) body_ += "<br><span class=\"quiet\">" + say(each.help) + "</span>";
      body_ += "</li>\n";
    }
    body_ += "</ul></details>\n";
  }

  const AuditReport& report_;
  Language language_;
  std::size_t skipped_;
  std::string body_;
};

}  // namespace

std::string audit_html(const AuditReport& report, Language language) {
  return AuditPage(report, language).render();
}

}  // namespace jixiao::report
