// What is wrong with a file somebody wrote, where, and what to type instead.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jixiao/text.hpp"

namespace jixiao {

enum class Severity { note, warning, error };

// A self-contained finding: it keeps its own copy of the source line, so it outlives the file it
// speaks of.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;         // stable, listed in docs/diagnostics.md: "weights.sum"
  std::string file;         // as the caller named it; empty when the finding has no file
  std::size_t line = 0;     // 1-based; 0 when the finding is about the whole file
  std::size_t column = 0;   // 1-based, in characters, not bytes
  std::size_t length = 0;   // characters to underline, 0 or more
  std::string source_line;  // the line as read, without its end; empty when unknown
  Text message;             // what was found and what was expected
  Text help;                // what to type instead; may be empty
};

// A value, or none, with everything there is to say about how it was made.
// There is a value exactly when no diagnostic is an error.
template <class T>
class [[nodiscard]] Checked {
 public:
  Checked(T value, std::vector<Diagnostic> diagnostics = {})
      : value_(std::move(value)), diagnostics_(std::move(diagnostics)) {}
  Checked(std::vector<Diagnostic> diagnostics) : diagnostics_(std::move(diagnostics)) {}

  [[nodiscard]] bool has_value() const { return value_.has_value(); }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] const T& value() const& { return *value_; }
  [[nodiscard]] T&& value() && { return *std::move(value_); }
  const T& operator*() const& { return *value_; }
  const T* operator->() const { return &*value_; }
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::optional<T> value_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace jixiao
