// Random and quasi-random numbers: known answers, and the same wherever they are drawn.
#include <boost/random/sobol.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <vector>

#include "numeric/philox.hpp"
#include "numeric/sobol_sequence.hpp"

using namespace jixiao::numeric;

TEST_CASE("Philox 4x32-10 gives the published words", "[study][draws]") {
  // kat_vectors of Random123.
  CHECK(philox({0, 0, 0, 0}, 0) == PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffffffffffff) ==
        PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822) ==
        PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("a sample has the same number in whatever block it is drawn", "[study][draws]") {
  const Stream stream(20200706, Purpose::samples);
  std::vector<double> all(1001);
  stream.fill(0, 3, all);
  for (const std::size_t first : {0, 1, 2, 511, 998}) {
    std::vector<double> part(std::min<std::size_t>(301, all.size() - first));
    stream.fill(first, 3, part);
    for (std::size_t i = 0; i < part.size(); ++i) REQUIRE(part[i] == all[first + i]);
    CHECK(stream.uniform(first, 3) == all[first]);
  }
  std::vector<double> other(1001);
  stream.fill(0, 4, other);
  CHECK(other != all);
  Stream(20200706, Purpose::weights).fill(0, 3, other);
  CHECK(other != all);
  double mean = 0;
  for (const double u : all) {
    REQUIRE((u > 0 && u < 1));
    mean += u / 1001;
  }
  CHECK(mean == Approx(0.5).margin(0.04));
}

TEST_CASE("Sobol's direction numbers are those of Boost.Random", "[study][draws]") {
  constexpr std::size_t dimensions = 300;
  boost::random::sobol_engine<std::uint32_t, 32> engine(dimensions);
  // Boost leaves out the origin and goes in Gray order: its first point is direction number 0, and
  // point 2^k has direction k and k - 1.
  std::vector<std::uint32_t> point(dimensions);
  for (auto& x : point) x = engine();
  for (std::size_t d = 0; d < dimensions; ++d) REQUIRE(point[d] == sobol_directions(d)[0]);
  engine.seed();
  engine.discard(dimensions * 1023);
  for (std::size_t d = 0; d < dimensions; ++d) {
    const auto directions = sobol_directions(d);
    REQUIRE(engine() == (directions[10] ^ directions[9]));
  }
}

TEST_CASE("every prefix of 2^k scrambled points has one point in each cell of each axis",
          "[study][draws]") {
  const SobolSequence sequence(40, 1024, 5, 2);
  std::vector<double> u(1024);
  for (std::size_t d = 0; d < 40; ++d) {
    sequence.fill(d, 0, u);
    for (const std::size_t n : {16, 256, 1024}) {
      std::set<std::size_t> cells;
      for (std::size_t i = 0; i < n; ++i)
        cells.insert(static_cast<std::size_t>(u[i] * static_cast<double>(n)));
      REQUIRE(cells.size() == n);
    }
  }
}

TEST_CASE("pairs of axes keep the two-dimensional net", "[study][draws]") {
  const SobolSequence sequence(2, 256, 11, 0);
  std::vector<double> u(256), v(256);
  sequence.fill(0, 0, u);
  sequence.fill(1, 0, v);
  for (int wide = 0; wide <= 8; ++wide) {  // cells of 2^-wide x 2^-(8 - wide): the first two axes
                                           // are a (0, 8, 2)-net
    std::set<std::pair<int, int>> cells;
    for (std::size_t i = 0; i < 256; ++i)
      cells.emplace(static_cast<int>(std::ldexp(u[i], wide)),
                    static_cast<int>(std::ldexp(v[i], 8 - wide)));
    REQUIRE(cells.size() == 256);
  }
}

TEST_CASE("any block of the sequence can be drawn alone; replicates differ", "[study][draws]") {
  const SobolSequence sequence(3, 5000, 1, 0), other(3, 5000, 1, 1);
  std::vector<double> all(5000), elsewhere(5000);
  sequence.fill(2, 0, all);
  other.fill(2, 0, elsewhere);
  CHECK(all != elsewhere);
  for (const std::size_t first : {1, 255, 256, 1000, 4990}) {
    std::vector<double> part(std::min<std::size_t>(777, 5000 - first));
    sequence.fill(2, first, part);
    for (std::size_t i = 0; i < part.size(); ++i) REQUIRE(part[i] == all[first + i]);
  }
}
