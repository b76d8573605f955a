// What a page does not have of Linux, as far as the engine asks for it.
#include <cerrno>

// No other program can be started: what would be read with one says so.
extern "C" int posix_spawnp(int*, const char*, const void*, const void*, char* const*,
                            char* const*) {
  return ENOSYS;
}
