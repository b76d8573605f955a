#include "forms_commands.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "writing.hpp"

namespace jixiao::cli {
namespace {

namespace fs = std::filesystem;

struct Written {
  fs::path folder;
  ImportedForm form;
};

// Never over what is there: somebody may have corrected it.
bool write_import(const fs::path& path, const std::string& text, const Call& call) {
  const bool zh = call.err.language == Language::zh;
  if (fs::exists(path)) {
    std::cerr << path.string()
              << (zh ? "：已经存在，未改动；用 -o 换一个目录\n"
                     : ": already there, left as it is; choose another folder with -o\n");
    return false;
  }
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (out) return true;
  std::cerr << path.string() << (zh ? "：不能写入\n" : ": cannot be written\n");
  return false;
}

bool write_form(const fs::path& folder, const ImportedForm& form, const Call& call) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    std::cerr << folder.string() << ": " << error.message() << "\n";
    return false;
  }
  if (!write_import(folder / "project.toml", form.project, call)) return false;
  return form.results.empty() || write_import(folder / "results.toml", form.results, call);
}

// "projects" of "out/projects.csv": what is written beside the table begins with it.
std::string without_ending(const std::string& file) {
  return (fs::path(file).parent_path() / fs::path(file).stem()).string();
}

// A line a form: where it went, and how much there is to confirm.
std::string line_of(const TabulatedForm& form, const std::string& folder, bool zh) {
  std::string line = form.file + (form.number == 0 ? "" : " #" + std::to_string(form.number)) +
                     "：";
  if (!zh) line.replace(line.size() - 3, 3, ": ");
  const std::string questions = std::to_string(form.findings.size());
  if (!form.read) return line + (zh ? "没有读出\n" : "not read\n");
  if (form.rows == 0)
    return line + (zh ? "单独存放于 " : "kept alone in ") + folder + (zh ? "：" : ": ") +
           form.alone.in(zh ? Language::zh : Language::en) + "\n";
  return line + form.project + (zh ? "，" : ", ") + std::to_string(form.rows) +
         (zh ? " 项指标，" + questions + " 处待核对\n"
             : " indicators, " + questions + " to confirm\n");
}

// Of forms with the name of another project, which carry their file's name behind it; empty when
// there are none.
std::string renamed_line(const std::vector<TabulatedForm>& forms, bool zh) {
  std::string names;
  std::size_t count = 0;
  for (const TabulatedForm& form : forms) {
    const std::string number = form.number == 0 ? "" : " " + std::to_string(form.number);
    if (form.rows == 0 ||
        !form.project.ends_with("（" + fs::path(form.file).stem().string() + number + "）"))
      continue;
    names += (count++ == 0 ? "" : zh ? "、" : ", ") + form.project;
  }
  if (count == 0) return {};
  const std::string n = std::to_string(count);
  return zh ? n + " 张表的项目与别的表同名，名称后加上了文件名：" + names + "\n"
            : n +
                  " forms have the project name of another and carry their file's name behind "
                  "it: " +
                  names + "\n";
}

// A folder of forms as one table for batch, with what the audit found beside it.
int import_table(const Call& call, const ImportCall& what) {
  const bool zh = call.out.language == Language::zh;
  FormOptions options;
  options.columns = what.columns;
  const FormTable table =
      tabulate_forms({what.file}, call.library, what.rules, call.out.language, options);
  const std::string base = without_ending(what.folder);
  const std::string audit_file = base + ".audit.csv";
  std::vector<Diagnostic> said;
  std::string lines;
  std::size_t in_table = 0, alone = 0, unread = 0;
  for (const TabulatedForm& form : table.forms) {
    const std::string folder = (fs::path(base + ".alone") / std::to_string(alone + 1)).string();
    if (!form.read) {
      ++unread;
      add_errors(form.findings, said);
    } else if (form.rows != 0) {
      ++in_table;
    } else {
      ++alone;
      if (!write_form(folder, form.imported, call)) return input_wrong;
    }
    lines += line_of(form, folder, zh);
  }
  if (table.forms.empty()) {
    Diagnostic d;
    d.code = "form.none";
    d.file = what.file;
    d.message = {"目录中没有表格文件", "there is no form in this folder"};
    d.help = {"放入 .docx .xlsx .csv .txt 等表格", "put forms into it: .docx .xlsx .csv .txt"};
    report(call, {d});
    return input_wrong;
  }
  report(call, said);
  if (in_table + alone == 0) return input_wrong;
  if (!table.csv.empty() && !write_import(what.folder, table.csv, call)) return input_wrong;
  AuditOptions how;
  how.rules = what.rules;
  how.columns = what.columns;
  Style style = call.out;
  style.format = Format::csv;
  const AuditReport found = audit_files({what.file}, call.library, how);
  if (!write_import(audit_file, render_audit(found, style), call)) return input_wrong;
  const auto n = [](std::size_t count) { return std::to_string(count); };
  std::cout << lines
            << (zh ? n(in_table) + " 张表写入 " + what.folder + "，" + n(alone) + " 张单独存放，" +
                         n(unread) + " 张没有读出；审核发现（最严重的在前）在 " + audit_file + "\n"
                   : n(in_table) + " forms are in " + what.folder + ", " + n(alone) + " alone, " +
                         n(unread) + " not read; what the audit found, worst first, is in " +
                         audit_file + "\n");
  std::cout << renamed_line(table.forms, zh);
  if (!table.csv.empty())
    std::cout << (zh ? "下一步：jixiao batch " : "next: jixiao batch ") << what.folder
              << " --rules " << table.rules << " -o " << base << ".scored.csv\n";
  return unread == 0 && in_table != 0 ? done : input_wrong;
}

int refuse_folder(const Call& call, const ImportCall& what) {
  Diagnostic d;
  d.code = "file.unreadable";
  d.file = what.file;
  d.message = {"这是目录，其中可能有许多表格", "this is a folder, perhaps of many forms"};
  d.help = {"合成一张表：jixiao import " + what.file + " -o projects.csv",
            "for one table of them: jixiao import " + what.file + " -o projects.csv"};
  report(call, {d});
  return input_wrong;
}

}  // namespace

int import_forms(const Call& call, const ImportCall& what) {
  if (what.folder.ends_with(".csv")) return import_table(call, what);
  std::error_code error;
  if (fs::is_directory(what.file, error)) return refuse_folder(call, what);
  const auto forms = read_forms(what.file, {what.columns});
  std::vector<Diagnostic> said = forms.diagnostics();
  if (!forms) {
    report(call, said);
    return input_wrong;
  }
  const bool zh = call.out.language == Language::zh;
  std::string written;
  bool whole = true;
  if (what.folder.empty()) {
    for (const FilledForm& form : *forms) {
      const ImportedForm imported = import_form(form, call.out.language);
      said.insert(said.end(), imported.questions.begin(), imported.questions.end());
      std::cout << imported.project << (imported.results.empty() ? "" : "\n") << imported.results;
    }
    std::cout.flush();
    report(call, said);
    return done;
  }
  for (std::size_t i = 0; i < forms->size() && whole; ++i) {
    const FilledForm& form = (*forms)[i];
    const fs::path folder = forms->size() == 1 ? fs::path(what.folder)
                                               : fs::path(what.folder) / std::to_string(i + 1);
    const ImportedForm imported = import_form(form, call.out.language);
    said.insert(said.end(), imported.questions.begin(), imported.questions.end());
    whole = write_form(folder, imported, call);
    if (!whole) break;
    for (const Text& line : imported.map) written += line.in(call.out.language) + "\n";
    const std::string questions = std::to_string(imported.questions.size());
    written +=
        (zh ? "已写入 " : "wrote ") + (folder / "project.toml").string() +
        (imported.results.empty() ? "" : (zh ? "、" : ", ") + (folder / "results.toml").string()) +
        (zh ? "：" : ": ") + form.project() +
        (zh ? "，" + questions + " 处待核对\n" : ", " + questions + " to confirm\n");
  }
  report(call, said);
  std::cout << written;
  if (!whole) return input_wrong;
  std::cout << (zh ? "下一步：核对 # ? 处，然后 jixiao check "
                   : "next: look at every # ?, then jixiao check ")
            << what.folder << (forms->size() == 1 ? "" : "/1") << "\n";
  return done;
}

int file_report(const Call& call, const ScoreCall& what, const FilingCall& how) {
  const bool zh = call.err.language == Language::zh;
  const auto by_name = how.file.empty() ? FileKind::markdown : file_kind(how.file);
  const auto kind = how.kind ? how.kind : by_name;
  if (!kind) {
    std::cerr << how.file
              << (zh ? "：看不出是哪种文件；用 .xlsx、.docx、.html 或 .md 结尾，或用 --kind\n"
                     : ": which kind of file? End its name in .xlsx, .docx, .html or .md, or give "
                       "--kind\n");
    return call_wrong;
  }
  const auto scored = read_and_score(call, what);
  if (!scored) return input_wrong;
  // A summary has no room for it.
  const AuditedForm audited =
      how.summary ? AuditedForm{}
                  : audit_project(scored->project, call.library, {what.rules, 1, what.as_filed});
  const auto bytes = jixiao::file_report(scored->rules, scored->project, scored->card, audited,
                                         {*kind, call.out.language, how.summary, what.as_filed},
                                         how.file);
  report(call, bytes.diagnostics());
  if (!bytes) return own_fault;
  if (how.file.empty())
    std::cout << *bytes;
  else if (!write_whole(call, how.file, *bytes))
    return own_fault;
  return status(scored->card);
}

}  // namespace jixiao::cli
