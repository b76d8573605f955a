// The JSON scorecard keeps to the schema we publish, key by key.
#include <catch2/catch.hpp>

#include <fstream>
#include <limits>

#include <nlohmann/json.hpp>
#if __has_include(<valijson/validator.hpp>)
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "jixiao/report.hpp"
#include "sample_card.hpp"

using namespace jixiao;

namespace {

std::string flaws(const nlohmann::json& document) {
  std::ifstream file(JIXIAO_SOURCE_DIR "/docs/schema/scorecard.schema.json");
  const nlohmann::json text = nlohmann::json::parse(file);
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  std::string out;
  if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &results)) return out;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& step : error.context) out += step;
    out += ": " + error.description + "\n";
  }
  return out.empty() ? "refused without a reason" : out;
}

nlohmann::json rendered(const Scorecard& card) {
  return nlohmann::json::parse(render_scorecard(card, {Format::json, Language::zh, false, 100}));
}

}  // namespace

TEST_CASE("scorecards keep to the schema, the schema refuses what is not one", "[report]") {
  Scorecard card = tests::sample_card();
  CHECK(flaws(rendered(card)) == "");
  card.adjustments = {{"fraud", "veto", {"弄虚作假", "false data"}, 0, 0, {}, "", {{"x", "form", ""}}}};
  card.scored = false;
  card.total = std::numeric_limits<double>::quiet_NaN();
  card.attainable = std::numeric_limits<double>::infinity();
  card.indicators[0].state = "error";
  CHECK(flaws(rendered(card)) == "");

  nlohmann::json broken = rendered(card);
  broken["surprise"] = 1;
  CHECK(flaws(broken) != "");
  broken = rendered(card);
  broken["indicators"][0].erase("cite");
  CHECK(flaws(broken) != "");
}
#endif
