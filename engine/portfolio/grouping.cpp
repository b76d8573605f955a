#include "portfolio/grouping.hpp"

#include <algorithm>
#include <cmath>

#include "portfolio/rank.hpp"

namespace jixiao::portfolio {

void Spending::add(const Standing& standing) {
  if (!std::isnan(standing.initial)) initial_.add(standing.initial);
  if (!std::isnan(standing.adjusted)) adjusted_.add(standing.adjusted);
  if (!std::isnan(standing.executed)) executed_.add(standing.executed);
  if (std::isnan(standing.adjusted) || std::isnan(standing.executed)) return;
  adjusted_of_both_.add(standing.adjusted);
  executed_of_both_.add(standing.executed);
}

double Spending::execution() const {
  const double base = adjusted_of_both_.value();
  return base > 0 ? 100 * executed_of_both_.value() / base : std::nan("");
}

double Grouping::weight_of(const Standing& standing) const {
  switch (weight_) {
    case RollUpWeight::budget: return standing.adjusted;
    case RollUpWeight::execution: return standing.executed;
    case RollUpWeight::equal: break;
  }
  return 1;
}

Grouping::Sums* Grouping::group(std::string_view name) {
  if (refused_) return nullptr;
  auto found = groups_.find(name);
  if (found != groups_.end()) return &found->second;
  name_bytes_ += name.size();
  if (groups_.size() == most_groups || name_bytes_ > most_name_bytes) {
    refused_ = true;
    groups_ = {};
    by_number_ = {};
    return nullptr;
  }
  found = groups_.try_emplace(std::string(name)).first;
  found->second.bands.assign(rules_->bands.size(), 0);
  found->second.number = static_cast<std::uint32_t>(by_number_.size());
  by_number_.push_back(&found->second);
  return &found->second;
}

void Grouping::move(std::uint32_t group, std::uint32_t from, std::uint32_t to) {
  if (refused_) return;
  --by_number_[group]->bands[from];
  ++by_number_[group]->bands[to];
}

std::uint32_t Grouping::add(std::string_view name, const Standing& standing) {
  Sums* sums = group(name);
  if (sums == nullptr) return 0;
  add(*sums, standing);
  return sums->number;
}

void Grouping::add(Sums& of, const Standing& standing) const {
  Sums* const sums = &of;
  ++sums->projects;
  sums->spending.add(standing);
  if (std::isnan(standing.total)) return;
  sums->lowest = sums->scored == 0 ? standing.total : std::min(sums->lowest, standing.total);
  sums->highest = sums->scored == 0 ? standing.total : std::max(sums->highest, standing.total);
  ++sums->scored;
  if (standing.band < sums->bands.size()) ++sums->bands[standing.band];
  const double weight = weight_of(standing);
  if (!(weight >= 0)) {
    ++sums->unweighted;
    return;
  }
  sums->weighted.add(weight * standing.total);
  sums->weights.add(weight);
}

Group Grouping::group(const std::string& name, const Sums& sums) const {
  Group out;
  out.name = name;
  out.projects = sums.projects;
  out.scored = sums.scored;
  out.unweighted = sums.unweighted;
  const double weights = sums.weights.value();
  // A mean is as exact as a total.
  out.mean = weights > 0
                 ? rules_->decided_rounding()(sums.weighted.value() / weights, value::summed)
                 : std::nan("");
  out.lowest = sums.scored > 0 ? sums.lowest : std::nan("");
  out.highest = sums.scored > 0 ? sums.highest : std::nan("");
  out.initial = sums.spending.initial();
  out.adjusted = sums.spending.adjusted();
  out.executed = sums.spending.executed();
  out.execution = sums.spending.execution();
  out.bands = sums.bands;
  const std::size_t band = rules_->band_of(out.mean);
  if (band != ruleset::none && !rules_->versions) out.band = rules_->bands[band].id;
  return out;
}

RollUp Grouping::roll_up(Ties ties) const {
  RollUp out;
  out.column = column_;
  out.weight = weight_;
  out.refused = refused_;
  out.groups.reserve(groups_.size());
  for (const auto& [name, sums] : groups_) out.groups.push_back(group(name, sums));
  std::vector<double> means;
  means.reserve(out.groups.size());
  for (const Group& group : out.groups) means.push_back(group.mean);
  const std::vector<double> rank = ranks(means, ties == Ties::none ? Ties::competition : ties);
  for (std::size_t i = 0; i < rank.size(); ++i) out.groups[i].rank = rank[i];
  std::sort(out.groups.begin(), out.groups.end(), [](const Group& a, const Group& b) {
    if (std::isnan(a.rank) != std::isnan(b.rank)) return std::isnan(b.rank);
    if (!std::isnan(a.rank) && a.rank != b.rank) return a.rank < b.rank;
    return a.name < b.name;
  });
  return out;
}

}  // namespace jixiao::portfolio
