// The command line as plain data: what its manual pages and completions are written from.
#pragma once

#include <string>
#include <vector>

namespace jixiao::cli {

struct OptionModel {
  std::vector<std::string> names;  // "-o", "--output"; of a positional argument its name: "PROJECT"
  std::string value;               // "FILE"; empty: a flag
  std::string description;
  bool positional = false;
  bool required = false;
  bool repeated = false;
};

struct CommandModel {
  std::string name;  // "score"; of the program itself "jixiao"
  std::string description;
  std::string footer;  // examples, as --help shows them
  std::vector<OptionModel> options;
  std::vector<CommandModel> commands;
};

// One page of the manual: its file's name, "jixiao-score.1", and its text for man(1).
struct ManualPage {
  std::string file;
  std::string text;
};
// A page for the program and one for each command. `engine`: "jixiao 0.1.0".
std::vector<ManualPage> manual_pages(const CommandModel& program, const std::string& engine);

// What `shell` (bash, zsh or fish) reads to complete the program's commands, options and their
// values; empty for any other shell.
std::string completion_script(const CommandModel& program, const std::string& shell);

}  // namespace jixiao::cli
