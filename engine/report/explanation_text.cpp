#include "report/numbers.hpp"
#include "report/rendering.hpp"
#include "report/story.hpp"
#include "report/table.hpp"

namespace jixiao::report {

std::string explanation_text(const Scorecard& card, const Stories& stories, const Style& style) {
  const Ink ink(style.colour);
  std::string out;
  if (card.illustrative) out += ink("▲ " + std::string(word::illustrative_banner.in(style.language)), Paint::banner) + "\n\n";
  for (const IndicatorStory* story : stories) {
    if (story != stories.front()) out += '\n';
    const std::string result = story_result(*story, card.digits, style.language);
    const Paint paint = !is_counted(*story) || story->lost > 0 ? Paint::yellow : Paint::green;
    out += ink(one_line(story->name.in(style.language)), Paint::bold) + "  " + ink(one_line(story->id), Paint::dim) + "   " +
           ink(result, paint) + '\n';
    out += facts_text(story_facts(card, *story, style.language), style);
  }
  return out;
}

}  // namespace jixiao::report
