// gzip and zstd around other streams.
#pragma once

#include <memory>
#include <string>

#include "table/stream.hpp"

namespace jixiao::table {

// Told by the first bytes; the stream itself when it is neither. Members and frames that follow
// each other are read as one.
std::unique_ptr<ByteSource> unpacked(std::unique_ptr<ByteSource> source, std::string name);
// Told by the name: .gz, .zst; the sink itself otherwise.
std::unique_ptr<ByteSink> packed(std::unique_ptr<ByteSink> sink, const std::string& name);

}  // namespace jixiao::table
