// Another scored table of the same projects, to see who moved.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/portfolio.hpp"
#include "portfolio/names.hpp"
#include "portfolio/running_sum.hpp"
#include "portfolio/top_k.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::portfolio {

// Projects are known by a 64-bit hash of their names. Of a project named twice the first one
// counts. Memory: 24 to 72 bytes per project of the earlier table.
class Earlier {
 public:
  Earlier(const ruleset::RuleSet& rules, std::string file);
  // Of the earlier table, with its rating as written there: an id or a label. Projects without a
  // total are nobody. False when a project of that name has a total already: then nothing is
  // changed.
  bool remember(std::string_view project, double total, std::string_view rating);
  // Of the table now, in its order; `number` counts its projects. Returns the rating it had then;
  // no_band where the two are not compared.
  std::uint32_t add(std::string_view project, double total, std::uint32_t band, std::size_t number);
  // That project has another rating after all. `then`: what add() returned.
  void move(std::uint32_t then, std::size_t number, std::uint32_t from, std::uint32_t to);
  [[nodiscard]] Change change() const;

 private:
  struct Seat {
    std::uint64_t key = 0;
    double total = 0;  // NaN: the seat is free
    std::uint32_t band = 0;
    bool met = false;
  };
  Seat& seat(std::uint64_t key);  // where it is, or could be
  void grow();
  [[nodiscard]] std::string band_id(std::uint32_t band) const;

  const ruleset::RuleSet* rules_;
  std::string file_;
  ByName<std::uint32_t> bands_;  // by id and label
  std::vector<Seat> seats_;      // open addressing, a power of two
  std::size_t taken_ = 0;
  std::size_t both_ = 0, only_now_ = 0, unrated_ = 0;
  RunningSum changes_;
  std::vector<std::vector<std::size_t>> moved_;
  struct Listed {
    Change::Mover mover;
    std::size_t number;
  };
  static std::vector<Change::Mover> movers_of(const TopK<Listed>& list);
  TopK<Listed> risen_, fallen_;
};

}  // namespace jixiao::portfolio
