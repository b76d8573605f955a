#include "text/diagnostics.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace jixiao::text {
namespace {

// A diagnostic keeps at most this much of its line: a 10 MB line must not be copied into every
// finding about it.
constexpr std::size_t longest_source_line = 400;

}  // namespace

Diagnostic diagnose(Severity severity, Code code, const Place& place, Text message, Text help) {
  Diagnostic d;
  d.severity = severity;
  d.code = entry(code).name;
  d.message = std::move(message);
  d.help = std::move(help);
  if (!place.source) return d;
  d.file = place.source->name();
  d.line = place.line;
  d.column = place.column;
  d.length = place.length;
  const std::string_view line = place.source->line(place.line);
  if (line.size() <= longest_source_line) d.source_line = std::string(line);
  return d;
}

Diagnostic diagnose(Code code, const Place& place, Text message, Text help) {
  return diagnose(entry(code).severity, code, place, std::move(message), std::move(help));
}

Diagnostic diagnose_file(Code code, const std::string& file, Text message, Text help) {
  Diagnostic d = diagnose(code, Place{}, std::move(message), std::move(help));
  d.file = file;
  return d;
}

bool has_error(std::span<const Diagnostic> diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void sort_by_place(std::vector<Diagnostic>& diagnostics) {
  std::map<std::string, std::size_t> order;
  for (const Diagnostic& d : diagnostics) order.emplace(d.file, order.size());
  const auto key = [&](const Diagnostic& d) {
    return std::tuple(order.at(d.file), d.line, d.column, -static_cast<int>(d.severity));
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  std::set<std::tuple<std::string, std::size_t, std::size_t, std::string, std::string, std::string>>
      said;
  std::erase_if(diagnostics, [&](const Diagnostic& d) {
    return !said.emplace(d.file, d.line, d.column, d.code, d.message.zh, d.message.en).second;
  });
}

}  // namespace jixiao::text
