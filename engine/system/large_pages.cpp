#include "system/large_pages.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace jixiao::system {
namespace {

constexpr std::size_t large_page = std::size_t{2} << 20;

}  // namespace

// Begins where a large page does, so that the kernel may give it as such.
LargePages::LargePages(std::size_t bytes) : length_(bytes + large_page) {
  mapped_ = mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped_ == MAP_FAILED) {
    mapped_ = nullptr;
    throw std::bad_alloc();
  }
  const auto address = reinterpret_cast<std::uintptr_t>(mapped_);  // NOLINT: rounded up to a
                                                                   // multiple
  begin_ = static_cast<char*>(mapped_) + (large_page - address % large_page) % large_page;
#ifdef MADV_HUGEPAGE
  if (bytes >= large_page)
    madvise(begin_, bytes, MADV_HUGEPAGE);  // a whole one for a few bytes would be slow
#endif
}

LargePages::~LargePages() {
  if (mapped_ != nullptr) munmap(mapped_, length_);
}

}  // namespace jixiao::system
