#include "wire.hpp"

#include <charconv>
#include <filesystem>
#include <istream>
#include <ostream>

namespace jixiao::lsp {
namespace {

constexpr std::size_t largest_message = std::size_t{64} << 20U;  // bytes

// Bytes of the character that begins with `first`, and its UTF-16 code units.
constexpr std::size_t bytes_of(unsigned char first) {
  return first < 0x80U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
}
constexpr std::size_t units_of(unsigned char first) { return first < 0xF0U ? 1 : 2; }

bool is_plain(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
         c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

std::optional<std::string> read_message(std::istream& in) {
  std::size_t length = 0;
  bool known = false;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) {
      if (!known || length > largest_message) return std::nullopt;
      std::string content(length, '\0');
      in.read(content.data(), static_cast<std::streamsize>(length));
      if (static_cast<std::size_t>(in.gcount()) != length) return std::nullopt;
      return content;
    }
    constexpr std::string_view name = "Content-Length: ";
    if (!line.starts_with(name)) continue;
    const char* end = line.data() + line.size();
    const auto [stop, error] = std::from_chars(line.data() + name.size(), end, length);
    known = error == std::errc() && stop == end;
  }
  return std::nullopt;
}

void write_message(std::ostream& out, const std::string& content) {
  out << "Content-Length: " << content.size() << "\r\n\r\n" << content << std::flush;
}

std::size_t utf16_units(std::string_view line, std::size_t characters) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < line.size() && characters > 0; --characters) {
    const auto first = static_cast<unsigned char>(line[at]);
    units += units_of(first);
    at += bytes_of(first);
  }
  return units;
}

std::size_t byte_of_utf16(std::string_view line, std::size_t units) {
  std::size_t at = 0;
  while (at < line.size() && units > 0) {
    const auto first = static_cast<unsigned char>(line[at]);
    units -= std::min(units, units_of(first));
    at += bytes_of(first);
  }
  return std::min(at, line.size());
}

std::string path_of_uri(std::string_view uri) {
  constexpr std::string_view scheme = "file://";
  if (!uri.starts_with(scheme)) return {};
  uri.remove_prefix(scheme.size());
  uri.remove_prefix(std::min(uri.find('/'), uri.size()));  // a host, which is this machine
  std::string path;
  for (std::size_t at = 0; at < uri.size(); ++at) {
    unsigned value = 0;
    if (uri[at] == '%' && at + 2 < uri.size()) {
      const char* from = uri.data() + at + 1;
      if (std::from_chars(from, from + 2, value, 16).ptr == from + 2) {
        path += static_cast<char>(value);
        at += 2;
        continue;
      }
    }
    path += uri[at];
  }
  return path;
}

std::string uri_of_path(const std::string& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error).lexically_normal().string();
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "file://";
  for (const char c : error ? path : absolute) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(byte)) {
      uri += c;
    } else {
      uri += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return uri;
}

}  // namespace jixiao::lsp
