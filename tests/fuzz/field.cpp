// Field text: targets, amounts, dates, units.
#include "fuzz.hpp"

#include <cmath>

#include "value/field.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jixiao;
  const std::string text = fuzz::text_of(data, size);
  for (const int year : {0, 2020}) {
    const auto field = value::read_field(text, year);
    if (!field) continue;
    if (field->kind == value::Kind::number || field->kind == value::Kind::date) {
      fuzz::must(std::isfinite(field->low) && std::isfinite(field->high));
      fuzz::must(field->low <= field->high);
      value::show(field->low, field->unit);
    }
  }
  if (const auto number = value::read_number(text, 4)) fuzz::must(std::isfinite(*number));
  value::Unit::parse(text);
  return 0;
}
