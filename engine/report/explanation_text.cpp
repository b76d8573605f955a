#include <algorithm>

#include "page/numbers.hpp"
#include "page/table.hpp"
#include "report/rendering.hpp"
#include "report/story.hpp"
#include "text/source.hpp"

namespace jixiao::report {

using namespace page;

std::string explanation_text(const Scorecard& card, const Stories& stories, const Style& style) {
  const TerminalStyle terminal(style.colour);
  const std::size_t width = std::max<std::size_t>(style.width, 40);
  std::string out;
  if (card.illustrative) {
    const std::string banner = "▲ " + std::string(word::illustrative_banner.in(style.language));
    for (const std::string& piece : wrapped(banner, width))
      out += terminal(piece, Color::banner) + '\n';
    out += '\n';
  }
  for (const IndicatorStory* story : stories) {
    if (story != stories.front()) out += '\n';
    const std::string result = story_result(*story, card.digits, style.language);
    const Color color = !is_counted(*story) || story->lost > 0 ? Color::yellow : Color::green;
    const std::string name = one_line(story->name.in(style.language));
    const std::string id = one_line(story->id);
    const std::string heading = name + "  " + id + "   " + result;
    if (text::display_width(heading) <= width) {
      out += terminal(name, Color::bold) + "  " + terminal(id, Color::dim) + "   " +
             terminal(result, color) + '\n';
    } else {
      for (const std::string& piece : wrapped(heading, width))
        out += terminal(piece, Color::bold) + '\n';
    }
    out += facts_text(story_facts(card, *story, style.language), style);
  }
  return out;
}

}  // namespace jixiao::report
