#include "scoring/weights.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "scoring/loops.hpp"
#include "value/rounding.hpp"

namespace jixiao::scoring {

using ruleset::NotApplicablePolicy;
using value::CellState;

namespace {

// A sum of weights without what its additions lost: the decimal of nine places that is as near as
// that, else the sum itself.
double on_paper(double sum, double largest) {
  const double decimal = value::Rounding{9, value::RoundingMode::half_up}(sum);
  return std::abs(decimal - sum) <= 1e-13 * largest ? decimal : sum;
}

double own_block_weight(const Batch& batch, std::size_t block, std::size_t project) {
  const auto& own = batch.block_weights[block];
  return own.empty() ? std::nan("") : own[project];
}

void share_block_weights(const ruleset::RuleSet& rules, const Batch& batch, std::size_t project,
                         std::vector<BlockShare>& shares) {
  shares.assign(rules.blocks.size(), {});
  for (std::size_t b = 0; b < shares.size(); ++b) {
    const double own = own_block_weight(batch, b, project);
    shares[b].block = std::isnan(own) ? rules.blocks[b].weight : own;
  }
  const auto add = [&](std::size_t block, double given) {
    if (std::isnan(given)) {
      ++shares[block].open;
    } else {
      ++shares[block].taken;
      shares[block].given += given;
    }
  };
  for (const auto& indicator : rules.indicators)
    add(indicator.block, indicator.weight.value_or(std::nan("")));
  for (std::size_t row = batch.row_begin[project]; row < batch.row_begin[project + 1]; ++row)
    add(batch.rows.block[row], batch.rows.given_weight[row]);
}

template <class T>
bool same_bits(const std::vector<T>& column, std::size_t a, std::size_t b, std::size_t count) {
  return count == 0 || std::memcmp(column.data() + a, column.data() + b, count * sizeof(T)) == 0;
}

bool applies(const Outcomes& outcomes, std::size_t slot) {
  return outcomes.state[slot] != CellState::not_applicable;
}

}  // namespace

bool BlockShare::adds_up() const {
  const double slack = 1e-9 * std::max(1.0, block);
  return open == 0 ? count() == 0 || std::abs(given - block) <= slack : given <= block + slack;
}

double BlockShare::share() const {
  return open == 0 ? 0 : on_paper(block - given, block) / static_cast<double>(open);
}

std::vector<BlockShare> block_shares(const ruleset::RuleSet& rules, const Batch& batch,
                                     std::size_t project) {
  std::vector<BlockShare> shares;
  share_block_weights(rules, batch, project, shares);
  return shares;
}

Text why_stuck(const ruleset::RuleSet& rules, const Stuck& stuck) {
  if (stuck.block == ruleset::none)
    return {"没有一个指标适用，无法评分", "nothing applies, so there is nothing to score"};
  const ruleset::Block& block = rules.blocks[stuck.block];
  switch (stuck.why) {
    case Stuck::Why::formula:
      return {"块“" + block.name.zh + "”有指标不适用，而它的公式 '" + block.combine->total.text() +
                  "' 离不开任何一个",
              "an indicator of block '" + block.name.en + "' does not apply, and its formula '" +
                  block.combine->total.text() + "' cannot do without any"};
    case Stuck::Why::empty:
      return {"块“" + block.name.zh + "”没有适用的指标，而总分公式 '" + rules.combine->text() +
                  "' 离不开它",
              "nothing of block '" + block.name.en + "' applies, and the total's formula '" +
                  rules.combine->text() + "' cannot do without it"};
    case Stuck::Why::weights: break;
  }
  return {"块“" + block.name.zh + "”中适用的指标没有权重",
          "what applies of block '" + block.name.en + "' weighs nothing"};
}

Text help_for_stuck() {
  return {
      "改正“不适用”，或换一套容得下它的规则集（用 N 或 V 平均，或 not_applicable = { indicator = "
      "\"full\" }）",
      "correct what does not apply, or use a rule set that can take it out (dividing by N or V, or "
      "not_applicable = { indicator = \"full\" })"};
}

void WeightSettler::scale_block(std::size_t block, double factor) {
  for (Member& member : members_) {
    if (member.block == block && member.applicable) member.weight *= factor;
  }
}

void WeightSettler::collect(const Batch& batch, const Scorecards& cards, std::size_t project) {
  share_block_weights(rules_, batch, project, shares_);
  members_.clear();
  const auto add = [&](std::size_t block, double given, bool applicable) {
    members_.push_back({block, std::isnan(given) ? shares_[block].share() : given, applicable});
  };
  for (std::size_t f = 0; f < rules_.indicators.size(); ++f) {
    const auto& indicator = rules_.indicators[f];
    add(indicator.block, indicator.weight.value_or(std::nan("")), applies(cards.fixed[f], project));
  }
  for (std::size_t row = batch.row_begin[project]; row < batch.row_begin[project + 1]; ++row)
    add(batch.rows.block[row], batch.rows.given_weight[row], applies(cards.rows, row));
}

bool WeightSettler::total_names(std::size_t block) const {
  const auto used = rules_.combine->used();
  return std::find(used.begin(), used.end(), rules_.first_block_name() + block) != used.end();
}

// What does not apply in one block is taken out once: by the formula that combines the block where
// that divides by what is left, else by weight. Under a formula for the total a weight taken from
// it means nothing: what is left of the block stands for the whole of it.
void WeightSettler::remove_inapplicable(std::size_t block) {
  const auto [away_count, away] = inapplicable_shares_[block];
  const auto [count, left] = applicable_shares_[block];
  if (away_count == 0) return;
  const bool siblings = rules_.not_applicable == NotApplicablePolicy::siblings;
  if (!siblings && rules_.not_applicable != NotApplicablePolicy::rescale) return;
  if (count == 0) {
    if (rules_.combine) {
      if (total_names(block)) stuck_ = Stuck{Stuck::Why::empty, block};
    } else if (!siblings) {
      removed_ += away;
    }
  } else if (const auto& combine = rules_.blocks[block].combine) {
    if (!combine->divides()) stuck_ = Stuck{Stuck::Why::formula, block};
  } else if (siblings) {
    if (left > 0) scale_block(block, (left + away) / left);
  } else if (!rules_.combine) {
    removed_ += away;
  } else if (away > 0) {
    if (left > 0) {
      block_factors_[block] = (left + away) / left;
    } else {
      stuck_ = Stuck{Stuck::Why::weights, block};
    }
  }
}

// Blocks nobody is left in.
void WeightSettler::handle_empty_blocks(const std::vector<std::uint8_t>& empty) {
  auto& weight = block_weights_;
  for (std::size_t b = 0; b < weight.size(); ++b) {
    if (empty[b] == 0 || weight[b] <= 0) continue;
    const std::size_t to = rules_.blocks[b].move_to;
    const double there = to == ruleset::none ? 0 : weight[to];
    if (rules_.blocks[b].when_empty == ruleset::WhenEmpty::move && empty[to] == 0 && there > 0) {
      scale_block(to, (there + weight[b]) / there);
      weight[to] = there + weight[b];
      weight[b] = 0;
    } else if (rules_.blocks[b].when_empty == ruleset::WhenEmpty::rescale) {
      removed_ += weight[b];
      weight[b] = 0;
    } else {
      lost_ += weight[b];
    }
  }
}

void WeightSettler::settle_members() {
  const std::size_t blocks = shares_.size();
  block_weights_.resize(blocks);
  for (std::size_t b = 0; b < blocks; ++b) block_weights_[b] = shares_[b].block;
  block_factors_.assign(blocks, 1);
  applicable_shares_.assign(blocks, {});
  inapplicable_shares_.assign(blocks, {});
  empty_.assign(blocks, 1);
  stuck_.reset();
  lost_ = removed_ = 0;
  for (const Member& member : members_) {
    Share& share = (member.applicable ? applicable_shares_ : inapplicable_shares_)[member.block];
    ++share.count;
    share.weight += member.weight;
    if (member.applicable || rules_.not_applicable != NotApplicablePolicy::siblings)
      empty_[member.block] = 0;
  }
  for (auto* shares : {&applicable_shares_, &inapplicable_shares_}) {
    for (Share& share : *shares) share.weight = on_paper(share.weight, share.weight);
  }
  for (std::size_t b = 0; b < blocks; ++b) remove_inapplicable(b);
  handle_empty_blocks(empty_);
  if (rules_.not_applicable == NotApplicablePolicy::full) return;
  for (Member& member : members_) {
    if (!member.applicable) member.weight = 0;
  }
}

bool WeightSettler::same_weights_as_previous(const Batch& batch, const Scorecards& cards,
                                             std::size_t project) const {
  const std::size_t begin = batch.row_begin[project];
  const std::size_t before = batch.row_begin[project - 1];
  const std::size_t count = begin - before;
  if (batch.row_begin[project + 1] - begin != count) return false;
  if (!same_bits(batch.rows.block, begin, before, count) ||
      !same_bits(batch.rows.given_weight, begin, before, count))
    return false;
  if (own_weights_) {
    for (const auto& own : batch.block_weights) {
      if (!own.empty() && !same_bits(own, project, project - 1, 1)) return false;
    }
  }
  if (!inapplicable_) return true;
  for (const Outcomes& fixed : cards.fixed) {
    if (applies(fixed, project) != applies(fixed, project - 1)) return false;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (applies(cards.rows, begin + i) != applies(cards.rows, before + i)) return false;
  }
  return true;
}

// The settled project's weights into the columns.
void WeightSettler::put(const Batch& batch, Scorecards& cards, std::size_t project) const {
  const std::size_t n = batch.projects;
  const auto put_one = [&](WeightColumn& column, double weight) {
    if (project == 0) {
      column.fill(n, weight);
    } else {
      column.put(project, weight);
    }
  };
  for (std::size_t f = 0; f < cards.fixed.size(); ++f)
    put_one(cards.fixed[f].weight, members_[f].weight);
  double whole = 0;
  for (const BlockShare& share : shares_) whole += share.block;
  for (std::size_t b = 0; b < block_weights_.size(); ++b)
    put_one(cards.block_weights[b], block_weights_[b]);
  for (std::size_t b = 0; b < block_factors_.size(); ++b)
    put_one(cards.block_factors[b], block_factors_[b]);
  put_one(cards.attainable, whole - lost_ - removed_);
  double factor = 1;
  if (removed_ > 0) factor = whole - removed_ > 0 ? whole / (whole - removed_) : std::nan("");
  put_one(cards.factor, stuck_ ? std::nan("") : factor);
}

std::optional<Stuck> WeightSettler::stuck(const Batch& batch, const Scorecards& cards,
                                          std::size_t project) {
  collect(batch, cards, project);
  settle_members();
  double whole = 0;
  for (const BlockShare& share : shares_) whole += share.block;
  if (!stuck_ && removed_ > 0 && whole - removed_ <= 0)
    return Stuck{Stuck::Why::weights, ruleset::none};
  return stuck_;
}

void WeightSettler::settle(const Batch& batch, Scorecards& cards) {
  own_weights_ = std::any_of(batch.block_weights.begin(), batch.block_weights.end(),
                             [](const auto& own) { return !loops::all_nan(own); });
  const auto away = [](const Outcomes& outcomes) {
    return loops::has(outcomes.state, CellState::not_applicable);
  };
  inapplicable_ = away(cards.rows) || std::any_of(cards.fixed.begin(), cards.fixed.end(), away);
  const std::span<double> row_weights = cards.rows.weight.write(batch.rows.size());
  const bool all_alike = batch.rows.size() == 0 && !own_weights_ && !inapplicable_;

  for (std::size_t p = 0; p < batch.projects; ++p) {
    if (p > 0 && all_alike) break;
    if (p > 0 && same_weights_as_previous(batch, cards, p)) {
      for (Outcomes& fixed : cards.fixed) fixed.weight.repeat(p);
      for (WeightColumn& block : cards.block_weights) block.repeat(p);
      cards.attainable.repeat(p);
      for (WeightColumn& block : cards.block_factors) block.repeat(p);
      cards.factor.repeat(p);
    } else {
      collect(batch, cards, p);
      settle_members();
      put(batch, cards, p);
    }
    const Member* const own = members_.data() + cards.fixed.size();
    const std::size_t first = batch.row_begin[p];
    for (std::size_t row = first; row < batch.row_begin[p + 1]; ++row)
      row_weights[row] = own[row - first].weight;
  }
}

}  // namespace jixiao::scoring
