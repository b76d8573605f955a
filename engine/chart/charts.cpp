#include <algorithm>
#include <cctype>

#include <fmt/core.h>

#include "chart/chart.hpp"
#include "chart/study_charts.hpp"
#include "chart/study_terms.hpp"
#include "page/study_words.hpp"

namespace jixiao::chart {

using namespace page;
namespace {

// Letters, digits and dashes of a name.
std::string file_name(const std::string& id) {
  std::string out;
  for (const char c : id)
    out += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' ? c : '-';
  return out;
}

std::string drawn_note(std::size_t rows, Language language) {
  return rows > rows_drawn
             ? fmt::format(fmt::runtime(word::first_drawn.in(language)), rows_drawn, rows)
             : std::string();
}

class Drawer {
 public:
  Drawer(const StudyReport& report, Language language) : report_(report), language_(language) {}

  std::vector<Chart> draw() {
    std::visit([this](const auto& answer) { put(answer); }, report_.answer);
    std::erase_if(out_, [](const Chart& chart) { return chart.drawing.empty(); });
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(const Label& label) const {
    return std::string(label.in(language_));
  }

  // "tornado" of the first output, "tornado-results-trained" of another.
  [[nodiscard]] std::string chart_name(const std::string& kind, std::size_t output) const {
    return output == 0 ? kind : kind + "-" + file_name(report_.outputs[output].name);
  }

  void put(const Tornado& answer) {
    for (std::size_t o = 0; o <= answer.further.size(); ++o) {
      const std::vector<TornadoBar>& bars = o == 0 ? answer.bars : answer.further[o - 1];
      out_.push_back({chart_name("tornado", o),
                      output_heading(word::kind_tornado, report_, o, language_),
                      drawn_note(bars.size(), language_),
                      tornado_chart(seen_as(report_, o), bars, language_)});
    }
  }
  void put(const InputGrid& answer) {
    out_.push_back({"grid",
                    output_heading(word::kind_grid, report_, 0, language_),
                    {},
                    grid_chart(seen_as(report_, 0), answer, language_)});
    for (std::size_t o = 0; o < answer.further.size(); ++o) {
      InputGrid own = answer;
      own.values = answer.further[o];
      own.ratings.clear();
      own.further.clear();
      out_.push_back({chart_name("grid", o + 1),
                      output_heading(word::kind_grid, report_, o + 1, language_),
                      {},
                      grid_chart(seen_as(report_, o + 1), own, language_)});
    }
  }
  void put(const BreakEvens& answer) {
    out_.push_back({"break-even",
                    say(word::kind_break_even),
                    {},
                    break_even_chart(report_, answer, language_)});
  }
  void put(const MonteCarloAnswer& answer) {
    for (const Spread& spread : answer.outputs)
      out_.push_back({"histogram-" + file_name(spread.output),
                      spread_heading(spread, language_),
                      {},
                      spread_chart(report_, answer, spread, language_)});
  }
  void put(const SensitivityAnswer& answer) {
    for (const Sensitivity& of : answer.outputs) {
      const bool morris = answer.method == "morris";
      out_.push_back({answer.method + "-" + file_name(of.output),
                      sensitivity_heading(report_, answer, of, language_),
                      drawn_note(of.total.size(), language_),
                      morris ? morris_chart(report_, of, language_)
                             : shares_of_variance_chart(report_, answer, of, language_)});
      out_.push_back({"pairs-" + file_name(of.output),
                      pairs_heading(answer, of, language_),
                      {},
                      pairs_chart(report_, of, language_)});
    }
  }
  void put(const Allocation& answer) {
    out_.push_back({"allocation", say(word::parts_split),
                    drawn_note(answer.parts.size(), language_),
                    allocation_chart(answer, language_)});
    out_.push_back(
        {"frontier", say(word::frontier), {}, frontier_chart(report_, answer, language_)});
  }
  void put(const Stability& answer) {
    out_.push_back({"stability", say(word::stability_intervals),
                    drawn_note(answer.projects.size(), language_),
                    stability_chart(report_, answer, language_)});
  }

  const StudyReport& report_;
  Language language_;
  std::vector<Chart> out_;
};

}  // namespace

std::vector<Chart> charts_of(const StudyReport& report, Language language) {
  return Drawer(report, language).draw();
}

std::vector<Chart> charts_of(const Simulation& simulation, Language language) {
  std::vector<Chart> out;
  for (std::size_t c = 1; c < simulation.columns.size(); ++c) {
    const ScenarioStory& scenario = simulation.columns[c];
    Drawing drawing = waterfall_chart(simulation.columns[0], scenario, language);
    if (!drawing.empty())
      out.push_back({"waterfall-" + file_name(scenario.id), scenario_heading(scenario, language),
                     drawn_note(scenario.changes.size(), language), std::move(drawing)});
  }
  return out;
}

}  // namespace jixiao::chart
