// One reader, many workers, one taker: what is read in order is taken in order, and no more than a
// fixed number of things is under way.
#pragma once

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <cstddef>
#include <vector>

namespace jixiao::system {

// `read(slot)` fills a slot and says whether there was anything; `work(slot, worker)` runs on any
// thread, worker < threads; `take(slot)` says whether to go on. Slots are reused. An exception of
// any of the three ends the run and comes out here.
template <class Slot, class Read, class Work, class Take>
void in_order(std::size_t threads, std::vector<Slot>& slots, Read&& read, Work&& work,
              Take&& take) {
  if (threads <= 1 || slots.size() <= 1) {
    while (read(slots[0])) {
      work(slots[0], std::size_t{0});
      if (!take(slots[0])) return;
    }
    return;
  }
  const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(static_cast<int>(threads));
  std::size_t next = 0;
  std::atomic<bool> stopped{false};  // set where slots are taken, read where they are filled: a
                                     // late look costs a piece or two
  arena.execute([&] {
    tbb::parallel_pipeline(
        slots.size(),
        tbb::make_filter<
            void, Slot*>(tbb::filter_mode::serial_in_order, [&](tbb::flow_control& flow) -> Slot* {
          // Tokens end in order, so the slot of the oldest one is the next to be free.
          Slot* slot = &slots[next];
          if (stopped.load(std::memory_order_acquire) || !read(*slot)) {
            flow.stop();
            return nullptr;
          }
          next = (next + 1) % slots.size();
          return slot;
        }) & tbb::make_filter<Slot*, Slot*>(tbb::filter_mode::parallel, [&](Slot* slot) {
          work(*slot, static_cast<std::size_t>(tbb::this_task_arena::current_thread_index()));
          return slot;
        }) & tbb::make_filter<Slot*, void>(tbb::filter_mode::serial_in_order, [&](Slot* slot) {
          if (!stopped.load(std::memory_order_acquire) && !take(*slot))
            stopped.store(true, std::memory_order_release);
        }));
  });
}

}  // namespace jixiao::system
