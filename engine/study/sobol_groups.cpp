#include "study/sobol_groups.hpp"

#include <algorithm>

#include "study/messages.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::study {

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

bool check_groups(const Question& question, text::Findings findings) {
  const std::size_t before = findings.size();
  std::vector<std::string> known;
  for (const AskedInput& input : question.inputs) known.push_back(input.facts.name);
  std::vector<bool> grouped(known.size(), false);
  for (const WrittenGroup& written : question.study->groups) {
    for (const project::Word& word : written.of) {
      bool any = false;
      for (std::size_t i = 0; i < known.size(); ++i) {
        if (!means(word.text, known[i])) continue;
        any = true;
        if (grouped[i]) findings.report(word.place, message::grouped_already(known[i]));
        grouped[i] = true;
      }
      if (!any) findings.report(word.place, message::not_drawn(word.text, known));
    }
    if (written.of.empty())
      findings.report(written.id.place, message::group_empty(written.id.text));
  }
  return findings.size() == before;
}

}  // namespace jixiao::study
