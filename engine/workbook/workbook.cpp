#include "workbook/workbook.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <set>

#include "text/source.hpp"
#include "value/scanner.hpp"

namespace jixiao::workbook {
namespace {

constexpr std::size_t most_characters = 32767;
constexpr std::size_t most_name = 31;

bool is_printable(char32_t c) {
  return (c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF) || c == '\n' || c == '\t';
}

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string first_characters(std::string_view text, std::size_t count) {
  return std::string(text.substr(0, text::prefix_bytes(text, count)));
}

}  // namespace

std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t characters = 0;  // as UTF-16 counts them
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const auto c = value::next_character(text, at);
    if (!c) at = from + 1;
    if (c == U'\r') continue;
    characters += c && *c > 0xFFFF ? 2 : 1;
    if (characters > most_characters - 1 && at < text.size()) return out + "…";
    if (c && is_printable(*c))
      out.append(text, from, at - from);
    else
      out += "\xEF\xBF\xBD";  // U+FFFD
  }
  return out;
}

void Sheet::text(std::size_t row, std::size_t column, std::string_view words, const Look& look) {
  if (words.empty()) return blank(row, column, look);
  cells_.push_back({row, column, 1, 1, clean(words), look});
}

void Sheet::number(std::size_t row, std::size_t column, double x, const Look& look) {
  if (!std::isfinite(x)) return blank(row, column, look);
  cells_.push_back({row, column, 1, 1, x, look});
}

void Sheet::number(std::size_t row, std::size_t column, std::optional<double> x, const Look& look) {
  number(row, column, x.value_or(std::nan("")), look);
}

void Sheet::formula(std::size_t row, std::size_t column, Formula formula, const Look& look) {
  if (formula.text.starts_with('=')) formula.text.erase(0, 1);
  cells_.push_back({row, column, 1, 1, std::move(formula), look});
}

void Sheet::blank(std::size_t row, std::size_t column, const Look& look) {
  cells_.push_back({row, column, 1, 1, {}, look});
}

void Sheet::merge(std::size_t rows, std::size_t columns) {
  assert(!cells_.empty() && rows > 0 && columns > 0);
  cells_.back().rows = rows;
  cells_.back().columns = columns;
}

void Sheet::width(std::size_t column, double characters) {
  widths_.push_back({column, characters});
}
void Sheet::height(std::size_t row, double points) { heights_.push_back({row, points}); }
void Sheet::fit_heights() {
  constexpr double usual_width = 8.43;
  constexpr double most_points = 409;  // no row of a workbook is higher
  constexpr double line_height = 1.4;  // of the letters' size
  std::map<std::size_t, double> widths, needed;
  std::set<std::size_t> known;
  for (const auto& [column, width] : widths_) widths[column] = width;
  for (const auto& [row, height] : heights_) known.insert(row);
  for (const Cell& cell : cells_) {
    const auto* words = std::get_if<std::string>(&cell.content);
    double across = 0;
    for (std::size_t c = cell.column; c < cell.column + cell.columns; ++c)
      across += widths.contains(c) ? widths[c] : usual_width;
    // Letters are measured in columns of size 11.
    const double fit = std::max(1.0, (across - 1) * 11 / cell.look.size);
    double lines = 0;
    std::string_view rest = words != nullptr ? std::string_view(*words) : std::string_view();
    do {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      lines +=
          cell.look.wrap
              ? std::max(
                    1.0,
                    std::ceil(static_cast<double>(text::display_width(rest.substr(0, end))) / fit))
              : 1;
      rest.remove_prefix(std::min(rest.size(), end + 1));
    } while (!rest.empty());
    // What a cell over several rows needs is shared by them.
    const double share = (lines * cell.look.size * line_height + 4) /
                         static_cast<double>(cell.rows);
    for (std::size_t r = cell.row; r < cell.row + cell.rows; ++r)
      needed[r] = std::max(needed[r], share);
  }
  for (const auto& [row, points] : needed) {
    if (!known.contains(row)) heights_.push_back({row, std::min(points, most_points)});
  }
}

void Sheet::freeze(std::size_t rows, std::size_t columns) {
  frozen_rows_ = rows;
  frozen_columns_ = columns;
}

Sheet& Workbook::sheet(std::string_view name) {
  std::string fit = clean(name);
  for (char& c : fit) {
    if (std::string_view("[]:*?/\\\n\t").find(c) != std::string_view::npos) c = ' ';
  }
  fit = first_characters(fit, most_name);
  while (!fit.empty() && (fit.back() == '\'' || fit.back() == ' ')) fit.pop_back();
  while (!fit.empty() && (fit.front() == '\'' || fit.front() == ' ')) fit.erase(0, 1);
  if (fit.empty()) fit = "Sheet";
  const auto taken = [&](std::string_view wanted) {
    return std::any_of(sheets.begin(), sheets.end(),
                       [&](const Sheet& sheet) { return same_name(sheet.name(), wanted); });
  };
  std::string free = fit;
  for (std::size_t n = 2; taken(free); ++n) {
    const std::string ending = " " + std::to_string(n);
    free = first_characters(fit, most_name - ending.size()) + ending;
  }
  return sheets.emplace_back(std::move(free));
}

std::string column_name(std::size_t column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

std::string cell_name(std::size_t row, std::size_t column, bool fixed) {
  const std::string mark = fixed ? "$" : "";
  return mark + column_name(column) + mark + std::to_string(row);
}

std::string cell_name(const Sheet& sheet, std::size_t row, std::size_t column) {
  std::string name = "'";
  for (const char c : sheet.name()) name += c == '\'' ? std::string("''") : std::string(1, c);
  return name + "'!" + cell_name(row, column, true);
}

std::string range_name(const Range& range) {
  return cell_name(range.row, range.column) + ":" +
         cell_name(range.row + range.rows - 1, range.column + range.columns - 1);
}

}  // namespace jixiao::workbook
