// A stream that can be read once, kept so that it can be read again.
#pragma once

#include <memory>

#include "table/spill.hpp"
#include "table/stream.hpp"

namespace jixiao::table {

class ReplayableSource {
 public:
  ReplayableSource(std::unique_ptr<table::ByteSource> source, std::uint64_t budget)
      : source_(std::move(source)), kept_(budget) {}

  // Returns a reader from the start. Requires: this object outlives it, and no other reader is in
  // use.
  std::unique_ptr<table::ByteSource> open();
  // What is read from now on is not kept. Requires: open() is not called again.
  void stop_recording() { keeping_ = false; }

 private:
  class Reader;
  std::unique_ptr<table::ByteSource> source_;
  Spill kept_;
  bool keeping_ = true;
};

}  // namespace jixiao::table
