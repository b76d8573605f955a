// Numbered tasks shared out over threads.
#pragma once

#include <cstddef>
#include <functional>

namespace jixiao::system {

// How many threads `asked` means: 0 is as many as the machine has for this process, at least one.
std::size_t thread_count(std::size_t asked);

// Calls task(0) .. task(count - 1), each once, from thread_count(threads) threads, the
// calling one among them. Tasks are begun in order. When one throws, no further task is
// begun and the exception is thrown here.
void run_tasks(std::size_t count, std::size_t threads,
               const std::function<void(std::size_t)>& task);

}  // namespace jixiao::system
