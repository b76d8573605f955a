#include <filesystem>
#include <fstream>
#include <iostream>

#include "commands.hpp"

namespace jixiao::cli {
namespace {

constexpr const char* project_text =
    R"TOML(# A project to start from. Change what is here, then:  jixiao check .   and   jixiao score .
# 从这里开始：改成您的项目，然后运行 jixiao check . 与 jixiao score .
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

[drivers]                        # 计划人员可以调整的量 what a planner can turn
trainees = { value = 200, unit = "人" }
days     = { value = 3, unit = "天" }
rate     = { value = 300, unit = "元/人/天" }

[[item]]
id       = "training"
name     = "培训费"
amount   = "180000元"
identity = 'trainees*days*rate'  # 会被检查：200×3×300 = 180000

[[indicator]]
id     = "trained"
name   = { zh = "培训人数", en = "people trained" }
block  = "output"                # 产出
type   = "quantity"              # 数量
target = "≥200人"

[[indicator]]
id     = "finished"
name   = { zh = "完成时间", en = "finished by" }
block  = "output"
type   = "timeliness"            # 时效
target = "2026-11-30"

[[indicator]]
id     = "unit_cost"
name   = { zh = "人均每天成本", en = "cost per person and day" }
block  = "output"
type   = "cost"                  # 成本
target = "≤300元"

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
actual    = "300元"

[[result]]
indicator = "capability"
actual    = "达成预期指标"

[[result]]
indicator = "satisfaction"
actual    = "93%"
reason    = "场地较远"
)TOML";

// Never over what is there: somebody may have typed it.
bool write_template(const std::filesystem::path& path, const char* text) {
  if (std::filesystem::exists(path)) {
    std::cerr << path.string() << ": already there, left as it is\n";
    return false;
  }
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (out) return true;
  std::cerr << path.string() << ": cannot be written\n";
  return false;
}

}  // namespace

int new_project(const Call& call, const std::string& folder) {
  if (folder.empty()) {
    std::cout << project_text;
    return done;
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    std::cerr << folder << ": " << error.message() << "\n";
    return input_wrong;
  }
  const std::filesystem::path at(folder);
  if (!write_template(at / "project.toml", project_text) ||
      !write_template(at / "results.toml", results_text))
    return input_wrong;
  const bool zh = call.out.language == Language::zh;
  std::cout << (zh ? "已写入 " : "wrote ") << (at / "project.toml").string() << ", "
            << (at / "results.toml").string() << "\n"
            << (zh ? "下一步：jixiao score " : "next: jixiao score ") << folder << "\n";
  return done;
}

}  // namespace jixiao::cli
