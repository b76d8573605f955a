#include "text/fingerprint.hpp"

#include <nettle/sha2.h>

#include <array>

namespace jixiao::text {

void Fingerprint::add(std::string_view piece) {
  bytes_ += std::to_string(piece.size());
  bytes_ += ':';
  bytes_ += piece;
}

std::string Fingerprint::hex() const {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes_.size(), reinterpret_cast<const std::uint8_t*>(bytes_.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  std::string out;
  for (const std::uint8_t byte : digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

}  // namespace jixiao::text
