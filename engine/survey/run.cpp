#include <algorithm>

#include "batch/output_tables.hpp"
#include "batch/run_names.hpp"
#include "jixiao/survey.hpp"
#include "survey/accumulator.hpp"
#include "survey/survey.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {

using text::Code;

namespace {

std::vector<Diagnostic> no_statistics(const ruleset::RuleSet& rules) {
  return {text::diagnose_file(Code::key_missing, rules.file,
                              {"规则集 " + rules.id + " 没有统计量可统计",
                               "the rule set " + rules.id + " has no statistics to survey"},
                              {"用 [[statistic]] 声明，或在指标上用带统计量的方法",
                               "declare them with [[statistic]], or use a method that has them"})};
}

Checked<SurveyOutcome> run_survey(const ruleset::RuleSet& rules, const BatchRequest& request,
                                  const BatchWatch& watch) {
  std::vector<Diagnostic> diagnostics;
  if (rules.statistics.empty()) return no_statistics(rules);
  const bool staged = std::any_of(rules.statistics.begin(), rules.statistics.end(),
                                  [](const auto& one) { return one.stage > 0; });
  if (request.shard && staged) {
    const auto& later = *std::find_if(rules.statistics.begin(), rules.statistics.end(),
                                      [](const auto& one) { return one.stage > 0; });
    diagnostics.push_back(text::diagnose(
        Code::shard_impossible, later.place,
        {"统计量 '" + later.id + "' 要先有别的统计量，不能分片统计",
         "the statistic '" + later.id + "' needs another one first: a shard cannot survey it"},
        {"对整张表统计（不加 --shard）", "survey the whole table, without --shard"}));
    return diagnostics;
  }
  batch::Inputs inputs(request, watch.stop, diagnostics);
  if (text::has_error(diagnostics)) return diagnostics;
  std::vector<std::string> names;
  for (std::size_t input = 0; input < inputs.size(); ++input) names.push_back(inputs.name(input));
  batch::check_names(request, names, {rules.file}, diagnostics);
  if (text::has_error(diagnostics)) return diagnostics;
  BatchRequest silent = request;
  silent.output.clear();
  const auto plan = batch::plan_table(inputs.name(0), inputs.header(), rules, silent, diagnostics);
  if (!plan || text::has_error(diagnostics)) return diagnostics;
  batch::Plan own = *plan;
  own.separator = inputs.separator();
  if (request.shard)
    inputs.settle_shard(*request.shard,
                        own.shape == batch::Shape::wide ? std::nullopt : std::optional(own.project),
                        diagnostics);
  if (text::has_error(diagnostics)) return diagnostics;
  survey::Survey made =
      survey::survey(rules, request, own, watch, inputs, request.shard.has_value());
  SurveyOutcome out;
  out.interrupted = made.stopped;
  out.projects = made.table.projects;
  for (batch::Fault& fault : made.faults) {
    const batch::LinePlace place = batch::unpacked(fault.line);
    fault.line = place.line;
    out.findings.push_back(batch::to_diagnostic(fault, inputs.name(place.table)));
  }
  if (!request.shard) survey::judge(rules, made.table, out.findings);
  ruleset::StatisticFile file;
  if (request.shard) file.part = {request.shard->index, request.shard->count};
  file.table = std::move(made.table);
  out.file = ruleset::written(rules, file);
  out.findings.insert(out.findings.begin(), diagnostics.begin(), diagnostics.end());
  return Checked<SurveyOutcome>(std::move(out));
}

}  // namespace

Checked<SurveyOutcome> survey_table(const RuleSet& rules, const BatchRequest& request,
                                    const BatchWatch& watch) {
  try {
    return run_survey(rules.model(), request, watch);
  } catch (const table::StreamFailure& failure) {
    if (watch.stop != nullptr && watch.stop->load()) {
      SurveyOutcome stopped;
      stopped.interrupted = true;
      return Checked<SurveyOutcome>(std::move(stopped));
    }
    return std::vector<Diagnostic>{failure.diagnostic};
  }
}

namespace {

// Every part of one number of parts, once.
bool all_there(const std::vector<std::string>& names, const std::vector<std::size_t>& index,
               const std::vector<std::size_t>& count, std::vector<Diagnostic>& diagnostics) {
  const auto refuse = [&](const std::string& file, Text message, Text help) {
    diagnostics.push_back(
        text::diagnose_file(Code::part_wrong, file, std::move(message), std::move(help)));
  };
  std::vector<bool> there(count.front(), false);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string part = std::to_string(index[i]) + "/" + std::to_string(count[i]);
    if (count[i] != count.front() || index[i] == 0 || index[i] > count.front()) {
      refuse(names[i], {"这是另一次分片的 " + part, "this is " + part + " of another cut"},
             {"只合并同一次分片的统计量", "merge surveys of the same cut only"});
      return false;
    }
    if (there[index[i] - 1]) {
      refuse(names[i], {"分片 " + part + " 给了两次", "the part " + part + " is there twice"},
             {"每个分片给一次", "name each part once"});
      return false;
    }
    there[index[i] - 1] = true;
  }
  const auto gap = std::find(there.begin(), there.end(), false);
  if (gap == there.end()) return true;
  const std::string part = std::to_string(gap - there.begin() + 1) + "/" +
                           std::to_string(there.size());
  refuse({}, {"缺少分片 " + part, "the part " + part + " is missing"},
         {"先用 jixiao survey --shard " + part + " 统计它",
          "survey it with jixiao survey --shard " + part});
  return false;
}

}  // namespace

Checked<SurveyOutcome> merge_surveys(const RuleSet& rule_handle,
                                     const std::vector<std::string>& parts) {
  const ruleset::RuleSet& rules = rule_handle.model();
  if (rules.statistics.empty()) return no_statistics(rules);
  std::vector<Diagnostic> diagnostics;
  std::vector<survey::Accumulator> all;
  for (const auto& statistic : rules.statistics) all.emplace_back(statistic);
  ruleset::StatisticFile out;
  std::vector<std::size_t> index, count;
  for (const std::string& name : parts) {
    const auto part = ruleset::read_statistic_file(rules, name, diagnostics);
    if (!part) return diagnostics;
    if (!part->part) {
      diagnostics.push_back(text::diagnose_file(
          Code::statistic_table, name,
          {"这不是分片的统计量", "these statistics are no part of a survey"},
          {"合并的是 survey --shard i/n 写出的文件", "merge what survey --shard i/n has written"}));
      return diagnostics;
    }
    if (!index.empty() && part->table.tables != out.table.tables) {
      diagnostics.push_back(
          text::diagnose_file(Code::part_wrong, name,
                              {"这个分片统计的是另外的表，不能与 " + parts.front() + " 合并",
                               "this part is of other tables than " + parts.front()},
                              {"只合并同一次分片的统计量", "merge surveys of the same cut only"}));
      return diagnostics;
    }
    index.push_back(part->part->index);
    count.push_back(part->part->count);
    for (std::size_t s = 0; s < all.size(); ++s) {
      for (const auto& group : part->table.of[s]) all[s].add(group);
    }
    out.table.tables = part->table.tables;
    out.table.projects += part->table.projects;
  }
  if (parts.empty() || !all_there(parts, index, count, diagnostics)) return diagnostics;
  for (survey::Accumulator& one : all) out.table.of.push_back(one.groups(false));
  SurveyOutcome made;
  made.projects = out.table.projects;
  survey::judge(rules, out.table, made.findings);
  made.file = ruleset::written(rules, out);
  return Checked<SurveyOutcome>(std::move(made));
}

}  // namespace jixiao
