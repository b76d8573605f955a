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
