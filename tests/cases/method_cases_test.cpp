// Runs tests/cases/rules/*.toml: a method, its inputs, the points it gives, and where that number
// comes from.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <map>

#include "jixiao/check.hpp"
#include "jixiao/rules.hpp"
#include "scoring/evaluation.hpp"
#include "text/table_reader.hpp"
#include "value/field.hpp"

using namespace jixiao;
using text::Node;
using text::NodeKind;
using value::Cell;

namespace {

const std::string cases_folder = std::string(JIXIAO_SOURCE_DIR) + "/tests/cases/rules";
const RuleLibrary library{{std::string(JIXIAO_SOURCE_DIR) + "/rules"}};

const RuleSet& rules_named(const std::string& id) {
  static std::map<std::string, Checked<RuleSet>> known;
  const auto [at, fresh] = known.try_emplace(id, std::vector<Diagnostic>{});
  if (fresh) at->second = read_rules(id, library);
  for (const Diagnostic& d : at->second.diagnostics())
    UNSCOPED_INFO(d.file << ":" << d.line << " " << d.message.en);
  REQUIRE(at->second.has_value());
  return *at->second;
}

std::unique_ptr<Node> parse(const std::string& path) {
  std::vector<Diagnostic> diagnostics;
  const auto source = text::read_source(path, diagnostics);
  auto root = source ? text::parse_toml(source, diagnostics) : nullptr;
  for (const Diagnostic& d : diagnostics)
    UNSCOPED_INFO(d.file << ":" << d.line << " " << d.message.en);
  REQUIRE(root != nullptr);
  return root;
}

// A number, or a date as a string.
double number_of(const Node& node) {
  if (node.kind == NodeKind::string || node.kind == NodeKind::date) {
    const auto date = value::Date::parse_iso(node.string);
    REQUIRE(date.has_value());
    return date->days;
  }
  return node.number;
}

// One row of a case as a batch of one.
scoring::Batch batch_of(const ruleset::RuleSet& rules, std::size_t method_index, double weight,
                        const Node& row) {
  const ruleset::Method& method = rules.methods[method_index];
  scoring::Batch batch;
  batch.projects = 1;
  const auto cell = [&](std::string_view key) {
    const Node::Entry* entry = row.find(key);
    return entry != nullptr ? Cell::of(number_of(entry->value)) : Cell::none();
  };
  batch.initial.push(cell("B0"));
  batch.adjusted.push(cell("B"));
  batch.executed.push(cell("E"));
  batch.year.push_back(2020);
  for (const auto& input : rules.inputs) {
    batch.inputs.emplace_back();
    batch.inputs.back().push(cell(input.id));
  }
  auto& rows = batch.rows;
  rows.project.push_back(0);
  rows.block.push_back(0);
  rows.method.push_back(static_cast<std::uint32_t>(method_index));
  const Cell target = cell("T");
  rows.target.push_back(target.ok() ? target.value : std::nan(""));
  rows.upper.push_back(cell("U").ok() ? cell("U").value : rows.target.back());
  rows.state.push_back(ruleset::none);
  if (const Node::Entry* state = row.find("state")) {
    for (std::size_t s = 0; s < method.states.size(); ++s) {
      if (method.states[s].id == state->value.string) rows.state.back() = s;
    }
    REQUIRE(rows.state.back() != ruleset::none);
    rows.actual.push(Cell::of(0));
  } else {
    rows.actual.push(cell("A"));
  }
  rows.given_weight.push_back(weight);
  rows.has_reason.push_back(0);
  rows.has_evidence.push_back(0);
  rows.refused.push_back(0);
  const auto sparse = [&](std::string_view key, const auto& names,
                          std::vector<scoring::Sparse>& out) {
    const Node::Entry* table = row.find(key);
    if (table == nullptr) return;
    for (const Node::Entry& entry : table->value.entries) {
      const auto found = std::find(names.begin(), names.end(), entry.key);
      INFO("name: " << entry.key);
      REQUIRE(found != names.end());
      out.push_back({0, static_cast<std::size_t>(found - names.begin()), number_of(entry.value)});
    }
  };
  std::vector<std::string> params;
  for (const auto& param : method.params) params.push_back(param.name);
  std::vector<std::string> inputs;
  for (const auto& input : method.inputs) inputs.push_back(input.id);
  sparse("params", params, rows.params);
  sparse("inputs", inputs, rows.inputs);
  batch.row_begin.push_back(1);
  return batch;
}

void run_row(const ruleset::RuleSet& rules, std::size_t method, double weight, const Node& row) {
  INFO("row at line " << row.place.line);
  const scoring::Batch batch = batch_of(rules, method, weight, row);
  const scoring::Outcomes outcomes = scoring::evaluate_alone(rules, batch);
  const Node::Entry* expected = row.find("points");
  REQUIRE(expected != nullptr);
  if (expected->value.kind == NodeKind::string) {
    CHECK(expected->value.string == "error");
    CHECK(outcomes.state[0] == value::CellState::error);
    CHECK(outcomes.points[0] == 0);
    return;
  }
  CHECK(outcomes.state[0] == value::CellState::ok);
  const Node::Entry* digits = row.find("digits");
  const value::Rounding rounding{digits != nullptr ? static_cast<int>(digits->value.number) : 2,
                                 value::RoundingMode::half_up};
  CHECK(rounding(outcomes.points[0]) == rounding(expected->value.number));
}

// Those of rules/, by id.
std::vector<std::string> shipped() {
  std::vector<std::string> out;
  for (const auto& item : std::filesystem::directory_iterator(library.folders.front())) {
    if (std::filesystem::exists(item.path() / "ruleset.toml"))
      out.push_back(item.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> case_files() {
  std::vector<std::string> out;
  for (const auto& item : std::filesystem::directory_iterator(cases_folder)) {
    if (item.path().extension() == ".toml") out.push_back(item.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("methods give the points their cases say", "[cases]") {
  for (const std::string& file : case_files()) {
    const auto root = parse(file);
    const Node::Entry* cases = root->find("case");
    if (cases == nullptr) continue;
    for (const Node& one : cases->value.items) {
      std::vector<Diagnostic> diagnostics;
      text::TableReader reader(one, "[[case]]", diagnostics);
      const std::string name = reader.required_string("name");
      INFO(file << ":" << one.place.line << " " << name);
      const ruleset::RuleSet& rules = rules_named(reader.required_string("rules")).model();
      const std::string method_id = reader.required_string("method");
      INFO("method " << method_id);
      const std::size_t method = rules.find_method(method_id);
      REQUIRE(method != ruleset::none);
      const double weight = reader.number("W").value_or(10);
      CHECK_FALSE(reader.required_string("source").empty());
      const auto rows = reader.tables("rows");
      CHECK_FALSE(rows.empty());
      for (const Node* row : rows) run_row(rules, method, weight, *row);
      reader.finish();
      for (const Diagnostic& d : diagnostics) FAIL_CHECK(d.message.en);
    }
  }
}

TEST_CASE("totals get the ratings their cases say", "[cases]") {
  const auto root = parse(cases_folder + "/ratings.toml");
  const Node::Entry* ratings = root->find("rating");
  REQUIRE(ratings != nullptr);
  for (const Node& one : ratings->value.items) {
    std::vector<Diagnostic> diagnostics;
    text::TableReader reader(one, "[[rating]]", diagnostics);
    INFO("line " << one.place.line);
    const ruleset::RuleSet& rules = rules_named(reader.required_string("rules")).model();
    double total = reader.number("total").value_or(std::nan(""));
    if (rules.total_rounding) total = (*rules.total_rounding)(total);
    const std::size_t band = rules.band_of(total);
    CHECK((band == ruleset::none ? "" : rules.bands[band].id) == reader.required_string("rating"));
  }
}

TEST_CASE("every method has cases that earn full marks, and cases that do not", "[cases]") {
  std::map<std::string, std::pair<bool, bool>> seen;  // full, less
  for (const std::string& file : case_files()) {
    const auto root = parse(file);
    const Node::Entry* cases = root->find("case");
    if (cases == nullptr) continue;
    for (const Node& one : cases->value.items) {
      const double weight = one.find("W") != nullptr ? one.find("W")->value.number : 10;
      auto& [full, less] = seen[one.find("method")->value.string];
      for (const Node& row : one.find("rows")->value.items) {
        const Node& points = row.find("points")->value;
        if (points.kind == NodeKind::string) continue;
        (points.number == weight ? full : less) = true;
      }
    }
  }
  for (const auto& method : rules_named("methods").model().methods) {
    INFO(method.id);
    CHECK(seen[method.id].first);
    CHECK(seen[method.id].second);
  }
}

TEST_CASE("every shipped rule set reads without a diagnostic", "[cases]") {
  const auto list = list_rules(library);
  CHECK(list.size() >= 20);
  for (const RuleSummary& summary : list) {
    INFO(summary.id);
    const auto rules = read_rules(summary.id, library);
    for (const Diagnostic& d : rules.diagnostics())
      FAIL_CHECK(d.file << ":" << d.line << ":" << d.column << " " << d.code << " "
                        << d.message.en);
    CHECK(rules.has_value());
  }
}

TEST_CASE("shipped rule sets have cases of their own, and they come out", "[cases]") {
  for (const std::string& id : shipped()) {
    INFO(id);
    const ruleset::RuleSet& rules = rules_named(id).model();
    CHECK((rules.abstract || !rules.cases.empty()));
    for (const Diagnostic& d : check_file(library.folders.front() + "/" + id, library)) {
      INFO(d.file << ":" << d.line << " " << d.message.en);
      CHECK(d.severity != Severity::error);
    }
  }
}
