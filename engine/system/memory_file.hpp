// A file in memory that a library can open by name.
#pragma once

#include <string>

namespace jixiao::system {

class MemoryFile {
 public:
  MemoryFile();
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] bool is_there() const { return file_ >= 0; }
  [[nodiscard]] const std::string& name() const { return name_; }
  // What was written into it; "" when it cannot be read.
  [[nodiscard]] std::string bytes() const;

 private:
  int file_;
  std::string name_;
};

}  // namespace jixiao::system
