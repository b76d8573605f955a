#include "formula/formula.hpp"

#include <muParser.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <utility>

#include "formula/compiled.hpp"
#include "formula/function_table.hpp"
#include "formula/lexer.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::formula {
namespace {

using text::Code;

constexpr std::size_t longest = 19'999;  // bytes; muParser itself stops at 20,000

// What muParser still refuses: its positions are bytes, ours characters.
Diagnostic muparser_refusal(const text::Located& source, const mu::ParserError& error) {
  const std::size_t bytes = std::min(
      static_cast<std::size_t>(std::max(static_cast<int>(error.GetPos()), 0)), source.text.size());
  const std::size_t at = text::character_count(std::string_view(source.text).substr(0, bytes));
  const std::string said = error.GetMsg();
  return text::diagnose(Code::formula_syntax, source.place(at),
                        {"muParser 不能读这个公式：" + said, "muParser cannot read this: " + said});
}

std::vector<Token> tokens_of(std::span<const Word> words, const Tree& tree) {
  std::vector<Token> tokens;
  auto node = tree.nodes.begin();  // values stand in the tree in the order of the text, so one walk
                                   // finds all
  for (const Word& word : words) {
    if (word.lexeme == Lexeme::end) break;
    Token token{Token::Kind::sign, word.at, word.length};
    if (word.lexeme == Lexeme::number || word.lexeme == Lexeme::text)
      token.kind = Token::Kind::number;
    if (word.lexeme == Lexeme::name) {
      token.kind = Token::Kind::function;
      const auto here = std::find_if(node, tree.nodes.end(), [&word](const Node& n) {
        return n.kind == NodeKind::variable && n.at >= word.at;
      });
      if (here != tree.nodes.end() && here->at == word.at) {
        token.kind = Token::Kind::variable;
        token.variable = here->variable;
        node = here;
      }
    }
    tokens.push_back(token);
  }
  return tokens;
}

// What muParser reads: the formula, with the numbers of its words in their place.
std::string with_numbers(const text::Located& source, std::span<const Word> words,
                         const Tree& tree) {
  std::string out;
  std::size_t done = 0;  // bytes
  auto node = tree.nodes.begin();
  for (const Word& word : words) {
    if (word.lexeme != Lexeme::text) continue;
    node = std::find_if(node, tree.nodes.end(),
                        [&](const Node& n) { return n.is_word && n.at == word.at; });
    const std::size_t begin = static_cast<std::size_t>(word.text.data() - source.text.data());
    out.append(source.text, done, begin - done);
    out += std::to_string(static_cast<long>(node->number));
    done = begin + word.text.size();
  }
  return out.append(source.text, done);
}

// Teaching a parser takes longer than reading most formulas, so each thread keeps one that is
// taught. It knows no variable of an earlier formula.
mu::Parser& ready_parser(const value::Calendar* calendar) {
  thread_local mu::Parser parser = [] {
    mu::Parser fresh;
    register_functions(fresh, nullptr);
    return fresh;
  }();
  parser.ClearVar();
  register_calendar(parser, calendar);
  return parser;
}

std::vector<std::size_t> sorted_once(std::vector<std::size_t> variables) {
  std::sort(variables.begin(), variables.end());
  variables.erase(std::unique(variables.begin(), variables.end()), variables.end());
  return variables;
}

std::vector<std::size_t> variables_of(const Tree& tree) {
  std::vector<std::size_t> used;
  for (const Node& node : tree.nodes) {
    if (node.kind == NodeKind::variable) used.push_back(node.variable);
  }
  return sorted_once(std::move(used));
}

// Of `used`, those that no function asks whether they are there.
std::vector<std::size_t> needed_of(const Tree& tree, const std::vector<std::size_t>& used) {
  std::vector<std::size_t> asked;
  for (const Node& node : tree.nodes) {
    if (node.kind != NodeKind::call || !asks_what_is_given(node.function)) continue;
    for (const std::size_t child : tree.children_of(node))
      asked.push_back(tree.nodes[child].variable);
  }
  if (asked.empty()) return used;
  asked = sorted_once(std::move(asked));
  std::vector<std::size_t> needed;
  std::set_difference(used.begin(), used.end(), asked.begin(), asked.end(),
                      std::back_inserter(needed));
  return needed;
}

}  // namespace

const std::string& Formula::text() const { return program_->source.text; }
const text::Located& Formula::source() const { return program_->source; }
std::span<const std::size_t> Formula::used() const { return program_->used; }
std::span<const std::size_t> Formula::needed() const { return program_->needed; }
std::string Formula::word(std::size_t variable, double x) const {
  for (const WordList& list : program_->words) {
    if (list.variable != variable || !(x >= 1)) continue;
    const auto at = static_cast<std::size_t>(x) - 1;
    return at < list.words.size() ? list.words[at] : std::string();
  }
  return {};
}
bool Formula::needs(std::size_t variable) const {
  return std::binary_search(program_->needed.begin(), program_->needed.end(), variable);
}
std::span<const Token> Formula::tokens() const { return program_->tokens; }

std::optional<std::size_t> Formula::variable() const {
  const Routine& routine = program_->routine;
  if (routine.result >= routine.inputs.size()) return std::nullopt;
  return routine.inputs[routine.result];
}

void Formula::evaluate(std::span<const Column> columns, std::span<double> out) const {
  if (program_->with_bound && columns[*program_->bounded].bounds() != nullptr) {
    const Column bound = Column::of({columns[*program_->bounded].bounds(), out.size()});
    return run_rows(*program_->with_bound, columns, bound, out, program_->calendar.get());
  }
  run_rows(program_->routine, columns, {}, out, program_->calendar.get());
}

double Formula::evaluate(std::span<const double> values) const {
  return run_row(program_->routine, values, 0, program_->calendar.get());
}

double Formula::evaluate(std::span<const double> values, double bound) const {
  return run_row(program_->with_bound ? *program_->with_bound : program_->routine, values, bound,
                 program_->calendar.get());
}

bool Formula::heeds_bounds() const { return program_->with_bound.has_value(); }

void Formula::bounds(std::span<const Column> columns, std::span<double> out) const {
  assert(program_->bounds && "the scope says keeps_bounds");
  run_rows(*program_->bounds, columns, {}, out, program_->calendar.get());
}

std::optional<value::Unit> Formula::unit(std::span<const value::Unit> units,
                                         std::vector<Diagnostic>& diagnostics) const {
  return infer_unit(program_->tree, program_->source, units, diagnostics);
}

std::optional<Formula> compile(const text::Located& source, const Scope& scope,
                               std::vector<Diagnostic>& diagnostics) {
  if (source.text.size() > longest) {
    diagnostics.push_back(text::diagnose(Code::formula_limit, source.place(0),
                                         {"公式有 " + std::to_string(source.text.size()) +
                                              " 字节，上限为 " + std::to_string(longest),
                                          "a formula of " + std::to_string(source.text.size()) +
                                              " bytes; the limit is " + std::to_string(longest)},
                                         {"把公式拆成几个", "split the formula into several"}));
    return std::nullopt;
  }
  std::vector<Diagnostic> found;
  const std::vector<Word> words = read_words(source, found);
  Tree tree = read_tree(source, words, scope, found);
  const bool refused = text::has_error(found);
  diagnostics.insert(diagnostics.end(), found.begin(), found.end());
  if (refused) return std::nullopt;

  auto program = std::make_shared<Formula::Program>();
  program->source = source;
  program->calendar = scope.calendar;
  program->words = scope.words;
  program->used = variables_of(tree);
  program->needed = needed_of(tree, program->used);
  program->tokens = tokens_of(words, tree);
  program->tree = std::move(tree);
  try {
    mu::Parser& parser = ready_parser(scope.calendar.get());
    std::vector<double> slots(scope.variables.size(), 1.0);
    for (const std::size_t position : program->used)
      parser.DefineVar(scope.variables[position], &slots[position]);
    parser.SetExpr(with_numbers(source, words, program->tree));
    parser.Eval();  // fills the bytecode
    program->routine = translate(parser, slots, scope, {});
    if (scope.bounded) {
      program->bounded = scope.bounded;
      Routine with_bound = translate(parser, slots, scope, {true, false});
      const auto& inputs = with_bound.inputs;
      if (std::find(inputs.begin(), inputs.end(), Routine::bound_input) != inputs.end())
        program->with_bound = std::move(with_bound);
    }
    if (scope.keeps_bounds) program->bounds = translate(parser, slots, scope, {false, true});
  } catch (const mu::ParserError& error) {
    diagnostics.push_back(muparser_refusal(source, error));
    return std::nullopt;
  }
  return Formula(std::move(program));
}

bool is_name(std::string_view name) {
  constexpr std::array keywords = {"and", "or", "not", "if", "then", "else", "true", "false"};
  if (name.empty() || name.size() > 100 || find_function(name) != nullptr) return false;
  if (std::find(keywords.begin(), keywords.end(), name) != keywords.end()) return false;
  for (std::size_t at = 0; at < name.size();) {
    const Character next = character_at(name, at);
    const bool full_width = next.point >= 0xFF01 && next.point <= 0xFF5E;
    if (full_width || !(at == 0 ? begins_name(next.point) : continues_name(next.point)))
      return false;
    at += next.bytes;
  }
  return true;
}

}  // namespace jixiao::formula
