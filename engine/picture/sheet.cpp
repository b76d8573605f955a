#include "picture/sheet.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/core.h>

#include "page/html_page.hpp"

namespace jixiao::picture {
namespace {

using chart::Canvas;
using chart::px;

constexpr double margin = 28;

// What the style sheet of a page calls them, on dark paper; on light paper every use brings its
// own.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> dark{
    {{"--sheet", "#1a2029"},
     {"--ink", "#e6eaf0"},
     {"--quiet", "#98a4b3"},
     {"--line", "#313a47"},
     {"--soft", "#222a35"},
     {"--earned", "#56b4e9"},
     {"--lost", "#f0883e"},
     {"--warn", "#f2c14e"}}};

std::string at(double x, double y, const std::string& style, const std::string& words) {
  return fmt::format("<text x=\"{}\" y=\"{}\" style=\"{}\">{}</text>\n", px(x), px(y), style,
                     page::html_escaped(words));
}

// A chart inside a sheet keeps its own coordinates.
std::string placed(const chart::Drawing& drawing, double x, double y) {
  constexpr std::string_view open = "<svg ";
  return fmt::format("<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" ", px(x), px(y),
                     px(drawing.width), px(drawing.height)) +
         drawing.svg.substr(open.size());
}

}  // namespace

std::string with_colours(std::string_view svg, Paper paper) {
  constexpr std::string_view open = "var(";
  std::string out;
  while (true) {
    const std::size_t begin = svg.find(open);
    const std::size_t comma = svg.find(',', begin), end = svg.find(')', begin);
    if (begin == std::string_view::npos || comma > end || end == std::string_view::npos)
      return out.append(svg);
    const std::string_view name = svg.substr(begin + open.size(), comma - begin - open.size());
    const auto known = std::find_if(dark.begin(), dark.end(),
                                    [&](const auto& colour) { return colour.first == name; });
    out.append(svg.substr(0, begin));
    out.append(paper == Paper::dark && known != dark.end()
                   ? known->second
                   : svg.substr(comma + 1, end - comma - 1));
    svg.remove_prefix(end + 1);
  }
}

std::string sheet_of(const Caption& caption, const std::vector<chart::Chart>& charts, Paper paper) {
  double width = 0;
  for (const chart::Chart& chart : charts) width = std::max(width, chart.drawing.width);
  std::string body;
  double y = margin;
  const auto line = [&](const std::string& words, double size, const std::string& style) {
    for (const std::string& piece : chart::wrapped_to(words, width, size, 3)) {
      y += size * 1.3;
      body += at(margin, y - size * 0.25, fmt::format("{};font-size:{}px", style, px(size)), piece);
    }
  };
  if (!caption.title.empty()) line(caption.title, 20, std::string(Canvas::bold));
  if (!caption.about.empty()) line(caption.about, 13, std::string(Canvas::quiet));
  if (!caption.banner.empty())
    line("▲ " + caption.banner, 13, "fill:var(--warn,#8a5a00);font-weight:600");
  for (const chart::Chart& chart : charts) {
    y += 14;
    if (charts.size() > 1 && chart.heading != caption.title)
      line(chart.heading, 15, std::string(Canvas::bold));
    y += 6;
    body += placed(chart.drawing, margin, y);
    y += chart.drawing.height;
    if (!chart.note.empty()) line(chart.note, 12, std::string(Canvas::quiet));
  }
  if (!caption.source.empty()) {
    y += 6;
    line(caption.source, 11, std::string(Canvas::quiet));
  }
  const double whole_width = width + 2 * margin, height = y + margin - 6;
  const std::string head = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} "
      "{1}\" role=\"img\" font-family=\"{2}\">\n"
      "<title>{3}</title>\n<rect width=\"{0}\" height=\"{1}\" "
      "style=\"fill:var(--sheet,#ffffff)\"/>\n",
      px(whole_width), px(height), chart::svg_fonts, page::html_escaped(caption.title));
  return with_colours(head + body + "</svg>\n", paper);
}

}  // namespace jixiao::picture
