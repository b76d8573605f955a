#include "value/total_name.hpp"

#include <catch2/catch.hpp>

namespace jixiao::value {
namespace {

TEST_CASE("rows of totals are told from projects by their names") {
  for (const char* name : {"合计",      "合 计",    "合计：",     "总计",
                           "小计",      "全县合计", "本页小计",   "合计（12个项目）",
                           "合计数",    "平均",     "平均值",     "均值",
                           "汇总",      "Total",    "TOTAL:",     "Grand Total",
                           "Sub-total", "totals",   "Total (12)", "Sum",
                           "mean",      "Average"}) {
    INFO(name);
    CHECK(says_total(name));
  }
  for (const char* name :
       {"", "合计科办公楼维修", "农村危房改造", "总计划编制", "人均收入提高",
        "城乡居民收入与支出平均", "某某省某某市某某县财政局决算合计", "Total station survey",
        "Summer school", "Meant", "averages of rain", "(1)", "（一）"}) {
    INFO(name);
    CHECK_FALSE(says_total(name));
  }
}

}  // namespace
}  // namespace jixiao::value
