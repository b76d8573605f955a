// Numbered tasks shared out over threads.
#pragma once

#include <cstddef>
#include <functional>

namespace jixiao::system {

// Calls task(0) .. task(count - 1), each once, from `threads` threads (0: as many as the machine
// has), the calling one among them. Tasks are begun in order. When one throws, no further task is
// begun and the exception is thrown here.
void run_tasks(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& task);

}  // namespace jixiao::system
