#include "page/audit_words.hpp"
#include "page/csv.hpp"
#include "page/json_values.hpp"
#include "page/numbers.hpp"
#include "report/audit_terms.hpp"
#include "report/rendering.hpp"

namespace jixiao::report {

using namespace page;
using page::number;
using page::text;
namespace {

Json place(const AuditPlace& place) {
  Json out = {{"where", text(place.where)}};
  const auto put = [&](const char* key, std::size_t n) {
    out[key] = n == 0 ? Json(nullptr) : Json(n);
  };
  put("table", place.table);
  put("row", place.row);
  put("column", place.column);
  out["sheet"] = or_null(place.sheet);
  put("line", place.line);
  return out;
}

Json finding(const AuditFinding& finding) {
  return {{"check", finding.check},
          {"severity", severity_id(finding.severity)},
          {"place", place(finding.place)},
          {"subject", or_null(finding.subject)},
          {"printed", or_null(finding.printed)},
          {"computed", or_null(finding.computed)},
          {"message", text(finding.message)},
          {"explanation", finding.explanation.empty() ? Json(nullptr) : text(finding.explanation)}};
}

Json row(const AuditedRow& row) {
  return {{"id", or_null(row.id)},
          {"name", row.name},
          {"block", or_null(row.block)},
          {"place", place(row.place)},
          {"target", row.target},
          {"actual", row.actual},
          {"weight", number(row.weight)},
          {"reported", number(row.reported)},
          {"computed", number(row.computed)},
          {"method", row.method.empty() ? Json(nullptr) : text(row.method)},
          {"explanation", row.explanation.empty() ? Json(nullptr) : text(row.explanation)}};
}

Json unread_because(const Diagnostic& each) {
  return {{"severity", severity_id(each.severity)},
          {"code", each.code},
          {"line", each.line == 0 ? Json(nullptr) : Json(each.line)},
          {"message", text(each.message)},
          {"help", each.help.empty() ? Json(nullptr) : text(each.help)}};
}

Json form(const AuditedForm& form) {
  Json out = {
      {"file", form.file},
      {"number", form.number == 0 ? Json(nullptr) : Json(form.number)},
      {"read", form.read},
      {"reports", form.reports},
      {"project", or_null(form.project)},
      {"unit", or_null(form.unit)},
      {"year", or_null(form.year)},
      {"rules", or_null(form.rules)},
      {"errors", form.count(Severity::error)},
      {"warnings", form.count(Severity::warning)},
      {"notes", form.count(Severity::note)},
      {"total",
       {{"printed", number(form.total_printed)},
        {"summed", number(form.total_summed)},
        {"computed", number(form.total_computed)}}},
      {"recomputed", {{"rows", form.recomputable}, {"of", form.scored_rows}}},
      {"compared",
       {{"rows", form.compared},
        {"reported", form.compared_reported},
        {"computed", form.compared_computed}}},
      {"rating",
       {{"printed", or_null(form.rating_printed)},
        {"due", form.rating_due.empty() ? Json(nullptr) : text(form.rating_due)},
        {"computed", form.rating_computed.empty() ? Json(nullptr) : text(form.rating_computed)}}}};
  out["findings"] = Json::array();
  for (const AuditFinding& each : form.findings) out["findings"].push_back(finding(each));
  out["rows"] = Json::array();
  for (const AuditedRow& each : form.rows) out["rows"].push_back(row(each));
  out["map"] = Json::array();
  for (const Text& each : form.map) out["map"].push_back(text(each));
  out["diagnostics"] = Json::array();
  for (const Diagnostic& each : form.diagnostics)
    out["diagnostics"].push_back(unread_because(each));
  return out;
}

}  // namespace

std::string audit_json(const AuditReport& report) {
  Json out = {{"schema", "jixiao/audit/1"},  {"engine", report.engine}, {"errors", report.errors},
              {"warnings", report.warnings}, {"notes", report.notes},   {"unread", report.unread}};
  out["counts"] = Json::array();
  for (const AuditCount& count : report.counts) {
    out["counts"].push_back({{"check", count.check},
                             {"title", text(check_title(count.check))},
                             {"findings", count.findings},
                             {"forms", count.forms}});
  }
  out["forms"] = Json::array();
  for (const AuditedForm& each : report.forms) out["forms"].push_back(form(each));
  return dump(out);
}

// One record a finding; a file that was not read is one with the check "unread".
std::string audit_csv(const AuditReport& report, Language language) {
  std::string out =
      "file,form,project,severity,check,where,table,row,column,line,subject,printed,computed,"
      "message,explanation\n";
  const auto number = [](std::size_t n) { return n == 0 ? std::string() : std::to_string(n); };
  for (const AuditedForm& form : report.forms) {
    for (const AuditFinding& f : form.findings) {
      const std::vector<std::string> cells{form.file,
                                           number(form.number),
                                           form.project,
                                           std::string(severity_id(f.severity)),
                                           f.check,
                                           f.place.where.in(language),
                                           number(f.place.table),
                                           number(f.place.row),
                                           number(f.place.column),
                                           number(f.place.line),
                                           f.subject,
                                           f.printed,
                                           f.computed,
                                           f.message.in(language),
                                           f.explanation.in(language)};
      out += csv_line(cells);
    }
    if (form.read) continue;
    for (const Diagnostic& why : form.diagnostics) {
      const std::vector<std::string> cells{form.file,
                                           "",
                                           "",
                                           std::string(severity_id(why.severity)),
                                           "unread",
                                           "",
                                           "",
                                           "",
                                           "",
                                           number(why.line),
                                           why.code,
                                           "",
                                           "",
                                           why.message.in(language),
                                           why.help.in(language)};
      out += csv_line(cells);
    }
  }
  return out;
}

}  // namespace jixiao::report
