// What every drawing is made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jixiao::chart {

inline constexpr std::string_view svg_fonts =
    "&quot;Noto Sans CJK SC&quot;,&quot;PingFang SC&quot;,&quot;Microsoft YaHei&quot;,sans-serif";

inline constexpr double chart_width = 960;  // pixels: as wide as a page's text

// A length, to a hundredth of a pixel.
std::string px(double x);
// About how wide a text is drawn, in pixels.
double drawn_width(std::string_view text, double size);
// At most about `width` pixels wide, a longer text ends in "…".
std::string clipped_to(std::string_view text, double width, double size);

// Lines at most `width` pixels wide, at most `lines` of them: what does not fit ends in "…".
std::vector<std::string> wrapped_to(std::string_view text, double width, double size,
                                    std::size_t lines);

// What a canvas became: markup, and its size in pixels. Empty: there was nothing to draw.
struct Drawing {
  double width = 0;
  double height = 0;
  std::string svg;
  [[nodiscard]] bool empty() const { return svg.empty(); }
};

// A drawing that takes its colours from the page. Styles are CSS; words are plain text.
class Canvas {
 public:
  static constexpr double size = 13;  // of the letters
  static constexpr std::string_view ink = "fill:var(--ink,#1b2430)";
  static constexpr std::string_view quiet = "fill:var(--quiet,#5b6673)";
  static constexpr std::string_view bold = "fill:var(--ink,#1b2430);font-weight:600";
  static constexpr std::string_view small = "fill:var(--quiet,#5b6673);font-size:11px";
  // Before a style of words: they stay readable on lines and fields.
  static constexpr std::string_view halo =
      "paint-order:stroke;stroke:var(--sheet,#ffffff);stroke-width:3.5;stroke-linejoin:round;";
  static constexpr std::string_view grid = "stroke:var(--line,#dde2e8)";
  static constexpr std::string_view axis = "stroke:var(--quiet,#5b6673)";

  // `title` is for readers who cannot see it.
  Canvas(double width, double height, std::string_view title);
  // `tip` is shown where the mouse rests; empty: none.
  void rect(double x, double y, double width, double height, std::string_view style,
            std::string_view tip = {}, double radius = 0);
  void circle(double x, double y, double radius, std::string_view style, std::string_view tip = {});
  void line(double x1, double y1, double x2, double y2, std::string_view style);
  void path(std::string_view d, std::string_view style);
  // `anchor`: start, middle or end.
  void text(double x, double y, std::string_view anchor, std::string_view words,
            std::string_view style = quiet);
  // upwards, centred
  void turned_text(double x, double y, std::string_view words, std::string_view style = quiet);
  // Lines one below the other, their middle at `y`.
  void lines(double x, double y, std::string_view anchor, const std::vector<std::string>& lines,
             std::string_view style = ink);
  // A filled swatch and its words at (x, y); where the next may begin.
  double legend(double x, double y, std::string_view style, std::string_view words);
  // Fields may then be filled with url(#id): slanted lines of this colour. An id stands for the
  // same lines on a whole page.
  void hatch(std::string_view id, std::string_view colour, double stroke = 1.4);
  [[nodiscard]] Drawing drawing() const { return {width_, height_, svg()}; }
  [[nodiscard]] std::string svg() const { return out_ + "</svg>\n"; }

 private:
  void element(const std::string& open, std::string_view tip);
  double width_, height_;
  std::string out_;
};

}  // namespace jixiao::chart
