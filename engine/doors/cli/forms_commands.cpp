#include "forms_commands.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

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

}  // namespace

int import_forms(const Call& call, const ImportCall& what) {
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

}  // namespace jixiao::cli
