#include "text/source.hpp"

#include <iconv.h>
#include <utf8proc.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

#include "jixiao/file_uses.hpp"
#include "text/built_in.hpp"
#include "text/diagnostics.hpp"
#include "text/missing_file.hpp"
#include "text/unsaved.hpp"

namespace jixiao::text {
namespace {

constexpr std::size_t checkpoint = 4096;  // bytes

constexpr bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// Byte offset of the first sequence that is not UTF-8, or nothing.
std::optional<std::size_t> first_invalid(std::string_view bytes) {
  const auto* data = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data());
  auto left = static_cast<utf8proc_ssize_t>(bytes.size());
  std::size_t at = 0;
  while (left > 0) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80U) {
      ++at, --left;
      continue;
    }
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t used = utf8proc_iterate(data + at, left, &point);
    if (used <= 0) return at;
    at += static_cast<std::size_t>(used);
    left -= used;
  }
  return std::nullopt;
}

// GB18030 covers GBK and GB2312. Nothing when the bytes are not that either.
std::optional<std::string> from_gb18030(std::string_view bytes) {
  const iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string out(bytes.size() * 2 + 16, '\0');
  std::string in(bytes);
  char* from = in.data();
  std::size_t from_left = in.size();
  char* to = out.data();
  std::size_t to_left = out.size();
  const std::size_t result = iconv(converter, &from, &from_left, &to, &to_left);
  iconv_close(converter);
  if (result == static_cast<std::size_t>(-1)) return std::nullopt;
  out.resize(out.size() - to_left);
  return out;
}

std::string with_plain_line_ends(std::string text) {
  if (text.find('\r') == std::string::npos) return text;
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i];
  }
  return out;
}

// .docx, .xlsx and other packed files; .doc, .xls; .pdf.
bool is_office_document(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0") ||
         bytes.starts_with("%PDF-");
}

}  // namespace

Place Place::shifted(std::size_t characters, std::size_t new_length) const {
  return {source, line, column + characters, new_length};
}

Source::Source(std::string name, std::string utf8)
    : name_(std::move(name)), text_(std::move(utf8)) {
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
    line_starts_.push_back(at + 1);
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text_.size(); at += checkpoint) {
    characters_.push_back(characters);
    characters += character_count(std::string_view(text_).substr(at, checkpoint));
  }
}

std::string_view Source::line(std::size_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  const std::size_t from = line_starts_[number - 1];
  const std::size_t to = number < line_starts_.size() ? line_starts_[number] - 1 : text_.size();
  return std::string_view(text_).substr(from, to - from);
}

std::size_t Source::offset(std::size_t line_number, std::size_t column) const {
  if (line_number == 0 || line_number > line_starts_.size()) return text_.size();
  const std::size_t start = line_starts_[line_number - 1];
  const std::string_view whole = line(line_number);
  if (column <= checkpoint || whole.size() <= checkpoint)
    return start + prefix_bytes(whole, column > 0 ? column - 1 : 0);
  const std::size_t near = start / checkpoint;
  const std::size_t wanted = characters_[near] +
                             character_count(std::string_view(text_).substr(
                                 near * checkpoint, start - near * checkpoint)) +
                             column - 1;
  const auto above = std::upper_bound(characters_.begin(), characters_.end(), wanted);
  const auto index = static_cast<std::size_t>(above - characters_.begin()) - 1;
  std::size_t at = index * checkpoint;
  while (at < text_.size() && continues(text_[at])) ++at;
  at += prefix_bytes(std::string_view(text_).substr(at), wanted - characters_[index]);
  return std::min(at, start + whole.size());
}

std::shared_ptr<const Source> source_from_text(std::string name, std::string bytes,
                                               std::vector<Diagnostic>& diagnostics) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  if (is_office_document(bytes)) {
    diagnostics.push_back(diagnose_file(
        Code::document_kind, name,
        {"这是办公文档，不是文本", "this is an office document, not text"},
        {"填好的表格先导入：jixiao import " + name + " -o 项目目录；表格数据另存为 CSV（UTF-8）",
         "a filled-in form is imported first: jixiao import " + name +
             " -o FOLDER; a table is saved as CSV in UTF-8"}));
    return nullptr;
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
      bytes.find('\0') != std::string::npos) {
    diagnostics.push_back(diagnose_file(Code::encoding_invalid, name,
                                        {"文件不是文本，或为 UTF-16 编码（含零字节）",
                                         "this is not text, or it is UTF-16 (it has zero bytes)"},
                                        {"请另存为 UTF-8", "save the file as UTF-8"}));
    return nullptr;
  }
  if (const auto bad = first_invalid(bytes)) {
    const std::size_t line_number =
        1 + static_cast<std::size_t>(
                std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(*bad), '\n'));
    auto converted = from_gb18030(bytes);
    if (!converted || first_invalid(*converted)) {
      Diagnostic d =
          diagnose_file(Code::encoding_invalid, name,
                        {"既不是 UTF-8 也不是 GBK 编码", "the bytes are neither UTF-8 nor GBK"},
                        {"请另存为 UTF-8", "save the file as UTF-8"});
      d.line = line_number;
      diagnostics.push_back(std::move(d));
      return nullptr;
    }
    bytes = *std::move(converted);
    Diagnostic d = diagnose_file(
        Code::encoding_gbk, name,
        {"文件是 GBK 编码，已按 UTF-8 转换后读取",
         "the file is GBK; it was converted to UTF-8 while reading"},
        {"请另存为 UTF-8，以免误读", "save it as UTF-8 so that nothing has to be guessed"});
    d.line = line_number;
    diagnostics.push_back(std::move(d));
  }
  return std::make_shared<const Source>(std::move(name), with_plain_line_ends(std::move(bytes)));
}

std::shared_ptr<const Source> read_source(const std::string& path,
                                          std::vector<Diagnostic>& diagnostics, std::size_t limit) {
  if (is_built_in(path)) {
    const auto inside = built_in_text(path);
    if (!inside) {
      diagnostics.push_back(missing_file(path));
      return nullptr;
    }
    return source_from_text(path, std::string(*inside), diagnostics);
  }
  if (auto kept = unsaved_text(path)) return source_from_text(path, *std::move(kept), diagnostics);
  if (auto conflict = FileUses::before_reading(path)) {
    diagnostics.push_back(*std::move(conflict));
    return nullptr;
  }
  return read_own_source(path, diagnostics, limit);
}

std::shared_ptr<const Source> read_own_source(const std::string& path,
                                              std::vector<Diagnostic>& diagnostics,
                                              std::size_t limit) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (error || !std::filesystem::exists(status)) {
    diagnostics.push_back(missing_file(path));
    return nullptr;
  }
  if (std::filesystem::is_directory(status)) {
    diagnostics.push_back(diagnose_file(Code::file_unreadable, path,
                                        {"这是目录，不是文件", "this is a directory, not a file"}));
    return nullptr;
  }
  // Opening a pipe waits for a writer that may never come.
  if (!std::filesystem::is_regular_file(status) && !std::filesystem::is_character_file(status)) {
    diagnostics.push_back(
        diagnose_file(Code::file_unreadable, path,
                      {"这是管道或设备，不是文件", "this is a pipe or a device, not a file"},
                      {"先存为文件", "save it to a file first"}));
    return nullptr;
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    diagnostics.push_back(diagnose_file(Code::file_unreadable, path,
                                        {std::string("无法读取：") + std::strerror(errno),
                                         std::string("cannot be read: ") + std::strerror(errno)}));
    return nullptr;
  }
  // Read by pieces: a pipe or device has no size to ask for, and must not grow without bound.
  std::string bytes;
  std::string piece(std::size_t{1} << 16, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    bytes.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > limit) {
      const std::string megabytes = std::to_string(limit >> 20);
      diagnostics.push_back(
          diagnose_file(Code::file_too_large, path,
                        {"文件超过 " + megabytes + " MB", "the file is over " + megabytes + " MB"},
                        {"规则与项目文件通常只有几十 KB；请确认文件名",
                         "rule sets and projects take a few dozen kB: is this the right file?"}));
      return nullptr;
    }
  }
  return source_from_text(path, std::move(bytes), diagnostics);
}

std::size_t character_count(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); }));
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    utf8proc_int32_t point = 0;
    const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data() + at),
                                       static_cast<utf8proc_ssize_t>(utf8.size() - at), &point);
    if (used <= 0) {
      ++at, ++width;
      continue;
    }
    width += static_cast<std::size_t>(std::max(0, utf8proc_charwidth(point)));
    at += static_cast<std::size_t>(used);
  }
  return width;
}

std::size_t prefix_bytes(std::string_view utf8, std::size_t characters) {
  std::size_t at = 0;
  while (at < utf8.size() && characters > 0) {
    ++at;
    while (at < utf8.size() && continues(utf8[at])) ++at;
    --characters;
  }
  return at;
}

std::string compatibility_form(std::string_view utf8) {
  utf8proc_uint8_t* out = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                                 static_cast<utf8proc_ssize_t>(utf8.size()), &out, options);
  if (size < 0) return std::string(utf8);
  std::string result(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  std::free(out);
  return result;
}

}  // namespace jixiao::text
