// The few things of a long line with the largest keys; of equal ones those that came first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace jixiao::portfolio {

template <class Thing>
class TopK {
 public:
  explicit TopK(std::size_t limit) : limit_(limit) {}

  // Whether something with this key would stay: ask before making it.
  [[nodiscard]] bool takes(double key) const {
    return entries_.size() < limit_ || (limit_ > 0 && key > entries_.front().key);
  }
  void add(double key, Thing thing) {
    if (!takes(key)) return;
    if (entries_.size() == limit_) {
      std::pop_heap(entries_.begin(), entries_.end(), before);
      entries_.pop_back();
    }
    entries_.push_back({key, arrived_++, std::move(thing)});
    std::push_heap(entries_.begin(), entries_.end(), before);
  }
  // Calls `change` for each that is kept; keys stay.
  template <class Function>
  void change(const Function& change) {
    for (Entry& entry : entries_) change(entry.thing);
  }
  // The largest key first.
  [[nodiscard]] std::vector<Thing> sorted() const {
    std::vector<Entry> entries = entries_;
    std::sort(entries.begin(), entries.end(), before);
    std::vector<Thing> out;
    out.reserve(entries.size());
    for (Entry& entry : entries) out.push_back(std::move(entry.thing));
    return out;
  }

 private:
  struct Entry {
    double key;
    std::uint64_t arrival;
    Thing thing;
  };
  static bool before(const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key > b.key : a.arrival < b.arrival;
  }

  std::size_t limit_;
  std::uint64_t arrived_ = 0;
  std::vector<Entry> entries_;  // a heap with the one to give way in front
};

}  // namespace jixiao::portfolio
