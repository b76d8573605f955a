#include "chart/study_terms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "chart/chart_axes.hpp"
#include "chart/svg_canvas.hpp"
#include "page/numbers.hpp"
#include "page/simulation_words.hpp"
#include "page/study_words.hpp"
#include "value/rounding.hpp"

namespace jixiao::chart {

using namespace page;

std::string output_text(const StudyReport& report, double x) {
  const bool total = report.output.empty() || report.output == "total";
  return total && !report.bands.empty() ? total_text(x, report.digits) : significant(x, 6);
}

std::string kind_text(const StudyReport& report, Language language) {
  static constexpr std::array<std::pair<std::string_view, Label>, 9> kinds{
      {{"tornado", word::kind_tornado},
       {"grid", word::kind_grid},
       {"break-even", word::kind_break_even},
       {"monte-carlo", word::kind_monte_carlo},
       {"sobol", word::kind_sobol},
       {"morris", word::kind_morris},
       {"shapley", word::kind_shapley},
       {"allocation", word::kind_allocation},
       {"stability", word::kind_stability}}};
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const auto& kind) { return kind.first == report.kind; });
  return found == kinds.end() ? report.kind : std::string(found->second.in(language));
}

std::string name_of(const Text& label, const std::string& id, Language language) {
  return label.empty() ? id : label.in(language);
}

std::string start_label(const StudyReport& report, Language language) {
  return std::string(
      (report.applied.empty() ? word::as_it_stands : word::with_scenarios).in(language));
}

std::string output_heading(const Label& kind, const StudyReport& report, std::size_t output,
                           Language language) {
  const std::string heading(kind.in(language));
  if (report.outputs.size() < 2) return heading;
  const StudiedOutput& own = report.outputs[output];
  return heading + (language == Language::zh ? "：" : ": ") +
         name_of(own.label, own.name, language);
}

StudyReport seen_as(const StudyReport& report, std::size_t index) {
  StudyReport out;
  out.kind = report.kind;
  out.inputs = report.inputs;
  out.applied = report.applied;
  out.outputs = report.outputs;
  out.digits = report.digits;
  out.scale = report.scale;
  out.output = report.output;
  out.output_label = report.output_label;
  out.baseline = report.baseline;
  out.rating = report.rating;
  out.stands = report.stands;
  out.stands_rating = report.stands_rating;
  if (index < report.outputs.size() && report.outputs[index].name != report.output) {
    const StudiedOutput& own = report.outputs[index];
    out.output = own.name;
    out.output_label = own.label;
    out.baseline = own.baseline;
    out.stands = own.stands;
    out.rating.clear();
    out.stands_rating.clear();
  }
  if (out.output.empty() || out.output == "total") out.bands = report.bands;
  return out;
}

std::string output_label(const StudyReport& report, Language language) {
  if (!report.output_label.empty()) return report.output_label.in(language);
  return report.output.empty() ? std::string(word::total.in(language)) : report.output;
}

std::string input_label(const StudyReport& report, std::size_t index, Language language) {
  return index < report.inputs.size()
             ? name_of(report.inputs[index].label, report.inputs[index].name, language)
             : "–";
}

std::string share_text(double share) {
  return std::isfinite(share)
             ? value::plain(100 * share, share > 0.0995 || share == 0 ? 1 : 2) + "%"
             : "–";
}

std::string joined(const std::vector<std::string>& names, Language language) {
  std::string out;
  for (const std::string& name : names)
    out += (out.empty() ? "" : language == Language::zh ? "、" : ", ") + name;
  return out;
}

double label_width(const std::vector<std::string>& labels, double most) {
  double out = 0;
  for (const std::string& label : labels) out = std::max(out, drawn_width(label, Canvas::size));
  return std::min(out, most);
}

std::vector<std::string> pair_names(const StudyReport& report, Language language) {
  std::vector<std::string> out;
  for (std::size_t a = 0; a < report.inputs.size(); ++a) {
    for (std::size_t b = a + 1; b < report.inputs.size(); ++b)
      out.push_back(input_label(report, a, language) + " × " + input_label(report, b, language));
  }
  return out;
}

std::vector<std::size_t> by_value(const std::vector<IndexEstimate>& estimates) {
  std::vector<std::size_t> out(estimates.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  const auto rank = [&](std::size_t i) {
    return std::isfinite(estimates[i].value) ? estimates[i].value : -1e300;
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
  return out;
}

namespace {

std::string titled(const Label& label, const Text& name, const std::string& id, Language language) {
  return std::string(label.in(language)) + (language == Language::zh ? "：" : ": ") +
         name_of(name, id, language);
}

}  // namespace

std::string scenario_heading(const ScenarioStory& scenario, Language language) {
  return scenario.id + (language == Language::zh ? "：" : ": ") + scenario.title.in(language);
}

std::string spread_heading(const Spread& spread, Language language) {
  return titled(word::distribution_of, spread.label, spread.output, language);
}

std::string sensitivity_heading(const StudyReport& report, const SensitivityAnswer& answer,
                                const Sensitivity& of, Language language) {
  if (answer.outputs.size() < 2) return kind_text(report, language);
  return kind_text(report, language) + (language == Language::zh ? "：" : ": ") +
         name_of(of.label, of.output, language);
}

std::string pairs_heading(const SensitivityAnswer& answer, const Sensitivity& of,
                          Language language) {
  if (answer.outputs.size() < 2) return std::string(word::pairs.in(language));
  return titled(word::pairs, of.label, of.output, language);
}

}  // namespace jixiao::chart
