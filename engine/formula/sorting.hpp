// The order in which values are exchanged so that they end sorted, the same for any values: what a
// formula without loops can do.
#pragma once

#include <cstddef>

namespace jixiao::formula {

// Calls exchange(low, high) for the pairs of `count` places, low < high, that have to be put in
// order one after the other (Batcher's merge exchange).
template <class Exchange>
void each_exchange(std::size_t count, const Exchange& exchange) {
  std::size_t top = 1;
  while (top < count) top *= 2;
  for (std::size_t p = top / 2; p > 0; p /= 2) {
    std::size_t r = 0;
    std::size_t d = p;
    for (std::size_t q = top / 2;; q /= 2) {
      for (std::size_t i = 0; i + d < count; ++i) {
        if ((i & p) == r) exchange(i, i + d);
      }
      if (q == p) break;
      d = q - p;
      r = p;
    }
  }
}

}  // namespace jixiao::formula
