// A document of any kind as grids of cells, merged ones resolved, each cell with its place; and the
// words outside them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/place.hpp"
#include "jixiao/diagnostic.hpp"
#include "jixiao/text.hpp"

namespace jixiao::forms {

// One cell as it stands, which may cover several squares of its grid. Rows and columns count
// from 1.
struct DocumentCell {
  std::string text;  // outer blanks removed; paragraphs separated by '\n'
  std::size_t row = 1, column = 1;
  std::size_t rows = 1, columns = 1;
  std::size_t line = 0;  // of a text file
};

// A worksheet, a table of a document, a run of cells of a text.
class Table {
 public:
  // What is beyond these is not looked at: forms are pages, not data.
  static constexpr std::size_t most_rows = 20000;
  static constexpr std::size_t most_columns = 512;
  static constexpr std::size_t most_cells = 400000;
  // Columns of the largest spreadsheet there is: a file with more is no form at all.
  static constexpr std::size_t widest = 16384;

  Table(std::size_t number, std::string sheet) : number_(number), sheet_(std::move(sheet)) {}

  // A cell beyond the limits is left out and counted.
  void put(DocumentCell cell);
  // For a cell that was never made, because it would lie beyond them.
  void leave_out(std::size_t column, bool blank);
  // After the last put(): where two cells claim one square, the earlier keeps it. Takes the squares
  // it covers from `squares`; when there are not enough, it covers none and is_too_large().
  void settle(std::size_t& squares);

  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] const std::string& sheet() const { return sheet_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] bool is_too_large() const { return too_large_; }
  [[nodiscard]] std::size_t left_out() const { return left_out_; }  // cells with words
  // that is why
  [[nodiscard]] bool is_full() const { return left_out_ > 0 && cells_.size() >= most_cells; }
  // of every cell, left out or not
  [[nodiscard]] std::size_t furthest_column() const { return furthest_; }
  // The cell over that square; null where there is none.
  [[nodiscard]] const DocumentCell* at(std::size_t row, std::size_t column) const;
  // Every cell that begins in this row, from the left.
  [[nodiscard]] std::vector<const DocumentCell*> row(std::size_t row) const;
  template <class Visit>
  void each_cell(const Visit& visit) {
    for (DocumentCell& cell : cells_) visit(cell);
  }
  [[nodiscard]] FormPlace place(std::size_t row, std::size_t column) const;
  // The same table on its side: its places still say where its cells stand.
  [[nodiscard]] Table transposed(std::size_t& squares) const;
  // Whether the columns of a row can be trusted: a text of one cell a line has lost how wide its
  // cells were.
  [[nodiscard]] bool has_exact_columns() const { return exact_columns_; }
  void lose_columns() { exact_columns_ = false; }

 private:
  std::size_t number_;
  std::string sheet_;
  std::size_t rows_ = 0, columns_ = 0;
  std::size_t left_out_ = 0, furthest_ = 0;
  bool too_large_ = false, exact_columns_ = true, transposed_ = false;
  std::vector<DocumentCell> cells_;
  std::vector<std::size_t> starts_;  // of each row in `squares_`, and behind the last: a row is as
                                     // long as its cells reach
  std::vector<std::uint32_t> squares_;  // index + 1 of the cell over each; 0: none
};

// A paragraph outside the tables, and how many tables come before it.
struct Paragraph {
  std::string text;
  std::size_t number = 0;  // from 1
  std::size_t tables_before = 0;
  std::size_t line = 0;
};

// Words a document holds and nobody who looks at it sees, or that are struck out: not read, and
// said.
struct Unseen {
  enum class Why { hidden_row, hidden_column, hidden_text, struck, note_mark, prompt };
  FormPlace place;
  std::string text;
  Why why = Why::hidden_text;
};
Text words_for(Unseen::Why why);

struct Document {
  static constexpr std::size_t most_squares = 16000000;
  static constexpr std::size_t most_paragraphs = 200000;  // those behind them are not kept

  std::string file;
  bool worksheets = false;  // each table is a sheet of its own
  std::vector<Table> tables;
  std::vector<Paragraph> paragraphs;
  std::vector<Unseen> unseen;
  std::size_t squares_left = most_squares;
};

// Reads .docx, .xlsx, .csv, .tsv, .txt, .md and .html; .doc, .xls and other office files through
// LibreOffice where it is installed. Told by what is in the file, then by its name. At most 64 MB.
// Nothing when it cannot be read; the diagnostics say why.
std::optional<Document> read_document(const std::string& file,
                                      std::vector<Diagnostic>& diagnostics);
// The same for bytes in memory; no other program is run.
std::optional<Document> read_document(const std::string& file, std::string bytes,
                                      std::vector<Diagnostic>& diagnostics);

// Where something stands, for people: "table 2, row 7, column D", "sheet 'x' D7", "paragraph 12".
std::string describe(const FormPlace& place, Language language);
// A, B, ... Z, AA
std::string column_name(std::size_t column);

}  // namespace jixiao::forms
