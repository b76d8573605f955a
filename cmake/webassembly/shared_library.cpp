// A page loads nothing: the libraries that the program loads when it needs them are linked into it.
#include "system/shared_library.hpp"

#include <cstring>

#include "archive/libzip.hpp"
#include "workbook/libxlsxwriter.hpp"

namespace jixiao::system {
namespace {

struct Linked {
  const char* name;
  void* address;
};

#define JIXIAO_FUNCTION(function) Linked{#function, reinterpret_cast<void*>(&::function)},
const Linked zip_functions[] = {JIXIAO_LIBZIP_FUNCTIONS(JIXIAO_FUNCTION)};
const Linked xlsx_functions[] = {JIXIAO_XLSX_FUNCTIONS(JIXIAO_FUNCTION)};
#undef JIXIAO_FUNCTION

}  // namespace

SharedLibrary::SharedLibrary(const std::string& name) {
  if (name.starts_with("libzip") || name.starts_with("libxlsxwriter"))
    handle_ = this;
  else
    why_not_ = name + " is not part of the page";
}

void* SharedLibrary::address(const char* name) {
  for (const Linked& one : zip_functions) {
    if (std::strcmp(one.name, name) == 0) return one.address;
  }
  for (const Linked& one : xlsx_functions) {
    if (std::strcmp(one.name, name) == 0) return one.address;
  }
  why_not_ = std::string("no function ") + name;
  handle_ = nullptr;
  return nullptr;
}

}  // namespace jixiao::system
