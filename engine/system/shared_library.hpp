// A library that is loaded when it is first asked for: linking it would cost every start, or make
// it a need.
#pragma once

#include <string>

namespace jixiao::system {

class SharedLibrary {
 public:
  // By file or by the loader's name for it. Stays loaded until the process ends; is not there when
  // it cannot be loaded.
  explicit SharedLibrary(const std::string& name);

  [[nodiscard]] bool is_there() const { return handle_ != nullptr; }
  // What the loader said, or which function is missing.
  [[nodiscard]] const std::string& why_not() const { return why_not_; }

  template <class Function>
  void find(const char* name, Function*& function) {
    function = reinterpret_cast<Function*>(address(name));
  }

 private:
  void* address(const char* name);

  void* handle_ = nullptr;
  std::string why_not_;
};

}  // namespace jixiao::system
