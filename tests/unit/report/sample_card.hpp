// A hand-made scorecard with a bit of everything: lost points, a missing result, an adjustment, a
// comparison, findings.
#pragma once

#include "jixiao/scorecard.hpp"

namespace jixiao::tests {

inline Scorecard sample_card() {
  Scorecard card;
  card.project = {"社区建设管理工作经费", "Community building and administration"};
  card.project_file = "scenarios/chenggong-2020/project.toml";
  card.year = 2020;
  card.unit = "区民政局";
  card.illustrative = true;
  card.rules.id = "cn-mof-2020";
  card.rules.version = "1.0.0";
  card.rules.title = {"项目支出绩效自评", "Project self-evaluation"};
  card.rules.sha256 = std::string(64, 'a');
  card.rules.lineage = {"soft-default 1.0.0"};
  card.rules.cite = {{"财预〔2020〕10号", "background", "https://example.org/10"}};
  card.inputs_sha256 = std::string(64, 'b');
  card.engine = "jixiao 0.1.0";
  card.scored = true;
  card.attainable = 100;
  card.total = card.total_before_adjustments = card.total_before_veto = 94.87;
  card.rating = card.rating_before_veto = "excellent";
  card.rating_label = {"优", "excellent"};
  card.initial = card.adjusted = 1200000;
  card.executed = 1128000;
  card.execution_rate = 94;
  card.distance.to_lower_band = 4.87;
  card.blocks = {{"execution", {"预算执行", "budget execution"}, 10, 9.4, 1},
                 {"output", {"产出指标", "output"}, 50, 46.8542, 8},
                 {"benefit", {"效益指标", "benefit"}, 30, 29.0338, 4},
                 {"satisfaction", {"满意度指标", "satisfaction"}, 10, 9.5789, 1}};

  const auto add = [&](std::string id, Text name, std::string block, std::string sign,
                       std::string target, std::string actual, double weight, double points,
                       Text reason) {
    IndicatorStory story;
    story.id = std::move(id);
    story.name = std::move(name);
    story.block = std::move(block);
    for (const BlockStory& one : card.blocks) {
      if (one.id == story.block) story.block_name = one.name;
    }
    story.direction = sign == "≤" ? "at_most" : sign == "=" ? "equal" : "at_least";
    story.sign = std::move(sign);
    story.target = std::move(target);
    story.actual = std::move(actual);
    story.weight = weight;
    story.points = story.unrounded = points;
    story.lost = weight - points < 1e-9 ? 0 : weight - points;
    story.method = story.direction == "at_most" ? "lower.proportional" : "higher.proportional";
    story.method_title = {"按完成率计分", "proportional to the completion rate"};
    story.formula = "A >= T ? W : W*A/T";
    story.reason = std::move(reason);
    story.cite = {{"财预〔2020〕10号 第十五条", "background", ""}};
    story.file = card.project_file;
    story.line = 40 + card.indicators.size() * 8;
    card.indicators.push_back(std::move(story));
  };
  add("execution", {"预算执行率", "budget execution rate"}, "execution", "≥", "100%", "94%", 10,
      9.4, {"执行率94%，按比例得分", "executed 94%, proportional"});
  add("funded", {"获得经费的社区数", "communities funded"}, "output", "=", "29个", "29个", 6.25,
      6.25, {});
  add("trained", {"社区干部培训人数", "cadres trained"}, "output", "≥", "200人", "186人", 6.25,
      5.8125, {"完成率93%，按比例得分", "reached 93% of the target, proportional"});
  add("paid", {"经费发放及时率", "funds paid in time"}, "output", "≥", "100%", "100%", 6.25, 6.25,
      {});
  add("correct", {"经费发放准确率", "funds paid correctly"}, "output", "≥", "100%", "100%", 6.25,
      6.25, {});
  add("finished", {"各项工作完成时间", "all work finished by"}, "output", "≤", "2020-11-30",
      "2020-12-10", 6.25, 4.1667, {"晚10天，30天后不得分", "10 days late; nothing after 30 days"});
  add("per-community", {"每个社区工作经费", "funds per community"}, "output", "≤", "30,000元",
      "30,000元", 6.25, 6.25, {});
  add("per-day", {"培训人均每天成本", "training cost per person and day"}, "output", "≤",
      "300元/人/天", "300元/人/天", 6.25, 6.25, {});
  add("election", {"社区换届补选成本", "by-election cost"}, "output", "≤", "30,000元", "33,000元",
      6.25, 5.625, {"超支10%", "10% over"});
  add("hired", {"聘请高素质的社区工作者", "well-qualified workers hired"}, "benefit", "≥", "85%",
      "80%", 7.5, 7.0588,
      {"完成率94.12%，按比例得分", "reached 94.12% of the target, proportional"});
  add("attended", {"社区干部参加培训率", "training attendance"}, "benefit", "≥", "100%", "93%", 7.5,
      6.975, {"完成率93%，按比例得分", "reached 93% of the target, proportional"});
  add("continues", {"各项工作持续开展", "work continues"}, "benefit", "≥", "98%", "98%", 7.5, 7.5,
      {});
  add("capability", {"社区干部履职能力提高", "capability improved"}, "benefit", "≥", "95%", "95%",
      7.5, 7.5, {});
  add("satisfied", {"社区居民满意度", "residents satisfied"}, "satisfaction", "≥", "95%", "91%", 10,
      9.5789, {"完成率95.79%，按比例得分", "reached 95.79% of the target, proportional"});
  IndicatorStory& trained = card.indicators[2];
  trained.target_value = 200;
  trained.actual_value = 186;
  trained.type = "quantity";
  trained.type_name = {"数量指标", "quantity"};
  trained.substituted = "186 >= 200 ? 6.25 : 6.25*186/200";
  trained.given_reason = "14名干部因疫情防控值守未能参训";
  trained.remedy = "2021年第一季度补训";
  trained.evidence_given = {"培训签到表", "培训通知"};
  trained.reported = 5.81;

  card.comparisons = {
      {"as-filed",
       {"按申报表的归类计分（可得70分）", "with the blocks as filed (70 attainable)"},
       66.10,
       "fair",
       {"中", "fair"}}};
  card.diagnostics = {
      {Severity::warning,
       "block.misplaced",
       card.project_file,
       61,
       9,
       6,
       "block = \"产出\"",
       {"“经费发放及时率”属于时效指标", "'funds paid in time' is a timeliness indicator"},
       {"写成 type = \"timeliness\"", "write type = \"timeliness\""}},
      {Severity::warning,
       "form.uncovered",
       card.project_file,
       33,
       1,
       4,
       "[[item]]",
       {"120,000元没有对应的指标", "no indicator speaks for 120,000 yuan"},
       {}},
      {Severity::note,
       "form.blank",
       card.project_file,
       5,
       0,
       0,
       "",
       {"主管部门及代码为空", "the department and its code are blank"},
       {}}};
  return card;
}

}  // namespace jixiao::tests
