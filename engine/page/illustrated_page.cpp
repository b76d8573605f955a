#include "page/illustrated_page.hpp"

#include "page/html_page.hpp"
#include "page/table.hpp"

namespace jixiao::page {

std::string Illustrations::of(const std::string& heading) const {
  std::string out;
  for (const auto& [under, chart] : charts_) out += under == heading ? chart : std::string();
  return out;
}

std::string tiles(const std::vector<std::pair<std::string, std::string>>& tiles) {
  std::string out = "<div class=\"tiles\">";
  for (const auto& [label, number] : tiles)
    out += "<div><span>" + html_escaped(label) + "</span><b>" + html_escaped(number) + "</b></div>";
  return out + "</div>\n";
}

std::string illustrated_page(const Document& document, const std::string& before,
                             const Illustrations& charts, Language language) {
  std::string body = "<header><h1>" + html_escaped(document.title) + "</h1></header>\n" + before;
  for (const Document::Part& part : document.parts) {
    body += part_html(part);
    if (part.kind == Document::Part::Kind::heading) body += charts.of(part.text);
  }
  return html_page(one_line(document.title), language, body);
}

}  // namespace jixiao::page
