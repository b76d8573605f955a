#include "ruleset/citation.hpp"

namespace jixiao::ruleset {

using text::Code;
using text::TableReader;

std::vector<Citation> read_citations(TableReader& reader, std::string_view key, bool required,
                                     const std::string& whose,
                                     std::vector<Diagnostic>& diagnostics) {
  std::vector<Citation> out;
  for (const text::Node* table : reader.tables(key)) {
    TableReader item(*table, "cite", diagnostics);
    Citation citation;
    citation.text = item.required_string("text");
    if (!item.has("evidence")) {
      reader.report(
          Code::evidence_missing, table->place,
          {"依据没有说明可靠程度 'evidence'", "a citation without 'evidence': how sure is it?"},
          {"加上 evidence = \"background\"（未核对原文），或 "
           "verified、form、computed、illustrative",
           "add evidence = \"background\" (not checked against the text), or verified, form, "
           "computed, illustrative"});
    }
    const auto evidence =
        item.choice("evidence", {"verified", "form", "computed", "background", "illustrative"});
    citation.evidence =
        static_cast<Evidence>(evidence.value_or(static_cast<std::size_t>(Evidence::background)));
    citation.url = item.string("url").value_or("");
    citation.note = item.string("note").value_or("");
    item.finish();
    out.push_back(std::move(citation));
  }
  if (required && out.empty()) {
    const bool whole = whose == "rule set";
    reader.report(Code::evidence_missing, reader.place(),
                  {(whole ? "规则集" : whose + " ") + "没有注明依据",
                   (whole ? "the rule set" : whose) + " cites no source"},
                  {"加上 cite = { text = \"文件名称\", evidence = \"background\" }",
                   "add cite = { text = \"document\", evidence = \"background\" }"});
  }
  return out;
}

std::vector<Cited> cited(std::span<const Citation> citations) {
  std::vector<Cited> out;
  for (const Citation& citation : citations)
    out.push_back({citation.text, name(citation.evidence), citation.url});
  return out;
}

}  // namespace jixiao::ruleset
