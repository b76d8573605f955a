// Rules of the form itself, added to the rule set of a project.
#include <catch2/catch.hpp>

#include "ruleset/ruleset.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

const std::string printed_heading = R"TOML(schema = "jixiao/project/1"
rules = "as-assessed"
[project]
name = "整体评价（示例）"
year = 2023
)TOML";

const std::string blocks = R"TOML(
[[printed.block]]
id = "decision"
weight = 40
[[printed.block]]
id = "process"
weight = 60
)TOML";

const std::string steps = R"TOML(
[[printed.method]]
id = "printed.steps"
title = "每低5个百分点扣2分"
points = 'max(0, W - 2*steps_full(T - A, 5))'
cite = { text = "表上所印", evidence = "form" }
)TOML";

const std::string rows = R"TOML(
[[indicator]]
id = "basis"
block = "decision"
target = 40
method = "value.direct"
[[indicator]]
id = "rules"
block = "process"
target = "≥90%"
method = "printed.steps"
)TOML";

const std::string reviewed = R"TOML(schema = "jixiao/results/1"
[[result]]
indicator = "basis"
actual = 38
reason = "依据不全"
[[result]]
indicator = "rules"
actual = "84%"
reason = "进度慢"
)TOML";

struct PrintedScore {
  std::vector<Diagnostic> diagnostics;
  std::optional<Scorecard> card;
  std::string title, sha256;
};

PrintedScore score_of(const std::string& project) {
  const scratch::Folder folder;
  folder.write("project.toml", project);
  folder.write("results.toml", reviewed);
  const auto read = read_project({folder.path(), ""});
  PrintedScore out{read.diagnostics(), {}, {}, {}};
  if (!read) return out;
  const auto rules = read_rules(read->rules(), scratch::shipped_rules(), read->needs());
  out.diagnostics.insert(out.diagnostics.end(), rules.diagnostics().begin(),
                         rules.diagnostics().end());
  if (!rules) return out;
  out.card = score(*rules, *read);
  out.title = rules->model().title.en;
  out.sha256 = rules->model().sha256;
  return out;
}

}  // namespace

TEST_CASE("a form's own blocks and methods score its project", "[scoring]") {
  const PrintedScore read = score_of(printed_heading + blocks + steps + rows);
  for (const auto& d : read.diagnostics) UNSCOPED_INFO(d.line << ": " << d.message.en);
  REQUIRE(read.card);
  CHECK(read.card->scored);
  CHECK(read.card->total == Approx(38 + 58));
  CHECK(read.title.find("the rules the form prints") != std::string::npos);
}

TEST_CASE("another printed rule is another fingerprint, another place is not", "[scoring]") {
  const std::string first = score_of(printed_heading + blocks + steps + rows).sha256;
  CHECK(first == score_of(printed_heading + "\n\n" + blocks + steps + rows).sha256);
  std::string dearer = steps;
  dearer.replace(dearer.find("2*"), 1, "3");
  CHECK(first != score_of(printed_heading + blocks + dearer + rows).sha256);
}

TEST_CASE("printed rules add and change nothing", "[scoring]") {
  const auto refused = [](const std::string& project, const std::string& code) {
    const PrintedScore read = score_of(project);
    INFO(code);
    CHECK_FALSE(read.card);
    CHECK(scratch::has_code(read.diagnostics, code));
  };
  std::string taken = steps;
  taken.replace(taken.find("printed.steps"), 13, "value.direct");
  refused(printed_heading + blocks + taken + rows, "id.duplicate");
  std::string closed = printed_heading;
  closed.replace(closed.find("as-assessed"), 11, "cn-mof-2020");
  refused(closed + blocks + steps + rows, "id.duplicate");
  refused(printed_heading + blocks + steps + "when = { value = \"number\" }\n" + rows,
          "key.unknown");
  refused(printed_heading + blocks + "[[printed.band]]\nid = \"x\"\n" + steps + rows,
          "key.unknown");
  refused(printed_heading + "[printed]\nmethod = 5\n" + rows, "value.type");
}

TEST_CASE("checking and auditing a project know its printed rules", "[scoring]") {
  const scratch::Folder folder;
  folder.write("project.toml", printed_heading + blocks + steps + rows);
  folder.write("results.toml", reviewed);
  for (const auto& d : check_file(folder.path(), scratch::shipped_rules()))
    CHECK(d.severity != Severity::error);
}
