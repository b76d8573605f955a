#include "defaults_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "jixiao/suggestion.hpp"

namespace jixiao::cli {
namespace {

constexpr const char* own_name = "jixiao.toml";

// The value of --defaults; nothing when it is not in the call.
std::optional<std::string> named_file(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--defaults" && i + 1 < words.size()) return words[i + 1];
    if (words[i].starts_with("--defaults=")) return words[i].substr(11);
  }
  return std::nullopt;
}

const CLI::App* command_named(const CLI::App& app, const std::string& name) {
  for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (one->get_name() == name) return one;
  }
  return nullptr;
}

// The command of a call: its first word that is one and no value of an option before it.
const CLI::App* command_in(const CLI::App& app, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--rules-folder" || words[i] == "--defaults") {
      ++i;
    } else if (!words[i].starts_with("-")) {
      return command_named(app, words[i]);
    }
  }
  return nullptr;
}

const CLI::Option* option_of(const CLI::App& command, const std::string& key) {
  const CLI::Option* const found = command.get_option_no_throw("--" + key);
  return found != nullptr && !found->get_positional() && key != "help" ? found : nullptr;
}

bool is_typed(const CLI::Option& option, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    const auto is_name = [&](const std::string& name, const char* dashes) {
      return word == dashes + name || word.starts_with(dashes + name + "=");
    };
    return std::any_of(option.get_lnames().begin(), option.get_lnames().end(),
                       [&](const std::string& name) { return is_name(name, "--"); }) ||
           std::any_of(option.get_snames().begin(), option.get_snames().end(),
                       [&](const std::string& name) { return is_name(name, "-"); });
  });
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      if (name != "help") out.push_back(name);
    }
  }
  return out;
}

// "; did you mean 'x'?" where there is something near.
Text nearest(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = nearest_word(word, known);
  return near.empty() ? Text{}
                      : Text{"；是否想写 '" + near + "'？", "; did you mean '" + near + "'?"};
}

Text fault_text(const Text& what, const std::string& word, const std::vector<std::string>& known) {
  const Text near = nearest(word, known);
  return {what.zh + near.zh, what.en + near.en};
}

// What is wrong with a key or a table of the file.
std::optional<Text> fault_of(const CLI::App& app, const CLI::ConfigItem& item) {
  std::vector<std::string> known;
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  if (!item.parents.empty()) {
    const std::string& table = item.parents.front();
    for (const CLI::App* one : commands) known.push_back(one->get_name());
    const CLI::App* const command = command_named(app, table);
    if (command == nullptr || item.parents.size() > 1)
      return fault_text({"[" + table + "] 不是命令", "[" + table + "] is no command"}, table,
                        known);
    if (option_of(*command, item.name) != nullptr) return std::nullopt;
    return fault_text({"[" + table + "] 的 " + item.name + "：" + table + " 没有这个选项",
                       item.name + " under [" + table + "]: " + table + " has no such option"},
                      item.name, option_names(*command));
  }
  for (const CLI::App* one : commands) {
    if (option_of(*one, item.name) != nullptr) return std::nullopt;
    for (const std::string& name : option_names(*one)) known.push_back(name);
  }
  return fault_text(
      {item.name + "：没有一个命令有这个选项", item.name + ": no command has such an option"},
      item.name, known);
}

void add_item(const CLI::App& command, const CLI::ConfigItem& item, CallWithDefaults& out) {
  const CLI::Option* const option = option_of(command, item.name);
  if (option == nullptr || is_typed(*option, out.words)) return;
  if (option->get_items_expected_max() == 0) {  // a flag
    const bool wanted = item.inputs.size() == 1 && item.inputs.front() == "true";
    if (wanted) out.added.push_back("--" + item.name);
    return;
  }
  for (const std::string& value : item.inputs) {
    out.added.push_back("--" + item.name);
    out.added.push_back(value);
  }
}

}  // namespace

CallWithDefaults with_defaults(const CLI::App& app, std::vector<std::string> words) {
  CallWithDefaults out;
  out.words = std::move(words);
  const auto named = named_file(out.words);
  std::error_code error;
  if (!named && !std::filesystem::is_regular_file(own_name, error)) return out;
  out.file = named.value_or(own_name);
  std::ifstream in(out.file);
  if (!in) {
    out.fault = Text{"没有这个文件", "there is no such file"};
    return out;
  }
  std::vector<CLI::ConfigItem> items;
  try {
    items = CLI::ConfigTOML().from_config(in);
  } catch (const CLI::Error& wrong) {
    out.fault = Text{"读不懂这个文件", "this file cannot be read"};
    return out;
  }
  std::erase_if(items,
                [](const CLI::ConfigItem& item) { return item.name == "++" || item.name == "--"; });
  for (const CLI::ConfigItem& item : items) {
    if (!out.fault) out.fault = fault_of(app, item);
  }
  const CLI::App* const command = command_in(app, out.words);
  if (out.fault || command == nullptr) return out;
  const bool is_asked = std::any_of(out.words.begin(), out.words.end(), [](const auto& word) {
    return word == "-h" || word == "--help";
  });
  if (is_asked) return out;
  // What stands under the command goes before what stands for all.
  for (const bool own : {true, false}) {
    CallWithDefaults more;
    more.words = out.words;
    for (const CLI::ConfigItem& item : items) {
      if (item.parents.empty() == own) continue;
      if (own && item.parents.front() != command->get_name()) continue;
      add_item(*command, item, more);
    }
    out.words.insert(out.words.end(), more.added.begin(), more.added.end());
    out.added.insert(out.added.end(), more.added.begin(), more.added.end());
  }
  return out;
}

}  // namespace jixiao::cli
