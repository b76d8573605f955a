#include "county/county.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace bench {
namespace {

constexpr std::array districts{"临溪县", "青石县", "白河区", "云岭区", "安平县", "南屏县",
                               "望山县", "清源区", "石桥镇", "柳湾镇", "松坪乡", "双泉乡"};

struct Bureau {
  const char* name;
  std::array<const char*, 4> subjects;
};
constexpr std::array bureaus{
    Bureau{"教育局", {"校舍维修", "教师培训", "营养改善计划", "教学设备更新"}},
    Bureau{"农业农村局", {"高标准农田", "病虫害防治", "农机补贴", "人居环境整治"}},
    Bureau{"交通运输局", {"农村公路养护", "危桥改造", "公交补贴", "安全防护工程"}},
    Bureau{"卫生健康局", {"基层医疗设备", "妇幼保健", "健康体检", "疾病预防"}},
    Bureau{"水利局", {"河道治理", "饮水安全", "水库除险加固", "山洪灾害防治"}},
    Bureau{"住房和城乡建设局", {"老旧小区改造", "危房改造", "污水管网", "路灯维护"}},
    Bureau{"民政局", {"养老服务", "社区建设", "临时救助", "殡葬改革"}},
    Bureau{"人力资源和社会保障局", {"就业培训", "创业补贴", "公益性岗位", "技能竞赛"}},
    Bureau{"生态环境局", {"空气监测", "垃圾分类", "矿山修复", "水源地保护"}},
    Bureau{"文化和旅游局", {"文化惠民演出", "文物保护", "图书馆运行", "乡村旅游"}},
    Bureau{"科学技术局", {"科技推广", "科普活动", "创新平台", "专家服务"}},
    Bureau{"应急管理局", {"消防设备", "应急演练", "安全检查", "物资储备"}}};

// An amount between 10 and 3,000 万元, few of them large.
std::int64_t budget(Draws& draws) {
  const double size = draws.unit() * draws.unit();
  const auto whole = static_cast<std::int64_t>(10 + 2990 * size);
  return draws.one_in(0.6) ? whole * 100 : whole * 100 + draws.below(100);  // mostly whole 万元
}

std::int64_t share(std::int64_t amount, double of) {
  return static_cast<std::int64_t>(static_cast<double>(amount) * of);
}

void draw_money(Project& project, Draws& draws) {
  project.initial = budget(draws);
  project.adjusted = draws.one_in(0.7) ? project.initial
                                       : share(project.initial, 0.8 + 0.4 * draws.unit());
  const double kind = draws.unit();
  double spent = 1;
  if (kind > 0.97)
    spent = 0.6 * draws.unit();
  else if (kind > 0.85)
    spent = 0.6 + 0.3 * draws.unit();
  else if (kind > 0.35)
    spent = 0.9 + 0.1 * draws.unit();
  project.executed = share(project.adjusted, spent);
}

}  // namespace

std::uint64_t Draws::next() {
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

std::uint32_t Draws::below(std::uint32_t n) {
  return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32);
}
double Draws::unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  return Draws(a ^ (b * 0xD6E8FEB86659FD93U)).next();
}

Project project_of(const County& county, std::uint64_t number) {
  Project project;
  project.number = number;
  project.start = mixed(county.seed, number);
  Draws draws(project.start);
  project.bureau = draws.below(bureaus.size());
  project.district = draws.below(districts.size());
  project.subject = draws.below(4);
  project.year = 2021 + static_cast<int>(draws.below(3));
  project.quality = draws.one_in(0.08) ? -0.3 * draws.unit() : 0.09 * draws.unit() - 0.06;
  draw_money(project, draws);
  project.outputs = 4 + draws.below(4);
  project.benefits = 3 + draws.below(3);
  project.served = 1 + draws.below(2);
  project.weighted = !county.plain && draws.one_in(0.3);
  if (draws.one_in(county.faults / 100))
    project.faulty_row = 3 + static_cast<int>(draws.below(rows_of(project) - 3));
  return project;
}

void append(std::string& to, Decimal number) {
  std::array<char, 32> text;
  char* at = text.data();
  if (number.digits < 0) *at++ = '-', number.digits = -number.digits;
  while (number.decimals > 0 && number.digits % 10 == 0) number.digits /= 10, --number.decimals;
  std::int64_t unit = 1;
  for (int i = 0; i < number.decimals; ++i) unit *= 10;
  at = std::to_chars(at, text.data() + text.size(), number.digits / unit).ptr;
  if (number.decimals > 0) {
    *at++ = '.';
    for (std::int64_t rest = number.digits % unit; unit > 1;) {
      unit /= 10;
      *at++ = static_cast<char>('0' + rest / unit);
      rest %= unit;
    }
  }
  to.append(text.data(), at);
}

void append_name(std::string& to, const Project& project) {
  to += bureaus[project.bureau].subjects[project.subject];
  to += '-';
  std::array<char, 20> digits;
  const char* end =
      std::to_chars(digits.data(), digits.data() + digits.size(), project.number + 1).ptr;
  const auto length = static_cast<std::size_t>(end - digits.data());
  if (length < 8) to.append(8 - length, '0');
  to.append(digits.data(), length);
}

const char* bureau_name(std::uint32_t bureau) { return bureaus[bureau].name; }
const char* district_name(std::uint32_t district) { return districts[district]; }

const char* wide_header() { return "project,region,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10\n"; }

void append_wide(std::string& to, const County& county, std::uint64_t number) {
  const Project project = project_of(county, number);
  append_name(to, project);
  to += ',';
  to += district_name(project.district);
  Draws draws(mixed(project.start, 99));
  for (int column = 0; column < 10; ++column) {
    to += ',';
    if (column + 3 == project.faulty_row) {
      to += draws.one_in(0.5) ? "" : "#N/A";
      continue;
    }
    if (draws.one_in(0.00005)) continue;  // missing
    const double tail = draws.one_in(0.06) ? draws.unit() : 0;
    const double value =
        100 * (0.86 + project.quality + 0.18 * (draws.unit() + draws.unit() - 1) - 0.8 * tail);
    append(to, {std::llround(10 * std::fmin(100, std::fmax(0, value))), 1});
  }
  to += '\n';
}

}  // namespace bench
