// No finding follows from what was guessed or lost in reading.
#include <catch2/catch.hpp>

#include "jixiao/audit.hpp"
#include "jixiao/forms.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

AuditedForm audited_csv(const scratch::Folder& folder, const std::string& headings,
                        const std::string& rows,
                        const std::string& title = "项目支出绩效自评表（2023年度）") {
  const auto forms = read_forms(folder.write(
      "form.csv",
      title +
          "\n项目名称,,培训\n项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,执行率,得分\n,"
          "年度资金总额,100,100,100,10,100%,10\n一级指标,二级指标,三级指标," +
          headings + "\n" + rows));
  REQUIRE(forms);
  return audit_form(forms->front(), scratch::shipped_rules());
}

std::string checks_found(const AuditedForm& form, Severity least = Severity::warning) {
  std::string out;
  for (const AuditFinding& each : form.findings) {
    if (each.severity >= least) out += (out.empty() ? "" : " ") + each.check;
  }
  return out;
}

const std::string usual_headings = "年度指标值,实际完成值,分值,得分";

}  // namespace

TEST_CASE("a rule that is not understood, and one column of two, accuse nobody", "[audit]") {
  const scratch::Folder folder;
  const std::string rest =
      "效益指标,社会效益指标,受益人口,≥90人,90人,30,30\n满意度指标,服务对象满意度指标,群众满意度,"
      "≥90%,95%,10,10\n总分,,,,,100,100\n";
  CHECK(checks_found(audited_csv(folder, usual_headings,
                                 "产出指标,数量指标,培训人数,≥200人,186人,50,50\n" + rest))
            .find("k5") != std::string::npos);
  CHECK(checks_found(
            audited_csv(folder, "年度指标值,实际完成值,分值,得分,评分标准",
                        "产出指标,数量指标,培训人数,≥200人,186人,50,50,由评价组酌情评定\n" + rest))
            .find("k5") == std::string::npos);
  // Two columns of results, and no word that tells which.
  CHECK(checks_found(
            audited_csv(
                folder, "年度指标值,完成值,实际完成情况,分值,得分",
                "产出指标,数量指标,培训人数,≥200人,186人,200人,50,50\n效益指标,社会效益指标,"
                "受益人口,≥90人,90人,90人,30,30\n"
                "满意度指标,服务对象满意度指标,群众满意度,≥90%,95%,95%,10,10\n总分,,,,,,100,100\n"))
            .find("k5") == std::string::npos);
}

TEST_CASE("one unreadable row is left out, and the others are held against the rules", "[audit]") {
  const scratch::Folder folder;
  const AuditedForm form =
      audited_csv(folder, usual_headings,
                  "产出指标,数量指标,培训人数,≥100人,50人,30,30\n,质量指标,制度健全,,健全,20,20\n"
                  "效益指标,社会效益指标,受益人口,≥90人,50人,30,30\n满意度指标,服务对象满意度指标,"
                  "群众满意度,≥90%,95%,10,10\n总分,,,,,100,100\n");
  std::size_t full = 0;
  for (const AuditFinding& each : form.findings) full += each.check == "k5" ? 1 : 0;
  CHECK(full == 2);
  CHECK(form.scored_rows == 5);
  CHECK(form.recomputable == 4);
  // Without a year the rows can still be recomputed.
  const AuditedForm undated = audited_csv(
      folder, usual_headings,
      "产出指标,数量指标,培训人数,≥100人,50人,50,50\n效益指标,社会效益指标,受益人口,≥90人,"
      "90人,30,30\n"
      "满意度指标,服务对象满意度指标,群众满意度,≥90%,95%,10,10\n总分,,,,,100,100\n",
      "项目支出绩效自评表");
  CHECK(checks_found(undated).find("k5") != std::string::npos);
}

TEST_CASE("no points follow from a weight the form does not print", "[audit]") {
  const scratch::Folder folder;
  const AuditedForm form = audited_csv(
      folder, "年度指标值,实际完成值,得分",
      "产出指标,数量指标,监测点数,≥10个,5个,20\n,质量指标,数据合格率,100%,100%,20\n效益指标,"
      "社会效益指标,资料利用率,≥90%,95%,20\n"
      "满意度指标,服务对象满意度指标,用户满意度,≥95%,96%,20\n总分,,,,,90\n");
  CHECK(checks_found(form).find("k3") == std::string::npos);
  CHECK(checks_found(form).find("k5") == std::string::npos);
  for (const AuditedRow& row : form.rows) CHECK((row.id == "execution" || !row.weight));
}
