// The same table through every wrapping; sinks that leave nothing half-written.
#include <iconv.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "table/json_lines.hpp"
#include "table/stream.hpp"

namespace jixiao::table {
namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path = fs::temp_directory_path() / ("jixiao-streams-" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  [[nodiscard]] std::string of(const char* name) const { return (path / name).string(); }
};

std::string all_of(ByteSource& source, std::size_t at_once = 1000) {
  std::string text;
  std::string room(at_once, '\0');
  while (const std::size_t got = source.read(room)) text.append(room, 0, got);
  return text;
}

std::string table() {
  std::string text = "project,名称,actual\n";
  for (int i = 0; i < 20000; ++i)
    text += "p" + std::to_string(i) + ",社区建设管理,≥" + std::to_string(i) + "个\n";
  return text;
}

std::string in_gbk(const std::string& text) {
  const iconv_t converter = iconv_open("GB18030", "UTF-8");
  std::string in = text;
  std::string out(text.size() * 2, '\0');
  char* from = in.data();
  std::size_t from_left = in.size();
  char* to = out.data();
  std::size_t to_left = out.size();
  iconv(converter, &from, &from_left, &to, &to_left);
  iconv_close(converter);
  out.resize(out.size() - to_left);
  return out;
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string bytes_of(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

TEST_CASE("one table, however it is wrapped") {
  const Folder folder;
  std::vector<Diagnostic> diagnostics;
  for (const char* name : {"t.csv", "t.csv.gz", "t.csv.zst"}) {
    const auto sink = open_sink(folder.of(name), diagnostics);
    REQUIRE(sink);
    const std::string text = table();
    for (std::size_t at = 0; at < text.size(); at += 777)
      sink->write(std::string_view(text).substr(at, 777));
    CHECK_FALSE(fs::exists(folder.of(name)));
    sink->finish();
    for (const std::size_t at_once : {3U, 1000U, 1000000U})
      CHECK(all_of(*open_source(folder.of(name), diagnostics), at_once) == text);
  }
  write(folder.of("bom.csv"), "\xEF\xBB\xBF" + table());
  CHECK(all_of(*open_source(folder.of("bom.csv"), diagnostics)) == table());
  write(folder.of("gbk.csv"), in_gbk(table()));
  for (const std::size_t at_once : {30U, 4001U})
    CHECK(all_of(*open_source(folder.of("gbk.csv"), diagnostics), at_once) == table());
  write(folder.of("two.gz"), bytes_of(folder.of("t.csv.gz")) + bytes_of(folder.of("t.csv.gz")));
  CHECK(all_of(*open_source(folder.of("two.gz"), diagnostics)) == table() + table());
  CHECK(diagnostics.empty());
}

TEST_CASE("compressed data cut short is refused") {
  const Folder folder;
  std::vector<Diagnostic> diagnostics;
  for (const char* name : {"t.csv.gz", "t.csv.zst"}) {
    const auto sink = open_sink(folder.of(name), diagnostics);
    sink->write(table());
    sink->finish();
    const std::string bytes = bytes_of(folder.of(name));
    write(folder.of("cut"), bytes.substr(0, bytes.size() - 20));
    const auto source = open_source(folder.of("cut"), diagnostics);
    CHECK_THROWS_AS(all_of(*source), StreamFailure);
  }
}

TEST_CASE("a sink that is not finished leaves nothing, and a full disk is said") {
  const Folder folder;
  std::vector<Diagnostic> diagnostics;
  { open_sink(folder.of("never.csv"), diagnostics)->write("half"); }
  CHECK(fs::is_empty(folder.path));
  const auto full = open_sink("/dev/full", diagnostics);
  REQUIRE(full);
  CHECK_THROWS_AS((full->write(std::string(1000000, 'x')), full->finish()), StreamFailure);
  CHECK(open_sink(folder.of("no/such/folder.csv"), diagnostics) == nullptr);
  CHECK(open_source(folder.of("nothing.csv"), diagnostics) == nullptr);
  CHECK(open_source(folder.path.string(), diagnostics) == nullptr);
  CHECK(diagnostics.size() == 3);
}

TEST_CASE("JSON Lines come and go as records") {
  const std::string lines =
      "{\"project\":\"甲\",\"actual\":96.5,\"note\":\"a,b\"}\n\n{\"project\":\"乙\",\"ok\":true,"
      "\"actual\":null}\n";
  const auto source = from_json_lines(source_of(lines));
  const std::string csv = all_of(*source);
  CHECK(csv == "project,actual,note,ok\n甲,96.5,\"a,b\",\n\n乙,,,是\n");
  const Folder folder;
  std::vector<Diagnostic> diagnostics;
  const auto sink = to_json_lines(open_sink(folder.of("t.jsonl"), diagnostics));
  for (const char c : csv) sink->write(std::string_view(&c, 1));
  sink->finish();
  CHECK(bytes_of(folder.of("t.jsonl")) ==
        "{\"project\":\"甲\",\"actual\":96.5,\"note\":\"a,b\"}\n{\"project\":\"乙\",\"ok\":\"是\"}"
        "\n");
  // What is no record fails alone: it has a cell more than the header, which says why.
  CHECK(all_of(*from_json_lines(source_of("{\"a\":{\"b\":1},\"c\":2}\n"))) ==
        "a,c\n\"{\"\"b\"\":1}\",2\n");
  const auto why = [](const std::string& line) {
    const std::string told = all_of(*from_json_lines(source_of("{\"a\":1}\n" + line + "\n"), 1));
    const auto refused = refusal_of(std::string_view(told).substr(told.find('\x1f')));
    return refused ? refused->en : "not refused: " + told;
  };
  CHECK(why("[1]").starts_with("a JSON array"));
  CHECK(why("{\"b\":3}").starts_with("no line before has the key 'b'"));
  CHECK(why("{\"a\":3,\"a\":4}").starts_with("the key 'a' is there twice"));
  CHECK(why("{\"a\":1e400}").starts_with("a number is larger than 1.8e308"));
  CHECK(why("{\"a\":NaN}").starts_with("JSON has no 'NaN'"));
  CHECK(why("{\"a\":None}").starts_with("JSON has no 'None'"));
  CHECK(why("{\"a\":3},").starts_with("a comma behind the object"));
  CHECK(why("{\"a\":\"\xff\"}").starts_with("the line holds bytes that are not UTF-8"));
  CHECK(why("{\"a\":3}{\"a\":4}").starts_with("no JSON from byte 8 on"));
  CHECK(why("7").starts_with("the line is no JSON object"));
  CHECK(refusal_of("no refusal") == std::nullopt);
  // Numbers and what is nested stand as they were written.
  CHECK(all_of(*from_json_lines(
            source_of("{\"a\" : 12345678901234567890123 , \"b\":0.10,\"c\":{\"d\":[1, "
                      "\"}\"]},\"\\u0065\":\"\\\"\"}\r\n"))) ==
        "a,b,c,e\n12345678901234567890123,0.10,\"{\"\"d\"\":[1, \"\"}\"\"]}\",\"\"\"\"\n");
  // Of a file without any object the heading says why.
  const std::string array = all_of(*from_json_lines(source_of("[{\"a\":1}]\n")));
  CHECK(array.find("a JSON array") < array.find('\n'));
  CHECK(names_json_lines("x.jsonl.gz"));
  CHECK_FALSE(names_json_lines("x.csv"));
}

}  // namespace
}  // namespace jixiao::table
