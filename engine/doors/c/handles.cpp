#include "handles.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace jixiao::doors {

char* text_for_caller(const std::string& text) {
  auto* out = static_cast<char*>(std::malloc(text.size() + 1));
  if (out != nullptr) std::memcpy(out, text.c_str(), text.size() + 1);
  return out;
}

Style style_of(const jx_style* style) {
  Style out;
  if (style == nullptr) return out;
  out.language = style->language == JX_EN ? Language::en : Language::zh;
  if (style->width != 0) out.width = style->width;
  switch (style->format) {
    case JX_TEXT: out.format = Format::text; break;
    case JX_JSON: out.format = Format::json; break;
    case JX_CSV: out.format = Format::csv; break;
    case JX_MARKDOWN: out.format = Format::markdown; break;
    case JX_HTML: out.format = Format::html; break;
  }
  return out;
}

void give(Findings found, jx_findings** findings) {
  if (findings == nullptr) return;
  *findings = nullptr;
  if (!found.empty()) *findings = new jx_findings{std::move(found)};
}

Diagnostic fault_of_call(std::string zh, std::string en) {
  Diagnostic d;
  d.code = "key.missing";
  d.message = {std::move(zh), std::move(en)};
  return d;
}

void add(const Findings& more, Findings& found) {
  found.insert(found.end(), more.begin(), more.end());
}

bool has_error(const Findings& found) {
  return std::any_of(found.begin(), found.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

Checked<RuleSet> rules_for(const jx_rules* given, const Project& project) {
  if (given != nullptr) return given->rules;
  if (project.rules().empty()) {
    Diagnostic d;
    d.code = "reference.unknown";
    d.message = {"没有指定规则集", "no rule set is named"};
    d.help = {"在项目中写 rules = \"cn-mof-2020\"，或给出规则集",
              "write rules = \"cn-mof-2020\" in the project, or give a rule set"};
    return Findings{d};
  }
  return read_rules(project.rules(), RuleLibrary::standard(), project.needs());
}

}  // namespace jixiao::doors

using namespace jixiao;
using namespace jixiao::doors;

uint32_t jx_abi_version(void) { return JX_ABI_VERSION; }

const char* jx_version(void) {
  static const std::string name = engine_name();
  return name.c_str();
}

void jx_free(char* text) { std::free(text); }

size_t jx_findings_count(const jx_findings* findings) {
  return findings == nullptr ? 0 : findings->all.size();
}

int jx_findings_get(const jx_findings* findings, size_t number, jx_finding* out) {
  if (out == nullptr || number >= jx_findings_count(findings)) return 0;
  const Diagnostic& d = findings->all[number];
  *out = {d.severity == Severity::error     ? JX_ERROR
          : d.severity == Severity::warning ? JX_WARNING
                                            : JX_NOTE,
          d.code.c_str(),
          d.file.c_str(),
          d.line,
          d.column,
          d.length,
          d.source_line.c_str(),
          d.message.zh.c_str(),
          d.message.en.c_str(),
          d.help.zh.c_str(),
          d.help.en.c_str()};
  return 1;
}

char* jx_findings_text(const jx_findings* findings, const jx_style* style) {
  return guarded<char*>(nullptr, nullptr, [&](Findings&) {
    static const Findings none;
    return text_for_caller(
        render_diagnostics(findings == nullptr ? none : findings->all, style_of(style)));
  });
}

void jx_findings_free(jx_findings* findings) { delete findings; }
void jx_rules_free(jx_rules* rules) { delete rules; }
void jx_project_free(jx_project* project) { delete project; }
void jx_card_free(jx_card* card) { delete card; }
void jx_columns_free(jx_columns* columns) { delete columns; }
