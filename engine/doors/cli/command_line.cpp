// The words of the command line. CLI11 stays in this file.
#include "command_line.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <string_view>

#include "audit_commands.hpp"
#include "batch_commands.hpp"
#include "commands.hpp"
#include "filing_commands.hpp"
#include "forms_commands.hpp"
#include "monitor_commands.hpp"
#include "next_commands.hpp"
#include "output_file.hpp"
#include "scenario_commands.hpp"
#include "study_commands.hpp"
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

std::size_t terminal_width() {
  const char* columns = std::getenv("COLUMNS");
  const long width = columns != nullptr ? std::strtol(columns, nullptr, 10) : 0;
  return width >= 60 && width <= 400 ? static_cast<std::size_t>(width) : 100;
}

struct Arguments {
  Style style;
  std::string rules_folder;
  ScoreCall score;
  std::vector<std::string> files;
  std::string check_rules;
  std::string rule_id;
  std::string new_folder;
  BatchCall batch;
  SimulateCall simulate;
  NextCall next;
  MonitorCall monitor;
  FundCall fund;
  ImportCall forms_in;
  FilingCall forms_out;
  StudyCall study;
  AuditCall audit;
};

void add_language(CLI::App* command, Arguments& arguments) {
  static const std::map<std::string, Language> languages{{"zh", Language::zh},
                                                         {"en", Language::en}};
  command->add_option("--lang", arguments.style.language, "zh or en 语言")
      ->transform(CLI::CheckedTransformer(languages).description("LANG"))
      ->option_text("LANG");
}

void add_style(CLI::App* command, Arguments& arguments) {
  static const std::map<std::string, Format> formats{{"text", Format::text},
                                                     {"json", Format::json},
                                                     {"csv", Format::csv},
                                                     {"md", Format::markdown},
                                                     {"html", Format::html}};
  command->add_option("--format", arguments.style.format, "text, json, csv, md or html 输出格式")
      ->transform(CLI::CheckedTransformer(formats).description("FORMAT"))
      ->option_text("FORMAT");
  add_language(command, arguments);
}

// "" or what is wrong: as in a study file, a whole number that every reader of it keeps exactly.
std::string check_seed(const std::string& text) {
  constexpr std::uint64_t most = 9'007'199'254'740'991;
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  const bool good = error == std::errc() && end == text.data() + text.size() && seed <= most;
  return good ? ""
              : "expected a whole number from 0 to " + std::to_string(most) + ", found " + text +
                    " 种子应为 0 以上的整数";
}

// A file whose ending says what is written into it.
void add_output(CLI::App* command, const char* names, std::string& output) {
  command
      ->add_option(names, output,
                   "written as .html .svg .png .md .csv .json or .txt; default: print 输出文件")
      ->check(check_output, "", "FILE")
      ->option_text("FILE");
}

void add_project_option(CLI::App* command, Arguments& arguments) {
  command
      ->add_option("PROJECT", arguments.score.project,
                   "a folder with project.toml, or the file 项目目录或文件")
      ->required()
      ->option_text(" ");
  command
      ->add_option("--rules", arguments.score.rules,
                   "rule set by id or file; default: the project's own 规则集")
      ->option_text("ID|FILE");
  command
      ->add_option("--results", arguments.score.results,
                   "results.toml or .csv; default: beside the project 结果文件")
      ->option_text("FILE");
  command->add_flag("--as-filed", arguments.score.as_filed,
                    "leave indicators in the blocks of the form 按申报表原块计分");
}

// Where tables come from and go to, and what the machine may spend on them.
void add_tables(CLI::App* command, Arguments& arguments, const std::string& output) {
  BatchRequest& request = arguments.batch.request;
  command->add_option("-o,--output", request.output, output)->option_text("OUT");
  command
      ->add_option("--errors", request.errors, "what was wrong; default: OUT.errors.csv 错误清单")
      ->option_text("FILE");
  command->add_option("--db", request.database, "the database of tables named db:TABLE 数据库")
      ->option_text("FILE|postgresql://...");
  command->add_option("--threads", request.threads, "default: all cores 线程数")
      ->check(CLI::Range(0, 1024))
      ->option_text("N");
  command
      ->add_option("--memory", request.memory,
                   "held at most, beyond it temporary files; default 1GB 内存上限")
      ->transform(CLI::AsSizeValue(false).description("SIZE"))
      ->option_text("512MB");
  command
      ->add_option("--report", arguments.batch.report,
                   "the report as .html .md .json .csv .txt 汇总报告")
      ->check(check_report, "", "FILE")
      ->option_text("FILE");
  command->add_flag(
      "--replace", request.replace,
      "db:TABLE may take the place of a table that jixiao did not write 替换已有的表");
  add_language(command, arguments);
}

void add_map(CLI::App* command, Arguments& arguments) {
  command
      ->add_option("--map", arguments.batch.map,
                   "column A of the table stands for B; as often as needed 列名对应")
      ->allow_extra_args(false)
      ->check(check_pair, "", "A=B")
      ->option_text("A=B");
}

// One of a few words, as the number CLI11 makes an enumerator of.
template <class Enum>
CLI::Validator word_of(const std::map<std::string, Enum>& arguments, const std::string& name) {
  return {[&arguments](std::string& text) {
            std::string known;
            for (const auto& [word, value] : arguments) known += (known.empty() ? "" : ", ") + word;
            const auto found = arguments.find(text);
            if (found == arguments.end()) return "expected one of " + known + "; found " + text;
            text = std::to_string(static_cast<int>(found->second));
            return std::string();
          },
          name, name};
}

void add_portfolio(CLI::App* command, Arguments& arguments) {
  static const std::map<std::string, Ties> ties{{"competition", Ties::competition},
                                                {"dense", Ties::dense},
                                                {"fractional", Ties::fractional},
                                                {"none", Ties::none}};
  static const std::map<std::string, RollUpWeight> weights{{"equal", RollUpWeight::equal},
                                                           {"budget", RollUpWeight::budget},
                                                           {"execution", RollUpWeight::execution}};
  PortfolioRequest& request = arguments.batch.request.portfolio;
  command
      ->add_option("--ties", request.ties,
                   "ranks of equal totals: competition, dense, fractional; none: no ranks 并列名次")
      ->transform(word_of(ties, "TIES"))
      ->option_text("TIES");
  command
      ->add_option("--roll-up", request.roll_up,
                   "means by the values of a column; as often as needed 按列汇总")
      ->allow_extra_args(false)
      ->option_text("COLUMN");
  command
      ->add_option("--weight", request.weight,
                   "of those means: equal, budget or execution 汇总权重")
      ->transform(word_of(weights, "WEIGHT"))
      ->option_text("WEIGHT");
  command
      ->add_option("--forced", arguments.batch.forced,
                   "a rating has at most this share 等级比例上限")
      ->allow_extra_args(false)
      ->check(check_share, "", "RATING=PERCENT")
      ->option_text("RATING=PERCENT");
  command
      ->add_option("--near", request.near,
                   "how many projects next to an edge to list; default 10 临界项目数")
      ->check(CLI::Range(0, 1000000), "N")
      ->option_text("N");
  command
      ->add_option("--earlier", request.earlier, "an earlier scored table to compare with 往期结果")
      ->option_text("OLD.csv");
}

CLI::App* add_batch(CLI::App& app, Arguments& arguments) {
  CLI::App* batch = app.add_subcommand("batch", "score tables of many projects 批量计分");
  BatchRequest& request = arguments.batch.request;
  batch
      ->add_option(
          "FILE", request.inputs,
          "tables (.csv .tsv .jsonl .parquet, also .gz .zst), a folder of them, - or db:TABLE 表格")
      ->required()
      ->option_text("...");
  batch
      ->add_option("--rules", arguments.batch.rules,
                   "rule set by id or file; default for long tables: cn-mof-2020 规则集")
      ->expected(1)
      ->allow_extra_args(false)
      ->option_text("ID|FILE");
  add_tables(batch, arguments, "one record a project; default: - 项目结果");
  batch
      ->add_option("--columns", request.columns,
                   "which columns to write and in which order; default: all 结果列")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->option_text("COLUMN,...");
  batch
      ->add_option("--indicators", request.indicators,
                   "one record an indicator, of a long table 指标结果")
      ->option_text("OUT2");
  add_map(batch, arguments);
  batch
      ->add_option("--shard", arguments.batch.shard,
                   "the i-th of n parts of the work, for merge 分片")
      ->check(check_shard, "", "i/n")
      ->option_text("i/n");
  batch->add_flag("--strict", request.strict, "the first fault ends the run 遇错即停");
  add_portfolio(batch, arguments);
  batch->footer(
      "Examples 示例:\n  jixiao batch projects.csv -o scored.csv --report portfolio.html --lang "
      "zh\n  jixiao batch counties.csv --rules "
      "undp-hdi-2010 --map gni=income | head\n  jixiao batch big.csv --shard 3/8 -o part-3.jxpart");
  return batch;
}

CLI::App* add_merge(CLI::App& app, Arguments& arguments) {
  CLI::App* merge = app.add_subcommand("merge", "join the parts of all shards 合并分片");
  BatchRequest& request = arguments.batch.request;
  merge->add_option("PART", request.inputs, "what batch --shard wrote, all of them 分片文件")
      ->required()
      ->option_text("...");
  add_tables(merge, arguments, "one record a project; default: - 项目结果");
  merge
      ->add_option("--indicators", request.indicators,
                   "one record an indicator, when the shards had it too 指标结果")
      ->option_text("OUT2");
  merge->footer(
      "Example 示例:\n  jixiao merge part-*.jxpart -o scored.csv --report portfolio.html");
  return merge;
}

CLI::App* add_compare(CLI::App& app, Arguments& arguments) {
  CLI::App* compare =
      app.add_subcommand("compare", "who changes rating under another rule set 规则对比");
  compare->add_option("FILE", arguments.batch.request.inputs, "tables, as for batch 表格")
      ->required()
      ->option_text("...");
  compare
      ->add_option("--rules", arguments.batch.rules,
                   "rule set by id or file: twice, today's and the other 规则集")
      ->required()
      ->allow_extra_args(false)
      ->option_text("ID|FILE");
  compare->final_callback([&arguments, compare] {
    if (compare->count("--output") == 0) arguments.batch.request.output.clear();
    if (arguments.batch.rules.size() != 2)
      throw CLI::ValidationError(
          "--rules", "expected twice, found " + std::to_string(arguments.batch.rules.size()));
  });
  add_tables(compare, arguments, "one record a project; default: none 项目结果");
  add_map(compare, arguments);
  compare
      ->add_option("--listed", arguments.batch.listed,
                   "how many projects to list; default 100 列出的项目数")
      ->option_text("N");
  compare->footer(
      "Example 示例:\n  jixiao compare --rules cn-mof-2020 --rules cn-mof-2021-101-no-cost "
      "projects.csv -o moved.csv --report moved.html");
  return compare;
}

CLI::App* add_simulate(CLI::App& app, Arguments& arguments) {
  CLI::App* simulate =
      app.add_subcommand("simulate", "what if: scenarios beside the project as it stands 情景模拟");
  SimulateCall& what = arguments.simulate;
  simulate
      ->add_option("PROJECT", what.project,
                   "a folder with project.toml, or the file 项目目录或文件")
      ->required()
      ->option_text(" ");
  simulate
      ->add_option("SCENARIO", what.scenarios,
                   "NAME.toml beside the project, or files; a+b: both together 情景")
      ->option_text("...");
  const auto list = [&](const char* name, std::vector<std::string>& to, const char* help,
                        const char* shown) {
    simulate->add_option(name, to, help)->allow_extra_args(false)->option_text(shown);
  };
  list("--set", what.typed.set, "one more scenario: a number becomes this; as often as needed 设为",
       "drivers.rate=350");
  list("--add", what.typed.add, "and this is added to a number 增加", "results.satisfaction=-3");
  list("--scale", what.typed.scale, "and a number is multiplied by this 乘以",
       "items.training=0.85");
  simulate
      ->add_option("--rules", what.rules,
                   "rule set by id or file; default: the project's own 规则集")
      ->option_text("ID|FILE");
  simulate
      ->add_option("--results", what.results,
                   "results.toml or .csv; default: beside the project 结果文件")
      ->option_text("FILE");
  simulate
      ->add_option("--seed", what.options.seed,
                   "of shares sampled for more than 12 changes; default 1 随机种子")
      ->check(check_seed, "", "N")
      ->option_text("N");
  add_output(simulate, "-o,--output", what.output);
  add_style(simulate, arguments);
  simulate->footer(
      "Examples 示例:\n  jixiao simulate scenarios/chenggong-2020 cut15-pro-rata "
      "cut15-protect-training\n  jixiao simulate "
      "scenarios/chenggong-2020 --set drivers.rate=350 -o rate.html");
  return simulate;
}

CLI::App* add_report(CLI::App& app, Arguments& arguments) {
  CLI::App* report = app.add_subcommand(
      "report", "the self-evaluation form, filled in, as a file 生成填好的自评表");
  add_project_option(report, arguments);
  report
      ->add_option("-o,--output", arguments.forms_out.file,
                   "the file, as .xlsx .docx .html or .md; default: print as .md 文件")
      ->option_text("FILE");
  static const std::map<std::string, FileKind> kinds{{"xlsx", FileKind::xlsx},
                                                     {"docx", FileKind::docx},
                                                     {"html", FileKind::html},
                                                     {"md", FileKind::markdown}};
  report
      ->add_option("--kind", arguments.forms_out.kind,
                   "xlsx, docx, html or md; default: by the file's ending 文件种类")
      ->transform(CLI::CheckedTransformer(kinds).description("KIND"))
      ->option_text("KIND");
  report->add_flag("--summary", arguments.forms_out.summary,
                   "one page for a leader instead of the form 一页摘要");
  add_language(report, arguments);
  report->footer(
      "Examples 示例:\n  jixiao report scenarios/chenggong-2020 -o form.xlsx --lang zh\n  jixiao "
      "report my-project --summary -o "
      "summary.html");
  return report;
}

CLI::App* add_next(CLI::App& app, Arguments& arguments) {
  CLI::App* next = app.add_subcommand(
      "next", "what reaches the next rating, and what may be lost 离下一档还差多少");
  NextCall& what = arguments.next;
  next->add_option("PROJECT", what.project,
                   "a folder with project.toml, or the file 项目目录或文件")
      ->required()
      ->option_text(" ");
  next->add_option("--total", what.options.total,
                   "reach this total instead of the next rating 要达到的总分")
      ->option_text("95");
  next->add_option("--rules", what.rules,
                   "rule set by id or file; default: the project's own 规则集")
      ->option_text("ID|FILE");
  next->add_option("--results", what.results,
                   "results.toml or .csv; default: beside the project 结果文件")
      ->option_text("FILE");
  add_style(next, arguments);
  next->footer(
      "Examples 示例:\n  jixiao next scenarios/chenggong-2020\n  jixiao next my-project --results "
      "draft.csv --lang zh");
  return next;
}

CLI::App* add_monitor(CLI::App& app, Arguments& arguments) {
  CLI::App* monitor = app.add_subcommand(
      "monitor", "the year so far under lights, and the score it would make 绩效运行监控");
  MonitorCall& what = arguments.monitor;
  monitor
      ->add_option("PROJECT", what.project,
                   "a folder with project.toml, or the file 项目目录或文件")
      ->required()
      ->option_text(" ");
  monitor
      ->add_option("--month", what.options.month,
                   "results up to the end of this month; default: as they say 截至月份")
      ->check(CLI::Range(1, 12))
      ->option_text("1..12");
  monitor
      ->add_option("--results", what.results,
                   "results so far, .toml or .csv; default: beside the project 结果文件")
      ->option_text("FILE");
  monitor
      ->add_option(
          "--monitoring", what.monitoring,
          "lights by id or file; default: as the results say, else monitoring-software-2 监控规则")
      ->option_text("ID|FILE");
  monitor
      ->add_option("--rules", what.rules,
                   "rule set by id or file; default: the project's own 规则集")
      ->option_text("ID|FILE");
  add_style(monitor, arguments);
  monitor->footer(
      "Examples 示例:\n  jixiao monitor scenarios/chenggong-2020 --results "
      "scenarios/chenggong-2020/mid-year.toml\n  jixiao monitor "
      "my-project --month 7 --results july.toml --monitoring monitoring-sichuan");
  return monitor;
}

CLI::App* add_fund(CLI::App& app, Arguments& arguments) {
  CLI::App* fund = app.add_subcommand("fund", "what ratings do to next year's money 结果应用");
  FundCall& what = arguments.fund;
  fund->add_option(
          "PROJECT|TABLE", what.sources,
          "projects, or tables with columns project and rating, as batch writes them 项目或计分表")
      ->required()
      ->option_text("...");
  fund->add_option(
          "--by", what.by,
          "rules on the use of results, by id or file; default: use-illustrative 结果应用规则")
      ->option_text("ID|FILE");
  fund->add_option("--money", what.money, "a table with the money of projects 资金表")
      ->option_text("FILE");
  fund->add_option("--given", what.given,
                   "what the rules ask for besides, of every project; as often as needed 另给的数")
      ->allow_extra_args(false)
      ->check(check_pair, "", "NAME=VALUE")
      ->option_text("asked=110万元");
  fund->add_option("--rules", what.rules,
                   "rule set that scores projects; default: each project's own 规则集")
      ->option_text("ID|FILE");
  add_style(fund, arguments);
  fund->footer(
      "Examples 示例:\n  jixiao fund scenarios/chenggong-2020 --given asked=130万元\n  jixiao fund "
      "scored.csv --money projects.csv --by "
      "use-dazhou --format csv > next-year.csv");
  return fund;
}

CLI::App* add_study(CLI::App& app, Arguments& arguments) {
  CLI::App* study = app.add_subcommand(
      "study", "many what-ifs: what matters, where the rating changes, how likely it is 研究");
  StudyCall& what = arguments.study;
  study
      ->add_option("PROJECT", what.project,
                   "a folder with project.toml, or a study file 项目目录或研究文件")
      ->required()
      ->option_text(" ");
  study
      ->add_option("STUDY", what.words,
                   "NAME.toml beside the project, or files; or a kind with its inputs: tornado, "
                   "grid, break-even, monte-carlo, sobol, morris, "
                   "shapley 研究")
      ->option_text("...");
  const auto list = [&](const char* name, std::vector<std::string>& to, const char* help,
                        const char* shown) {
    study->add_option(name, to, help)->allow_extra_args(false)->option_text(shown);
  };
  list("--output", what.typed.outputs, "what is looked at; default: total 看什么",
       "results.trained");
  list("--where", what.typed.where, "only what keeps this formula 条件",
       "'results_trained >= 150'");
  list("--apply", what.typed.apply, "start from a scenario 先套用情景", "SCENARIO");
  study
      ->add_option("--seed", what.options.seed,
                   "of everything drawn; default: the study's, else 1 随机种子")
      ->check(check_seed, "", "N")
      ->option_text("N");
  study->add_option("--samples", what.options.samples, "how many are drawn 样本数")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 28U))
      ->option_text("N");
  study
      ->add_option("--threads", what.options.threads,
                   "default: all cores; the numbers are the same 线程数")
      ->check(CLI::Range(0, 1024))
      ->option_text("N");
  study
      ->add_option("--state", what.options.state_file,
                   "what is done so far: kept when stopped, taken up again 中间状态文件")
      ->option_text("FILE");
  study
      ->add_option("--rules", what.rules,
                   "rule set by id or file; default: the project's own 规则集")
      ->option_text("ID|FILE");
  study
      ->add_option("--results", what.results,
                   "results.toml or .csv; default: beside the project 结果文件")
      ->option_text("FILE");
  add_output(study, "-o,--file", what.file);
  add_style(study, arguments);
  study->footer(
      "Examples 示例:\n  jixiao study scenarios/chenggong-2020 tornado\n  jixiao study "
      "scenarios/chenggong-2020 grid "
      "drivers.rate=200..400/10 drivers.trainees=100..300/10\n  jixiao study "
      "scenarios/chenggong-2020 monte-carlo "
      "'results.satisfaction=normal(91,2)' --samples 1000000 -o risk.html");
  return study;
}

CLI::App* add_audit(CLI::App& app, Arguments& arguments) {
  CLI::App* audit = app.add_subcommand(
      "audit", "what forms claim, held against their own numbers and the rules 审核自评表");
  AuditCall& what = arguments.audit;
  audit
      ->add_option("FILE", what.paths,
                   "forms (.docx .xlsx .csv .txt), projects, folders of both 表格、项目或目录")
      ->required()
      ->option_text("...");
  audit
      ->add_option("-o,--output", what.output,
                   "the report as .html .xlsx .md .json .csv .txt 审核报告")
      ->option_text("FILE");
  audit
      ->add_option("--rules", what.options.rules,
                   "rule set by id or file; default: by the form's shape 规则集")
      ->option_text("ID|FILE");
  audit->add_option("--threads", what.options.threads, "default: all cores 线程数")
      ->check(CLI::Range(0, 1024))
      ->option_text("N");
  add_style(audit, arguments);
  audit->footer(
      "Examples 示例:\n  jixiao audit form.docx\n  jixiao audit forms/ -o audit.html --lang zh\n  "
      "jixiao audit forms/ -o audit.xlsx\n"
      "Exit status 退出码: 0 no findings of severity error, 1 there are some, or a file cannot be "
      "read");
  return audit;
}

// Options whose value is a file that the command writes. Whatever else stands on the command line
// and is there as a file is read, and is not written over: an output that is missing here is
// refused as soon as it names a file that exists.
bool names_output(const CLI::App& command, const CLI::Option& option) {
  const std::string name = option.get_name();
  if (command.get_name() == "study") return name == "--file" || name == "--state";
  return name == "--output" || name == "--report" || name == "--errors" || name == "--indicators";
}

// Commands that would count an input twice that is named twice.
bool counts_inputs(const CLI::App& command, const CLI::Option& option) {
  constexpr std::array<std::string_view, 5> commands{"batch", "merge", "compare", "audit", "fund"};
  return option.get_positional() &&
         std::find(commands.begin(), commands.end(), command.get_name()) != commands.end();
}

// Every name on the command line held against every other, before a command begins. The first
// conflict.
std::optional<Diagnostic> hold_names_apart(const CLI::App& app, FileUses& uses) {
  // What goes to stdout may go to a file: `>> results.toml`.
  if (auto conflict = uses.writes("-", "")) return conflict;
  for (const bool outputs : {false, true}) {
    for (const CLI::App* command : app.get_subcommands()) {
      for (const CLI::Option* option : command->get_options()) {
        if (option->count() == 0 || option->get_items_expected_max() == 0 ||
            names_output(*command, *option) != outputs)
          continue;
        const std::string as = option->get_positional() ? std::string() : option->get_name();
        for (const std::string& value : option->results()) {
          std::error_code ignored;
          std::optional<Diagnostic> conflict;
          if (outputs && value != "-") {
            conflict = uses.writes(value, as);
          } else if (!outputs && (value == "-" || std::filesystem::exists(value, ignored))) {
            conflict = counts_inputs(*command, *option) ? uses.reads_once(value, as)
                                                        : uses.reads(value, as);
          }
          if (conflict) return conflict;
        }
      }
    }
  }
  return std::nullopt;
}

int parse_and_run(int argc, char** argv, Ranks* ranks, unsigned threads) {
  Arguments arguments;
  arguments.style.language = language_of_environment();
  arguments.style.width = terminal_width();
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
      ->add_option("INDICATOR", arguments.score.indicator, "id of one indicator; default: all 指标")
      ->option_text(" ");
  add_style(explain, arguments);
  explain->footer(
      "Examples 示例:\n  jixiao explain scenarios/chenggong-2020 trained\n  jixiao explain "
      "my-project --format md > reasons.md");
  CLI::App* batch = add_batch(app, arguments);
  CLI::App* merge = add_merge(app, arguments);
  CLI::App* compare = add_compare(app, arguments);
  CLI::App* simulate = add_simulate(app, arguments);
  CLI::App* next = add_next(app, arguments);
  CLI::App* monitor = add_monitor(app, arguments);
  CLI::App* fund = add_fund(app, arguments);
  CLI::App* study = add_study(app, arguments);
  CLI::App* check = app.add_subcommand(
      "check", "everything that is wrong with rule sets, projects, results 检查文件");
  check->add_option("FILE", arguments.files, "files or folders 文件或目录")
      ->required()
      ->option_text("...");
  check
      ->add_option("--rules", arguments.check_rules,
                   "check projects against this rule set 指定规则集")
      ->option_text("ID|FILE");
  add_style(check, arguments);
  check->footer(
      "Examples 示例:\n  jixiao check scenarios/chenggong-2020\n  jixiao check "
      "rules/*/ruleset.toml --format json");
  CLI::App* rules = app.add_subcommand("rules", "the rule sets there are 规则集");
  rules->require_subcommand(0, 1);
  add_style(rules, arguments);
  CLI::App* list = rules->add_subcommand("list", "all of them 列表");
  add_style(list, arguments);
  CLI::App* show = rules->add_subcommand("show", "one of them, with formulas and sources 详情");
  show->add_option("ID", arguments.rule_id, "id or file")->required()->option_text(" ");
  add_style(show, arguments);
  rules->footer("Examples 示例:\n  jixiao rules list\n  jixiao rules show cn-mof-2020 --lang zh");
  CLI::App* fresh = app.add_subcommand("new", "a commented project to start from 新建项目");
  fresh
      ->add_option("DIR", arguments.new_folder,
                   "folder to write into; default: print the project 目录")
      ->option_text(" ");
  add_style(fresh, arguments);
  fresh->footer("Examples 示例:\n  jixiao new my-project\n  jixiao new > project.toml");
  CLI::App* forms_in =
      app.add_subcommand("import", "a project from a filled-in form 由填好的表格生成项目");
  forms_in
      ->add_option("FILE", arguments.forms_in.file,
                   "a form as .docx .xlsx .csv .txt (.doc .xls through LibreOffice) 表格文件")
      ->required()
      ->option_text(" ");
  forms_in
      ->add_option("-o,--output", arguments.forms_in.folder,
                   "folder to write into; default: print 目录")
      ->option_text("DIR");
  add_language(forms_in, arguments);
  forms_in->footer(
      "Examples 示例:\n  jixiao import form.docx -o my-project\n  jixiao import forms.xlsx -o "
      "projects --lang zh");
  CLI::App* forms_out = add_report(app, arguments);
  CLI::App* audit = add_audit(app, arguments);
  CLI::App* version = app.add_subcommand("version", "which engine this is 版本");
  add_style(version, arguments);
  version->footer("Example 示例:\n  jixiao version --format json");

  const bool is_root = ranks == nullptr || ranks->rank() == 0;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (!is_root) return error.get_exit_code() == 0 ? done : call_wrong;
    return app.exit(error) == 0 ? done : call_wrong;
  }

  Call call{arguments.style, {}, RuleLibrary::standard(), ranks};
  if (!arguments.rules_folder.empty())
    call.library.folders.insert(call.library.folders.begin(), arguments.rules_folder);
  call.out.colour = wants_colour(STDOUT_FILENO);
  call.err = {Format::text, arguments.style.language, wants_colour(STDERR_FILENO),
              arguments.style.width};

  FileUses uses(FileUses::Scope::process);
  if (const auto conflict = hold_names_apart(app, uses)) {
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
  if (merge->parsed()) return cli::merge(call, arguments.batch);
  if (compare->parsed()) return cli::compare(call, arguments.batch);
  if (simulate->parsed()) return cli::simulate(call, arguments.simulate);
  if (next->parsed()) return cli::next(call, arguments.next);
  if (monitor->parsed()) return cli::monitor(call, arguments.monitor);
  if (fund->parsed()) return cli::fund(call, arguments.fund);
  if (study->parsed()) return cli::study(call, arguments.study);
  if (check->parsed()) return cli::check(call, arguments.files, arguments.check_rules);
  if (show->parsed()) return cli::rules_show(call, arguments.rule_id);
  if (rules->parsed()) return cli::rules_list(call);
  if (forms_in->parsed()) return cli::import_forms(call, arguments.forms_in);
  if (forms_out->parsed()) return cli::file_report(call, arguments.score, arguments.forms_out);
  if (audit->parsed()) return cli::audit(call, arguments.audit);
  if (fresh->parsed()) return cli::new_project(call, arguments.new_folder);
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

}  // namespace jixiao::cli
