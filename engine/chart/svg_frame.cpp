#include "chart/svg_frame.hpp"

#include "chart/svg.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

void Frame::draw_x(Canvas& canvas, const std::vector<Tick>& ticks, std::string_view label,
                   bool with_grid) const {
  for (const Tick& tick : ticks) {
    if (with_grid) canvas.line(at_x(tick.at), box_.top, at_x(tick.at), box_.bottom, Canvas::grid);
    canvas.line(at_x(tick.at), box_.bottom, at_x(tick.at), box_.bottom + 5, Canvas::axis);
    canvas.text(at_x(tick.at), box_.bottom + 20, "middle", tick.text);
  }
  canvas.line(box_.left, box_.bottom, box_.right, box_.bottom, Canvas::axis);
  if (!label.empty())
    canvas.text((box_.left + box_.right) / 2, box_.bottom + 42, "middle",
                clipped_to(label, box_.right - box_.left, Canvas::size));
}

void Frame::draw_y(Canvas& canvas, const std::vector<Tick>& ticks, std::string_view label) const {
  double widest = 0;
  for (const Tick& tick : ticks) {
    canvas.line(box_.left, at_y(tick.at), box_.right, at_y(tick.at), Canvas::grid);
    canvas.text(box_.left - 8, at_y(tick.at) + 4, "end", tick.text);
    widest = std::max(widest, drawn_width(tick.text, Canvas::size));
  }
  if (!label.empty())
    canvas.turned_text(box_.left - widest - 20, (box_.top + box_.bottom) / 2,
                       clipped_to(label, box_.bottom - box_.top, Canvas::size));
}

std::vector<Frame::Tick> number_ticks(Span span, int wanted) {
  std::vector<Frame::Tick> out;
  for (const double at : ticks(span.low, span.high, wanted))
    out.push_back({at, value::plain(at, 6, true)});
  return out;
}

}  // namespace jixiao::chart
