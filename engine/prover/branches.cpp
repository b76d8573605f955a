#include "prover/branches.hpp"

#include "formula/compiled.hpp"
#include "text/source.hpp"

namespace jixiao::prover {
namespace {

using formula::Node;
using formula::NodeKind;

class BranchReader {
 public:
  BranchReader(const formula::Formula& formula, const formula::Scope& scope)
      : tree_(formula.program().tree), source_(formula.source()), scope_(scope) {}

  std::vector<Branch> read() {
    if (!tree_.nodes.empty()) look(tree_.nodes.size() - 1, "", Branch::npos);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string word(const Node& node) const {
    const std::size_t begin = text::prefix_bytes(source_.text, node.at);
    return source_.text.substr(begin,
                               text::prefix_bytes(source_.text, node.at + node.length) - begin);
  }

  // How closely a node's sign binds; words bind most.
  [[nodiscard]] int closeness(const Node& node) const {
    if (node.kind == NodeKind::conditional) return 0;
    if (node.kind == NodeKind::unary) return 1;  // brackets wherever it is a part
    if (node.kind != NodeKind::binary) return 9;
    const std::string sign = word(node);
    if (sign == "||" || sign == "or") return 2;
    if (sign == "&&" || sign == "and") return 3;
    if (sign == "+" || sign == "-") return 5;
    if (sign == "*" || sign == "/") return 6;
    return sign == "^" ? 7 : 4;
  }

  // With brackets around every part that could be read otherwise.
  [[nodiscard]] std::string written(std::size_t at) const {
    const Node& node = tree_.nodes[at];
    const auto children = tree_.children_of(node);
    const auto part = [&](std::size_t child, int closer_than) {
      const std::string inner = written(child);
      return closeness(tree_.nodes[child]) > closer_than ? inner : "(" + inner + ")";
    };
    switch (node.kind) {
      case NodeKind::unary: return word(node) + part(children[0], 7);
      case NodeKind::binary: {
        const std::string sign = word(node);
        const int own = closeness(node);
        const bool close = own >= 6;
        const bool left_alone = own >= 5 && own <= 6;  // a - b - c is (a - b) - c
        return part(children[0], left_alone ? own - 1 : own) + (close ? sign : " " + sign + " ") +
               part(children[1], own);
      }
      case NodeKind::conditional:
        return part(children[0], 0) + " ? " + part(children[1], 0) + " : " + part(children[2], 0);
      case NodeKind::call: {
        std::string inner;
        for (const std::size_t child : children)
          inner += (inner.empty() ? "" : ", ") + written(child);
        return word(node) + "(" + inner + ")";
      }
      default: return word(node);
    }
  }

  // `path`: what holds where the node is reached; empty: everywhere.
  void look(std::size_t at, const std::string& path, std::size_t outer) {
    const Node& node = tree_.nodes[at];
    const auto children = tree_.children_of(node);
    if (node.kind != NodeKind::conditional) {
      for (const std::size_t child : children) look(child, path, outer);
      return;
    }
    look(children[0], path, outer);
    const std::string condition = written(children[0]);
    const std::string before = path.empty() ? "" : path + " && ";
    const std::string paths[] = {before + "(" + condition + ")", before + "!(" + condition + ")"};
    for (std::size_t side = 0; side < 2; ++side) {
      std::vector<Diagnostic> ignored;
      auto reached = formula::compile({paths[side], {}}, scope_, ignored);
      if (!reached) continue;
      out_.push_back({written(children[1 + side]), condition, side == 1,
                      source_.place(node.at, node.length), *std::move(reached), outer});
      look(children[1 + side], paths[side], out_.size() - 1);
    }
  }

  const formula::Tree& tree_;
  const text::Located& source_;
  const formula::Scope& scope_;
  std::vector<Branch> out_;
};

}  // namespace

std::vector<Branch> branches_of(const formula::Formula& formula, const formula::Scope& scope) {
  return BranchReader(formula, scope).read();
}

}  // namespace jixiao::prover
