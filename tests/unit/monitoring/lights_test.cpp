// Runs tests/cases/monitoring/lights.toml.
#include <catch2/catch.hpp>
#include <cmath>

#include "monitoring/looking.hpp"
#include "scratch.hpp"
#include "text/toml.hpp"

using namespace jixiao;
using monitoring::Facts;
using text::Node;

namespace {

std::string string_at(const Node& table, const char* key) {
  const auto* entry = table.find(key);
  return entry != nullptr ? entry->value.string : std::string();
}

double number_at(const Node& table, const std::string& key) {
  const auto* entry = table.find(key);
  return entry != nullptr ? entry->value.number : std::nan("");
}

Facts facts_of(const monitoring::Rules& rules, monitoring::Subject subject, const Node& row) {
  Facts facts;
  facts.subject = subject;
  for (const std::string& name : rules.names_of(subject)) {
    double x = number_at(row, name);
    if (name == "done" && std::isnan(x)) x = row.find("A") != nullptr ? 1 : 0;
    for (const auto& param : rules.params) {
      if (param.name == name) x = param.value;
    }
    facts.values.push_back(x);
  }
  for (const auto& entry : row.entries) {
    const auto names = rules.names_of(subject);
    INFO(entry.key);
    CHECK((entry.key == "show" || entry.key == "v" ||
           std::find(names.begin(), names.end(), entry.key) != names.end()));
  }
  return facts;
}

template <class Rule>
const Rule& named(const std::vector<Rule>& list, const std::string& id) {
  const auto at =
      std::find_if(list.begin(), list.end(), [&](const Rule& rule) { return rule.id == id; });
  INFO(id);
  REQUIRE(at != list.end());
  return *at;
}

}  // namespace

TEST_CASE("lights and warnings at their limits", "[monitoring][cases]") {
  std::vector<Diagnostic> diagnostics;
  const auto source = text::read_source(
      std::string(JIXIAO_SOURCE_DIR) + "/tests/cases/monitoring/lights.toml", diagnostics);
  const auto root = text::parse_toml(source, diagnostics);
  REQUIRE(root);
  std::size_t rows = 0;
  for (const Node& one : root->find("case")->value.items) {
    const auto read = read_monitoring(string_at(one, "rules"), scratch::shipped_rules());
    for (const auto& d : read.diagnostics())
      UNSCOPED_INFO(d.file << ":" << d.line << ": " << d.message.en);
    REQUIRE(read);
    CHECK_FALSE(string_at(one, "source").empty());
    const monitoring::Rules& rules = read->model();
    for (const Node& row : one.find("row")->value.items) {
      INFO("lights.toml:" << row.place.line);
      ++rows;
      if (one.find("warning") != nullptr) {
        const auto& warning = named(rules.warnings, string_at(one, "warning"));
        const auto said = monitoring::raised(warning, facts_of(rules, warning.subject, row));
        CHECK(said.has_value() == (string_at(row, "show") == "yes"));
        if (said) CHECK(said->en.find("—") == std::string::npos);
        continue;
      }
      const auto& light = named(rules.lights, string_at(one, "light"));
      const LightStory story = monitoring::look(rules, light, facts_of(rules, light.subject, row));
      CHECK(story.signal.id == string_at(row, "show"));
      if (row.find("v") != nullptr) CHECK(story.value == number_at(row, "v"));
    }
  }
  CHECK(rows > 60);
}

TEST_CASE("every shipped set of monitoring rules can be read, and no light shines for want of data",
          "[monitoring]") {
  std::size_t sets = 0;
  for (const auto& item :
       std::filesystem::directory_iterator(std::string(JIXIAO_SOURCE_DIR) + "/rules")) {
    if (!std::filesystem::exists(item.path() / "monitoring.toml")) continue;
    ++sets;
    const auto read = read_monitoring(item.path().filename().string(), scratch::shipped_rules());
    REQUIRE(read);
    const monitoring::Rules& rules = read->model();
    for (const auto& light : rules.lights) {
      // Everything but the calendar unknown, a target and a budget given.
      Facts facts;
      facts.subject = light.subject;
      for (const std::string& name : rules.names_of(light.subject)) {
        double x = std::nan("");
        if (name == "m") x = 7;
        if (name == "s") x = 7 / 12.0;
        if (name == "today") x = 18474;
        if (name == "T" || name == "U") x = 18400;  // due already, should it be a day
        if (name == "B") x = 100;
        if (name == "done") x = 0;
        for (const auto& param : rules.params) {
          if (param.name == name) x = param.value;
        }
        facts.values.push_back(x);
      }
      INFO(rules.id << " " << light.id);
      const LightStory story = monitoring::look(rules, light, facts);
      CHECK((story.signal.id == "no_data" || story.signal.id == "red"));
    }
  }
  CHECK(sets >= 4);
}
