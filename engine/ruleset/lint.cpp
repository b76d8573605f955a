// What can be proved wrong about a rule set before any project is seen.
#include <algorithm>
#include <cmath>
#include <set>

#include "ruleset/reading.hpp"

namespace jixiao::ruleset {

using text::Code;

namespace {

std::string points_text(double x) { return value::plain(x, 9); }

// Weights are decimal fractions of the scale; a sum is right when it is right to nine decimals.
bool same_weight(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

}  // namespace

void Reading::check_weights() {
  if (out_.abstract) return;
  std::vector<double> fixed(out_.blocks.size(), 0);
  std::vector<bool> all_weighted(out_.blocks.size(), true);
  std::vector<std::size_t> count(out_.blocks.size(), 0);
  for (const FixedIndicator& indicator : out_.indicators) {
    if (indicator.block == none) continue;
    ++count[indicator.block];
    fixed[indicator.block] += indicator.weight.value_or(0);
    if (!indicator.weight) all_weighted[indicator.block] = false;
  }
  for (std::size_t i = 0; i < out_.blocks.size(); ++i) {
    Block& block = out_.blocks[i];
    if (block.weight < 0) {
      if (count[i] > 0 && all_weighted[i]) {
        block.weight = fixed[i];
      } else {
        report(Code::key_missing, block.place,
               {"[[block]] " + block.id + " 缺少 'weight'",
                "[[block]] " + block.id + " lacks 'weight'"},
               {"只有块内指标全部固定且有权重时才可省略",
                "it may be left out only when all of its indicators are fixed and weighted"});
        block.weight = 0;
      }
      continue;
    }
    if (fixed[i] > block.weight && !same_weight(fixed[i], block.weight)) {
      report(Code::weights_sum, block.place,
             {"块 " + block.id + " 的指标权重之和 " + points_text(fixed[i]) + " 超过块权重 " +
                  points_text(block.weight),
              "the indicators of block " + block.id + " weigh " + points_text(fixed[i]) +
                  ", more than the block's " + points_text(block.weight)});
    }
  }
  if (out_.combine || out_.blocks.empty()) return;
  double sum = 0;
  std::string parts;
  for (const Block& block : out_.blocks) {
    sum += block.weight;
    parts += (parts.empty() ? "" : " + ") + block.id + " " + points_text(block.weight);
  }
  if (same_weight(sum, out_.scale)) return;
  report(Code::weights_sum, out_.blocks.front().place,
         {"块权重之和为 " + points_text(sum) + "（" + parts + "），应为 " + points_text(out_.scale),
          "the block weights add up to " + points_text(sum) + " (" + parts +
              "), they should make " + points_text(out_.scale)},
         {"改正某一块的 weight，或设 scale = " + points_text(sum),
          "correct a block's weight, or set scale = " + points_text(sum)});
}

void Reading::check_bands() {
  std::vector<Interval> intervals;
  std::vector<const Band*> bands;
  const Interval whole = out_.total_range.value_or(Interval{});
  for (const Band& band : out_.bands) {
    if (band.only_veto) continue;
    if (apart(band.range, whole)) {
      report(Code::bands_overlap, band.place,
             {"等级 '" + band.id + "' 不可能出现：总分只在 " + whole.text() + " 之内",
              "the rating '" + band.id + "' can never happen: totals lie within " + whole.text()},
             {"检查 from、scale 与 [total] range", "look at from, scale and [total] range"});
      continue;
    }
    intervals.push_back(band.range);
    bands.push_back(&band);
  }
  if (intervals.empty() || unread_band_) return;
  for (const CoverFlaw& flaw : cover_flaws(intervals, whole)) {
    const Band& band = *bands[flaw.second != CoverFlaw::npos ? flaw.second : flaw.first];
    const std::string where = flaw.where.low == flaw.where.high ? points_text(flaw.where.low)
                                                                : flaw.where.text();
    if (flaw.kind == CoverFlaw::Kind::gap) {
      report(Code::bands_gap, band.place,
             {"总分 " + where + " 没有等级", "a total of " + where + " has no rating"},
             {"把相邻一档改为包含该端点，或使用 from",
              "let the band beside it include that end, or use 'from'"});
    } else {
      report(Code::bands_overlap, band.place,
             {"总分 " + where + " 有两个等级", "a total of " + where + " has two ratings"},
             {"交界处一开一闭，或使用 from", "close one end and open the other, or use 'from'"});
    }
  }
}

void Reading::check_methods() {
  if (out_.abstract) return;
  // Every combination an indicator can have; each ambiguous pair of methods is reported once.
  std::set<std::pair<std::size_t, std::size_t>> reported;
  const std::size_t types = std::max<std::size_t>(1, out_.types.size());
  for (std::size_t block = 0; block < out_.blocks.size(); ++block) {
    for (std::size_t type = 0; type < types; ++type) {
      for (int direction = 0; direction <= static_cast<int>(value::Direction::between);
           ++direction) {
        for (int kind = 0; kind < static_cast<int>(value::Kind::phrase); ++kind) {
          for (const bool zero : {false, true}) {
            const Selector::Subject subject{block, out_.types.empty() ? none : type,
                                            static_cast<value::Direction>(direction),
                                            static_cast<value::Kind>(kind), zero};
            const auto fitting = out_.methods_for(subject);
            if (fitting.size() < 2 || !reported.emplace(fitting[0], fitting[1]).second) continue;
            const Method& first = out_.methods[fitting[0]];
            const Method& second = out_.methods[fitting[1]];
            const Text what{"方向 " + std::string(value::name(subject.direction)) + "，值 " +
                                value::name(subject.kind) + (zero ? "，目标为零" : "") + "，块 " +
                                out_.blocks[block].id,
                            "direction " + std::string(value::name(subject.direction)) +
                                ", value " + value::name(subject.kind) +
                                (zero ? ", target zero" : "") + ", block " + out_.blocks[block].id};
            report(Code::method_ambiguous, second.place,
                   {"方法 '" + first.id + "' 与 '" + second.id + "' 都适用于同样的指标（" +
                        what.zh + "）",
                    "the methods '" + first.id + "' and '" + second.id +
                        "' both fit the same indicators (" + what.en + ")"},
                   {"让其中一个的 when 更窄（如加 type 或 target）",
                    "make the 'when' of one of them narrower (add type or target)"});
          }
        }
      }
    }
  }
}

}  // namespace jixiao::ruleset
