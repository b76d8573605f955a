#include "page/numbers.hpp"
#include "page/table.hpp"
#include "report/rendering.hpp"
#include "report/story.hpp"

namespace jixiao::report {

using namespace page;

std::string explanation_text(const Scorecard& card, const Stories& stories, const Style& style) {
  const TerminalStyle terminal(style.colour);
  std::string out;
  if (card.illustrative)
    out +=
        terminal("▲ " + std::string(word::illustrative_banner.in(style.language)), Color::banner) +
        "\n\n";
  for (const IndicatorStory* story : stories) {
    if (story != stories.front()) out += '\n';
    const std::string result = story_result(*story, card.digits, style.language);
    const Color color = !is_counted(*story) || story->lost > 0 ? Color::yellow : Color::green;
    out += terminal(one_line(story->name.in(style.language)), Color::bold) + "  " +
           terminal(one_line(story->id), Color::dim) + "   " + terminal(result, color) + '\n';
    out += facts_text(story_facts(card, *story, style.language), style);
  }
  return out;
}

}  // namespace jixiao::report
