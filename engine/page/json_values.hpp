// Values as all our JSON writes them: keys in order, numbers that are none null, texts in both
// languages.
#pragma once

#include <cmath>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "jixiao/scorecard.hpp"
#include "jixiao/text.hpp"

namespace jixiao::page {

using Json = nlohmann::ordered_json;

// Bytes that are no UTF-8 become U+FFFD.
inline std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}
inline Json number(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }
inline Json number(const std::optional<double>& x) { return x ? number(*x) : Json(nullptr); }
inline Json text(const Text& text) {
  return {{"zh", text.in(Language::zh)}, {"en", text.in(Language::en)}};
}
inline Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

inline Json cited(const std::vector<Cited>& cites) {
  Json out = Json::array();
  for (const Cited& cite : cites)
    out.push_back({{"text", cite.text}, {"evidence", cite.evidence}, {"url", or_null(cite.url)}});
  return out;
}

}  // namespace jixiao::page
