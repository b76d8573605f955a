// A formula in a one-line file, compiled.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "text/source.hpp"

namespace jixiao::formula {

inline text::Located in_file(const std::string& text) {
  auto source = std::make_shared<const text::Source>("rules.toml", text);
  return {text, {source, 1, 1, text::character_count(text)}};
}

struct Compiled {
  std::optional<Formula> formula;
  std::vector<Diagnostic> diagnostics;
};

inline const std::vector<std::string>& usual_names() {
  static const std::vector<std::string> names = {"A", "T", "W", "U", "B", "E", "完成值", "目标值"};
  return names;
}

inline Compiled compiled(const std::string& text,
                         const std::vector<std::string>& names = usual_names(),
                         std::shared_ptr<const value::Calendar> calendar = nullptr) {
  Compiled result;
  result.formula = compile(in_file(text), Scope{names, std::move(calendar)}, result.diagnostics);
  return result;
}

// The value of a formula without variables.
inline double value_of(const std::string& text,
                       std::shared_ptr<const value::Calendar> calendar = nullptr) {
  const Compiled result = compiled(text, {}, std::move(calendar));
  return result.formula.value().evaluate(std::span<const double>());
}

}  // namespace jixiao::formula
