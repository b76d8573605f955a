#include <pugixml.hpp>

#include <map>
#include <sstream>

#include "archive/packing.hpp"
#include "filing/rendering.hpp"
#include "workbook/workbook.hpp"

namespace jixiao::filing {
namespace {

constexpr const char* name_space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
// Twentieths of a point: A4, and what the margins leave of it.
constexpr int page_short = 11906, page_long = 16838, margin = 850;

pugi::xml_node element(pugi::xml_node parent, const char* name,
                       std::initializer_list<std::pair<const char*, std::string>> attributes = {}) {
  pugi::xml_node node = parent.append_child(name);
  for (const auto& [key, text] : attributes) node.append_attribute(key).set_value(text.c_str());
  return node;
}

struct Letters {
  bool bold = false;
  bool italic = false;
  int half_points = 18;
  const char* colour = nullptr;
};

Letters letters_of(const GridCell& cell) {
  Letters out;
  switch (cell.role) {
    case Role::title: out.bold = true, out.half_points = 36; break;
    case Role::subtitle: out.half_points = 24; break;
    case Role::banner: out.bold = true, out.half_points = 20, out.colour = "8A5A00"; break;
    case Role::heading:
    case Role::sum: out.bold = true; break;
    case Role::note: out.half_points = 16, out.colour = "5B6673"; break;
    default: break;
  }
  if (cell.draft) out.italic = true, out.colour = "8A5A00";
  return out;
}

const char* alignment_of(Role role) {
  switch (role) {
    case Role::text:
    case Role::note: return "left";
    case Role::number: return "right";
    default: return "center";
  }
}

void run(pugi::xml_node paragraph, const std::string& words, const Letters& letters) {
  pugi::xml_node run = element(paragraph, "w:r");
  pugi::xml_node properties = element(run, "w:rPr");
  element(properties, "w:rFonts",
          {{"w:ascii", "Times New Roman"}, {"w:hAnsi", "Times New Roman"}, {"w:eastAsia", "宋体"}});
  if (letters.bold) element(properties, "w:b");
  if (letters.italic) element(properties, "w:i");
  if (letters.colour != nullptr) element(properties, "w:color", {{"w:val", letters.colour}});
  element(properties, "w:sz", {{"w:val", std::to_string(letters.half_points)}});
  element(run, "w:t", {{"xml:space", "preserve"}}).text().set(words.c_str());
}

// One paragraph a line of the cell's text.
void paragraphs(pugi::xml_node parent, const GridCell& cell) {
  const std::string text = workbook::clean(cell.text);
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    pugi::xml_node paragraph = element(parent, "w:p");
    pugi::xml_node properties = element(paragraph, "w:pPr");
    element(properties, "w:spacing", {{"w:before", "20"}, {"w:after", "20"}});
    element(properties, "w:jc", {{"w:val", alignment_of(cell.role)}});
    if (end > at) run(paragraph, text.substr(at, end - at), letters_of(cell));
    at = end + 1;
  }
}

const char* fill_of(const GridCell& cell) {
  if (cell.draft) return "FFF9E8";
  if (cell.role == Role::heading) return "EEF1F5";
  return nullptr;
}

bool is_outside(Role role) {
  return role == Role::title || role == Role::subtitle || role == Role::banner ||
         role == Role::note;
}

class TableWriter {
 public:
  TableWriter(const Grid& grid, int width) : grid_(grid) {
    double whole = 0;
    for (const double each : grid.widths) whole += each;
    for (const double each : grid.widths) widths_.push_back(static_cast<int>(each / whole * width));
    for (const GridCell& cell : grid.cells) {
      for (std::size_t r = 0; r < cell.rows; ++r) rows_[cell.row + r][cell.column] = &cell;
    }
  }

  // Titles and notes are paragraphs; a row left out ends a table.
  void write(pugi::xml_node body) {
    pugi::xml_node table;
    std::size_t before = 0;
    for (const auto& [number, cells] : rows_) {
      if (table && number > before + 1) {
        element(body, "w:p");
        table = {};
      }
      before = number;
      const GridCell& first = *cells.begin()->second;
      if (is_outside(first.role)) {
        paragraphs(body, first);
        table = {};
        continue;
      }
      if (!table) table = begin(body);
      row(table, number, cells);
    }
  }

 private:
  pugi::xml_node begin(pugi::xml_node body) {
    pugi::xml_node table = element(body, "w:tbl");
    pugi::xml_node properties = element(table, "w:tblPr");
    int whole = 0;
    for (const int each : widths_) whole += each;
    element(properties, "w:tblW", {{"w:w", std::to_string(whole)}, {"w:type", "dxa"}});
    element(properties, "w:jc", {{"w:val", "center"}});
    pugi::xml_node borders = element(properties, "w:tblBorders");
    for (const char* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"})
      element(borders, side,
              {{"w:val", "single"}, {"w:sz", "4"}, {"w:space", "0"}, {"w:color", "555555"}});
    element(properties, "w:tblLayout", {{"w:type", "fixed"}});
    pugi::xml_node margins = element(properties, "w:tblCellMar");
    element(margins, "w:left", {{"w:w", "70"}, {"w:type", "dxa"}});
    element(margins, "w:right", {{"w:w", "70"}, {"w:type", "dxa"}});
    pugi::xml_node columns = element(table, "w:tblGrid");
    for (const int each : widths_) element(columns, "w:gridCol", {{"w:w", std::to_string(each)}});
    return table;
  }

  void row(pugi::xml_node table, std::size_t number,
           const std::map<std::size_t, const GridCell*>& cells) {
    pugi::xml_node row = element(table, "w:tr");
    pugi::xml_node properties = element(row, "w:trPr");
    element(properties, "w:cantSplit");
    if (number <= grid_.repeated_rows) element(properties, "w:tblHeader");
    for (const auto& [column, cell] : cells) {
      pugi::xml_node to = element(row, "w:tc");
      pugi::xml_node about = element(to, "w:tcPr");
      int width = 0;
      for (std::size_t c = column; c < column + cell->columns; ++c) width += widths_[c - 1];
      element(about, "w:tcW", {{"w:w", std::to_string(width)}, {"w:type", "dxa"}});
      if (cell->columns > 1)
        element(about, "w:gridSpan", {{"w:val", std::to_string(cell->columns)}});
      const bool first = cell->row == number;
      if (cell->rows > 1 && first) element(about, "w:vMerge", {{"w:val", "restart"}});
      if (!first) element(about, "w:vMerge");
      if (const char* fill = fill_of(*cell))
        element(about, "w:shd", {{"w:val", "clear"}, {"w:color", "auto"}, {"w:fill", fill}});
      element(about, "w:vAlign", {{"w:val", "center"}});
      if (first)
        paragraphs(to, *cell);
      else
        element(to, "w:p");
    }
  }

  const Grid& grid_;
  std::vector<int> widths_;
  std::map<std::size_t, std::map<std::size_t, const GridCell*>> rows_;
};

void page_size(pugi::xml_node section, bool landscape) {
  const std::string width = std::to_string(landscape ? page_long : page_short);
  const std::string height = std::to_string(landscape ? page_short : page_long);
  pugi::xml_node size = element(section, "w:pgSz", {{"w:w", width}, {"w:h", height}});
  if (landscape) size.append_attribute("w:orient").set_value("landscape");
  const std::string edge = std::to_string(margin);
  element(section, "w:pgMar",
          {{"w:top", edge},
           {"w:right", edge},
           {"w:bottom", edge},
           {"w:left", edge},
           {"w:header", "400"},
           {"w:footer", "400"},
           {"w:gutter", "0"}});
}

std::string written(const pugi::xml_document& document) {
  std::ostringstream out;
  document.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + out.str();
}

std::string document_xml(std::span<const DocxPage> pages) {
  pugi::xml_document document;
  pugi::xml_node root = element(document, "w:document", {{"xmlns:w", name_space}});
  pugi::xml_node body = element(root, "w:body");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const int across = (pages[i].landscape ? page_long : page_short) - 2 * margin;
    TableWriter(pages[i].grid, across).write(body);
    // A table must not be the last thing on a page.
    if (std::string_view(body.last_child().name()) == "w:tbl")
      element(element(element(body, "w:p"), "w:pPr"), "w:spacing", {{"w:after", "0"}});
    // The last section's page stands at the end of the body, the others' in their last paragraph.
    pugi::xml_node holder = body;
    if (i + 1 < pages.size()) holder = element(element(body, "w:p"), "w:pPr");
    page_size(element(holder, "w:sectPr"), pages[i].landscape);
  }
  return written(document);
}

std::string properties_xml(const std::string& title) {
  pugi::xml_document document;
  pugi::xml_node root = element(
      document, "cp:coreProperties",
      {{"xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"},
       {"xmlns:dc", "http://purl.org/dc/elements/1.1/"}});
  element(root, "dc:title").text().set(workbook::clean(title).c_str());
  element(root, "dc:creator").text().set("jixiao");
  return written(document);
}

constexpr const char* declaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

}  // namespace

std::optional<std::string> to_docx(std::span<const DocxPage> pages, const std::string& title,
                                   const std::string& file, std::vector<Diagnostic>& diagnostics) {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const std::string package = "http://schemas.openxmlformats.org/package/2006/";
  const archive::Parts parts{
      {"[Content_Types].xml",
       declaration + ("<Types xmlns=\"" + package + "content-types\">") +
           "<Default Extension=\"rels\" "
           "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
           "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
           "<Override PartName=\"/word/document.xml\" "
           "ContentType=\"application/"
           "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
           "<Override PartName=\"/docProps/core.xml\" "
           "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"},
      {"_rels/.rels", declaration + ("<Relationships xmlns=\"" + package + "relationships\">") +
                          "<Relationship Id=\"rId1\" Type=\"" + office +
                          "officeDocument\" Target=\"word/document.xml\"/>" +
                          "<Relationship Id=\"rId2\" Type=\"" + package +
                          "relationships/metadata/core-properties\" "
                          "Target=\"docProps/core.xml\"/></Relationships>"},
      {"word/document.xml", document_xml(pages)},
      {"docProps/core.xml", properties_xml(title)},
  };
  return archive::pack(parts, file, diagnostics);
}

}  // namespace jixiao::filing
