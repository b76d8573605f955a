#include "table/spill.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "table/stream.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::table {
namespace {

std::string folder() {
  const char* named = std::getenv("TMPDIR");
  return named != nullptr && *named != '\0' ? named : "/tmp";
}

[[noreturn]] void fail(int error) {
  const std::string why = std::strerror(error);
  throw table::StreamFailure(text::diagnose_file(
      text::Code::file_unwritable, folder(),
      {"临时文件无法读写：" + why, "a temporary file cannot be written or read: " + why},
      {"腾出空间，或用 TMPDIR=目录 换一个地方，或用 --memory 多用内存",
       "make room, name another folder with TMPDIR=DIR, or allow more memory with --memory"}));
}

int open_unnamed() {
#ifdef O_TMPFILE
  const int unnamed = open(folder().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (unnamed >= 0) return unnamed;
#endif
  std::string pattern = folder() + "/jixiao-XXXXXX";
  const int named = mkostemp(pattern.data(), O_CLOEXEC);
  if (named < 0) fail(errno);
  unlink(pattern.c_str());
  return named;
}

}  // namespace

TemporaryFile::~TemporaryFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

void TemporaryFile::write(std::uint64_t offset, std::string_view bytes) {
  if (descriptor_ < 0) descriptor_ = open_unnamed();
  while (!bytes.empty()) {
    const ssize_t written =
        pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    if (written == 0) fail(ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
}

void TemporaryFile::read(std::uint64_t offset, std::span<char> room) const {
  while (!room.empty()) {
    const ssize_t got = pread(descriptor_, room.data(), room.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail(got < 0 ? errno : EIO);
    room = room.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
}

std::uint64_t Spill::append(std::string_view bytes) {
  const std::uint64_t start = size_;
  while (!bytes.empty()) {
    if (size_ == held() && held() + block <= budget_) blocks_.emplace_back(block);
    if (size_ >= held()) {
      file_.write(size_ - held(), bytes);
      size_ += bytes.size();
      break;
    }
    const std::size_t part = std::min<std::uint64_t>(bytes.size(), held() - size_);
    std::memcpy(blocks_[size_ / block].data() + size_ % block, bytes.data(), part);
    size_ += part;
    bytes.remove_prefix(part);
  }
  return start;
}

void Spill::read(std::uint64_t offset, std::span<char> room) const {
  while (!room.empty() && offset < held()) {
    const std::size_t at = offset % block;
    const std::size_t part = std::min<std::size_t>(room.size(), block - at);
    std::memcpy(room.data(), blocks_[offset / block].data() + at, part);
    room = room.subspan(part);
    offset += part;
  }
  if (!room.empty()) file_.read(offset - held(), room);
}

std::string_view Spill::view(std::uint64_t offset, std::size_t bytes,
                             table::TextBuffer& room) const {
  const std::size_t at = offset % block;
  if (offset < held() && at + bytes <= block) return {blocks_[offset / block].data() + at, bytes};
  room.clear();
  char* const to = room.room(bytes);
  read(offset, {to, bytes});
  room.end(to + bytes);
  return room;
}

}  // namespace jixiao::table
