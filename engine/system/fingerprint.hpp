// SHA-256 of what a score was computed from.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace jixiao::system {

// Feed pieces in order; each is framed by its length, so "ab","c" differs from "a","bc". Hex, 64
// characters.
class Fingerprint {
 public:
  void add(std::string_view piece);
  [[nodiscard]] std::string hex() const;

 private:
  std::string bytes_;
};

// Of a stream, however it is cut: "ab","c" is "a","bc".
class Digest {
 public:
  Digest();
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  void add(std::string_view bytes);
  [[nodiscard]] std::string hex() const;  // of all so far

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jixiao::system
