#include "ruleset/lineage.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "system/fingerprint.hpp"
#include "text/built_in.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::ruleset {
namespace {

namespace fs = std::filesystem;
using text::Code;
using text::Node;
using text::NodeKind;

constexpr std::size_t longest_lineage = 16;

bool is_merged_by_id(const Family& family, std::string_view key) {
  return std::find(family.merged_by_id.begin(), family.merged_by_id.end(), key) !=
         family.merged_by_id.end();
}

Node::Entry* find_entry(Node& table, std::string_view key) {
  const auto found = std::find_if(table.entries.begin(), table.entries.end(),
                                  [&](const Node::Entry& e) { return e.key == key; });
  return found == table.entries.end() ? nullptr : &*found;
}

void put(Node& table, const Node::Entry& entry) {
  if (Node::Entry* old = find_entry(table, entry.key)) {
    *old = entry;
  } else {
    table.entries.push_back(entry);
  }
}

// What a citation of a table speaks for: where the child changes one of these, the base's citation
// no longer holds. A check moves no point and keeps it.
bool changes_what_is_cited(std::string_view array, const Node& child) {
  struct Cited {
    std::string_view array;
    std::array<std::string_view, 4> keys;
  };
  static constexpr std::array<Cited, 4> all{{{"method", {"points", "bands"}},
                                             {"indicator", {"actual", "method", "domain"}},
                                             {"adjustment", {"points", "limit", "kind"}},
                                             {"veto", {"when", "effect"}}}};
  const auto of_array = std::find_if(all.begin(), all.end(),
                                     [&](const Cited& cited) { return cited.array == array; });
  return of_array != all.end() &&
         std::any_of(of_array->keys.begin(), of_array->keys.end(), [&](std::string_view key) {
           return !key.empty() && child.find(key) != nullptr;
         });
}

// One table of the child over the table of the same id: key by key, params name by name.
void change_table(std::string_view array, Node& base, const Node& child) {
  if (changes_what_is_cited(array, child))
    std::erase_if(base.entries, [](const Node::Entry& e) { return e.key == "cite"; });
  const bool new_points = child.find("points") != nullptr || child.find("bands") != nullptr;
  if (new_points) {
    // A method has either points or bands: whichever the child gives replaces both.
    std::erase_if(base.entries,
                  [](const Node::Entry& e) { return e.key == "points" || e.key == "bands"; });
  }
  const bool new_range = child.find("from") != nullptr || child.find("in") != nullptr;
  if (new_range)
    std::erase_if(base.entries,
                  [](const Node::Entry& e) { return e.key == "from" || e.key == "in"; });
  // Another method has other parameters.
  if (child.find("method") != nullptr)
    std::erase_if(base.entries, [](const Node::Entry& e) { return e.key == "params"; });
  for (const Node::Entry& entry : child.entries) {
    Node::Entry* old = find_entry(base, entry.key);
    if (entry.key == "params" && old != nullptr && old->value.kind == NodeKind::table &&
        entry.value.kind == NodeKind::table) {
      for (const Node::Entry& param : entry.value.entries) put(old->value, param);
    } else {
      put(base, entry);
    }
  }
  base.place = child.place;
}

void change_array(std::string_view array, Node& base, const Node& child,
                  std::vector<Diagnostic>& diagnostics) {
  std::set<std::string> own;  // a second table of one id in one file is a mistake, not a change
  for (const Node& item : child.items) {
    const std::string id = id_of(item);
    if (!id.empty() && !own.insert(id).second) {
      diagnostics.push_back(
          text::diagnose(Code::id_duplicate, item.find("id")->value.place,
                         {"id '" + id + "' 已被使用", "the id '" + id + "' is already taken"},
                         {"换一个 id，或合为一处", "choose another id, or put the two together"}));
      continue;
    }
    const auto same = std::find_if(base.items.begin(), base.items.end(),
                                   [&](const Node& b) { return !id.empty() && id_of(b) == id; });
    if (same == base.items.end()) {
      base.items.push_back(item);
    } else {
      change_table(array, *same, item);
    }
  }
}

void drop_listed(const Family& family, Node& base, const Node& drop,
                 std::vector<Diagnostic>& diagnostics) {
  if (drop.kind != NodeKind::table) {
    diagnostics.push_back(
        text::diagnose(Code::value_type, drop.place, {"'drop' 应为表", "'drop' should be a table"},
                       {"例如 drop = { band = [\"*\"] }", "such as drop = { band = [\"*\"] }"}));
    return;
  }
  const std::vector<std::string> droppable(family.merged_by_id.begin(), family.merged_by_id.end());
  for (const Node::Entry& entry : drop.entries) {
    if (!is_merged_by_id(family, entry.key)) {
      diagnostics.push_back(text::diagnose(
          Code::key_unknown, entry.key_place,
          {"'drop' 中没有 '" + entry.key + "' 这个键", "'drop' has no key '" + entry.key + "'"},
          text::suggestion(entry.key, droppable)));
      continue;
    }
    Node::Entry* list = find_entry(base, entry.key);
    if (entry.value.kind != NodeKind::array ||
        std::any_of(entry.value.items.begin(), entry.value.items.end(),
                    [](const Node& item) { return item.kind != NodeKind::string; })) {
      diagnostics.push_back(
          text::diagnose(Code::value_type, entry.value.place,
                         {"'drop." + entry.key + "' 应为 id 的数组",
                          "'drop." + entry.key + "' should be an array of ids"},
                         {"例如 " + entry.key + " = [\"a\"]，或 [\"*\"] 删去全部",
                          "such as " + entry.key + " = [\"a\"], or [\"*\"] for all"}));
      continue;
    }
    for (const Node& item : entry.value.items) {
      const std::size_t before = list != nullptr ? list->value.items.size() : 0;
      if (list != nullptr)
        std::erase_if(list->value.items,
                      [&](const Node& t) { return item.string == "*" || id_of(t) == item.string; });
      if (list != nullptr && (list->value.items.size() < before || item.string == "*")) continue;
      std::vector<std::string> ids;
      if (list != nullptr) {
        for (const Node& t : list->value.items) ids.push_back(id_of(t));
      }
      diagnostics.push_back(text::diagnose(
          Code::reference_unknown, item.place,
          {"没有 id 为 '" + item.string + "' 的 [[" + entry.key + "]] 可删",
           "there is no [[" + entry.key + "]] with the id '" + item.string + "' to drop"},
          text::suggestion(item.string, ids)));
    }
  }
}

// Whether the child says anything about where ratings begin: a band dropped, added or moved.
bool changes_bands(const Node& base, const Node& child) {
  const Node::Entry* drop = child.find("drop");
  if (drop != nullptr && drop->value.kind == NodeKind::table && drop->value.find("band") != nullptr)
    return true;
  const Node::Entry* own = child.find("band");
  if (own == nullptr) return false;
  const Node::Entry* inherited = base.find("band");
  return std::any_of(own->value.items.begin(), own->value.items.end(), [&](const Node& band) {
    if (band.kind != NodeKind::table) return false;
    const bool moved = band.find("from") != nullptr || band.find("in") != nullptr ||
                       band.find("only") != nullptr;
    const bool known = inherited != nullptr &&
                       std::any_of(inherited->value.items.begin(), inherited->value.items.end(),
                                   [&](const Node& other) { return id_of(other) == id_of(band); });
    return moved || !known;
  });
}

// The child's tree over its base's.
Node extended(const Family& family, Node base, const Node& child,
              std::vector<Diagnostic>& diagnostics) {
  // What a rule set says of itself is not passed on.
  constexpr std::array own{"abstract", "extends", "drop", "id",  "version",
                           "title",    "note",    "cite", "case"};
  std::erase_if(base.entries, [&](const Node::Entry& e) {
    return std::find(own.begin(), own.end(), e.key) != own.end();
  });
  // The citation of ratings is one of the bands it was given for.
  if (changes_bands(base, child))
    std::erase_if(base.entries, [](const Node::Entry& e) { return e.key == "rating"; });
  if (const Node::Entry* drop = child.find("drop"))
    drop_listed(family, base, drop->value, diagnostics);
  for (const Node::Entry& entry : child.entries) {
    if (entry.key == "drop") continue;
    Node::Entry* old = find_entry(base, entry.key);
    if (old != nullptr && is_merged_by_id(family, entry.key) &&
        old->value.kind == NodeKind::array && entry.value.kind == NodeKind::array) {
      change_array(entry.key, old->value, entry.value, diagnostics);
    } else if (old != nullptr && (entry.key == "total" || entry.key == "params") &&
               old->value.kind == NodeKind::table && entry.value.kind == NodeKind::table) {
      change_table(entry.key, old->value, entry.value);
    } else {
      put(base, entry);
    }
  }
  base.place = child.place;
  return base;
}

bool is_path(std::string_view id_or_path) {
  return id_or_path.find('/') != std::string_view::npos || id_or_path.ends_with(".toml");
}

std::string string_at(const Node& root, std::string_view key) {
  const Node::Entry* entry = root.find(key);
  return entry != nullptr && entry->value.kind == NodeKind::string ? entry->value.string
                                                                   : std::string();
}

// The file of an id or a path; empty, with a diagnostic, when there is none.
std::string find_file(const Family& family, const std::string& id_or_path,
                      const RuleLibrary& library, const text::Place& from,
                      std::vector<Diagnostic>& diagnostics) {
  std::error_code error;
  if (is_path(id_or_path)) {
    const fs::path path(id_or_path);
    return fs::is_directory(path, error) ? (path / family.file).string() : path.string();
  }
  std::set<std::string> known;
  Text looked_in;
  std::set<std::string> looked;
  for (const std::string& folder : library.folders) {
    if (!looked.insert(fs::path(folder).lexically_normal().string()).second) continue;
    const fs::path path = fs::path(folder) / id_or_path / family.file;
    if (text::file_exists(path.string())) return path.string();
    for (const std::string& name : text::names_in_folder(folder)) {
      if (text::file_exists((fs::path(folder) / name / family.file).string())) known.insert(name);
    }
    const bool inside = text::is_built_in(folder);
    looked_in.zh += (looked_in.zh.empty() ? "" : "、") + (inside ? "程序内置的规则" : folder);
    looked_in.en += (looked_in.en.empty() ? "" : ", ") + (inside ? "what is built in" : folder);
  }
  if (looked_in.zh.empty())
    looked_in = {"没有规则目录可查", "there was no folder of rules to look in"};
  const std::vector<std::string> ids(known.begin(), known.end());
  diagnostics.push_back(text::diagnose(
      Code::reference_unknown, from,
      {"没有名为 '" + id_or_path + "' 的" + family.noun.zh + "（查找过：" + looked_in.zh + "）",
       "there is no " + family.noun.en + " '" + id_or_path + "' (looked in: " + looked_in.en + ")"},
      text::suggestion(id_or_path, ids)));
  return {};
}

struct Chain {
  const Family& family;
  const RuleLibrary& library;
  std::vector<Diagnostic>& diagnostics;
  std::vector<std::string> files;  // canonical, from the asked one to its furthest ancestor
  std::vector<std::string> named;  // the same as the authors name them
  system::Fingerprint fingerprint;
  Lineage lineage;

  std::optional<Node> read(const std::string& path, const text::Place& from) {
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(path, error);
    const std::string key = error ? path : canonical.string();
    const bool circular = std::find(files.begin(), files.end(), key) != files.end();
    if (circular || files.size() >= longest_lineage) {
      std::string circle;
      for (const std::string& file : named) circle += file + " -> ";
      const std::string most = std::to_string(longest_lineage);
      diagnostics.push_back(
          circular
              ? text::diagnose(Code::extends_cycle, from,
                               {family.noun.zh + " extends 成环：" + circle + path,
                                "this " + family.noun.en + " extends itself: " + circle + path},
                               {"删去其中一个 extends", "remove one of the extends"})
              : text::diagnose(
                    Code::extends_cycle, from,
                    {"extends 超过 " + most + " 层", "a chain of more than " + most + " extends"},
                    {"合并其中几个规则集", "merge some of these rule sets"}));
      return std::nullopt;
    }
    files.push_back(key);
    named.push_back(path);
    const auto source = text::read_source(path, diagnostics);
    if (!source) return std::nullopt;
    fingerprint.add(source->text());
    const auto root = text::parse_toml(source, diagnostics);
    if (!root) return std::nullopt;
    const Node::Entry* parent = root->find("extends");
    if (parent == nullptr) return std::move(*root);
    if (parent->value.kind != NodeKind::string) {
      diagnostics.push_back(
          text::diagnose(Code::value_type, parent->value.place,
                         {"'extends' 应为字符串", "'extends' should be a string"}));
      return std::nullopt;
    }
    std::string wanted = parent->value.string;
    if (is_path(wanted) && fs::path(wanted).is_relative())
      wanted = (fs::path(path).parent_path() / wanted).lexically_normal().string();
    // A rule set may extend one that stands beside it, wherever that is.
    RuleLibrary beside = library;
    beside.folders.insert(beside.folders.begin(),
                          (fs::path(path).parent_path() / "..").lexically_normal().string());
    const std::string parent_path =
        find_file(family, wanted, beside, parent->value.place, diagnostics);
    if (parent_path.empty()) return std::nullopt;
    auto base = read(parent_path, parent->value.place);
    if (!base) return std::nullopt;
    lineage.ancestors.insert(
        lineage.ancestors.begin(),
        Ancestor{string_at(*base, "id"), string_at(*base, "version"), parent_path});
    return extended(family, std::move(*base), *root, diagnostics);
  }
};

}  // namespace

std::string id_of(const Node& table) {
  const Node::Entry* id = table.kind == NodeKind::table ? table.find("id") : nullptr;
  return id != nullptr && id->value.kind == NodeKind::string ? id->value.string : std::string();
}

const Family& rule_sets() {
  static constexpr std::array<std::string_view, 10> merged{
      "type",      "block",      "input", "statistic", "method",
      "indicator", "adjustment", "veto",  "check",     "band"};
  static const Family family{"ruleset.toml", {"规则集", "rule set"}, merged};
  return family;
}

Node changed(const Family& family, Node base, const Node& changes,
             std::vector<Diagnostic>& diagnostics) {
  const std::vector<Node::Entry> before = base.entries;
  Node out = extended(family, std::move(base), changes, diagnostics);
  for (const Node::Entry& entry : before) {
    const bool is_own = entry.key == "abstract" || entry.key == "extends" || entry.key == "id" ||
                        entry.key == "version" || entry.key == "title" || entry.key == "note" ||
                        entry.key == "cite";
    if (is_own) out.entries.push_back(entry);
  }
  return out;
}

std::optional<Lineage> read_lineage(const Family& family, const std::string& id_or_path,
                                    const RuleLibrary& library,
                                    std::vector<Diagnostic>& diagnostics) {
  const std::string path = find_file(family, id_or_path, library, {}, diagnostics);
  if (path.empty()) return std::nullopt;
  Chain chain{family, library, diagnostics, {}, {}, {}, {}};
  auto root = chain.read(path, {});
  if (!root) return std::nullopt;
  chain.lineage.root = std::move(*root);
  chain.lineage.file = path;
  chain.lineage.folder = (fs::path(path).parent_path() / "..").lexically_normal().string();
  chain.lineage.sha256 = chain.fingerprint.hex();
  return std::move(chain.lineage);
}

}  // namespace jixiao::ruleset
