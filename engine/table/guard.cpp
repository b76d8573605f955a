#include "table/guard.hpp"

#include <algorithm>
#include <array>

#include "table/cells.hpp"

namespace jixiao::table {
namespace {

constexpr std::string_view narrow_signs = "=+-@\t\r";
constexpr std::array<std::string_view, 4> wide_signs{"＝", "＋", "－", "＠"};

std::string_view without_apostrophes(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of('\''), text.size()));
}

bool begins_with_sign(std::string_view text) {
  if (text.empty()) return false;
  return narrow_signs.find(text.front()) != std::string_view::npos ||
         std::any_of(wide_signs.begin(), wide_signs.end(),
                     [&](std::string_view sign) { return text.starts_with(sign); });
}

// What a spreadsheet reads as a number and computes nothing of: -3.5, +86, -1,234.5, -5%.
bool is_signed_number(std::string_view text) {
  double number = 0;
  if (read_plain(text, number)) return true;
  if (text.size() < 2 || (text.front() != '-' && text.front() != '+')) return false;
  if (text.ends_with('%')) text.remove_suffix(1);
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (text[i] == ',' && i > 1 && i + 1 < text.size()) continue;
    if (!is_digit && i > 0 && text[i] != '.') return false;
    digits += text[i];
  }
  return read_plain(digits, number);
}

// "@bonus", but not "@SUM(A1)".
bool is_at_word(std::string_view text) {
  return text.size() > 1 && text.front() == '@' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) {
           return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                  (c >= 'A' && c <= 'Z');
         });
}

class Guard final : public ByteSink {
 public:
  explicit Guard(std::unique_ptr<ByteSink> out) : out_(std::move(out)) {}

  void write(std::string_view bytes) override {
    line_.clear();
    for (std::size_t at = 0; at < bytes.size();) at = take(bytes, at);
    out_->write(line_);
  }
  void finish() override {
    line_.clear();
    end_cell();
    out_->write(line_);
    out_->finish();
  }

 private:
  enum class Where { start, passing, held };

  static bool may_be_formula(char c) {
    return narrow_signs.find(c) != std::string_view::npos || c == '\'' || c == '"' || c == '\xEF';
  }

  // Whether the cell goes on within quotes after `c`.
  bool is_quoted(char c) {
    if (c == '"') in_quotes_ = !in_quotes_;
    return in_quotes_;
  }

  std::size_t take(std::string_view bytes, std::size_t at) {
    const char c = bytes[at];
    if (where_ == Where::start) {
      if (c == ',' || c == '\n') return end(c, at);
      where_ = may_be_formula(c) ? Where::held : Where::passing;
    }
    if (where_ == Where::held) {
      if (!in_quotes_ && (c == ',' || c == '\n')) {
        end_cell();
        return end(c, at);
      }
      is_quoted(c);
      cell_ += c;
      return at + 1;
    }
    // A cell that is no formula and has no quotes: it goes on to its end at once.
    std::size_t to = at;
    while (to < bytes.size() && bytes[to] != ',' && bytes[to] != '\n') ++to;
    line_ += bytes.substr(at, to - at);
    return to == bytes.size() ? to : end(bytes[to], to);
  }

  std::size_t end(char c, std::size_t at) {
    line_ += c;
    where_ = Where::start;
    if (c == '\n') is_header_ = false;
    return at + 1;
  }

  void end_cell() {
    const bool is_quoted = cell_.starts_with('"');
    std::string_view text = cell_;
    if (is_quoted) text = text.substr(1, text.size() - std::min<std::size_t>(text.size(), 2));
    if (is_formula(text) && !(is_header_ && is_at_word(text)))
      cell_.insert(is_quoted ? 1 : 0, 1, '\'');
    line_ += cell_;
    cell_.clear();
    where_ = Where::start;
    in_quotes_ = false;
  }

  std::unique_ptr<ByteSink> out_;
  std::string line_;
  std::string cell_;  // the beginning of one that may be a formula
  Where where_ = Where::start;
  bool in_quotes_ = false;
  bool is_header_ = true;
};

}  // namespace

bool is_formula(std::string_view text) {
  text = without_apostrophes(text);
  const bool is_dash = text == "-";  // what tables have where there is nothing
  return begins_with_sign(text) && !is_dash && !is_signed_number(text);
}

std::string guarded(std::string_view text) {
  return is_formula(text) ? "'" + std::string(text) : std::string(text);
}

std::string_view unguarded(std::string_view text) {
  return text.starts_with('\'') && is_formula(text) ? text.substr(1) : text;
}

bool is_guarded_kind(const std::string& name) {
  std::string_view plain = name;
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (plain.ends_with(packed)) plain.remove_suffix(packed.size());
  }
  constexpr std::array<std::string_view, 4> others{".jsonl", ".ndjson", ".parquet", ".pq"};
  return !plain.starts_with("db:") &&
         std::none_of(others.begin(), others.end(),
                      [&](std::string_view ending) { return plain.ends_with(ending); });
}

bool is_code(std::string_view plain_number) {
  if (plain_number.front() == '+') return true;
  if (plain_number.front() == '-') plain_number.remove_prefix(1);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (plain_number.size() > 1 && plain_number[0] == '0' && is_digit(plain_number[1])) return true;
  constexpr std::size_t sure_digits = 15;
  return plain_number.size() > sure_digits &&
         std::all_of(plain_number.begin(), plain_number.end(), is_digit);
}

std::unique_ptr<ByteSink> guard(std::unique_ptr<ByteSink> out) {
  return std::make_unique<Guard>(std::move(out));
}

}  // namespace jixiao::table
