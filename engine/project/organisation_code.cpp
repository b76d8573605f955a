#include "project/organisation_code.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace jixiao::project {
namespace {

// Base 31: letters that look like digits are left out.
constexpr std::string_view credit_characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::string_view organisation_characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool valid_credit_code(std::string_view code) {
  constexpr std::size_t base = 31;
  std::size_t weight = 1;
  std::size_t sum = 0;
  for (const char c : code.substr(0, 17)) {
    const std::size_t value = credit_characters.find(c);
    if (value == std::string_view::npos) return false;
    sum += value * weight;
    weight = weight * 3 % base;
  }
  return code[17] == credit_characters[(base - sum % base) % base];
}

bool valid_organisation_code(std::string_view code) {
  constexpr std::array<std::size_t, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  std::size_t sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::size_t value = organisation_characters.find(code[i]);
    if (value == std::string_view::npos) return false;
    sum += value * weights[i];
  }
  return code[8] == std::string_view("0123456789X")[(11 - sum % 11) % 11];
}

}  // namespace

OrganisationCode read_organisation_code(std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c == ' ' || (c == '-' && code.size() == 8)) continue;
    code += c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
  }
  if (code.size() == 18) return {CodeKind::credit, valid_credit_code(code)};
  if (code.size() == 9) return {CodeKind::organisation, valid_organisation_code(code)};
  return {};
}

}  // namespace jixiao::project
