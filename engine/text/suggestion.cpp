#include "text/suggestion.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "jixiao/suggestion.hpp"
#include "text/source.hpp"

namespace jixiao::text {
namespace {

std::vector<std::string_view> characters(std::string_view utf8) {
  std::vector<std::string_view> out;
  while (!utf8.empty()) {
    const std::size_t bytes = prefix_bytes(utf8, 1);
    out.push_back(utf8.substr(0, bytes));
    utf8.remove_prefix(bytes);
  }
  return out;
}

// Characters put in, left out, changed, or two beside each other exchanged.
std::size_t edit_distance(std::string_view a_text, std::string_view b_text) {
  const auto a = characters(a_text);
  const auto b = characters(b_text);
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, changed});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

// Candidates that are the word behind a dot, or in formulas behind a '_': "results.trained" of
// "trained". Too many of them say nothing.
std::vector<std::string> last_parts(std::string_view word,
                                    std::span<const std::string> candidates) {
  constexpr std::size_t most = 4;
  std::vector<std::string> out;
  for (const std::string& candidate : candidates) {
    const std::size_t first = candidate.find_first_of("._");
    if (first != std::string::npos && std::string_view(candidate).substr(first + 1) == word)
      out.push_back(candidate);
  }
  if (out.size() > most) out.clear();
  return out;
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  constexpr std::size_t longest_word = 64;  // nobody means an id by a page of text
  if (word.size() > longest_word) return {};
  constexpr std::size_t most_candidates = 2000;
  if (candidates.size() > most_candidates) return {};
  const std::size_t allowed = std::max<std::size_t>(1, character_count(word) / 3);
  std::size_t best = allowed + 1;
  std::string found;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > longest_word || candidate == word) continue;
    const std::size_t longer = std::max(candidate.size(), word.size());
    constexpr std::size_t widest = 4;  // bytes of a character
    if (longer - std::min(candidate.size(), word.size()) > allowed * widest) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) best = distance, found = candidate;
  }
  return found;
}

Text suggestion(std::string_view word, std::span<const std::string> candidates) {
  if (const std::string near = nearest(word, candidates); !near.empty()) {
    return {"是否想写 '" + near + "'？", "did you mean '" + near + "'?"};
  }
  if (candidates.empty()) return {};
  if (const auto whole = last_parts(word, candidates); !whole.empty()) {
    const auto listed = [&](const char* other) {
      std::string out;
      for (const std::string& one : whole) out += (out.empty() ? "'" : other) + one + "'";
      return out;
    };
    return {"是否想写 " + listed(" 或 '") + "？", "did you mean " + listed(" or '") + "?"};
  }
  constexpr std::size_t most = 32;
  std::string list;
  for (std::size_t i = 0; i < std::min(most, candidates.size()); ++i)
    list += (i == 0 ? "" : ", ") + candidates[i];
  if (candidates.size() > most) list += ", …";
  return {"可用：" + list, "known: " + list};
}

}  // namespace jixiao::text

namespace jixiao {

std::string nearest_word(std::string_view word, std::span<const std::string> candidates) {
  return text::nearest(word, candidates);
}

}  // namespace jixiao
