#include "project/csv.hpp"

#include <algorithm>

#include "text/diagnostics.hpp"

namespace jixiao::project {
namespace {

using text::Code;

class CsvReader {
 public:
  CsvReader(const std::shared_ptr<const text::Source>& source, std::vector<Diagnostic>& diagnostics)
      : source_(source), text_(source->text()), diagnostics_(diagnostics) {}

  Table read() {
    Table table;
    while (at_ < text_.size() && text_[at_] == '#') skip_line();
    choose_separator();
    if (at_ < text_.size()) table.header = read_row();
    while (at_ < text_.size()) {
      if (text_[at_] == '\n') {
        skip_line();
        continue;
      }
      std::vector<Cell> row = read_row();
      if (row.size() > table.header.size()) {
        const text::Place place = row[table.header.size()].place;
        diagnostics_.push_back(text::diagnose(
            Code::value_type, place,
            {"这一行有 " + std::to_string(row.size()) + " 格，表头只有 " +
                 std::to_string(table.header.size()) + " 列",
             "this row has " + std::to_string(row.size()) + " cells, the header " +
                 std::to_string(table.header.size())},
            {"含分隔符的内容请加双引号", "put text with a separator in it in double quotes"}));
      }
      const text::Place end = row.empty() ? text::Place{source_, line_, 1, 0} : row.back().place;
      row.resize(table.header.size(), Cell{"", end});
      table.rows.push_back(std::move(row));
    }
    return table;
  }

 private:
  void choose_separator() {
    const std::string_view line = text_.substr(at_, text_.find('\n', at_) - at_);
    // A spreadsheet's "sep=;" before the heading.
    if (line.starts_with("sep=") &&
        (line.size() == 5 || (line.size() == 6 && line.back() == '\r'))) {
      separator_ = line[4];
      skip_line();
      return;
    }
    std::ptrdiff_t most = 0;
    for (const char candidate : {',', '\t', ';', '|'}) {
      const auto count = std::count(line.begin(), line.end(), candidate);
      if (count > most) most = count, separator_ = candidate;
    }
  }

  void skip_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    ++line_;
    column_ = 1;
  }

  std::vector<Cell> read_row() {
    std::vector<Cell> row;
    for (;;) {
      row.push_back(read_cell());
      if (at_ >= text_.size()) return row;
      const char ended_by = text_[at_++];
      if (ended_by == '\n') {
        ++line_;
        column_ = 1;
        return row;
      }
      ++column_;
    }
  }

  Cell read_cell() {
    Cell cell{"", {source_, line_, column_, 0}};
    const std::size_t begin = at_;
    if (at_ < text_.size() && text_[at_] == '"') {
      ++at_;
      for (;;) {
        const std::size_t quote = text_.find('"', at_);
        if (quote == std::string_view::npos) {
          diagnostics_.push_back(text::diagnose(
              Code::value_text, cell.place, {"双引号没有闭合", "a double quote is not closed"}));
          at_ = text_.size();
          return cell;
        }
        cell.text += text_.substr(at_, quote - at_);
        at_ = quote + 1;
        if (at_ >= text_.size() || text_[at_] != '"') break;
        cell.text += '"';
        ++at_;
      }
    }
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n')
      cell.text += text_[at_++];
    const std::string_view raw = text_.substr(begin, at_ - begin);
    line_ += static_cast<std::size_t>(std::count(raw.begin(), raw.end(), '\n'));
    cell.place.length = text::character_count(raw);
    column_ += cell.place.length;
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!cell.text.empty() && blank(cell.text.back())) cell.text.pop_back();
    while (!cell.text.empty() && blank(cell.text.front())) cell.text.erase(cell.text.begin());
    return cell;
  }

  std::shared_ptr<const text::Source> source_;
  std::string_view text_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
  char separator_ = ',';
};

}  // namespace

Table read_table(const std::shared_ptr<const text::Source>& source,
                 std::vector<Diagnostic>& diagnostics) {
  return CsvReader(source, diagnostics).read();
}

}  // namespace jixiao::project
