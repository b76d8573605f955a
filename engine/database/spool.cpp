#include "database/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "database/failure.hpp"
#include "table/guard.hpp"
#include "table/pieces.hpp"

namespace jixiao::database {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 20;
constexpr std::size_t piece_bytes = std::size_t{4} << 20;

[[noreturn]] void fail(const std::string& where, Text message) {
  throw table::StreamFailure(
      unwritable(where, with_what_it_said(std::move(message), std::strerror(errno)),
                 {"请检查磁盘空间和目录权限",
                  "check the free space of the disk and the rights to the folder"}));
}

int nameless_file(const std::string& folder) {
  const int file = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return file;
  // A file system without nameless files.
  std::string pattern = folder + "/.jixiao-XXXXXX";
  const int named = mkostemp(pattern.data(), O_CLOEXEC);
  if (named >= 0) unlink(pattern.c_str());
  return named;
}

class SpoolSource : public table::ByteSource {
 public:
  SpoolSource(int file, std::string where) : file_(file), where_(std::move(where)) {}
  std::size_t read(std::span<char> room) override {
    for (;;) {
      const ssize_t bytes = pread(file_, room.data(), room.size(), static_cast<off_t>(at_));
      if (bytes < 0 && errno == EINTR) continue;
      if (bytes < 0) fail(where_, {"临时文件读不回来", "the temporary file cannot be read back"});
      at_ += static_cast<std::uint64_t>(bytes);
      return static_cast<std::size_t>(bytes);
    }
  }
  [[nodiscard]] table::Extent extent() const override { return {at_, 0}; }

 private:
  int file_;
  std::string where_;
  std::uint64_t at_ = 0;
};

[[noreturn]] void fail_ragged(const std::string& where, const table::Cells& cells,
                              std::size_t columns) {
  const table::Cells::Ragged& ragged = cells.ragged().front();
  const std::string line = std::to_string(cells.line(ragged.row)),
                    has = std::to_string(ragged.cells), wanted = std::to_string(columns);
  throw table::StreamFailure(unwritable(
      where, {"要写入的表第 " + line + " 行有 " + has + " 个单元格，表头有 " + wanted + " 个",
              "line " + line + " of the table to be written has " + has + " cells, its header " +
                  wanted}));
}

}  // namespace

std::string folder_of(const std::string& path) {
  return std::filesystem::absolute(path).parent_path().string();
}

Spool::Spool(const std::string& folder, std::string where)
    : where_(std::move(where)), file_(nameless_file(folder)) {
  if (file_ < 0)
    fail(where_, {"在目录 " + folder + " 里建不了临时文件",
                  "no temporary file can be made in the folder " + folder});
  waiting_.reserve(buffer_bytes);
}

Spool::~Spool() {
  if (file_ >= 0) close(file_);
}

void Spool::write(std::string_view bytes) {
  waiting_ += bytes;
  if (waiting_.size() >= buffer_bytes) flush();
}

void Spool::flush() {
  std::string_view left = waiting_;
  while (!left.empty()) {
    const ssize_t written = ::write(file_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(where_, {"临时文件写不下去", "the temporary file cannot be written"});
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  waiting_.clear();
}

std::unique_ptr<table::ByteSource> Spool::read() {
  flush();
  return std::make_unique<SpoolSource>(file_, where_);
}

std::string Spool::path() const { return "/proc/self/fd/" + std::to_string(file_); }

SpooledTable::SpooledTable(Spool& spool, std::string where)
    : spool_(spool), where_(std::move(where)) {}

void SpooledTable::each(const std::vector<Column>& columns,
                        const std::function<void(const table::Cells&)>& take) {
  const auto source = spool_.read();
  std::vector<Diagnostic> diagnostics;
  table::Cutter cutter(*source, where_, diagnostics);
  std::vector<table::Wanted> wanted;
  for (const Column& column : columns)
    wanted.push_back(column.number ? table::Wanted::number : table::Wanted::text);
  table::Cells cells(columns.size(), cutter.separator(), wanted);
  table::Piece piece;
  while (cutter.next(piece, piece_bytes)) {
    cells.parse(piece);
    if (!cells.ragged().empty()) fail_ragged(where_, cells, columns.size());
    take(cells);
  }
}

std::vector<Column> SpooledTable::columns(
    const std::function<void(const table::Cells&, std::size_t)>& see) {
  std::vector<Column> columns;
  {
    const auto source = spool_.read();
    std::vector<Diagnostic> diagnostics;
    const table::Cutter cutter(*source, where_, diagnostics);
    for (const std::string& name : cutter.header()) columns.push_back({name, true});
    if (columns.empty()) {
      if (!diagnostics.empty()) throw table::StreamFailure(diagnostics.back());
      throw table::StreamFailure(
          unwritable(where_, {"要写入的表没有表头", "the table to be written has no header"}));
    }
  }
  std::vector<bool> filled(columns.size()), texts(columns.size());
  each(columns, [&](const table::Cells& cells) {
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const auto kinds = cells.kinds(column);
      const auto text = cells.text(column);
      for (std::size_t row = 0; row < kinds.size() && !texts[column]; ++row) {
        if (kinds[row] == table::CellKind::empty) continue;
        filled[column] = true;
        texts[column] = kinds[row] == table::CellKind::text || table::is_code(text[row]);
      }
    }
    if (see) see(cells, columns.size());
  });
  for (std::size_t column = 0; column < columns.size(); ++column)
    columns[column].number = filled[column] && !texts[column];
  return columns;
}

void SpooledSink::finish() {
  SpooledTable table(spool_, where_);
  load(table);
}

}  // namespace jixiao::database
