#include "scoring/weights.hpp"

#include <algorithm>
#include <cmath>

namespace jixiao::scoring {

using value::CellState;

namespace {

// One indicator of a project, wherever its outcome stands.
struct Member {
  std::size_t block;
  double given;  // NaN: an equal share
  double* weight;
  bool applicable;
};

// Into `members`, which is reused from project to project.
void collect_members(const ruleset::RuleSet& rules, const Batch& batch, Scorecards& cards, std::size_t project,
                     std::vector<Member>& members) {
  members.clear();
  for (std::size_t f = 0; f < rules.indicators.size(); ++f) {
    const auto& indicator = rules.indicators[f];
    members.push_back({indicator.block, indicator.weight.value_or(std::nan("")), &cards.fixed[f].weight[project],
                       cards.fixed[f].state[project] != CellState::not_applicable});
  }
  for (std::size_t row = batch.row_begin[project]; row < batch.row_begin[project + 1]; ++row) {
    members.push_back(
        {batch.rows.block[row], batch.rows.given_weight[row], &cards.rows.weight[row], cards.rows.state[row] != CellState::not_applicable});
  }
}

// What a project's blocks have while its weights are settled; reused from project to project.
struct BlockSums {
  std::vector<double> weight, applicable, inapplicable;
  std::vector<std::uint8_t> empty;

  void reset(const std::vector<BlockShare>& shares) {
    weight.resize(shares.size());
    for (std::size_t b = 0; b < shares.size(); ++b) weight[b] = shares[b].block;
    applicable.assign(shares.size(), 0);
    inapplicable.assign(shares.size(), 0);
    empty.assign(shares.size(), 1);
  }
};

void scale_block(std::vector<Member>& members, std::size_t block, double factor) {
  for (Member& member : members) {
    if (member.block == block && member.applicable) *member.weight *= factor;
  }
}

}  // namespace

bool BlockShare::adds_up() const {
  const double slack = 1e-9 * std::max(1.0, block);
  return open == 0 ? count() == 0 || std::abs(given - block) <= slack : given <= block + slack;
}

namespace {

void share_out(const ruleset::RuleSet& rules, const Batch& batch, std::size_t project, std::vector<BlockShare>& shares) {
  shares.assign(rules.blocks.size(), {});
  for (std::size_t b = 0; b < shares.size(); ++b) {
    const double own = batch.block_weights[b][project];
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
  for (const auto& indicator : rules.indicators) add(indicator.block, indicator.weight.value_or(std::nan("")));
  for (std::size_t row = batch.row_begin[project]; row < batch.row_begin[project + 1]; ++row)
    add(batch.rows.block[row], batch.rows.given_weight[row]);
}

}  // namespace

std::vector<BlockShare> block_shares(const ruleset::RuleSet& rules, const Batch& batch, std::size_t project) {
  std::vector<BlockShare> shares;
  share_out(rules, batch, project, shares);
  return shares;
}

namespace {

// The usual case, without a look at the policies: everything applies and no block with weight is empty. False when that is not so.
bool settle_plainly(const ruleset::RuleSet& rules, const Batch& batch, std::size_t project, const std::vector<BlockShare>& shares,
                    Scorecards& cards) {
  double whole = 0;
  for (std::size_t b = 0; b < shares.size(); ++b) {
    if (shares[b].count() == 0 && shares[b].block > 0) return false;
    cards.block_weights[b][project] = shares[b].block;
    whole += shares[b].block;
  }
  bool all_apply = true;
  for (std::size_t f = 0; f < rules.indicators.size(); ++f) {
    const auto& indicator = rules.indicators[f];
    cards.fixed[f].weight[project] = indicator.weight.value_or(shares[indicator.block].share());
    all_apply = all_apply && cards.fixed[f].state[project] != CellState::not_applicable;
  }
  for (std::size_t row = batch.row_begin[project]; row < batch.row_begin[project + 1]; ++row) {
    const double given = batch.rows.given_weight[row];
    cards.rows.weight[row] = std::isnan(given) ? shares[batch.rows.block[row]].share() : given;
    all_apply = all_apply && cards.rows.state[row] != CellState::not_applicable;
  }
  cards.attainable[project] = whole;
  return all_apply;
}

}  // namespace

std::vector<double> resolve_weights(const ruleset::RuleSet& rules, const Batch& batch, Scorecards& cards) {
  const std::size_t blocks = rules.blocks.size();
  std::vector<double> factors(batch.projects, 1);
  std::vector<BlockShare> shares;
  std::vector<Member> members;
  BlockSums sums;
  auto& [weight, applicable, inapplicable, empty] = sums;
  for (std::size_t p = 0; p < batch.projects; ++p) {
    share_out(rules, batch, p, shares);
    if (settle_plainly(rules, batch, p, shares, cards)) continue;
    collect_members(rules, batch, cards, p, members);
    sums.reset(shares);
    for (Member& member : members) *member.weight = std::isnan(member.given) ? shares[member.block].share() : member.given;

    double lost = 0;     // cannot be earned and nobody makes up for it
    double removed = 0;  // taken away; the rest is scaled up
    for (const Member& member : members) {
      (member.applicable ? applicable : inapplicable)[member.block] += *member.weight;
      if (member.applicable || rules.not_applicable != ruleset::NotApplicablePolicy::siblings) empty[member.block] = 0;
    }
    // What does not apply: its weight goes, by the rule set's policy.
    for (std::size_t b = 0; b < blocks; ++b) {
      if (inapplicable[b] <= 0) continue;
      if (rules.not_applicable == ruleset::NotApplicablePolicy::rescale) {
        removed += inapplicable[b];
      } else if (rules.not_applicable == ruleset::NotApplicablePolicy::siblings && applicable[b] > 0) {
        scale_block(members, b, (applicable[b] + inapplicable[b]) / applicable[b]);
      }
    }
    // Blocks nobody is left in.
    for (std::size_t b = 0; b < blocks; ++b) {
      if (empty[b] == 0 || weight[b] <= 0) continue;
      const std::size_t to = rules.blocks[b].move_to;
      const double there = to == ruleset::none ? 0 : weight[to];
      if (rules.blocks[b].when_empty == ruleset::WhenEmpty::move && empty[to] == 0 && there > 0) {
        scale_block(members, to, (there + weight[b]) / there);
        weight[to] = there + weight[b];
        weight[b] = 0;
      } else if (rules.blocks[b].when_empty == ruleset::WhenEmpty::rescale) {
        removed += weight[b];
        weight[b] = 0;
      } else {
        lost += weight[b];
      }
    }
    for (const Member& member : members) {
      if (!member.applicable && rules.not_applicable != ruleset::NotApplicablePolicy::full) *member.weight = 0;
    }
    double whole = 0;
    for (const BlockShare& share : shares) whole += share.block;
    for (std::size_t b = 0; b < blocks; ++b) cards.block_weights[b][p] = weight[b];
    cards.attainable[p] = whole - lost - removed;
    if (removed > 0) factors[p] = whole - removed > 0 ? whole / (whole - removed) : std::nan("");
  }
  return factors;
}

}  // namespace jixiao::scoring
