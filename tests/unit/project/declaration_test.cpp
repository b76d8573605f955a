#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "project/cited_document.hpp"
#include "project/declaration.hpp"
#include "project/organisation_code.hpp"
#include "text/diagnostics.hpp"
#include "text/toml.hpp"
#include "value/field.hpp"

using namespace jixiao;
using namespace jixiao::project;

namespace {

std::string words(const text::Node& table, std::string_view key) {
  const text::Node::Entry* entry = table.find(key);
  if (entry == nullptr) return {};
  if (entry->value.kind == text::NodeKind::table) return words(entry->value, "zh");
  return entry->value.string;
}

text::Place place(const text::Node& table, std::string_view key) {
  const text::Node::Entry* entry = table.find(key);
  return entry == nullptr ? table.place : entry->value.place;
}

Text both(const text::Node& table, std::string_view key) {
  const text::Node::Entry* entry = table.find(key);
  if (entry == nullptr) return {};
  if (entry->value.kind == text::NodeKind::table)
    return {words(entry->value, "zh"), words(entry->value, "en")};
  return {entry->value.string, entry->value.string};
}

FiledIndicator indicator_of(const text::Node& table) {
  FiledIndicator out;
  out.id = words(table, "id");
  out.name = both(table, "name");
  out.block.id = words(table, "block");
  out.type.id = words(table, "type");
  out.target = words(table, "target");
  out.unit = words(table, "unit");
  out.has_weight = table.find("weight") != nullptr;
  out.has_baseline = table.find("baseline") != nullptr;
  out.has_source = table.find("source") != nullptr;
  out.has_calculation = table.find("calculation") != nullptr;
  out.place = table.place;
  out.filed_place = place(table, "filed");
  out.midterm_place = place(table, "midterm");
  if (const text::Node::Entry* filed = table.find("filed")) {
    out.filed_name = words(filed->value, "name");
    out.filed_block.id = words(filed->value, "block");
    out.filed_type.id = words(filed->value, "type");
    out.filed_target = words(filed->value, "target");
  }
  if (const text::Node::Entry* midterm = table.find("midterm")) {
    out.midterm_name = words(midterm->value, "name");
    out.midterm_target = words(midterm->value, "target");
  }
  return out;
}

ItemFact item_of(const text::Node& table) {
  ItemFact out;
  out.id = words(table, "id");
  out.name = both(table, "name");
  const auto amount = value::read_field(words(table, "amount"));
  out.amount = amount ? amount->low : 0;
  out.has_breakdown = table.find("identity") != nullptr;
  out.due = words(table, "due");
  out.place = table.place;
  out.due_place = place(table, "due");
  return out;
}

// Every finding about a project file, sorted by place.
std::vector<Diagnostic> check(const std::shared_ptr<const text::Source>& source) {
  std::vector<Diagnostic> out;
  const auto root = text::parse_toml(source, out);
  REQUIRE(root);
  std::vector<FiledIndicator> indicators;
  std::vector<ItemFact> items;
  if (const auto* list = root->find("indicator"))
    for (const text::Node& node : list->value.items) indicators.push_back(indicator_of(node));
  if (const auto* list = root->find("item"))
    for (const text::Node& node : list->value.items) items.push_back(item_of(node));
  Declaration declaration;
  if (const auto* table = root->find("declaration"))
    declaration = read_declaration(table->value, out);
  check_declaration(declaration, indicators, items, 2020, out);
  text::sort_by_place(out);
  return out;
}

std::vector<Diagnostic> check_text(const std::string& toml) {
  std::vector<Diagnostic> ignored;
  return check(text::source_from_text("project.toml", toml, ignored));
}

std::string shown(const std::vector<Diagnostic>& list) {
  std::string out;
  for (const Diagnostic& d : list)
    out += std::to_string(d.line) + ":" + std::to_string(d.column) + " " + d.code + " " +
           d.message.zh + " | " + d.message.en + "\n";
  return out;
}

struct Expected {
  std::string code;
  std::string fragment;     // of the Chinese or English message
  std::string source_line;  // part of the line it points at
};

bool matches(const Diagnostic& d, const Expected& e) {
  return d.code == e.code &&
         (d.message.zh.find(e.fragment) != std::string::npos ||
          d.message.en.find(e.fragment) != std::string::npos) &&
         d.source_line.find(e.source_line) != std::string::npos;
}

// The seed's form as it should have been filed: the same project, for three years, without its
// faults.
const std::string clean_form = R"(
[[item]]
id = "offices"
name = "社区居委会工作经费"
amount = "870000元"
identity = 'communities*standard'
due = "2020年6月"
[[item]]
id = "election"
name = "社区干部补选工作经费"
amount = "30000元"
identity = 'ballots*price'
due = "2020年11月底"

[[indicator]]
id = "communities_funded"
name = "获得工作经费的社区数"
block = "output"
type = "quantity"
target = "=29个"
midterm = { name = "获得工作经费的社区数", target = "=29个" }
weight = 10
baseline = "29个"
source = "拨付清单"
calculation = "收到经费的社区个数"
[[indicator]]
id = "trained"
name = "社区干部培训人数"
block = "output"
type = "quantity"
target = "≥200人"
midterm = { name = "社区干部培训人数", target = "≥600人" }
weight = 10
baseline = "180人"
source = "签到表"
calculation = "签到人数"
[[indicator]]
id = "paid_in_time"
name = "经费发放及时率"
block = "产出指标"
type = "时效指标"
target = "≥100%"
filed = { block = "output", type = "timeliness" }
midterm = { name = "经费发放及时率", target = "≥100%" }
weight = 10
baseline = "100%"
source = "支付凭证"
calculation = "按时拨付笔数/应拨付笔数"
[[indicator]]
id = "finished"
name = "全部工作完成时间"
block = "output"
type = "timeliness"
target = "2020年11月底"
weight = 10
baseline = "无"
source = "验收单"
calculation = "最后一项完成的日期"
[[indicator]]
id = "community_cost"
name = "社区工作经费标准"
block = "output"
type = "cost"
target = "≤3万元"
midterm = { name = "社区工作经费标准", target = "≤3万元" }
weight = 10
baseline = "3万元"
source = "拨付清单"
calculation = "拨付额/社区数"
[[indicator]]
id = "training_cost"
name = "培训每人每天标准"
block = "output"
type = "cost"
target = "≤300元"
midterm = { name = "培训每人每天标准", target = "≤300元" }
weight = 10
baseline = "300元"
source = "结算单"
calculation = "培训费/人天"
[[indicator]]
id = "election_cost"
name = "社区干部补选工作经费"
block = "output"
type = "cost"
target = "≤3万元"
midterm = { name = "社区干部补选工作经费", target = "≤9万元" }
weight = 5
baseline = "3万元"
source = "发票"
calculation = "发票合计"
[[indicator]]
id = "residents_informed"
name = "居务公开知晓率"
block = "benefit"
type = "social"
target = "≥85%"
midterm = { name = "居务公开知晓率", target = "≥85%" }
weight = 20
baseline = "80%"
source = "问卷"
calculation = "知晓人数/调查人数"
[[indicator]]
id = "satisfaction"
name = "居民满意度"
block = "satisfaction"
type = "service"
target = "≥95%"
midterm = { name = "居民满意度", target = "≥95%" }
weight = 10
baseline = "94%"
source = "问卷"
calculation = "满意人数/调查人数"

[declaration]
department = "呈贡区民政局"
period = { from = "2020-01", to = "2022-12" }
midterm_years = 3
distinct_terms = [["换届", "补选"]]
standing = ["communities_funded"]
[declaration.money]
heading_unit = "万元"
annual = "90万元"
midterm = "270万元"
[declaration.goals]
annual = "做好社区干部补选工作"
midterm = "做好社区干部补选工作"
[[declaration.basis]]
place = { zh = "立项依据", en = "the text" }
cites = ["《关于加强社区工作的意见》（云办发〔2010〕18号）", "云办发〔2010〕19号", "《中华人民共和国村民委员会组织法》"]
[[declaration.basis]]
place = { zh = "绩效目标表", en = "the table" }
cites = ["云办发〔2010〕18号", "云办发〔2010〕19号", "《中华人民共和国村民委员会组织法》"]
[declaration.covers]
offices = ["communities_funded", "community_cost"]
election = ["election_cost"]
)";

// clean_form with one stretch of it replaced.
std::string spoiled(const std::string& from, const std::string& to) {
  const std::size_t at = clean_form.find(from);
  REQUIRE(at != std::string::npos);
  std::string out = clean_form;
  return out.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("documents are compared by number, laws by title") {
  const CitedDocument a =
      read_cited_document("《中共云南省委办公厅印发<意见>的通知》（云办发〔2010〕18号）");
  CHECK(a.series == "云办发");
  CHECK(a.year == "2010");
  CHECK(a.number == "18");
  CHECK(same_document(a, read_cited_document("云办发[2010]18号")));
  CHECK(same_document(a, read_cited_document("云办发（２０１０）第018 号")));
  CHECK_FALSE(same_document(a, read_cited_document("云办发〔2011〕18号")));
  CHECK(same_document(read_cited_document("《村民委员会组织法》"),
                      read_cited_document("村民委员会组织法")));
  for (const char* slip : {"云办发〔2010〕8号", "云办发〔2010〕1号", "云办发[2010]19号",
                           "云办发〔2010〕81号", "云办发〔2010〕118号"})
    CHECK(probable_slip(a, read_cited_document(slip)));
  for (const char* other : {"云办发〔2010〕18号", "云办发〔2010〕29号", "云办发〔2011〕8号",
                            "呈政发〔2010〕8号", "云办发〔2010〕1800号"})
    CHECK_FALSE(probable_slip(a, read_cited_document(other)));
  for (const char* odd :
       {"", "〔2010〕18号", "云办发〔2010〕号", "云办发〔20", "云办发〔2010", "\xEF\xBC"})
    CHECK_FALSE(read_cited_document(odd).numbered());
}

TEST_CASE("codes are known by length and check character") {
  // Made up: no organisation has these.
  CHECK(read_organisation_code("11000000000000000U").kind == CodeKind::credit);
  CHECK(read_organisation_code("11000000000000000U").valid);
  CHECK(read_organisation_code("11000000000000000u").valid);
  CHECK_FALSE(read_organisation_code("11000000000000000K").valid);
  CHECK_FALSE(read_organisation_code("1100000000000000IO").valid);
  CHECK(read_organisation_code("12345678-8").kind == CodeKind::organisation);
  CHECK(read_organisation_code("12345678-8").valid);
  CHECK(read_organisation_code("000000019").valid);
  CHECK_FALSE(read_organisation_code("12345679-8").valid);
  CHECK_FALSE(read_organisation_code("0000-0001").valid);
  CHECK(read_organisation_code("123").kind == CodeKind::other);
}

TEST_CASE("a clean form raises no alarm") {
  const auto found = check_text(clean_form);
  INFO(shown(found));
  CHECK(found.empty());
}

TEST_CASE("without [declaration] nothing is looked at") {
  CHECK(check_text("[[indicator]]\nid = \"a\"\nname = \"工作经费\"\nblock = \"output\"\ntype = "
                   "\"cost\"\ntarget = \"约6期\"\n")
            .empty());
}

TEST_CASE("the seed's inconsistencies are all found") {
  std::vector<Diagnostic> reading;
  const auto path = std::filesystem::path(JIXIAO_SOURCE_DIR) /
                    "scenarios/chenggong-2020/project.toml";
  const auto source = text::read_source(path.string(), reading);
  REQUIRE(source);
  const auto found = check(source);
  INFO(shown(found));

  // Every finding of the form, and no others. The numbers are those of a hand-made list of what is
  // wrong with it.
  const std::vector<Expected> expected{
      // 1
      {"form.citation", "绩效目标表写云办发〔2010〕8号，立项依据写云办发〔2010〕18号",
       "cites = [\"云办发〔2010〕8号"},
      // 2
      {"form.citation", "呈政发〔2017〕55号 见于立项依据，未见于绩效目标表", "呈政发"},
      {"form.citation", "呈新综办发[2016]1号 见于绩效目标表", "呈新综办发"},
      {"form.citation", "呈综办通[2011]232号 见于绩效目标表", "呈综办通"},
      {"form.citation", "云南省村民委员会选举办法", "云南省"},
      {"form.citation", "括号不统一：呈新综办发[2016]1号", "呈新综办发"},
      {"form.period", "12 个月，中期一栏却是 3 年", "period ="},  // 3
      {"form.blank", "没有写明中期是几年，从资金看是 3 年", "360万元"},
      {"form.unit", "年度资金填 120万元，表头单位却是元", "120万元"},  // 4
      {"form.unit", "中期资金填 360万元，表头单位却是元", "360万元"},
      {"form.unit", "“社区干部补选工作经费”写“30000元”，“社区居民委员会工作经费标准”写“3万元”",
       "30000元"},
      // 5
      {"form.placement", "“聘请高素质的社区工作者”（社会效益指标）填在产出指标之下，应在效益指标",
       "filed"},
      {"form.placement", "“社区干部参加培训率”（社会效益指标）填在产出指标之下", "filed"},
      {"form.placement", "“社区各项工作持续开展”（可持续影响指标）填在满意度指标之下", "filed"},
      {"form.placement", "“提高社区干部的履职能力”（可持续影响指标）填在满意度指标之下", "filed"},
      {"form.placement", "没有一级指标“效益指标”", "filed"},
      {"form.placement", "“发放及时率”填为质量指标，应为时效指标", "quality"},  // 6
      {"form.placement", "“社区干部参加培训率”填为社会效益指标：参加率是产出", "filed"},
      {"form.placement", "“社区干部培训1年2期”的值是“约6期”，是数量，却填在成本指标", "约6期"},
      // 7
      {"form.name", "名称与指标值写反：名称是“2020年11月底”，值是“全部完成”", "全部完成"},
      // 8
      {"form.name", "“社区居民委员会工作经费”说的是钱，值却是“29个”", "29个"},
      // 9
      {"form.midterm", "中期“社区干部培训1年2期”约6期，年度“社区干部培训（3天）每人每天标准”300元",
       "约6期"},
      {"form.blank", "13/13 个指标没有权重", "declaration"},  // 10
      {"form.blank", "12/13 个指标没有指标性质", "declaration"},
      {"form.blank", "13/13 个指标没有基期值", "declaration"},
      {"form.blank", "13/13 个指标没有佐证来源", "declaration"},
      {"form.blank", "13/13 个指标没有计算方法", "declaration"},
      {"form.unmeasurable", "“聘请高素质的社区工作者”85%", "85%"},  // 11
      {"form.unmeasurable", "“社区各项工作持续开展”98%", "98%"},
      {"form.unmeasurable", "“提高社区干部的履职能力”95%", "95%"},
      {"form.wording", "年度目标写“换届”，支出和指标只有“补选”", "换届选举工作等"},  // 12
      {"form.blank", "主管部门及代码未填", "department"},                            // 13
      {"form.deadline", "实施计划写“2020年11月前”，早于", "due"},
      {"form.deadline", "实施计划写“2020年11月前”，早于", "due"},
      {"form.wording", "“约3万元”不是确定的值", "社区居民委员会工作经费标准"},  // 14
      {"form.wording", "“约6期”不是确定的值", "约6期"},
      {"form.wording", "“约3万元”不是确定的值", "社区干部补选工作经费"},
      {"form.wording", "“600人--700人”：", "600人--700人"},
      {"form.wording", "“全部完成”不是指标值", "全部完成"},
      {"form.midterm", "= 3 × 29 = 87：每年是同一批", "87个"},  // the arithmetic of the mid-term
                                                                // column
      {"form.midterm", "中期上限 700 每年需 233.3，年度目标只有 200", "600人--700人"},
      {"form.midterm", "按年度应为 3 × 30,000 = 90,000", "社区干部补选工作经费"},
      {"form.uncovered",
       "120,000 元（占 10%）没有产出或成本指标，只有 workers_hired，也没有测算明细", "item"},
  };
  for (const Expected& e : expected) {
    INFO("expected " << e.code << " " << e.fragment);
    CHECK(std::count_if(found.begin(), found.end(), [&](const Diagnostic& d) {
            return matches(d, e);
          }) == std::count_if(expected.begin(), expected.end(), [&](const Expected& o) {
            return o.code == e.code && o.fragment == e.fragment && o.source_line == e.source_line;
          }));
  }
  for (const Diagnostic& d : found) {
    INFO("found " << d.code << " " << d.message.zh);
    CHECK(std::any_of(expected.begin(), expected.end(),
                      [&](const Expected& e) { return matches(d, e); }));
    CHECK(d.severity != Severity::error);
    CHECK(d.line > 0);
    CHECK_FALSE(d.message.en.empty());
  }
  CHECK(found.size() == expected.size());
}

TEST_CASE("one fault in a clean form is one finding") {
  const auto only = [](const std::string& from, const std::string& to, const Expected& e) {
    const auto found = check_text(spoiled(from, to));
    INFO("'" << from << "' -> '" << to << "'\n" << shown(found));
    REQUIRE(found.size() == 1);
    CHECK(matches(found[0], e));
  };
  only("period = { from = \"2020-01\", to = \"2022-12\" }",
       "period = { from = \"2020-01\", to = \"2021-12\" }", {"form.period", "24 个月", "period"});
  only("period = { from = \"2020-01\", to = \"2022-12\" }",
       "period = { from = \"2021-01\", to = \"2023-12\" }", {"form.period", "2020", "period"});
  only("period = { from = \"2020-01\", to = \"2022-12\" }",
       "period = { from = \"2020-02\", to = \"2020-01\" }", {"form.period", "早于开始", "period"});
  only("midterm = \"270万元\"", "midterm = \"280万元\"",
       {"form.midterm", "280万元 不等于 3 年", "280"});
  only("annual = \"90万元\"", "annual = \"900000元\"",
       {"form.unit", "表头单位却是万元", "900000元"});
  only("midterm_years = 3\n", "", {"form.blank", "从资金看是 3 年", "270万元"});
  only("target = \"≥600人\"", "target = \"≥500人\"", {"form.midterm", "3 × 200 = 600", "500"});
  only("target = \"≥600人\"", "target = \"≥600个\"", {"form.midterm", "不是同类", "600个"});
  only("annual = \"做好社区干部补选工作\"", "annual = \"做好换届工作\"",
       {"form.wording", "换届", "annual"});
  only("department = \"呈贡区民政局\"", "department = \" \"",
       {"form.blank", "主管部门", "department"});
  only("department =",
       "code = { label = \"组织机构代码\", value = \"11000000000000000U\" }\ndepartment =",
       {"form.wording", "标为组织机构代码，填的是统一社会信用代码", "code"});
  only("department =",
       "code = { label = \"统一社会信用代码\", value = \"11000000000000001U\" }\ndepartment =",
       {"form.wording", "校验码不对", "code"});
  only("department =", "code = { value = \"12\" }\ndepartment =",
       {"form.wording", "既不是", "code"});
  only("due = \"2020年11月底\"", "due = \"2020-12-01\"", {"form.deadline", "晚于", "2020-12-01"});
  only("due = \"2020年11月底\"", "due = \"2020年11月前\"", {"form.deadline", "早于", "11月前"});
  only("election = [\"election_cost\"]", "",
       {"form.uncovered", "30,000 元（占 3.3%）没有产出或成本指标", "item"});
  only("calculation = \"签到人数\"\n", "",
       {"form.blank", "1/9 个指标没有计算方法：trained", "declaration"});
  only("target = \"≥200人\"", "target = \"200人\"",
       {"form.blank", "1/9 个指标没有指标性质（≥ ≤ =）：trained", "declaration"});
  only("filed = { block = \"output\", type = \"timeliness\" }", "filed = { type = \"quality\" }",
       {"form.placement", "应为时效指标", "filed"});
  only("filed = { block = \"output\", type = \"timeliness\" }", "filed = { block = \"benefit\" }",
       {"form.placement", "应在产出指标", "filed"});
  only("name = \"获得工作经费的社区数\"\nblock", "name = \"工作经费\"\nblock",
       {"form.name", "说的是钱", "indicator"});
  only("cites = [\"云办发〔2010〕18号\", ", "cites = [",
       {"form.citation", "未见于绩效目标表", "意见"});
}

TEST_CASE("what is wrong in [declaration] is said, and the rest kept") {
  const auto found = check_text(R"(
[declaration]
departement = ""
period = { from = "2020", to = "2020-13" }
midterm_years = 0
distinct_terms = ["换届", [""], [1]]
standing = [1, "nobody"]
money = "120万元"
goals = { annual = 3 }
basis = [{ cites = "云办发〔2010〕18号" }]
covers = { nothing = ["nobody"] }
)");
  INFO(shown(found));
  const auto count = [&](std::string_view code) {
    return std::count_if(found.begin(), found.end(),
                         [&](const Diagnostic& d) { return d.code == code; });
  };
  CHECK(count("key.unknown") == 1);
  CHECK(count("value.text") == 2);
  CHECK(count("value.number") == 1);
  CHECK(count("value.type") == 6);
  CHECK(count("key.missing") == 1);
  CHECK(count("reference.unknown") == 3);
  for (const Diagnostic& d : found) CHECK(d.line > 0);
}
