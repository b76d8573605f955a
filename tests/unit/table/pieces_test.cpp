// Records survive any cutting: compared with a slow reader that splits the whole text at once.
#include <catch2/catch.hpp>
#include <random>

#include "table/cells.hpp"
#include "table/pieces.hpp"

namespace jixiao::table {
namespace {

using Records = std::vector<std::vector<std::string>>;

// One character at a time, RFC 4180; blank lines are no records.
Records slowly(const std::string& text, char separator = ',') {
  Records records;
  std::vector<std::string> record;
  std::string cell;
  bool quoted = false;
  bool any = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        cell += c;
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        cell += c;
      }
      continue;
    }
    if (c == '"' && cell.empty()) {
      quoted = any = true;
    } else if (c == separator) {
      record.push_back(std::exchange(cell, {}));
      any = true;
    } else if (c == '\n') {
      if (any || !cell.empty()) {
        record.push_back(std::exchange(cell, {}));
        records.push_back(std::exchange(record, {}));
      }
      any = false;
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (any || !cell.empty()) {
    record.push_back(cell);
    records.push_back(record);
  }
  return records;
}

Records read(const std::string& text, std::size_t bytes, std::optional<std::size_t> key = {}) {
  std::vector<Diagnostic> diagnostics;
  const auto source = source_of(text);
  Cutter cutter(*source, "a table", diagnostics);
  Records records;
  if (cutter.header().empty()) return records;
  records.push_back(cutter.header());
  if (key) cutter.keep_together(*key);
  const std::size_t columns = cutter.header().size();
  Cells cells(columns, cutter.separator(), std::vector<Wanted>(columns, Wanted::text));
  Piece piece;
  std::uint64_t expected = 0;
  std::vector<std::string> last;
  while (cutter.next(piece, bytes)) {
    cells.parse(piece);
    CHECK(piece.first_record == expected);
    expected += cells.records();
    for (std::size_t row = 0; row < cells.records(); ++row) {
      auto& record = records.emplace_back();
      for (std::size_t c = 0; c < columns; ++c) record.emplace_back(cells.text(c)[row]);
      if (key && row == 0 && !last.empty()) CHECK(record[*key] != last[*key]);
      last = record;
    }
  }
  return records;
}

std::string random_table(std::mt19937& random, std::size_t rows) {
  const std::vector<std::string> cells = {
      "1",   "96.4", "\"a,b\"",  "\"line\nend\"", "\"say \"\"so\"\"\"", "", "≥50个", "\"\"",
      "x y", "-3",   "\"\n\n\"", "社区",          "\"a;b\t\"",          "0"};
  std::string text = "k,a,b\n";
  for (std::size_t i = 0; i < rows; ++i) {
    text += "p" + std::to_string(i / (1 + random() % 3)) + "," + cells[random() % cells.size()] +
            "," + cells[random() % cells.size()];
    text += random() % 7 == 0 ? "\r\n" : "\n";
    if (random() % 11 == 0) text += "\n";
  }
  if (random() % 2 == 0) text.pop_back();
  return text;
}

TEST_CASE("records are the same however the table is cut") {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const std::string text = random_table(random, random() % 40);
    const Records expected = slowly(text);
    for (const std::size_t bytes : {1U, 2U, 7U, 64U, 1000000U}) {
      CHECK(read(text, bytes) == expected);
      CHECK(read(text, bytes, 0) == expected);
    }
  }
}

TEST_CASE("lines are counted as an editor counts them") {
  std::vector<Diagnostic> diagnostics;
  const std::string text = "# comment\nk,a\np,\"two\nlines\"\n\nq,1\n";
  const auto source = source_of(text);
  Cutter cutter(*source, "a table", diagnostics);
  Piece piece;
  REQUIRE(cutter.next(piece, 1000));
  Cells cells(2, ',', {Wanted::text, Wanted::number});
  cells.parse(piece);
  REQUIRE(cells.records() == 2);
  CHECK(cells.line(0) == 3);
  CHECK(cells.line(1) == 6);
  CHECK(cells.kinds(1)[0] == CellKind::text);
  CHECK(cells.numbers(1)[1] == 1);
}

TEST_CASE("records with too few or too many cells are named and keep what they have") {
  std::vector<Diagnostic> diagnostics;
  const auto source = source_of("a;b;c\n1;2\n1;2;3;4\n1;2;3\n");
  Cutter cutter(*source, "a table", diagnostics);
  CHECK(cutter.separator() == ';');
  Piece piece;
  REQUIRE(cutter.next(piece, 1000));
  Cells cells(3, ';', std::vector<Wanted>(3, Wanted::text));
  cells.parse(piece);
  REQUIRE(cells.records() == 3);
  REQUIRE(cells.ragged().size() == 2);
  CHECK(cells.ragged()[0].row == 0);
  CHECK(cells.ragged()[0].cells == 2);
  CHECK(cells.ragged()[1].cells == 4);
  CHECK(cells.text(2)[0].empty());
}

TEST_CASE("a quote that never closes is refused, not read for ever") {
  std::vector<Diagnostic> diagnostics;
  const std::string text = "a,b\n1,\"" +
                           std::string(Cutter::record_limit + (std::size_t{8} << 20), 'x');
  const auto source = source_of(text);
  Cutter cutter(*source, "a table", diagnostics);
  Piece piece;
  CHECK_THROWS_AS(cutter.next(piece, 1000), StreamFailure);
}

TEST_CASE("an empty table says that it has no header") {
  std::vector<Diagnostic> diagnostics;
  const auto source = source_of("");
  const Cutter cutter(*source, "a table", diagnostics);
  CHECK(cutter.header().empty());
  REQUIRE(diagnostics.size() == 1);
}

struct Heading {
  const char* text;
  std::vector<std::string> header;
  char separator;
  std::uint64_t first_line;  // of the records
  std::size_t warnings;
};

TEST_CASE("a heading is found below what stands above it") {
  const std::vector<Heading> headings = {
      {"a,b\n1,2\n", {"a", "b"}, ',', 2, 0},
      {"a|b|c\n1|2|3\n", {"a", "b", "c"}, '|', 2, 0},
      {"sep=^\na^b\n1^2\n", {"a", "b"}, '^', 3, 0},
      {"\"sep=;\"\r\na;b\r\n1;2\r\n", {"a", "b"}, ';', 3, 0},
      {"某区 2024 年度,,\n\nname,x,y\nA,1,2\n", {"name", "x", "y"}, ',', 4, 1},
      {"A title\n\"Unit: 10,000 yuan\",,\nname,x,y\nA,1,2\n", {"name", "x", "y"}, ',', 4, 2},
      {"# note\n#name,x\nA,1\n", {"name", "x"}, ',', 3, 1},
      {"#  name ,x\nA,1\n", {"name", "x"}, ',', 2, 1},
      {"# name,x\nname,y\nA,1\n", {"name", "y"}, ',', 3, 0},
      {"# of 2024, made by hand\nname,x\nA,1\n", {"name", "x"}, ',', 3, 0},
      {"only\n1\n2\n", {"only"}, ',', 2, 0},
      {"only\na b\n", {"only"}, ',', 2, 0},
      {"name,\nA,\nB,\n", {"name", ""}, ',', 2, 0},
      {"name\nA,1\nB,2\n", {"name"}, ',', 2, 0},
      {"#\n\n# \nname,x\n", {"name", "x"}, ',', 5, 0},
  };
  for (const Heading& heading : headings) {
    INFO(heading.text);
    std::vector<Diagnostic> diagnostics;
    const auto source = source_of(heading.text);
    Cutter cutter(*source, "a table", diagnostics);
    CHECK(cutter.header() == heading.header);
    CHECK(cutter.separator() == heading.separator);
    CHECK(diagnostics.size() == heading.warnings);
    Piece piece;
    if (cutter.next(piece, 1000)) CHECK(piece.first_line == heading.first_line);
  }
}

TEST_CASE("records of nothing but separators are none") {
  std::vector<Diagnostic> diagnostics;
  const auto source = source_of("a,b\n1,2\n,\n , \n\"\",\n3,\n,,\n,4\n");
  Cutter cutter(*source, "a table", diagnostics);
  Piece piece;
  REQUIRE(cutter.next(piece, 1000));
  Cells cells(2, ',', {Wanted::text, Wanted::number});
  cells.parse(piece);
  REQUIRE(cells.records() == 3);
  CHECK(cells.ragged().empty());
  CHECK(cells.text(0)[1] == "3");
  CHECK(cells.line(1) == 6);
  CHECK(cells.numbers(1)[2] == 4);
  CHECK(cells.line(2) == 8);
}

TEST_CASE("a header is so long and no longer") {
  const auto code_of = [](const std::string& text) {
    std::vector<Diagnostic> diagnostics;
    const auto source = source_of(text);
    Cutter cutter(*source, "a table", diagnostics);
    return diagnostics.empty() ? std::string() : diagnostics.front().code;
  };
  const std::string widest = std::string(16'383, ',') + "a";
  CHECK(code_of(widest + "\n1\n").empty());
  CHECK(code_of("b," + widest + "\n1\n") == "file.too-large");
  CHECK(code_of("a," + std::string(4096, 'n') + "\n1,2\n").empty());
  CHECK(code_of("a," + std::string(4097, 'n') + "\n1,2\n") == "file.too-large");
}

TEST_CASE("shards of every count tile the file") {
  std::mt19937 random(11);
  for (int round = 0; round < 8; ++round) {
    const std::string text = random_table(random, 30);
    std::vector<Diagnostic> diagnostics;
    for (std::size_t count = 1; count <= 12; ++count) {
      std::string joined;
      std::uint64_t at = 0;
      for (std::size_t i = 0; i < count; ++i) {
        const auto source = source_of(text);
        const Range range =
            shard_range(*source, "a table", {i, count, text.size(), 0}, diagnostics);
        if (i > 0) CHECK(range.begin == at);
        at = range.end;
        joined += text.substr(range.begin, range.end - range.begin);
      }
      CHECK(at == text.size());
      CHECK("k,a,b\n" + joined == text);
    }
  }
}

}  // namespace
}  // namespace jixiao::table
