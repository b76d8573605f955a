// What the JSON Schemas inside the program say of keys and words of a TOML file.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace jixiao::lsp {

using Json = nlohmann::json;

struct SchemaKey {
  std::string name;
  std::string description;
  bool is_table = false;  // of an object or a list of objects: "[name]"
  bool is_list = false;   // of objects: "[[name]]"
};

class Schemas {
 public:
  Schemas();
  // Keys of the table at `path` ({} is the top) in a file of `kind`.
  [[nodiscard]] std::vector<SchemaKey> keys(const std::string& kind,
                                            const std::vector<std::string>& path) const;
  // The description of one key of a table; empty when nothing is known of it.
  [[nodiscard]] std::string description(const std::string& kind,
                                        const std::vector<std::string>& path) const;
  // Words a value may be, with quotes where it is text.
  [[nodiscard]] std::vector<std::string> words(const std::string& kind,
                                               const std::vector<std::string>& path) const;

 private:
  std::map<std::string, Json> by_kind_;
};

}  // namespace jixiao::lsp
