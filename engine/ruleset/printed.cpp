#include "ruleset/printed.hpp"

#include <algorithm>
#include <array>

#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/rounding.hpp"

namespace jixiao::ruleset {
namespace {

using text::Code;
using text::Node;
using text::NodeKind;

constexpr std::array<std::string_view, 5> arrays{"type", "block", "method", "adjustment", "veto"};
constexpr std::string_view limits = "adjustments";
constexpr std::string_view full_marks = "scale";

class PrintedRules {
 public:
  PrintedRules(Node& root, std::vector<Diagnostic>& diagnostics)
      : root_(root), diagnostics_(diagnostics) {
    const Node::Entry* abstract = root.find("abstract");
    open_ = abstract != nullptr && abstract->value.boolean;
  }

  void add(const Node& printed) {
    for (const Node::Entry& entry : printed.entries) {
      if (entry.key == limits)
        add_limits(entry);
      else if (entry.key == full_marks)
        add_scale(entry);
      else if (std::find(arrays.begin(), arrays.end(), entry.key) != arrays.end())
        add_tables(entry);
      else
        unknown(entry);
    }
    // With blocks of the form's own an abstract rule set can score.
    if (open_ && printed.find("block") != nullptr)
      std::erase_if(root_.entries, [](const Node::Entry& e) { return e.key == "abstract"; });
  }

 private:
  void unknown(const Node::Entry& entry) {
    std::vector<std::string> known(arrays.begin(), arrays.end());
    known.emplace_back(limits);
    known.emplace_back(full_marks);
    diagnostics_.push_back(text::diagnose(
        Code::key_unknown, entry.key_place,
        {"[printed] 中没有 '" + entry.key + "' 这个键", "[printed] has no key '" + entry.key + "'"},
        text::suggestion(entry.key, known)));
  }

  void refuse(const text::Place& place, Text message, Text help) {
    diagnostics_.push_back(
        text::diagnose(Code::id_duplicate, place, std::move(message), std::move(help)));
  }

  Node& list(const std::string& key, const Node& like) {
    for (Node::Entry& entry : root_.entries) {
      if (entry.key == key) return entry.value;
    }
    Node empty = like;
    empty.items.clear();
    root_.entries.push_back({key, like.place, std::move(empty)});
    return root_.entries.back().value;
  }

  void add_tables(const Node::Entry& entry) {
    const bool structure = entry.key == "block" || entry.key == "type";
    if (structure && !open_) {
      refuse(entry.key_place,
             {"一级、二级指标由规则集规定，[printed] 不能另定",
              "blocks and types are the rule set's: [printed] cannot add any"},
             {"删去，或 rules = \"as-assessed\"（由表上规定）",
              "remove them, or write rules = \"as-assessed\", which leaves them to the form"});
      return;
    }
    if (entry.value.kind != NodeKind::array) {
      diagnostics_.push_back(text::diagnose(
          Code::value_type, entry.value.place,
          {"'" + entry.key + "' 应写成 [[printed." + entry.key + "]]",
           "'" + entry.key + "' should be written as [[printed." + entry.key + "]]"}));
      return;
    }
    Node& all = list(entry.key, entry.value);
    const std::size_t inherited = all.items.size();
    for (const Node& table : entry.value.items) {
      const std::string id = id_of(table);
      const auto end = all.items.begin() + static_cast<std::ptrdiff_t>(inherited);
      const bool taken = !id.empty() && std::any_of(all.items.begin(), end, [&](const Node& each) {
        return id_of(each) == id;
      });
      const Node::Entry* when = table.kind == NodeKind::table ? table.find("when") : nullptr;
      if (taken) {
        refuse(table.find("id")->value.place,
               {"规则集已有 '" + id + "'，表上的规则只能增加，不能改它",
                "the rule set has '" + id + "': what a form prints is added, it changes nothing"},
               {"换一个 id，如 \"printed." + id + "\"",
                "choose another id, such as \"printed." + id + "\""});
      } else if (entry.key == "method" && when != nullptr) {
        diagnostics_.push_back(text::diagnose(
            Code::key_unknown, when->key_place,
            {"表上的方法由指标按 id 使用，不写 when",
             "a method of the form is used by name alone: it has no 'when'"},
            {"删去 when，在指标上写 method", "remove it, and name the method at its indicators"}));
      } else {
        all.items.push_back(table);
      }
    }
  }

  void add_limits(const Node::Entry& entry) {
    if (root_.find(limits) != nullptr) {
      refuse(entry.key_place,
             {"加减分的上限由规则集规定", "the limits of adjustments are the rule set's"},
             {"删去 [printed.adjustments]", "remove [printed.adjustments]"});
      return;
    }
    root_.entries.push_back(entry);
  }

  // A form with other full marks has no rating: the lines of the rule set are of its own.
  void add_scale(const Node::Entry& entry) {
    if (!open_) {
      refuse(entry.key_place,
             {"满分由规则集规定，[printed] 不能另定", "full marks are the rule set's"},
             {"删去 scale，或 rules = \"as-assessed\"（由表上规定）",
              "remove it, or write rules = \"as-assessed\", which leaves them to the form"});
      return;
    }
    const Node::Entry* own = root_.find(full_marks);
    if (own != nullptr && own->value.number == entry.value.number) return;
    std::erase_if(root_.entries, [](const Node::Entry& e) {
      return e.key == full_marks || e.key == "band" || e.key == "rating";
    });
    root_.entries.push_back(entry);
  }

  Node& root_;
  std::vector<Diagnostic>& diagnostics_;
  bool open_ = false;
};

}  // namespace

void add_printed(Lineage& lineage, const text::Node& printed,
                 std::vector<Diagnostic>& diagnostics) {
  PrintedRules(lineage.root, diagnostics).add(printed);
}

std::string canonical_text(const text::Node& node) {
  switch (node.kind) {
    case NodeKind::table: {
      std::string out = "{";
      for (const Node::Entry& entry : node.entries)
        out += std::to_string(entry.key.size()) + ":" + entry.key + canonical_text(entry.value);
      return out + "}";
    }
    case NodeKind::array: {
      std::string out = "[";
      for (const Node& item : node.items) out += canonical_text(item);
      return out + "]";
    }
    case NodeKind::string:
    case NodeKind::date: return std::to_string(node.string.size()) + ":" + node.string;
    case NodeKind::integer:
    case NodeKind::number: return "n" + value::plain(node.number, 12) + ";";
    case NodeKind::boolean: return node.boolean ? "t" : "f";
  }
  return {};
}

}  // namespace jixiao::ruleset
