// What the readers make of cells: formats, spans, text.
#include <catch2/catch.hpp>

#include "forms/document.hpp"
#include "forms/number_format.hpp"
#include "jixiao/report.hpp"
#include "packed.hpp"

using namespace jixiao;
using forms::NumberFormat;

namespace {

forms::Document read(const std::string& name, std::string bytes) {
  std::vector<Diagnostic> diagnostics;
  auto out = forms::read_document(name, std::move(bytes), diagnostics);
  INFO(render_diagnostics(diagnostics, {Format::text, Language::en, false, 200}));
  REQUIRE(out);
  return std::move(*out);
}

std::string at(const forms::Document& document, std::size_t table, std::size_t row,
               std::size_t column) {
  const forms::DocumentCell* cell = document.tables.at(table - 1).at(row, column);
  return cell == nullptr ? "-" : cell->text;
}

}  // namespace

TEST_CASE("number formats: percents exactly, dates as days, numbers unrounded", "[forms]") {
  CHECK(NumberFormat::of_code("0.00%").show("0.958", false) == "95.8%");
  CHECK(NumberFormat::of_code("0%").show("0.07", false) == "7%");
  CHECK(NumberFormat::built_in(9).show("1", false) == "100%");
  CHECK(NumberFormat::of_code("yyyy\"年\"m\"月\"d\"日\"").show("44165", false) == "2020-11-30");
  CHECK(NumberFormat::of_code("yyyy\"年\"m\"月\"").show("44165", false) == "2020年11月");
  CHECK(NumberFormat::built_in(14).show("42703", true) == "2020-11-30");
  CHECK(NumberFormat::of_code("#,##0.00\"元/天\"").show("1128000.125", false) == "1128000.125");
  CHECK(NumberFormat::of_code("[Red]0.0").show("0.1", false) == "0.1");
  CHECK(NumberFormat::of_code("h:mm").show("0.5", false) == "0.5");
  CHECK(NumberFormat::built_in(14).show("1e300", false) == "1e300");
  CHECK(NumberFormat::built_in(14).show("words", false) == "words");
}

TEST_CASE("workbook cells of every type", "[forms]") {
  auto parts = packed::workbook(
      R"(<row r="2"><c r="B2" t="s"><v>1</v></c><c r="C2" s="1"><v>0.93</v></c><c r="D2" s="2"><v>44165</v></c><c t="b"><v>1</v></c>)"
      R"(<c r="F2"><f>1+1</f><v>2</v></c><c r="G2" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r><rPh><t>x</t></rPh></is></c></row>)"
      R"(<row r="3"><c r="B3"><f>SUM(A1:A9)</f></c><c r="C3" t="e"><v>#REF!</v></c></row>)",
      R"(<mergeCells><mergeCell ref="B2:B3"/></mergeCells>)");
  parts.emplace_back(
      "xl/sharedStrings.xml",
      "<sst><si><t>no</t></si><si><t xml:space=\"preserve\"> 项目 名称 </t></si></sst>");
  std::vector<Diagnostic> diagnostics;
  const auto document = forms::read_document("form.xlsx", packed::pack(parts), diagnostics);
  REQUIRE(document);
  CHECK(at(*document, 1, 2, 2) == "项目 名称");
  CHECK(at(*document, 1, 3, 2) == "项目 名称");  // merged
  CHECK(at(*document, 1, 2, 3) == "93%");
  CHECK(at(*document, 1, 2, 4) == "2020-11-30");
  CHECK(at(*document, 1, 2, 5) == "是");
  CHECK(at(*document, 1, 2, 6) == "2");
  CHECK(at(*document, 1, 2, 7) == "富文本");
  CHECK(at(*document, 1, 1, 1) == "-");
  const std::string said =
      render_diagnostics(diagnostics, {Format::text, Language::en, false, 200});
  CHECK_THAT(said, Catch::Contains(
                       "sheet 'S' B3 is a formula 'SUM(A1:A9)' whose value is not in the file") &&
                       Catch::Contains("C3 is the formula error #REF!"));
}

TEST_CASE("Word tables: spans, merges, nested tables, tracked changes", "[forms]") {
  const auto cell = [](const std::string& text, const std::string& properties = {}) {
    return "<w:tc><w:tcPr>" + properties + "</w:tcPr><w:p><w:r><w:t>" + text +
           "</w:t></w:r></w:p></w:tc>";
  };
  const std::string restart = "<w:vMerge w:val=\"restart\"/>";
  const forms::Document document =
      read("form.docx",
           packed::word("<w:p><w:r><w:t>标题</w:t></w:r></w:p><w:tbl><w:tr>" + cell("甲", restart) +
                        cell("乙", "<w:gridSpan w:val=\"2\"/>") + cell("丙") + "</w:tr><w:tr>" +
                        cell("", "<w:vMerge/>") + cell("丁") + cell("戊") +
                        "<w:tc><w:p><w:ins><w:r><w:t>新</w:t></w:r></"
                        "w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
                        "<w:tbl><w:tr>" +
                        cell("内") + "</w:tr></w:tbl></w:tc></w:tr></w:tbl>"));
  REQUIRE(document.tables.size() == 2);
  CHECK(document.paragraphs.at(0).text == "标题");
  CHECK(at(document, 1, 1, 2) == "乙");
  CHECK(at(document, 1, 1, 3) == "乙");
  CHECK(at(document, 1, 2, 1) == "甲");
  CHECK(at(document, 1, 2, 3) == "戊");
  CHECK(at(document, 1, 1, 4) == "丙");
  CHECK(at(document, 1, 2, 4) == "新");
  CHECK(at(document, 2, 1, 1) == "内");
}

TEST_CASE("comma-separated and plain text, in GBK too", "[forms]") {
  const forms::Document csv =
      read("form.csv", "\xEF\xBB\xBF项目名称,\"甲,乙\n丙\"\r\n一级指标,\"说\"\"话\"\"\"\n");
  CHECK(at(csv, 1, 1, 2) == "甲,乙\n丙");
  CHECK(at(csv, 1, 2, 2) == "说\"话\"");
  CHECK(csv.tables[0].at(2, 1)->line == 3);
  const forms::Document gbk = read("form.csv", "\xCF\xEE\xC4\xBF\xC3\xFB\xB3\xC6;x\n");
  CHECK(at(gbk, 1, 1, 1) == "项目名称");
  CHECK(at(gbk, 1, 1, 2) == "x");
  const forms::Document text =
      read("form.txt", "标题\n\n\t甲\n\t\n\t乙\n\n\t丙\n\n段落\n一\t二\t三\n");
  REQUIRE(text.tables.size() == 2);
  CHECK(at(text, 1, 1, 2).empty());
  CHECK(at(text, 1, 1, 3) == "乙");
  CHECK(at(text, 1, 2, 1) == "丙");
  CHECK(at(text, 2, 1, 3) == "三");
  CHECK(text.paragraphs.at(1).text == "段落");
}

TEST_CASE("a text's wide headings stand over what is below them", "[forms]") {
  const forms::Document text =
      read("form.txt", "\t三级指标\n\t年度指标值\n\t分值\n\n\t\n\t性质\n\t值\n\t\n");
  CHECK(at(text, 1, 1, 2) == "年度指标值");
  CHECK(at(text, 1, 1, 3) == "年度指标值");
  CHECK(at(text, 1, 1, 4) == "分值");
}

TEST_CASE("places in words", "[forms]") {
  CHECK(forms::describe({2, 7, 4, "", 0}, Language::en) == "table 2, row 7, column D");
  CHECK(forms::describe({2, 7, 4, "", 0}, Language::zh) == "表2第7行D列");
  CHECK(forms::describe({1, 7, 28, "表1", 0}, Language::en) == "sheet '表1' AB7");
  CHECK(forms::describe({0, 12, 0, "", 0}, Language::en) == "paragraph 12");
}
