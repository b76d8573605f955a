#include "page/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "jixiao/printable.hpp"
#include "page/column_widths.hpp"
#include "text/source.hpp"

namespace jixiao::page {
namespace {

using text::display_width;
using text::prefix_bytes;

// How far columns of words give way.
constexpr std::size_t narrowest_first = 10;
constexpr std::size_t narrowest_other = 8;
constexpr std::size_t widest_least = 24;  // longer words and paths are broken

// In the order of Color; `none` ends whatever was begun.
constexpr std::array<std::string_view, 8> paints{"\x1b[0m",  "\x1b[1m",    "\x1b[2m",
                                                 "\x1b[31m", "\x1b[1;32m", "\x1b[33m",
                                                 "\x1b[36m", "\x1b[1;33m"};

// Bytes of the character at `at`.
std::size_t character_bytes(std::string_view text, std::size_t at) {
  return prefix_bytes(text.substr(at), 1);
}

// Bytes after the decimal point, itself included, where the text begins like a number.
std::size_t decimal_tail(std::string_view text) {
  const std::size_t point = text.find('.');
  return point == std::string_view::npos ? 0 : text.size() - point;
}

// What stands right behind the last digit: "元/个" of "30,000元/个".
std::string_view unit_behind(std::string_view text) {
  const std::size_t digit = text.find_last_of("0123456789");
  if (digit == std::string_view::npos) return {};
  return text.substr(digit + 1, text.find(' ', digit) - digit - 1);
}

// TerminalStyle writes this byte and the number of a paint, terminal_safe() makes the sequence of
// it: no text is valid UTF-8 with it, so nothing that stands in the data becomes a sequence.
constexpr char ink_mark = '\xFF';

// Spaces behind the cell that bring its decimal point under the others', whose longest tail is
// `longest`.
std::size_t spaces_behind(const Column& column, const std::string& cell, std::size_t longest) {
  if (column.align != Align::decimal || cell.empty()) return 0;
  return longest - std::min(longest, decimal_tail(cell));
}

using Lines = std::vector<std::vector<Cell>>;  // [line][column]

}  // namespace

std::string TerminalStyle::operator()(std::string_view text, Color color) const {
  if (!on_ || color == Color::none || text.empty()) return std::string(text);
  std::string out{ink_mark, static_cast<char>('0' + static_cast<int>(color))};
  for (const char c : text) out += c == ink_mark ? '?' : c;
  return out += {ink_mark, '0'};
}

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return out;
}

std::string clipped(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t bytes = character_bytes(text, at);
    const std::size_t width = display_width(text.substr(at, bytes));
    if (used + width + 1 > columns) break;
    used += width;
    at += bytes;
  }
  return std::string(text.substr(0, at)) + (columns > 0 ? "…" : "");
}

std::string padded(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(text) + std::string(width < columns ? columns - width : 0, ' ');
}

std::string padded_left(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(width < columns ? columns - width : 0, ' ') + std::string(text);
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  columns = std::max<std::size_t>(columns, 4);
  std::vector<std::string> lines;
  std::string line;
  std::size_t width = 0;
  std::size_t break_at = 0;  // bytes of `line` up to the last place it may break; 0: none
  std::size_t soft_at = 0;   // the same behind a sign of a formula or a path
  std::string_view before;
  const auto flush = [&](std::size_t bytes) {
    std::string done = line.substr(0, bytes);
    while (!done.empty() && done.back() == ' ') done.pop_back();
    lines.push_back(std::move(done));
    line.erase(0, bytes);
    line.erase(0, line.find_first_not_of(' ') == std::string::npos ? line.size()
                                                                   : line.find_first_not_of(' '));
    width = display_width(line);
    break_at = soft_at = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = std::max<std::size_t>(character_bytes(text, at), 1);
    const std::string_view character = text.substr(at, bytes);
    at += bytes;
    if (character == "\n") {
      flush(line.size());
      before = {};
      continue;
    }
    if (!before.empty() && !line.empty() && breaks_between(before, character))
      break_at = line.size();
    if (!line.empty() && std::string_view("/*+(&|").find(line.back()) != std::string_view::npos)
      soft_at = line.size();
    const std::size_t more = display_width(character);
    if (width + more > columns && !line.empty() && character != " ")
      flush(break_at > 0 ? break_at : soft_at > 0 ? soft_at : line.size());
    line += character;
    width += more;
    before = character;
  }
  if (!line.empty() || lines.empty()) flush(line.size());
  return lines;
}

std::string bar(double share, std::size_t columns) {
  static constexpr std::string_view eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (!std::isfinite(share)) share = 0;
  const auto total = static_cast<std::size_t>(
      std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(columns) * 8));
  std::string out = repeated("█", total / 8);
  out += eighths[total % 8];
  out += repeated("·", columns - (total + 7) / 8);
  return out;
}

std::string terminal_safe(std::string_view text, bool colour) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find(ink_mark, at), text.size());
    for (const char c : printable(text.substr(at, mark - at))) {
      while (c == '\n' && !out.empty() && out.back() == ' ') out.pop_back();
      out += c;
    }
    at = mark;
    if (at == text.size()) break;
    const std::size_t color = at + 1 < text.size() ? static_cast<std::size_t>(text[at + 1] - '0')
                                                   : paints.size();
    if (color < paints.size()) {
      if (colour) out += paints[color];
      at += 2;
    } else {
      out += printable(text.substr(at, 1));
      ++at;
    }
  }
  return out;
}

void Table::row(std::vector<Cell> cells) {
  cells.resize(columns_.size());
  for (Cell& cell : cells) cell.text = one_line(cell.text);
  rows_.push_back({Row::Kind::cells, std::move(cells)});
}

void Table::line() { rows_.push_back({Row::Kind::line, {}}); }

void Table::note(std::string text, Color color, std::size_t indent) {
  rows_.push_back({Row::Kind::note, {{std::move(text), color}}, indent});
}

std::vector<std::size_t> Table::decimal_tails() const {
  std::vector<std::size_t> tails(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (columns_[c].align != Align::decimal) continue;
    std::set<std::string_view> units;
    bool ranges = false;
    for (const Row& row : rows_) {
      if (row.kind != Row::Kind::cells) continue;
      tails[c] = std::max(tails[c], decimal_tail(row.cells[c].text));
      ranges = ranges || row.cells[c].text.find(" – ") != std::string::npos;
      if (const auto unit = unit_behind(row.cells[c].text); !unit.empty()) units.insert(unit);
    }
    if (ranges || units.size() > 1) tails[c] = 0;
  }
  return tails;
}

std::vector<ColumnNeed> Table::needs(const std::vector<std::size_t>& tails) const {
  std::vector<ColumnNeed> out(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const Column& column = columns_[c];
    ColumnNeed& need = out[c];
    const std::size_t most = column.at_most > 0 ? column.at_most : std::string::npos;
    for (const Row& row : rows_) {
      if (row.kind != Row::Kind::cells || row.cells[c].text.empty()) continue;
      const std::string& text = row.cells[c].text;
      const std::size_t all = display_width(text) + spaces_behind(column, text, tails[c]);
      const std::size_t piece = column.align == Align::decimal || column.align == Align::bar
                                    ? all
                                    : std::min(widest_piece(text), widest_least);
      need.least = std::max(need.least, piece);
      need.natural = std::max(need.natural, std::min(most, all));
    }
    if (need.natural == 0) continue;
    need.natural = std::max({need.natural, need.least, display_width(column.title)});
    const std::size_t narrowest = c == 0 ? narrowest_first : narrowest_other;
    need.least = std::max({need.least, std::min(widest_piece(column.title), widest_least),
                           std::min(need.natural, column.align == Align::left ? narrowest : 0)});
    need.bar = column.align == Align::bar;
  }
  return out;
}

std::string Table::text(std::size_t width, const TerminalStyle& terminal,
                        std::size_t margin) const {
  const std::vector<std::size_t> tails = decimal_tails();
  const auto sheets = table_sheets(needs(tails), width - std::min(width, margin));
  std::string out;
  for (std::size_t s = 0; s < sheets.size(); ++s) {
    if (s > 0) out += '\n';
    put_sheet(out, sheets[s], {tails, terminal, width, margin, s == 0});
  }
  return out;
}

void Table::put_sheet(std::string& out, const TableSheet& sheet, const Setting& setting) const {
  const std::string rule = std::string(setting.margin, ' ') +
                           setting.terminal(repeated("─", sheet.whole()), Color::dim) + '\n';
  std::vector<Cell> titles;
  for (const Column& column : columns_) titles.push_back({column.title, Color::dim});
  if (std::any_of(titles.begin(), titles.end(),
                  [](const Cell& cell) { return !cell.text.empty(); })) {
    put_row(out, titles, sheet, setting, true);
    out += rule;
  }
  for (const Row& row : rows_) {
    if (row.kind == Row::Kind::line) {
      out += rule;
    } else if (row.kind == Row::Kind::cells) {
      const auto own = sheet.columns.begin() + (setting.first ? 0 : 1);
      if (setting.first || std::any_of(own, sheet.columns.end(),
                                       [&](std::size_t c) { return !row.cells[c].text.empty(); }))
        put_row(out, row.cells, sheet, setting, false);
    } else if (setting.first) {
      const std::size_t indent = setting.margin + row.indent;
      for (const std::string& piece :
           wrapped(row.cells[0].text, setting.width - std::min(setting.width, indent))) {
        out += std::string(indent, ' ') + setting.terminal(piece, row.cells[0].color) + '\n';
      }
    }
  }
}

void Table::put_row(std::string& out, const std::vector<Cell>& cells, const TableSheet& sheet,
                    const Setting& setting, bool is_title) const {
  // A cell too wide takes more lines, indented as its first; a title ends on the last line.
  Lines lines(1, cells);
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const std::size_t c = sheet.columns[i], width = sheet.widths[i];
    const std::string& text = cells[c].text;
    if (display_width(text) <= width) continue;
    const std::size_t indent = std::min(text.find_first_not_of(' '), width / 2);
    const auto pieces = wrapped(std::string_view(text).substr(indent), width - indent);
    for (std::size_t line = 0; line < pieces.size(); ++line) {
      if (line == lines.size()) lines.emplace_back(columns_.size());
      lines[line][c] = {std::string(indent, ' ') + pieces[line], cells[c].color};
    }
  }
  if (is_title) {
    for (const std::size_t c : sheet.columns) {
      while (lines.back()[c].text.empty() && !columns_[c].title.empty()) {
        for (std::size_t line = lines.size() - 1; line > 0; --line)
          std::swap(lines[line][c], lines[line - 1][c]);
      }
    }
  }
  for (const std::vector<Cell>& line : lines) put_line(out, line, sheet, setting, is_title);
}

void Table::put_line(std::string& out, const std::vector<Cell>& cells, const TableSheet& sheet,
                     const Setting& setting, bool is_title) const {
  std::string line(setting.margin, ' ');
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const std::size_t c = sheet.columns[i], width = sheet.widths[i];
    const Column& column = columns_[c];
    if (i > 0) line += std::string(sheet.gap, ' ');
    const std::string cell = clipped(cells[c].text, width);
    const std::size_t left = width - display_width(cell);
    const std::size_t behind =
        is_title ? 0 : std::min(spaces_behind(column, cell, setting.tails[c]), left);
    const std::string spaces(left - behind, ' ');
    const std::string painted = setting.terminal(cell, cells[c].color) + std::string(behind, ' ');
    const bool is_left = column.align == Align::left || column.align == Align::bar;
    line += is_left ? painted + spaces : spaces + painted;
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  out += line + '\n';
}

}  // namespace jixiao::page
