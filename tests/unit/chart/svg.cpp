#include "chart/svg.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace jixiao::chart;

TEST_CASE("ticks are round and inside the range", "[report]") {
  CHECK(ticks(0, 10, 5) == std::vector<double>{0, 2, 4, 6, 8, 10});
  CHECK(ticks(0, 300, 6) == std::vector<double>{0, 50, 100, 150, 200, 250, 300});
  CHECK(ticks(-1, 1, 4) == std::vector<double>{-1, -0.5, 0, 0.5, 1});
  CHECK(ticks(5, 5, 4) == std::vector<double>{5});
}

TEST_CASE("a curve breaks where y is not a number and marks its target", "[report]") {
  CurveChart chart;
  chart.title = "A < B & C";
  chart.series = {
      {"s", {{0, 0}, {1, 0}, {1, std::numeric_limits<double>::quiet_NaN()}, {1, 5}, {2, 10}}}};
  chart.markers = {{1, "T = 1"}, {99, "outside"}};
  const std::string svg = svg_curve(chart);
  CHECK(svg.find("<title>A &lt; B &amp; C</title>") != std::string::npos);
  CHECK(svg.find("T = 1") != std::string::npos);
  CHECK(svg.find("outside") == std::string::npos);
  CHECK(svg.find("nan") == std::string::npos);
  const std::size_t path = svg.find("d=\"M");
  REQUIRE(path != std::string::npos);
  const std::string d = svg.substr(path, svg.find('"', path + 3) - path);
  CHECK(d.find(" M") != std::string::npos);
  CHECK(svg_curve(chart) == svg);
}

TEST_CASE("a chart of nothing is still a chart", "[report]") {
  CHECK(svg_curve({}).ends_with("</svg>\n"));
  CHECK(svg_bars({}).ends_with("</svg>\n"));
}

TEST_CASE("bars share one scale", "[report]") {
  const std::string svg =
      svg_bars({"blocks", {{"a", 50, 0, "50"}, {"b", 0, 25, "25"}}, "", "", 960});
  const auto width_after = [&](std::string_view group) {
    const std::size_t at = svg.find("width=\"", svg.find("<rect", svg.find(group))) + 7;
    return std::stod(svg.substr(at));
  };
  CHECK(width_after("<title>a 50") == Approx(2 * width_after("<title>b 25")));
}
