// Charts with their place in a report.
#pragma once

#include <string>
#include <vector>

#include "chart/svg_canvas.hpp"
#include "jixiao/scenario.hpp"
#include "jixiao/study.hpp"

namespace jixiao::chart {

struct Chart {
  std::string name;  // "tornado", "histogram-total": the same in every language, fit for a file's
                     // name
  std::string heading;  // of the part of the document it belongs to: what is drawn is also said in
                        // a table there
  std::string note;     // under the picture; empty: none
  Drawing drawing;
};

// Every chart there is something to draw for, in the order of the document.
std::vector<Chart> charts_of(const StudyReport& report, Language language);
std::vector<Chart> charts_of(const Simulation& simulation, Language language);

}  // namespace jixiao::chart
