#include "system/key_map.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace jixiao::system {
namespace {

// Whatever made the key, its bits are spread.
std::uint64_t mix(std::uint64_t key) {
  key ^= key >> 32U;
  key *= 0x9e3779b97f4a7c15U;
  key ^= key >> 29U;
  key *= 0xbf58476d1ce4e5b9U;
  return key ^ (key >> 32U);
}

// The low half of the mixed key, scaled to the number of slots; the high byte has chosen the table.
std::size_t slot_of(std::uint64_t mixed, std::uint64_t slots) {
  return static_cast<std::size_t>(((mixed & 0xffffffffU) * slots) >> 32U);
}

}  // namespace

KeyMap::Slot& KeyMap::find(const Table& table, std::uint64_t key, std::uint64_t mixed) {
  std::size_t at = slot_of(mixed, table.size);
  while (table.slots[at].after != 0 && table.slots[at].key != key)
    at = at + 1 == table.size ? 0 : at + 1;
  return table.slots[at];
}

void KeyMap::grow(std::size_t which) {
  Table& table = tables_[which];
  std::vector<Slot> larger(table.size == 0 ? 16 : table.size + table.size / 2);
  const Table next{larger.data(), static_cast<std::uint32_t>(larger.size()), table.used};
  for (const Slot& slot : std::span(table.slots, table.size)) {
    if (slot.after != 0) find(next, slot.key, mix(slot.key)) = slot;
  }
  own_[which] = std::move(larger);
  table = next;
}

void KeyMap::reserve(std::uint64_t keys) {
  if (size_ > 0) return;
  const std::uint64_t each =
      std::min<std::uint64_t>(keys / tables_.size() * 4 / 3 + 16, std::uint32_t{1} << 30);
  reserved_ = LargePages(each * tables_.size() * sizeof(Slot));
  auto* slots = reinterpret_cast<Slot*>(reserved_.data());  // NOLINT: zeros are empty slots
  for (Table& table : tables_)
    table = {std::exchange(slots, slots + each), static_cast<std::uint32_t>(each), 0};
}

void KeyMap::expect(std::uint64_t key) const {
  const std::uint64_t mixed = mix(key);
  const Table& table = tables_[mixed >> 56U];
  if (table.size > 0) __builtin_prefetch(table.slots + slot_of(mixed, table.size), 1);
}

KeyMap::Seen KeyMap::add(std::uint64_t key, std::uint64_t value) {
  const std::uint64_t mixed = mix(key);
  const auto which = static_cast<std::size_t>(mixed >> 56U);
  Table& table = tables_[which];
  if (std::uint64_t{table.used} * 5 >= std::uint64_t{table.size} * 4) grow(which);
  Slot& slot = find(table, key, mixed);
  if (slot.after != 0) return {slot.after - 1, true};
  slot = {key, value + 1};
  ++table.used;
  ++size_;
  return {value, false};
}

}  // namespace jixiao::system
