#include <algorithm>
#include <vector>

#include "document/readers.hpp"

namespace jixiao::forms {
namespace {

// The cells of a line between its bars; \| is a bar in a cell.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> out(1);
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\' && at + 1 < line.size() && line[at + 1] == '|') {
      out.back() += '|';
      ++at;
    } else if (line[at] == '|') {
      out.emplace_back();
    } else {
      out.back() += line[at];
    }
  }
  if (trimmed(out.front()).empty()) out.erase(out.begin());
  if (!out.empty() && trimmed(out.back()).empty()) out.pop_back();
  return out;
}

// |---|:--:| under the first row.
bool is_rule(std::string_view line) {
  return line.find('-') != std::string_view::npos && line.find('|') != std::string_view::npos &&
         line.find_first_not_of("|-: \t\r") == std::string_view::npos;
}

// The words of a cell without the marks of its font: **总分** is 总分, ** is **.
std::string unmarked(std::string words) {
  for (std::size_t at = words.find("<br"); at != std::string::npos;
       at = words.find("<br", at + 1)) {
    const std::size_t end = words.find('>', at);
    if (end != std::string::npos) words.replace(at, end - at + 1, "\n");
  }
  words = trimmed(words);
  for (const std::string_view mark : {"**", "__", "`"}) {
    if (words.size() > 2 * mark.size() && words.starts_with(mark) && words.ends_with(mark) &&
        words.find_first_not_of("*_`") != std::string::npos)
      words = trimmed(std::string_view(words).substr(mark.size(), words.size() - 2 * mark.size()));
  }
  std::string out;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == '\\' && at + 1 < words.size() &&
        std::string_view("*_`|<>#[]").find(words[at + 1]) != std::string_view::npos)
      ++at;
    out += words[at];
  }
  return out;
}

template <class Visit>
void each_line(std::string_view text, const Visit& visit) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    visit(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

}  // namespace

bool has_markdown_table(std::string_view text) {
  bool found = false, bar_above = false;
  each_line(text, [&](std::string_view line) {
    found = found || (bar_above && is_rule(line));
    bar_above = line.find('|') != std::string_view::npos;
  });
  return found;
}

void read_markdown(std::string_view text, Document& document) {
  std::vector<DocumentCell> cells;
  std::size_t row = 0, number = 0, paragraphs = 0;
  const auto end_table = [&] {
    if (row == 0) return;
    Table table(document.tables.size() + 1, std::string());
    for (DocumentCell& cell : cells) table.put(std::move(cell));
    table.settle(document.squares_left);
    document.tables.push_back(std::move(table));
    cells.clear();
    row = 0;
  };
  each_line(text, [&](std::string_view line) {
    ++number;
    if (is_rule(line)) return;
    if (line.find('|') == std::string_view::npos) {
      std::string words = trimmed(line);
      end_table();
      words.erase(0, std::min(words.find_first_not_of("#> "), words.size()));
      words = unmarked(words);
      if (!words.empty() && ++paragraphs <= Document::most_paragraphs)
        document.paragraphs.push_back({words, paragraphs, document.tables.size(), number});
      return;
    }
    ++row;
    std::size_t column = 0;
    for (std::string& words : cells_of(line)) {
      DocumentCell cell;
      cell.text = unmarked(std::move(words));
      cell.row = row, cell.column = ++column, cell.line = number;
      cells.push_back(std::move(cell));
    }
  });
  end_table();
}

}  // namespace jixiao::forms
