#include "ruleset/narrowest.hpp"

#include <algorithm>

namespace jixiao::ruleset {
namespace {

template <class T>
std::size_t breadth(std::vector<T> list) {
  constexpr std::size_t everything = std::size_t{1} << 24U;  // an empty list is every value
  if (list.empty()) return everything;
  std::sort(list.begin(), list.end());
  return static_cast<std::size_t>(std::unique(list.begin(), list.end()) - list.begin());
}

// A narrower selector has a smaller one.
std::size_t breadth(const Selector& selector) {
  return breadth(selector.blocks) + breadth(selector.types) + breadth(selector.directions) +
         breadth(selector.kinds) + (selector.target_zero ? 1 : 2);
}

bool same_words(const Selector& a, const Selector& b) {
  return a.blocks == b.blocks && a.types == b.types && a.directions == b.directions &&
         a.kinds == b.kinds && a.target_zero == b.target_zero;
}

// Methods with the same `when`.
struct Alike {
  const Selector* when;
  std::vector<std::size_t> methods;
};

}  // namespace

std::vector<std::size_t> narrowest(const std::vector<Method>& methods,
                                   std::span<const std::size_t> fitting) {
  std::vector<std::size_t> out(fitting.begin(), fitting.end());
  if (out.size() < 2) return out;
  std::vector<std::pair<std::size_t, std::size_t>> order;  // breadth, method
  order.reserve(out.size());
  for (const std::size_t m : fitting) order.emplace_back(breadth(*methods[m].when), m);
  std::sort(order.begin(), order.end());
  // From narrow to wide: what is beaten at all is beaten by one of those that are not.
  std::vector<Alike> best;
  for (const auto& [width, m] : order) {
    const Selector& when = *methods[m].when;
    bool beaten = false;
    Alike* same = nullptr;
    for (Alike& other : best) {
      if (other.when->narrower_than(when)) {
        beaten = true;
        break;
      }
      if (same_words(*other.when, when)) same = &other;
    }
    if (beaten) continue;
    if (same != nullptr) {
      same->methods.push_back(m);
    } else {
      best.push_back({&when, {m}});
    }
  }
  out.clear();
  for (const Alike& own : best) out.insert(out.end(), own.methods.begin(), own.methods.end());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace jixiao::ruleset
