// The planner says what it did: every step, every output, where it started from and why nothing
// moves.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "jixiao/monitoring.hpp"
#include "jixiao/report.hpp"
#include "jixiao/scenario.hpp"
#include "jixiao/study.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

const std::string cases = std::string(JIXIAO_SOURCE_DIR) + "/tests/cases/planning/";

struct Beside {
  Checked<Project> project;
  Checked<RuleSet> rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  explicit Beside(const std::string& folder, const std::string& results = "")
      : project(read_project({folder, results})) {
    for (const auto& d : project.diagnostics()) UNSCOPED_INFO(d.line << " " << d.message.en);
    REQUIRE(project.has_value());
    REQUIRE(rules.has_value());
  }
  [[nodiscard]] Checked<StudyReport> asked(const TypedStudy& typed) const {
    const auto study = study_of(typed);
    for (const auto& d : study.diagnostics()) UNSCOPED_INFO(d.message.en);
    REQUIRE(study.has_value());
    auto report = run_study(*rules, *project, *study, scratch::shipped_rules());
    for (const auto& d : report.diagnostics()) UNSCOPED_INFO(d.message.en);
    return report;
  }
  [[nodiscard]] Checked<StudyReport> read(const std::string& file) const {
    const auto study = read_study(file, "");
    for (const auto& d : study.diagnostics()) UNSCOPED_INFO(d.message.en);
    REQUIRE(study.has_value());
    auto report = run_study(*rules, *project, *study, scratch::shipped_rules());
    for (const auto& d : report.diagnostics()) UNSCOPED_INFO(d.message.en);
    return report;
  }
};

Beside chenggong() { return Beside(std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020"); }
Beside library() { return Beside(cases + "library"); }

TypedStudy typed_with(const std::string& kind, const std::vector<std::string>& inputs,
                      const std::vector<std::string>& outputs = {}) {
  TypedStudy out;
  out.kind = kind;
  out.inputs = inputs;
  out.outputs = outputs;
  return out;
}

std::string text_of(const StudyReport& report) {
  Style style;
  style.language = Language::en;
  style.width = 200;
  return render_study(report, style);
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool says(const std::vector<Diagnostic>& all, Severity severity, const std::string& part) {
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& d) {
    return d.severity == severity && (contains(d.message.en, part) || contains(d.help.en, part));
  });
}

}  // namespace

TEST_CASE("steps of one are steps of one, of counts and of days", "[planning]") {
  const auto seed = chenggong();
  const auto count = [&](const std::string& input) {
    const auto report = seed.asked(typed_with("grid", {input}));
    REQUIRE(report.has_value());
    return std::get<InputGrid>(report->answer).xs.size();
  };
  CHECK(count("results.trained=100..200/1") == 101);
  CHECK(count("results.trained=100..200/2") == 51);
  CHECK(count("drivers.trainees=100..300/1") == 201);
  CHECK(count("results.finished=2020-09-01..2020-12-31/1") == 122);
  // No step stated: fewer places, and that is said.
  const auto report = seed.asked(typed_with("grid", {"drivers.trainees"}));
  REQUIRE(report.has_value());
  CHECK(std::get<InputGrid>(report->answer).xs.size() < 100);
  CHECK(says(report.diagnostics(), Severity::note, "has 201 places"));
}

TEST_CASE("every output that was asked for comes out", "[planning]") {
  const auto seed = chenggong();
  const auto tornado = seed.asked(typed_with("tornado", {"results.attendance", "drivers.rate"},
                                             {"total", "results.trained", "money.total"}));
  REQUIRE(tornado.has_value());
  REQUIRE(tornado->outputs.size() == 3);
  const auto& answer = std::get<Tornado>(tornado->answer);
  REQUIRE(answer.further.size() == 2);
  const auto bar = [&](const std::vector<TornadoBar>& bars, const std::string& name) {
    return *std::find_if(bars.begin(), bars.end(), [&](const TornadoBar& own) {
      return tornado->inputs[own.input].name == name;
    });
  };
  CHECK(bar(answer.further[0], "results.attendance").lowest <
        bar(answer.further[0], "results.attendance").highest);
  CHECK(bar(answer.further[1], "drivers.rate").high.output == 1'200'000 + 200 * 3 * 100);
  CHECK(tornado->outputs[1].baseline == 186);
  const std::string text = text_of(*tornado);
  CHECK(contains(text, "Tornado: one input at a time: total"));
  CHECK(contains(text, "Tornado: one input at a time: cadres trained"));

  const auto grid = seed.asked(
      typed_with("grid", {"results.attendance=80..100/10"}, {"total", "results.trained"}));
  REQUIRE(grid.has_value());
  const auto& places = std::get<InputGrid>(grid->answer);
  REQUIRE(places.further.size() == 1);
  CHECK(places.further[0] == std::vector<double>{160, 180, 200});
  CHECK(contains(text_of(*grid), "Grid: every combination: cadres trained"));

  const auto even =
      seed.asked(typed_with("break-even", {"results.attendance"}, {"total", "results.trained"}));
  REQUIRE(even.has_value());
  for (const auto& row : std::get<BreakEvens>(even->answer).rows)
    CHECK(row.last.further.size() == 1);
}

TEST_CASE("a study names the scenarios it starts from, and both totals", "[planning]") {
  auto question = typed_with("monte-carlo", {"results.satisfaction=uniform(85%,95%)"});
  question.apply = {"cut15"};
  question.samples = 200;
  const auto report = library().asked(question);
  REQUIRE(report.has_value());
  REQUIRE(report->applied.size() == 1);
  CHECK(report->applied[0].id == "cut15");
  CHECK(report->stands == Approx(97.93));
  CHECK(report->baseline == Approx(90.92));
  const std::string text = text_of(*report);
  CHECK(contains(text, "cut15"));
  CHECK(contains(text, "total 97.93"));
  CHECK(contains(text, "total 90.92"));
  Style page;
  page.format = Format::html;
  page.language = Language::en;
  const std::string html = render_study(*report, page);
  CHECK(contains(html, "as it stands 97.93"));
  CHECK(contains(html, "with the scenarios 90.92"));
}

TEST_CASE("money that is scaled alone says what to scale instead", "[scenario]") {
  const auto seed = library();
  const auto simulated = [&](const std::string& change) {
    const auto scenario = scenario_of({{}, {}, {change}});
    REQUIRE(scenario.has_value());
    auto out =
        simulate(*seed.rules, *seed.project, std::span(&*scenario, 1), scratch::shipped_rules());
    REQUIRE(out.has_value());
    return out;
  };
  const auto money = simulated("money.initial=0.85");
  CHECK(says(money.diagnostics(), Severity::warning, "--scale 'items.*=0.85'"));
  const auto items = simulated("items.*=0.85");
  CHECK(items->columns[1].total == Approx(90.92));
  CHECK_FALSE(says(items.diagnostics(), Severity::warning, "--scale"));
}

TEST_CASE("a split stays between the declared points of a curve unless it may leave them",
          "[choice]") {
  const auto seed = library();
  const auto report = seed.read(cases + "library/split.toml");
  REQUIRE(report.has_value());
  const auto& split = std::get<Allocation>(report->answer);
  REQUIRE(split.curves.size() == 3);
  for (const auto& curve : split.curves) {
    INFO(curve.id << " " << curve.after);
    CHECK_FALSE(curve.is_beyond());
    CHECK_FALSE(curve.may_leave);
  }
  const auto part = [](const Allocation& of, const std::string& id) {
    return *std::find_if(of.parts.begin(), of.parts.end(),
                         [&](const AllocatedPart& own) { return own.id == id; });
  };
  CHECK(part(split, "upkeep").after >= 60'000);
  CHECK(contains(text_of(*report), "between their declared points"));

  const scratch::Folder folder;
  const auto beyond =
      seed.read(folder.write("beyond.toml",
                             "schema = \"jixiao/study/1\"\nkind = \"allocation\"\nmoney = "
                             "\"85%\"\nstep = \"1000元\"\nbeyond = [\"satisfaction\"]\n"));
  REQUIRE(beyond.has_value());
  CHECK(part(std::get<Allocation>(beyond->answer), "upkeep").after < 60'000);
  CHECK(contains(text_of(*beyond), "Beyond the declared points"));
  CHECK(std::get<Allocation>(beyond->answer).after >= split.after);
  const auto unknown = read_study(
      folder.write("unknown.toml",
                   "schema = \"jixiao/study/1\"\nkind = \"allocation\"\nbeyond = [\"nobody\"]\n"),
      "");
  REQUIRE(unknown.has_value());
  CHECK(scratch::has_code(
      run_study(*seed.rules, *seed.project, *unknown, scratch::shipped_rules()).diagnostics(),
      "reference.unknown"));
  // A rating may be named as the rule set shows it.
  const auto least = seed.read(cases + "library/least.toml");
  REQUIRE(least.has_value());
  CHECK(std::get<Allocation>(least->answer).after >= 90);
}

TEST_CASE("labels tell a result, its target, its weight and the driver apart", "[planning]") {
  const auto report = library().asked(typed_with("tornado", {}));
  REQUIRE(report.has_value());
  for (const auto language : {&Text::zh, &Text::en}) {
    std::vector<std::string> labels;
    for (const auto& input : report->inputs) labels.push_back(input.label.*language);
    std::sort(labels.begin(), labels.end());
    CHECK(std::adjacent_find(labels.begin(), labels.end()) == labels.end());
  }
  const auto label = [&](const std::string& name) {
    return std::find_if(report->inputs.begin(), report->inputs.end(),
                        [&](const auto& own) { return own.name == name; })
        ->label.en;
  };
  CHECK(label("results.visits") == "visits (result)");
  CHECK(label("targets.visits") == "visits (target)");
  CHECK(label("weights.visits") == "visits (weight)");
}

TEST_CASE("both sides of a break-even differ in print, inside the range that is named",
          "[planning]") {
  const auto report =
      chenggong().asked(typed_with("break-even", {"results.satisfaction", "results.attendance"}));
  REQUIRE(report.has_value());
  std::size_t found = 0;
  for (const auto& row : std::get<BreakEvens>(report->answer).rows) {
    if (!row.found) continue;
    ++found;
    CHECK(row.last.shown != row.first.shown);
    CHECK(row.last.rating != row.first.rating);
  }
  CHECK(found > 0);
  CHECK(report->inputs[0].law == "0%..100%");  // as far as was looked, not a tenth either way
  const auto stated =
      chenggong().asked(typed_with("break-even", {"results.satisfaction=60%..100%"}));
  REQUIRE(stated.has_value());
  for (const auto& row : std::get<BreakEvens>(stated->answer).rows) CHECK_FALSE(row.found);
  CHECK(stated->inputs[0].law == "60%..100%");
}

TEST_CASE("a tornado says why an input that nothing follows has no width", "[planning]") {
  const scratch::Folder folder;
  folder.write("project.toml",
               "schema = \"jixiao/project/1\"\nrules = \"cn-mof-2020\"\n[project]\nname = "
               "\"p\"\nyear = 2020\n[money]\ninitial = "
               "\"180000元\"\n[drivers]\ntrainees = { value = 200, unit = \"人\" }\nrate = { value "
               "= 900, unit = \"元/人\" }\nspare = 7\n"
               "[[item]]\nid = \"training\"\nname = \"training\"\namount = \"180000元\"\nidentity "
               "= 'trainees*rate'\n"
               "[[indicator]]\nid = \"trained\"\nname = \"trained\"\nblock = \"output\"\ntype = "
               "\"quantity\"\ntarget = \"≥200人\"\n");
  folder.write("results.toml",
               "schema = \"jixiao/results/1\"\n[money]\nexecuted = "
               "\"18万元\"\n[[result]]\nindicator = \"trained\"\nactual = \"186人\"\n");
  const Beside seed(folder.path());
  const auto report = seed.asked(typed_with("tornado", {"drivers.*", "results.*"}));
  REQUIRE(report.has_value());
  for (const auto& bar : std::get<Tornado>(report->answer).bars) {
    const std::string& name = report->inputs[bar.input].name;
    INFO(name);
    CHECK(bar.followed == (name == "results.trained"));
    if (name == "drivers.spare") CHECK(bar.moves.empty());
    if (name == "drivers.rate")
      CHECK(std::find(bar.moves.begin(), bar.moves.end(), "items.training") != bar.moves.end());
  }
  CHECK(contains(text_of(*report), "No indicator's result follows"));
}

TEST_CASE("what no law needs is written as a constant, and the advice works", "[planning]") {
  const scratch::Folder folder;
  const auto asked = [&](const std::string& law) {
    const auto study =
        read_study(folder.write("study.toml",
                                "schema = \"jixiao/study/1\"\nkind = \"monte-carlo\"\nsamples = "
                                "500\n[formula]\ny = 'a + "
                                "b'\n[input]\na = { " +
                                    law + " }\nb = { uniform = [0, 1] }\n"),
                   "");
    if (!study) return Checked<StudyReport>(study.diagnostics());
    return run_study(*study);
  };
  const auto zero = asked("normal = [5, 0]");
  REQUIRE_FALSE(zero.has_value());
  CHECK(says(zero.diagnostics(), Severity::error, "constant = 5"));
  const auto flat = asked("triangular = [5, 5, 5]");
  REQUIRE_FALSE(flat.has_value());
  CHECK(says(flat.diagnostics(), Severity::error, "constant = 5"));
  const auto swapped = asked("uniform = [9, 5]");
  REQUIRE_FALSE(swapped.has_value());
  CHECK(says(swapped.diagnostics(), Severity::error, "uniform(5, 9)"));
  const auto constant = asked("constant = 5");
  REQUIRE(constant.has_value());
  const auto& spread = std::get<MonteCarloAnswer>(constant->answer).outputs.front();
  CHECK(spread.low >= 5);
  CHECK(spread.high <= 6);
  const auto called = study_of(typed_with("monte-carlo", {"results.satisfaction=constant(91%)",
                                                          "results.attendance=uniform(80%,95%)"}));
  CHECK(called.has_value());
}

TEST_CASE("the upper end of a monitored year counts answers as well as numbers", "[monitoring]") {
  const auto ends = [](const std::string& results) {
    const Beside seed(cases + "yesno", results);
    const auto monitoring =
        read_monitoring(monitoring_wanted(*seed.project), scratch::shipped_rules());
    REQUIRE(monitoring.has_value());
    const auto report = monitor(*seed.rules, *seed.project, *monitoring);
    for (const auto& d : report.diagnostics()) UNSCOPED_INFO(d.message.en);
    REQUIRE(report.has_value());
    return std::pair(report->projection.low, report->projection.high);
  };
  CHECK(ends("") == std::pair(60.0, 100.0));
  CHECK(ends(cases + "yesno/december.toml") == std::pair(30.0, 70.0));
}

TEST_CASE("a unit that is there twice is shown at the target, too", "[project]") {
  const scratch::Folder folder;
  folder.write("project.toml",
               "schema = \"jixiao/project/1\"\nrules = \"cn-mof-2020\"\n[project]\nname = "
               "\"p\"\nyear = 2020\n[money]\ninitial = \"1元\"\n"
               "[[indicator]]\nid = \"trained\"\nname = \"trained\"\nblock = \"output\"\ntype = "
               "\"quantity\"\ntarget = \"≥200人人\"\n");
  folder.write("results.toml",
               "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"1元\"\n[[result]]\nindicator "
               "= \"trained\"\nactual = \"186人\"\n");
  const auto project = read_project({folder.path(), ""});
  REQUIRE_FALSE(project.has_value());
  const auto& all = project.diagnostics();
  const auto note = std::find_if(all.begin(), all.end(), [](const Diagnostic& d) {
    return d.severity == Severity::note && d.code == "unit.clash";
  });
  REQUIRE(note != all.end());
  CHECK(contains(note->file, "project.toml"));
  CHECK(note->line == 13);
  CHECK(contains(note->help.en, "\"≥200人\""));
}
