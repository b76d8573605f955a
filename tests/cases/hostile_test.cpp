// Files of a hostile stranger: whatever they hold, check_file and score come back, soon, with
// diagnostics or a right score.
#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "jixiao/jixiao.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

namespace fs = std::filesystem;

using scratch::Folder;

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

const std::string cite = "cite = { text = \"x\", evidence = \"illustrative\" }\n";
const std::string heading =
    "schema = \"jixiao/ruleset/1\"\nid = \"case\"\nversion = \"1\"\ntitle = \"x\"\n" + cite;
const std::string block = "[[block]]\nid = \"output\"\nweight = 100\n";

std::string rules_with(const std::string& points, const std::string& more = {}) {
  return heading + block +
         "[[method]]\nid = \"m\"\nwhen = { direction = \"at_least\" }\npoints = '" + points +
         "'\n" + cite + more;
}

std::string project_with(const std::string& more) {
  return "schema = \"jixiao/project/1\"\nrules = \"cn-mof-2020\"\n[project]\nname = \"x\"\nyear = "
         "2020\n[money]\ninitial = \"120万元\"\n" +
         more;
}

bool has(const std::vector<Diagnostic>& all, const std::string& code) {
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& d) { return d.code == code; });
}

// Checks a file and how long that took; sanitizers and busy machines are given room.
std::vector<Diagnostic> checked(const std::string& file) {
  const auto begin = std::chrono::steady_clock::now();
  auto found = check_file(file, scratch::shipped_rules());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  CHECK(took.count() < 20);
  return found;
}

}  // namespace

TEST_CASE("formulas 100,000 deep are refused", "[cases][hostile]") {
  const Folder folder;
  constexpr std::size_t n = 100'000;
  const auto [name, text] = GENERATE_COPY(table<std::string, std::string>({
      {"parentheses", rules_with(repeated("(", n) + "A" + repeated(")", n))},
      {"choices", rules_with(repeated("A?1:", n) + "0")},
      {"short choices", rules_with(repeated("A?1:", 4000) + "0")},
      {"minus", rules_with(repeated("-", n) + "A")},
      {"minus in parentheses", rules_with(repeated("-(", 5000) + "A" + repeated(")", 5000))},
      {"not", rules_with(repeated("!", 15'000) + "A")},
      {"powers", rules_with(repeated("A^", 9000) + "A")},
      {"calls", rules_with(repeated("min(", 4000) + "A" + repeated(")", 4000))},
      {"a reason", rules_with("W", "[[method.reason]]\nzh = \"{" + repeated("(", n) + "A" +
                                       repeated(")", n) + "}\"\nen = \"x\"\n")},
      {"a name", rules_with(repeated("A", 1'000'000))},
  }));
  INFO(name);
  const auto found = checked(folder.write("ruleset.toml", text));
  REQUIRE_FALSE(found.empty());
  CHECK(found.front().code.starts_with("formula."));
  CHECK(found.front().severity == Severity::error);
}

TEST_CASE("TOML nested without end is refused", "[cases][hostile]") {
  const Folder folder;
  constexpr std::size_t n = 100'000;
  const std::string head = "schema = \"jixiao/project/1\"\n";
  CHECK(
      has(checked(folder.write("arrays.toml", head + "a = " + repeated("[", n) + repeated("]", n))),
          "toml.syntax"));
  CHECK(has(checked(folder.write("tables.toml",
                                 head + "a = " + repeated("{a=", n) + "1" + repeated("}", n))),
            "toml.syntax"));
  CHECK(
      has(checked(folder.write("keys.toml", head + repeated("a.", n) + "a = 1\n")), "toml.syntax"));
  CHECK(has(checked(folder.write("quoted.toml", head + repeated("\"=\" . ", n) + "a = 1\n")),
            "toml.syntax"));
  CHECK(has(checked(folder.write("header.toml", head + "[" + repeated("a.", n) + "a]\n")),
            "toml.syntax"));
  CHECK(has(checked(folder.write(
                "both.toml", head + "a = " + repeated("{" + repeated("a.", 12) + "a=", 250) + "1" +
                                 repeated("}", 250))),
            "toml.syntax"));
  // Dots in strings and comments are no keys.
  CHECK_FALSE(has(checked(folder.write(
                      "dots.toml",
                      project_with("") +
                          "# a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t\n[[item]]\nid = \"x\"\nname = "
                          "\"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t\"\namount = \"1200000元\"\n")),
                  "toml.syntax"));
}

TEST_CASE("files that are no files", "[cases][hostile]") {
  const Folder folder;
  const std::string pipe = folder.at("pipe.toml");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(has(checked(pipe), "file.unreadable"));
  fs::create_directory(folder.at("empty"));
  CHECK(has(checked(folder.at("empty")), "file.unreadable"));
  CHECK(has(checked("/dev/null"), "schema.unknown"));
  CHECK(has(checked("/dev/zero"), "file.too-large"));
  CHECK(has(checked(folder.write("empty.toml", "")), "schema.unknown"));
  CHECK(has(checked(folder.write("zeros.toml", std::string(1000, '\0'))), "encoding.invalid"));
  CHECK(has(
      checked(folder.write("long.toml", project_with("#" + repeated("x", 10'000'000)) + "\nx=1\n")),
      "key.unknown"));
}

TEST_CASE("crowds", "[cases][hostile]") {
  const Folder folder;
  std::string indicators;
  std::string results = "schema = \"jixiao/results/1\"\n";
  std::string rows = "indicator,actual\n";
  for (int i = 0; i < 100'000; ++i) {
    const std::string id = "i" + std::to_string(i);
    indicators += "[[indicator]]\nid = \"" + id + "\"\nblock = \"output\"\ntarget = \"5人\"\n";
    results += "[[result]]\nindicator = \"" + id + "\"\nactual = \"5人\"\n";
    rows += id + ",5人\n";
  }
  CHECK(
      has(checked(folder.write("many/project.toml", project_with(indicators))), "file.too-large"));
  folder.write("results/results.toml", results);
  CHECK(has(checked(folder.write("results/project.toml", project_with(""))), "file.too-large"));
  folder.write("rows/results.csv", rows);
  CHECK(has(checked(folder.write("rows/project.toml", project_with(""))), "file.too-large"));
  for (int i = 0; i < 30; ++i) {
    const std::string n = std::to_string(i);
    folder.write("chain/c" + n + "/ruleset.toml",
                 heading + "extends = \"c" + std::to_string(i + 1) + "\"\n");
  }
  folder.write("chain/c30/ruleset.toml", rules_with("W"));
  CHECK(has(checked(folder.at("chain/c0")), "extends.cycle"));
}

TEST_CASE("what is missing never raises a score", "[cases][hostile]") {
  const Folder folder;
  const std::string missing = GENERATE("error", "zero");
  const std::string policy = GENERATE("rescale", "full", "siblings", "refuse");
  const std::string when_empty = GENERATE("\"lost\"", "\"rescale\"", "{ move_to = \"benefit\" }");
  const std::string text =
      heading + "missing = \"" + missing + "\"\n[not_applicable]\nindicator = \"" + policy +
      "\"\n[[block]]\nid = \"output\"\nweight = 60\nwhen_empty = " + when_empty +
      "\n[[block]]\nid = \"benefit\"\nweight = 40\n[[method]]\nid = \"m\"\nwhen = { direction = "
      "\"at_least\" "
      "}\npoints = 'A >= T ? W : W*A/T'\ndomain = 'T > 0'\n" +
      cite;
  const auto rules = read_rules(folder.write("rules.toml", text), scratch::shipped_rules());
  REQUIRE(rules.has_value());
  const std::string project = folder.write(
      "project.toml",
      "schema = \"jixiao/project/1\"\n[project]\nname = \"x\"\nyear = 2020\n"
      "[[indicator]]\nid = \"a\"\nblock = \"output\"\ntarget = \"≥100人\"\n[[indicator]]\nid = "
      "\"b\"\nblock = \"output\"\ntarget = \"≥100人\"\n"
      "[[indicator]]\nid = \"c\"\nblock = \"benefit\"\ntarget = \"≥100人\"\n");
  // Each indicator: absent, present without a value, nought.
  const auto total = [&](int a, int b, int c) {
    std::string results = "schema = \"jixiao/results/1\"\n";
    const std::pair<const char*, int> given[] = {{"a", a}, {"b", b}, {"c", c}};
    for (const auto& [id, how] : given) {
      if (how == 0) continue;
      results += std::string("[[result]]\nindicator = \"") + id + "\"\n";
      if (how == 2) results += "actual = \"0人\"\n";
      if (how == 3) results += "actual = \"100人\"\n";
    }
    const auto read = read_project({project, folder.write("results.toml", results)});
    if (!read) return -1.0;
    const Scorecard card = score(*rules, *read);
    return card.scored ? card.total : -1.0;
  };
  for (const int a : {0, 1, 2, 3}) {
    for (const int b : {0, 1, 2, 3}) {
      for (const int c : {0, 1, 2, 3}) {
        // Whatever is missing counts at most what nought counts.
        const double with = total(a, b, c);
        const double nought = total(std::max(a, 2), std::max(b, 2), std::max(c, 2));
        INFO(missing << ' ' << policy << ' ' << when_empty << ' ' << a << b << c << ": " << with
                     << " against " << nought);
        CHECK(with <= nought + 1e-9);
      }
    }
  }
}

TEST_CASE("units that a stranger leaves out", "[cases][hostile]") {
  const Folder folder;
  const auto [target, actual] =
      GENERATE(table<std::string, std::string>({{"≥95%", "0.95"},
                                                {"≥3万元", "28000"},
                                                {"≤30000元", "2.8"},
                                                {"≥200人", "nan"},
                                                {"≥200人", "inf"},
                                                {"≥200人", "\"200万元\""}}));
  folder.write("results.toml",
               "schema = \"jixiao/results/1\"\n[money]\nexecuted = "
               "\"1万元\"\n[[result]]\nindicator = \"a\"\nactual = " +
                   actual + "\n");
  const auto found = checked(folder.write(
      "project.toml", project_with("[[indicator]]\nid = \"a\"\nblock = \"output\"\ntarget = \"" +
                                   target + "\"\n")));
  INFO(target << ' ' << actual);
  CHECK((has(found, "unit.clash") || has(found, "value.number")));
}

TEST_CASE("results.csv in any shape", "[cases][hostile]") {
  const Folder folder;
  const std::string project = folder.write(
      "project.toml",
      project_with("[[indicator]]\nid = \"a\"\nblock = \"output\"\ntarget = \"≥200人\"\n"));
  const auto of = [&](const std::string& csv) {
    return read_project({project, folder.write("results.csv", csv)}).diagnostics();
  };
  CHECK(has(of("indicator,actual,not_applicable,reason\na,200人,true,x\n"), "result.invalid"));
  CHECK(has(of("indicator,actual,not_applicable\na,,true\n"), "key.missing"));
  CHECK(has(of("indicator,actual,not_applicable\na,,maybe\n"), "value.choice"));
  CHECK(has(of("indicator,actual,actual\na,1人,200人\n"), "id.duplicate"));
  CHECK(has(of("indicator,actual\na,1人\na,200人\n"), "id.duplicate"));
  CHECK(has(of("indicator,actual\n@executed,1万元\n@executed,2万元\n"), "id.duplicate"));
  CHECK(has(of("indicator,actual\na,\"200人\n"), "value.text"));
  CHECK(has(of("indicator,actual\na,200人,x,y\n"), "value.type"));
  CHECK(has(of("actual\n200人\n"), "key.missing"));
  for (const char* fine : {"\xEF\xBB\xBFindicator,actual\r\na,200人\r\n",
                           "indicator;actual\na;200人\n", "indicator,actual,reason\na,200人\n,,\n",
                           "indicator,actual,reason\na,200人,\"两行\n\"\"引\"\"\"\n"}) {
    const auto found = of(fine);
    INFO(fine);
    CHECK(std::none_of(found.begin(), found.end(),
                       [](const Diagnostic& d) { return d.severity == Severity::error; }));
  }
}

TEST_CASE("rule sets that would hand out points", "[cases][hostile]") {
  const Folder folder;
  CHECK(has(
      checked(folder.write("ruleset.toml", rules_with("W", "[adjustments]\npenalty_limit = -5\n"))),
      "value.number"));
  CHECK(has(
      checked(folder.write(
          "ruleset.toml",
          rules_with("W", "[[adjustment]]\nid = \"x\"\nkind = \"penalty\"\nlimit = -5\n" + cite))),
      "value.number"));
  CHECK(has(
      checked(folder.write(
          "ruleset.toml",
          heading +
              "[[block]]\nid = \"a\"\nweight = 1e308\n[[block]]\nid = \"b\"\nweight = 1e308\n")),
      "weights.sum"));
  CHECK(has(
      checked(folder.write(
          "ruleset.toml",
          heading + "[[block]]\nid = \"a\"\nweight = 110\n[[block]]\nid = \"b\"\nweight = -10\n")),
      "weights.invalid"));
  CHECK(has(checked(folder.write(
                "ruleset.toml",
                heading + "[[block]]\nid = \"a\"\nweight = 100\nweight_range = [\"a\", 3]\n")),
            "value.type"));
  CHECK(has(checked(folder.write(
                "ruleset.toml",
                heading + "extends = \"cn-mof-2020\"\n[[method]]\nid = \"x\"\npoints = 'W'\n" +
                    cite + "[[method]]\nid = \"x\"\npoints = '0'\n" + cite)),
            "id.duplicate"));
}
