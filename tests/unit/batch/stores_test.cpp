// What is kept of every project until the last one is in.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <string>

#include "batch/row_store.hpp"
#include "portfolio/totals.hpp"
#include "system/key_map.hpp"

namespace jixiao::batch {
namespace {

class Kept : public table::ByteSink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  void finish() override {}
  std::string text;
};

TEST_CASE("a key is known from its first mention on, however much room there was for it") {
  for (const std::uint64_t reserved : {0U, 10U, 3000U, 200000U}) {
    system::KeyMap keys;
    if (reserved > 0) keys.reserve(reserved);
    constexpr std::uint64_t count = 50000;
    for (std::uint64_t key = 0; key < count; ++key) {
      keys.expect(key + 1);
      CHECK_FALSE(keys.add(key, 3 * key).before);
    }
    CHECK(keys.size() == count);
    system::KeyMap moved = std::move(keys);
    for (std::uint64_t key = 0; key < count; key += 7) {
      const system::KeyMap::Seen seen = moved.add(key, 1);
      CHECK(seen.before);
      CHECK(seen.value == 3 * key);
    }
    CHECK(moved.size() == count);
  }
}

// Blocks of memory end within pieces, and the later pieces are on the disk.
TEST_CASE("rows come back in order with their ranks, from memory and from the disk") {
  for (const std::uint64_t memory :
       {std::uint64_t{0}, std::uint64_t{4} << 20, std::uint64_t{1} << 30}) {
    std::mt19937 random(7);
    RowStore store(memory);
    portfolio::Totals totals;
    std::vector<std::string> before;
    std::vector<std::string> behind;
    for (int piece = 0; piece < 60; ++piece) {
      std::string rows;
      std::vector<std::uint32_t> rank_at;
      for (int i = 0; i < 1000; ++i) {
        before.push_back("p" + std::to_string(random() % 100000) + ",");
        behind.push_back("," + std::string(random() % 200, 'x') + "\n");
        rows += before.back();
        rank_at.push_back(static_cast<std::uint32_t>(rows.size()));
        rows += behind.back();
        totals.add(random() % 20 == 0 ? std::nan("") : static_cast<double>(random() % 500) / 4);
      }
      store.add(rows, rank_at);
    }
    totals.count();
    const portfolio::RankColumn ranks = totals.ranks(Ties::fractional);
    std::string expected;
    std::string unranked;
    for (std::size_t i = 0; i < before.size(); ++i) {
      std::string rank;
      if (!std::isnan(ranks[i])) {
        rank = std::to_string(static_cast<long>(ranks[i]));
        if (ranks[i] != std::trunc(ranks[i])) rank += ".5";
      }
      expected += before[i] + rank + behind[i];
      unranked += before[i] + behind[i];
    }
    for (const std::size_t threads : {1U, 3U}) {
      Kept with;
      const PutCell put_rank = [&ranks](table::TextBuffer& to, std::uint64_t project) {
        to.put_number(ranks[project]);
      };
      CHECK(store.write({put_rank}, threads, with, nullptr));
      CHECK(with.text == expected);
      Kept without;
      CHECK(store.write({}, threads, without, nullptr));
      CHECK(without.text == unranked);
    }
  }
}

}  // namespace
}  // namespace jixiao::batch
