#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "chart/portfolio_charts.hpp"
#include "chart/svg.hpp"
#include "chart/svg_canvas.hpp"
#include "page/numbers.hpp"
#include "page/portfolio_terms.hpp"
#include "page/portfolio_words.hpp"
#include "page/table.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;

std::string matrix_chart(std::span<const BandCount> rows, std::span<const BandCount> columns,
                         const std::vector<std::vector<std::size_t>>& counts,
                         const std::string& title, Language language) {
  if (rows.empty() || columns.empty()) return {};
  constexpr double width = 960, row_height = 40, top = 30;
  double label_width = 0;
  for (const BandCount& band : rows)
    label_width = std::max(label_width, drawn_width(band_text(band, language), Canvas::size));
  const double left = std::min(label_width, width * 0.25) + 14;
  const double cell = std::min((width - left) / static_cast<double>(columns.size()), 150.0);
  Canvas canvas(width, top + row_height * static_cast<double>(rows.size()) + 4, title);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    canvas.text(left + (static_cast<double>(c) + 0.5) * cell, 18, "middle",
                clipped_to(band_text(columns[c], language), cell - 6, Canvas::size), Canvas::ink);
  }
  for (std::size_t r = 0; r < std::min(rows.size(), counts.size()); ++r) {
    const double y = top + static_cast<double>(r) * row_height;
    canvas.text(left - 12, y + row_height / 2 + 4, "end",
                clipped_to(band_text(rows[r], language), left - 14, Canvas::size), Canvas::ink);
    double all = 0;
    for (const std::size_t count : counts[r]) all += static_cast<double>(count);
    for (std::size_t c = 0; c < std::min(columns.size(), counts[r].size()); ++c) {
      const double share = all > 0 ? static_cast<double>(counts[r][c]) / all : 0;
      const double x = left + static_cast<double>(c) * cell;
      const bool same = rows[r].id == columns[c].id;
      canvas.rect(x + 1, y + 1, cell - 2, row_height - 2, "fill:var(--soft,#eef1f5)", {}, 3);
      if (share > 0)
        canvas.rect(x + 1, y + 1, cell - 2, row_height - 2,
                    fmt::format("fill:#0072b2;fill-opacity:{}", px(0.08 + 0.87 * share)), {}, 3);
      if (same)
        canvas.rect(x + 2, y + 2, cell - 4, row_height - 4,
                    "fill:none;stroke:var(--ink,#1b2430);stroke-width:1.5", {}, 3);
      const std::string words =
          share > 0
              ? fmt::format("{} · {}%", value::plain(static_cast<double>(counts[r][c]), 0, true),
                            value::plain(100 * share, 1))
              : "0";
      canvas.text(x + cell / 2, y + row_height / 2 + 5, "middle", words,
                  share > 0.85 ? "fill:#ffffff"
                  : share > 0  ? Canvas::ink
                               : Canvas::quiet);
    }
  }
  return canvas.svg();
}

std::string losses_chart(const std::vector<LostMost>& losses, Language language) {
  double all = 0;
  for (const LostMost& lost : losses) all += lost.points;
  if (!(all > 0)) return {};
  BarChart chart{std::string(word::lost_most.in(language)), {}, {}, {}};
  double running = 0;
  for (const LostMost& lost : losses) {
    running += lost.points;
    const std::string name = lost.indicator.empty() ? std::string(word::others.in(language))
                                                    : one_line(lost.indicator);
    chart.rows.push_back(
        {name, 0, lost.points,
         fmt::format("{}  ({} {}%)", value::plain(lost.points, 2, true),
                     word::running_share.in(language), value::plain(100 * running / all, 1))});
  }
  return svg_bars(chart);
}

std::string blocks_chart(const Portfolio& portfolio, Language language) {
  BarChart chart{std::string(word::block_means.in(language)), {}, {}, {}};
  for (const BlockMean& block : portfolio.blocks) {
    if (!std::isfinite(block.mean)) continue;
    chart.rows.push_back({one_line(block.name.empty() ? block.id : block.name.in(language)),
                          block.mean, 0, total_text(block.mean, portfolio.digits)});
  }
  return chart.rows.empty() ? std::string() : svg_bars(chart);
}

}  // namespace jixiao::chart
