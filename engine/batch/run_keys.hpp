// Every project of a table by a hash of its name, with one number kept beside it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace jixiao::batch {

// 20 to 30 bytes a project. Many small tables that grow in turn, so that growing never doubles the whole.
class KeyMap {
 public:
  struct Seen {
    std::uint64_t value;  // the one kept: of the first mention
    bool before;
  };
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
    std::uint64_t value;
  };
  struct Table {
    std::vector<Slot> slots;
    std::size_t used = 0;
  };
  static Slot& find(std::vector<Slot>& slots, std::uint64_t key, std::uint64_t mixed);
  static void grow(Table& table);

  std::array<Table, 256> tables_;
  std::uint64_t size_ = 0;
};

}  // namespace jixiao::batch
