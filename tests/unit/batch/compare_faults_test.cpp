#include "batch/scorer_pair.hpp"

#include <catch2/catch.hpp>

namespace jixiao::batch {
namespace {

Fault fault(std::uint64_t line, const std::string& column, const std::string& message) {
  Fault out;
  out.line = line;
  out.column = column;
  out.code = "value.type";
  out.message = {"坏：" + message, message};
  return out;
}

std::vector<std::string> told(const std::vector<Fault>& faults) {
  std::vector<std::string> out;
  for (const Fault& one : faults)
    out.push_back(std::to_string(one.line) + " " + one.column + " " + one.message.en);
  return out;
}

TEST_CASE("what is wrong under both rule sets is told once, the rest with its rule set",
          "[compare]") {
  const std::string now = "current", then = "proposed";
  std::vector<Fault> a{fault(2, "actual", "no number"), fault(7, "actual", "50, not 40"),
                       fault(7, "weight", "none")};
  std::vector<Fault> b{fault(2, "actual", "no number"), fault(2, "weight", "none"),
                       fault(7, "actual", "50, not 60"), fault(9, "actual", "late")};
  join_faults({a, now}, {b, then});
  CHECK(told(a) == std::vector<std::string>{
                       "2 actual no number", "2 weight under B (proposed): none",
                       "7 actual under A (current): 50, not 40", "7 weight under A (current): none",
                       "7 actual under B (proposed): 50, not 60",
                       "9 actual under B (proposed): late"});
  CHECK(a[1].message.zh == "按 B（proposed）：坏：none");
  CHECK(b.empty());
}

TEST_CASE("the name of the rule set makes no difference", "[compare]") {
  const std::string now = "current", then = "proposed";
  std::vector<Fault> a{fault(2, "block", "current has no block x")},
      b{fault(2, "block", "proposed has no block x")};
  join_faults({a, now}, {b, then});
  CHECK(told(a) == std::vector<std::string>{"2 block current has no block x"});
}

TEST_CASE("faults under one rule set alone, or none", "[compare]") {
  const std::string now = "current", then = "proposed";
  std::vector<Fault> a, b{fault(4, "actual", "late"), fault(4, "actual", "late")};
  join_faults({a, now}, {b, then});
  CHECK(told(a) == std::vector<std::string>(2, "4 actual under B (proposed): late"));
  std::vector<Fault> none;
  join_faults({none, now}, {b, then});
  CHECK(none.empty());
}

}  // namespace
}  // namespace jixiao::batch
