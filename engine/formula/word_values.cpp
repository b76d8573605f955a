#include "formula/word_values.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "text/diagnostics.hpp"
#include "text/source.hpp"
#include "text/suggestion.hpp"

namespace jixiao::formula {
namespace {

using text::Code;

// Words in quotes and the variables they are compared with: the words become numbers, and whatever
// else is done with either is refused.
class WordResolver {
 public:
  WordResolver(const text::Located& source, const Scope& scope,
               std::vector<Diagnostic>& diagnostics, Tree& tree)
      : source_(source), scope_(scope), diagnostics_(diagnostics), tree_(tree) {}

  void resolve() {
    constexpr std::size_t nobody = static_cast<std::size_t>(-1);
    std::vector<std::size_t> parents(tree_.nodes.size(), nobody);
    for (std::size_t i = 0; i < tree_.nodes.size(); ++i) {
      for (const std::size_t child : tree_.children_of(tree_.nodes[i])) parents[child] = i;
    }
    for (std::size_t i = 0; i < tree_.nodes.size(); ++i) {
      Node& node = tree_.nodes[i];
      const WordList* list = list_of(node);
      if (!node.is_word && list == nullptr) continue;
      if (node.is_word && scope_.words.empty()) {
        refuse_text(node);
      } else if (parents[i] == nobody) {
        if (list == nullptr || !scope_.may_be_word) refuse(node, list);
      } else {
        place(node, list, tree_.nodes[parents[i]], i);
      }
    }
  }

 private:
  // What values a variable of words has; null for everything else.
  [[nodiscard]] const WordList* list_of(const Node& node) const {
    if (node.kind != NodeKind::variable) return nullptr;
    for (const WordList& list : scope_.words) {
      if (list.variable == node.variable) return &list;
    }
    return nullptr;
  }

  void place(Node& node, const WordList* list, const Node& parent, std::size_t self) {
    if (parent.kind == NodeKind::unknown) return;
    const bool asks = parent.kind == NodeKind::call && (parent.function == Function::given ||
                                                        parent.function == Function::count_given);
    if (list != nullptr && asks) return;
    const bool compares = parent.kind == NodeKind::binary &&
                          (parent.sign == Lexeme::equal || parent.sign == Lexeme::unequal);
    if (!compares) return refuse(node, list);
    const auto sides = tree_.children_of(parent);
    const Node& other = tree_.nodes[sides[0] == self ? sides[1] : sides[0]];
    const WordList* others = list_of(other);
    if (node.is_word && others != nullptr) return look_up(node, *others);
    if (list != nullptr && other.is_word) return;  // looked up from its side
    if (list != nullptr && others != nullptr && list->words == others->words) return;
    if (other.kind != NodeKind::unknown) refuse(node, list);
  }

  void look_up(Node& node, const WordList& list) {
    const std::string word = unquoted(node);
    const auto found = std::find(list.words.begin(), list.words.end(), word);
    if (found == list.words.end()) {
      const std::string& name = scope_.variables[list.variable];
      return report(node, Code::formula_name,
                    {name + " 没有值 \"" + word + "\"", name + " has no value \"" + word + "\""},
                    text::suggestion(word, list.words));
    }
    node.number = static_cast<double>(found - list.words.begin() + 1);
  }

  [[nodiscard]] std::string unquoted(const Node& node) const {
    const std::string& text = source_.text;
    const std::size_t first = text::prefix_bytes(text, node.at) + 1;
    std::size_t end = text::prefix_bytes(text, node.at + node.length);
    if (end > first && text[end - 1] == '"') --end;
    return first < end ? text.substr(first, end - first) : std::string();
  }

  void refuse(const Node& node, const WordList* list) {
    if (list == nullptr)
      return report(node, Code::formula_refused,
                    {"文字只能与取文字值的投入比较", "text is compared with an input of words"},
                    {"写成 投入 == " + shown(node), "write INPUT == " + shown(node)});
    const std::string& name = scope_.variables[list->variable];
    const std::string example = name + " == \"" + list->words.front() + "\"";
    report(node, Code::formula_refused,
           {name + " 的值是文字，只能用 == 与 != 和它的值比较",
            "the values of " + name + " are words: == and != compare it with one of them"},
           {"写成 " + example, "write " + example});
  }
  void refuse_text(const Node& node) {
    report(node, Code::formula_refused,
           {"这里没有取文字值的投入，不能与文字比较",
            "nothing here has words for values that text could be compared with"},
           {"在投入上声明 values = [" + shown(node) + ", …]，公式写 投入 == " + shown(node) +
                "；等级词用 [[method.state]]",
            "declare them for an input, values = [" + shown(node) + ", ...], and write INPUT == " +
                shown(node) + "; the words of a grade are [[method.state]]"});
  }
  [[nodiscard]] std::string shown(const Node& node) const { return "\"" + unquoted(node) + "\""; }

  void report(const Node& node, Code code, Text message, Text help) {
    diagnostics_.push_back(text::diagnose(code, source_.place(node.at, node.length),
                                          std::move(message), std::move(help)));
  }

  const text::Located& source_;
  const Scope& scope_;
  std::vector<Diagnostic>& diagnostics_;
  Tree& tree_;
};

}  // namespace

void resolve_words(const text::Located& source, const Scope& scope, Tree& tree,
                   std::vector<Diagnostic>& diagnostics) {
  WordResolver(source, scope, diagnostics, tree).resolve();
}

}  // namespace jixiao::formula
