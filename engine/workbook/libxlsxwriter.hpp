// libxlsxwriter, loaded when a workbook is written: it brings OpenSSL along, and a start that
// writes none must not pay for it. Private to this room.
#pragma once

#include <xlsxwriter.h>

#include <string>

namespace jixiao::workbook {

#define JIXIAO_XLSX_FUNCTIONS(JIXIAO_FUNCTION)        \
  JIXIAO_FUNCTION(workbook_new_opt)                   \
  JIXIAO_FUNCTION(workbook_add_worksheet)             \
  JIXIAO_FUNCTION(workbook_add_format)                \
  JIXIAO_FUNCTION(workbook_add_chart)                 \
  JIXIAO_FUNCTION(workbook_set_properties)            \
  JIXIAO_FUNCTION(workbook_close)                     \
  JIXIAO_FUNCTION(lxw_strerror)                       \
  JIXIAO_FUNCTION(worksheet_write_string)             \
  JIXIAO_FUNCTION(worksheet_write_number)             \
  JIXIAO_FUNCTION(worksheet_write_blank)              \
  JIXIAO_FUNCTION(worksheet_write_formula_num)        \
  JIXIAO_FUNCTION(worksheet_write_formula_str)        \
  JIXIAO_FUNCTION(worksheet_merge_range)              \
  JIXIAO_FUNCTION(worksheet_set_column)               \
  JIXIAO_FUNCTION(worksheet_set_row)                  \
  JIXIAO_FUNCTION(worksheet_freeze_panes)             \
  JIXIAO_FUNCTION(worksheet_conditional_format_range) \
  JIXIAO_FUNCTION(worksheet_insert_chart_opt)         \
  JIXIAO_FUNCTION(worksheet_set_paper)                \
  JIXIAO_FUNCTION(worksheet_set_margins)              \
  JIXIAO_FUNCTION(worksheet_set_landscape)            \
  JIXIAO_FUNCTION(worksheet_fit_to_pages)             \
  JIXIAO_FUNCTION(worksheet_repeat_rows)              \
  JIXIAO_FUNCTION(worksheet_set_footer)               \
  JIXIAO_FUNCTION(worksheet_center_horizontally)      \
  JIXIAO_FUNCTION(worksheet_gridlines)                \
  JIXIAO_FUNCTION(worksheet_set_tab_color)            \
  JIXIAO_FUNCTION(format_set_font_name)               \
  JIXIAO_FUNCTION(format_set_font_size)               \
  JIXIAO_FUNCTION(format_set_font_color)              \
  JIXIAO_FUNCTION(format_set_bold)                    \
  JIXIAO_FUNCTION(format_set_italic)                  \
  JIXIAO_FUNCTION(format_set_num_format)              \
  JIXIAO_FUNCTION(format_set_num_format_index)        \
  JIXIAO_FUNCTION(format_set_align)                   \
  JIXIAO_FUNCTION(format_set_text_wrap)               \
  JIXIAO_FUNCTION(format_set_bg_color)                \
  JIXIAO_FUNCTION(format_set_border)                  \
  JIXIAO_FUNCTION(format_set_border_color)            \
  JIXIAO_FUNCTION(chart_add_series)                   \
  JIXIAO_FUNCTION(chart_series_set_name)              \
  JIXIAO_FUNCTION(chart_series_set_categories)        \
  JIXIAO_FUNCTION(chart_series_set_values)            \
  JIXIAO_FUNCTION(chart_series_set_fill)              \
  JIXIAO_FUNCTION(chart_series_set_labels)            \
  JIXIAO_FUNCTION(chart_title_set_name)               \
  JIXIAO_FUNCTION(chart_title_off)                    \
  JIXIAO_FUNCTION(chart_legend_set_position)          \
  JIXIAO_FUNCTION(chart_axis_get)                     \
  JIXIAO_FUNCTION(chart_axis_set_reverse)             \
  JIXIAO_FUNCTION(chart_axis_set_min)                 \
  JIXIAO_FUNCTION(chart_axis_set_max)                 \
  JIXIAO_FUNCTION(chart_axis_major_gridlines_set_visible)

struct Libxlsxwriter {
#define JIXIAO_FUNCTION(function) decltype(&::function) function = nullptr;
  JIXIAO_XLSX_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
  bool loaded = false;
  std::string why_not;
};

// The same one every time.
const Libxlsxwriter& libxlsxwriter();

}  // namespace jixiao::workbook
