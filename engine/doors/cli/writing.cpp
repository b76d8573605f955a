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

// A file of this process alone beside `file`: runs that write one report at the same time do not
// meet before one of them has its name.
int open_beside(const std::string& file, std::string& beside) {
  static std::atomic<unsigned> count{0};
  for (int attempt = 0; attempt < 100; ++attempt) {
    beside = file + "." + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".part";
    const int opened = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (opened >= 0 || errno != EEXIST) return opened;
  }
  return -1;
}

// 0, or the error that stopped it.
int write_file(const std::string& file, const std::string& bytes) {
  std::error_code ignored;
  const bool special = std::filesystem::exists(file, ignored) &&
                       !std::filesystem::is_regular_file(file, ignored);
  std::string beside;
  const int opened = special ? ::open(file.c_str(), O_WRONLY | O_CLOEXEC)
                             : open_beside(file, beside);
  if (opened < 0) return errno;
  int error = write_all(opened, bytes) ? 0 : errno;
  if (::close(opened) != 0 && error == 0) error = errno;
  if (special) return error;
  if (error == 0 && std::rename(beside.c_str(), file.c_str()) != 0) error = errno;
  if (error != 0) std::remove(beside.c_str());
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
