#include "arguments.hpp"
#include "batch_commands.hpp"

#include <iostream>

#include "interruption.hpp"
#include "progress_bar.hpp"
#include "writing.hpp"

namespace jixiao::cli {

CLI::App* add_survey(CLI::App& app, Arguments& arguments) {
  CLI::App* survey = app.add_subcommand(
      "survey", "the statistics of a whole table that a rule set scores by 统计整张表");
  SurveyCall& what = arguments.survey;
  BatchRequest& request = arguments.batch.request;
  survey
      ->add_option("FILE", request.inputs,
                   "tables, as for batch; with --merge: what survey --shard wrote 表格")
      ->required()
      ->option_text("...");
  add_rules(survey, what.rules, "rule set by id or file; must be given 规则集");
  survey->get_option("--rules")->required();
  survey->add_option("-o,--output", what.output, "default: print 统计量文件")->option_text("FILE");
  survey->add_flag("--merge", what.merge, "join the surveys of all shards 合并分片的统计量");
  survey
      ->add_option("--shard", arguments.batch.shard, "survey the i-th of n parts of the table 分片")
      ->check(check_shard, "", "i/n")
      ->option_text("i/n");
  survey->add_option("--db", request.database, "the database of tables named db:TABLE 数据库")
      ->option_text("FILE|postgresql://...");
  survey->add_option("--threads", request.threads, "default: all cores 线程数")
      ->check(CLI::Range(0, 1024))
      ->option_text("N");
  survey
      ->add_option("--map", arguments.batch.map,
                   "column A of the table stands for B; as often as needed 列名对应")
      ->allow_extra_args(false)
      ->check(check_pair, "", "A=B")
      ->option_text("A=B");
  add_language(survey, arguments);
  survey->footer(
      "Examples 示例:\n  jixiao survey scenarios/asem-2018/countries.csv --rules asem-2018 -o "
      "statistics.toml\n  jixiao survey --merge part-*.toml --rules asem-2018 -o statistics.toml");
  return survey;
}

int survey(const Call& call, const SurveyCall& what, const BatchCall& tables) {
  const auto rules = read_rules(what.rules, call.library);
  report(call, rules.diagnostics());
  if (!rules) return input_wrong;
  const BatchRequest request = request_of(call, tables);
  const auto outcome = [&] {
    if (what.merge) return merge_surveys(*rules, request.inputs);
    ProgressBar bar(call.err.language, call.err.width);
    BatchWatch watch;
    watch.progress = [&bar](const BatchProgress& progress) { bar.show(progress); };
    watch.stop = &interruption();
    return survey_table(*rules, request, watch);
  }();
  if (!outcome) {
    report(call, outcome.diagnostics());
    return input_wrong;
  }
  const bool zh = call.err.language == Language::zh;
  if (outcome->interrupted) {
    std::cerr << (zh ? "已中断：没有写出任何结果\n" : "interrupted: nothing was written\n");
    return interrupted;
  }
  report(call, outcome->findings);
  if (what.output.empty() || what.output == "-") {
    std::cout << outcome->file;
  } else if (!write_whole(call, what.output, outcome->file)) {
    return own_fault;
  }
  const std::string projects = std::to_string(outcome->projects);
  std::cerr << (zh ? "统计了 " + projects + " 个项目\n" : projects + " projects surveyed\n");
  return has_error(outcome->findings) ? input_wrong : done;
}

}  // namespace jixiao::cli
