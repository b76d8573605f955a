#include "text/source.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "system/fingerprint.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "text/table_reader.hpp"

using namespace jixiao;
using namespace jixiao::system;
using namespace jixiao::text;

namespace {

std::shared_ptr<const Source> source_of(std::string bytes, std::vector<Diagnostic>& diagnostics) {
  return source_from_text("file.toml", std::move(bytes), diagnostics);
}

}  // namespace

TEST_CASE("a byte-order mark and CRLF leave no trace", "[text]") {
  std::vector<Diagnostic> diagnostics;
  const auto source = source_of(
      "\xEF\xBB\xBF"
      "a = 1\r\nb = 2\r\n",
      diagnostics);
  REQUIRE(source);
  CHECK(diagnostics.empty());
  CHECK(source->text() == "a = 1\nb = 2\n");
  CHECK(source->line(2) == "b = 2");
}

TEST_CASE("GBK is converted and said so; noise is refused", "[text]") {
  std::vector<Diagnostic> diagnostics;
  const auto source = source_of("x = 1\nname = \"\xD6\xD0\xCE\xC4\"\n", diagnostics);  // 中文
  REQUIRE(source);
  CHECK(source->line(2) == "name = \"中文\"");
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].code == "encoding.gbk");
  CHECK(diagnostics[0].severity == Severity::warning);
  CHECK(diagnostics[0].line == 2);

  diagnostics.clear();
  CHECK_FALSE(source_of("\xFF\xFF\xFF", diagnostics));
  CHECK(diagnostics.at(0).code == "encoding.invalid");
  diagnostics.clear();
  CHECK_FALSE(source_of(std::string("a\0b", 3), diagnostics));
  CHECK(diagnostics.at(0).code == "encoding.invalid");
}

TEST_CASE("what cannot be read is a diagnostic", "[text]") {
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(read_source("/no/such/file", diagnostics));
  CHECK_FALSE(read_source("/tmp", diagnostics));
  CHECK_FALSE(read_source("/dev/zero", diagnostics, 4096));
  REQUIRE(diagnostics.size() == 3);
  CHECK(diagnostics[0].code == "file.unreadable");
  CHECK(diagnostics[1].code == "file.unreadable");
  CHECK(diagnostics[2].code == "file.too-large");
}

TEST_CASE("columns count characters, widths count terminal columns", "[text]") {
  CHECK(character_count("产出a") == 3);
  CHECK(display_width("产出a") == 5);
  CHECK(prefix_bytes("产出a", 2) == 6);
  CHECK(compatibility_form("＞＝９５％") == ">=95%");
}

TEST_CASE("TOML nodes remember their places, in the order written", "[text]") {
  std::vector<Diagnostic> diagnostics;
  const auto source = source_of("b = 1\na = '甲乙 + x'\n[指标]\nz = true\n", diagnostics);
  const auto root = parse_toml(source, diagnostics);
  REQUIRE(root);
  REQUIRE(root->entries.size() == 3);
  CHECK(root->entries[0].key == "b");
  CHECK(root->entries[1].key == "a");
  CHECK(root->entries[2].key == "指标");
  const Located formula = located(root->entries[1].value);
  CHECK(formula.text == "甲乙 + x");
  CHECK(formula.place(5).line == 2);
  CHECK(formula.place(5).column == 11);  // the x: a, space, =, space, quote, then five characters
}

TEST_CASE("places inside multi-line strings keep their line", "[text]") {
  std::vector<Diagnostic> diagnostics;
  const auto root =
      parse_toml(source_of("points = '''\nA >= T ?\n  W : 错\n'''\n", diagnostics), diagnostics);
  REQUIRE(root);
  const Located formula = located(root->entries[0].value);
  const std::size_t at = character_count(formula.text.substr(0, formula.text.find("错")));
  CHECK(formula.place(at).line == 3);
  CHECK(formula.place(at).column == 7);
}

TEST_CASE("TOML that is none is one diagnostic with a place", "[text]") {
  for (const char* bad :
       {"a = ", "[[[", "a = 1\na = 2", "x = \"\n", "= 3", "a = {b = }", "é = 1"}) {
    std::vector<Diagnostic> diagnostics;
    INFO(bad);
    const auto root = parse_toml(source_of(bad, diagnostics), diagnostics);
    if (root) continue;  // toml++ may well read a key we think odd
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].code == "toml.syntax");
    CHECK(diagnostics[0].line >= 1);
  }
}

TEST_CASE("a table reader knows the keys that were asked for", "[text]") {
  std::vector<Diagnostic> diagnostics;
  const auto root = parse_toml(
      source_of("weight = 5\nwieght = 6\nname = 3\nbad = nan\n", diagnostics), diagnostics);
  REQUIRE(root);
  TableReader reader(*root, "[[block]]", diagnostics);
  CHECK(reader.number("weight") == 5.0);
  CHECK_FALSE(reader.string("name"));
  CHECK_FALSE(reader.number("bad"));
  reader.require("id");
  reader.finish();
  REQUIRE(diagnostics.size() == 4);
  CHECK(diagnostics[0].code == "value.type");
  CHECK(diagnostics[1].code == "value.number");
  CHECK(diagnostics[2].code == "key.missing");
  CHECK(diagnostics[3].code == "key.unknown");
  CHECK(diagnostics[3].line == 2);
  CHECK(diagnostics[3].help.en == "did you mean 'weight'?");
}

TEST_CASE("suggestions are near or not made", "[text]") {
  const std::vector<std::string> known{"weight", "when", "direction"};
  CHECK(nearest("wieght", known) == "weight");
  CHECK(nearest("directoin", known) == "direction");
  CHECK(nearest("colour", known).empty());
  CHECK(nearest(std::string(1000000, 'w'), known).empty());
}

TEST_CASE("a fingerprint frames its pieces", "[text]") {
  Fingerprint a;
  a.add("ab");
  a.add("c");
  Fingerprint b;
  b.add("a");
  b.add("bc");
  CHECK(a.hex().size() == 64);
  CHECK(a.hex() != b.hex());
}

TEST_CASE("codes are unique and named in one style", "[text]") {
  std::set<std::string_view> names;
  for (const CodeEntry& entry : all_codes()) {
    CHECK(names.insert(entry.name).second);
    CHECK(entry.name.find('.') != std::string_view::npos);
    CHECK(text::entry(entry.code).name == entry.name);
  }
}

TEST_CASE("an office document in the place of text says how it is imported") {
  for (const char* bytes : {"PK\x03\x04rest", "\xD0\xCF\x11\xE0rest", "%PDF-1.7\nrest"}) {
    std::vector<jixiao::Diagnostic> found;
    CHECK(jixiao::text::source_from_text("form.docx", bytes, found) == nullptr);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "document.kind");
    CHECK(found[0].help.en.find("jixiao import form.docx -o FOLDER") != std::string::npos);
  }
}
