#include <algorithm>
#include <array>

#include "funding/rules.hpp"
#include "jixiao/funding.hpp"
#include "project/reading.hpp"
#include "ruleset/citation.hpp"
#include "ruleset/lineage.hpp"
#include "text/suggestion.hpp"
#include "text/table_reader.hpp"

namespace jixiao {
namespace funding {

using text::Code;
using text::Node;
using text::TableReader;

namespace {

const ruleset::Family& funding_rules() {
  static constexpr std::array<std::string_view, 3> merged{"rating", "input", "step"};
  static const ruleset::Family family{
      "use.toml", {"结果应用规则", "set of rules on the use of results"}, merged};
  return family;
}

class RulesReader {
 public:
  RulesReader(const ruleset::Lineage& lineage, std::vector<Diagnostic>& diagnostics)
      : file_(lineage, "rules on the use of results", diagnostics),
        diagnostics_(diagnostics),
        top_(file_.top()) {}

  Rules read() {
    file_.read_head("jixiao/use/1", out_);
    read_rounding();
    read_ratings();
    read_inputs();
    file_.read_params(
        [this](const std::string& name, const text::Place& place) { check_name(name, place); },
        out_.params);
    formula::Scope scope;
    scope.variables = out_.known_names();
    scope.set_bounds(value::computed);
    if (const auto base = file_.compiled(top_.required_formula("base"), scope)) out_.base = *base;
    scope.add("base", value::computed);
    out_.carry = file_.compiled(top_.formula("carry"), scope);
    scope.add("carry", value::computed);
    scope.add("amount", value::computed);
    for (const Node* table : top_.tables("step")) read_step(*table, scope);
    top_.finish();
    return std::move(out_);
  }

 private:
  // A name of the author's own, for formulas.
  void check_name(const std::string& name, const text::Place& place) {
    std::vector<std::string> taken = out_.known_names();
    taken.insert(taken.end(), {"base", "carry", "amount"});
    if (formula::is_name(name) && std::find(taken.begin(), taken.end(), name) == taken.end())
      return;
    file_.refuse_name(name, place);
  }

  void read_rounding() {
    const Node* table = top_.table("rounding");
    if (table == nullptr) return;
    TableReader reader(*table, "rounding", diagnostics_);
    out_.rounding.digits = static_cast<int>(reader.integer("digits", 0, 2).value_or(0));
    out_.rounding.mode = static_cast<value::RoundingMode>(
        reader.choice("mode", {"half_up", "half_even", "down", "up"}).value_or(2));
    reader.finish();
  }

  void read_ratings() {
    std::vector<std::string> taken;
    top_.require("rating");
    for (const Node* table : top_.tables("rating")) {
      TableReader reader(*table, "[[rating]]", diagnostics_);
      Rating rating;
      rating.id = ruleset::RuleFileReader::read_id(reader, taken);
      rating.label = reader.text("label").value_or(Text{rating.id, rating.id});
      rating.also = reader.strings("also");
      std::vector<std::pair<std::string, double>> columns;
      for (const Node::Entry* entry : reader.rest()) {
        if (ruleset::is_number(entry->value)) {
          columns.emplace_back(entry->key, entry->value.number);
          continue;
        }
        reader.report(Code::value_type, entry->value.place,
                      {"'" + entry->key + "' 应为数", "'" + entry->key + "' should be a number"});
      }
      std::sort(columns.begin(), columns.end());
      std::vector<std::string> keys;
      for (const auto& [key, number] : columns) {
        keys.push_back(key);
        rating.values.push_back(number);
      }
      if (out_.ratings.empty()) {
        for (const std::string& key : keys) check_name(key, table->place);
        out_.columns = keys;
      } else if (keys != out_.columns) {
        reader.report(Code::key_missing, table->place,
                      {"各等级必须有相同的数值键", "every rating must have the same numeric keys"});
        rating.values.resize(out_.columns.size());
      }
      out_.ratings.push_back(std::move(rating));
    }
  }

  void read_inputs() {
    std::vector<std::string> taken;
    for (const Node* table : top_.tables("input")) {
      TableReader reader(*table, "[[input]]", diagnostics_);
      Input input;
      input.id = ruleset::RuleFileReader::read_id(reader, taken);
      input.name = reader.text("name").value_or(Text{input.id, input.id});
      input.unit = project::read_unit(reader, "unit", diagnostics_).value_or(value::Unit{});
      input.otherwise = reader.number("default");
      reader.finish();
      check_name(input.id, reader.place("id"));
      out_.inputs.push_back(std::move(input));
    }
  }

  void read_step(const Node& table, const formula::Scope& scope) {
    TableReader reader(table, "[[step]]", diagnostics_);
    Step step;
    step.id = ruleset::RuleFileReader::read_id(reader, steps_taken_);
    step.title = reader.text("title").value_or(Text{step.id, step.id});
    step.recalls = reader.choice("to", {"next", "recalled"}).value_or(0) == 1;
    step.optional = reader.boolean("optional").value_or(false);
    step.condition = file_.compiled(reader.formula("if"), scope);
    const auto amount = file_.compiled(reader.required_formula("amount"), scope);
    step.reason = file_.read_wording(reader, "reason", scope);
    step.cite = ruleset::read_citations(reader, "cite", true, "[[step]] " + step.id, diagnostics_);
    reader.allow("note");
    reader.finish();
    if (!amount) return;
    step.amount = *amount;
    out_.steps.push_back(std::move(step));
  }

  ruleset::RuleFileReader file_;
  std::vector<Diagnostic>& diagnostics_;
  TableReader& top_;
  std::vector<std::string> steps_taken_;
  Rules out_;
};

}  // namespace

std::vector<std::string> Rules::known_names() const {
  std::vector<std::string> out{"score", "scale", "fiscal_year", "B0", "B", "E"};
  out.insert(out.end(), columns.begin(), columns.end());
  for (const Input& input : inputs) out.push_back(input.id);
  for (const auto& param : params) out.push_back(param.name);
  return out;
}

std::size_t Rules::find_rating(std::string_view word) const {
  const auto at = std::find_if(ratings.begin(), ratings.end(), [&](const Rating& rating) {
    return rating.id == word || rating.label.zh == word || rating.label.en == word ||
           std::find(rating.also.begin(), rating.also.end(), word) != rating.also.end();
  });
  return static_cast<std::size_t>(at - ratings.begin());
}

}  // namespace funding

Checked<FundingRules> read_funding_rules(const std::string& id_or_path,
                                         const RuleLibrary& library) {
  std::vector<Diagnostic> diagnostics;
  const auto lineage =
      ruleset::read_lineage(funding::funding_rules(), id_or_path, library, diagnostics);
  std::shared_ptr<const funding::Rules> model;
  if (lineage)
    model =
        std::make_shared<const funding::Rules>(funding::RulesReader(*lineage, diagnostics).read());
  text::sort_by_place(diagnostics);
  if (!model || text::has_error(diagnostics)) return diagnostics;
  return {FundingRules(std::move(model)), std::move(diagnostics)};
}

}  // namespace jixiao
