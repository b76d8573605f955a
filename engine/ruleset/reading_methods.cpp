#include <algorithm>
#include <cmath>

#include "ruleset/reading.hpp"
#include "text/suggestion.hpp"

namespace jixiao::ruleset {

using text::Code;
using text::Node;
using text::TableReader;

namespace {

std::optional<value::Direction> direction_of(std::string_view word) {
  for (int i = 0; i <= static_cast<int>(value::Direction::between); ++i) {
    if (word == value::name(static_cast<value::Direction>(i)))
      return static_cast<value::Direction>(i);
  }
  return std::nullopt;
}

std::optional<value::Kind> kind_of(std::string_view word) {
  for (int i = 0; i < static_cast<int>(value::Kind::phrase); ++i) {
    if (word == value::name(static_cast<value::Kind>(i))) return static_cast<value::Kind>(i);
  }
  return std::nullopt;
}

const std::vector<std::string> direction_words{"at_least",  "more_than", "at_most",
                                               "less_than", "equal",     "between"};
const std::vector<std::string> kind_words{"number", "date", "yes_no", "grade", "key_points"};
const std::vector<std::string> zero_words{"zero", "nonzero"};

}  // namespace

formula::Scope Reading::method_scope(const Method& method, bool with_outcome) const {
  formula::Scope scope;
  scope.calendar = out_.calendar;
  scope.variables = {"A", "T", "U",           "W",          "B0",
                     "B", "E", "fiscal_year", "has_reason", "has_evidence"};
  // An author does not know the names inside every method of a catalogue.
  const auto is_own = [&](const std::string& id) {
    const auto has_id = [&](const auto& list, const auto& name) {
      return std::any_of(list.begin(), list.end(),
                         [&](const auto& one) { return one.*name == id; });
    };
    return has_id(method.params, &Parameter::name) || has_id(method.inputs, &MethodInput::id) ||
           std::find(method.state_columns.begin(), method.state_columns.end(), id) !=
               method.state_columns.end();
  };
  for (const Input& input : out_.inputs) {
    const bool hidden = inherited_method_ && is_own(input.id);
    scope.variables.push_back(hidden ? "hidden_input_" + input.id : input.id);
  }
  for (const Parameter& param : method.params) scope.variables.push_back(param.name);
  for (const MethodInput& input : method.inputs)
    scope.add(input.id, input.otherwise ? value::computed : 0);
  for (const std::string& column : method.state_columns) scope.variables.push_back(column);
  if (with_outcome) {
    scope.add("points", value::summed);
    scope.add("lost", value::summed);
  }
  scope.words = word_lists(out_.inputs, row_names);
  scope.bounds.resize(scope.variables.size(), 0.0);
  scope.bounds[row_W] = value::computed;  // an equal share of a block
  scope.bounded = row_A;                  // of a rule-set indicator it is a formula's result
  return scope;
}

std::vector<Parameter> Reading::read_params(TableReader& reader) {
  std::vector<Parameter> out;
  const Node* table = reader.table("params");
  if (table == nullptr) return out;
  for (const Node::Entry& entry : table->entries) {
    if (entry.value.kind != text::NodeKind::integer && entry.value.kind != text::NodeKind::number) {
      report(Code::value_type, entry.value.place,
             {"参数 '" + entry.key + "' 应为数",
              "the parameter '" + entry.key + "' should be a number"});
      continue;
    }
    if (!std::isfinite(entry.value.number)) {
      report(Code::value_number, entry.value.place,
             {"参数 '" + entry.key + "' 必须是有限的数",
              "the parameter '" + entry.key + "' must be a finite number"});
      continue;
    }
    out.push_back({entry.key, entry.value.number});
  }
  return out;
}

std::optional<Selector> Reading::read_selector(TableReader& reader) {
  const Node* table = reader.table("when");
  if (table == nullptr) return std::nullopt;
  TableReader when(*table, "when", diagnostics_);
  Selector out;
  for (const std::string& id : when.strings("block")) {
    if (const auto at = reference(when.place("block"), "[[block]]", id, blocks_); at != none)
      out.blocks.push_back(at);
  }
  for (const std::string& id : when.strings("type")) {
    if (const auto at = reference(when.place("type"), "[[type]]", id, types_); at != none)
      out.types.push_back(at);
  }
  const auto words = [&](std::string_view key, const std::vector<std::string>& known,
                         const auto& take) {
    for (const std::string& word : when.strings(key)) {
      if (take(word)) continue;
      report(Code::value_choice, when.place(key),
             {"'" + std::string(key) + "' 不能是 '" + word + "'",
              "'" + std::string(key) + "' cannot be '" + word + "'"},
             text::suggestion(word, known));
    }
  };
  words("direction", direction_words, [&](const std::string& word) {
    const auto direction = direction_of(word);
    if (direction) out.directions.push_back(*direction);
    return direction.has_value();
  });
  words("value", kind_words, [&](const std::string& word) {
    const auto kind = kind_of(word);
    if (kind) out.kinds.push_back(*kind);
    return kind.has_value();
  });
  words("target", zero_words, [&](const std::string& word) {
    if (word != "zero" && word != "nonzero") return false;
    out.target_zero = word == "zero";
    return true;
  });
  when.finish();
  return out;
}

Outside Reading::read_outside(TableReader& reader, const formula::Scope& scope) {
  Outside out;
  const auto source = reader.formula("outside");
  if (!source) return out;
  constexpr std::array words{"error", "zero", "full", "not_applicable"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (source->text != words[i]) continue;
    out.policy = static_cast<OutsidePolicy>(i);
    return out;
  }
  out.policy = OutsidePolicy::formula;
  out.points = formula::compile(*source, scope, diagnostics_);
  return out;
}

void Reading::read_states(TableReader& reader, Method& method) {
  std::unordered_set<std::string> taken;
  for (const Node* table : reader.tables("state")) {
    TableReader item(*table, "[[method.state]]", diagnostics_);
    State state;
    state.id = read_id(item, taken);
    state.name = item.text("name").value_or(Text{state.id, state.id});
    state.also = item.strings("also");
    std::vector<Parameter> columns;
    for (const Node::Entry* entry : item.rest()) {
      if (entry->value.kind != text::NodeKind::integer &&
          entry->value.kind != text::NodeKind::number) {
        report(Code::value_type, entry->value.place,
               {"状态列 '" + entry->key + "' 应为数",
                "the state column '" + entry->key + "' should be a number"});
        continue;
      }
      columns.push_back({entry->key, entry->value.number});
    }
    std::sort(columns.begin(), columns.end(),
              [](const Parameter& a, const Parameter& b) { return a.name < b.name; });
    std::vector<std::string> names;
    for (const Parameter& column : columns) {
      names.push_back(column.name);
      state.values.push_back(column.value);
    }
    if (method.states.empty()) method.state_columns = names;
    if (names != method.state_columns) {
      report(Code::key_missing, table->place,
             {"同一方法的各状态必须有相同的数值键",
              "every state of a method must have the same numeric keys"});
      state.values.resize(method.state_columns.size());
    }
    method.states.push_back(std::move(state));
  }
}

// A band table as muParser text: rows from high to low, one condition each.
std::optional<text::Located> Reading::bands_formula(const Node& table, Method& method) {
  TableReader reader(table, "[method.bands]", diagnostics_);
  const auto of = reader.required_formula("of");
  const auto over_text = reader.string("over");
  reader.require("rows");
  Interval whole;
  bool readable = true;  // where an interval is not, what the others leave open says nothing
  if (over_text) {
    if (const auto parsed = Interval::parse(*over_text)) {
      whole = *parsed;
    } else {
      readable = false;
      report(
          Code::value_text, reader.place("over"),
          {"读不懂区间 '" + *over_text + "'", "the interval '" + *over_text + "' cannot be read"},
          {"例如 \"[0,)\"", "such as \"[0,)\""});
    }
  }
  struct Row {
    Interval in;
    text::Located points;
    text::Place place;
  };
  std::vector<Row> rows;
  for (const Node* item : reader.tables("rows")) {
    TableReader row(*item, "rows", diagnostics_);
    const std::string in = row.required_string("in");
    auto points = row.required_formula("points");
    row.finish();
    const auto interval = Interval::parse(in);
    if (!interval) {
      readable = false;
      report(Code::value_text, row.place("in"),
             {"读不懂区间 '" + in + "'", "the interval '" + in + "' cannot be read"},
             {"例如 \"[80,90)\"", "such as \"[80,90)\""});
    }
    // Compiled alone first, so that a mistake is found at its own place.
    if (points) {
      if (!formula::compile(*points, method.scope, diagnostics_)) points.reset();
    }
    if (interval && apart(*interval, whole)) {
      report(Code::bands_overlap, row.place("in"),
             {"这一行永远用不到：over 只到 " + whole.text(),
              "nothing can reach this row: 'over' ends at " + whole.text()},
             {"删去这一行，或放宽 over", "remove the row, or widen 'over'"});
    } else if (interval && points) {
      rows.push_back({*interval, *points, row.place("in")});
    }
  }
  reader.finish();
  if (!of || rows.empty() || !formula::compile(*of, method.scope, diagnostics_))
    return std::nullopt;

  std::vector<Interval> intervals;
  for (const Row& row : rows) intervals.push_back(row.in);
  for (const CoverFlaw& flaw :
       readable ? cover_flaws(intervals, whole) : std::vector<CoverFlaw>{}) {
    const text::Place& at = flaw.second != CoverFlaw::npos ? rows[flaw.second].place
                                                           : rows[flaw.first].place;
    const std::string where = flaw.where.text();
    if (flaw.kind == CoverFlaw::Kind::gap) {
      report(Code::bands_gap, at, {"分段没有覆盖 " + where, "no row covers " + where},
             {"补上一行，或用 over 限定取值范围",
              "add a row, or say with 'over' which values there are"});
    } else {
      report(Code::bands_overlap, at, {"分段重叠于 " + where, "two rows cover " + where},
             {"两行的交界处一开一闭，如 [80,90) 与 [90,)",
              "close one end and open the other where rows meet: [80,90) and [90,)"});
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.in.low != b.in.low ? a.in.low > b.in.low : !a.in.low_closed && b.in.low_closed;
  });
  std::string text;
  const std::string x =
      of->text.find_first_of("+-*/^<>=&|?:") == std::string::npos ? of->text : "(" + of->text + ")";
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    const Interval& in = rows[i].in;
    const std::string points = rows[i].points.text.find('?') == std::string::npos
                                   ? rows[i].points.text
                                   : "(" + rows[i].points.text + ")";
    text += x + (in.low_closed ? " >= " : " > ") + value::plain(in.low, 9) + " ? " + points + " : ";
  }
  text += rows.back().points.text;
  if (over_text && !method.domain) {
    std::string domain;
    if (std::isfinite(whole.low))
      domain = x + (whole.low_closed ? " >= " : " > ") + value::plain(whole.low, 9);
    if (std::isfinite(whole.high))
      domain += (domain.empty() ? "" : " && ") + x + (whole.high_closed ? " <= " : " < ") +
                value::plain(whole.high, 9);
    if (!domain.empty())
      method.domain = formula::compile({domain, reader.place("over")}, method.scope, diagnostics_);
  }
  return text::Located{text, of->start};
}

// 0/0 is NaN, and a NaN condition can choose full marks: what divides by a value must say where it
// holds.
void Reading::require_domain(const Method& method, const text::Located& points) {
  if (method.domain) return;
  const auto tokens = method.points.tokens();
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const std::size_t at = text::prefix_bytes(points.text, tokens[i].at);
    if (tokens[i].kind != formula::Token::Kind::sign || points.text[at] != '/' ||
        tokens[i + 1].kind != formula::Token::Kind::variable)
      continue;
    const std::size_t name = tokens[i + 1].variable;
    if (name == row_W || name >= method.first_param) continue;
    const std::string& divisor = method.scope.variables[name];
    report(Code::formula_domain, points.place(tokens[i + 1].at, tokens[i + 1].length),
           {"公式除以 " + divisor + "，却没有 domain：" + divisor + " 为 0 时结果没有意义",
            "the formula divides by " + divisor + " but has no domain: it means nothing where " +
                divisor + " is 0"},
           {"加上 domain = '" + divisor + " > 0'，并用 outside 说明其余情形",
            "add domain = '" + divisor + " > 0', and say with 'outside' what happens elsewhere"});
    return;
  }
}

// Points for a missing actual: where it is not there the formula `otherwise` speaks, and the domain
// does not.
void Reading::pay_missing(const text::Located& otherwise, Method& method) {
  const auto own = formula::compile(otherwise, method.scope, diagnostics_);
  if (!own) return;
  const auto used = own->used();
  if (std::find(used.begin(), used.end(), std::size_t{row_A}) != used.end()) {
    report(Code::formula_refused, otherwise.place(0, text::character_count(otherwise.text)),
           {"missing 说的是没有 A 时的得分，不能使用 A",
            "'missing' says what is paid where there is no A: it cannot name A"},
           {"写成数或权重的一部分，如 0.3*W", "write a number, or a part of W: 0.3*W"});
    return;
  }
  std::vector<Diagnostic> said;  // of the parts, already
  const auto unless_missing = [&](const formula::Formula& formula, const std::string& instead) {
    return formula::compile(
        {"given(A) ? (" + formula.text() + ") : (" + instead + ")", formula.source().start},
        method.scope, said);
  };
  if (auto points = unless_missing(method.points, otherwise.text))
    method.points = *std::move(points);
  if (method.domain) method.domain = unless_missing(*method.domain, "1");
  diagnostics_.insert(diagnostics_.end(), said.begin(), said.end());
}

void Reading::read_method(const Node& table) {
  TableReader reader(table, "[[method]]", diagnostics_);
  Method method;
  method.place = table.place;
  method.id = read_id(reader, method_ids_, ".-");
  inherited_method_ = table.place.source && table.place.source->name() != out_.file;
  method.title = reader.text("title").value_or(Text{method.id, method.id});
  method.note = reader.text("note").value_or(Text{});
  method.when = read_selector(reader);
  method.params = read_params(reader);
  read_method_statistics(reader, method);
  method.beyond = reader.boolean("beyond").value_or(false);
  read_states(reader, method);

  std::unordered_set<std::string> input_ids;
  for (const Node* item : reader.tables("input")) {
    TableReader input(*item, "[[method.input]]", diagnostics_);
    MethodInput made{read_id(input, input_ids), input.text("name").value_or(Text{}), std::nullopt};
    // A default may use everything but the inputs.
    const formula::Scope scope = method_scope(method, false);
    if (const auto otherwise = input.formula("default"))
      made.otherwise = formula::compile(*otherwise, scope, diagnostics_);
    input.finish();
    method.inputs.push_back(std::move(made));
  }
  // Defaults were compiled before the inputs had positions: compile them again in the final scope.
  method.scope = method_scope(method, false);
  for (MethodInput& input : method.inputs) {
    if (input.otherwise)
      input.otherwise = formula::compile(input.otherwise->source(), method.scope, diagnostics_);
  }
  method.first_param = row_names + out_.inputs.size();
  method.first_input = method.first_param + method.params.size();
  method.first_state = method.first_input + method.inputs.size();
  std::unordered_set<std::string_view> seen;
  for (const std::string& name : method.scope.variables) {
    if (seen.find(name) != seen.end() || !formula::is_name(name)) {
      report(seen.empty() || formula::is_name(name) ? Code::id_duplicate : Code::id_invalid,
             table.place,
             {"方法 '" + method.id + "' 中的名字 '" + name + "' 重复或不能用于公式",
              "the name '" + name + "' in the method '" + method.id +
                  "' is taken or cannot be used in a formula"});
    }
    seen.insert(name);
  }

  if (const auto domain = reader.formula("domain"))
    method.domain = formula::compile(*domain, method.scope, diagnostics_);
  if (method.domain && std::find(method.domain->used().begin(), method.domain->used().end(),
                                 std::size_t{row_W}) != method.domain->used().end()) {
    report(Code::formula_refused, reader.place("domain"),
           {"domain 不能使用 W：权重要在知道谁适用之后才确定",
            "a domain cannot name W: weights are settled after it is known what applies"});
  }
  method.outside = read_outside(reader, method.scope);
  std::optional<text::Located> points = reader.formula("points");
  if (const Node* bands = reader.table("bands")) {
    if (points)
      report(Code::key_unknown, reader.place("points"),
             {"points 与 bands 只能有一个", "give either points or bands, not both"});
    points = bands_formula(*bands, method);
  } else if (!points && !reader.has("points")) {
    reader.require("points");
  }
  if (points) {
    formula::Scope scope = method.scope;
    scope.keeps_bounds = out_.indicator_rounding.has_value();
    if (auto compiled = formula::compile(*points, scope, diagnostics_))
      method.points = *std::move(compiled), require_domain(method, *points);
  }
  if (const auto missing = reader.formula("missing"); missing && points)
    pay_missing(*missing, method);

  const formula::Scope outcome = method_scope(method, true);
  const auto reason_tables = reader.tables("reason");
  for (const Node* item : reason_tables) {
    TableReader reason(*item, "[[method.reason]]", diagnostics_);
    Reason made;
    if (const auto when = reason.formula("when"))
      made.when = formula::compile(*when, outcome, diagnostics_);
    made.wording = read_wording(reason, outcome);
    reason.finish();
    method.reasons.push_back(std::move(made));
  }
  for (const Node* item : reader.tables("accept")) {
    TableReader accept(*item, "[[method.accept]]", diagnostics_);
    const auto that = accept.required_formula("that");
    accept.require("text");
    const Node* text_node = accept.node("text");
    if (that) {
      auto compiled = formula::compile(*that, method.scope, diagnostics_);
      if (compiled && text_node != nullptr)
        method.accepts.push_back({*std::move(compiled), read_wording(*text_node, method.scope)});
    }
    accept.finish();
  }
  for (const Node* item : reader.tables("check")) {
    if (auto check = read_check(*item, outcome)) method.checks.push_back(*std::move(check));
  }
  method.cite = read_cite(reader, "cite", true, "[[method]] " + method.id);
  reader.finish();
  inherited_method_ = false;
  methods_.add(method.id);
  out_.methods.push_back(std::move(method));
}

bool Reading::is_needed(const Node& method) {
  const Node::Entry* id = method.find("id");
  if (needs_.everything || method.find("when") != nullptr || id == nullptr) return true;
  if (!methods_in_use_) {
    methods_in_use_.emplace(needs_.methods.begin(), needs_.methods.end());
    const Node::Entry* indicators = lineage_.root.find("indicator");
    for (const Node& indicator :
         indicators != nullptr ? indicators->value.items : std::vector<Node>{}) {
      if (const Node::Entry* named = indicator.find("method"))
        methods_in_use_->insert(named->value.string);
    }
  }
  return methods_in_use_->count(id->value.string) > 0;
}

void Reading::read_methods() {
  for (const Node* table : top_.tables("method")) {
    if (is_needed(*table)) read_method(*table);
  }
}

// A number, or a formula over inputs and money: 'revenue_plan'.
void Reading::read_fixed_target(TableReader& reader, const formula::Scope& scope,
                                FixedIndicator& made) {
  const Node* written = reader.node("target");
  if (written == nullptr) return;
  if (written->kind != text::NodeKind::string) {
    if (const auto target = reader.number("target")) made.target = *target, made.has_target = true;
    return;
  }
  const auto formula = reader.formula("target");
  if (!formula) return;
  made.target_formula = formula::compile(*formula, scope, diagnostics_);
  made.has_target = made.target_formula.has_value();
  made.target = std::nan("");
  made.target_text = formula->text;
}

void Reading::read_fixed_indicators() {
  std::unordered_set<std::string> taken;
  formula::Scope scope;
  scope.calendar = out_.calendar;
  scope.variables = {"B0", "B", "E", "fiscal_year"};
  for (const Input& input : out_.inputs) scope.variables.push_back(input.id);
  scope.words = word_lists(out_.inputs, project_names);
  formula::Scope actual_scope = scope;
  actual_scope.keeps_bounds = true;

  for (const Node* table : top_.tables("indicator")) {
    TableReader reader(*table, "[[indicator]]", diagnostics_);
    FixedIndicator made;
    made.place = table->place;
    made.id = read_id(reader, taken);
    reader.allow("by");  // read with the statistics
    made.name = reader.text("name").value_or(Text{made.id, made.id});
    if (const std::string block = reader.required_string("block"); !block.empty())
      made.block = reference(reader.place("block"), "[[block]]", block, blocks_);
    if (const auto type = reader.string("type"))
      made.type = reference(reader.place("type"), "[[type]]", *type, types_);
    made.weight = reader.number("weight");
    if (made.weight && *made.weight < 0)
      report(Code::weights_invalid, reader.place("weight"),
             {"权重不能为负", "a weight cannot be negative"});
    if (made.weight)
      check_decimals(out_.indicator_rounding, *made.weight, reader.place("weight"),
                     {"指标 '" + made.id + "'", "the indicator '" + made.id + "'"});
    read_fixed_target(reader, scope, made);
    if (const auto unit = reader.string("unit")) {
      const auto parsed = value::Unit::parse(*unit);
      if (!parsed)
        report(Code::value_text, reader.place("unit"),
               {"读不懂单位 '" + *unit + "'", "the unit '" + *unit + "' cannot be read"});
      made.unit = parsed.value_or(value::Unit{});
    }
    if (const auto direction = reader.string("direction")) {
      if (const auto known = direction_of(*direction)) {
        made.direction = *known;
      } else {
        report(Code::value_choice, reader.place("direction"),
               {"'direction' 不能是 '" + *direction + "'",
                "'direction' cannot be '" + *direction + "'"},
               text::suggestion(*direction, direction_words));
      }
    }
    if (const auto actual = reader.required_formula("actual")) {
      if (auto compiled = formula::compile(*actual, actual_scope, diagnostics_))
        made.actual = *std::move(compiled);
    }
    if (const auto domain = reader.formula("domain"))
      made.domain = formula::compile(*domain, scope, diagnostics_);
    made.outside = read_outside(reader, scope);
    const std::vector<Parameter> given = read_params(reader);
    const std::string method = reader.required_string("method");
    if (!method.empty())
      made.method = reference(reader.place("method"), "[[method]]", method, methods_);
    if (made.method != none) {
      made.params = out_.methods[made.method].params;
      give_statistics(made);
      for (const Parameter& param : given) {
        const auto known = std::find_if(made.params.begin(), made.params.end(),
                                        [&](const Parameter& p) { return p.name == param.name; });
        if (known != made.params.end()) {
          known->value = param.value;
          known->input = none;  // a number of the author's takes the place of the table's
          continue;
        }
        std::vector<std::string> names;
        for (const Parameter& p : made.params) names.push_back(p.name);
        report(Code::reference_unknown, reader.place("params"),
               {"方法 '" + method + "' 没有参数 '" + param.name + "'",
                "the method '" + method + "' has no parameter '" + param.name + "'"},
               text::suggestion(param.name, names));
      }
    }
    made.cite = read_cite(reader, "cite", false, "");
    reader.finish();
    out_.indicators.push_back(std::move(made));
  }
}

}  // namespace jixiao::ruleset
