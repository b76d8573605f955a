#include "portfolio/losses.hpp"

#include <algorithm>
#include <string>

namespace jixiao::portfolio {

void Losses::add(std::string_view indicator, double points) {
  if (indicator.empty() || !(points > 0)) return;
  Near& near = near_[system::hash_of(indicator) % near_.size()];
  if (near.lost == nullptr || !system::equal_text(near.name, indicator)) {
    const auto found = find(indicator);
    if (found == by_name_.end()) return beyond_.add(points);
    near = {found->first, &found->second};
  }
  near.lost->add(points);
}

Losses::Names::iterator Losses::find(std::string_view indicator) {
  const auto found = by_name_.find(indicator);
  if (found != by_name_.end() || by_name_.size() == most_names ||
      name_bytes_ + indicator.size() > most_name_bytes)
    return found;
  name_bytes_ += indicator.size();
  return by_name_.try_emplace(std::string(indicator)).first;
}

std::vector<LostMost> Losses::most() const {
  std::vector<LostMost> out;
  out.reserve(by_name_.size() + 1);
  for (const auto& [name, lost] : by_name_)
    out.push_back({name, lost.projects, lost.points.value()});
  std::sort(out.begin(), out.end(), [](const LostMost& a, const LostMost& b) {
    return a.points != b.points ? a.points > b.points : a.indicator < b.indicator;
  });
  LostMost rest{"", beyond_.projects, 0};
  RunningSum points = beyond_.points;
  for (std::size_t i = listed; i < out.size(); ++i) {
    rest.projects += out[i].projects;
    points.add(out[i].points);
  }
  rest.points = points.value();
  if (out.size() > listed) out.resize(listed);
  if (rest.projects > 0) out.push_back(std::move(rest));
  return out;
}

}  // namespace jixiao::portfolio
