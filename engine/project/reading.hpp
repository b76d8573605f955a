// The steps of reading a project and its results, also for tables of many.
#pragma once

#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "project/project.hpp"
#include "text/table_reader.hpp"
#include "value/rounding.hpp"

namespace jixiao::project {

// Field text with a unit of its own, or a bare number in `unit`. Reports what cannot be read;
// doubts become warnings.
std::optional<value::Field> read_value(const text::Node& node, const value::Unit& unit, int year,
                                       std::vector<Diagnostic>& diagnostics);
// { low = 600, high = 700 }
std::optional<value::Field> read_range(const text::Node& node, const value::Unit& unit, int year,
                                       std::vector<Diagnostic>& diagnostics);
// An amount of money in yuan: "120万元", "1,200,000元". A bare number has no unit and is refused.
Amount read_amount(text::TableReader& reader, std::string_view key,
                   std::vector<Diagnostic>& diagnostics);
std::optional<value::Unit> read_unit(text::TableReader& reader, std::string_view key,
                                     std::vector<Diagnostic>& diagnostics);
std::vector<NamedValue> read_numbers(const text::Node* table, std::vector<Diagnostic>& diagnostics);
// The same, of numbers and words.
std::vector<NamedValue> read_inputs(const text::Node* table, std::vector<Diagnostic>& diagnostics);

void read_declared(const text::Node& root, Project& project, std::vector<Diagnostic>& diagnostics);
// after drivers and indicators
void read_improvements(text::TableReader& top, Project& project,
                       std::vector<Diagnostic>& diagnostics);
Indicator read_indicator(const text::Node& table, int year, std::vector<std::string>& taken,
                         std::vector<Diagnostic>& diagnostics);
// The text and value of a result, by the kind of its indicator.
void read_actual_into(Result& result, const text::Node& node, const Indicator& indicator, int year,
                      std::vector<Diagnostic>& diagnostics);
// Keys pace, season and estimate of a [[result]]; `indicator` null: one the project does not
// declare, which has no outlook.
Outlook read_outlook(text::TableReader& reader, const Indicator* indicator, int year,
                     std::vector<Diagnostic>& diagnostics);
// What the unit expects of the whole year.
Estimate read_estimate(const text::Node& node, const Indicator& indicator, int year,
                       std::vector<Diagnostic>& diagnostics);
// Twelve percentages that add up to 100; empty when absent or wrong.
std::vector<double> read_season(text::TableReader& reader, std::vector<Diagnostic>& diagnostics);
// [monitoring]
void read_mid_year(const text::Node& table, Project& project, std::vector<Diagnostic>& diagnostics);
// results.toml
void read_results(const text::Node& root, Project& project, std::vector<Diagnostic>& diagnostics);
// results.csv
void read_results_table(const std::shared_ptr<const text::Source>& source, Project& project,
                        std::vector<Diagnostic>& diagnostics);
// Identities, money rows, the form's own contradictions.
void check_arithmetic(const Project& project, std::vector<Diagnostic>& diagnostics);
// What follows from what: names, units, circles, constraints that do not hold as declared.
void check_cost_model(const Project& project, std::vector<Diagnostic>& diagnostics);
void check_form(const Project& project, std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::project
