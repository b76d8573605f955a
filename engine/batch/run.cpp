#include <algorithm>

#include "batch/part_writer.hpp"
#include "batch/run_assembly.hpp"
#include "batch/run_course.hpp"
#include "batch/shard_advice.hpp"
#include "jixiao/batch.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {
namespace batch {
namespace {

TableForm form_of(const Plan& plan, const Inputs& inputs) {
  TableForm form;
  form.rows = plan.output_header;
  form.indicators = plan.indicators_header;
  form.with_ranks = plan.with_ranks;
  form.wide = plan.shape == Shape::wide;
  for (std::size_t input = 0; input < inputs.size(); ++input) form.inputs.push_back(inputs.name(input));
  form.title = inputs.title();
  return form;
}

void check_request(const BatchRequest& request, std::vector<Diagnostic>& diagnostics) {
  if (!request.shard) return;
  const Shard& shard = *request.shard;
  if (shard.count == 0 || shard.index == 0 || shard.index > shard.count) {
    const std::string found = std::to_string(shard.index) + "/" + std::to_string(shard.count);
    diagnostics.push_back(
        text::diagnose_file(text::Code::shard_impossible, {}, {"没有分片 " + found, "there is no shard " + found},
                            {"写 i/n，i 从 1 到 n，例如 --shard 2/8", "write i/n with i from 1 to n, as in --shard 2/8"}));
  }
  if (request.output.empty() || request.output == "-") {
    diagnostics.push_back(text::diagnose_file(text::Code::shard_impossible, {}, {"分片要写成一个文件", "a shard is written to a file"},
                                              {"加上 -o 文件，例如 -o part-2.jxpart", "add -o FILE, as in -o part-2.jxpart"}));
  }
}

class Run {
 public:
  Run(const RuleSet& rules, const BatchRequest& request, const BatchWatch& watch) : rules_(rules), request_(request), watch_(watch) {}

  Checked<BatchOutcome> run() {
    check_request(request_, diagnostics_);
    check_memory(request_, diagnostics_);
    if (text::has_error(diagnostics_)) return diagnostics_;
    Inputs inputs(request_, diagnostics_);
    if (text::has_error(diagnostics_)) return diagnostics_;
    auto plan = plan_table(inputs.name(0), inputs.header(), rules_.model(), request_, diagnostics_);
    if (!plan || text::has_error(diagnostics_)) return diagnostics_;
    plan->separator = inputs.separator();
    const TableForm form = form_of(*plan, inputs);
    settle(inputs, *plan, form);
    if (text::has_error(diagnostics_)) return diagnostics_;

    const Course course{rules_, request_, *plan, form, watch_, inputs, share_out(request_)};
    CourseEnd end = attempt(course, false);
    if (end == CourseEnd::scattered && inputs.is_cut()) {
      diagnostics_.push_back(text::diagnose_file(
          text::Code::shard_impossible, inputs.name(0),
          {"表没有按项目排好：分片会把一个项目切开", "the table is not sorted by project, so a shard would cut projects in two"},
          sorting_advice(inputs.name(0), plan->header[plan->project])));
      return diagnostics_;
    }
    if (end == CourseEnd::scattered) end = attempt(course, true);
    if (text::has_error(diagnostics_)) return diagnostics_;
    outcome_.interrupted = end == CourseEnd::stopped;
    if (end == CourseEnd::complete && outcome_.records == 0 && !request_.shard) {
      ++outcome_.faults;
      outcome_.findings.push_back(
          text::diagnose_file(text::Code::table_header, inputs.title(),
                              {"表中没有记录，没有可计分的项目", "the table has no records: there is nothing to score"},
                              {"表头之下每行一条记录", "records stand below the header, one per line"}));
    }
    outcome_.findings.insert(outcome_.findings.begin(), diagnostics_.begin(), diagnostics_.end());
    return Checked<BatchOutcome>(std::move(outcome_));
  }

 private:
  void settle(Inputs& inputs, const Plan& plan, const TableForm& form) {
    if (request_.shard) {
      inputs.settle_shard(*request_.shard, form.wide ? std::nullopt : std::optional(plan.project), diagnostics_);
      inputs.keep_digests();
    }
    if (form.wide) inputs.read_once();
  }

  CourseEnd attempt(const Course& course, bool grouped) {
    outcome_ = {};
    const auto destination = open(course, grouped);
    if (text::has_error(diagnostics_)) return CourseEnd::complete;
    const CourseEnd end = run_course(course, grouped, *destination, outcome_);
    if (end == CourseEnd::scattered || end == CourseEnd::stopped) return end;
    return destination->finish(outcome_, watch_.stop) ? CourseEnd::complete : CourseEnd::stopped;
  }

  std::unique_ptr<Destination> open(const Course& course, bool grouped) {
    if (request_.shard) return write_part({rules_.model(), request_, course.plan, course.form, course.inputs, !grouped}, diagnostics_);
    return assemble(rules_.model(), request_, course.form, {!grouped, course.shares}, diagnostics_);
  }

  const RuleSet& rules_;
  const BatchRequest& request_;
  const BatchWatch& watch_;
  std::vector<Diagnostic> diagnostics_;
  BatchOutcome outcome_;
};

}  // namespace
}  // namespace batch

Checked<BatchOutcome> run_batch(const RuleSet& rules, const BatchRequest& request, const BatchWatch& watch) {
  try {
    return batch::Run(rules, request, watch).run();
  } catch (const table::StreamFailure& failure) {
    return std::vector<Diagnostic>{failure.diagnostic};
  } catch (const batch::StrictFault& fault) {
    return std::vector<Diagnostic>{fault.diagnostic};
  }
}

}  // namespace jixiao
