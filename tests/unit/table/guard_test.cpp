// What a spreadsheet would take for a formula goes out guarded and comes back as it was.
#include <catch2/catch.hpp>

#include <random>

#include "table/cells.hpp"
#include "table/guard.hpp"
#include "table/record_scan.hpp"

namespace jixiao::table {
namespace {

class Kept final : public ByteSink {
 public:
  explicit Kept(std::string& to) : to_(to) {}
  void write(std::string_view bytes) override { to_ += bytes; }
  void finish() override {}

 private:
  std::string& to_;
};

TEST_CASE("formulas are told from names and numbers", "[table]") {
  for (const char* text :
       {"=1+1", "@x", "-A", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1", "＝1＋1", "＋1", "－2",
        "＠SUM(A1)", "'=1", "''=1", "-3.5万元", "-1,2,", "-5%x", "-%", "=", "--"})
    CHECK(is_formula(text));
  for (const char* text : {"", "社区", "-3.5", "+86", "-1e-9", "a=1", "'", "'quoted'", "'-5", "1-2",
                           "-", "-5%", "-1,234.5", "+1,000"})
    CHECK_FALSE(is_formula(text));
  CHECK(guarded("=1+1") == "'=1+1");
  CHECK(guarded("-3.5") == "-3.5");
}

TEST_CASE("any text comes back as it was written", "[table]") {
  const std::vector<std::string> pieces{"=",  "+",  "-", "@",   "'", "\t", "\r", "＝", "＋",
                                        "－", "＠", "1", "5.5", "a", "社", ",",  "\"", "\n"};
  std::mt19937_64 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t n = random() % 6; n > 0; --n) text += pieces[random() % pieces.size()];
    INFO(text);
    REQUIRE(unguarded(guarded(text)) == text);
  }
}

// A table of random cells through the sink, whatever its writes are cut into: every cell of it is
// what guarded() makes of it.
TEST_CASE("a table is guarded cell by cell", "[table]") {
  const std::vector<std::string> pieces{"=",   "-", "@",  "'", "\t", "＝", "＠", "1",
                                        "5.5", "a", "社", ",", "\"", "\n", " "};
  std::mt19937_64 random(8);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::vector<std::string>> records(1, {"project", "@bonus", "=sum"});
    for (std::size_t r = random() % 4; r > 0; --r) {
      records.emplace_back(3);
      for (std::string& cell : records.back()) {
        for (std::size_t n = random() % 5; n > 0; --n) cell += pieces[random() % pieces.size()];
      }
    }
    std::string text, found;
    for (const auto& record : records) {
      for (std::size_t c = 0; c < record.size(); ++c) {
        if (c > 0) text += ',';
        append_cell(text, record[c]);
      }
      text += '\n';
    }
    const auto sink = guard(std::make_unique<Kept>(found));
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t bytes = std::min<std::size_t>(1 + random() % 7, text.size() - at);
      sink->write(std::string_view(text).substr(at, bytes));
      at += bytes;
    }
    sink->finish();
    INFO(text << "---\n" << found);
    std::size_t at = 0;
    for (std::size_t r = 0; r < records.size(); ++r) {
      const std::size_t end = find_record_end(found, at, ',', '\n');
      REQUIRE(end != std::string::npos);
      const auto cells = split_record(std::string_view(found).substr(at, end - at), ',');
      at = end;
      REQUIRE(cells.size() == records[r].size());
      for (std::size_t c = 0; c < cells.size(); ++c)
        REQUIRE(cells[c] == (r == 0 && c == 1 ? "@bonus" : guarded(records[r][c])));
    }
    REQUIRE(at == found.size());
  }
}

TEST_CASE("only what a spreadsheet opens is read back so", "[table]") {
  for (const char* name : {"a.csv", "a.tsv", "a.csv.gz", "a.txt", "-"})
    CHECK(is_guarded_kind(name));
  for (const char* name : {"a.jsonl", "a.ndjson.zst", "a.parquet", "db:a.csv"})
    CHECK_FALSE(is_guarded_kind(name));
}

}  // namespace
}  // namespace jixiao::table
