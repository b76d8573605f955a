#include "table/pieces.hpp"

#include <algorithm>
#include <cstring>

#include "table/cells.hpp"
#include "table/json_lines.hpp"
#include "table/record_scan.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::table {

using text::Code;

namespace {

constexpr std::size_t read_bytes = std::size_t{256} << 10;
constexpr std::size_t beyond_bytes = std::size_t{8} << 10;  // behind the length asked for, for the
                                                            // end of a record or of a key
constexpr std::size_t header_limit = std::size_t{16} << 20;

char separator_of(std::string_view line) {
  char best = ',';
  std::size_t most = 0;
  for (const char candidate : {',', '\t', ';', '|'}) {
    const auto count = static_cast<std::size_t>(std::count(line.begin(), line.end(), candidate));
    if (count > most) best = candidate, most = count;
  }
  return best;
}

// The separator a spreadsheet writes before the heading, "sep=;"; '\0' when the line is none such.
char told_separator(std::string_view line) {
  if (line.size() > 1 && line.front() == '"') line.remove_prefix(1);
  while (!line.empty() && (line.back() == '"' || line.back() == '\r' || line.back() == ' '))
    line.remove_suffix(1);
  const bool named = line.size() == 5 && (line.starts_with("sep=") || line.starts_with("SEP=") ||
                                          line.starts_with("Sep="));
  return named ? line.back() : '\0';
}

bool is_number(std::string_view cell) {
  double ignored = 0;
  return !cell.empty() && read_plain(cell, ignored);
}

std::size_t filled(const std::vector<std::string>& cells) {
  return static_cast<std::size_t>(std::count_if(
      cells.begin(), cells.end(), [](const std::string& cell) { return !cell.empty(); }));
}

// A heading that a '#' makes look like a comment: as many names as the record below has cells, no
// numbers among them, but some there.
bool heads(const std::vector<std::string>& names, const std::vector<std::string>& record) {
  return names.size() > 1 && names.size() == record.size() && filled(names) == names.size() &&
         std::none_of(names.begin(), names.end(), is_number) &&
         std::any_of(record.begin(), record.end(), is_number);
}

}  // namespace

struct Cutter::State {
  ByteSource* source = nullptr;
  std::string name;
  std::vector<std::string> header;
  char separator = ',';
  char line_end = '\n';
  std::optional<std::size_t> key;
  TextBuffer rest;  // read, not yet handed out
  bool ended = false;
  std::size_t index = 0;
  std::uint64_t line = 1;
  std::uint64_t record = 0;
  std::uint64_t offset = 0;

  // Appends what the source has next to `to`; false at its end.
  bool more(TextBuffer& to, std::size_t bytes) {
    if (ended) return false;
    char* const room = to.room(bytes);
    const std::size_t got = source->read({room, bytes});
    to.end(room + got);
    ended = got == 0;
    return got > 0;
  }

  // End of the record that begins at `begin` (behind its line end), reading on as far as needed.
  std::size_t record_end(TextBuffer& text, std::size_t begin) {
    while (true) {
      const std::size_t end = find_record_end(text, begin, separator, line_end);
      if (end != npos && !(end == text.size() && !ended && line_end == '\r')) return end;
      if (text.size() - begin > record_limit)
        throw StreamFailure(text::diagnose_file(
            Code::value_text, name,
            {"从第 " + std::to_string(line) + " 行起的一段中有未闭合的引号，或有一行超过 64 MB",
             "after line " + std::to_string(line) +
                 " a quote never closes, or a record is longer than 64 MB"},
            {"补上引号；单元格里的引号写成两个",
             "close the quote; a quote within a cell is written twice"}));
      if (!more(text, std::max(read_bytes, text.size() - begin))) return text.size();
    }
  }

  void warn(std::vector<Diagnostic>& diagnostics, std::uint64_t at, Text message, Text help) {
    diagnostics.push_back(
        text::diagnose_file(Code::table_reading, name, std::move(message), std::move(help)));
    diagnostics.back().line = at;
  }

  // The line that begins at `begin`, without its end.
  std::string_view line_at(std::size_t begin) {
    std::size_t end = rest.view().find_first_of("\r\n", begin);
    while (end == npos && rest.size() - begin < header_limit && more(rest, read_bytes))
      end = rest.view().find_first_of("\r\n", begin);
    if (end != npos && rest.view()[end] == '\r') {
      if (end + 1 == rest.size()) more(rest, read_bytes);
      line_end = end + 1 < rest.size() && rest.view()[end + 1] == '\n' ? '\n' : '\r';
    }
    return rest.view().substr(begin, end == npos ? npos : end - begin);
  }

  // Names and records stand below what people put above them: comments, "sep=;", a title over the
  // whole table. What is passed over that is no comment is a warning.
  void read_header(std::vector<Diagnostic>& diagnostics) {
    std::size_t begin = 0;
    char told = '\0';
    std::string comment;  // the line just above
    while (begin < rest.size() || more(rest, read_bytes)) {
      const std::string first(line_at(begin));
      const std::uint64_t first_line = line;
      const auto pass = [&] {
        const std::size_t after = rest.view().find(line_end, begin);
        begin = after == npos ? rest.size() : after + 1;
        ++line;
      };
      if (first.empty() || first.front() == '#') {
        comment = first;
        pass();
        continue;
      }
      if (const char sign = told_separator(first); sign != '\0' && told == '\0') {
        told = sign;
        pass();
        continue;
      }
      separator = told != '\0' ? told : separator_of(first);
      const std::size_t stop = record_end(rest, begin);
      const std::vector<std::string> cells =
          split_record(rest.view().substr(begin, stop - begin), separator);
      if (const std::size_t begins = comment.find_first_not_of("# \t"); begins != npos) {
        const std::vector<std::string> names =
            split_record(std::string_view(comment).substr(begins), separator);
        if (heads(names, cells)) {
          header = names;
          warn(diagnostics, line - 1,
               {"以 # 开头的一行是表头，已按表头读",
                "the line that begins with # is the heading and is read as it"},
               {"删去行首的 #", "remove the # before it"});
          break;
        }
      }
      line +=
          static_cast<std::uint64_t>(std::count(rest.data() + begin, rest.data() + stop, line_end));
      begin = stop;
      if (filled(cells) <= 1 && is_title(begin, told)) {
        const auto title = std::find_if(cells.begin(), cells.end(),
                                        [](const std::string& cell) { return !cell.empty(); });
        if (title != cells.end())
          warn(diagnostics, first_line,
               {"'" + *title + "' 是表头上方的标题行，已跳过",
                "'" + *title + "' is a title above the heading and is passed over"},
               {"标题行前加 #，或删去", "put a # before titles, or remove them"});
        comment.clear();
        continue;
      }
      header = cells;
      break;
    }
    offset = begin;
    const std::string behind(rest.view().substr(begin));
    rest = behind;
    const auto refused = header.size() == 1 ? refusal_of(header[0]) : std::nullopt;
    if (refused) {
      header.clear();
      diagnostics.push_back(
          text::diagnose_file(Code::file_unreadable, name, *refused,
                              {"JSON Lines 每行一个对象：{\"project\": \"A\", \"actual\": 5}",
                               "JSON Lines has an object on each line: {\"project\": \"A\", "
                               "\"actual\": 5}"}));
    } else if (header.empty()) {
      diagnostics.push_back(text::diagnose_file(
          Code::file_unreadable, name, {"表中没有表头", "the table has no header"},
          {"第一行写列名，例如 project,indicator,target,actual",
           "name the columns in the first line, e.g. project,indicator,target,actual"}));
    } else {
      check_size(diagnostics);
    }
  }

  // Names are compared with each other and with those that are known: there are only so many of
  // them, and each is text of some length.
  void check_size(std::vector<Diagnostic>& diagnostics) const {
    constexpr std::size_t most_columns = 16'384, longest_column = 4096;
    const auto refuse = [&](Text message, Text help) {
      diagnostics.push_back(
          text::diagnose_file(Code::file_too_large, name, std::move(message), std::move(help)));
    };
    if (header.size() > most_columns) {
      const std::string columns = std::to_string(header.size());
      return refuse({"表头有 " + columns + " 列，至多 16384 列",
                     "the header has " + columns + " columns, at most 16,384"},
                    {"去掉不用的列，或改为一行一个指标的长表",
                     "leave out columns that are not needed, or make it a long table with a row an "
                     "indicator"});
    }
    for (std::size_t c = 0; c < header.size(); ++c) {
      if (header[c].size() <= longest_column) continue;
      const std::string bytes = std::to_string(header[c].size());
      const std::string column = std::to_string(c + 1);
      return refuse({"第 " + column + " 列的列名有 " + bytes + " 字节，至多 4096",
                     "the name of column " + column + " has " + bytes + " bytes, at most 4,096"},
                    {"写短一些；若是引号没有闭合，补上引号",
                     "make it shorter; if a quotation mark is not closed, close it"});
    }
  }

  // Whether the record above `begin`, which has one cell, stands over a heading of several.
  bool is_title(std::size_t begin, char told) {
    constexpr int most_titles = 8;
    const char own = separator;
    bool found = false;
    for (int looked = 0; looked < most_titles && (begin < rest.size() || more(rest, read_bytes));
         ++looked) {
      const std::string below(line_at(begin));
      separator = told != '\0' ? told : separator_of(below);
      const std::size_t stop = record_end(rest, begin);
      const std::vector<std::string> cells =
          split_record(rest.view().substr(begin, stop - begin), separator);
      begin = stop;
      if (filled(cells) < 2 || below.front() == '#') continue;
      found = std::none_of(cells.begin(), cells.end(), is_number);
      break;
    }
    separator = own;
    return found;
  }

  // Moves `end` on while the key stays what it is in the record that begins there.
  std::size_t end_of_key(TextBuffer& text, std::size_t end) {
    std::optional<std::string> kept;
    while (true) {
      if (end == text.size() && !more(text, read_bytes)) return end;
      const std::size_t next = record_end(text, end);
      const std::string_view candidate = text.view().substr(end, next - end);
      if (!is_blank(candidate)) {
        std::string cell = cell_of(candidate, *key, separator);
        if (kept && cell != *kept) return end;
        kept = std::move(cell);
      }
      end = next;
    }
  }
};

Cutter::Cutter(ByteSource& source, std::string name, std::vector<Diagnostic>& diagnostics)
    : state_(std::make_unique<State>()) {
  state_->source = &source;
  state_->name = std::move(name);
  state_->read_header(diagnostics);
}

Cutter::Cutter(ByteSource& source, std::string name, std::vector<std::string> header,
               char separator, std::uint64_t first_line)
    : state_(std::make_unique<State>()) {
  state_->source = &source;
  state_->name = std::move(name);
  state_->header = std::move(header);
  state_->separator = separator;
  state_->line = first_line;
}

Cutter::~Cutter() = default;

const std::string& Cutter::name() const { return state_->name; }
const std::vector<std::string>& Cutter::header() const { return state_->header; }
char Cutter::separator() const { return state_->separator; }
Extent Cutter::extent() const { return state_->source->extent(); }
void Cutter::keep_together(std::size_t column) { state_->key = column; }

bool Cutter::next(Piece& piece, std::size_t bytes) {
  State& state = *state_;
  bytes = std::max<std::size_t>(bytes, 1);
  piece.text.swap(state.rest);
  while (piece.text.size() < bytes &&
         state.more(piece.text, bytes - piece.text.size() + beyond_bytes)) {
  }
  if (piece.text.empty()) return false;
  std::size_t end = 0;
  const std::string_view text = piece.text;
  if (text.size() > bytes && std::memchr(text.data(), '"', bytes) == nullptr) {
    // Without a quote before it, the first line end from there on ends a record.
    const std::size_t stop = text.find(state.line_end, bytes - 1);
    const std::size_t quote = text.find('"', bytes - 1);
    if (stop != npos && quote > stop) {
      end = stop + 1;
    } else {
      const std::size_t start = text.rfind(state.line_end, bytes - 1);
      end = state.record_end(piece.text, start == npos ? 0 : start + 1);
    }
  } else {
    while (end < bytes && end < piece.text.size()) end = state.record_end(piece.text, end);
  }
  if (state.key) end = state.end_of_key(piece.text, end);
  state.rest = piece.text.view().substr(end);
  piece.text.cut(end);
  piece.index = state.index++;
  piece.first_record = state.record;
  piece.first_line = state.line;
  piece.offset = state.offset;
  const LineCount count = count_lines(piece.text, state.line_end);
  state.line += count.line_ends;
  state.record += count.quoted ? count_records(piece.text, state.separator, state.line_end)
                               : count.records;
  state.offset += end;
  return true;
}

}  // namespace jixiao::table
