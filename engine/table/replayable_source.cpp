#include "table/replayable_source.hpp"

#include <algorithm>

namespace jixiao::table {

class ReplayableSource::Reader : public table::ByteSource {
 public:
  explicit Reader(ReplayableSource& recording) : recording_(recording) {}

  std::size_t read(std::span<char> room) override {
    if (at_ < recording_.kept_.size()) {
      const std::size_t part = std::min<std::uint64_t>(room.size(), recording_.kept_.size() - at_);
      recording_.kept_.read(at_, room.first(part));
      at_ += part;
      return part;
    }
    const std::size_t got = recording_.source_->read(room);
    if (recording_.keeping_) {
      recording_.kept_.append({room.data(), got});
      at_ += got;
    }
    return got;
  }
  [[nodiscard]] table::Extent extent() const override { return recording_.source_->extent(); }

 private:
  ReplayableSource& recording_;
  std::uint64_t at_ = 0;
};

std::unique_ptr<table::ByteSource> ReplayableSource::open() {
  return std::make_unique<Reader>(*this);
}

}  // namespace jixiao::table
