// Studies shown: every kind, every format, both languages, whatever the numbers are.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "chart/chart.hpp"
#include "chart/chart_axes.hpp"
#include "chart/grid_regions.hpp"
#include "chart/rating_zones.hpp"
#include "chart/study_charts.hpp"
#include "jixiao/report.hpp"
#include "sample_study.hpp"
#include "text/source.hpp"
#include "unit/report/shown.hpp"

using namespace jixiao;
using namespace jixiao::tests;

namespace {

constexpr Language languages[] = {Language::zh, Language::en};

std::vector<std::pair<std::string, StudyReport>> all_studies() {
  auto out = sample_studies();
  for (auto& one : awkward_studies()) out.push_back(std::move(one));
  return out;
}

std::size_t cells(const std::string& line) {
  bool quoted = false;
  std::size_t out = 1;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    out += c == ',' && !quoted ? 1 : 0;
  }
  return out;
}

// What an XML parser says of the page from its body on; empty when all is well.
std::string flaw_of(const std::string& html) {
  const std::size_t body = html.find("<main>"), end = html.find("</main>");
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_string(html.substr(body, end + 7 - body).c_str());
  return result ? "" : result.description();
}

}  // namespace

TEST_CASE("every study is shown in every format and language, without nan or inf",
          "[report][study]") {
  for (const auto& [name, report] : all_studies()) {
    for (const Language language : languages) {
      for (const Format format :
           {Format::text, Format::csv, Format::markdown, Format::html, Format::json}) {
        INFO(name << " " << static_cast<int>(format));
        const std::string shown = render_study(report, as(format, language));
        CHECK(shown.size() > 200);
        for (const char* word :
             {" nan", ">nan", ",nan", "\"nan", "NaN", "inf,", "inf\"", "-inf", " inf "})
          CHECK_FALSE(has(shown, word));
      }
    }
  }
}

TEST_CASE("the text of a study fits its width and ends no line in spaces", "[report][study]") {
  for (const auto& [name, report] : all_studies()) {
    for (const Language language : languages) {
      Style style = as(Format::text, language);
      std::istringstream lines(render_study(report, style));
      for (std::string line; std::getline(lines, line);) {
        INFO(name << ": " << line);
        if (name.find("forty") == std::string::npos && report.kind != "grid" &&
            report.kind != "stability")
          CHECK(text::display_width(line) <= style.width);
        CHECK_FALSE(line.ends_with(" "));
      }
    }
  }
}

TEST_CASE("pages of studies are sound, closed to the world, and say every label in a table",
          "[report][study]") {
  for (const auto& [name, report] : all_studies()) {
    for (const Language language : languages) {
      INFO(name);
      const std::string page = render_study(report, as(Format::html, language));
      CHECK(flaw_of(page) == "");
      for (const char* out : {"http://", "https://", "<script", "@import", "url(http"}) {
        std::string text = page;
        for (std::size_t at = 0;
             (at = text.find("http://www.w3.org/2000/svg")) != std::string::npos;)
          text.erase(at, 26);
        CHECK_FALSE(has(text, out));
      }
      CHECK(has(page, "<svg"));
      CHECK(has(page, "<table>"));
      const std::string tables = page.substr(page.rfind("<table>"));
      for (const StudiedInput& input : report.inputs)
        CHECK(has(tables, "<td>" + input.label.in(language) + "</td>"));
    }
  }
}

TEST_CASE("names of strangers stay text in pages and pictures", "[report][study]") {
  for (auto [name, report] : sample_studies()) {
    INFO(name);
    const std::string evil = "<script>alert('1')</script>\"&\xff\x1b[31m";
    for (StudiedInput& input : report.inputs) {
      input.label = {evil, evil};
      input.nominal_shown = evil;
    }
    report.title = report.note = report.project = report.output_label = {evil, evil};
    for (RatingBand& band : report.bands) band.label = {evil, evil};
    const std::string page = render_study(report, as(Format::html));
    CHECK_FALSE(has(page, "<script"));
    CHECK(flaw_of(page) == "");
    CHECK_FALSE(has(render_study(report, as(Format::text)), "\x1b"));
  }
}

TEST_CASE("CSV of a study has as many cells in every record, and a header", "[report][study]") {
  for (const auto& [name, report] : all_studies()) {
    INFO(name);
    std::istringstream lines(render_study(report, as(Format::csv)));
    std::string line;
    std::getline(lines, line);
    CHECK(line.starts_with("section,"));
    const std::size_t wanted = cells(line);
    std::size_t records = 0;
    for (; std::getline(lines, line); ++records) CHECK(cells(line) == wanted);
    CHECK(records > 0);
  }
}

TEST_CASE("JSON of a study is JSON, whatever is missing", "[report][study]") {
  for (const auto& [name, report] : all_studies()) {
    INFO(name);
    const auto json = nlohmann::json::parse(render_study(report, as(Format::json)));
    CHECK(json["schema"] == "jixiao/study-report/1");
    CHECK(json["study"]["kind"] == report.kind);
    CHECK(json["answer"].is_object());
  }
}

TEST_CASE("every kind of study has its charts, one size for all", "[report][study]") {
  for (const auto& [name, report] : all_studies()) {
    INFO(name);
    const auto charts = chart::charts_of(report, Language::zh);
    REQUIRE_FALSE(charts.empty());
    for (const chart::Chart& chart : charts) {
      CHECK(chart.drawing.width == 960);
      CHECK(chart.drawing.height > 60);
      pugi::xml_document document;
      CHECK(document.load_string(chart.drawing.svg.c_str()));
    }
  }
}

TEST_CASE("nothing to draw gives no chart", "[report][study]") {
  StudyReport report = study_report("tornado", Tornado{});
  CHECK(chart::charts_of(report, Language::en).empty());
  report.answer = BreakEvens{};
  CHECK(chart::charts_of(report, Language::en).empty());
  report.answer = InputGrid{};
  CHECK(chart::charts_of(report, Language::en).empty());
  report.answer = MonteCarloAnswer{};
  CHECK(chart::charts_of(report, Language::en).empty());
  report.answer = Stability{};
  CHECK(chart::charts_of(report, Language::en).empty());
  CHECK(has(render_study(report, as(Format::html)), "<h1>"));
}

TEST_CASE("a border is drawn exactly where neighbours differ in rating", "[report][study]") {
  StudyReport report = heat_map_study();
  InputGrid& grid = std::get<InputGrid>(report.answer);
  const std::string border = "stroke:#10202c;stroke-width:2.4;stroke-linecap:round";
  CHECK(has(chart::grid_chart(report, grid, Language::en).svg, border));
  grid.ratings.assign(grid.ratings.size(), "good");
  CHECK_FALSE(has(chart::grid_chart(report, grid, Language::en).svg, border));
  grid.ratings[0] = "";  // not computed: no border either
  CHECK_FALSE(has(chart::grid_chart(report, grid, Language::en).svg, border));
  grid.ratings[0] = "excellent";
  CHECK(has(chart::grid_chart(report, grid, Language::en).svg, border));
}

TEST_CASE("cells where a constraint is violated are hatched", "[report][study]") {
  StudyReport report = heat_map_study();
  InputGrid& grid = std::get<InputGrid>(report.answer);
  CHECK(has(chart::grid_chart(report, grid, Language::en).svg, "a constraint is violated"));
  grid.violated.assign(grid.violated.size(), 0);
  CHECK_FALSE(has(chart::grid_chart(report, grid, Language::en).svg, "url(#jx-violated"));
}

TEST_CASE("fields of one rating are found with the place that has room for a name",
          "[report][study]") {
  InputGrid grid{0,  1,  {1, 2, 3, 4}, {1, 2, 3},
                 {}, {}, {},           {"a", "a", "b", "b", "a", "a", "b", "b", "a", "a", "", "b"},
                 {}};
  grid.values.assign(12, 1);
  const auto regions = chart::regions_of(grid);
  REQUIRE(regions.size() == 2);
  CHECK(regions[0].rating == "a");
  CHECK(regions[0].cells == 6);
  CHECK(regions[0].x == 1);
  CHECK(regions[1].cells == 5);
  CHECK(regions[1].x == 3);
  CHECK(regions[1].room_x == 2);
}

TEST_CASE("amounts take the unit people say them in", "[report][study]") {
  using chart::Measure;
  CHECK(Measure::money(1.2e6, Language::zh).text(870000) == "87万元");
  CHECK(Measure::money(1.2e6, Language::en).text(870000) == "0.87 million yuan");
  CHECK(Measure::money(180000, Language::en).text(18500) == "18.5 thousand yuan");
  CHECK(Measure::money(3e9, Language::zh).text(3e9) == "30亿元");
  CHECK(Measure::money(900, Language::zh).text(-12.5) == "-12.5元");
  CHECK(Measure("%", false, 100, Language::en).text(91) == "91%");
  CHECK(Measure("人", false, 100, Language::en).titled("trained") == "trained (人)");
  CHECK(Measure("", true, 18606, Language::en).text(18606) == "2020-12-10");
  CHECK(Measure("元", false, 1, Language::en).text(no_number) == "–");
}

TEST_CASE("ticks are round, inside the span, and have as many decimals", "[report][study]") {
  const auto texts = [](const std::vector<chart::Frame::Tick>& ticks) {
    std::string out;
    for (const auto& tick : ticks) out += (out.empty() ? "" : " ") + tick.text;
    return out;
  };
  CHECK(texts(chart::round_ticks({84.1, 97.2}, 7)) == "86 88 90 92 94 96");
  CHECK(texts(chart::round_ticks({-0.1, 0.12}, 4)) == "-0.1 0.0 0.1");
  CHECK(texts(chart::round_ticks({0, 2.1e6}, 4)) == "0 1,000,000 2,000,000");
  CHECK(texts(chart::Measure::money(2.1e6, Language::zh).ticks({0, 2.1e6}, 4)) == "0 100 200");
  for (const auto& tick : chart::Measure("", true, 18600, Language::zh).ticks({18586, 18627}, 6)) {
    CHECK(tick.at >= 18586);
    CHECK(tick.at <= 18627);
    CHECK(tick.text.size() == 10);
  }
  CHECK(chart::span_of({no_number, 3, 3}).low < 3);
  CHECK(chart::span_of({no_number}).high == 1);
}

TEST_CASE("a total lies in the zone of its rating", "[report][study]") {
  const chart::Ratings ratings(four_bands(), Language::en);
  CHECK(ratings.name(ratings.at(90)) == "excellent");
  CHECK(ratings.name(ratings.at(89.99)) == "good");
  CHECK(ratings.name(ratings.at(-5)) == "poor");
  CHECK(ratings.at(no_number) == ratings.size());
  CHECK(ratings.edges({70, 95}) == std::vector<double>{90, 80});
  CHECK(chart::Ratings({}, Language::en).empty());
}

TEST_CASE("a waterfall steps from total to total", "[report][study]") {
  ScenarioStory baseline;
  baseline.scored = true;
  baseline.total = 94.87;
  ScenarioStory scenario = baseline;
  scenario.id = "cut";
  scenario.total = 93.26;
  scenario.change = -1.61;
  scenario.attributed = true;
  scenario.changes = {{"items.a", {"甲", "first"}, {"10", "10"}, {"8", "8"}, -2.23, 0},
                      {"items.b", {"乙", "second"}, {}, {"1", "1"}, 0.62, 0.04}};
  const std::string svg = chart::waterfall_chart(baseline, scenario, Language::en).svg;
  for (const char* said : {"94.87", "-2.23", "+0.62", "93.26", "first", "10 → 8"})
    CHECK(has(svg, said));
  scenario.attributed = false;
  CHECK(chart::waterfall_chart(baseline, scenario, Language::en).empty());
}
