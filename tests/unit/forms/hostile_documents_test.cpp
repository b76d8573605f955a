// Documents built to do harm: each is refused with words, or read within bounds, soon.
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>

#include "document/document.hpp"
#include "forms/recognition.hpp"
#include "jixiao/report.hpp"
#include "packed.hpp"

using namespace jixiao;
using packed::pack;
using packed::workbook;

namespace {

struct Read {
  std::optional<forms::Document> document;
  std::string said;
  std::vector<Diagnostic> diagnostics;
};

Read read_hostile(std::string bytes, const std::string& name = "form.xlsx") {
  Read out;
  const auto begin = std::chrono::steady_clock::now();
  out.document = forms::read_document(name, std::move(bytes), out.diagnostics);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
  out.said = render_diagnostics(out.diagnostics, {Format::text, Language::en, false, 200});
  return out;
}

void refused(const Read& read_hostile, const std::string& code, const std::string& words) {
  CHECK_FALSE(read_hostile.document);
  CHECK_THAT(read_hostile.said, Catch::Contains("[" + code + "]") && Catch::Contains(words));
}

std::string ole(const std::string& name) {
  std::string out = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(504, '\0');
  for (const char c : name) out += c, out += '\0';
  return out;
}

}  // namespace

TEST_CASE("a part that unpacks to far more than it is packed", "[forms][hostile]") {
  auto parts = workbook("");
  parts[0].second += std::string(std::size_t{90} << 20, ' ');
  refused(read_hostile(pack(parts)), "document.damaged", "zip bomb");
  parts[0].second.resize(std::size_t{30} << 20, ' ');  // under the limit of size, not of ratio
  refused(read_hostile(pack(parts)), "document.damaged", "zip bomb");
  parts[0].second = workbook("")[0].second + std::string(900000, ' ');
  CHECK(read_hostile(pack(parts)).document);
}

TEST_CASE("ten thousand parts", "[forms][hostile]") {
  auto parts = workbook("");
  for (int i = 0; i < 10001; ++i) parts.emplace_back("xl/media/" + std::to_string(i), "x");
  refused(read_hostile(pack(parts)), "document.damaged", "parts inside");
}

TEST_CASE("entities and document types", "[forms][hostile]") {
  auto parts = workbook("");
  parts[3].second =
      R"(<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData/>&b;</worksheet>)";
  refused(read_hostile(pack(parts)), "document.damaged", "document type");
  // An entity nobody declared stays as it is.
  const Read unknown = read_hostile(
      pack(workbook(R"(<row r="1"><c r="A1" t="inlineStr"><is><t>&secret;</t></is></c></row>)")));
  REQUIRE(unknown.document);
  CHECK(unknown.document->tables.at(0).at(1, 1)->text == "&secret;");
}

TEST_CASE("XML too deep to walk", "[forms][hostile]") {
  std::string deep;
  for (int i = 0; i < 10000; ++i) deep += "<w:sdt><w:sdtContent>";
  refused(read_hostile(packed::word(deep), "form.docx"), "document.damaged", "levels deep");
}

TEST_CASE("a document cut short, or with other bytes in it", "[forms][hostile]") {
  const std::string whole = pack(workbook(
      R"(<row r="1"><c r="A1" t="str"><v>words that are packed, words that are packed</v></c></row>)"));
  REQUIRE(read_hostile(whole).document);
  for (const std::size_t length :
       {std::size_t{4}, whole.size() / 4, whole.size() / 2, whole.size() - 1})
    refused(read_hostile(whole.substr(0, length)), "document.damaged", "cut short or damaged");
  std::string changed = whole;
  const std::size_t data = changed.find("sheet1.xml") + 25;
  changed[data] = static_cast<char>(changed[data] ^ 0x55);
  CHECK_FALSE(read_hostile(changed).document);
  refused(read_hostile("<html>", "form.xlsx"), "document.damaged", "does not begin as a ZIP file");
}

TEST_CASE("documents behind a password", "[forms][hostile]") {
  refused(read_hostile(ole("EncryptedPackage")), "document.locked", "protected by a password");
  refused(read_hostile(ole("EncryptedPackage"), "form.doc"), "document.locked",
          "protected by a password");
  refused(read_hostile(pack(workbook(""), "secret")), "document.locked", "protected by a password");
}

TEST_CASE("cells far outside any form", "[forms][hostile]") {
  const Read far = read_hostile(pack(workbook(
      R"(<row r="1"><c r="A1" t="str"><v>here</v></c><c r="XFD1" t="str"><v>column 16384</v></c></row>)"
      R"(<row r="1048576"><c r="A1048576" t="str"><v>last</v></c></row>)"
      R"(<row r="99999999999999999999"><c r="ZZZZZZZZZZ9" t="str"><v>nowhere</v></c></row>)")));
  REQUIRE(far.document);
  CHECK(far.document->tables.at(0).rows() <= forms::Table::most_rows);
  CHECK(far.document->tables.at(0).columns() <= forms::Table::most_columns);
  CHECK(far.document->tables.at(0).at(1, 1)->text == "here");
  CHECK_THAT(far.said,
             Catch::Contains(
                 "the sheet 'S' has 3 cells beyond row 20000 or column 512, which were not read"));
  const Read wide = read_hostile("here" + std::string(600, ',') + "far\n", "form.csv");
  REQUIRE(wide.document);
  CHECK_THAT(wide.said, Catch::Contains("table 1 has 1 cell beyond row 20000 or column 512"));
}

TEST_CASE("a million columns", "[forms][hostile]") {
  constexpr std::size_t million = 1000000;
  const std::string words = "1000000 columns; no spreadsheet has more than 16384";
  refused(
      read_hostile(pack(workbook(
          R"(<row r="1"><c r="A1" t="str"><v>here</v></c><c r="BDWGN1" t="str"><v>there</v></c></row>)"))),
      "document.damaged", words);
  std::string cells = "<row>";
  std::string squares = "<w:tbl><w:tr>";
  std::string record;
  std::string lines = "一级指标\n";
  for (std::size_t i = 0; i < million; ++i) {
    cells += "<c><v>" + std::to_string(i) + "</v></c>";
    squares += "<w:tc w:id=\"" + std::to_string(i * 7919 % 999983) + "\"/>";
    record += i == 0 ? "x" : ",x";
    lines += "\tx\n";
  }
  refused(read_hostile(pack(workbook(cells + "</row>"))), "document.damaged",
          "elements; no form has that many");
  refused(read_hostile(packed::word(squares + "</w:tr></w:tbl>"), "form.docx"), "document.damaged",
          words);
  refused(read_hostile(record + "\n", "form.csv"), "document.damaged", words);
  refused(read_hostile(lines, "form.txt"), "document.damaged", words);
  std::replace(record.begin(), record.end(), ',', '\t');
  refused(read_hostile(record, "form.txt"), "document.damaged", words);
  refused(read_hostile(record, "form.tsv"), "document.damaged", words);
}

TEST_CASE("few bytes that ask for much memory", "[forms][hostile]") {
  // One string in many cells.
  std::string rows;
  for (int row = 1; row <= 2000; ++row) rows += "<row><c t=\"s\"><v>0</v></c></row>";
  auto parts = workbook(rows);
  parts.emplace_back("xl/sharedStrings.xml",
                     "<sst><si><t>" + std::string(900000, 'x') + "</t></si></sst>");
  refused(read_hostile(pack(parts)), "document.damaged", "over 64 MB of words");
  // Many sheets, each with a merged cell over all of it.
  parts = workbook(R"(<row r="1"><c r="A1" t="str"><v>x</v></c></row>)",
                   R"(<mergeCells><mergeCell ref="A1:SR7000"/></mergeCells>)");
  std::string sheets;
  for (int i = 0; i < 50; ++i)
    sheets += "<sheet name=\"" + std::to_string(i) + R"(" sheetId="1" r:id="rId1"/>)";
  parts[0].second = "<workbook xmlns:r=\"r\"><sheets>" + sheets + "</sheets></workbook>";
  refused(read_hostile(pack(parts)), "document.damaged", "more cells than any form");
  // Many parts, each within its limit.
  parts = workbook("");
  std::string noise;
  std::uint64_t state = 7;
  while (noise.size() < (std::size_t{12} << 20)) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    noise += std::to_string(state >> 40U);
  }
  parts[3].second = "<worksheet><!--" + noise + "--><sheetData/></worksheet>";
  parts[0].second = "<workbook xmlns:r=\"r\"><sheets>" + sheets + "</sheets></workbook>";
  refused(read_hostile(pack(parts)), "document.damaged", "together would unpack to over 160 MB");
  // Paragraphs without end.
  std::string lines;
  for (int i = 0; i < 300000; ++i) lines += "x\n";
  refused(read_hostile(lines, "form.txt"), "document.damaged", "paragraphs; no form has that many");
}

TEST_CASE("formulas without their values are named, but not all", "[forms][hostile]") {
  std::string rows;
  for (int row = 1; row <= 1000; ++row) rows += "<row><c><f>A1+1</f></c></row>";
  const Read read_formulas = read_hostile(pack(workbook(rows)));
  CHECK(read_formulas.diagnostics.size() == 1);
  CHECK_THAT(read_formulas.said, Catch::Contains("1000 formulas have no value in the file"));
}

TEST_CASE("merged cells that cover the sheet many times", "[forms][hostile]") {
  std::string rows;
  std::string merges;
  for (int row = 1; row <= 3000; ++row) {
    rows += "<row r=\"" + std::to_string(row) + "\">";
    for (const char* column : {"A", "B", "C", "SR"}) {
      rows += "<c r=\"" + std::string(column) + std::to_string(row) + "\" t=\"str\"><v>x</v></c>";
      merges += "<mergeCell ref=\"" + std::string(column) + std::to_string(row) + ":SR20000\"/>";
    }
    rows += "</row>";
  }
  CHECK(read_hostile(pack(workbook(rows, "<mergeCells>" + merges + "</mergeCells>"))).document);
}

TEST_CASE("parts that point outside the file", "[forms][hostile]") {
  auto parts = workbook(R"(<row r="1"><c r="A1" t="str"><v>x</v></c></row>)");
  parts[1].second =
      R"(<Relationships><Relationship Id="rId1" Target="../../../../etc/passwd"/></Relationships>)";
  const Read escaped = read_hostile(pack(parts));
  REQUIRE(escaped.document);
  CHECK(escaped.document->tables.empty());
  parts[1].second =
      R"(<Relationships><Relationship Id="rId1" TargetMode="External" Target="worksheets/sheet1.xml"/></Relationships>)";
  const Read external = read_hostile(pack(parts));
  REQUIRE(external.document);
  CHECK(external.document->tables.empty());
}

TEST_CASE("kinds that hold no table", "[forms][hostile]") {
  refused(read_hostile("%PDF-1.7", "form.pdf"), "document.kind", "a PDF holds no table");
  refused(read_hostile(pack({{"mimetype", "application/zip"}}), "form.zip"), "document.kind",
          "neither a Word document nor a workbook");
  refused(read_hostile(ole("Workbook"), "form.xls"), "document.kind", "cannot read .xls by itself");
  refused(read_hostile("\xff\xff\xff", "form.txt"), "encoding.invalid", "neither UTF-8 nor GBK");
}

TEST_CASE("bytes changed at random do no harm", "[forms][hostile]") {
  const std::string rows =
      R"(<row r="1"><c r="A1" t="str"><v>一级指标</v></c><c r="B1" t="str"><v>二级指标</v></c><c r="C1" t="str"><v>三级指标</v></c><c r="D1" t="str"><v>指标值</v></c></row>)"
      R"(<row r="2"><c r="A2" t="str"><v>产出指标</v></c><c r="B2" t="str"><v>数量指标</v></c><c r="C2" t="str"><v>人数</v></c><c r="D2" s="1"><v>0.95</v></c></row>)";
  const auto parts = workbook(rows, R"(<mergeCells><mergeCell ref="A2:A3"/></mergeCells>)");
  std::uint64_t state = 20201124;
  const auto next = [&](std::size_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33U) % below;
  };
  std::size_t readable = 0;
  for (int round = 0; round < 3000; ++round) {
    auto changed = parts;
    for (std::size_t times = 1 + next(4); times > 0; --times) {
      std::string& part = changed[next(changed.size())].second;
      if (part.empty()) continue;
      const std::size_t at = next(part.size());
      switch (next(3)) {
        case 0: part[at] = "<>/\"&0A:9 "[next(10)]; break;
        case 1: part.erase(at, 1 + next(8)); break;
        default: part.insert(at, part.substr(next(part.size()), 1 + next(30))); break;
      }
    }
    std::vector<Diagnostic> diagnostics;
    if (const auto document = forms::read_document("form.xlsx", pack(changed), diagnostics)) {
      ++readable;
      forms::recognise(*document, diagnostics);
    } else {
      CHECK_FALSE(diagnostics.empty());
    }
  }
  CHECK(readable > 300);  // else nothing was tried
  CHECK(readable < 2900);
}
