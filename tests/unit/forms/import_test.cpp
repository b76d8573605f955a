// Forms as text, imported: what is taken, what is asked, what is left alone.
#include <catch2/catch.hpp>

#include "forms/form.hpp"
#include "jixiao/forms.hpp"
#include "jixiao/jixiao.hpp"
#include "project/project.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

const std::string seed = std::string(JIXIAO_SOURCE_DIR) + "/tests/forms/chenggong-2020.txt";

FilledForm only_form(const std::string& file) {
  const auto forms = read_forms(file);
  INFO(render_diagnostics(forms.diagnostics(), {Format::text, Language::en, false, 200}));
  REQUIRE(forms);
  REQUIRE(forms->size() == 1);
  return forms->front();
}

Checked<Project> as_project(const ImportedForm& form, const scratch::Folder& folder) {
  folder.write("project.toml", form.project);
  if (!form.results.empty()) folder.write("results.toml", form.results);
  return read_project({folder.path(), ""});
}

std::string said(const std::vector<Diagnostic>& diagnostics) {
  return render_diagnostics(diagnostics, {Format::text, Language::en, false, 200});
}

// A self-evaluation as a CSV table: rows of 一级,二级,三级,指标值,完成值,分值,得分.
std::string table(const std::string& rows) {
  return "项目名称,培训\n（2023年度）,\n项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,"
         "得分\n,年度资金总额,20,20,18,10,9\n"
         "一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n" +
         rows;
}

ImportedForm import_table(const scratch::Folder& folder, const std::string& rows) {
  return import_form(only_form(folder.write("form.csv", table(rows))), Language::en);
}

}  // namespace

TEST_CASE("the declaration of 2020 becomes the project of scenarios/chenggong-2020", "[forms]") {
  const scratch::Folder folder;
  const ImportedForm imported = import_form(only_form(seed), Language::en);
  const auto mine = as_project(imported, folder);
  const auto known =
      read_project({std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020/project.toml", ""});
  INFO(said(mine.diagnostics()));
  REQUIRE(mine);
  REQUIRE(known);
  const project::Project& a = mine->model();
  const project::Project& b = known->model();
  CHECK(a.name.zh == b.name.zh);
  CHECK(a.year == b.year);
  CHECK(a.unit == b.unit);
  CHECK(a.money.initial.yuan.value == 1200000);
  REQUIRE(a.items.size() == b.items.size());
  for (std::size_t i = 0; i < a.items.size(); ++i)
    CHECK(a.items[i].amount.yuan.value == b.items[i].amount.yuan.value);
  REQUIRE(a.indicators.size() == 13);
  REQUIRE(b.indicators.size() == 13);
  for (std::size_t i = 0; i < 13; ++i) {
    const project::Indicator& x = a.indicators[i];
    const project::Indicator& y = b.indicators[i];
    INFO(y.id);
    CHECK(x.block.text == y.block.text);
    CHECK(x.type.text == y.type.text);
    REQUIRE(x.target);
    CHECK(x.target->low == y.target->low);
    CHECK(x.kind == y.kind);
    CHECK(x.filed.filed_block.id == y.filed.filed_block.id);
    CHECK(x.filed.filed_type.id == y.filed.filed_type.id);
    CHECK(x.filed.midterm_name == y.filed.midterm_name);
    CHECK(x.filed.midterm_target == y.filed.midterm_target);
    if (i > 0)
      CHECK(x.direction == y.direction);  // 29个 has no sign on the form; a reader of the whole
                                          // would say exactly
  }
  REQUIRE(a.declaration);
  CHECK(a.declaration->annual_goals->text == b.declaration->annual_goals->text);
  CHECK(a.declaration->midterm_goals->text == b.declaration->midterm_goals->text);
  CHECK(a.declaration->midterm_money->text == "360万元");
  CHECK(imported.results.empty());
  CHECK_THAT(said(imported.questions),
             Catch::Contains("chenggong-2020.txt:159: warning[form.reading]: table 1, row 18, "
                             "column G: the name '2020年11月底' is a date") &&
                 Catch::Contains("targets without ≥, ≤ or =: 12"));
}

TEST_CASE("a place stands beside each value", "[forms]") {
  const scratch::Folder folder;
  const ImportedForm form = import_table(folder, "产出指标,数量指标,人数,≥200人,186人,90,83.7\n");
  CHECK_THAT(form.project,
             Catch::Contains("target = \"≥200人\"  # table 1, row 6, column D\n") &&
                 Catch::Contains("initial = \"20万元\"  # table 1, row 4, column C\n"));
  CHECK_THAT(form.results, Catch::Contains("actual = \"186人\"  # table 1, row 6, column E\n") &&
                               Catch::Contains("reported = 83.7") &&
                               Catch::Contains("executed = \"18万元\""));
}

TEST_CASE("blank cells repeat the one above; sums are no indicators", "[forms]") {
  const scratch::Folder folder;
  const auto form = only_form(folder.write(
      "form.csv", table("产出指标,数量指标,甲,≥2个,2个,30,30\n,,乙,≥3个,3个,20,20\n产出小计,,,,,50,"
                        "50\n效益指标,社会效益指标,丙,≥4个,4个,40,40\n总分,,,,,100,99\n"
                        "说明,,请如实填写,,,,\n填报人：,某某,填报日期：,2023/1/1,,,\n")));
  REQUIRE(form.model().indicators.size() == 3);
  CHECK(form.model().indicators[1].block.text == "产出指标");
  CHECK(form.model().indicators[1].block.place.row == 7);
  CHECK(form.model().sums.size() == 2);
  CHECK(form.model().total.text == "99");
}

TEST_CASE("what a project could not read is a remark with a question", "[forms]") {
  const scratch::Folder folder;
  const ImportedForm form =
      import_table(folder,
                   "产出指标,数量指标,场次,≥10场,完成,50,50\n效益指标,社会效益指标,知晓率,≥80%,0.9,"
                   "30,30\n满意度指标,满意度,满意度,≥90%,92%,10,10\n");
  CHECK_THAT(form.results, Catch::Contains("\n# actual = \"完成\"") &&
                               Catch::Contains("\n# actual = \"0.9\"") &&
                               Catch::Contains("\nactual = \"92%\""));
  CHECK(form.questions.size() == 2);
  const auto project = as_project(form, folder);
  REQUIRE(project);
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  CHECK(score(*rules, *project).diagnostics.size() >= 2);  // two results are missing: never a gift
}

TEST_CASE("words of a form cannot break out of the project they are written to", "[forms]") {
  const scratch::Folder folder;
  const ImportedForm form = import_table(
      folder, "产出指标,数量指标,\"人数\"\"\nrules = \"\"x\"\"\\\",≥200人,186人,90,83.7\n");
  const auto project = as_project(form, folder);
  INFO(said(project.diagnostics()));
  REQUIRE(project);
  CHECK(project->rules() == "cn-mof-2020");
  CHECK(project->model().indicators.at(0).name.zh == "人数\"\nrules = \"x\"\\");
}

TEST_CASE("one figure for several rows is shared out and asked about", "[forms]") {
  const scratch::Folder folder;
  const ImportedForm form = import_table(folder,
                                         "产出指标,数量指标,甲,≥2个,2个,60,60\n,,乙,≥3个,3个,,"
                                         "\n效益指标,社会效益指标,丙,≥4个,4个,30,30\n");
  const auto project = as_project(form, folder);
  REQUIRE(project);
  CHECK(project->model().indicators.at(0).weight == 30);
  CHECK(project->model().indicators.at(1).weight == 30);
  CHECK_THAT(said(form.questions), Catch::Contains("the 60 points stand for 2 rows"));
}

TEST_CASE("a document without a form says what was looked for", "[forms]") {
  const scratch::Folder folder;
  const auto forms = read_forms(folder.write("letter.txt", "各单位：\n\n请于月底前报送。\n"));
  CHECK_FALSE(forms);
  CHECK_THAT(said(forms.diagnostics()),
             Catch::Contains("[form.none]") && Catch::Contains("三级指标"));
}

TEST_CASE("how a form was read begins its project", "[forms]") {
  const scratch::Folder folder;
  const ImportedForm form = import_table(
      folder,
      "产出指标,数量指标,人数,≥200人,186人,90,83.7\n总分,,,,,100,92.7\n备注栏里的话,,,,,,\n");
  CHECK_THAT(form.project, Catch::Contains("# How it was read:\n") &&
                               Catch::Contains("#   table 1, from row 5: indicators\n") &&
                               Catch::Contains("D '年度指标值': target\n") &&
                               Catch::Contains("indicators in rows 6 (1); sums in rows 7\n") &&
                               Catch::Contains("#   not read into the project:\n") &&
                               Catch::Contains("'备注栏里的话': text below the indicators"));
  CHECK(form.map.size() > 10);
  CHECK_THAT(form.project, Catch::Contains("also on the form: 总分 / 得分 = \"92.7\""));
}

TEST_CASE("a row is an indicator whatever its name begins with", "[forms]") {
  const scratch::Folder folder;
  const auto form = only_form(
      folder.write("form.csv", table("产出指标,数量指标,审核低保对象户数,≥100户,100户,10,10\n,,"
                                     "财务审计次数,≥1次,1次,10,10\n,,说明书编制份数,≥2份,1份,10,5\n"
                                     ",,编制绩效目标申报表数量,≥5份,5份,10,10\n,,负责人持证率,≥95%,"
                                     "50%,10,5.26\n,,培训人次合计,≥50人次,50人次,10,10\n"
                                     "审核人：,某某,负责人：,某某,,,\n")));
  CHECK(form.model().indicators.size() == 6);
  CHECK(form.model().sums.empty());
}

TEST_CASE("of two columns of one kind one is meant, and both stay", "[forms]") {
  const scratch::Folder folder;
  const auto with = [&](const std::string& headings, const std::string& row,
                        const std::string& title = "项目支出绩效自评表（2023年度）") {
    return import_form(only_form(folder.write(
                           "form.csv", title + "\n项目名称,,培训\n一级指标,二级指标,三级指标," +
                                           headings + "\n产出指标,数量指标,人数," + row + "\n")),
                       Language::en);
  };
  const ImportedForm years = with("2022年目标值,2022年完成值,2023年目标值,2023年完成值,分值,得分",
                                  "≥7人,6人,≥10人,9人,90,81");
  CHECK_THAT(years.project + years.results,
             Catch::Contains("target = \"≥10人\"") && Catch::Contains("actual = \"9人\"") &&
                 Catch::Contains("also on the form: 2022年目标值 = \"≥7人\""));
  const ImportedForm halves =
      with("指标值,上半年完成值,全年完成值,分值,得分", "≥10人,4人,9人,90,81");
  CHECK_THAT(halves.results, Catch::Contains("actual = \"9人\""));
  const ImportedForm reviewed = with("指标值,完成值,分值,自评得分,复核得分", "≥10人,9人,90,90,81");
  CHECK_THAT(
      reviewed.project + reviewed.results,
      Catch::Contains("reported = 90") && Catch::Contains("also on the form: 复核得分 = \"81\""));
  const ImportedForm adjusted =
      with("年初指标值,调整后指标值,完成值,分值,得分", "≥10人,,9人,90,81");
  CHECK_THAT(adjusted.project, Catch::Contains("target = \"≥10人\""));
  const ImportedForm plan = with("计划完成值,实际完成值,分值,得分", "≥10人,9人,90,81");
  CHECK_THAT(plan.project + plan.results,
             Catch::Contains("target = \"≥10人\"") && Catch::Contains("actual = \"9人\""));
  const ImportedForm unclear = with("指标值,完成值,实际完成情况,分值,得分", "≥10人,9人,8人,90,81");
  CHECK_THAT(said(unclear.questions), Catch::Contains("several columns look like the result") &&
                                          Catch::Contains("--columns"));
}

TEST_CASE("scales are found from what the form prints", "[forms]") {
  const scratch::Folder folder;
  const ImportedForm percent =
      import_table(folder,
                   "产出指标,数量指标,人数,≥200人,186人,60%,9.3\n满意度指标,满意度,满意度,≥90%,92%,"
                   "30%,10\n总分,,,,,100%,94.8\n");
  CHECK_THAT(percent.project + percent.results,
             Catch::Contains("weight = 60 ") && Catch::Contains("reported = 55.8"));
  CHECK_THAT(said(percent.questions), Catch::Contains("each row's points are out of 10"));
}

TEST_CASE("a form on its side, in English, and with columns that are given", "[forms]") {
  const scratch::Folder folder;
  const auto side = only_form(folder.write(
      "side.csv",
      "项目支出绩效自评表（2023年度）\n一级指标,产出指标,满意度指标\n二级指标,数量指标,"
      "服务对象满意度指标\n"
      "三级指标,人数,满意度\n年度指标值,≥10人,≥90%\n实际完成值,9人,93%\n分值,80,10\n得分,72,10\n"));
  REQUIRE(side.model().indicators.size() == 2);
  CHECK(side.model().indicators[1].target.text == "≥90%");
  CHECK(side.model().year.text == "2023");
  const ImportedForm imported = import_form(side, Language::en);
  CHECK_THAT(imported.project, Catch::Contains("target = \"≥90%\"  # table 1, row 5, column C"));
  const auto english =
      only_form(folder.write("english.csv",
                             "Indicator,Unit,Target,Actual,Weight,Score\nPeople "
                             "trained,persons,200,186,30,27.9\nTotal,,,,100,97.9\n"));
  REQUIRE(english.model().indicators.size() == 1);
  CHECK(english.model().total.text == "97.9");
  const std::string odd = folder.write("odd.csv", "甲,乙,丙,丁\n人数,≥10人,9人,90\n");
  CHECK_FALSE(read_forms(odd));
  const auto given = read_forms(odd, {"1:A=name,B=target,C=actual,D=weight"});
  REQUIRE(given);
  CHECK(given->front().model().indicators.at(0).actual.text == "9人");
  const auto nearest =
      read_forms(folder.write("near.csv", "序,三级指标,要达到的,分值\n1,人数,≥10人,90\n"));
  CHECK_THAT(said(nearest.diagnostics()),
             Catch::Contains("the nearest row of headings begins at table 1, row 1") &&
                 Catch::Contains("C '要达到的'") && Catch::Contains("--columns '1:"));
}

TEST_CASE("long-term indicators beside those of the year score nothing", "[forms]") {
  const scratch::Folder folder;
  const auto form =
      only_form(folder.write("form.csv",
                             "项目绩效目标表（2021年度）\n项目名称,集镇\n长期绩效指标,一级指标,"
                             "二级指标,指标内容,指标值\n,产出指标,数量指标,完成率,≥88%\n"
                             "年度绩效指标,一级指标,二级指标,指标内容,指标值\n,产出指标,数量指标,"
                             "完成率,≥80%\n,,质量指标,合格率,100%\n"));
  REQUIRE(form.model().indicators.size() == 2);
  CHECK(form.model().indicators[0].target.text == "≥80%");
  CHECK(form.model().indicators[0].midterm_target.text == "≥88%");
}

TEST_CASE("a plain budget beside an adjusted one is the initial budget", "[forms]") {
  const scratch::Folder folder;
  for (const std::string heads : {"预算安排,调整后预算,实际支出", "年度预算数,调整预算数,执行数"}) {
    const auto form = only_form(folder.write(
        "form.csv", "项目支出绩效自评表（2024年度）\n项目名称,河道\n资金情况（万元）," + heads +
                        "\n合计,120,110,99\n一级指标,二级指标,三级指标,年度指标值,实际完成值\n"
                        "产出指标,数量指标,长度,≥35公里,36公里\n"));
    REQUIRE(form.model().money.size() == 1);
    CHECK(form.model().money[0].initial.text == "120");
    CHECK(form.model().money[0].adjusted.text == "110");
    CHECK(form.model().money[0].executed.text == "99");
  }
}

TEST_CASE("results that are no exact value are kept and asked", "[forms]") {
  const scratch::Folder folder;
  const ImportedForm form =
      import_table(folder,
                   "产出指标,数量指标,参观人数,≥500人,近500人,30,30\n,数量指标,场次,≥10场,**,20,"
                   "20\n,成本指标,总成本,≤90万元,89.974,10,10\n"
                   "效益指标,生态效益指标,受害率,2%,1%,30,30\n");
  CHECK_THAT(form.results,
             Catch::Contains("# actual = \"**\"") && Catch::Contains("actual = \"89.974万元\""));
  CHECK_THAT(form.project, Catch::Contains("direction = \"at_most\""));
  CHECK_THAT(said(form.questions), Catch::Contains("no exact number") &&
                                       Catch::Contains("a placeholder nobody filled in"));
}

TEST_CASE("bonuses, deductions and vetoes are rules of the form, not indicators", "[forms]") {
  const scratch::Folder folder;
  const ImportedForm imported =
      import_table(folder,
                   "产出指标,数量指标,培训人数,≥200人,186人,50,46.5\n"
                   "效益指标,社会效益指标,持证率,≥60%,60%,30,30\n"
                   "满意度指标,服务对象满意度指标,学员满意度,≥90%,93%,10,10\n"
                   "加分项,,获表彰,每2项加1.5分，最多3分,5项,3,3\n"
                   ",,经验推广,由评审组酌情加分,省内推广,2,1\n"
                   "扣分项,,审计发现问题,每个扣1分，最多扣5分,2个,-5,-2\n"
                   "一票否决项,,重大安全事故,0起,1起,—,—\n"
                   "总分,,,,,100,97.5\n");
  const auto project = as_project(imported, folder);
  INFO(said(project.diagnostics()) << imported.project << imported.results);
  REQUIRE(project);
  CHECK(project->model().indicators.size() == 3);
  REQUIRE(project->model().adjustments.size() == 3);
  CHECK(project->model().adjustments[0].n == 5);
  CHECK(project->model().adjustments[1].n == 1);
  CHECK(project->model().adjustments[2].n == 2);
  REQUIRE(project->model().vetoes.size() == 1);
  CHECK(project->model().vetoes[0].n == 1);
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules(), project->needs());
  INFO(said(rules.diagnostics()));
  REQUIRE(rules);
  const Scorecard card = score(*rules, *project);
  REQUIRE(card.scored);
  CHECK(card.total == 97.5);  // 9 + 86.5 + 1.5*floor(5/2) + 1 - 2
  CHECK(card.rating == "poor");
  // What the veto does is not on the form.
  CHECK(imported.project.find("# ?") != std::string::npos);
}

namespace {

// A scoring table as CSV, imported and scored by the rule set it asks for.
Scorecard scored_table(const scratch::Folder& folder, const std::string& rows) {
  const ImportedForm imported =
      import_form(only_form(folder.write("form.csv", rows)), Language::en);
  const auto project = as_project(imported, folder);
  INFO(said(project.diagnostics()) << imported.project << imported.results);
  REQUIRE(project);
  const auto rules = read_rules(project->rules(), scratch::shipped_rules(), project->needs());
  INFO(said(rules.diagnostics()));
  REQUIRE(rules);
  return score(*rules, *project);
}

}  // namespace

TEST_CASE("a scoring table without targets is scored from the points it gives", "[forms]") {
  const scratch::Folder folder;
  const Scorecard card =
      scored_table(folder,
                   "部门整体支出绩效评价评分表（2023年度）\n"
                   "一级指标,分值,二级指标,分值,三级指标,分值,评价标准,得分,扣分原因\n"
                   "投入,40,预算配置,40,在职人员控制率,25,以100%为标准,25,\n"
                   ",,,,重点支出安排率,15,≥90%计满分,12.5,安排不足\n"
                   "过程,60,预算执行,20,预算调整率,20,＝0计满分,不适用,\n"
                   ",,预算管理,40,制度健全性,40,健全得满分,38,缺一项\n"
                   ",,,,,,制度得到执行,,\n"
                   "合计,100,,100,,100,,95.5,\n");
  REQUIRE(card.scored);
  CHECK(card.rules.id == "as-assessed");
  CHECK(card.total == 95.5);  // 25 + 12.5 + 20 (does not apply: in full) + 38
  CHECK(card.rating == "excellent");
  REQUIRE(card.blocks.size() == 2);
  CHECK(card.blocks[0].name.zh == "投入");
  CHECK(card.indicators[1].type_name.zh == "预算配置");
}

TEST_CASE("a scoring table with points in its names, of less than 100, has no rating", "[forms]") {
  const scratch::Folder folder;
  const Scorecard card = scored_table(folder,
                                      "部门评价评分表（2023年）\n"
                                      "一级指标,评价内容,评分标准,得分,备注\n"
                                      "投入（20分）,控制率（12分）,以100%为标准,11,超编\n"
                                      ",安排率 8分,≥90%计满分,8,\n"
                                      "过程[10分],调整率（10分）,＝0计满分,10,\n"
                                      "合计,,,29,\n");
  REQUIRE(card.scored);
  CHECK(card.scale == 30);
  CHECK(card.total == 29);
  CHECK(card.rating.empty());
  // Without a column of reasons, words beside lost points are one.
  CHECK(card.indicators[0].given_reason == "超编");
}

TEST_CASE("points above their weight in a scoring table are refused", "[forms]") {
  const scratch::Folder folder;
  const Scorecard card = scored_table(folder,
                                      "2023年度绩效评价评分表\n"
                                      "考核内容,分值,评分标准,得分,备注\n"
                                      "制度,60,健全得满分,61,\n"
                                      "执行,40,执行得满分,40,\n");
  CHECK_FALSE(card.scored);
}
