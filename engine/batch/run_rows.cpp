#include "batch/run_rows.hpp"

#include "batch/run_pipeline.hpp"
#include "table/text_buffer.hpp"

namespace jixiao::batch {
namespace {

void read_into(std::span<std::uint32_t> numbers, const Spill& spill, std::uint64_t offset) {
  spill.read(offset, {reinterpret_cast<char*>(numbers.data()), numbers.size_bytes()});  // NOLINT: its own bytes
}

}  // namespace

struct RowStore::WritingSlot {
  Stretch here;
  table::TextBuffer rows;
  std::vector<std::uint32_t> rank_at;
  std::uint64_t first_project = 0;
  table::TextBuffer out;
};

void insert_ranks(table::TextBuffer& to, std::string_view rows, std::span<const std::uint32_t> rank_at, std::span<const double> ranks) {
  to.clear();
  to.room(rows.size() + rank_at.size() * 8);
  std::size_t written = 0;
  for (std::size_t i = 0; i < rank_at.size(); ++i) {
    to.put(rows.substr(written, rank_at[i] - written));
    written = rank_at[i];
    if (!ranks.empty()) to.put_number(ranks[i]);
  }
  to.put(rows.substr(written));
}

void RowStore::add(std::string_view rows, std::span<const std::uint32_t> rank_at) {
  if (rows.empty()) return;
  const std::uint64_t offset = spill_.append(rows);
  spill_.append({reinterpret_cast<const char*>(rank_at.data()), rank_at.size_bytes()});  // NOLINT: its own bytes
  stretches_.push_back({offset, static_cast<std::uint32_t>(rows.size()), static_cast<std::uint32_t>(rank_at.size())});
  projects_ += rank_at.size();
}

bool RowStore::write(std::span<const double> ranks, std::size_t threads, table::ByteSink& out, const std::atomic<bool>* stop) const {
  std::vector<WritingSlot> slots(2 * threads);
  std::size_t stretch = 0;
  std::uint64_t project = 0;
  bool stopped = false;
  in_order(
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
        slot.rows.clear();
        char* const room = slot.rows.room(here.rows);
        spill_.read(here.offset, {room, here.rows});
        slot.rows.end(room + here.rows);
        slot.rank_at.resize(here.projects);
        read_into(slot.rank_at, spill_, here.offset + here.rows);
        insert_ranks(slot.out, slot.rows, slot.rank_at, ranks.empty() ? ranks : ranks.subspan(slot.first_project, here.projects));
      },
      [&](WritingSlot& slot) {
        out.write(slot.out);
        return true;
      });
  return !stopped;
}

}  // namespace jixiao::batch
