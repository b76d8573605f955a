#include "table/cells.hpp"

#include <algorithm>
#include <cstring>

#include "table/marks.hpp"
#include "table/record_scan.hpp"

namespace jixiao::table {

namespace {
constexpr std::size_t npos = std::string_view::npos;
}

Cells::Cells(std::size_t columns, char separator, std::vector<Wanted> wanted)
    : columns_(columns), separator_(separator), wanted_(std::move(wanted)), texts_(columns), numbers_(columns), kinds_(columns) {
  wanted_.resize(columns, Wanted::nothing);
}

std::span<const std::string_view> Cells::text(std::size_t column) const { return texts_[column]; }
std::span<const double> Cells::numbers(std::size_t column) const { return numbers_[column]; }
std::span<const CellKind> Cells::kinds(std::size_t column) const { return kinds_[column]; }
std::string_view Cells::record(std::size_t row) const { return records_[row]; }

void Cells::put(std::size_t column, std::size_t row, std::string_view cell) {
  texts_[column][row] = cell;
  if (wanted_[column] != Wanted::number) return;
  double number = 0;
  const CellKind kind = cell.empty() ? CellKind::empty : read_plain(cell, number) ? CellKind::number : CellKind::text;
  numbers_[column][row] = kind == CellKind::number ? number : 0;
  kinds_[column][row] = kind;
}

void Cells::end_record(std::string_view record, std::size_t cells) {
  const std::size_t row = records_.size();
  records_.push_back(record);
  lines_.push_back(line_);
  if (cells == columns_) return;
  ragged_.push_back({row, cells});
  for (std::size_t column = cells; column < columns_; ++column) {
    if (wanted_[column] != Wanted::nothing) put(column, row, {});
  }
}

// A record without a quote in it: the marks from `mark` on are its separators, then its line end or the end of the text. Returns the mark
// behind them.
std::size_t Cells::parse_plain(std::string_view text, std::size_t begin, std::size_t mark, char line_end) {
  const std::size_t row = records_.size();
  std::size_t column = 0;
  std::size_t first = begin;
  while (true) {
    const std::size_t stop = mark < marks_.size() ? marks_[mark] : text.size();
    ++mark;
    const bool last = stop == text.size() || text[stop] == line_end;
    std::size_t end = stop;
    if (last && end > first && text[end - 1] == '\r') --end;
    if (column < columns_ && wanted_[column] != Wanted::nothing) put(column, row, trimmed(text.substr(first, end - first)));
    ++column;
    if (last) {
      end_record(text.substr(begin, end - begin), column);
      return mark;
    }
    first = stop + 1;
  }
}

void Cells::parse_quoted(std::string_view record) {
  const std::size_t row = records_.size();
  std::size_t column = 0;
  std::string buffer;
  for (std::size_t at = 0;; ++at) {
    std::string_view cell = take_cell(record, at, separator_, buffer);
    if (cell.data() == buffer.data() && !cell.empty()) {
      // Reserved to the piece's length before the first: it never moves.
      const std::size_t start = unquoted_.size();
      unquoted_ += cell;
      cell = std::string_view(unquoted_).substr(start);
    }
    if (column < columns_ && wanted_[column] != Wanted::nothing) put(column, row, cell);
    ++column;
    if (at >= record.size()) break;
  }
  end_record(record, column);
}

void Cells::parse(const Piece& piece) {
  lines_.clear();
  ragged_.clear();
  records_.clear();
  unquoted_.clear();
  line_ = piece.first_line;
  const std::string_view text = piece.text;
  const bool newline = text.find('\n') != npos || text.find('\r') == npos;
  const char line_end = newline ? '\n' : '\r';
  find_marks(text, separator_, line_end, marks_);
  std::size_t line_ends = 1;
  bool quotes = false;
  for (const std::uint32_t at : marks_) line_ends += text[at] == line_end ? 1 : 0, quotes = quotes || text[at] == '"';
  if (quotes) unquoted_.reserve(text.size());
  make_room(line_ends);

  std::size_t mark = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t ahead = mark;
    while (ahead < marks_.size() && text[marks_[ahead]] == separator_) ++ahead;
    const std::size_t end = ahead < marks_.size() ? marks_[ahead] : text.size();
    const bool plain = end == text.size() || text[end] == line_end;
    if (plain && (end == at || (end == at + 1 && text[at] == '\r'))) {  // a blank line
      ++line_;
      mark = ahead + 1;
      at = end + 1;
    } else if (plain) {
      mark = parse_plain(text, at, mark, line_end);
      ++line_;
      at = end + 1;
    } else {
      const std::size_t after = std::min(find_record_end(text, at, separator_, line_end), text.size());
      parse_quoted(without_line_end(text.substr(at, after - at)));
      while (mark < marks_.size() && marks_[mark] < after) line_ += text[marks_[mark++]] == line_end ? 1 : 0;
      at = after;
    }
  }
  if (piece.lines.size() == lines_.size()) lines_ = piece.lines;
  make_room(records_.size());
}

void Cells::make_room(std::size_t records) {
  for (std::size_t column = 0; column < columns_; ++column) {
    if (wanted_[column] == Wanted::nothing) continue;
    texts_[column].resize(records);
    if (wanted_[column] != Wanted::number) continue;
    numbers_[column].resize(records);
    kinds_[column].resize(records);
  }
}

}  // namespace jixiao::table
