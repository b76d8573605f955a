#include "system/fingerprint.hpp"

#include <nettle/sha2.h>

#include <array>

namespace jixiao::system {

void Fingerprint::add(std::string_view piece) {
  bytes_ += std::to_string(piece.size());
  bytes_ += ':';
  bytes_ += piece;
}

std::string Fingerprint::hex() const {
  Digest digest;
  digest.add(bytes_);
  return digest.hex();
}

struct Digest::State {
  sha256_ctx context;
};

Digest::Digest() : state_(std::make_unique<State>()) { sha256_init(&state_->context); }
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::string_view bytes) {
  sha256_update(&state_->context, bytes.size(),
                reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

std::string Digest::hex() const {
  sha256_ctx context = state_->context;  // asking for the digest would start it anew
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

}  // namespace jixiao::system
