// A portion of an experiment's pieces, shared out among processes and gathered again.
#include <mutex>

#include "sampling/experiment.hpp"
#include "system/threads.hpp"

namespace jixiao::sampling {

std::size_t run_over_ranks(const Experiment& experiment, Ranks& ranks, Records& records,
                           std::size_t done, std::size_t up_to, const RunOptions& options) {
  if (up_to <= done) return done;
  const std::size_t count = ranks.count(), rank = ranks.rank();
  const std::size_t all = up_to - done;
  // pieces done + rank, done + rank + count ...
  const std::size_t own = all > rank ? (all - rank - 1) / count + 1 : 0;
  std::vector<std::vector<double>> fresh(own);
  std::mutex reporting;
  std::size_t finished = 0;
  system::run_tasks(own, options.threads, [&](std::size_t i) {
    if (options.stop != nullptr && options.stop->load()) return;
    const std::size_t piece = done + rank + i * count;
    std::vector<double> record(experiment.record_length(piece));
    experiment.run(piece, record);
    fresh[i] = std::move(record);
    if (!options.progress) return;
    const std::lock_guard lock(reporting);
    // The others are about as far.
    options.progress(done + std::min(all, ++finished * count), up_to);
  });
  // The unbroken row of this rank's pieces, their number before them.
  std::vector<double> given = {0};
  for (const auto& record : fresh) {
    if (record.empty()) break;
    given.front() += 1;
    given.insert(given.end(), record.begin(), record.end());
  }
  fresh.clear();
  const auto parts = ranks.gather(given);
  std::size_t row = done;
  if (rank == 0) {
    std::vector<std::size_t> taken(count, 0), at(count, 1);
    for (; row < up_to; ++row) {
      const std::size_t r = (row - done) % count;
      if (static_cast<double>(taken[r]) >= parts[r].front()) break;
      const auto begin = parts[r].begin() + static_cast<std::ptrdiff_t>(at[r]);
      const std::size_t length = experiment.record_length(row);
      records.append({begin, begin + static_cast<std::ptrdiff_t>(length)});
      ++taken[r];
      at[r] += length;
    }
  }
  const std::size_t told = ranks.broadcast(row);
  if (options.progress) options.progress(told, up_to);
  return told;
}

}  // namespace jixiao::sampling
