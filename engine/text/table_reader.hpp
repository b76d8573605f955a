// Reading a TOML table key by key: whatever was not asked for is an unknown key.
#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/diagnostics.hpp"
#include "text/toml.hpp"

namespace jixiao::text {

class TableReader {
 public:
  // Both must outlive the reader. `what` names the table in messages: "[[method]]".
  TableReader(const Node& table, std::string what, std::vector<Diagnostic>& diagnostics);
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;

  // Each asks for one key. Absent: nothing. Of another kind: a value.type diagnostic and nothing.
  std::optional<std::string> string(std::string_view key);
  std::optional<Located> formula(std::string_view key);
  std::optional<double> number(std::string_view key);  // finite
  std::optional<long> integer(std::string_view key, long lowest, long highest);
  std::optional<bool> boolean(std::string_view key);
  std::optional<Text> text(std::string_view key);  // "..." for both languages, or { zh = "...", en
                                                   // = "..." }
  const Node* node(std::string_view key);          // of any kind
  const Node* table(std::string_view key);
  std::vector<const Node*> tables(std::string_view key);   // [[key]] or an array of inline tables
  std::vector<std::string> strings(std::string_view key);  // an array of strings, or one string
  // One of the listed words; anything else is value.choice with a suggestion. The index of the
  // word.
  std::optional<std::size_t> choice(std::string_view key,
                                    std::initializer_list<std::string_view> words);

  // The same, but absence is key.missing.
  std::string required_string(std::string_view key);
  std::optional<Located> required_formula(std::string_view key);

  [[nodiscard]] bool has(std::string_view key) const { return table_.find(key) != nullptr; }
  [[nodiscard]] const Place& place() const { return table_.place; }
  // Place of the value at `key`, or of the table when it is absent.
  [[nodiscard]] const Place& place(std::string_view key) const;
  void report(Code code, const Place& at, Text message, Text help = {});
  void require(std::string_view key);
  // Marks a key as known without reading it.
  void allow(std::string_view key) { known_.emplace(key); }
  // Keys and values of this table that nothing has asked for yet: for tables whose keys are the
  // author's names.
  std::vector<const Node::Entry*> rest();
  // Reports every key that nothing asked for, with the nearest known one. Call once, last.
  void finish();

 private:
  const Node* ask(std::string_view key, std::initializer_list<NodeKind> kinds);

  const Node& table_;
  std::string what_;
  std::vector<Diagnostic>& diagnostics_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace jixiao::text
