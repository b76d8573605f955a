// Another scored table to compare with.
#include <array>
#include <cmath>

#include "batch/open_source.hpp"
#include "batch/output_tables.hpp"
#include "table/cells.hpp"
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

void add_earlier(portfolio::Ledger& ledger, const std::string& name, const std::string& database) {
  std::vector<Diagnostic> diagnostics;
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
  table::Cells cells(wanted.size(), cutter.separator(), wanted);
  table::Piece piece;
  while (cutter.next(piece, std::size_t{1} << 18)) {
    cells.parse(piece);
    for (std::size_t row = 0; row < cells.records(); ++row) {
      const bool scored = cells.kinds(at[1])[row] == table::CellKind::number;
      ledger.add_earlier(cells.text(at[0])[row], scored ? cells.numbers(at[1])[row] : std::nan(""),
                         at[2] == none ? std::string_view() : cells.text(at[2])[row]);
    }
  }
}

}  // namespace jixiao::batch
