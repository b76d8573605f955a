#include "archive/xml.hpp"

#include <string>

namespace jixiao::archive {
namespace {

constexpr std::size_t deepest = 256;
constexpr std::size_t most_elements = 2000000;

bool is_valid_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || at + length > bytes.size()) return false;
    char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(bytes[at + i]);
      if ((next & 0xC0U) != 0x80U) return false;
      point = (point << 6U) | (next & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
      return false;
    at += length;
  }
  return true;
}

// Behind the '>' that ends the tag beginning at `at`; npos when there is none.
std::size_t tag_end(std::string_view xml, std::size_t at) {
  char quote = '\0';
  for (; at < xml.size(); ++at) {
    const char c = xml[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<Text> refuse_xml(std::string_view xml) {
  if (!is_valid_utf8(xml)) return Text{"XML 不是 UTF-8 编码", "its XML is not UTF-8"};
  std::size_t depth = 0, elements = 0;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    const std::string_view rest = xml.substr(at);
    if (rest.starts_with("<!--")) {
      at = xml.find("-->", at + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at = xml.find("]]>", at + 9);
    } else if (rest.starts_with("<?")) {
      at = xml.find("?>", at + 2);
    } else if (rest.starts_with("<!")) {
      return Text{"XML 中有 DTD（文档类型声明），办公文档里不该有",
                  "its XML declares a document type, which office documents never do"};
    } else {
      const std::size_t end = tag_end(xml, at);
      if (end == std::string_view::npos) break;  // the parser says it better
      const bool closing = rest.starts_with("</");
      if (!closing && ++elements > most_elements)
        return Text{
            "XML 中有 " + std::to_string(most_elements) + " 个以上的元素，表格文件不会有这么多",
            "its XML has more than " + std::to_string(most_elements) +
                " elements; no form has that many"};
      if (closing) {
        if (depth > 0) --depth;
      } else if (xml[end - 2] != '/' && ++depth > deepest) {
        return Text{"XML 嵌套超过 " + std::to_string(deepest) + " 层",
                    "its XML is more than " + std::to_string(deepest) + " levels deep"};
      }
      at = end;
    }
  }
  return std::nullopt;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& each : node.children()) {
    if (local_name(each) == name) return each;
  }
  return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& each : node.attributes()) {
    std::string_view found = each.name();
    if (const std::size_t colon = found.find(':'); colon != std::string_view::npos)
      found.remove_prefix(colon + 1);
    if (found == name) return each.value();
  }
  return {};
}

}  // namespace jixiao::archive
