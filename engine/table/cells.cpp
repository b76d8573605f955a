#include "table/cells.hpp"

#include <algorithm>
#include <cstring>

#include "system/clones.hpp"
#include "table/marks.hpp"
#include "table/record_scan.hpp"
#include "table/short_number.hpp"

namespace jixiao::table {

namespace {

constexpr bool has_text(Wanted wanted) {
  return (static_cast<unsigned>(wanted) & static_cast<unsigned>(Wanted::text)) != 0;
}
constexpr bool has_number(Wanted wanted) {
  return (static_cast<unsigned>(wanted) & static_cast<unsigned>(Wanted::number_alone)) != 0;
}

}  // namespace

Cells::Cells(std::size_t columns, char separator, std::vector<Wanted> wanted)
    : columns_(columns),
      separator_(separator),
      wanted_(std::move(wanted)),
      texts_(columns),
      numbers_(columns),
      kinds_(columns),
      lanes_(columns) {
  wanted_.resize(columns, Wanted::nothing);
}

std::span<const std::string_view> Cells::text(std::size_t column) const {
  return std::span(texts_[column]).first(has_text(wanted_[column]) ? count_ : 0);
}
std::span<const double> Cells::numbers(std::size_t column) const {
  return std::span(numbers_[column]).first(has_number(wanted_[column]) ? count_ : 0);
}
std::span<const CellKind> Cells::kinds(std::size_t column) const {
  return std::span(kinds_[column]).first(has_number(wanted_[column]) ? count_ : 0);
}
std::string_view Cells::record(std::size_t row) const { return records_[row]; }
std::string Cells::cell(std::size_t column, std::size_t row) const {
  return cell_of(records_[row], column, separator_);
}

void Cells::put(std::size_t column, std::string_view cell) {
  const Lane& lane = lanes_[column];
  if (has_text(lane.wanted)) lane.text[count_] = cell;
  if (!has_number(lane.wanted)) return;
  double number = 0;
  const CellKind kind = cell.empty()               ? CellKind::empty
                        : read_plain(cell, number) ? CellKind::number
                                                   : CellKind::text;
  lane.number[count_] = kind == CellKind::number ? number : 0;
  lane.kind[count_] = kind;
}

void Cells::end_record(std::string_view record, std::size_t cells) {
  if (cells != columns_) {
    ragged_.push_back({count_, cells});
    for (std::size_t column = cells; column < columns_; ++column) {
      if (wanted_[column] != Wanted::nothing) put(column, {});
    }
  }
  records_[count_] = record;
  lines_[count_] = line_;
  ++count_;
}

// Records with as many cells as there are columns and no quote, one after the other: their marks
// are their separators, then a line end. Begins at `at` and at mark `mark`; stops where something
// else comes and says where, with nothing of that settled.
JIXIAO_CLONES std::size_t Cells::parse_regular(std::string_view text, std::size_t at,
                                               std::size_t& mark, char line_end) {
  const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  // Kept beside: what is written could be these, for all the compiler knows.
  const char* const base = text.data();
  const Lane* const lanes = lanes_.data();
  const std::uint32_t* marks = marks_.data() + mark;
  const std::size_t columns = columns_;
  const char separator = separator_;
  std::size_t row = count_;
  for (std::size_t left = mark_count_ - mark; left >= columns; left -= columns) {
    std::size_t first = at;
    std::size_t end = at;
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t stop = marks[column];
      end = stop;
      const bool last = column + 1 == columns;
      if (base[stop] != (last ? line_end : separator)) {
        line_ += row - count_;
        count_ = row;
        mark = mark_count_ - left;
        return at;
      }
      if (last && end > first && base[end - 1] == '\r') --end;
      const Lane& lane = lanes[column];
      if (lane.wanted != Wanted::nothing) {
        std::string_view cell(base + first, end - first);
        double number = 0;
        // Most numbers are short, and no short one has blanks around it.
        const bool number_alone = lane.wanted == Wanted::number_alone;
        if (number_alone && first + cell.size() >= 8 &&
            read_short(base + end, cell.size(), number)) {
          lane.number[row] = number;
          lane.kind[row] = CellKind::number;
        } else {
          if (!cell.empty() && (is_blank(cell.front()) || is_blank(cell.back())))
            cell = trimmed(cell);
          if (has_text(lane.wanted)) lane.text[row] = cell;
          if (has_number(lane.wanted)) {
            const char* const cell_end = cell.data() + cell.size();
            CellKind kind = CellKind::empty;
            if (cell_end - base >= 8 && read_short(cell_end, cell.size(), number)) {
              kind = CellKind::number;
            } else if (!cell.empty()) {
              kind = read_plain(cell, number) ? CellKind::number : CellKind::text;
            }
            lane.number[row] = kind == CellKind::number ? number : 0;
            lane.kind[row] = kind;
          }
        }
      }
      first = stop + 1;
    }
    records_[row] = std::string_view(base + at, end - at);
    lines_[row] = line_ + (row - count_);
    ++row;
    at = first;
    marks += columns;
  }
  line_ += row - count_;
  count_ = row;
  mark = static_cast<std::size_t>(marks - marks_.data());
  return at;
}

// Any record without a quote in it: the marks from `mark` on are its separators, then its line end
// or the end of the text.
void Cells::parse_plain(std::string_view text, std::size_t begin, std::size_t mark, char line_end) {
  std::size_t column = 0;
  std::size_t first = begin;
  while (true) {
    const std::size_t stop = mark < mark_count_ ? marks_[mark] : text.size();
    ++mark;
    const bool last = stop == text.size() || text[stop] == line_end;
    std::size_t end = stop;
    if (last && end > first && text[end - 1] == '\r') --end;
    if (column < columns_ && wanted_[column] != Wanted::nothing)
      put(column, trimmed(text.substr(first, end - first)));
    ++column;
    if (last) return end_record(text.substr(begin, end - begin), column);
    first = stop + 1;
  }
}

void Cells::parse_quoted(std::string_view record) {
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
    if (column < columns_ && wanted_[column] != Wanted::nothing) put(column, cell);
    ++column;
    if (at >= record.size()) break;
  }
  end_record(record, column);
}

void Cells::parse(const Piece& piece) {
  count_ = 0;
  ragged_.clear();
  numbers_of_.clear();
  unquoted_.clear();
  line_ = piece.first_line;
  const std::string_view text = piece.text;
  const bool newline = text.find('\n') != npos || text.find('\r') == npos;
  const char line_end = newline ? '\n' : '\r';
  const MarkCount found = find_marks(text, separator_, line_end, marks_);
  mark_count_ = found.all;
  if (found.quotes > 0) unquoted_.reserve(text.size());
  make_room(found.line_ends + 1);

  std::size_t mark = 0;
  for (std::size_t at = 0; at < text.size();) {
    // In a table of one column a record may look like a blank line.
    if (columns_ > 1 && mark + columns_ <= mark_count_) {
      at = parse_regular(text, at, mark, line_end);
      if (at >= text.size()) break;
    }
    std::size_t ahead = mark;
    while (ahead < mark_count_ && text[marks_[ahead]] == separator_) ++ahead;
    const std::size_t end = ahead < mark_count_ ? marks_[ahead] : text.size();
    const bool plain = end == text.size() || text[end] == line_end;
    if (plain && (end == at || (end == at + 1 && text[at] == '\r'))) {  // a blank line
      ++line_;
      mark = ahead + 1;
      at = end + 1;
    } else if (plain) {
      parse_plain(text, at, mark, line_end);
      ++line_;
      mark = ahead + 1;
      at = end + 1;
    } else {
      const std::size_t after =
          std::min(find_record_end(text, at, separator_, line_end), text.size());
      parse_quoted(without_line_end(text.substr(at, after - at)));
      while (mark < mark_count_ && marks_[mark] < after)
        line_ += text[marks_[mark++]] == line_end ? 1 : 0;
      at = after;
    }
  }
  if (piece.lines.size() == count_)
    std::copy(piece.lines.begin(), piece.lines.end(), lines_.begin());
  blanks_ = 0;
  if (columns_ > 1) drop_blank_records();
}

// Spreadsheets leave records of nothing but separators.
void Cells::drop_blank_records() {
  const auto blank = [&](std::size_t row) {
    const std::string_view record = records_[row];
    if (!record.empty() && record.front() != separator_ && record.front() != ' ' &&
        record.front() != '"')
      return false;
    return std::all_of(record.begin(), record.end(), [&](char c) {
      return c == separator_ || c == ' ' || c == '\t' || c == '\r' || c == '"';
    });
  };
  std::size_t first = 0;
  while (first < count_ && !blank(first)) ++first;
  if (first == count_) return;
  std::vector<std::size_t> kept_at(count_, npos);
  std::size_t kept = 0;
  for (std::size_t row = 0; row < count_; ++row) {
    if (row >= first && blank(row)) continue;
    kept_at[row] = kept;
    numbers_of_.push_back(row);
    records_[kept] = records_[row];
    lines_[kept] = lines_[row];
    for (const Lane& lane : lanes_) {
      if (has_text(lane.wanted)) lane.text[kept] = lane.text[row];
      if (has_number(lane.wanted))
        lane.number[kept] = lane.number[row], lane.kind[kept] = lane.kind[row];
    }
    ++kept;
  }
  std::erase_if(ragged_, [&](const Ragged& ragged) { return kept_at[ragged.row] == npos; });
  for (Ragged& ragged : ragged_) ragged.row = kept_at[ragged.row];
  blanks_ = count_ - kept;
  count_ = kept;
}

void Cells::make_room(std::size_t records) {
  const auto extend = [records](auto& column) {
    if (column.size() < records) column.resize(records + records / 8);
  };
  extend(records_);
  extend(lines_);
  for (std::size_t column = 0; column < columns_; ++column) {
    if (wanted_[column] == Wanted::nothing) continue;
    if (has_text(wanted_[column])) extend(texts_[column]);
    if (has_number(wanted_[column])) {
      extend(numbers_[column]);
      extend(kinds_[column]);
    }
    lanes_[column] = {wanted_[column], texts_[column].data(), numbers_[column].data(),
                      kinds_[column].data()};
  }
}

}  // namespace jixiao::table
