#include "report/indicator_names.hpp"

#include <algorithm>
#include <functional>

#include "text/source.hpp"

namespace jixiao::report {
namespace {

// As names are compared: without blanks, full-width forms and capitals.
std::string folded(const std::string& name) {
  std::string out;
  for (const char c : text::compatibility_form(name)) {
    if (c == ' ' || c == '\t') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace

std::vector<const IndicatorStory*> indicators_meant(const Scorecard& card,
                                                    const std::string& word) {
  const std::string wanted = folded(word);
  if (wanted.empty()) return {};
  const auto all_that = [&](const std::function<bool(const IndicatorStory&)>& fits) {
    std::vector<const IndicatorStory*> out;
    for (const IndicatorStory& story : card.indicators)
      if (fits(story)) out.push_back(&story);
    return out;
  };
  auto found = all_that([&](const auto& story) { return story.id == word; });
  if (found.empty())
    found = all_that([&](const auto& story) {
      return folded(story.name.zh) == wanted || folded(story.name.en) == wanted;
    });
  if (found.empty())
    found = all_that([&](const auto& story) {
      return folded(story.name.zh).find(wanted) != std::string::npos ||
             folded(story.name.en).find(wanted) != std::string::npos;
    });
  return found;
}

}  // namespace jixiao::report
