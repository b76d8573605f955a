#include "chart/svg_canvas.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "page/html_page.hpp"
#include "page/table.hpp"
#include "text/source.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

constexpr double column_width = 0.54;  // of a terminal column, in letter sizes

}  // namespace

std::string px(double x) { return value::plain(x, 2); }

double drawn_width(std::string_view text, double size) {
  return static_cast<double>(text::display_width(text)) * size * column_width;
}

std::string clipped_to(std::string_view text, double width, double size) {
  return clipped(one_line(text),
                 static_cast<std::size_t>(std::max(width, 0.0) / (size * column_width) + 0.5));
}

std::vector<std::string> wrapped_to(std::string_view text, double width, double size,
                                    std::size_t lines) {
  const auto columns = static_cast<std::size_t>(std::max(width / (size * column_width), 2.0));
  const std::string whole = one_line(text);
  std::vector<std::string> out = wrapped(whole, columns);
  if (out.size() <= lines || lines == 0) return out;
  const bool spaced = static_cast<unsigned char>(out[lines - 1].back()) < 0x80;
  const std::string rest = out[lines - 1] + (spaced ? " " : "") + out[lines];
  out.resize(lines);
  out.back() = text::display_width(rest) > columns ? clipped(rest, columns) : rest + "…";
  return out;
}

Canvas::Canvas(double width, double height, std::string_view title)
    : width_(width),
      height_(height),
      out_(fmt::format("<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} "
                       "{}\" role=\"img\" font-family=\"{}\" "
                       "font-size=\"{}\">\n<title>{}</title>\n",
                       px(width), px(height), svg_fonts, px(size), html_escaped(title))) {}

void Canvas::element(const std::string& open, std::string_view tip) {
  out_ += tip.empty() ? open + "/>\n"
                      : open + "><title>" + html_escaped(tip) + "</title>" + "</" +
                            open.substr(1, open.find(' ') - 1) + ">\n";
}

void Canvas::rect(double x, double y, double width, double height, std::string_view style,
                  std::string_view tip, double radius) {
  const std::string rounded = radius > 0 ? fmt::format(" rx=\"{}\"", px(radius)) : "";
  element(fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{} style=\"{}\"", px(x),
                      px(y), px(std::max(width, 0.0)), px(std::max(height, 0.0)), rounded, style),
          tip);
}

void Canvas::circle(double x, double y, double radius, std::string_view style,
                    std::string_view tip) {
  element(fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" style=\"{}\"", px(x), px(y), px(radius),
                      style),
          tip);
}

void Canvas::line(double x1, double y1, double x2, double y2, std::string_view style) {
  element(fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" style=\"{}\"", px(x1), px(y1),
                      px(x2), px(y2), style),
          {});
}

void Canvas::path(std::string_view d, std::string_view style) {
  element(fmt::format("<path d=\"{}\" style=\"{}\"", d, style), {});
}

void Canvas::text(double x, double y, std::string_view anchor, std::string_view words,
                  std::string_view style) {
  out_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" style=\"{}\">{}</text>\n", px(x),
                      px(y), anchor, style, html_escaped(words));
}

void Canvas::turned_text(double x, double y, std::string_view words, std::string_view style) {
  out_ += fmt::format(
      "<text text-anchor=\"middle\" transform=\"translate({} {}) rotate(-90)\" "
      "style=\"{}\">{}</text>\n",
      px(x), px(y), style, html_escaped(words));
}

void Canvas::lines(double x, double y, std::string_view anchor,
                   const std::vector<std::string>& lines, std::string_view style) {
  constexpr double line_height = size * 1.2;
  double at = y + size * 0.36 - line_height * (static_cast<double>(lines.size()) - 1) / 2;
  for (const std::string& line : lines) {
    text(x, at, anchor, line, style);
    at += line_height;
  }
}

double Canvas::legend(double x, double y, std::string_view style, std::string_view words) {
  rect(x, y - 11, 13, 13, style, {}, 2);
  text(x + 19, y, "start", words);
  return x + 42 + drawn_width(words, size);
}

void Canvas::hatch(std::string_view id, std::string_view colour, double stroke) {
  out_ += fmt::format(
      "<defs><pattern id=\"{}\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
      "patternTransform=\"rotate(45)\">"
      "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"7\" "
      "style=\"stroke:{};stroke-width:{}\"/></pattern></defs>\n",
      id, colour, px(stroke));
}

}  // namespace jixiao::chart
