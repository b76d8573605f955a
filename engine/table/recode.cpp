#include "table/recode.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "text/diagnostics.hpp"

namespace jixiao::table {

namespace {

bool is_ascii(std::string_view bytes) {
  unsigned char all = 0;
  for (const char c : bytes) all |= static_cast<unsigned char>(c);
  return all < 0x80U;
}

// Whether the bytes are UTF-8, but for a character cut off at their end. A few bytes that are none
// among many characters that are do not make them GBK, which would read every name as another:
// whoever reads the records tells which of them are not sound.
bool looks_like_utf8(std::string_view bytes) {
  std::size_t sound = 0, others = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    std::size_t length = c < 0x80U         ? 1
                         : (c >> 5U) == 6  ? 2
                         : (c >> 4U) == 14 ? 3
                         : (c >> 3U) == 30 ? 4
                                           : 0;
    if (c == 0xC0U || c == 0xC1U) length = 0;
    for (std::size_t k = 1; k < length; ++k) {
      if (i + k == bytes.size()) break;
      if ((static_cast<unsigned char>(bytes[i + k]) >> 6U) != 2) length = 0;
    }
    sound += length > 1 ? 1 : 0;
    others += length == 0 ? 1 : 0;
    i += std::max<std::size_t>(length, 1);
  }
  constexpr std::size_t many = 8;
  return sound >= many * others;
}

bool has_utf16_mark(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

// "UTF-16LE" or "UTF-16BE" by the mark, or by zero bytes at the start of ASCII text; null for
// anything else.
const char* utf16_kind(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (bytes.starts_with("\xFE\xFF")) return "UTF-16BE";
  if (bytes.size() < 4) return nullptr;
  if (bytes[0] != '\0' && bytes[1] == '\0' && bytes[2] != '\0' && bytes[3] == '\0')
    return "UTF-16LE";
  if (bytes[0] == '\0' && bytes[1] != '\0' && bytes[2] == '\0' && bytes[3] != '\0')
    return "UTF-16BE";
  return nullptr;
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
      while (got < 4 && got < room.size()) {
        const std::size_t more = source_->read(room.subspan(got));
        if (more == 0) break;
        got += more;
      }
      first_ = false;
      refuse_office_document({room.data(), got});
      if (const char* wide = utf16_kind({room.data(), got})) {
        converter_ = iconv_open("UTF-8", wide);
        if (converter_ == none()) fail();
        const std::string_view bytes(room.data(), got);
        convert(bytes.substr(has_utf16_mark(bytes) ? 2 : 0));
        return from_converted(room);
      }
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
  // A form or a workbook is no text; its first bytes would be taken for another encoding.
  void refuse_office_document(std::string_view bytes) const {
    if (!bytes.starts_with("PK\x03\x04") && !bytes.starts_with("\xD0\xCF\x11\xE0") &&
        !bytes.starts_with("%PDF"))
      return;
    throw StreamFailure(text::diagnose_file(
        text::Code::document_kind, name_,
        {"这是办公文档，不是表格文本", "this is an office document, not a table in text"},
        {"填好的表格先合成一张表：jixiao import " + name_ +
             " -o projects.csv；表格数据另存为 CSV（UTF-8）",
         "filled-in forms are made a table first: jixiao import " + name_ +
             " -o projects.csv; a table is saved as CSV in UTF-8"}));
  }

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
                            {"不是 UTF-8、UTF-16 或 GBK", "it is not UTF-8, UTF-16 or GBK"},
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
  bool first = true;
  for (std::size_t got = source.read(room); got > 0; got = source.read(room)) {
    const std::string_view bytes(room.data(), got);
    if (std::exchange(first, false) && utf16_kind(bytes) != nullptr) return false;
    if (!is_ascii(bytes)) return looks_like_utf8(bytes);
  }
  return true;
}

std::unique_ptr<ByteSource> as_utf8(std::unique_ptr<ByteSource> source, std::string name) {
  return std::make_unique<Recoded>(std::move(source), std::move(name));
}

}  // namespace jixiao::table
