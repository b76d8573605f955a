// Pieces of whole projects from tables in any order.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>

#include "batch/piece_source.hpp"
#include "system/pipeline.hpp"
#include "table/cells.hpp"
#include "table/spill.hpp"

namespace jixiao::batch {
namespace {

// Records put aside by the rank of their project's first mention.
struct SpooledRecord {
  std::uint64_t ordinal = 0;  // of the project, by first mention
  std::uint64_t line = 0;     // with its table
  std::string_view text;      // as it stood, without its line end
};

// How many bytes the records of consecutive projects take: told as the tables are read, asked for
// where to cut.
class OrdinalSizes {
 public:
  void count(std::uint64_t ordinal, std::uint64_t bytes);
  // First ordinal of each bucket, so that a bucket holds `wanted` bytes or a little more.
  [[nodiscard]] std::vector<std::uint64_t> cuts(std::uint64_t wanted) const;
  [[nodiscard]] std::uint64_t total() const { return total_; }

 private:
  static constexpr std::uint64_t together = 32;  // ordinals counted as one
  std::vector<std::uint64_t> bytes_;
  std::uint64_t total_ = 0;
};

class Buckets {
 public:
  Buckets(std::vector<std::uint64_t> cuts, std::uint64_t memory);
  void put(const SpooledRecord& record);
  // Everything is in.
  void close();

  [[nodiscard]] std::size_t size() const { return buckets_.size(); }
  // The records of one bucket, by ordinal, those of one project as they were added. Views live
  // until the next load.
  const std::vector<SpooledRecord>& load(std::size_t bucket);

 private:
  struct Extent {
    std::uint64_t offset;
    std::uint64_t length;
  };
  struct Bucket {
    std::uint64_t first_ordinal;
    std::string open;  // not put aside yet
    std::vector<Extent> extents;
  };
  void put_aside(Bucket& bucket);

  std::vector<Bucket> buckets_;
  std::size_t open_limit_;
  table::Spill spill_;
  std::string loaded_;
  std::vector<SpooledRecord> records_;
};

struct Head {
  std::uint64_t ordinal;
  std::uint64_t line;
  std::uint64_t length;
};

void OrdinalSizes::count(std::uint64_t ordinal, std::uint64_t bytes) {
  const std::size_t at = ordinal / together;
  if (at >= bytes_.size()) bytes_.resize(at + 1);
  bytes_[at] += bytes + sizeof(Head);
  total_ += bytes + sizeof(Head);
}

std::vector<std::uint64_t> OrdinalSizes::cuts(std::uint64_t wanted) const {
  std::vector<std::uint64_t> out{0};
  std::uint64_t held = 0;
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    if (held >= wanted) {
      out.push_back(at * together);
      held = 0;
    }
    held += bytes_[at];
  }
  return out;
}

Buckets::Buckets(std::vector<std::uint64_t> cuts, std::uint64_t memory)
    : open_limit_(
          std::clamp<std::uint64_t>(memory / 4 / cuts.size(), 4096, std::uint64_t{1} << 20)),
      spill_(memory / 2) {
  buckets_.reserve(cuts.size());
  for (const std::uint64_t first : cuts) buckets_.push_back({first, {}, {}});
}

void Buckets::put(const SpooledRecord& record) {
  const auto after = std::upper_bound(
      buckets_.begin(), buckets_.end(), record.ordinal,
      [](std::uint64_t ordinal, const Bucket& bucket) { return ordinal < bucket.first_ordinal; });
  Bucket& bucket = *std::prev(after);
  const Head head{record.ordinal, record.line, record.text.size()};
  std::array<char, sizeof head> bytes;
  std::memcpy(bytes.data(), &head, sizeof head);
  bucket.open.append(bytes.data(), bytes.size());
  bucket.open.append(record.text);
  if (bucket.open.size() >= open_limit_) put_aside(bucket);
}

void Buckets::put_aside(Bucket& bucket) {
  if (bucket.open.empty()) return;
  bucket.extents.push_back({spill_.append(bucket.open), bucket.open.size()});
  bucket.open.clear();
}

void Buckets::close() {
  for (Bucket& bucket : buckets_) {
    put_aside(bucket);
    bucket.open = {};
  }
}

const std::vector<SpooledRecord>& Buckets::load(std::size_t bucket) {
  std::uint64_t length = 0;
  for (const Extent& extent : buckets_[bucket].extents) length += extent.length;
  loaded_.resize(length);
  std::uint64_t at = 0;
  for (const Extent& extent : buckets_[bucket].extents) {
    spill_.read(extent.offset, std::span<char>(loaded_).subspan(at, extent.length));
    at += extent.length;
  }
  records_.clear();
  for (std::uint64_t offset = 0; offset < length;) {
    Head head;
    std::memcpy(&head, loaded_.data() + offset, sizeof head);
    offset += sizeof head;
    records_.push_back(
        {head.ordinal, head.line, std::string_view(loaded_).substr(offset, head.length)});
    offset += head.length;
  }
  std::stable_sort(
      records_.begin(), records_.end(),
      [](const SpooledRecord& a, const SpooledRecord& b) { return a.ordinal < b.ordinal; });
  return records_;
}

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
        [&](const SpooledRecord& record) { sizes.count(record.ordinal, record.text.size()); });
    if (stopped()) return;
    // A bucket is loaded whole; many buckets each need some room while they fill. With little
    // memory and much data the second wins.
    const auto least =
        static_cast<std::uint64_t>(std::sqrt(static_cast<double>(sizes.total()) * 16384));
    buckets_.emplace(sizes.cuts(std::max(grouping_.memory / 8, least)), grouping_.memory);
    through_all([&](const SpooledRecord& record) { buckets_->put(record); });
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
