#include <algorithm>

#include <fmt/core.h>

#include "page/csv.hpp"
#include "page/document.hpp"
#include "page/numbers.hpp"
#include "report/rendering.hpp"
#include "report/rule_words.hpp"
#include "report/story.hpp"
#include "ruleset/citation.hpp"
#include "ruleset/versions.hpp"
#include "value/rounding.hpp"
#include "weights/comparisons.hpp"

namespace jixiao::report {

using namespace page;
namespace {

class RulesPage {
 public:
  RulesPage(const ruleset::RuleSet& rules, Language language)
      : rules_(rules), language_(language) {}

  Document make() {
    out_.title = rules_.title.empty() ? rules_.id : rules_.title.in(language_);
    put_heading();
    put_versions();
    put_bands();
    put_distribution();
    put_blocks();
    put_comparisons();
    put_origin();
    put_inputs();
    put_statistics();
    put_fixed();
    put_methods();
    put_adjustments();
    put_vetoes();
    put_checks();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }
  [[nodiscard]] const std::string& say(const Text& text) const { return text.in(language_); }
  [[nodiscard]] std::string list(const std::vector<ruleset::Citation>& citations) const {
    std::string out;
    for (const Cited& cite : ruleset::cited(citations))
      out += (out.empty() ? "" : "; ") + cited_text(cite, language_);
    return out;
  }
  // Labelled lines, empty ones left out.
  class Facts {
   public:
    explicit Facts(Language language) : language_(language) {}
    void add(const Label& label, std::string text, FactKind kind = FactKind::plain) {
      if (!text.empty())
        facts_.push_back({std::string(label.in(language_)), std::move(text), kind});
    }
    std::vector<Fact> take() { return std::move(facts_); }

   private:
    Language language_;
    std::vector<Fact> facts_;
  };

  void put_heading() {
    Facts facts(language_);
    facts.add(word::id, rules_.id);
    facts.add(word::version, rules_.version);
    if (rules_.abstract) facts.add(word::kind, say(word::abstract));
    facts.add(word::remark, say(rules_.note));
    std::string lineage;
    for (const ruleset::Ancestor& ancestor : rules_.lineage)
      lineage +=
          fmt::format("{}{} {}", lineage.empty() ? "" : " ← ", ancestor.id, ancestor.version);
    facts.add(word::lineage, lineage);
    facts.add(word::scale, value::plain(rules_.scale));
    facts.add(word::rounding, say(rounding_text(rules_)));
    facts.add(word::when_missing, rules_.missing == ruleset::MissingPolicy::zero
                                      ? say(Text{"记零分", "zero points"})
                                      : say(Text{"报错，不算总分", "an error, no total"}));
    facts.add(word::when_not_applicable, say(not_applicable_text(rules_.not_applicable)));
    if (rules_.combine) facts.add(word::whole_total, rules_.combine->text(), FactKind::code);
    if (rules_.total_range) facts.add(word::range, rules_.total_range->text());
    for (const Cited& cite : ruleset::cited(rules_.cite))
      facts.add(word::cite, cited_text(cite, language_));
    facts.add(word::file, rules_.file, FactKind::place);
    facts.add(word::rules_fingerprint, rules_.sha256);
    out_.facts(facts.take());
  }

  // What is shown below stands outside all versions; each is named, with what it weighs.
  void put_versions() {
    if (!rules_.versions) return;
    out_.heading(say(Text{"版本", "Versions"}));
    out_.paragraph(
        say(Text{"以下各节是 [[from]] 与 [[for]] 之外的规定；每个项目按其年度与输入选一个版本",
                 "What follows stands outside [[from]] and [[for]]; each project is scored "
                 "by the version of its year and inputs"}));
    Grid grid;
    grid.columns = {{say(word::title)}, {say(word::weights)}};
    for (const auto& [key, version] : rules_.versions->all) {
      std::string weights;
      for (const ruleset::Block& block : version->blocks)
        weights += (weights.empty() ? "" : ", ") + block.id + " " + value::plain(block.weight, 4);
      grid.rows.push_back({say(version->title), weights});
    }
    out_.grid(std::move(grid));
  }

  // Limits on the shares of ratings.
  void put_distribution() {
    if (!rules_.distribution) return;
    const ruleset::Distribution& limits = *rules_.distribution;
    out_.heading(say(Text{"等级比例限制", "Limits on ratings"}));
    Grid grid;
    grid.columns = {{say(Text{"等级", "rating"})},
                    {say(Text{"至多", "at most"}), true},
                    {say(Text{"分组", "by"})}};
    for (const ruleset::Distribution::Limit& limit : limits.limits)
      grid.rows.push_back(
          {say(rules_.bands[limit.band].label) +
               (limit.or_better ? say(Text{"及以上", " or better"}) : std::string()),
           value::plain(limit.percent, 4) + "%", limits.by});
    out_.grid(std::move(grid));
  }

  void put_bands() {
    if (rules_.bands.empty()) return;
    out_.heading(say(word::bands));
    Grid grid;
    grid.columns = {
        {say(word::rating)}, {say(word::id), false, true}, {say(word::range), false, true}};
    for (const ruleset::Band& band : rules_.bands)
      grid.rows.push_back(
          {say(band.label), band.id, band.only_veto ? say(word::only_veto) : band.range.text()});
    out_.grid(std::move(grid));
    if (!rules_.rating_cite.empty()) {
      Facts facts(language_);
      for (const Cited& cite : ruleset::cited(rules_.rating_cite))
        facts.add(word::cite, cited_text(cite, language_));
      out_.facts(facts.take());
    }
  }

  void put_blocks() {
    if (rules_.blocks.empty()) return;
    out_.heading(say(word::weights));
    Grid grid;
    grid.columns = {{say(word::block)}, {say(word::id), false, true}, {say(word::weight), true},
                    {say(word::range)}, {say(word::types)},           {say(word::when_empty)}};
    const bool combined =
        std::any_of(rules_.blocks.begin(), rules_.blocks.end(),
                    [](const ruleset::Block& block) { return block.combine.has_value(); });
    if (combined) grid.columns.push_back({say(word::combine), false, true});
    for (const ruleset::Block& block : rules_.blocks) {
      std::string types;
      for (const std::size_t type : block.types)
        types += (types.empty()               ? ""
                  : language_ == Language::zh ? "、"
                                              : ", ") +
                 say(rules_.types[type].name);
      std::vector<std::string> row{say(block.name),
                                   block.id,
                                   value::plain(block.weight),
                                   block.weight_range ? block.weight_range->text() : "",
                                   types,
                                   say(when_empty_text(rules_, block))};
      if (combined)
        row.push_back(block.combine ? fmt::format("S = Σ {}; {}", block.combine->each.text(),
                                                  block.combine->total.text())
                                    : "");
      grid.rows.push_back(std::move(row));
    }
    out_.grid(std::move(grid));
  }

  [[nodiscard]] std::string compared_id(const ruleset::ComparedGroup& group, std::size_t k) const {
    return group.of_blocks ? rules_.blocks[group.members[k]].id
                           : rules_.indicators[group.members[k]].id;
  }

  void put_comparisons() {
    if (!rules_.comparisons) return;
    const ruleset::Comparisons& made = *rules_.comparisons;
    out_.heading(
        say(Text{"权重的来源：层次分析法", "Where the weights come from: pairwise comparisons"}));
    Facts facts(language_);
    facts.add(word::method, say(made.row_means ? Text{"各行几何平均", "geometric means of the rows"}
                                               : Text{"主特征向量", "principal eigenvector"}));
    if (made.decimals)
      facts.add(
          word::rounding,
          say(Text{"权重保留 " + std::to_string(*made.decimals) + " 位小数，合计不变",
                   "weights to " + std::to_string(*made.decimals) +
                       (*made.decimals == 1 ? " decimal" : " decimals") + "; they still add up"}));
    for (const Cited& cite : ruleset::cited(made.cite))
      facts.add(word::cite, cited_text(cite, language_));
    out_.facts(facts.take());
    for (const ruleset::ComparedGroup& group : made.groups) put_compared(group);
  }

  void put_origin() {
    if (!rules_.weights_origin) return;
    const ruleset::WeightsOrigin& made = *rules_.weights_origin;
    out_.heading(say(Text{"权重的来源：数据", "Where the weights come from: data"}));
    Facts facts(language_);
    facts.add(word::method, made.method);
    facts.add({"表", "table"}, made.table);
    facts.add({"数据指纹", "table sha256"}, made.sha256);
    facts.add({"项目数", "projects"}, std::to_string(made.projects));
    facts.add({"所按规则集", "weighed rule set"}, made.rules);
    out_.facts(facts.take());
  }

  void put_compared(const ruleset::ComparedGroup& group) {
    const Text title = group.of_blocks                 ? Text{"各块", "the blocks"}
                       : group.parent == ruleset::none ? Text{"全部指标", "all indicators"}
                                                       : Text{rules_.blocks[group.parent].name.zh,
                                                              rules_.blocks[group.parent].name.en};
    out_.heading(say(title), 3);
    Facts facts(language_);
    facts.add({"最大特征值 λmax", "largest eigenvalue"},
              value::plain(group.result.largest_eigenvalue, 6));
    facts.add({"一致性指标 CI", "consistency index"},
              value::plain(group.result.consistency_index, 6));
    facts.add({"随机指标 RI", "random index"},
              value::plain(weights::random_index(group.members.size()), 2) +
                  say(Text{"（Saaty 1980 的表）", " (table of Saaty 1980)"}));
    facts.add({"一致性比例 CR", "consistency ratio"},
              value::plain(group.result.consistency_ratio, 4) +
                  say(Text{"（不超过 0.1）", " (0.1 at most)"}));
    if (group.judges.size() > 1) {
      std::string judges;
      for (const ruleset::Judge& judge : group.judges)
        judges += fmt::format("{}{} {}", judges.empty() ? "" : ", ",
                              judge.name.empty() ? "-" : judge.name,
                              value::plain(judge.consistency_ratio, 4));
      facts.add({"各评判人的 CR", "ratio of each judge"}, judges);
    }
    out_.facts(facts.take());
    Grid grid;
    grid.columns = {{say(word::id), false, true}};
    for (std::size_t k = 0; k < group.members.size(); ++k)
      grid.columns.push_back({compared_id(group, k), true});
    grid.columns.push_back({say(Text{"特征向量", "eigenvector"}), true});
    grid.columns.push_back({say(Text{"行几何平均", "row means"}), true});
    grid.columns.push_back({say(word::weight), true});
    const std::size_t n = group.members.size();
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<std::string> row{compared_id(group, i)};
      for (std::size_t j = 0; j < n; ++j) row.push_back(value::plain(group.matrix[i * n + j], 4));
      row.push_back(value::plain(group.result.eigenvector[i], 6));
      row.push_back(value::plain(group.result.row_means[i], 6));
      row.push_back(value::plain(group.points[i], 6));
      grid.rows.push_back(std::move(row));
    }
    out_.grid(std::move(grid));
  }

  void put_inputs() {
    if (rules_.inputs.empty()) return;
    out_.heading(say(word::inputs));
    Grid grid;
    grid.columns = {{say(word::title)},
                    {say(word::id), false, true},
                    {say(Text{"单位", "unit"})},
                    {say(word::range), false, true}};
    for (const ruleset::Input& input : rules_.inputs) {
      if (input.statistic != ruleset::none) continue;
      grid.rows.push_back({say(input.name), input.id, input.unit.text(), values_of(input)});
    }
    out_.grid(std::move(grid));
  }

  [[nodiscard]] static std::string values_of(const ruleset::Input& input) {
    if (input.values.empty()) return input.range ? input.range->text() : "";
    std::string out;
    for (const std::string& word : input.values) out += (out.empty() ? "" : " | ") + word;
    return out;
  }

  // Those of a method's own, one for each of its indicators, stand with the method.
  void put_statistics() {
    Grid grid;
    grid.columns = {{say(word::id), false, true},
                    {say(Text{"统计量", "statistic"}), false, true},
                    {say(Text{"分组", "by"})}};
    for (const ruleset::Statistic& one : rules_.statistics) {
      if (one.of_method) continue;
      const bool by_input = one.by != ruleset::none && one.by != ruleset::project_year;
      const Text by = one.by == ruleset::project_year ? Text{"年度", "year"}
                      : by_input ? rules_.inputs[one.by - rules_.first_input_name()].name
                                 : Text{};
      const std::string at =
          one.is == ruleset::StatisticKind::quantile ? ", " + value::plain(one.at, 9) : "";
      grid.rows.push_back({one.id,
                           std::string(ruleset::name(one.is)) + "(" + one.of.text() + at + ")",
                           by.empty() ? "" : say(by)});
    }
    if (grid.rows.empty()) return;
    out_.heading(say(Text{"整张表的统计量", "Statistics of the whole table"}));
    out_.grid(std::move(grid));
  }

  void put_fixed() {
    if (rules_.indicators.empty()) return;
    out_.heading(say(word::fixed_indicators));
    for (const ruleset::FixedIndicator& fixed : rules_.indicators) {
      out_.heading(fmt::format("{} ({})", say(fixed.name), fixed.id), 3);
      Facts facts(language_);
      if (fixed.block != ruleset::none)
        facts.add(word::block, say(rules_.blocks[fixed.block].name));
      if (fixed.weight) facts.add(word::weight, value::plain(*fixed.weight));
      facts.add(word::actual, fixed.actual.text(), FactKind::code);
      if (fixed.has_target)
        facts.add(word::target, value::sign(fixed.direction) +
                                    (fixed.target_formula ? fixed.target_text
                                                          : value::show(fixed.target, fixed.unit)));
      if (fixed.method != ruleset::none)
        facts.add(word::method, rules_.methods[fixed.method].id, FactKind::code);
      facts.add(word::params, params_text(fixed.params), FactKind::code);
      if (fixed.domain) {
        facts.add(word::domain, fixed.domain->text(), FactKind::code);
        facts.add(word::outside, say(outside_text(fixed.outside)));
      }
      for (const Cited& cite : ruleset::cited(fixed.cite))
        facts.add(word::cite, cited_text(cite, language_));
      out_.facts(facts.take());
    }
  }

  void put_methods() {
    if (rules_.methods.empty()) return;
    out_.heading(say(word::methods));
    for (const ruleset::Method& method : rules_.methods) {
      out_.heading(
          method.title.empty() ? method.id : fmt::format("{} — {}", method.id, say(method.title)),
          3);
      Facts facts(language_);
      facts.add(word::applies_to,
                method.when ? say(selector_text(rules_, *method.when)) : say(word::by_name_only));
      facts.add(word::remark, say(method.note));
      facts.add(word::points, method.points.text(), FactKind::code);
      facts.add(word::params, params_text(method.params), FactKind::code);
      if (method.domain) {
        facts.add(word::domain, method.domain->text(), FactKind::code);
        facts.add(word::outside, say(outside_text(method.outside)));
      }
      if (method.beyond) facts.add(word::remark, say(word::beyond));
      for (const ruleset::State& state : method.states) {
        std::string values;
        for (std::size_t i = 0; i < method.state_columns.size() && i < state.values.size(); ++i) {
          values += fmt::format("{}{} = {}", values.empty() ? "" : ", ", method.state_columns[i],
                                value::plain(state.values[i], 9));
        }
        facts.add(word::states, say(state.name.empty() ? Text{state.id, state.id} : state.name) +
                                    (values.empty() ? "" : "  " + values));
      }
      for (const ruleset::MethodInput& input : method.inputs) {
        facts.add(word::own_inputs,
                  fmt::format("{} {}{}", input.id, say(input.name),
                              input.otherwise ? fmt::format(" ({} {})", say(word::optional_input),
                                                            input.otherwise->text())
                                              : ""));
      }
      for (const Cited& cite : ruleset::cited(method.cite))
        facts.add(word::cite, cited_text(cite, language_));
      out_.facts(facts.take());
    }
  }

  void put_adjustments() {
    if (rules_.adjustments.empty()) return;
    out_.heading(say(word::adjustments));
    Grid grid;
    grid.columns = {{say(word::title)},
                    {say(word::kind)},
                    {say(word::points), false, true},
                    {say(word::params), false, true},
                    {say(word::limit), true},
                    {say(word::cite)}};
    for (const ruleset::Adjustment& one : rules_.adjustments) {
      const std::string kind = one.kind == ruleset::AdjustmentKind::bonus ? say(word::bonus)
                                                                          : say(word::penalty);
      grid.rows.push_back({say(one.name), kind, one.points.text(), params_text(one.params),
                           one.limit ? value::plain(*one.limit) : "", list(one.cite)});
    }
    out_.grid(std::move(grid));
    Facts facts(language_);
    if (rules_.bonus_limit) facts.add(word::all_bonuses, value::plain(*rules_.bonus_limit));
    if (rules_.penalty_limit) facts.add(word::all_penalties, value::plain(*rules_.penalty_limit));
    if (rules_.bonus_limit || rules_.penalty_limit) out_.facts(facts.take());
  }

  void put_vetoes() {
    if (rules_.vetoes.empty()) return;
    out_.heading(say(word::vetoes));
    Grid grid;
    grid.columns = {
        {say(word::title)}, {say(word::condition)}, {say(word::effect)}, {say(word::cite)}};
    for (const ruleset::Veto& one : rules_.vetoes) {
      grid.rows.push_back({say(one.name), one.when ? one.when->text() : say(word::declared),
                           say(effect_text(rules_, one)), list(one.cite)});
    }
    out_.grid(std::move(grid));
  }

  void put_checks() {
    if (rules_.indicator_checks.empty() && rules_.project_checks.empty()) return;
    out_.heading(say(word::checks));
    Grid grid;
    grid.columns = {{say(word::id), false, true},
                    {say(word::scope)},
                    {say(word::severity)},
                    {say(word::condition), false, true},
                    {say(word::cite)}};
    const auto add = [&](const std::vector<ruleset::Check>& checks, const Label& scope) {
      for (const ruleset::Check& check : checks) {
        grid.rows.push_back({check.id, say(scope),
                             std::string(severity_text(check.severity, language_)),
                             check.condition.text(), list(check.cite)});
      }
    };
    add(rules_.indicator_checks, word::each_indicator);
    add(rules_.project_checks, word::project_scope);
    out_.grid(std::move(grid));
  }

  const ruleset::RuleSet& rules_;
  Language language_;
  Document out_;
};

}  // namespace

Document rules_document(const ruleset::RuleSet& rules, Language language) {
  return RulesPage(rules, language).make();
}

std::string rules_csv(const ruleset::RuleSet& rules, Language language) {
  std::string out = "method,title,when,points,params,domain,outside,cite,evidence\n";
  for (const ruleset::Method& method : rules.methods) {
    const std::vector<Cited> cites = ruleset::cited(method.cite);
    const std::vector<std::string> cells{
        method.id,
        method.title.in(language),
        method.when ? selector_text(rules, *method.when).in(language) : std::string(),
        method.points.text(),
        params_text(method.params),
        method.domain ? method.domain->text() : std::string(),
        outside_text(method.outside).in(language),
        joined_text(cites),
        worst_evidence(cites)};
    out += csv_line(cells);
  }
  return out;
}

Document rule_list_document(std::span<const RuleSummary> list, Language language) {
  const auto say = [&](const Label& label) { return std::string(label.in(language)); };
  Document out;
  out.title = say(word::rule_list);
  if (list.empty()) {
    out.paragraph(say(word::no_rules));
    return out;
  }
  Grid grid;
  grid.columns = {{say(word::id), false, true},
                  {say(word::version)},
                  {say(word::title)},
                  {say(word::direct_parent), false, true}};
  for (const RuleSummary& rules : list) {
    grid.rows.push_back(
        {rules.id, rules.version,
         rules.title.in(language) +
             (rules.abstract ? (language == Language::zh ? "（抽象）" : " (abstract)") : ""),
         rules.extends});
  }
  out.grid(std::move(grid));
  return out;
}

}  // namespace jixiao::report
