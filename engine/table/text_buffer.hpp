// Text in the making: what is read from a table before it is cut, records before they are written.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace jixiao::table {

// Grows and is reused. Unlike a string's, its room is not filled with zeros before something is
// read into it.
class TextBuffer {
 public:
  TextBuffer() = default;
  TextBuffer(TextBuffer&& other) noexcept { swap(other); }
  TextBuffer& operator=(TextBuffer&& other) noexcept {
    swap(other);
    return *this;
  }
  void swap(TextBuffer& other) noexcept {
    std::swap(begin_, other.begin_);
    std::swap(at_, other.at_);
    std::swap(limit_, other.limit_);
  }

  void clear() { at_ = begin_.get(); }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(at_ - begin_.get()); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] const char* data() const { return begin_.get(); }
  [[nodiscard]] std::string_view view() const { return {begin_.get(), size()}; }
  operator std::string_view() const { return view(); }
  TextBuffer& operator=(std::string_view text) {
    clear();
    put(text);
    return *this;
  }
  // What is behind the first `bytes` goes.
  void cut(std::size_t bytes) { at_ = begin_.get() + bytes; }

  void put(char c) {
    *room(1) = c;
    ++at_;
  }
  void put(std::string_view text) {
    char* const to = room(text.size());
    copy(to, text.data(), text.size());
    at_ = to + text.size();
  }
  // As append_cell, append_fixed, append_plain and append_number of cells.hpp: the same bytes.
  void put_cell(std::string_view text);
  void put_fixed(double value, int digits);
  void put_plain(double value, int digits);
  void put_number(double value);

  // Room for so many bytes behind what there is; end() says where what was written there ends.
  char* room(std::size_t bytes) {
    if (static_cast<std::size_t>(limit_ - at_) < bytes) grow(bytes);
    return at_;
  }
  void end(char* at) { at_ = at; }

  // A few bytes copied without a call. The two must not overlap.
  static void copy(char* to, const char* from, std::size_t bytes) {
    if (bytes >= 16) {
      if (bytes > 64) {
        std::memcpy(to, from, bytes);
        return;
      }
      for (std::size_t at = 0; at + 16 < bytes; at += 16) std::memcpy(to + at, from + at, 16);
      std::memcpy(to + bytes - 16, from + bytes - 16, 16);
    } else if (bytes >= 8) {
      std::memcpy(to, from, 8);
      std::memcpy(to + bytes - 8, from + bytes - 8, 8);
    } else if (bytes >= 4) {
      std::memcpy(to, from, 4);
      std::memcpy(to + bytes - 4, from + bytes - 4, 4);
    } else {
      for (std::size_t i = 0; i < bytes; ++i) to[i] = from[i];
    }
  }

 private:
  void grow(std::size_t bytes);

  std::unique_ptr<char[]> begin_;
  char* at_ = nullptr;
  char* limit_ = nullptr;
};

}  // namespace jixiao::table
