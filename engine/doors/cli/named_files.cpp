#include "named_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <string_view>

#include "jixiao/unsaved.hpp"

namespace jixiao::cli {
namespace {

// Options whose value is a file that the command writes. Whatever else stands on the command line
// and is there as a file is read, and is not written over: an output that is missing here is
// refused as soon as it names a file that exists.
bool names_output(const CLI::App& command, const CLI::Option& option) {
  const std::string name = option.get_name();
  if (command.get_name() == "study") return name == "--file" || name == "--state";
  if (command.get_name() == "weights") return name == "--write";
  return name == "--output" || name == "--report" || name == "--errors" || name == "--indicators";
}

// Commands that would count an input twice that is named twice.
bool counts_inputs(const CLI::App& command, const CLI::Option& option) {
  constexpr std::array<std::string_view, 5> commands{"batch", "merge", "compare", "audit", "fund"};
  return option.get_positional() &&
         std::find(commands.begin(), commands.end(), command.get_name()) != commands.end();
}

// Commands whose project, results or file may be "-", standard input.
bool takes_standard_input(const CLI::App& command) {
  constexpr std::array<std::string_view, 8> commands{"score",  "explain",  "check",   "next",
                                                     "report", "simulate", "monitor", "plan"};
  return std::find(commands.begin(), commands.end(), command.get_name()) != commands.end();
}

std::optional<Diagnostic> declare_value(const CLI::App& command, const CLI::Option& option,
                                        const std::string& value, FileUses& uses) {
  const std::string as = option.get_positional() ? std::string() : option.get_name();
  if (names_output(command, option)) return value == "-" ? std::nullopt : uses.writes(value, as);
  std::error_code ignored;
  if (value != "-" && !std::filesystem::exists(value, ignored)) return std::nullopt;
  return counts_inputs(command, option) ? uses.reads_once(value, as) : uses.reads(value, as);
}

// The commands that were given, and those below them.
std::optional<Diagnostic> declare_commands(const CLI::App& app, bool outputs, FileUses& uses) {
  for (const CLI::App* command : app.get_subcommands()) {
    for (const CLI::Option* option : command->get_options()) {
      if (option->count() == 0 || option->get_items_expected_max() == 0) continue;
      if (names_output(*command, *option) != outputs) continue;
      for (const std::string& value : option->results()) {
        if (auto conflict = declare_value(*command, *option, value, uses)) return conflict;
      }
    }
    if (auto conflict = declare_commands(*command, outputs, uses)) return conflict;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Diagnostic> hold_names_apart(const CLI::App& app, FileUses& uses) {
  // What goes to stdout may go to a file: `>> results.toml`.
  if (auto conflict = uses.writes("-", "")) return conflict;
  for (const bool outputs : {false, true}) {
    if (auto conflict = declare_commands(app, outputs, uses)) return conflict;
  }
  return std::nullopt;
}

std::optional<Diagnostic> read_standard_input(const CLI::App& app) {
  std::ptrdiff_t times = 0;
  for (const CLI::App* command : app.get_subcommands()) {
    if (!takes_standard_input(*command)) continue;
    for (const CLI::Option* option : command->get_options()) {
      if (option->count() == 0 || names_output(*command, *option)) continue;
      const auto values = option->results();
      times += std::count(values.begin(), values.end(), "-");
    }
  }
  if (times == 1) keep_unsaved("-", std::string(std::istreambuf_iterator<char>(std::cin), {}));
  if (times < 2) return std::nullopt;
  Diagnostic twice;
  twice.code = "file.conflict";
  twice.file = "-";
  twice.message = {"标准输入只能读一次，而“-”写了 " + std::to_string(times) + " 次",
                   "standard input can be read once, and '-' stands in the call " +
                       std::to_string(times) + " times"};
  twice.help = {"其余的写文件名", "name files for the others"};
  return twice;
}

}  // namespace jixiao::cli
