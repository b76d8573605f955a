#include "text/toml.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "text/diagnostics.hpp"

// The one place that includes toml++: header-only, with Chinese bare keys, and without its asserts, which abort on [指标].
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_UNRELEASED_FEATURES 1
#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(condition) static_cast<void>(0)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wshadow"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

namespace jixiao::text {
namespace {

using SourcePointer = std::shared_ptr<const Source>;

Place place_of(const toml::source_region& region, const SourcePointer& source) {
  Place place{source, region.begin.line, region.begin.column, 0};
  if (region.end.line == region.begin.line && region.end.column > region.begin.column) place.length = region.end.column - region.begin.column;
  return place;
}

Node convert(const toml::node& node, const SourcePointer& source);

bool written_before(const Place& a, const Place& b) { return std::pair(a.line, a.column) < std::pair(b.line, b.column); }

Node convert_table(const toml::table& table, const SourcePointer& source) {
  Node out;
  out.kind = NodeKind::table;
  for (auto&& [key, value] : table) {
    Node::Entry entry{std::string(key.str()), place_of(key.source(), source), convert(value, source)};
    if (entry.value.kind == NodeKind::table && !value.as_table()->is_inline()) entry.value.place = entry.key_place;
    out.entries.push_back(std::move(entry));
  }
  // toml++ iterates by key; people read by place.
  std::stable_sort(out.entries.begin(), out.entries.end(), [](const auto& a, const auto& b) { return written_before(a.key_place, b.key_place); });
  return out;
}

Node convert(const toml::node& node, const SourcePointer& source) {
  Node out;
  if (const auto* table = node.as_table()) {
    out = convert_table(*table, source);
  } else if (const auto* array = node.as_array()) {
    out.kind = NodeKind::array;
    for (const toml::node& item : *array) out.items.push_back(convert(item, source));
  } else if (const auto* string = node.as_string()) {
    out.kind = NodeKind::string;
    out.string = string->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = NodeKind::integer;
    out.number = static_cast<double>(integer->get());
  } else if (const auto* number = node.as_floating_point()) {
    out.kind = NodeKind::number;
    out.number = number->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = NodeKind::boolean;
    out.boolean = boolean->get();
  } else if (const auto* date = node.as_date()) {
    out.kind = NodeKind::date;
    const toml::date d = date->get();
    char buffer[24];
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", int{d.year}, int{d.month}, int{d.day});
    out.string = buffer;
  } else {
    // Times and date-times have no use in these files: kept as written, to be refused where a value of a kind is expected.
    out.kind = NodeKind::date;
    const Place p = place_of(node.source(), source);
    out.string = std::string(source->line(p.line)).substr(0, 40);
  }
  out.place = place_of(node.source(), source);
  return out;
}

// toml++ names the position where it gave up, at times one past a line's end.
Place error_place(const toml::parse_error& error, const SourcePointer& source) {
  Place place{source, std::max<std::size_t>(1, error.source().begin.line), std::max<std::size_t>(1, error.source().begin.column), 1};
  place.line = std::min(place.line, source->line_count());
  place.column = std::min(place.column, character_count(source->line(place.line).substr(0, 4096)) + 1);
  return place;
}

}  // namespace

const Node::Entry* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

Text kind_name(NodeKind kind) {
  switch (kind) {
    case NodeKind::table: return {"表", "a table"};
    case NodeKind::array: return {"数组", "an array"};
    case NodeKind::string: return {"字符串", "a string"};
    case NodeKind::integer: return {"整数", "an integer"};
    case NodeKind::number: return {"数", "a number"};
    case NodeKind::boolean: return {"true/false", "true or false"};
    case NodeKind::date: return {"日期", "a date"};
  }
  return {};
}

std::unique_ptr<Node> parse_toml(const std::shared_ptr<const Source>& source, std::vector<Diagnostic>& diagnostics) {
  const toml::parse_result result = toml::parse(source->text(), std::string_view(source->name()));
  if (!result) {
    const toml::parse_error& error = result.error();
    const std::string reason(error.description());
    diagnostics.push_back(diagnose(Code::toml_syntax, error_place(error, source), {"不是合法的 TOML：" + reason, "this is not TOML: " + reason},
                                   {"公式请写在单引号中：points = 'A >= T ? W : W*A/T'", "write formulas in single quotes: points = 'A >= T ? W : W*A/T'"}));
    return nullptr;
  }
  auto root = std::make_unique<Node>(convert_table(result.table(), source));
  root->place = {source, 1, 1, 0};
  return root;
}

Place Located::place(std::size_t at, std::size_t length) const {
  std::size_t line_shift = 0;
  std::size_t column = start.column + at;
  // A multi-line string: count the line ends before `at`.
  const std::size_t bytes = prefix_bytes(text, at);
  const std::string_view before = std::string_view(text).substr(0, bytes);
  if (const std::size_t last = before.rfind('\n'); last != std::string_view::npos) {
    line_shift = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    column = 1 + character_count(before.substr(last + 1));
  }
  return {start.source, start.line + line_shift, column, length};
}

Located located(const Node& node) {
  Located out{node.string, node.place};
  if (!node.place.source) return out;
  const std::string_view rest = node.place.source->text().substr(node.place.source->offset(node.place.line, node.place.column));
  if (rest.starts_with("'''") || rest.starts_with("\"\"\"")) {
    out.start.column += 3;
    if (rest.substr(3).starts_with('\n')) ++out.start.line, out.start.column = 1;
  } else {
    out.start.column += 1;
  }
  out.start.length = 1;
  return out;
}

}  // namespace jixiao::text
