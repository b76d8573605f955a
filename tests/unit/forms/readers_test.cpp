// What the readers make of cells: formats, spans, text.
#include <catch2/catch.hpp>

#include "document/document.hpp"
#include "document/number_format.hpp"
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
  CHECK(NumberFormat::of_code("#,##0.00\"元/天\"").show("1128000.125", false) ==
        "1128000.125元/天");
  CHECK(NumberFormat::of_code("[Red]0.0").show("0.1", false) == "0.1");
  CHECK(NumberFormat::of_code("h:mm").show("0.5", false) == "0.5");
  CHECK(NumberFormat::built_in(14).show("1e300", false) == "1e300");
  CHECK(NumberFormat::built_in(14).show("words", false) == "words");
}

TEST_CASE("number formats: signs, units and scalings as they are shown", "[forms]") {
  CHECK(NumberFormat::of_code("\"≥\"0\"%\"").show("95", false) == "≥95%");
  CHECK(NumberFormat::of_code("\"≥\"0\\%").show("95", false) == "≥95%");
  CHECK(NumberFormat::of_code("\"≥\"0%").show("0.6", false) == "≥60%");
  CHECK(NumberFormat::of_code("0.0\"％\"").show("57.25", false) == "57.25％");
  CHECK(NumberFormat::of_code("\"≤\"#,##0\"元/人\"").show("900", false) == "≤900元/人");
  CHECK(NumberFormat::of_code("0!.0,\"万元\"").show("200000", false) == "20万元");
  CHECK(NumberFormat::of_code("0\\.0,").show("183500", false) == "18.35");
  CHECK(NumberFormat::of_code("#,##0,").show("1200000", false) == "1200");
  CHECK(NumberFormat::of_code("#,##0").show("1200000", false) == "1200000");
  CHECK(NumberFormat::of_code("0.0,,\"百万\"").show("2500000", false) == "2.5百万");
  CHECK(NumberFormat::of_code("[>=10000]0!.0,\"万元\";0\"元\"").show("25000", false) == "2.5万元");
  CHECK(NumberFormat::of_code("[>=10000]0!.0,\"万元\";0\"元\"").show("900", false) == "900元");
  CHECK(NumberFormat::of_code("[$¥-804]#,##0.00").show("12.5", false) == "¥12.5");
  CHECK(NumberFormat::of_code("General\"人\"").show("186", false) == "186人");
  // Accounting formats write the sign of a negative number as parentheses, and zero as a dash.
  CHECK(NumberFormat::of_code("#,##0_);(#,##0);\"-\"").show("-5", false) == "-5");
  CHECK(NumberFormat::of_code("#,##0_);(#,##0);\"-\"").show("0", false) == "0");
  CHECK(NumberFormat::of_code("0;[Red]0").show("-5", false) == "-5");
  CHECK(NumberFormat::of_code(";;;").hides_all());
  CHECK_FALSE(NumberFormat::of_code("0;-0;").hides_all());
  CHECK(NumberFormat::of_code("0;0;0;@\"人\"").show_text("二百") == "二百人");
  // A number in parts says more than its parts.
  CHECK(NumberFormat::of_code("000-0000").show("5551234", false) == "5551234");
  CHECK(NumberFormat::of_code("# ?/?").show("0.5", false) == "0.5");
  CHECK(NumberFormat::of_code("0.00E+00").show("12345", false) == "12345");
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

TEST_CASE("what is hidden or struck out is not read, and said", "[forms]") {
  auto parts = packed::workbook(
      R"(<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="inlineStr"><is><t>隐列</t></is></c>)"
      R"(<c r="C1" t="inlineStr"><is><r><rPr><strike/></rPr><t>97%</t></r><r><t>91%</t></r></is></c></row>)"
      R"(<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>隐行</t></is></c></row>)"
      R"(<row r="3"><c r="A3" t="inlineStr" s="4"><is><t>划去</t></is></c><c r="C3" t="d"><v>2023-11-20T00:00:00</v></c><c r="D3"><v>null</v></c></row>)");
  parts[2].second.replace(parts[2].second.find("<cellXfs>"), 9,
                          "<fonts><font/><font><strike val=\"1\"/></font></fonts><cellXfs>");
  parts[2].second.replace(parts[2].second.find("</cellXfs>"), 10,
                          "<xf numFmtId=\"0\" fontId=\"1\"/></cellXfs>");
  parts[3].second.replace(parts[3].second.find("<sheetData>"), 11,
                          "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>");
  std::vector<Diagnostic> diagnostics;
  const auto document = forms::read_document("form.xlsx", packed::pack(parts), diagnostics);
  REQUIRE(document);
  CHECK(at(*document, 1, 1, 1) == "甲");
  CHECK(at(*document, 1, 1, 2).empty());
  CHECK(at(*document, 1, 1, 3) == "91%");
  CHECK(at(*document, 1, 3, 1).empty());
  CHECK(at(*document, 1, 3, 3) == "2023-11-20");
  CHECK(at(*document, 1, 3, 4) == "-");
  const std::string said =
      render_diagnostics(diagnostics, {Format::text, Language::en, false, 200});
  CHECK_THAT(said, Catch::Contains("column B: '隐列' is in a hidden column") &&
                       Catch::Contains("row 2: '隐行' is in a hidden row") &&
                       Catch::Contains("C1: '97%' is struck out") &&
                       Catch::Contains("A3: '划去' is struck out"));
}

TEST_CASE("a package is followed by its relations", "[forms]") {
  auto parts =
      packed::workbook(R"(<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>)");
  parts[0].first = "xl/workbook22.xml";
  parts[1].first = "xl/_rels/workbook22.xml.rels";
  parts[1].second =
      R"(<Relationships><Relationship Id="rId1" Target=".\worksheets\sheet1.xml"/></Relationships>)";
  parts.emplace_back(
      "_rels/.rels",
      R"(<Relationships><Relationship Id="a" Type="x/officeDocument" Target="./xl/workbook22.xml"/></Relationships>)");
  CHECK(at(read("form.xlsx", packed::pack(parts)), 1, 1, 1) == "甲");
}

TEST_CASE("Word: prompts, equations, struck and hidden runs, marks of notes", "[forms]") {
  const auto cell = [](const std::string& inner) {
    return "<w:tc><w:p>" + inner + "</w:p></w:tc>";
  };
  const auto run = [](const std::string& text, const std::string& properties = {}) {
    return "<w:r><w:rPr>" + properties + "</w:rPr><w:t>" + text + "</w:t></w:r>";
  };
  const forms::Document document =
      read("form.docx",
           packed::word("<w:tbl><w:tr>" +
                        cell("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" +
                             run("单击此处") + "</w:sdtContent></w:sdt>") +
                        cell("<m:oMath><m:r><m:t>≥</m:t></m:r></m:oMath>" + run("95%")) +
                        cell(run("97%", "<w:strike/>") + run("91%")) +
                        cell(run("97%") + run("（原92%）", "<w:vanish/>")) +
                        cell(run("97%") + run("1", "<w:vertAlign w:val=\"superscript\"/>")) +
                        cell(run("2000m") + run("2", "<w:vertAlign w:val=\"superscript\"/>")) +
                        cell("<w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r>" + run("3")) +
                        "</w:tr></w:tbl>"));
  CHECK(at(document, 1, 1, 1).empty());
  CHECK(at(document, 1, 1, 2) == "≥95%");
  CHECK(at(document, 1, 1, 3) == "91%");
  CHECK(at(document, 1, 1, 4) == "97%");
  CHECK(at(document, 1, 1, 5) == "97%");
  CHECK(at(document, 1, 1, 6) == "2000m²");
  CHECK(at(document, 1, 1, 7) == "≥3");
  CHECK(document.unseen.size() == 4);
}

TEST_CASE("pages of HTML and Markdown are tables", "[forms]") {
  const forms::Document page =
      read("form.xls",
           "<html><head><style>td{color:red}</style></head><body><p>标题</p><table><tr><td "
           "colspan=2>甲&ge;<td>乙<s>旧</s>"
           "<tr><td rowspan='2'>丙<td>丁<br>戊<tr style='display:none'><td>隐<tr><td>己</table>");
  REQUIRE(page.tables.size() == 1);
  CHECK(page.paragraphs.at(0).text == "标题");
  CHECK(at(page, 1, 1, 2) == "甲≥");
  CHECK(at(page, 1, 1, 3) == "乙");
  CHECK(at(page, 1, 2, 2) == "丁\n戊");
  CHECK(page.unseen.size() == 2);
  const forms::Document markdown =
      read("form.md", "# 标题\n\n| 甲 | **乙** |\n|---|:-:|\n| a \\| b |  |\n\n后文\n");
  REQUIRE(markdown.tables.size() == 1);
  CHECK(at(markdown, 1, 1, 2) == "乙");
  CHECK(at(markdown, 1, 2, 1) == "a | b");
  CHECK(markdown.paragraphs.at(1).text == "后文");
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
  const forms::Document wide = read("form.txt", std::string("\xFF\xFE\x32\x75\t\0\x59\x4E", 8));
  CHECK(at(wide, 1, 1, 1) == "甲");
  CHECK(at(wide, 1, 1, 2) == "乙");
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
