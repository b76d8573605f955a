#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "jixiao/unsaved.hpp"

namespace jixiao::cli {
namespace {

constexpr const char* project_text =
    R"TOML(# A project to start from. Change what is here, then:  jixiao check .   and   jixiao score .
# 从这里开始：改成您的项目，然后运行 jixiao check . 与 jixiao score .
# 旁边还有：results.toml 年终结果，cut15.toml 情景，what-matters.toml 研究
# Beside it: results.toml the year's end, cut15.toml a what-if, what-matters.toml a study
schema = "jixiao/project/1"
rules  = "cn-mof-2020"          # jixiao rules list 列出可用规则集

[project]
name = { zh = "培训项目（示例）", en = "Training project (example)" }
year = 2026

[money]                          # 金额必须写单位：元、万元 amounts carry their unit
initial  = "18万元"
adjusted = "18万元"              # 全年预算数；与年初相同可省略

# [weights]                      # 块权重与规则集不同时才写 only when they differ from the rule set's
# output = 50

[drivers]                        # 计划人员可以调整的量及其范围 what a planner can turn, and how far
trainees = { value = 200, unit = "人", low = 100, high = 300, step = 1, name = { zh = "计划培训人数", en = "people to be trained" } }
days     = { value = 3, unit = "天", low = 1, high = 5, step = 0.5, name = { zh = "培训天数", en = "days of training" } }
rate     = { value = 300, unit = "元/人/天", low = 200, high = 400, step = 10, name = { zh = "每人每天标准", en = "rate per person and day" } }
finish   = { value = "2026-11-30", low = "2026-09-30", high = "2026-12-31", name = { zh = "计划完成日", en = "planned finish" } }

[[item]]
id       = "training"
name     = { zh = "培训费", en = "training" }
amount   = "180000元"
identity = 'trainees*days*rate'  # 会被检查：200×3×300 = 180000

# model、curve 说明结果怎样随钱和上面的量变动；不写就不动
# `model` and `curve` say how a result follows the money and the drivers; without one it stays where it is
[[indicator]]
id     = "trained"
name   = { zh = "培训人数", en = "people trained" }
block  = "output"                # 产出
type   = "quantity"              # 数量
target = "≥200人"
model  = 'floor(money_training/(days*rate))'

[[indicator]]
id     = "finished"
name   = { zh = "完成时间", en = "finished by" }
block  = "output"
type   = "timeliness"            # 时效
target = "2026-11-30"
model  = 'finish'

[[indicator]]
id     = "unit_cost"
name   = { zh = "人均每天成本", en = "cost per person and day" }
block  = "output"
type   = "cost"                  # 成本
target = "≤300元/人/天"
model  = 'rate'

[[indicator]]
id     = "capability"
name   = { zh = "履职能力提升", en = "capability improved" }
block  = "benefit"               # 效益
type   = "sustained"             # 可持续影响
value  = "grade"                 # 定性指标：结果写等级 graded: the result is a word

[[indicator]]
id     = "satisfaction"
name   = { zh = "学员满意度", en = "trainees' satisfaction" }
block  = "satisfaction"
type   = "service"               # 服务对象满意度
target = "≥95%"
curve  = { of = 'days', points = [[1, 80], [3, 93], [5, 96]] }   # 示例：天数对满意度的影响 made up
)TOML";

constexpr const char* results_text = R"TOML(# Year-end results 年终结果
schema = "jixiao/results/1"
illustrative = true              # 示例数据；填入真实结果后删去 made-up numbers: remove when yours are in

[money]
executed = "17.1万元"

[[result]]
indicator = "trained"
actual    = "186人"
reason    = "两期培训各有缺勤"   # 偏差原因
remedy    = "下年提前确认名单"   # 改进措施
evidence  = ["签到册"]

[[result]]
indicator = "finished"
actual    = "2026-11-20"

[[result]]
indicator = "unit_cost"
actual    = "300元/人/天"

[[result]]
indicator = "capability"
actual    = "达成预期指标"
reason    = "后续跟踪评估尚未完成"
remedy    = "下年上半年补做跟踪评估"

[[result]]
indicator = "satisfaction"
actual    = "93%"
reason    = "场地较远"
remedy    = "下年改用就近场地"
)TOML";

constexpr const char* scenario_text =
    R"TOML(# 预算压减 15% 会怎样 what if there is 15 % less:  jixiao simulate . cut15
schema = "jixiao/scenario/1"
title  = { zh = "压减15%", en = "15 % less" }

[cut]                            # 各支出项按比例分担 every item bears its share
percent = 15
)TOML";

constexpr const char* study_text =
    R"TOML(# 哪个量最要紧 what matters most:  jixiao study . what-matters
schema = "jixiao/study/1"
kind   = "tornado"               # 每个量在其范围内单独变动 each number over its range, one at a time
title  = { zh = "哪个量最要紧", en = "what matters most" }
inputs = ["drivers.*"]
)TOML";

// Never over what is there: somebody may have typed it.
bool is_free(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return true;
  std::cerr << path.string() << ": already there, left as it is\n";
  return false;
}

bool write_template(const std::filesystem::path& path, const char* text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (out) return true;
  std::cerr << path.string() << ": cannot be written\n";
  return false;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

// The project under the rule set, the indicator of cost in the block where the rule set has it:
// the first form that scores without a finding. Empty when none does; `why` then says what keeps
// the rule set from being read, or is empty.
std::string project_for(const RuleLibrary& library, const std::string& rules,
                        const std::string& written, std::vector<Diagnostic>& why) {
  const std::string own =
      replaced(project_text, "rules  = \"cn-mof-2020\"", "rules  = \"" + written + "\"");
  const std::string with_cost_block =
      replaced(own, "block  = \"output\"\ntype   = \"cost\"                  # 成本",
               "block  = \"cost\"                  # 成本\n"
               "type   = \"economic_cost\"         # 经济成本");
  for (const std::string& text : {own, with_cost_block}) {
    const std::string file = "new/project.toml", results = "new/results.toml";
    keep_unsaved(file, text);
    keep_unsaved(results, results_text);
    const auto project = read_project({file, results});
    const auto rule_set = read_rules(rules, library, project ? project->needs() : RuleNeeds{});
    if (!rule_set) {
      why = rule_set.diagnostics();
      return {};
    }
    if (!project) continue;
    const Scorecard card = score(*rule_set, *project);
    const bool clean = card.scored && std::all_of(card.diagnostics.begin(), card.diagnostics.end(),
                                                  [](const Diagnostic& d) {
                                                    return d.severity == Severity::note;
                                                  });
    if (clean) return text;
  }
  return {};
}

// The rule sets that the project of `new` scores clean by.
std::string fitting_rules(const RuleLibrary& library) {
  std::string out;
  for (const RuleSummary& one : list_rules(library)) {
    std::vector<Diagnostic> ignored;
    if (!project_for(library, one.id, one.id, ignored).empty())
      out += (out.empty() ? "" : ", ") + one.id;
  }
  return out;
}

int refuse_rules(const Call& call, const std::string& rules, const std::vector<Diagnostic>& why) {
  if (!why.empty()) {
    report(call, why);
    return input_wrong;
  }
  Diagnostic d;
  d.code = "reference.unknown";
  d.file = rules;
  d.message = {"新建的项目有产出、效益、满意度指标，按这套规则集不能干净地计分",
               "the project that is written has indicators of output, benefit and satisfaction, "
               "and does not score clean by this rule set"};
  const std::string known = fitting_rules(call.library);
  d.help = {"可用：" + known + "；或用 jixiao import 从填好的表格开始",
            "these fit: " + known + "; or begin with a filled-in form: jixiao import"};
  report(call, {d});
  return input_wrong;
}

}  // namespace

int new_project(const Call& call, const std::string& folder, const std::string& rules) {
  namespace fs = std::filesystem;
  std::error_code error;
  const std::string wanted = rules.empty() ? "cn-mof-2020" : rules;
  const bool is_path = wanted.find('/') != std::string::npos || wanted.ends_with(".toml");
  const std::string written =
      is_path ? fs::proximate(wanted, folder.empty() ? "." : folder, error).generic_string()
              : wanted;
  std::vector<Diagnostic> why;
  const std::string project = project_for(
      call.library, is_path ? fs::absolute(wanted, error).string() : wanted,
      is_path && written.find('/') == std::string::npos ? "./" + written : written, why);
  if (project.empty()) return refuse_rules(call, wanted, why);
  if (folder.empty()) {
    std::cout << project;
    return done;
  }
  fs::create_directories(folder, error);
  if (error) {
    std::cerr << folder << ": " << error.message() << "\n";
    return input_wrong;
  }
  const fs::path at(folder);
  const std::array<std::pair<const char*, const char*>, 4> files{
      {{"project.toml", project.c_str()},
       {"results.toml", results_text},
       {"cut15.toml", scenario_text},
       {"what-matters.toml", study_text}}};
  // Nothing is written beside files of somebody else's.
  for (const auto& [name, text] : files) {
    if (!is_free(at / name)) return input_wrong;
  }
  std::string files_written;
  for (const auto& [name, text] : files) {
    if (!write_template(at / name, text)) return input_wrong;
    files_written += (files_written.empty() ? "" : ", ") + (at / name).string();
  }
  const bool zh = call.out.language == Language::zh;
  std::cout << (zh ? "已写入 " : "wrote ") << files_written << "\n"
            << (zh ? "下一步：" : "next: ") << "jixiao score " << folder << (zh ? "；" : "; ")
            << "jixiao simulate " << folder << " cut15" << (zh ? "；" : "; ") << "jixiao study "
            << folder << " what-matters" << (zh ? "；" : "; ") << "jixiao plan " << folder << "\n";
  return done;
}

}  // namespace jixiao::cli
