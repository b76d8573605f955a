// Workbooks as written: what is in their parts, and what a reader makes of them.
#include "workbook/workbook.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "archive/parts.hpp"
#include "document/document.hpp"

using namespace jixiao;
using workbook::Workbook;

namespace {

std::string written(const Workbook& book) {
  std::vector<Diagnostic> diagnostics;
  const auto bytes = workbook::to_xlsx(book, "x.xlsx", diagnostics);
  for (const Diagnostic& d : diagnostics) UNSCOPED_INFO(d.message.en);
  REQUIRE(bytes);
  return *bytes;
}

std::string part(const std::string& bytes, const std::string& name) {
  std::vector<Diagnostic> diagnostics;
  const auto archive = archive::Archive::open("x.xlsx", bytes, diagnostics);
  REQUIRE(archive);
  const auto found = archive->read(name, diagnostics);
  REQUIRE(found);
  return *found;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

const std::string first_sheet = "xl/worksheets/sheet1.xml";

}  // namespace

TEST_CASE("what a stranger typed is text, never a formula", "[workbook]") {
  Workbook book;
  auto& sheet = book.sheet("x");
  const std::vector<std::string> hostile{
      "=1+1", "+cmd|' /C calc'!A0",       "-2+3",   "@SUM(A1)",   "\t=1",
      "\r=1", "=HYPERLINK(\"http://x\")", "{=1+1}", "<f>1+1</f>", "&amp;"};
  for (std::size_t i = 0; i < hostile.size(); ++i) sheet.text(i + 1, 1, hostile[i]);
  const std::string bytes = written(book);
  CHECK(count(part(bytes, first_sheet), "<f") == 0);
  CHECK(count(part(bytes, first_sheet), "t=\"s\"") == hostile.size());
  std::vector<Diagnostic> diagnostics;
  const auto read = forms::read_document("x.xlsx", bytes, diagnostics);
  REQUIRE(read);
  for (std::size_t i = 0; i < 4; ++i) CHECK(read->tables[0].at(i + 1, 1)->text == hostile[i]);
  CHECK(read->tables[0].at(9, 1)->text == "<f>1+1</f>");
  // Edited again they stay text: their format is Text.
  CHECK_THAT(part(bytes, "xl/styles.xml"), Catch::Contains("numFmtId=\"49\""));
}

TEST_CASE("a number that is none is a blank cell", "[workbook]") {
  Workbook book;
  auto& sheet = book.sheet("x");
  workbook::Look bordered;
  bordered.border = true;
  sheet.number(1, 1, std::nan(""), bordered);
  sheet.number(2, 1, std::numeric_limits<double>::infinity());
  sheet.number(3, 1, std::optional<double>());
  sheet.number(4, 1, 0.1 + 0.2);
  sheet.formula(5, 1, {"A4*2", std::nan("")});
  const std::string xml = part(written(book), first_sheet);
  CHECK(count(xml, "<v>") == 2);
  CHECK_THAT(xml, Catch::Contains("<v>0.3</v>") && !Catch::Contains("NAN") &&
                      !Catch::Contains("INF") && !Catch::Contains("<v>0</v>"));
}

TEST_CASE("a formula comes with its value", "[workbook]") {
  Workbook book;
  auto& sheet = book.sheet("x");
  sheet.number(1, 1, 2);
  sheet.formula(1, 2, {"=IF(A1<3,A1*2,0)", 4.0});
  sheet.formula(1, 3, {"IF(A1<3,\"优\",\"差\")", std::string("优")});
  const std::string xml = part(written(book), first_sheet);
  CHECK_THAT(xml, Catch::Contains("<f>IF(A1&lt;3,A1*2,0)</f><v>4</v>") &&
                      Catch::Contains("<f>IF(A1&lt;3,\"优\",\"差\")</f><v>优</v>"));
}

TEST_CASE("merged cells, bars, charts, frozen panes and pages", "[workbook]") {
  Workbook book;
  auto& sheet = book.sheet("points");
  sheet.text(1, 1, "Title");
  sheet.merge(1, 3);
  for (std::size_t i = 2; i < 5; ++i) {
    sheet.text(i, 1, "row");
    sheet.number(i, 2, static_cast<double>(i));
  }
  sheet.freeze(1);
  sheet.bars({{2, 2, 3, 1}});
  sheet.chart({workbook::ChartKind::bar, "Lost", {{"lost", "", {2, 1, 3, 1}, {2, 2, 3, 1}}}, 6, 1});
  sheet.page.repeated_rows = 1;
  const std::string bytes = written(book);
  const std::string xml = part(bytes, first_sheet);
  CHECK_THAT(xml, Catch::Contains("<mergeCell ref=\"A1:C1\"/>") && Catch::Contains("<dataBar>") &&
                      Catch::Contains("state=\"frozen\"") && Catch::Contains("paperSize=\"9\"") &&
                      Catch::Contains("fitToHeight=\"0\""));
  CHECK_THAT(part(bytes, "xl/charts/chart1.xml"), Catch::Contains("points!$B$2:$B$4"));
  std::vector<Diagnostic> diagnostics;
  const auto read = forms::read_document("x.xlsx", bytes, diagnostics);
  REQUIRE(read);
  CHECK(read->tables[0].at(1, 3)->text == "Title");
}

TEST_CASE("the same workbook is the same bytes", "[workbook]") {
  Workbook book;
  book.title = "优 & 良";
  book.sheet("一").text(1, 1, "x");
  const std::string bytes = written(book);
  CHECK(bytes == written(book));
  CHECK_THAT(part(bytes, "docProps/core.xml"),
             Catch::Contains("1970-01-01") && Catch::Contains("优 &amp; 良"));
}

TEST_CASE("names of sheets are made fit", "[workbook]") {
  Workbook book;
  CHECK(book.sheet("a/b:c[d]").name() == "a b c d");
  CHECK(book.sheet("'quoted'").name() == "quoted");
  CHECK(book.sheet("").name() == "Sheet");
  CHECK(book.sheet("sheet").name() == "sheet 2");
  CHECK(book.sheet(std::string(40, 'x')).name() == std::string(31, 'x'));
  CHECK(book.sheet(std::string(40, 'x')).name() == std::string(29, 'x') + " 2");
  std::string long_chinese;
  for (int i = 0; i < 40; ++i) long_chinese += "绩";
  CHECK(book.sheet(long_chinese).name().size() == 93);
  CHECK_FALSE(written(book).empty());
}

TEST_CASE("names of cells", "[workbook]") {
  CHECK(workbook::cell_name(7, 2) == "B7");
  CHECK(workbook::cell_name(7, 27, true) == "$AA$7");
  CHECK(workbook::column_name(702) == "ZZ");
  CHECK(workbook::column_name(703) == "AAA");
  CHECK(workbook::range_name({2, 3, 4, 1}) == "C2:C5");
  Workbook book;
  CHECK(workbook::cell_name(book.sheet("It's"), 1, 1) == "'It''s'!$A$1");
}

TEST_CASE("what no cell can hold is made fit", "[workbook]") {
  CHECK(workbook::clean("a\x01\xFF"
                        "b\r\n") ==
        "a\xEF\xBF\xBD\xEF\xBF\xBD"
        "b\n");
  const std::string exact(32767, 'x');
  CHECK(workbook::clean(exact) == exact);
  const std::string cut = workbook::clean(exact + "y");
  CHECK(cut == std::string(32766, 'x') + "…");
  Workbook book;
  auto& sheet = book.sheet("x");
  sheet.text(1, 1, exact + exact);
  sheet.text(2, 1, std::string("a\0b", 3));
  CHECK_FALSE(written(book).empty());
}
