#include "batch/run_context.hpp"

#include <algorithm>
#include <tuple>

#include "system/key_map.hpp"
#include "system/pipeline.hpp"
#include "text/code.hpp"

namespace jixiao::batch {
namespace {

struct ScoredPiece {
  FedPiece fed;
  Scored scored;
  std::vector<PlacedFault> faults;
};

class ResultConsumer {
 public:
  ResultConsumer(const RunContext& context, bool grouped, ResultSink& sink, BatchOutcome& outcome)
      : context_(context), grouped_(grouped), sink_(sink), outcome_(outcome) {}

  // Whether to go on.
  bool take(ScoredPiece& slot, std::uint64_t bytes_read) {
    if (context_.watch.stop != nullptr && context_.watch.stop->load()) return end(RunEnd::stopped);
    if (!check_seen(slot)) return end(RunEnd::unsorted);
    outcome_.records += slot.scored.records;
    outcome_.projects += slot.scored.keys.size();
    outcome_.failed += slot.scored.failed;
    const bool fault =
        std::any_of(slot.faults.begin(), slot.faults.end(),
                    [](const PlacedFault& f) { return f.fault.severity == Severity::error; });
    sink_.take(slot.scored, slot.fed.input);
    sink_.take_faults(slot.faults);
    if (context_.watch.progress) {
      context_.watch.progress(
          {outcome_.records, outcome_.projects, bytes_read, context_.inputs.bytes_total()});
    }
    // A long table may yet turn out to be unsorted, and a fault of half a project is none.
    return !(fault && context_.request.strict && context_.form.wide) || end(RunEnd::failed_strict);
  }
  [[nodiscard]] RunEnd how() const { return how_; }

 private:
  bool end(RunEnd how) {
    how_ = how;
    return false;
  }

  // False when a project of a long table has been here before.
  bool check_seen(ScoredPiece& slot) {
    // Parts of a wide table are looked through for equal names when they are joined.
    if (grouped_ || (context_.form.wide && context_.request.shard)) return true;
    const Scored& scored = slot.scored;
    // As many as the first piece lets expect, but no more than a wrong guess may cost.
    if (known_.size() == 0 && !slot.fed.piece.text.empty()) {
      const std::uint64_t pieces = context_.inputs.bytes_total() / slot.fed.piece.text.size();
      known_.reserve(
          std::min<std::uint64_t>(pieces * scored.keys.size(), context_.memory.rows / 24));
    }
    std::vector<PlacedFault> again;
    constexpr std::size_t ahead = 24;
    for (std::size_t i = 0; i < scored.keys.size(); ++i) {
      if (i + ahead < scored.keys.size()) known_.expect(scored.keys[i + ahead]);
      const system::KeyMap::Seen seen = known_.add(scored.keys[i], scored.lines[i]);
      if (!seen.before) continue;
      if (!context_.form.wide) return false;
      if (scored.standings.project[i].empty()) continue;  // no project, which has been told
      again.push_back(duplicate_project(std::string(scored.standings.project[i]), seen.value,
                                        scored.lines[i], context_.form));
    }
    if (again.empty()) return true;
    // On one line this comes before all else, as it does when parts are joined.
    again.insert(again.end(), std::make_move_iterator(slot.faults.begin()),
                 std::make_move_iterator(slot.faults.end()));
    std::stable_sort(again.begin(), again.end(), [](const PlacedFault& a, const PlacedFault& b) {
      return std::tie(a.input, a.fault.line) < std::tie(b.input, b.fault.line);
    });
    slot.faults = std::move(again);
    return true;
  }

  const RunContext& context_;
  bool grouped_;
  ResultSink& sink_;
  BatchOutcome& outcome_;
  system::KeyMap known_;
  RunEnd how_ = RunEnd::complete;
};

}  // namespace

void place_faults(std::vector<Fault>& faults, std::vector<PlacedFault>& out) {
  out.clear();
  for (Fault& fault : faults) {
    const LinePlace place = unpacked(fault.line);
    fault.line = place.line;
    out.push_back({place.table, std::move(fault)});
  }
  faults.clear();
}

RunEnd run_pass(const RunContext& context, bool grouped, ResultSink& sink, BatchOutcome& outcome) {
  const MemoryPlan& memory = context.memory;
  const bool wide = context.form.wide;
  const auto key = wide ? std::nullopt : std::optional(context.plan.project);
  const auto pieces =
      grouped ? pieces_by_project(context.inputs, {*key, memory.piece_bytes, memory.grouping,
                                                   memory.threads, context.watch.stop})
              : pieces_in_order(context.inputs, key, memory.piece_bytes);
  std::vector<PieceScorer> scorers;
  for (std::size_t n = 0; n < memory.threads; ++n)
    scorers.emplace_back(context.rules.model(), context.plan, context.request.language);
  std::vector<ScoredPiece> slots(memory.threads == 1 ? 1 : 2 * memory.threads);
  ResultConsumer consumer(context, grouped, sink, outcome);
  system::in_order(
      memory.threads, slots, [&](ScoredPiece& slot) { return pieces->next(slot.fed); },
      [&](ScoredPiece& slot, std::size_t worker) {
        scorers[worker].score(slot.fed.piece, slot.scored);
        place_faults(slot.scored.faults, slot.faults);
      },
      [&](ScoredPiece& slot) { return consumer.take(slot, pieces->bytes_read()); });
  if (context.watch.stop != nullptr && context.watch.stop->load()) return RunEnd::stopped;
  return consumer.how();
}

PlacedFault duplicate_project(const std::string& project, std::uint64_t first, std::uint64_t again,
                              const TableForm& form) {
  const LinePlace before = unpacked(first);
  const LinePlace here = unpacked(again);
  const std::string line = std::to_string(before.line);
  const std::string table = before.table == here.table ? std::string() : form.inputs[before.table];
  Fault fault;
  fault.line = here.line;
  fault.project = project;
  fault.cell = project;
  fault.code = text::entry(text::Code::id_duplicate).name;
  fault.severity = Severity::warning;
  fault.message = {"项目重名：" + (table.empty() ? "" : table + " ") + "第 " + line +
                       " 行已有此名；两行各自计分",
                   "the project is also on line " + line + (table.empty() ? "" : " of " + table) +
                       "; each of the two is scored for itself"};
  return {here.table, std::move(fault)};
}

}  // namespace jixiao::batch
