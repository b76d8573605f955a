#include "batch/compare_faults.hpp"

#include <algorithm>

namespace jixiao::batch {
namespace {

bool earlier(const Fault& a, const Fault& b) { return a.line < b.line; }

// What is said of the cell, whichever rule set says it.
std::string nameless(const FaultsUnder& under, const Fault& fault) {
  std::string out = fault.message.en;
  for (std::size_t at = out.find(under.rules); at != std::string::npos;
       at = out.find(under.rules, at))
    out.erase(at, under.rules.size());
  return out;
}

bool is_among(const Fault& fault, const FaultsUnder& own, const FaultsUnder& other) {
  const auto [from, to] =
      std::equal_range(other.faults.begin(), other.faults.end(), fault, earlier);
  return std::any_of(from, to, [&](const Fault& theirs) {
    return theirs.column == fault.column && theirs.code == fault.code &&
           nameless(other, theirs) == nameless(own, fault);
  });
}

void name_rules(Fault& fault, const std::string& side, const std::string& rules) {
  fault.message.zh = "按 " + side + "（" + rules + "）：" + fault.message.zh;
  fault.message.en = "under " + side + " (" + rules + "): " + fault.message.en;
}

}  // namespace

void join_faults(FaultsUnder a, FaultsUnder b) {
  std::vector<Fault> only_b;
  for (const Fault& fault : b.faults) {
    if (!is_among(fault, b, a)) only_b.push_back(fault);
  }
  std::vector<std::size_t> only_a;
  for (std::size_t i = 0; i < a.faults.size(); ++i) {
    if (!is_among(a.faults[i], a, b)) only_a.push_back(i);
  }
  for (const std::size_t i : only_a) name_rules(a.faults[i], "A", a.rules);
  for (Fault& fault : only_b) {
    name_rules(fault, "B", b.rules);
    a.faults.push_back(std::move(fault));
  }
  std::stable_sort(a.faults.begin(), a.faults.end(), earlier);
  b.faults.clear();
}

}  // namespace jixiao::batch
