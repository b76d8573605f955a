// A table that a database hands over row by row, as CSV text.
#pragma once

#include <string>

#include "table/stream.hpp"

namespace jixiao::database {

class RecordSource : public table::ByteSource {
 public:
  std::size_t read(std::span<char> room) final;
  [[nodiscard]] table::Extent extent() const final { return {handed_over_, 0}; }

 protected:
  // Appends the header or some whole records, about `enough` bytes of them; false when there were
  // no more. Throws StreamFailure.
  virtual bool append_records(std::string& to) = 0;
  [[nodiscard]] virtual std::string where() const = 0;  // the database, for diagnostics
  static constexpr std::size_t enough = std::size_t{256} << 10;

 private:
  std::string text_;
  std::size_t at_ = 0;
  std::uint64_t handed_over_ = 0;
  bool ended_ = false;
};

// Ends a record that began at `start` of `to`. A record of one empty cell is written as "": a blank
// line would be no record.
void end_record(std::string& to, std::size_t start);
// A number of a database as a cell: the shortest text that reads back to it; an infinity is said in
// words, so that it is noticed below.
void append_real(std::string& to, double value);

}  // namespace jixiao::database
