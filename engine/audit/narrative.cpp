#include "audit/narrative.hpp"

#include <string_view>

#include "forms/headings.hpp"
#include "value/field.hpp"

namespace jixiao::audit {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::size_t longest_text = 20000;  // bytes; goals are paragraphs

// The digits at `at`, with separators and a point; moves behind them.
std::optional<double> take_number(std::string_view text, std::size_t& at) {
  std::size_t end = at;
  while (end < text.size() &&
         (is_digit(text[end]) || ((text[end] == ',' || text[end] == '.') && end + 1 < text.size() &&
                                  is_digit(text[end + 1]))))
    ++end;
  if (end == at) return std::nullopt;
  const auto out = value::read_number(text.substr(at, end - at));
  at = end;
  return out;
}

struct MoneyUnit {
  std::string_view word;
  double factor;
};
constexpr MoneyUnit money_units[] = {{"亿元", 1e8}, {"万元", 1e4}, {"千元", 1e3}, {"元", 1}};

const MoneyUnit* unit_at(std::string_view text, std::size_t at) {
  for (const MoneyUnit& unit : money_units) {
    if (text.substr(at).starts_with(unit.word)) return &unit;
  }
  return nullptr;
}

std::string_view before(std::string_view text, std::size_t at, std::size_t bytes) {
  const std::size_t from = at > bytes ? at - bytes : 0;
  return text.substr(from, at - from);
}

}  // namespace

std::vector<TextAmount> amounts_in(const std::string& written) {
  std::vector<TextAmount> out;
  if (written.size() > longest_text) return out;
  const std::string text = forms::folded(written);
  const std::string_view view = text;
  std::size_t sentence = 0;
  std::size_t last_end = 0;
  for (std::size_t at = 0; at < view.size();) {
    if (view.substr(at).starts_with("。")) ++sentence;
    if (!is_digit(view[at]) || (at > 0 && (is_digit(view[at - 1]) || view[at - 1] == '.'))) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    const auto number = take_number(view, at);
    const MoneyUnit* unit = unit_at(view, at);
    if (!number || unit == nullptr) continue;
    at += unit->word.size();
    TextAmount amount;
    amount.yuan = *number * unit->factor;
    amount.words = std::string(view.substr(begin, at - begin));
    const std::string_view near_before =
        before(view, begin, std::min<std::size_t>(18, begin - last_end));
    amount.total = forms::has_any(near_before, "共|合计|总计|总额|总投资|总资金|累计");
    amount.per_unit =
        forms::has_any(before(view, begin, std::min<std::size_t>(24, begin - last_end)),
                       "每|人均|户均|标准|单价|不超过|不低于|以上") ||
        forms::has_any(before(view, begin, 2), "×|*") ||
        forms::has_any(view.substr(at, 2), "×|*") || view.substr(at).starts_with("/") ||
        view.substr(at).starts_with("每") ||
        forms::has_any(view.substr(at, 9), "以内|以上|以下|标准");
    amount.sentence = sentence;
    last_end = at;
    out.push_back(std::move(amount));
  }
  return out;
}

std::vector<TextProduct> products_in(const std::string& written) {
  std::vector<TextProduct> out;
  if (written.size() > longest_text) return out;
  const std::string text = forms::folded(written);
  const std::string_view view = text;
  const auto sign_at = [&](std::size_t at) -> std::size_t {
    for (const std::string_view sign : {"×", "*", "✕", "╳", "X", "x"}) {
      if (view.substr(at).starts_with(sign)) return sign.size();
    }
    return 0;
  };
  // A factor's unit reaches to the next sign: at most so many bytes, without digits or stops.
  constexpr std::size_t longest_unit = 24;
  for (std::size_t at = 0; at < view.size();) {
    if (!is_digit(view[at]) || (at > 0 && is_digit(view[at - 1]))) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    double product = 1;
    std::size_t factors = 0;
    std::optional<double> printed;
    for (std::size_t here = at; here < view.size();) {
      const auto number = take_number(view, here);
      if (!number) break;
      double factor = 1;
      if (const MoneyUnit* unit = unit_at(view, here)) factor = unit->factor;
      if (view.substr(here).starts_with("%")) factor = 0.01;
      product *= *number * factor;
      ++factors;
      std::size_t sign = here;
      while (sign < view.size() && sign - here <= longest_unit && sign_at(sign) == 0 &&
             view[sign] != '=' && !is_digit(view[sign]))
        ++sign;
      if (sign >= view.size() || sign - here > longest_unit || is_digit(view[sign])) break;
      if (forms::has_any(view.substr(here, sign - here), "，|。|；|、|+") ||
          view.substr(here, sign - here).find_first_of(",;+-") != std::string_view::npos)
        break;
      if (view[sign] == '=') {
        std::size_t behind = sign + 1;
        const auto right = take_number(view, behind);
        const MoneyUnit* unit = right ? unit_at(view, behind) : nullptr;
        if (right) {
          printed = *right * (unit != nullptr ? unit->factor : 1);
          at = behind + (unit != nullptr ? unit->word.size() : 0);
        }
        break;
      }
      here = sign + sign_at(sign);
    }
    if (printed && factors >= 2) {
      out.push_back({std::string(view.substr(begin, at - begin)), product, *printed});
    } else {
      at = begin;
      while (at < view.size() && is_digit(view[at])) ++at;
    }
  }
  return out;
}

}  // namespace jixiao::audit
