// Field text as people type it: every line of tests/cases/field_text.txt.
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "value/date.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace {

using jixiao::value::Field;
using jixiao::value::Kind;

std::string number(const Field& field, double x) {
  return field.kind == Kind::date ? jixiao::value::show(x, field.unit) : jixiao::value::plain(x, 6);
}

std::string said(const std::string& text) {
  const auto field = jixiao::value::read_field(text, 2023);
  if (!field) return "nothing";
  const std::string doubt = field->doubts.empty() ? "" : " ?";
  if (field->kind == Kind::phrase) return "phrase" + doubt;
  if (field->kind == Kind::yes_no) return (field->yes ? "yes" : "no") + doubt;
  std::string out = std::string(field->direction ? jixiao::value::sign(*field->direction) : "") +
                    " " + (field->approximate ? "~" : "");
  out += number(*field, field->low);
  if (field->low != field->high) out += "…" + number(*field, field->high);
  if (field->kind == Kind::number && !field->unit.text().empty()) out += " " + field->unit.text();
  return out + doubt;
}

}  // namespace

TEST_CASE("field text is read, or refused, as the cases say", "[value]") {
  std::ifstream file(JIXIAO_SOURCE_DIR "/tests/cases/field_text.txt");
  std::string line;
  std::size_t cases = 0;
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t bar = line.find(" | ");
    REQUIRE(bar != std::string::npos);
    INFO(line);
    CHECK(said(line.substr(0, bar)) == line.substr(bar + 3));
    ++cases;
  }
  CHECK(cases > 100);
}
