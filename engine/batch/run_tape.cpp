#include "batch/run_tape.hpp"

#include <algorithm>

namespace jixiao::batch {

class Tape::Reader : public table::ByteSource {
 public:
  explicit Reader(Tape& tape) : tape_(tape) {}

  std::size_t read(std::span<char> room) override {
    if (at_ < tape_.kept_.size()) {
      const std::size_t part = std::min<std::uint64_t>(room.size(), tape_.kept_.size() - at_);
      tape_.kept_.read(at_, room.first(part));
      at_ += part;
      return part;
    }
    const std::size_t got = tape_.source_->read(room);
    if (tape_.keeping_) {
      tape_.kept_.append({room.data(), got});
      at_ += got;
    }
    return got;
  }
  [[nodiscard]] table::Extent extent() const override { return tape_.source_->extent(); }

 private:
  Tape& tape_;
  std::uint64_t at_ = 0;
};

std::unique_ptr<table::ByteSource> Tape::open() { return std::make_unique<Reader>(*this); }

}  // namespace jixiao::batch
