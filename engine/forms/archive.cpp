#include "forms/archive.hpp"

#include <zip.h>

#include <cstring>
#include <string_view>
#include <vector>

#include "database/shared_library.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::forms {

using text::Code;

namespace {

#define JIXIAO_LIBZIP_FUNCTIONS(JIXIAO_FUNCTION) \
  JIXIAO_FUNCTION(zip_error_init)                \
  JIXIAO_FUNCTION(zip_error_fini)                \
  JIXIAO_FUNCTION(zip_error_strerror)            \
  JIXIAO_FUNCTION(zip_source_buffer_create)      \
  JIXIAO_FUNCTION(zip_source_free)               \
  JIXIAO_FUNCTION(zip_open_from_source)          \
  JIXIAO_FUNCTION(zip_discard)                   \
  JIXIAO_FUNCTION(zip_get_num_entries)           \
  JIXIAO_FUNCTION(zip_name_locate)               \
  JIXIAO_FUNCTION(zip_stat_index)                \
  JIXIAO_FUNCTION(zip_fopen_index)               \
  JIXIAO_FUNCTION(zip_fread)                     \
  JIXIAO_FUNCTION(zip_fclose)

// libzip brings OpenSSL along: only documents pay for it.
struct Libzip {
#define JIXIAO_FUNCTION(function) decltype(&::function) function = nullptr;
  JIXIAO_LIBZIP_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
  bool loaded = false;
  std::string why_not;

  Libzip() {
    database::SharedLibrary library("libzip.so.4");
#define JIXIAO_FUNCTION(function) library.find(#function, this->function);
    JIXIAO_LIBZIP_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
    loaded = library.is_there();
    why_not = library.why_not();
  }
};

const Libzip& libzip() {
  static const Libzip only;
  return only;
}

}  // namespace

struct Archive::State {
  std::string file;
  zip_t* zip = nullptr;
  State(std::string name, zip_t* opened) : file(std::move(name)), zip(opened) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (zip != nullptr) libzip().zip_discard(zip);
  }
};

namespace {

Text saved_again() {
  return {"用 Word 或 WPS 重新打开并另存为 .docx 或 .xlsx", "open it in Word or LibreOffice and save it again as .docx or .xlsx"};
}

Diagnostic damaged(const std::string& file, const Text& what) {
  return text::diagnose_file(Code::document_damaged, file, what, saved_again());
}

constexpr std::size_t deepest = 256;

bool is_valid_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || at + length > bytes.size()) return false;
    char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(bytes[at + i]);
      if ((next & 0xC0U) != 0x80U) return false;
      point = (point << 6U) | (next & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return false;
    at += length;
  }
  return true;
}

// Behind the '>' that ends the tag beginning at `at`; npos when there is none.
std::size_t tag_end(std::string_view xml, std::size_t at) {
  char quote = '\0';
  for (; at < xml.size(); ++at) {
    const char c = xml[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<Text> refuse_xml(std::string_view xml) {
  if (!is_valid_utf8(xml)) return Text{"XML 不是 UTF-8 编码", "its XML is not UTF-8"};
  std::size_t depth = 0;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    const std::string_view rest = xml.substr(at);
    if (rest.starts_with("<!--")) {
      at = xml.find("-->", at + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at = xml.find("]]>", at + 9);
    } else if (rest.starts_with("<?")) {
      at = xml.find("?>", at + 2);
    } else if (rest.starts_with("<!")) {
      return Text{"XML 中有 DTD（文档类型声明），办公文档里不该有", "its XML declares a document type, which office documents never do"};
    } else {
      const std::size_t end = tag_end(xml, at);
      if (end == std::string_view::npos) break;  // the parser says it better
      if (rest.starts_with("</")) {
        if (depth > 0) --depth;
      } else if (xml[end - 2] != '/' && ++depth > deepest) {
        return Text{"XML 嵌套超过 " + std::to_string(deepest) + " 层", "its XML is more than " + std::to_string(deepest) + " levels deep"};
      }
      at = end;
    }
  }
  return std::nullopt;
}

std::optional<Archive> Archive::open(const std::string& file, const std::string& bytes, std::vector<Diagnostic>& diagnostics) {
  if (!libzip().loaded) {
    diagnostics.push_back(text::diagnose_file(
        Code::document_kind, file,
        {"读 .docx 与 .xlsx 要用的库 libzip 没有装（" + libzip().why_not + "）",
         "libzip, which .docx and .xlsx are read with, is not installed (" + libzip().why_not + ")"},
        {"请运行：apt-get install libzip4；或另存为 .csv、.txt", "run: apt-get install libzip4; or save it as .csv or .txt"}));
    return std::nullopt;
  }
  zip_error_t error;
  libzip().zip_error_init(&error);
  zip_source_t* source = libzip().zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* zip = source == nullptr ? nullptr : libzip().zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) {
    const std::string why = libzip().zip_error_strerror(&error);
    if (source != nullptr) libzip().zip_source_free(source);
    libzip().zip_error_fini(&error);
    diagnostics.push_back(damaged(file, {"文件不完整或已损坏（ZIP：" + why + "）", "the file is cut short or damaged (ZIP: " + why + ")"}));
    return std::nullopt;
  }
  libzip().zip_error_fini(&error);
  auto state = std::make_shared<State>(file, zip);
  const zip_int64_t entries = libzip().zip_get_num_entries(zip, 0);
  if (entries < 0 || static_cast<std::size_t>(entries) > most_entries) {
    diagnostics.push_back(damaged(file, {"压缩包内有 " + std::to_string(entries) + " 个部件，表格文件不会有这么多",
                                         "there are " + std::to_string(entries) + " parts inside; no form has that many"}));
    return std::nullopt;
  }
  return Archive(std::move(state));
}

bool Archive::has(const std::string& part) const { return libzip().zip_name_locate(state_->zip, part.c_str(), 0) >= 0; }

std::optional<std::string> Archive::read(const std::string& part, std::vector<Diagnostic>& diagnostics) const {
  const std::string& file = state_->file;
  const auto refuse = [&](const Text& what) {
    diagnostics.push_back(damaged(file, what));
    return std::nullopt;
  };
  zip_stat_t about;
  const zip_int64_t index = libzip().zip_name_locate(state_->zip, part.c_str(), 0);
  if (index < 0 || libzip().zip_stat_index(state_->zip, static_cast<zip_uint64_t>(index), 0, &about) != 0)
    return refuse({"缺少部件 " + part, "the part " + part + " is missing"});
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
    diagnostics.push_back(text::diagnose_file(Code::document_locked, file, {"压缩包设有密码", "it is protected by a password"},
                                              {"去掉密码后再试", "remove the password and try again"}));
    return std::nullopt;
  }
  constexpr zip_uint64_t megabyte = 1U << 20U;
  if (about.size > most_part || (about.size > megabyte && about.size / most_ratio > about.comp_size))
    return refuse({"部件 " + part + " 解压后有 " + std::to_string(about.size >> 20U) + " MB，远超其压缩大小：疑似压缩炸弹，未读",
                   "the part " + part + " would unpack to " + std::to_string(about.size >> 20U) +
                       " MB, far more than it is packed: it looks like a zip bomb and was not read"});
  zip_file_t* opened = libzip().zip_fopen_index(state_->zip, static_cast<zip_uint64_t>(index), 0);
  if (opened == nullptr) return refuse({"部件 " + part + " 打不开", "the part " + part + " cannot be opened"});
  // The size in the directory is only what the file says of itself: no more than that is read.
  std::string out(static_cast<std::size_t>(about.size), '\0');
  std::size_t filled = 0;
  while (filled < out.size()) {
    const zip_int64_t got = libzip().zip_fread(opened, out.data() + filled, out.size() - filled);
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  char more = '\0';
  const bool whole = filled == out.size() && libzip().zip_fread(opened, &more, 1) == 0;  // the check sum is compared at the end
  libzip().zip_fclose(opened);
  if (!whole) return refuse({"部件 " + part + " 不完整或校验不符", "the part " + part + " is cut short or its check sum is wrong"});
  return out;
}

std::unique_ptr<pugi::xml_document> Archive::xml(const std::string& part, std::vector<Diagnostic>& diagnostics) const {
  auto bytes = read(part, diagnostics);
  if (!bytes) return nullptr;
  if (const auto refused = refuse_xml(*bytes)) {
    diagnostics.push_back(damaged(state_->file, {"部件 " + part + "：" + refused->zh, "the part " + part + ": " + refused->en}));
    return nullptr;
  }
  auto out = std::make_unique<pugi::xml_document>();
  // Only the five named entities are known to this parser; it never opens a file or an address.
  constexpr unsigned options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_ws_pcdata;
  const pugi::xml_parse_result result = out->load_buffer(bytes->data(), bytes->size(), options, pugi::encoding_utf8);
  if (result) return out;
  diagnostics.push_back(damaged(state_->file, {"部件 " + part + " 的 XML 有误（" + result.description() + "）",
                                               "the XML of the part " + part + " is broken (" + result.description() + ")"}));
  return nullptr;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& each : node.children()) {
    if (local_name(each) == name) return each;
  }
  return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& each : node.attributes()) {
    std::string_view found = each.name();
    if (const std::size_t colon = found.find(':'); colon != std::string_view::npos) found.remove_prefix(colon + 1);
    if (found == name) return each.value();
  }
  return {};
}

}  // namespace jixiao::forms
