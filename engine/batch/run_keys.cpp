#include "batch/run_keys.hpp"

namespace jixiao::batch {
namespace {

constexpr std::uint64_t empty = static_cast<std::uint64_t>(-1);

// Whatever made the key, its bits are spread.
std::uint64_t mix(std::uint64_t key) {
  key ^= key >> 32U;
  key *= 0x9e3779b97f4a7c15U;
  key ^= key >> 29U;
  key *= 0xbf58476d1ce4e5b9U;
  return key ^ (key >> 32U);
}

}  // namespace

KeyMap::Slot& KeyMap::find(std::vector<Slot>& slots, std::uint64_t key, std::uint64_t mixed) {
  // The low half of the mixed key, scaled to the number of slots; the high byte has chosen the table.
  std::size_t at = static_cast<std::size_t>(((mixed & 0xffffffffU) * slots.size()) >> 32U);
  while (slots[at].value != empty && slots[at].key != key) at = at + 1 == slots.size() ? 0 : at + 1;
  return slots[at];
}

void KeyMap::grow(Table& table) {
  std::vector<Slot> larger(table.slots.empty() ? 16 : table.slots.size() + table.slots.size() / 2, Slot{0, empty});
  for (const Slot& slot : table.slots) {
    if (slot.value != empty) find(larger, slot.key, mix(slot.key)) = slot;
  }
  table.slots = std::move(larger);
}

void KeyMap::reserve(std::uint64_t keys) {
  const std::size_t wanted = static_cast<std::size_t>(keys / tables_.size() * 4 / 3 + 16);
  for (Table& table : tables_) {
    if (table.used == 0 && table.slots.size() < wanted) table.slots.assign(wanted, Slot{0, empty});
  }
}

void KeyMap::expect(std::uint64_t key) const {
  const std::uint64_t mixed = mix(key);
  const std::vector<Slot>& slots = tables_[mixed >> 56U].slots;
  if (!slots.empty()) __builtin_prefetch(&slots[static_cast<std::size_t>(((mixed & 0xffffffffU) * slots.size()) >> 32U)]);
}

KeyMap::Seen KeyMap::add(std::uint64_t key, std::uint64_t value) {
  const std::uint64_t mixed = mix(key);
  Table& table = tables_[mixed >> 56U];
  if (table.used * 5 >= table.slots.size() * 4) grow(table);
  Slot& slot = find(table.slots, key, mixed);
  if (slot.value != empty) return {slot.value, true};
  slot = {key, value};
  ++table.used;
  ++size_;
  return {value, false};
}

}  // namespace jixiao::batch
