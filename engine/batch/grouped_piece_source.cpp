// Pieces of whole projects from tables in any order.
#include <algorithm>
#include <cmath>
#include <functional>

#include "batch/piece_source.hpp"
#include "batch/project_buckets.hpp"
#include "system/pipeline.hpp"
#include "table/cells.hpp"

namespace jixiao::batch {
namespace {

struct ReadingSlot {
  explicit ReadingSlot(table::Cells parser) : cells(std::move(parser)) {}
  FedPiece fed;
  table::Cells cells;
  std::vector<std::uint64_t> hashes;  // of each record's project
};

std::size_t table_of(const SpooledRecord& record) { return unpacked(record.line).table; }

class Grouped : public PieceSource {
 public:
  Grouped(Inputs& inputs, const Grouping& grouping) : inputs_(inputs), grouping_(grouping) {
    fill();
  }

  bool next(FedPiece& out) override {
    while (record_ == records().size()) {
      if (!buckets_ || bucket_ == buckets_->size()) return false;
      records_ = &buckets_->load(bucket_++);
      record_ = 0;
    }
    cut(out);
    return true;
  }
  // They have been read to their end, before the first piece.
  [[nodiscard]] std::uint64_t bytes_read() const override { return bytes_; }

 private:
  [[nodiscard]] const std::vector<SpooledRecord>& records() const {
    static const std::vector<SpooledRecord> nothing;
    return records_ == nullptr ? nothing : *records_;
  }
  [[nodiscard]] bool stopped() const { return grouping_.stop != nullptr && grouping_.stop->load(); }

  // Whole projects, at least `piece_bytes` of them, all first mentioned in one table.
  void cut(FedPiece& out) {
    out.piece.text.clear();
    out.piece.lines.clear();
    out.input = table_of(records()[record_]);
    out.piece.first_record = given_;
    out.piece.first_line = 1;
    while (record_ < records().size()) {
      const SpooledRecord& record = records()[record_];
      const bool begins = out.piece.lines.empty() ||
                          records()[record_ - 1].ordinal != record.ordinal;
      if (begins &&
          (out.piece.text.size() >= grouping_.piece_bytes || table_of(record) != out.input))
        break;
      out.piece.text.put(record.text);
      out.piece.text.put('\n');
      out.piece.lines.push_back(record.line);
      ++record_;
      ++given_;
    }
  }

  void fill() {
    OrdinalSizes sizes;
    through_all(
        [&](const SpooledRecord& record) { sizes.add(record.ordinal, record.text.size()); });
    if (stopped()) return;
    // A bucket is loaded whole; many buckets each need some room while they fill. With little
    // memory and much data the second wins.
    const auto least =
        static_cast<std::uint64_t>(std::sqrt(static_cast<double>(sizes.total()) * 16384));
    buckets_.emplace(sizes.cuts(std::max(grouping_.memory / 8, least)), grouping_.memory);
    through_all([&](const SpooledRecord& record) { buckets_->add(record); });
    if (stopped()) buckets_.reset();
    if (buckets_) buckets_->close();
    ordinals_ = {};
  }

  void through_all(const std::function<void(const SpooledRecord&)>& take) {
    const auto pieces = pieces_in_order(inputs_, std::nullopt, grouping_.piece_bytes);
    std::vector<table::Wanted> wanted(inputs_.header().size(), table::Wanted::nothing);
    wanted[grouping_.key] = table::Wanted::text;
    std::vector<ReadingSlot> slots;
    for (std::size_t n = 0; n < 2 * grouping_.threads; ++n) {
      slots.emplace_back(table::Cells(wanted.size(), inputs_.separator(), wanted));
    }
    system::in_order(
        grouping_.threads, slots,
        [&](ReadingSlot& slot) { return !stopped() && pieces->next(slot.fed); },
        [&](ReadingSlot& slot, std::size_t) { parse(slot); },
        [&](ReadingSlot& slot) {
          bytes_ = pieces->bytes_read();
          hand_over(slot, take);
          return true;
        });
  }

  void parse(ReadingSlot& slot) const {
    slot.cells.parse(slot.fed.piece);
    slot.hashes.clear();
    for (const std::string_view project : slot.cells.text(grouping_.key))
      slot.hashes.push_back(std::hash<std::string_view>{}(project));
  }

  void hand_over(const ReadingSlot& slot, const std::function<void(const SpooledRecord&)>& take) {
    for (std::size_t row = 0; row < slot.cells.records(); ++row) {
      const std::uint64_t ordinal = ordinals_.add(slot.hashes[row], ordinals_.size()).value;
      take({ordinal, slot.cells.line(row), slot.cells.record(row)});
    }
  }

  Inputs& inputs_;
  Grouping grouping_;
  system::KeyMap ordinals_;
  std::optional<Buckets> buckets_;
  const std::vector<SpooledRecord>* records_ = nullptr;
  std::size_t record_ = 0;
  std::size_t bucket_ = 0;
  std::uint64_t given_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace

std::unique_ptr<PieceSource> pieces_by_project(Inputs& inputs, const Grouping& grouping) {
  return std::make_unique<Grouped>(inputs, grouping);
}

}  // namespace jixiao::batch
