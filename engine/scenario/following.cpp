#include "scenario/following.hpp"

#include <algorithm>
#include <set>

#include "formula/proportional.hpp"
#include "scoring/totals.hpp"

namespace jixiao::scenario {

using project::NameKind;
using ruleset::none;

namespace {

bool uses(const std::optional<formula::Formula>& formula, std::size_t first, std::size_t count) {
  return formula && std::any_of(formula->used().begin(), formula->used().end(),
                                [&](std::size_t n) { return n >= first && n < first + count; });
}

bool refuses_a_row(const scoring::Batch& batch) {
  return std::any_of(batch.rows.refused.begin(), batch.rows.refused.end(),
                     [](std::uint8_t one) { return one != 0; });
}

// Whether a row's points by this method are in proportion to its weight.
bool scales_with_weight(const ruleset::Method& method) {
  const auto names_weight = [](const std::optional<formula::Formula>& formula) {
    return uses(formula, ruleset::row_W, 1);
  };
  const auto& outside = method.outside;
  return formula::is_proportional(method.points, method.scope, ruleset::row_W) &&
         (!outside.points ||
          formula::is_proportional(*outside.points, method.scope, ruleset::row_W)) &&
         std::none_of(method.inputs.begin(), method.inputs.end(),
                      [&](const auto& input) { return names_weight(input.otherwise); }) &&
         std::none_of(method.accepts.begin(), method.accepts.end(),
                      [&](const auto& accept) { return names_weight(std::optional(accept.that)); });
}

}  // namespace

bool follows_money(const ruleset::Method& method) {
  constexpr std::size_t first = ruleset::row_B0, count = ruleset::row_E - ruleset::row_B0 + 1;
  return uses(method.points, first, count) || uses(method.domain, first, count) ||
         uses(method.outside.points, first, count) ||
         std::any_of(method.inputs.begin(), method.inputs.end(),
                     [&](const auto& input) { return uses(input.otherwise, first, count); }) ||
         std::any_of(method.accepts.begin(), method.accepts.end(), [&](const auto& accept) {
           return uses(std::optional(accept.that), first, count);
         });
}

Following::Following(const Bound& bound) : cost_(bound.cost) {
  readers_.resize(cost_.names().size());
  const auto& definitions = cost_.definitions();
  for (std::size_t d = 0; d < definitions.size(); ++d) {
    for (const std::size_t name : definitions[d].needs)
      readers_[name].push_back(static_cast<std::uint32_t>(d));
  }
  row_of_.assign(bound.project.indicators.size(), none);
  const auto& rows = bound.binding.batch.rows;
  std::vector<std::uint8_t> in_use(bound.rules.methods.size(), 0);
  for (std::size_t row = 0; row < bound.binding.row_indicator.size(); ++row) {
    row_of_[bound.binding.row_indicator[row]] = row;
    in_use[rows.method[row]] = 1;
  }
  money_scores_ = !bound.rules.indicators.empty();
  for (std::size_t m = 0; m < in_use.size(); ++m)
    money_scores_ = money_scores_ || (in_use[m] != 0 && follows_money(bound.rules.methods[m]));
  is_sum_ = scoring::is_plain_sum(bound.rules, bound.binding.batch) &&
            !refuses_a_row(bound.binding.batch);
  rows_of_block_.resize(bound.rules.blocks.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    place_in_block_.push_back(rows_of_block_[rows.block[row]].size());
    rows_of_block_[rows.block[row]].push_back(row);
    if (follows_money(bound.rules.methods[rows.method[row]])) money_rows_.push_back(row);
  }
  scaling_blocks_.assign(bound.rules.blocks.size(), bound.rules.indicator_rounding ? 0 : 1);
  for (std::size_t m = 0; m < in_use.size(); ++m) {
    if (in_use[m] != 0 && !scales_with_weight(bound.rules.methods[m])) in_use[m] = 2;
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (in_use[rows.method[row]] == 2) scaling_blocks_[rows.block[row]] = 0;
  }
}

std::vector<std::size_t> Following::definitions(std::span<const std::size_t> moved) const {
  std::set<std::size_t> found;
  std::vector<std::size_t> open(moved.begin(), moved.end());
  while (!open.empty()) {
    const std::size_t name = open.back();
    open.pop_back();
    for (const std::uint32_t d : readers_[name]) {
      if (found.insert(d).second) open.push_back(cost_.definitions()[d].name);
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace jixiao::scenario
