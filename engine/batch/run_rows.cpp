#include "batch/run_rows.hpp"

#include <cmath>
#include <cstring>

#include "batch/run_pipeline.hpp"
#include "table/cells.hpp"

namespace jixiao::batch {
namespace {

struct WritingSlot {
  std::string rows;
  std::vector<std::uint32_t> rank_at;
  std::uint64_t first_project = 0;
  std::string out;
};

}  // namespace

void insert_ranks(std::string& to, std::string_view rows, std::span<const std::uint32_t> rank_at, std::span<const double> ranks) {
  to.clear();
  to.reserve(rows.size() + rank_at.size() * 8);
  std::size_t written = 0;
  for (std::size_t i = 0; i < rank_at.size(); ++i) {
    to.append(rows.substr(written, rank_at[i] - written));
    written = rank_at[i];
    if (!ranks.empty() && !std::isnan(ranks[i])) table::append_number(to, ranks[i]);
  }
  to.append(rows.substr(written));
}

void RowStore::add(std::string_view rows, std::span<const std::size_t> rank_at) {
  if (rows.empty()) return;
  const std::uint64_t offset = spill_.append(rows);
  std::string positions(rank_at.size() * sizeof(std::uint32_t), '\0');
  for (std::size_t i = 0; i < rank_at.size(); ++i) {
    const auto at = static_cast<std::uint32_t>(rank_at[i]);
    std::memcpy(positions.data() + i * sizeof at, &at, sizeof at);
  }
  spill_.append(positions);
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
        slot.rows.resize(here.rows);
        slot.rank_at.resize(here.projects);
        spill_.read(here.offset, slot.rows);
        std::string positions(here.projects * sizeof(std::uint32_t), '\0');
        spill_.read(here.offset + here.rows, positions);
        std::memcpy(slot.rank_at.data(), positions.data(), positions.size());
        slot.first_project = project;
        project += here.projects;
        return true;
      },
      [&](WritingSlot& slot, std::size_t) {
        insert_ranks(slot.out, slot.rows, slot.rank_at,
                     ranks.empty() ? ranks : ranks.subspan(slot.first_project, slot.rank_at.size()));
      },
      [&](WritingSlot& slot) {
        out.write(slot.out);
        return true;
      });
  return !stopped;
}

}  // namespace jixiao::batch
