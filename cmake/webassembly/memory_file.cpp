// A page's files are all in memory.
#include "system/memory_file.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>

namespace jixiao::system {

MemoryFile::MemoryFile() : file_(0) {
  static int number = 0;
  name_ = "/tmp/memory-" + std::to_string(++number);
}

MemoryFile::~MemoryFile() { ::unlink(name_.c_str()); }

std::string MemoryFile::bytes() const {
  std::ifstream in(name_, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace jixiao::system
