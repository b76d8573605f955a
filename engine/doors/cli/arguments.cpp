#include "arguments.hpp"

#include <charconv>
#include <cstdint>
#include <map>
#include <string>

#include "output_file.hpp"

namespace jixiao::cli {

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

namespace {

constexpr const char* own_rules = "rule set by id or file; default: the project's own 规则集";
template <class Count>
void add_threads(CLI::App* command, Count& threads,
                 const char* help = "default: all cores 线程数") {
  command->add_option("--threads", threads, help)->check(CLI::Range(0, 1024))->option_text("N");
}

void add_indicators(CLI::App* command, std::string& indicators, const char* help) {
  command->add_option("--indicators", indicators, help)->option_text("OUT2");
}

}  // namespace

std::string check_seed(const std::string& text) {
  constexpr std::uint64_t most = 9'007'199'254'740'991;
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  const bool good = error == std::errc() && end == text.data() + text.size() && seed <= most;
  return good ? ""
              : "expected a whole number from 0 to " + std::to_string(most) + ", found " + text +
                    " 种子应为 0 以上的整数";
}

void add_output(CLI::App* command, const char* names, std::string& output) {
  command
      ->add_option(names, output,
                   "written as .html .svg .png .md .csv .json or .txt; default: print 输出文件")
      ->check(check_output, "", "FILE")
      ->option_text("FILE");
}

CLI::Option* add_list(CLI::App* command, const char* name, std::vector<std::string>& to,
                      const char* help, const char* shown) {
  return command->add_option(name, to, help)->allow_extra_args(false)->option_text(shown);
}

void add_project(CLI::App* command, std::string& project) {
  command
      ->add_option("PROJECT", project, "a folder with project.toml, the file, or - 项目目录或文件")
      ->required()
      ->option_text(" ");
}

void add_results(CLI::App* command, std::string& results, const char* help) {
  command
      ->add_option(
          "--results", results,
          help == nullptr ? "results.toml or .csv; default: beside the project 结果文件" : help)
      ->option_text("FILE");
}

void add_rules(CLI::App* command, std::string& rules, const char* help) {
  command->add_option("--rules", rules, help == nullptr ? own_rules : help)->option_text("ID|FILE");
}

void add_headings(CLI::App* command, std::string& columns) {
  command
      ->add_option("--columns", columns,
                   "where headings are not known: 'C=name,D=target,...' 指明各栏")
      ->option_text("LIST");
}

void add_project_option(CLI::App* command, Arguments& arguments) {
  add_project(command, arguments.score.project);
  add_rules(command, arguments.score.rules);
  add_results(command, arguments.score.results);
  command->add_flag("--as-filed", arguments.score.as_filed,
                    "leave indicators in the blocks of the form 按申报表原块计分");
  add_statistics(command, arguments);
}

void add_statistics(CLI::App* command, Arguments& arguments) {
  command
      ->add_option("--statistics", arguments.statistics,
                   "score by the statistics of a table, as survey wrote them 统计量文件")
      ->option_text("FILE");
}

namespace {

// Where tables come from and go to, and what the machine may spend on them.
void add_tables(CLI::App* command, Arguments& arguments, const std::string& output) {
  BatchRequest& request = arguments.batch.request;
  command->add_option("-o,--output", request.output, output)->option_text("OUT");
  command
      ->add_option("--errors", request.errors, "what was wrong; default: OUT.errors.csv 错误清单")
      ->option_text("FILE");
  command->add_option("--db", request.database, "the database of tables named db:TABLE 数据库")
      ->option_text("FILE|postgresql://...");
  add_threads(command, request.threads);
  command
      ->add_option("--memory", request.memory,
                   "held at most, beyond it temporary files; default 1GB 内存上限")
      ->transform(CLI::AsSizeValue(false).description("SIZE"))
      ->option_text("512MB");
  add_statistics(command, arguments);
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
  add_list(command, "--map", arguments.batch.map,
           "column A of the table stands for B; as often as needed 列名对应", "A=B")
      ->check(check_pair, "", "A=B");
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
  add_list(command, "--roll-up", request.roll_up,
           "means by the values of a column; as often as needed 按列汇总", "COLUMN");
  command
      ->add_option("--weight", request.weight,
                   "of those means: equal, budget or execution 汇总权重")
      ->transform(word_of(weights, "WEIGHT"))
      ->option_text("WEIGHT");
  add_list(command, "--forced", arguments.batch.forced,
           "a rating has at most this share, others move down; good+=70: or better 等级比例上限",
           "RATING=PERCENT")
      ->check(check_share, "", "RATING=PERCENT");
  static const std::map<std::string, ForcedTies> forced_ties{{"down", ForcedTies::down},
                                                             {"up", ForcedTies::up}};
  command
      ->add_option("--forced-by", request.forced_by,
                   "these shares within each value of a column 比例分组")
      ->option_text("COLUMN");
  command
      ->add_option("--forced-ties", request.forced_ties,
                   "equal totals on the edge of a share all move down, or all stay up 比例并列")
      ->transform(word_of(forced_ties, "TIES"))
      ->option_text("TIES");
  command
      ->add_option("--near", request.near,
                   "how many projects next to an edge to list; default 10 临界项目数")
      ->check(CLI::Range(0, 1000000), "N")
      ->option_text("N");
  command
      ->add_option("--earlier", request.earlier, "an earlier scored table to compare with 往期结果")
      ->option_text("OLD.csv");
}

}  // namespace

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
  add_indicators(batch, request.indicators, "one record an indicator, of a long table 指标结果");
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
  add_indicators(merge, request.indicators,
                 "one record an indicator, when the shards had it too 指标结果");
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

CLI::App* add_monitor(CLI::App& app, Arguments& arguments) {
  CLI::App* monitor = app.add_subcommand(
      "monitor", "the year so far under lights, and the score it would make 绩效运行监控");
  MonitorCall& what = arguments.monitor;
  add_project(monitor, what.project);
  monitor
      ->add_option("--month", what.options.month,
                   "results up to the end of this month; default: as they say 截至月份")
      ->check(CLI::Range(1, 12))
      ->option_text("1..12");
  add_results(monitor, what.results,
              "results so far, .toml or .csv; default: beside the project 结果文件");
  monitor
      ->add_option(
          "--monitoring", what.monitoring,
          "lights by id or file; default: as the results say, else monitoring-software-2 监控规则")
      ->option_text("ID|FILE");
  add_rules(monitor, what.rules);
  add_statistics(monitor, arguments);
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
  add_list(fund, "--given", what.given,
           "what the rules ask for besides, of every project; as often as needed 另给的数",
           "asked=110万元")
      ->check(check_pair, "", "NAME=VALUE");
  add_rules(fund, what.rules, "rule set that scores projects; default: each project's own 规则集");
  add_statistics(fund, arguments);
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
  add_list(study, "--output", what.typed.outputs, "what is looked at; default: total 看什么",
           "results.trained");
  add_list(study, "--where", what.typed.where, "only what keeps this formula 条件",
           "'results_trained >= 150'");
  add_list(study, "--apply", what.typed.apply, "start from a scenario 先套用情景", "SCENARIO");
  add_seed(study, what.options.seed, "of everything drawn; default: the study's, else 1 随机种子");
  study->add_option("--samples", what.options.samples, "how many are drawn 样本数")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 28U))
      ->option_text("N");
  add_threads(study, what.options.threads, "default: all cores; the numbers are the same 线程数");
  study
      ->add_option("--state", what.options.state_file,
                   "what is done so far: kept when stopped, taken up again 中间状态文件")
      ->option_text("FILE");
  add_rules(study, what.rules);
  add_statistics(study, arguments);
  add_results(study, what.results);
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
  add_rules(audit, what.options.rules,
            "rule set by id or file; default: by the form's shape 规则集");
  add_headings(audit, what.options.columns);
  add_threads(audit, what.options.threads);
  add_style(audit, arguments);
  audit->footer(
      "Examples 示例:\n  jixiao audit form.docx\n  jixiao audit forms/ -o audit.html --lang zh\n  "
      "jixiao audit forms/ -o audit.xlsx\n"
      "Exit status 退出码: 0 no findings of severity error, 1 there are some, or a file cannot be "
      "read");
  return audit;
}

CLI::App* add_weights(CLI::App& app, Arguments& arguments) {
  CLI::App* weights = app.add_subcommand(
      "weights", "what a table says about the weights of a rule set 由数据得权重");
  WeightsCall& what = arguments.weights;
  weights
      ->add_option("TABLE", what.request.table,
                   "one row a project, one column an input of the rule set 表格")
      ->required()
      ->option_text(" ");
  weights->add_option("--rules", what.request.rules, "rule set by id or file 规则集")
      ->required()
      ->option_text("ID|FILE");
  add_statistics(weights, arguments);
  static const std::map<std::string, WeighBy> methods{
      {"ahp", WeighBy::ahp},         {"equal", WeighBy::equal},   {"sd", WeighBy::sd},
      {"entropy", WeighBy::entropy}, {"critic", WeighBy::critic}, {"pca", WeighBy::pca}};
  weights
      ->add_option("--method", what.request.method,
                   "ahp, equal, sd, entropy, critic or pca; default entropy 定权方法")
      ->transform(word_of(methods, "METHOD"))
      ->option_text("METHOD");
  weights->add_option("--id", what.request.id, "the column with names of projects 名称列")
      ->option_text("COLUMN");
  add_list(weights, "--map", what.map,
           "column A of the table is the input B; as often as needed 列名对应", "A=B")
      ->check(check_pair, "", "A=B");
  weights->add_flag("--compare", what.view.compare,
                    "what each method would do to ranks and ratings 各方法对照");
  weights->add_flag("--report", what.view.report,
                    "correlations, alpha, redundant pairs, parts of the variance 指标之间");
  weights
      ->add_option("--write", what.rules_file,
                   "a rule set with these weights and where they come from 写成规则集")
      ->option_text("FILE");
  add_style(weights, arguments);
  weights->footer(
      "Example 示例:\n  jixiao weights scenarios/un-tai-2001/countries.csv --rules un-tai-2001 "
      "--method critic --compare\n  jixiao weights projects.csv --rules my-index --method pca "
      "--report "
      "--write my-index-pca/ruleset.toml");
  return weights;
}

CLI::App* add_manual(CLI::App& app, Arguments& arguments) {
  CLI::App* manual = app.add_subcommand("manual", "the manual, a page for each command 手册页");
  manual
      ->add_option("-o,--output", arguments.manual_folder,
                   "folder to write the pages into; default: print the first one 目录")
      ->option_text("DIR");
  manual->footer(
      "Examples 示例:\n  jixiao manual | man -l -\n  jixiao manual -o ~/.local/share/man/man1");
  return manual;
}

CLI::App* add_completion(CLI::App& app, Arguments& arguments) {
  CLI::App* completion = app.add_subcommand(
      "completion", "what a shell reads to complete commands and options 命令补全");
  completion->add_option("SHELL", arguments.shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""))
      ->option_text(" ");
  completion->footer(
      "Examples 示例:\n  source <(jixiao completion bash)\n  jixiao completion fish > "
      "~/.config/fish/completions/jixiao.fish");
  return completion;
}

}  // namespace jixiao::cli
