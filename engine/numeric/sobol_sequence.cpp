// Changes no result: only lets the loop become vector code.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3", "no-trapping-math")
#endif

#include "numeric/sobol_sequence.hpp"

#include <algorithm>
#include <bit>
#include <boost/random/detail/sobol_table.hpp>

#include "numeric/elementary.hpp"
#include "numeric/philox.hpp"
#include "system/clones.hpp"

namespace jixiao::numeric {
namespace {

constexpr std::size_t run_bits = 8;  // points are made in aligned runs of 2^8: one pattern, moved
                                     // by the bits above
constexpr std::size_t run_length = std::size_t{1} << run_bits;

// The middle of one of 2^32 equal cells.
JIXIAO_INLINE double unit_of(std::uint32_t bits) {
  return ((std::bit_cast<double>(std::uint64_t{bits} | 0x4330000000000000U) - 0x1p52) + 0.5) *
         0x1p-32;
}

JIXIAO_CLONES void move_run(const std::uint32_t* pattern, std::uint32_t by, std::size_t count,
                            double* u) {
  for (std::size_t i = 0; i < count; ++i) u[i] = unit_of(pattern[i] ^ by);
}

// Column j of a random lower triangular matrix over bits: a one at bit 31 - j, random bits below
// it.
std::uint32_t scrambled(std::uint32_t direction, const std::array<std::uint32_t, 32>& columns) {
  std::uint32_t result = 0;
  for (std::uint32_t rest = direction; rest != 0; rest &= rest - 1)
    result ^= columns[31U - static_cast<unsigned>(std::countr_zero(rest))];
  return result;
}

}  // namespace

std::array<std::uint32_t, 32> sobol_directions(std::size_t dimension) {
  using Table = boost::random::detail::qrng_tables::sobol;
  std::array<std::uint32_t, 32> m{};
  if (dimension == 0) {
    m.fill(1);
  } else {
    const std::uint32_t polynomial = Table::polynomial(dimension - 1);
    const auto degree = static_cast<std::size_t>(std::bit_width(polynomial) - 1);
    for (std::size_t k = 0; k < degree; ++k) m[k] = Table::minit(dimension - 1, k);
    // The recurrence of Bratley and Fox 1988, section 2.
    for (std::size_t k = degree; k < 32; ++k) {
      m[k] = m[k - degree];
      for (std::size_t j = 1; j <= degree; ++j) {
        if ((polynomial >> (degree - j) & 1U) != 0) m[k] ^= m[k - j] << j;
      }
    }
  }
  for (std::size_t k = 0; k < 32; ++k) m[k] <<= 31 - k;
  return m;
}

SobolSequence::SobolSequence(std::size_t dimensions, std::uint64_t points, std::uint64_t seed,
                             std::uint64_t replicate)
    : bits_(std::max<std::size_t>(
          static_cast<std::size_t>(std::bit_width(points > 0 ? points - 1 : 0)), run_bits)),
      directions_(dimensions * bits_),
      shifts_(dimensions) {
  const Stream stream(seed, Purpose::scrambling);
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::array<std::uint32_t, 36> random;
    for (std::uint32_t k = 0; k < 9; ++k) {
      const PhiloxBlock words = stream.words(replicate, static_cast<std::uint32_t>(d * 9 + k));
      std::copy(words.begin(), words.end(), random.begin() + 4 * k);
    }
    std::array<std::uint32_t, 32> columns;
    for (std::size_t j = 0; j < 32; ++j) {
      const std::uint32_t one = 0x80000000U >> j;
      columns[j] = one | (random[j] & (one - 1));
    }
    shifts_[d] = random[32];
    const auto directions = sobol_directions(d);
    for (std::size_t k = 0; k < bits_; ++k)
      directions_[d * bits_ + k] = scrambled(directions[k], columns);
  }
}

void SobolSequence::fill(std::size_t dimension, std::uint64_t first, std::span<double> u) const {
  const std::uint32_t* directions = directions_.data() + dimension * bits_;
  std::array<std::uint32_t, run_length> pattern;
  pattern[0] = shifts_[dimension];
  for (std::size_t k = 0; k < run_bits; ++k) {
    const std::size_t half = std::size_t{1} << k;
    const std::uint32_t direction = directions[k];
    for (std::size_t i = 0; i < half; ++i) pattern[half + i] = pattern[i] ^ direction;
  }
  for (std::size_t done = 0; done < u.size();) {
    const std::uint64_t at = first + done;
    const std::size_t inside = at % run_length;
    const std::size_t count = std::min(run_length - inside, u.size() - done);
    std::uint32_t by = 0;
    for (std::size_t k = run_bits; k < bits_; ++k) by ^= (at >> k & 1U) != 0 ? directions[k] : 0U;
    move_run(pattern.data() + inside, by, count, u.data() + done);
    done += count;
  }
}

}  // namespace jixiao::numeric
