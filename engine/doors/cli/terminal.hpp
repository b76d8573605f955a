// What the program says, on its way to a terminal.
#pragma once

#include <ostream>
#include <streambuf>

#include "jixiao/printable.hpp"

namespace jixiao::cli {

// Takes the place of a stream's buffer: where the stream goes to a terminal, every control
// character in what is written becomes U+FFFD, but for line ends, tabs and the colours of reports,
// in any format. Nothing is changed on the way to a file or a pipe.
class TerminalGuard {
 public:
  TerminalGuard(std::ostream& stream, int descriptor);
  ~TerminalGuard();
  TerminalGuard(const TerminalGuard&) = delete;
  TerminalGuard& operator=(const TerminalGuard&) = delete;

 private:
  class Buffer : public std::streambuf {
   public:
    void begin(std::streambuf* out) { out_ = out; }
    void end();

   protected:
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    int_type overflow(int_type c) override;
    int sync() override;

   private:
    bool put(std::string_view text);
    bool pass(std::string_view text);

    std::streambuf* out_ = nullptr;
    PrintableStream plain_;
    std::string sequence_;  // the beginning of what may be a colour
  };

  std::ostream& stream_;
  std::streambuf* before_ = nullptr;  // null: nothing was replaced
  Buffer buffer_;
};

}  // namespace jixiao::cli
