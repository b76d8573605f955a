#include "filing/excel_formula.hpp"

#include <charconv>

#include "formula/tree.hpp"

namespace jixiao::filing {

using formula::Function;
using formula::Lexeme;
using formula::Node;
using formula::NodeKind;
using formula::Tree;

namespace {

class Translator {
 public:
  Translator(const Tree& tree, const formula::Scope& scope, std::span<const std::string> operands)
      : tree_(tree), scope_(scope), operands_(operands) {}

  // Every operation stands in parentheses: a spreadsheet reads -x^2 otherwise than a formula does.
  std::string number(const Node& node) {
    switch (node.kind) {
      case NodeKind::number: return excel_number(node.number);
      case NodeKind::variable: return is_word(node) ? refuse() : operand(node);
      case NodeKind::unary:
        return node.sign == Lexeme::minus ? "(-" + number(child(node, 0)) + ")" : unary(node);
      case NodeKind::binary: return binary(node);
      case NodeKind::conditional:
        return "IF(" + condition(child(node, 0)) + "," + number(child(node, 1)) + "," +
               number(child(node, 2)) + ")";
      case NodeKind::call: return call(node);
      case NodeKind::unknown: return refuse();
    }
    return refuse();
  }

  std::string condition(const Node& node) {
    if (node.kind == NodeKind::unary && node.sign == Lexeme::not_)
      return "NOT(" + condition(child(node, 0)) + ")";
    if (node.kind == NodeKind::binary) {
      if (node.sign == Lexeme::and_)
        return "AND(" + condition(child(node, 0)) + "," + condition(child(node, 1)) + ")";
      if (node.sign == Lexeme::or_)
        return "OR(" + condition(child(node, 0)) + "," + condition(child(node, 1)) + ")";
      if (const char* sign = comparison(node.sign); sign != nullptr && compares_words(node))
        return word(node, 0) + sign + word(node, 1);
      if (const char* sign = comparison(node.sign))
        return number(child(node, 0)) + sign + number(child(node, 1));
    }
    return number(node) + "<>0";
  }

  [[nodiscard]] bool refused() const { return refused_; }

 private:
  [[nodiscard]] const Node& child(const Node& node, std::size_t i) const {
    return tree_.nodes[tree_.children_of(node)[i]];
  }

  // A variable whose cell holds one of its words.
  [[nodiscard]] const formula::WordList* list_of(const Node& node) const {
    if (node.kind != NodeKind::variable) return nullptr;
    for (const formula::WordList& list : scope_.words) {
      if (list.variable == node.variable) return &list;
    }
    return nullptr;
  }
  [[nodiscard]] bool is_word(const Node& node) const { return list_of(node) != nullptr; }
  [[nodiscard]] bool compares_words(const Node& node) const {
    return is_word(child(node, 0)) || is_word(child(node, 1));
  }
  // One side of a comparison of words.
  std::string word(const Node& comparison, std::size_t side) {
    const Node& node = child(comparison, side);
    if (is_word(node)) return operand(node);
    const formula::WordList* list = list_of(child(comparison, 1 - side));
    const auto at = static_cast<std::size_t>(node.number);
    if (list == nullptr || at == 0 || at > list->words.size()) return refuse();
    return "\"" + list->words[at - 1] + "\"";
  }

  std::string refuse() {
    refused_ = true;
    return {};
  }

  std::string operand(const Node& node) {
    if (node.variable >= operands_.size() || operands_[node.variable].empty()) return refuse();
    return operands_[node.variable];
  }

  static const char* comparison(Lexeme sign) {
    switch (sign) {
      case Lexeme::less: return "<";
      case Lexeme::less_equal: return "<=";
      case Lexeme::greater: return ">";
      case Lexeme::greater_equal: return ">=";
      case Lexeme::equal: return "=";
      case Lexeme::unequal: return "<>";
      default: return nullptr;
    }
  }

  std::string unary(const Node& node) {
    return node.sign == Lexeme::not_ ? "IF(" + condition(node) + ",1,0)" : number(child(node, 0));
  }

  std::string binary(const Node& node) {
    if (node.sign == Lexeme::and_ || node.sign == Lexeme::or_ || comparison(node.sign) != nullptr)
      return "IF(" + condition(node) + ",1,0)";
    const std::string left = number(child(node, 0));
    const std::string right = number(child(node, 1));
    switch (node.sign) {
      case Lexeme::plus: return "(" + left + "+" + right + ")";
      case Lexeme::minus: return "(" + left + "-" + right + ")";
      case Lexeme::times: return "(" + left + "*" + right + ")";
      case Lexeme::divide: return "(" + left + "/" + right + ")";
      case Lexeme::power: return "POWER(" + left + "," + right + ")";
      default: return refuse();
    }
  }

  std::string call(const Node& node) {
    if (node.function == Function::given && is_word(child(node, 0)))
      return "IF(" + operand(child(node, 0)) + "=\"\",0,1)";
    std::vector<std::string> arguments;
    for (const std::size_t i : tree_.children_of(node)) arguments.push_back(number(tree_.nodes[i]));
    std::string all;
    for (const std::string& each : arguments) all += (all.empty() ? "" : ",") + each;
    const auto x = [&](std::size_t i) { return arguments[i]; };
    switch (node.function) {
      case Function::minimum: return "MIN(" + all + ")";
      case Function::maximum: return "MAX(" + all + ")";
      case Function::sum: return "SUM(" + all + ")";
      case Function::average: return "AVERAGE(" + all + ")";
      case Function::median: return "MEDIAN(" + all + ")";
      case Function::sum_best: return sum_best(arguments);
      case Function::given: return "IF(ISNUMBER(" + all + "),1,0)";
      case Function::count_given: return "COUNT(" + all + ")";
      case Function::sum_given: return "IF(COUNT(" + all + ")=0,\"\",SUM(" + all + "))";
      case Function::average_given: return "IF(COUNT(" + all + ")=0,\"\",AVERAGE(" + all + "))";
      case Function::clamp: return "MAX(MIN(" + x(0) + "," + x(2) + ")," + x(1) + ")";
      case Function::absolute: return "ABS(" + all + ")";
      case Function::sign: return "SIGN(" + all + ")";
      case Function::root: return "SQRT(" + all + ")";
      case Function::exp: return "EXP(" + all + ")";
      case Function::ln: return "LN(" + all + ")";
      case Function::log10: return "LOG10(" + all + ")";
      case Function::log2: return "LOG(" + all + ",2)";
      case Function::sin: return "SIN(" + all + ")";
      case Function::cos: return "COS(" + all + ")";
      case Function::floor: return "INT(ROUND(" + all + ",9))";
      case Function::ceil: return "(-INT(ROUND(-(" + all + "),9)))";
      case Function::trunc: return "TRUNC(ROUND(" + all + ",9))";
      case Function::round: return "ROUND(" + all + ")";
      case Function::steps_full:
        return "IF(" + x(0) + "<=0,0,INT(ROUND(" + x(0) + "/" + x(1) + ",9)))";
      case Function::steps_ceil:
        return "IF(" + x(0) + "<=0,0,(-INT(ROUND(-(" + x(0) + "/" + x(1) + "),9))))";
      case Function::steps_fraction: return "IF(" + x(0) + "<=0,0," + x(0) + "/" + x(1) + ")";
      case Function::year: return "YEAR(" + all + ")";
      case Function::month: return "MONTH(" + all + ")";
      case Function::day: return "DAY(" + all + ")";
      case Function::workdays: return refuse();
    }
    return refuse();
  }

  // LARGE takes one list: CHOOSE makes it of computed values.
  static std::string sum_best(const std::vector<std::string>& arguments) {
    std::string places, values, ranks;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      places += (i > 1 ? "," : "") + std::to_string(i);
      values += "," + arguments[i];
    }
    const std::size_t best = std::stoul(arguments[0]);
    for (std::size_t i = 1; i <= best; ++i) ranks += (i > 1 ? "," : "") + std::to_string(i);
    return "SUMPRODUCT(LARGE(CHOOSE({" + places + "}" + values + "),{" + ranks + "}))";
  }

  const Tree& tree_;
  const formula::Scope& scope_;
  std::span<const std::string> operands_;
  bool refused_ = false;
};

std::optional<std::string> translate(const formula::Formula& formula, const formula::Scope& scope,
                                     std::span<const std::string> operands, bool as_condition) {
  std::vector<Diagnostic> ignored;  // it was compiled before
  const auto words = formula::read_words(formula.source(), ignored);
  const Tree tree = formula::read_tree(formula.source(), words, scope, ignored);
  if (tree.nodes.empty() || !ignored.empty()) return std::nullopt;
  Translator translator(tree, scope, operands);
  std::string out = as_condition ? translator.condition(tree.nodes.back())
                                 : translator.number(tree.nodes.back());
  return translator.refused() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace

std::optional<std::string> to_excel(const formula::Formula& formula, const formula::Scope& scope,
                                    std::span<const std::string> operands) {
  return translate(formula, scope, operands, false);
}

std::optional<std::string> to_excel_condition(const formula::Formula& formula,
                                              const formula::Scope& scope,
                                              std::span<const std::string> operands) {
  return translate(formula, scope, operands, true);
}

std::string excel_number(double x) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, x);
  std::string out(buffer, error == std::errc{} ? end : buffer);
  for (char& c : out) c = c == 'e' ? 'E' : c;
  return x < 0 ? "(" + out + ")" : out;
}

std::string excel_rounding(const value::Rounding& rounding, const std::string& x) {
  const std::string digits = std::to_string(rounding.digits);
  switch (rounding.mode) {
    case value::RoundingMode::half_up: return "ROUND(" + x + "," + digits + ")";
    case value::RoundingMode::down: return "ROUNDDOWN(ROUND(" + x + ",12)," + digits + ")";
    case value::RoundingMode::up: return "ROUNDUP(ROUND(" + x + ",12)," + digits + ")";
    case value::RoundingMode::half_even: {
      const std::string unit = "10^" + digits;
      const std::string scaled = "ROUND((" + x + ")*" + unit + ",6)";
      const std::string to_even = "2*ROUND(" + scaled + "/2,0)/" + unit;
      return "IF(" + scaled + "-INT(" + scaled + ")=0.5," + to_even + ",ROUND(" + x + "," + digits +
             "))";
    }
  }
  return x;
}

}  // namespace jixiao::filing
