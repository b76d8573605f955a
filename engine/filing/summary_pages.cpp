#include <algorithm>

#include "chart/svg.hpp"
#include "filing/rendering.hpp"
#include "filing/summary.hpp"
#include "filing/words.hpp"
#include "page/html_page.hpp"
#include "value/rounding.hpp"

namespace jixiao::filing {

std::string summary_html(const Summary& summary) {
  const bool zh = summary.language == Language::zh;
  const auto e = [](std::string_view text) { return page::html_escaped(text); };
  const auto heading = [&](const char* a, const char* b) {
    return "<h2>" + e(zh ? a : b) + "</h2>\n";
  };
  std::string body =
      "<style>@page { size: A4 portrait; margin: 14mm; } h2 { margin-top: 22px; } @media print { "
      ".hero .total { font-size: 44px; } "
      "}</style>\n";
  body += "<h1>" + e(summary.project) + "</h1>\n<p class=\"sub\">" + e(summary.unit) +
          (summary.unit.empty() ? "" : " · ") + std::to_string(summary.year) +
          (zh ? " 年度绩效摘要" : " · summary") + " · " + e(summary.rules) + "</p>\n";
  if (summary.illustrative)
    body += "<p class=\"banner\">" + e(page::word::illustrative_banner.in(summary.language)) +
            "</p>\n";
  const std::string total = summary.total ? value::fixed(*summary.total, summary.digits) : "—";
  body += "<div class=\"hero\"><div class=\"total\">" + total + " <span class=\"of\">/ " +
          value::plain(summary.scale, 2) + "</span></div>";
  if (!summary.rating.empty()) body += "<div class=\"rating\">" + e(summary.rating) + "</div>";
  body += "</div>\n<p>" + e(summary.verdict) + "</p>\n";

  chart::BarChart blocks{zh ? "各块得分" : "points by block",
                         {},
                         std::string(word::points.in(summary.language)),
                         zh ? "失分" : "lost"};
  for (const BlockPart& block : summary.blocks)
    blocks.rows.push_back({block.name, block.points, std::max(0.0, block.weight - block.points),
                           value::plain(block.points, 2) + " / " + value::plain(block.weight, 2)});
  body += heading("各块得了多少", "Where points were earned") + chart::svg_bars(blocks);

  body += heading("分失在哪里", "Where points were lost");
  if (summary.losses.empty()) {
    body += "<p>" + e(zh ? "没有失分。" : "No points were lost.") + "</p>\n";
  } else {
    chart::BarChart losses{zh ? "失分最多的指标" : "most points lost", {}, {}, {}};
    for (const Loss& loss : summary.losses)
      losses.rows.push_back(
          {loss.name, 0, loss.lost,
           value::plain(loss.lost, 2) + "  (" + value::plain(100 * loss.share, 0) + "%)"});
    body += chart::svg_bars(losses) + "<table><tbody>\n";
    for (std::size_t i = 0; i < std::min<std::size_t>(summary.losses.size(), 3); ++i) {
      const Loss& loss = summary.losses[i];
      body += "<tr><td>" + e(loss.name) + "</td><td class=\"n\">" + e(loss.target) +
              "</td><td class=\"n\">" + e(loss.actual) + "</td><td>" + e(loss.why) + "</td></tr>\n";
    }
    body += "</tbody></table>\n";
  }

  if (summary.adjusted || summary.executed) {
    chart::BarChart money{zh ? "资金" : "money", {}, {}, {}};
    const std::pair<word::Label, std::optional<double>> rows[] = {
        {word::initial, summary.initial},
        {word::adjusted, summary.adjusted},
        {word::executed, summary.executed}};
    for (const auto& [name, yuan] : rows) {
      if (yuan)
        money.rows.push_back({std::string(name.in(summary.language)), *yuan, 0,
                              value::plain(*yuan, 2, true) + (zh ? " 元" : " yuan")});
    }
    body += heading("钱用了多少", "What was spent");
    if (summary.rate)
      body += "<p>" + e(word::rate.in(summary.language)) + " " + value::plain(*summary.rate, 2) +
              "%</p>\n";
    body += chart::svg_bars(money);
  }
  return page::html_page(summary.project, summary.language, body);
}

std::string summary_markdown(const Summary& summary) {
  const bool zh = summary.language == Language::zh;
  const auto cell = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (std::string_view("|*_`[]\\~").find(c) != std::string_view::npos) out += '\\';
      out += c == '\n' ? std::string("<br>") : c == '<' ? std::string("&lt;") : std::string(1, c);
    }
    return out;
  };
  std::string out = "# " + cell(summary.project) + "\n\n" + cell(summary.unit) + " " +
                    std::to_string(summary.year) + "\n\n";
  if (summary.illustrative)
    out += "> **" + std::string(page::word::illustrative_banner.in(summary.language)) + "**\n\n";
  const std::string total = summary.total ? value::fixed(*summary.total, summary.digits) : "—";
  out += "**" + total + " / " + value::plain(summary.scale, 2) + "　" + cell(summary.rating) +
         "**\n\n" + cell(summary.verdict) + "\n";
  const SummaryGrid laid = summary_grid(summary);
  std::size_t row = 0;
  bool in_table = false;
  std::size_t first = laid.blocks_row - 1;
  std::vector<const GridCell*> cells;
  for (const GridCell& each : laid.grid.cells) {
    if (each.row >= first) cells.push_back(&each);
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const GridCell& each = *cells[i];
    if (each.row != row) {
      in_table = in_table && each.row == row + 1;
      if (!in_table) out += "\n";
      row = each.row;
      out += "|";
    }
    out += " " + cell(each.text) + " |";
    const bool last = i + 1 == cells.size() || cells[i + 1]->row != row;
    if (!last) continue;
    out += "\n";
    if (!in_table) {
      out += "|";
      for (std::size_t c = 0; c < each.column; ++c) out += "---|";
      out += "\n";
      in_table = true;
    }
  }
  return out + (zh ? "\n规则集 " : "\nRule set ") + cell(summary.rules) + "\n";
}

void add_summary(const Summary& summary, workbook::Workbook& book) {
  const bool zh = summary.language == Language::zh;
  const SummaryGrid laid = summary_grid(summary);
  workbook::Sheet& sheet = add_sheet(laid.grid, word::summary.in(summary.language), book);
  sheet.page.one_page = true;
  std::size_t row = laid.grid.rows() + 2;
  const auto draw = [&](workbook::Chart chart, std::size_t column) {
    chart.row = row;
    chart.column = column;
    chart.width = 400;
    chart.height = 280;
    sheet.chart(std::move(chart));
  };
  const std::size_t blocks = summary.blocks.size();
  if (blocks > 0) {
    const workbook::Range names{laid.blocks_row, 1, blocks, 1};
    draw({workbook::ChartKind::stacked_bar,
          zh ? "各块得分" : "points by block",
          {{std::string(word::points.in(summary.language)),
            "",
            names,
            {laid.blocks_row, 3, blocks, 1},
            0x0072B2},
           {zh ? "失分" : "lost", "", names, {laid.blocks_row, 4, blocks, 1}, 0xD55E00}},
          1,
          1,
          480,
          288,
          true},
         1);
  }
  if (!summary.losses.empty()) {
    const std::size_t n = summary.losses.size();
    draw({workbook::ChartKind::bar,
          zh ? "失分最多的指标" : "most points lost",
          {{zh ? "失分" : "lost",
            "",
            {laid.losses_row, 1, n, 1},
            {laid.losses_row, 4, n, 1},
            0xD55E00}}},
         4);
  }
  if (laid.money_row > 0) {
    row += 16;
    draw({workbook::ChartKind::column,
          zh ? "资金（元）" : "money (yuan)",
          {{zh ? "金额" : "amount",
            "",
            {laid.money_row, 1, 3, 1},
            {laid.money_row, 2, 3, 1},
            0x3B6EA5}}},
         1);
  }
}

}  // namespace jixiao::filing
