// The rule printed beside a row, and what is made of it.
#include <catch2/catch.hpp>

#include "forms/rule_text.hpp"

using namespace jixiao;

namespace {

std::string reading(const std::string& rule, const std::string& target,
                    std::optional<double> weight = std::nullopt) {
  const auto read = forms::read_rule(rule, *value::read_field(target, 2022), weight);
  if (!read) return "-";
  std::string out = read->method;
  for (const auto& [name, number] : read->params) out += " " + name + "=" + number;
  return out + (read->doubt ? " ?" : "");
}

}  // namespace

TEST_CASE("known shapes of rules", "[forms]") {
  CHECK(reading("每低1个百分点扣0.5分", "≥98%") == "shortfall-steps.full k=0.5 size=1 ?");
  CHECK(reading("达9个得6分，少一个扣1分", "≥9个", 6) == "shortfall-steps.full k=1 size=1");
  CHECK(reading("90%以上得10分，每降5%扣1分，扣完为止", "≥90%", 10) ==
        "shortfall-steps.full k=1 size=5 ?");
  CHECK(reading("９０％以上得满分，每降低５％，扣１分", "≥90%", 10) ==
        "shortfall-steps.full k=1 size=5 ?");
  CHECK(reading("每超1%扣0.5分", "≤30万元") == "over-steps.full k=0.5 size=1 ?");
  CHECK(reading("每超过1个百分点扣0.5分", "≤5%") == "excess-steps.full k=0.5 size=1 ?");
  CHECK(reading("每发生一次扣1分，扣完为止", "0次") == "count.deduct k=1");
  CHECK(reading("每延迟1天扣0.5分", "2022年11月底前") == "lateness.per-day k=0.5 step=1");
  CHECK(reading("逾期不得分", "2022年11月底前") == "lateness.strict");
  CHECK(reading("未完成不得分", "≥9个") == "higher.strict");
  CHECK(reading("超出不得分", "≤9万元") == "lower.strict");
  CHECK(reading("按完成比例得分", "≥9个") == "higher.proportional");
  CHECK(reading("按完成比例得分，低于60%不得分", "≥9个") == "higher.pass-line L=0.6");
}

TEST_CASE("a rule that contradicts its row, or is of no known shape, is kept as words", "[forms]") {
  CHECK(reading("90%以上得10分，每降5%扣1分", "≥95%", 10) == "-");  // another target
  CHECK(reading("90%以上得8分，每降5%扣1分", "≥90%", 10) == "-");   // another weight
  CHECK(reading("每低1个百分点扣0.5分", "≥98个") == "-");           // percents beside a count
  CHECK(reading("由评价组酌情评定", "≥98%") == "-");
  CHECK(reading("酌情扣分", "≥98%") == "-");
  CHECK(reading("每延迟1个工作日扣0.5分", "2022年11月底前") == "-");
  CHECK(reading("完成80%以上得5分，否则不得分", "≥98%") == "-");
  CHECK(reading("", "≥98%") == "-");
}
