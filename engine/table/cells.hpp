// The cells of a piece, column by column.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "table/pieces.hpp"

namespace jixiao::table {

// number: the text as well. number_alone: its text has to be looked for.
enum class Wanted : std::uint8_t { nothing = 0, text = 1, number_alone = 2, number = 3 };

enum class CellKind : std::uint8_t {
  empty,
  number,
  text
};  // text: not a plain number, whatever it says

// One parse of one piece; reused from piece to piece without allocating. Views point into the
// piece's text or into buffers of this object (quoted cells that hold doubled quotes), and live
// until the next parse.
class Cells {
 public:
  Cells(std::size_t columns, char separator, std::vector<Wanted> wanted);

  // Never fails. A record with too few or too many cells is in ragged(); its missing cells are
  // empty. Records of nothing but separators are none. Quotes around a cell are taken off; spaces
  // around an unquoted cell as well.
  void parse(const Piece& piece);

  [[nodiscard]] std::size_t records() const { return count_; }
  // Records of nothing but separators, which are not among them.
  [[nodiscard]] std::size_t blank_records() const { return blanks_; }
  // Where a record stands in the piece, those counted.
  [[nodiscard]] std::size_t place(std::size_t row) const {
    return blanks_ == 0 ? row : numbers_of_[row];
  }
  // Columns whose text is wanted, `records()` long.
  [[nodiscard]] std::span<const std::string_view> text(std::size_t column) const;
  // One cell of any column, read again.
  [[nodiscard]] std::string cell(std::size_t column, std::size_t row) const;
  // A plain decimal number as a spreadsheet or program writes it: sign, digits, point, exponent;
  // the nearest double; finite. For columns wanted as numbers; 0 where the kind is not number.
  [[nodiscard]] std::span<const double> numbers(std::size_t column) const;
  [[nodiscard]] std::span<const CellKind> kinds(std::size_t column) const;
  // The record as it stood, without its line end.
  [[nodiscard]] std::string_view record(std::size_t row) const;
  // 1-based, of the file
  [[nodiscard]] std::uint64_t line(std::size_t row) const { return lines_[row]; }

  struct Ragged {
    std::size_t row;
    std::size_t cells;
  };
  [[nodiscard]] std::span<const Ragged> ragged() const { return ragged_; }

 private:
  // Where the cells of one column go.
  struct Lane {
    Wanted wanted = Wanted::nothing;  // a text or a number stands where there is room for it
    std::string_view* text = nullptr;
    double* number = nullptr;
    CellKind* kind = nullptr;
  };
  void make_room(std::size_t records);
  void put(std::size_t column, std::string_view cell);  // a wanted column of the record that is
                                                        // being read
  void end_record(std::string_view record, std::size_t cells);
  std::size_t parse_regular(std::string_view text, std::size_t at, std::size_t& mark,
                            char line_end);
  void parse_plain(std::string_view text, std::size_t begin, std::size_t mark, char line_end);
  void parse_quoted(std::string_view record);
  void drop_blank_records();

  std::size_t columns_;
  char separator_;
  std::vector<Wanted> wanted_;
  std::vector<std::uint32_t> marks_;
  std::size_t mark_count_ = 0;
  std::size_t count_ = 0;  // of the records; the columns are longer
  std::vector<std::uint64_t> lines_;
  std::vector<Ragged> ragged_;
  std::size_t blanks_ = 0;
  std::vector<std::size_t> numbers_of_;  // of the records, where there are blank ones
  std::vector<std::vector<std::string_view>> texts_;
  std::vector<std::vector<double>> numbers_;
  std::vector<std::vector<CellKind>> kinds_;
  std::vector<Lane> lanes_;
  std::vector<std::string_view> records_;
  std::string unquoted_;
  std::uint64_t line_ = 1;
};

// The nearest double to a plain decimal number; false when the text is anything else. As
// std::from_chars, a leading '+' allowed, faster.
bool read_plain(std::string_view text, double& out);
// The nearest double to digits and a decimal point, times 10^shift (0..12); false for anything else
// or longer.
bool read_shifted(std::string_view text, int shift, double& out);

// Appending cells to a record. `separator` is ','.
void append_cell(std::string& to, std::string_view text);  // quoted when it must be (separator,
                                                           // quote, line end, spaces at an end)
void append_number(std::string& to, double value);  // the shortest text that reads back to the same
                                                    // double; nothing for NaN
void append_fixed(std::string& to, double value, int digits);  // value::fixed, faster
void append_plain(std::string& to, double value, int digits);  // value::plain, faster: no zeros at
                                                               // the end of the decimals

}  // namespace jixiao::table
