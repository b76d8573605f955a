// Changes no result: the counting loops become vector code.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3")
#endif

#include "table/record_scan.hpp"

#include <algorithm>
#include <cstring>

#include "system/clones.hpp"

namespace jixiao::table {

namespace {}

std::size_t find_record_end(std::string_view text, std::size_t begin, char separator,
                            char line_end) {
  const std::size_t stop = text.find(line_end, begin);
  const std::string_view line = text.substr(begin, stop == npos ? npos : stop - begin);
  if (line.find('"') == npos) return stop == npos ? npos : stop + 1;
  std::size_t at = begin;
  bool cell_start = true;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' && cell_start) {
      ++at;
      while (true) {
        at = text.find('"', at);
        if (at == npos) return npos;
        if (at + 1 >= text.size()) return npos;  // whether it is doubled is not known yet
        if (text[at + 1] != '"') break;
        at += 2;
      }
      ++at;
      cell_start = false;
      continue;
    }
    if (c == line_end) return at + 1;
    cell_start = c == separator || (cell_start && c == ' ');
    ++at;
  }
  return npos;
}

namespace {

// Line ends, those that end a blank line, and quotes in a stretch of bytes that has two more before
// it.
struct Found {
  std::uint8_t line_ends = 0, blank = 0, quotes = 0;
};

// Few enough that no counter runs over; as wide as a byte, for the sake of vectors.
constexpr std::size_t counted_at_once = 192;

[[gnu::always_inline]] inline Found count_stretch(const char* at, std::size_t count,
                                                  char line_end) {
  Found found;
  for (std::size_t i = 0; i < count; ++i) {
    const bool ends = at[i] == line_end;
    const bool after_end = at[static_cast<std::ptrdiff_t>(i) - 1] == line_end;
    const bool after_both = (at[static_cast<std::ptrdiff_t>(i) - 1] == '\r') &
                            (at[static_cast<std::ptrdiff_t>(i) - 2] == line_end);
    found.line_ends = static_cast<std::uint8_t>(found.line_ends + (ends ? 1 : 0));
    found.blank =
        static_cast<std::uint8_t>(found.blank + (ends & (after_end | after_both) ? 1 : 0));
    found.quotes = static_cast<std::uint8_t>(found.quotes | (at[i] == '"' ? 1 : 0));
  }
  return found;
}

JIXIAO_CLONES void count_behind_start(const char* at, std::size_t bytes, char line_end,
                                      LineCount& count, std::uint64_t& blank) {
  for (std::size_t from = 0; from < bytes; from += counted_at_once) {
    const Found found = count_stretch(at + from, std::min(counted_at_once, bytes - from), line_end);
    count.line_ends += found.line_ends;
    blank += found.blank;
    count.quoted = count.quoted || found.quotes != 0;
  }
}

}  // namespace

LineCount count_lines(std::string_view text, char line_end) {
  LineCount count;
  std::uint64_t blank = 0;
  const std::size_t start = std::min<std::size_t>(text.size(), 2);
  for (std::size_t i = 0; i < start; ++i) {
    const bool ends = text[i] == line_end;
    count.line_ends += ends ? 1 : 0;
    blank += ends && (i == 0 || text[0] == line_end || text[0] == '\r') ? 1 : 0;
    count.quoted = count.quoted || text[i] == '"';
  }
  if (text.size() > start)
    count_behind_start(text.data() + start, text.size() - start, line_end, count, blank);
  const bool open = !text.empty() && text.back() != line_end;
  const bool open_and_blank = open && text.substr(text.find_last_of(line_end) + 1) == "\r";
  count.records = count.line_ends - blank + (open && !open_and_blank ? 1 : 0);
  return count;
}

bool is_blank(std::string_view record) { return record.find_first_not_of("\r\n") == npos; }

std::uint64_t count_records(std::string_view text, char separator, char line_end) {
  std::uint64_t count = 0;
  if (text.find('"') != npos) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(find_record_end(text, at, separator, line_end), text.size());
      count += is_blank(text.substr(at, end - at)) ? 0 : 1;
      at = end;
    }
    return count;
  }
  return count_lines(text, line_end).records;
}

std::string_view without_line_end(std::string_view record) {
  if (!record.empty() && record.back() == '\n') record.remove_suffix(1);
  if (!record.empty() && record.back() == '\r') record.remove_suffix(1);
  return record;
}

std::string_view trimmed(std::string_view cell) {
  while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
  while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t' || cell.back() == '\r'))
    cell.remove_suffix(1);
  return cell;
}

std::string_view take_cell(std::string_view record, std::size_t& at, char separator,
                           std::string& buffer) {
  std::size_t start = at;
  while (start < record.size() && record[start] == ' ' && separator != ' ') ++start;
  if (start >= record.size() || record[start] != '"') {
    const std::size_t stop = std::min(record.find(separator, at), record.size());
    const std::string_view cell = trimmed(record.substr(at, stop - at));
    at = stop;
    return cell;
  }
  std::size_t p = start + 1;
  bool doubled = false;
  while (p < record.size() &&
         (record[p] != '"' || (p + 1 < record.size() && record[p + 1] == '"'))) {
    doubled = doubled || record[p] == '"';
    p += record[p] == '"' ? 2 : 1;
  }
  const std::string_view inside = record.substr(start + 1, std::min(p, record.size()) - start - 1);
  const std::size_t stop =
      std::min(record.find(separator, std::min(p + 1, record.size())), record.size());
  const std::string_view after =
      trimmed(record.substr(std::min(p + 1, record.size()), stop - std::min(p + 1, stop)));
  at = stop;
  if (!doubled && after.empty()) return inside;
  buffer.clear();
  for (std::size_t i = 0; i < inside.size(); ++i) {
    buffer += inside[i];
    if (inside[i] == '"') ++i;
  }
  buffer += after;  // what follows a closing quote is kept, not lost
  return buffer;
}

std::vector<std::string> split_record(std::string_view record, char separator) {
  record = without_line_end(record);
  std::vector<std::string> cells;
  std::string buffer;
  for (std::size_t at = 0;; ++at) {
    cells.emplace_back(take_cell(record, at, separator, buffer));
    if (at >= record.size()) return cells;
  }
}

std::string cell_of(std::string_view record, std::size_t column, char separator) {
  record = without_line_end(record);
  std::string buffer;
  for (std::size_t at = 0, i = 0;; ++at, ++i) {
    const std::string_view cell = take_cell(record, at, separator, buffer);
    if (i == column) return std::string(cell);
    if (at >= record.size()) return {};
  }
}

}  // namespace jixiao::table
