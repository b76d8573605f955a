// The codes that Chinese organisations are registered under.
#pragma once

#include <string_view>

namespace jixiao::project {

enum class CodeKind {
  credit,        // 统一社会信用代码, 18 characters
  organisation,  // 组织机构代码, 9 characters, a hyphen before the last allowed
  other
};

struct OrganisationCode {
  CodeKind kind = CodeKind::other;
  bool valid = false;  // its characters are allowed ones and its last is the check character of the
                       // rest
};

// By length, then by the check character. Lower-case letters count as capitals.
OrganisationCode read_organisation_code(std::string_view text);

}  // namespace jixiao::project
