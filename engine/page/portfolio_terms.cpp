#include "page/portfolio_terms.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "page/numbers.hpp"
#include "page/portfolio_words.hpp"

namespace jixiao::page {

std::string band_text(const BandCount& band, Language language) {
  return band.label.empty() ? band.id : band.label.in(language);
}

std::size_t band_index(std::span<const BandCount> bands, std::string_view id) {
  const auto found = std::find_if(bands.begin(), bands.end(),
                                  [&](const BandCount& band) { return band.id == id; });
  return static_cast<std::size_t>(found - bands.begin());
}

std::string band_text(std::span<const BandCount> bands, std::string_view id, Language language) {
  const std::size_t index = band_index(bands, id);
  return index < bands.size() ? band_text(bands[index], language) : std::string(id);
}

std::string group_text(const Group& group, Language language) {
  return group.name.empty() ? std::string(word::empty_name.in(language)) : group.name;
}

std::string_view weight_text(RollUpWeight weight, Language language) {
  switch (weight) {
    case RollUpWeight::budget: return word::by_budget.in(language);
    case RollUpWeight::execution: return word::by_execution.in(language);
    case RollUpWeight::equal: break;
  }
  return word::by_equal.in(language);
}

std::string cause_text(const RulesComparison::Cause& cause, Language language) {
  static constexpr std::array<std::pair<std::string_view, Label>, 6> causes{
      {{"bands", word::cause_bands},
       {"rounding", word::cause_rounding},
       {"weights", word::cause_weights},
       {"method", word::cause_method},
       {"adjustments", word::cause_adjustments},
       {"combination", word::cause_combination}}};
  std::string out = cause.what;
  for (const auto& [id, label] : causes) {
    if (id == cause.what) out = label.in(language);
  }
  const bool of_indicator = cause.what == "method" || cause.what == "weights";
  if (!of_indicator) return out;
  out += (language == Language::zh ? "：" : ": ") +
         (cause.indicator.empty() ? std::string(word::others.in(language)) : cause.indicator);
  if (cause.method_a == cause.method_b) return out;
  const auto method = [&](const std::string& id) {
    return id.empty() ? std::string(word::not_counted.in(language)) : id;
  };
  const std::string methods = method(cause.method_a) + " → " + method(cause.method_b);
  return out + (language == Language::zh ? "（" + methods + "）" : " (" + methods + ")");
}

std::string signed_text(double x, int digits) { return (x > 0 ? "+" : "") + total_text(x, digits); }

}  // namespace jixiao::page
