#include "workbook/libxlsxwriter.hpp"

#include "system/shared_library.hpp"

namespace jixiao::workbook {

const Libxlsxwriter& libxlsxwriter() {
  static const Libxlsxwriter only = [] {
    Libxlsxwriter out;
    system::SharedLibrary library("libxlsxwriter.so.4");
#define JIXIAO_FUNCTION(function) library.find(#function, out.function);
    JIXIAO_XLSX_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
    out.loaded = library.is_there();
    out.why_not = library.why_not();
    return out;
  }();
  return only;
}

}  // namespace jixiao::workbook
