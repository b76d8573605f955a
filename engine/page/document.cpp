#include "page/document.hpp"

#include <algorithm>

#include "page/html_page.hpp"
#include "page/page_name.hpp"
#include "page/table.hpp"
#include "text/source.hpp"

namespace jixiao::page {
namespace {

using Kind = Document::Part::Kind;

std::string grid_text(const Grid& grid, std::size_t width, const TerminalStyle& terminal) {
  std::vector<Column> columns;
  for (const Grid::Head& head : grid.columns)
    columns.push_back({head.title, head.bar      ? Align::bar
                                   : head.number ? Align::decimal
                                                 : Align::left});
  Table table(std::move(columns));
  for (const auto& row : grid.rows) {
    std::vector<Cell> cells;
    for (std::size_t c = 0; c < row.size(); ++c)
      cells.push_back({row[c], grid.columns[c].code && c > 0 ? Color::cyan : Color::none});
    table.row(std::move(cells));
  }
  return table.text(width, terminal, 2);
}

std::string paragraph_text(const std::string& text, std::size_t width,
                           const TerminalStyle& terminal, Color color) {
  std::string out;
  for (const std::string& piece : wrapped(text, width)) out += terminal(piece, color) + '\n';
  return out;
}

std::string grid_markdown(const Grid& grid) {
  std::string out = "|";
  for (const auto& head : grid.columns) out += " " + markdown_escaped(head.title) + " |";
  out += "\n|";
  for (const auto& head : grid.columns) out += head.number ? " ---: |" : " --- |";
  out += '\n';
  for (const auto& row : grid.rows) {
    out += "|";
    for (std::size_t c = 0; c < row.size(); ++c) {
      std::string cell = grid.columns[c].code ? markdown_code(row[c]) : markdown_escaped(row[c]);
      if (grid.columns[c].code) {  // inside a table even code must not hold a bare bar
        for (std::size_t at = 0; (at = cell.find('|', at)) != std::string::npos; at += 2)
          cell.insert(at, "\\");
      }
      out += " " + cell + " |";
    }
    out += '\n';
  }
  return out + '\n';
}

std::string grid_html(const Grid& grid) {
  constexpr std::size_t wide = 10;  // columns that only fit closer together
  std::string out = grid.columns.size() < wide
                        ? "<div class=\"scroll\"><table><thead><tr>"
                        : "<div class=\"scroll\"><table class=\"wide\"><thead><tr>";
  for (const auto& head : grid.columns)
    out += std::string("<th") + (head.number ? " class=\"n\"" : "") + ">" +
           html_escaped(head.title) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (const auto& row : grid.rows) {
    out += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string cell = html_escaped(row[c]);
      out += grid.columns[c].number ? "<td class=\"n\">" : "<td>";
      out += grid.columns[c].code && !cell.empty() ? "<code>" + cell + "</code>" : cell;
      out += "</td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string facts_html(const std::vector<Fact>& facts) {
  std::string out = "<dl>\n";
  for (const Fact& fact : facts) {
    // A citation ends in its address.
    const std::size_t address = fact.text.rfind(" http");
    const std::string text =
        fact.kind == FactKind::place ? html_escaped(page_name(fact.text))
        : address == std::string::npos || fact.kind == FactKind::code
            ? html_escaped(fact.text)
            : html_escaped(fact.text.substr(0, address + 1)) +
                  html_link(fact.text.substr(address + 1), fact.text.substr(address + 1));
    out += "<dt>" + html_escaped(fact.label) + "</dt><dd" +
           (fact.kind == FactKind::loss ? " class=\"loss\">" : ">");
    out += (fact.kind == FactKind::code ? "<code>" + text + "</code>" : text) + "</dd>\n";
  }
  return out + "</dl>\n";
}

}  // namespace

void Document::grid(Grid grid) {
  for (std::size_t c = grid.columns.size(); c-- > 0;) {
    if (std::any_of(grid.rows.begin(), grid.rows.end(),
                    [&](const auto& row) { return !row[c].empty(); }))
      continue;
    const auto at = static_cast<std::ptrdiff_t>(c);
    grid.columns.erase(grid.columns.begin() + at);
    for (auto& row : grid.rows) row.erase(row.begin() + at);
  }
  if (!grid.columns.empty()) parts.push_back({Part::Kind::grid, 0, {}, {}, std::move(grid)});
}

std::string markdown_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == '\t') {
      out += ' ';
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      if (std::string_view("\\`*_[]|#~>").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  if (text.empty()) return "";
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const std::string space = longest > 0 ? " " : "";
  return fence + space + one_line(text) + space + fence;
}

std::string facts_text(const std::vector<Fact>& facts, const Style& style) {
  const TerminalStyle terminal(style.colour);
  const std::size_t width = std::max<std::size_t>(style.width, 40);
  std::size_t widest = 0;
  for (const Fact& fact : facts) widest = std::max(widest, text::display_width(fact.label));
  const std::size_t label_width = std::min(widest, width * 2 / 5);  // longer labels are wrapped
  const std::size_t indent = label_width + 4;
  std::string out;
  for (const Fact& fact : facts) {
    const Color color = fact.kind == FactKind::code   ? Color::cyan
                        : fact.kind == FactKind::loss ? Color::red
                                                      : Color::none;
    const auto labels = wrapped(fact.label, label_width);
    const auto pieces = wrapped(fact.text, width - indent);
    for (std::size_t i = 0; i < std::max(labels.size(), pieces.size()); ++i) {
      const std::string label = padded(i < labels.size() ? labels[i] : "", label_width);
      out += "  " + terminal(label, Color::dim);
      if (i < pieces.size()) out += "  " + terminal(pieces[i], color);
      out += '\n';
    }
  }
  return out;
}

std::string document_text(const Document& document, const Style& style) {
  const TerminalStyle terminal(style.colour);
  const std::size_t width = std::max<std::size_t>(style.width, 40);
  std::string out = paragraph_text(document.title, width, terminal, Color::bold);
  for (const Document::Part& part : document.parts) {
    switch (part.kind) {
      case Kind::heading:
        out += '\n' + paragraph_text(part.text, width, terminal, Color::bold);
        break;
      case Kind::paragraph: out += paragraph_text(part.text, width, terminal, Color::none); break;
      case Kind::banner:
        out += paragraph_text("▲ " + part.text, width, terminal, Color::banner);
        break;
      case Kind::facts: out += facts_text(part.facts, style); break;
      case Kind::grid: out += grid_text(part.grid, width, terminal); break;
    }
  }
  return out;
}

std::string document_markdown(const Document& document) {
  std::string out = "# " + markdown_escaped(document.title) + "\n\n";
  for (const Document::Part& part : document.parts) {
    switch (part.kind) {
      case Kind::heading:
        out += std::string(static_cast<std::size_t>(part.level), '#') + " " +
               markdown_escaped(part.text) + "\n\n";
        break;
      case Kind::paragraph: out += markdown_escaped(part.text) + "\n\n"; break;
      case Kind::banner: out += "> **" + markdown_escaped(part.text) + "**\n\n"; break;
      case Kind::facts:
        for (const Fact& fact : part.facts) {
          out += "- **" + markdown_escaped(fact.label) + "** " +
                 (fact.kind == FactKind::code    ? markdown_code(fact.text)
                  : fact.kind == FactKind::place ? markdown_escaped(page_name(fact.text))
                                                 : markdown_escaped(fact.text)) +
                 '\n';
        }
        out += '\n';
        break;
      case Kind::grid: out += grid_markdown(part.grid); break;
    }
  }
  out.pop_back();
  return out;
}

std::string part_html(const Document::Part& part) {
  const std::string level = std::to_string(part.level);
  switch (part.kind) {
    case Kind::heading: return "<h" + level + ">" + html_escaped(part.text) + "</h" + level + ">\n";
    case Kind::paragraph: return "<p>" + html_escaped(part.text) + "</p>\n";
    case Kind::banner: return "<p class=\"banner\">" + html_escaped(part.text) + "</p>\n";
    case Kind::facts: return facts_html(part.facts);
    case Kind::grid: return grid_html(part.grid);
  }
  return {};
}

std::string document_html(const Document& document, Language language) {
  std::string body = "<header><h1>" + html_escaped(document.title) + "</h1></header>\n";
  for (const Document::Part& part : document.parts) body += part_html(part);
  return html_page(document.title, language, body);
}

}  // namespace jixiao::page
