#include "project/read_words.hpp"

#include <string>

#include "text/diagnostics.hpp"

namespace jixiao::project {

std::vector<Word> read_words(text::TableReader& reader, std::string_view key,
                             std::vector<Diagnostic>& diagnostics) {
  std::vector<Word> out;
  const text::Node* node = reader.node(key);
  if (node == nullptr) return out;
  const bool list = node->kind == text::NodeKind::array;
  for (const text::Node& item : list ? node->items : std::vector<text::Node>{*node}) {
    if (item.kind == text::NodeKind::string) {
      out.push_back({item.string, item.place});
      continue;
    }
    const Text found = text::kind_name(item.kind);
    diagnostics.push_back(text::diagnose(
        text::Code::value_type, item.place,
        {"'" + std::string(key) + "' 应为文字或文字列表，这里是" + found.zh,
         "'" + std::string(key) + "' should be a word or a list of words, this is " + found.en}));
  }
  return out;
}

}  // namespace jixiao::project
