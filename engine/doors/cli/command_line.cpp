// Parses the command line and runs what it asks for. CLI11 stays in this file and arguments.
#include "command_line.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "commands.hpp"
#include "defaults_file.hpp"
#include "lsp/serve.hpp"
#include "named_files.hpp"
#include "output_file.hpp"
#include "terminal.hpp"
#include "writing.hpp"

namespace jixiao::cli {
namespace {

Language language_of_environment() {
  for (const char* name : {"JIXIAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0')
      return std::strncmp(value, "zh", 2) == 0 ? Language::zh : Language::en;
  }
  return Language::en;
}

// Open MPI gives its processes a terminal of their own, wherever what they print goes.
bool wants_colour(int descriptor) {
  return isatty(descriptor) != 0 && std::getenv("NO_COLOR") == nullptr &&
         std::getenv("OMPI_COMM_WORLD_SIZE") == nullptr;
}

// Columns of lines written to `descriptor`: those its terminal has, else $COLUMNS, else 80; within
// 60 and 200, which every report is laid out for.
std::size_t terminal_width(int descriptor) {
  const char* columns = std::getenv("COLUMNS");
  long width = columns != nullptr ? std::strtol(columns, nullptr, 10) : 0;
  winsize window{};
  if (ioctl(descriptor, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) width = window.ws_col;
  return width <= 0 ? 80 : static_cast<std::size_t>(std::clamp(width, 60L, 200L));
}

// Into `folder`, or the program's own page to standard output when it is empty.
int write_manual(const CommandModel& program, const std::string& folder) {
  const std::vector<ManualPage> pages = manual_pages(program, engine_name());
  if (folder.empty()) {
    std::cout << pages.front().text;
    return done;
  }
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  for (const ManualPage& page : pages) {
    const std::string path = (std::filesystem::path(folder) / page.file).string();
    std::ofstream out(path, std::ios::binary);
    out << page.text;
    out.close();
    if (out) continue;
    std::cerr << path << ": cannot be written\n";
    return own_fault;
  }
  return done;
}

// The words of a call in the order the parser wants them: what stands before the command but
// belongs to it (--lang) is moved behind it.
std::vector<std::string> call_words(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc), moved;
  std::size_t at = 0;
  while (at < words.size() && words[at].starts_with("-") && words[at] != "-") {
    const bool valued = words[at] == "--lang" || words[at] == "--rules-folder" ||
                        words[at] == "--defaults";
    const std::size_t count = valued ? 2 : 1;
    if (!words[at].starts_with("--lang") || at + count >= words.size()) {
      at += count;
      continue;
    }
    const auto first = words.begin() + static_cast<std::ptrdiff_t>(at);
    const auto last = first + static_cast<std::ptrdiff_t>(count);
    moved.insert(moved.end(), first, last);
    words.erase(first, last);
  }
  words.insert(words.end(), moved.begin(), moved.end());
  return words;
}

// The language of what is said of a call that could not be read.
Language language_of(const std::vector<std::string>& words, Language otherwise) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string value = words[i] == "--lang" && i + 1 < words.size() ? words[i + 1]
                              : words[i].starts_with("--lang=")            ? words[i].substr(7)
                                                                           : std::string();
    if (value == "zh") return Language::zh;
    if (value == "en") return Language::en;
  }
  return otherwise;
}

// The first example of a command's help: its first line behind "Examples 示例:".
std::string example_of(const CLI::App& command) {
  const std::string footer = command.get_footer();
  const auto from = footer.find_first_not_of(' ', footer.find('\n') + 1);
  if (from == std::string::npos || footer.find("示例") == std::string::npos) return {};
  return footer.substr(from, footer.find('\n', from) - from);
}

// "csv, json" of "{csv->2,json->1} OR {2,1}" or "{bash,zsh}": the words a value may be.
std::string choices_in(const std::string& message) {
  const auto from = message.find('{'), to = message.find('}');
  if (from == std::string::npos || to == std::string::npos) return {};
  std::string out;
  std::istringstream list(message.substr(from + 1, to - from - 1));
  for (std::string word; std::getline(list, word, ',');)
    out += (out.empty() ? "" : ", ") + word.substr(0, word.find("->"));
  return out;
}

// Which options a file of defaults added to the call, or what is wrong with it.
void say_defaults(const CallWithDefaults& with, Language language) {
  const bool zh = language == Language::zh;
  if (with.fault) {
    std::cerr << "jixiao: " << with.file << (zh ? "：" : ": ") << with.fault->in(language) << "\n";
  } else if (!with.added.empty()) {
    std::cerr << with.file << (zh ? "：" : ":");
    for (const std::string& word : with.added) std::cerr << " " << word;
    std::cerr << "\n";
  }
}

bool any_command(const CLI::App* /*command*/) { return true; }

// What is wrong with a call, in the words of its user.
class CallFault {
 public:
  CallFault(const CLI::App& app, const std::vector<std::string>& words, Language language)
      : app_(app), words_(words), zh_(language == Language::zh) {
    for (auto named = app.get_subcommands(); !named.empty(); named = command_->get_subcommands()) {
      command_ = named.back();
      path_ += " " + command_->get_name();
    }
  }

  [[nodiscard]] std::string words(const CLI::ParseError& error) const {
    std::string out = "jixiao: " + what(error) + "\n";
    const CLI::App& shown = command_ == nullptr ? app_ : *command_;
    const std::string example = example_of(shown);
    if (!example.empty()) out += (zh_ ? "例如：" : "for example: ") + example + "\n";
    return out + (zh_ ? "说明：jixiao" : "help: jixiao") + path_ + " --help\n";
  }

 private:
  [[nodiscard]] std::string pick(const std::string& zh, const std::string& en) const {
    return zh_ ? zh : en;
  }

  // "; did you mean 'x'?"
  [[nodiscard]] std::string meant(const std::string& word,
                                  const std::vector<std::string>& known) const {
    const std::string near = nearest_word(word, known);
    if (near.empty()) return {};
    return pick("；是 '" + near + "' 吗？", "; did you mean '" + near + "'?");
  }

  static bool is(const CLI::ParseError& error, CLI::ExitCodes code) {
    return error.get_exit_code() == static_cast<int>(code);
  }

  [[nodiscard]] std::string what(const CLI::ParseError& error) const {
    if (command_ == nullptr) return without_command();
    const std::string message = error.what();
    if (is(error, CLI::ExitCodes::ExtrasError)) return extra();
    const std::string name = message.substr(0, message.find_first_of(": "));
    if (is(error, CLI::ExitCodes::RequiredError)) return pick("缺少 " + name, name + " is missing");
    if (is(error, CLI::ExitCodes::ArgumentMismatch))
      return pick(name + " 后面缺少取值", name + " needs a value behind it");
    const std::string choices = choices_in(message);
    const std::string value = value_behind(name);
    if (!choices.empty())
      return pick(name + " 不能是 '" + value + "'；可用：" + choices,
                  name + " cannot be '" + value + "'; known: " + choices);
    const auto expected = message.find(": expected ");  // said by a validator of ours
    if (!zh_ && expected != std::string::npos) return message;
    if (message.find(" should ") != std::string::npos) return message;  // in both languages
    constexpr std::string_view outside = "not in range ";
    if (const auto at = message.find(outside); at != std::string::npos) {
      const std::string range = message.substr(at + outside.size());
      return pick(name + " 不能是 '" + value + "'，不在范围 " + range + " 内",
                  name + " cannot be '" + value + "': not in range " + range);
    }
    if (!value.empty())
      return pick(name + " 读不懂 '" + value + "'", name + " cannot be read from '" + value + "'");
    return message;
  }

  [[nodiscard]] std::string without_command() const {
    std::vector<std::string> known;
    for (const CLI::App* one : app_.get_subcommands(any_command)) known.push_back(one->get_name());
    for (const std::string& word : words_) {
      if (word.starts_with("-") || word == "help") continue;
      std::error_code ignored;
      if (std::filesystem::is_regular_file(word, ignored))
        return pick("缺少命令；填好的表格用 jixiao import " + word +
                        " -o 项目目录，项目用 jixiao score " + word,
                    "the command is missing; for a filled-in form: jixiao import " + word +
                        " -o FOLDER; for a project: jixiao score " + word);
      return pick("没有命令 '" + word + "'", "there is no command '" + word + "'") +
             meant(word, known);
    }
    return pick("没有给出命令", "no command is given");
  }

  [[nodiscard]] std::string extra() const {
    std::vector<std::string> known;
    for (const CLI::Option* option : command_->get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
    const auto left = app_.remaining(true);
    for (const std::string& word : left) {
      if (!word.starts_with("-")) continue;
      const std::string name = word.substr(0, word.find('='));
      return pick("命令 " + command_->get_name() + " 没有选项 '" + name + "'",
                  "the command " + command_->get_name() + " has no option '" + name + "'") +
             meant(name, known);
    }
    return pick("多出 '", "nothing is expected where '") + (left.empty() ? "" : left.front()) +
           pick("'，不知何用", "' stands");
  }

  // The value given to an option, or to a positional argument the only word that is no option.
  [[nodiscard]] std::string value_behind(const std::string& name) const {
    for (std::size_t i = 0; i + 1 < words_.size(); ++i)
      if (words_[i] == name) return words_[i + 1];
    for (const std::string& word : words_)
      if (word.starts_with(name + "=")) return word.substr(name.size() + 1);
    return name.starts_with("-") || words_.size() < 2 ? std::string() : words_.back();
  }

  const CLI::App& app_;
  const std::vector<std::string>& words_;
  bool zh_;
  const CLI::App* command_ = nullptr;  // the innermost that was named
  std::string path_;                   // " rules show"
};

// `jixiao` alone, `jixiao help` and `jixiao help score`; nothing for any other call.
std::optional<int> show_help(const CLI::App& app, const std::vector<std::string>& words) {
  if (!words.empty() && words.front() != "help") return std::nullopt;
  if (words.size() < 2) {
    std::cout << app.help();
    return words.empty() ? call_wrong : done;
  }
  for (const CLI::App* command : app.get_subcommands(any_command)) {
    if (command->get_name() != words[1]) continue;
    std::cout << command->help();
    return done;
  }
  return std::nullopt;
}

int parse_and_run(int argc, char** argv, Ranks* ranks, unsigned threads) {
  Arguments arguments;
  arguments.style.language = language_of_environment();
  arguments.style.width = terminal_width(STDOUT_FILENO);
  arguments.study.options.threads = threads;
  CLI::App app{
      "jixiao 绩效: scores performance-evaluation results against a rule set, with the reason for "
      "every point.\n"
      "按规则集为绩效评价结果计分，每一分都有来由。",
      "jixiao"};
  app.require_subcommand(1);
  app.set_version_flag("--version", engine_name());
  app.add_option("--rules-folder", arguments.rules_folder,
                 "another folder of rule sets, looked at first 规则库目录")
      ->option_text("DIR");
  app.add_option("--defaults", arguments.defaults,
                 "a file of options for calls that do not type them; default: jixiao.toml where "
                 "there is one 默认选项文件")
      ->option_text("FILE");
  app.footer(
      "Examples 示例:\n  jixiao score scenarios/chenggong-2020 --lang zh\n  jixiao explain "
      "scenarios/chenggong-2020 trained\n  jixiao "
      "check my-rules.toml my-project/\n  jixiao new my-project\n"
      "Exit status 退出码: 0 done, 1 the input is wrong, 2 the call is wrong, 3 our own fault, 130 "
      "interrupted");

  CLI::App* score = app.add_subcommand("score", "points, total and rating 计分并定级");
  add_project_option(score, arguments);
  add_style(score, arguments);
  score->footer(
      "Examples 示例:\n  jixiao score scenarios/chenggong-2020\n  jixiao score my-project --rules "
      "hubei-dept --format html > report.html\n "
      " jixiao score my-project --results draft.csv --format json | jq .total");
  CLI::App* explain = app.add_subcommand(
      "explain", "the formula, its numbers and its source, for one indicator or all 逐项解释");
  add_project_option(explain, arguments);
  explain
      ->add_option("INDICATOR", arguments.score.indicator,
                   "one indicator, by id or name; default: all 指标")
      ->option_text(" ");
  add_style(explain, arguments);
  explain->footer(
      "Examples 示例:\n  jixiao explain scenarios/chenggong-2020 trained\n  jixiao explain "
      "my-project --format md > reasons.md");
  CLI::App* batch = add_batch(app, arguments);
  CLI::App* survey = add_survey(app, arguments);
  CLI::App* merge = add_merge(app, arguments);
  CLI::App* compare = add_compare(app, arguments);
  CLI::App* simulate = add_simulate(app, arguments);
  CLI::App* next = add_next(app, arguments);
  CLI::App* plan = add_plan(app, arguments);
  CLI::App* monitor = add_monitor(app, arguments);
  CLI::App* fund = add_fund(app, arguments);
  CLI::App* study = add_study(app, arguments);
  CLI::App* weights = add_weights(app, arguments);
  CLI::App* check = app.add_subcommand(
      "check", "everything that is wrong with rule sets, projects, results 检查文件");
  check->add_option("FILE", arguments.files, "files or folders; -: standard input 文件或目录")
      ->required()
      ->option_text("...");
  add_rules(check, arguments.check_rules, "check projects against this rule set 指定规则集");
  add_statistics(check, arguments);
  add_style(check, arguments);
  check->footer(
      "Examples 示例:\n  jixiao check scenarios/chenggong-2020\n  jixiao check "
      "rules/*/ruleset.toml --format json");
  CLI::App* rules = add_rule_sets(app, arguments);
  CLI::App* fresh = app.add_subcommand("new", "a commented project to start from 新建项目");
  fresh
      ->add_option("DIR", arguments.new_folder,
                   "folder to write into; default: print the project 目录")
      ->option_text(" ");
  add_rules(fresh, arguments.new_rules,
            "the rule set the project asks for; default: cn-mof-2020 规则集");
  add_style(fresh, arguments);
  fresh->footer(
      "Examples 示例:\n  jixiao new my-project --rules guangxi\n  jixiao new > project.toml");
  CLI::App* forms_in =
      app.add_subcommand("import", "a project from a filled-in form 由填好的表格生成项目");
  forms_in
      ->add_option(
          "FILE", arguments.forms_in.file,
          "a form as .docx .xlsx .csv .txt .md .html (.doc .xls through LibreOffice), or a folder "
          "of them 表格文件或目录")
      ->required()
      ->option_text(" ");
  forms_in
      ->add_option("-o,--output", arguments.forms_in.folder,
                   "folder to write into, or NAME.csv: one table of all forms, for batch; default: "
                   "print 目录或汇总表")
      ->option_text("DIR|NAME.csv");
  add_rules(forms_in, arguments.forms_in.rules,
            "rule set of that table; default: what most forms ask for 规则集");
  add_headings(forms_in, arguments.forms_in.columns);
  add_language(forms_in, arguments);
  forms_in->footer(
      "Examples 示例:\n  jixiao import form.docx -o my-project\n  jixiao import forms.xlsx -o "
      "projects --lang zh\n  jixiao import forms/ -o projects.csv && jixiao batch projects.csv");
  CLI::App* forms_out = add_report(app, arguments);
  CLI::App* audit = add_audit(app, arguments);
  CLI::App* manual = add_manual(app, arguments);
  CLI::App* completion = add_completion(app, arguments);
  CLI::App* lsp = app.add_subcommand(
      "lsp", "the language server of editors, on stdin and stdout 编辑器语言服务");
  add_language(lsp, arguments);
  lsp->footer("Example 示例 (docs/editors.md):\n  jixiao lsp --lang en");
  CLI::App* version = app.add_subcommand("version", "which engine this is 版本");
  add_style(version, arguments);
  version->footer("Example 示例:\n  jixiao version --format json");

  const bool is_root = ranks == nullptr || ranks->rank() == 0;
  const std::vector<std::string> words = call_words(argc, argv);
  if (is_root) {
    if (const auto status = show_help(app, words)) return *status;
  }
  const CallWithDefaults with = with_defaults(app, words);
  if (is_root) say_defaults(with, language_of(with.words, arguments.style.language));
  if (with.fault) return call_wrong;
  try {
    app.parse(std::vector<std::string>(with.words.rbegin(), with.words.rend()));  // it takes them
                                                                                  // from the end
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == 0;  // --help, --version
    if (is_root && asked) app.exit(error);
    if (is_root && !asked)
      std::cerr << CallFault(app, with.words, language_of(with.words, arguments.style.language))
                       .words(error);
    return asked ? done : call_wrong;
  }

  Call call{arguments.style, {}, RuleLibrary::standard(), ranks};
  if (!arguments.rules_folder.empty())
    call.library.folders.insert(call.library.folders.begin(), arguments.rules_folder);
  call.library.statistics = arguments.statistics;
  call.out.colour = wants_colour(STDOUT_FILENO);
  call.err = {Format::text, arguments.style.language, wants_colour(STDERR_FILENO),
              terminal_width(STDERR_FILENO)};

  FileUses uses(FileUses::Scope::process);
  auto conflict = hold_names_apart(app, uses);
  if (!conflict) conflict = read_standard_input(app);
  if (conflict) {
    if (is_root) report(call, {*conflict});
    return input_wrong;
  }
  if (ranks != nullptr && !study->parsed()) {
    if (is_root)
      std::cerr
          << "jixiao: "
          << (call.err.language == Language::zh
                  ? "jixiao-mpi 只做研究：jixiao-mpi study …；批量计分用 jixiao batch --shard\n"
                  : "jixiao-mpi does studies: jixiao-mpi study ...; tables of many projects go "
                    "with jixiao batch --shard\n");
    return call_wrong;
  }
  if (score->parsed()) return cli::score(call, arguments.score);
  if (explain->parsed()) return cli::explain(call, arguments.score);
  if (batch->parsed()) return cli::batch(call, arguments.batch);
  if (survey->parsed()) return cli::survey(call, arguments.survey, arguments.batch);
  if (merge->parsed()) return cli::merge(call, arguments.batch);
  if (compare->parsed()) return cli::compare(call, arguments.batch);
  if (simulate->parsed()) return cli::simulate(call, arguments.simulate);
  if (next->parsed()) return cli::next(call, arguments.next);
  if (plan->parsed()) return cli::plan(call, arguments.plan);
  if (monitor->parsed()) return cli::monitor(call, arguments.monitor);
  if (fund->parsed()) return cli::fund(call, arguments.fund);
  if (study->parsed()) return cli::study(call, arguments.study);
  if (weights->parsed()) return cli::weights(call, arguments.weights);
  if (check->parsed()) return cli::check(call, arguments.files, arguments.check_rules);
  if (rules->parsed()) return cli::rule_sets(call, *rules, arguments.rules);
  if (forms_in->parsed()) return cli::import_forms(call, arguments.forms_in);
  if (forms_out->parsed()) return cli::file_report(call, arguments.score, arguments.forms_out);
  if (audit->parsed()) return cli::audit(call, arguments.audit);
  if (fresh->parsed()) return cli::new_project(call, arguments.new_folder, arguments.new_rules);
  if (lsp->parsed()) return lsp::serve_editor(call.library, call.out.language, std::cin, std::cout);
  if (manual->parsed()) return write_manual(model_of(app), arguments.manual_folder);
  if (completion->parsed()) {
    std::cout << completion_script(model_of(app), arguments.shell);
    return done;
  }
  return cli::version(call);
}

}  // namespace

int run(int argc, char** argv, Ranks* ranks, unsigned threads) {
  std::ios::sync_with_stdio(false);
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is seen by what is written to it
  const TerminalGuard out(std::cout, STDOUT_FILENO), err(std::cerr, STDERR_FILENO);
  const int status = parse_and_run(argc, argv, ranks, threads);
  std::cout.flush();
  if (std::cout) return status;
  if (reader_is_gone()) return broken_pipe;
  std::cerr << "jixiao: the output could not be written\n";
  return own_fault;
}

int run_program(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "jixiao: internal error: " << error.what() << "\n";
    return own_fault;
  }
}

CommandModel model_of(const CLI::App& app) {
  CommandModel out;
  out.name = app.get_name();
  out.description = app.get_description();
  out.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    OptionModel one;
    one.positional = option->get_positional();
    one.required = option->get_required();
    one.repeated = option->get_items_expected_max() > 1;
    one.description = option->get_description();
    if (one.positional) {
      one.names = {option->get_name(true)};
    } else {
      for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
      for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
    }
    const bool takes_value = option->get_items_expected_max() > 0;
    if (!one.positional && takes_value) {
      one.value = option->get_option_text();
      if (one.value.empty()) one.value = option->get_type_name();
    }
    out.options.push_back(std::move(one));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    out.commands.push_back(model_of(*command));
  }
  return out;
}

}  // namespace jixiao::cli
