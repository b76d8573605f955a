
#include <cassert>
#include <cmath>
#include <map>
#include <set>

#include "system/memory_file.hpp"
#include "text/diagnostics.hpp"
#include "workbook/libxlsxwriter.hpp"
#include "workbook/workbook.hpp"

namespace jixiao::workbook {

using text::Code;

namespace {

lxw_row_t row_of(std::size_t row) { return static_cast<lxw_row_t>(row - 1); }
lxw_col_t column_of(std::size_t column) { return static_cast<lxw_col_t>(column - 1); }

// A spreadsheet takes a text that is edited again for a formula when it begins like one; as format
// Text it stays text.
bool is_formula_like(std::string_view text) {
  for (const std::string_view sign : {"=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"}) {
    if (text.starts_with(sign)) return true;
  }
  return false;
}

std::uint8_t chart_type(ChartKind kind) {
  switch (kind) {
    case ChartKind::bar: return LXW_CHART_BAR;
    case ChartKind::stacked_bar: return LXW_CHART_BAR_STACKED;
    case ChartKind::column: return LXW_CHART_COLUMN;
    case ChartKind::doughnut: return LXW_CHART_DOUGHNUT;
  }
  return LXW_CHART_BAR;
}

}  // namespace

class XlsxWriter {
 public:
  XlsxWriter(const Libxlsxwriter& library, lxw_workbook* out) : lib_(library), out_(out) {}

  void write(const Workbook& workbook) {
    lxw_doc_properties properties{};
    font_ = workbook.font;
    std::string title = clean(workbook.title);
    char company[] = "jixiao";
    properties.title = title.data();
    properties.author = company;
    properties.created = 1;  // a file says what is in it, not when it was written
    lib_.workbook_set_properties(out_, &properties);
    for (const Sheet& sheet : workbook.sheets) write(sheet);
  }

 private:
  void write(const Sheet& sheet) {
    lxw_worksheet* to = lib_.workbook_add_worksheet(out_, sheet.name().c_str());
    for (const auto& [column, size] : sheet.widths_)
      lib_.worksheet_set_column(to, column_of(column), column_of(column), size, nullptr);
    for (const auto& [row, size] : sheet.heights_)
      lib_.worksheet_set_row(to, row_of(row), size, nullptr);
    std::set<std::pair<std::size_t, std::size_t>> merged;
    for (const Cell& cell : sheet.cells_) write(to, cell, merged);
    if (sheet.frozen_rows_ > 0 || sheet.frozen_columns_ > 0)
      lib_.worksheet_freeze_panes(to, static_cast<lxw_row_t>(sheet.frozen_rows_),
                                  static_cast<lxw_col_t>(sheet.frozen_columns_));
    for (const Bars& bars : sheet.bars_) write(to, bars);
    for (const Chart& chart : sheet.charts_) write(to, sheet, chart);
    write(to, sheet.page);
    if (!sheet.grid) lib_.worksheet_gridlines(to, LXW_HIDE_ALL_GRIDLINES);
    if (sheet.tab != no_colour) lib_.worksheet_set_tab_color(to, colour(sheet.tab));
  }

  void write(lxw_worksheet* to, const Cell& cell,
             std::set<std::pair<std::size_t, std::size_t>>& merged) {
    const auto* words = std::get_if<std::string>(&cell.content);
    lxw_format* format = format_of(cell.look, words != nullptr && is_formula_like(*words));
    const lxw_row_t row = row_of(cell.row);
    const lxw_col_t column = column_of(cell.column);
    if (cell.rows > 1 || cell.columns > 1) {
      for (std::size_t r = 0; r < cell.rows; ++r) {
        for (std::size_t c = 0; c < cell.columns; ++c) {
          const bool free = merged.emplace(cell.row + r, cell.column + c).second;
          assert(free && "merged cells overlap");
          static_cast<void>(free);
        }
      }
      lib_.worksheet_merge_range(to, row, column, row_of(cell.row + cell.rows - 1),
                                 column_of(cell.column + cell.columns - 1), "", format);
    }
    if (words != nullptr) {
      lib_.worksheet_write_string(to, row, column, words->c_str(), format);
    } else if (const auto* number = std::get_if<double>(&cell.content)) {
      if (std::isfinite(*number))
        lib_.worksheet_write_number(to, row, column, *number, format);
      else
        lib_.worksheet_write_blank(to, row, column, format);
    } else if (const auto* formula = std::get_if<Formula>(&cell.content)) {
      write(to, row, column, *formula, format);
    } else {
      lib_.worksheet_write_blank(to, row, column, format);
    }
  }

  void write(lxw_worksheet* to, lxw_row_t row, lxw_col_t column, const Formula& formula,
             lxw_format* format) {
    const std::string text = "=" + formula.text;
    const auto* number = std::get_if<double>(&formula.value);
    if (number != nullptr && std::isfinite(*number)) {
      lib_.worksheet_write_formula_num(to, row, column, text.c_str(), format, *number);
    } else {
      const auto* words = std::get_if<std::string>(&formula.value);
      lib_.worksheet_write_formula_str(to, row, column, text.c_str(), format,
                                       words == nullptr ? "" : clean(*words).c_str());
    }
  }

  void write(lxw_worksheet* to, const Bars& bars) {
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_DATA_BAR;
    rule.bar_color = colour(bars.colour);
    rule.bar_solid = LXW_TRUE;
    rule.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
    rule.min_value = 0;
    if (bars.most) {
      rule.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
      rule.max_value = *bars.most;
    }
    const Range& over = bars.over;
    lib_.worksheet_conditional_format_range(to, row_of(over.row), column_of(over.column),
                                            row_of(over.row + over.rows - 1),
                                            column_of(over.column + over.columns - 1), &rule);
  }

  void write(lxw_worksheet* to, const Sheet& sheet, const Chart& chart) {
    lxw_chart* drawn = lib_.workbook_add_chart(out_, chart_type(chart.kind));
    for (const Series& series : chart.series) {
      const std::string from = series.sheet.empty() ? sheet.name() : series.sheet;
      lxw_chart_series* line = lib_.chart_add_series(drawn, nullptr, nullptr);
      const auto last = [](std::size_t at, std::size_t count) { return at + count - 1; };
      lib_.chart_series_set_categories(line, from.c_str(), row_of(series.names.row),
                                       column_of(series.names.column),
                                       row_of(last(series.names.row, series.names.rows)),
                                       column_of(last(series.names.column, series.names.columns)));
      lib_.chart_series_set_values(line, from.c_str(), row_of(series.values.row),
                                   column_of(series.values.column),
                                   row_of(last(series.values.row, series.values.rows)),
                                   column_of(last(series.values.column, series.values.columns)));
      if (!series.name.empty()) lib_.chart_series_set_name(line, clean(series.name).c_str());
      lxw_chart_fill fill{};
      fill.color = colour(series.colour);
      if (chart.kind != ChartKind::doughnut) lib_.chart_series_set_fill(line, &fill);
      if (chart.kind != ChartKind::stacked_bar) lib_.chart_series_set_labels(line);
    }
    if (chart.title.empty())
      lib_.chart_title_off(drawn);
    else
      lib_.chart_title_set_name(drawn, clean(chart.title).c_str());
    lib_.chart_legend_set_position(drawn,
                                   chart.legend ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
    if (chart.kind != ChartKind::doughnut) {
      const bool lying = chart.kind != ChartKind::column;
      lxw_chart_axis* names =
          lib_.chart_axis_get(drawn, lying ? LXW_CHART_AXIS_TYPE_Y : LXW_CHART_AXIS_TYPE_X);
      lxw_chart_axis* values =
          lib_.chart_axis_get(drawn, lying ? LXW_CHART_AXIS_TYPE_X : LXW_CHART_AXIS_TYPE_Y);
      if (lying) lib_.chart_axis_set_reverse(names);  // from the top down, as the rows of the sheet
      lib_.chart_axis_set_min(values, 0);
      if (chart.most) lib_.chart_axis_set_max(values, *chart.most);
      lib_.chart_axis_major_gridlines_set_visible(values, LXW_FALSE);
    }
    lxw_chart_options options{};
    options.x_scale = chart.width / 480.0;
    options.y_scale = chart.height / 288.0;
    lib_.worksheet_insert_chart_opt(to, row_of(chart.row), column_of(chart.column), drawn,
                                    &options);
  }

  void write(lxw_worksheet* to, const Page& page) {
    constexpr std::uint8_t a4 = 9;
    lib_.worksheet_set_paper(to, a4);
    lib_.worksheet_set_margins(to, 0.5, 0.5, 0.6, 0.7);
    lib_.worksheet_center_horizontally(to);
    if (page.landscape) lib_.worksheet_set_landscape(to);
    lib_.worksheet_fit_to_pages(to, 1, page.one_page ? 1 : 0);
    if (page.repeated_rows > 0)
      lib_.worksheet_repeat_rows(to, 0, static_cast<lxw_row_t>(page.repeated_rows - 1));
    if (!page.footer.empty()) lib_.worksheet_set_footer(to, clean(page.footer).c_str());
  }

  lxw_format* format_of(const Look& look, bool as_text) {
    lxw_format*& made = formats_[{look, as_text}];
    if (made != nullptr) return made;
    made = lib_.workbook_add_format(out_);
    lib_.format_set_font_name(made, font_.c_str());
    lib_.format_set_font_size(made, look.size);
    if (look.ink != no_colour) lib_.format_set_font_color(made, colour(look.ink));
    if (look.bold) lib_.format_set_bold(made);
    if (look.italic) lib_.format_set_italic(made);
    if (look.wrap) lib_.format_set_text_wrap(made);
    if (look.fill != no_colour) lib_.format_set_bg_color(made, colour(look.fill));
    if (look.border) {
      lib_.format_set_border(made, LXW_BORDER_THIN);
      lib_.format_set_border_color(made, colour(0x7F7F7F));
    }
    if (as_text)
      lib_.format_set_num_format_index(made, 49);  // Text, built in
    else if (!look.format.empty())
      lib_.format_set_num_format(made, look.format.c_str());
    if (look.across == Across::left) lib_.format_set_align(made, LXW_ALIGN_LEFT);
    if (look.across == Across::centre) lib_.format_set_align(made, LXW_ALIGN_CENTER);
    if (look.across == Across::right) lib_.format_set_align(made, LXW_ALIGN_RIGHT);
    lib_.format_set_align(made, look.top ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
    return made;
  }

  // 0 means "none" to the library.
  static lxw_color_t colour(Colour c) { return c == 0 ? lxw_color_t{LXW_COLOR_BLACK} : c; }

  const Libxlsxwriter& lib_;
  lxw_workbook* out_;
  std::string font_;
  std::map<std::pair<Look, bool>, lxw_format*> formats_;
};

std::optional<std::string> to_xlsx(const Workbook& workbook, const std::string& file,
                                   std::vector<Diagnostic>& diagnostics) {
  const auto refuse = [&](Text why, Text help) {
    diagnostics.push_back(
        text::diagnose_file(Code::file_unwritable, file, std::move(why), std::move(help)));
    return std::nullopt;
  };
  const Libxlsxwriter& library = libxlsxwriter();
  if (!library.loaded)
    return refuse(
        {"写 .xlsx 要用的库 libxlsxwriter 没有装（" + library.why_not + "）",
         "libxlsxwriter, which .xlsx is written with, is not installed (" + library.why_not + ")"},
        {"请运行：apt-get install libxlsxwriter4", "run: apt-get install libxlsxwriter4"});
  const system::MemoryFile memory;
  lxw_workbook_options options{};
  lxw_workbook* out = memory.is_there() ? library.workbook_new_opt(memory.name().c_str(), &options)
                                        : nullptr;
  lxw_error error = LXW_ERROR_MEMORY_MALLOC_FAILED;
  if (out != nullptr) {
    XlsxWriter(library, out).write(workbook);
    error = library.workbook_close(out);
  }
  std::string bytes = error == LXW_NO_ERROR ? memory.bytes() : std::string();
  if (!bytes.empty()) return bytes;
  const std::string why = library.lxw_strerror(error);
  return refuse({"工作簿未能生成（" + why + "）", "the workbook could not be made (" + why + ")"},
                {"检查临时目录是否可写、是否有空间",
                 "see whether the folder for temporary files can be written to and has room"});
}

}  // namespace jixiao::workbook
