// The options of simulate, next and plan.
#include "arguments.hpp"

namespace jixiao::cli {
namespace {

// --protect and --by, of a cut.
void add_bearers(CLI::App* command, TypedChanges& typed) {
  add_list(command, "--protect", typed.protect,
           "an item that bears nothing of it, by id or name; as often as needed 保", "ITEM");
  command
      ->add_option("--by", typed.by,
                   "who bears it: pro-rata (the default), priority (the last item first), or items "
                   "in the order they are cut 由谁承担")
      ->option_text("pro-rata|priority|ITEM,ITEM");
}

}  // namespace

CLI::App* add_simulate(CLI::App& app, Arguments& arguments) {
  CLI::App* simulate =
      app.add_subcommand("simulate", "what if: scenarios beside the project as it stands 情景模拟");
  SimulateCall& what = arguments.simulate;
  add_project(simulate, what.project);
  simulate
      ->add_option("SCENARIO", what.scenarios,
                   "NAME.toml beside the project, or files; a+b: both together 情景")
      ->option_text("...");
  add_list(simulate, "--set", what.typed.set,
           "one more scenario: a number becomes this; as often as needed 设为", "drivers.rate=350");
  add_list(simulate, "--add", what.typed.add, "and this is added to a number 增加",
           "results.satisfaction=-3");
  add_list(simulate, "--scale", what.typed.scale, "and a number is multiplied by this 乘以",
           "items.training=0.85");
  simulate
      ->add_option("--cut", what.typed.cut, "and this much less money, of all items together 压减")
      ->option_text("15%|18万元");
  add_bearers(simulate, what.typed);
  add_rules(simulate, what.rules);
  add_statistics(simulate, arguments);
  add_results(simulate, what.results);
  add_seed(simulate, what.options.seed,
           "of shares sampled for more than 12 changes; default 1 随机种子");
  add_output(simulate, "-o,--output", what.output);
  add_style(simulate, arguments);
  simulate->footer(
      "Examples 示例:\n  jixiao simulate scenarios/chenggong-2020 cut15-pro-rata "
      "cut15-protect-training\n  jixiao simulate "
      "scenarios/chenggong-2020 --set drivers.rate=350 -o rate.html\n  jixiao simulate "
      "scenarios/chenggong-2020 --cut 15% --protect training");
  return simulate;
}

CLI::App* add_next(CLI::App& app, Arguments& arguments) {
  CLI::App* next = app.add_subcommand(
      "next", "what reaches the next rating, and what may be lost 离下一档还差多少");
  NextCall& what = arguments.next;
  add_project(next, what.project);
  CLI::Option* const total = next->add_option("--total", what.options.total,
                                              "reach this total instead of the next rating "
                                              "要达到的总分");
  total->option_text("95");
  next->add_option("--rating", what.options.rating,
                   "reach this rating, by id or name, instead of the next one 要达到的等级")
      ->excludes(total)
      ->option_text("RATING");
  add_rules(next, what.rules);
  add_statistics(next, arguments);
  add_results(next, what.results);
  add_style(next, arguments);
  next->footer(
      "Examples 示例:\n  jixiao next scenarios/chenggong-2020\n  jixiao next my-project --results "
      "draft.csv --lang zh");
  return next;
}

CLI::App* add_plan(CLI::App& app, Arguments& arguments) {
  CLI::App* plan = app.add_subcommand(
      "plan", "one page: a cut, the edges, the chances, what matters, the next rating 计划一页");
  PlanCall& what = arguments.plan;
  what.cut.cut = "15%";
  add_project(plan, what.project);
  plan->add_option("--cut", what.cut.cut, "this much less money; default 15% 压减")
      ->option_text("15%|18万元");
  add_bearers(plan, what.cut);
  plan->add_option("--chances", what.chances,
                   "a monte-carlo study beside the project, for its laws; default: every number "
                   "evenly over its range 概率研究")
      ->option_text("STUDY");
  add_rules(plan, what.rules);
  add_statistics(plan, arguments);
  add_results(plan, what.results);
  add_seed(plan, what.options.seed, "of what is drawn; default: the study's, else 1 随机种子");
  plan->add_option("-o,--output", what.output,
                   "written as .html .md .csv .json or .txt; default: print 输出文件")
      ->check(check_report, "", "FILE")
      ->option_text("FILE");
  add_style(plan, arguments);
  plan->footer(
      "Examples 示例:\n  jixiao plan scenarios/chenggong-2020 --lang zh\n  jixiao plan my-project "
      "--cut 10% --protect training -o plan.html");
  return plan;
}

}  // namespace jixiao::cli
