// A document of a stranger, all the way: read, recognised, written as TOML the project's reader can
// parse, read back.
#pragma once

#include "fuzz.hpp"

#include "document/document.hpp"
#include "forms/draft.hpp"
#include "forms/read_back.hpp"
#include "forms/recognition.hpp"
#include "forms/writing.hpp"
#include "text/source.hpp"
#include "text/toml.hpp"

namespace fuzz {

inline void read_forms(const std::string& name, const std::string& bytes) {
  using namespace jixiao;
  std::vector<Diagnostic> diagnostics;
  const auto document = forms::read_document(name, bytes, diagnostics);
  if (!document) return must(!diagnostics.empty());
  for (const forms::Form& form : forms::recognise(*document, diagnostics)) {
    forms::Draft draft = forms::understand(form);
    for (const Language language : {Language::zh, Language::en}) {
      for (const std::string& written :
           {forms::write_project(draft, language), forms::write_results(draft, language)}) {
        std::vector<Diagnostic> found;
        const auto source = text::source_from_text("written.toml", written, found);
        must(source != nullptr && text::parse_toml(source, found) != nullptr);
      }
    }
    forms::read_back(draft);
  }
}

}  // namespace fuzz
