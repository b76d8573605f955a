// Results as CSV, and a text through a cell of our own CSV and back.
#include "fuzz.hpp"

#include "page/csv.hpp"
#include "project/csv.hpp"
#include "text/source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jixiao;
  const std::string text = fuzz::text_of(data, size);
  std::vector<Diagnostic> diagnostics;
  const auto source = text::source_from_text("results.csv", text, diagnostics);
  if (source != nullptr) project::read_table(source, diagnostics);
  const std::string cell = page::csv_cell(text);
  const std::string_view first = std::string_view(cell).substr(cell.starts_with('"') ? 1 : 0, 1);
  // Neutralised, or a number.
  if (!first.empty() && std::string_view("=@\t\r").find(first.front()) != std::string_view::npos)
    fuzz::must(false);
  return 0;
}
