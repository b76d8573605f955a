// What people write around a value, and the headings of columns.
#include <catch2/catch.hpp>

#include "forms/cell_value.hpp"
#include "forms/headings.hpp"
#include "forms/placing.hpp"
#include "forms/recognition.hpp"
#include "forms/simplified.hpp"

using namespace jixiao;
using forms::Column;
using forms::Variant;

namespace {

forms::CellValue tidied(const std::string& text, const char* name = "培训人数") {
  return forms::read_cell_value(forms::folded(text), name, 2023);
}

}  // namespace

TEST_CASE("what stands around a value is taken off, and said", "[forms]") {
  struct Case {
    const char *written, *read;
    std::size_t remarks;
  };
  for (const Case& each : {Case{"≥200人", "≥200人", 0},
                           Case{"97％*", "97%", 1},
                           Case{"★95%", "95%", 1},
                           Case{"97%[1]", "97%", 1},
                           Case{"（200人）", "200人", 1},
                           Case{"200余人", "约200人", 1},
                           Case{"近500人", "约500人", 1},
                           Case{"90多人", "约90人", 1},
                           Case{"3万余人", "约3万人", 1},
                           Case{"二十人", "20人", 1},
                           Case{"百分之九十五", "95%", 1},
                           Case{"一百五十户", "150户", 1},
                           Case{"一批", "一批", 0},
                           Case{"900元/人（上限）", "≤900元/人", 1},
                           Case{"100%（其中：优秀率≥30%）", "100%", 1},
                           Case{">= 98 %(百分比)", ">=98%", 0},
                           Case{"18-54周岁≥200人", "≥200人", 1},
                           Case{"下降8%", "8%", 1},
                           Case{"较上年提高5个百分点", "5%", 1},
                           Case{"38μg/m3", "38微克/立方米", 0},
                           Case{"完成186人", "186人", 1},
                           Case{"明显提升", "明显提升", 0},
                           Case{"因疫情取消", "因疫情取消", 0},
                           Case{"2023年11月底前", "2023年11月底前", 0}}) {
    const forms::CellValue out = tidied(each.written);
    INFO(each.written);
    CHECK(out.text == each.read);
    CHECK(out.remarks.size() == each.remarks);
  }
  CHECK(tidied("200余人").about);
  CHECK_FALSE(tidied("约480户").about);  // read so by the project itself
  for (const char* each : {"**", "XX", "×××", "**%", "待填"}) {
    INFO(each);
    CHECK(tidied(each).placeholder);
  }
  CHECK_FALSE(tidied("0").placeholder);
  CHECK(forms::day_of_serial("45250") == "2023-11-20");
  CHECK_FALSE(forms::day_of_serial("200"));
}

TEST_CASE("headings by their words, in four languages", "[forms]") {
  for (const auto& [words, column] : {std::pair{"计划完成值", Column::target},
                                      std::pair{"预期实现值", Column::target},
                                      std::pair{"预计完成数", Column::target},
                                      std::pair{"目标", Column::target},
                                      std::pair{"完成", Column::actual},
                                      std::pair{"全年实际完成情况", Column::actual},
                                      std::pair{"目标完成情况", Column::actual},
                                      std::pair{"完成率", Column::completion},
                                      std::pair{"满分", Column::weight},
                                      std::pair{"评分", Column::points},
                                      std::pair{"自评", Column::points},
                                      std::pair{"权重（%）", Column::weight},
                                      std::pair{"評分標準", Column::rule},
                                      std::pair{"實際完成值", Column::actual},
                                      std::pair{"Annual target", Column::target},
                                      std::pair{"Max score", Column::weight},
                                      std::pair{"Score", Column::points},
                                      std::pair{"Realisasi", Column::actual},
                                      std::pair{"Indikator Kinerja Utama", Column::name},
                                      std::pair{"Capaian", Column::completion},
                                      std::pair{"偏离度", Column::note},
                                      std::pair{"未完成原因和改进措施", Column::reason}}) {
    INFO(words);
    CHECK(forms::indicator_column(words) == column);
  }
  CHECK_FALSE(forms::indicator_column("绩效指标"));
  CHECK(forms::variant_of("上半年完成值", Column::actual) == Variant::midyear);
  CHECK(forms::variant_of("复核得分", Column::points) == Variant::reviewed);
  CHECK(forms::variant_of("调整后指标值", Column::target) == Variant::adjusted);
  CHECK(forms::simplified("項目績效") == "项目绩效");
  CHECK(forms::simplified("显著") == "显著");
}

TEST_CASE("the name of a row is no footer and no title for how it begins", "[forms]") {
  for (const char* name :
       {"审核低保对象户数", "财务审计次数", "说明书编制份数", "负责人持证率", "备注栏填写率"}) {
    INFO(name);
    CHECK_FALSE(forms::is_footer(name));
  }
  for (const char* label : {"审核人：", "填报人：张三", "说明", "注：金额以万元计", "联系电话："}) {
    INFO(label);
    CHECK(forms::is_footer(label));
  }
  CHECK_FALSE(forms::is_title("编制绩效目标申报表数量"));
  CHECK(forms::is_title("2021年度XX项目自评表"));
  CHECK(forms::is_title("项目绩效目标表（2021年度）"));
  CHECK(forms::year_in("项目支出绩效自评表(2021-2023年度)") == "2023");
  CHECK(forms::speaks_of_harm("学生辍学率"));
  CHECK(forms::speaks_of_harm("森林火灾受害率"));
  CHECK_FALSE(forms::speaks_of_harm("投诉办结率"));
}

TEST_CASE("columns that are given", "[forms]") {
  std::vector<Diagnostic> diagnostics;
  const auto given = forms::read_given_columns("6:C=name, D=target,AA=points", diagnostics);
  REQUIRE(given);
  CHECK(given->row == 6);
  CHECK(given->columns[2] == std::pair<std::size_t, Column>{27, Column::points});
  for (const char* wrong : {"", "C", "C=hello", "=name", "x:C=name", "0:C=name", "1C=name"}) {
    INFO(wrong);
    CHECK_FALSE(forms::read_given_columns(wrong, diagnostics));
  }
}
