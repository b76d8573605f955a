#include "text/table_reader.hpp"

#include <algorithm>
#include <cmath>

#include "text/suggestion.hpp"

namespace jixiao::text {
namespace {

// Tables are called what the author wrote, "[[method]]"; a whole file has a name for each language.
Text name_of(const std::string& what) {
  if (what == "rule set") return {"规则集", "the rule set"};
  if (what == "project") return {"项目", "the project"};
  if (what == "results") return {"结果", "the results"};
  if (what == "calendar") return {"日历", "the calendar"};
  return {what, what};
}

// The slip nearly everybody makes once.
Text quotes_help(NodeKind expected, NodeKind found) {
  const bool number = expected == NodeKind::integer || expected == NodeKind::number;
  if (found == NodeKind::string && (number || expected == NodeKind::boolean))
    return {"去掉引号", "write it without quotes"};
  if (expected == NodeKind::string && (found == NodeKind::integer || found == NodeKind::number ||
                                       found == NodeKind::boolean || found == NodeKind::date))
    return {"加上引号", "put it in quotes"};
  return {};
}

Text any_of(std::initializer_list<NodeKind> kinds) {
  Text out;
  for (const NodeKind kind : kinds) {
    if (kind == NodeKind::integer && kinds.size() > 1) continue;  // "a number" says it
    const Text name = kind_name(kind);
    out.zh += (out.zh.empty() ? "" : "或") + name.zh;
    out.en += (out.en.empty() ? "" : " or ") + name.en;
  }
  return out;
}

}  // namespace

TableReader::TableReader(const Node& table, std::string what, std::vector<Diagnostic>& diagnostics)
    : table_(table), what_(std::move(what)), diagnostics_(diagnostics) {}

const Node* TableReader::ask(std::string_view key, std::initializer_list<NodeKind> kinds) {
  known_.emplace(key);
  const Node::Entry* entry = table_.find(key);
  if (entry == nullptr) return nullptr;
  if (std::find(kinds.begin(), kinds.end(), entry->value.kind) != kinds.end()) return &entry->value;
  const Text expected = any_of(kinds);
  const Text found = kind_name(entry->value.kind);
  report(Code::value_type, entry->value.place,
         {"'" + std::string(key) + "' 应为" + expected.zh + "，这里是" + found.zh,
          "'" + std::string(key) + "' should be " + expected.en + ", this is " + found.en},
         quotes_help(*kinds.begin(), entry->value.kind));
  return nullptr;
}

std::optional<std::string> TableReader::string(std::string_view key) {
  const Node* node = ask(key, {NodeKind::string});
  return node != nullptr ? std::optional(node->string) : std::nullopt;
}

std::optional<Located> TableReader::formula(std::string_view key) {
  const Node* node = ask(key, {NodeKind::string});
  return node != nullptr ? std::optional(located(*node)) : std::nullopt;
}

std::optional<double> TableReader::number(std::string_view key) {
  const Node* node = ask(key, {NodeKind::integer, NodeKind::number});
  if (node == nullptr) return std::nullopt;
  if (!std::isfinite(node->number)) {
    report(Code::value_number, node->place,
           {"'" + std::string(key) + "' 必须是有限的数",
            "'" + std::string(key) + "' must be a finite number"});
    return std::nullopt;
  }
  return node->number;
}

std::optional<long> TableReader::integer(std::string_view key, long lowest, long highest) {
  const Node* node = ask(key, {NodeKind::integer});
  if (node == nullptr) return std::nullopt;
  if (node->number < static_cast<double>(lowest) || node->number > static_cast<double>(highest)) {
    const std::string range = std::to_string(lowest) + ".." + std::to_string(highest);
    report(Code::value_number, node->place,
           {"'" + std::string(key) + "' 应在 " + range + " 之内",
            "'" + std::string(key) + "' should be within " + range});
    return std::nullopt;
  }
  return static_cast<long>(node->number);
}

std::optional<bool> TableReader::boolean(std::string_view key) {
  const Node* node = ask(key, {NodeKind::boolean});
  return node != nullptr ? std::optional(node->boolean) : std::nullopt;
}

std::optional<Text> TableReader::text(std::string_view key) {
  const Node* node = ask(key, {NodeKind::string, NodeKind::table});
  if (node == nullptr) return std::nullopt;
  if (node->kind == NodeKind::string) return Text{node->string, node->string};
  TableReader inner(*node, what_ + "." + std::string(key), diagnostics_);
  Text out{inner.string("zh").value_or(""), inner.string("en").value_or("")};
  inner.finish();
  return out;
}

const Node* TableReader::node(std::string_view key) {
  known_.emplace(key);
  const Node::Entry* entry = table_.find(key);
  return entry != nullptr ? &entry->value : nullptr;
}

const Node* TableReader::table(std::string_view key) { return ask(key, {NodeKind::table}); }

std::vector<const Node*> TableReader::tables(std::string_view key) {
  std::vector<const Node*> out;
  const Node* node = ask(key, {NodeKind::array, NodeKind::table});
  if (node == nullptr) return out;
  if (node->kind == NodeKind::table) return {node};
  for (const Node& item : node->items) {
    if (item.kind == NodeKind::table) {
      out.push_back(&item);
      continue;
    }
    const Text found = kind_name(item.kind);
    report(Code::value_type, item.place,
           {"'" + std::string(key) + "' 的每一项应为表，这里是" + found.zh,
            "every item of '" + std::string(key) + "' should be a table, this is " + found.en});
  }
  return out;
}

std::vector<std::string> TableReader::strings(std::string_view key) {
  std::vector<std::string> out;
  const Node* node = ask(key, {NodeKind::string, NodeKind::array});
  if (node == nullptr) return out;
  if (node->kind == NodeKind::string) return {node->string};
  for (const Node& item : node->items) {
    if (item.kind == NodeKind::string) {
      out.push_back(item.string);
      continue;
    }
    const Text found = kind_name(item.kind);
    report(Code::value_type, item.place,
           {"'" + std::string(key) + "' 的每一项应为字符串，这里是" + found.zh,
            "every item of '" + std::string(key) + "' should be a string, this is " + found.en});
  }
  return out;
}

std::optional<std::size_t> TableReader::choice(std::string_view key,
                                               std::initializer_list<std::string_view> words) {
  const Node* node = ask(key, {NodeKind::string});
  if (node == nullptr) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), node->string);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::vector<std::string> known(words.begin(), words.end());
  report(Code::value_choice, node->place,
         {"'" + std::string(key) + "' 不能是 '" + node->string + "'",
          "'" + std::string(key) + "' cannot be '" + node->string + "'"},
         suggestion(node->string, known));
  return std::nullopt;
}

std::string TableReader::required_string(std::string_view key) {
  require(key);
  return string(key).value_or("");
}

std::optional<Located> TableReader::required_formula(std::string_view key) {
  require(key);
  return formula(key);
}

const Place& TableReader::place(std::string_view key) const {
  const Node::Entry* entry = table_.find(key);
  return entry != nullptr ? entry->value.place : table_.place;
}

void TableReader::report(Code code, const Place& at, Text message, Text help) {
  diagnostics_.push_back(diagnose(code, at, std::move(message), std::move(help)));
}

void TableReader::require(std::string_view key) {
  known_.emplace(key);
  if (has(key)) return;
  report(Code::key_missing, table_.place,
         {name_of(what_).zh + " 缺少 '" + std::string(key) + "'",
          name_of(what_).en + " lacks '" + std::string(key) + "'"},
         {"加上 " + std::string(key) + " = …", "add " + std::string(key) + " = …"});
}

std::vector<const Node::Entry*> TableReader::rest() {
  std::vector<const Node::Entry*> out;
  for (const Node::Entry& entry : table_.entries) {
    if (known_.contains(entry.key)) continue;
    out.push_back(&entry);
  }
  for (const Node::Entry* entry : out) known_.emplace(entry->key);
  return out;
}

void TableReader::finish() {
  const std::vector<std::string> known(known_.begin(), known_.end());
  for (const Node::Entry& entry : table_.entries) {
    if (known_.contains(entry.key)) continue;
    report(Code::key_unknown, entry.key_place,
           {name_of(what_).zh + " 中没有 '" + entry.key + "' 这个键",
            name_of(what_).en + " has no key '" + entry.key + "'"},
           suggestion(entry.key, known));
  }
}

}  // namespace jixiao::text
