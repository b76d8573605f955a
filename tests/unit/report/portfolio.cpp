#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "chart/rating_colours.hpp"
#include "jixiao/report.hpp"
#include "sample_portfolio.hpp"
#include "text/source.hpp"
#include "unit/report/shown.hpp"

using namespace jixiao;
using namespace jixiao::tests;

namespace {

constexpr Format formats[] = {Format::text, Format::json, Format::csv, Format::markdown,
                              Format::html};

std::size_t times(const std::string& text, std::string_view piece) {
  std::size_t out = 0;
  for (std::size_t at = 0; (at = text.find(piece, at)) != std::string::npos; at += piece.size())
    ++out;
  return out;
}

// The first tag that closes what is not open, or stays open; empty when all is well.
std::string unbalanced(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find("<body>"); (at = html.find('<', at)) != std::string::npos;) {
    const std::size_t end = html.find('>', at);
    if (end == std::string::npos) return html.substr(at, 40);
    const std::string tag = html.substr(at + 1, end - at - 1);
    at = end;
    const bool closes = tag.starts_with("/");
    const std::string name =
        tag.substr(closes ? 1 : 0, tag.find_first_of(" />", closes ? 1 : 0) - (closes ? 1 : 0));
    if (tag.ends_with("/")) continue;
    if (!closes) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      if (name == "html") continue;  // opened before the body
      return "</" + name + ">";
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + ">";
}

// Names as strangers may write them.
Portfolio hostile_portfolio() {
  const auto rules = graded_rules();
  PortfolioRequest request;
  request.roll_up = {"col|umn<i>"};
  request.earlier = "<b>then</b>.csv";
  std::vector<Diagnostic> diagnostics;
  portfolio::Ledger ledger(rules, request, "a\"b<script>alert(1)</script>.csv", diagnostics);
  std::vector<Row> rows;
  for (const char* name : {"<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "a|b\nc",
                           "\x1b[31mred\x1b[0m", "\xff\xfe bad", "'\"&", ""}) {
    Row row = rated(rules, name, 89.99, name);
    row.adjusted = row.executed = 100 + static_cast<double>(rows.size());
    row.lost = std::string(name) + "!";
    row.lost_points = 3;
    ledger.add_earlier(name, 70, "中");
    rows.push_back(row);
  }
  ledger.add(standings(rows));
  return ledger.portfolio();
}

}  // namespace

TEST_CASE("the text portfolio fits its width in both languages and ends no line in spaces",
          "[report][portfolio]") {
  for (const Language language : {Language::zh, Language::en}) {
    for (const std::size_t width : {100u, 140u}) {
      Style style = as(Format::text, language);
      style.width = width;
      for (const std::string& whole : {render_portfolio(sample_portfolio(), style),
                                       render_comparison(sample_comparison(), style)}) {
        std::istringstream stream(whole);
        for (std::string line; std::getline(stream, line);) {
          CAPTURE(line);
          CHECK(text::display_width(line) <= width);
          CHECK((line.empty() || line.back() != ' '));
        }
      }
    }
  }
}

TEST_CASE("every format says the shares, the groups, the near ones and the movers",
          "[report][portfolio]") {
  const Portfolio portfolio = sample_portfolio();
  REQUIRE(portfolio.change);
  for (const Format format : formats) {
    const std::string out = render_portfolio(portfolio, as(format, Language::zh));
    for (const std::string& piece :
         {std::string("教育局"), std::string("优"), portfolio.near_edges[0].project,
          portfolio.change->risen[0].project, portfolio.change->fallen[9].project,
          std::string("资金到位率")}) {
      CAPTURE(static_cast<int>(format), piece);
      CHECK(has(out, piece));
    }
  }
  const std::string text = render_portfolio(portfolio, as(Format::text));
  CHECK(has(text, "weighted with the adjusted budget"));
  CHECK(has(text, "moved down"));
  CHECK(has(text, "█"));
  CHECK_FALSE(has(render_portfolio(portfolio, as(Format::markdown)), "█"));
}

TEST_CASE("the comparison says who moved and why", "[report][portfolio]") {
  const RulesComparison comparison = sample_comparison();
  REQUIRE_FALSE(comparison.causes.empty());
  for (const Format format : formats) {
    const std::string out = render_comparison(comparison, as(format));
    CHECK(has(out, comparison.projects_moved[0].project));
    CHECK(has(out, "受益群众满意度"));
  }
  const std::string text = render_comparison(comparison, as(Format::text));
  CHECK(has(text, "another method: 项目完成时间 (linear-decay → steps)"));
  CHECK(has(text, "other edges of ratings"));
  CHECK(has(render_comparison(RulesComparison{}, as(Format::text)), "not one project has a total"));
  RulesComparison apart;
  apart.projects = 7;
  apart.only_a = 4;
  apart.only_b = 2;
  apart.neither = 1;
  for (const Format format : {Format::text, Format::html, Format::markdown}) {
    const std::string out = render_comparison(apart, as(format));
    for (const char* words : {"scored under A only", "scored under B only", "scored under neither",
                              "not one project has a total under both"})
      CHECK(has(out, words));
  }
  CHECK(has(render_comparison(apart, as(Format::csv)), "scored_neither,1"));
}

TEST_CASE("pages stand alone, whole and drawn", "[report][portfolio]") {
  for (const Language language : {Language::zh, Language::en}) {
    const std::string page = render_portfolio(sample_portfolio(), as(Format::html, language));
    CHECK(unbalanced(page) == "");
    CHECK(times(page, "<svg ") == 8);  // shares, two distributions, blocks, groups, budget, change,
                                       // losses
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "src="));
    CHECK_FALSE(has(page, "url(http"));
    CHECK_FALSE(has(page, "nan"));
    const std::string comparison =
        render_comparison(sample_comparison(), as(Format::html, language));
    CHECK(unbalanced(comparison) == "");
    CHECK(times(comparison, "<svg ") == 2);
  }
}

TEST_CASE("charts draw what there is: nothing, one project, no ratings, no scale",
          "[report][portfolio]") {
  auto rules = graded_rules();
  PortfolioRequest request;
  request.roll_up = {"g"};
  for (const double total : {88.0, std::nan("")}) {
    for (const bool rated_ones : {true, false}) {
      for (const double scale : {100.0, 0.0}) {
        auto own = rules;
        own.scale = scale;
        if (!rated_ones) own.bands.clear();
        Row row = rated(own, "one", total, "g1");
        row.adjusted = 5;
        const Portfolio portfolio = portfolio_of(own, {row}, request);
        for (const Format format : formats) {
          const std::string out = render_portfolio(portfolio, as(format));
          CHECK_FALSE(has(out, "nan"));
          CHECK_FALSE(has(out, "inf"));
          if (format == Format::html) CHECK(unbalanced(out) == "");
        }
      }
    }
  }
  CHECK(has(render_portfolio(portfolio_of(rules, {}), as(Format::text)),
            "not one project has a total"));
  CHECK_FALSE(has(render_portfolio(portfolio_of(rules, {}), as(Format::html)), "<svg"));
}

TEST_CASE("budgets of very different sizes stand on an axis of powers", "[report][portfolio]") {
  const auto rules = graded_rules();
  PortfolioRequest request;
  request.roll_up = {"g"};
  std::vector<Row> rows{rated(rules, "a", 80, "small"), rated(rules, "b", 90, "large"),
                        rated(rules, "c", 70, "nothing")};
  rows[0].adjusted = 300;
  rows[1].adjusted = 8e7;
  rows[2].adjusted = 0;
  const Portfolio portfolio = portfolio_of(rules, rows, request);
  const std::string page = render_portfolio(portfolio, as(Format::html));
  for (const char* tick : {">1k<", ">10k<", ">10M<"}) CHECK(has(page, tick));
  CHECK(times(page, ">small<") == 3);    // groups, budgets, table
  CHECK(times(page, ">nothing<") == 2);  // no budget, no circle
  CHECK(has(render_portfolio(portfolio, as(Format::html, Language::zh)), ">1,000万<"));
}

TEST_CASE("a roll-up that was refused says so", "[report][portfolio]") {
  Portfolio portfolio = sample_portfolio();
  portfolio.roll_ups[0].refused = true;
  portfolio.roll_ups[0].groups.clear();
  CHECK(has(render_portfolio(portfolio, as(Format::text)), "too many different values"));
  CHECK(has(render_portfolio(portfolio, as(Format::html, Language::zh)), "未汇总"));
}

TEST_CASE("a long roll-up: thirty drawn, fifty on a terminal, all in the tables",
          "[report][portfolio]") {
  const auto rules = graded_rules();
  PortfolioRequest request;
  request.roll_up = {"g"};
  std::vector<Row> rows;
  for (int i = 0; i < 120; ++i)
    rows.push_back(rated(rules, "p", 99 - i / 4.0, "group" + std::to_string(i) + "."));
  const Portfolio portfolio = portfolio_of(rules, rows, request);
  const std::string text = render_portfolio(portfolio, as(Format::text));
  CHECK(times(text, "group49.") == 2);  // scores, ratings
  CHECK(times(text, "group50.") == 0);
  CHECK(has(text, "70 more groups"));
  const std::string page = render_portfolio(portfolio, as(Format::html));
  CHECK(times(page, ">group119.<") == 1);
  CHECK(times(page, ">group29.<") == 2);  // drawn and in the table
  CHECK(times(page, ">group30.<") == 1);
  CHECK(has(page, "the first 30 groups are drawn; all 120 are in the table"));
  CHECK(has(render_portfolio(portfolio, as(Format::markdown)), "group119."));
}

TEST_CASE("names from strangers are text in every format", "[report][portfolio]") {
  const Portfolio portfolio = hostile_portfolio();
  const std::string page = render_portfolio(portfolio, as(Format::html));
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "<i>"));
  CHECK_FALSE(has(page, "<b>then"));
  CHECK(has(page, "&lt;script&gt;"));
  CHECK(has(page, "(empty)"));
  CHECK(unbalanced(page) == "");
  const std::string csv = render_portfolio(portfolio, as(Format::csv));
  CHECK(has(csv, ",\"'=HYPERLINK(\"\"http://x\"\")\","));
  CHECK_FALSE(has(csv, ",=HYPERLINK"));
  const std::string markdown = render_portfolio(portfolio, as(Format::markdown));
  CHECK_FALSE(has(markdown, "<script"));
  CHECK(has(markdown, "a\\|b c"));
  const std::string text = render_portfolio(portfolio, as(Format::text));
  CHECK_FALSE(has(text, "\x1b"));
  CHECK_NOTHROW(nlohmann::json::parse(render_portfolio(portfolio, as(Format::json))));
}

TEST_CASE("CSV records are section, name, measure, value", "[report][portfolio]") {
  const Portfolio portfolio = sample_portfolio();
  const std::string csv = render_portfolio(portfolio, as(Format::csv, Language::zh));
  CHECK(csv.starts_with("section,name,measure,value\nportfolio,,projects,1200\n"));
  CHECK(has(csv, "\nroll-up 主管部门,教育局,rank,1\n"));
  CHECK(has(csv, "\nband,优,projects," + std::to_string(portfolio.bands[0].projects) + "\n"));
  std::istringstream stream(csv);
  for (std::string line; std::getline(stream, line);)
    CHECK(std::count(line.begin(), line.end(), ',') == 3);
}

TEST_CASE("each rating has its own colour, the worst the warmest", "[report][portfolio]") {
  const auto portfolio = sample_portfolio();
  CHECK(chart::rating_colour(portfolio.bands, 0).fill == "#0072b2");
  CHECK(chart::rating_colour(portfolio.bands, 3).fill == "#d55e00");
  CHECK(chart::rating_colour(portfolio.bands, 4).fill ==
        chart::rating_colour(portfolio.bands, 99).fill);
  for (std::size_t n = 2; n <= 7; ++n) {
    const std::vector<BandCount> bands(n);
    for (std::size_t i = 1; i < n; ++i)
      CHECK(chart::rating_colour(bands, i).fill != chart::rating_colour(bands, i - 1).fill);
  }
  CHECK_NOTHROW(chart::rating_colour(std::vector<BandCount>(40), 39));
}
