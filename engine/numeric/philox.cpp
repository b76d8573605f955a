// Changes no result: only lets the loop become vector code.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3", "no-trapping-math")
#endif

#include "numeric/philox.hpp"

#include <algorithm>
#include <bit>

#include "numeric/elementary.hpp"
#include "system/clones.hpp"

namespace jixiao::numeric {
namespace {

constexpr std::size_t pairs_at_once = 128;

// A sample takes half a block of words: the even one the first two, the odd one the last two.
JIXIAO_INLINE double unit_of(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t bits = (std::uint64_t{high} << 20U) | (low >> 12U);
  // 2^52 + bits, less 2^52: what vector code has in place of a conversion.
  return ((std::bit_cast<double>(bits | 0x4330000000000000U) - 0x1p52) + 0.5) * 0x1p-52;
}

JIXIAO_CLONES void fill_pairs(std::uint64_t first_pair, std::uint32_t column_word,
                              std::uint32_t purpose, std::uint64_t seed, std::size_t count,
                              double* u) {
  std::uint32_t words[4][pairs_at_once];
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t pair = first_pair + i;
    std::uint32_t c0 = static_cast<std::uint32_t>(pair);
    std::uint32_t c1 = static_cast<std::uint32_t>(pair >> 32U);
    std::uint32_t c2 = column_word;
    std::uint32_t c3 = purpose;
    auto k0 = static_cast<std::uint32_t>(seed);
    auto k1 = static_cast<std::uint32_t>(seed >> 32U);
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t p0 = std::uint64_t{0xD2511F53U} * c0;
      const std::uint64_t p1 = std::uint64_t{0xCD9E8D57U} * c2;
      c0 = static_cast<std::uint32_t>(p1 >> 32U) ^ c1 ^ k0;
      c1 = static_cast<std::uint32_t>(p1);
      c2 = static_cast<std::uint32_t>(p0 >> 32U) ^ c3 ^ k1;
      c3 = static_cast<std::uint32_t>(p0);
      k0 += 0x9E3779B9U;
      k1 += 0xBB67AE85U;
    }
    words[0][i] = c0;
    words[1][i] = c1;
    words[2][i] = c2;
    words[3][i] = c3;
  }
  for (std::size_t i = 0; i < count; ++i) {
    u[2 * i] = unit_of(words[0][i], words[1][i]);
    u[2 * i + 1] = unit_of(words[2][i], words[3][i]);
  }
}

}  // namespace

double Stream::uniform(std::uint64_t sample, std::uint32_t column) const {
  const PhiloxBlock block = words(sample / 2, column);
  return sample % 2 == 0 ? unit_of(block[0], block[1]) : unit_of(block[2], block[3]);
}

void Stream::fill(std::uint64_t first, std::uint32_t column, std::span<double> u) const {
  std::size_t done = 0;
  if (first % 2 != 0 && !u.empty()) u[done++] = uniform(first, column);
  while (u.size() - done >= 2) {
    const std::size_t pairs = std::min((u.size() - done) / 2, pairs_at_once);
    fill_pairs((first + done) / 2, column & 0xFFFFFFU, purpose_, seed_, pairs, u.data() + done);
    done += 2 * pairs;
  }
  if (done < u.size()) u[done] = uniform(first + done, column);
}

}  // namespace jixiao::numeric
