#include "project/cited_document.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "text/source.hpp"

namespace jixiao::project {
namespace {

struct Brackets {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<Brackets, 6> year_brackets{
    {{"〔", "〕"}, {"[", "]"}, {"［", "］"}, {"（", "）"}, {"(", ")"}, {"【", "】"}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Full-width digits 0-9 and spaces are three bytes each; the rest of the text stays as written.
std::string plain_digits(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const std::size_t bytes = std::max<std::size_t>(1, text::prefix_bytes(utf8.substr(i), 1));
    const std::string_view character = utf8.substr(i, bytes);
    i += bytes;
    if (character == "　" || character == " " || character == "\t" || character == "\n") continue;
    constexpr std::string_view zero = "０";
    if (character.size() == 3 && character.substr(0, 2) == zero.substr(0, 2) &&
        character[2] >= zero[2] && character[2] <= zero[2] + 9) {
      out += static_cast<char>('0' + (character[2] - zero[2]));
    } else {
      out += character;
    }
  }
  return out;
}

// The Chinese characters (and letters) right before byte `end`.
std::string series_before(std::string_view utf8, std::size_t end) {
  std::size_t start = end;
  while (start > 0) {
    std::size_t at = start - 1;
    while (at > 0 && (static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80U) --at;
    const std::string_view character = utf8.substr(at, start - at);
    // CJK ideographs are U+4E00..U+9FFF, E4 B8 80 .. E9 BF BF in UTF-8.
    const auto lead = static_cast<unsigned char>(character.front());
    if (character.size() != 3 || lead < 0xE4U || lead > 0xE9U) break;
    start = at;
  }
  return std::string(utf8.substr(start, end - start));
}

bool read_number_at(std::string_view utf8, std::size_t open_at, const Brackets& brackets,
                    CitedDocument& out) {
  std::size_t at = open_at + brackets.open.size();
  const std::size_t year_end = at + 4;
  if (year_end > utf8.size() ||
      !std::all_of(utf8.begin() + static_cast<std::ptrdiff_t>(at),
                   utf8.begin() + static_cast<std::ptrdiff_t>(year_end), is_digit))
    return false;
  // Closed by whatever closing bracket: 〔2010] is a slip of the typist, not another document.
  const auto closing =
      std::find_if(year_brackets.begin(), year_brackets.end(),
                   [&](const Brackets& b) { return utf8.substr(year_end).starts_with(b.close); });
  if (closing == year_brackets.end()) return false;
  const std::string year(utf8.substr(at, 4));
  at = year_end + closing->close.size();
  if (utf8.substr(at).starts_with("第")) at += std::string_view("第").size();
  std::size_t end = at;
  while (end < utf8.size() && is_digit(utf8[end])) ++end;
  if (end == at || !utf8.substr(end).starts_with("号")) return false;
  const std::string series = series_before(utf8, open_at);
  if (series.empty()) return false;
  std::string number(utf8.substr(at, end - at));
  number.erase(0, std::min(number.find_first_not_of('0'), number.size() - 1));
  out.series = series;
  out.year = year;
  out.number = std::move(number);
  out.opening = brackets.open;
  return true;
}

std::string title_of(std::string_view utf8, bool numbered) {
  constexpr std::string_view open = "《";
  constexpr std::string_view close = "》";
  const std::size_t start = utf8.find(open);
  const std::size_t end = utf8.rfind(close);
  if (start != std::string_view::npos && end != std::string_view::npos && end > start)
    return std::string(utf8.substr(start + open.size(), end - start - open.size()));
  return numbered ? std::string{} : std::string(utf8);
}

// Whether one digit added, dropped, changed, or two neighbours swapped turns one into the other.
bool one_digit_apart(std::string_view a, std::string_view b) {
  if (a == b) return false;
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() - b.size() > 1) return false;
  const auto in_a = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  const auto same = static_cast<std::size_t>(in_a - a.begin());
  const std::string_view rest_a = a.substr(same), rest_b = b.substr(same);
  if (a.size() > b.size()) return rest_a.substr(1) == rest_b;
  if (rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
         rest_a.substr(2) == rest_b.substr(2);
}

}  // namespace

CitedDocument read_cited_document(std::string_view text) {
  CitedDocument out;
  out.text = text;
  const std::string plain = plain_digits(text);
  for (std::size_t at = 0; at < plain.size() && !out.numbered(); ++at) {
    for (const Brackets& brackets : year_brackets) {
      if (std::string_view(plain).substr(at).starts_with(brackets.open) &&
          read_number_at(plain, at, brackets, out))
        break;
    }
  }
  out.title = title_of(plain, out.numbered());
  return out;
}

bool same_document(const CitedDocument& a, const CitedDocument& b) {
  if (a.numbered() && b.numbered())
    return a.series == b.series && a.year == b.year && a.number == b.number;
  return !a.title.empty() && a.title == b.title;
}

bool probable_slip(const CitedDocument& a, const CitedDocument& b) {
  return a.numbered() && b.numbered() && a.series == b.series && a.year == b.year &&
         one_digit_apart(a.number, b.number);
}

}  // namespace jixiao::project
