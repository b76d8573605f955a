#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scratch.hpp"

using namespace jixiao;

namespace {

const std::string seed = std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020";

// A folder with the seed's project and results, and scenarios beside them.
struct Desk {
  scratch::Folder folder;
  Desk() {
    for (const char* name : {"project.toml", "results.toml"})
      std::filesystem::copy_file(seed + "/" + name, folder.at(name));
  }
  void scenario(const std::string& name, const std::string& text) const {
    folder.write(name + ".toml", "schema = \"jixiao/scenario/1\"\n" + text);
  }
  Checked<Simulation> run(const std::vector<std::string>& names,
                          const TypedChanges& typed = {}) const {
    const auto project = read_project({folder.path(), ""});
    const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
    std::vector<Scenario> scenarios;
    for (const auto& name : names) {
      const auto read = read_scenario(name, folder.path());
      if (!read) return read.diagnostics();
      scenarios.push_back(*read);
    }
    if (!typed.set.empty() || !typed.add.empty() || !typed.scale.empty()) {
      const auto read = scenario_of(typed);
      if (!read) return read.diagnostics();
      scenarios.push_back(*read);
    }
    return simulate(*rules, *project, scenarios, scratch::shipped_rules());
  }
  Simulation good(const std::vector<std::string>& names, const TypedChanges& typed = {}) const {
    auto simulation = run(names, typed);
    for (const auto& d : simulation.diagnostics())
      UNSCOPED_INFO(d.file << ":" << d.line << ": " << d.code << " " << d.message.en);
    REQUIRE(simulation);
    return std::move(simulation).value();
  }
  Diagnostic bad(const std::string& text) const {
    scenario("bad", text);
    const auto simulation = run({"bad"});
    REQUIRE_FALSE(simulation);
    for (const auto& d : simulation.diagnostics()) {
      if (d.severity == Severity::error) return d;
    }
    return {};
  }
};

const SimulatedNumber& row(const std::vector<SimulatedNumber>& table, const std::string& name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const auto& number) { return number.name == name; });
  REQUIRE(found != table.end());
  return *found;
}

// The shares of a column, in whole hundredths.
long hundredths(const ScenarioStory& column) {
  long sum = 0;
  for (const auto& change : column.changes) sum += std::lround(change.points * 100);
  return sum;
}

}  // namespace

TEST_CASE("a scenario that changes nothing is the baseline to the bit", "[scenario]") {
  const Desk desk;
  desk.scenario("there-and-back", "[scale]\n\"items.*\" = 0.85\n");
  desk.scenario("back",
                "extends = \"there-and-back\"\n[set]\nitems.offices = \"870000元\"\nitems.training "
                "= \"180000元\"\n"
                "items.election = \"30000元\"\nitems.recruitment = \"120000元\"\n");
  desk.scenario("nothing", "");
  const auto simulation = desk.good({"nothing", "there-and-back", "back"});
  for (const auto* table :
       {&simulation.money, &simulation.drivers, &simulation.results, &simulation.targets,
        &simulation.weights, &simulation.points, &simulation.blocks}) {
    for (const auto& number : *table) {
      INFO(number.name);
      CHECK(number.values[1] == number.values[0]);
      CHECK(number.values[3] == number.values[0]);
    }
  }
  CHECK(simulation.columns[0].total == 94.87);
  CHECK(simulation.columns[1].total == 94.87);
  CHECK(simulation.columns[2].total < 94);
  CHECK(simulation.columns[3].total == 94.87);
}

TEST_CASE("every shipped scenario is scored and its attribution adds up", "[scenario]") {
  const auto project = read_project({seed, ""});
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  std::vector<Scenario> scenarios;
  for (const auto& item : std::filesystem::directory_iterator(seed)) {
    const std::string stem = item.path().stem().string();
    if (item.path().extension() != ".toml" || stem == "project" || stem == "results" ||
        stem.starts_with("study"))
      continue;
    auto read = read_scenario(item.path().string(), seed);
    if (read) scenarios.push_back(*read);
  }
  REQUIRE(scenarios.size() >= 10);
  const auto simulation = simulate(*rules, *project, scenarios, scratch::shipped_rules());
  REQUIRE(simulation);
  for (const auto& column : simulation->columns) {
    INFO(column.id);
    CHECK(column.scored);
    if (column.id == "baseline") continue;
    CHECK(column.attributed);
    CHECK(column.exact);
    CHECK(hundredths(column) == std::lround(column.change * 100));
    CHECK(std::lround((column.total - simulation->columns[0].total) * 100) ==
          std::lround(column.change * 100));
  }
}

TEST_CASE("a cut of 15 per cent, by hand", "[scenario]") {
  const Desk desk;
  desk.scenario("cut", "[cut]\npercent = 15\n");
  const auto simulation = desk.good({"cut"});
  CHECK(row(simulation.money, "money.total").values[1] == 1020000);
  CHECK(row(simulation.money, "money.executed").values[1] == Approx(0.94 * 1020000));
  CHECK(row(simulation.results, "results.communities_funded").values[1] == 24);  // 739,500 / 30,000
  // 170 invited, 93 % of them
  CHECK(row(simulation.results, "results.trained").values[1] == 158);
  // 25,500 a community: the curve gives 90.3 where it gave 93, and 91 was reported.
  CHECK(row(simulation.results, "results.satisfaction").values[1] == Approx(91 * 90.3 / 93));
  // 94.8669 - 6.25*5/29 - 6.25*28/200 + 0.625 - 10*(91 - 91*90.3/93)/95
  CHECK(simulation.columns[1].total == 93.26);
  REQUIRE(simulation.constraints.size() == 3);
  CHECK(simulation.columns[1].violated == std::vector<std::string>{"every_community"});
  CHECK(simulation.columns[0].violated.empty());
}

TEST_CASE("set, add and scale compose in order, over files and inheritance", "[scenario]") {
  const Desk desk;
  desk.scenario("base", "[set]\ndrivers.rate = 200\n[add]\ndrivers.days = 1\n");
  desk.scenario("more",
                "extends = [\"base\"]\n[add]\ndrivers.rate = 50\n[scale]\ndrivers.rate = 1.2\n");
  desk.scenario("late", "[add]\nresults.finished = \"5天\"\n");
  const auto simulation = desk.good(
      {"more", "base+late"}, {{"drivers.rate=350"}, {"drivers.days=-1"}, {"items.election=2"}});
  CHECK(row(simulation.drivers, "drivers.rate").values ==
        std::vector<std::optional<double>>{300, 300, 200, 350});
  CHECK(row(simulation.drivers, "drivers.days").values ==
        std::vector<std::optional<double>>{3, 4, 4, 2});
  CHECK(row(simulation.results, "results.finished").shown[2] == "2020-12-15");
  CHECK(row(simulation.money, "items.election").values[3] == 60000);
  CHECK(simulation.columns[2].id == "base+late");
  // (200 + 50) * 1.2 is 300 again, and so the money is 200 x 4 x 300.
  CHECK(row(simulation.money, "items.training").values[1] == 240000);
}

TEST_CASE("what is set to what it is stays there while its drivers move", "[scenario]") {
  const Desk desk;
  desk.scenario("free", "[set]\ndrivers.rate = 350\n");
  desk.scenario("held", "extends = \"free\"\n[set]\nitems.training = \"18万元\"\n");
  const auto simulation = desk.good({"free", "held"});
  CHECK(row(simulation.money, "items.training").values ==
        std::vector<std::optional<double>>{180000, 210000, 180000});
  // 180,000 / (3 x 350) invites 171, and 159.03 of those come.
  CHECK(row(simulation.results, "results.trained").values ==
        std::vector<std::optional<double>>{186, 186, 159});
  // The rate costs 6.25*50/300 either way, the money held 6.25*27/200 more: 94.8669 - 1.0417 -
  // 0.8438 is 92.98.
  CHECK(simulation.columns[1].change == -1.04);
  CHECK(simulation.columns[2].change == -1.89);
  CHECK(hundredths(simulation.columns[2]) == -189);
}

TEST_CASE("an attribution shares what two changes do only together", "[scenario]") {
  // One indicator of points 100*min(1, a*b/100): as it stands 25, with a alone 50, with b alone 50,
  // with both 100. So each has
  // ((50 - 25) + (100 - 50))/2 = 37.5.
  scratch::Folder folder;
  const std::string rules = folder.write(
      "ruleset.toml",
      "schema = \"jixiao/ruleset/1\"\nid = \"one\"\nversion = \"1.0.0\"\ntitle = \"one\"\nextends "
      "= \"methods\"\n"
      "rounding = { total = 2 }\ncite = { text = \"a test\", evidence = \"illustrative\" }\n"
      "block = [ { id = \"all\", weight = 100 } ]\n"
      "method = [ { id = \"higher.proportional\", when = { direction = \"at_least\" } } ]\n");
  folder.write("project.toml",
               "schema = \"jixiao/project/1\"\n[project]\nname = \"p\"\nyear = 2020\n[drivers]\na "
               "= 5\nb = 5\n"
               "[[indicator]]\nid = \"area\"\nblock = \"all\"\ntarget = 100\nmodel = 'a*b'\n");
  folder.write("results.toml",
               "schema = \"jixiao/results/1\"\n[[result]]\nindicator = \"area\"\nactual = 25\n");
  const auto project = read_project({folder.path(), ""});
  REQUIRE(project);
  const auto rule_set = read_rules(rules, scratch::shipped_rules());
  REQUIRE(rule_set);
  const auto both = scenario_of({{"drivers.a=10", "drivers.b=10"}, {}, {}});
  const auto simulation =
      simulate(*rule_set, *project, std::span(&*both, 1), scratch::shipped_rules());
  REQUIRE(simulation);
  CHECK(simulation->columns[0].total == 25);
  CHECK(simulation->columns[1].total == 100);
  REQUIRE(simulation->columns[1].changes.size() == 2);
  CHECK(simulation->columns[1].changes[0].points == 37.5);
  CHECK(simulation->columns[1].changes[1].points == 37.5);
}

TEST_CASE("a scenario tells what the rule set's checks say of it", "[scenario]") {
  const Desk desk;
  const auto simulation = desk.good({}, {{}, {}, {"money.executed=0.8"}});
  const auto says = [&](std::size_t column, const std::string& check) {
    const auto& checks = simulation.columns[column].checks;
    return std::any_of(checks.begin(), checks.end(), [&](const Diagnostic& one) {
      return one.help.en.find("'" + check + "'") != std::string::npos;
    });
  };
  CHECK_FALSE(says(0, "execution-reason"));
  CHECK(says(1, "execution-reason"));
}

TEST_CASE("a number is typed once a kind of change", "[scenario]") {
  const auto code_of = [](const TypedChanges& typed) {
    const auto read = scenario_of(typed);
    return read.diagnostics().empty() ? std::string() : read.diagnostics().front().code;
  };
  CHECK(code_of({{"drivers.a=1", "drivers.a=2"}, {}, {}}) == "id.duplicate");
  CHECK(code_of({{}, {"drivers.a=1", "drivers.a=1"}, {}}) == "id.duplicate");
  CHECK(code_of({{}, {}, {"drivers.a=2", "drivers.a=2"}}) == "id.duplicate");
  CHECK(code_of({{"drivers.a=1"}, {"drivers.a=1"}, {"drivers.a=2", "drivers.b=2"}}).empty());
}

TEST_CASE("indicators come and go, and their weights make room", "[scenario]") {
  const Desk desk;
  desk.scenario("without", "drop = [\"finished\"]\n");
  desk.scenario("with",
                "[[indicator]]\nid = \"visits\"\nname = \"走访次数\"\nblock = \"output\"\ntype = "
                "\"quantity\"\ntarget = \"≥10次\"\nactual "
                "= \"5次\"\n");
  const auto simulation = desk.good({"without", "with"});
  // Seven indicators share the fifty points of output: 46.8542 - 4.1667 = 42.6875 of 43.75
  // becomes 48.7857 of 50.
  CHECK(simulation.columns[1].total == Approx(94.8669 - 46.8542 + 42.6875 * 8 / 7).margin(0.006));
  CHECK_FALSE(row(simulation.points, "points.finished").values[1]);
  // Nine share it: 46.8542*8/9 + half of 5.5556.
  CHECK(simulation.columns[2].total ==
        Approx(94.8669 - 46.8542 + 46.8542 * 8 / 9 + 2.7778).margin(0.006));
  CHECK(row(simulation.points, "points.visits").values[2] == Approx(2.77778).margin(1e-4));
  CHECK_FALSE(row(simulation.points, "points.visits").values[0]);
  CHECK(hundredths(simulation.columns[2]) == std::lround(simulation.columns[2].change * 100));
}

TEST_CASE("other rules, and a target of another kind", "[scenario]") {
  const Desk desk;
  desk.scenario("rules", "rules = \"hubei-dept\"\n");
  desk.scenario("range", "[set]\ntargets.trained = { low = 150, high = 180 }\n");
  const auto simulation = desk.good({"rules", "range"});
  const auto project = read_project({seed, ""});
  const auto hubei = read_rules("hubei-dept", scratch::shipped_rules());
  CHECK(simulation.columns[1].total == score(*hubei, *project).total);
  CHECK(simulation.columns[1].rules == "hubei-dept");
  CHECK(simulation.columns[1].changes.at(0).points == simulation.columns[1].change);
  CHECK(simulation.columns[2].changes.at(0).after.en == "150-180人");
  CHECK(simulation.columns[2].total != simulation.columns[0].total);
}

TEST_CASE("weights that leave no room have no total, and are told", "[scenario]") {
  const Desk desk;
  const auto simulation = desk.run({}, {{"weights.output=60", "weights.benefit=50"}, {}, {}});
  REQUIRE(simulation);
  CHECK_FALSE(simulation->columns[1].scored);
  CHECK(scratch::has_code(simulation.diagnostics(), "weights.sum"));
  CHECK(desk.good({}, {{"weights.output=60", "weights.benefit=20"}, {}, {}}).columns[1].scored);
}

TEST_CASE("more than twelve changes are sampled and still add up", "[scenario]") {
  const Desk desk;
  std::string text = "[set]\n";
  for (const char* name : {"paid_in_time", "paid_correctly", "workers_hired", "attendance",
                           "work_continues", "capability", "satisfaction"})
    text += "results." + std::string(name) + " = 90\ntargets." + name + " = 97\n";
  desk.scenario("many", text);
  const auto simulation = desk.good({"many"});
  const auto& column = simulation.columns[1];
  REQUIRE(column.changes.size() == 14);
  CHECK_FALSE(column.exact);
  CHECK(hundredths(column) == std::lround(column.change * 100));
  CHECK(std::any_of(column.changes.begin(), column.changes.end(),
                    [](const auto& change) { return change.error > 0; }));
  CHECK(desk.good({"many"}).columns[1].changes[3].points == column.changes[3].points);
}

TEST_CASE("what is wrong with a scenario is told at its place", "[scenario]") {
  const Desk desk;
  Diagnostic d = desk.bad("[set]\ndrivers.rat = 350\n");
  CHECK(d.code == "reference.unknown");
  CHECK(d.line == 3);
  CHECK(d.help.en == "did you mean 'drivers.rate'?");
  d = desk.bad("[set]\nitems.training = 153000\n");
  CHECK(d.code == "unit.clash");
  d = desk.bad("[set]\ndrivers.rate = \"350人\"\n");
  CHECK(d.code == "unit.clash");
  CHECK(d.column == 16);
  d = desk.bad("[set]\ndrivers.communities = 30\n");
  CHECK(d.code == "value.choice");  // fixed = true
  d = desk.bad("[set]\nresults.finished = 5\n");
  CHECK(d.code == "value.text");
  d = desk.bad("[scale]\nresults.finished = 2\n");
  CHECK(d.code == "value.choice");
  d = desk.bad("[set]\nitems.training = \"-1元\"\n");
  CHECK(d.code == "value.number");
  d = desk.bad("[cut]\npercent = 15\nprotect = [\"trainng\"]\n");
  CHECK(d.code == "reference.unknown");
  CHECK(d.help.en == "did you mean 'training'?");
  d = desk.bad("[cut]\npercent = 15\nprotect = [\"offices\", \"training\"]\n");
  CHECK(d.message.en == "the cut is 180,000元, what may be cut is 150,000元");
  d = desk.bad("[cut]\npercent = 15\namount = \"1元\"\n");
  CHECK(d.code == "key.missing");
  d = desk.bad("[cut]\npercent = 120\n");
  CHECK(d.code == "value.number");
  d = desk.bad("drop = [\"finishd\"]\n");
  CHECK(d.code == "reference.unknown");
  d = desk.bad("rules = \"cn-mof-2002\"\n");
  CHECK(d.code == "reference.unknown");
  CHECK(d.line == 2);
  d = desk.bad("[sett]\na = 1\n");
  CHECK(d.code == "key.unknown");
  d = desk.bad("extends = \"bad\"\n");
  CHECK(d.code == "extends.cycle");
  CHECK(d.message.en == "the scenario extends itself: bad → bad");
  d = desk.bad("extends = \"nowhere\"\n");
  CHECK(d.code == "file.unreadable");
  CHECK(desk.run({"nothing-of-the-kind"}).diagnostics().at(0).code == "file.unreadable");
  CHECK(desk.run({}, {{"drivers.rate"}, {}, {}}).diagnostics().at(0).code == "value.text");
}

TEST_CASE("money that is scaled ends at the fen, and it is said", "[scenario]") {
  const Desk desk;
  const auto scaled = desk.run({}, {{}, {}, {"money.executed=0.333333333"}});
  REQUIRE(scaled.has_value());
  CHECK(scratch::has_code(scaled.diagnostics(), "value.doubtful"));
  const auto whole = desk.run({}, {{}, {}, {"money.executed=0.5"}});
  REQUIRE(whole.has_value());
  CHECK_FALSE(scratch::has_code(whole.diagnostics(), "value.doubtful"));
}
