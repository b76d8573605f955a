// jixiao.toml: what a call says where nobody types it.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "jixiao/text.hpp"

namespace jixiao::cli {

struct CallWithDefaults {
  std::vector<std::string> words;  // of the call, and behind them what the file adds
  std::vector<std::string> added;  // those alone
  std::string file;                // empty: none was read
  std::optional<Text> fault;       // what is wrong with the file
};

// Reads the file that --defaults names, else jixiao.toml of the working folder if there is one. A
// key before any table is an option of every command that has it (lang = "zh"), one under [COMMAND]
// of that command alone (before the other). What was typed is not added again; a key that no option
// has is a fault.
CallWithDefaults with_defaults(const CLI::App& app, std::vector<std::string> words);

}  // namespace jixiao::cli
