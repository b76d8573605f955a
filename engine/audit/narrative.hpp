// Sums of money, and arithmetic, in what a form tells in words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace jixiao::audit {

struct TextAmount {
  double yuan = 0;
  std::string words;         // as written, with its unit
  bool total = false;        // 共, 合计 stand before it
  bool per_unit = false;     // 每人, 人均, 标准, or 元/人: no part of a sum
  std::size_t sentence = 0;  // amounts of one sentence belong together
};
std::vector<TextAmount> amounts_in(const std::string& text);

// 200人×3天×300元=180000元, as written.
struct TextProduct {
  std::string words;
  double product = 0;
  double printed = 0;
};
std::vector<TextProduct> products_in(const std::string& text);

}  // namespace jixiao::audit
