#include "database/failure.hpp"

#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::database {
namespace {

constexpr std::string_view spaces = " \t\r\n\f\v";

bool starts_with_word(std::string_view text, std::string_view lower_case_word) {
  if (text.size() <= lower_case_word.size()) return false;
  for (std::size_t i = 0; i < lower_case_word.size(); ++i) {
    const char letter = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a')
                                                         : text[i];
    if (letter != lower_case_word[i]) return false;
  }
  return spaces.find(text[lower_case_word.size()]) != std::string_view::npos;
}

}  // namespace

Diagnostic unreadable(const std::string& where, Text message, Text help) {
  return text::diagnose_file(text::Code::file_unreadable, where, std::move(message),
                             std::move(help));
}

Diagnostic unwritable(const std::string& where, Text message, Text help) {
  return text::diagnose_file(text::Code::file_unwritable, where, std::move(message),
                             std::move(help));
}

Diagnostic not_ours(const std::string& where, const std::string& table) {
  return text::diagnose_file(
      text::Code::file_conflict, where,
      {"表 '" + table + "' 已经有了，不是 jixiao 写的；什么都没有写",
       "there is a table '" + table +
           "' already, and jixiao did not write it; nothing was written"},
      {"换一个表名；确实要替换它时加 --replace",
       "write to a table of another name, or add --replace to have this one replaced"});
}

Diagnostic is_view(const std::string& where, const std::string& table) {
  return text::diagnose_file(
      text::Code::file_conflict, where,
      {"'" + table + "' 是视图，结果不能写进去；什么都没有写",
       "'" + table + "' is a view; results cannot be written there, and nothing was written"},
      {"换一个表名", "write to a table of another name"});
}

Diagnostic cannot_keep(const std::string& where, const std::string& table, std::string_view what,
                       std::string_view said) {
  const std::string kept(what);
  return text::diagnose_file(
      text::Code::file_conflict, where,
      with_what_it_said(
          {"替换表 '" + table + "' 会丢掉它的 " + kept + "，所以没有替换，数据库保持原样",
           "replacing the table '" + table + "' would lose its " + kept +
               ", so it was not replaced and the database is as it was"},
          said),
      {"换一个表名，或先在数据库里去掉它",
       "write to a table of another name, or remove that in the database first"});
}

Diagnostic unknown_table(const std::string& where, const std::string& table,
                         const std::vector<std::string>& known) {
  Text help = text::suggestion(table, known);
  if (known.empty()) help = {"这个数据库里还没有表", "this database holds no tables yet"};
  return text::diagnose_file(
      text::Code::reference_unknown, where,
      {"没有名为 '" + table + "' 的表或视图", "there is no table or view called '" + table + "'"},
      std::move(help));
}

Diagnostic stopped(const std::string& where) {
  return unreadable(where, {"查询已按要求停下", "the query was stopped as asked"});
}

std::string not_text(std::size_t bytes) {
  return "\xEF\xBF\xBD(" + std::to_string(bytes) + " bytes)";
}

Text with_what_it_said(Text message, std::string_view said) {
  const std::string line = in_one_line(said);
  if (line.empty()) return message;
  return {message.zh + "：" + line, message.en + ": " + line};
}

std::string in_one_line(std::string_view said) {
  std::string out;
  bool gap = false;
  for (const char c : said) {
    if (spaces.find(c) != std::string_view::npos) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

bool is_query(std::string_view table_or_query) {
  const std::size_t start = table_or_query.find_first_not_of(spaces);
  if (start == std::string_view::npos) return false;
  const std::string_view text = table_or_query.substr(start);
  return starts_with_word(text, "select") || starts_with_word(text, "with");
}

std::string_view without_end(std::string_view query) {
  while (!query.empty() &&
         (query.back() == ';' || spaces.find(query.back()) != std::string_view::npos))
    query.remove_suffix(1);
  return query;
}

std::string identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out += '"';
}

}  // namespace jixiao::database
