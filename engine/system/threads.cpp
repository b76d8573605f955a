#include "system/threads.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace jixiao::system {

void run_tasks(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& task) {
  const std::size_t wanted = threads != 0 ? threads
                                          : std::max(std::thread::hardware_concurrency(), 1U);
  const std::size_t workers = std::min(wanted, count);
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex failing;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) task(i);
    } catch (...) {
      const std::lock_guard lock(failing);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < workers; ++i) others.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace jixiao::system
