#include "value/total_name.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace jixiao::value {
namespace {

constexpr std::array<std::string_view, 10> endings = {"合计",   "总计", "小计", "共计",   "累计",
                                                      "合计数", "总和", "平均", "平均值", "平均数"};
constexpr std::array<std::string_view, 14> words = {
    "汇总",        "均值",         "total", "totals", "subtotal", "sub-total", "sub total",
    "grand total", "grand totals", "sum",   "sums",   "average",  "averages",  "mean"};

// The end of a name in round brackets, of either width, taken off.
std::string_view without_brackets(std::string_view name) {
  for (const auto& [open, close] :
       {std::pair<std::string_view, std::string_view>{"(", ")"}, {"（", "）"}}) {
    if (!name.ends_with(close)) continue;
    const std::size_t begin = name.rfind(open);
    if (begin != std::string_view::npos && begin > 0) return name.substr(0, begin);
  }
  return name;
}

}  // namespace

bool says_total(std::string_view name) {
  constexpr std::size_t longest = 48;
  // Few names end as one of these does.
  constexpr std::string_view last_bytes = "lLsSeEmMnN:) \xa1\x87\xbc\x9a\xb0\xbb\x8c\x89";
  if (name.empty() || name.size() > longest || last_bytes.find(name.back()) == std::string::npos)
    return false;
  std::string plain;
  for (const char c : without_brackets(name)) {
    if (c == ' ' && static_cast<unsigned char>(name[0]) >= 0x80) continue;  // 合 计
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (plain.ends_with(':') || plain.ends_with(' ')) plain.pop_back();
  if (plain.ends_with("：")) plain.resize(plain.size() - std::string_view("：").size());
  if (std::find(words.begin(), words.end(), plain) != words.end()) return true;
  // 全县合计: a sum of something short. A longer name is that of a project.
  constexpr std::size_t most_before = 12;
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
    if (!plain.ends_with(ending)) return false;
    const bool mean = ending.starts_with("平均");
    return plain.size() - ending.size() <= (mean ? 0 : most_before);
  });
}

}  // namespace jixiao::value
