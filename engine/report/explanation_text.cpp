#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "report/document.hpp"
#include "report/numbers.hpp"
#include "report/rendering.hpp"
#include "report/story.hpp"
#include "report/table.hpp"
#include "text/source.hpp"

namespace jixiao::report {

std::string explanation_text(const Scorecard& card, const Stories& stories, const Style& style) {
  const Language language = style.language;
  const Ink ink(style.colour);
  const std::size_t width = std::max<std::size_t>(style.width, 40);
  std::string out;
  for (const IndicatorStory* story : stories) {
    if (!out.empty()) out += '\n';
    std::string heading = ink(one_line(story->name.in(language)), Paint::bold) + "  " + ink(story->id, Paint::dim);
    const std::string result = story_result(*story, card.digits, language);
    if (!result.empty()) heading += "   " + ink(result, story->lost > 0 ? Paint::yellow : Paint::green);
    out += heading + '\n';
    std::size_t label_width = 0;
    const std::vector<Fact> facts = story_facts(card, *story, language);
    for (const Fact& fact : facts) label_width = std::max(label_width, text::display_width(fact.label));
    for (const Fact& fact : facts) {
      const std::size_t indent = label_width + 4;
      std::string label = "  " + ink(padded(fact.label, label_width), Paint::dim) + "  ";
      for (const std::string& piece : wrapped(fact.text, width > indent ? width - indent : 0)) {
        out += label + ink(piece, fact.kind == FactKind::loss ? Paint::red : fact.kind == FactKind::code ? Paint::cyan : Paint::none) + '\n';
        label = std::string(indent, ' ');
      }
    }
  }
  return out;
}

}  // namespace jixiao::report
