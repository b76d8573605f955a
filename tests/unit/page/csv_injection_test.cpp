// What a stranger typed is no formula in a CSV of ours, and numbers stay numbers.
#include <catch2/catch.hpp>

#include "page/csv.hpp"

using jixiao::page::csv_cell;

TEST_CASE("cells that begin like a formula are neutralised", "[report]") {
  CHECK(csv_cell("=1+1") == "'=1+1");
  CHECK(csv_cell("@SUM(A1)") == "'@SUM(A1)");
  CHECK(csv_cell("+cmd|' /C calc'!A0") == "'+cmd|' /C calc'!A0");
  CHECK(csv_cell("-2+3") == "'-2+3");
  CHECK(csv_cell("\t=1") == "'\t=1");
  CHECK(csv_cell("\r=1") == "\"'\r=1\"");
  CHECK(csv_cell("＝1＋1") == "'＝1＋1");
  CHECK(csv_cell("＠x") == "'＠x");
  CHECK(csv_cell("=HYPERLINK(\"http://x\",\"y\")") ==
        "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
}

TEST_CASE("numbers and plain words stay as they are", "[report]") {
  for (const char* text : {"-3.5", "+1.5", "1e-9", "≥200人", "a=b", "", "'quoted'"})
    CHECK(csv_cell(text) == text);
}
