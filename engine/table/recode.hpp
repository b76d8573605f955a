// Any text to UTF-8.
#pragma once

#include <memory>
#include <string>

#include "table/stream.hpp"

namespace jixiao::table {

// Drops a byte-order mark; UTF-16 is told by its mark, or by zero bytes in its first characters,
// and converted; where the first bytes beyond ASCII are no UTF-8, the stream is read as GB18030, of
// which GBK is part. Bytes that are neither are a StreamFailure.
std::unique_ptr<ByteSource> as_utf8(std::unique_ptr<ByteSource> source, std::string name);

// Whether as_utf8 leaves the text of the source as it stands, but for a mark. Reads it up to its
// first byte beyond ASCII.
bool reads_as_utf8(ByteSource& source);

}  // namespace jixiao::table
