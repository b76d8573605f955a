#include <algorithm>
#include <charconv>
#include <map>

#include "archive/xml.hpp"
#include "document/readers.hpp"

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

// Checkboxes are symbols of these fonts; the font Symbol has signs of its own at the same codes.
std::string_view symbol(std::string_view font, std::string_view code) {
  if (font == "Symbol") {
    if (code == "F0B3") return "≥";
    if (code == "F0A3") return "≤";
    if (code == "F0B9") return "≠";
    if (code == "F0B1") return "±";
    if (code == "F0B4") return "×";
  }
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
        here_ = {0, ++paragraphs_, 0};
        append_paragraph(each, words);
        here_ = {};
        words = trimmed(words);
        if (!words.empty() && document_.paragraphs.size() < Document::most_paragraphs)
          document_.paragraphs.push_back({words, paragraphs_, document_.tables.size(), 0});
      } else {
        read_wrapped(each, name, [&](const pugi::xml_node& inner) { read(inner); });
      }
    }
  }

 private:
  // Content controls, tracked insertions and the first of several alternatives hold what they wrap.
  // A control that still shows its prompt holds nothing.
  template <class Read>
  void read_wrapped(const pugi::xml_node& node, std::string_view name, const Read& read) {
    if (name == "sdt") {
      if (is_on(child(child(node, "sdtPr"), "showingPlcHdr")))
        unseen(words_of(child(node, "sdtContent")), Unseen::Why::prompt);
      else
        read(child(node, "sdtContent"));
    } else if (name == "AlternateContent") {
      read(child(node, "Choice"));
    } else if (name == "ins" || name == "moveTo" || name == "smartTag" || name == "customXml" ||
               name == "hyperlink" || name == "fldSimple" || name == "bdo" || name == "dir") {
      read(node);
    }
  }

  static bool is_on(const pugi::xml_node& property) {
    return property && attribute(property, "val") != "0" && attribute(property, "val") != "false" &&
           attribute(property, "val") != "off";
  }

  // Every word below a node.
  static std::string words_of(const pugi::xml_node& node) {
    std::string out;
    for (const pugi::xml_node& each : node.children()) {
      if (local_name(each) == "t")
        out += each.text().get();
      else
        out += words_of(each);
    }
    return out;
  }

  void unseen(const std::string& words, Unseen::Why why) {
    const std::string text = trimmed(words);
    if (!text.empty() && document_.unseen.size() < Table::most_cells)
      document_.unseen.push_back({here_, text, why});
  }

  void append_paragraph(const pugi::xml_node& node, std::string& out) {
    for (const pugi::xml_node& each : node.children()) {
      const std::string_view name = local_name(each);
      if (name == "r")
        append_run(each, out);
      else if (name == "oMath" || name == "oMathPara")
        append_equation(each, out);
      else if (name == "ruby")
        append_paragraph(child(each, "rubyBase"), out);
      else
        read_wrapped(each, name,
                     [&](const pugi::xml_node& inner) { append_paragraph(inner, out); });
    }
  }

  // The signs of an equation in a row: fractions with /, powers raised.
  static void append_equation(const pugi::xml_node& node, std::string& out) {
    for (const pugi::xml_node& each : node.children()) {
      const std::string_view name = local_name(each);
      if (name == "t") {
        out += each.text().get();
      } else if (name == "f") {
        append_equation(child(each, "num"), out);
        out += '/';
        append_equation(child(each, "den"), out);
      } else if (name == "sSup") {
        append_equation(child(each, "e"), out);
        std::string mark;
        std::string raised;
        append_equation(child(each, "sup"), raised);
        append_raised(raised, out, mark);
        if (!mark.empty()) out += "^" + mark;
      } else if (name != "rPr" && name != "ctrlPr") {
        append_equation(each, out);
      }
    }
  }

  void append_run(const pugi::xml_node& run, std::string& out) {
    const pugi::xml_node properties = child(run, "rPr");
    std::string words;
    for (const pugi::xml_node& each : run.children()) {
      const std::string_view name = local_name(each);
      if (name == "t") words += each.text().get();
      if (name == "tab") words += '\t';
      if (name == "br" || name == "cr") words += '\n';
      if (name == "noBreakHyphen") words += '-';
      if (name == "sym") words += symbol(attribute(each, "font"), attribute(each, "char"));
      if (name == "ruby") append_paragraph(child(each, "rubyBase"), words);
    }
    if (is_on(child(properties, "vanish")) || is_on(child(properties, "webHidden")))
      return unseen(words, Unseen::Why::hidden_text);
    if (is_on(child(properties, "strike")) || is_on(child(properties, "dstrike")))
      return unseen(words, Unseen::Why::struck);
    if (attribute(child(properties, "vertAlign"), "val") == "superscript") {
      std::string mark;
      append_raised(words, out, mark);
      return unseen(mark, Unseen::Why::note_mark);
    }
    out += words;
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
  void each_of(const pugi::xml_node& node, std::string_view wanted, const Visit& visit) {
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
        // Older programs merge across with marks instead of a span.
        const pugi::xml_node across = child(properties, "hMerge");
        if (across && attribute(across, "val") != "restart" && !cells.empty() &&
            cells.back().row == row && cells.back().column + cells.back().columns == column &&
            words_of(square).empty()) {
          cells.back().columns += span;
          column += span;
          return;
        }
        DocumentCell cell;
        cell.row = row, cell.column = column, cell.columns = span;
        here_ = {index + 1, row, column};
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
    here_ = {};
    for (DocumentCell& cell : cells) document_.tables[index].put(std::move(cell));
    document_.tables[index].settle(document_.squares_left);
    for (const pugi::xml_node& inner : inner_tables) read_table(inner);
  }

  Document& document_;
  std::size_t paragraphs_ = 0;
  FormPlace here_;  // of the words being read
};

}  // namespace

void append_raised(std::string_view words, std::string& seen, std::string& mark) {
  const std::string raised = trimmed(words);
  const bool power = raised == "2" || raised == "3";
  const bool behind_letter = !seen.empty() && ((seen.back() >= 'a' && seen.back() <= 'z') ||
                                               (seen.back() >= 'A' && seen.back() <= 'Z'));
  if (power && behind_letter)
    seen += raised == "2" ? "²" : "³";
  else
    mark += raised;
}

bool read_docx(const archive::Archive& parts, const std::string& main, Document& document,
               std::vector<Diagnostic>& diagnostics) {
  const auto xml = parts.xml(main, diagnostics);
  if (xml == nullptr) return false;
  Body(document).read(child(xml->document_element(), "body"));
  return true;
}

}  // namespace jixiao::forms
