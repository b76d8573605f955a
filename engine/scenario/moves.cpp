#include "scenario/moves.hpp"

#include <algorithm>
#include <cmath>

#include "scenario/cut.hpp"
#include "scenario/messages.hpp"
#include "scenario/written_value.hpp"
#include "text/suggestion.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::scenario {

using text::Code;
using text::NodeKind;

namespace {

class MoveFinder {
 public:
  MoveFinder(const RuleSet& rules, const Project& project, text::Findings findings)
      : rules_(rules),
        project_(project),
        findings_(findings),
        facts_(ProjectModel::all_inputs(rules, project)) {
    for (const InputFacts& facts : facts_) known_.push_back(facts.name);
  }

  void change(const Change& change) {
    for (const InputFacts* facts : meant(change)) {
      const auto value = value_of(change, *facts);
      if (value) move(*facts, *value, change.value.place);
      if (value && (facts->name == "money.initial" || facts->name == "money.adjusted") &&
          !money_place_)
        money_place_ = {facts->name, change.name_place};
    }
  }

  // Money that changes by its name leaves every item what it is, and every result that follows an
  // item.
  void doubt_money() {
    if (!money_place_ || project_.model().items.empty()) return;
    const Move* const money = find(money_place_->name);
    const bool moves_items = std::any_of(moves.begin(), moves.end(), [](const Move& move) {
      return move.facts.name.starts_with("items.") || move.facts.name.starts_with("drivers.");
    });
    if (money == nullptr || moves_items || money->value == money->facts.nominal) return;
    const double factor = money->value / money->facts.nominal;
    const std::string is = value::show(money->value, value::Unit::money());
    const std::string percent = factor < 1 ? value::plain(100 * (1 - factor), 4) : "";
    findings_.report(
        money_place_->place,
        message::money_moved_alone(money_place_->name, is, value::plain(factor, 6), percent));
  }

  void cut(const Cut& cut) {
    const auto& items = project_.model().items;
    const std::vector<double> amounts = item_amounts();
    if (items.empty()) return findings_.report(cut.place, message::cut_without_items());
    const double total = sum(amounts);
    const double wanted = cut.amount.value_or(total * cut.percent.value_or(0) / 100);
    std::vector<CutItem> bearing;
    for (const double amount : amounts) bearing.push_back({amount, 0});
    const std::size_t errors = findings_.size();
    for (const project::Word& word : cut.protect) {
      if (const auto i = item(word)) bearing[*i].keep = bearing[*i].amount;
    }
    for (const auto& [word, yuan] : cut.keep) {
      if (const auto i = item(word))
        bearing[*i].keep = std::min(bearing[*i].amount, std::max(bearing[*i].keep, yuan));
    }
    std::vector<std::size_t> order;
    for (const project::Word& word : cut.priority) {
      const auto i = item(word);
      if (i && std::find(order.begin(), order.end(), *i) != order.end()) {
        findings_.report(word.place, message::named_twice(word.text));
      } else if (i) {
        order.push_back(*i);
      }
    }
    if (findings_.size() > errors) return;
    if (cut.by_priority && order.empty()) {
      std::string names;
      for (std::size_t i = items.size(); i-- > 0; order.push_back(i))
        names += (names.empty() ? "" : ", ") + items[i].id;
      findings_.report(cut.place, message::priority_from_form(names));
    }
    CutRounding rounding;
    const auto left = cut.by_priority ? cut_by_priority(bearing, order, wanted)
                                      : cut_pro_rata(bearing, wanted, &rounding);
    if (!left) return report_impossible(cut, wanted, bearing, order);
    describe_rounding(cut, wanted, rounding);
    for (std::size_t i = 0; i < items.size(); ++i) {
      if ((*left)[i] == amounts[i]) continue;
      const auto at = std::find(known_.begin(), known_.end(), "items." + items[i].id);
      move(facts_[static_cast<std::size_t>(at - known_.begin())], (*left)[i], cut.place);
    }
  }

  std::vector<Move> moves;

 private:
  // Money ends at the fen: who bears what rounding left.
  void describe_rounding(const Cut& cut, double wanted, const CutRounding& rounding) {
    if (rounding.bearing.empty()) return;
    std::string names;
    for (const std::size_t i : rounding.bearing)
      names += (names.empty() ? "" : ", ") + project_.model().items[i].id;
    const bool differs = std::abs(rounding.made - wanted) > 1e-9;
    findings_.report(cut.place,
                     message::cut_rounded(rounding.unit == 1, names,
                                          differs ? value::plain(rounding.made, 2) : ""));
  }

  // The inputs a name means: one, or all of a kind ("items.*"); else the one that has it as label.
  std::vector<const InputFacts*> meant(const Change& change) {
    std::vector<const InputFacts*> out;
    const bool all = change.name.ends_with(".*");
    const std::string prefix = all ? change.name.substr(0, change.name.size() - 1) : "";
    for (const InputFacts& facts : facts_) {
      if (all ? facts.name.starts_with(prefix) : facts.name == change.name) out.push_back(&facts);
    }
    if (out.empty()) {
      for (const InputFacts& facts : facts_) {
        if (facts.label.zh == change.name || facts.label.en == change.name) out.push_back(&facts);
      }
      if (out.size() > 1) out.clear();  // a target and a result of one name: which is not said
    }
    if (out.empty()) {
      findings_.report(change.name_place,
                       message::unknown_name(message::movable_number, change.name, known_));
    }
    return out;
  }

  std::optional<double> value_of(const Change& change, const InputFacts& facts) {
    const Move* before = find(facts.name);
    const double now = before != nullptr ? before->value : facts.nominal;
    if (change.operation == Operation::scale) return scaled(change, facts, now);
    const auto read =
        read_written(facts, change.value, change.operation == Operation::add, project_, findings_);
    if (!read) return std::nullopt;
    return change.operation == Operation::add ? now + *read : *read;
  }

  std::optional<double> scaled(const Change& change, const InputFacts& facts, double now) {
    const bool number = change.value.kind == NodeKind::integer ||
                        change.value.kind == NodeKind::number;
    if (!number || !std::isfinite(change.value.number)) {
      findings_.report(change.value.place, message::scale_is_no_number());
      return std::nullopt;
    }
    if (facts.is_date) {
      findings_.report(change.value.place, message::date_scaled());
      return std::nullopt;
    }
    const double moved = now * change.value.number;
    if (!facts.unit.is_money() || change.value.number == 1) return moved;
    const double to_fen = value::Rounding{2, value::RoundingMode::half_up}(moved);
    if (std::abs(to_fen - moved) > 1e-9 * std::max(1.0, std::abs(moved))) {
      findings_.report(
          change.value.place,
          message::money_rounded(facts.name, value::plain(moved, 6), value::plain(to_fen, 2)));
    }
    return to_fen;
  }

  Move* find(const std::string& name) {
    const auto at = std::find_if(moves.begin(), moves.end(),
                                 [&](const Move& move) { return move.facts.name == name; });
    return at == moves.end() ? nullptr : &*at;
  }

  void move(const InputFacts& facts, double value, const text::Place& place) {
    if (!std::isfinite(value) || value < facts.lowest) {
      findings_.report(place,
                       message::value_impossible(facts.name, value::show(value, facts.unit)));
      return;
    }
    if (facts.fixed) {
      findings_.report(place, message::fixed_moved(facts.name));
      return;
    }
    if (facts.low && (value < *facts.low || value > *facts.high)) {
      const std::string range = value::show(*facts.low, facts.unit) + " – " +
                                value::show(*facts.high, facts.unit);
      findings_.report(place, message::outside_declared_range(facts.name, range));
    }
    if (Move* before = find(facts.name)) {
      before->value = value;
    } else {
      moves.push_back({facts, value, false});
    }
  }

  static double sum(const std::vector<double>& values) {
    double out = 0;
    for (const double value : values) out += value;
    return out;
  }

  // What the items are after what was moved so far.
  std::vector<double> item_amounts() {
    std::vector<NamePlace> in, out;
    std::vector<std::string> held;
    std::vector<formula::Column> columns;
    for (const Move& move : moves) {
      in.push_back({move.facts.name, {}});
      columns.push_back(formula::Column::uniform(move.value));
      if (move.value == move.facts.nominal) held.push_back(move.facts.name);
    }
    for (const auto& own : project_.model().items) out.push_back({"items." + own.id, {}});
    std::vector<double> amounts(out.size(), 0);
    if (out.empty()) return amounts;
    std::vector<Diagnostic> ignored;
    const auto model = ProjectModel::make(rules_, project_, in, out, ignored, held);
    std::vector<std::span<double>> places;
    for (double& amount : amounts) places.emplace_back(&amount, 1);
    if (model) model->evaluate(columns, places);
    return amounts;
  }

  // By id, by name in either language or, in a call, by a part of a name that no other item has.
  std::optional<std::size_t> item(const project::Word& word) {
    const auto& items = project_.model().items;
    const auto all_that = [&](const auto& is) {
      std::vector<std::size_t> out;
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (is(items[i])) out.push_back(i);
      }
      return out;
    };
    auto found = all_that([&](const auto& one) { return one.id == word.text; });
    if (found.empty())
      found = all_that(
          [&](const auto& one) { return one.name.zh == word.text || one.name.en == word.text; });
    // In a file a part of a name may be an id misspelt.
    const bool is_typed = word.place.source && word.place.source->name().starts_with("--");
    if (found.empty() && is_typed && !word.text.empty())
      found = all_that([&](const auto& one) {
        return one.name.zh.find(word.text) != std::string::npos ||
               one.name.en.find(word.text) != std::string::npos;
      });
    if (found.size() == 1) return found.front();
    std::vector<std::string> words;
    std::string ids;
    for (const std::size_t i : found) ids += (ids.empty() ? "" : ", ") + items[i].id;
    for (const auto& one : items) words.push_back(one.id);
    if (is_typed) {
      for (const auto& one : items) words.push_back(one.name.zh);
    }
    findings_.report(word.place, found.empty() ? message::unknown_item(word.text, words)
                                               : message::item_ambiguous(word.text, ids));
    return std::nullopt;
  }

  void report_impossible(const Cut& cut, double wanted, const std::vector<CutItem>& bearing,
                         const std::vector<std::size_t>& order) {
    double available = 0;
    for (std::size_t i = 0; i < bearing.size(); ++i) {
      const bool counts = !cut.by_priority ||
                          std::find(order.begin(), order.end(), i) != order.end();
      if (counts) available += bearing[i].amount - bearing[i].keep;
    }
    const std::string is = value::show(wanted, value::Unit::money());
    const std::string can = value::show(available, value::Unit::money());
    findings_.report(cut.place, message::cut_impossible(is, can));
  }

  const RuleSet& rules_;
  const Project& project_;
  text::Findings findings_;
  std::vector<InputFacts> facts_;
  std::vector<std::string> known_;
  std::optional<NamePlace> money_place_;  // where money was first changed by its name
};

}  // namespace

std::vector<Move> find_moves(const Scenario& scenario, const std::vector<const Change*>& changes,
                             const RuleSet& rules, const Project& project,
                             text::Findings findings) {
  MoveFinder finder(rules, project, findings);
  for (const Layer& layer : scenario.layers) {
    const Change* const first = layer.changes.data();
    for (const Change* change : changes) {
      if (change >= first && change < first + layer.changes.size()) finder.change(*change);
    }
    if (layer.cut) finder.cut(*layer.cut);
  }
  finder.doubt_money();
  for (Move& move : finder.moves) move.held = move.value == move.facts.nominal;
  return std::move(finder.moves);
}

}  // namespace jixiao::scenario
