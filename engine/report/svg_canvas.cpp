#include "report/svg_canvas.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "report/html_page.hpp"
#include "report/table.hpp"
#include "text/source.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {
namespace {

constexpr double column_width = 0.54;  // of a terminal column, in letter sizes

}  // namespace

std::string px(double x) { return value::plain(x, 2); }

double drawn_width(std::string_view text, double size) { return static_cast<double>(text::display_width(text)) * size * column_width; }

std::string clipped_to(std::string_view text, double width, double size) {
  return clipped(one_line(text), static_cast<std::size_t>(std::max(width, 0.0) / (size * column_width) + 0.5));
}

Canvas::Canvas(double width, double height, std::string_view title)
    : out_(fmt::format("<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" font-family=\"{}\" "
                       "font-size=\"{}\">\n<title>{}</title>\n",
                       px(width), px(height), svg_fonts, px(size), html_escaped(title))) {}

void Canvas::element(const std::string& open, std::string_view tip) {
  out_ +=
      tip.empty() ? open + "/>\n" : open + "><title>" + html_escaped(tip) + "</title>" + "</" + open.substr(1, open.find(' ') - 1) + ">\n";
}

void Canvas::rect(double x, double y, double width, double height, std::string_view style, std::string_view tip, double radius) {
  const std::string rounded = radius > 0 ? fmt::format(" rx=\"{}\"", px(radius)) : "";
  element(fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{} style=\"{}\"", px(x), px(y), px(std::max(width, 0.0)),
                      px(std::max(height, 0.0)), rounded, style),
          tip);
}

void Canvas::circle(double x, double y, double radius, std::string_view style, std::string_view tip) {
  element(fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" style=\"{}\"", px(x), px(y), px(radius), style), tip);
}

void Canvas::line(double x1, double y1, double x2, double y2, std::string_view style) {
  element(fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" style=\"{}\"", px(x1), px(y1), px(x2), px(y2), style), {});
}

void Canvas::path(std::string_view d, std::string_view style) { element(fmt::format("<path d=\"{}\" style=\"{}\"", d, style), {}); }

void Canvas::text(double x, double y, std::string_view anchor, std::string_view words, std::string_view style) {
  out_ +=
      fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" style=\"{}\">{}</text>\n", px(x), px(y), anchor, style, html_escaped(words));
}

void Canvas::turned_text(double x, double y, std::string_view words, std::string_view style) {
  out_ += fmt::format("<text text-anchor=\"middle\" transform=\"translate({} {}) rotate(-90)\" style=\"{}\">{}</text>\n", px(x), px(y),
                      style, html_escaped(words));
}

}  // namespace jixiao::report
