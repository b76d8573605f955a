#include "scoring/column_checks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ruleset/versions.hpp"
#include "scoring/batch.hpp"
#include "scoring/loops.hpp"
#include "scoring/uncomputable.hpp"
#include "scoring/weights.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::scoring {

using ruleset::RuleSet;
using text::Code;

namespace {

constexpr std::array money_and_year = {"initial", "adjusted", "executed", "year"};

class ColumnBinder {
 public:
  ColumnBinder(const RuleSet& rules, std::span<const NamedColumn> columns,
               std::vector<Diagnostic>& diagnostics)
      : rules_(rules), columns_(columns), diagnostics_(diagnostics) {
    for (const auto& input : rules.inputs) known_.push_back(input.id);
    known_.insert(known_.end(), money_and_year.begin(), money_and_year.end());
    bound_.resize(known_.size());
    given_.resize(known_.size(), false);
  }

  std::optional<BoundColumns> bind() {
    check_rules();
    for (const NamedColumn& column : columns_) take(column);
    check_given();
    if (text::has_error(diagnostics_)) return std::nullopt;
    const std::size_t inputs = rules_.inputs.size();
    BoundColumns out{projects_,          bound_[inputs],     bound_[inputs + 1],
                     bound_[inputs + 2], bound_[inputs + 3], {}};
    out.inputs.assign(bound_.begin(), bound_.begin() + static_cast<std::ptrdiff_t>(inputs));
    return out;
  }

 private:
  void report(Code code, Text message, Text help = {}) {
    diagnostics_.push_back(text::diagnose_file(code, "", std::move(message), std::move(help)));
  }

  // Everything must come from the rule set itself.
  void check_rules() {
    if (rules_.abstract) {
      report(Code::reference_unknown,
             {"规则集 '" + rules_.id + "' 是供继承的方法库，不能直接评分",
              "the rule set '" + rules_.id + "' is there to be extended and cannot score"});
      return;
    }
    Batch nothing_own;
    nothing_own.projects = 1;
    nothing_own.block_weights.resize(rules_.blocks.size());
    nothing_own.row_begin = {0, 0};
    const auto shares = block_shares(rules_, nothing_own, 0);
    for (std::size_t b = 0; b < shares.size(); ++b) {
      const auto& block = rules_.blocks[b];
      const bool empty = shares[b].count() == 0 && block_counts(rules_, b, shares[b].block);
      if (!empty && shares[b].adds_up()) continue;
      report(Code::block_empty,
             {"规则集 " + rules_.id + " 把块“" + block.name.zh +
                  "”的指标留给各项目自定，按列评分没有这些指标",
              "the rule set " + rules_.id + " leaves indicators of block '" + block.id +
                  "' to the projects; columns bring none"},
             {"在规则集中用 [[indicator]] 与 [[input]] 写全指标，或逐个项目评分",
              "give the rule set all its indicators with [[indicator]] and [[input]], or score "
              "project by project"});
      diagnostics_.back().severity = Severity::error;
    }
  }

  void take(const NamedColumn& column) {
    const std::string name(column.name);
    const auto found = std::find(known_.begin(), known_.end(), name);
    if (found == known_.end()) {
      report(Code::reference_unknown,
             {"规则集 " + rules_.id + " 没有输入 '" + name + "'",
              "the rule set " + rules_.id + " has no input '" + name + "'"},
             text::suggestion(name, known_));
      return;
    }
    const auto index = static_cast<std::size_t>(found - known_.begin());
    if (given_[index]) {
      report(Code::id_duplicate,
             {"列 '" + name + "' 给了两次", "the column '" + name + "' is given twice"});
      return;
    }
    given_[index] = true;
    bound_[index] = column.values;
    if (&column == &columns_.front()) {
      projects_ = column.values.size();
    } else if (column.values.size() != columns_.front().values.size()) {
      const std::string first(columns_.front().name);
      const std::string here = std::to_string(column.values.size());
      const std::string there = std::to_string(columns_.front().values.size());
      report(Code::value_type, {"列 '" + name + "' 有 " + here + " 个值，列 '" + first + "' 有 " +
                                    there + " 个，应相同",
                                "the column '" + name + "' has " + here + " values, the column '" +
                                    first + "' has " + there + ": they should be as many"});
    }
  }

  void check_given() {
    if (rules_.abstract) return;
    for (std::size_t i = 0; i < rules_.inputs.size(); ++i) {
      if (given_[i]) continue;
      report(Code::key_missing,
             {"缺少输入 '" + known_[i] + "' 的列",
              "there is no column for the input '" + known_[i] + "'"},
             {"没有数据时给一列 NaN", "where there is no data, give a column of NaN"});
    }
    const std::size_t year = rules_.inputs.size() + 3;
    if (!given_[year] && names_year())
      report(Code::key_missing,
             {"规则集 " + rules_.id + " 用到年份，缺少列 'year'",
              "the rule set " + rules_.id + " names the year: there is no column 'year'"});
    if (!loops::all_finite(bound_[year]))
      report(Code::value_number,
             {"列 'year' 中有的值不是有限数", "the column 'year' has values that are not finite"});
  }

  // Whether any formula that can run reads the year.
  [[nodiscard]] bool names_year() const {
    const auto reads = [](const auto& formula, std::size_t name) {
      return formula && std::find(formula->used().begin(), formula->used().end(), name) !=
                            formula->used().end();
    };
    const auto any_of = [](const auto& list, const auto& is) {
      return std::any_of(list.begin(), list.end(), is);
    };
    const auto in_method = [&](const ruleset::Method& method) {
      return reads(&method.points, ruleset::row_year) || reads(method.domain, ruleset::row_year) ||
             reads(method.outside.points, ruleset::row_year) ||
             any_of(method.inputs,
                    [&](const auto& input) { return reads(input.otherwise, ruleset::row_year); }) ||
             any_of(method.accepts,
                    [&](const auto& accept) { return reads(&accept.that, ruleset::row_year); });
    };
    return reads(rules_.combine, ruleset::project_year) ||
           any_of(rules_.vetoes,
                  [&](const auto& veto) { return reads(veto.when, ruleset::project_year); }) ||
           any_of(rules_.indicators, [&](const auto& indicator) {
             return reads(&indicator.actual, ruleset::project_year) ||
                    reads(indicator.domain, ruleset::project_year) ||
                    reads(indicator.outside.points, ruleset::project_year) ||
                    in_method(rules_.methods[indicator.method]);
           });
  }

  const RuleSet& rules_;
  std::span<const NamedColumn> columns_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<std::string> known_;  // inputs, then money and year
  std::vector<bool> given_;
  std::vector<std::span<const double>> bound_;
  std::size_t projects_ = 0;
};

}  // namespace

std::optional<BoundColumns> bind_columns(const RuleSet& rules, std::span<const NamedColumn> columns,
                                         std::vector<Diagnostic>& diagnostics) {
  if (!ruleset::is_one_version(rules, diagnostics)) return std::nullopt;
  return ColumnBinder(rules, columns, diagnostics).bind();
}

}  // namespace jixiao::scoring
