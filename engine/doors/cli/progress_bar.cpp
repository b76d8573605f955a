#include "progress_bar.hpp"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <iostream>
#include <string>

namespace jixiao::cli {
namespace {

constexpr std::chrono::milliseconds patience{500};  // shorter runs need no bar
constexpr std::chrono::milliseconds pause{100};

std::string grouped(std::uint64_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3;) {
    at -= 3;
    out.insert(at, ",");
  }
  return out;
}

std::string clock(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  std::string out = std::to_string(whole / 60) + ":";
  return out + (whole % 60 < 10 ? "0" : "") + std::to_string(whole % 60);
}

std::string bar(double share) {
  constexpr int cells = 24;
  std::string out = "[";
  for (int i = 0; i < cells; ++i) out += i < static_cast<int>(share * cells) ? '#' : '.';
  return out + "]";
}

// Past std::cerr, which lets no such sequence through. Nothing of the data stands in it.
void put(const std::string& text) {
  std::cerr.flush();
  static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
}

}  // namespace

ProgressBar::ProgressBar(Language language, std::size_t width)
    : language_(language), width_(width), terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (shown_) put("\r\033[K");
}

bool ProgressBar::is_due() {
  if (!terminal_) return false;
  const auto now = Clock::now();
  if (now - begun_ < patience || now - last_ < pause) return false;
  last_ = now;
  shown_ = true;
  return true;
}

void ProgressBar::write(std::string line) {
  if (line.size() > width_) line.resize(line.find("  "));  // a narrow terminal: the bar alone
  put("\r\033[K" + line);
}

void ProgressBar::show(const BatchProgress& progress) {
  if (!is_due()) return;
  const double seconds = std::chrono::duration<double>(last_ - begun_).count();
  const bool zh = language_ == Language::zh;
  std::string line;
  const double share = progress.bytes_total > 0 ? static_cast<double>(progress.bytes_read) /
                                                      static_cast<double>(progress.bytes_total)
                                                : 0;
  if (share > 0 && share <= 1)
    line = bar(share) + " " + std::to_string(static_cast<int>(share * 100)) + "%  ";
  line += grouped(progress.records) + (zh ? " 行  " : " rows  ");
  line += grouped(static_cast<std::uint64_t>(static_cast<double>(progress.records) / seconds)) +
          (zh ? " 行/秒" : " rows/s");
  if (share > 0 && share < 1)
    line += (zh ? "  还需 " : "  left ") + clock(seconds * (1 - share) / share);
  write(std::move(line));
}

void ProgressBar::show(std::size_t done, std::size_t all) {
  if (!is_due() || all == 0) return;
  const double seconds = std::chrono::duration<double>(last_ - begun_).count();
  const double share = static_cast<double>(done) / static_cast<double>(all);
  std::string line = bar(share) + " " + std::to_string(static_cast<int>(share * 100)) + "%";
  if (done > 0 && done < all)
    line += (language_ == Language::zh ? "  还需 " : "  left ") +
            clock(seconds * (1 - share) / share);
  write(std::move(line));
}

}  // namespace jixiao::cli
