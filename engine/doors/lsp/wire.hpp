// The wire of the Language Server Protocol: messages framed by a header, positions counted in
// UTF-16 code units, files named by URI.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace jixiao::lsp {

// The next message's content; nothing at the end of the stream, or when a header cannot be read
// (then there is no telling where the next message begins).
std::optional<std::string> read_message(std::istream& in);
void write_message(std::ostream& out, const std::string& content);

// UTF-16 code units in the first `characters` characters of a line of UTF-8.
std::size_t utf16_units(std::string_view line, std::size_t characters);
// Byte offset of a UTF-16 position in a line; the line's length when it lies behind its end.
std::size_t byte_of_utf16(std::string_view line, std::size_t units);

// "file:///a/%E4%B8%AD.toml" and back. Another scheme gives an empty path.
std::string path_of_uri(std::string_view uri);
std::string uri_of_path(const std::string& path);

}  // namespace jixiao::lsp
