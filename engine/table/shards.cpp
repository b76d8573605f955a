// Where the shards of a file begin and end.
#include <algorithm>
#include <cstring>
#include <iterator>

#include "table/pieces.hpp"
#include "table/record_scan.hpp"

namespace jixiao::table {

namespace {

constexpr std::size_t step = std::size_t{1} << 16;

// The first boundary at or after each of two targets: pieces are cut as a run of the whole file
// cuts them, so that quotes and keys are seen from the start. Reading the file up to the shard's
// end is the price of a boundary that cannot be wrong.
struct Walk {
  std::uint64_t at = 0;
  std::uint64_t line = 1;
  std::uint64_t record = 0;
};

}  // namespace

Range shard_range(ByteSource& source, const std::string& name, const ShardOf& shard,
                  std::vector<Diagnostic>& diagnostics) {
  Range range;
  std::vector<Diagnostic> found;  // of a header that has been looked at: only what stops this is
                                  // news
  Cutter cutter(source, name, found);
  std::copy_if(found.begin(), found.end(), std::back_inserter(diagnostics),
               [](const Diagnostic& d) { return d.severity == Severity::error; });
  if (cutter.header().empty()) return range;
  if (shard.key_column) cutter.keep_together(*shard.key_column);
  const std::size_t index = shard.index, count = shard.count;
  const std::uint64_t total = shard.total;
  const auto target = [&](std::size_t i) { return total / count * i + total % count * i / count; };
  const std::uint64_t from = target(index);
  const std::uint64_t to = index + 1 == count ? total : target(index + 1);

  Piece piece;
  bool begun = false;
  Walk end;
  while (true) {
    // Where the next piece begins; a piece never ends far behind a target that lies in it.
    const bool more = cutter.next(piece, step);
    const Walk here{more ? piece.offset : end.at, more ? piece.first_line : end.line,
                    more ? piece.first_record : end.record};
    if (end.at == 0)
      range.begin = range.end = here.at, range.first_line = here.line,
      range.first_record = here.record;
    if (!begun && (here.at >= from || !more || index == 0)) {
      begun = true;
      range.begin = here.at;
      range.first_line = here.line;
      range.first_record = here.record;
    }
    if (begun && (here.at >= to || !more)) {
      range.end = std::max(here.at, range.begin);
      return range;
    }
    end = {piece.offset + piece.text.size(), piece.first_line, piece.first_record};
  }
}

}  // namespace jixiao::table
