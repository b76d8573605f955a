#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "document/readers.hpp"

namespace jixiao::forms {
namespace {

constexpr std::size_t most_html_tables = 2000;
constexpr std::size_t most_nested = 64;

std::string html_lower(std::string_view word) {
  std::string out(word);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> entities{{
    {"amp", "&"},
    {"lt", "<"},
    {"gt", ">"},
    {"quot", "\""},
    {"apos", "'"},
    {"nbsp", " "},
    {"ensp", " "},
    {"emsp", " "},
    {"ge", "≥"},
    {"le", "≤"},
    {"ne", "≠"},
    {"times", "×"},
    {"permil", "‰"},
    {"mdash", "—"},
    {"ndash", "–"},
    {"middot", "·"},
    {"yen", "¥"},
}};

// Behind the '&' at `at`: adds what it stands for and moves behind it; a lone & stays.
void append_entity(std::string_view text, std::size_t& at, std::string& out) {
  const std::size_t end = text.find(';', at);
  if (end == std::string_view::npos || end - at > 12) {
    out += text[at++];
    return;
  }
  std::string_view name = text.substr(at + 1, end - at - 1);
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    name.remove_prefix(hex ? 2 : 1);
    unsigned point = 0;
    const auto [stop, error] =
        std::from_chars(name.data(), name.data() + name.size(), point, hex ? 16 : 10);
    if (error == std::errc() && stop == name.data() + name.size() && point >= ' ')
      append_code_point(out, point);
    at = end + 1;
    return;
  }
  const auto found = std::find_if(entities.begin(), entities.end(),
                                  [&](const auto& each) { return each.first == name; });
  if (found == entities.end()) {
    out += text[at++];
    return;
  }
  out += found->second;
  at = end + 1;
}

struct Tag {
  std::string name;  // in lower case
  bool closing = false;
  std::vector<std::pair<std::string, std::string>> attributes;
  [[nodiscard]] std::string_view value(std::string_view attribute) const {
    for (const auto& each : attributes) {
      if (each.first == attribute) return each.second;
    }
    return {};
  }
  [[nodiscard]] bool has(std::string_view attribute) const {
    return std::any_of(attributes.begin(), attributes.end(),
                       [&](const auto& each) { return each.first == attribute; });
  }
};

bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

// The tag that begins at `at`, a '<'; moves behind its '>'. Quotes may hold a '>'.
Tag read_tag(std::string_view text, std::size_t& at) {
  Tag out;
  ++at;
  if (at < text.size() && text[at] == '/') out.closing = true, ++at;
  const std::size_t name = at;
  while (at < text.size() && !is_blank(text[at]) && text[at] != '>' && text[at] != '/') ++at;
  out.name = html_lower(text.substr(name, at - name));
  if (const std::size_t colon = out.name.find(':');
      colon != std::string::npos && out.name.starts_with("x:"))
    out.name.erase(0, colon + 1);
  while (at < text.size() && text[at] != '>') {
    if (is_blank(text[at]) || text[at] == '/') {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && !is_blank(text[at]) && text[at] != '=' && text[at] != '>') ++at;
    std::string attribute = html_lower(text.substr(begin, at - begin));
    if (at == begin) ++at;
    std::string value;
    if (at < text.size() && text[at] == '=') {
      ++at;
      const char quote = at < text.size() && (text[at] == '"' || text[at] == '\'') ? text[at]
                                                                                   : '\0';
      if (quote != '\0') {
        const std::size_t end = std::min(text.find(quote, at + 1), text.size());
        value = text.substr(at + 1, end - at - 1);
        at = std::min(end + 1, text.size());
      } else {
        const std::size_t start = at;
        while (at < text.size() && !is_blank(text[at]) && text[at] != '>') ++at;
        value = text.substr(start, at - start);
      }
    }
    if (out.attributes.size() < 64)
      out.attributes.emplace_back(std::move(attribute), std::move(value));
  }
  if (at < text.size()) ++at;
  return out;
}

std::size_t span_of(const Tag& tag, std::string_view attribute) {
  const std::string_view digits = tag.value(attribute);
  std::size_t out = 1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return error == std::errc() && end != digits.data()
             ? std::clamp<std::size_t>(out, 1, Table::most_columns)
             : 1;
}

bool is_hidden(const Tag& tag) {
  std::string style = html_lower(tag.value("style"));
  std::erase_if(style, is_blank);
  return tag.has("hidden") || style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

bool is_struck(const Tag& tag) {
  return tag.name == "s" || tag.name == "strike" || tag.name == "del" ||
         html_lower(tag.value("style")).find("line-through") != std::string::npos;
}

bool has_no_end(std::string_view name) {
  constexpr std::array<std::string_view, 8> names{"br",   "img",  "hr",    "col",
                                                  "meta", "link", "input", "wbr"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

// One table being read: its squares that cells from above reach down to.
struct OpenTable {
  std::size_t index = 0;
  std::vector<DocumentCell> cells;
  std::vector<std::size_t> taken_until;  // by column: the last row a cell above covers
  std::size_t row = 0, column = 0;
  bool in_cell = false;
  std::size_t style_depth = 0;  // of what is open in this cell
};

class Page {
 public:
  Page(std::string_view text, Document& document) : text_(text), document_(document) {}

  void read() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::string_view rest = text_.substr(at);
      if (rest.starts_with("<!--")) {
        // Conditional comments of Office hold what only it shows.
        const std::size_t end = text_.find("-->", at + 4);
        at = end == std::string_view::npos ? text_.size() : end + 3;
      } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
        const std::size_t end = text_.find('>', at);
        at = end == std::string_view::npos ? text_.size() : end + 1;
      } else if (rest.size() > 1 && rest[0] == '<' &&
                 (rest[1] == '/' || (rest[1] >= 'A' && rest[1] <= 'z'))) {
        const std::size_t begin = at;
        const Tag tag = read_tag(text_, at);
        line_ += static_cast<std::size_t>(
            std::count(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                       text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
        if (tag.name == "script" || tag.name == "style" || tag.name == "title") {
          if (!tag.closing) skip_to_end(tag.name, at);
        } else {
          take(tag);
        }
      } else if (rest[0] == '&') {
        std::string words;
        append_entity(text_, at, words);
        add(words);
      } else {
        const char c = rest[0];
        if (c == '\n') ++line_;
        // White space of the source is one blank.
        if (is_blank(c))
          add_blank();
        else
          add(std::string_view(&text_[at], 1));
        ++at;
      }
    }
    while (!open_.empty()) close_table();
    end_paragraph();
  }

 private:
  void skip_to_end(const std::string& name, std::size_t& at) {
    while (at < text_.size()) {
      const std::size_t end = text_.find("</", at);
      if (end == std::string_view::npos) {
        at = text_.size();
        return;
      }
      at = end;
      if (html_lower(text_.substr(end + 2, name.size())) == name) return;
      at = end + 2;
    }
  }

  std::string& words() {
    return open_.empty() || !open_.back().in_cell ? paragraph_ : cell_words_.back();
  }

  void add(std::string_view text) {
    if (unseen_depth_ > 0) {
      unseen_ += text;
      return;
    }
    words() += text;
  }

  void add_blank() {
    std::string& to = unseen_depth_ > 0 ? unseen_ : words();
    if (!to.empty() && to.back() != ' ' && to.back() != '\n') to += ' ';
  }

  void take(const Tag& tag) {
    const std::string& name = tag.name;
    if (name == "br") return add("\n");
    if (name == "table") return tag.closing ? close_table() : open_table();
    if (name == "tr" && !open_.empty()) {
      close_cell();
      if (!tag.closing) {
        ++open_.back().row;
        open_.back().column = 0;
        row_hidden_ = is_hidden(tag);
      }
      return;
    }
    if ((name == "td" || name == "th") && !open_.empty()) {
      close_cell();
      if (!tag.closing) open_cell(tag);
      return;
    }
    if (!tag.closing && !has_no_end(name)) {
      const bool raised = name == "sup";
      if (unseen_depth_ > 0 || is_hidden(tag) || is_struck(tag) || raised) {
        if (unseen_depth_ == 0)
          why_ = raised           ? Unseen::Why::note_mark
                 : is_hidden(tag) ? Unseen::Why::hidden_text
                                  : Unseen::Why::struck;
        ++unseen_depth_;
        unseen_names_.push_back(name);
      }
    } else if (tag.closing && unseen_depth_ > 0) {
      // Up to the element of that name: what stands in it unclosed ends with it.
      const auto found = std::find(unseen_names_.rbegin(), unseen_names_.rend(), name);
      if (found != unseen_names_.rend()) {
        unseen_names_.erase(std::prev(found.base()), unseen_names_.end());
        unseen_depth_ = unseen_names_.size();
        if (unseen_depth_ == 0) end_unseen();
      }
    }
    const bool heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
    if (name == "p" || name == "div" || name == "li" || heading) {
      if (open_.empty() || !open_.back().in_cell)
        end_paragraph();
      else if (!words().empty() && words().back() != '\n')
        add("\n");
    }
  }

  [[nodiscard]] FormPlace here() const {
    if (open_.empty()) return {0, document_.paragraphs.size() + 1, 0, {}, line_};
    const OpenTable& table = open_.back();
    return {table.index + 1, table.row, table.column, {}, 0};
  }

  void end_unseen() {
    std::string words_only = trimmed(unseen_);
    unseen_.clear();
    unseen_depth_ = 0;
    unseen_names_.clear();
    if (why_ == Unseen::Why::note_mark) {
      std::string mark;
      append_raised(words_only, words(), mark);
      words_only = mark;
    }
    if (!words_only.empty()) document_.unseen.push_back({here(), words_only, why_});
  }

  void end_paragraph() {
    const std::string words = trimmed(paragraph_);
    paragraph_.clear();
    if (words.empty() || document_.paragraphs.size() >= Document::most_paragraphs) return;
    document_.paragraphs.push_back(
        {words, document_.paragraphs.size() + 1, document_.tables.size(), line_});
  }

  void open_table() {
    if (open_.size() >= most_nested || document_.tables.size() >= most_html_tables) return;
    if (open_.empty()) end_paragraph();
    OpenTable table;
    table.index = document_.tables.size();
    document_.tables.emplace_back(table.index + 1, std::string());
    open_.push_back(std::move(table));
    cell_words_.emplace_back();
  }

  void close_table() {
    if (open_.empty()) return;
    close_cell();
    OpenTable& table = open_.back();
    Table& out = document_.tables[table.index];
    for (DocumentCell& cell : table.cells) out.put(std::move(cell));
    out.settle(document_.squares_left);
    open_.pop_back();
    cell_words_.pop_back();
  }

  void open_cell(const Tag& tag) {
    OpenTable& table = open_.back();
    if (table.row == 0) table.row = 1;
    do {
      ++table.column;
    } while (table.column <= table.taken_until.size() &&
             table.taken_until[table.column - 1] >= table.row);
    DocumentCell cell;
    cell.row = table.row, cell.column = table.column;
    cell.rows = span_of(tag, "rowspan"), cell.columns = span_of(tag, "colspan");
    const std::size_t last = cell.column + cell.columns - 1;
    if (table.taken_until.size() < std::min(last, Table::most_columns))
      table.taken_until.resize(std::min(last, Table::most_columns), 0);
    for (std::size_t column = cell.column; column <= last && column <= table.taken_until.size();
         ++column)
      table.taken_until[column - 1] = cell.row + cell.rows - 1;
    table.column = last;
    cell_hidden_ = is_hidden(tag);
    table.cells.push_back(std::move(cell));
    table.in_cell = true;
    cell_words_.back().clear();
    if (is_struck(tag)) {
      why_ = Unseen::Why::struck;
      unseen_depth_ = 1;
      unseen_names_.push_back(tag.name);
    }
  }

  void close_cell() {
    OpenTable& table = open_.back();
    if (!table.in_cell) return;
    if (unseen_depth_ > 0) end_unseen();
    table.in_cell = false;
    DocumentCell& cell = table.cells.back();
    cell.text = trimmed(cell_words_.back());
    cell_words_.back().clear();
    if ((cell_hidden_ || row_hidden_) && !cell.text.empty()) {
      document_.unseen.push_back(
          {{table.index + 1, cell.row, cell.column},
           cell.text,
           row_hidden_ ? Unseen::Why::hidden_row : Unseen::Why::hidden_text});
      cell.text.clear();
    }
  }

  std::string_view text_;
  Document& document_;
  std::vector<OpenTable> open_;
  std::vector<std::string> cell_words_;  // one per table
  std::string paragraph_, unseen_;
  std::vector<std::string> unseen_names_;
  std::size_t unseen_depth_ = 0, line_ = 1;
  Unseen::Why why_ = Unseen::Why::struck;
  bool row_hidden_ = false, cell_hidden_ = false;
};

}  // namespace

void append_code_point(std::string& out, char32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0U | (point >> 6U));
    out += static_cast<char>(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    if (point >= 0xD800 && point < 0xE000) return;
    out += static_cast<char>(0xE0U | (point >> 12U));
    out += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (point & 0x3FU));
  } else if (point <= 0x10FFFF) {
    out += static_cast<char>(0xF0U | (point >> 18U));
    out += static_cast<char>(0x80U | ((point >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (point & 0x3FU));
  }
}

bool is_html(std::string_view bytes) {
  std::string head = html_lower(bytes.substr(0, 4096));
  std::size_t at = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < head.size() && is_blank(head[at])) ++at;
  const std::string_view rest = std::string_view(head).substr(at);
  if (rest.starts_with("<!doctype html") || rest.starts_with("<html") ||
      rest.starts_with("<table") || rest.starts_with("<meta") || rest.starts_with("<head") ||
      rest.starts_with("<body") || rest.starts_with("<div"))
    return true;
  return (rest.starts_with("<?xml") || rest.starts_with("<!--")) &&
         rest.find("<html") != std::string_view::npos;
}

void read_html(std::string_view text, Document& document) { Page(text, document).read(); }

}  // namespace jixiao::forms
