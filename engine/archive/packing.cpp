#include "archive/packing.hpp"

#include "archive/libzip.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::archive {

using text::Code;

namespace {

// What the archive was written into, read back.
std::string bytes_of(zip_source_t* target) {
  zip_stat_t about;
  if (libzip().zip_source_open(target) != 0) return {};
  std::string out;
  if (libzip().zip_source_stat(target, &about) == 0) {
    out.resize(static_cast<std::size_t>(about.size));
    if (libzip().zip_source_read(target, out.data(), out.size()) !=
        static_cast<zip_int64_t>(out.size()))
      out.clear();
  }
  libzip().zip_source_close(target);
  return out;
}

bool add(zip_t* zip, const std::string& name, const std::string& bytes) {
  zip_source_t* source = libzip().zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
  if (source == nullptr) return false;
  const zip_int64_t index = libzip().zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    libzip().zip_source_free(source);
    return false;
  }
  // 1 January 1980: a file says what is in it, not when it was written.
  return libzip().zip_file_set_dostime(zip, static_cast<zip_uint64_t>(index), 0, 0x21, 0) == 0;
}

}  // namespace

std::optional<std::string> pack(const Parts& parts, const std::string& file,
                                std::vector<Diagnostic>& diagnostics) {
  if (!libzip().loaded) {
    diagnostics.push_back(text::diagnose_file(
        Code::file_unwritable, file,
        {"写 .docx 要用的库 libzip 没有装（" + libzip().why_not + "）",
         "libzip, which .docx is written with, is not installed (" + libzip().why_not + ")"},
        {"请运行：apt-get install libzip4", "run: apt-get install libzip4"}));
    return std::nullopt;
  }
  zip_error_t error;
  libzip().zip_error_init(&error);
  std::string out, why = "ZIP";
  if (zip_source_t* target = libzip().zip_source_buffer_create(nullptr, 0, 0, &error)) {
    libzip().zip_source_keep(target);
    if (zip_t* zip = libzip().zip_open_from_source(target, ZIP_TRUNCATE, &error)) {
      bool whole = true;
      for (const auto& [name, bytes] : parts) whole = whole && add(zip, name, bytes);
      if (whole && libzip().zip_close(zip) == 0) {
        out = bytes_of(target);
      } else {
        why = libzip().zip_strerror(zip);
        libzip().zip_discard(zip);
      }
    } else {
      libzip().zip_source_free(target);
    }
    libzip().zip_source_free(target);
  }
  libzip().zip_error_fini(&error);
  if (!out.empty()) return out;
  diagnostics.push_back(text::diagnose_file(
      Code::file_unwritable, file,
      {"文件未能打包（" + why + "）", "the file could not be packed (" + why + ")"},
      {"检查内存是否够用", "see whether there is memory left"}));
  return std::nullopt;
}

}  // namespace jixiao::archive
