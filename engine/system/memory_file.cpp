#include "system/memory_file.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace jixiao::system {

MemoryFile::MemoryFile()
    : file_(memfd_create("jixiao", MFD_CLOEXEC)), name_("/proc/self/fd/" + std::to_string(file_)) {}

MemoryFile::~MemoryFile() {
  if (file_ >= 0) ::close(file_);
}

std::string MemoryFile::bytes() const {
  struct stat about {};
  if (::fstat(file_, &about) != 0) return {};
  std::string out(static_cast<std::size_t>(about.st_size), '\0');
  std::size_t filled = 0;
  while (filled < out.size()) {
    const ssize_t got =
        ::pread(file_, out.data() + filled, out.size() - filled, static_cast<off_t>(filled));
    if (got <= 0) return {};
    filled += static_cast<std::size_t>(got);
  }
  return out;
}

}  // namespace jixiao::system
