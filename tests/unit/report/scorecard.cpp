#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "jixiao/report.hpp"
#include "sample_card.hpp"
#include "text/source.hpp"
#include "unit/report/shown.hpp"

using namespace jixiao;
using tests::sample_card;

using tests::as;
using tests::has;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) out.push_back(line);
  return out;
}

}  // namespace

TEST_CASE("the text scorecard fits its width in both languages and ends no line in spaces",
          "[report]") {
  for (const Language language : {Language::zh, Language::en}) {
    for (const std::size_t width : {80u, 100u, 140u}) {
      Style style = as(Format::text, language);
      style.width = width;
      for (const std::string& line : lines_of(render_scorecard(sample_card(), style))) {
        CAPTURE(line);
        CHECK(text::display_width(line) <= width);
        CHECK((line.empty() || line.back() != ' '));
      }
    }
  }
}

TEST_CASE("the text scorecard says result, distance, losses and findings", "[report]") {
  const std::string zh = render_scorecard(sample_card(), as(Format::text, Language::zh));
  for (const auto* piece :
       {"94.87  优", "高出本档下限 4.87 分", "年初预算 1,200,000元", "执行率 94%",
        "↳ 晚10天，30天后不得分", "46.8542", "66.10 中", "1. 各项工作完成时间",
        "2 个警告，1 个提示", "示例结果", "jixiao check scenarios/chenggong-2020/project.toml"}) {
    CAPTURE(piece);
    CHECK(has(zh, piece));
  }
  const std::string en = render_scorecard(sample_card(), as(Format::text));
  CHECK(has(en, "94.87  excellent"));
  CHECK(has(en, "4.87 above the lower end of this rating"));
  CHECK(has(en, "ILLUSTRATIVE"));
  CHECK_FALSE(has(en, "\x1b["));
}

TEST_CASE("colour adds colours and nothing else", "[report]") {
  Style style = as(Format::text);
  style.colour = true;
  std::string text = render_scorecard(sample_card(), style);
  CHECK(has(text, "\x1b[1;32m94.87\x1b[0m"));
  for (std::size_t at; (at = text.find("\x1b[")) != std::string::npos;)
    text.erase(at, text.find('m', at) - at + 1);
  CHECK(text == render_scorecard(sample_card(), as(Format::text)));
}

TEST_CASE("a card without a total shows no number for it", "[report]") {
  Scorecard card = sample_card();
  card.scored = false;
  card.total = std::numeric_limits<double>::quiet_NaN();
  card.indicators[1].state = "missing";
  card.indicators[1].points = std::numeric_limits<double>::quiet_NaN();
  card.indicators[1].lost = 0;
  card.indicators[1].actual.clear();
  const std::string text = render_scorecard(card, as(Format::text));
  CHECK(has(text, "the total could not be computed"));
  CHECK(has(text, "missing"));
  CHECK_FALSE(has(text, "nan"));
  CHECK_FALSE(has(text, "94.87"));
  const auto json = nlohmann::json::parse(render_scorecard(card, as(Format::json)));
  CHECK(json["total"].is_null());
  CHECK(json["rating"].is_null());
  CHECK(json["scored"] == false);
  CHECK(json["indicators"][1]["points"].is_null());
}

TEST_CASE("adjustments and vetoes show the totals on the way", "[report]") {
  Scorecard card = sample_card();
  card.adjustments = {{"innovation", "bonus", {"创新加分", "innovation"}, 2, 2, {}, "prize", {}},
                      {"fraud",
                       "veto",
                       {"弄虚作假", "false data"},
                       0,
                       0,
                       {"评级定为“差”", "the rating is poor"},
                       "",
                       {}}};
  card.total = card.total_before_veto = 96.87;
  card.rating = "poor";
  card.rating_label = {"差", "poor"};
  const std::string text = render_scorecard(card, as(Format::text));
  for (const auto* piece :
       {"before adjustments", "+2.00", "before the veto", "the rating is poor", "96.87"})
    CHECK(has(text, piece));
  const auto json = nlohmann::json::parse(render_scorecard(card, as(Format::json)));
  CHECK(json["total_before_adjustments"] == 94.87);
  CHECK(json["rating_before_veto"] == "excellent");
  CHECK(json["adjustments"][1]["kind"] == "veto");
}

TEST_CASE("the JSON scorecard carries the whole story", "[report]") {
  const auto json = nlohmann::json::parse(render_scorecard(sample_card(), as(Format::json)));
  CHECK(json["project"]["zh"] == "社区建设管理工作经费");
  CHECK(json["total"] == 94.87);
  CHECK(json["rating"]["label"]["zh"] == "优");
  CHECK(json["rules"]["sha256"] == std::string(64, 'a'));
  CHECK(json["rules"]["evidence"] == "background");
  CHECK(json["distance"]["to_next_band"].is_null());
  CHECK(json["distance"]["to_lower_band"] == 4.87);
  CHECK(json["comparisons"][0]["total"] == 66.1);
  CHECK(json["diagnostics"].size() == 3);
  const auto& trained = json["indicators"][2];
  CHECK(trained["id"] == "trained");
  CHECK(trained["cite"] == "财预〔2020〕10号 第十五条");
  CHECK(trained["evidence"] == "background");
  CHECK(trained["proof"] == nlohmann::json{"培训签到表", "培训通知"});
  CHECK(trained["target_value"] == 200);
  CHECK(trained["substituted"] == "186 >= 200 ? 6.25 : 6.25*186/200");
  CHECK(trained["points"] == 5.8125);
}

TEST_CASE("bytes that are no UTF-8 do not break JSON", "[report]") {
  Scorecard card = sample_card();
  card.unit = "\xff\xfe";
  CHECK(nlohmann::json::accept(render_scorecard(card, as(Format::json))));
}

TEST_CASE("CSV has one row an indicator and a total", "[report]") {
  const auto lines = lines_of(render_scorecard(sample_card(), as(Format::csv, Language::zh)));
  REQUIRE(lines.size() == 16);
  CHECK(lines[0] ==
        "id,name,block,type,target,actual,weight,points,lost,state,method,reason,cite,evidence");
  CHECK(lines[2].starts_with("funded,获得经费的社区数,output,,29个,29个,6.25,6.25,0,ok,"));
  CHECK(lines[7].find("\"≤30,000元\"") != std::string::npos);
  CHECK(lines[15].starts_with("@total,社区建设管理工作经费,,,,,100,94.87,5.13,ok,cn-mof-2020,优,"));
}

TEST_CASE("CSV cells a spreadsheet would run are disarmed, numbers are left alone", "[report]") {
  Scorecard card = sample_card();
  card.indicators.resize(1);
  card.indicators[0].name = {"=HYPERLINK(\"http://x\")", ""};
  card.indicators[0].actual = "-3.5";
  card.indicators[0].reason = {"@SUM(A1)", ""};
  card.indicators[0].method = "+cmd";
  const auto lines = lines_of(render_scorecard(card, as(Format::csv, Language::zh)));
  CHECK(has(lines[1], "\"'=HYPERLINK(\"\"http://x\"\")\""));
  CHECK(has(lines[1], ",-3.5,"));
  CHECK(has(lines[1], ",'@SUM(A1),"));
  CHECK(has(lines[1], ",'+cmd,"));
}

TEST_CASE("markup in names stays text", "[report]") {
  Scorecard card = sample_card();
  card.project = {"<script>alert(1)</script>", ""};
  card.indicators[0].name = {"a|b <b>\"x\"", ""};
  card.indicators[0].cite[0].url = "javascript:alert(1)";
  const std::string html = render_scorecard(card, as(Format::html));
  CHECK_FALSE(has(html, "<script"));
  CHECK(has(html, "&lt;script&gt;"));
  CHECK_FALSE(has(html, "<b>\"x\""));
  CHECK_FALSE(has(html, "href=\"javascript"));
  const std::string markdown = render_scorecard(card, as(Format::markdown));
  CHECK(has(markdown, "a\\|b &lt;b\\>"));
  CHECK_FALSE(has(markdown, "<script"));
}

TEST_CASE("the page stands alone", "[report]") {
  for (const Language language : {Language::zh, Language::en}) {
    const std::string html = render_scorecard(sample_card(), as(Format::html, language));
    CHECK(has(html, language == Language::zh ? "<html lang=\"zh-CN\">" : "<html lang=\"en\">"));
    CHECK(has(html, "prefers-color-scheme: dark"));
    CHECK(has(html, "94.87"));
    for (const auto* fetched : {"<script", "src=", "@import", "url(http", "<link"})
      CHECK_FALSE(has(html, fetched));
    std::size_t stories = 0;
    for (std::size_t at = 0; (at = html.find("<details>", at)) != std::string::npos; ++at)
      ++stories;
    CHECK(stories == 14);
  }
}

TEST_CASE("an explanation tells one indicator or all of them", "[report]") {
  const Scorecard card = sample_card();
  const std::string one = render_explanation(card, "trained", as(Format::text, Language::zh));
  for (const auto* piece :
       {"社区干部培训人数  trained   5.8125 / 6.25", "higher.proportional  按完成率计分",
        "A >= T ? W : W*A/T", "186 >= 200 ? 6.25 : 6.25*186/200 = 5.8125",
        "0.4375：完成率93%，按比例得分", "14名干部因疫情防控值守未能参训", "2021年第一季度补训",
        "培训签到表；培训通知", "财预〔2020〕10号 第十五条〔背景知识，未核实〕"}) {
    CAPTURE(piece);
    CHECK(has(one, piece));
  }
  CHECK_FALSE(has(one, "获得经费的社区数"));
  CHECK(render_explanation(card, "nobody", as(Format::text)).empty());
  const auto all = nlohmann::json::parse(render_explanation(card, "", as(Format::json)));
  CHECK(all.size() == 14);
  CHECK(lines_of(render_explanation(card, "", as(Format::csv))).size() == 15);
  CHECK(
      has(render_explanation(card, "", as(Format::markdown)), "## cadres trained — 5.8125 / 6.25"));
  CHECK(has(render_explanation(card, "", as(Format::html)), "<code>A &gt;= T ? W : W*A/T</code>"));
}

TEST_CASE("a result that was held to its weight says so", "[report]") {
  Scorecard card = sample_card();
  card.indicators[2].was_clamped = true;
  card.indicators[2].unrounded = 9.3;
  Style style = as(Format::text);
  style.width = 200;
  CHECK(has(render_explanation(card, "trained", style),
            "5.8125 / 6.25 (the formula's result lay outside 0 to the weight and was held to it)"));
}

TEST_CASE("rule sets are listed", "[report]") {
  const std::vector<RuleSummary> list{
      {"soft-default", "1.0.0", {"默认", "default"}, "", "rules/soft-default/ruleset.toml", true},
      {"cn-mof-2020", "1.1.0", {"自评", "self-evaluation"}, "soft-default", "x", false}};
  const std::string text = render_rule_list(list, as(Format::text));
  CHECK(has(text, "default (abstract)"));
  CHECK(has(text, "cn-mof-2020   1.1.0"));
  CHECK(nlohmann::json::parse(render_rule_list(list, as(Format::json)))[1]["extends"] ==
        "soft-default");
  CHECK(lines_of(render_rule_list(list, as(Format::csv))).size() == 3);
}
