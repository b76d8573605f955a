#include "document/document.hpp"

#include <algorithm>
#include <utility>

namespace jixiao::forms {

void Table::leave_out(std::size_t column, bool blank) {
  furthest_ = std::max(furthest_, column);
  left_out_ += blank ? 0 : 1;
}

void Table::put(DocumentCell cell) {
  if (cell.row == 0 || cell.column == 0 || cell.row > most_rows || cell.column > most_columns ||
      cells_.size() >= most_cells)
    return leave_out(cell.column, cell.text.empty());
  cell.rows = std::clamp<std::size_t>(cell.rows, 1, most_rows + 1 - cell.row);
  cell.columns = std::clamp<std::size_t>(cell.columns, 1, most_columns + 1 - cell.column);
  furthest_ = std::max(furthest_, cell.column);
  cells_.push_back(std::move(cell));
}

void Table::settle(std::size_t& squares) {
  std::stable_sort(cells_.begin(), cells_.end(), [](const DocumentCell& a, const DocumentCell& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
  // Formats reach further than words: a sheet ends with its last word.
  rows_ = columns_ = 0;
  for (const DocumentCell& cell : cells_) {
    if (cell.text.empty()) continue;
    rows_ = std::max(rows_, cell.row + cell.rows - 1);
    columns_ = std::max(columns_, cell.column + cell.columns - 1);
  }
  std::vector<std::size_t> lengths(rows_, 0);
  std::size_t covered = 0;
  for (DocumentCell& cell : cells_) {
    // Merged cells lie beside each other: only a hostile file has them cover the sheet again and
    // again.
    constexpr std::size_t most_covered = 4000000;
    covered += cell.rows * cell.columns;
    if (covered > most_covered) cell.rows = cell.columns = 1;
    const std::size_t end = std::min(cell.column + cell.columns - 1, columns_);
    for (std::size_t row = cell.row; row < cell.row + cell.rows && row <= rows_; ++row)
      lengths[row - 1] = std::max(lengths[row - 1], end);
  }
  starts_.assign(1, 0);
  for (const std::size_t length : lengths) starts_.push_back(starts_.back() + length);
  if (starts_.back() > squares) {
    too_large_ = true;
    rows_ = columns_ = 0;
    return;
  }
  squares -= starts_.back();
  squares_.assign(starts_.back(), 0);
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const DocumentCell& cell = cells_[i];
    for (std::size_t row = cell.row; row < cell.row + cell.rows && row <= rows_; ++row) {
      for (std::size_t column = cell.column;
           column < cell.column + cell.columns && column <= columns_; ++column) {
        std::uint32_t& square = squares_[starts_[row - 1] + column - 1];
        if (square == 0) square = static_cast<std::uint32_t>(i + 1);
      }
    }
  }
}

const DocumentCell* Table::at(std::size_t row, std::size_t column) const {
  if (row == 0 || column == 0 || row > rows_ || column > starts_[row] - starts_[row - 1])
    return nullptr;
  const std::uint32_t index = squares_[starts_[row - 1] + column - 1];
  return index == 0 ? nullptr : &cells_[index - 1];
}

std::vector<const DocumentCell*> Table::row(std::size_t row) const {
  std::vector<const DocumentCell*> out;
  if (row == 0 || row > rows_) return out;
  const std::size_t length = starts_[row] - starts_[row - 1];
  for (std::size_t column = 1; column <= length; ++column) {
    const DocumentCell* cell = at(row, column);
    if (cell != nullptr && cell->row == row && cell->column == column) out.push_back(cell);
  }
  return out;
}

FormPlace Table::place(std::size_t row, std::size_t column) const {
  const DocumentCell* cell = at(row, column);
  return {number_, row, column, sheet_, cell != nullptr ? cell->line : 0, transposed_};
}

Table Table::transposed(std::size_t& squares) const {
  Table out(number_, sheet_);
  out.transposed_ = !transposed_;
  for (const DocumentCell& cell : cells_) {
    DocumentCell turned = cell;
    std::swap(turned.row, turned.column);
    std::swap(turned.rows, turned.columns);
    out.put(std::move(turned));
  }
  out.settle(squares);
  return out;
}

Text words_for(Unseen::Why why) {
  switch (why) {
    case Unseen::Why::hidden_row: return {"在隐藏的行里", "in a hidden row"};
    case Unseen::Why::hidden_column: return {"在隐藏的列里", "in a hidden column"};
    case Unseen::Why::struck: return {"已划删除线", "struck out"};
    case Unseen::Why::note_mark: return {"是注释的标号", "the mark of a note"};
    case Unseen::Why::prompt: return {"是填写提示，没有填写", "a prompt nobody filled in"};
    default: return {"是隐藏的文字", "hidden text"};
  }
}

std::string column_name(std::size_t column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

std::string describe(const FormPlace& at, Language language) {
  FormPlace place = at;
  if (place.transposed) std::swap(place.row, place.column);
  const bool zh = language == Language::zh;
  const std::string row = std::to_string(place.row);
  if (place.row == 0) return zh ? "表外" : "not on the form";
  if (place.table == 0) return zh ? "第" + row + "段" : "paragraph " + row;
  if (!place.sheet.empty()) {
    const std::string cell = column_name(place.column) + row;
    return zh ? "工作表“" + place.sheet + "”" + cell : "sheet '" + place.sheet + "' " + cell;
  }
  const std::string table = std::to_string(place.table);
  const std::string column = column_name(place.column);
  return zh ? "表" + table + "第" + row + "行" + column + "列"
            : "table " + table + ", row " + row + ", column " + column;
}

}  // namespace jixiao::forms
