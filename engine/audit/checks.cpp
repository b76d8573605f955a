#include "audit/checks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "forms/headings.hpp"
#include "value/edge.hpp"
#include "value/rounding.hpp"

namespace jixiao {
namespace {

#define JIXIAO_AUDIT_CHECK(identifier, id, severity, zh, en) \
  AuditCheck{id, {zh, en}, Severity::severity},
const std::array all_checks{JIXIAO_AUDIT_CHECKS(JIXIAO_AUDIT_CHECK)};
#undef JIXIAO_AUDIT_CHECK

}  // namespace

std::span<const AuditCheck> audit_checks() { return all_checks; }

std::size_t AuditedForm::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const AuditFinding& finding) { return finding.severity == severity; }));
}

namespace audit {

AuditFinding& CheckContext::add(Check check, Severity severity, const PrintedText& words,
                                const std::string& subject, Text message) const {
  AuditFinding finding;
  finding.check = all_checks[static_cast<std::size_t>(check)].id;
  finding.severity = severity;
  finding.place = words.place;
  finding.subject = subject;
  finding.printed = words.text;
  finding.message = std::move(message);
  findings.push_back(std::move(finding));
  return findings.back();
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 || value::is_equal(a, b); }

bool speaks_of_rate(const std::string& name) {
  return forms::has_any(name, "率|比例|比重|满意度|知晓度") &&
         !forms::has_any(name, "增长|增幅|提高|提升幅度|增加率|周转|利润率|回报率");
}

std::string number_text(double x) { return value::plain(x, 4); }

std::string counted(double n, const char* one, const char* many) {
  return number_text(n) + " " + (n == 1 ? one : many);
}

std::string money_text(double yuan, Language language) {
  return value::plain(yuan, 2, true) + (language == Language::zh ? " 元" : " yuan");
}

}  // namespace audit
}  // namespace jixiao
