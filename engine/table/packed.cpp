#include "table/packed.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <vector>

#include "text/diagnostics.hpp"

namespace jixiao::table {

namespace {

constexpr std::size_t block = std::size_t{128} << 10;

[[noreturn]] void damaged(const std::string& name, const char* what) {
  throw StreamFailure(
      text::diagnose_file(text::Code::file_unreadable, name,
                          {std::string(what) + " 压缩内容已损坏或被截断",
                           std::string("the ") + what + " data is damaged or cut short"},
                          {"重新下载或重新压缩这个文件", "fetch or compress the file again"}));
}

// Hands out again what was read to look at it.
class Peeked final : public ByteSource {
 public:
  Peeked(std::unique_ptr<ByteSource> source, std::size_t bytes)
      : source_(std::move(source)), first_(bytes, '\0') {
    std::size_t have = 0;
    while (have < bytes) {
      const std::size_t got = source_->read({first_.data() + have, bytes - have});
      if (got == 0) break;
      have += got;
    }
    first_.resize(have);
  }
  [[nodiscard]] std::string_view first() const { return first_; }
  std::size_t read(std::span<char> room) override {
    if (at_ == first_.size()) return source_->read(room);
    const std::size_t count = std::min(room.size(), first_.size() - at_);
    std::copy_n(first_.data() + at_, count, room.data());
    at_ += count;
    return count;
  }
  [[nodiscard]] Extent extent() const override { return source_->extent(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::string first_;
  std::size_t at_ = 0;
};

class GzipSource final : public ByteSource {
 public:
  GzipSource(std::unique_ptr<ByteSource> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)), in_(block) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) damaged(name_, "gzip");
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  std::size_t read(std::span<char> room) override {
    room = room.first(std::min<std::size_t>(room.size(), 1U << 30U));
    stream_.next_out = reinterpret_cast<Bytef*>(room.data());
    stream_.avail_out = static_cast<uInt>(room.size());
    while (stream_.avail_out == room.size()) {
      if (stream_.avail_in == 0) {
        const std::size_t got = source_->read(in_);
        if (got == 0 && !between_) damaged(name_, "gzip");
        if (got == 0) return 0;
        stream_.next_in = reinterpret_cast<Bytef*>(in_.data());
        stream_.avail_in = static_cast<uInt>(got);
      }
      if (between_ && inflateReset(&stream_) != Z_OK) damaged(name_, "gzip");
      between_ = false;
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result == Z_STREAM_END)
        between_ = true;
      else if (result != Z_OK && result != Z_BUF_ERROR)
        damaged(name_, "gzip");
    }
    return room.size() - stream_.avail_out;
  }
  [[nodiscard]] Extent extent() const override { return source_->extent(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::string name_;
  std::vector<char> in_;
  z_stream stream_{};
  bool between_ = false;  // one member has ended, the next has not begun
};

class ZstdSource final : public ByteSource {
 public:
  ZstdSource(std::unique_ptr<ByteSource> source, std::string name)
      : source_(std::move(source)),
        name_(std::move(name)),
        in_(block),
        stream_(ZSTD_createDStream()) {}
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;

  std::size_t read(std::span<char> room) override {
    ZSTD_outBuffer out{room.data(), room.size(), 0};
    while (out.pos == 0) {
      if (buffer_.pos == buffer_.size && !more_inside_) {
        const std::size_t got = source_->read(in_);
        if (got == 0 && !between_) damaged(name_, "zstd");
        if (got == 0) return 0;
        buffer_ = {in_.data(), got, 0};
      }
      const std::size_t result = ZSTD_decompressStream(stream_, &out, &buffer_);
      if (ZSTD_isError(result) != 0) damaged(name_, "zstd");
      between_ = result == 0;
      more_inside_ = out.pos == out.size && !between_;
    }
    return out.pos;
  }
  [[nodiscard]] Extent extent() const override { return source_->extent(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::string name_;
  std::vector<char> in_;
  ZSTD_DStream* stream_;
  ZSTD_inBuffer buffer_{};
  bool between_ = false;
  bool more_inside_ = false;  // the last call filled its room: there may be more without new input
};

class GzipSink final : public ByteSink {
 public:
  explicit GzipSink(std::unique_ptr<ByteSink> sink) : sink_(std::move(sink)), out_(block) {
    deflateInit2(&stream_, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  }
  ~GzipSink() override { deflateEnd(&stream_); }
  GzipSink(const GzipSink&) = delete;
  GzipSink& operator=(const GzipSink&) = delete;

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::string_view now = bytes.substr(0, 1U << 30U);
      push(now, Z_NO_FLUSH);
      bytes.remove_prefix(now.size());
    }
  }
  void finish() override {
    push({}, Z_FINISH);
    sink_->finish();
  }

 private:
  void push(std::string_view bytes, int flush) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      deflate(&stream_, flush);
      sink_->write({out_.data(), out_.size() - stream_.avail_out});
    } while (stream_.avail_out == 0);
  }

  std::unique_ptr<ByteSink> sink_;
  std::vector<char> out_;
  z_stream stream_{};
};

class ZstdSink final : public ByteSink {
 public:
  explicit ZstdSink(std::unique_ptr<ByteSink> sink)
      : sink_(std::move(sink)), out_(block), stream_(ZSTD_createCStream()) {}
  ~ZstdSink() override { ZSTD_freeCStream(stream_); }
  ZstdSink(const ZstdSink&) = delete;
  ZstdSink& operator=(const ZstdSink&) = delete;

  void write(std::string_view bytes) override {
    if (!bytes.empty()) push(bytes, ZSTD_e_continue);
  }
  void finish() override {
    push({}, ZSTD_e_end);
    sink_->finish();
  }

 private:
  void push(std::string_view bytes, ZSTD_EndDirective how) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t left = 1;
    while (how == ZSTD_e_end ? left != 0 : in.pos < in.size) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      left = ZSTD_compressStream2(stream_, &out, &in, how);
      sink_->write({out_.data(), out.pos});
    }
  }

  std::unique_ptr<ByteSink> sink_;
  std::vector<char> out_;
  ZSTD_CStream* stream_;
};

bool ends_with(const std::string& name, std::string_view end) {
  return name.size() > end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

std::unique_ptr<ByteSource> unpacked(std::unique_ptr<ByteSource> source, std::string name) {
  auto peeked = std::make_unique<Peeked>(std::move(source), 4);
  const std::string_view first = peeked->first();
  if (first.substr(0, 2) == "\x1f\x8b")
    return std::make_unique<GzipSource>(std::move(peeked), std::move(name));
  if (first == "\x28\xb5\x2f\xfd")
    return std::make_unique<ZstdSource>(std::move(peeked), std::move(name));
  return peeked;
}

std::unique_ptr<ByteSink> packed(std::unique_ptr<ByteSink> sink, const std::string& name) {
  if (ends_with(name, ".gz")) return std::make_unique<GzipSink>(std::move(sink));
  if (ends_with(name, ".zst")) return std::make_unique<ZstdSink>(std::move(sink));
  return sink;
}

}  // namespace jixiao::table
