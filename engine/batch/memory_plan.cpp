#include "batch/memory_plan.hpp"

#include <algorithm>

#include "system/threads.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::batch {
namespace {

constexpr std::uint64_t kib = 1024, mib = 1024 * kib;
// The program with its libraries and a rule set; a thread's stack, heap and tables however small
// its pieces are (measured: docs/batch.md).
constexpr std::uint64_t program = 16 * mib, thread = 2 * mib;
constexpr std::uint64_t least_left = 16 * mib;  // for records: with less every row is read as if it
                                                // were the first of its kind
constexpr std::uint64_t most_remembered = 64 * mib;  // a thread: more has not made anything faster

std::uint64_t least_memory(std::size_t threads) { return program + threads * thread + least_left; }

}  // namespace

MemoryPlan plan_memory(const BatchRequest& request) {
  const std::size_t threads = system::thread_count(request.threads);
  std::uint64_t left = std::max(request.memory, least_memory(threads)) - program - threads * thread;
  MemoryPlan out;
  out.threads = threads;
  out.remembered = std::min(left * 7 / 16 / threads, most_remembered);
  left -= threads * out.remembered;
  out.rows = out.grouping = left * 5 / 16;
  out.indicators = out.recording = left / 8;
  out.faults = left / 16;
  // Every try at a shard writes the same part, on however many cores.
  out.piece_bytes =
      request.shard ? 256 * kib
                    : std::clamp<std::uint64_t>(left / 16 / (14 * threads), 32 * kib, 128 * kib);
  return out;
}

void check_memory(const BatchRequest& request, std::vector<Diagnostic>& diagnostics) {
  const std::size_t threads = system::thread_count(request.threads);
  const std::uint64_t least = least_memory(threads);
  if (request.memory >= least) return;
  const std::string given = std::to_string(request.memory / mib) + "MB",
                    needed = std::to_string(least / mib) + "MB";
  const std::string with_threads = std::to_string(threads);
  Text help{"写 --memory " + needed, "write --memory " + needed};
  if (threads > 1) {
    help.zh += "，或用更少的线程：--threads 1 需要 " + std::to_string(least_memory(1) / mib) + "MB";
    help.en += ", or use fewer threads: --threads 1 needs " +
               std::to_string(least_memory(1) / mib) + "MB";
  }
  Diagnostic said =
      text::diagnose_file(text::Code::value_number, {},
                          {"内存上限 " + given + " 太小：" + with_threads + " 个线程至少需要 " +
                               needed + "，本次运行将用到这么多",
                           "a memory of " + given + " is too little: " + with_threads +
                               (threads == 1 ? " thread needs " : " threads need ") + needed +
                               " at least, and the run takes as much"},
                          help);
  said.severity = Severity::warning;
  diagnostics.push_back(std::move(said));
}

}  // namespace jixiao::batch
