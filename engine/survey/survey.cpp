#include "survey/survey.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "batch/long_reader.hpp"
#include "batch/piece_content.hpp"
#include "batch/piece_source.hpp"
#include "batch/wide_reader.hpp"
#include "scoring/evaluation.hpp"
#include "scoring/statistics.hpp"
#include "survey/accumulator.hpp"
#include "system/pipeline.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::survey {
namespace {

constexpr std::size_t most_faults = 20;

// One thread's share of a stage.
class Worker {
 public:
  Worker(const ruleset::RuleSet& rules, const batch::Plan& plan, Language language)
      : rules_(rules),
        content_(rules, plan, language),
        long_reader_(rules, plan.remembered),
        evaluator_(rules) {
    for (const auto& statistic : rules.statistics) accumulators.emplace_back(statistic);
  }

  void read(const table::Piece& piece, const ruleset::StatisticTable& known, unsigned stage) {
    faults.clear();
    content_.begin(piece, faults);
    no_projects_.clear();
    for (std::size_t p = 0; p < content_.projects.size(); ++p) {
      if (content_.failed(p)) no_projects_.push_back(p);
    }
    content_.plan.shape == batch::Shape::long_rows ? long_reader_.read(content_)
                                                   : batch::read_wide(content_);
    scoring::Batch& batch = content_.batch;
    projects = batch.projects - no_projects_.size();
    scoring::fill_statistics(rules_, &known, stage, batch);
    const scoring::Scorecards* cards = nullptr;
    values_.resize(batch.projects);
    groups_.resize(batch.projects);
    for (std::size_t s = 0; s < rules_.statistics.size(); ++s) {
      const ruleset::Statistic& statistic = rules_.statistics[s];
      if (statistic.stage != stage) continue;
      if (statistic.names_outcome && cards == nullptr) cards = &evaluator_.run(batch);
      scoring::statistic_values(rules_, statistic, batch, cards, workspace_, values_);
      scoring::statistic_groups(rules_, statistic, batch, groups_);
      for (const std::size_t p : no_projects_) groups_[p] = std::nan("");
      accumulators[s].add(values_, groups_);
    }
  }

  std::vector<Accumulator> accumulators;
  std::vector<batch::Fault> faults;  // of the last piece
  std::size_t projects = 0;          // of the last piece

 private:
  const ruleset::RuleSet& rules_;
  batch::PieceContent content_;
  batch::LongReader long_reader_;
  scoring::Evaluator evaluator_;
  scoring::Workspace workspace_;
  std::vector<double> values_, groups_;
  // Records that are no project (a row of totals, one without a name or with cells too many): they
  // stand in no statistic.
  std::vector<std::size_t> no_projects_;
};

struct Slot {
  batch::FedPiece fed;
  std::vector<batch::Fault> faults;
  std::size_t projects = 0;
};

class Surveying {
 public:
  Surveying(const ruleset::RuleSet& rules, const BatchRequest& request, const batch::Plan& plan,
            const BatchWatch& watch, batch::Inputs& inputs)
      : rules_(rules),
        request_(request),
        plan_(plan),
        watch_(watch),
        inputs_(inputs),
        memory_(batch::plan_memory(request)) {
    for (std::size_t input = 0; input < inputs.size(); ++input)
      out_.table.tables.push_back(inputs.name(input));
    out_.table.of.resize(rules.statistics.size());
  }

  Survey run(bool as_part) {
    unsigned last = 0;
    for (const auto& statistic : rules_.statistics) last = std::max(last, statistic.stage);
    for (unsigned stage = 0; stage <= last && !out_.stopped; ++stage) pass(stage, as_part);
    return std::move(out_);
  }

 private:
  void pass(unsigned stage, bool as_part) {
    const bool wide = plan_.shape == batch::Shape::wide;
    const auto pieces =
        wide ? batch::pieces_in_order(inputs_, std::nullopt, memory_.piece_bytes)
             : batch::pieces_by_project(inputs_, {plan_.project, memory_.piece_bytes,
                                                  memory_.grouping, memory_.threads, watch_.stop});
    std::deque<Worker> workers;
    for (std::size_t n = 0; n < memory_.threads; ++n)
      workers.emplace_back(rules_, plan_, request_.language);
    std::vector<Slot> slots(memory_.threads == 1 ? 1 : 2 * memory_.threads);
    out_.table.projects = 0;
    system::in_order(
        memory_.threads, slots, [&](Slot& slot) { return pieces->next(slot.fed); },
        [&](Slot& slot, std::size_t n) {
          Worker& worker = workers[n];
          worker.read(slot.fed.piece, out_.table, stage);
          slot.faults = worker.faults;
          slot.projects = worker.projects;
        },
        [&](Slot& slot) { return take(slot, stage, pieces->bytes_read()); });
    out_.stopped = watch_.stop != nullptr && watch_.stop->load();
    for (std::size_t s = 0; s < rules_.statistics.size(); ++s) {
      if (rules_.statistics[s].stage != stage) continue;
      Accumulator all(rules_.statistics[s]);
      for (const Worker& worker : workers) all.add(worker.accumulators[s]);
      out_.table.of[s] = all.groups(as_part);
    }
  }

  bool take(Slot& slot, unsigned stage, std::uint64_t bytes_read) {
    out_.table.projects += slot.projects;
    if (stage == 0) {
      for (batch::Fault& fault : slot.faults) {
        if (out_.faults.size() < most_faults) out_.faults.push_back(std::move(fault));
      }
    }
    if (watch_.progress)
      watch_.progress({0, out_.table.projects, bytes_read, inputs_.bytes_total()});
    return watch_.stop == nullptr || !watch_.stop->load();
  }

  const ruleset::RuleSet& rules_;
  const BatchRequest& request_;
  const batch::Plan& plan_;
  const BatchWatch& watch_;
  batch::Inputs& inputs_;
  batch::MemoryPlan memory_;
  Survey out_;
};

}  // namespace

Survey survey(const ruleset::RuleSet& rules, const BatchRequest& request, const batch::Plan& plan,
              const BatchWatch& watch, batch::Inputs& inputs, bool as_part) {
  return Surveying(rules, request, plan, watch, inputs).run(as_part);
}

namespace {

Text group_words(const ruleset::RuleSet& rules, const ruleset::Statistic& statistic, double key) {
  if (statistic.by == ruleset::none) return {};
  if (statistic.by == ruleset::project_year)
    return {value::plain(key, 6) + " 年的", " of " + value::plain(key, 6)};
  const ruleset::Input& input = rules.inputs[statistic.by - rules.first_input_name()];
  const Text& name = input.name;
  const std::string shown = input.shown(key);
  return {name.zh + " " + shown + " 的", " of " + name.en + " " + shown};
}

}  // namespace

void judge(const ruleset::RuleSet& rules, const ruleset::StatisticTable& table,
           std::vector<Diagnostic>& diagnostics) {
  using ruleset::StatisticKind;
  const auto warn = [&](const ruleset::Statistic& one, Text message, Text help) {
    diagnostics.push_back(text::diagnose(text::Code::statistic_empty, one.place, std::move(message),
                                         std::move(help)));
  };
  for (std::size_t s = 0; s < rules.statistics.size(); ++s) {
    const ruleset::Statistic& one = rules.statistics[s];
    if (table.of[s].empty()) {
      warn(one,
           {"统计量 '" + one.id + "' 没有任何项目可统计",
            "the statistic '" + one.id + "' is of nothing: no project has a value"},
           {"检查 'of' 用到的列和 'by' 的分组是否有值",
            "see whether the columns 'of' and 'by' name have values"});
      diagnostics.back().severity = Severity::error;
    }
    for (const ruleset::StatisticGroup& group : table.of[s]) {
      const Text where = group_words(rules, one, group.key);
      const bool spread = one.is == StatisticKind::sd || one.is == StatisticKind::sd_population;
      if (group.count == 0 && one.is != StatisticKind::count) {
        warn(one,
             {"统计量 '" + one.id + "' " + where.zh + "没有一个值",
              "the statistic '" + one.id + "'" + where.en + " is of nothing"},
             {"补上数据；用到它的指标无法计算",
              "give the data; indicators that need it cannot be computed"});
        if (one.by == ruleset::none) diagnostics.back().severity = Severity::error;
      } else if (group.count == 1 &&
                 (one.is == StatisticKind::sd || one.is == StatisticKind::percent_rank)) {
        warn(one,
             {"统计量 '" + one.id + "' " + where.zh + "只有一个值，算不出来",
              "the statistic '" + one.id + "'" + where.en + " is of one value and has none itself"},
             {"去掉分组，或把这一组与别组合并",
              "leave out 'by', or put this group together with another"});
      } else if (spread && group.value == 0) {
        warn(one,
             {"统计量 '" + one.id + "' " + where.zh + "为 0：所有值相等，不能作除数",
              "the statistic '" + one.id + "'" + where.en +
                  " is 0: all values are equal, nothing can be divided by it"},
             {"这个指标分不出高低：改用别的方法，或去掉它",
              "the indicator tells nobody apart: choose another method, or leave it out"});
      } else if (one.is == StatisticKind::share && group.value == 0) {
        warn(one,
             {"统计量 '" + one.id + "' " + where.zh + "合计为 0，没有份额",
              "the values of the statistic '" + one.id + "'" + where.en +
                  " add up to 0: there are no shares"},
             {"检查 'of'", "see what 'of' names"});
      }
    }
  }
}

}  // namespace jixiao::survey
