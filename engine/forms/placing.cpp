#include "forms/placing.hpp"

#include <array>
#include <utility>

#include "forms/headings.hpp"

namespace jixiao::forms {
namespace {

using IdSpellings = std::pair<const char*, std::string_view>;

// In order: the first that fits is meant.
constexpr std::array blocks{
    IdSpellings{"execution", "预算执行|执行率|资金执行"},
    IdSpellings{"satisfaction", "满意"},
    IdSpellings{"cost", "成本"},
    IdSpellings{"benefit", "效益|效果|影响力"},
    IdSpellings{"output", "产出|完成"},
};
constexpr std::array types{
    IdSpellings{"service", "满意"},
    IdSpellings{"economic_cost", "经济成本"},
    IdSpellings{"social_cost", "社会成本"},
    IdSpellings{"ecological_cost", "生态环境成本|生态成本|环境成本"},
    IdSpellings{"quantity", "数量"},
    IdSpellings{"quality", "质量"},
    IdSpellings{"timeliness", "时效|进度|时间"},
    IdSpellings{"cost", "成本"},
    IdSpellings{"economic", "经济"},
    IdSpellings{"ecological", "生态|环境"},
    IdSpellings{"sustained", "可持续|持续影响|长效"},
    IdSpellings{"social", "社会"},
};

template <std::size_t size>
std::string first_id(const std::array<IdSpellings, size>& table, std::string_view words) {
  const std::string text = bare(words);
  for (const auto& [id, spellings] : table) {
    if (has_any(text, spellings)) return id;
  }
  return {};
}

}  // namespace

std::string block_of(std::string_view words) { return first_id(blocks, words); }
std::string type_of(std::string_view words) { return first_id(types, words); }

std::string home_of(std::string_view type, bool cost_apart) {
  if (is_any(type, "quantity|quality|timeliness")) return "output";
  if (is_any(type, "cost")) return cost_apart ? "cost" : "output";
  if (is_any(type, "economic_cost|social_cost|ecological_cost")) return "cost";
  if (is_any(type, "economic|social|ecological|sustained")) return "benefit";
  if (type == "service") return "satisfaction";
  return {};
}

bool speaks_of_time(std::string_view name) {
  return has_any(bare(name), "及时|按时|按期|准时|如期|完成时间|完成时限");
}
bool speaks_of_harm(std::string_view name) {
  return has_any(bare(name), "投诉|事故|违规|违纪|差错|误差|返工|流失|死亡|超支|逾期");
}

}  // namespace jixiao::forms
