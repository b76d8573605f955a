#include "project/cost_model.hpp"
#include "value/edge.hpp"

#include <algorithm>
#include <cmath>

namespace jixiao::project {
namespace {

using formula::Column;

// What is a whole number on paper is that number.
double whole_below(double x) { return value::floor_of(x); }

double held(const Definition& definition, double reported, double value) {
  if (definition.days) return 0.0 - whole_below(-value);
  if (definition.counted) value = whole_below(value);
  if (definition.share) return std::clamp(value, 0.0, 100.0);
  return reported >= 0 ? std::max(value, 0.0) : value;
}

// What becomes of a reported result when its model goes from `before` to `after`.
double followed(const Definition& definition, double reported, double after) {
  const double before = definition.nominal;
  if (after == before) return reported;
  if (!std::isfinite(after) || (definition.follow != Follow::model && !std::isfinite(before)))
    return std::nan("");
  if (definition.follow == Follow::model) return held(definition, reported, after);
  if (reported == before) return held(definition, reported, after);
  if (definition.follow == Follow::shift || before == 0)
    return held(definition, reported, reported + (after - before));
  return held(definition, reported, reported * after / before);
}

}  // namespace

void evaluate_known(const formula::Formula& formula, std::span<const Column> columns,
                    std::span<double> out) {
  formula.evaluate(columns, out);
  for (const std::size_t name : formula.needed()) {
    if (columns[name].is_uniform() && !std::isnan(columns[name][0])) continue;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (std::isnan(columns[name][i])) out[i] = std::nan("");
    }
  }
}

double height(const Curve& curve, double x) {
  const auto& points = curve.points;
  if (std::isnan(x)) return x;
  if (x <= points.front().first) return points.front().second;
  if (x >= points.back().first) return points.back().second;
  const auto right =
      std::upper_bound(points.begin(), points.end(), x,
                       [](double at, const auto& point) { return at < point.first; });
  const auto& [x0, y0] = *(right - 1);
  const auto& [x1, y1] = *right;
  return y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
}

void CostModel::hold(std::span<const std::size_t> names) {
  std::erase_if(definitions_, [&](const Definition& d) {
    return std::find(names.begin(), names.end(), d.name) != names.end();
  });
}

std::vector<std::uint8_t> CostModel::affected(std::span<const std::size_t> moved) const {
  std::vector<std::uint8_t> out(names_.size(), 0);
  for (const std::size_t name : moved) out[name] = 1;
  for (const Definition& definition : definitions_) {
    if (std::any_of(definition.needs.begin(), definition.needs.end(),
                    [&](std::size_t name) { return out[name] != 0; }))
      out[definition.name] = 1;
  }
  return out;
}

void CostModel::evaluate(const Definition& definition, std::span<const Column> columns,
                         std::span<double> out) const {
  const ModelName& name = names_[definition.name];
  const std::size_t n = out.size();
  switch (name.kind) {
    case NameKind::initial:
      for (std::size_t i = 0; i < n; ++i) {
        double sum = name.nominal;
        for (const std::size_t item : definition.needs)
          sum += columns[item][i] - names_[item].nominal;
        out[i] = sum;
      }
      return;
    case NameKind::adjusted:
      for (std::size_t i = 0; i < n; ++i)
        out[i] = name.nominal + (columns[initial()][i] - names_[initial()].nominal);
      return;
    case NameKind::executed: {
      const double before = names_[adjusted()].nominal;
      for (std::size_t i = 0; i < n; ++i) {
        const double after = columns[adjusted()][i];
        out[i] = after == before || before == 0 ? name.nominal : name.nominal * after / before;
      }
      return;
    }
    default: break;
  }
  evaluate_known(definition.formula, columns, out);
  if (definition.curve) {
    for (double& x : out) x = height(*definition.curve, x);
  }
  const bool reported = name.kind == NameKind::result && !std::isnan(name.nominal);
  for (double& x : out) {
    if (reported) {
      x = followed(definition, name.nominal, x);
    } else if (x == definition.nominal && !std::isnan(name.nominal)) {
      x = name.nominal;
    }
  }
}

}  // namespace jixiao::project
