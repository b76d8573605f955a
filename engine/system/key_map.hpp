// Every project of a table by a hash of its name, with one number kept beside it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "system/large_pages.hpp"

namespace jixiao::system {

// 20 to 30 bytes per project. Many small tables that grow in turn, so that growing never doubles
// the whole; those that were reserved lie side by side in large pages.
class KeyMap {
 public:
  struct Seen {
    std::uint64_t value;  // the one kept: of the first mention
    bool before;
  };
  KeyMap() = default;
  KeyMap(KeyMap&&) = default;
  KeyMap& operator=(KeyMap&&) = default;

  // `value` below 2^64-1.
  Seen add(std::uint64_t key, std::uint64_t value);
  // Makes room for so many at once: growing on the way costs more than finding them.
  void reserve(std::uint64_t keys);
  // Says that the key is about to be added: in a large map it is far away.
  void expect(std::uint64_t key) const;
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  struct Slot {
    std::uint64_t key;
    std::uint64_t after;  // the value, and one more: where nothing was written there is none
  };
  struct Table {
    Slot* slots = nullptr;  // of `reserved_`, or its own
    std::uint32_t size = 0;
    std::uint32_t used = 0;
  };
  static Slot& find(const Table& table, std::uint64_t key, std::uint64_t mixed);
  void grow(std::size_t which);

  LargePages reserved_;
  std::array<Table, 256> tables_;  // few bytes, for they are looked at for every key
  std::array<std::vector<Slot>, 256> own_;
  std::uint64_t size_ = 0;
};

}  // namespace jixiao::system
