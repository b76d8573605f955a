// jixiao.h: tables of projects, what-if, studies, forms.
#include <cmath>
#include <filesystem>
#include <fstream>

#include "handles.hpp"

using namespace jixiao;
using namespace jixiao::doors;

namespace {

std::vector<std::string> list_of(const char* const* texts, size_t count) {
  std::vector<std::string> out;
  for (size_t i = 0; texts != nullptr && i < count; ++i)
    if (texts[i] != nullptr) out.emplace_back(texts[i]);
  return out;
}

// "forms.docx#2": the second form of the file; 0: none is named.
struct DocumentName {
  std::string file;
  std::size_t form = 0;
};

DocumentName document_name(const std::string& written) {
  const std::size_t sign = written.rfind('#');
  std::error_code error;
  if (sign == std::string::npos || std::filesystem::exists(written, error)) return {written, 0};
  const std::string digits = written.substr(sign + 1);
  const bool number = !digits.empty() && digits.size() < 7 && digits[0] != '0' &&
                      digits.find_first_not_of("0123456789") == std::string::npos;
  return number ? DocumentName{written.substr(0, sign), std::stoul(digits)}
                : DocumentName{written, 0};
}

std::string text_of(const char* text) { return text == nullptr ? "" : text; }

struct ProjectUnderRules {
  Project project;
  RuleSet rules;
};

std::optional<ProjectUnderRules> read_both(const std::string& path, const jx_rules* rules,
                                           Findings& found) {
  const auto project = read_project({path, ""});
  add(project.diagnostics(), found);
  if (!project) return std::nullopt;
  const auto by = rules_for(rules, *project);
  add(by.diagnostics(), found);
  if (!by) return std::nullopt;
  return ProjectUnderRules{*project, *by};
}

}  // namespace

char* jx_batch(const jx_rules* rules, const char* const* inputs, size_t count, const char* output,
               const char* errors, uint32_t threads, const jx_style* style, uint64_t* failed,
               jx_findings** findings) {
  return guarded<char*>(findings, nullptr, [&](Findings& found) -> char* {
    if (rules == nullptr || text_of(output).empty()) {
      found.push_back(
          fault_of_call("没有给出规则集或输出文件", "no rule set or no output file is given"));
      return nullptr;
    }
    BatchRequest request;
    request.inputs = list_of(inputs, count);
    request.output = output;
    request.errors = text_of(errors);
    request.threads = threads;
    const Style how = style_of(style);
    request.language = how.language;
    FileUses uses;
    const auto refuse = [&](const std::optional<Diagnostic>& conflict) {
      if (conflict) found.push_back(*conflict);
    };
    for (const std::string& input : request.inputs) refuse(uses.reads_once(input, "inputs"));
    refuse(uses.writes(request.output, "output"));
    if (!request.errors.empty()) refuse(uses.writes(request.errors, "errors"));
    if (has_error(found)) return nullptr;
    const auto outcome = run_batch(rules->rules, request);
    add(outcome.diagnostics(), found);
    if (!outcome) return nullptr;
    add(outcome->findings, found);
    if (failed != nullptr) *failed = outcome->failed;
    return text_for_caller(render_portfolio(outcome->portfolio, how));
  });
}

char* jx_simulate(const char* path, const jx_rules* rules, const char* const* scenarios,
                  size_t scenario_count, const char* const* set, size_t set_count,
                  const jx_style* style, jx_findings** findings) {
  return guarded<char*>(findings, nullptr, [&](Findings& found) -> char* {
    const auto both = read_both(text_of(path), rules, found);
    std::vector<Scenario> all;
    const auto take = [&](const Checked<Scenario>& scenario) {
      add(scenario.diagnostics(), found);
      if (scenario) all.push_back(*scenario);
    };
    for (const std::string& name : list_of(scenarios, scenario_count))
      take(read_scenario(name, text_of(path)));
    if (set_count != 0) take(scenario_of({list_of(set, set_count), {}, {}}));
    if (!both || has_error(found)) return nullptr;
    const auto answer = simulate(both->rules, both->project, all, RuleLibrary::standard());
    add(answer.diagnostics(), found);
    return answer ? text_for_caller(render_simulation(*answer, style_of(style))) : nullptr;
  });
}

char* jx_study(const char* path, const jx_rules* rules, const char* study, uint32_t threads,
               const jx_style* style, jx_findings** findings) {
  return guarded<char*>(findings, nullptr, [&](Findings& found) -> char* {
    const auto wanted = read_study(text_of(study), text_of(path));
    add(wanted.diagnostics(), found);
    if (!wanted) return nullptr;
    StudyOptions options;
    options.threads = threads;
    const auto answer = [&]() -> Checked<StudyReport> {
      if (!wanted->needs_project()) return run_study(*wanted, options, RuleLibrary::standard());
      const auto both = read_both(text_of(path), rules, found);
      if (!both) return Findings{};
      return run_study(both->rules, both->project, *wanted, RuleLibrary::standard(), options);
    }();
    add(answer.diagnostics(), found);
    return answer ? text_for_caller(render_study(*answer, style_of(style))) : nullptr;
  });
}

char* jx_next(const jx_project* project, const jx_rules* rules, double total, const jx_style* style,
              jx_findings** findings) {
  return guarded<char*>(findings, nullptr, [&](Findings& found) -> char* {
    if (project == nullptr) {
      found.push_back(fault_of_call("没有给出项目", "no project is given"));
      return nullptr;
    }
    const auto by = rules_for(rules, project->project);
    add(by.diagnostics(), found);
    if (!by) return nullptr;
    NextOptions options;
    if (!std::isnan(total)) options.total = total;
    const auto answer = next_rating(*by, project->project, options);
    add(answer.diagnostics(), found);
    return answer ? text_for_caller(render_next(*answer, style_of(style))) : nullptr;
  });
}

int jx_import(const char* document, jx_language language, char** project, char** results,
              jx_findings** findings) {
  return guarded<int>(findings, 0, [&](Findings& found) {
    const DocumentName name = document_name(text_of(document));
    const auto forms = read_forms(name.file);
    add(forms.diagnostics(), found);
    if (!forms) return 0;
    if (name.form > forms->size()) {
      found.push_back(fault_of_call(
          "文件里只有 " + std::to_string(forms->size()) + " 张表：" + name.file,
          "the file has no more than " + std::to_string(forms->size()) + " forms: " + name.file));
      return 0;
    }
    if (name.form == 0 && forms->size() > 1) {
      Diagnostic more = fault_of_call("文件里有 " + std::to_string(forms->size()) +
                                          " 张表，这是第一张；其余的写作 " + name.file + "#2 等",
                                      "the file has " + std::to_string(forms->size()) +
                                          " forms and this is the first; write " + name.file +
                                          "#2 for the next");
      more.severity = Severity::warning;
      found.push_back(std::move(more));
    }
    const ImportedForm form = import_form((*forms)[name.form == 0 ? 0 : name.form - 1],
                                          language == JX_EN ? Language::en : Language::zh);
    add(form.questions, found);
    if (project != nullptr) *project = text_for_caller(form.project);
    if (results != nullptr) *results = text_for_caller(form.results);
    return 1;
  });
}

char* jx_audit(const char* const* paths, size_t count, const char* rules, const jx_style* style,
               jx_findings** findings) {
  return guarded<char*>(findings, nullptr, [&](Findings&) {
    AuditOptions options;
    options.rules = text_of(rules);
    return text_for_caller(render_audit(
        audit_files(list_of(paths, count), RuleLibrary::standard(), options), style_of(style)));
  });
}

int jx_file(const jx_project* project, const jx_rules* rules, jx_language language,
            const char* file, jx_findings** findings) {
  return guarded<int>(findings, 0, [&](Findings& found) {
    const std::string name = text_of(file);
    const auto kind = file_kind(name);
    if (project == nullptr || !kind) {
      found.push_back(fault_of_call(
          "没有给出项目，或文件名不以 .xlsx、.docx、.html、.md 结尾：" + name,
          "no project, or a file's name that does not end in .xlsx, .docx, .html or .md: " + name));
      return 0;
    }
    const auto by = rules_for(rules, project->project);
    add(by.diagnostics(), found);
    if (!by) return 0;
    const auto library = RuleLibrary::standard();
    const Scorecard card = score(*by, project->project);
    FilingOptions options;
    options.kind = *kind;
    options.language = language == JX_EN ? Language::en : Language::zh;
    const auto bytes = file_report(*by, project->project, card,
                                   audit_project(project->project, library, {"", 1, false}),
                                   options, name);
    add(bytes.diagnostics(), found);
    if (!bytes) return 0;
    std::ofstream out(name, std::ios::binary);
    out << *bytes;
    out.close();
    if (out) return 1;
    Diagnostic d;
    d.code = "file.unwritable";
    d.file = name;
    d.message = {"文件无法写出", "the file cannot be written"};
    found.push_back(d);
    return 0;
  });
}
