#include "forms/scale.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "forms/headings.hpp"
#include "forms/placing.hpp"
#include "forms/understanding.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

struct Pair {
  double weight = 0;
  std::optional<double> points;
};

bool near(double a, double b, double within) { return std::abs(a - b) <= within; }

}  // namespace

Scale scale_of(const Form& form) {
  Scale out;
  std::vector<Pair> rows;
  bool execution = false, percent = true;
  const auto add = [&](const Field& weight, const Field& points) {
    const auto w = points_of(weight.text);
    if (!w) return false;
    percent = percent && folded(weight.text).ends_with("%");
    if (out.place.row == 0) out.place = weight.place;
    rows.push_back({*w, points_of(points.text)});
    return true;
  };
  for (const MoneyRow& row : form.money) {
    if (!execution && add(row.weight, row.points)) execution = true;
  }
  for (const IndicatorRow& row : form.indicators) {
    const bool of_execution = block_of(row.block.text) == "execution";
    if (of_execution && execution) continue;
    execution = add(row.weight, row.points) && of_execution ? true : execution;
  }
  if (rows.empty()) return out;
  double weights = 0, plain = 0;
  bool above = false;
  std::size_t pointed = 0, too_high = 0;
  double highest = 0;
  for (const Pair& row : rows) {
    weights += row.weight;
    if (!row.points) continue;
    ++pointed;
    plain += *row.points;
    highest = std::max(highest, *row.points);
    if (*row.points > row.weight + 1e-9) ++too_high, above = true;
  }
  const auto total = points_of(form.total.text);
  const std::string sum = value::plain(weights, 4);
  const auto whole = [&](double scale) {
    return near(weights, scale, scale * 0.011) ||
           (!execution && near(weights, scale * 0.9, scale * 0.001));
  };
  out.percent = percent;
  if (whole(1) && weights < 1.2) {
    out.weight = 100;
    out.said = {"权重合计 " + sum + "，按合计为 1 换算成 100 分",
                "the weights add up to " + sum + ": taken as parts of 1, times 100"};
    if (total && *total <= 1.02) out.points = 100;
  } else if (whole(10) && weights < 11 && (!total || *total <= 10.05)) {
    out.weight = out.points = 10;
    out.said = {"分值合计 " + sum + "，按十分制换算成 100 分",
                "the weights add up to " + sum + ": a total of ten, times 10"};
  } else if (percent) {
    out.said = {"权重写作百分数，按分读（20% 即 20 分）",
                "the weights are written as percents and read as points (20% is 20)"};
  }
  if (pointed == 0 || out.points != 1) return out;
  const auto of_part = [&](double part) {
    double made = 0;
    for (const Pair& row : rows) made += row.points.value_or(0) * row.weight * out.weight / part;
    return made;
  };
  const double within = 0.006 * static_cast<double>(pointed) + 0.01;
  if (total && near(plain, *total, within)) return out;
  for (const double part : {10.0, 100.0}) {
    if (!total || highest > part + 1e-9 || !near(of_part(part), *total, within)) continue;
    out.part = part;
    const std::string of = value::plain(part, 0);
    const Text said{"各行得分以 " + of + " 分为满分，乘以权重才合成总分 " +
                        value::plain(*total, 2) + "，按此换算",
                    "each row's points are out of " + of +
                        ": times its weight they make the total of " + value::plain(*total, 2) +
                        ", and are read so"};
    out.said = out.said.empty() ? said
                                : Text{out.said.zh + "；" + said.zh, out.said.en + "; " + said.en};
    return out;
  }
  out.unsure = above && 2 * too_high >= pointed && pointed > 2;
  if (out.unsure)
    out.said = {"多数行的得分高于分值，看不出得分以多少为满分，得分不作核对",
                "most rows have points above their weight, and no scale explains it: the points "
                "are not checked"};
  return out;
}

}  // namespace jixiao::forms
