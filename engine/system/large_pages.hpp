// Memory that is wanted in large pages: a fault and a look-up for each small page of a big table
// cost as much as the work on it.
#pragma once

#include <cstddef>
#include <utility>

namespace jixiao::system {

// Filled with zeros; its pages come when they are first touched. Throws std::bad_alloc.
class LargePages {
 public:
  LargePages() = default;
  explicit LargePages(std::size_t bytes);
  LargePages(LargePages&& other) noexcept { swap(other); }
  LargePages& operator=(LargePages&& other) noexcept {
    swap(other);
    return *this;
  }
  ~LargePages();
  [[nodiscard]] char* data() const { return begin_; }

 private:
  void swap(LargePages& other) noexcept {
    std::swap(mapped_, other.mapped_);
    std::swap(length_, other.length_);
    std::swap(begin_, other.begin_);
  }
  void* mapped_ = nullptr;
  std::size_t length_ = 0;
  char* begin_ = nullptr;
};

}  // namespace jixiao::system
