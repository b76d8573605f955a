// libzip, loaded when a document is read or written: it brings OpenSSL along, and a start that
// touches none must not pay for it. Private to this room.
#pragma once

#include <zip.h>

#include <string>

namespace jixiao::archive {

#define JIXIAO_LIBZIP_FUNCTIONS(JIXIAO_FUNCTION) \
  JIXIAO_FUNCTION(zip_error_init)                \
  JIXIAO_FUNCTION(zip_error_fini)                \
  JIXIAO_FUNCTION(zip_error_strerror)            \
  JIXIAO_FUNCTION(zip_strerror)                  \
  JIXIAO_FUNCTION(zip_source_buffer_create)      \
  JIXIAO_FUNCTION(zip_source_buffer)             \
  JIXIAO_FUNCTION(zip_source_keep)               \
  JIXIAO_FUNCTION(zip_source_free)               \
  JIXIAO_FUNCTION(zip_source_open)               \
  JIXIAO_FUNCTION(zip_source_close)              \
  JIXIAO_FUNCTION(zip_source_read)               \
  JIXIAO_FUNCTION(zip_source_stat)               \
  JIXIAO_FUNCTION(zip_open_from_source)          \
  JIXIAO_FUNCTION(zip_close)                     \
  JIXIAO_FUNCTION(zip_discard)                   \
  JIXIAO_FUNCTION(zip_get_num_entries)           \
  JIXIAO_FUNCTION(zip_get_name)                  \
  JIXIAO_FUNCTION(zip_stat_index)                \
  JIXIAO_FUNCTION(zip_fopen_index)               \
  JIXIAO_FUNCTION(zip_fread)                     \
  JIXIAO_FUNCTION(zip_fclose)                    \
  JIXIAO_FUNCTION(zip_file_add)                  \
  JIXIAO_FUNCTION(zip_file_set_dostime)

struct Libzip {
#define JIXIAO_FUNCTION(function) decltype(&::function) function = nullptr;
  JIXIAO_LIBZIP_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
  bool loaded = false;
  std::string why_not;
};

// The same one every time.
const Libzip& libzip();

}  // namespace jixiao::archive
