// Forms as documents: any bytes as .docx, .xlsx, .csv or .txt.
#include "fuzz.hpp"

#include "reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr const char* names[] = {"form.txt", "form.csv", "form.tsv", "form.xlsx", "form.docx"};
  fuzz::read_forms(names[data[0] % std::size(names)], fuzz::text_of(data + 1, size - 1));
  return 0;
}
