#include "value/occurrence.hpp"

#include "value/field.hpp"

namespace jixiao::value {

std::optional<double> read_occurrence(std::string_view text) {
  auto number = read_number(text);
  if (!number) {
    const auto field = read_field(text);
    if (field && field->kind == Kind::yes_no) number = field->yes ? 1 : 0;
  }
  return number && *number >= 0 ? number : std::nullopt;
}

}  // namespace jixiao::value
