// The tables a request names, opened as often as they must be read.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/batch.hpp"
#include "table/pieces.hpp"
#include "table/replayable_source.hpp"

namespace jixiao::batch {

// One table being read; the cutter reads from the source.
struct OpenTable {
  std::unique_ptr<table::ByteSource> source;
  std::unique_ptr<table::Cutter> cutter;
};

class Inputs {
 public:
  // Lists folders and looks at every header. Errors: nothing to read, a header that differs from
  // the first one's.
  Inputs(const BatchRequest& request, const std::atomic<bool>* stop,
         std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] const std::string& name(std::size_t input) const { return files_[input].name; }
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] char separator() const { return separator_; }
  // As one word for a heading: the name, or the first one's and how many there are.
  [[nodiscard]] std::string title() const;

  // Keeps of the tables what belongs to the shard. `key`: the column whose equal cells stay
  // together. Errors: a table that cannot be split. Also takes the fingerprint of each table: of
  // all its bytes when the tables have 256 MB or less together, else of its beginning, its end and
  // some stretches between.
  void settle_shard(const Shard& shard, std::optional<std::size_t> key,
                    std::vector<Diagnostic>& diagnostics);
  // Whether this run reads a part of a table.
  [[nodiscard]] bool is_cut() const { return files_.size() == 1 && files_[0].range.has_value(); }
  // Every table will be opened once only, so what comes through a pipe need not be kept.
  void read_once();
  // Keeps a SHA-256 of what is read.
  void keep_digests() { digesting_ = true; }

  // The part of the table that this run is for, from its start; nothing when it is another shard's.
  // Throws StreamFailure.
  std::optional<OpenTable> open(std::size_t input);
  // How many lines of the text read from the table are not in it: the names of the columns, where
  // they stand in no line of their own.
  [[nodiscard]] std::uint64_t lines_without(std::size_t input) const {
    return files_[input].header_is_a_line ? 0 : 1;
  }
  // Of the part that is read, counted in the whole table.
  [[nodiscard]] std::uint64_t first_record(std::size_t input) const {
    return files_[input].range ? files_[input].range->first_record : 0;
  }

  struct Identity {
    std::string name;
    std::uint64_t size = 0;  // bytes of the file
    std::string content;     // fingerprint of its bytes, see Inputs::settle_shard
    bool mine = true;        // this shard reads it
    table::Range range;      // end 0: all of it
    std::string sha256;      // of what was read of it, unpacked; empty before
  };
  [[nodiscard]] std::vector<Identity> identities() const;
  [[nodiscard]] std::uint64_t bytes_total() const { return bytes_total_; }  // 0: not known

 private:
  struct File {
    std::string name;
    std::uint64_t size = 0;
    std::string content;
    bool regular = false;
    bool mine = true;
    bool header_is_a_line = true;
    std::optional<table::Range> range;
    bool cut_as_read = false;  // the range is of the text that is read from the file, not of its
                               // bytes
    std::unique_ptr<table::ReplayableSource> recording;  // what cannot be opened twice
    std::shared_ptr<std::string> sha256 = std::make_shared<std::string>();
  };
  void list(const std::string& name, std::vector<Diagnostic>& diagnostics);
  [[nodiscard]] std::unique_ptr<table::ByteSource> source(
      File& file, std::vector<Diagnostic>& diagnostics) const;
  [[nodiscard]] std::unique_ptr<table::ByteSource> open_part(
      File& file, std::vector<Diagnostic>& diagnostics) const;
  void take_fingerprints(std::vector<Diagnostic>& diagnostics);
  void look(std::size_t input, std::vector<Diagnostic>& diagnostics);
  void split_file(File& file, const Shard& shard, std::optional<std::size_t> key,
                  std::vector<Diagnostic>& diagnostics);

  std::string database_;
  const std::atomic<bool>* stop_;
  std::uint64_t recording_budget_;
  std::vector<File> files_;
  std::vector<std::string> header_;
  char separator_ = ',';
  std::uint64_t bytes_total_ = 0;
  bool once_ = false;
  bool digesting_ = false;
};

}  // namespace jixiao::batch
