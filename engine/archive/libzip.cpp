#include "archive/libzip.hpp"

#include "system/shared_library.hpp"

namespace jixiao::archive {

const Libzip& libzip() {
  static const Libzip only = [] {
    Libzip out;
    system::SharedLibrary library("libzip.so.4");
#define JIXIAO_FUNCTION(function) library.find(#function, out.function);
    JIXIAO_LIBZIP_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
    out.loaded = library.is_there();
    out.why_not = library.why_not();
    return out;
  }();
  return only;
}

}  // namespace jixiao::archive
