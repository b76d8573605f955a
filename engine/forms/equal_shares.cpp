// Weights that are shares of a sum: printed once for several rows, or rounded.
#include <algorithm>
#include <cmath>
#include <map>

#include "forms/placing.hpp"
#include "forms/understanding.hpp"
#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

int decimals_of(const std::string& number) {
  const std::size_t point = number.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(number.size() - point - 1);
}

}  // namespace

void share_weights(Draft& draft) {
  std::vector<DraftIndicator>& all = draft.indicators;
  bool weighted = false;
  for (const DraftIndicator& each : all) weighted = weighted || each.weight.there();
  for (std::size_t first = 0; weighted && first < all.size();) {
    std::size_t behind = first + 1;
    while (behind < all.size() && !all[behind].weight.there() && !all[behind].informational &&
           all[behind].block.text == all[first].block.text)
      ++behind;
    const auto whole = points_of(all[first].weight.text);
    const auto rows = static_cast<double>(behind - first);
    if (behind - first > 1 && whole) {
      for (std::size_t i = first; i < behind; ++i) {
        all[i].weight.text = value::plain(*whole / rows, 9);
        all[i].reported.text.clear();
      }
      ask(draft, all[first].weight, Sure::guess,
          {"分值 " + value::plain(*whole, 6) + " 由 " + value::plain(rows, 0) +
               " 行合用，平均分给各行",
           "the " + value::plain(*whole, 6) + " points stand for " + value::plain(rows, 0) +
               " rows: shared out equally"},
          {"按各行应有的分值改 weight", "give each row its own weight"});
    }
    first = behind;
  }
}

void undo_rounding(Draft& draft) {
  std::map<std::string, std::vector<DraftIndicator*>> by_block;
  for (DraftIndicator& each : draft.indicators) {
    if (each.weight.there()) by_block[each.block.text].push_back(&each);
  }
  for (auto& block : by_block) {
    std::vector<DraftIndicator*>& rows = block.second;
    int digits = 0;
    double sum = 0;
    for (const DraftIndicator* row : rows) {
      digits = std::max(digits, decimals_of(row->weight.text));
      sum += points_of(row->weight.text).value_or(0);
    }
    std::erase_if(
        rows, [&](const DraftIndicator* row) { return decimals_of(row->weight.text) < digits; });
    const bool equal = std::all_of(rows.begin(), rows.end(), [&](const auto* row) {
      return row->weight.text == rows.front()->weight.text;
    });
    const double whole = value::Rounding{digits <= 2 ? 0 : 2, value::RoundingMode::half_up}(sum);
    const double off = whole - sum;
    const auto n = static_cast<double>(rows.size());
    if (digits == 0 || rows.size() < 3 || !equal || std::abs(off) < 1e-6 ||
        std::abs(off) > n * 0.5 * std::pow(10, -digits) + 1e-9)
      continue;
    const std::string printed = rows.front()->weight.text;
    for (DraftIndicator* row : rows)
      row->weight.text = value::plain(points_of(row->weight.text).value_or(0) + off / n, 9);
    const std::string count = value::plain(n, 0), total = value::plain(whole, 2);
    ask(draft, rows.front()->weight, Sure::likely,
        {count + " 个 " + printed + " 是均分后四舍五入的分值：按全块 " + total + " 分均分读",
         count + " times " + printed +
             " are rounded equal shares: read as shares that make the block " + total},
        {"不对就改 weight", "change the weights if it is wrong"});
  }
}

}  // namespace jixiao::forms
