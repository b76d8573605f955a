#include "page/column_widths.hpp"

#include <algorithm>
#include <string>

#include "text/source.hpp"

namespace jixiao::page {
namespace {

using text::display_width;
using text::prefix_bytes;

constexpr std::size_t wide_gap = 2;
constexpr std::size_t narrow_gap = 1;
constexpr std::size_t comfortable = 30;     // a text this wide need not be wider for a bar to stay
constexpr std::size_t longest_figure = 20;  // a longer text that begins with a number is words

bool is_figure(std::string_view text) {
  static constexpr std::string_view signs[] = {"≥", "≤", "±", "−", "–", "≈", "¥", "￥",
                                               "=", ">", "<", "+", "-", "~", "$", " "};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view sign : signs) {
      if (!text.starts_with(sign)) continue;
      text.remove_prefix(sign.size());
      again = true;
    }
  }
  return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

std::size_t width_of(std::span<const ColumnNeed> needs, std::size_t column, std::size_t at_most) {
  return std::min(needs[column].natural, std::max(needs[column].least, at_most));
}

// Of columns beside each other, none wider than `at_most` unless it has to be.
std::size_t whole_width(std::span<const ColumnNeed> needs, const std::vector<std::size_t>& columns,
                        std::size_t at_most, std::size_t gap) {
  std::size_t sum = 0;
  for (const std::size_t column : columns)
    sum += width_of(needs, column, at_most) + (sum > 0 ? gap : 0);
  return sum;
}

// The widest columns give way until all fit; what is left over of the line after that goes to the
// first ones that wanted more.
TableSheet fitted(std::span<const ColumnNeed> needs, std::vector<std::size_t> columns,
                  std::size_t width) {
  const std::size_t gap = whole_width(needs, columns, 0, wide_gap) <= width ? wide_gap : narrow_gap;
  std::size_t cap = 0;
  for (const std::size_t column : columns) cap = std::max(cap, needs[column].natural);
  while (cap > 0 && whole_width(needs, columns, cap, gap) > width) --cap;
  const std::size_t used = whole_width(needs, columns, cap, gap);
  std::size_t spare = width - std::min(width, used);
  TableSheet sheet{std::move(columns), {}, gap};
  for (const std::size_t column : sheet.columns) {
    const std::size_t taken = width_of(needs, column, cap);
    const std::size_t more = std::min({spare, needs[column].natural - taken, std::size_t{1}});
    sheet.widths.push_back(taken + more);
    spare -= more;
  }
  return sheet;
}

}  // namespace

std::size_t TableSheet::whole() const {
  std::size_t sum = 0;
  for (const std::size_t one : widths) sum += one + (sum > 0 ? gap : 0);
  return sum;
}

bool breaks_between(std::string_view left, std::string_view right) {
  static constexpr std::string_view opening = "（〔《“‘「【",
                                    closing = "，。；：、）〕》”’」】！？％…";
  if (left == " ") return true;
  if (opening.find(left) != std::string_view::npos && left.size() > 1) return false;
  if (closing.find(right) != std::string_view::npos && right.size() > 1) return false;
  return display_width(left) == 2 || display_width(right) == 2;
}

std::size_t widest_piece(std::string_view text) {
  const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
  text.remove_prefix(indent);
  if (is_figure(text) && display_width(text) <= longest_figure) return indent + display_width(text);
  std::size_t widest = 0, run = 0;
  std::string_view before;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = std::max<std::size_t>(prefix_bytes(text.substr(at), 1), 1);
    const std::string_view character = text.substr(at, bytes);
    at += bytes;
    if (!before.empty() && breaks_between(before, character)) run = 0;
    if (character != " ") run += display_width(character);
    widest = std::max(widest, run);
    before = character;
  }
  return indent + widest;
}

std::vector<TableSheet> table_sheets(std::span<const ColumnNeed> needs, std::size_t width) {
  std::vector<std::size_t> with_bars, columns;
  for (std::size_t c = 0; c < needs.size(); ++c) {
    if (needs[c].natural == 0) continue;
    with_bars.push_back(c);
    if (!needs[c].bar) columns.push_back(c);
  }
  if (columns.empty() || whole_width(needs, with_bars, comfortable, wide_gap) <= width)
    columns = with_bars;
  std::vector<TableSheet> sheets;
  for (std::size_t next = 0; next < columns.size();) {
    std::vector<std::size_t> taken;
    if (next > 0) taken.push_back(columns.front());
    const std::size_t fewest = next > 0 ? next + 1 : 2;  // the first column and one more
    for (; next < columns.size(); ++next) {
      taken.push_back(columns[next]);
      if (next < fewest || whole_width(needs, taken, 0, narrow_gap) <= width) continue;
      taken.pop_back();
      break;
    }
    sheets.push_back(fitted(needs, std::move(taken), width));
  }
  return sheets;
}

}  // namespace jixiao::page
