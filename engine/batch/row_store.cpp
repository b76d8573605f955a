#include "batch/row_store.hpp"

#include "system/pipeline.hpp"
#include "table/text_buffer.hpp"

namespace jixiao::batch {
namespace {

void read_into(std::span<std::uint32_t> numbers, const table::Spill& spill, std::uint64_t offset) {
  // NOLINT: its own bytes
  spill.read(offset, {reinterpret_cast<char*>(numbers.data()), numbers.size_bytes()});
}

// `rows` with the late cells of each project put in where they belong, the first one being `first`.
void insert_cells(table::TextBuffer& to, std::string_view rows,
                  std::span<const std::uint32_t> late_at, const std::vector<PutCell>& late,
                  std::uint64_t first) {
  to.clear();
  to.room(rows.size() + late_at.size() * 8);
  std::size_t written = 0;
  std::size_t at = 0;
  for (std::uint64_t project = first; at < late_at.size(); ++project) {
    for (const PutCell& put : late) {
      to.put(rows.substr(written, late_at[at] - written));
      written = late_at[at++];
      put(to, project);
    }
  }
  to.put(rows.substr(written));
}

}  // namespace

struct RowStore::WritingSlot {
  Stretch here;
  std::uint64_t first_project = 0;
  table::TextBuffer room;
  std::vector<std::uint32_t> late_at;
  table::TextBuffer whole;
  std::string_view out;
};

void RowStore::add(std::string_view rows, std::span<const std::uint32_t> late_at) {
  if (rows.empty()) return;
  const std::uint64_t offset = spill_.append(rows);
  // NOLINT: its own bytes
  spill_.append({reinterpret_cast<const char*>(late_at.data()), late_at.size_bytes()});
  stretches_.push_back({offset, static_cast<std::uint32_t>(rows.size()),
                        static_cast<std::uint32_t>(late_at.size())});
}

bool RowStore::write(const std::vector<PutCell>& late, std::size_t threads, table::ByteSink& out,
                     const std::atomic<bool>* stop) const {
  std::vector<WritingSlot> slots(2 * threads);
  std::size_t stretch = 0;
  std::uint64_t project = 0;
  bool stopped = false;
  system::in_order(
      threads, slots,
      [&](WritingSlot& slot) {
        stopped = stop != nullptr && stop->load();
        if (stopped || stretch == stretches_.size()) return false;
        const Stretch& here = stretches_[stretch++];
        slot.here = here;
        slot.first_project = project;
        if (!late.empty()) project += here.cells / late.size();
        return true;
      },
      [&](WritingSlot& slot, std::size_t) {
        const Stretch& here = slot.here;
        slot.out = spill_.view(here.offset, here.rows, slot.room);
        if (late.empty()) return;
        slot.late_at.resize(here.cells);
        read_into(slot.late_at, spill_, here.offset + here.rows);
        insert_cells(slot.whole, slot.out, slot.late_at, late, slot.first_project);
        slot.out = slot.whole;
      },
      [&](WritingSlot& slot) {
        out.write(slot.out);
        return true;
      });
  return !stopped;
}

}  // namespace jixiao::batch
