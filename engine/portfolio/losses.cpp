#include "portfolio/losses.hpp"

#include <algorithm>
#include <string>

namespace jixiao::portfolio {

void Losses::add(std::string_view indicator, double points) {
  if (indicator.empty() || !(points > 0)) return;
  Lost* lost = &beyond_;
  const auto found = by_name_.find(indicator);
  if (found != by_name_.end()) {
    lost = &found->second;
  } else if (by_name_.size() < most_names && name_bytes_ + indicator.size() <= most_name_bytes) {
    name_bytes_ += indicator.size();
    lost = &by_name_[std::string(indicator)];
  }
  ++lost->projects;
  lost->points.add(points);
}

std::vector<LostMost> Losses::most() const {
  std::vector<LostMost> out;
  out.reserve(by_name_.size() + 1);
  for (const auto& [name, lost] : by_name_) out.push_back({name, lost.projects, lost.points.value()});
  std::sort(out.begin(), out.end(),
            [](const LostMost& a, const LostMost& b) { return a.points != b.points ? a.points > b.points : a.indicator < b.indicator; });
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
