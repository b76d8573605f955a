// Drawings as SVG text: the same input gives the same bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao::chart {

struct CurvePoint {
  double x = 0;
  double y = 0;  // NaN: the line is broken here (a jump)
};

struct CurveSeries {
  std::string name;  // shown in the legend when there are several series or this is not empty
  std::vector<CurvePoint> points;  // by ascending x
};

// A dashed line with a label: the target, a pass line.
struct CurveMarker {
  double at = 0;
  std::string label;
  bool horizontal = false;
};

struct CurveChart {
  std::string title;
  std::string x_label;
  std::string y_label;
  std::vector<CurveSeries> series;
  std::vector<CurveMarker> markers;
  std::optional<double> y_low;   // default: 0, or the lowest point below it
  std::optional<double> y_high;  // default: the highest point
  double width = 560;            // pixels
  double height = 320;
};

// A chart that stands alone: it brings its own light sheet, so it reads on light and dark pages.
std::string svg_curve(const CurveChart& chart);

struct BarRow {
  std::string label;
  double earned = 0;
  double lost = 0;
  std::string text;  // beside the bar
};

struct BarChart {
  std::string title;  // for readers who cannot see it
  std::vector<BarRow> rows;
  std::string earned_word;  // legend; empty: none
  std::string lost_word;
  double width = 960;
};

// Stacked bars, one per row, all to one scale. Colours come from the page (--earned, --lost, --ink,
// --quiet, --soft) or are light ones.
std::string svg_bars(const BarChart& chart);

// Round steps that cover low..high, about `wanted` of them.
std::vector<double> ticks(double low, double high, int wanted);

}  // namespace jixiao::chart
