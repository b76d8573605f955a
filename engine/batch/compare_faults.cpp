#include "batch/compare_faults.hpp"

#include <algorithm>

namespace jixiao::batch {
namespace {

bool earlier(const Fault& a, const Fault& b) { return a.line < b.line; }

bool is_among(const Fault& fault, const std::vector<Fault>& others) {
  const auto [from, to] = std::equal_range(others.begin(), others.end(), fault, earlier);
  return std::any_of(from, to, [&](const Fault& other) {
    return other.column == fault.column && other.code == fault.code && other.message.en == fault.message.en;
  });
}

void name_rules(Fault& fault, const std::string& side, const std::string& rules) {
  fault.message.zh = "按 " + side + "（" + rules + "）：" + fault.message.zh;
  fault.message.en = "under " + side + " (" + rules + "): " + fault.message.en;
}

}  // namespace

void join_faults(FaultsUnder a, FaultsUnder b) {
  std::vector<Fault> only_b;
  for (Fault& fault : b.faults) {
    if (!is_among(fault, a.faults)) only_b.push_back(fault);
  }
  for (Fault& fault : a.faults) {
    if (!is_among(fault, b.faults)) name_rules(fault, "A", a.rules);
  }
  for (Fault& fault : only_b) {
    name_rules(fault, "B", b.rules);
    a.faults.push_back(std::move(fault));
  }
  std::stable_sort(a.faults.begin(), a.faults.end(), earlier);
  b.faults.clear();
}

}  // namespace jixiao::batch
