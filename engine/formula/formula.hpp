// A muParser formula, compiled once, const after, evaluated a block of rows at a time.
//
// muParser parses and orders; its public bytecode is translated into a short routine of
// instructions that runs over blocks of rows. For every input the result has the very bits of the
// same bytecode run row by row, and of mu::Parser::Eval wherever no comparison and no step is
// closer to an edge than rounding can tell (tests/oracle), on every processor; any NaN is as good
// as another.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "text/toml.hpp"
#include "value/date.hpp"
#include "value/edge.hpp"
#include "value/unit.hpp"

namespace jixiao::formula {

// The words that the numbers of a variable stand for.
struct WordList {
  std::size_t variable;
  std::vector<std::string> words;
};

// The names a formula may use. A variable's position in `variables` is the position of its column
// when the formula is evaluated.
struct Scope {
  std::vector<std::string> variables;  // ASCII or Chinese letters, digits, '_' ; not starting with
                                       // a digit
  std::shared_ptr<const value::Calendar> calendar;  // workdays(); none: workdays() is refused
  // How far each variable may be off, relative to it (value/edge.hpp): 0, and those beyond the end,
  // are numbers as they were given.
  std::vector<double> bounds = {};
  // The variable whose column may bring bounds of its own, which then hold instead.
  std::optional<std::size_t> bounded = std::nullopt;
  // Whether bounds() of the formula is asked for.
  bool keeps_bounds = false;
  // Variables whose numbers stand for words, 1 for the first of theirs: formulas compare them with
  // words in double quotes, by == and != alone.
  std::vector<WordList> words = {};
  // Whether the formula may be one such variable and nothing else, to be shown by word().
  bool may_be_word = false;

  // All variables are off by so much of themselves.
  void set_bounds(double relative) { bounds.assign(variables.size(), relative); }
  void add(std::string name, double bound = 0) {
    bounds.resize(variables.size(), 0.0);
    variables.push_back(std::move(name));
    bounds.push_back(bound);
  }
};

// One variable's values for a run: a column of at least `rows` doubles, or one value for all rows.
class Column {
 public:
  Column() = default;
  static Column of(std::span<const double> values) { return {values.data(), 1}; }
  // With how far each value may be off; null: as the scope says.
  static Column of(std::span<const double> values, const double* bounds) {
    Column column(values.data(), 1);
    column.bounds_ = bounds;
    return column;
  }
  // refers to `value`, does not copy it
  static Column uniform(const double& value) { return {&value, 0}; }
  [[nodiscard]] double operator[](std::size_t row) const { return data_[row * stride_]; }
  [[nodiscard]] const double* data() const { return data_; }
  [[nodiscard]] bool is_uniform() const { return stride_ == 0; }
  [[nodiscard]] const double* bounds() const { return bounds_; }

 private:
  Column(const double* data, std::size_t stride) : data_(data), stride_(stride) {}
  const double* data_ = nullptr;
  const double* bounds_ = nullptr;
  std::size_t stride_ = 0;
};

// A word of the formula as written, for showing it with numbers in it.
struct Token {
  enum class Kind { variable, function, number, sign } kind;
  std::size_t at;            // character offset in text()
  std::size_t length;        // characters
  std::size_t variable = 0;  // index into the scope's variables, for Kind::variable
};

// Cheap to copy; shares one immutable program. Safe to evaluate from any number of threads.
class Formula {
 public:
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] const text::Located& source() const;
  // Positions (in Scope::variables, ascending) of the variables the text names. The others' columns
  // are never read and may be default-made.
  [[nodiscard]] std::span<const std::size_t> used() const;
  // Those of used() without which there is no result. The others are asked for by given(),
  // sum_given() and their like: their columns hold NaN where there is no value.
  [[nodiscard]] std::span<const std::size_t> needed() const;
  [[nodiscard]] bool needs(std::size_t variable) const;
  [[nodiscard]] std::span<const Token> tokens() const;
  // The word that x, a value of this variable, stands for; empty for a variable of numbers and
  // where x stands for none.
  [[nodiscard]] std::string word(std::size_t variable, double x) const;
  // The variable that is all the formula says: its column is the result.
  [[nodiscard]] std::optional<std::size_t> variable() const;

  // out[i] = the formula on row i of `columns` (one per scope variable). Never throws; NaN and
  // infinities come out as they are: the caller decides what they mean. Rows in any split give the
  // same bits.
  void evaluate(std::span<const Column> columns, std::span<double> out) const;
  // One row.
  [[nodiscard]] double evaluate(std::span<const double> values) const;
  // One row, where the bounded variable of the scope may be off by `bound`.
  [[nodiscard]] double evaluate(std::span<const double> values, double bound) const;
  // Whether it matters to the formula how far the bounded variable may be off: whether that decides
  // a comparison or a step.
  [[nodiscard]] bool heeds_bounds() const;
  // How far the results of evaluate() may be off, for a scope with keeps_bounds.
  void bounds(std::span<const Column> columns, std::span<double> out) const;

  // The unit of the result, from the units of the variables; a formula.unit diagnostic is added
  // where they do not fit (元 + 人, a percentage compared with a date). Nothing when it cannot be
  // told. Constants take the unit they meet.
  std::optional<value::Unit> unit(std::span<const value::Unit> units,
                                  std::vector<Diagnostic>& diagnostics) const;

  struct Program;
  Formula() = default;  // no program: to be assigned to before it is asked anything
  explicit Formula(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

 private:
  std::shared_ptr<const Program> program_;
};

// Compiles `source`; every mistake found is added to `diagnostics` at its place in the file, with a
// way out (the nearest known name ...), and the result is then empty.
std::optional<Formula> compile(const text::Located& source, const Scope& scope,
                               std::vector<Diagnostic>& diagnostics);

// Names formulas may call, for messages and docs: "clamp(x, low, high)" with one line each.
struct FunctionEntry {
  std::string name;
  std::string signature;
  Text summary;
};
std::span<const FunctionEntry> functions();
// Whether a name may be used as a variable: letters (ASCII or not), digits, '_', no function's
// name, no keyword.
bool is_name(std::string_view name);

}  // namespace jixiao::formula
