#include "batch/project_buckets.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace jixiao::batch {
namespace {

struct Head {
  std::uint64_t ordinal;
  std::uint64_t line;
  std::uint64_t length;
};

}  // namespace

void OrdinalSizes::add(std::uint64_t ordinal, std::uint64_t bytes) {
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

void Buckets::add(const SpooledRecord& record) {
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

}  // namespace jixiao::batch
