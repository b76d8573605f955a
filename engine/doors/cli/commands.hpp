// What each command does once its words are understood. Results go to stdout, diagnostics to
// stderr.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jixiao/jixiao.hpp"

namespace jixiao::cli {

// Exit statuses, kept for good: scripts depend on them.
enum Exit : int {
  done = 0,
  input_wrong = 1,
  call_wrong = 2,
  own_fault = 3,
  interrupted = 130,
  broken_pipe = 141
};

struct Call {
  Style out;  // how results are written
  Style err;  // how diagnostics are written
  RuleLibrary library;
  Ranks* ranks = nullptr;  // of a study that several processes do together
};

struct ScoreCall {
  std::string project;
  std::string rules;      // "": what the project asks for
  std::string results;    // "": what stands beside the project
  std::string indicator;  // explain only; "": all
  bool as_filed = false;
};

// A project that names no rule set.
Diagnostic no_rules(const std::string& project);
bool has_error(const std::vector<Diagnostic>& diagnostics);
// Those of `all` that are errors, behind what is in `out`.
void add_errors(const std::vector<Diagnostic>& all, std::vector<Diagnostic>& out);
// Says them on stderr.
void report(const Call& call, const std::vector<Diagnostic>& diagnostics);

// A project read and scored, with what it was scored by.
struct Scored {
  RuleSet rules;
  Project project;
  Scorecard card;
};
// Nothing when a file could not be read. Everything that stops the score has been said.
std::optional<Scored> read_and_score(const Call& call, const ScoreCall& what);
// Of a command that shows what was scored.
int status(const Scorecard& card);

int score(const Call& call, const ScoreCall& what);
int explain(const Call& call, const ScoreCall& what);
int check(const Call& call, const std::vector<std::string>& files, const std::string& rules);
struct RulesCall {
  std::string id;           // a rule set, by id or file
  std::string folder;       // copy
  std::string method;       // show: this one of the rule set
  std::string output;       // show: a file; empty: print
  bool everything = false;  // prove: the methods of the catalogue as well
};

// Writes a commented project and results to start from into `folder`, or the project to stdout when
// it is empty.
// `rules`: the rule set it asks for; "": cn-mof-2020. Errors: a rule set that is not there, or that
// the project would not be scored clean by.
int new_project(const Call& call, const std::string& folder, const std::string& rules);
int version(const Call& call);

}  // namespace jixiao::cli
