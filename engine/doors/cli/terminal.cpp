#include "terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace jixiao::cli {
namespace {

// The colours of reports. Text of the data has lost its own before it gets there; none of these
// hides anything.
constexpr std::array<std::string_view, 8> colours{"\x1b[0m",  "\x1b[1m",    "\x1b[2m",
                                                  "\x1b[31m", "\x1b[1;32m", "\x1b[33m",
                                                  "\x1b[36m", "\x1b[1;33m"};

bool is_colour(std::string_view text) {
  return std::find(colours.begin(), colours.end(), text) != colours.end();
}

bool begins_colour(std::string_view text) {
  return std::any_of(colours.begin(), colours.end(),
                     [&](std::string_view colour) { return colour.starts_with(text); });
}

}  // namespace

TerminalGuard::TerminalGuard(std::ostream& stream, int descriptor) : stream_(stream) {
  if (isatty(descriptor) == 0) return;
  before_ = stream.rdbuf();
  buffer_.begin(before_);
  stream.rdbuf(&buffer_);
}

TerminalGuard::~TerminalGuard() {
  if (before_ == nullptr) return;
  buffer_.end();
  stream_.rdbuf(before_);
}

void TerminalGuard::Buffer::end() {
  pass(std::exchange(sequence_, {}));
  const std::string rest = plain_.finish();
  out_->sputn(rest.data(), static_cast<std::streamsize>(rest.size()));
  out_->pubsync();
}

bool TerminalGuard::Buffer::pass(std::string_view text) {
  const std::string shown = plain_.put(text);
  return out_->sputn(shown.data(), static_cast<std::streamsize>(shown.size())) ==
         static_cast<std::streamsize>(shown.size());
}

bool TerminalGuard::Buffer::put(std::string_view text) {
  bool sound = true;
  std::string plain;
  for (const char c : text) {
    if (sequence_.empty() && c != '\x1b') {
      plain += c;
      continue;
    }
    sequence_ += c;
    if (is_colour(sequence_)) {
      sound = pass(std::exchange(plain, {})) && sound;
      const auto size = static_cast<std::streamsize>(sequence_.size());
      sound = out_->sputn(sequence_.data(), size) == size && sound;
      sequence_.clear();
    } else if (!begins_colour(sequence_)) {
      // The last character may begin one of its own.
      const bool again = c == '\x1b' && sequence_.size() > 1;
      if (again) sequence_.pop_back();
      plain += std::exchange(sequence_, again ? "\x1b" : "");
    }
  }
  return pass(plain) && sound;
}

std::streamsize TerminalGuard::Buffer::xsputn(const char* text, std::streamsize size) {
  return put({text, static_cast<std::size_t>(size)}) ? size : 0;
}

TerminalGuard::Buffer::int_type TerminalGuard::Buffer::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char one = traits_type::to_char_type(c);
  return put({&one, 1}) ? c : traits_type::eof();
}

int TerminalGuard::Buffer::sync() { return out_->pubsync(); }

}  // namespace jixiao::cli
