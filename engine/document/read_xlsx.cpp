#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "archive/xml.hpp"
#include "document/number_format.hpp"
#include "document/readers.hpp"
#include "text/diagnostics.hpp"
#include "text/source.hpp"

namespace jixiao::forms {
namespace {

using archive::attribute;
using archive::child;
using archive::local_name;
using text::Code;

constexpr std::size_t most_strings = 2000000;
constexpr std::size_t most_sheets = 200;
// One shared string may stand in many cells: all their words together.
constexpr std::size_t most_words = std::size_t{64} << 20;
constexpr std::size_t most_formulas_named = 20;

bool is_true(std::string_view word) { return word == "1" || word == "true"; }

bool is_on(const pugi::xml_node& property) {
  return property && attribute(property, "val") != "0" && attribute(property, "val") != "false";
}

// Text as it stands in a cell: what is seen, what is struck out, and the marks of notes.
struct RichText {
  std::string seen, struck, mark;
};

// All the text below a shared or inline string, its phonetic hints left out.
void append_text(const pugi::xml_node& node, RichText& out) {
  for (const pugi::xml_node& each : node.children()) {
    const std::string_view name = local_name(each);
    if (name == "t") {
      out.seen += each.text().get();
    } else if (name == "r") {
      const std::string words = child(each, "t").text().get();
      const pugi::xml_node properties = child(each, "rPr");
      if (is_on(child(properties, "strike")))
        out.struck += words;
      else if (attribute(child(properties, "vertAlign"), "val") == "superscript")
        append_raised(words, out.seen, out.mark);
      else
        out.seen += words;
    }
  }
}

struct Square {
  std::size_t row = 0, column = 0;
};

// "D7"; nothing for anything else.
std::optional<Square> read_square(std::string_view name) {
  Square out;
  std::size_t at = 0;
  for (; at < name.size() && name[at] >= 'A' && name[at] <= 'Z' && at < 7; ++at)
    out.column = out.column * 26 + static_cast<std::size_t>(name[at] - 'A' + 1);
  const auto [end, error] = std::from_chars(name.data() + at, name.data() + name.size(), out.row);
  if (error != std::errc() || end != name.data() + name.size() || out.column == 0 || out.row == 0)
    return std::nullopt;
  return out;
}

std::size_t read_index(std::string_view digits, std::size_t otherwise) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return error == std::errc() && end == digits.data() + digits.size() && !digits.empty()
             ? out
             : otherwise;
}

class Workbook {
 public:
  Workbook(const archive::Archive& parts, Document& document, std::vector<Diagnostic>& diagnostics)
      : archive_(parts), document_(document), diagnostics_(diagnostics) {}

  bool read(const std::string& main) {
    folder_ = main.substr(0, main.rfind('/') + 1);
    const auto book = archive_.xml(main, diagnostics_);
    if (book == nullptr) return false;
    const pugi::xml_node root = book->document_element();
    dates_from_1904_ = is_true(attribute(child(root, "workbookPr"), "date1904"));
    read_parts(main);
    if (!read_strings() || !read_formats()) return false;
    std::size_t number = 0;
    for (const pugi::xml_node& sheet : child(root, "sheets").children()) {
      if (local_name(sheet) != "sheet" || ++number > most_sheets) continue;
      const std::string name(attribute(sheet, "name"));
      const std::string_view state = attribute(sheet, "state");
      if (state == "hidden" || state == "veryHidden") {
        doubt({"隐藏的工作表“" + name + "”未读", "the hidden sheet '" + name + "' was not read"},
              {"若表格在其中，取消隐藏再试", "unhide it and try again if the form is there"},
              Severity::note);
        continue;
      }
      const auto part = parts_.find(std::string(attribute(sheet, "id")));
      if (part == parts_.end() || part->second.find("worksheets/") == std::string::npos) {
        if (part == parts_.end())
          doubt({"找不到工作表“" + name + "”的内容，未读",
                 "the sheet '" + name + "' is not in the file: it was not read"},
                {"用 Excel 打开并另存后再试",
                 "open it in a spreadsheet program, save it and try again"});
        continue;  // else a chart
      }
      if (!read_sheet(part->second, number, name)) return false;
    }
    report_formulas();
    return true;
  }

 private:
  void doubt(const Text& what, const Text& help, Severity severity = Severity::warning) {
    diagnostics_.push_back(text::diagnose_file(Code::form_reading, document_.file, what, help));
    diagnostics_.back().severity = severity;
  }

  // Names of parts by relation; what points outside the file is ignored.
  void read_parts(const std::string& main) {
    for (const auto& [id, relation] : archive_.relations(main, diagnostics_)) {
      if (!archive_.has(relation.target)) continue;
      parts_[id] = relation.target;
      if (relation.type.ends_with("/sharedStrings")) strings_part_ = relation.target;
      if (relation.type.ends_with("/styles")) styles_part_ = relation.target;
    }
    if (strings_part_.empty()) strings_part_ = folder_ + "sharedStrings.xml";
    if (styles_part_.empty()) styles_part_ = folder_ + "styles.xml";
  }

  bool read_strings() {
    if (!archive_.has(strings_part_)) return true;
    const auto xml = archive_.xml(strings_part_, diagnostics_);
    if (xml == nullptr) return false;
    for (const pugi::xml_node& each : xml->document_element().children()) {
      if (local_name(each) != "si" || strings_.size() >= most_strings) continue;
      append_text(each, strings_.emplace_back());
    }
    return true;
  }

  bool read_formats() {
    if (!archive_.has(styles_part_)) return true;
    const auto xml = archive_.xml(styles_part_, diagnostics_);
    if (xml == nullptr) return false;
    std::map<std::size_t, NumberFormat> own;
    for (const pugi::xml_node& each : child(xml->document_element(), "numFmts").children())
      own[read_index(attribute(each, "numFmtId"), 0)] =
          NumberFormat::of_code(attribute(each, "formatCode"));
    std::vector<bool> struck;
    for (const pugi::xml_node& each : child(xml->document_element(), "fonts").children()) {
      if (local_name(each) == "font") struck.push_back(is_on(child(each, "strike")));
    }
    for (const pugi::xml_node& each : child(xml->document_element(), "cellXfs").children()) {
      if (local_name(each) != "xf") continue;
      const std::size_t id = read_index(attribute(each, "numFmtId"), 0);
      const std::size_t font = read_index(attribute(each, "fontId"), 0);
      const auto found = own.find(id);
      styles_.push_back({found != own.end() ? found->second : NumberFormat::built_in(id),
                         font < struck.size() && struck[font]});
    }
    return true;
  }

  bool read_sheet(const std::string& part, std::size_t number, const std::string& name) {
    const auto xml = archive_.xml(part, diagnostics_);
    if (xml == nullptr) return false;
    Table table(number, name);
    const pugi::xml_node root = xml->document_element();
    std::map<std::pair<std::size_t, std::size_t>, Square> spans;
    for (const pugi::xml_node& each : child(root, "mergeCells").children()) {
      const std::string_view reach = attribute(each, "ref");
      const std::size_t colon = reach.find(':');
      if (colon == std::string_view::npos) continue;
      const auto from = read_square(reach.substr(0, colon));
      const auto to = read_square(reach.substr(colon + 1));
      if (from && to && to->row >= from->row && to->column >= from->column)
        spans[{from->row, from->column}] = {to->row - from->row + 1, to->column - from->column + 1};
    }
    std::vector<std::pair<std::size_t, std::size_t>> hidden_columns;
    for (const pugi::xml_node& each : child(root, "cols").children()) {
      if (is_true(attribute(each, "hidden")) || attribute(each, "width") == "0")
        hidden_columns.emplace_back(read_index(attribute(each, "min"), 0),
                                    read_index(attribute(each, "max"), 0));
    }
    std::set<std::size_t> hidden_rows;
    for (const pugi::xml_node& row : child(root, "sheetData").children()) {
      if (is_true(attribute(row, "hidden")) || attribute(row, "ht") == "0")
        hidden_rows.insert(read_index(attribute(row, "r"), 0));
    }
    const auto is_hidden_column = [&](std::size_t column) {
      return std::any_of(hidden_columns.begin(), hidden_columns.end(), [&](const auto& range) {
        return column >= range.first && column <= range.second;
      });
    };
    // A merged cell is seen as long as one of its rows and one of its columns is.
    const auto why_hidden = [&](const DocumentCell& cell) -> std::optional<Unseen::Why> {
      std::size_t row = cell.row;
      while (row < cell.row + std::min(cell.rows, Table::most_rows) && hidden_rows.contains(row))
        ++row;
      if (row == cell.row + cell.rows) return Unseen::Why::hidden_row;
      std::size_t column = cell.column;
      while (column < cell.column + std::min(cell.columns, Table::most_columns) &&
             is_hidden_column(column))
        ++column;
      if (column == cell.column + cell.columns) return Unseen::Why::hidden_column;
      return std::nullopt;
    };
    Square here;
    for (const pugi::xml_node& row : child(root, "sheetData").children()) {
      if (local_name(row) != "row") continue;
      here = {read_index(attribute(row, "r"), here.row + 1), 0};
      for (const pugi::xml_node& each : row.children()) {
        if (local_name(each) != "c") continue;
        const auto named = read_square(attribute(each, "r"));
        here = named ? *named : Square{here.row, here.column + 1};
        DocumentCell cell;
        cell.row = here.row, cell.column = here.column;
        const FormPlace place{number, here.row, here.column, name};
        if (const auto span = spans.find({here.row, here.column}); span != spans.end())
          cell.rows = span->second.row, cell.columns = span->second.column;
        cell.text = trimmed(cell_text(each, place));
        if (const auto why = why_hidden(cell); why && !cell.text.empty()) {
          unseen(place, cell.text, *why);
          cell.text.clear();
        }
        words_ += cell.text.size();
        if (words_ > most_words) return refuse_words();
        table.put(std::move(cell));
      }
    }
    table.settle(document_.squares_left);
    document_.tables.push_back(std::move(table));
    return true;
  }

  bool refuse_words() {
    const std::string megabytes = std::to_string(most_words >> 20U);
    diagnostics_.push_back(
        text::diagnose_file(Code::document_damaged, document_.file,
                            {"各单元格的文字合计超过 " + megabytes + " MB，表格文件不会有这么多",
                             "its cells hold over " + megabytes + " MB of words; no form does"},
                            {"只留下表格所在的工作表，另存后再试",
                             "keep the sheet with the form alone, save it and try again"}));
    return false;
  }

  // One formula that fills a column is one thing to tell.
  void report_formulas() {
    if (formulas_.empty()) return;
    std::string zh, en;
    for (std::size_t i = 0; i < std::min(formulas_.size(), most_formulas_named); ++i) {
      zh += (i == 0 ? "" : "、") + describe(formulas_[i].first, Language::zh);
      en += (i == 0 ? "" : ", ") + describe(formulas_[i].first, Language::en);
      if (!formulas_[i].second.empty())
        zh += "“" + formulas_[i].second + "”", en += " '" + formulas_[i].second + "'";
    }
    const std::string n = std::to_string(formulas_.size());
    if (formulas_.size() > most_formulas_named) zh += " 等", en += " and more";
    const bool one = formulas_.size() == 1;
    const FormPlace& first = formulas_.front().first;
    const std::string& formula = formulas_.front().second;
    doubt(one ? Text{describe(first, Language::zh) + " 是公式“" + formula +
                         "”，文件里没有算好的值，按空白读",
                     describe(first, Language::en) + " is a formula '" + formula +
                         "' whose value is not in the file: read as blank"}
              : Text{n + " 个公式在文件里没有算好的值，按空白读：" + zh,
                     n + " formulas have no value in the file: read as blank: " + en},
          {"在 Excel 中打开并保存一次", "open the file in a spreadsheet program once and save it"});
  }

  void unseen(const FormPlace& place, std::string words, Unseen::Why why) {
    words = trimmed(words);
    if (!words.empty() && document_.unseen.size() < Table::most_cells)
      document_.unseen.push_back({place, std::move(words), why});
  }

  std::string seen_of(const RichText& text, const FormPlace& place) {
    unseen(place, text.struck, Unseen::Why::struck);
    unseen(place, text.mark, Unseen::Why::note_mark);
    return text.seen;
  }

  // What the cell shows.
  std::string cell_text(const pugi::xml_node& cell, const FormPlace& place) {
    const std::size_t index = read_index(attribute(cell, "s"), 0);
    static const Style plain;
    const Style& style = index < styles_.size() ? styles_[index] : plain;
    std::string out = stored_text(cell, place, style.format);
    if (style.format.hides_all()) {
      unseen(place, out.empty() ? std::string(child(cell, "v").text().get()) : out,
             Unseen::Why::hidden_text);
      return {};
    }
    if (!style.struck) return out;
    unseen(place, out, Unseen::Why::struck);
    return {};
  }

  std::string stored_text(const pugi::xml_node& cell, const FormPlace& place,
                          const NumberFormat& format) {
    const std::string_view type = attribute(cell, "t");
    if (type == "inlineStr") {
      RichText out;
      append_text(child(cell, "is"), out);
      return format.show_text(seen_of(out, place));
    }
    const pugi::xml_node value = child(cell, "v");
    const std::string written = trimmed(value.text().get());
    if (written.empty()) {
      if (const pugi::xml_node formula = child(cell, "f"))
        formulas_.emplace_back(place, formula.text().get());
      return {};
    }
    if (type == "s") {
      const std::size_t index = read_index(written, strings_.size());
      return index < strings_.size() ? format.show_text(seen_of(strings_[index], place))
                                     : std::string();
    }
    if (type == "b") return written == "1" ? "是" : "否";
    if (type == "e") {
      doubt({describe(place, Language::zh) + " 是公式错误 " + written,
             describe(place, Language::en) + " is the formula error " + written},
            {"改正公式后再试", "mend the formula and try again"});
      return written;
    }
    if (type == "str") return format.show_text(written);
    // A day as ISO 8601 writes it, at midnight or not.
    if (type == "d")
      return written.size() > 10 && written[10] == 'T' ? written.substr(0, 10) : written;
    // what programs write for nothing
    if (written == "null" || written == "NaN" || written == "undefined") return {};
    return format.show(written, dates_from_1904_);
  }

  struct Style {
    NumberFormat format;
    bool struck = false;
  };

  const archive::Archive& archive_;
  Document& document_;
  std::vector<Diagnostic>& diagnostics_;
  bool dates_from_1904_ = false;
  std::size_t words_ = 0;
  std::vector<std::pair<FormPlace, std::string>> formulas_;  // without a value in the file
  std::string folder_, strings_part_, styles_part_;
  std::map<std::string, std::string> parts_;
  std::vector<RichText> strings_;
  std::vector<Style> styles_;
};

}  // namespace

bool read_xlsx(const archive::Archive& parts, const std::string& main, Document& document,
               std::vector<Diagnostic>& diagnostics) {
  document.worksheets = true;
  return Workbook(parts, document, diagnostics).read(main);
}

}  // namespace jixiao::forms
