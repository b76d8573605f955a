#include "formula/tree.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "formula/word_values.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::formula {
namespace {

using text::Code;

constexpr int deepest = 200;

// muParser's: higher binds tighter, 0 is no binary sign. Only ^ groups from the right.
int precedence(Lexeme lexeme) {
  switch (lexeme) {
    case Lexeme::or_: return 1;
    case Lexeme::and_: return 2;
    case Lexeme::less:
    case Lexeme::less_equal:
    case Lexeme::greater:
    case Lexeme::greater_equal:
    case Lexeme::equal:
    case Lexeme::unequal: return 4;
    case Lexeme::plus:
    case Lexeme::minus: return 5;
    case Lexeme::times:
    case Lexeme::divide: return 6;
    case Lexeme::power: return 7;
    default: return 0;
  }
}

bool is_comparison(Lexeme lexeme) { return precedence(lexeme) == 4; }
bool is_prefix(Lexeme lexeme) {
  return lexeme == Lexeme::plus || lexeme == Lexeme::minus || lexeme == Lexeme::not_;
}
bool begins_operand(Lexeme lexeme) {
  return lexeme == Lexeme::number || lexeme == Lexeme::text || lexeme == Lexeme::name ||
         lexeme == Lexeme::open;
}

// A node with the words it was made of.
struct Part {
  std::size_t node;
  std::size_t first;  // words
  std::size_t last;
  int comparisons = 0;   // comparison signs standing side by side in it, outside any parenthesis
  std::size_t sign = 0;  // the word of the last of them
};

class Parser {
 public:
  Parser(const text::Located& source, std::span<const Word> words, const Scope& scope,
         std::vector<Diagnostic>& diagnostics)
      : source_(source), words_(words), scope_(scope), diagnostics_(diagnostics) {}

  Tree parse() {
    if (words_.size() == 1) {
      report(Code::formula_syntax, words_[0], {"公式是空的", "the formula is empty"},
             {"写一个数、名称或算式", "write a number, a name or an expression"});
      make({});
      return std::move(tree_);
    }
    Part whole = conditional();
    while (here().lexeme != Lexeme::end) {
      if (here().lexeme == Lexeme::comma) {
        comma(false);
        whole = conditional();
        continue;
      }
      if (here().lexeme == Lexeme::close) {
        report(Code::formula_syntax, here(), {"多余的 )", "a ) that closes nothing"},
               {"删去它，或在前面补 (", "leave it out, or open it with ( before"});
        ++word_;
        whole = binary_after(whole);
      } else if (here().lexeme == Lexeme::colon) {
        report(Code::formula_syntax, here(), {": 前面没有 ?", "a : without its ?"},
               {"条件写作 条件 ? 甲 : 乙", "a choice is written condition ? a : b"});
        ++word_;
        if (begins_operand(here().lexeme) || is_prefix(here().lexeme)) whole = conditional();
      } else {
        ++word_;  // what follows a mistake already reported
      }
    }
    // The root must be last: a mistake may have left another part behind it.
    if (whole.node + 1 != tree_.nodes.size()) make({});
    return std::move(tree_);
  }

 private:
  [[nodiscard]] const Word& here() const { return words_[word_]; }

  void report(Code code, const Word& word, Text message, Text help) {
    if (stopped_) return;
    diagnostics_.push_back(
        text::diagnose(code, source_.place(word.at, std::max<std::size_t>(word.length, 1)),
                       std::move(message), std::move(help)));
  }

  std::size_t make(Node node, std::span<const std::size_t> children = {}) {
    node.first_child = tree_.children.size();
    node.child_count = children.size();
    tree_.children.insert(tree_.children.end(), children.begin(), children.end());
    tree_.nodes.push_back(node);
    return tree_.nodes.size() - 1;
  }
  static Node at(const Word& word, NodeKind kind) {
    Node node;
    node.kind = kind;
    node.sign = word.lexeme;
    node.at = word.at;
    node.length = word.length;
    return node;
  }
  Part unknown() { return {make({}), word_, word_}; }

  [[nodiscard]] std::string written(std::size_t first, std::size_t last) const {
    const char* begin = words_[first].text.data();
    const char* end = words_[last].text.data() + words_[last].text.size();
    return end > begin ? std::string(begin, end) : std::string();
  }

  // One level down; the formula is given up when there are too many.
  bool descend() {
    if (++depth_ <= deepest) return true;
    report(Code::formula_limit, here(), {"嵌套超过 200 层", "more than 200 levels of nesting"},
           {"把公式拆成几个", "split the formula into several"});
    stopped_ = true;
    word_ = words_.size() - 1;
    return false;
  }

  Part conditional() {
    if (!descend()) return unknown();
    Part condition = binary(1);
    while (here().lexeme == Lexeme::comma && in_call_ == 0 && stray_comma_ends_operand())
      condition = after_stray_comma();
    if (here().lexeme == Lexeme::question) {
      const Word& question = here();
      ++word_;
      const Part then = conditional();
      Part otherwise = then;
      if (here().lexeme == Lexeme::colon) {
        ++word_;
        otherwise = conditional();
      } else {
        report(Code::formula_syntax, question, {"? 后面没有 :", "a ? without its :"},
               {"条件写作 条件 ? 甲 : 乙", "a choice is written condition ? a : b"});
      }
      const std::size_t children[] = {condition.node, then.node, otherwise.node};
      condition = {make(at(question, NodeKind::conditional), children), condition.first,
                   otherwise.last};
    }
    --depth_;
    return condition;
  }

  // A comma between plain parentheses is reported there; at the top the caller goes on.
  [[nodiscard]] bool stray_comma_ends_operand() const { return parentheses_ > 0; }
  Part after_stray_comma() {
    comma(true);
    return binary(1);
  }

  void comma(bool inside) {
    const Word& sign = here();
    const bool decimal = word_ > 0 && words_[word_ - 1].lexeme == Lexeme::number &&
                         words_[word_ + 1].lexeme == Lexeme::number &&
                         words_[word_ - 1].at + words_[word_ - 1].length == sign.at &&
                         sign.at + sign.length == words_[word_ + 1].at;
    Text help{"一个公式只有一个值；几个值放进函数，如 min(a, b)",
              "a formula has one value; several go into a function: min(a, b)"};
    if (decimal) {
      const std::string left(words_[word_ - 1].text);
      const std::string right(words_[word_ + 1].text);
      help = {"小数写作 " + left + "." + right, "a decimal is written " + left + "." + right};
      if (right.size() == 3 && left != "0")
        help = {"千位不分节：" + left + right + "；小数写作 " + left + "." + right,
                "a large number has no separators: " + left + right + "; a decimal is written " +
                    left + "." + right};
    }
    report(Code::formula_refused, sign,
           inside
               ? Text{"括号里的逗号不在函数之中", "a comma in parentheses that are no function's"}
               : Text{"逗号不在函数的括号里", "a comma outside a function's parentheses"},
           help);
    ++word_;
  }

  Part binary(int lowest) { return binary_after(unary(), lowest); }

  Part binary_after(Part left, int lowest = 1) {
    while (!stopped_) {
      const Word& sign = here();
      const std::size_t sign_word = word_;
      const int level = precedence(sign.lexeme);
      if (sign.lexeme == Lexeme::invalid) {
        ++word_;
        if (begins_operand(here().lexeme)) unary();
        left = {make({}), left.first, word_ - 1};
        continue;
      }
      if (level == 0 && (begins_operand(sign.lexeme) || sign.lexeme == Lexeme::not_)) {
        const std::string before = written(left.last, left.last);
        report(Code::formula_syntax, sign,
               {"“" + std::string(sign.text) + "”前面缺少运算符",
                "a sign is missing before '" + std::string(sign.text) + "'"},
               {"相乘要写 *", "a product is written with *"});
        const Part right = unary();
        const std::size_t children[] = {left.node, right.node};
        left = {make(at(sign, NodeKind::unknown), children), left.first, right.last};
        continue;
      }
      if (level == 0 || level < lowest) break;
      ++word_;
      Part right{};
      if (level == 7) {
        if (!descend()) return unknown();
        right = binary(7);
        --depth_;
      } else {
        right = binary(level + 1);
      }
      const int comparisons = is_comparison(sign.lexeme) ? left.comparisons + 1 : 0;
      if (comparisons == 2) {
        const std::string split = written(left.first, left.last) + " && " +
                                  written(left.sign + 1, left.last) + std::string(sign.text) +
                                  written(right.first, right.last);
        report(Code::formula_refused, sign, {"比较不能连写", "comparisons cannot be chained"},
               {"应写成 " + split, "write " + split});
      }
      const std::size_t children[] = {left.node, right.node};
      left = {make(at(sign, NodeKind::binary), children), left.first, right.last, comparisons,
              sign_word};
    }
    return left;
  }

  Part unary() {
    if (!is_prefix(here().lexeme)) return primary();
    const std::size_t first = word_;
    const Word& sign = here();
    ++word_;
    if (is_prefix(here().lexeme)) {
      report(Code::formula_syntax, here(),
             {"连续两个正负号或 !", "two signs in a row before a value"},
             {"加括号：-(-x)", "use parentheses: -(-x)"});
      while (is_prefix(here().lexeme)) ++word_;
    }
    // A sign binds weaker than ^ and stronger than *, in muParser as in print.
    const Part operand = binary(7);
    const std::size_t children[] = {operand.node};
    return {make(at(sign, NodeKind::unary), children), first, operand.last};
  }

  Part primary() {
    const Word& word = here();
    const std::size_t first = word_;
    switch (word.lexeme) {
      case Lexeme::number: {
        Node node = at(word, NodeKind::number);
        std::from_chars(word.text.data(), word.text.data() + word.text.size(), node.number);
        ++word_;
        return {make(node), first, first};
      }
      case Lexeme::text: {
        Node node = at(word, NodeKind::number);
        node.is_word = true;
        ++word_;
        return {make(node), first, first};
      }
      case Lexeme::name: return words_[word_ + 1].lexeme == Lexeme::open ? call() : name();
      case Lexeme::open: return parentheses();
      case Lexeme::invalid:
        ++word_;
        return begins_operand(here().lexeme) ? primary() : Part{make({}), first, first};
      default: break;
    }
    if (word.lexeme == Lexeme::end) {
      report(Code::formula_syntax, word_ > 0 ? words_[word_ - 1] : word,
             {"公式在此中断，后面缺少一个值",
              "the formula breaks off here: a value is missing after it"},
             {"补上一个数或名称", "add a number or a name"});
      return unknown();
    }
    report(Code::formula_syntax, word,
           {"“" + std::string(word.text) + "”前面缺少一个值",
            "a value is missing before '" + std::string(word.text) + "'"},
           {"补上一个数或名称", "add a number or a name"});
    // What closes or separates something is left for whoever opened it; a sign is passed over.
    const bool skip = precedence(word.lexeme) != 0;
    if (skip) {
      ++word_;
      return begins_operand(here().lexeme) ? primary() : unknown();
    }
    return {make({}), first, first > 0 ? first - 1 : first};
  }

  Part parentheses() {
    const std::size_t first = word_;
    const Word& open = here();
    ++word_;
    const int outer_call = std::exchange(in_call_, 0);
    ++parentheses_;
    const Part inner = conditional();
    --parentheses_;
    in_call_ = outer_call;
    expect_close(open);
    return {inner.node, first, word_ - 1};
  }

  void expect_close(const Word& open) {
    if (here().lexeme == Lexeme::close) {
      ++word_;
    } else {
      report(Code::formula_syntax, open, {"括号没有闭合", "this ( is never closed"},
             {"补上 )", "add a )"});
    }
  }

  Part call() {
    const std::size_t first = word_;
    const Word& word = here();
    const Word& open = words_[word_ + 1];
    const std::string name(word.text);
    const FunctionRow* row = find_function(name);
    if (row == nullptr) {
      if (variable(name)) {
        report(Code::formula_syntax, word,
               {"“" + name + "”是一个值，不是函数", "'" + name + "' is a value, not a function"},
               {"相乘要写 " + name + "*(", "a product is written " + name + "*("});
      }
    } else if (word.at + word.length != open.at) {
      report(
          Code::formula_syntax, word,
          {"函数名与括号之间不能有空格", "a blank between a function's name and its parenthesis"},
          {"应写成 " + name + "(", "write " + name + "("});
    } else if (row->function == Function::workdays && scope_.calendar == nullptr) {
      report(Code::formula_refused, word,
             {"workdays 需要日历，而这里没有", "workdays needs a calendar, and there is none here"},
             {"在规则集中写 calendar = \"cn\"", "give the rule set one: calendar = \"cn\""});
    }
    word_ += 2;
    const std::size_t reported = diagnostics_.size();
    std::vector<std::size_t> arguments;
    std::vector<std::string> texts;
    const auto argument = [&] {
      const Part part = conditional();
      arguments.push_back(part.node);
      texts.push_back(written(part.first, part.last));
    };
    const int outer_parentheses = std::exchange(parentheses_, 0);
    ++in_call_;
    if (here().lexeme != Lexeme::close) {
      argument();
      while (here().lexeme == Lexeme::comma) {
        ++word_;
        argument();
      }
    }
    --in_call_;
    parentheses_ = outer_parentheses;
    expect_close(open);
    if (row != nullptr) check_count(word, *row, arguments.size());
    if (row != nullptr && asks_what_is_given(row->function)) check_names(word, arguments);
    if (row == nullptr && !variable(name))
      unknown_function(word, name,
                       diagnostics_.size() == reported ? texts : std::vector<std::string>{});
    Node node = at(word, row != nullptr ? NodeKind::call : NodeKind::unknown);
    if (row != nullptr) node.function = row->function;
    return {make(node, arguments), first, word_ - 1};
  }

  // What authors know from spreadsheets and other languages, said as a formula says it; `arguments`
  // are empty where they are faulty.
  void unknown_function(const Word& word, const std::string& name,
                        const std::vector<std::string>& arguments) {
    std::string lower = name;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const Text what{"没有函数“" + name + "”", "there is no function '" + name + "'"};
    const auto say = [&](const std::string& instead) {
      report(Code::formula_name, word, what, {"应写成 " + instead, "write " + instead});
    };
    const auto all = [&](const std::string& between) {
      std::string out;
      for (const std::string& each : arguments) out += (out.empty() ? "" : between) + each;
      return out;
    };
    // Of one argument inside a larger expression.
    const auto closed = [](const std::string& text) {
      return text.find_first_of("+-*/^<>=!&|?") == std::string::npos ? text : "(" + text + ")";
    };
    const std::size_t count = arguments.size();
    if (lower == "if" || lower == "iif" || lower == "ifs")
      return say(count == 3 ? closed(arguments[0]) + " ? " + closed(arguments[1]) + " : " +
                                  closed(arguments[2])
                            : "condition ? a : b");
    if (lower == "and") return say(count > 1 ? all(" && ") : "a && b");
    if (lower == "or") return say(count > 1 ? all(" || ") : "a || b");
    if (lower == "not") return say(count == 1 ? "!" + closed(arguments[0]) : "!a");
    if (lower == "log") {
      const std::string x = count == 1 ? arguments[0] : "x";
      return report(
          Code::formula_name, word, what,
          {"自然对数写 ln(" + x + ")，以 10 为底写 log10(" + x + ")",
           "write ln(" + x + ") for the natural logarithm, log10(" + x + ") for that to base 10"});
    }
    if (lower == "pow" || lower == "power")
      return say(count == 2 ? closed(arguments[0]) + "^" + closed(arguments[1]) : "a^b");
    if (lower == "mod" || lower == "fmod")
      return say(count == 2 ? arguments[0] + " - " + closed(arguments[1]) + "*floor(" +
                                  closed(arguments[0]) + "/" + closed(arguments[1]) + ")"
                            : "a - b*floor(a/b)");
    struct Other {
      const char* name;
      const char* instead;
    };
    static constexpr Other others[] = {{"minimum", "min"},
                                       {"maximum", "max"},
                                       {"average", "avg"},
                                       {"mean", "avg"},
                                       {"int", "floor"},
                                       {"ceiling", "ceil"},
                                       {"truncate", "trunc"},
                                       {"fix", "trunc"},
                                       {"sgn", "sign"},
                                       {"fabs", "abs"},
                                       {"log1p", "ln"},
                                       {"weekdays", "workdays"},
                                       {"networkdays", "workdays"}};
    const FunctionRow* row = find_function(lower);
    for (const Other& other : others) {
      if (lower == other.name) row = find_function(other.instead);
    }
    if (row != nullptr) {
      const bool fits = row->arguments < 0 ? count > 0
                                           : count == static_cast<std::size_t>(row->arguments);
      return say(fits ? row->name + ("(" + all(", ")) + ")" : row->signature);
    }
    const auto is_one_of = [&lower](std::initializer_list<std::string_view> words) {
      return std::find(words.begin(), words.end(), lower) != words.end();
    };
    if (is_one_of({"isnan", "isna", "isblank", "ismissing", "is_missing", "isnull"}))
      return say(count == 1 ? "!given(" + arguments[0] + ")" : "!given(x)");
    if (is_one_of({"coalesce", "ifna", "nvl", "ifnull", "ifblank"}))
      return say(count == 2 ? "given(" + arguments[0] + ") ? " + closed(arguments[0]) + " : " +
                                  closed(arguments[1])
                            : "given(a) ? a : b");
    if (is_one_of({"count", "counta"})) return say("count_given(" + all(", ") + ")");
    if (is_one_of({"iserror", "iferror"})) {
      return report(Code::formula_name, word, what,
                    {"算不出的数不能当作别的数：用 domain 与 outside 说明公式在哪里成立",
                     "what cannot be computed is no other value: say with 'domain' and 'outside' "
                     "where the formula holds"});
    }
    if (is_one_of({"rank", "stdev", "stddev", "percentile", "quartile", "quantile", "sumif",
                   "countif"})) {
      return report(
          Code::formula_name, word, what,
          {"公式一次只看一个项目；全表的名次、标准差、分位数用 [[statistic]] 给出",
           "a formula sees one project at a time: ranks, deviations and quantiles of the whole "
           "table are a [[statistic]]"});
    }
    static const std::vector<std::string> names = function_names();
    report(Code::formula_name, word, what, text::suggestion(name, names));
  }

  void check_count(const Word& word, const FunctionRow& row, std::size_t count) {
    const bool fits = row.arguments < 0 ? count > 0
                                        : count == static_cast<std::size_t>(row.arguments);
    const std::string name = row.name;
    if (row.function == Function::median && count > most_in_median)
      return report(Code::formula_limit, word,
                    {"median 至多取 " + std::to_string(most_in_median) + " 个数，这里有 " +
                         std::to_string(count) + " 个",
                     "median takes at most " + std::to_string(most_in_median) + " values, not " +
                         std::to_string(count)},
                    {"全表的中位数用 [[statistic]]",
                     "the median of a whole table is a [[statistic]]"});
    if (fits) return;
    const std::string given = std::to_string(count);
    const std::string wanted = row.arguments < 0 ? "1" : std::to_string(row.arguments);
    report(Code::formula_syntax, word,
           {name + " 需要" + (row.arguments < 0 ? "至少 " : " ") + wanted + " 个参数，这里有 " +
                given + " 个",
            name + " takes " + (row.arguments < 0 ? "at least " : "") + wanted +
                (wanted == "1" ? " argument" : " arguments") + ", not " + given},
           {"写法：" + std::string(row.signature), "write " + std::string(row.signature)});
  }

  // Whether something is there is asked of names: what is computed from them may fail otherwise.
  void check_names(const Word& word, std::span<const std::size_t> arguments) {
    for (const std::size_t argument : arguments) {
      const Node& node = tree_.nodes[argument];
      if (node.kind == NodeKind::variable || node.kind == NodeKind::unknown) continue;
      const std::string name(word.text);
      Word place = word;
      if (node.length > 0) place.at = node.at, place.length = node.length;
      return report(Code::formula_refused, place,
                    {name + " 的参数只能是名称：算式里缺的是哪个数，说不清",
                     "the arguments of " + name +
                         " are names: of a computation nobody could say which value is missing"},
                    {"只写名称，如 " + name + "(a)；先判断再计算写成 given(a) ? 2*a : 0",
                     "give names, " + name + "(a); to compute with what is there, write given(a) ? "
                                             "2*a : 0"});
    }
  }

  [[nodiscard]] std::optional<std::size_t> variable(const std::string& name) const {
    const auto found = std::find(scope_.variables.begin(), scope_.variables.end(), name);
    if (found == scope_.variables.end()) return std::nullopt;
    return static_cast<std::size_t>(found - scope_.variables.begin());
  }

  Part name() {
    const Word& word = here();
    const std::size_t first = word_;
    ++word_;
    const std::string text(word.text);
    if (const auto position = variable(text)) {
      Node node = at(word, NodeKind::variable);
      node.variable = *position;
      return {make(node), first, first};
    }
    if (const FunctionRow* row = find_function(text)) {
      report(
          Code::formula_syntax, word,
          {"函数“" + text + "”后面缺少括号", "the function '" + text + "' without its parentheses"},
          {"写法：" + std::string(row->signature), "write " + std::string(row->signature)});
    } else {
      unknown_name(word, text);
    }
    return {make({}), first, first};
  }

  void unknown_name(const Word& word, const std::string& name) {
    struct Known {
      const char* name;
      const char* instead;
    };
    static constexpr Known known[] = {{"if", "condition ? a : b"},
                                      {"then", "condition ? a : b"},
                                      {"else", "condition ? a : b"},
                                      {"true", "1"},
                                      {"false", "0"},
                                      {"pi", "3.141592653589793"},
                                      {"_pi", "3.141592653589793"},
                                      {"_e", "exp(1)"},
                                      {"e", "exp(1)"}};
    for (const Known& entry : known) {
      if (name != entry.name) continue;
      const Code code = name == "_pi" || name == "_e" ? Code::formula_refused : Code::formula_name;
      return report(
          code, word, {"公式里没有“" + name + "”", "formulas have no '" + name + "'"},
          {"应写成 " + std::string(entry.instead), "write " + std::string(entry.instead)});
    }
    report(Code::formula_name, word, {"未知的名称“" + name + "”", "unknown name '" + name + "'"},
           text::suggestion(name, scope_.variables));
  }

  const text::Located& source_;
  std::span<const Word> words_;
  const Scope& scope_;
  std::vector<Diagnostic>& diagnostics_;
  Tree tree_;
  std::size_t word_ = 0;
  int depth_ = 0;
  int in_call_ = 0;
  int parentheses_ = 0;
  bool stopped_ = false;
};

}  // namespace

Tree read_tree(const text::Located& source, std::span<const Word> words, const Scope& scope,
               std::vector<Diagnostic>& diagnostics) {
  Tree tree = Parser(source, words, scope, diagnostics).parse();
  resolve_words(source, scope, tree, diagnostics);
  return tree;
}

}  // namespace jixiao::formula
