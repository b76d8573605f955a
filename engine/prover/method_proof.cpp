#include "prover/method_proof.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "prover/branches.hpp"
#include "prover/messages.hpp"
#include "prover/setting.hpp"
#include "ruleset/citation.hpp"
#include "value/rounding.hpp"

namespace jixiao::prover {
namespace {

using value::Direction;

const char* word_of(Shape shape) {
  switch (shape) {
    case Shape::flat: return "flat";
    case Shape::rises: return "rises";
    case Shape::falls: return "falls";
    case Shape::steps_up: return "steps up";
    case Shape::steps_down: return "steps down";
    case Shape::unknown: return "unknown";
    case Shape::outside: return "outside";
    case Shape::none: return "none";
  }
  return "unknown";
}

// A method in one of its states.
struct Look {
  Setting setting;
  Text state;
  bool may_leave = false;
  std::vector<Line> lines;  // of the points awarded, one per setting.lines
};

class MethodProver {
 public:
  MethodProver(const ruleset::RuleSet& rules, const ruleset::Method& method,
               const ruleset::FixedIndicator* indicator, text::Findings findings)
      : rules_(rules), method_(method), indicator_(indicator), findings_(findings) {}

  MethodProof prove() {
    describe();
    look();
    put_bounded();
    put_complete();
    put_monotone();
    put_direction();
    put_continuous();
    put_reached();
    for (const Look& one : looks_) put_curves(one);
    report();
    return std::move(out_);
  }

 private:
  [[nodiscard]] const text::Place& place() const {
    return indicator_ != nullptr ? indicator_->place : method_.place;
  }

  void describe() {
    out_.method = method_.id;
    if (indicator_ != nullptr) out_.indicator = indicator_->id;
    out_.title = indicator_ != nullptr ? indicator_->name : method_.title;
    out_.formula = method_.points.text();
    if (method_.domain) out_.domain = method_.domain->text();
    out_.may_leave = method_.beyond;
    out_.cite = ruleset::cited(indicator_ != nullptr && !indicator_->cite.empty() ? indicator_->cite
                                                                                  : method_.cite);
    if (place().source) out_.file = place().source->name();
    out_.line = place().line;
  }

  void look() {
    const std::size_t states = std::max<std::size_t>(method_.states.size(), 1);
    for (std::size_t s = 0; s < states; ++s) {
      const std::size_t state = method_.states.empty() ? ruleset::none : s;
      Look one{setting_of(rules_, method_, indicator_, state), {}, method_.beyond, {}};
      if (!method_.states.empty()) one.state = method_.states[s].name;
      for (const Setting::Sample& sample : one.setting.lines)
        one.lines.push_back(awarded(sample.problem));
      looks_.push_back(std::move(one));
    }
  }

  [[nodiscard]] Line awarded(Problem problem) const {
    if (!method_.beyond) problem.formula = problem.formula.held(ruleset::row_W);
    return line_of(problem);
  }

  void put(const char* property, Verdict verdict, Text text, bool is_fault = false) {
    out_.points.push_back({property, verdict, is_fault, std::move(text)});
  }

  // Whether the formula may pass one end of 0..W: `side` makes what is to stay at or below 0.
  struct End {
    Verdict verdict = Verdict::undecided;
    std::string where, at;
    double most = 0;
    std::string setting;
  };
  template <class Side>
  End end_of(const Side& side) const {
    End end{Verdict::holds, {}, {}, 0, {}};
    for (const Look& one : looks_) {
      Problem general = one.setting.general;
      general.formula = side(general.formula);
      if (sign_of(general).is_proved) continue;
      if (end.verdict == Verdict::holds) end.verdict = Verdict::undecided;
      for (const Setting::Sample& sample : one.setting.lines) {
        Problem line = sample.problem;
        line.formula = side(line.formula);
        const Sign sign = sign_of(line);
        if (sign.above.empty()) continue;
        end.verdict = Verdict::fails;
        end.most = sign.most;
        end.at = one.setting.axis.place(sign.at);
        end.where = message::ranges(sign.above, one.setting.axis);
        end.setting = sample.said;
        return end;
      }
      if (const auto row = row_above(general)) {
        end.verdict = Verdict::fails;
        const std::size_t x = general.box.x;
        end.where = one.setting.axis.name + " = " + one.setting.axis.place((*row)[x]);
        end.setting = rest_of(*row, general);
        return end;
      }
    }
    return end;
  }

  // What the other variables of a row are: "T = 3, U = 5".
  [[nodiscard]] std::string rest_of(const std::vector<double>& row, const Problem& problem) const {
    std::string out;
    for (std::size_t name = 0; name < method_.scope.variables.size(); ++name) {
      const bool named = problem.formula.names(name) ||
                         std::any_of(problem.conditions.begin(), problem.conditions.end(),
                                     [&](const Graph& one) { return one.names(name); });
      if (name == problem.box.x || !named || problem.box.variables[name].is_point()) continue;
      out += (out.empty() ? "" : ", ") + method_.scope.variables[name] + " = " +
             number_text(row[name]);
    }
    return out;
  }

  void put_bounded() {
    below_ = end_of([](const Graph& graph) { return graph.negated(); });
    above_ = end_of([](const Graph& graph) { return graph.less(ruleset::row_W); });
    const Verdict verdict = below_.verdict == Verdict::holds && above_.verdict == Verdict::holds
                                ? Verdict::holds
                            : below_.verdict == Verdict::fails || above_.verdict == Verdict::fails
                                ? Verdict::fails
                                : Verdict::undecided;
    const std::string& x = looks_.front().setting.axis.name;
    put("bounded", verdict,
        message::bounded({x, below_.verdict, below_.where, below_.setting, above_.verdict,
                          above_.where, above_.setting, method_.beyond}));
  }

  void put_complete() {
    std::string where;
    bool is_sure = true;
    for (const Look& one : looks_) {
      for (const Line& line : one.lines) {
        if (!line.none_at.empty() && where.empty())
          where = one.setting.axis.name + " = " + one.setting.axis.place(line.none_at.front());
      }
      is_sure = is_sure && is_everywhere_a_number(one.setting.general);
    }
    const Verdict verdict = !where.empty() ? Verdict::fails
                            : is_sure      ? Verdict::holds
                                           : Verdict::undecided;
    none_at_ = where;
    put("complete", verdict,
        message::complete(verdict, where, looks_.front().setting.axis.name.starts_with("workdays")),
        verdict == Verdict::fails);
  }

  // What is sure of all settings: of a line it is the line.
  [[nodiscard]] bool all_lines(const std::function<bool(const Line&)>& holds) const {
    return std::all_of(looks_.begin(), looks_.end(), [&](const Look& one) {
      if (one.setting.is_line) return holds(one.lines.front());
      return holds(awarded(one.setting.general));
    });
  }
  [[nodiscard]] bool some_sample(const std::function<bool(const Line&)>& holds) const {
    return std::any_of(looks_.begin(), looks_.end(), [&](const Look& one) {
      return std::any_of(one.lines.begin(), one.lines.end(), holds);
    });
  }
  [[nodiscard]] std::string samples() const {
    for (const Look& one : looks_) {
      if (!one.setting.is_line && !one.setting.lines.front().said.empty())
        return one.setting.lines.front().said;
    }
    return "";
  }

  static bool surely_falls(const Line& line) {
    return std::any_of(line.pieces.begin(), line.pieces.end(),
                       [](const Piece& piece) {
                         return (piece.shape == Shape::falls || piece.shape == Shape::steps_down) &&
                                piece.at_to < piece.at_from;
                       }) ||
           std::any_of(line.cliffs.begin(), line.cliffs.end(), [](const Cliff& cliff) {
             return cliff.after < cliff.before || cliff.alone < cliff.before ||
                    cliff.alone > cliff.after;
           });
  }
  static bool surely_rises(const Line& line) {
    return std::any_of(line.pieces.begin(), line.pieces.end(),
                       [](const Piece& piece) {
                         return (piece.shape == Shape::rises || piece.shape == Shape::steps_up) &&
                                piece.at_to > piece.at_from;
                       }) ||
           std::any_of(line.cliffs.begin(), line.cliffs.end(), [](const Cliff& cliff) {
             return cliff.after > cliff.before || cliff.alone > cliff.before ||
                    cliff.alone < cliff.after;
           });
  }

  void put_monotone() {
    never_falls_ = all_lines([](const Line& line) { return line.never_falls(); });
    never_rises_ = all_lines([](const Line& line) { return line.never_rises(); });
    out_.never_falls = never_falls_;
    out_.never_rises = never_rises_;
    const bool mixed =
        some_sample([](const Line& line) { return surely_falls(line) && surely_rises(line); });
    const Verdict verdict = never_falls_ || never_rises_ ? Verdict::holds
                            : mixed                      ? Verdict::fails
                                                         : Verdict::undecided;
    const Look& first = looks_.front();
    put("monotone", verdict,
        message::monotone({first.setting.axis.name, never_falls_, never_rises_, verdict,
                           message::turns(first.lines.front(), first.setting.axis),
                           verdict == Verdict::holds ? "" : samples()}));
  }

  // The directions the method is for.
  [[nodiscard]] std::vector<Direction> directions() const {
    if (indicator_ != nullptr)
      return indicator_->has_target ? std::vector{indicator_->direction} : std::vector<Direction>{};
    return method_.when ? method_.when->directions : std::vector<Direction>{};
  }

  // A place on the side where the target is missed at which the curve goes the wrong way.
  struct Wrong {
    std::string from, to;
    double before = 0, after = 0;
  };
  // Requires: `end` is the target, or the end of the line where it has none.
  static std::optional<Wrong> wrong_way(const Line& line, const Look& one, std::size_t sample,
                                        Range part, bool should_rise) {
    const Axis& axis = one.setting.axis;
    const double tolerance = one.setting.lines[sample].problem.tolerance;
    for (const Cliff& cliff : line.cliffs) {
      if (cliff.at < part.low || cliff.at > part.high) continue;
      double before = cliff.before, after = cliff.after;
      // Where the target stands, what counts is what is paid for meeting it.
      const double target = should_rise ? part.high : part.low;
      if (std::fabs(cliff.at - target) <= 1e-9 * std::max(1.0, std::fabs(target)))
        (should_rise ? after : before) = points_at(one, sample, target);
      if (should_rise ? after < before - tolerance : after > before + tolerance)
        return Wrong{axis.place(cliff.at), "", before, after};
    }
    for (const Piece& piece : line.pieces) {
      const double first = std::max(piece.from, part.low), last = std::min(piece.to, part.high);
      const bool wrong = should_rise
                             ? piece.shape == Shape::falls || piece.shape == Shape::steps_down
                             : piece.shape == Shape::rises || piece.shape == Shape::steps_up;
      if (!wrong || last - first <= 1e-9 * std::max(1.0, std::fabs(first))) continue;
      const double before = points_at(one, sample, first), after = points_at(one, sample, last);
      if (should_rise ? after < before - tolerance : after > before + tolerance)
        return Wrong{axis.place(first), axis.place(last), before, after};
    }
    return std::nullopt;
  }
  static double points_at(const Look& one, std::size_t sample, double x) {
    const Problem& problem = one.setting.lines[sample].problem;
    std::vector<double> row;
    for (const Range& range : problem.box.variables) row.push_back(range.low);
    row[problem.box.x] = x;
    const double points = problem.formula.evaluate(row);
    return one.may_leave ? points : std::clamp(points, 0.0, row[ruleset::row_W]);
  }

  void put_direction() {
    const std::vector<Direction> asked = directions();
    if (asked.empty() || looks_.front().setting.axis.name != "A") return;
    for (const Look& one : looks_) {
      for (std::size_t i = 0; i < one.lines.size(); ++i) {
        for (const Direction direction : asked) {
          const auto wrong = wrong_in(one, i, direction);
          if (!wrong) continue;
          wrong_ = message::direction_fails(
              value::name(direction), wrong->from, wrong->to, points_text(wrong->before, one),
              points_text(wrong->after, one), one.setting.lines[i].said);
          return put("direction", Verdict::fails, *wrong_, true);
        }
      }
    }
    const bool is_sure = std::all_of(looks_.begin(), looks_.end(),
                                     [this](const Look& one) {
                                       return (one.setting.is_line && one.lines.front().is_whole);
                                     }) ||
                         suits_every_direction(asked);
    put("direction", is_sure ? Verdict::holds : Verdict::undecided,
        message::direction(is_sure, samples()));
  }

  // By what is known for all settings.
  [[nodiscard]] bool suits_every_direction(const std::vector<Direction>& asked) const {
    return std::all_of(asked.begin(), asked.end(), [this](Direction direction) {
      switch (direction) {
        case Direction::at_least:
        case Direction::more_than: return never_falls_;
        case Direction::at_most:
        case Direction::less_than: return never_rises_;
        default: return never_falls_ && never_rises_;
      }
    });
  }

  static std::optional<Wrong> wrong_in(const Look& one, std::size_t sample, Direction direction) {
    const double end = largest_number;
    const Line& line = one.lines[sample];
    const auto target = one.setting.target ? one.setting.target : one.setting.upper;
    const auto upper = one.setting.upper ? one.setting.upper : one.setting.target;
    switch (direction) {
      case Direction::at_least:
      case Direction::more_than:
        return wrong_way(line, one, sample, {-end, target.value_or(end)}, true);
      case Direction::at_most:
      case Direction::less_than:
        return wrong_way(line, one, sample, {upper.value_or(-end), end}, false);
      case Direction::equal:
      case Direction::between: break;
    }
    if (!target || !upper) return std::nullopt;
    const auto below = wrong_way(line, one, sample, {-end, *target}, true);
    const auto above = wrong_way(line, one, sample, {*upper, end}, false);
    // One side alone may well be as good as an exact target.
    if (direction == Direction::equal && !(below && above)) return std::nullopt;
    return below ? below : above;
  }

  [[nodiscard]] std::string points_text(double points, const Look& one) const {
    const std::string text = value::plain(points, 6);
    if (!one.setting.is_share || text == "0") return text;
    return text == "1" ? "W" : text + "*W";
  }

  void put_continuous() {
    std::size_t count = 0;
    std::string first;
    bool may_jump = false;
    std::string said;
    for (const Look& one : looks_) {
      for (std::size_t i = 0; i < one.lines.size(); ++i) {
        const Line& line = one.lines[i];
        may_jump = may_jump || line.may_jump || !line.is_whole;
        for (const Cliff& cliff : line.cliffs) {
          if (++count == 1) said = one.setting.lines[i].said;
          if (count > 3) continue;
          const std::string alone = std::isfinite(cliff.alone) ? points_text(cliff.alone, one) : "";
          first += (first.empty() ? "" : "; ") + one.setting.axis.name + " = " +
                   one.setting.axis.place(cliff.at) + ": " + points_text(cliff.before, one) +
                   " → " + (alone.empty() ? "" : alone + " → ") + points_text(cliff.after, one);
        }
      }
    }
    const bool all_known = std::all_of(looks_.begin(), looks_.end(), [this](const Look& one) {
      return one.setting.is_line || !awarded(one.setting.general).may_jump;
    });
    const Verdict verdict = count > 0                ? Verdict::fails
                            : may_jump || !all_known ? Verdict::undecided
                                                     : Verdict::holds;
    put("continuous", verdict,
        message::continuous(verdict, first, count, may_jump, count > 0 ? said : samples()));
  }

  void put_reached() {
    const std::vector<Branch> branches = branches_of(method_.points, method_.scope);
    if (branches.empty()) return;
    std::vector<Verdict> found(branches.size(), Verdict::undecided);
    std::vector<std::string> never, unknown;
    for (std::size_t i = 0; i < branches.size(); ++i) {
      const Branch& branch = branches[i];
      if (branch.outer != Branch::npos && found[branch.outer] != Verdict::holds) {
        found[i] = found[branch.outer];
        continue;
      }
      found[i] = is_reached(branch);
      if (found[i] == Verdict::holds) continue;
      (found[i] == Verdict::fails ? never : unknown).push_back(message::branch(branch));
      if (found[i] == Verdict::fails) unreached_.push_back(branch);
    }
    const Verdict verdict = !never.empty()     ? Verdict::fails
                            : !unknown.empty() ? Verdict::undecided
                                               : Verdict::holds;
    put("reached", verdict, message::reached(verdict, never.empty() ? unknown : never),
        verdict == Verdict::fails);
  }

  [[nodiscard]] Verdict is_reached(const Branch& branch) const {
    const Graph reached(branch.reached);
    bool surely_not = true;
    for (const Look& one : looks_) {
      const bool is_workdays = one.setting.axis.name.starts_with("workdays");
      if (is_workdays) {
        const auto counted = reached.with_workdays(method_.scope.variables.size());
        if (!counted) return Verdict::undecided;
        if (any_line(one, *counted)) return Verdict::holds;
        surely_not = surely_not && is_never(one, *counted);
        continue;
      }
      if (any_line(one, reached)) return Verdict::holds;
      surely_not = surely_not && is_never(one, reached);
    }
    if (surely_not) return Verdict::fails;
    for (const Look& one : looks_) {
      Problem problem = one.setting.general;
      problem.formula = reached;
      problem.tolerance = 0.5;
      if (problem.box.x < method_.scope.variables.size() && row_above(problem))
        return Verdict::holds;
    }
    return Verdict::undecided;
  }
  static bool any_line(const Look& one, const Graph& reached) {
    return std::any_of(one.setting.lines.begin(), one.setting.lines.end(),
                       [&](const Setting::Sample& sample) {
                         Problem problem = sample.problem;
                         problem.formula = reached;
                         problem.tolerance = 0.5;
                         return !sign_of(problem).above.empty();
                       });
  }
  static bool is_never(const Look& one, const Graph& reached) {
    Problem problem = one.setting.general;
    problem.formula = reached;
    problem.tolerance = 0.5;
    return sign_of(problem).is_proved;
  }

  void put_curves(const Look& one) {
    for (std::size_t i = 0; i < one.lines.size(); ++i) {
      const Setting& setting = one.setting;
      const Line& line = one.lines[i];
      ProvedCurve curve;
      curve.x = setting.axis.name;
      curve.setting = setting.lines[i].said;
      curve.state = one.state;
      curve.weight = setting.lines[i].problem.box.variables[ruleset::row_W].low;
      curve.target = setting.target.value_or(std::nan(""));
      curve.upper = setting.upper.value_or(std::nan(""));
      const Box& box = setting.lines[i].problem.box;
      for (std::size_t name = 0; name < method_.scope.variables.size(); ++name) {
        if (name != box.x && box.variables[name].is_point())
          curve.stands.emplace_back(method_.scope.variables[name], box.variables[name].low);
      }
      for (const Piece& piece : line.pieces)
        curve.pieces.push_back({word_of(piece.shape), piece.from, piece.to,
                                setting.axis.place(piece.from), setting.axis.place(piece.to),
                                piece.at_from, piece.at_to});
      put_shown(line, curve);
      for (std::size_t k = 0; k < line.pieces.size(); ++k)
        curve.pieces[k].sampled = sampled(one, i, line.pieces[k], curve);
      for (const Cliff& cliff : line.cliffs)
        curve.cliffs.push_back(
            {cliff.at, setting.axis.place(cliff.at), cliff.before, cliff.after, cliff.alone});
      out_.curves.push_back(std::move(curve));
    }
  }

  // From where to where something happens, with air at both ends.
  static void put_shown(const Line& line, ProvedCurve& curve) {
    std::vector<double> places;
    const auto add = [&](double x) {
      if (std::isfinite(x) && std::fabs(x) < 1e5) places.push_back(x);
    };
    for (const Piece& piece : line.pieces) {
      if (piece.shape != Shape::outside) add(piece.from), add(piece.to);
    }
    for (const Cliff& cliff : line.cliffs) add(cliff.at);
    add(curve.target);
    add(curve.upper);
    if (places.empty()) places.push_back(0);
    const double low = *std::min_element(places.begin(), places.end());
    const double high = *std::max_element(places.begin(), places.end());
    const double air = high > low ? 0.25 * (high - low) : std::max(1.0, std::fabs(high));
    const bool begins = !line.pieces.empty() && line.pieces.front().from >= low;
    curve.low = begins ? low : low - air;
    curve.high = high + air;
  }

  static std::vector<std::pair<double, double>> sampled(const Look& one, std::size_t sample,
                                                        const Piece& piece,
                                                        const ProvedCurve& curve) {
    constexpr int parts = 64;
    std::vector<std::pair<double, double>> out;
    if (piece.shape == Shape::outside || piece.shape == Shape::none) return out;
    const double low = std::max(piece.from, curve.low), high = std::min(piece.to, curve.high);
    if (low > high) return out;
    // Beside a jump the ends are not of the piece: just inside of them.
    const double inset = 1e-5 * (high - low);
    for (int i = 0; i <= parts; ++i) {
      const double x = low + (high - low) * i / parts;
      const double points = points_at(one, sample, std::clamp(x, low + inset, high - inset));
      if (std::isfinite(points)) out.emplace_back(x, points);
    }
    return out;
  }

  void report() {
    const std::string whose = indicator_ != nullptr ? indicator_->id : method_.id;
    if (wrong_) findings_.report(place(), message::falls(whose, *wrong_));
    if (!none_at_.empty()) findings_.report(place(), message::gap(whose, none_at_));
    for (const Branch& branch : unreached_) {
      const bool has_place = branch.place.source != nullptr;
      findings_.report(has_place ? branch.place : place(), message::unreached(whose, branch));
    }
    if (method_.beyond) return;
    if (below_.verdict == Verdict::undecided || above_.verdict == Verdict::undecided)
      findings_.report(place(), message::undecided(whose, above_.verdict == Verdict::undecided));
  }

  const ruleset::RuleSet& rules_;
  const ruleset::Method& method_;
  const ruleset::FixedIndicator* indicator_;
  text::Findings findings_;
  MethodProof out_;
  std::vector<Look> looks_;
  End below_, above_;
  bool never_falls_ = false, never_rises_ = false;
  std::string none_at_;
  std::optional<Text> wrong_;
  std::vector<Branch> unreached_;
};

}  // namespace

MethodProof method_proof(const ruleset::RuleSet& rules, const ruleset::Method& method,
                         const ruleset::FixedIndicator* indicator, text::Findings findings) {
  return MethodProver(rules, method, indicator, findings).prove();
}

}  // namespace jixiao::prover
