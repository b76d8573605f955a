// JSON Lines, in and out, as the same stream of CSV text.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/text.hpp"
#include "table/stream.hpp"

namespace jixiao::table {

// Objects, one per line -> CSV. The columns are the keys of the first `sampled` lines, in order of
// first mention. Numbers keep their text; true/false are 是/否; null is empty; a nested value is
// its JSON text. A line that is no object, has a key twice or one that is no column, becomes a
// record with one cell more than the header, which says so (refusal_of): whoever reads the table
// finds it ragged, and the other records sound. Where none of them is an object, so is the header.
std::unique_ptr<ByteSource> from_json_lines(std::unique_ptr<ByteSource> lines,
                                            std::size_t sampled = 1000);
// What a cell of from_json_lines() says of a line that is no record; nothing for any other cell.
std::optional<Text> refusal_of(std::string_view cell);
// CSV with a header -> objects, one per line; plain numbers as numbers, empty cells left out.
std::unique_ptr<ByteSink> to_json_lines(std::unique_ptr<ByteSink> out);

// Whether a file name (or, for stdin, a first byte) says JSON Lines: .jsonl .ndjson, also before
// .gz/.zst.
bool names_json_lines(const std::string& path);

}  // namespace jixiao::table
