// A line at the foot of the terminal that says how far a long run is; nothing in a pipe.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "jixiao/jixiao.hpp"

namespace jixiao::cli {

class ProgressBar {
 public:
  ProgressBar(Language language, std::size_t width);
  ~ProgressBar();  // takes the line away
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  void show(const BatchProgress& progress);
  void show(std::size_t done, std::size_t all);  // pieces of work

 private:
  using Clock = std::chrono::steady_clock;
  bool is_due();  // time for a line
  void write(std::string line);

  Language language_;
  std::size_t width_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point last_{};
};

}  // namespace jixiao::cli
