#include <catch2/catch.hpp>

#include <fstream>

#include "jixiao/check.hpp"
#include "jixiao/study.hpp"
#include "scratch.hpp"
#include "study/study.hpp"

using namespace jixiao;

namespace {

Checked<Study> read(const std::string& toml) {
  const scratch::Folder folder;
  return read_study(folder.write("study.toml", toml), "");
}

}  // namespace

TEST_CASE("a study file: dotted names, laws, ranges and values", "[planning]") {
  const auto study = read(R"(schema = "jixiao/study/1"
kind = "monte-carlo"
title = { zh = "把握", en = "chance" }
samples = 1000
[input]
drivers.rate = { low = 200, high = 400, step = 10 }
drivers.days = 4
results.satisfaction = { normal = [91, 2], low = 0, high = 100 }
results.attendance = { discrete = [90, 95], weights = [1, 3] }
)");
  for (const auto& d : study.diagnostics()) UNSCOPED_INFO(d.message.en);
  REQUIRE(study);
  const auto& model = study->model();
  CHECK(model.kind == study::Kind::monte_carlo);
  CHECK(study->needs_project());
  CHECK(model.samples == 1000);
  REQUIRE(model.inputs.size() == 4);
  CHECK(model.inputs[0].name == "drivers.rate");
  CHECK(model.inputs[0].step->number == 10);
  CHECK(model.inputs[1].value->number == 4);
  CHECK(model.inputs[2].law->word == "normal");
  CHECK(model.inputs[2].high->number == 100);
  CHECK(model.inputs[3].name == "results.attendance");
  CHECK(model.inputs[3].law->weights == std::vector<double>{1, 3});
}

TEST_CASE("a typed study says what a file would", "[planning]") {
  TypedStudy typed;
  typed.kind = "grid";
  typed.inputs = {"drivers.rate=200元/人/天..400元/人/天/10",
                  "results.finished=2020-11-30..2020-12-31/1", "drivers.days=4"};
  const auto study = study_of(typed);
  for (const auto& d : study.diagnostics()) UNSCOPED_INFO(d.message.en);
  REQUIRE(study);
  const auto& inputs = study->model().inputs;
  REQUIRE(inputs.size() == 3);
  CHECK(inputs[0].low->string == "200元/人/天");
  CHECK(inputs[0].high->string == "400元/人/天");
  CHECK(inputs[0].step->number == 10);
  CHECK(inputs[1].low->string == "2020-11-30");
  CHECK(inputs[1].high->string == "2020-12-31");
  CHECK(inputs[2].value->number == 4);

  typed.kind = "monte-carlo";
  typed.inputs = {"results.satisfaction=normal(91, 2, 0, 100)",
                  "results.attendance=discrete(90:1, 95:3)", "drivers.rate"};
  const auto drawn = study_of(typed);
  REQUIRE(drawn);
  const auto& laws = drawn->model().inputs;
  CHECK(laws[0].name == "drivers.rate");
  CHECK(laws[1].law->numbers.size() == 2);
  CHECK(laws[1].high->number == 100);
  CHECK(laws[2].law->weights == std::vector<double>{1, 3});
}

TEST_CASE("kinds that have rooms of their own keep their file", "[planning]") {
  const auto study =
      read("schema = \"jixiao/study/1\"\nkind = \"allocation\"\ngoal = \"best-total\"\n");
  REQUIRE(study);
  CHECK(study->model().kind == study::Kind::allocation);
  REQUIRE(study->model().root->find("goal") != nullptr);
}

TEST_CASE("names that could not stand in a formula", "[planning]") {
  const auto study = read(
      "schema = \"jixiao/study/1\"\nkind = \"sobol\"\n[formula]\nsum = 'a'\n[input]\na = { uniform "
      "= [0, 1] }\n1b = 2\n");
  REQUIRE_FALSE(study);
  REQUIRE(study.diagnostics().size() == 2);
  CHECK(study.diagnostics()[0].line == 4);
  CHECK(study.diagnostics()[1].line == 7);
  CHECK(study.diagnostics()[1].code == "id.invalid");
}

TEST_CASE("what is wrong with a study file is said where it stands", "[planning]") {
  const auto study = read(R"(schema = "jixiao/study/1"
kind = "sobol"
sample = 100
[input]
a = { low = 1 }
b = { uniform = [1, 2], normal = [0, 1] }
c = { uniform = [1, 2], step = 1 }
d = [1, 2]
)");
  REQUIRE_FALSE(study);
  std::vector<std::string> said;
  for (const auto& d : study.diagnostics()) said.push_back(std::to_string(d.line) + " " + d.code);
  CHECK(said == std::vector<std::string>{"3 key.unknown", "5 key.missing", "6 value.choice",
                                         "7 value.choice", "8 value.type"});
}

TEST_CASE("every shipped study passes check, and a study that does not fit its project does not",
          "[planning]") {
  namespace fs = std::filesystem;
  std::size_t seen = 0;
  for (const char* folder : {"/scenarios/chenggong-2020", "/scenarios/published-functions"}) {
    for (const auto& item : fs::directory_iterator(JIXIAO_SOURCE_DIR + std::string(folder))) {
      const auto study = read_study(item.path().string(), "");
      if (item.path().extension() != ".toml" || !study) continue;
      INFO(item.path().string());
      CHECK(check_file(item.path().string(), scratch::shipped_rules()).empty());
      ++seen;
    }
  }
  CHECK(seen >= 11);
  const scratch::Folder folder;
  for (const char* name : {"project.toml", "results.toml"})
    fs::copy(fs::path(JIXIAO_SOURCE_DIR) / "scenarios/chenggong-2020" / name,
             fs::path(folder.path()) / name);
  const std::string file = folder.write(
      "mine.toml",
      "schema = \"jixiao/study/1\"\nkind = \"tornado\"\ninputs = [\"drivers.rates\"]\n");
  const auto found = check_file(file, scratch::shipped_rules());
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "reference.unknown");
  CHECK(found[0].line == 3);
  CHECK(found[0].help.en == "did you mean 'drivers.rate'?");
}

TEST_CASE("what belongs to other kinds of studies is refused with what to do instead",
          "[planning]") {
  const scratch::Folder folder;
  const auto refused = [&](const std::string& text) {
    const auto study =
        read_study(folder.write("s.toml", "schema = \"jixiao/study/1\"\n" + text), "");
    REQUIRE_FALSE(study);
    REQUIRE(study.diagnostics().size() == 1);
    CHECK(study.diagnostics()[0].code == "value.choice");
    CHECK(study.diagnostics()[0].line == 3);
    return study.diagnostics()[0].message.en + " / " + study.diagnostics()[0].help.en;
  };
  CHECK(refused("kind = \"sobol\"\nwhere = 'results_trained >= 150'\n").find("narrow the ranges") !=
        std::string::npos);
  CHECK(refused("kind = \"tornado\"\nwhere = 'results_trained >= 150'\n").find("[[constraint]]") !=
        std::string::npos);
  CHECK(refused("kind = \"sobol\"\ncorrelation = [{ of = [\"a\", \"b\"], value = 0.5 }]\n")
            .find("[[group]]") != std::string::npos);
  CHECK(refused("kind = \"tornado\"\nweights = [{ of = [\"a\", \"b\"], dirichlet = [1, 1] }]\n")
            .find("give each its range") != std::string::npos);
}

TEST_CASE("a split starts from a scenario that changes the rules, and from none that moves numbers",
          "[planning]") {
  const scratch::Folder folder;
  const std::string seed = std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020";
  for (const char* name : {"project.toml", "results.toml"})
    std::filesystem::copy(seed + "/" + name, folder.path() + "/" + name);
  folder.write("soft.toml", "schema = \"jixiao/scenario/1\"\nrules = \"hubei-dept\"\n");
  folder.write("dear.toml",
               "schema = \"jixiao/scenario/1\"\n[set]\ndrivers.rate = \"350元/人/天\"\n");
  const auto project = read_project({folder.path(), ""});
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  REQUIRE(project);
  const auto split = [&](const std::string& apply) {
    const auto study = read_study(
        folder.write(
            "split.toml",
            "schema = \"jixiao/study/1\"\nkind = \"allocation\"\nstep = \"2000元\"\n" + apply),
        "");
    REQUIRE(study);
    return run_study(*rules, *project, *study, scratch::shipped_rules());
  };
  const auto plain = split(""), other = split("apply = \"soft\"\n"),
             wrong = split("apply = [\"dear\"]\n");
  REQUIRE(plain);
  for (const auto& d : other.diagnostics()) UNSCOPED_INFO(d.message.en);
  REQUIRE(other);
  CHECK(plain->rules == "cn-mof-2020");
  CHECK(other->rules == "hubei-dept");
  CHECK(plain->baseline == 94.87);
  CHECK(other->baseline == 94.95);  // as `simulate` says
  REQUIRE_FALSE(wrong);
  CHECK(wrong.diagnostics().front().line == 4);
  CHECK(wrong.diagnostics().front().message.en.find("drivers.rate") != std::string::npos);
}

TEST_CASE("what is typed almost right is recognised", "[planning]") {
  const auto project =
      read_project({std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020", ""});
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  REQUIRE(project);
  const auto said = [&](const std::string& kind, const std::string& input,
                        const std::string& where = "") {
    TypedStudy typed;
    typed.kind = kind;
    typed.inputs = {input};
    typed.samples = 1000;
    if (!where.empty()) typed.where = {where};
    const auto study = study_of(typed);
    const auto report = study ? run_study(*rules, *project, *study, scratch::shipped_rules())
                              : Checked<StudyReport>(study.diagnostics());
    return report.diagnostics();
  };
  CHECK(said("tornado", "rate=200..400").at(0).help.en == "did you mean 'drivers.rate'?");
  CHECK(said("break-even", "satisfaction").at(0).help.en.find("'results.satisfaction' or '") !=
        std::string::npos);
  const auto law = said("monte-carlo", "results.satisfaction=nomral(91,2)");
  CHECK(law.at(0).column == 22);
  CHECK(law.at(0).help.en == "did you mean 'normal'?");
  const auto where = said("monte-carlo", "drivers.rate", "trained >= 150");
  CHECK(where.at(0).column == 1);
  CHECK(where.at(0).help.en.find("'results_trained'") != std::string::npos);
  // More than all of them satisfied, in more than one draw of a thousand: a warning, and the study
  // runs.
  const auto share = said("monte-carlo", "results.satisfaction=uniform(80,120)");
  REQUIRE(share.size() == 1);
  CHECK(share[0].severity == Severity::warning);
  CHECK(share[0].help.en.find("high = 100") != std::string::npos);
  CHECK(said("monte-carlo", "results.satisfaction=normal(91,2)").empty());
}
