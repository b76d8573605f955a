// Text of strangers on its way to a terminal.
#pragma once

#include <string>
#include <string_view>

#include "jixiao/export.hpp"

namespace jixiao {

// Valid UTF-8 without control characters: U+FFFD stands for C0 (but '\n' and '\t'), C1 and DEL, for
// the marks that reorder or hide text (bidirectional embeddings, overrides and isolates, line and
// paragraph separators, interlinear marks, tags), for what is no character (U+FFFE, which XML must
// not hold), and for bytes that are no UTF-8.
JIXIAO_EXPORT std::string printable(std::string_view text);

// The same of a stream that is cut anywhere.
class JIXIAO_EXPORT PrintableStream {
 public:
  // What can be shown of `bytes` and what was kept before.
  std::string put(std::string_view bytes);
  // What is left: the bytes of a character that never ended.
  std::string finish();

 private:
  std::string kept_;
};

}  // namespace jixiao
