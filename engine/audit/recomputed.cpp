#include "audit/recomputed.hpp"

#include <algorithm>
#include <cmath>

#include "jixiao/score.hpp"
#include "ruleset/ruleset.hpp"

namespace jixiao::audit {

using value::Direction;
using value::Kind;

namespace {

constexpr double same = 0.005;  // points are compared to the cent

// The other ways to count a part of a step, of a rule that does not say: shortfall-steps.full,
// .fraction, .ceil.
std::vector<std::string> siblings_of(const std::string& method) {
  const std::size_t dot = method.rfind('.');
  if (dot == std::string::npos || method.substr(dot) != ".full") return {};
  return {method.substr(0, dot) + ".fraction", method.substr(0, dot) + ".ceil"};
}

// Formulas in use elsewhere for an indicator like this.
std::vector<std::string> others_of(const project::Indicator& indicator) {
  if (indicator.kind == Kind::date) return {"lateness.strict"};
  if (indicator.kind != Kind::number || !indicator.target) return {};
  switch (indicator.direction) {
    case Direction::at_most:
    case Direction::less_than:
      return {"lower.linear", "lower.ratio", "lower.strict", "lower.pass-line"};
    case Direction::between: return {"range.proportional", "range.strict"};
    case Direction::equal: return {"equal.proportional", "equal.symmetric", "higher.strict"};
    default: break;
  }
  if (indicator.block.text == "satisfaction")
    return {"higher.proportional", "higher.strict", "higher.pass-line", "bands.satisfaction-101"};
  return {"higher.proportional", "higher.strict", "higher.pass-line"};
}

std::vector<std::string> rivals_of(const project::Indicator& indicator) {
  std::vector<std::string> out = siblings_of(indicator.method.text);
  for (std::string& other : others_of(indicator)) out.push_back(std::move(other));
  return out;
}

const IndicatorStory* story_of(const Scorecard& card, const std::string& id) {
  const auto found = std::find_if(card.indicators.begin(), card.indicators.end(),
                                  [&](const IndicatorStory& s) { return s.id == id; });
  return found == card.indicators.end() ? nullptr : &*found;
}

std::optional<double> points_of(const IndicatorStory& story) {
  if (story.state != "ok") return std::nullopt;
  return std::clamp(story.unrounded, 0.0, story.weight);
}

RowPoints read_story(const IndicatorStory& story) {
  RowPoints out;
  out.points = points_of(story);
  out.weight = story.weight;
  out.method = story.method;
  out.title = story.method_title;
  return out;
}

class Recomputer {
 public:
  Recomputer(const RuleSet& rules, std::shared_ptr<const project::Project> project,
             const Claims& claims, bool as_filed)
      : rules_(rules), project_(std::move(project)), claims_(claims), as_filed_(as_filed) {}

  Recomputed run() {
    out_.card = score(rules_, Project(project_), {as_filed_});
    out_.rows.resize(claims_.rows.size());
    for (std::size_t i = 0; i < claims_.rows.size(); ++i) {
      const Row& row = claims_.rows[i];
      if (row.indicator == none) continue;
      const IndicatorStory* story = story_of(out_.card, row.id);
      if (story == nullptr) continue;
      out_.rows[i] = read_story(*story);
      // A weight moved from an empty block is not the form's, nor is one it does not print.
      const bool given = row.weight.there() ? std::abs(story->weight - *row.weight.value) <= 1e-6
                                            : claims_.of_project;
      if (!given) out_.rows[i].points.reset();
      if (!row.certain || !row.readable) out_.rows[i].points.reset();
      const std::string& method = project_->indicators[row.indicator].method.text;
      out_.rows[i].printed_rule = (row.rule.there() && !method.empty() && !row.rule_unread) ||
                                  method.starts_with("printed.");
    }
    for (const IndicatorStory& story : out_.card.indicators) {
      if (story.block == "execution") out_.execution = read_story(story);
    }
    judge_grades();
    try_rivals();
    add_up();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool differs(std::size_t i) const {
    const Row& row = claims_.rows[i];
    return row.indicator != none && row.points.there() && out_.rows[i].points &&
           std::abs(*out_.rows[i].points - *row.points.value) > same;
  }

  // A grade allows the assessor any points within it: the form's own are taken where they lie
  // inside.
  void judge_grades() {
    auto project = std::make_shared<project::Project>(*project_);
    std::vector<std::size_t> judged;
    for (std::size_t i = 0; i < claims_.rows.size(); ++i) {
      if (!claims_.rows[i].graded || !differs(i)) continue;
      auto& result = project->indicators[claims_.rows[i].indicator].result;
      if (!result) continue;
      result->inputs.push_back({"assessed", *claims_.rows[i].points.value, {}});
      judged.push_back(i);
    }
    if (judged.empty()) return;
    const Scorecard card = score(rules_, Project(std::move(project)), {as_filed_});
    for (const std::size_t i : judged) {
      const IndicatorStory* story = story_of(card, claims_.rows[i].id);
      out_.rows[i].judged = true;
      if (story != nullptr && story->state == "ok") {
        out_.rows[i].points = claims_.rows[i].points.value;
      } else {
        for (const Diagnostic& each : card.diagnostics) {
          if (each.code == "result.invalid" && story != nullptr &&
              each.message.zh.find(story->name.zh) != std::string::npos)
            out_.rows[i].allowed = each.message;
        }
      }
    }
  }

  void try_rivals() {
    std::vector<std::pair<std::size_t, std::vector<std::string>>> open;
    std::size_t most = 0;
    for (std::size_t i = 0; i < claims_.rows.size(); ++i) {
      if (claims_.rows[i].graded || !differs(i)) continue;
      open.emplace_back(i, rivals_of(project_->indicators[claims_.rows[i].indicator]));
      most = std::max(most, open.back().second.size());
    }
    for (std::size_t round = 0; round < most; ++round) {
      auto project = std::make_shared<project::Project>(*project_);
      for (const auto& [i, methods] : open) {
        if (round >= methods.size()) continue;
        project::Indicator& indicator = project->indicators[claims_.rows[i].indicator];
        // siblings take the same
        if (round >= siblings_of(indicator.method.text).size()) indicator.params.clear();
        indicator.method.text = methods[round];
      }
      const Scorecard card = score(rules_, Project(std::move(project)), {as_filed_});
      for (const auto& [i, methods] : open) {
        const IndicatorStory* story = round < methods.size() ? story_of(card, claims_.rows[i].id)
                                                             : nullptr;
        const auto points = story != nullptr ? points_of(*story) : std::nullopt;
        if (points && story->method == methods[round] && methods[round] != out_.rows[i].method)
          out_.rows[i].alternatives.push_back({methods[round], story->method_title, *points});
      }
    }
  }

  // As the rule set decides: its own total, with the form's points where a grade leaves room for
  // them.
  void add_up() {
    if (!out_.card.scored) return;
    double total = out_.card.total;
    for (std::size_t i = 0; i < out_.rows.size(); ++i) {
      const IndicatorStory* story = out_.rows[i].judged && out_.rows[i].points
                                        ? story_of(out_.card, claims_.rows[i].id)
                                        : nullptr;
      if (story != nullptr) total += *out_.rows[i].points - story->points;
    }
    const value::Rounding printed{out_.card.digits};
    out_.total = printed(total);
    out_.rating = rating_of(rules_, *out_.total);
    const auto& events = out_.card.adjustments;
    if (std::any_of(events.begin(), events.end(),
                    [](const AdjustmentStory& each) { return each.kind == "veto"; }))
      out_.rating = out_.card.rating_label;
  }

  const RuleSet& rules_;
  std::shared_ptr<const project::Project> project_;
  const Claims& claims_;
  bool as_filed_;
  Recomputed out_;
};

}  // namespace

Recomputed recompute(const RuleSet& rules, std::shared_ptr<const project::Project> project,
                     const Claims& claims, bool as_filed) {
  return Recomputer(rules, std::move(project), claims, as_filed).run();
}

std::optional<double> event_points(const Recomputed& recomputed, const EventLine& event) {
  for (const AdjustmentStory& story : recomputed.card.adjustments) {
    if (story.id == event.id) return story.points;
  }
  return std::nullopt;
}

Text rating_of(const RuleSet& rules, double total) {
  const std::size_t band = rules.model().band_of(total);
  return band == ruleset::none ? Text{} : rules.model().bands[band].label;
}

}  // namespace jixiao::audit
