#include "forms/rules/rule_cells.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "value/rounding.hpp"

namespace jixiao::forms {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// A single end (low == high), or what lies between two.
struct RuleCell {
  double low = 0, high = 0;
  const RuleTier* tier = nullptr;  // null: the rule says nothing
  [[nodiscard]] bool is_end() const { return low == high; }
};

class RuleCells {
 public:
  explicit RuleCells(const std::vector<RuleTier>& tiers) : tiers_(tiers) {}

  // False when two conditions contradict each other.
  bool settle() {
    std::vector<double> ends;
    for (const RuleTier& tier : tiers_) {
      for (const auto& end : {tier.low, tier.high}) {
        if (end) ends.push_back(*end);
      }
    }
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end(), is_same_end), ends.end());
    double below = -infinity;
    for (const double end : ends) {
      cells_.push_back({below, end, nullptr});
      cells_.push_back({end, end, nullptr});
      below = end;
    }
    cells_.push_back({below, infinity, nullptr});
    return std::all_of(cells_.begin(), cells_.end(), [&](RuleCell& cell) {
      return cell.is_end() ? settle_end(cell) : settle(cell);
    });
  }

  [[nodiscard]] const std::vector<RuleCell>& all() const { return cells_; }

 private:
  static bool covers(const RuleTier& tier, double at) {
    return (!tier.low || *tier.low < at) && (!tier.high || at < *tier.high);
  }

  // Of several, the one whose one open side ends nearest: of 90%以上, 80%以上 the former.
  static const RuleTier* tightest(const RuleTier* a, const RuleTier* b, bool& clash) {
    if (a == nullptr || a->award == b->award) return b;
    const bool up = a->low && !a->high && b->low && !b->high;
    const bool down = a->high && !a->low && b->high && !b->low;
    clash = clash || (up && is_same_end(*a->low, *b->low)) ||
            (down && is_same_end(*a->high, *b->high));
    if (up) return *a->low > *b->low ? a : b;
    if (down) return *a->high < *b->high ? a : b;
    clash = true;
    return a;
  }

  // Both are open on the same side, and `a` ends further in.
  static bool is_nearer(const RuleTier& a, const RuleTier& b) {
    const bool up = a.low && !a.high && b.low && !b.high && *a.low > *b.low;
    const bool down = a.high && !a.low && b.high && !b.low && *a.high < *b.high;
    return up || down;
  }

  bool settle(RuleCell& cell) {
    const double at = std::isinf(cell.low)    ? cell.high - 1
                      : std::isinf(cell.high) ? cell.low + 1
                                              : (cell.low + cell.high) / 2;
    bool clash = false;
    const RuleTier *explicit_tier = nullptr, *background = nullptr, *rest = nullptr;
    for (const RuleTier& tier : tiers_) {
      if (tier.otherwise) {
        rest = &tier;
      } else if (covers(tier, at)) {
        if (tier.background)
          background = &tier;
        else
          explicit_tier = tightest(explicit_tier, &tier, clash);
      }
    }
    cell.tier = explicit_tier != nullptr ? explicit_tier
                : background != nullptr  ? background
                                         : rest;
    return !clash;
  }

  // Who claims an end: whom it lies inside of, or who says so, before who rather does, before who
  // leaves it open.
  bool settle_end(RuleCell& cell) {
    const RuleTier *sure = nullptr, *likely = nullptr, *unsaid = nullptr, *background = nullptr,
                   *rest = nullptr;
    bool clash = false, open = false;
    for (const RuleTier& tier : tiers_) {
      if (tier.otherwise) {
        rest = &tier;
        continue;
      }
      const bool at_low = tier.low && is_same_end(*tier.low, cell.low);
      const bool at_high = tier.high && is_same_end(*tier.high, cell.low);
      Holds holds = at_low && at_high        ? tier.low_holds
                    : at_low                 ? tier.low_holds
                    : at_high                ? tier.high_holds
                    : covers(tier, cell.low) ? Holds::yes
                                             : Holds::no;
      if (holds == Holds::no) continue;
      if (tier.background) {
        background = &tier;
      } else if (holds == Holds::yes) {
        sure = tightest(sure, &tier, clash);
      } else if (holds == Holds::likely) {
        if (likely == nullptr || tier.worth > likely->worth) likely = &tier;
      } else {
        open = open || (unsaid != nullptr && unsaid->award != tier.award);
        unsaid = &tier;
      }
    }
    if (clash) return false;
    // Of 80%以上 and 60%以上 the former has 80%, which the latter only passes.
    if (sure != nullptr && likely != nullptr && is_nearer(*likely, *sure)) sure = likely;
    // 70%-80%得3分，70%以下不得分: whose is 70%?
    if (sure == nullptr && likely != nullptr && unsaid != nullptr && likely->worth < unsaid->worth)
      return true;
    cell.tier = sure != nullptr              ? sure
                : likely != nullptr          ? likely
                : unsaid != nullptr && !open ? unsaid
                : unsaid != nullptr          ? nullptr
                : background != nullptr      ? background
                                             : rest;
    return true;
  }

  const std::vector<RuleTier>& tiers_;
  std::vector<RuleCell> cells_;
};

std::string text_of(double x) { return value::plain(x, 9); }

// Neighbours that give the same, from the top.
struct AwardRange {
  double low = -infinity;
  bool low_closed = false;
  const RuleTier* tier = nullptr;
};

std::string award_of(const std::string& award) {
  return award.find('?') == std::string::npos ? award : "(" + award + ")";
}

std::string joined(const std::string& a, const std::string& b) {
  return a.empty() ? b : a + " && " + b;
}

// Where the rule says something: the values outside are excluded one stretch at a time.
std::string domain_of(const std::vector<RuleCell>& cells, const std::string& measure) {
  std::string out;
  std::size_t first = 0, last = cells.size();
  while (first < last && cells[first].tier == nullptr) ++first;
  while (last > first && cells[last - 1].tier == nullptr) --last;
  if (first == last) return "0";
  if (first > 0)
    out = measure + (cells[first].is_end() ? " >= " : " > ") + text_of(cells[first].low);
  if (last < cells.size())
    out = joined(
        out, measure + (cells[last - 1].is_end() ? " <= " : " < ") + text_of(cells[last - 1].high));
  for (std::size_t i = first; i < last; ++i) {
    if (cells[i].tier != nullptr) continue;
    std::size_t behind = i;
    while (behind < last && cells[behind].tier == nullptr) ++behind;
    const RuleCell &low = cells[i], &high = cells[behind - 1];
    if (low.is_end() && behind == i + 1) {
      out = joined(out, measure + " != " + text_of(low.low));
    } else {
      out = joined(out, "(" + measure + (low.is_end() ? " < " : " <= ") + text_of(low.low) +
                            " || " + measure + (high.is_end() ? " > " : " >= ") +
                            text_of(high.high) + ")");
    }
    i = behind;
  }
  return out;
}

}  // namespace

bool is_same_end(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

std::optional<RuleFormula> formula_of(const std::vector<RuleTier>& tiers,
                                      const std::string& measure) {
  RuleCells cells(tiers);
  if (!cells.settle()) return std::nullopt;
  std::vector<AwardRange> stretches;  // from the top
  for (auto cell = cells.all().rbegin(); cell != cells.all().rend(); ++cell) {
    if (cell->tier == nullptr) continue;
    if (!stretches.empty() && stretches.back().tier->award == cell->tier->award) {
      stretches.back().low = cell->low;
      stretches.back().low_closed = cell->is_end();
    } else {
      stretches.push_back({cell->low, cell->is_end(), cell->tier});
    }
  }
  if (stretches.empty()) return std::nullopt;
  RuleFormula out;
  for (std::size_t i = 0; i + 1 < stretches.size(); ++i) {
    const AwardRange& each = stretches[i];
    out.points += measure + (each.low_closed ? " >= " : " > ") + text_of(each.low) + " ? " +
                  award_of(each.tier->award) + " : ";
  }
  out.points += stretches.back().tier->award;
  out.domain = domain_of(cells.all(), measure);
  return out;
}

}  // namespace jixiao::forms
