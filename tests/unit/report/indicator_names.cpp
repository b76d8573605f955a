#include "report/indicator_names.hpp"

#include <catch2/catch.hpp>

#include "jixiao/report.hpp"
#include "unit/report/sample_card.hpp"

using namespace jixiao;

TEST_CASE("an indicator is found by id, name or a part of a name") {
  Scorecard card;
  const auto add = [&](std::string id, Text name) {
    IndicatorStory story;
    story.id = std::move(id);
    story.name = std::move(name);
    card.indicators.push_back(std::move(story));
  };
  add("trained", {"培训人数（人次）", "People trained"});
  add("days", {"培训天数", "days of training"});
  add("training", {"满意度", "satisfaction"});
  const auto meant = [&](const char* word) {
    std::string out;
    for (const auto* story : report::indicators_meant(card, word)) out += story->id + " ";
    return out;
  };
  CHECK(meant("trained") == "trained ");
  CHECK(meant("training") == "training ");  // an id comes before a part of a name
  CHECK(meant("培训天数") == "days ");
  CHECK(meant("培训 天数") == "days ");
  CHECK(meant("人次") == "trained ");
  CHECK(meant("培训人数(人次)") == "trained ");  // full-width parentheses or not
  CHECK(meant("people") == "trained ");
  CHECK(meant("培训") == "trained days ");
  CHECK(meant("").empty());
  CHECK(meant("  ").empty());
  CHECK(meant("不在").empty());
  Style style;
  style.language = Language::en;
  CHECK(render_explanation(card, "培训", style).empty());
  CHECK(no_such_indicator(card, "培训").message.en ==
        "'培训' may be any of 2 indicators: People trained (trained), days of training (days)");
  CHECK(no_such_indicator(card, "nothing of the kind").help.en ==
        "known: People trained (trained), days of training (days), satisfaction (training)");
}
