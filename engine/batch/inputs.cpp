#include "batch/inputs.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "batch/memory_plan.hpp"
#include "batch/open_source.hpp"
#include "database/database.hpp"
#include "system/fingerprint.hpp"
#include "table/json_lines.hpp"
#include "table/recode.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::batch {
namespace {

namespace fs = std::filesystem;

// Tells what passed through it.
class Digesting : public table::ByteSource {
 public:
  Digesting(std::unique_ptr<table::ByteSource> source, std::shared_ptr<std::string> out)
      : source_(std::move(source)), out_(std::move(out)) {
    out_->clear();
  }
  std::size_t read(std::span<char> room) override {
    const std::size_t got = source_->read(room);
    digest_.add({room.data(), got});
    if (got == 0) *out_ = digest_.hex();
    return got;
  }
  [[nodiscard]] table::Extent extent() const override { return source_->extent(); }

 private:
  std::unique_ptr<table::ByteSource> source_;
  std::shared_ptr<std::string> out_;
  system::Digest digest_;
};

std::vector<std::string> tables_in(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (const fs::directory_entry& item : fs::directory_iterator(folder, error)) {
    const std::string name = item.path().filename().string();
    // Errors of an earlier run lie beside its output and are no table of projects.
    if (!item.is_regular_file(error) || name.starts_with('.') || !names_table(name) ||
        without_endings(name).ends_with(".errors"))
      continue;
    out.push_back(item.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string joined(const std::vector<std::string>& header) {
  std::string out;
  for (const std::string& column : header) out += (out.empty() ? "" : ", ") + column;
  return out;
}

bool is_packed(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::array<char, 4> first{};
  in.read(first.data(), first.size());
  constexpr std::string_view gzip("\x1f\x8b", 2);
  constexpr std::string_view zstd("\x28\xb5\x2f\xfd", 4);
  const std::string_view is(first.data(), static_cast<std::size_t>(in.gcount()));
  return is.starts_with(gzip) || is.starts_with(zstd);
}

// Whether the bytes of the file are what is read from it, so that a part can be sought.
bool text_as_it_stands(const std::string& path, std::vector<Diagnostic>& diagnostics) {
  if (database::names_parquet(path) || table::names_json_lines(path) || is_packed(path))
    return false;
  const auto bytes = table::open_range(path, 0, static_cast<std::uint64_t>(-1), diagnostics);
  return bytes != nullptr && table::reads_as_utf8(*bytes);
}

std::uint64_t length_of(table::ByteSource& source) {
  std::string room(std::size_t{1} << 18, '\0');
  std::uint64_t out = 0;
  while (const std::size_t got = source.read(room)) out += got;
  return out;
}

}  // namespace

Inputs::Inputs(const BatchRequest& request, const std::atomic<bool>* stop,
               std::vector<Diagnostic>& diagnostics)
    : database_(request.database), stop_(stop), recording_budget_(plan_memory(request).recording) {
  for (const std::string& name : request.inputs) list(name, diagnostics);
  if (files_.empty() && !text::has_error(diagnostics)) {
    diagnostics.push_back(text::diagnose_file(
        text::Code::file_unreadable, {}, {"没有要读的表", "there is no table to read"},
        {"写出文件名，或用 - 表示标准输入", "name a file, or - for the standard input"}));
  }
  for (std::size_t input = 0; input < files_.size() && !text::has_error(diagnostics); ++input)
    look(input, diagnostics);
  const bool known =
      std::all_of(files_.begin(), files_.end(), [](const File& file) { return file.regular; });
  for (const File& file : files_) bytes_total_ += known ? file.size : 0;
}

void Inputs::list(const std::string& name, std::vector<Diagnostic>& diagnostics) {
  std::error_code error;
  if (fs::is_directory(name, error)) {
    const std::vector<std::string> tables = tables_in(name);
    for (const std::string& table : tables) list(table, diagnostics);
    if (tables.empty()) {
      diagnostics.push_back(text::diagnose_file(
          text::Code::file_unreadable, name, {"目录里没有表格文件", "the folder holds no tables"},
          {"应有 .csv .tsv .jsonl .ndjson .parquet 文件，可再压缩为 .gz 或 .zst",
           "expected .csv .tsv .jsonl .ndjson .parquet files, those of text also as .gz or .zst"}));
    }
    return;
  }
  File file;
  file.name = name;
  file.regular = name != "-" && !names_database_table(name) && fs::is_regular_file(name, error);
  if (file.regular) file.size = fs::file_size(name, error);
  files_.push_back(std::move(file));
}

std::unique_ptr<table::ByteSource> Inputs::source(File& file,
                                                  std::vector<Diagnostic>& diagnostics) const {
  if (file.regular || names_database_table(file.name)) {
    NamedSource named = open_input(file.name, database_, diagnostics, stop_);
    file.header_is_a_line = named.header_is_a_line;
    return std::move(named.source);
  }
  if (file.recording == nullptr) {
    NamedSource once = open_input(file.name, database_, diagnostics, stop_);
    if (once.source == nullptr) return nullptr;
    file.header_is_a_line = once.header_is_a_line;
    file.recording =
        std::make_unique<table::ReplayableSource>(std::move(once.source), recording_budget_);
  }
  return file.recording->open();
}

// Every header is read before the first record is scored: an hour later is late to learn that a
// file is of another kind.
void Inputs::look(std::size_t input, std::vector<Diagnostic>& diagnostics) {
  File& file = files_[input];
  const auto stream = source(file, diagnostics);
  if (stream == nullptr) return;
  const table::Cutter cutter(*stream, file.name, diagnostics);
  if (text::has_error(diagnostics)) return;
  if (input == 0) {
    header_ = cutter.header();
    separator_ = cutter.separator();
    return;
  }
  if (cutter.header() == header_ && cutter.separator() == separator_) return;
  const std::string wanted = joined(header_);
  const std::string found = joined(cutter.header());
  diagnostics.push_back(text::diagnose_file(
      text::Code::table_header, file.name,
      {"表头与 " + files_[0].name + " 不同：这里是 " + found + "；应为 " + wanted,
       "the header differs from that of " + files_[0].name + ": here it is " + found +
           "; expected " + wanted},
      {"一次运行的表要有同样的列、同样的顺序、同样的分隔符；不同的表请分开运行",
       "tables of one run have the same columns in the same order with the same separator; score "
       "others in a run of their own"}));
}

std::string Inputs::title() const {
  if (files_.size() == 1) return files_[0].name;
  return files_[0].name + " … (" + std::to_string(files_.size()) + ")";
}

void Inputs::settle_shard(const Shard& shard, std::optional<std::size_t> key,
                          std::vector<Diagnostic>& diagnostics) {
  if (shard.count == 1) return;
  for (const File& file : files_) {
    if (file.regular) continue;
    diagnostics.push_back(
        text::diagnose_file(text::Code::shard_impossible, file.name,
                            {"不是普通文件，各分片无法各取一份",
                             "this is no plain file, so the shards cannot share it out"},
                            file_advice(file.name, database_)));
  }
  if (text::has_error(diagnostics)) return;
  take_fingerprints(diagnostics);
  if (text::has_error(diagnostics)) return;
  if (files_.size() == 1) {
    split_file(files_[0], shard, key, diagnostics);
    return;
  }
  for (std::size_t input = 0; input < files_.size(); ++input)
    files_[input].mine = input % shard.count == shard.index - 1;
}

void Inputs::take_fingerprints(std::vector<Diagnostic>& diagnostics) {
  constexpr std::uint64_t read_whole = std::uint64_t{256} << 20, stretch = std::uint64_t{64} << 10,
                          most_stretches = 1024;
  std::uint64_t all = 0;
  for (const File& file : files_) all += file.size;
  std::string room(stretch, '\0');
  for (File& file : files_) {
    // Evenly spread stretches, the first at the beginning and the last at the end; so many that
    // they touch when all of it is read.
    const std::uint64_t touching = file.size / stretch + 1;
    const std::uint64_t stretches =
        all <= read_whole
            ? touching
            : std::min(touching, std::max<std::uint64_t>(most_stretches / files_.size(), 2));
    system::Digest digest;
    for (std::uint64_t i = 0; i < stretches; ++i) {
      const std::uint64_t last = file.size - std::min(file.size, stretch);
      const std::uint64_t begin = stretches == touching ? i * stretch : last / (stretches - 1) * i;
      const auto bytes =
          table::open_range(file.name, begin, std::min(begin + stretch, file.size), diagnostics);
      if (bytes == nullptr) return;
      while (const std::size_t got = bytes->read(room)) digest.add({room.data(), got});
    }
    file.content = digest.hex();
  }
}

void Inputs::split_file(File& file, const Shard& shard, std::optional<std::size_t> key,
                        std::vector<Diagnostic>& diagnostics) {
  file.cut_as_read = !text_as_it_stands(file.name, diagnostics);
  if (text::has_error(diagnostics)) return;
  std::uint64_t total = file.size;
  if (file.cut_as_read) {
    const auto whole = source(file, diagnostics);
    total = whole == nullptr ? 0 : length_of(*whole);
  }
  const auto whole = file.cut_as_read ? source(file, diagnostics)
                                      : table::open_range(file.name, 0, file.size, diagnostics);
  if (whole != nullptr)
    file.range = table::shard_range(*whole, file.name, {shard.index - 1, shard.count, total, key},
                                    diagnostics);
}

std::unique_ptr<table::ByteSource> Inputs::open_part(File& file,
                                                     std::vector<Diagnostic>& diagnostics) const {
  if (file.range && !file.cut_as_read)
    return table::open_range(file.name, file.range->begin, file.range->end, diagnostics);
  auto whole = source(file, diagnostics);
  return file.range && whole != nullptr
             ? table::stretch_of(std::move(whole), file.range->begin, file.range->end)
             : std::move(whole);
}

void Inputs::read_once() {
  for (File& file : files_) {
    if (file.recording != nullptr) file.recording->stop_recording();
  }
}

std::optional<OpenTable> Inputs::open(std::size_t input) {
  File& file = files_[input];
  if (!file.mine) return std::nullopt;
  std::vector<Diagnostic> diagnostics;
  OpenTable out;
  out.source = open_part(file, diagnostics);
  if (out.source == nullptr) throw table::StreamFailure(diagnostics.back());
  if (digesting_) out.source = std::make_unique<Digesting>(std::move(out.source), file.sha256);
  if (file.range) {
    out.cutter = std::make_unique<table::Cutter>(*out.source, file.name, header_, separator_,
                                                 file.range->first_line);
  } else {
    out.cutter = std::make_unique<table::Cutter>(*out.source, file.name, diagnostics);
  }
  const auto error = std::find_if(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) {
    return d.severity == Severity::error;
  });
  if (error != diagnostics.end()) throw table::StreamFailure(*error);
  return out;
}

std::vector<Inputs::Identity> Inputs::identities() const {
  std::vector<Identity> out;
  for (const File& file : files_)
    out.push_back({file.name, file.size, file.content, file.mine,
                   file.range.value_or(table::Range{}), *file.sha256});
  return out;
}

}  // namespace jixiao::batch
