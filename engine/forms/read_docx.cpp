#include <algorithm>
#include <charconv>
#include <map>

#include "archive/xml.hpp"
#include "forms/readers.hpp"

namespace jixiao::forms {
namespace {

using archive::attribute;
using archive::child;
using archive::local_name;

constexpr std::size_t most_tables = 2000;

std::size_t read_span(const pugi::xml_node& properties, std::string_view name) {
  const std::string_view digits = attribute(child(properties, name), "val");
  std::size_t out = 1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return error == std::errc() && end != digits.data()
             ? std::min<std::size_t>(out, Table::most_columns)
             : 1;
}

// Checkboxes are symbols of these fonts.
std::string_view symbol(std::string_view code) {
  if (code == "F0FE" || code == "F052" || code == "F0FC") return "☑";
  if (code == "F0A8" || code == "F0A3" || code == "F06F") return "☐";
  return {};
}

class Body {
 public:
  explicit Body(Document& document) : document_(document) {}

  void read(const pugi::xml_node& node) {
    for (const pugi::xml_node& each : node.children()) {
      const std::string_view name = local_name(each);
      if (name == "tbl") {
        read_table(each);
      } else if (name == "p") {
        std::string words;
        append_paragraph(each, words);
        words = trimmed(words);
        ++paragraphs_;
        if (!words.empty() && document_.paragraphs.size() < Document::most_paragraphs)
          document_.paragraphs.push_back({words, paragraphs_, document_.tables.size(), 0});
      } else {
        read_wrapped(each, name, [&](const pugi::xml_node& inner) { read(inner); });
      }
    }
  }

 private:
  // Content controls, tracked insertions and the first of several alternatives hold what they wrap.
  template <class Read>
  static void read_wrapped(const pugi::xml_node& node, std::string_view name, const Read& read) {
    if (name == "sdt")
      read(child(node, "sdtContent"));
    else if (name == "AlternateContent")
      read(child(node, "Choice"));
    else if (name == "ins" || name == "moveTo" || name == "smartTag" || name == "customXml" ||
             name == "hyperlink" || name == "fldSimple")
      read(node);
  }

  void append_paragraph(const pugi::xml_node& node, std::string& out) {
    for (const pugi::xml_node& each : node.children()) {
      const std::string_view name = local_name(each);
      if (name == "r")
        append_run(each, out);
      else
        read_wrapped(each, name,
                     [&](const pugi::xml_node& inner) { append_paragraph(inner, out); });
    }
  }

  static void append_run(const pugi::xml_node& run, std::string& out) {
    for (const pugi::xml_node& each : run.children()) {
      const std::string_view name = local_name(each);
      if (name == "t") out += each.text().get();
      if (name == "tab") out += '\t';
      if (name == "br" || name == "cr") out += '\n';
      if (name == "noBreakHyphen") out += '-';
      if (name == "sym") out += symbol(attribute(each, "char"));
    }
  }

  // The words of a cell, and the tables inside it.
  void read_cell(const pugi::xml_node& node, std::string& out,
                 std::vector<pugi::xml_node>& inner_tables) {
    for (const pugi::xml_node& each : node.children()) {
      const std::string_view name = local_name(each);
      if (name == "p") {
        if (!out.empty()) out += '\n';
        append_paragraph(each, out);
      } else if (name == "tbl") {
        inner_tables.push_back(each);
      } else {
        read_wrapped(each, name,
                     [&](const pugi::xml_node& inner) { read_cell(inner, out, inner_tables); });
      }
    }
  }

  template <class Visit>
  static void each_of(const pugi::xml_node& node, std::string_view wanted, const Visit& visit) {
    for (const pugi::xml_node& each : node.children()) {
      const std::string_view name = local_name(each);
      if (name == wanted)
        visit(each);
      else
        read_wrapped(each, name,
                     [&](const pugi::xml_node& inner) { each_of(inner, wanted, visit); });
    }
  }

  void read_table(const pugi::xml_node& node) {
    if (document_.tables.size() >= most_tables) return;
    const std::size_t index = document_.tables.size();
    document_.tables.emplace_back(index + 1, std::string());
    std::vector<DocumentCell> cells;
    std::map<std::size_t, std::size_t> open;  // by column: the cell a vertical merge would continue
    std::vector<pugi::xml_node> inner_tables;
    std::size_t row = 0;
    each_of(node, "tr", [&](const pugi::xml_node& line) {
      ++row;
      const pugi::xml_node before = child(child(line, "trPr"), "gridBefore");
      std::size_t column = before ? 1 + read_span(child(line, "trPr"), "gridBefore") : 1;
      each_of(line, "tc", [&](const pugi::xml_node& square) {
        const pugi::xml_node properties = child(square, "tcPr");
        const std::size_t span = std::max<std::size_t>(read_span(properties, "gridSpan"), 1);
        const pugi::xml_node merge = child(properties, "vMerge");
        const auto above = open.find(column);
        if (merge && attribute(merge, "val") != "restart" && above != open.end()) {
          cells[above->second].rows = row - cells[above->second].row + 1;
          column += span;
          return;
        }
        DocumentCell cell;
        cell.row = row, cell.column = column, cell.columns = span;
        read_cell(square, cell.text, inner_tables);
        cell.text = trimmed(cell.text);
        if (merge)
          open[column] = cells.size();
        else
          open.erase(column);
        cells.push_back(std::move(cell));
        column += span;
      });
    });
    for (DocumentCell& cell : cells) document_.tables[index].put(std::move(cell));
    document_.tables[index].settle(document_.squares_left);
    for (const pugi::xml_node& inner : inner_tables) read_table(inner);
  }

  Document& document_;
  std::size_t paragraphs_ = 0;
};

}  // namespace

bool read_docx(const archive::Archive& parts, Document& document,
               std::vector<Diagnostic>& diagnostics) {
  const auto xml = parts.xml("word/document.xml", diagnostics);
  if (xml == nullptr) return false;
  Body(document).read(child(xml->document_element(), "body"));
  return true;
}

}  // namespace jixiao::forms
