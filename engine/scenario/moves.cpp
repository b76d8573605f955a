#include "scenario/moves.hpp"

#include <algorithm>
#include <cmath>

#include "scenario/cut.hpp"
#include "scenario/written_value.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/field.hpp"
#include "value/rounding.hpp"

namespace jixiao::scenario {

using text::Code;
using text::NodeKind;

namespace {

class MoveFinder {
 public:
  MoveFinder(const RuleSet& rules, const Project& project, std::vector<Diagnostic>& diagnostics)
      : rules_(rules),
        project_(project),
        diagnostics_(diagnostics),
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
    const std::string times = "'items.*=" + value::plain(factor, 6) + "'";
    const std::string is = value::show(money->value, value::Unit::money());
    const bool less = factor < 1;
    const std::string percent = value::plain(100 * (1 - factor), 4);
    diagnostics_.push_back(text::diagnose(
        Severity::warning, Code::value_doubtful, money_place_->place,
        {"'" + money_place_->name + "' 变为 " + is + "，各支出项和跟随它们的结果不动",
         "'" + money_place_->name + "' becomes " + is +
             "; the items, and the results that follow them, stay what they are"},
        {"让支出项一起变：--scale " + times +
             "（情景文件：[scale] \"items.*\" = " + value::plain(factor, 6) + "）" +
             (less ? "；或在情景文件中写 [cut] percent = " + percent : ""),
         "take the items along: --scale " + times +
             " (in a scenario: [scale] \"items.*\" = " + value::plain(factor, 6) + ")" +
             (less ? ", or write [cut] percent = " + percent + " in a scenario" : "")}));
  }

  void cut(const Cut& cut) {
    const auto& items = project_.model().items;
    const std::vector<double> amounts = item_amounts();
    const double total = sum(amounts);
    const double wanted = cut.amount.value_or(total * cut.percent.value_or(0) / 100);
    std::vector<CutItem> bearing;
    for (const double amount : amounts) bearing.push_back({amount, 0});
    const std::size_t errors = diagnostics_.size();
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
        diagnostics_.push_back(
            text::diagnose(Code::id_duplicate, word.place,
                           {"'" + word.text + "' 写了两次", "'" + word.text + "' is there twice"},
                           {"删去一个", "remove one"}));
      } else if (i) {
        order.push_back(*i);
      }
    }
    if (diagnostics_.size() > errors) return;
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
    const bool yuan = rounding.unit == 1;
    std::string zh = std::string("各项减额取整到") + (yuan ? "元" : "分") + "；余数各 1 " +
                     (yuan ? "元" : "分") + "由 " + names + " 承担";
    std::string en = std::string("shares of the cut end at the ") + (yuan ? "yuan" : "fen") +
                     "; what is left, 1 " + (yuan ? "yuan" : "fen") + " each, is borne by " + names;
    if (std::abs(rounding.made - wanted) > 1e-9) {
      zh += "；共减 " + value::plain(rounding.made, 2) + " 元";
      en += "; cut in all " + value::plain(rounding.made, 2) + " yuan";
    }
    diagnostics_.push_back(
        text::diagnose(Severity::note, Code::value_doubtful, cut.place, {zh, en}));
  }

  void report(Code code, const text::Place& place, Text message, Text help = {}) {
    diagnostics_.push_back(text::diagnose(code, place, std::move(message), std::move(help)));
  }

  // The inputs a name means: one, or all of a kind ("items.*").
  std::vector<const InputFacts*> meant(const Change& change) {
    std::vector<const InputFacts*> out;
    const bool all = change.name.ends_with(".*");
    const std::string prefix = all ? change.name.substr(0, change.name.size() - 1) : "";
    for (const InputFacts& facts : facts_) {
      if (all ? facts.name.starts_with(prefix) : facts.name == change.name) out.push_back(&facts);
    }
    if (out.empty()) {
      report(Code::reference_unknown, change.name_place,
             {"没有可调整的量 '" + change.name + "'",
              "there is no number that can be moved '" + change.name + "'"},
             text::suggestion(change.name, known_));
    }
    return out;
  }

  std::optional<double> value_of(const Change& change, const InputFacts& facts) {
    const Move* before = find(facts.name);
    const double now = before != nullptr ? before->value : facts.nominal;
    if (change.operation == Operation::scale) return scaled(change, facts, now);
    const auto read = read_written(facts, change.value, change.operation == Operation::add,
                                   project_, diagnostics_);
    if (!read) return std::nullopt;
    return change.operation == Operation::add ? now + *read : *read;
  }

  std::optional<double> scaled(const Change& change, const InputFacts& facts, double now) {
    const bool number = change.value.kind == NodeKind::integer ||
                        change.value.kind == NodeKind::number;
    if (!number || !std::isfinite(change.value.number)) {
      report(Code::value_type, change.value.place,
             {"[scale] 的值是倍数，例如 0.85", "a [scale] takes a factor, such as 0.85"});
      return std::nullopt;
    }
    if (facts.is_date) {
      report(Code::value_choice, change.value.place,
             {"日期不能乘以倍数", "a date cannot be scaled"},
             {"用 [add] 加天数", "add days with [add]"});
      return std::nullopt;
    }
    const double moved = now * change.value.number;
    if (!facts.unit.is_money() || change.value.number == 1) return moved;
    const double to_fen = value::Rounding{2, value::RoundingMode::half_up}(moved);
    if (std::abs(to_fen - moved) > 1e-9 * std::max(1.0, std::abs(moved))) {
      const std::string exact = value::plain(moved, 6);
      const std::string rounded = value::plain(to_fen, 2);
      diagnostics_.push_back(text::diagnose(
          Severity::note, Code::value_doubtful, change.value.place,
          {"'" + facts.name + "' 乘得 " + exact + " 元，金额到分为止，按 " + rounded + " 元",
           "'" + facts.name + "' comes to " + exact + " yuan; money ends at the fen: " + rounded}));
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
      report(Code::value_number, place,
             {"'" + facts.name + "' 不能是 " + value::show(value, facts.unit),
              "'" + facts.name + "' cannot be " + value::show(value, facts.unit)});
      return;
    }
    if (facts.fixed) {
      report(Code::value_choice, place,
             {"'" + facts.name + "' 不可调整（fixed = true）",
              "'" + facts.name + "' cannot move: it is fixed = true"},
             {"改动别的量，或在项目中去掉 fixed",
              "move something else, or take fixed out of the project"});
      return;
    }
    if (facts.low && (value < *facts.low || value > *facts.high)) {
      const std::string range = value::show(*facts.low, facts.unit) + " – " +
                                value::show(*facts.high, facts.unit);
      diagnostics_.push_back(text::diagnose(
          Severity::warning, Code::value_number, place,
          {"'" + facts.name + "' 超出项目声明的范围 " + range,
           "'" + facts.name + "' is outside the range the project declares, " + range}));
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

  std::optional<std::size_t> item(const project::Word& word) {
    std::vector<std::string> ids;
    for (const auto& own : project_.model().items) ids.push_back(own.id);
    const auto at = std::find(ids.begin(), ids.end(), word.text);
    if (at != ids.end()) return static_cast<std::size_t>(at - ids.begin());
    report(Code::reference_unknown, word.place,
           {"项目没有支出项 '" + word.text + "'", "the project has no item '" + word.text + "'"},
           text::suggestion(word.text, ids));
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
    report(
        Code::value_number, cut.place,
        {"要减 " + is + "，可减的只有 " + can, "the cut is " + is + ", what may be cut is " + can},
        {"少减一些，或少保护几项", "cut less, or protect less"});
  }

  const RuleSet& rules_;
  const Project& project_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<InputFacts> facts_;
  std::vector<std::string> known_;
  std::optional<NamePlace> money_place_;  // where money was first changed by its name
};

}  // namespace

std::vector<Move> find_moves(const Scenario& scenario, const std::vector<const Change*>& changes,
                             const RuleSet& rules, const Project& project,
                             std::vector<Diagnostic>& diagnostics) {
  MoveFinder finder(rules, project, diagnostics);
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
