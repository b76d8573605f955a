#include "system/shared_library.hpp"

#include <dlfcn.h>

namespace jixiao::system {

SharedLibrary::SharedLibrary(const std::string& name)
    : handle_(dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL)) {
  if (!handle_) why_not_ = dlerror();
}

void* SharedLibrary::address(const char* name) {
  if (!handle_) return nullptr;
  void* const found = dlsym(handle_, name);
  if (!found) {
    why_not_ = std::string("no function ") + name;
    handle_ = nullptr;
  }
  return found;
}

}  // namespace jixiao::system
