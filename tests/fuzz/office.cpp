// Workbooks and Word documents by their parts: the bytes are the XML inside, packed here, so that
// changed ones still open. The first byte says which kind (even: .xlsx); parts end in a byte 1.
#include "fuzz.hpp"

#include "archive/packing.hpp"
#include "reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jixiao;
  if (size == 0) return 0;
  const bool sheet = data[0] % 2 == 0;
  std::vector<std::string> names{"word/document.xml"};
  if (sheet)
    names = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
             "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"};
  archive::Parts parts;
  std::string rest = fuzz::text_of(data + 1, size - 1);
  for (const std::string& name : names) {
    const std::size_t end = std::min(rest.find('\x01'), rest.size());
    if (end > 0) parts.emplace_back(name, rest.substr(0, end));
    rest.erase(0, end + 1);
  }
  if (parts.empty()) return 0;
  std::vector<Diagnostic> diagnostics;
  const auto bytes = archive::pack(parts, "form", diagnostics);
  if (bytes) fuzz::read_forms(sheet ? "form.xlsx" : "form.docx", *bytes);
  return 0;
}
