// Pages of studies and of scenarios: the tables, and above each what it looks like.
#include "chart/chart.hpp"
#include "page/html_page.hpp"
#include "page/illustrated_page.hpp"
#include "report/rendering.hpp"
#include "report/study_document.hpp"

namespace jixiao::report {

using namespace chart;
using namespace page;
namespace {

std::string illustrated(const Document& document, const std::vector<Chart>& charts,
                        Language language) {
  Illustrations pictures;
  for (const Chart& chart : charts) {
    pictures.under(chart.heading, chart.drawing.svg);
    if (!chart.note.empty())
      pictures.under(chart.heading, "<p class=\"quiet\">" + html_escaped(chart.note) + "</p>\n");
  }
  return illustrated_page(document, "", pictures, language);
}

}  // namespace

std::string study_html(const StudyReport& report, Language language) {
  return illustrated(study_document(report, language, false), charts_of(report, language),
                     language);
}

std::string simulation_html(const Simulation& simulation, Language language) {
  return illustrated(simulation_document(simulation, language, 0), charts_of(simulation, language),
                     language);
}

}  // namespace jixiao::report
