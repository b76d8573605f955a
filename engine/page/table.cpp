#include "page/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "jixiao/printable.hpp"
#include "text/source.hpp"

namespace jixiao::page {
namespace {

using text::display_width;
using text::prefix_bytes;

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 12;  // the first column gives way no further

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

// TerminalStyle writes this byte and the number of a paint, terminal_safe() makes the sequence of
// it: no text is valid UTF-8 with it, so nothing that stands in the data becomes a sequence.
constexpr char ink_mark = '\xFF';

// Chinese text may break after any character but an opening bracket, and before any but closing
// punctuation.
bool breaks_between(std::string_view left, std::string_view right) {
  static constexpr std::string_view opening = "（〔《“‘「【",
                                    closing = "，。；：、）〕》”’」】！？％…";
  if (left == " ") return true;
  if (opening.find(left) != std::string_view::npos && left.size() > 1) return false;
  if (closing.find(right) != std::string_view::npos && right.size() > 1) return false;
  return display_width(left) == 2 || display_width(right) == 2;
}

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
  std::string_view before;
  const auto flush = [&](std::size_t bytes) {
    std::string done = line.substr(0, bytes);
    while (!done.empty() && done.back() == ' ') done.pop_back();
    lines.push_back(std::move(done));
    line.erase(0, bytes);
    line.erase(0, line.find_first_not_of(' ') == std::string::npos ? line.size()
                                                                   : line.find_first_not_of(' '));
    width = display_width(line);
    break_at = 0;
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
    const std::size_t more = display_width(character);
    if (width + more > columns && !line.empty() && character != " ")
      flush(break_at > 0 ? break_at : line.size());
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

std::string Table::text(std::size_t width, const TerminalStyle& terminal,
                        std::size_t margin) const {
  const std::size_t n = columns_.size();
  std::vector<std::size_t> widths(n), tails(n);
  std::vector<bool> shown(n);
  for (const Row& row : rows_) {
    if (row.kind != Row::Kind::cells) continue;
    for (std::size_t c = 0; c < n; ++c) {
      if (!row.cells[c].text.empty()) shown[c] = true;
      tails[c] = std::max(
          tails[c], columns_[c].align == Align::decimal ? decimal_tail(row.cells[c].text) : 0);
    }
  }
  // Spaces that bring a cell's decimal point under the others'.
  const auto tail = [&](std::size_t c, const std::string& cell) {
    return columns_[c].align == Align::decimal && !cell.empty()
               ? tails[c] - std::min(tails[c], decimal_tail(cell))
               : 0;
  };
  for (std::size_t c = 0; c < n; ++c) {
    if (!shown[c]) continue;
    const std::size_t most = columns_[c].at_most > 0 ? columns_[c].at_most : std::string::npos;
    for (const Row& row : rows_) {
      if (row.kind == Row::Kind::cells)
        widths[c] = std::max(widths[c], std::min(most, display_width(row.cells[c].text) +
                                                           tail(c, row.cells[c].text)));
    }
    widths[c] = std::max(widths[c], display_width(columns_[c].title));
  }
  std::size_t whole = margin;
  for (std::size_t c = 0; c < n; ++c) whole += widths[c] + (c > 0 && widths[c] > 0 ? gap : 0);
  if (n > 0 && whole > width) {
    const std::size_t give =
        std::min(whole - width, widths[0] > narrowest ? widths[0] - narrowest : 0);
    widths[0] -= give;
    whole -= give;
  }
  const auto put_line = [&](std::string& out, const std::vector<Cell>& cells, bool is_title) {
    std::string line(margin, ' ');
    for (std::size_t c = 0; c < n; ++c) {
      if (widths[c] == 0) continue;
      if (c > 0) line += std::string(gap, ' ');
      const std::string cell = clipped(cells[c].text, widths[c]);
      const std::size_t after = is_title ? 0
                                         : std::min(tail(c, cell), widths[c] - display_width(cell));
      const std::string spaces(widths[c] - display_width(cell) - after, ' ');
      const std::string painted = terminal(cell, cells[c].color) + std::string(after, ' ');
      line += columns_[c].align == Align::left ? painted + spaces : spaces + painted;
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + '\n';
  };
  // A left cell too wide takes more lines, indented as its first.
  const auto put = [&](std::string& out, const std::vector<Cell>& cells) {
    std::vector<std::vector<Cell>> lines(1, cells);
    for (std::size_t c = 0; c < n; ++c) {
      if (columns_[c].align != Align::left || display_width(cells[c].text) <= widths[c]) continue;
      const std::size_t indent = std::min(cells[c].text.find_first_not_of(' '), widths[c] / 2);
      const std::vector<std::string> pieces =
          wrapped(std::string_view(cells[c].text).substr(indent), widths[c] - indent);
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i == lines.size()) lines.emplace_back(n);
        lines[i][c] = {std::string(indent, ' ') + pieces[i], cells[c].color};
      }
    }
    for (const std::vector<Cell>& line : lines) put_line(out, line, false);
  };
  std::string out;
  const std::string rule = std::string(margin, ' ') +
                           terminal(repeated("─", whole - std::min(whole, margin)), Color::dim) +
                           '\n';
  std::vector<Cell> titles;
  for (const Column& column : columns_) titles.push_back({column.title, Color::dim});
  if (std::any_of(titles.begin(), titles.end(),
                  [](const Cell& cell) { return !cell.text.empty(); })) {
    put_line(out, titles, true);
    out += rule;
  }
  for (const Row& row : rows_) {
    if (row.kind == Row::Kind::line) {
      out += rule;
    } else if (row.kind == Row::Kind::cells) {
      put(out, row.cells);
    } else {
      const std::size_t indent = margin + row.indent;
      for (const std::string& piece :
           wrapped(row.cells[0].text, width > indent ? width - indent : 0)) {
        out += std::string(indent, ' ') + terminal(piece, row.cells[0].color) + '\n';
      }
    }
  }
  return out;
}

}  // namespace jixiao::page
