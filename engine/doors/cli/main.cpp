// The words of the command line. CLI11 stays in this file.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <map>

#include "commands.hpp"

namespace {

using namespace jixiao;

Language language_of_environment() {
  for (const char* name : {"JIXIAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return std::strncmp(value, "zh", 2) == 0 ? Language::zh : Language::en;
  }
  return Language::en;
}

bool wants_colour(int descriptor) { return isatty(descriptor) != 0 && std::getenv("NO_COLOR") == nullptr; }

std::size_t terminal_width() {
  const char* columns = std::getenv("COLUMNS");
  const long width = columns != nullptr ? std::strtol(columns, nullptr, 10) : 0;
  return width >= 60 && width <= 400 ? static_cast<std::size_t>(width) : 100;
}

struct Words {
  Style style;
  std::string rules_folder;
  cli::ScoreCall score;
  std::vector<std::string> files;
  std::string check_rules;
  std::string rule_id;
  std::string new_folder;
};

void add_style(CLI::App* command, Words& words) {
  static const std::map<std::string, Format> formats{
      {"text", Format::text}, {"json", Format::json}, {"csv", Format::csv}, {"md", Format::markdown}, {"html", Format::html}};
  static const std::map<std::string, Language> languages{{"zh", Language::zh}, {"en", Language::en}};
  command->add_option("--format", words.style.format, "text, json, csv, md or html 输出格式")
      ->transform(CLI::CheckedTransformer(formats).description("FORMAT"))
      ->option_text("FORMAT");
  command->add_option("--lang", words.style.language, "zh or en 语言")
      ->transform(CLI::CheckedTransformer(languages).description("LANG"))
      ->option_text("LANG");
}

void add_project(CLI::App* command, Words& words) {
  command->add_option("PROJECT", words.score.project, "a folder with project.toml, or the file 项目目录或文件")
      ->required()
      ->option_text(" ");
  command->add_option("--rules", words.score.rules, "rule set by id or file; default: the project's own 规则集")->option_text("ID|FILE");
  command->add_option("--results", words.score.results, "results.toml or .csv; default: beside the project 结果文件")->option_text("FILE");
  command->add_flag("--as-filed", words.score.as_filed, "leave indicators in the blocks of the form 按申报表原块计分");
}

int run(int argc, char** argv) {
  Words words;
  words.style.language = language_of_environment();
  words.style.width = terminal_width();
  CLI::App app{
      "jixiao 绩效: scores performance-evaluation results against a rule set, with the reason for every point.\n"
      "按规则集为绩效评价结果计分，每一分都有来由。",
      "jixiao"};
  app.require_subcommand(1);
  app.set_version_flag("--version", engine_name());
  app.add_option("--rules-folder", words.rules_folder, "another folder of rule sets, looked at first 规则库目录")->option_text("DIR");
  app.footer(
      "Examples 示例:\n  jixiao score scenarios/chenggong-2020 --lang zh\n  jixiao explain scenarios/chenggong-2020 trained\n  jixiao "
      "check my-rules.toml my-project/\n  jixiao new my-project\n"
      "Exit status 退出码: 0 done, 1 the input is wrong, 2 the call is wrong, 3 our own fault");

  CLI::App* score = app.add_subcommand("score", "points, total and rating 计分并定级");
  add_project(score, words);
  add_style(score, words);
  score->footer(
      "Examples 示例:\n  jixiao score scenarios/chenggong-2020\n  jixiao score my-project --rules hubei-dept --format html > report.html\n "
      " jixiao score my-project --results draft.csv --format json | jq .total");
  CLI::App* explain = app.add_subcommand("explain", "the formula, its numbers and its source, for one indicator or all 逐项解释");
  add_project(explain, words);
  explain->add_option("INDICATOR", words.score.indicator, "id of one indicator; default: all 指标")->option_text(" ");
  add_style(explain, words);
  explain->footer(
      "Examples 示例:\n  jixiao explain scenarios/chenggong-2020 trained\n  jixiao explain my-project --format md > reasons.md");
  CLI::App* check = app.add_subcommand("check", "everything that is wrong with rule sets, projects, results 检查文件");
  check->add_option("FILE", words.files, "files or folders 文件或目录")->required()->option_text("...");
  check->add_option("--rules", words.check_rules, "check projects against this rule set 指定规则集")->option_text("ID|FILE");
  add_style(check, words);
  check->footer("Examples 示例:\n  jixiao check scenarios/chenggong-2020\n  jixiao check rules/*/ruleset.toml --format json");
  CLI::App* rules = app.add_subcommand("rules", "the rule sets there are 规则集");
  rules->require_subcommand(0, 1);
  add_style(rules, words);
  CLI::App* list = rules->add_subcommand("list", "all of them 列表");
  add_style(list, words);
  CLI::App* show = rules->add_subcommand("show", "one of them, with formulas and sources 详情");
  show->add_option("ID", words.rule_id, "id or file")->required()->option_text(" ");
  add_style(show, words);
  rules->footer("Examples 示例:\n  jixiao rules list\n  jixiao rules show cn-mof-2020 --lang zh");
  CLI::App* fresh = app.add_subcommand("new", "a commented project to start from 新建项目");
  fresh->add_option("DIR", words.new_folder, "folder to write into; default: print the project 目录")->option_text(" ");
  add_style(fresh, words);
  fresh->footer("Examples 示例:\n  jixiao new my-project\n  jixiao new > project.toml");
  CLI::App* version = app.add_subcommand("version", "which engine this is 版本");
  add_style(version, words);
  version->footer("Example 示例:\n  jixiao version --format json");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::done : cli::call_wrong;
  }

  cli::Call call{words.style, {}, RuleLibrary::standard()};
  if (!words.rules_folder.empty()) call.library.folders.insert(call.library.folders.begin(), words.rules_folder);
  call.out.colour = wants_colour(STDOUT_FILENO);
  call.err = {Format::text, words.style.language, wants_colour(STDERR_FILENO), words.style.width};

  if (score->parsed()) return cli::score(call, words.score);
  if (explain->parsed()) return cli::explain(call, words.score);
  if (check->parsed()) return cli::check(call, words.files, words.check_rules);
  if (show->parsed()) return cli::rules_show(call, words.rule_id);
  if (rules->parsed()) return cli::rules_list(call);
  if (fresh->parsed()) return cli::new_project(call, words.new_folder);
  return cli::version(call);
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  try {
    const int status = run(argc, argv);
    std::cout.flush();
    if (!std::cout) {
      std::cerr << "jixiao: the output could not be written\n";
      return cli::own_fault;
    }
    return status;
  } catch (const std::exception& error) {
    std::cerr << "jixiao: internal error: " << error.what() << "\n";
    return cli::own_fault;
  }
}
