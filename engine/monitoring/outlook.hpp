// From results of a part of the year to the results the year would have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "monitoring/looking.hpp"
#include "project/project.hpp"

namespace jixiao::monitoring {

// One indicator, or the money, as it stands and as it is likely to end.
struct Standing {
  project::Pace pace = project::Pace::level;
  bool season = false;
  bool estimated = false;
  bool reported = false;
  bool not_applicable = false;
  Facts facts;
  std::optional<project::Result> year_end;  // the result the year would have; none: nothing can be
                                            // said
  std::string by;                           // id of the forecast; "estimate"; empty
  Text title;
  std::string substituted;
  std::vector<Cited> cite;
  std::optional<double> forecast;  // of a number or a day
};

struct Outlook {
  std::vector<Standing> indicators;  // one an indicator of the project
  Standing money;                    // facts of the money; forecast: yuan
  project::Project projected;  // with the results the year would have; what nothing is known of has
                               // none
};

// `project` has results up to the end of `month`.
Outlook look_ahead(const Rules& rules, const project::Project& project, int month);

project::Pace pace_of(const project::Indicator& indicator);
When::Indicator about(const project::Indicator& indicator, const Standing& standing);

}  // namespace jixiao::monitoring
