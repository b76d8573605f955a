#include "batch/run_keys.hpp"

#include <utility>

namespace jixiao::batch {
namespace {

// Whatever made the key, its bits are spread.
std::uint64_t mix(std::uint64_t key) {
  key ^= key >> 32U;
  key *= 0x9e3779b97f4a7c15U;
  key ^= key >> 29U;
  key *= 0xbf58476d1ce4e5b9U;
  return key ^ (key >> 32U);
}

}  // namespace

KeyMap::Slot& KeyMap::find(std::span<Slot> slots, std::uint64_t key, std::uint64_t mixed) {
  // The low half of the mixed key, scaled to the number of slots; the high byte has chosen the table.
  std::size_t at = static_cast<std::size_t>(((mixed & 0xffffffffU) * slots.size()) >> 32U);
  while (slots[at].after != 0 && slots[at].key != key) at = at + 1 == slots.size() ? 0 : at + 1;
  return slots[at];
}

void KeyMap::grow(Table& table) {
  std::vector<Slot> larger(table.slots.empty() ? 16 : table.slots.size() + table.slots.size() / 2);
  for (const Slot& slot : table.slots) {
    if (slot.after != 0) find(larger, slot.key, mix(slot.key)) = slot;
  }
  table.own = std::move(larger);
  table.slots = table.own;
}

void KeyMap::reserve(std::uint64_t keys) {
  const auto each = static_cast<std::size_t>(keys / tables_.size() * 4 / 3 + 16);
  if (size_ > 0) return;
  reserved_ = LargePages(each * tables_.size() * sizeof(Slot));
  auto* slots = reinterpret_cast<Slot*>(reserved_.data());  // NOLINT: zeros are empty slots
  for (Table& table : tables_) table.slots = {std::exchange(slots, slots + each), each};
}

void KeyMap::expect(std::uint64_t key) const {
  const std::uint64_t mixed = mix(key);
  const std::span<const Slot> slots = tables_[mixed >> 56U].slots;
  if (!slots.empty()) __builtin_prefetch(&slots[static_cast<std::size_t>(((mixed & 0xffffffffU) * slots.size()) >> 32U)]);
}

KeyMap::Seen KeyMap::add(std::uint64_t key, std::uint64_t value) {
  const std::uint64_t mixed = mix(key);
  Table& table = tables_[mixed >> 56U];
  if (table.used * 5 >= table.slots.size() * 4) grow(table);
  Slot& slot = find(table.slots, key, mixed);
  if (slot.after != 0) return {slot.after - 1, true};
  slot = {key, value + 1};
  ++table.used;
  ++size_;
  return {value, false};
}

}  // namespace jixiao::batch
