#include "scenario/partial_block.hpp"

#include <algorithm>
#include <cmath>

#include "scoring/totals.hpp"

namespace jixiao::scenario {

using formula::Column;
using project::NameKind;
using ruleset::none;
using value::CellState;

namespace {

constexpr std::size_t piece = 1024;

bool has(std::span<const std::size_t> all, std::size_t one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

PartialBlock::PartialBlock(const SamplePlan& plan, const Following& following)
    : plan_(plan), following_(following) {
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    if (plan.inputs[i].kind == InputKind::upper_target) upper_targets_.push_back(i);
  }
}

void PartialBlock::stand_at(std::span<const Column> in, std::span<const std::size_t> moved) {
  std::vector<double> at(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    const bool here = !has(moved, i) && is_moved(in[i][0], plan_.inputs[i].facts.nominal);
    at[i] = here ? in[i][0] : std::nan("");
  }
  const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  if (base_.at.size() == at.size() && !columns_.empty() &&
      std::equal(at.begin(), at.end(), base_.at.begin(), same))
    return;
  std::vector<Column> point;
  for (const double& x : at) point.push_back(Column::uniform(x));
  SampleBlock one(plan_, 1);
  const scoring::Scorecards& cards = one.score(point, 0, 1);
  rows_scored_ += cards.rows.points.size();
  Base base;
  const std::size_t names = plan_.bound.cost.names().size();
  for (std::size_t n = 0; n < names; ++n) base.names.push_back(one.value(n));
  base.row_points = cards.rows.points;
  base.row_states = cards.rows.state;
  for (std::size_t row = 0; row < cards.rows.points.size(); ++row)
    base.row_weights.push_back(cards.rows.weight[row]);
  for (const auto& fixed : cards.fixed) {
    base.fixed_points.push_back(fixed.points[0]);
    base.fixed_weights.push_back(fixed.weight[0]);
    base.fixed_states.push_back(fixed.state[0]);
  }
  for (std::size_t b = 0; b < cards.block_points.size(); ++b) {
    base.block_points.push_back(cards.block_points[b][0]);
    base.block_weights.push_back(cards.block_weights[b][0]);
    base.sum += cards.block_points[b][0];
  }
  base.total = cards.total[0];
  base.band = cards.band[0];
  base.usable = cards.state[0] == CellState::ok && one.is_possible() &&
                scoring::decided_total(plan_.bound.rules, base.sum) == base.total;
  // The same sums, in the same order, as those the whole project is added up with.
  base.row_sums.resize(base.row_points.size());
  for (std::size_t b = 0; b < base.block_points.size(); ++b) {
    double sum = 0;
    for (std::size_t f = 0; f < base.fixed_points.size(); ++f)
      sum += plan_.bound.rules.indicators[f].block == b ? base.fixed_points[f] : 0;
    for (const std::size_t row : following_.rows_of(b)) {
      base.row_sums[row] = sum;
      sum += base.row_points[row];
    }
    base.usable = base.usable && sum == base.block_points[b];
  }
  base.at = std::move(at);
  base_ = std::move(base);
  columns_.resize(names);
  for (std::size_t n = 0; n < names; ++n) columns_[n] = Column::uniform(base_.names[n]);
}

void PartialBlock::find_rows(std::span<const std::size_t> moved) {
  const auto& cost = plan_.bound.cost;
  names_.clear();
  rows_.clear();
  std::vector<std::size_t> rows;
  for (const std::size_t i : moved) {
    const Input& input = plan_.inputs[i];
    if (input.kind == InputKind::name) names_.push_back(input.index);
    if (input.kind == InputKind::upper_target) rows.push_back(input.index);
  }
  definitions_ = following_.definitions(names_);
  for (const std::size_t d : definitions_) {
    const std::size_t name = cost.definitions()[d].name;
    if (!has(names_, name)) names_.push_back(name);
  }
  for (const std::size_t n : names_) {
    const project::ModelName& name = cost.names()[n];
    if (name.kind != NameKind::result && name.kind != NameKind::target) continue;
    if (const std::size_t row = following_.row_of(name.index); row != none) rows.push_back(row);
  }
  money_moves_ =
      following_.money_scores() &&
      (has(names_, cost.initial()) || has(names_, cost.adjusted()) || has(names_, cost.executed()));
  if (money_moves_)
    rows.insert(rows.end(), following_.money_rows().begin(), following_.money_rows().end());
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  for (const std::size_t row : rows) rows_.push_back({row, std::vector<double>(piece)});
}

// Drivers, items, money, results and targets that move, of samples first .. first + count.
void PartialBlock::follow(std::span<const Column> in, std::span<const std::size_t> moved,
                          std::size_t first, std::size_t count) {
  const auto& cost = plan_.bound.cost;
  const auto slot = [&](std::size_t name) {
    return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
  };
  const auto given = [&](std::size_t name) {
    return plan_.input_of[name] != none && has(moved, plan_.input_of[name]);
  };
  for (std::size_t k = 0; k < names_.size(); ++k) {
    const std::size_t n = names_[k];
    if (!given(n)) continue;
    const Column& own = in[plan_.input_of[n]];
    for (std::size_t s = 0; s < count; ++s)
      values_[k][s] = is_moved(own[first + s], cost.names()[n].nominal) ? own[first + s]
                                                                        : cost.names()[n].nominal;
  }
  for (const std::size_t d : definitions_) {
    const project::Definition& definition = cost.definitions()[d];
    const std::size_t n = definition.name, k = slot(n), input = plan_.input_of[n];
    cost.evaluate(definition, columns_, std::span(results_).first(count));
    for (std::size_t s = 0; s < count; ++s) {
      const bool own = input != none && is_moved(in[input][in[input].is_uniform() ? 0 : first + s],
                                                 cost.names()[n].nominal);
      values_[k][s] = own ? in[input][in[input].is_uniform() ? 0 : first + s] : results_[s];
    }
  }
}

// One row so many times, with the money and the weight of the base.
scoring::Batch PartialBlock::row_at_base(std::size_t row, std::size_t times) const {
  const auto& cost = plan_.bound.cost;
  scoring::Batch one = only_row(plan_.bound.binding.batch, row, base_.row_weights[row]);
  const auto put = [&](std::size_t name, scoring::CellColumn& column) {
    if (is_moved(base_.names[name], cost.names()[name].nominal))
      column = {{base_.names[name]}, {CellState::ok}};
  };
  put(cost.initial(), one.initial);
  put(cost.adjusted(), one.adjusted);
  put(cost.executed(), one.executed);
  return repeated(std::move(one), times);
}

// The points of one row under the weights of the base; samples where it is no plain number of
// points are left over.
void PartialBlock::score_row(MovedRow& own, std::span<const Column> in,
                             std::span<const std::size_t> moved, std::size_t first,
                             std::size_t count) {
  const auto& binding = plan_.bound.binding;
  const auto& cost = plan_.bound.cost;
  const std::size_t i = binding.row_indicator[own.row], result = cost.result(i),
                    target = cost.target(i);
  scoring::Batch batch = row_at_base(own.row, count);
  const bool follows_result = has(names_, result), follows_target = has(names_, target);
  const auto put_target = [&](std::size_t s, double value) {
    batch.rows.target[s] = value;
    if (binding.batch.rows.target[own.row] == binding.batch.rows.upper[own.row])
      batch.rows.upper[s] = value;
  };
  for (std::size_t s = 0; s < count; ++s) {
    const double value = columns_[result][s], aim = columns_[target][s];
    if (follows_result || is_moved(base_.names[result], cost.names()[result].nominal)) {
      if (!std::isfinite(value)) in_full_[s] = 1;
      batch.rows.actual.values[s] = std::isfinite(value) ? value : 0;
      batch.rows.actual.states[s] = CellState::ok;
    }
    if (follows_target || is_moved(base_.names[target], cost.names()[target].nominal))
      put_target(s, aim);
  }
  for (const std::size_t k : upper_targets_) {
    const Input& input = plan_.inputs[k];
    if (input.index != own.row) continue;
    for (std::size_t s = 0; s < count; ++s) {
      const double value = has(moved, k) ? in[k][first + s] : in[k][0];
      batch.rows.upper[s] = is_moved(value, input.facts.nominal) ? value : input.facts.nominal;
    }
  }
  if (money_moves_) put_money(batch, count);
  rows_scored_ += count;
  const scoring::Outcomes found = scoring::evaluate_alone(plan_.bound.rules, batch);
  for (std::size_t s = 0; s < count; ++s) {
    if (found.state[s] != CellState::ok) in_full_[s] = 1;
    own.points[s] = found.points[s];
  }
}

// The money of every sample.
void PartialBlock::put_money(scoring::Batch& batch, std::size_t count) {
  const auto& cost = plan_.bound.cost;
  const auto put = [&](std::size_t name, scoring::CellColumn& column) {
    if (!has(names_, name)) return;
    for (std::size_t s = 0; s < count; ++s) {
      const double yuan = columns_[name][s];
      if (!std::isfinite(yuan)) in_full_[s] = 1;
      column.values[s] = std::isfinite(yuan) ? yuan : 0;
      column.states[s] = CellState::ok;
    }
  };
  put(cost.initial(), batch.initial);
  put(cost.adjusted(), batch.adjusted);
  put(cost.executed(), batch.executed);
}

// The rule set's own indicators, under the weights of the base; false where those would be others.
bool PartialBlock::score_fixed(std::size_t count) {
  const auto& rules = plan_.bound.rules;
  scoring::Batch batch = without_rows(plan_.bound.binding.batch);
  batch.block_weights.assign(rules.blocks.size(), {0.0});
  for (std::size_t f = 0; f < rules.indicators.size(); ++f)
    batch.block_weights[rules.indicators[f].block][0] += base_.fixed_weights[f];
  batch = repeated(std::move(batch), count);
  put_money(batch, count);
  if (!evaluator_) evaluator_ = std::make_unique<scoring::Evaluator>(rules);
  rows_scored_ += count * rules.indicators.size();
  const scoring::Scorecards& cards = evaluator_->run(batch);
  fixed_.resize(rules.indicators.size());
  for (std::size_t f = 0; f < fixed_.size(); ++f) {
    fixed_[f].resize(piece);
    if (cards.fixed[f].weight[0] != base_.fixed_weights[f]) return false;
    for (std::size_t s = 0; s < count; ++s) {
      if (cards.fixed[f].state[s] != CellState::ok) in_full_[s] = 1;
      fixed_[f][s] = cards.fixed[f].points[s];
    }
  }
  return true;
}

// The points of a block, added in the order the whole project is.
double PartialBlock::block_sum(std::size_t block, std::size_t sample) const {
  const auto& rows = plan_.bound.binding.batch.rows;
  auto moved = std::find_if(rows_.begin(), rows_.end(),
                            [&](const MovedRow& own) { return rows.block[own.row] == block; });
  const auto& all = following_.rows_of(block);
  double sum = 0;
  std::size_t place = 0;
  if (money_moves_) {
    for (std::size_t f = 0; f < fixed_.size(); ++f)
      sum += plan_.bound.rules.indicators[f].block == block ? fixed_[f][sample] : 0;
  } else if (moved == rows_.end()) {
    return base_.block_points[block];
  } else {
    place = following_.place_of(moved->row);  // up to there it is as it was
    sum = base_.row_sums[moved->row];
  }
  for (; place < all.size(); ++place) {
    const bool own = moved != rows_.end() && moved->row == all[place];
    sum += own ? moved->points[sample] : base_.row_points[all[place]];
    if (own)
      moved = std::find_if(moved + 1, rows_.end(),
                           [&](const MovedRow& next) { return rows.block[next.row] == block; });
  }
  return sum;
}

// Whether a total is decided from this sum whatever the last bits of it are: no edge of the
// rounding is near.
bool PartialBlock::is_clear(double sum) const {
  const value::Rounding rounding = plan_.bound.rules.decided_rounding();
  const double scaled = std::abs(sum) * std::pow(10.0, rounding.digits), whole = std::floor(scaled);
  const bool half = rounding.mode == value::RoundingMode::half_up ||
                    rounding.mode == value::RoundingMode::half_even;
  const double edge = half ? std::abs(scaled - whole - 0.5)
                           : std::min(scaled - whole, whole + 1 - scaled);
  const double bits = 4 * 2.3e-16 * static_cast<double>(base_.row_points.size() + 8) *
                      std::max(scaled, 1.0);
  return std::isfinite(sum) && edge > std::max(1e-6, bits);
}

void PartialBlock::add_up(std::size_t count) {
  for (std::size_t s = 0; s < count; ++s) {
    totals_[s] = base_.total;
    bands_[s] = base_.band;
    if (in_full_[s] != 0) continue;
    double more = 0;
    bool same_as_base = true, same_as_before = s > 0 && in_full_[s - 1] == 0;
    const auto add = [&](const std::vector<double>& points, double before) {
      same_as_base = same_as_base && points[s] == before;
      same_as_before = same_as_before && points[s] == points[s - 1];
      more += points[s] - before;
    };
    for (const MovedRow& own : rows_) add(own.points, base_.row_points[own.row]);
    for (std::size_t f = 0; money_moves_ && f < fixed_.size(); ++f)
      add(fixed_[f], base_.fixed_points[f]);
    if (same_as_base) continue;
    if (same_as_before) {
      totals_[s] = totals_[s - 1];
      bands_[s] = bands_[s - 1];
      continue;
    }
    double sum = base_.sum + more;
    if (!is_clear(sum)) {
      sum = 0;
      for (std::size_t b = 0; b < base_.block_points.size(); ++b) sum += block_sum(b, s);
    }
    totals_[s] = scoring::decided_total(plan_.bound.rules, sum);
    bands_[s] = plan_.bound.rules.band_of(totals_[s]);
  }
}

void PartialBlock::hand_out(std::span<const std::size_t> wanted,
                            std::span<const std::span<double>> out, std::size_t first,
                            std::size_t count) {
  const double nan = std::nan("");
  for (const std::size_t o : wanted) {
    const Output& output = plan_.outputs[o];
    double* const to = out[o].data() + first;
    const auto fill = [&](double value) { std::fill(to, to + count, value); };
    switch (output.kind) {
      case OutputKind::total: std::copy_n(totals_.begin(), count, to); break;
      case OutputKind::rating:
        for (std::size_t s = 0; s < count; ++s)
          to[s] = bands_[s] == none ? nan : static_cast<double>(bands_[s]);
        break;
      case OutputKind::name:
        for (std::size_t s = 0; s < count; ++s) to[s] = columns_[output.index][s];
        break;
      case OutputKind::fixed_points:
        if (money_moves_) {
          std::copy_n(fixed_[output.index].begin(), count, to);
        } else {
          fill(base_.fixed_states[output.index] == CellState::ok ? base_.fixed_points[output.index]
                                                                 : nan);
        }
        break;
      case OutputKind::row_points: {
        const auto own = std::find_if(rows_.begin(), rows_.end(),
                                      [&](const MovedRow& row) { return row.row == output.index; });
        if (own != rows_.end()) {
          std::copy_n(own->points.begin(), count, to);
        } else {
          fill(base_.row_states[output.index] == CellState::ok ? base_.row_points[output.index]
                                                               : nan);
        }
        break;
      }
      case OutputKind::block_points:
        for (std::size_t s = 0; s < count; ++s) to[s] = block_sum(output.index, s);
        break;
      case OutputKind::row_weight: fill(base_.row_weights[output.index]); break;
      case OutputKind::block_weight: fill(base_.block_weights[output.index]); break;
      case OutputKind::constraint:
        project::evaluate_known(plan_.bound.cost.constraints()[output.index].formula, columns_,
                                std::span(to, count));
        for (std::size_t s = 0; s < count; ++s)
          to[s] = std::isnan(to[s]) ? nan : to[s] != 0 ? 1 : 0;
        break;
      case OutputKind::curve: {
        const project::Definition* const definition = plan_.definition_of[output.index];
        if (definition == nullptr) {
          fill(nan);
        } else {
          project::evaluate_known(definition->formula, columns_, std::span(to, count));
        }
        break;
      }
    }
  }
}

// One indicator's weight moves: the others of its block keep their proportions, and their points
// with them.
bool PartialBlock::evaluate_weight(std::span<const Column> in, std::size_t moved,
                                   std::span<const std::size_t> wanted,
                                   std::span<const std::span<double>> out,
                                   std::vector<std::size_t>& left) {
  const Input& input = plan_.inputs[moved];
  const std::size_t row = input.index, block = plan_.bound.binding.batch.rows.block[row];
  if (!following_.scales_with_weights(block)) return false;
  for (const std::size_t o : wanted) {
    switch (plan_.outputs[o].kind) {
      case OutputKind::row_points:
      case OutputKind::block_points:
      case OutputKind::row_weight: return false;
      default: break;
    }
  }
  names_.clear(), definitions_.clear(), rows_.clear();
  money_moves_ = false;
  stand_at(in, std::span(&moved, 1));
  if (!base_.usable) return false;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const InputKind kind = plan_.inputs[i].kind;
    if ((kind == InputKind::row_weight || kind == InputKind::block_weight) && i != moved &&
        !std::isnan(base_.at[i]))
      return false;
  }
  const auto& rows = plan_.bound.binding.batch.rows;
  double others = 0, points = 0;  // of the block, but for this row
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows.block[r] != block) continue;
    if (base_.row_states[r] != CellState::ok) return false;
    if (r != row) others += base_.row_weights[r], points += base_.row_points[r];
  }
  if (!(others > 0)) return false;
  const double own = base_.row_weights[row], room = others + own;
  const std::size_t samples = out[wanted.front()].size();
  in_full_.resize(piece), totals_.resize(piece), bands_.resize(piece), results_.resize(piece);
  rows_.push_back({row, std::vector<double>(piece)});
  std::vector<double> weights(piece);
  for (std::size_t first = 0; first < samples; first += piece) {
    const std::size_t count = std::min(piece, samples - first);
    std::fill(in_full_.begin(), in_full_.end(), 0);
    for (std::size_t s = 0; s < count; ++s) {
      const double given = in[moved][first + s];
      weights[s] = is_moved(given, input.facts.nominal) ? given : own;
      if (weights[s] < 0 || weights[s] > room) in_full_[s] = 1, weights[s] = own;
    }
    weigh(row, weights, count);
    for (std::size_t s = 0; s < count; ++s) {
      totals_[s] = base_.total;
      bands_[s] = base_.band;
      if (in_full_[s] != 0 || weights[s] == own) continue;
      const double sum = base_.sum + (rows_[0].points[s] - base_.row_points[row]) +
                         ((room - weights[s]) / others - 1) * points;
      if (!is_clear(sum)) {
        in_full_[s] = 1;
        continue;
      }
      totals_[s] = scoring::decided_total(plan_.bound.rules, sum);
      bands_[s] = plan_.bound.rules.band_of(totals_[s]);
    }
    hand_out(wanted, out, first, count);
    for (std::size_t s = 0; s < count; ++s) {
      if (in_full_[s] != 0) left.push_back(first + s);
    }
  }
  return true;
}

// The points of one row under other weights of its own.
void PartialBlock::weigh(std::size_t row, std::span<const double> weights, std::size_t count) {
  const auto& binding = plan_.bound.binding;
  const auto& cost = plan_.bound.cost;
  scoring::Batch batch = row_at_base(row, count);
  const std::size_t i = binding.row_indicator[row], result = cost.result(i),
                    target = cost.target(i);
  for (std::size_t s = 0; s < count; ++s) {
    batch.rows.given_weight[s] = weights[s];
    if (is_moved(base_.names[result], cost.names()[result].nominal)) {
      batch.rows.actual.values[s] = base_.names[result];
      batch.rows.actual.states[s] = CellState::ok;
    }
    if (!is_moved(base_.names[target], cost.names()[target].nominal)) continue;
    if (batch.rows.target[s] == batch.rows.upper[s]) batch.rows.upper[s] = base_.names[target];
    batch.rows.target[s] = base_.names[target];
  }
  for (const std::size_t k : upper_targets_) {
    if (plan_.inputs[k].index != row || std::isnan(base_.at[k])) continue;
    for (std::size_t s = 0; s < count; ++s) batch.rows.upper[s] = base_.at[k];
  }
  rows_scored_ += count;
  const scoring::Outcomes found = scoring::evaluate_alone(plan_.bound.rules, batch);
  for (std::size_t s = 0; s < count; ++s) {
    if (found.state[s] != CellState::ok) in_full_[s] = 1;
    rows_[0].points[s] = found.points[s];
  }
}

bool PartialBlock::evaluate(std::span<const Column> in, std::span<const std::size_t> moved,
                            std::span<const std::size_t> wanted,
                            std::span<const std::span<double>> out,
                            std::vector<std::size_t>& left) {
  left.clear();
  rows_scored_ = 0;
  if (!following_.is_sum()) return false;
  if (moved.size() == 1 && plan_.inputs[moved.front()].kind == InputKind::row_weight)
    return evaluate_weight(in, moved.front(), wanted, out, left);
  for (const std::size_t i : moved) {
    const InputKind kind = plan_.inputs[i].kind;
    if (kind == InputKind::row_weight || kind == InputKind::block_weight) return false;
  }
  find_rows(moved);
  stand_at(in, moved);
  if (!base_.usable) return false;
  const bool plain = std::all_of(rows_.begin(), rows_.end(), [&](const MovedRow& own) {
    return base_.row_states[own.row] == CellState::ok;
  });
  const auto& fixed = base_.fixed_states;
  const bool fixed_plain = std::all_of(fixed.begin(), fixed.end(),
                                       [](CellState state) { return state == CellState::ok; });
  if (!plain || (money_moves_ && !fixed_plain)) return false;
  const std::size_t samples = out[wanted.front()].size();
  values_.resize(std::max(values_.size(), names_.size()));
  for (std::size_t k = 0; k < names_.size(); ++k) {
    values_[k].assign(piece, base_.names[names_[k]]);
    columns_[names_[k]] = Column::of(values_[k]);
  }
  in_full_.resize(piece), totals_.resize(piece), bands_.resize(piece), results_.resize(piece);
  for (std::size_t first = 0; first < samples; first += piece) {
    const std::size_t count = std::min(piece, samples - first);
    std::fill(in_full_.begin(), in_full_.end(), 0);
    follow(in, moved, first, count);
    if (money_moves_ && !score_fixed(count)) {
      for (const std::size_t n : names_) columns_[n] = Column::uniform(base_.names[n]);
      return false;
    }
    for (MovedRow& own : rows_) score_row(own, in, moved, first, count);
    add_up(count);
    hand_out(wanted, out, first, count);
    for (std::size_t s = 0; s < count; ++s) {
      if (in_full_[s] != 0) left.push_back(first + s);
    }
  }
  for (const std::size_t n : names_) columns_[n] = Column::uniform(base_.names[n]);
  return true;
}

}  // namespace jixiao::scenario
