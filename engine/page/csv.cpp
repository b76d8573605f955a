#include "page/csv.hpp"

#include <algorithm>
#include <charconv>

namespace jixiao::page {
namespace {

bool is_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

// As spreadsheets see it: those of East Asia take full-width signs for the narrow ones.
bool begins_formula(std::string_view text) {
  constexpr std::string_view narrow = "=+-@\t\r";
  constexpr std::string_view wide[] = {"＝", "＋", "－", "＠"};
  if (text.empty()) return false;
  return narrow.find(text.front()) != std::string_view::npos ||
         std::any_of(std::begin(wide), std::end(wide),
                     [&](std::string_view sign) { return text.starts_with(sign); });
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string out(text);
  if (begins_formula(out) && !is_number(out)) out.insert(out.begin(), '\'');
  if (out.find_first_of(",\"\n\r") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_line(std::span<const std::string> cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? "," : "") + csv_cell(cells[i]);
  return out + '\n';
}

}  // namespace jixiao::page
