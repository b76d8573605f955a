// How reports on many projects name ratings, groups and causes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "jixiao/portfolio.hpp"
#include "jixiao/text.hpp"

namespace jixiao::page {

std::string band_text(const BandCount& band, Language language);
// Of the band with this id; the id itself when there is none.
std::string band_text(std::span<const BandCount> bands, std::string_view id, Language language);
// Where the band with this id stands; bands.size() when it does not.
std::size_t band_index(std::span<const BandCount> bands, std::string_view id);
std::string group_text(const Group& group, Language language);
std::string_view weight_text(RollUpWeight weight, Language language);
// "another method: speed (ratio → steps)".
std::string cause_text(const RulesComparison::Cause& cause, Language language);
// "+0.10", "-3.00".
std::string signed_text(double x, int digits);

}  // namespace jixiao::page
