#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <span>
#include <string_view>

#include "county/county.hpp"

namespace bench {
namespace {

enum class Form { count, rate, at_most, exact, between, deadline, grade, yes };

struct Sample {
  const char* name;
  const char* unit;
  Form form;
  int low, high;  // of the target
};

constexpr std::array quantity{Sample{"新建改造工程", "处", Form::count, 2, 40},
                              Sample{"培训人数", "人", Form::count, 50, 3000},
                              Sample{"开展活动场次", "场", Form::count, 4, 60},
                              Sample{"采购设备", "台", Form::exact, 1, 200},
                              Sample{"补助发放户数", "户", Form::between, 60, 800},
                              Sample{"检查巡查次数", "次", Form::count, 12, 400},
                              Sample{"修缮面积", "平方米", Form::count, 100, 9000},
                              Sample{"编制成果", "份", Form::exact, 1, 12}};
constexpr std::array quality{
    Sample{"验收合格率", "%", Form::rate, 95, 100}, Sample{"设备完好率", "%", Form::rate, 90, 99},
    Sample{"返工率", "%", Form::at_most, 2, 8}, Sample{"资料归档完整率", "%", Form::rate, 90, 100}};
constexpr std::array timeliness{Sample{"项目完成时间", "", Form::deadline, 9, 12},
                                Sample{"资金支付及时率", "%", Form::rate, 90, 100},
                                Sample{"平均办理时限", "天", Form::at_most, 5, 30},
                                Sample{"全部完工时间", "", Form::deadline, 6, 12}};
constexpr std::array cost{Sample{"项目总成本", "万元", Form::at_most, 12, 2600},
                          Sample{"单位成本", "元", Form::at_most, 80, 4000},
                          Sample{"人均补助标准", "元", Form::exact, 100, 2400},
                          Sample{"管理费用占比", "%", Form::at_most, 3, 10}};
constexpr std::array economic{Sample{"带动增收", "万元", Form::count, 5, 900},
                              Sample{"节约成本比例", "%", Form::count, 2, 15},
                              Sample{"新增经营主体", "家", Form::count, 2, 60}};
constexpr std::array social{Sample{"受益群众人数", "人", Form::count, 200, 60000},
                            Sample{"政策知晓率", "%", Form::rate, 80, 95},
                            Sample{"信访投诉起数", "件", Form::at_most, 2, 12},
                            Sample{"公共服务水平提升", "", Form::grade, 0, 0}};
constexpr std::array ecological{Sample{"污水处理率", "%", Form::rate, 85, 98},
                                Sample{"生态环境改善", "", Form::grade, 0, 0},
                                Sample{"减少污染物排放", "吨", Form::count, 3, 300}};
constexpr std::array sustained{Sample{"后期管护机制", "", Form::yes, 0, 0},
                               Sample{"持续发挥作用", "", Form::grade, 0, 0},
                               Sample{"设施使用年限", "年", Form::count, 3, 20}};
constexpr std::array service{Sample{"服务对象满意度", "%", Form::rate, 85, 98},
                             Sample{"受益群众满意度", "%", Form::rate, 85, 98},
                             Sample{"参训人员满意度", "%", Form::rate, 85, 98}};

struct Place {
  const char* id;
  const char* name;
};
struct Kind {
  Place type;
  std::span<const Sample> samples;
};
const std::array outputs{
    Kind{{"quantity", "数量指标"}, quantity}, Kind{{"quality", "质量指标"}, quality},
    Kind{{"timeliness", "时效指标"}, timeliness}, Kind{{"cost", "成本指标"}, cost}};
const std::array benefits{Kind{{"economic", "经济效益指标"}, economic},
                          Kind{{"social", "社会效益指标"}, social},
                          Kind{{"ecological", "生态效益指标"}, ecological},
                          Kind{{"sustained", "可持续影响指标"}, sustained}};
const Kind satisfaction{{"service", "服务对象满意度指标"}, service};

constexpr std::array reasons{"受连续降雨影响，施工进度滞后", "\"设计变更,部分工程量调整\"",
                             "年中预算调减，相应压减任务",   "招标流标一次，采购推迟",
                             "外出务工人员多，参加人数不足", "资金下达较晚，跨年支付"};

// One indicator of a project, before it is written.
struct Line {
  Place block;
  Place type;
  const Sample* sample = nullptr;
  double weight = 0;
  bool explicit_weight = false;
};

// The n-th of `count` whole parts that add up to `weight`.
int part(int weight, std::uint32_t count, std::uint32_t n) {
  const int each = weight / static_cast<int>(count);
  return n == 0 ? weight - each * (static_cast<int>(count) - 1) : each;
}

Line line_of(const Project& project, std::uint32_t n) {
  Line line;
  const auto set = [&](Place block, int weight, std::uint32_t count, std::uint32_t at,
                       const Kind& kind, std::uint32_t sample) {
    line.block = block;
    line.type = kind.type;
    line.sample = &kind.samples[sample % kind.samples.size()];
    line.explicit_weight = project.weighted;
    line.weight = project.weighted ? part(weight, count, at) : static_cast<double>(weight) / count;
  };
  // which samples a project has; never the same twice
  const auto turn = static_cast<std::uint32_t>(project.start >> 40);
  if (n < project.outputs) {
    const std::uint32_t quantities = project.outputs - 3;
    const std::uint32_t kind = n < quantities ? 0 : n - quantities + 1;
    set({"output", "产出指标"}, 50, project.outputs, n, outputs[kind],
        turn + (kind == 0 ? n : kind));
  } else if (n < project.outputs + project.benefits) {
    const std::uint32_t at = n - project.outputs;
    set({"benefit", "效益指标"}, 30, project.benefits, at, benefits[(turn + at) % 4],
        turn / 4 + at / 4);
  } else {
    const std::uint32_t at = n - project.outputs - project.benefits;
    set({"satisfaction", "满意度指标"}, 10, project.served, at, satisfaction, turn + at);
  }
  return line;
}

// How much of the target is reached: most of it all, a tail that fails.
double reached(const Project& project, Draws& draws) {
  const double kind = draws.unit() + (project.quality < -0.06 ? 0.3 : 0);
  if (kind < 0.58) return 1;
  if (kind < 0.74) return 1 + 0.25 * draws.unit();
  double share = 0.6 * draws.unit();
  if (kind < 0.92)
    share = 0.9 + 0.1 * draws.unit();
  else if (kind < 0.985)
    share = 0.6 + 0.3 * draws.unit();
  return std::clamp(share + project.quality, 0.0, 0.999);
}

struct Cells {
  std::string op, target, unit, actual;
  double share = 1;  // of the points, nearly
};

Decimal rounded(double value, int decimals) {
  return {std::llround(value * std::pow(10, decimals)), decimals};
}

// A number, its unit behind it now and then.
void append_amount(std::string& to, Decimal number, const char* unit, bool with_unit) {
  append(to, number);
  if (with_unit) to += unit;
}

void write_number(Cells& cells, const Sample& sample, bool plain, double share, Draws& draws) {
  const bool rate = sample.form == Form::rate;
  const bool percent = std::string_view(sample.unit) == "%";
  const std::int64_t target = sample.low +
                              draws.below(static_cast<std::uint32_t>(sample.high - sample.low + 1));
  const bool at_most = sample.form == Form::at_most;
  const bool fine = percent || sample.low < 100;
  double actual = static_cast<double>(target) * (at_most ? 2 - share : share);
  if (rate) actual = std::fmin(actual, 100);
  if (percent) actual = std::fmax(actual, 1.1);  // 1 without its sign could be 100%
  const Decimal done = rounded(actual, (at_most || percent) && fine ? 1 : 0);
  cells.share = std::clamp(at_most ? share : actual / static_cast<double>(target), 0.0, 1.0);
  const char* op = at_most ? "<=" : sample.form == Form::exact ? "=" : ">=";
  // As people write it: signs in a column of their own, in front of the number, or as words behind
  // it.
  const std::uint32_t way = plain ? 0 : draws.below(5);
  const bool with_unit = way != 0;
  if (!with_unit) cells.unit = sample.unit;
  if (way == 0) cells.op = op;
  if (way == 1 || way == 4) cells.target = at_most ? "≤" : sample.form == Form::exact ? "" : "≥";
  if (way == 2) cells.target = at_most ? "不超过" : sample.form == Form::exact ? "" : "不少于";
  if (sample.form == Form::between && !plain) {
    cells.op.clear();
    cells.target.clear();
    append(cells.target, {target, 0});
    cells.target += '-';
    append_amount(cells.target, {target * 6 / 5, 0}, sample.unit, with_unit);
  } else {
    append_amount(cells.target, {target, 0}, sample.unit, with_unit);
    if (way == 3 && sample.form != Form::exact) cells.target += at_most ? "以内" : "以上";
    if (way != 0 && sample.form == Form::exact) cells.op = "=";
  }
  append_amount(cells.actual, done, sample.unit, with_unit && draws.one_in(0.5));
}

void append_day(std::string& to, std::chrono::sys_days day, bool words) {
  const std::chrono::year_month_day date{day};
  const auto month = static_cast<unsigned>(date.month());
  const auto of_month = static_cast<unsigned>(date.day());
  append(to, {static_cast<int>(date.year()), 0});
  to += words ? "年" : month < 10 ? "-0" : "-";
  append(to, {month, 0});
  to += words ? "月" : of_month < 10 ? "-0" : "-";
  append(to, {of_month, 0});
  if (words) to += "日";
}

void write_deadline(Cells& cells, const Sample& sample, int year, double share, Draws& draws) {
  using namespace std::chrono;
  const unsigned month = static_cast<unsigned>(sample.low) +
                         draws.below(static_cast<std::uint32_t>(sample.high - sample.low + 1));
  const sys_days end{std::chrono::year{year} / month / last};
  const std::uint32_t way = draws.below(3);
  if (way == 0) {
    append(cells.target, {year, 0});
    cells.target += "年";
    append(cells.target, {month, 0});
    cells.target += "月底";
  } else {
    append_day(cells.target, end, way == 1);
    if (way == 1)
      cells.target += "前";
    else
      cells.op = "date";
  }
  const int late = share >= 1 ? -static_cast<int>(draws.below(40))
                              : 1 + static_cast<int>(40 * (1 - share));
  append_day(cells.actual, end + days{late}, draws.one_in(0.4));
  cells.share = late <= 0 ? 1 : std::max(0.0, (30.0 - late) / 30);
}

void write_words(Cells& cells, Form form, double share, Draws& draws) {
  if (form == Form::yes) {
    cells.op = "yes";
    cells.target = "是";
    const bool met = share > 0.7;
    cells.actual = met ? "是" : "否";
    cells.share = met ? 1 : 0;
    return;
  }
  cells.op = "grade";
  cells.target = draws.one_in(0.5) ? "明显提升" : "逐步改善";
  cells.actual = share > 0.85  ? "达成预期指标"
                 : share > 0.5 ? "部分达成预期指标并具有一定效果"
                               : "未达成预期指标且效果较差";
  cells.share = share > 0.85 ? 0.9 : share > 0.5 ? 0.7 : 0.3;
}

void spoil(Cells& cells, Draws& draws) {
  constexpr std::array wrong{"#N/A", "待统计", "12.3.4", "2023-02-30", "1/0", ""};
  cells.actual = wrong[draws.below(wrong.size())];
}

void append_place(std::string& to, const Project& project) {
  to += district_name(project.district);
  to += ',';
  to += bureau_name(project.bureau);
  to += ',';
  append(to, {project.year, 0});
}

void append_money(std::string& to, const County& county, const Project& project,
                  std::uint32_t row) {
  constexpr std::array names{",@initial,,,,,万元,", ",@adjusted,,,,,万元,", ",@executed,,,,,万元,"};
  const std::array amounts{project.initial, project.adjusted, project.executed};
  append_name(to, project);
  to += names[row];
  append(to, {amounts[row], 2});
  to += county.plain ? "," : ",,,,";
  append_place(to, project);
  to += '\n';
}

}  // namespace

const char* long_header(const County& county) {
  return county.plain
             ? "project,indicator,block,type,op,target,unit,actual,region,department,year\n"
             : "project,indicator,block,type,op,target,unit,actual,weight,reported,reason,region,"
               "department,year\n";
}

void append_long(std::string& to, const County& county, const Project& project, std::uint32_t row) {
  if (row < 3) return append_money(to, county, project, row);
  const Line line = line_of(project, row - 3);
  Draws draws(mixed(project.start, row));
  const Sample& sample = *line.sample;
  const bool words = sample.form == Form::deadline || sample.form == Form::grade ||
                     sample.form == Form::yes;
  const double share = reached(project, draws);
  Cells cells;
  constexpr Sample number_instead{"", "%", Form::rate, 85, 100};
  if (!words)
    write_number(cells, sample, county.plain, share, draws);
  else if (county.plain)
    write_number(cells, number_instead, true, share, draws);
  else if (sample.form == Form::deadline)
    write_deadline(cells, sample, project.year, share, draws);
  else
    write_words(cells, sample.form, share, draws);
  if (static_cast<int>(row) == project.faulty_row)
    spoil(cells, draws);
  else if (draws.one_in(0.0001))
    cells.actual.clear();  // missing

  append_name(to, project);
  for (const char* cell : {sample.name, county.plain ? line.block.id : line.block.name,
                           county.plain ? line.type.id : line.type.name, cells.op.c_str(),
                           cells.target.c_str(), cells.unit.c_str(), cells.actual.c_str()}) {
    to += ',';
    to += cell;
  }
  to += ',';
  if (!county.plain) {
    if (line.explicit_weight) append(to, rounded(line.weight, 0));
    to += ',';
    const bool generous = draws.one_in(0.05);
    append(to, rounded(line.weight * (generous ? 1 : cells.share), 2));
    to += ',';
    if (cells.share < 1 && draws.one_in(0.8)) to += reasons[draws.below(reasons.size())];
    to += ',';
  }
  append_place(to, project);
  to += '\n';
}

}  // namespace bench
