// What a command line may say: every option of every command, and where its words are kept.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "audit_commands.hpp"
#include "batch_commands.hpp"
#include "command_model.hpp"
#include "commands.hpp"
#include "forms_commands.hpp"
#include "monitor_commands.hpp"
#include "planning_commands.hpp"
#include "study_commands.hpp"
#include "weights_commands.hpp"

namespace jixiao::cli {

struct Arguments {
  Style style;
  std::string rules_folder;
  std::string defaults;  // read before the call is: with_defaults()
  std::string statistics;
  ScoreCall score;
  std::vector<std::string> files;
  std::string check_rules;
  RulesCall rules;
  std::string manual_folder;
  std::string shell;
  std::string new_folder;
  std::string new_rules;
  BatchCall batch;
  SurveyCall survey;
  SimulateCall simulate;
  NextCall next;
  PlanCall plan;
  MonitorCall monitor;
  FundCall fund;
  ImportCall forms_in;
  FilingCall forms_out;
  StudyCall study;
  AuditCall audit;
  WeightsCall weights;
};

// Options that several commands have.
void add_language(CLI::App* command, Arguments& arguments);
void add_style(CLI::App* command, Arguments& arguments);
void add_project_option(CLI::App* command, Arguments& arguments);
void add_statistics(CLI::App* command, Arguments& arguments);
// `help` null: of a command whose project names its own rule set.
void add_rules(CLI::App* command, std::string& rules, const char* help = nullptr);
void add_project(CLI::App* command, std::string& project);
// `help` null: of a command that scores what stands beside the project.
void add_results(CLI::App* command, std::string& results, const char* help = nullptr);
// A file whose ending says what is written into it.
void add_output(CLI::App* command, const char* names, std::string& output);
// An option that may be given as often as needed, one value each time.
CLI::Option* add_list(CLI::App* command, const char* name, std::vector<std::string>& to,
                      const char* help, const char* shown);
// "" or what is wrong: as in a study file, a whole number that every reader of it keeps exactly.
std::string check_seed(const std::string& text);
template <class Seed>
void add_seed(CLI::App* command, Seed& seed, const char* help) {
  command->add_option("--seed", seed, help)->check(check_seed, "", "N")->option_text("N");
}
void add_headings(CLI::App* command, std::string& columns);  // --columns of a form

// A command with its options; the application owns it.
CLI::App* add_batch(CLI::App& app, Arguments& arguments);
CLI::App* add_survey(CLI::App& app, Arguments& arguments);
CLI::App* add_merge(CLI::App& app, Arguments& arguments);
CLI::App* add_compare(CLI::App& app, Arguments& arguments);
CLI::App* add_simulate(CLI::App& app, Arguments& arguments);
CLI::App* add_report(CLI::App& app, Arguments& arguments);
CLI::App* add_next(CLI::App& app, Arguments& arguments);
CLI::App* add_plan(CLI::App& app, Arguments& arguments);
CLI::App* add_monitor(CLI::App& app, Arguments& arguments);
CLI::App* add_fund(CLI::App& app, Arguments& arguments);
CLI::App* add_study(CLI::App& app, Arguments& arguments);
CLI::App* add_audit(CLI::App& app, Arguments& arguments);
CLI::App* add_weights(CLI::App& app, Arguments& arguments);
CLI::App* add_rule_sets(CLI::App& app, Arguments& arguments);  // rules, with what is below it
CLI::App* add_manual(CLI::App& app, Arguments& arguments);
CLI::App* add_completion(CLI::App& app, Arguments& arguments);

// What a command below `rules`, or `rules` itself, was asked.
int rule_sets(const Call& call, const CLI::App& command, const RulesCall& what);

// The application as plain data.
CommandModel model_of(const CLI::App& app);

}  // namespace jixiao::cli
