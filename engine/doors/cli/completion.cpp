#include <map>
#include <string_view>

#include "command_model.hpp"

namespace jixiao::cli {
namespace {

// How the value of an option is completed: by fixed words, by the ids of rule sets, or by names of
// files.
struct ValueWords {
  std::string_view value;  // as the option shows it
  std::string_view words;
};
constexpr ValueWords fixed_words[] = {{"LANG", "zh en"}, {"FORMAT", "text json csv md html"}};
constexpr std::string_view rule_ids =
    "jixiao rules list --format csv 2>/dev/null | sed 1d | cut -d, -f1";

std::string_view words_of(const OptionModel& option) {
  for (const ValueWords& one : fixed_words) {
    if (one.value == option.value) return one.words;
  }
  return {};
}
bool takes_rules(const OptionModel& option) { return option.value == "ID|FILE"; }

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c == '\n' ? ' ' : c;
    }
  }
  return out + "'";
}

// A command and the way to it: "jixiao/rules/show".
struct PathCommand {
  std::string path;
  const CommandModel* command;
};
void add_paths(std::vector<PathCommand>& out, const CommandModel& command,
               const std::string& path) {
  out.push_back({path, &command});
  for (const CommandModel& sub : command.commands) add_paths(out, sub, path + "/" + sub.name);
}
std::vector<PathCommand> all_paths(const CommandModel& program) {
  std::vector<PathCommand> out;
  add_paths(out, program, program.name);
  return out;
}

// Options that take a value, each name once.
std::map<std::string, const OptionModel*> options_with_values(
    const std::vector<PathCommand>& paths) {
  std::map<std::string, const OptionModel*> out;
  for (const PathCommand& each : paths) {
    for (const OptionModel& option : each.command->options) {
      if (option.positional || option.value.empty()) continue;
      for (const std::string& name : option.names) out.emplace(name, &option);
    }
  }
  return out;
}

std::string names_joined(const CommandModel& command) {
  std::string out;
  for (const OptionModel& option : command.options) {
    if (option.positional) continue;
    for (const std::string& name : option.names) out += (out.empty() ? "" : " ") + name;
  }
  return out;
}

std::string bash_script(const CommandModel& program) {
  const auto paths = all_paths(program);
  std::string known = " ";
  for (const PathCommand& each : paths) known += each.path + " ";
  std::string out =
      "# Completion of jixiao for bash, written by jixiao completion bash.\n_jixiao() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path=jixiao "
      "commands= options= i\n"
      "  local known=" +
      shell_quoted(known) +
      "\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    [[ $known == *\" $path/${COMP_WORDS[i]} \"* ]] && path=$path/${COMP_WORDS[i]}\n  done\n "
      " case $prev in\n";
  for (const auto& [name, option] : options_with_values(paths)) {
    const std::string_view words = words_of(*option);
    if (takes_rules(*option)) {
      out += "    " + name + ") COMPREPLY=($(compgen -W \"$(" + std::string(rule_ids) +
             ")\" -- \"$cur\") $(compgen -f -- \"$cur\")); return ;;\n";
    } else if (!words.empty()) {
      out += "    " + name + ") COMPREPLY=($(compgen -W " + shell_quoted(words) +
             " -- \"$cur\")); return ;;\n";
    } else {
      out += "    " + name + ") COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n";
    }
  }
  out += "  esac\n  case $path in\n";
  for (const PathCommand& each : paths) {
    std::string commands;
    for (const CommandModel& sub : each.command->commands)
      commands += (commands.empty() ? "" : " ") + sub.name;
    out += "    " + each.path + ") commands=" + shell_quoted(commands) +
           " options=" + shell_quoted(names_joined(*each.command)) + " ;;\n";
  }
  return out +
         "  esac\n  if [[ $cur == -* ]]; then\n    COMPREPLY=($(compgen -W \"$options\" -- "
         "\"$cur\"))\n"
         "  elif [[ $path == jixiao ]]; then\n    COMPREPLY=($(compgen -W \"$commands\" -- "
         "\"$cur\"))\n"
         "  else\n    COMPREPLY=($(compgen -W \"$commands\" -- \"$cur\") $(compgen -f -- "
         "\"$cur\"))\n  fi\n}\n"
         "complete -o filenames -F _jixiao jixiao\n";
}

// "name:description" for _describe.
std::string described(const std::string& name, const std::string& description) {
  std::string out;
  for (const char c : name) out += c == ':' ? std::string("\\:") : std::string(1, c);
  return shell_quoted(out + ":" + description.substr(0, description.find('\n')));
}

std::string zsh_script(const CommandModel& program) {
  const auto paths = all_paths(program);
  std::string known = " ";
  for (const PathCommand& each : paths) known += each.path + " ";
  std::string out =
      "#compdef jixiao\n# Completion of jixiao for zsh, written by jixiao completion "
      "zsh.\n_jixiao() {\n"
      "  local way=jixiao word\n  local -a commands options\n  local known=" +
      shell_quoted(known) +
      "\n"
      "  for word in ${words[2,CURRENT-1]}; do\n    [[ $known == *\" $way/$word \"* ]] && "
      "way=$way/$word\n  done\n"
      "  case ${words[CURRENT-1]} in\n";
  for (const auto& [name, option] : options_with_values(paths)) {
    const std::string_view words = words_of(*option);
    if (takes_rules(*option)) {
      out += "    (" + name + ") compadd -- ${(f)\"$(" + std::string(rule_ids) +
             ")\"}; _files; return ;;\n";
    } else if (!words.empty()) {
      out += "    (" + name + ") compadd -- " + std::string(words) + "; return ;;\n";
    } else {
      out += "    (" + name + ") _files; return ;;\n";
    }
  }
  out += "  esac\n  case $way in\n";
  for (const PathCommand& each : paths) {
    out += "    (" + each.path + ")\n      commands=(";
    for (const CommandModel& sub : each.command->commands)
      out += " " + described(sub.name, sub.description);
    out += " )\n      options=(";
    for (const OptionModel& option : each.command->options) {
      if (option.positional) continue;
      for (const std::string& name : option.names) out += " " + described(name, option.description);
    }
    out += " ) ;;\n";
  }
  return out +
         "  esac\n  if [[ $PREFIX == -* ]]; then\n    _describe -o option options\n  else\n"
         "    (( $#commands )) && _describe command commands\n    [[ $way == jixiao ]] || _files\n "
         " fi\n}\n"
         "if [[ $funcstack[1] == _jixiao ]]; then _jixiao \"$@\"; else compdef _jixiao jixiao; "
         "fi\n";
}

std::string fish_script(const CommandModel& program) {
  std::string out = "# Completion of jixiao for fish, written by jixiao completion fish.\n";
  const auto add_command = [&](const CommandModel& command, const std::string& when) {
    for (const CommandModel& sub : command.commands) {
      out += "complete -c jixiao -n " + shell_quoted(when) + " -f -a " + sub.name + " -d " +
             shell_quoted(sub.description.substr(0, sub.description.find('\n'))) + "\n";
    }
  };
  const auto add_options_of = [&](const CommandModel& command, const std::string& when) {
    for (const OptionModel& option : command.options) {
      if (option.positional) continue;
      out += "complete -c jixiao -n " + shell_quoted(when);
      for (const std::string& name : option.names) {
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      const std::string_view words = words_of(option);
      if (takes_rules(option)) {
        out += " -r -a " + shell_quoted("(" + std::string(rule_ids) + ")");
      } else if (!words.empty()) {
        out += " -x -a " + shell_quoted(words);
      } else if (!option.value.empty()) {
        out += " -r";
      }
      out += " -d " + shell_quoted(option.description) + "\n";
    }
  };
  add_command(program, "__fish_use_subcommand");
  add_options_of(program, "__fish_use_subcommand");
  for (const CommandModel& command : program.commands) {
    std::string when = "__fish_seen_subcommand_from " + command.name;
    std::string subs;
    for (const CommandModel& sub : command.commands) subs += " " + sub.name;
    if (!subs.empty()) {
      add_command(command, when + "; and not __fish_seen_subcommand_from" + subs);
      for (const CommandModel& sub : command.commands)
        add_options_of(sub, when + "; and __fish_seen_subcommand_from " + sub.name);
    }
    add_options_of(command, when);
  }
  return out;
}

}  // namespace

std::string completion_script(const CommandModel& program, const std::string& shell) {
  if (shell == "bash") return bash_script(program);
  if (shell == "zsh") return zsh_script(program);
  if (shell == "fish") return fish_script(program);
  return {};
}

}  // namespace jixiao::cli
