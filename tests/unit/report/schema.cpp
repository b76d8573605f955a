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
#include "sample_portfolio.hpp"

using namespace jixiao;

namespace {

std::string flaws(const nlohmann::json& document, const std::string& name = "scorecard") {
  std::ifstream file(JIXIAO_SOURCE_DIR "/docs/schema/" + name + ".schema.json");
  const nlohmann::json text = nlohmann::json::parse(file);
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  std::string out;
  if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &results))
    return out;
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
  card.adjustments = {
      {"fraud", "veto", {"弄虚作假", "false data"}, 0, 0, {}, "", {{"x", "form", ""}}}};
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

TEST_CASE("portfolios and comparisons keep to their schemas", "[report][portfolio]") {
  const Style style{Format::json, Language::zh, false, 100};
  const auto of = [&](const Portfolio& portfolio) {
    return nlohmann::json::parse(render_portfolio(portfolio, style));
  };
  const auto rules = tests::graded_rules();
  PortfolioRequest request;
  request.roll_up = {"g"};
  CHECK(flaws(of(tests::sample_portfolio()), "portfolio") == "");
  CHECK(flaws(of(tests::portfolio_of(rules, {}, request)), "portfolio") == "");
  CHECK(flaws(of(tests::portfolio_of(rules, {tests::rated(rules, "p", std::nan(""))}, request)),
              "portfolio") == "");
  nlohmann::json broken = of(tests::sample_portfolio());
  broken["roll_ups"][0]["groups"][0].erase("mean");
  CHECK(flaws(broken, "portfolio") != "");
  broken = of(tests::sample_portfolio());
  broken["surprise"] = 1;
  CHECK(flaws(broken, "portfolio") != "");

  nlohmann::json comparison =
      nlohmann::json::parse(render_comparison(tests::sample_comparison(), style));
  CHECK(flaws(comparison, "comparison") == "");
  CHECK(flaws(nlohmann::json::parse(render_comparison(RulesComparison{}, style)), "comparison") ==
        "");
  comparison["causes"][0]["what"] = "luck";
  CHECK(flaws(comparison, "comparison") != "");
}
#endif
