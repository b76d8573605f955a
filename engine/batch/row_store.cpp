#include "batch/row_store.hpp"

#include "system/pipeline.hpp"
#include "table/text_buffer.hpp"

namespace jixiao::batch {
namespace {

void read_into(std::span<std::uint32_t> numbers, const table::Spill& spill, std::uint64_t offset) {
  // NOLINT: its own bytes
  spill.read(offset, {reinterpret_cast<char*>(numbers.data()), numbers.size_bytes()});
}

// `rows` with the rank of each project put in where it belongs, the first one being `first`.
void insert_ranks(table::TextBuffer& to, std::string_view rows,
                  std::span<const std::uint32_t> rank_at, const portfolio::RankColumn& ranks,
                  std::uint64_t first) {
  to.clear();
  to.room(rows.size() + rank_at.size() * 8);
  std::size_t written = 0;
  for (std::size_t i = 0; i < rank_at.size(); ++i) {
    to.put(rows.substr(written, rank_at[i] - written));
    written = rank_at[i];
    to.put_number(ranks[first + i]);
  }
  to.put(rows.substr(written));
}

}  // namespace

struct RowStore::WritingSlot {
  Stretch here;
  std::uint64_t first_project = 0;
  table::TextBuffer room;
  std::vector<std::uint32_t> rank_at;
  table::TextBuffer ranked;
  std::string_view out;
};

void RowStore::add(std::string_view rows, std::span<const std::uint32_t> rank_at) {
  if (rows.empty()) return;
  const std::uint64_t offset = spill_.append(rows);
  // NOLINT: its own bytes
  spill_.append({reinterpret_cast<const char*>(rank_at.data()), rank_at.size_bytes()});
  stretches_.push_back({offset, static_cast<std::uint32_t>(rows.size()),
                        static_cast<std::uint32_t>(rank_at.size())});
  projects_ += rank_at.size();
}

bool RowStore::write(const portfolio::RankColumn& ranks, std::size_t threads, table::ByteSink& out,
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
        project += here.projects;
        return true;
      },
      [&](WritingSlot& slot, std::size_t) {
        const Stretch& here = slot.here;
        slot.out = spill_.view(here.offset, here.rows, slot.room);
        if (ranks.empty()) return;
        slot.rank_at.resize(here.projects);
        read_into(slot.rank_at, spill_, here.offset + here.rows);
        insert_ranks(slot.ranked, slot.out, slot.rank_at, ranks, slot.first_project);
        slot.out = slot.ranked;
      },
      [&](WritingSlot& slot) {
        out.write(slot.out);
        return true;
      });
  return !stopped;
}

}  // namespace jixiao::batch
