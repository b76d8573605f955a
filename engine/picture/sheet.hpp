// Charts on a sheet of their own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chart/chart.hpp"
#include "jixiao/pictures.hpp"

namespace jixiao::picture {

// The words around the charts.
struct Caption {
  std::string title;
  std::string about;   // project, year, rule set
  std::string banner;  // illustrative, stopped; empty: none
  std::string source;  // engine, seed
};

// SVG that stands alone: colours of the paper in place of the page's, a size in pixels. Each chart
// has its heading when there are several.
std::string sheet_of(const Caption& caption, const std::vector<chart::Chart>& charts, Paper paper);

// Every var(--name,fallback) by the colour it stands for on this paper.
std::string with_colours(std::string_view svg, Paper paper);

}  // namespace jixiao::picture
