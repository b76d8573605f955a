#include "project/cost_model.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "scratch.hpp"

using namespace jixiao;

namespace {

Checked<Project> read(const std::string& body, const std::string& results = "") {
  const scratch::Folder folder;
  folder.write("project.toml",
               "schema = \"jixiao/project/1\"\n[project]\nname = \"p\"\nyear = 2020\n" + body);
  if (!results.empty()) folder.write("results.toml", "schema = \"jixiao/results/1\"\n" + results);
  return read_project({folder.path(), ""});
}

Diagnostic only(const Checked<Project>& project) {
  for (const auto& d : project.diagnostics()) UNSCOPED_INFO(d.code << " " << d.message.en);
  REQUIRE(project.diagnostics().size() == 1);
  return project.diagnostics()[0];
}

std::string indicator(const std::string& id, const std::string& rest) {
  return "[[indicator]]\nid = \"" + id + "\"\nblock = \"output\"\n" + rest + "\n";
}

}  // namespace

TEST_CASE("definitions that go in a circle are shown the circle", "[project][model]") {
  const auto d = only(read(indicator("a", "target = 5\nmodel = '2*result_b'") +
                           indicator("b", "target = 5\nmodel = 'result_c + 1'") +
                           indicator("c", "target = 5\nmodel = 'result_a'")));
  CHECK(d.code == "model.circle");
  CHECK(d.message.en == "definitions go in a circle: result_a ← result_b ← result_c ← result_a");
  CHECK(d.line == 9);
  const auto self = only(read(indicator("a", "target = 5\nmodel = 'result_a + 1'")));
  CHECK(self.message.en == "definitions go in a circle: result_a ← result_a");
  const auto money =
      only(read("[money]\ninitial = \"100元\"\n[[item]]\nid = \"fee\"\namount = \"10元\"\nidentity "
                "= '0.1*money_initial'\n"
                "[[item]]\nid = \"rest\"\namount = \"90元\"\n"));
  CHECK(money.message.en == "definitions go in a circle: money_fee ← money_initial ← money_fee");
}

TEST_CASE("units are checked through models", "[project][model]") {
  const std::string drivers =
      "[drivers]\nrate = { value = 300, unit = \"元/人\" }\npeople = { value = 10, unit = \"人\" "
      "}\n";
  CHECK(read(drivers + indicator("cost", "target = \"≤5000元\"\nmodel = 'rate*people'")));
  const auto d =
      only(read(drivers + indicator("cost", "target = \"≤5000元\"\nmodel = 'rate/people'")));
  CHECK(d.code == "formula.unit");
  CHECK(only(read(drivers + indicator("cost", "target = \"≤5000元\"\nmodel = 'rate + people'")))
            .code == "formula.unit");
  // A percentage of people is people.
  CHECK(read(drivers + indicator("share", "target = \"≥90%\"") +
             indicator("came", "target = \"≥9人\"\nmodel = 'people*result_share/100'")));
  CHECK(
      only(read(drivers + indicator("cost", "target = \"≤5000元\"\nmodel = 'rate*peple'"))).code ==
      "formula.name");
}

TEST_CASE("a driver's play is checked", "[project][model]") {
  const auto with = [](const std::string& play) {
    return read("[drivers]\nx = { value = 5, " + play + " }\n");
  };
  CHECK(with("low = 1, high = 9, step = 0.5"));
  CHECK(only(with("low = 9, high = 1")).code == "value.number");
  CHECK(only(with("low = 6, high = 9")).code == "value.number");
  CHECK(only(with("low = 1")).code == "key.missing");
  CHECK(only(with("step = 0")).code == "value.number");
  CHECK(only(with("hihg = 9")).code == "key.unknown");
}

TEST_CASE("a curve is held to its shape", "[project][model]") {
  const auto with = [](const std::string& points) {
    return read("[drivers]\nx = 5\n" +
                indicator("y", "target = 5\ncurve = { of = 'x', points = " + points + " }"));
  };
  CHECK(with("[[0, 1], [10, 2]]"));
  CHECK(only(with("[[0, 1]]")).code == "value.type");
  CHECK(only(with("[[0, 1], [0, 2]]")).code == "value.number");
  CHECK(only(with("[[0, 1], [1, \"2\"]]")).code == "value.type");
  project::Curve curve{{}, {{0, 10}, {10, 20}, {20, 0}}};
  CHECK(project::height(curve, -5) == 10);
  CHECK(project::height(curve, 5) == 15);
  CHECK(project::height(curve, 10) == 20);
  CHECK(project::height(curve, 15) == 10);
  CHECK(project::height(curve, 99) == 0);
  CHECK(std::isnan(project::height(curve, std::nan(""))));
}

TEST_CASE("a result follows its model by ratio, by shift or altogether", "[project][model]") {
  const auto follows = [](const std::string& more, const std::string& unit, double x) {
    const auto project =
        read("[drivers]\nx = { value = 10, unit = \"" + unit + "\" }\n" +
                 indicator("y", "target = \"≥10" + unit + "\"\nmodel = 'x'\n" + more),
             "[[result]]\nindicator = \"y\"\nactual = \"8" + unit + "\"\n");
    REQUIRE(project);
    std::vector<Diagnostic> diagnostics;
    const auto model = project::CostModel::compile(project->model(), diagnostics);
    REQUIRE(model);
    std::vector<formula::Column> columns;
    std::vector<double> values;
    for (const auto& name : model->names()) values.push_back(name.nominal);
    values[0] = x;
    for (const double& value : values) columns.push_back(formula::Column::uniform(value));
    double out = 0;
    for (const auto& definition : model->definitions()) {
      if (definition.name == model->result(0))
        model->evaluate(definition, columns, std::span(&out, 1));
    }
    return out;
  };
  CHECK(follows("", "元", 10) == 8);
  CHECK(follows("", "元", 13) == Approx(10.4));
  CHECK(follows("follow = \"shift\"", "元", 13) == 11);
  CHECK(follows("follow = \"model\"", "元", 13) == 13);
  CHECK(follows("follow = \"shift\"", "元", 1) == 0);  // not below nothing
  CHECK(follows("", "人", 13) == 10);                  // whole people
  CHECK(follows("", "%", 200) == 100);                 // not above everybody
}

TEST_CASE("a constraint the project does not keep is a warning", "[project][model]") {
  const auto d =
      only(read("[drivers]\nx = 5\n[[constraint]]\nid = \"more\"\nformula = 'x >= 6'\n"));
  CHECK(d.code == "constraint.violated");
  CHECK(d.severity == Severity::warning);
  CHECK(read("[drivers]\nx = 6\n[[constraint]]\nid = \"more\"\nformula = 'x >= 6'\n")
            .diagnostics()
            .empty());
}
