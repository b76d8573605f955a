#include "batch/run_course.hpp"

#include <algorithm>
#include <tuple>

#include "batch/run_keys.hpp"
#include "batch/run_pipeline.hpp"
#include "text/code.hpp"

namespace jixiao::batch {
namespace {

struct ScoredPiece {
  FedPiece fed;
  Scored scored;
  std::vector<PlacedFault> faults;
};

class Taking {
 public:
  Taking(const Course& course, bool grouped, Destination& destination, BatchOutcome& outcome)
      : course_(course), grouped_(grouped), destination_(destination), outcome_(outcome) {}

  // Whether to go on.
  bool take(ScoredPiece& slot, std::uint64_t bytes_read) {
    if (course_.watch.stop != nullptr && course_.watch.stop->load()) return end(CourseEnd::stopped);
    if (!know(slot)) return end(CourseEnd::scattered);
    outcome_.records += slot.scored.records;
    outcome_.projects += slot.scored.keys.size();
    outcome_.failed += slot.scored.failed;
    const bool fault =
        std::any_of(slot.faults.begin(), slot.faults.end(), [](const PlacedFault& f) { return f.fault.severity == Severity::error; });
    destination_.take(slot.scored, slot.fed.input);
    destination_.take_faults(slot.faults);
    if (course_.watch.progress) {
      course_.watch.progress({outcome_.records, outcome_.projects, bytes_read, course_.inputs.bytes_total()});
    }
    // A long table may yet turn out to be scattered, and a fault of half a project is none.
    return !(fault && course_.request.strict && course_.form.wide) || end(CourseEnd::struck);
  }
  [[nodiscard]] CourseEnd how() const { return how_; }

 private:
  bool end(CourseEnd how) {
    how_ = how;
    return false;
  }

  // False when a project of a long table has been here before.
  bool know(ScoredPiece& slot) {
    // Parts of a wide table are looked through for equal names when they are joined.
    if (grouped_ || (course_.form.wide && course_.request.shard)) return true;
    const Scored& scored = slot.scored;
    // As many as the first piece lets expect, but no more than a wrong guess may cost.
    if (known_.size() == 0 && !slot.fed.piece.text.empty()) {
      const std::uint64_t pieces = course_.inputs.bytes_total() / slot.fed.piece.text.size();
      known_.reserve(std::min<std::uint64_t>(pieces * scored.keys.size(), course_.shares.rows / 24));
    }
    std::vector<PlacedFault> again;
    constexpr std::size_t ahead = 24;
    for (std::size_t i = 0; i < scored.keys.size(); ++i) {
      if (i + ahead < scored.keys.size()) known_.expect(scored.keys[i + ahead]);
      const KeyMap::Seen seen = known_.add(scored.keys[i], scored.lines[i]);
      if (!seen.before) continue;
      if (!course_.form.wide) return false;
      again.push_back(twice(std::string(scored.standings.project[i]), seen.value, scored.lines[i], course_.form));
    }
    if (again.empty()) return true;
    // On one line this comes before all else, as it does when parts are joined.
    again.insert(again.end(), std::make_move_iterator(slot.faults.begin()), std::make_move_iterator(slot.faults.end()));
    std::stable_sort(again.begin(), again.end(), [](const PlacedFault& a, const PlacedFault& b) {
      return std::tie(a.input, a.fault.line) < std::tie(b.input, b.fault.line);
    });
    slot.faults = std::move(again);
    return true;
  }

  const Course& course_;
  bool grouped_;
  Destination& destination_;
  BatchOutcome& outcome_;
  KeyMap known_;
  CourseEnd how_ = CourseEnd::complete;
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

CourseEnd run_course(const Course& course, bool grouped, Destination& destination, BatchOutcome& outcome) {
  const Shares& shares = course.shares;
  const bool wide = course.form.wide;
  const auto key = wide ? std::nullopt : std::optional(course.plan.project);
  const auto feed = grouped ? feed_grouped(course.inputs, {*key, shares.piece_bytes, shares.grouping, shares.threads, course.watch.stop})
                            : feed_in_order(course.inputs, key, shares.piece_bytes);
  std::vector<PieceScorer> scorers;
  for (std::size_t n = 0; n < shares.threads; ++n) scorers.emplace_back(course.rules.model(), course.plan, course.request.language);
  std::vector<ScoredPiece> slots(shares.threads == 1 ? 1 : 2 * shares.threads);
  Taking taking(course, grouped, destination, outcome);
  in_order(
      shares.threads, slots, [&](ScoredPiece& slot) { return feed->next(slot.fed); },
      [&](ScoredPiece& slot, std::size_t worker) {
        scorers[worker].score(slot.fed.piece, slot.scored);
        place_faults(slot.scored.faults, slot.faults);
      },
      [&](ScoredPiece& slot) { return taking.take(slot, feed->bytes_read()); });
  if (course.watch.stop != nullptr && course.watch.stop->load()) return CourseEnd::stopped;
  return taking.how();
}

PlacedFault twice(const std::string& project, std::uint64_t first, std::uint64_t again, const TableForm& form) {
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
  fault.message = {
      "项目重名：" + (table.empty() ? "" : table + " ") + "第 " + line + " 行已有此名；两行各自计分",
      "the project is also on line " + line + (table.empty() ? "" : " of " + table) + "; each of the two is scored for itself"};
  return {here.table, std::move(fault)};
}

}  // namespace jixiao::batch
