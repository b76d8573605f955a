#include <algorithm>
#include <vector>

#include "document/readers.hpp"
#include "table/record_scan.hpp"

namespace jixiao::forms {
namespace {

// The separator that stands most often in the text's first lines.
char separator_of(std::string_view text) {
  text = text.substr(0, 20000);
  const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
  const auto commas = count(',');
  const auto tabs = count('\t');
  const auto semicolons = count(';');
  if (tabs > commas && tabs >= semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}

using TextRow = std::vector<DocumentCell>;

// Text loses how wide a cell was. Where the words of a row stand under fewer cells above, as 性质,
// 值, 单位 under one 年度指标值, the upper ones are widened: each blank cell below goes on from its
// own above, each run of words shares one.
void widen(TextRow& upper, const TextRow& lower) {
  if (lower.size() <= upper.size()) return;
  std::vector<std::size_t> widths;
  bool in_words = false;
  for (const DocumentCell& cell : lower) {
    const bool words = !cell.text.empty();
    if (words && in_words)
      ++widths.back();
    else
      widths.push_back(1);
    in_words = words;
  }
  if (widths.size() != upper.size()) return;
  std::size_t column = 1;
  for (std::size_t i = 0; i < upper.size(); ++i) {
    upper[i].column = column;
    upper[i].columns = widths[i];
    column += widths[i];
  }
}

// Gathers rows of cells until a run of them ends.
class Rows {
 public:
  explicit Rows(Document& document) : document_(document) {}

  void start_row() { new_row_ = true; }
  // The table being gathered has one cell a line.
  void lose_columns() { exact_ = false; }

  // Cells beyond a table's limits are counted, not kept.
  void add(std::string_view words, std::size_t line) {
    if (row_ == 0) document_.tables.emplace_back(document_.tables.size() + 1, std::string());
    if (new_row_) {
      ++row_;
      column_ = 0;
      if (row_ <= Table::most_rows) rows_.emplace_back();
    }
    new_row_ = false;
    DocumentCell cell;
    cell.text = trimmed(words);
    cell.row = row_, cell.column = ++column_, cell.line = line;
    if (cell.row > Table::most_rows || cell.column > Table::most_columns ||
        cells_ >= Table::most_cells) {
      document_.tables.back().leave_out(cell.column, cell.text.empty());
      return;
    }
    ++cells_;
    rows_.back().push_back(std::move(cell));
  }

  void end() {
    if (row_ == 0) return;
    for (std::size_t i = 0; i + 1 < rows_.size(); ++i) widen(rows_[i], rows_[i + 1]);
    Table& table = document_.tables.back();
    if (!exact_) table.lose_columns();
    exact_ = true;
    for (TextRow& row : rows_) {
      for (DocumentCell& cell : row) table.put(std::move(cell));
    }
    table.settle(document_.squares_left);
    rows_.clear();
    row_ = column_ = cells_ = 0;
    new_row_ = true;
  }

 private:
  Document& document_;
  std::vector<TextRow> rows_;
  std::size_t row_ = 0, column_ = 0, cells_ = 0;
  bool new_row_ = true, exact_ = true;
};

}  // namespace

std::string trimmed(std::string_view text) {
  const auto blank_at = [](std::string_view rest) -> std::size_t {
    if (rest.empty()) return 0;
    if (static_cast<unsigned char>(rest.front()) <= ' ') return 1;
    for (const std::string_view wide : {"\u3000", "\u00A0", "\u200B", "\uFEFF"}) {
      if (rest.starts_with(wide)) return wide.size();
    }
    return 0;
  };
  while (const std::size_t length = blank_at(text)) text.remove_prefix(length);
  for (bool found = true; found && !text.empty();) {
    found = false;
    for (const std::size_t length : {1U, 2U, 3U}) {
      if (text.size() >= length && blank_at(text.substr(text.size() - length)) == length) {
        text.remove_suffix(length);
        found = true;
        break;
      }
    }
  }
  return std::string(text);
}

void read_records(std::string_view text, Document& document) {
  const char separator = separator_of(text);
  Table table(1, std::string());
  std::size_t line = 1;
  std::size_t row = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end =
        std::min(table::find_record_end(text, begin, separator, '\n'), text.size());
    const std::string_view record = text.substr(begin, end - begin);
    const std::string_view cells = table::without_line_end(record);
    ++row;
    std::string unquoted;
    for (std::size_t at = 0, column = 1;; ++at, ++column) {
      DocumentCell cell;
      cell.text = trimmed(table::take_cell(cells, at, separator, unquoted));
      cell.row = row, cell.column = column, cell.line = line;
      table.put(std::move(cell));
      if (at >= cells.size()) break;
    }
    line += static_cast<std::size_t>(std::count(record.begin(), record.end(), '\n'));
    begin = end;
  }
  table.settle(document.squares_left);
  document.tables.push_back(std::move(table));
}

void read_plain_text(std::string_view text, Document& document) {
  Rows rows(document);
  std::size_t number = 0;
  std::size_t paragraphs = 0;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find('\t') == std::string_view::npos) {
      const std::string words = trimmed(line);
      if (words.empty()) {
        rows.start_row();
        continue;
      }
      rows.end();
      if (++paragraphs <= Document::most_paragraphs)
        document.paragraphs.push_back({words, paragraphs, document.tables.size(), number});
      continue;
    }
    if (line.starts_with('\t') && line.find('\t', 1) == std::string_view::npos) {
      rows.add(line.substr(1), number);  // a cell a line
      rows.lose_columns();
      continue;
    }
    rows.start_row();
    for (bool more = true; more;) {
      const std::size_t tab = line.find('\t');
      more = tab != std::string_view::npos;
      rows.add(line.substr(0, tab), number);
      line.remove_prefix(more ? tab + 1 : line.size());
    }
    rows.start_row();
  }
  rows.end();
}

}  // namespace jixiao::forms
