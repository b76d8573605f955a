#include <algorithm>

#include "batch/open_source.hpp"
#include "batch/output_tables.hpp"
#include "batch/run_context.hpp"
#include "batch/run_names.hpp"
#include "jixiao/batch.hpp"
#include "scoring/statistics.hpp"
#include "shard/part_writer.hpp"
#include "survey/survey.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {
namespace shard {
namespace {

batch::TableForm form_of(const batch::Plan& plan, const batch::Inputs& inputs) {
  batch::TableForm form;
  form.rows = plan.output_header;
  form.indicators = plan.indicators_header;
  form.late = plan.late;
  form.wide = plan.shape == batch::Shape::wide;
  for (std::size_t input = 0; input < inputs.size(); ++input)
    form.inputs.push_back(inputs.name(input));
  form.title = inputs.title();
  return form;
}

void check_request(const BatchRequest& request, std::vector<Diagnostic>& diagnostics) {
  if (!request.shard) return;
  const Shard& shard = *request.shard;
  if (shard.count == 0 || shard.index == 0 || shard.index > shard.count) {
    const std::string found = std::to_string(shard.index) + "/" + std::to_string(shard.count);
    diagnostics.push_back(text::diagnose_file(text::Code::shard_impossible, {},
                                              {"没有分片 " + found, "there is no shard " + found},
                                              {"写 i/n，i 从 1 到 n，例如 --shard 2/8",
                                               "write i/n with i from 1 to n, as in --shard 2/8"}));
  }
  if (request.output.empty() || request.output == "-") {
    diagnostics.push_back(text::diagnose_file(
        text::Code::shard_impossible, {}, {"分片要写成一个文件", "a shard is written to a file"},
        {"加上 -o 文件，例如 -o part-2.jxpart", "add -o FILE, as in -o part-2.jxpart"}));
  }
}

class Run {
 public:
  Run(const RuleSet& rules, const BatchRequest& request, const BatchWatch& watch)
      : rules_(rules), request_(request), watch_(watch) {}

  Checked<BatchOutcome> run() {
    check_request(request_, diagnostics_);
    batch::check_memory(request_, diagnostics_);
    if (text::has_error(diagnostics_)) return diagnostics_;
    batch::Inputs inputs(request_, watch_.stop, diagnostics_);
    if (text::has_error(diagnostics_)) return diagnostics_;
    std::vector<std::string> names;
    for (std::size_t input = 0; input < inputs.size(); ++input) names.push_back(inputs.name(input));
    batch::check_names(request_, names, {rules_.model().file}, diagnostics_);
    if (text::has_error(diagnostics_)) return diagnostics_;
    auto plan =
        batch::plan_table(inputs.name(0), inputs.header(), rules_.model(), request_, diagnostics_);
    if (!plan || text::has_error(diagnostics_)) return diagnostics_;
    plan->separator = inputs.separator();
    const batch::TableForm form = form_of(*plan, inputs);
    if (!survey_first(inputs, *plan)) return take_outcome();
    settle(inputs, *plan, form);
    if (text::has_error(diagnostics_)) return diagnostics_;

    const batch::RunContext context{
        rules_, request_, *plan, form, watch_, inputs, batch::plan_memory(request_)};
    batch::RunEnd end = attempt(context, false);
    if (end == batch::RunEnd::unsorted && inputs.is_cut()) {
      diagnostics_.push_back(text::diagnose_file(
          text::Code::shard_impossible, inputs.name(0),
          {"表没有按项目排好：分片会把一个项目切开",
           "the table is not sorted by project, so a shard would cut projects in two"},
          batch::sorting_advice(inputs.name(0), plan->header[plan->project])));
      return diagnostics_;
    }
    if (end == batch::RunEnd::unsorted) end = attempt(context, true);
    if (text::has_error(diagnostics_)) return diagnostics_;
    outcome_.interrupted = end == batch::RunEnd::stopped;
    text::sort_by_place(diagnostics_);  // what two attempts had to say, once
    if (end == batch::RunEnd::complete && outcome_.records == 0 && !request_.shard) {
      ++outcome_.faults;
      outcome_.findings.push_back(text::diagnose_file(
          text::Code::table_header, inputs.title(),
          {"表中没有记录，没有可计分的项目", "the table has no records: there is nothing to score"},
          {"表头之下每行一条记录", "records stand below the header, one per line"}));
    }
    outcome_.findings.insert(outcome_.findings.begin(), diagnostics_.begin(), diagnostics_.end());
    return Checked<BatchOutcome>(std::move(outcome_));
  }

 private:
  // Reads the table for its statistics, where the rule set has some and nobody gave them. False:
  // the run is over, interrupted or by an error.
  bool survey_first(batch::Inputs& inputs, const batch::Plan& plan) {
    const ruleset::RuleSet& model = rules_.model();
    if (!model.lacks_table()) return true;
    if (request_.shard) {
      Diagnostic needed = scoring::statistics_needed(model);
      needed.help = {"一个分片没有整张表：先 jixiao survey，再给每个分片加 --statistics 文件",
                     "a shard does not have the whole table: jixiao survey it first, then give "
                     "every shard --statistics FILE"};
      diagnostics_.push_back(std::move(needed));
      return false;
    }
    survey::Survey made = survey::survey(model, request_, plan, watch_, inputs, false);
    outcome_.interrupted = made.stopped;
    if (made.stopped) return false;
    survey::judge(model, made.table, diagnostics_);
    auto surveyed = std::make_shared<ruleset::RuleSet>(model);
    surveyed->statistic_table =
        std::make_shared<const ruleset::StatisticTable>(std::move(made.table));
    rules_ = RuleSet(std::move(surveyed));
    return true;
  }

  Checked<BatchOutcome> take_outcome() {
    if (text::has_error(diagnostics_)) return diagnostics_;
    return Checked<BatchOutcome>(std::move(outcome_));
  }

  void settle(batch::Inputs& inputs, const batch::Plan& plan, const batch::TableForm& form) {
    if (request_.shard) {
      inputs.settle_shard(*request_.shard, form.wide ? std::nullopt : std::optional(plan.project),
                          diagnostics_);
      inputs.keep_digests();
    }
    if (form.wide) inputs.read_once();
  }

  batch::RunEnd attempt(const batch::RunContext& context, bool grouped) {
    outcome_ = {};
    const auto sink = open(context, grouped);
    if (text::has_error(diagnostics_)) return batch::RunEnd::complete;
    const batch::RunEnd end = batch::run_pass(context, grouped, *sink, outcome_);
    if (end == batch::RunEnd::unsorted || end == batch::RunEnd::stopped) return end;
    return sink->finish(outcome_, watch_.stop) ? batch::RunEnd::complete : batch::RunEnd::stopped;
  }

  std::unique_ptr<batch::ResultSink> open(const batch::RunContext& context, bool grouped) {
    if (request_.shard)
      return write_part(
          {rules_.model(), request_, context.plan, context.form, context.inputs, !grouped},
          diagnostics_);
    return batch::make_output_tables(rules_.model(), request_, context.form,
                                     {!grouped, context.memory}, diagnostics_);
  }

  RuleSet rules_;
  const BatchRequest& request_;
  const BatchWatch& watch_;
  std::vector<Diagnostic> diagnostics_;
  BatchOutcome outcome_;
};

}  // namespace
}  // namespace shard

Checked<BatchOutcome> run_batch(const RuleSet& rules, const BatchRequest& request,
                                const BatchWatch& watch) {
  try {
    return shard::Run(rules, request, watch).run();
  } catch (const table::StreamFailure& failure) {
    // A query that was given up is no fault of the database.
    if (watch.stop != nullptr && watch.stop->load()) {
      BatchOutcome stopped;
      stopped.interrupted = true;
      return Checked<BatchOutcome>(std::move(stopped));
    }
    return std::vector<Diagnostic>{failure.diagnostic};
  } catch (const batch::StrictFault& fault) {
    return std::vector<Diagnostic>{fault.diagnostic};
  }
}

}  // namespace jixiao
