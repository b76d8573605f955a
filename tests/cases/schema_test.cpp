// The JSON Schemas for editors accept every file the project ships and refuse what the engine
// refuses.
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "text/toml.hpp"

using namespace jixiao;
using Json = nlohmann::json;

namespace {

namespace fs = std::filesystem;
const fs::path root = JIXIAO_SOURCE_DIR;

Json json_of(const text::Node& node) {
  switch (node.kind) {
    case text::NodeKind::table: {
      Json out = Json::object();
      for (const auto& entry : node.entries) out[entry.key] = json_of(entry.value);
      return out;
    }
    case text::NodeKind::array: {
      Json out = Json::array();
      for (const text::Node& item : node.items) out.push_back(json_of(item));
      return out;
    }
    case text::NodeKind::integer: return static_cast<std::int64_t>(node.number);
    case text::NodeKind::number: return node.number;
    case text::NodeKind::boolean: return node.boolean;
    case text::NodeKind::string:
    case text::NodeKind::date: return node.string;
  }
  return nullptr;
}

Json read_toml(const fs::path& file) {
  std::vector<Diagnostic> diagnostics;
  const auto source = text::read_source(file.string(), diagnostics);
  REQUIRE(source);
  const auto tree = text::parse_toml(source, diagnostics);
  REQUIRE(tree);
  return json_of(*tree);
}

const valijson::Schema& schema(const std::string& name) {
  static std::map<std::string, std::unique_ptr<valijson::Schema>> read;
  auto& slot = read[name];
  if (!slot) {
    std::ifstream in(root / "docs/schema" / (name + ".schema.json"));
    REQUIRE(in);
    const Json document = Json::parse(in);
    slot = std::make_unique<valijson::Schema>();
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), *slot);
  }
  return *slot;
}

// Empty: accepted. Otherwise where and why not.
std::string refusal(const std::string& name, const Json& document) {
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter target(document);
  if (validator.validate(schema(name), target, &results)) return {};
  std::string out = "refused";
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    out += "\n  ";
    for (const std::string& step : error.context) out += step;
    out += ": " + error.description;
  }
  return out;
}

void check_accepted(const std::string& name, const fs::path& file) {
  INFO(file.string());
  CHECK(refusal(name, read_toml(file)) == "");
}

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  CHECK(pclose(pipe) == 0);
  return out;
}

const std::string program = "'" JIXIAO_PROGRAM "'";

Json good_project() { return read_toml(root / "scenarios/chenggong-2020/project.toml"); }
Json good_rules() { return read_toml(root / "rules/self-evaluation/ruleset.toml"); }

}  // namespace

TEST_CASE("every shipped file fits its schema", "[schema]") {
  // The folders of shipped files alone: in others (build) files come and go meanwhile.
  std::vector<fs::path> shipped;
  for (const char* folder : {"rules", "scenarios"}) {
    for (const auto& item : fs::recursive_directory_iterator(root / folder)) {
      if (item.path().extension() == ".toml") shipped.push_back(item.path());
    }
  }
  std::size_t seen = 0;
  for (const fs::path& file : shipped) {
    const std::string path = fs::relative(file, root).string();
    const std::string word = read_toml(file).value("schema", "");  // jixiao/<kind>/1
    if (!word.starts_with("jixiao/")) continue;
    const std::string kind = word.substr(7, word.rfind('/') - 7);
    INFO(path);
    if (!fs::exists(root / "docs/schema" / (kind + ".schema.json"))) {
      FAIL_CHECK("no schema for " << word);
      continue;
    }
    check_accepted(kind, file);
    ++seen;
  }
  CHECK(seen >= 30);
}

TEST_CASE("what `jixiao new` writes fits the schemas", "[schema]") {
  std::string pattern = (fs::temp_directory_path() / "jixiao-schema-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  output_of(program + " new '" + pattern + "/mine'");
  check_accepted("project", pattern + "/mine/project.toml");
  check_accepted("results", pattern + "/mine/results.toml");
  fs::remove_all(pattern);
}

TEST_CASE("the JSON scorecard fits its schema", "[schema]") {
  for (const char* options : {"", " --as-filed", " --rules soft-default"}) {
    INFO(options);
    const Json card =
        Json::parse(output_of(program + " score '" + (root / "scenarios/chenggong-2020").string() +
                              "' --format json" + options));
    CHECK(refusal("scorecard", card) == "");
    Json misspelt = card;
    misspelt["totl"] = misspelt["total"];
    misspelt.erase("total");
    CHECK(refusal("scorecard", misspelt) != "");
    Json wrong = card;
    wrong["indicators"][0]["points"] = "9.4";
    CHECK(refusal("scorecard", wrong) != "");
  }
}

TEST_CASE("the JSON of a simulation fits its schema", "[schema]") {
  const Json simulation =
      Json::parse(output_of(program + " --rules-folder '" + (root / "rules").string() +
                            "' simulate '" + (root / "scenarios/chenggong-2020").string() +
                            "' cut15-pro-rata rules-hubei --set drivers.rate=350 --format json"));
  CHECK(refusal("simulation", simulation) == "");
}

TEST_CASE("the JSON of weights from a table fits its schema", "[schema]") {
  const std::string call = program + " --rules-folder '" + (root / "rules").string() +
                           "' weights '" + (root / "scenarios/un-tai-2001/countries.csv").string() +
                           "' --rules un-tai-2001 --format json --method ";
  CHECK(refusal("weights", Json::parse(output_of(call + "pca"))) == "");
  CHECK(refusal("weights", Json::parse(output_of(call + "equal"))) == "");
}

TEST_CASE("a proof as JSON is what its schema says") {
  const std::string call = program + " --rules-folder '" + (root / "rules").string() +
                           "' rules prove --format json ";
  for (const char* rules : {"methods", "hunan-dept", "worldbank-cpia"})
    CHECK(refusal("proof", Json::parse(output_of(call + rules))) == "");
}

TEST_CASE("the JSON of what is next fits its schema", "[schema]") {
  const std::string call = program + " --rules-folder '" + (root / "rules").string() + "' next '" +
                           (root / "scenarios/chenggong-2020").string() + "'";
  CHECK(refusal("next", Json::parse(output_of(call + " --format json"))) == "");
  CHECK(refusal("next", Json::parse(output_of(call + " --total 97 --format json"))) == "");
}

TEST_CASE("the JSON of monitoring and of next year's money fits its schema", "[schema]") {
  const std::string seed = (root / "scenarios/chenggong-2020").string();
  const std::string run = program + " --rules-folder '" + (root / "rules").string() + "' ";
  CHECK(refusal("monitor-report", Json::parse(output_of(run + "monitor '" + seed + "' --results '" +
                                                        seed + "/mid-year.toml' --format json"))) ==
        "");
  CHECK(refusal("funding-report",
                Json::parse(output_of(run + "fund '" + seed +
                                      "' --given asked=130万元 --format json"))) == "");
}

TEST_CASE("the JSON of every kind of study fits its schema", "[schema]") {
  const std::string study = program + " --rules-folder '" + (root / "rules").string() +
                            "' study '" + (root / "scenarios/chenggong-2020").string() + "' ";
  for (const char* words :
       {"tornado drivers.rate", "grid drivers.rate", "grid drivers.rate drivers.trainees",
        "break-even results.trained", "monte-carlo drivers.rate --samples 500",
        "sobol drivers.rate drivers.days --samples 64", "morris drivers.rate --samples 8",
        "shapley drivers.rate --samples 64"}) {
    INFO(words);
    const Json report = Json::parse(output_of(study + words + " --format json"));
    CHECK(refusal("study-report", report) == "");
    Json misspelt = report;
    misspelt["answr"] = misspelt["answer"];
    misspelt.erase("answer");
    CHECK(refusal("study-report", misspelt) != "");
  }
}

TEST_CASE("the JSON of an audit fits its schema", "[schema]") {
  const std::string call = program + " --rules-folder '" + (root / "rules").string() +
                           "' audit --format json ";
  for (const char* what :
       {"docs/examples/audit.csv", "scenarios/chenggong-2020", "docs/examples no-such-form.docx"}) {
    INFO(what);
    CHECK(refusal("audit", Json::parse(output_of(call + what + " || true"))) == "");
  }
}

TEST_CASE("a misspelt key is refused", "[schema]") {
  CHECK(refusal("monitoring", {{"schema", "jixiao/monitoring/1"},
                               {"id", "x"},
                               {"version", "1"},
                               {"title", "x"},
                               {"cite", Json::array()},
                               {"lihgt", Json::array()}}) != "");
  CHECK(refusal("results", {{"schema", "jixiao/results/1"}, {"monitoring", {{"month", 13}}}}) !=
        "");
  CHECK(refusal("study",
                {{"schema", "jixiao/study/1"}, {"kind", "grid"}, {"inptu", Json::object()}}) != "");
  CHECK(refusal("study", {{"schema", "jixiao/study/1"},
                          {"kind", "grid"},
                          {"input", {{"a", {{"unifrom", {1, 2}}}}}}}) != "");
  const Json split = {{"schema", "jixiao/study/1"},
                      {"kind", "allocation"},
                      {"money", "85%"},
                      {"step", {{"training", "900元"}}},
                      {"least", {{"offices", "80万元"}}},
                      {"frontier", {{"from", "30%"}, {"points", 5}}},
                      {"project", {{{"path", "../a"}, {"weight", 2}}}}};
  CHECK(refusal("study", split) == "");
  for (const char* wrong : {"mony", "goals", "protects"}) {
    Json other = split;
    other[wrong] = "85%";
    CHECK(refusal("study", other) != "");
  }
  CHECK(refusal("study", {{"schema", "jixiao/study/1"},
                          {"kind", "allocation"},
                          {"frontier", {{"form", "30%"}}}}) != "");
  CHECK(refusal("scenario",
                {{"schema", "jixiao/scenario/1"}, {"set", {{"driver", {{"rate", 1}}}}}}) != "");
  CHECK(refusal("scenario", {{"schema", "jixiao/scenario/1"}, {"cut", {{"percnt", 1}}}}) != "");
  Json project = good_project();
  project["indicator"][0]["tagret"] = "≥1";
  CHECK(refusal("project", project) != "");
  Json rules = good_rules();
  rules["block"][0]["wieght"] = 10;
  CHECK(refusal("ruleset", rules) != "");
  CHECK(refusal("results", {{"schema", "jixiao/results/1"}, {"reslt", Json::array()}}) != "");
  CHECK(refusal("calendar", {{"schema", "jixiao/calendar/1"},
                             {"id", "x"},
                             {"years", {2020}},
                             {"holiday", Json::array()}}) != "");
}

TEST_CASE("a wrong type is refused", "[schema]") {
  Json project = good_project();
  project["indicator"][0]["weight"] = "ten";
  CHECK(refusal("project", project) != "");
  project = good_project();
  project["money"]["initial"] = 120;  // an amount needs its unit
  CHECK(refusal("project", project) != "");
  Json rules = good_rules();
  rules["scale"] = "100";
  CHECK(refusal("ruleset", rules) != "");
  CHECK(refusal("results", {{"schema", "jixiao/results/1"}, {"illustrative", "yes"}}) != "");
  CHECK(refusal("calendar", {{"schema", "jixiao/calendar/1"}, {"id", "x"}, {"years", {"2020"}}}) !=
        "");
}

TEST_CASE("an unknown direction is refused", "[schema]") {
  Json project = good_project();
  project["indicator"][0]["direction"] = "upwards";
  CHECK(refusal("project", project) != "");
  Json rules = good_rules();
  rules["method"] =
      Json::array({{{"id", "mine"}, {"when", {{"direction", {"at_least", "upwards"}}}}}});
  CHECK(refusal("ruleset", rules) != "");
  rules["method"][0]["when"]["direction"] = {"at_least", "more_than"};
  CHECK(refusal("ruleset", rules) == "");
}
