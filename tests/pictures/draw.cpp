// draw FOLDER [--awkward]   writes the picture of every kind of study, in both languages; with
// --awkward those of awkward answers, as PNG and on dark paper too.
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "jixiao/pictures.hpp"
#include "jixiao/report.hpp"
#include "unit/report/sample_study.hpp"

using namespace jixiao;

namespace {

bool write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  return static_cast<bool>(out.flush());
}

bool draw(const std::filesystem::path& folder, const std::string& name, const StudyReport& report,
          bool all) {
  bool good = true;
  for (const Language language : {Language::zh, Language::en}) {
    const std::string stem = name + (language == Language::zh ? "-zh" : "-en");
    const Picture sheet = study_sheet(report, {language, Paper::light});
    if (!all) {
      good = write(folder / (stem + ".svg"), sheet.svg) && good;
      continue;
    }
    for (const Paper paper : {Paper::light, Paper::dark}) {
      const auto png = png_of(study_sheet(report, {language, paper}), 1);
      if (!png) std::cerr << stem << ": " << png.diagnostics()[0].message.en << "\n";
      good = png && write(folder / (stem + (paper == Paper::dark ? "-dark" : "") + ".png"), *png) &&
             good;
    }
    good = write(folder / (stem + ".html"),
                 render_study(report, {Format::html, language, false, 100})) &&
           good;
  }
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  const bool awkward = argc > 2 && std::strcmp(argv[2], "--awkward") == 0;
  if (argc < 2 || (argc > 2 && !awkward)) {
    std::cerr << "draw FOLDER [--awkward]\n";
    return 2;
  }
  bool good = true;
  for (const auto& [name, report] : tests::sample_studies())
    good = draw(argv[1], name, report, awkward) && good;
  if (awkward) {
    for (const auto& [name, report] : tests::awkward_studies())
      good = draw(argv[1], name, report, true) && good;
  }
  return good ? 0 : 1;
}
