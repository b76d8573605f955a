// The steps of reading one rule set, from its merged TOML tree to a RuleSet. Used by rules.cpp
// alone.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ruleset/lineage.hpp"
#include "ruleset/ruleset.hpp"
#include "text/table_reader.hpp"

namespace jixiao::ruleset {

// Ids in the order they were read, found by name in one step however many there are.
class KnownIds {
 public:
  void add(const std::string& id) {
    places_.emplace(id, all_.size());
    all_.push_back(id);
  }
  // The place of the first that has this id; `none` without one.
  [[nodiscard]] std::size_t find(const std::string& id) const {
    const auto found = places_.find(id);
    return found == places_.end() ? none : found->second;
  }
  [[nodiscard]] const std::vector<std::string>& all() const { return all_; }

 private:
  std::vector<std::string> all_;
  std::unordered_map<std::string, std::size_t> places_;
};

// Each step fills its part of `out` and may rely on the steps above it.
class Reading {
 public:
  Reading(const Lineage& lineage, const RuleNeeds& needs, std::vector<Diagnostic>& diagnostics);
  RuleSet read();

 private:
  // reading_structure.cpp
  void read_heading();
  void read_calendar();
  void read_types();
  void read_blocks();
  void read_inputs();
  void read_total();
  // reading_statistics.cpp
  // As inputs, before anything is compiled. `taken`: ids that are no longer free.
  void name_statistics(std::unordered_set<std::string>& taken);
  void name_method_statistics(std::unordered_set<std::string>& taken);
  void read_method_statistics(text::TableReader& reader, Method& method);
  void read_statistics();  // what they are of, once everything is compiled
  void read_statistic(const text::Node& table, const formula::Scope& scope, Statistic& out);
  std::size_t read_by(const std::string& word, const text::Place& at);
  void settle_stages();
  void give_statistics(FixedIndicator& indicator);
  // reading_methods.cpp
  void read_methods();
  [[nodiscard]] bool is_needed(const text::Node& method);
  void read_method(const text::Node& table);
  void pay_missing(const text::Located& otherwise, Method& method);
  void require_domain(const Method& method, const text::Located& points);
  void read_states(text::TableReader& reader, Method& method);
  formula::Scope method_scope(const Method& method, bool with_outcome) const;
  std::optional<text::Located> bands_formula(const text::Node& table, Method& method);
  void read_fixed_indicators();
  void read_fixed_target(text::TableReader& reader, const formula::Scope& scope,
                         FixedIndicator& made);
  Outside read_outside(text::TableReader& reader, const formula::Scope& scope);
  std::vector<Parameter> read_params(text::TableReader& reader);
  std::optional<Selector> read_selector(text::TableReader& reader);
  // reading_cases.cpp
  void read_cases();
  [[nodiscard]] std::optional<value::Cell> word_of_input(const text::Node::Entry& entry,
                                                         bool of_project) const;
  void read_case_given(const text::Node& table, Case& made);
  void read_case_expected(const text::Node& table, Case& made);
  // reading_weights.cpp
  void read_comparisons();
  void read_comparison_table(const text::Node& ahp);
  void read_weights_origin(const text::Node& table);
  void read_matrix(const text::Node& table, Comparisons& out);
  void check_consistency(const std::vector<std::string>& ids, const Judge& judge);
  std::optional<ComparedGroup> compared_group(const std::vector<std::string>& ids,
                                              const text::Place& at);
  void settle_group(const Comparisons& comparisons, ComparedGroup& group);
  // reading_outcome.cpp
  void read_adjustments();
  void read_vetoes();
  void read_distribution();
  void read_checks();
  std::optional<Check> read_check(const text::Node& table, const formula::Scope& scope);
  void read_bands();
  // keys zh, en of the table
  Wording read_wording(text::TableReader& reader, const formula::Scope& scope);
  // a string or { zh, en }
  Wording read_wording(const text::Node& node, const formula::Scope& scope);
  // lint.cpp
  void check_weights();
  void check_bands();
  void check_methods();
  void check_inapplicable();
  void check_total();
  void check_reversed();
  [[nodiscard]] bool brings_own(std::size_t block) const;
  [[nodiscard]] bool names_block(std::size_t block) const;  // in [total] combine
  [[nodiscard]] bool may_not_apply(const FixedIndicator& indicator) const;

  // Where a weight has more decimals than points rounded like this may have.
  void check_decimals(const std::optional<value::Rounding>& rounding, double weight,
                      const text::Place& at, const Text& whose);
  std::vector<Citation> read_cite(text::TableReader& reader, std::string_view key, bool required,
                                  const std::string& whose);
  std::string read_id(text::TableReader& reader, std::unordered_set<std::string>& taken,
                      std::string_view extra_characters = "");
  std::size_t reference(const text::Place& place, std::string_view kind, const std::string& id,
                        const KnownIds& known);
  void report(text::Code code, const text::Place& at, Text message, Text help = {});

  const Lineage& lineage_;
  const RuleNeeds& needs_;
  std::vector<Diagnostic>& diagnostics_;
  text::TableReader top_;
  RuleSet out_;
  KnownIds types_, blocks_, methods_;
  struct NamedStatistic {
    const text::Node* table;      // [[statistic]], or [[method.statistic]]
    const text::Node* indicator;  // of a method's: whose it is
  };
  std::vector<NamedStatistic> named_statistics_;  // in the order of out_.statistics
  std::unordered_set<std::string> method_ids_;    // as read_id() keeps them
  std::optional<std::unordered_set<std::string>> methods_in_use_;  // named by [[indicator]]
  bool inherited_method_ = false;  // the one being read: its own names hide those of inputs
  bool unread_weights_ = false;    // comparisons that made no sense: what the sums are says nothing
  bool unread_band_ = false;  // a rating whose interval made no sense: what the others leave open
                              // says nothing
};

}  // namespace jixiao::ruleset
