// Bytes that are put aside and read again: in memory up to a budget, beyond it in a temporary file
// nobody else can see.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "system/large_pages.hpp"
#include "table/text_buffer.hpp"

namespace jixiao::table {

// A file in $TMPDIR (else /tmp) without a name, so that it goes when the process does, however it
// ends. Made when first written to.
class TemporaryFile {
 public:
  TemporaryFile() = default;
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();
  // Both throw table::StreamFailure.
  void write(std::uint64_t offset, std::string_view bytes);
  void read(std::uint64_t offset, std::span<char> room) const;

 private:
  int descriptor_ = -1;
};

// Grows at its end only. Reading is safe from any thread while nobody appends.
class Spill {
 public:
  explicit Spill(std::uint64_t budget) : budget_(budget) {}
  // Where the bytes stand from now on.
  std::uint64_t append(std::string_view bytes);
  void read(std::uint64_t offset, std::span<char> room) const;
  // The same where it lies, if it lies there in one, else in `room`.
  [[nodiscard]] std::string_view view(std::uint64_t offset, std::size_t bytes,
                                      table::TextBuffer& room) const;
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] bool on_disk() const { return size_ > held(); }

 private:
  static constexpr std::size_t block = std::size_t{2} << 20;
  [[nodiscard]] std::uint64_t held() const { return blocks_.size() * block; }

  std::uint64_t budget_;
  std::uint64_t size_ = 0;
  std::vector<system::LargePages> blocks_;
  TemporaryFile file_;
};

}  // namespace jixiao::table
