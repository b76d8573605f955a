#include "table/stream.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "jixiao/file_uses.hpp"
#include "jixiao/printable.hpp"
#include "table/packed.hpp"
#include "table/recode.hpp"
#include "text/diagnostics.hpp"
#include "text/missing_file.hpp"

namespace jixiao::table {

using text::Code;

namespace {

Diagnostic broken(Code code, const std::string& name, const char* zh, const char* en, int error) {
  const std::string why = std::strerror(error);
  return text::diagnose_file(code, name,
                             {std::string(zh) + "：" + why, std::string(en) + ": " + why});
}

class FileSource final : public ByteSource {
 public:
  FileSource(std::string name, int file, std::uint64_t begin, std::uint64_t end)
      : name_(std::move(name)),
        file_(file),
        left_(end - begin),
        total_(end == whole ? 0 : end - begin) {}
  ~FileSource() override {
    if (file_ > STDIN_FILENO) ::close(file_);
  }
  std::size_t read(std::span<char> room) override {
    const std::size_t wanted = std::min<std::uint64_t>(room.size(), left_);
    if (wanted == 0) return 0;
    ssize_t got = 0;
    do got = ::read(file_, room.data(), wanted);
    while (got < 0 && errno == EINTR);
    if (got < 0)
      throw StreamFailure(
          broken(Code::file_unreadable, name_, "读取失败", "it could not be read", errno));
    left_ -= static_cast<std::uint64_t>(got);
    read_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }
  [[nodiscard]] Extent extent() const override { return {read_, total_}; }

  static constexpr std::uint64_t whole = static_cast<std::uint64_t>(-1);

 private:
  std::string name_;
  int file_;
  std::uint64_t left_;
  std::uint64_t total_;
  std::uint64_t read_ = 0;
};

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : text_(text) {}
  std::size_t read(std::span<char> room) override {
    const std::size_t count = std::min(room.size(), text_.size() - at_);
    std::copy_n(text_.data() + at_, count, room.data());
    at_ += count;
    return count;
  }
  [[nodiscard]] Extent extent() const override { return {at_, text_.size()}; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

class Stretch final : public ByteSource {
 public:
  Stretch(std::unique_ptr<ByteSource> source, std::uint64_t begin, std::uint64_t end)
      : source_(std::move(source)), before_(begin), left_(end - begin) {}

  std::size_t read(std::span<char> room) override {
    for (std::size_t dropped = 1; before_ > 0 && dropped > 0; before_ -= dropped) {
      dropped = source_->read(room.first(std::min<std::uint64_t>(room.size(), before_)));
    }
    if (left_ == 0) return 0;
    const std::size_t got = source_->read(room.first(std::min<std::uint64_t>(room.size(), left_)));
    left_ -= got;
    return got;
  }
  [[nodiscard]] Extent extent() const override { return source_->extent(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::uint64_t before_;  // to be dropped yet
  std::uint64_t left_;
};

// Null with a diagnostic when there is nothing to read.
std::unique_ptr<FileSource> open_file(const std::string& path, std::uint64_t begin,
                                      std::uint64_t end, std::vector<Diagnostic>& diagnostics) {
  if (auto conflict = FileUses::before_reading(path)) {
    diagnostics.push_back(*std::move(conflict));
    return nullptr;
  }
  if (path == "-") return std::make_unique<FileSource>("stdin", STDIN_FILENO, 0, FileSource::whole);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (file < 0 || ::fstat(file, &about) != 0 || S_ISDIR(about.st_mode)) {
    const int error = file < 0 ? errno : S_ISDIR(about.st_mode) ? EISDIR : errno;
    if (file >= 0) ::close(file);
    diagnostics.push_back(error == ENOENT ? text::missing_file(path)
                                          : broken(Code::file_unreadable, path, "读不到这个文件",
                                                   "the file cannot be read", error));
    return nullptr;
  }
  if (S_ISREG(about.st_mode)) {
    end = std::min<std::uint64_t>(end, static_cast<std::uint64_t>(about.st_size));
    begin = std::min(begin, end);
    ::posix_fadvise(file, static_cast<off_t>(begin), static_cast<off_t>(end - begin),
                    POSIX_FADV_SEQUENTIAL);
    if (begin > 0 && ::lseek(file, static_cast<off_t>(begin), SEEK_SET) < 0) {
      diagnostics.push_back(
          broken(Code::file_unreadable, path, "无法定位", "it cannot be sought in", errno));
      ::close(file);
      return nullptr;
    }
  }
  return std::make_unique<FileSource>(path, file, begin, end);
}

// The file, empty, with a lock that goes with the process; -1 with errno EWOULDBLOCK while another
// process has it. A scheduler that takes a task for dead starts it again: two writers of one file
// would make a mixture of both.
int open_alone(const std::string& part) {
  for (;;) {
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return -1;
    // a file system without locks does as well as it can
    const bool busy = ::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    struct stat opened {};
    struct stat named {};
    const bool renamed = ::fstat(file, &opened) != 0 || ::stat(part.c_str(), &named) != 0 ||
                         opened.st_ino != named.st_ino || opened.st_dev != named.st_dev;
    if (!busy && !renamed && ::ftruncate(file, 0) == 0) return file;
    const int error = errno;
    ::close(file);
    errno = busy ? EWOULDBLOCK : error;
    if (busy || !renamed) return -1;
  }
}

class FileSink final : public ByteSink {
 public:
  FileSink(std::string name, std::string part, int file)
      : name_(std::move(name)),
        part_(std::move(part)),
        file_(file),
        is_terminal_(part_.empty() && ::isatty(file) != 0) {
    held_.reserve(block);
  }
  ~FileSink() override {
    if (!part_.empty() && !finished_) ::unlink(part_.c_str());
    if (file_ > STDERR_FILENO) ::close(file_);
  }
  void write(std::string_view bytes) override {
    if (held_.size() + bytes.size() < block) {
      held_ += bytes;
      return;
    }
    put(held_);
    held_.clear();
    if (bytes.size() >= block)
      put(bytes);
    else
      held_ += bytes;
  }
  void finish() override {
    put(held_);
    held_.clear();
    if (!part_.empty()) {
      // Closing a second descriptor tells what a file server could not keep. The lock goes with the
      // first one, and nobody else may take it before the file has its name. As with other tools,
      // nothing waits for the disk itself.
      const int second = ::dup(file_);
      if (second < 0 || ::close(second) != 0 || ::rename(part_.c_str(), name_.c_str()) != 0) fail();
      ::close(std::exchange(file_, -1));
    }
    finished_ = true;
  }

 private:
  static constexpr std::size_t block = std::size_t{64} << 10;

  void put(std::string_view bytes) {
    if (!is_terminal_) return put_as_is(bytes);
    put_as_is(shown_.put(bytes));
  }
  void put_as_is(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t done = ::write(file_, bytes.data(), bytes.size());
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) fail();
      bytes.remove_prefix(static_cast<std::size_t>(done));
    }
  }
  [[noreturn]] void fail() {
    const int error = errno;
    if (!part_.empty()) ::unlink(part_.c_str());
    throw StreamFailure(broken(Code::file_unwritable, name_, "写不完这个文件，没有留下残缺的内容",
                               "the file could not be written, nothing half-written is left",
                               error));
  }

  std::string name_;
  std::string part_;  // empty: written directly
  int file_;
  bool is_terminal_;  // no control character of the data gets there
  PrintableStream shown_;
  bool finished_ = false;
  std::string held_;
};

}  // namespace

std::unique_ptr<ByteSource> open_source(const std::string& path,
                                        std::vector<Diagnostic>& diagnostics) {
  std::unique_ptr<ByteSource> file = open_file(path, 0, FileSource::whole, diagnostics);
  if (!file) return nullptr;
  return as_utf8(unpacked(std::move(file), path), path);
}

std::unique_ptr<ByteSource> open_range(const std::string& path, std::uint64_t begin,
                                       std::uint64_t end, std::vector<Diagnostic>& diagnostics) {
  return open_file(path, begin, end, diagnostics);
}

std::unique_ptr<ByteSource> stretch_of(std::unique_ptr<ByteSource> source, std::uint64_t begin,
                                       std::uint64_t end) {
  return std::make_unique<Stretch>(std::move(source), begin, end);
}

std::unique_ptr<ByteSource> source_of(std::string_view text) {
  return std::make_unique<TextSource>(text);
}

std::unique_ptr<ByteSink> open_sink(const std::string& path, std::vector<Diagnostic>& diagnostics) {
  if (auto conflict = FileUses::before_writing(path)) {
    diagnostics.push_back(*std::move(conflict));
    return nullptr;
  }
  if (path == "-") return std::make_unique<FileSink>("stdout", "", STDOUT_FILENO);
  struct stat about {};
  const bool special = ::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode);
  const std::string part = special ? std::string() : path + ".part";
  const int file = special ? ::open(path.c_str(), O_WRONLY | O_CLOEXEC) : open_alone(part);
  if (file < 0 && errno == EWOULDBLOCK) {
    diagnostics.push_back(text::diagnose_file(
        Code::file_unwritable, path,
        {"另一个运行正在写这个文件", "another run is writing this file"},
        {"等它结束，或换一个文件名", "wait until it ends, or write to another name"}));
    return nullptr;
  }
  if (file < 0) {
    diagnostics.push_back(
        broken(Code::file_unwritable, path, "写不了这个文件", "the file cannot be written", errno));
    return nullptr;
  }
  return packed(std::make_unique<FileSink>(path, part, file), path);
}

}  // namespace jixiao::table
