// mu::Parser::Eval row by row: what every formula must equal, bit for bit. For tests alone, never
// linked into the engine.
#pragma once

#include <muParser.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "formula/function_table.hpp"

namespace jixiao::oracle {

class Oracle {
 public:
  // Whose + - * / ^ and comparisons: this language's, or those muParser has by itself.
  enum class Signs { registered, own };
  // Throws mu::ParserError when muParser refuses the text. `calendar` may be null and must outlive
  // the oracle.
  Oracle(const std::string& text, const std::vector<std::string>& names,
         const value::Calendar* calendar, Signs signs = Signs::registered)
      : slots_(names.size()) {
    signs == Signs::registered ? formula::register_functions(parser_, calendar)
                               : formula::register_formula_functions(parser_, calendar);
    for (std::size_t i = 0; i < names.size(); ++i) parser_.DefineVar(names[i], &slots_[i]);
    parser_.SetExpr(text);
  }
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;

  // One row: a value per name.
  double operator()(std::span<const double> values) {
    std::copy(values.begin(), values.end(), slots_.begin());
    return parser_.Eval();
  }

 private:
  std::vector<double> slots_;
  mu::Parser parser_;
};

}  // namespace jixiao::oracle
