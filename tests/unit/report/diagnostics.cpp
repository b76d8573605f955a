#include <catch2/catch.hpp>

#include "jixiao/report.hpp"
#include "text/source.hpp"

using namespace jixiao;

namespace {

Diagnostic sample() {
  Diagnostic d;
  d.code = "weights.sum";
  d.file = "rules/x/ruleset.toml";
  d.line = 12;
  d.column = 10;
  d.length = 2;
  d.source_line = "weight = 45";
  d.message = {"权重合计95，应为100", "the weights add up to 95, not 100"};
  d.help = {"把 weight 改为 50", "make the weight 50"};
  return d;
}

Style english() { return {Format::text, Language::en, false, 100}; }

std::string render(const Diagnostic& d, const Style& style) {
  return render_diagnostics(std::span(&d, 1), style);
}

// The line under the source line: where the caret stands.
std::string caret_line(const std::string& text) {
  const std::size_t caret = text.find('^');
  REQUIRE(caret != std::string::npos);
  const std::size_t begin = text.rfind('\n', caret) + 1;
  return text.substr(begin, text.find('\n', caret) - begin);
}

}  // namespace

TEST_CASE("a diagnostic looks as a compiler's", "[report]") {
  CHECK(render(sample(), english()) ==
        "rules/x/ruleset.toml:12:10: error[weights.sum]: the weights add up to 95, not 100\n"
        "   12 | weight = 45\n"
        "      |          ^~\n"
        "      help: make the weight 50\n"
        "\n"
        "1 error\n");
  Style chinese = english();
  chinese.language = Language::zh;
  CHECK(render(sample(), chinese).find("错误[weights.sum]: 权重合计95，应为100") !=
        std::string::npos);
  CHECK(render(sample(), chinese).find("改法: 把 weight 改为 50") != std::string::npos);
}

TEST_CASE("the caret stands under Chinese characters and after tabs", "[report]") {
  Diagnostic d = sample();
  d.source_line = "name = \"社区干部\"";
  d.column = 9;
  d.length = 2;
  CHECK(caret_line(render(d, english())) == "      |         ^~~~");
  d.column = 11;
  CHECK(caret_line(render(d, english())) == "      |             ^~~~");
  d.source_line = "\tweight = 45";
  d.column = 2;
  d.length = 6;
  CHECK(caret_line(render(d, english())) == "      |     ^~~~~~");
}

TEST_CASE("carets past the end of a line stand behind it", "[report]") {
  Diagnostic d = sample();
  d.column = 12;
  d.length = 5;
  CHECK(caret_line(render(d, english())) == "      |            ^");
  d.column = 4000;
  CHECK(caret_line(render(d, english())) == "      |            ^");
}

TEST_CASE("a very long line is cut around its caret", "[report]") {
  Diagnostic d = sample();
  d.source_line = std::string(5000, 'a') + "WRONG" + std::string(5000, 'b');
  d.column = 5001;
  d.length = 5;
  const std::string text = render(d, english());
  const std::string caret = caret_line(text);
  const std::size_t begin = text.find(" | …") + 3;
  const std::string line = text.substr(begin, text.find('\n', begin) - begin);
  CHECK(text::display_width(line) <= 92);
  CHECK(line.find("WRONG") != std::string::npos);
  // The ellipsis is one column but three bytes.
  CHECK(caret.find('^') - std::string("      | ").size() == line.find("WRONG") - 2);
  CHECK(caret.find("^~~~~") != std::string::npos);
  CHECK(caret.find("^~~~~~") == std::string::npos);
}

TEST_CASE("a stranger's line cannot write to the terminal", "[report]") {
  Diagnostic d = sample();
  d.source_line = "x = \"\x1b[2J\"";
  d.message.en = "bad \x1b]0;title\x07";
  Style style = english();
  style.colour = true;
  const std::string text = render(d, style);
  CHECK(text.find("\x1b[2J") == std::string::npos);
  CHECK(text.find("\x1b]") == std::string::npos);
  CHECK(text.find("\x1b[31m") != std::string::npos);
}

TEST_CASE("places may be a whole file, or nothing", "[report]") {
  Diagnostic d = sample();
  d.line = d.column = 0;
  CHECK(render(d, english()).starts_with("rules/x/ruleset.toml: error[weights.sum]: "));
  d.file.clear();
  CHECK(render(d, english()).starts_with("error[weights.sum]: "));
}

TEST_CASE("diagnostics take every format", "[report]") {
  Style style = english();
  style.format = Format::csv;
  CHECK(render(sample(), style) ==
        "severity,code,file,line,column,length,message,help\n"
        "error,weights.sum,rules/x/ruleset.toml,12,10,2,\"the weights add up to 95, not 100\",make "
        "the weight 50\n");
  style.format = Format::json;
  const std::string json = render(sample(), style);
  CHECK(json.starts_with("[\n  {\n    \"severity\": \"error\",\n    \"code\": \"weights.sum\""));
  CHECK(json.find("\"column\": 10") != std::string::npos);
  CHECK(render_diagnostics({}, style) == "[]\n");
  style.format = Format::markdown;
  CHECK(render(sample(), style).find("| error | `weights.sum` | `x/ruleset.toml:12:10` |") !=
        std::string::npos);
  style.format = Format::html;
  CHECK(render(sample(), style).find("<td><code>weights.sum</code></td>") != std::string::npos);
}
