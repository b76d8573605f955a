// Small projects made of random parts, whose every split can be scored one by one.
#pragma once

#include <random>
#include <string>

#include "allocation/allocation.hpp"
#include "scratch.hpp"
#include "unit/unrounded.hpp"

namespace made_up {

using namespace jixiao;

struct Case {
  Checked<Project> project;
  Checked<RuleSet> rules;
  std::string project_text, results_text;
};

inline Case read_case(const std::string& project, const std::string& results,
                      const std::string& rules = "cn-mof-2020", bool rounded = true) {
  const scratch::Folder folder;
  const std::string read = rounded ? rules
                                   : folder.write("unrounded.toml", unrounded::text_of(rules));
  folder.write("project.toml", project);
  folder.write("results.toml", results);
  Case out{read_project({folder.path(), ""}), read_rules(read, scratch::shipped_rules()), project,
           results};
  for (const auto& d : out.project.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en << " " << d.help.en);
  for (const auto& d : out.rules.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(out.project.has_value());
  REQUIRE(out.rules.has_value());
  return out;
}

// `together`: some indicator follows two items at once. `rounded`: totals are, as the rule set
// says.
inline Case random_case(std::mt19937& random, std::size_t items, bool together,
                        const std::string& rules = "cn-mof-2020", bool rounded = true) {
  const auto between = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  std::string project = "schema = \"jixiao/project/1\"\nrules = \"" + rules +
                        "\"\n[project]\nname = \"p\"\nyear = 2020\n";
  std::string results;
  std::string body, drivers = "[drivers]\n";
  int sum = 0;
  const auto indicator = [&](const std::string& id, const std::string& block,
                             const std::string& type, const std::string& target,
                             const std::string& model, const std::string& actual) {
    body += "[[indicator]]\nid = \"" + id + "\"\nname = \"" + id + "\"\nblock = \"" + block +
            "\"\ntype = \"" + type + "\"\ntarget = \"" + target + "\"\n" + model + "\n";
    results += "[[result]]\nindicator = \"" + id + "\"\nactual = \"" + actual + "\"\n";
  };
  for (std::size_t i = 0; i < items; ++i) {
    const std::string id = std::string("i") + static_cast<char>('a' + i);
    const int amount = 1000 * between(2, 8);
    sum += amount;
    body += "[[item]]\nid = \"" + id + "\"\nname = \"" + id + "\"\namount = \"" +
            std::to_string(amount) + "元\"\n";
    const int kind = between(0, 3), price = 100 * between(3, 17);
    const int planned = amount / price, reached = std::max(1, planned - between(0, 3));
    drivers += "price_" + id + " = { value = " + std::to_string(price) + ", unit = \"元/个\" }\n";
    if (kind == 0) continue;  // nobody measures it
    if (kind == 1 || kind == 3)
      indicator(id + "_done", "output", "quantity",
                "≥" + std::to_string(std::max(1, planned + between(-1, 2))) + "个",
                "model = 'floor(money_" + id + "/price_" + id + ")'",
                std::to_string(reached) + "个");
    if (kind == 2 || kind == 3)
      indicator(id + "_cost", "output", "cost", "≤" + std::to_string(amount) + "元",
                "model = 'money_" + id + "'", std::to_string(amount + 100 * between(-5, 9)) + "元");
  }
  if (together)
    indicator(
        "both", "benefit", "social", "≥90%",
        "curve = { of = 'sqrt(money_ia*money_ib)', points = [[0, 40], [4000, 80], [9000, 95]] }",
        std::to_string(between(70, 95)) + "%");
  else
    indicator("alone", "benefit", "social", "≥90%",
              "curve = { of = 'money_ia', points = [[0, 40], [4000, 80], [9000, 95]] }",
              std::to_string(between(70, 95)) + "%");
  indicator("people", "satisfaction", "service", "≥95%", "", std::to_string(between(60, 95)) + "%");
  const std::string money = std::to_string(sum) + "元";
  project += "[money]\ninitial = \"" + money + "\"\nadjusted = \"" + money + "\"\n";
  results = "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"" +
            std::to_string(sum * between(80, 100) / 100) + "元\"\n" + results;
  if (between(0, 2) == 0)
    body += "[[constraint]]\nid = \"enough\"\ntext = \"enough\"\nformula = 'money_ia >= " +
            std::to_string(1000 * between(1, 3)) + "'\n";
  return read_case(project + drivers + body, results, rules, rounded);
}

}  // namespace made_up
