// Another scored table to compare with.
#include <array>
#include <cmath>

#include "batch/open_source.hpp"
#include "batch/output_tables.hpp"
#include "table/cells.hpp"
#include "table/guard.hpp"
#include "table/pieces.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::batch {
namespace {

struct Wanted {
  std::array<std::string_view, 2> names;
  bool needed;
};
constexpr std::array<Wanted, 3> columns{
    {{{"project", "项目"}, true}, {{"total", "总分"}, true}, {{"rating", "等级"}, false}}};

std::size_t find_column(const std::vector<std::string>& header, const Wanted& wanted,
                        const std::string& table) {
  for (std::size_t column = 0; column < header.size(); ++column) {
    for (const std::string_view name : wanted.names) {
      if (header[column] == name) return column;
    }
  }
  if (!wanted.needed) return none;
  const std::string name(wanted.names[0]);
  throw table::StreamFailure(text::diagnose_file(
      text::Code::table_header, table,
      {"要对比的表缺少列 " + name, "the table to compare with has no column '" + name + "'"},
      {"--earlier 要一张 jixiao batch 写出的表（列 project、total、rating）",
       "--earlier takes a table that jixiao batch wrote (columns project, total, rating)"}));
}

}  // namespace

void add_earlier(portfolio::Ledger& ledger, const std::string& name, const std::string& database,
                 std::vector<Diagnostic>& diagnostics) {
  constexpr std::size_t most_told = 5;
  std::size_t told = 0;
  const auto warn = [&](text::Code code, std::uint64_t line, const Text& message,
                        const Text& help) {
    if (++told > most_told) return;
    Diagnostic d = text::diagnose_file(code, name, message, help);
    d.severity = Severity::warning;
    d.line = line;
    diagnostics.push_back(std::move(d));
  };
  const auto source = open_input(name, database, diagnostics).source;
  if (source == nullptr) throw table::StreamFailure(diagnostics.back());
  table::Cutter cutter(*source, name, diagnostics);
  if (text::has_error(diagnostics)) throw table::StreamFailure(diagnostics.back());
  std::array<std::size_t, columns.size()> at{};
  std::vector<table::Wanted> wanted(cutter.header().size(), table::Wanted::nothing);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    at[i] = find_column(cutter.header(), columns[i], name);
    if (at[i] != none) wanted[at[i]] = i == 1 ? table::Wanted::number : table::Wanted::text;
  }
  const bool is_guarded = table::is_guarded_kind(name);
  const auto as_written = [&](std::string_view cell) {
    return is_guarded ? table::unguarded(cell) : cell;
  };
  table::Cells cells(wanted.size(), cutter.separator(), wanted);
  table::Piece piece;
  while (cutter.next(piece, std::size_t{1} << 18)) {
    cells.parse(piece);
    for (std::size_t row = 0; row < cells.records(); ++row) {
      const bool scored = cells.kinds(at[1])[row] == table::CellKind::number;
      const std::string project(as_written(cells.text(at[0])[row]));
      const bool is_new = ledger.add_earlier(
          project, scored ? cells.numbers(at[1])[row] : std::nan(""),
          at[2] == none ? std::string_view() : as_written(cells.text(at[2])[row]));
      if (cells.kinds(at[1])[row] == table::CellKind::text) {
        const std::string total = cells.cell(at[1], row);
        warn(text::Code::value_number, cells.line(row),
             {"项目 '" + project + "' 的总分 '" + total + "' 不是数，不参与对比",
              "the total '" + total + "' of the project '" + project +
                  "' is no number: it is not compared"},
             {"写数字，没有总分就空着",
              "write a number, or leave the cell empty when there is none"});
      }
      if (!is_new) {
        warn(text::Code::id_duplicate, cells.line(row),
             {"项目 '" + project + "' 在要对比的表里有两行，只用第一行",
              "the project '" + project +
                  "' is there twice in the table to compare with; its first row counts"},
             {"删去其中一行", "remove one of them"});
      }
    }
  }
  if (told > most_told) {
    Diagnostic d = text::diagnose_file(
        text::Code::id_duplicate, name,
        {"要对比的表里共有 " + std::to_string(told) + " 处这样的问题",
         "the table to compare with has " + std::to_string(told) + " rows like these in all"});
    d.severity = Severity::warning;
    diagnostics.push_back(std::move(d));
  }
}

}  // namespace jixiao::batch
