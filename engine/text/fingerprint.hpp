// SHA-256 of what a score was computed from.
#pragma once

#include <string>
#include <string_view>

namespace jixiao::text {

// Feed pieces in order; each is framed by its length, so "ab","c" differs from "a","bc". Hex, 64 characters.
class Fingerprint {
 public:
  void add(std::string_view piece);
  [[nodiscard]] std::string hex() const;

 private:
  std::string bytes_;
};

}  // namespace jixiao::text
