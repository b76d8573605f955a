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

Diagnostic unknown_table(const std::string& where, const std::string& table,
                         const std::vector<std::string>& known) {
  Text help = text::suggestion(table, known);
  if (known.empty()) help = {"这个数据库里还没有表", "this database holds no tables yet"};
  return text::diagnose_file(
      text::Code::reference_unknown, where,
      {"没有名为 '" + table + "' 的表或视图", "there is no table or view called '" + table + "'"},
      std::move(help));
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
