#include "table/recode.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "text/diagnostics.hpp"

namespace jixiao::table {

namespace {

bool is_ascii(std::string_view bytes) {
  unsigned char all = 0;
  for (const char c : bytes) all |= static_cast<unsigned char>(c);
  return all < 0x80U;
}

// Whether the bytes are UTF-8, but for a character cut off at their end.
bool looks_like_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    const std::size_t length = c < 0x80U         ? 1
                               : (c >> 5U) == 6  ? 2
                               : (c >> 4U) == 14 ? 3
                               : (c >> 3U) == 30 ? 4
                                                 : 0;
    if (length == 0 || c == 0xC0U || c == 0xC1U) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if (i + k == bytes.size()) return true;
      if ((static_cast<unsigned char>(bytes[i + k]) >> 6U) != 2) return false;
    }
    i += length;
  }
  return true;
}

class Recoded final : public ByteSource {
 public:
  Recoded(std::unique_ptr<ByteSource> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)) {}
  ~Recoded() override {
    if (converter_ != none()) iconv_close(converter_);
  }
  Recoded(const Recoded&) = delete;
  Recoded& operator=(const Recoded&) = delete;

  std::size_t read(std::span<char> room) override {
    if (converter_ != none() || at_ < ready_.size()) return from_converted(room);
    std::size_t got = source_->read(room);
    if (first_ && got > 0) {
      while (got < 3 && got < room.size()) {
        const std::size_t more = source_->read(room.subspan(got));
        if (more == 0) break;
        got += more;
      }
      first_ = false;
      if (std::string_view(room.data(), got).substr(0, 3) == "\xEF\xBB\xBF") {
        std::copy(room.begin() + 3, room.begin() + static_cast<std::ptrdiff_t>(got), room.begin());
        got -= 3;
        if (got == 0) return read(room);
      }
    }
    const std::string_view bytes(room.data(), got);
    if (settled_ || is_ascii(bytes)) return got;
    settled_ = true;
    if (looks_like_utf8(bytes)) return got;
    converter_ = iconv_open("UTF-8", "GB18030");
    if (converter_ == none()) fail();
    convert(bytes);
    return from_converted(room);
  }
  [[nodiscard]] Extent extent() const override { return source_->extent(); }

 private:
  static iconv_t none() { return reinterpret_cast<iconv_t>(-1); }  // NOLINT: as iconv_open says it

  std::size_t from_converted(std::span<char> room) {
    while (at_ == ready_.size()) {
      char bytes[65536];
      const std::size_t got = source_->read(bytes);
      if (got == 0) {
        if (!left_over_.empty()) fail();
        return 0;
      }
      convert({bytes, got});
    }
    const std::size_t count = std::min(room.size(), ready_.size() - at_);
    std::copy_n(ready_.data() + at_, count, room.data());
    at_ += count;
    return count;
  }

  void convert(std::string_view bytes) {
    std::string in = left_over_;
    in += bytes;
    ready_.resize(in.size() * 2 + 16);
    at_ = 0;
    char* from = in.data();
    std::size_t from_left = in.size();
    char* to = ready_.data();
    std::size_t to_left = ready_.size();
    if (iconv(converter_, &from, &from_left, &to, &to_left) == static_cast<std::size_t>(-1) &&
        errno != EINVAL)
      fail();
    ready_.resize(ready_.size() - to_left);
    left_over_.assign(from, from_left);  // the first bytes of a character
  }

  [[noreturn]] void fail() {
    throw StreamFailure(
        text::diagnose_file(text::Code::encoding_invalid, name_,
                            {"既不是 UTF-8 也不是 GBK", "it is neither UTF-8 nor GBK"},
                            {"另存为 UTF-8 编码的 CSV", "save it as CSV in UTF-8"}));
  }

  std::unique_ptr<ByteSource> source_;
  std::string name_;
  iconv_t converter_ = none();
  bool first_ = true;
  bool settled_ = false;
  std::string left_over_;
  std::string ready_;
  std::size_t at_ = 0;
};

}  // namespace

bool reads_as_utf8(ByteSource& source) {
  std::string room(std::size_t{1} << 20, '\0');
  for (std::size_t got = source.read(room); got > 0; got = source.read(room)) {
    const std::string_view bytes(room.data(), got);
    if (!is_ascii(bytes)) return looks_like_utf8(bytes);
  }
  return true;
}

std::unique_ptr<ByteSource> as_utf8(std::unique_ptr<ByteSource> source, std::string name) {
  return std::make_unique<Recoded>(std::move(source), std::move(name));
}

}  // namespace jixiao::table
