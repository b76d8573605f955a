#include "portfolio/forced.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/rounding.hpp"

namespace jixiao::portfolio {
namespace {

using Limit = ruleset::Distribution::Limit;

std::optional<std::size_t> band_by_word(const ruleset::RuleSet& rules, const std::string& word) {
  for (std::size_t b = 0; b < rules.bands.size(); ++b) {
    const ruleset::Band& band = rules.bands[b];
    if (!word.empty() && (word == band.id || word == band.label.zh || word == band.label.en))
      return b;
  }
  return std::nullopt;
}

Text known_bands(const ruleset::RuleSet& rules, const std::string& word) {
  if (rules.bands.empty())
    return {"这套规则集不评级，不能设等级比例",
            "this rule set gives no ratings, so none can be limited"};
  std::vector<std::string> words;
  for (const ruleset::Band& band : rules.bands) {
    for (const std::string& known : {band.id, band.label.zh, band.label.en}) {
      if (!known.empty() && std::find(words.begin(), words.end(), known) == words.end())
        words.push_back(known);
    }
  }
  return text::suggestion(word, words);
}

// The first thing wrong with a limit asked for; nothing when it can be kept.
std::optional<Diagnostic> fault_of(const ruleset::RuleSet& rules, const ForcedLimit& asked,
                                   std::optional<std::size_t> band,
                                   const std::vector<Limit>& before) {
  const std::string& word = asked.rating;
  if (!band)
    return text::diagnose_file(text::Code::reference_unknown, "",
                               {"规则集 " + rules.id + " 没有等级“" + word + "”",
                                "rule set " + rules.id + " has no rating '" + word + "'"},
                               known_bands(rules, word));
  if (!(asked.percent >= 0 && asked.percent <= 100)) {
    const std::string found = value::plain(asked.percent);
    return text::diagnose_file(
        text::Code::value_number, "",
        {"等级“" + word + "”的比例 " + found + "% 不在 0 至 100 之间",
         "the share of '" + word + "', " + found + "%, is not within 0 to 100"},
        {"写成百分数，例如 " + word + "=30 表示至多 30%",
         "write percent: " + word + "=30 is 30 % at most"});
  }
  if (const Text why = ruleset::unlimited(rules, *band); !why.empty())
    return text::diagnose_file(text::Code::value_choice, "", why,
                               {"限制较好的等级", "limit a better rating"});
  if (std::any_of(before.begin(), before.end(), [&](const Limit& limit) {
        return limit.band == *band && limit.or_better == asked.or_better;
      }))
    return text::diagnose_file(
        text::Code::id_duplicate, "",
        {"等级“" + word + "”的比例设了两次", "the share of '" + word + "' is limited twice"},
        {"只保留一个比例", "keep one of the two"});
  return std::nullopt;
}

}  // namespace

bool has_limits(const ruleset::RuleSet& rules, const PortfolioRequest& request) {
  return !request.forced.empty() || rules.distribution;
}

const std::string& column_of_limits(const ruleset::RuleSet& rules,
                                    const PortfolioRequest& request) {
  static const std::string nothing;
  if (!request.forced_by.empty() || !request.forced.empty()) return request.forced_by;
  return rules.distribution ? rules.distribution->by : nothing;
}

std::optional<ruleset::Distribution> limits_of(const ruleset::RuleSet& rules,
                                               const PortfolioRequest& request,
                                               std::vector<Diagnostic>& diagnostics) {
  if (!has_limits(rules, request)) {
    if (!request.forced_by.empty())
      diagnostics.push_back(text::diagnose_file(
          text::Code::key_missing, "",
          {"给了 --forced-by，却没有等级比例", "--forced-by is given, but no limit on a rating"},
          {"加上 --forced 等级=百分数", "add --forced RATING=PERCENT"}));
    return std::nullopt;
  }
  if (request.forced.empty()) {
    ruleset::Distribution own = *rules.distribution;
    own.by = column_of_limits(rules, request);
    return own;
  }
  ruleset::Distribution out;
  for (const ForcedLimit& asked : request.forced) {
    const auto band = band_by_word(rules, asked.rating);
    if (auto fault = fault_of(rules, asked, band, out.limits)) {
      diagnostics.push_back(*std::move(fault));
    } else {
      out.limits.push_back({*band, asked.percent, asked.or_better});
    }
  }
  out.by = request.forced_by;
  out.ties_up = request.forced_ties == ForcedTies::up;
  if (out.limits.empty()) return std::nullopt;
  return out;
}

// How many more each rating takes.
struct ForcedRatings::Room {
  std::vector<std::size_t> placed;   // in each band
  std::vector<std::size_t> allowed;  // by each limit
  const std::vector<Limit>& limits;

  // The first limit that does not let so many more into `band`; limits.size() when all do.
  [[nodiscard]] std::size_t full(std::size_t band, std::size_t more) const {
    for (std::size_t i = 0; i < limits.size(); ++i) {
      const Limit& limit = limits[i];
      if (limit.or_better ? band > limit.band : band != limit.band) continue;
      std::size_t there = placed[limit.band];
      for (std::size_t better = 0; limit.or_better && better < limit.band; ++better)
        there += placed[better];
      if (there + more > allowed[i]) return i;
    }
    return limits.size();
  }
};

ForcedRatings::ForcedRatings(const ruleset::RuleSet& rules, ruleset::Distribution limits)
    : rules_(&rules), limits_(std::move(limits)) {
  std::stable_sort(limits_.limits.begin(), limits_.limits.end(),
                   [](const Limit& a, const Limit& b) { return a.band < b.band; });
}

void ForcedRatings::add(double total, std::uint32_t band, std::string_view group) {
  const std::size_t project = bands_.size();
  const bool rated = !std::isnan(total) && band < rules_->bands.size();
  bands_.push_back(rated ? band : no_band);
  if (!rated) return;
  auto found = group_of_.find(group);
  if (found == group_of_.end()) {
    found =
        group_of_.try_emplace(std::string(group), static_cast<std::uint32_t>(groups_.size())).first;
    groups_.emplace_back(group);
    scored_.push_back(0);
  }
  ++scored_[found->second];
  candidates_.push_back({project, total, band, found->second});
}

std::size_t ForcedRatings::allowed(const Limit& limit, std::size_t scored) const {
  const double share =
      value::Rounding{0, limits_.rounding}(limit.percent * static_cast<double>(scored) / 100);
  return static_cast<std::size_t>(std::max(share, 0.0));
}

void ForcedRatings::apply() {
  if (groups_.empty() && limits_.by.empty()) {
    groups_.emplace_back();
    scored_.push_back(0);
    apply_to(0, 0, 0);
  }
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.group, a.band, -a.total, a.project) <
           std::tuple(b.group, b.band, -b.total, b.project);
  });
  for (std::size_t begin = 0; begin < candidates_.size();) {
    const std::uint32_t group = candidates_[begin].group;
    std::size_t end = begin;
    while (end < candidates_.size() && candidates_[end].group == group) ++end;
    apply_to(group, begin, end);
    begin = end;
  }
  candidates_ = {};
  for (const MovedRating& moved : moved_) bands_[moved.project] = moved.to;
  std::sort(moved_.begin(), moved_.end(),
            [](const MovedRating& a, const MovedRating& b) { return a.project < b.project; });
}

void ForcedRatings::apply_to(std::size_t group, std::size_t begin, std::size_t end) {
  const std::vector<Limit>& limits = limits_.limits;
  Room room{std::vector<std::size_t>(rules_->bands.size()), {}, limits};
  for (const Limit& limit : limits) room.allowed.push_back(allowed(limit, scored_[group]));
  const std::size_t first_share = shares_.size();
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const ruleset::Band& band = rules_->bands[limits[i].band];
    shares_.push_back({band.id, band.label, limits[i].or_better, groups_[group], limits[i].percent,
                       0, room.allowed[i], 0, 0, true, std::nan("")});
  }
  std::size_t last = 0;                                      // the rating of the project before
  std::vector<std::size_t> closed_by(rules_->bands.size());  // each rating better than it
  for (std::size_t at = begin; at < end;) {
    const Candidate& first = candidates_[at];
    std::size_t after = at;
    while (after < end && candidates_[after].band == first.band &&
           candidates_[after].total == first.total)
      ++after;
    const std::size_t equals = after - at;
    std::size_t band = first.band;
    std::size_t cause = limits.size();
    std::size_t last_cause = limits.size();
    if (!rules_->bands[band].only_veto) {
      // What a better project was moved from is closed to those behind it.
      for (;; ++band) {
        if (band >= last) {
          const std::size_t full = room.full(band, limits_.ties_up ? 1 : equals);
          if (full == limits.size()) break;
          closed_by[band] = full;
        }
        if (cause == limits.size()) cause = closed_by[band];
        last_cause = closed_by[band];
      }
      last = band;
    }
    room.placed[band] += equals;
    for (std::size_t i = 0; i < limits.size(); ++i) {
      const Limit& limit = limits[i];
      ForcedShare& share = shares_[first_share + i];
      if (first.band > limit.band || (!limit.or_better && band < limit.band)) continue;
      share.projects += equals;
      if (band > limit.band) {
        share.moved += equals;
      } else if (!(share.cut <= first.total)) {
        share.cut = first.total;
      }
    }
    for (; band > first.band && at < after; ++at)
      moved_.push_back({candidates_[at].project, first.band, static_cast<std::uint32_t>(band),
                        static_cast<std::uint32_t>(cause), static_cast<std::uint32_t>(last_cause),
                        static_cast<std::uint32_t>(group), after - equals - begin + 1});
    at = after;
  }
  for (std::size_t i = first_share; i < shares_.size(); ++i) {
    ForcedShare& share = shares_[i];
    share.kept = share.moved == 0;
    if (share.kept) share.cut = std::nan("");
    const auto scored = static_cast<double>(scored_[group]);
    share.share = scored > 0 ? 100 * static_cast<double>(share.projects) / scored : std::nan("");
  }
}

const MovedRating* ForcedRatings::find(std::size_t project) const {
  const auto found =
      std::lower_bound(moved_.begin(), moved_.end(), project,
                       [](const MovedRating& moved, std::size_t at) { return moved.project < at; });
  return found != moved_.end() && found->project == project ? &*found : nullptr;
}

Text ForcedRatings::reason(const MovedRating& moved) const {
  const std::size_t scored = scored_[moved.group];
  const std::string of = std::to_string(scored);
  const std::string place = std::to_string(moved.place);
  const std::string& group = groups_[moved.group];
  const auto name = [&](std::size_t band, Language language) {
    return rules_->bands[band].label.in(language);
  };
  Text most;
  for (const std::uint32_t which : {moved.limit, moved.last_limit}) {
    if (!most.empty() && which == moved.limit) continue;
    const Limit& limit = limits_.limits[which];
    const std::string count = std::to_string(allowed(limit, scored));
    const std::string percent = value::plain(limit.percent, 4) + "%";
    most.zh += (most.zh.empty() ? "“" : "，“") + name(limit.band, Language::zh) +
               (limit.or_better ? "及以上" : "") + "”至多 " + count + " 个（" + percent + "）";
    most.en += (most.en.empty() ? "" : ", and at most ") + count +
               (most.en.empty() ? " of the " + of + " scored" : std::string()) +
               (most.en.empty() && !limits_.by.empty() ? " in " + limits_.by + " " + group : "") +
               " (" + percent + ") " + name(limit.band, Language::en) +
               (limit.or_better ? " or better" : "");
  }
  return {name(moved.from, Language::zh) + "→" + name(moved.to, Language::zh) + "：" +
              (limits_.by.empty() ? "" : limits_.by + " " + group + " ") + "已计分 " + of +
              " 个，" + most.zh + "，本项目排第 " + place,
          name(moved.from, Language::en) + " to " + name(moved.to, Language::en) + ": at most " +
              most.en + " allowed, this one stands at " + place};
}

std::vector<Diagnostic> ForcedRatings::findings(const std::string& table) const {
  std::vector<Diagnostic> out;
  std::size_t closed = 0;
  const ForcedShare* first = nullptr;
  for (const ForcedShare& share : shares_) {
    if (share.allowed > 0 || share.moved == 0 || share.limit == 0) continue;
    ++closed;
    if (first == nullptr) first = &share;
  }
  if (first != nullptr) {
    const std::string percent = value::plain(first->limit, 4);
    const std::size_t scored = scored_[group_of_.find(first->group)->second];
    const std::string of = std::to_string(scored);
    const std::string more = std::to_string(closed - 1);
    const bool grouped = !limits_.by.empty();
    out.push_back(text::diagnose_file(
        text::Code::rating_limit, table,
        {(grouped ? limits_.by + " '" + first->group + "'" : std::string("表中")) + " 已计分 " +
             of + " 个，其 " + percent + "% 不足一个：没有项目能得“" + first->label.zh + "”" +
             (closed > 1 ? "；这样的比例还有 " + more + " 处" : ""),
         percent + "% of the " + of + " scored" +
             (grouped ? " in " + limits_.by + " '" + first->group + "'" : "") +
             " is less than one: none of them may be " + first->label.en +
             (closed > 1 ? "; " + more + (closed == 2 ? " more such limit" : " more such limits")
                         : "")},
        {"提高比例，按更大的组（--forced-by 另一列），或在规则集的 [distribution] 写 round = "
         "\"up\"",
         "raise the share, take larger groups (--forced-by another column), or say round = \"up\" "
         "in [distribution] of the rule set"}));
  }
  const auto nameless = group_of_.find(std::string_view());
  if (!limits_.by.empty() && nameless != group_of_.end()) {
    const std::string count = std::to_string(scored_[nameless->second]);
    out.push_back(text::diagnose_file(
        text::Code::rating_limit, table,
        {"列 '" + limits_.by + "' 为空的已计分项目有 " + count + " 个，它们合为一组",
         count + " scored without a value in '" + limits_.by + "' are one group together"},
        {"填上这一列", "fill the column in"}));
  }
  return out;
}

}  // namespace jixiao::portfolio
