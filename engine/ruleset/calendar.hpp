// Calendars as data: which days are worked.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "value/date.hpp"

namespace jixiao::ruleset {

// Null, with diagnostics, when the file has an error.
std::shared_ptr<const value::Calendar> read_calendar_file(const std::string& path,
                                                          std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::ruleset
