// Loaded before the program: at its JIXIAO_AT-th step towards a file (a write, a sync, a rename)
// something happens, JIXIAO_DO:
//   kill  SIGKILL comes just before the step      int  SIGINT does
//   full  from this write on the disk is full
// So every state that a death can leave behind is reached, one after another, and none of them by
// chance.
#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <sys/uio.h>

namespace {

std::atomic<long> steps{0};

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

// False when the disk is full.
bool step() {
  static const char* const at = std::getenv("JIXIAO_AT");
  static const char* const what = std::getenv("JIXIAO_DO");
  if (at == nullptr || what == nullptr) return true;
  const long now = ++steps, then = std::atol(at);
  if (std::strcmp(what, "full") == 0) return now < then;
  if (now == then) ::raise(std::strcmp(what, "kill") == 0 ? SIGKILL : SIGINT);
  return true;
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t count) {
  static auto* const next = real<ssize_t(int, const void*, size_t)>("write");
  if (file > STDERR_FILENO && !step()) return errno = ENOSPC, -1;
  return next(file, bytes, count);
}

ssize_t writev(int file, const struct iovec* parts, int count) {
  static auto* const next = real<ssize_t(int, const struct iovec*, int)>("writev");
  if (file > STDERR_FILENO && !step()) return errno = ENOSPC, -1;
  return next(file, parts, count);
}

int fsync(int file) {
  static auto* const next = real<int(int)>("fsync");
  if (!step()) return errno = ENOSPC, -1;
  return next(file);
}

int rename(const char* from, const char* to) noexcept {
  static auto* const next = real<int(const char*, const char*)>("rename");
  step();
  return next(from, to);
}

}  // extern "C"
