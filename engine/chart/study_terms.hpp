// How reports on studies name inputs, ratings and numbers.
#pragma once

#include <string>
#include <vector>

#include "jixiao/scenario.hpp"
#include "jixiao/study.hpp"
#include "page/words.hpp"

namespace jixiao::chart {

// As many decimals as a total has when the output is the total, else about six digits.
std::string output_text(const StudyReport& report, double x);
// "蒙特卡罗模拟"; the kind itself when it is not a known one.
std::string kind_text(const StudyReport& report, Language language);
std::string output_label(const StudyReport& report, Language language);
// Where the study starts: "as it stands", or "with the scenarios".
std::string start_label(const StudyReport& report, Language language);
// The heading of what is said of one output: `kind` alone where one was asked for, with the
// output's name where several were.
std::string output_heading(const page::Label& kind, const StudyReport& report, std::size_t output,
                           Language language);
// The report without its answer, as if its output `index` were the one it looks at: ratings are
// only those of a total.
StudyReport seen_as(const StudyReport& report, std::size_t index);
std::string name_of(const Text& label, const std::string& id, Language language);
// Of input `index`; "–" past the end.
std::string input_label(const StudyReport& report, std::size_t index, Language language);
// A share as percent: "87.3%"; "–" for NaN.
std::string share_text(double share);
std::string joined(const std::vector<std::string>& names, Language language);
// The picture's width for labels at the left: as wide as the widest, at most `most`.
double label_width(const std::vector<std::string>& labels, double most);
// The names of the pairs of inputs, in the order of Sensitivity::second.
std::vector<std::string> pair_names(const StudyReport& report, Language language);
// Indices of the estimates, the largest first; those without a value last.
std::vector<std::size_t> by_value(const std::vector<IndexEstimate>& estimates);

// Headings of the parts of a report, which charts stand under.
std::string spread_heading(const Spread& spread, Language language);
std::string sensitivity_heading(const StudyReport& report, const SensitivityAnswer& answer,
                                const Sensitivity& of, Language language);
std::string pairs_heading(const SensitivityAnswer& answer, const Sensitivity& of,
                          Language language);
std::string scenario_heading(const ScenarioStory& scenario, Language language);

}  // namespace jixiao::chart
