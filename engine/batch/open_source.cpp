#include "batch/open_source.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "database/database.hpp"
#include "system/fingerprint.hpp"
#include "table/guard.hpp"
#include "table/json_lines.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::batch {
namespace {

constexpr std::string_view database_prefix = "db:";
constexpr std::array<std::string_view, 2> packed_endings{".gz", ".zst"};
constexpr std::array<std::string_view, 5> table_endings{".csv", ".tsv", ".jsonl", ".ndjson",
                                                        ".txt"};

std::string_view unpacked_name(std::string_view name) {
  for (const std::string_view ending : packed_endings) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

std::string named_table(const std::string& name, const std::string& database,
                        std::vector<Diagnostic>& diagnostics) {
  const std::string table = name.substr(database_prefix.size());
  if (database.empty() || table.empty()) {
    diagnostics.push_back(text::diagnose_file(
        text::Code::file_unreadable, name, {"没有指明数据库", "no database is named"},
        {"加上 --db 文件.sqlite（或 postgresql://…），并写 db:表名",
         "add --db FILE.sqlite (or postgresql://...), and write db:TABLE"}));
    return {};
  }
  return table;
}

// A stream whose first bytes have been looked at.
class Peeked : public table::ByteSource {
 public:
  explicit Peeked(std::unique_ptr<table::ByteSource> source)
      : source_(std::move(source)), first_(std::size_t{64} << 10, '\0') {
    first_.resize(source_->read(first_));
  }
  [[nodiscard]] char first() const {
    const auto at = first_.find_first_not_of(" \t\r\n");
    return at == std::string::npos ? '\0' : first_[at];
  }
  std::size_t read(std::span<char> room) override {
    if (at_ == first_.size()) return source_->read(room);
    const std::size_t part = first_.copy(room.data(), room.size(), at_);
    at_ += part;
    return part;
  }
  [[nodiscard]] table::Extent extent() const override { return source_->extent(); }

 private:
  std::unique_ptr<table::ByteSource> source_;
  std::string first_;
  std::size_t at_ = 0;
};

// Cells that hold a tab get quotes, the commas between cells become tabs; a state for each byte, so
// that a write may end anywhere.
class Tabs : public table::ByteSink {
 public:
  explicit Tabs(std::unique_ptr<table::ByteSink> out) : out_(std::move(out)) {}

  void write(std::string_view bytes) override {
    line_.clear();
    for (const char c : bytes) put(c);
    out_->write(line_);
  }
  void finish() override {
    line_.clear();
    end_cell();
    out_->write(line_);
    out_->finish();
  }

 private:
  void put(char c) {
    if (c == '"') inside_ = !inside_;
    if (inside_ || (c != ',' && c != '\n' && c != '\r')) {
      cell_ += c;
      return;
    }
    end_cell();
    line_ += c == ',' ? '\t' : c;
  }
  void end_cell() {
    const bool quote = cell_.find('\t') != std::string::npos && cell_.front() != '"';
    if (quote) line_ += '"';
    line_ += cell_;
    if (quote) line_ += '"';
    cell_.clear();
  }

  std::unique_ptr<table::ByteSink> out_;
  std::string line_;
  std::string cell_;
  bool inside_ = false;
};

}  // namespace

bool names_database_table(const std::string& name) { return name.starts_with(database_prefix); }

bool names_table(const std::string& name) {
  if (database::names_parquet(name)) return true;
  const std::string_view plain = unpacked_name(name);
  return std::any_of(table_endings.begin(), table_endings.end(),
                     [&](std::string_view kind) { return plain.ends_with(kind); });
}

std::string without_endings(const std::string& name) {
  std::string_view plain = unpacked_name(name);
  for (const std::string_view kind : table_endings) {
    if (plain.ends_with(kind)) return std::string(plain.substr(0, plain.size() - kind.size()));
  }
  constexpr std::string_view parquet = ".parquet";
  if (plain.ends_with(parquet)) plain.remove_suffix(parquet.size());
  return std::string(plain);
}

NamedSource open_input(const std::string& name, const std::string& database,
                       std::vector<Diagnostic>& diagnostics, const std::atomic<bool>* stop) {
  if (names_database_table(name)) {
    const std::string table = named_table(name, database, diagnostics);
    return {table.empty() ? nullptr : database::open_table(database, table, diagnostics, stop),
            false};
  }
  if (database::names_parquet(name)) return {database::open_parquet(name, diagnostics), false};
  auto source = table::open_source(name, diagnostics);
  if (source == nullptr) return {};
  if (table::names_json_lines(name)) return {table::from_json_lines(std::move(source)), false};
  if (name != "-") return {std::move(source)};
  auto peeked = std::make_unique<Peeked>(std::move(source));
  if (peeked->first() == '{') return {table::from_json_lines(std::move(peeked)), false};
  return {std::move(peeked)};
}

std::string digest_of(const std::string& name, const std::string& database) {
  std::vector<Diagnostic> diagnostics;
  const auto source = open_input(name, database, diagnostics).source;
  if (source == nullptr) throw table::StreamFailure(diagnostics.back());
  system::Digest digest;
  std::string room(std::size_t{1} << 18, '\0');
  while (const std::size_t got = source->read(room)) digest.add({room.data(), got});
  return digest.hex();
}

std::unique_ptr<table::ByteSink> open_output(const std::string& name, const Writable& to,
                                             std::vector<Diagnostic>& diagnostics) {
  if (names_database_table(name)) {
    const std::string table = named_table(name, to.database, diagnostics);
    return table.empty() ? nullptr
                         : database::open_table_sink(to.database, table, to.replace, diagnostics);
  }
  if (database::names_parquet(name)) return database::open_parquet_sink(name, diagnostics);
  auto sink = table::open_sink(name, diagnostics);
  if (sink == nullptr) return nullptr;
  if (table::names_json_lines(name)) return table::to_json_lines(std::move(sink));
  // Only what a spreadsheet opens is guarded against being taken for formulas.
  if (unpacked_name(name).ends_with(".tsv")) return table::guard(to_tabs(std::move(sink)));
  return table::guard(std::move(sink));
}

std::unique_ptr<table::ByteSink> to_tabs(std::unique_ptr<table::ByteSink> out) {
  return std::make_unique<Tabs>(std::move(out));
}

namespace {

// In single quotes of a shell.
std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

Text sorting_advice(const std::string& table, const std::string& column) {
  Text out{"不写 --shard：单次运行不要求排序", "leave --shard out: a single run needs no sorting"};
  if (!table.ends_with(".csv")) return out;
  const std::string sort =
      "sqlite3 -header -csv '' " + quoted(".import --csv \"" + table + "\" t") + " " +
      quoted("SELECT * FROM t ORDER BY \"" + column + "\", rowid") + " > sorted.csv";
  out.zh += "；或先排序再分片：" + sort;
  out.en += "; or sort it before it is split: " + sort;
  return out;
}

Text file_advice(const std::string& name, const std::string& database) {
  if (!names_database_table(name))
    return {"先写成文件：… > table.csv，再对 table.csv 分片",
            "write it to a file first: ... > table.csv, and split table.csv"};
  const std::string query = name.substr(name.find(':') + 1);
  const std::string select = query.find(' ') == std::string::npos ? "SELECT * FROM " + query
                                                                  : query;
  const bool server = database.starts_with("postgres");
  const std::string write = (server ? "psql --csv " + quoted(database) + " -c "
                                    : "sqlite3 -header -csv " + quoted(database) + " ") +
                            quoted(select) + " > table.csv";
  return {"先写成文件：" + write + "，再对 table.csv 分片",
          "write it to a file first: " + write + ", and split table.csv"};
}

}  // namespace jixiao::batch
