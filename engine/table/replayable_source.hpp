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

  // From the start. The tape must outlive it, and only one reader may be in use at a time.
  std::unique_ptr<table::ByteSource> open();
  // Nobody will ask for the start again: what is read from now on is not kept.
  void stop_recording() { keeping_ = false; }

 private:
  class Reader;
  std::unique_ptr<table::ByteSource> source_;
  Spill kept_;
  bool keeping_ = true;
};

}  // namespace jixiao::table
