#include "table/cells.hpp"

#include <algorithm>
#include <cstring>

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

void Cells::put(std::size_t column, std::string_view cell) {
  if (column >= columns_ || wanted_[column] == Wanted::nothing) return;
  texts_[column].push_back(cell);
  if (wanted_[column] != Wanted::number) return;
  double number = 0;
  const CellKind kind = cell.empty() ? CellKind::empty : read_plain(cell, number) ? CellKind::number : CellKind::text;
  numbers_[column].push_back(kind == CellKind::number ? number : 0);
  kinds_[column].push_back(kind);
}

void Cells::end_record(std::string_view record, std::size_t cells) {
  records_.push_back(record);
  lines_.push_back(line_);
  if (cells == columns_) return;
  ragged_.push_back({records_.size() - 1, cells});
  for (std::size_t column = cells; column < columns_; ++column) put(column, {});
}

// Records without a quote in them: the next separator or line end decides.
void Cells::parse_plain(std::string_view record) {
  std::size_t column = 0;
  const char* at = record.data();
  const char* const end = at + record.size();
  while (true) {
    const auto* stop = at;
    while (stop != end && *stop != separator_) ++stop;
    const char* first = at;
    const char* last = stop;
    while (first != last && (*first == ' ' || *first == '\t')) ++first;
    while (first != last && (last[-1] == ' ' || last[-1] == '\t')) --last;
    put(column++, {first, static_cast<std::size_t>(last - first)});
    if (stop == end) break;
    at = stop + 1;
  }
  end_record(record, column);
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
    put(column++, cell);
    if (at >= record.size()) break;
  }
  end_record(record, column);
}

void Cells::parse(const Piece& piece) {
  lines_.clear();
  ragged_.clear();
  records_.clear();
  unquoted_.clear();
  for (auto& column : texts_) column.clear();
  for (auto& column : numbers_) column.clear();
  for (auto& column : kinds_) column.clear();
  line_ = piece.first_line;
  const std::string_view text = piece.text;
  if (text.find('"') != npos) unquoted_.reserve(text.size());
  const bool newline = text.find('\n') != npos || text.find('\r') == npos;
  const char line_end = newline ? '\n' : '\r';
  std::size_t quote = text.find('"');
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find(line_end, at), text.size());
    const bool quoted = quote < end;
    if (quoted) {
      end = std::min(find_record_end(text, at, separator_, line_end), text.size());
      if (end > at && text[end - 1] == line_end) --end;
    }
    std::string_view record = text.substr(at, end - at);
    if (!record.empty() && record.back() == '\r') record.remove_suffix(1);
    if (!record.empty()) quoted ? parse_quoted(record) : parse_plain(record);
    line_ += 1;
    if (quoted) {
      line_ += static_cast<std::uint64_t>(
          std::count(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end), line_end));
      quote = text.find('"', end);
    }
    at = end + 1;
  }
  if (piece.lines.size() == lines_.size()) lines_ = piece.lines;
}

}  // namespace jixiao::table
