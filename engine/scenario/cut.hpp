// Sharing out a cut among items.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace jixiao::scenario {

struct CutItem {
  double amount = 0;  // yuan, >= 0
  double keep = 0;    // yuan that stay, at most `amount`; all of it when protected
};

// Each item bears in proportion to its amount, none below what it keeps: who reaches that bears no
// more, and the others share the rest. Whole yuan where the cut is: what rounding leaves goes to
// the largest fractions first, of equals to the first. The new amounts; nothing when the items can
// give less than `cut`.
std::optional<std::vector<double>> cut_pro_rata(std::span<const CutItem> items, double cut);

// The items in `order` give what they can, one after the other, until the cut is made. The others
// give nothing.
std::optional<std::vector<double>> cut_by_priority(std::span<const CutItem> items,
                                                   std::span<const std::size_t> order, double cut);

}  // namespace jixiao::scenario
