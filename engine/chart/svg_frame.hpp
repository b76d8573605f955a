// The axes of a chart, and where on the canvas a value stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chart/svg_canvas.hpp"

namespace jixiao::chart {

struct Span {
  double low = 0;
  double high = 1;
};

class Frame {
 public:
  struct Box {
    double left, top, right, bottom;
  };
  Frame(Box box, Span x, Span y) : box_(box), x_(x), y_(y) {}
  [[nodiscard]] double at_x(double x) const {
    return box_.left + (box_.right - box_.left) * (x - x_.low) / (x_.high - x_.low);
  }
  [[nodiscard]] double at_y(double y) const {
    return box_.bottom - (box_.bottom - box_.top) * (y - y_.low) / (y_.high - y_.low);
  }
  [[nodiscard]] const Box& box() const { return box_; }
  [[nodiscard]] const Span& x() const { return x_; }
  [[nodiscard]] const Span& y() const { return y_; }

  struct Tick {
    double at;
    std::string text;
  };
  void draw_x(Canvas& canvas, const std::vector<Tick>& ticks, std::string_view label,
              bool with_grid = false) const;
  void draw_y(Canvas& canvas, const std::vector<Tick>& ticks, std::string_view label) const;

 private:
  Box box_;
  Span x_, y_;
};

// Round numbers within the span.
std::vector<Frame::Tick> number_ticks(Span span, int wanted);

}  // namespace jixiao::chart
