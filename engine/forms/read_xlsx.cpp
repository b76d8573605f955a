#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "archive/xml.hpp"
#include "forms/number_format.hpp"
#include "forms/readers.hpp"
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

// All the text below a shared or inline string, its phonetic hints left out.
void append_text(const pugi::xml_node& node, std::string& out) {
  for (const pugi::xml_node& each : node.children()) {
    const std::string_view name = local_name(each);
    if (name == "t")
      out += each.text().get();
    else if (name == "r")
      append_text(each, out);
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

  bool read() {
    const auto book = archive_.xml("xl/workbook.xml", diagnostics_);
    if (book == nullptr) return false;
    const pugi::xml_node root = book->document_element();
    dates_from_1904_ = is_true(attribute(child(root, "workbookPr"), "date1904"));
    read_parts();
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
      if (part == parts_.end() || !part->second.starts_with("xl/worksheets/")) continue;  // a chart
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
  void read_parts() {
    if (!archive_.has("xl/_rels/workbook.xml.rels")) return;
    const auto relations = archive_.xml("xl/_rels/workbook.xml.rels", diagnostics_);
    if (relations == nullptr) return;
    for (const pugi::xml_node& each : relations->document_element().children()) {
      std::string target(attribute(each, "Target"));
      if (attribute(each, "TargetMode") == "External") continue;
      target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
      if (archive_.has(target)) parts_[std::string(attribute(each, "Id"))] = target;
    }
  }

  bool read_strings() {
    if (!archive_.has("xl/sharedStrings.xml")) return true;
    const auto xml = archive_.xml("xl/sharedStrings.xml", diagnostics_);
    if (xml == nullptr) return false;
    for (const pugi::xml_node& each : xml->document_element().children()) {
      if (local_name(each) != "si" || strings_.size() >= most_strings) continue;
      std::string& out = strings_.emplace_back();
      append_text(each, out);
    }
    return true;
  }

  bool read_formats() {
    if (!archive_.has("xl/styles.xml")) return true;
    const auto xml = archive_.xml("xl/styles.xml", diagnostics_);
    if (xml == nullptr) return false;
    std::map<std::size_t, NumberFormat> own;
    for (const pugi::xml_node& each : child(xml->document_element(), "numFmts").children())
      own[read_index(attribute(each, "numFmtId"), 0)] =
          NumberFormat::of_code(attribute(each, "formatCode"));
    for (const pugi::xml_node& each : child(xml->document_element(), "cellXfs").children()) {
      const std::size_t id = read_index(attribute(each, "numFmtId"), 0);
      const auto found = own.find(id);
      formats_.push_back(found != own.end() ? found->second : NumberFormat::built_in(id));
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
        cell.text = trimmed(cell_text(each, FormPlace{number, here.row, here.column, name}));
        if (const auto span = spans.find({here.row, here.column}); span != spans.end())
          cell.rows = span->second.row, cell.columns = span->second.column;
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

  void report_formulas() {
    if (formulas_ <= most_formulas_named) return;
    const std::string more = std::to_string(formulas_ - most_formulas_named);
    doubt({"另有 " + more + " 个公式，文件里没有算好的值，按空白读",
           more + " more formulas have no value in the file: read as blank"},
          {"在 Excel 中打开并保存一次", "open the file in a spreadsheet program once and save it"});
  }

  std::string cell_text(const pugi::xml_node& cell, const FormPlace& place) {
    const std::string_view type = attribute(cell, "t");
    if (type == "inlineStr") {
      std::string out;
      append_text(child(cell, "is"), out);
      return out;
    }
    const pugi::xml_node value = child(cell, "v");
    const std::string written = value.text().get();
    if (written.empty()) {
      if (const pugi::xml_node formula = child(cell, "f");
          formula && ++formulas_ <= most_formulas_named)
        doubt({describe(place, Language::zh) + " 是公式“" + formula.text().get() +
                   "”，文件里没有算好的值，按空白读",
               describe(place, Language::en) + " is a formula '" + formula.text().get() +
                   "' whose value is not in the file: read as blank"},
              {"在 Excel 中打开并保存一次",
               "open the file in a spreadsheet program once and save it"});
      return {};
    }
    if (type == "s") {
      const std::size_t index = read_index(written, strings_.size());
      return index < strings_.size() ? strings_[index] : std::string();
    }
    if (type == "b") return written == "1" ? "是" : "否";
    if (type == "e") {
      doubt({describe(place, Language::zh) + " 是公式错误 " + written,
             describe(place, Language::en) + " is the formula error " + written},
            {"改正公式后再试", "mend the formula and try again"});
      return written;
    }
    if (type == "str" || type == "d") return written;
    const std::size_t style = read_index(attribute(cell, "s"), 0);
    return style < formats_.size() ? formats_[style].show(written, dates_from_1904_)
                                   : NumberFormat{}.show(written, dates_from_1904_);
  }

  const archive::Archive& archive_;
  Document& document_;
  std::vector<Diagnostic>& diagnostics_;
  bool dates_from_1904_ = false;
  std::size_t words_ = 0, formulas_ = 0;
  std::map<std::string, std::string> parts_;
  std::vector<std::string> strings_;
  std::vector<NumberFormat> formats_;
};

}  // namespace

bool read_xlsx(const archive::Archive& parts, Document& document,
               std::vector<Diagnostic>& diagnostics) {
  document.worksheets = true;
  return Workbook(parts, document, diagnostics).read();
}

}  // namespace jixiao::forms
