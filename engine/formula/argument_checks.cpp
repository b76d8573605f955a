#include "formula/argument_checks.hpp"

#include <string>
#include <utility>

#include "formula/function_table.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::formula {
namespace {

using text::Code;

class ArgumentChecker {
 public:
  ArgumentChecker(const text::Located& source, const Tree& tree,
                  std::vector<Diagnostic>& diagnostics)
      : source_(source), tree_(tree), diagnostics_(diagnostics) {}

  void check(const Node& call) {
    if (asks_what_is_given(call.function)) names_only(call);
    if (call.function == Function::sum_best && call.child_count > 0) counts(call);
  }

 private:
  // What is computed from names may fail otherwise than by what is not there.
  void names_only(const Node& call) {
    const std::string name = row_of(call.function).name;
    for (const std::size_t child : tree_.children_of(call)) {
      const Node& node = tree_.nodes[child];
      if (node.kind == NodeKind::variable || node.kind == NodeKind::unknown) continue;
      return report(call, node,
                    {name + " 的参数只能是名称：算式里缺的是哪个数，说不清",
                     "the arguments of " + name +
                         " are names: of a computation nobody could say which value is missing"},
                    {"只写名称，如 " + name + "(a)；先判断再计算写成 given(a) ? 2*a : 0",
                     "give names, " + name +
                         "(a); to compute with what is there, write given(a) ? "
                         "2*a : 0"});
    }
  }

  void counts(const Node& call) {
    const Node& first = tree_.nodes[tree_.children_of(call)[0]];
    const bool is_number = first.kind == NodeKind::number && !first.is_word;
    if (first.kind == NodeKind::unknown ||
        (is_number && first.number >= 1 && first.number < static_cast<double>(call.child_count) &&
         first.number == static_cast<double>(static_cast<std::size_t>(first.number))))
      return;
    report(call, first,
           {"sum_best 的第一个参数写明取几个：1 至其余参数个数之间的整数",
            "the first argument of sum_best is how many count: a whole number from 1 to how many "
            "follow"},
           {"例如 sum_best(2, a, b, c)：三个中最大的两个",
            "such as sum_best(2, a, b, c): the two largest of three"});
  }

  void report(const Node& call, const Node& argument, Text message, Text help) {
    const Node& where = argument.length > 0 ? argument : call;
    diagnostics_.push_back(text::diagnose(Code::formula_refused,
                                          source_.place(where.at, where.length), std::move(message),
                                          std::move(help)));
  }

  const text::Located& source_;
  const Tree& tree_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

void check_arguments(const text::Located& source, const Tree& tree,
                     std::vector<Diagnostic>& diagnostics) {
  ArgumentChecker checker(source, tree, diagnostics);
  for (const Node& node : tree.nodes) {
    if (node.kind == NodeKind::call) checker.check(node);
  }
}

}  // namespace jixiao::formula
