#include "scenario/input_labels.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace jixiao::scenario {
namespace {

enum class What { other, item, result, target, upper_target, weight };

What what_is(const InputFacts& facts) {
  if (facts.name.starts_with("items.")) return What::item;
  if (facts.name.starts_with("results.")) return What::result;
  if (facts.name.starts_with("weights.")) return What::weight;
  if (!facts.name.starts_with("targets.")) return What::other;
  constexpr std::size_t prefix = 8;
  const bool upper = facts.name.size() > prefix &&
                     facts.name.find('.', prefix) != std::string::npos;
  return upper ? What::upper_target : What::target;
}

Text kind_of(What what) {
  switch (what) {
    case What::item: return {"金额", "money"};
    case What::result: return {"结果", "result"};
    case What::target: return {"目标", "target"};
    case What::upper_target: return {"目标上限", "target, upper end"};
    case What::weight: return {"权重", "weight"};
    case What::other: break;
  }
  return {};
}

}  // namespace

std::vector<Text> distinct_labels(std::span<const InputFacts* const> inputs) {
  const auto all_are = [&](What what) {
    return std::all_of(inputs.begin(), inputs.end(),
                       [&](const InputFacts* facts) { return what_is(*facts) == what; });
  };
  const bool only_results = all_are(What::result), only_items = all_are(What::item);
  std::vector<Text> out;
  std::map<std::string, int> zh, en;
  for (const InputFacts* facts : inputs) {
    const What what = what_is(*facts);
    const bool plain = (what == What::result && only_results) || (what == What::item && only_items);
    const Text kind = plain ? Text{} : kind_of(what);
    Text label = facts->label.empty()
                     ? Text{facts->name, facts->name}
                     : Text{facts->label.in(Language::zh), facts->label.in(Language::en)};
    if (!kind.empty()) label = {label.zh + "（" + kind.zh + "）", label.en + " (" + kind.en + ")"};
    ++zh[label.zh], ++en[label.en];
    out.push_back(std::move(label));
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (zh[out[i].zh] < 2 && en[out[i].en] < 2) continue;
    out[i] = {out[i].zh + " " + inputs[i]->name, out[i].en + " " + inputs[i]->name};
  }
  return out;
}

}  // namespace jixiao::scenario
