#include <catch2/catch.hpp>

#include "ruleset/ruleset.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

const char* const base = R"TOML(
schema = "jixiao/ruleset/1"
id = "base"
version = "1.0.0"
title = "base"
cite = { text = "here", evidence = "illustrative" }
[[block]]
id = "output"
weight = 60
[[block]]
id = "benefit"
weight = 40
[[method]]
id = "ratio"
when = { value = "number" }
params = { k = 2, m = 3 }
points = 'min(W, k*m*W*A/T/6)'
domain = 'T > 0'
cite = { text = "here", evidence = "illustrative" }
[[band]]
id = "good"
from = 60
[[band]]
id = "poor"
)TOML";

std::string child(const std::string& rest) {
  return "schema = \"jixiao/ruleset/1\"\nid = \"child\"\nversion = \"2.0.0\"\ntitle = "
         "\"child\"\ncite = { text = \"here\", evidence = "
         "\"illustrative\" }\n" +
         rest;
}

}  // namespace

TEST_CASE("a rule set extends another and changes a few things", "[ruleset]") {
  const scratch::Folder folder;
  folder.write("base/ruleset.toml", base);
  const std::string file = folder.write("child/ruleset.toml", child(R"TOML(extends = "base"
drop = { band = ["*"] }
[[block]]
id = "output"
weight = 70
[[block]]
id = "benefit"
weight = 30
[[method]]
id = "ratio"
params = { k = 1 }
[[method]]
id = "all"
points = 'W'
cite = { text = "here", evidence = "illustrative" }
)TOML"));
  const auto rules = read_rules(file, {});
  for (const Diagnostic& d : rules.diagnostics()) UNSCOPED_INFO(d.line << " " << d.message.en);
  REQUIRE(rules.has_value());
  const auto& model = rules->model();
  CHECK(model.id == "child");
  REQUIRE(model.blocks.size() == 2);
  CHECK(model.blocks[0].weight == 70);
  CHECK(model.bands.empty());
  REQUIRE(model.methods.size() == 2);
  CHECK(model.methods[0].params[0].value == 1);  // k, merged by name
  CHECK(model.methods[0].params[1].value == 3);  // m, kept
  CHECK(model.methods[0].points.text() == "min(W, k*m*W*A/T/6)");
  REQUIRE(model.lineage.size() == 1);
  CHECK(model.lineage[0].id == "base");
  CHECK(model.sha256 != read_rules(folder.path() + "/base/ruleset.toml", {})->model().sha256);
}

TEST_CASE("extending in a circle, or what is not there, is refused", "[ruleset]") {
  const scratch::Folder folder;
  folder.write("a/ruleset.toml", child("extends = \"b\"\n"));
  folder.write("b/ruleset.toml", child("extends = \"a\"\n"));
  const std::string self = folder.write("self/ruleset.toml", child("extends = \"ruleset.toml\"\n"));
  CHECK(scratch::has_code(read_rules(folder.path() + "/a/ruleset.toml", {}).diagnostics(),
                          "extends.cycle"));
  CHECK(scratch::has_code(read_rules(self, {}).diagnostics(), "extends.cycle"));
  const std::string lost = folder.write("lost/ruleset.toml", child("extends = \"bb\"\n"));
  CHECK(scratch::has_code(read_rules(lost, {}).diagnostics(), "reference.unknown"));
}

TEST_CASE("mistakes of a rule set are all found at load", "[ruleset]") {
  const scratch::Folder folder;
  const auto codes_of = [&](const std::string& text) {
    return read_rules(folder.write("x/ruleset.toml", text), {}).diagnostics();
  };
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string out = base;
    out.replace(out.find(from), from.size(), to);
    return out;
  };
  CHECK(codes_of(base).empty());
  CHECK(scratch::has_code(codes_of(changed("weight = 60", "weight = 59")), "weights.sum"));
  CHECK(scratch::has_code(
      codes_of(changed("from = 60\n[[band]]\nid = \"poor\"",
                       "in = \"(60,100]\"\n[[band]]\nid = \"poor\"\nin = \"[0,60)\"")),
      "bands.gap"));
  CHECK(scratch::has_code(codes_of(changed("from = 60", "from = 200")), "bands.overlap"));
  CHECK(scratch::has_code(codes_of(changed("k*m*W*A/T/6", "k*m*W*AA/T/6")), "formula.name"));
  CHECK(scratch::has_code(codes_of(changed("T > 0", "W > 0")), "formula.refused"));
  CHECK(scratch::has_code(codes_of(changed("evidence = \"illustrative\" }\n[[band]]",
                                           "evidence = \"hearsay\" }\n[[band]]")),
                          "value.choice"));
  CHECK(
      scratch::has_code(codes_of(std::string(base) +
                                 "[[method]]\nid = \"other\"\nwhen = { value = \"number\" "
                                 "}\npoints = '0'\ncite = { text = \"x\", evidence = \"form\" }\n"),
                        "method.ambiguous"));
  CHECK(codes_of(std::string(base) + "[[method]]\nid = \"other\"\nwhen = { value = \"number\", "
                                     "direction = \"at_most\" }\npoints = "
                                     "'0'\ncite = { text = \"x\", evidence = \"form\" }\n")
            .empty());
}

TEST_CASE("intervals that are upside down and band tables with holes are placed", "[ruleset]") {
  const scratch::Folder folder;
  std::string text = base;
  const std::string points = "points = 'min(W, k*m*W*A/T/6)'\ndomain = 'T > 0'\n";
  text.replace(text.find(points), points.size(),
               "bands = { of = 'A', rows = [ { in = \"[90,)\", points = 'W' }, { in = \"(,89]\", "
               "points = '0' } ] }\n");
  const auto rules = read_rules(folder.write("x/ruleset.toml", text), {});
  REQUIRE(scratch::has_code(rules.diagnostics(), "bands.gap"));
  CHECK(rules.diagnostics().front().message.en == "no row covers (89,90)");
}

TEST_CASE("a citation of ratings falls with the bands it was given for", "[ruleset]") {
  const scratch::Folder folder;
  folder.write(
      "base/ruleset.toml",
      std::string(base) + "[rating]\ncite = { text = \"of the base\", evidence = \"verified\" }\n");
  const auto cites = [&](const std::string& rest) {
    const auto read =
        read_rules(folder.write("child/ruleset.toml", child("extends = \"base\"\n" + rest)), {});
    for (const Diagnostic& d : read.diagnostics())
      UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
    REQUIRE(read.has_value());
    return read->model().rating_cite.size();
  };
  CHECK(cites("") == 1);
  CHECK(cites("[[band]]\nid = \"good\"\nlabel = \"well done\"\n") == 1);
  CHECK(cites("[[band]]\nid = \"good\"\nfrom = 70\n") == 0);
  CHECK(cites("[[band]]\nid = \"best\"\nfrom = 90\n") == 0);
  CHECK(
      cites("drop = { band = [\"*\"] }\n[[band]]\nid = \"a\"\nfrom = 92\n[[band]]\nid = \"d\"\n") ==
      0);
  CHECK(cites("[[band]]\nid = \"good\"\nfrom = 70\n[rating]\ncite = { text = \"of the child\", "
              "evidence = \"form\" }\n") == 1);
}

TEST_CASE("a rule set cites for itself, and so does what it changes", "[ruleset]") {
  const scratch::Folder folder;
  folder.write("base/ruleset.toml", base);
  const auto codes = [&](const std::string& text) {
    const auto read = read_rules(folder.write("child/ruleset.toml", text), {});
    std::vector<std::string> out;
    for (const Diagnostic& d : read.diagnostics()) out.push_back(d.code);
    return out;
  };
  using Codes = std::vector<std::string>;
  const std::string extends = "extends = \"base\"\n";
  CHECK(codes(child(extends)).empty());
  const std::string without =
      "schema = \"jixiao/ruleset/1\"\nid = \"child\"\nversion = \"2.0.0\"\ntitle = \"child\"\n";
  CHECK(codes(without + extends) == Codes{"evidence.missing"});
  CHECK(codes(child(extends + "[[method]]\nid = \"ratio\"\nparams = { k = 1 }\n")).empty());
  CHECK(codes(child(extends + "[[method]]\nid = \"ratio\"\npoints = 'W'\n")) ==
        Codes{"evidence.missing"});
  CHECK(codes(child(extends + "[[method]]\nid = \"ratio\"\npoints = 'W'\ncite = { text = \"x\", "
                              "evidence = \"form\" }\n"))
            .empty());
}

TEST_CASE("bands out of order, in one file and where a derived rule set moves one", "[ruleset]") {
  const scratch::Folder folder;
  const auto has = [&](const std::string& bands) {
    std::string text(base);
    text.resize(text.find("[[band]]"));
    return scratch::has_code(
        read_rules(folder.write("one/ruleset.toml", text + bands), {}).diagnostics(),
        "bands.order");
  };
  const auto band = [](const std::string& id, const std::string& from) {
    return "[[band]]\nid = \"" + id + "\"\n" + (from.empty() ? "" : "from = " + from + "\n");
  };
  CHECK_FALSE(has(band("a", "90") + band("b", "80") + band("c", "")));
  CHECK_FALSE(has(band("c", "") + band("b", "80") + band("a", "90")));
  CHECK(has(band("a", "80") + band("b", "90") + band("c", "")));
  CHECK(has(band("a", "90") + band("b", "60") + band("c", "80") + band("d", "")));
  folder.write("base/ruleset.toml", std::string(base));
  const auto derived = [&](const std::string& rest) {
    return scratch::has_code(
        read_rules(folder.write("child/ruleset.toml", child("extends = \"base\"\n" + rest)), {})
            .diagnostics(),
        "bands.order");
  };
  CHECK_FALSE(derived(band("best", "90")));
  CHECK_FALSE(derived(band("good", "70")));
}

TEST_CASE("a method that pays for missing the target is found", "[ruleset]") {
  const scratch::Folder folder;
  const auto has = [&](const std::string& direction, const std::string& points,
                       const std::string& more = "") {
    std::string text(base);
    text += "[[method]]\nid = \"own\"\nwhen = { direction = \"" + direction +
            "\", value = \"number\" }\npoints = '" + points + "'\n" + more +
            "cite = { text = \"x\", evidence = \"form\" }\n";
    return scratch::has_code(read_rules(folder.write("one/ruleset.toml", text), {}).diagnostics(),
                             "method.reversed");
  };
  CHECK(has("at_least", "A >= T ? 0 : W"));
  CHECK(has("at_least", "W*clamp(1.5 - A/T, 0, 1)", "domain = 'T > 0'\n"));
  CHECK(has("at_most", "A <= T ? 0 : W"));
  CHECK(has("at_most", "W*clamp(A/T, 0, 1)*0.5 + (A > T ? 1 : 0)", "domain = 'T > 0'\n"));
  CHECK(has("equal", "A == T ? 0.5*W : W"));
  CHECK_FALSE(has("at_least", "A >= T ? W : W*A/T", "domain = 'T > 0'\n"));
  CHECK_FALSE(has("at_least", "A < 0.6*T ? 0 : A < T ? W*A/T : A <= 1.2*T ? W : 0.8*W",
                  "domain = 'T > 0'\n"));
  CHECK_FALSE(has("at_most", "A <= T ? W : W*clamp(2 - A/T, 0, 1)", "domain = 'T > 0'\n"));
  CHECK_FALSE(has("more_than", "A > T ? W : 0"));
  CHECK_FALSE(has("less_than", "A < T ? W : 0"));
}
