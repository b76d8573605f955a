// Forms as documents: any bytes as .docx, .xlsx, .csv or .txt. What is found becomes TOML the project's reader can parse.
#include "fuzz.hpp"

#include "forms/document.hpp"
#include "forms/draft.hpp"
#include "forms/recognition.hpp"
#include "forms/writing.hpp"
#include "text/source.hpp"
#include "text/toml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jixiao;
  if (size == 0) return 0;
  constexpr const char* names[] = {"form.txt", "form.csv", "form.tsv", "form.xlsx", "form.docx"};
  const std::string name = names[data[0] % std::size(names)];
  std::vector<Diagnostic> diagnostics;
  const auto document = forms::read_document(name, fuzz::text_of(data + 1, size - 1), diagnostics);
  if (!document) {
    fuzz::must(!diagnostics.empty());
    return 0;
  }
  for (const forms::Form& form : forms::recognise(*document, diagnostics)) {
    const forms::Draft draft = forms::understand(form);
    for (const Language language : {Language::zh, Language::en}) {
      for (const std::string& written : {forms::write_project(draft, language), forms::write_results(draft, language)}) {
        std::vector<Diagnostic> found;
        const auto source = text::source_from_text("written.toml", written, found);
        fuzz::must(source != nullptr && text::parse_toml(source, found) != nullptr);
      }
    }
  }
  return 0;
}
