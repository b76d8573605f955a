#include "archive/parts.hpp"

#include "archive/libzip.hpp"
#include "archive/xml.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::archive {

using text::Code;

struct Archive::State {
  std::string file;
  zip_t* zip = nullptr;
  std::size_t unpacked = 0;
  std::map<std::string, zip_int64_t> by_name;  // as part_key() writes it
  State(std::string name, zip_t* opened) : file(std::move(name)), zip(opened) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (zip != nullptr) libzip().zip_discard(zip);
  }
};

namespace {

Text saved_again() {
  return {"用 Word 或 WPS 重新打开并另存为 .docx 或 .xlsx",
          "open it in Word or LibreOffice and save it again as .docx or .xlsx"};
}

// The name of a part as it is looked up: without ./ and .., with / between its folders, in lower
// case.
std::string part_key(std::string_view name) {
  std::vector<std::string> folders;
  std::string folder;
  const auto take = [&] {
    if (folder == ".." && !folders.empty())
      folders.pop_back();
    else if (!folder.empty() && folder != "." && folder != "..")
      folders.push_back(folder);
    folder.clear();
  };
  for (const char c : name) {
    if (c == '/' || c == '\\')
      take();
    else
      folder += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  take();
  std::string out;
  for (const std::string& each : folders) out += (out.empty() ? "" : "/") + each;
  return out;
}

Diagnostic damaged(const std::string& file, const Text& what) {
  return text::diagnose_file(Code::document_damaged, file, what, saved_again());
}

}  // namespace

std::optional<Archive> Archive::open(const std::string& file, const std::string& bytes,
                                     std::vector<Diagnostic>& diagnostics) {
  if (!libzip().loaded) {
    diagnostics.push_back(
        text::diagnose_file(Code::document_kind, file,
                            {"读 .docx 与 .xlsx 要用的库 libzip 没有装（" + libzip().why_not + "）",
                             "libzip, which .docx and .xlsx are read with, is not installed (" +
                                 libzip().why_not + ")"},
                            {"请运行：apt-get install libzip4；或另存为 .csv、.txt",
                             "run: apt-get install libzip4; or save it as .csv or .txt"}));
    return std::nullopt;
  }
  zip_error_t error;
  libzip().zip_error_init(&error);
  zip_source_t* source = libzip().zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* zip = source == nullptr ? nullptr
                                 : libzip().zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) {
    const std::string why = libzip().zip_error_strerror(&error);
    if (source != nullptr) libzip().zip_source_free(source);
    libzip().zip_error_fini(&error);
    diagnostics.push_back(damaged(file, {"文件不完整或已损坏（ZIP：" + why + "）",
                                         "the file is cut short or damaged (ZIP: " + why + ")"}));
    return std::nullopt;
  }
  libzip().zip_error_fini(&error);
  auto state = std::make_shared<State>(file, zip);
  const zip_int64_t entries = libzip().zip_get_num_entries(zip, 0);
  if (entries < 0 || static_cast<std::size_t>(entries) > most_entries) {
    diagnostics.push_back(damaged(
        file, {"压缩包内有 " + std::to_string(entries) + " 个部件，表格文件不会有这么多",
               "there are " + std::to_string(entries) + " parts inside; no form has that many"}));
    return std::nullopt;
  }
  // Of two parts with one name the first is read.
  for (zip_int64_t i = 0; i < entries; ++i) {
    const char* name = libzip().zip_get_name(zip, static_cast<zip_uint64_t>(i), 0);
    if (name != nullptr) state->by_name.emplace(part_key(name), i);
  }
  return Archive(std::move(state));
}

bool Archive::has(const std::string& part) const {
  return state_->by_name.contains(part_key(part));
}

std::map<std::string, Archive::Relation> Archive::relations(
    const std::string& part, std::vector<Diagnostic>& diagnostics) const {
  std::map<std::string, Relation> out;
  const std::string key = part_key(part);
  const std::size_t slash = key.rfind('/');
  const std::string folder = slash == std::string::npos ? std::string() : key.substr(0, slash + 1);
  const std::string where = folder + "_rels/" + key.substr(folder.size()) + ".rels";
  if (!has(where)) return out;
  const auto tree = xml(where, diagnostics);
  if (tree == nullptr) return out;
  for (const pugi::xml_node& each : tree->document_element().children()) {
    if (attribute(each, "TargetMode") == "External") continue;
    const std::string target(attribute(each, "Target"));
    const bool from_top = target.starts_with('/') || target.starts_with('\\');
    out[std::string(attribute(each, "Id"))] = {std::string(attribute(each, "Type")),
                                               part_key(from_top ? target : folder + target)};
  }
  return out;
}

std::optional<std::string> Archive::read(const std::string& part,
                                         std::vector<Diagnostic>& diagnostics) const {
  const std::string& file = state_->file;
  const auto refuse = [&](const Text& what) {
    diagnostics.push_back(damaged(file, what));
    return std::nullopt;
  };
  zip_stat_t about;
  const auto named = state_->by_name.find(part_key(part));
  const zip_int64_t index = named == state_->by_name.end() ? -1 : named->second;
  if (index < 0 ||
      libzip().zip_stat_index(state_->zip, static_cast<zip_uint64_t>(index), 0, &about) != 0)
    return refuse({"缺少部件 " + part, "the part " + part + " is missing"});
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
    diagnostics.push_back(text::diagnose_file(
        Code::document_locked, file, {"压缩包设有密码", "it is protected by a password"},
        {"去掉密码后再试", "remove the password and try again"}));
    return std::nullopt;
  }
  constexpr zip_uint64_t megabyte = 1U << 20U;
  if (about.size > most_part ||
      (about.size > megabyte && about.size / most_ratio > about.comp_size))
    return refuse(
        {"部件 " + part + " 解压后有 " + std::to_string(about.size >> 20U) +
             " MB，远超其压缩大小：疑似压缩炸弹，未读",
         "the part " + part + " would unpack to " + std::to_string(about.size >> 20U) +
             " MB, far more than it is packed: it looks like a zip bomb and was not read"});
  state_->unpacked += static_cast<std::size_t>(about.size);
  if (state_->unpacked > most_unpacked)
    return refuse({"各部件解压后合计超过 " + std::to_string(most_unpacked >> 20U) + " MB，未读",
                   "its parts together would unpack to over " +
                       std::to_string(most_unpacked >> 20U) + " MB; they were not read"});
  zip_file_t* opened = libzip().zip_fopen_index(state_->zip, static_cast<zip_uint64_t>(index), 0);
  if (opened == nullptr)
    return refuse({"部件 " + part + " 打不开", "the part " + part + " cannot be opened"});
  // The size in the directory is only what the file says of itself: no more than that is read.
  std::string out(static_cast<std::size_t>(about.size), '\0');
  std::size_t filled = 0;
  while (filled < out.size()) {
    const zip_int64_t got = libzip().zip_fread(opened, out.data() + filled, out.size() - filled);
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  char more = '\0';
  // the check sum is compared at the end
  const bool whole = filled == out.size() && libzip().zip_fread(opened, &more, 1) == 0;
  libzip().zip_fclose(opened);
  if (!whole)
    return refuse({"部件 " + part + " 不完整或校验不符",
                   "the part " + part + " is cut short or its check sum is wrong"});
  return out;
}

std::unique_ptr<pugi::xml_document> Archive::xml(const std::string& part,
                                                 std::vector<Diagnostic>& diagnostics) const {
  auto bytes = read(part, diagnostics);
  if (!bytes) return nullptr;
  if (const auto refused = refuse_xml(*bytes)) {
    diagnostics.push_back(damaged(state_->file, {"部件 " + part + "：" + refused->zh,
                                                 "the part " + part + ": " + refused->en}));
    return nullptr;
  }
  auto out = std::make_unique<pugi::xml_document>();
  // Only the five named entities are known to this parser; it never opens a file or an address.
  constexpr unsigned options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                               pugi::parse_ws_pcdata;
  const pugi::xml_parse_result result =
      out->load_buffer(bytes->data(), bytes->size(), options, pugi::encoding_utf8);
  if (result) return out;
  diagnostics.push_back(damaged(
      state_->file, {"部件 " + part + " 的 XML 有误（" + result.description() + "）",
                     "the XML of the part " + part + " is broken (" + result.description() + ")"}));
  return nullptr;
}

}  // namespace jixiao::archive
