#include "batch/piece_source.hpp"

#include <atomic>

namespace jixiao::batch {
namespace {

class InOrder : public PieceSource {
 public:
  InOrder(Inputs& inputs, std::optional<std::size_t> key, std::size_t piece_bytes)
      : inputs_(inputs), key_(key), piece_bytes_(piece_bytes) {}

  bool next(FedPiece& out) override {
    out.piece.lines.clear();
    for (;;) {
      if (!table_ && !advance()) return false;
      if (table_->cutter->next(out.piece, piece_bytes_)) break;
      bytes_before_ += table_->source->extent().read;
      table_.reset();
      ++input_;
    }
    out.input = input_;
    out.piece.first_line = packed(
        {static_cast<std::uint32_t>(input_), out.piece.first_line - inputs_.lines_without(input_)});
    out.piece.first_record += inputs_.first_record(input_);
    bytes_ = bytes_before_ + table_->source->extent().read;
    return true;
  }
  [[nodiscard]] std::uint64_t bytes_read() const override { return bytes_; }

 private:
  bool advance() {
    for (; input_ < inputs_.size(); ++input_) {
      table_ = inputs_.open(input_);
      if (!table_) continue;
      if (key_) table_->cutter->keep_together(*key_);
      return true;
    }
    return false;
  }

  Inputs& inputs_;
  std::optional<std::size_t> key_;
  std::size_t piece_bytes_;
  std::optional<OpenTable> table_;
  std::size_t input_ = 0;
  std::uint64_t bytes_before_ = 0;
  std::atomic<std::uint64_t> bytes_{0};  // asked for while the next piece is read
};

}  // namespace

std::unique_ptr<PieceSource> pieces_in_order(Inputs& inputs, std::optional<std::size_t> key,
                                             std::size_t piece_bytes) {
  return std::make_unique<InOrder>(inputs, key, piece_bytes);
}

}  // namespace jixiao::batch
