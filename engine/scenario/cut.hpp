// Sharing out a cut among items.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace jixiao::scenario {

struct CutItem {
  double amount = 0;  // yuan, >= 0
  double keep = 0;    // yuan that stay, at most `amount`; all of it when protected
};

// What rounding did to the shares of a cut.
struct CutRounding {
  double unit = 1;  // yuan: 1, or 0.01 where the cut is not in whole yuan
  double made = 0;  // the cut in such units, which may differ from the one asked for by half a fen
  std::vector<std::size_t> bearing;  // the items that bear a unit more for what rounding left, in
                                     // the order they got it
};

// Each item bears in proportion to its amount, none below what it keeps: who reaches that bears no
// more, and the others share the rest. Shares end at the yuan where the cut is in whole yuan, else
// at the fen: what rounding leaves goes to the largest fractions first, of equals to the first. The
// new amounts; nothing when the items can give less than `cut`. `rounding`: what was done, if asked
// for.
std::optional<std::vector<double>> cut_pro_rata(std::span<const CutItem> items, double cut,
                                                CutRounding* rounding = nullptr);

// The items in `order` give what they can, one after the other, until the cut, to the fen, is made.
// The others give nothing.
std::optional<std::vector<double>> cut_by_priority(std::span<const CutItem> items,
                                                   std::span<const std::size_t> order, double cut);

}  // namespace jixiao::scenario
