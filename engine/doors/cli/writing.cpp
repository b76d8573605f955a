#include "writing.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace jixiao::cli {
namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(file, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

// Names for a file of this process alone beside `file`: runs that write one report at the same time
// do not meet before one of them has its name.
std::string name_beside(const std::string& file) {
  static std::atomic<unsigned> count{0};
  return file + "." + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".part";
}

// Calls `make(name)` with such names until one is free. Returns what it returned, -1 with errno
// where it failed otherwise.
template <class Make>
int with_free_name(const std::string& file, std::string& beside, const Make& make) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    beside = name_beside(file);
    const int made = make(beside.c_str());
    if (made >= 0 || errno != EEXIST) return made;
  }
  return -1;
}

// Closes `opened` after `error`, the first that happened; 0 where none did.
int closed(int opened, int error) {
  if (::close(opened) != 0 && error == 0) error = errno;
  return error;
}

// Writes a file without a name, which is gone with the process, and names it `beside` once it is
// whole. False where the system has no such files.
bool write_nameless(const std::string& file, const std::string& bytes, std::string& beside,
                    int& error) {
  const std::string folder = std::filesystem::path(file).parent_path().string();
  const int opened =
      ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (opened < 0) return false;
  error = write_all(opened, bytes) ? 0 : errno;
  if (error == 0) {
    const std::string own = "/proc/self/fd/" + std::to_string(opened);
    const int named = with_free_name(file, beside, [&](const char* name) {
      return ::linkat(AT_FDCWD, own.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW);
    });
    if (named < 0) {
      beside.clear();
      ::close(opened);
      return false;
    }
  }
  error = closed(opened, error);
  return true;
}

void write_named(const std::string& file, const std::string& bytes, std::string& beside,
                 int& error) {
  const int opened = with_free_name(file, beside, [](const char* name) {
    return ::open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  });
  if (opened < 0) {
    error = errno;
    beside.clear();
    return;
  }
  error = closed(opened, write_all(opened, bytes) ? 0 : errno);
}

// 0, or the error that stopped it.
int write_file(const std::string& file, const std::string& bytes) {
  std::error_code ignored;
  const bool special = std::filesystem::exists(file, ignored) &&
                       !std::filesystem::is_regular_file(file, ignored);
  if (special) {
    const int opened = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    return opened < 0 ? errno : closed(opened, write_all(opened, bytes) ? 0 : errno);
  }
  std::string beside;
  int error = 0;
  if (!write_nameless(file, bytes, beside, error)) write_named(file, bytes, beside, error);
  if (error == 0 && std::rename(beside.c_str(), file.c_str()) != 0) error = errno;
  if (error != 0 && !beside.empty()) std::remove(beside.c_str());
  return error;
}

}  // namespace

bool write_whole(const Call& call, const std::string& file, const std::string& bytes) {
  if (const auto conflict = FileUses::before_writing(file)) {
    report(call, {*conflict});
    return false;
  }
  const int error = write_file(file, bytes);
  if (error == 0) return true;
  const std::string why = std::strerror(error);
  Diagnostic d;
  d.code = "file.unwritable";
  d.file = file;
  d.message = {"报告无法写出：" + why, "the report cannot be written: " + why};
  d.help = {"检查目录与磁盘空间", "see whether the folder is there and the disk has room"};
  report(call, {d});
  return false;
}

bool reader_is_gone() {
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&output, 1, 0) == 1 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

}  // namespace jixiao::cli
