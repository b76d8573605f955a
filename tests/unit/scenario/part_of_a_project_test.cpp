// Only what follows an input is scored where that is enough: to the bits of scoring everything, and
// at a cost that follows it alone.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "scenario/project_model.hpp"
#include "scratch.hpp"
#include "unit/unrounded.hpp"

using namespace jixiao;
using scenario::NamePlace;
using scenario::ProjectModel;

namespace {

struct Made {
  Checked<Project> project;
  Checked<RuleSet> rules;
};

// Indicators of every kind that has a number, some following others, some not applicable.
Made made_up(std::mt19937& random, std::size_t count, const std::string& rules,
             bool rounded = true) {
  const auto between = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  std::string project = "schema = \"jixiao/project/1\"\nrules = \"" + rules +
                        "\"\n[project]\nname = \"p\"\nyear = 2020\n[money]\ninitial = "
                        "\"100万元\"\n[drivers]\nper = { value = 4 }\n";
  std::string results = "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"" +
                        std::to_string(between(70, 100)) + "万元\"\n";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = "i" + std::to_string(i);
    const int kind = between(0, 4);
    const bool output = kind != 1;
    project += "[[indicator]]\nid = \"" + id + "\"\nname = \"" + id + "\"\nblock = \"" +
               (output       ? "output"
                : i % 3 == 0 ? "satisfaction"
                             : "benefit") +
               "\"\ntype = \"" +
               (kind == 0 || kind == 4 ? "quantity"
                : kind == 1            ? (i % 3 == 0 ? "service" : "social")
                : kind == 2            ? "timeliness"
                                       : "cost") +
               "\"\n";
    results += "[[result]]\nindicator = \"" + id + "\"\n";
    if (kind == 0) {
      const int target = between(3, 60);
      project += "target = \"≥" + std::to_string(target) + "个\"\n";
      if (i > 4 && between(0, 3) == 0) project += "model = 'per*2+" + std::to_string(i) + "'\n";
      results += "actual = \"" + std::to_string(between(0, target + 3)) + "个\"\n";
    } else if (kind == 1) {
      project += "target = \"≥95%\"\n";
      results += between(0, 9) == 0 ? "not_applicable = true\nreason = \"x\"\n"
                                    : "actual = \"" + std::to_string(between(40, 100)) + "%\"\n";
    } else if (kind == 2) {
      project += "target = \"2020-11-30\"\n";
      results += "actual = \"2020-1" + std::to_string(between(0, 2)) + "-1" +
                 std::to_string(between(0, 9)) + "\"\n";
    } else if (kind == 3) {
      const int target = between(3, 60);
      project += "target = \"≤" + std::to_string(target) + "元\"\n";
      results += "actual = \"" + std::to_string(between(1, 2 * target)) + "元\"\n";
    } else {
      project += "target = \"20-30个\"\n";
      results += "actual = \"" + std::to_string(between(10, 40)) + "个\"\n";
    }
  }
  const scratch::Folder folder;
  folder.write("project.toml", project);
  folder.write("results.toml", results);
  const std::string read = rounded ? rules
                                   : folder.write("unrounded.toml", unrounded::text_of(rules));
  Made out{read_project({folder.path(), ""}), read_rules(read, scratch::shipped_rules())};
  for (const auto& d : out.project.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(out.project.has_value());
  REQUIRE(out.rules.has_value());
  return out;
}

std::vector<NamePlace> all_names(const Made& made, bool inputs) {
  std::vector<NamePlace> out;
  if (inputs) {
    for (const auto& facts : ProjectModel::all_inputs(*made.rules, *made.project))
      out.push_back({facts.name, {}});
  } else {
    for (const auto& facts : ProjectModel::all_outputs(*made.rules, *made.project))
      out.push_back({facts.name, {}});
  }
  return out;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

TEST_CASE("part of a project: every output has the bits of scoring all of it", "[scenario]") {
  std::mt19937 random(11);
  std::size_t sparing = 0, inputs_tried = 0;
  for (int round = 0; round < 10; ++round) {
    const Made made = made_up(random, 30 + 5 * static_cast<std::size_t>(round % 8),
                              round % 2 == 0 ? "cn-mof-2020" : "cn-mof-2021-101-no-cost",
                              round < 8);
    std::vector<Diagnostic> diagnostics;
    const auto in = all_names(made, true), out = all_names(made, false);
    const auto model = ProjectModel::make(*made.rules, *made.project, in, out, diagnostics);
    for (const auto& d : diagnostics) UNSCOPED_INFO(d.code << " " << d.message.en);
    REQUIRE(model);
    REQUIRE(model->is_sum());
    const std::size_t samples = 40;
    for (std::size_t i = 0; i < in.size(); i += 1 + random() % 3) {
      const auto& facts = model->facts()[i];
      if (!std::isfinite(facts.nominal)) continue;
      ++inputs_tried;
      std::vector<double> places;
      for (std::size_t s = 0; s < samples; ++s) {
        const double x = s == 0 ? std::nan("")
                                : std::floor(facts.nominal *
                                             std::uniform_real_distribution<double>(0, 2)(random));
        places.push_back(facts.name.starts_with("weights.")
                             ? facts.nominal * (0.9 + 0.005 * static_cast<double>(s))
                             : x);
      }
      std::vector<formula::Column> few, many;
      std::vector<std::vector<double>> constant(in.size(), std::vector<double>(samples));
      for (std::size_t k = 0; k < in.size(); ++k) {
        constant[k].assign(samples, model->nominal()[k]);
        few.push_back(k == i ? formula::Column::of(places)
                             : formula::Column::uniform(model->nominal()[k]));
        many.push_back(k == i ? formula::Column::of(places) : formula::Column::of(constant[k]));
      }
      std::vector<std::vector<double>> part(out.size(), std::vector<double>(samples)), whole = part;
      const std::size_t before = model->rows_scored();
      model->evaluate(few, std::vector<std::span<double>>(part.begin(), part.end()));
      const std::size_t between = model->rows_scored();
      model->evaluate(many, std::vector<std::span<double>>(whole.begin(), whole.end()));
      if (between - before < (model->rows_scored() - between) / 2) ++sparing;
      const auto following = model->outputs_following(i);
      // One assertion an input: there are millions of values.
      std::string wrong;
      for (std::size_t o = 0; o < out.size() && wrong.empty(); ++o) {
        const auto say = [&](std::size_t s, double is, double should) {
          wrong = facts.name + " = " + std::to_string(places[s]) + " -> " + out[o].name + ": " +
                  std::to_string(is) + " for " + std::to_string(should);
        };
        const bool follows = std::binary_search(following.begin(), following.end(), o);
        for (std::size_t s = 0; s < samples && wrong.empty(); ++s) {
          if (!same(part[o][s], whole[o][s])) say(s, part[o][s], whole[o][s]);
          // What does not follow stays where it is; something that ceases to apply moves the
          // weights of others.
          const bool weighed = out[o].name.starts_with("weights.") ||
                               out[o].name.starts_with("points.") ||
                               out[o].name.starts_with("blocks.");
          if (model->is_sum() && !follows && !weighed && !same(whole[o][s], whole[o][0]))
            say(s, whole[o][s], whole[o][0]);
        }
      }
      INFO("round " << round);
      CHECK(wrong == "");
    }
  }
  CHECK(inputs_tried > 100);
  CHECK(sparing > inputs_tried / 4);  // and it is not all scored in full
}
