#include <catch2/catch.hpp>

#include <cmath>

#include "scenario/project_model.hpp"
#include "scratch.hpp"

using namespace jixiao;
using scenario::NamePlace;
using scenario::ProjectModel;

namespace {

struct Seed {
  Checked<Project> project =
      read_project({std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020", ""});
  Checked<RuleSet> rules = read_rules("cn-mof-2020", scratch::shipped_rules());
};

// The outputs of one sample.
std::vector<double> at(const ProjectModel& model, const std::vector<double>& point) {
  std::vector<formula::Column> in;
  for (const double& x : point) in.push_back(formula::Column::uniform(x));
  std::vector<double> values(model.outputs().size());
  std::vector<std::span<double>> out;
  for (double& value : values) out.emplace_back(&value, 1);
  model.evaluate(in, out);
  return values;
}

std::vector<NamePlace> named(const std::vector<std::string>& names) {
  std::vector<NamePlace> out;
  for (const auto& name : names) out.push_back({name, {}});
  return out;
}

std::unique_ptr<ProjectModel> model_of(const Seed& seed, const std::vector<std::string>& in,
                                       const std::vector<std::string>& out) {
  std::vector<Diagnostic> diagnostics;
  auto model = ProjectModel::make(*seed.rules, *seed.project, named(in), named(out), diagnostics);
  for (const auto& d : diagnostics)
    UNSCOPED_INFO(d.code << " " << d.message.en << " " << d.help.en);
  REQUIRE(model);
  return model;
}

}  // namespace

TEST_CASE("nothing moved is the plain score, to the bit", "[scenario]") {
  const Seed seed;
  const Scorecard card = score(*seed.rules, *seed.project);
  std::vector<std::string> in, out;
  for (const auto& facts : ProjectModel::all_inputs(*seed.rules, *seed.project))
    in.push_back(facts.name);
  for (const auto& output : ProjectModel::all_outputs(*seed.rules, *seed.project))
    out.push_back(output.name);
  const auto model = model_of(seed, in, out);
  const auto values = at(*model, model->nominal());
  REQUIRE(in.size() > 50);
  CHECK(values[0] == card.total);
  CHECK(values[1] == 0);
  CHECK(values[2] == 1200000);
  for (std::size_t i = 0; i < card.indicators.size(); ++i) {
    INFO(card.indicators[i].id);
    CHECK(values[5 + i] == card.indicators[i].points);
  }
}

TEST_CASE("results follow the money and the drivers", "[scenario]") {
  const Seed seed;
  const auto model = model_of(seed, {"items.training", "drivers.rate", "items.election"},
                              {"results.trained", "items.training", "money.total", "money.executed",
                               "results.election_cost", "points.election_cost"});
  // 153,000 / 900 = 170 of 200 planned; 186 reported, so 186*170/200 = 158.1: 158 whole people.
  // Money 1,173,000, of it 94 % spent.
  auto values = at(*model, {153000, 300, 30000});
  CHECK(values[0] == 158);
  CHECK(values[1] == 153000);
  CHECK(values[2] == 1173000);
  CHECK(values[3] == Approx(1102620));
  // The rate moves the identity: 200 x 3 x 350 = 210,000, which trains 200 again.
  values = at(*model, {180000, 350, 30000});
  CHECK(values[0] == 186);
  CHECK(values[1] == 210000);
  CHECK(values[2] == 1230000);
  // Held money: 180,000 / 1,050 = 171.4, 171 people; 186*171/200 = 159.03.
  values = at(*model, {180001, 350, 30000});
  CHECK(values[0] == 159);
  // 25,500 planned instead of 30,000, the same 10 % over: 28,050, within the target.
  values = at(*model, {180000, 300, 25500});
  CHECK(values[4] == Approx(28050));
  CHECK(values[5] == 6.25);
}

TEST_CASE("other weights make room for those that move", "[scenario]") {
  const Seed seed;
  const auto model = model_of(seed, {"weights.output", "weights.execution", "weights.trained"},
                              {"total", "points.execution", "points.trained", "points.satisfaction",
                               "points.communities_funded"});
  // output 40: the rest, 60, is shared 10:30:10, so execution 12, benefit 36, satisfaction 12.
  auto values = at(*model, {40, 10, 6.25});
  CHECK(values[1] == 11.28);
  CHECK(values[2] == 4.65);
  CHECK(values[3] == Approx(12.0 * 91 / 95).margin(0.005));
  // trained 15 of 50: the seven others share 35.
  values = at(*model, {50, 10, 15});
  CHECK(values[2] == 13.95);
  CHECK(values[4] == 5);
  // Nobody left to take the rest: 50 + 60 > 100.
  CHECK(std::isnan(at(*model, {50.5, 60, 6.25})[0]));
}

TEST_CASE("blocks of any length give the same bits", "[scenario]") {
  const Seed seed;
  const auto model = model_of(seed, {"results.satisfaction", "drivers.rate"}, {"total"});
  std::vector<double> first, second, together(700);
  for (int i = 0; i < 700; ++i) {
    first.push_back(60 + 0.05 * i);
    second.push_back(250 + 0.2 * i);
  }
  const std::vector<formula::Column> in{formula::Column::of(first), formula::Column::of(second)};
  const std::vector<std::span<double>> out{std::span(together)};
  model->evaluate(in, out);
  for (std::size_t i = 0; i < together.size(); i += 37)
    CHECK(at(*model, {first[i], second[i]})[0] == together[i]);
}

TEST_CASE("a name nobody has is told the nearest", "[scenario]") {
  const Seed seed;
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(
      ProjectModel::make(*seed.rules, *seed.project, named({"drivers.rat"}), {}, diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].code == "reference.unknown");
  CHECK(diagnostics[0].help.en == "did you mean 'drivers.rate'?");
}

TEST_CASE("without results the models plan, and nobody can tell what nobody knows", "[scenario]") {
  const scratch::Folder folder;
  std::filesystem::copy_file(
      std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020/project.toml",
      folder.at("project.toml"));
  Seed seed;
  seed.project = read_project({folder.path(), ""});
  const auto model = model_of(seed, {"results.attendance", "items.training"},
                              {"total", "results.trained", "results.training_cost",
                               "points.training_cost", "constraints.enough_trained"});
  auto values = at(*model, model->nominal());
  CHECK(std::isnan(values[0]));
  CHECK(std::isnan(values[1]));  // its model names the attendance
  CHECK(values[2] == 300);
  CHECK(values[3] == 6.25);
  CHECK(std::isnan(values[4]));
  values = at(*model, {90, 150000});  // 166 invited, 149.4 come
  CHECK(std::isnan(values[0]));
  CHECK(values[1] == 149);
  CHECK(values[4] == 0);
}
