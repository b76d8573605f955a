#include "forms/reading_map.hpp"

#include <algorithm>
#include <string>

#include "document/document.hpp"
#include "forms/form_rows.hpp"

namespace jixiao::forms {
namespace {

constexpr std::size_t most_unread = 60;
constexpr std::size_t longest = 60;  // bytes of a cell's words

// 7–9, 12
std::string ranges_of(std::vector<std::size_t> rows) {
  std::sort(rows.begin(), rows.end());
  std::string out;
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t last = i;
    while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1) ++last;
    out += (out.empty() ? "" : ", ") + std::to_string(rows[i]) +
           (last > i ? "–" + std::to_string(rows[last]) : "");
    i = last + 1;
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out = short_text(text, longest);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

Text title_of(const TableReading& table) {
  const bool turned = table.place.transposed;
  FormPlace place = table.place;
  const std::string sheet_zh = place.sheet.empty() ? "表" + std::to_string(place.table)
                                                   : "工作表“" + place.sheet + "”";
  const std::string sheet_en = place.sheet.empty() ? "table " + std::to_string(place.table)
                                                   : "sheet '" + place.sheet + "'";
  const std::string row = turned ? column_name(place.row) : std::to_string(place.row);
  const Text kind = table.kind == TableReading::Kind::money ? Text{"资金", "money"}
                    : table.kind == TableReading::Kind::given
                        ? Text{"指标（按 --columns）", "indicators (by --columns)"}
                        : Text{"指标", "indicators"};
  return {sheet_zh + "第" + row + (turned ? "列" : "行") + "起：" + kind.zh +
              (turned ? "（表头在左）" : ""),
          sheet_en + ", from " + (turned ? "column " : "row ") + row + ": " + kind.en +
              (turned ? " (headings at the left)" : "")};
}

void add_rows(std::vector<Text>& out, const TableReading& table) {
  Text line;
  const auto add = [&](const std::vector<std::size_t>& rows, const char* zh, const char* en) {
    if (rows.empty()) return;
    line.zh += (line.zh.empty() ? "  " : "；") + std::string(zh) + " " + ranges_of(rows);
    line.en += (line.en.empty() ? "  " : "; ") + std::string(en) + " " + ranges_of(rows);
  };
  const bool money = table.kind == TableReading::Kind::money;
  add(table.rows, money ? "资金行" : "指标行", money ? "rows of money" : "indicators in rows");
  if (!table.rows.empty()) {
    line.zh += "（" + std::to_string(table.rows.size()) + " 行）";
    line.en += " (" + std::to_string(table.rows.size()) + ")";
  }
  add(table.events, "加减分与否决行", "bonuses, deductions and vetoes in rows");
  add(table.sums, "合计行", "sums in rows");
  add(table.sections, "分段行", "names of blocks in rows");
  add(table.repeated, "重复的表头行", "headings again in rows");
  if (!line.empty()) out.push_back(std::move(line));
}

bool has_words_below(const Table& table, const IndicatorHeading& heading,
                     const ColumnRange& range) {
  for (std::size_t row = heading.last_row + 1; row <= table.rows(); ++row) {
    const DocumentCell* cell = table.at(row, range.from);
    if (cell != nullptr && cell->row == row && !cell->text.empty()) return true;
  }
  return false;
}

}  // namespace

TableReading reading_of(const Table& table, const IndicatorHeading& heading) {
  TableReading reading;
  if (heading.given) reading.kind = TableReading::Kind::given;
  reading.place =
      table.place(heading.first_row, heading.cells.empty() ? 1 : heading.cells.front().range.from);
  reading.last_heading = heading.last_row;
  for (const HeadingCell& cell : heading.cells) {
    ColumnReading column{cell.place, cell.text, {}, cell.range.to - cell.range.from + 1};
    if (cell.role && cell.kept_because.empty()) {
      column.taken_as = words_for(*cell.role);
    } else if (cell.level) {
      const Text role = words_for(*cell.role);
      column.taken_as = {cell.kept_because.zh + role.zh, role.en + " " + cell.kept_because.en};
    } else if (cell.role) {
      const Text role = words_for(*cell.role);
      column.taken_as = {"照录不计分（" + role.zh + "：" + cell.kept_because.zh + "）",
                         "kept, not scored (" + role.en + ": " + cell.kept_because.en + ")"};
    } else if (has_words_below(table, heading, cell.range)) {
      column.taken_as = {"不认识，照录不计分", "not known: kept, not scored"};
    } else {
      column.taken_as = {"没有内容的栏", "a label"};
    }
    reading.columns.push_back(std::move(column));
  }
  return reading;
}

std::vector<Text> lines_of(const Form& form) {
  std::vector<Text> out;
  for (const TableReading& table : form.map.tables) {
    out.push_back(title_of(table));
    for (const ColumnReading& column : table.columns) {
      const std::string letter = table.place.transposed ? std::to_string(column.place.column)
                                                        : column_name(column.place.column);
      const std::string words = one_line(column.heading);
      out.push_back({"  " + letter + "“" + words + "”：" + column.taken_as.zh,
                     "  " + letter + " '" + words + "': " + column.taken_as.en});
    }
    add_rows(out, table);
  }
  if (!form.longterm.empty()) {
    const std::string n = std::to_string(form.longterm.size());
    out.push_back(
        {n + " 行长期指标：同名的记作中期值，不计分",
         n + " long-term indicators: mid-term targets of those of the same name, not scored"});
    for (const IndicatorRow& row : form.longterm)
      out.push_back({"  " + describe(row.name.place, Language::zh) + "“" + one_line(row.name.text) +
                         "” " + one_line(row.target.text),
                     "  " + describe(row.name.place, Language::en) + " '" +
                         one_line(row.name.text) + "' " + one_line(row.target.text)});
  }
  if (form.map.unread.empty()) {
    out.push_back({"表上有字的格子都读进了项目，或是表头、标签",
                   "every cell with words is in the project, or is a heading or a label"});
    return out;
  }
  out.push_back({"没有读进项目的：", "not read into the project:"});
  std::size_t shown = 0;
  // What may be missed comes first.
  for (const bool counts : {true, false}) {
    for (const Unread& each : form.map.unread) {
      if (each.counts != counts || ++shown > most_unread) continue;
      out.push_back({"  " + describe(each.place, Language::zh) + "“" + one_line(each.text) + "”：" +
                         each.reason.zh,
                     "  " + describe(each.place, Language::en) + " '" + one_line(each.text) +
                         "': " + each.reason.en});
    }
  }
  if (shown > most_unread) {
    const std::string n = std::to_string(shown - most_unread);
    out.push_back({"  另有 " + n + " 处文字", "  and " + n + " more"});
  }
  return out;
}

}  // namespace jixiao::forms
