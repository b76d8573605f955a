// A table as pieces of whole records, cut in one fast pass, so that each can be read by a thread of
// its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "table/stream.hpp"
#include "table/text_buffer.hpp"

namespace jixiao::table {

// Whole records of one table, without its header.
struct Piece {
  std::size_t index = 0;           // 0, 1, 2 ... in the order of the table
  std::uint64_t first_record = 0;  // 0-based, of the records below the header
  std::uint64_t first_line = 0;    // 1-based, of the file
  std::uint64_t offset = 0;        // of the text in the source's bytes, as unpacked
  TextBuffer text;
  std::vector<std::uint64_t> lines;  // where each record stood, for records put together anew;
                                     // empty: they follow each other
};

// Cuts a stream into pieces: RFC 4180; comma, tab, semicolon or '|', told by the header line, or
// any other in a line "sep=^" before it; quoted cells may hold separators, quotes and line ends;
// LF, CRLF or CR alone, told by the header; '#' lines before the header are comments, unless one is
// the header itself; lines of one cell above a header of several are titles (both a warning); a
// last line needs no end; blank lines are no records.
class Cutter {
 public:
  // Reads the header. An empty table or an unclosed quote there is an error diagnostic, and
  // header() is empty then.
  Cutter(ByteSource& source, std::string name, std::vector<Diagnostic>& diagnostics);
  // For a part of a file whose header is known.
  Cutter(ByteSource& source, std::string name, std::vector<std::string> header, char separator,
         std::uint64_t first_line);

  [[nodiscard]] const std::string& name() const;  // of the table, for diagnostics
  [[nodiscard]] const std::vector<std::string>& header() const;
  [[nodiscard]] char separator() const;
  [[nodiscard]] Extent extent() const;

  // From now on a piece ends only where the cell in this column differs from the record before:
  // records of one key that follow each other stay together.
  void keep_together(std::size_t column);
  // The next piece, at least `bytes` long unless the table ends; false at the end. `piece.text` is
  // reused. Throws StreamFailure, also for a quote that never closes (more than `record_limit`
  // bytes without an end of record).
  bool next(Piece& piece, std::size_t bytes);
  static constexpr std::size_t record_limit = std::size_t{64} << 20;

  struct State;
  ~Cutter();

 private:
  std::unique_ptr<State> state_;
};

// Where shard `index` of `count` (0-based) of a table of `total` bytes begins and ends, in bytes of
// its text, which `source` reads from its start: the piece boundaries (as keep_together makes them)
// nearest after index/count and (index+1)/count of it. All shards together are the whole table,
// each record once; a shard may be empty. Also the number of the shard's first line and first
// record.
struct Range {
  std::uint64_t begin = 0, end = 0;
  std::uint64_t first_line = 1, first_record = 0;
};
struct ShardOf {
  std::size_t index = 0, count = 1;
  std::uint64_t total = 0;
  std::optional<std::size_t> key_column;
};
Range shard_range(ByteSource& source, const std::string& name, const ShardOf& shard,
                  std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::table
