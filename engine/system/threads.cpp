#include "system/threads.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace jixiao::system {

std::size_t thread_count(std::size_t asked) {
  return asked != 0 ? asked : std::max(std::thread::hardware_concurrency(), 1U);
}

void run_tasks(std::size_t count, std::size_t threads,
               const std::function<void(std::size_t)>& task) {
  const std::size_t workers = std::min(thread_count(threads), count);
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
