// Bytes of tables, in and out: files, pipes, compressed or not. Wherever a table lives (a file, a
// database), it comes and goes as a stream of UTF-8 text in the form of CSV.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/diagnostic.hpp"

namespace jixiao::table {

// A stream that broke: a disk that is full, a gzip file cut short, a server that went away. What is
// left behind has been removed.
struct StreamFailure : std::runtime_error {
  explicit StreamFailure(Diagnostic d)
      : std::runtime_error(d.message.en), diagnostic(std::move(d)) {}
  Diagnostic diagnostic;
};

// How far a source has been read, in bytes of the file (not of what was unpacked from it).
struct Extent {
  std::uint64_t read = 0;
  std::uint64_t total = 0;  // 0: not known (a pipe, a query)
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills `room` from its start and says how much there was; 0 only at the end. Throws
  // StreamFailure.
  virtual std::size_t read(std::span<char> room) = 0;
  [[nodiscard]] virtual Extent extent() const = 0;
};

class ByteSink {
 public:
  // Without finish() nothing stays under the final name.
  virtual ~ByteSink() = default;
  virtual void write(std::string_view bytes) = 0;  // throws StreamFailure
  // Everything is written and under its final name, or StreamFailure is thrown. Nothing waits for
  // the disk: what the machine itself loses when its power goes is no half-written file of ours.
  virtual void finish() = 0;
};

// Opens a file, or stdin for "-". gzip and zstd are told by their first bytes. A byte-order mark is
// dropped; GBK/GB18030 is told by bytes that are no UTF-8 and converted (warning encoding.gbk);
// CRLF stays. Null with an error diagnostic when there is nothing to read.
std::unique_ptr<ByteSource> open_source(const std::string& path,
                                        std::vector<Diagnostic>& diagnostics);
// The bytes [begin, end) of an uncompressed UTF-8 file that can be sought in.
std::unique_ptr<ByteSource> open_range(const std::string& path, std::uint64_t begin,
                                       std::uint64_t end, std::vector<Diagnostic>& diagnostics);
// The bytes [begin, end) of what another source reads: those before are read and dropped.
std::unique_ptr<ByteSource> stretch_of(std::unique_ptr<ByteSource> source, std::uint64_t begin,
                                       std::uint64_t end);
// For text in memory; `text` must outlive the source.
std::unique_ptr<ByteSource> source_of(std::string_view text);

// A file, or stdout for "-". The file is written beside its final name and renamed by finish();
// ".gz" and ".zst" compress.
std::unique_ptr<ByteSink> open_sink(const std::string& path, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::table
