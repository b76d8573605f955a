// What the tests of the databases have in common: a table's text in and out.
#pragma once

#include <array>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "database/database.hpp"

namespace tables {

inline std::string everything(jixiao::table::ByteSource& source, std::size_t cut = 1000) {
  std::string out;
  std::vector<char> room(cut);
  while (const std::size_t bytes = source.read(room)) out.append(room.data(), bytes);
  return out;
}

inline std::string said(const std::vector<jixiao::Diagnostic>& diagnostics) {
  std::string out;
  for (const auto& d : diagnostics)
    out += d.file + ": " + d.code + " " + d.message.en + " | " + d.message.zh + " | " + d.help.en +
           "\n";
  return out;
}

// The text of a table or query.
inline std::string read(const std::string& connection, const std::string& table) {
  std::vector<jixiao::Diagnostic> diagnostics;
  const auto source = jixiao::database::open_table(connection, table, diagnostics);
  INFO(said(diagnostics));
  REQUIRE(source);
  REQUIRE(diagnostics.empty());
  return everything(*source);
}

// The one diagnostic about a table that cannot be opened.
inline jixiao::Diagnostic refused(const std::string& connection, const std::string& table) {
  std::vector<jixiao::Diagnostic> diagnostics;
  const auto source = jixiao::database::open_table(connection, table, diagnostics);
  CHECK_FALSE(source);
  INFO(said(diagnostics));
  REQUIRE(diagnostics.size() == 1);
  CHECK_FALSE(diagnostics[0].message.zh.empty());
  return diagnostics[0];
}

// Writes in cuts that respect nothing.
inline void write(const std::string& connection, const std::string& table, const std::string& csv,
                  std::size_t cut = 7, bool replace = false) {
  std::vector<jixiao::Diagnostic> diagnostics;
  const auto sink = jixiao::database::open_table_sink(connection, table, replace, diagnostics);
  INFO(said(diagnostics));
  REQUIRE(sink);
  for (std::size_t at = 0; at < csv.size(); at += cut)
    sink->write(std::string_view(csv).substr(at, cut));
  sink->finish();
}

// What a stream that must break says.
template <class Action>
jixiao::Diagnostic broken(Action action) {
  try {
    action();
  } catch (const jixiao::table::StreamFailure& failure) {
    CHECK_FALSE(failure.diagnostic.message.zh.empty());
    return failure.diagnostic;
  }
  FAIL("nothing was thrown");
  return {};
}

// 编号,名称,得分,说明 with text, numbers, codes and empty cells; as written is as read.
inline std::string many(std::size_t records) {
  std::string csv = "编号,名称,得分,说明\n";
  for (std::size_t i = 0; i < records; ++i) {
    std::string code = std::to_string(i);
    code.insert(0, 8 - code.size(), '0');
    csv += code + ",项目 " + std::to_string(i % 977) + "," + std::to_string(i % 100) + ".25," +
           (i % 3 == 0 ? "" : "\"第一行\n第,二行\"") + "\n";
  }
  return csv;
}

}  // namespace tables
