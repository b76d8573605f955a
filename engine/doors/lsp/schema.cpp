#include "schema.hpp"

#include <string_view>

#include "jixiao/rules.hpp"

namespace jixiao::lsp {
namespace {

// `node` and what it refers to, and each of what it may be: a key is looked for in all of them.
void spread(const Json& root, const Json& node, std::vector<const Json*>& out, int depth = 0) {
  if (!node.is_object() || depth > 8) return;
  out.push_back(&node);
  if (const auto reference = node.find("$ref"); reference != node.end()) {
    const auto name = reference->get<std::string>();  // "#/definitions/type"
    if (name.starts_with("#")) {
      const Json::json_pointer pointer(name.substr(1));
      if (root.contains(pointer)) spread(root, root.at(pointer), out, depth + 1);
    }
  }
  for (const char* several : {"anyOf", "oneOf", "allOf"}) {
    if (!node.contains(several)) continue;
    for (const Json& one : node.at(several)) spread(root, one, out, depth + 1);
  }
}

// What the schema says of the value at `path`. Lists are passed through to what they hold.
std::vector<const Json*> nodes_at(const Json& root, const std::vector<std::string>& path) {
  std::vector<const Json*> here;
  spread(root, root, here);
  const auto through_lists = [&](std::vector<const Json*> nodes) {
    const std::size_t known = nodes.size();
    for (std::size_t i = 0; i < known; ++i) {
      if (nodes[i]->contains("items") && nodes[i]->at("items").is_object())
        spread(root, nodes[i]->at("items"), nodes);
    }
    return nodes;
  };
  for (const std::string& name : path) {
    std::vector<const Json*> next;
    for (const Json* node : through_lists(here)) {
      if (node->contains("properties") && node->at("properties").contains(name)) {
        spread(root, node->at("properties").at(name), next);
      } else if (node->contains("additionalProperties")) {
        spread(root, node->at("additionalProperties"), next);
      }
    }
    here = std::move(next);
  }
  return through_lists(std::move(here));
}

std::string description_of(const std::vector<const Json*>& nodes) {
  for (const Json* node : nodes) {
    if (const auto found = node->find("description"); found != node->end())
      return found->get<std::string>();
  }
  return {};
}

}  // namespace

Schemas::Schemas() {
  for (const BuiltInFile& file : built_in_files()) {
    constexpr std::string_view folder = "schema/", ending = ".schema.json";
    if (!file.path.starts_with(folder) || !file.path.ends_with(ending)) continue;
    const auto kind =
        file.path.substr(folder.size(), file.path.size() - folder.size() - ending.size());
    Json schema = Json::parse(file.text, nullptr, false);
    if (!schema.is_discarded()) by_kind_.emplace(kind, std::move(schema));
  }
}

std::vector<SchemaKey> Schemas::keys(const std::string& kind,
                                     const std::vector<std::string>& path) const {
  const auto schema = by_kind_.find(kind);
  if (schema == by_kind_.end()) return {};
  std::vector<SchemaKey> out;
  for (const Json* node : nodes_at(schema->second, path)) {
    if (!node->contains("properties")) continue;
    for (const auto& [name, value] : node->at("properties").items()) {
      std::vector<const Json*> nodes;
      spread(schema->second, value, nodes);
      SchemaKey key{name, description_of(nodes)};
      for (const Json* one : nodes) {
        const std::string type = one->value("type", Json()).is_string() ? one->value("type", "")
                                                                        : "";
        key.is_table |= type == "object";
        if (type == "array" && one->contains("items")) {
          std::vector<const Json*> held;
          spread(schema->second, one->at("items"), held);
          for (const Json* item : held) key.is_list |= item->contains("properties");
        }
      }
      out.push_back(std::move(key));
    }
  }
  return out;
}

std::string Schemas::description(const std::string& kind,
                                 const std::vector<std::string>& path) const {
  const auto schema = by_kind_.find(kind);
  return schema == by_kind_.end() ? "" : description_of(nodes_at(schema->second, path));
}

std::vector<std::string> Schemas::words(const std::string& kind,
                                        const std::vector<std::string>& path) const {
  const auto schema = by_kind_.find(kind);
  if (schema == by_kind_.end()) return {};
  std::vector<std::string> out;
  for (const Json* node : nodes_at(schema->second, path)) {
    if (node->contains("enum")) {
      for (const Json& word : node->at("enum")) out.push_back(word.dump());
    }
    if (node->contains("const")) out.push_back(node->at("const").dump());
    if (node->value("type", Json()) == "boolean") out.insert(out.end(), {"true", "false"});
  }
  return out;
}

}  // namespace jixiao::lsp
