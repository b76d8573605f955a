#include "batch_commands.hpp"

#include <iostream>

#include "interruption.hpp"
#include "progress_bar.hpp"
#include "writing.hpp"

namespace jixiao::cli {

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
