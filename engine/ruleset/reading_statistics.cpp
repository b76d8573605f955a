#include <algorithm>
#include <cmath>
#include <functional>

#include "ruleset/reading.hpp"
#include "text/suggestion.hpp"

namespace jixiao::ruleset {

using text::Code;
using text::Node;
using text::TableReader;

namespace {

const std::string& word_at(const Node& table, std::string_view key) {
  static const std::string nothing;
  const Node::Entry* entry = table.find(key);
  return entry != nullptr && entry->value.kind == text::NodeKind::string ? entry->value.string
                                                                         : nothing;
}

const std::vector<Node>& items_at(const Node& table, std::string_view key) {
  static const std::vector<Node> nothing;
  const Node::Entry* entry = table.find(key);
  return entry != nullptr && entry->value.kind == text::NodeKind::array ? entry->value.items
                                                                        : nothing;
}

// What [[statistic]] and [[method.statistic]] say alike.
template <class To>
void read_kind(TableReader& reader, To& out) {
  const auto is = reader.choice("is", {"min", "max", "mean", "sum", "sd", "sd_population", "median",
                                       "quantile", "count", "rank", "percent_rank", "share"});
  if (!reader.has("is")) reader.require("is");
  out.is = static_cast<StatisticKind>(is.value_or(0));
  const auto at = reader.number("at");
  const bool needs_at = out.is == StatisticKind::quantile;
  if (at && (*at < 0 || *at > 1)) {
    reader.report(Code::value_number, reader.place("at"),
                  {"'at' 应在 0 与 1 之间", "'at' should be between 0 and 1"},
                  {"下四分位数写 at = 0.25", "the lower quartile is at = 0.25"});
  } else if (at && !needs_at) {
    reader.report(Code::key_unknown, reader.place("at"),
                  {"只有 quantile 用 'at'", "only a quantile has 'at'"},
                  {"删去 at，或写 is = \"quantile\"", "remove it, or write is = \"quantile\""});
  } else if (needs_at && !reader.has("at")) {
    reader.require("at");
  }
  out.at = at.value_or(0.5);
  const auto order = reader.choice("order", {"largest_first", "smallest_first"});
  if (reader.has("order") && out.is != StatisticKind::rank)
    reader.report(Code::key_unknown, reader.place("order"),
                  {"只有 rank 用 'order'", "only a rank has 'order'"}, {"删去 order", "remove it"});
  out.smallest_first = order.value_or(0) == 1;
}

}  // namespace

void Reading::name_statistics(std::unordered_set<std::string>& taken) {
  for (const Node* table : top_.tables("statistic")) {
    TableReader reader(*table, "[[statistic]]", diagnostics_);
    Statistic made;
    made.id = read_id(reader, taken);
    made.place = table->place;
    made.input = out_.inputs.size();
    out_.inputs.push_back({made.id,
                           reader.text("name").value_or(Text{made.id, made.id}),
                           {},
                           {},
                           out_.statistics.size()});
    out_.statistics.push_back(std::move(made));
    named_statistics_.push_back({table, nullptr});
  }
  name_method_statistics(taken);
}

// A method's statistic is one for each rule-set indicator that names the method and gives no number
// of its own: INDICATOR_STATISTIC.
void Reading::name_method_statistics(std::unordered_set<std::string>& taken) {
  std::unordered_map<std::string, const Node*> with_statistics;
  for (const Node& method : items_at(lineage_.root, "method")) {
    if (!items_at(method, "statistic").empty())
      with_statistics.emplace(word_at(method, "id"), &method);
  }
  for (const Node& indicator : items_at(lineage_.root, "indicator")) {
    const auto method = with_statistics.find(word_at(indicator, "method"));
    if (method == with_statistics.end()) continue;
    const Node::Entry* params = indicator.find("params");
    for (const Node& table : items_at(*method->second, "statistic")) {
      const std::string& own = word_at(table, "id");
      if (own.empty() || (params != nullptr && params->value.find(own) != nullptr)) continue;
      Statistic made;
      made.id = word_at(indicator, "id") + "_" + own;
      made.of_method = true;
      made.place = indicator.place;
      made.input = out_.inputs.size();
      if (!taken.insert(made.id).second) {
        report(Code::id_duplicate, indicator.place,
               {"统计量 '" + made.id + "' 与另一个 id 重名",
                "the statistic '" + made.id + "' has the name of something else"},
               {"换一个指标 id", "choose another id for the indicator"});
      }
      out_.inputs.push_back({made.id, Text{made.id, made.id}, {}, {}, out_.statistics.size()});
      out_.statistics.push_back(std::move(made));
      named_statistics_.push_back({&table, &indicator});
    }
  }
}

void Reading::read_method_statistics(TableReader& reader, Method& method) {
  std::unordered_set<std::string> taken;
  for (const Node* table : reader.tables("statistic")) {
    TableReader item(*table, "[[method.statistic]]", diagnostics_);
    MethodStatistic made;
    made.id = read_id(item, taken);
    read_kind(item, made);
    item.finish();
    method.params.push_back({made.id, std::nan("")});
    method.statistics.push_back(std::move(made));
  }
}

void Reading::give_statistics(FixedIndicator& indicator) {
  for (Parameter& param : indicator.params) {
    if (!std::isnan(param.value)) continue;
    const std::string id = indicator.id + "_" + param.name;
    for (std::size_t i = 0; i < out_.inputs.size(); ++i) {
      if (out_.inputs[i].statistic != none && out_.inputs[i].id == id) param.input = i;
    }
  }
}

std::size_t Reading::read_by(const std::string& word, const text::Place& at) {
  if (word == "year") return project_year;
  std::vector<std::string> known{"year"};
  for (std::size_t i = 0; i < out_.inputs.size(); ++i) {
    if (out_.inputs[i].statistic != none) continue;
    if (out_.inputs[i].id == word) return out_.first_input_name() + i;
    known.push_back(out_.inputs[i].id);
  }
  report(Code::reference_unknown, at,
         {"'by' 应为 \"year\" 或一个 [[input]]，没有 '" + word + "'",
          "'by' is \"year\" or an [[input]]: there is no '" + word + "'"},
         text::suggestion(word, known));
  return none;
}

void Reading::read_statistic(const Node& table, const formula::Scope& scope, Statistic& out) {
  TableReader reader(table, "[[statistic]]", diagnostics_);
  reader.allow("id");
  reader.allow("name");
  const auto of = reader.required_formula("of");
  read_kind(reader, out);
  if (const auto by = reader.string("by")) out.by = read_by(*by, reader.place("by"));
  reader.finish();
  if (!of) return;
  if (auto compiled = formula::compile(*of, scope, diagnostics_)) out.of = *std::move(compiled);
}

void Reading::read_statistics() {
  if (out_.statistics.empty()) return;
  formula::Scope scope = out_.project_scope;
  for (const FixedIndicator& indicator : out_.indicators)
    scope.add("points_" + indicator.id, value::summed);
  scope.keeps_bounds = true;  // ranks of equal values are equal
  const std::size_t before = diagnostics_.size();
  for (std::size_t s = 0; s < out_.statistics.size(); ++s) {
    Statistic& out = out_.statistics[s];
    const NamedStatistic& named = named_statistics_[s];
    if (named.indicator == nullptr) {
      read_statistic(*named.table, scope, out);
      continue;
    }
    std::vector<Diagnostic> said;  // of the method, already
    TableReader reader(*named.table, "[[method.statistic]]", said);
    read_kind(reader, out);
    if (const Node::Entry* by = named.indicator->find("by"))
      out.by = read_by(by->value.string, by->value.place);
    const auto whose = std::find_if(
        out_.indicators.begin(), out_.indicators.end(),
        [&](const FixedIndicator& one) { return one.id == word_at(*named.indicator, "id"); });
    if (whose != out_.indicators.end()) out.of = whose->actual;
  }
  if (!text::has_error(std::span(diagnostics_).subspan(before)) && !text::has_error(diagnostics_))
    settle_stages();
}

namespace {

// Which statistics each statistic needs first.
class Needs {
 public:
  explicit Needs(const RuleSet& rules) : rules_(rules) {}

  std::vector<std::size_t> of(const Statistic& statistic) {
    found_.clear();
    project_names_of(statistic.of);
    if (statistic.by != none) project_name(statistic.by);
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return found_;
  }

 private:
  void input(std::size_t which) {
    if (rules_.inputs[which].statistic != none) found_.push_back(rules_.inputs[which].statistic);
  }
  void project_name(std::size_t name) {
    if (name < rules_.first_input_name()) return;
    if (name < rules_.first_block_name()) return input(name - rules_.first_input_name());
    if (name < rules_.total_name()) return block(name - rules_.first_block_name());
    if (name == rules_.total_name()) return total();
    indicator(rules_.indicators[name - rules_.total_name() - 1]);
  }
  void project_names_of(const formula::Formula& formula) {
    for (const std::size_t name : formula.used()) project_name(name);
  }
  void project_names_of(const std::optional<formula::Formula>& formula) {
    if (formula) project_names_of(*formula);
  }
  void row_names_of(const formula::Formula& formula) {
    for (const std::size_t name : formula.used()) {
      if (name >= row_names && name < row_names + rules_.inputs.size()) input(name - row_names);
    }
  }
  void method(const Method& one) {
    row_names_of(one.points);
    if (one.domain) row_names_of(*one.domain);
    if (one.outside.points) row_names_of(*one.outside.points);
    for (const MethodInput& own : one.inputs) {
      if (own.otherwise) row_names_of(*own.otherwise);
    }
    for (const Accept& accept : one.accepts) row_names_of(accept.that);
  }
  void indicator(const FixedIndicator& one) {
    project_names_of(one.actual);
    project_names_of(one.domain);
    project_names_of(one.outside.points);
    for (const Parameter& param : one.params) {
      if (param.input != none) input(param.input);
    }
    if (one.method != none) method(rules_.methods[one.method]);
  }
  // Of the indicators of the projects only the rule set's own methods are known.
  void block(std::size_t which) {
    for (const FixedIndicator& one : rules_.indicators) {
      if (one.block == which) indicator(one);
    }
    for (const Method& one : rules_.methods) {
      if (one.when) method(one);
    }
  }
  void total() {
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) block(b);
    if (rules_.combine) {
      for (const std::size_t name : rules_.combine->used()) {
        if (name < rules_.first_block_name()) project_name(name);
      }
    }
    const auto given = [&](const formula::Formula& formula) {
      for (const std::size_t name : formula.used()) {
        if (name < rules_.first_block_name()) project_name(name);
      }
    };
    for (const Adjustment& one : rules_.adjustments) given(one.points);
    for (const Veto& one : rules_.vetoes) {
      if (one.when) given(*one.when);
    }
  }

  const RuleSet& rules_;
  std::vector<std::size_t> found_;
};

}  // namespace

void Reading::settle_stages() {
  Needs needs(out_);
  std::vector<std::vector<std::size_t>> first(out_.statistics.size());
  for (std::size_t s = 0; s < first.size(); ++s) {
    Statistic& one = out_.statistics[s];
    first[s] = needs.of(one);
    one.names_outcome =
        std::any_of(one.of.used().begin(), one.of.used().end(),
                    [&](std::size_t name) { return name >= out_.first_block_name(); });
  }
  enum class Mark { fresh, open, done };
  std::vector<Mark> marks(first.size(), Mark::fresh);
  std::vector<std::size_t> way;
  const std::function<bool(std::size_t)> settle = [&](std::size_t s) {
    if (marks[s] == Mark::done) return true;
    way.push_back(s);
    if (marks[s] == Mark::open) {
      std::string circle;
      const auto from = std::find(way.begin(), way.end(), s);
      for (auto at = from; at != way.end(); ++at)
        circle += (at == from ? "" : " → ") + out_.statistics[*at].id;
      report(Code::statistic_circle, out_.statistics[s].place,
             {"统计量循环定义：" + circle, "these statistics go in a circle: " + circle},
             {"其中一个的 'of' 改用不依赖它的输入或得分",
              "let the 'of' of one of them name inputs or points that do not need it"});
      return false;
    }
    marks[s] = Mark::open;
    for (const std::size_t before : first[s]) {
      if (!settle(before)) return false;
      out_.statistics[s].stage =
          std::max(out_.statistics[s].stage, out_.statistics[before].stage + 1);
    }
    marks[s] = Mark::done;
    way.pop_back();
    return true;
  };
  for (std::size_t s = 0; s < first.size(); ++s) {
    if (!settle(s)) return;
  }
}

}  // namespace jixiao::ruleset
