#include "study/sobol_groups.hpp"

#include <algorithm>

#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"

namespace jixiao::study {

using text::Code;

namespace {

bool means(const std::string& pattern, const std::string& name) {
  return pattern.ends_with(".*") ? name.starts_with(pattern.substr(0, pattern.size() - 1))
                                 : name == pattern;
}

}  // namespace

std::vector<sampling::Group> sobol_groups(const Question& question) {
  std::vector<sampling::Group> out;
  std::vector<bool> grouped(question.inputs.size(), false);
  for (const WrittenGroup& written : question.study->groups) {
    sampling::Group group{written.id.text, {}};
    for (const project::Word& word : written.of) {
      for (std::size_t i = 0; i < question.inputs.size(); ++i) {
        if (!means(word.text, question.inputs[i].facts.name) || grouped[i]) continue;
        group.inputs.push_back(i);
        grouped[i] = true;
      }
    }
    out.push_back(std::move(group));
  }
  for (std::size_t i = 0; i < question.inputs.size(); ++i) {
    if (!grouped[i]) out.push_back({question.inputs[i].facts.name, {i}});
  }
  return out;
}

bool check_groups(const Question& question, std::vector<Diagnostic>& diagnostics) {
  const std::size_t before = diagnostics.size();
  std::vector<std::string> known;
  for (const AskedInput& input : question.inputs) known.push_back(input.facts.name);
  std::vector<bool> grouped(known.size(), false);
  for (const WrittenGroup& written : question.study->groups) {
    for (const project::Word& word : written.of) {
      bool any = false;
      for (std::size_t i = 0; i < known.size(); ++i) {
        if (!means(word.text, known[i])) continue;
        any = true;
        if (grouped[i])
          diagnostics.push_back(text::diagnose(
              Code::id_duplicate, word.place,
              {"'" + known[i] + "' 已在另一组里", "'" + known[i] + "' is in a group already"},
              {"从一组中删去它", "take it out of one of them"}));
        grouped[i] = true;
      }
      if (!any)
        diagnostics.push_back(text::diagnose(Code::reference_unknown, word.place,
                                             {"'" + word.text + "' 不是这项研究抽取的输入",
                                              "'" + word.text + "' is no input this study draws"},
                                             text::suggestion(word.text, known)));
    }
    if (written.of.empty())
      diagnostics.push_back(text::diagnose(Code::key_missing, written.id.place,
                                           {"组 '" + written.id.text + "' 里没有输入",
                                            "the group '" + written.id.text + "' has no inputs"},
                                           {"of = [\"drivers.rate\"]", "of = [\"drivers.rate\"]"}));
  }
  return diagnostics.size() == before;
}

}  // namespace jixiao::study
